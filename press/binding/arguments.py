"""The arguments that a fact can be asked with: times, and things as the fact lists them, or as texts name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from press.binding.facts import FactError, Facts
from press.binding.latest import LATEST, LENGTHS
from press.reading import Texts

Times = Callable[[str, object], Iterable[str]]  # those to try for a parameter of a type


class Arguments:
    """What to try for the parameters of a story's facts."""

    def __init__(self, texts: Texts, facts: Facts) -> None:
        """Learn what ``texts`` name; ``used`` are the arguments that they give to facts, by the parameter."""
        self._facts, self.used = facts, defaultdict[str, set[str]](set)
        for link in (link for _, group in texts for text in group for link in text.bindings):
            name, *arguments = link.target.removeprefix("fact:").split("/")
            if name in facts.functions:
                for parameter, argument in zip(facts.parameters(name), arguments, strict=False):
                    self.used[parameter] |= {argument} - {LATEST}

    def of(self, name: str, times: Times, *given: str) -> Iterator[tuple[str, ...]]:
        """Yield arguments for a fact after those ``given``, in the order of ``times``. Raises ``BuildError``."""
        rest = list(self._facts.types(name).items())[len(given) :]
        if not rest:
            yield given
            return
        parameter, kind = rest[0]
        words = times(parameter, kind) if kind in LENGTHS else self._things(name, parameter, given)
        for word in words:
            if kind not in LENGTHS or not (word in given or (parameter == "later" and word < given[0])):
                yield from self.of(name, times, *given, word)

    def _things(self, name: str, parameter: str, given: tuple[str, ...]) -> Iterable[str]:
        with suppress(FactError):  # nothing lists them
            return self._facts.choices(name, parameter, given)
        return sorted(self.used[parameter])
