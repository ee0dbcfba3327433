"""Memory of what was made before, by what it was made of: a preview builds at every save, mostly the same again.

A key holds the function and all that it was given: texts, numbers and tuples by content, anything else by being the
very same object, which nobody changes. So nothing is declared, and nothing that is found can be stale. What some whole
builds have not asked for is forgotten: not at once, since of what is made out of parts nobody asks for the parts.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache, partial, wraps
from pathlib import PosixPath, WindowsPath
from types import MappingProxyType, MethodType, NoneType
from typing import Any, Generic, ParamSpec, TypeVar, cast

from markupsafe import Markup

EVERY = "*"
TURNS = 8  # builds in which nobody asks for something before it is forgotten: an editor goes from file to file and back
KEY = " key"  # where an object keeps its own
identity = object.__hash__  # as id(), of which every audit hook would be told
PLAIN = {str, bytes, int, NoneType, PosixPath, WindowsPath}  # each its own key
EQUAL_TO_OTHERS = {Markup, bool}  # a Markup to a text, True to 1
_Value = TypeVar("_Value")
_Result = TypeVar("_Result")
_Given = ParamSpec("_Given")
_Names = tuple[tuple[str, ...], ...]  # what was asked for of each of some mappings


class Noted(Mapping[str, _Value]):
    """A mapping that notes which names it is asked for; going through it, or counting, asks for every one (``*``)."""

    def __init__(self, values: Mapping[str, _Value]) -> None:
        """Stand in for ``values``."""
        self._values, self.asked = values, set[str]()

    def __getitem__(self, name: str) -> _Value:
        """Return what ``values`` have, or raise what they raise."""
        self.asked.add(name)
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is such a name."""
        self.asked.add(str(name))
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        self.asked.add(EVERY)
        return iter(self._values)

    def __len__(self) -> int:
        """Count the names."""
        self.asked.add(EVERY)
        return len(self._values)


def state(values: Mapping[str, object], name: str) -> object:
    """Return what a mapping holds under a name, all of it for ``*``; ``None`` where there is no such name."""
    if name == EVERY:
        return dict(values)
    return values[name] if name in values else None  # noqa: SIM401 - tables raise for a name that they lack


class Same(Generic[_Value]):
    """An object that is known by being the very same, whatever it holds."""

    __slots__ = ("value",)

    def __init__(self, value: _Value) -> None:
        """Hold the object, which lives as long as this."""
        self.value = value

    def __hash__(self) -> int:
        """Return the same for the same object."""
        return identity(self.value)

    def __eq__(self, other: object) -> bool:
        """Tell whether another holds the very same object."""
        return isinstance(other, Same) and self.value is other.value


def key_of(value: Any) -> Hashable:  # noqa: ANN401 - of any kind
    """Return what stands for a value in a key: its content, all of it, where it cannot change; else the object."""
    kind: Any = type(value)
    plain: Hashable = value
    return plain if kind in PLAIN else _keys_of(kind)(value)


@cache
def _keys_of(kind: Any) -> Callable[[Any], Hashable]:  # noqa: ANN401, PLR0911 - a class; a line for each kind of value
    """Return what makes keys of values of a kind: a story has a million of them, of a few dozen kinds."""
    if kind in EQUAL_TO_OTHERS:
        return lambda value: (kind, value)
    if kind in {Decimal, float}:
        return lambda value: (kind, str(value))  # 1.0 and 1.00 are equal, and not the same
    if issubclass(kind, tuple | list):
        return lambda value: (kind, *map(key_of, value))
    if issubclass(kind, dict | MappingProxyType):
        return lambda value: (kind, *((name, key_of(item)) for name, item in value.items()))
    if kind is frozenset:
        return lambda value: (kind, frozenset(map(key_of, value)))
    if issubclass(kind, partial):
        return lambda value: (kind, key_of(value.func), key_of(value.args), key_of(value.keywords))
    if kind is MethodType:
        return lambda value: (kind, value.__func__, key_of(value.__self__))
    if kind is Same or (kind.__hash__, kind.__eq__) == (object.__hash__, object.__eq__):
        return lambda value: cast("Hashable", value)  # equal to itself alone
    if kind.__hash__ in {None, object.__hash__} or not is_dataclass(kind):
        return Same
    names = tuple(field.name for field in fields(kind))
    return lambda value: vars(value).get(KEY) or vars(value).setdefault(KEY, _Content(value, names))


class _Content:
    """The key of a frozen dataclass, which keeps it: its type and the keys of its fields, told apart by their hash."""

    __slots__ = ("hash", "parts")

    def __init__(self, value: object, names: Sequence[str]) -> None:
        self.parts = (type(value), *(key_of(getattr(value, name)) for name in names))
        self.hash = hash(self.parts)

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Content) and self.hash == other.hash and self.parts == other.parts


class _Entry(Generic[_Value]):
    """What is kept under a key, and in which turn it was last asked for."""

    __slots__ = ("turn", "value")

    def __init__(self, value: _Value, turn: int) -> None:
        self.value, self.turn = value, turn


class Memo:
    """What functions gave, by what they were given. What raises is not kept."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: dict[Hashable, _Entry[Any]] = {}
        self._turn = 0

    def of(self, function: Callable[..., _Result], *given: object) -> _Result:
        """Return ``function(*given)``, which depends on nothing else, from an earlier time if there was one."""
        key = (function, *map(key_of, given))
        entry = self._find(key) or self._keep(key, function(*given))
        return entry.value  # type: ignore[no-any-return]  # of this function

    def on(
        self,
        function: Callable[..., _Result],
        values: Mapping[str, Any] | tuple[Mapping[str, Any], ...],
        *given: object,
    ) -> _Result:
        """Return ``function(values, *given)``; of ``values`` only those count that the function asked for by name.

        Of several mappings each is handed on by itself.
        """
        values = values if isinstance(values, tuple) else (values,)
        key = (function, *map(key_of, given))
        asked = self._find(key) or self._keep(key, dict[_Names, None]())
        for names in asked.value:
            if entry := self._find((key, names, _states(values, names))):
                return entry.value  # type: ignore[no-any-return]  # of this function
        noted = tuple(map(Noted, values))
        found = function(*noted, *given)
        names = tuple(tuple(sorted(each.asked)) for each in noted)
        asked.value[names] = None
        self._keep((key, names, _states(values, names)), found)
        return found

    def _find(self, key: Hashable) -> _Entry[Any] | None:
        """Return what is kept under a key, which counts as used."""
        if entry := self._kept.get(key):
            entry.turn = self._turn
        return entry

    def _keep(self, key: Hashable, value: object) -> _Entry[Any]:
        entry = self._kept[key] = _Entry(value, self._turn)
        return entry

    def forget_unused(self) -> None:
        """End a turn; after some of them, forget what has not been asked for since the last time."""
        self._turn += 1
        if self._turn % TURNS == 0:
            self._kept = {key: entry for key, entry in self._kept.items() if entry.turn >= self._turn - TURNS}


MEMO = Memo()


def remembered(function: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
    """Return a function, which depends on its arguments alone, that is worked out once for the same arguments."""

    @wraps(function)
    def asked(*given: _Given.args, **named: _Given.kwargs) -> _Result:
        return MEMO.of(function, *given) if not named else function(*given, **named)

    return asked


def _states(values: tuple[Mapping[str, Any], ...], names: _Names) -> Hashable:
    pairs = zip(values, names, strict=True)
    return tuple(key_of(state(each, name)) for each, asked in pairs for name in asked)
