"""The caches of a process that builds again and again: what a step has made, by the
content of all that it is made of.

There are five, each of one step; drawings lie on disk as well
(``press/figures/store.py``). In each a value stands under a key, with those inputs that
were asked for while it was made. It is given again where each of these is equal to what
it was then, so nothing is declared and nothing is stale. Keys and inputs are values
that nobody changes: texts, numbers, tuples, frozen dataclasses. One that is equal to
itself alone, such as a table, comes out of an earlier cache: it is the very same object
where nothing that it is made of has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

ALL = "*"  # stands for every input, in what was asked for
MISSING = object()  # stands for an input that is not there
# builds for which a value is kept that none of them asks for: an editor goes from file
# to file and back
KEPT = 8
Input = TypeVar("Input")
Value = TypeVar("Value")


class RecordedMapping(Mapping[str, Input]):
    """A mapping that records which names it is asked for; going through it, or
    counting, asks for all.
    """

    def __init__(self, values: Mapping[str, Input]) -> None:
        """Stand in for ``values``."""
        self._values = values
        self.asked = set[str]()

    def __getitem__(self, name: str) -> Input:
        """Return what ``values`` have, or raise what they raise."""
        self.asked.add(name)
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is such a name."""
        self.asked.add(str(name))
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        self.asked.add(ALL)
        return iter(self._values)

    def __len__(self) -> int:
        """Count the names."""
        self.asked.add(ALL)
        return len(self._values)


class Cache:
    """What one step of a build has made. What raises is not kept."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._entries: dict[Hashable, _Entry] = {}
        self._build = 0

    def get(
        self,
        key: Hashable,
        make: Callable[[Any], Value],
        inputs: Mapping[str, Any] | None = None,
    ) -> Value:
        """Return what ``make`` makes of some inputs, from before where key and inputs
        are what they were.

        ``make`` depends on what the key says, and on what it asks the ``inputs`` for by
        name.
        """
        inputs = {} if inputs is None else inputs
        entry = self._entries.get(key)
        if entry is None or not entry.holds_for(inputs):
            recorded = RecordedMapping(inputs)
            value = make(recorded)
            seen = {
                name: _read_input_all_or_missing(inputs, name)
                for name in sorted(recorded.asked)
            }
            entry = self._entries[key] = _Entry(value, seen)
        entry.used = self._build
        kept: Value = entry.value
        return kept

    def count_build_and_drop_unused(self) -> None:
        """Forget what no build has asked for in a while."""
        self._build += 1
        oldest = self._build - KEPT
        self._entries = {
            key: entry for key, entry in self._entries.items() if entry.used >= oldest
        }

    def clear(self) -> None:
        """Forget all."""
        self._entries = {}

    def find(self, key: Hashable) -> Any | None:  # noqa: ANN401 - what was kept
        """Return the value under a key that says all that it is made of; ``None`` where
        there is none.
        """
        entry = self._entries.get(key)
        if entry is None:
            return None
        entry.used = self._build
        return entry.value

    def __len__(self) -> int:
        """Count the values."""
        return len(self._entries)


@dataclass(slots=True)
class _Entry:
    """A value, the inputs that were asked for as they were, and the build in which it
    was last used.
    """

    value: Any
    seen: Mapping[str, object]
    used: int = 0

    def holds_for(self, inputs: Mapping[str, object]) -> bool:
        """Tell whether each input is what it was; asking is recorded where the inputs
        themselves are recorded.
        """
        return all(
            _read_input_all_or_missing(inputs, name) == was
            for name, was in self.seen.items()
        )


class Identity:
    """A value in a key that is equal to itself alone, whatever it holds; it lives as
    long as the key.
    """

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        """Hold the value."""
        self.value = value

    def __hash__(self) -> int:
        """Return the same for the same object."""
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        """Tell whether another holds the very same object."""
        return isinstance(other, Identity) and self.value is other.value


@dataclass(frozen=True)
class Call:
    """A function with its first arguments: equal to another of the same, as
    ``functools.partial`` is not.
    """

    function: Callable[..., Any]
    given: tuple[Any, ...]

    def __call__(self, *more: Any, **named: Any) -> Any:  # noqa: ANN401 - as the function has it
        """Call the function."""
        return self.function(*self.given, *more, **named)


def _read_input_all_or_missing(inputs: Mapping[str, object], name: str) -> object:
    """Return an input; of ``ALL`` every one by name; ``MISSING`` where there is none of
    that name.
    """
    if name == ALL:
        return dict(inputs)
    return inputs[name] if name in inputs else MISSING  # noqa: SIM401 - tables raise for a name that they lack


# a file that an author writes: its values, such as a table with its rows, a page, a
# template
FILES = Cache()
FACTS = Cache()  # a fact with its arguments: its figure
BINDINGS = Cache()  # a text: its bindings, held to the tables
CHARTS = Cache()  # a chart: its figure, specified and drawn
PAGES = Cache()  # a text or a template, and what is filled in: HTML
CACHES = (FILES, FACTS, BINDINGS, CHARTS, PAGES)


def end_build() -> None:
    """Forget in each cache what no build has asked for in a while."""
    for cache in CACHES:
        cache.count_build_and_drop_unused()
