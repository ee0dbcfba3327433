"""The arguments that a fact can be asked with: times, and things as the fact lists
them, or as texts name them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from press.binding.facts import Fact, FactError, Facts
from press.binding.latest import LATEST, LENGTHS, list_times_to_try_newest_first
from press.facts import LATER
from press.ground.errors import BuildError
from press.reading import Texts

# which times to try for a parameter, by its name and its type
ListTimes = Callable[[str, object], Iterable[str]]


class FactArguments:
    """What to try for the parameters of a story's facts."""

    def __init__(self, texts: Texts, facts: Facts) -> None:
        """Learn from ``texts`` which arguments they give to facts: those are in
        ``used_by_parameter``, by the names of the parameters.
        """
        self._facts = facts
        self.used_by_parameter = defaultdict[str, set[str]](set)
        links = (link for _, group in texts for text in group for link in text.bindings)
        for link in links:
            name, *arguments = link.target.removeprefix("fact:").split("/")
            if name in facts.fact_functions.functions:
                parameters = facts.fact_functions.get_parameters_after_tables(name)
                for parameter, argument in zip(parameters, arguments, strict=False):
                    self.used_by_parameter[parameter] |= {argument} - {LATEST}

    def list_facts_with_figures(
        self, name: str, list_times: ListTimes
    ) -> Iterator[Fact]:
        """Yield a fact for all arguments with which the tables have a figure, in the
        order of ``list_times``. What fails is left out.
        """
        with suppress(BuildError):  # of its types, told where it is bound
            for arguments in self._combine_arguments(name, list_times):
                with suppress(FactError, BuildError):  # told where it is bound
                    if quantity := self._facts.find_figure(name, *arguments):
                        shortened = self._facts.drop_trailing_defaults(name, arguments)
                        yield Fact(name, shortened, quantity)

    def _combine_arguments(
        self, name: str, list_times: ListTimes, *given: str
    ) -> Iterator[tuple[str, ...]]:
        """Yield all arguments for a fact that begin with those ``given``, times in the
        order of ``list_times``, each once.

        Raises ``BuildError`` where the story's own code fails.
        """
        parameters = self._facts.list_parameters(name)
        if len(given) >= len(parameters):
            yield given
            return
        parameter = parameters[len(given)]
        values: Iterable[str]
        if parameter.annotation in LENGTHS:
            times = list_times(parameter.name, parameter.annotation)
            values = (
                time
                for time in times
                if _is_time_unused_and_in_order(time, parameter.name, given)
            )
        else:
            values = self._list_choices_or_used_in_texts(name, parameter.name, given)
        for value in values:
            yield from self._combine_arguments(name, list_times, *given, value)

    def list_table_times_newest_first(
        self, _parameter: str, time_type: object
    ) -> Iterator[str]:
        """Yield the times of a type from the newest to the oldest of all tables,
        whatever the parameter.
        """
        return list_times_to_try_newest_first(self._facts.data.values(), time_type)

    def _list_choices_or_used_in_texts(
        self, name: str, parameter: str, given_arguments: tuple[str, ...]
    ) -> Iterable[str]:
        """Return the things that a parameter may be: those that the fact lists, else
        those that texts use.
        """
        with suppress(FactError):  # nothing lists them
            return self._facts.get_choices_of_parameter(
                name, parameter, given_arguments
            )
        return sorted(self.used_by_parameter[parameter])


def _is_time_unused_and_in_order(
    time: str, parameter: str, given: tuple[str, ...]
) -> bool:
    """Tell whether a time may follow other arguments: not one of them again, and for
    ``LATER`` none before the first.
    """
    if time in given:
        return False
    return parameter != LATER or not given or time >= given[0]
