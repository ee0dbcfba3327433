"""The arguments that a fact can be asked with: times, and things as the fact lists
them, or as texts name them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from press.binding.facts import Fact, FactError, Facts
from press.binding.latest import LATEST, LENGTHS, list_times_newest_first
from press.ground.errors import BuildError
from press.reading import Texts

# which times to try for a parameter, by its name and its type
ListTimes = Callable[[str, object], Iterable[str]]


class FactArguments:
    """What to try for the parameters of a story's facts."""

    def __init__(self, texts: Texts, facts: Facts) -> None:
        """Learn what ``texts`` name; ``used`` are the arguments that they give to
        facts, by the parameter.
        """
        self._facts = facts
        self.used = defaultdict[str, set[str]](set)
        links = (link for _, group in texts for text in group for link in text.bindings)
        for link in links:
            name, *arguments = link.target.removeprefix("fact:").split("/")
            if name in facts.fact_functions.functions:
                parameters = facts.fact_functions.get_parameters(name)
                for parameter, argument in zip(parameters, arguments, strict=False):
                    self.used[parameter] |= {argument} - {LATEST}

    def list_facts(self, name: str, asked: ListTimes) -> Iterator[Fact]:
        """Yield a fact for all arguments with which the tables have a figure, in the
        order of the times ``asked``.
        """
        with suppress(BuildError):  # of its types, told where it is bound
            for arguments in self._list_arguments(name, asked):
                with suppress(FactError, BuildError):  # told where it is bound
                    if quantity := self._facts.find_figure(name, *arguments):
                        shortened = self._facts.drop_defaults(name, arguments)
                        yield Fact(name, shortened, quantity)

    def _list_arguments(
        self, name: str, list_times: ListTimes, *given: str
    ) -> Iterator[tuple[str, ...]]:
        """Yield all arguments for a fact that begin with those ``given``, times in the
        order of ``list_times``.

        Raises ``BuildError``.
        """
        rest = list(self._facts.fact_functions.get_parameter_types(name).items())[
            len(given) :
        ]
        if not rest:
            yield given
            return
        parameter, argument_type = rest[0]
        words: Iterable[str]
        if argument_type in LENGTHS:
            words = (
                time
                for time in list_times(parameter, argument_type)
                if time not in given and not (parameter == "later" and time < given[0])
            )
        else:
            words = self._list_things(name, parameter, given)
        for word in words:
            yield from self._list_arguments(name, list_times, *given, word)

    def list_every_time(self, _parameter: str, kind: object) -> Iterator[str]:
        """Yield the times of all tables, the newest first, that a parameter of a type
        may be.
        """
        return list_times_newest_first(self._facts.data.values(), LENGTHS[kind])

    def _list_things(
        self, name: str, parameter: str, given: tuple[str, ...]
    ) -> Iterable[str]:
        """Return the things that a parameter may be: those of the fact, else those that
        texts name.
        """
        with suppress(FactError):  # nothing lists them
            return self._facts.list_choices(name, parameter, given)
        return sorted(self.used[parameter])
