"""The arguments that a fact can be asked with: times, and things as the fact lists
them, or as texts name them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from press.binding.facts import Fact, FactError, Facts
from press.binding.latest import LATEST, LENGTHS, times_newest_first
from press.ground.errors import BuildError
from press.reading import Texts

Times = Callable[[str, object], Iterable[str]]  # those to try for a parameter of a type


class Arguments:
    """What to try for the parameters of a story's facts."""

    def __init__(self, texts: Texts, facts: Facts) -> None:
        """Learn what ``texts`` name; ``used`` are the arguments that they give to
        facts, by the parameter.
        """
        self._facts, self.used = facts, defaultdict[str, set[str]](set)
        for link in (
            link for _, group in texts for text in group for link in text.bindings
        ):
            name, *arguments = link.target.removeprefix("fact:").split("/")
            if name in facts.code.functions:
                for parameter, argument in zip(
                    facts.code.parameters(name), arguments, strict=False
                ):
                    self.used[parameter] |= {argument} - {LATEST}

    def of(self, name: str, times: Times, *given: str) -> Iterator[tuple[str, ...]]:
        """Yield arguments for a fact after those ``given``, in the order of ``times``.

        Raises ``BuildError``.
        """
        rest = list(self._facts.code.types(name).items())[len(given) :]
        if not rest:
            yield given
            return
        parameter, kind = rest[0]
        words = (
            times(parameter, kind)
            if kind in LENGTHS
            else self._things(name, parameter, given)
        )
        for word in words:
            if kind not in LENGTHS or not (
                word in given or (parameter == "later" and word < given[0])
            ):
                yield from self.of(name, times, *given, word)

    def facts(self, name: str, asked: Times) -> Iterator[Fact]:
        """Yield a fact for all arguments with which the tables have a figure, in the
        order of the times ``asked``.
        """
        with suppress(BuildError):  # of its types, told where it is bound
            for arguments in self.of(name, asked):
                with suppress(FactError, BuildError):  # told where it is bound
                    if quantity := self._facts.find(name, *arguments):
                        yield Fact(
                            name, self._facts.shortened(name, arguments), quantity
                        )

    def every_time(self, _parameter: str, kind: object) -> Iterator[str]:
        """Yield the times of all tables, the newest first, that a parameter of a type
        may be.
        """
        return times_newest_first(self._facts.data.values(), LENGTHS[kind])

    def _things(
        self, name: str, parameter: str, given: tuple[str, ...]
    ) -> Iterable[str]:
        with suppress(FactError):  # nothing lists them
            return self._facts.choices(name, parameter, given)
        return sorted(self.used[parameter])
