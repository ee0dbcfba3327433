"""Facts: what authors type (``total/2023``) calls a function of the story on the
tables, once for each wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from inspect import Parameter
from pathlib import Path
from typing import Literal, get_args, get_origin

from press.binding.latest import LATEST, LENGTHS, list_times_to_try_newest_first
from press.binding.signatures import (
    ANYWHERE,
    FactSignature,
    Function,
    check_returned_figure,
)
from press.data import Data
from press.facts import FactDescriber, FactDescription, restore_spaces
from press.ground.cache import FACTS
from press.ground.errors import BuildError, ToldError, suggest_similar_or_all
from press.ground.guard import find_function_line, guard_story_code
from press.ground.period import EXAMPLES, Period
from press.quantity import Quantity, UnknownNameError
from press.reading import Vocabulary

AN_INT = (
    "in story/ an int is a year: declare any other number as a str, or as the words of"
    " a Literal"
)
PLACE = re.compile(r"\{(\w*)\}")  # of an argument in the words of a fact
TotalsByLastMonth = dict[str, Quantity]  # "2024-05": what January to May come to


class FactError(ToldError):
    """What is wrong with the name of a fact, a claim or a statement, or with its
    arguments.
    """


@dataclass(frozen=True)
class Fact:
    """A fact that was asked for: its name and arguments, and the figure.

    ``arguments_as_written`` are empty unless one of them is ``latest``, for which
    ``arguments`` have the newest time.
    """

    name: str
    arguments: tuple[str, ...]
    quantity: Quantity
    arguments_as_written: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The fact as authors type it, with its time."""
        return _join_target(self.name, *self.arguments)

    @property
    def time_for_latest(self) -> str:
        """The year or month that ``latest`` stands for; empty where it was not asked
        for.
        """
        if not self.arguments_as_written:
            return ""
        return self.arguments[self.arguments_as_written.index(LATEST)]


@dataclass(frozen=True, eq=False)
class FactFunctions:
    """The story's functions by name, and what says between which ends a figure lies
    that no table holds.
    """

    root: Path
    functions: Mapping[str, Function]
    bounds_function: Function | None = None

    @cached_property
    def signatures(self) -> Mapping[str, FactSignature]:
        """Where each function is written, and what it takes."""
        return {
            name: FactSignature(self.root, name, function)
            for name, function in self.functions.items()
        }

    def get_parameters_after_tables(self, name: str) -> Mapping[str, Parameter]:
        """Return the parameters of a fact but the tables, by their names."""
        return self.signatures[name].parameters_after_tables


@dataclass(frozen=True, eq=False)
class Facts:
    """The story's functions on the tables; each is called once for the same arguments
    and tables.

    ``data`` may be what stands in for the tables and notes what it is asked for.
    """

    data: Data
    fact_functions: FactFunctions

    def get_fact(self, name: str, *arguments_as_written: str) -> Fact:
        """Return the fact of a name with the arguments written, its figure computed.

        Raises ``FactError`` where name or arguments are wrong, or the tables have no
        figure.
        """
        arguments = self.resolve_latest(name, arguments_as_written)
        quantity = self.find_figure(name, *arguments)
        if quantity is None:
            raise FactError(
                f"the tables have no figure for {_join_target(name, *arguments)}"
            )
        return Fact(
            name,
            arguments,
            quantity,
            arguments_as_written if LATEST in arguments_as_written else (),
        )

    def find_figure(self, name: str, *arguments: str) -> Quantity | None:
        """Return the figure of a fact, ``None`` where the tables have none.

        Raises ``FactError`` for a wrong name or argument, ``latest`` among them.
        """
        return FACTS.get(
            ("figure", self.fact_functions, name, arguments),
            lambda data: Facts(data, self.fact_functions).compute_figure_without_cache(
                name, arguments
            ),
            self.data,
        )

    def compute_figure_without_cache(
        self, name: str, arguments: tuple[str, ...]
    ) -> Quantity | None:
        """Return what the story's function returns.

        Raises ``FactError`` for a wrong name or argument, and ``BuildError`` for
        whatever else the function raises.
        """
        self._check_name_and_argument_count(name, arguments)
        values = self._convert_arguments(name, arguments).values()
        with self.fact_functions.signatures[name].raise_problems_at_function():
            try:
                returned = self.fact_functions.functions[name](self.data, *values)
            except UnknownNameError as error:
                unknown = error
            else:
                return check_returned_figure(returned)
        raise FactError(
            f'the fact {name} knows no "{unknown.name}"',
            suggest_similar_or_all(unknown.name, unknown.known),
        )

    def _convert_arguments(
        self, name: str, arguments: tuple[str, ...]
    ) -> dict[str, str | int]:
        """Return arguments as a fact's function takes them, by its parameters.

        Raises ``FactError`` for one that is not of its parameter's type.
        """
        return {
            item.name: _check_and_convert_argument(
                argument, item.annotation, f"{item.name} of {name}"
            )
            for item, argument in zip(
                self.list_parameters(name), arguments, strict=False
            )
        }

    def list_parameters(self, name: str) -> list[Parameter]:
        """Return the parameters of a fact but the tables, in their order."""
        return list(self.fact_functions.get_parameters_after_tables(name).values())

    def resolve_latest(self, name: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """Return arguments with the newest time for which there is a figure in place of
        ``latest``.

        Raises ``FactError`` where there is no such time, where ``latest`` stands twice
        or for what is no time, and where it stands beside a wrong argument.
        """
        if LATEST not in arguments:
            return arguments
        check_latest_stands_once(arguments, _join_target(name, *arguments))
        self._check_name_and_argument_count(name, arguments)
        parameter = self.list_parameters(name)[arguments.index(LATEST)]
        if parameter.annotation not in LENGTHS:
            raise FactError(
                f'found "{LATEST}" for the {parameter.name} of {name}, which is no time'
            )
        return FACTS.get(
            ("newest", self.fact_functions, name, arguments),
            lambda data: Facts(data, self.fact_functions).put_newest_time_with_figure(
                name, arguments, parameter.annotation
            ),
            self.data,
        )

    def put_newest_time_with_figure(
        self, name: str, arguments_with_latest: tuple[str, ...], time_type: object
    ) -> tuple[str, ...]:
        """Return arguments with the newest time in place of ``latest`` for which the
        fact has a figure.

        Tried are the times of all tables, from the newest to the oldest. Raises
        ``FactError`` or ``BuildError`` where there is none: what the fact raised first,
        if it did.
        """
        first_error: FactError | BuildError | None = None
        for time in list_times_to_try_newest_first(self.data.values(), time_type):
            dated = tuple(
                time if argument == LATEST else argument
                for argument in arguments_with_latest
            )
            try:
                if self.find_figure(name, *dated):
                    return dated
            except (FactError, BuildError) as error:
                first_error = first_error or error
        raise first_error or FactError(
            "the tables have no figure for"
            f" {_join_target(name, *arguments_with_latest)}, whatever the time"
        )

    def find_bounds_of_missing_figure(
        self, name: str, *arguments: str
    ) -> Quantity | None:
        """Return the ends between which a missing figure lies, as a quantity; ``None``
        where no source says.

        Raises ``BuildError`` where the story's function does.
        """
        function = self.fact_functions.bounds_function
        if function is None:
            return None
        place = find_function_line(function, self.fact_functions.root, ANYWHERE)
        with guard_story_code(self.fact_functions.root, "the function bound", place):
            return check_returned_figure(function(self.data, name, *arguments))

    def get_arguments_with_defaults(self, fact: Fact) -> dict[str, str]:
        """Return the arguments of a fact by the names of its parameters, those left out
        as well.
        """
        parameters = self.fact_functions.get_parameters_after_tables(fact.name)
        defaults = {item.name: str(item.default) for item in parameters.values()}
        return defaults | dict(zip(parameters, fact.arguments, strict=False))

    def get_choices_of_parameter(
        self, name: str, parameter: str, other_arguments: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Return what a parameter of a fact may be, beside its other arguments: the
        things that a claim goes over.

        They are the words of its type; or what the method ``choices`` of the fact, if
        it is an object with one, returns for tables, parameter, and arguments by their
        names. Raises ``FactError`` where neither says so.
        """
        parameters = self.fact_functions.get_parameters_after_tables(name)
        if parameter not in parameters:
            raise FactError(
                f'{name} has no argument "{parameter}"',
                suggest_similar_or_all(parameter, parameters),
            )
        parameter_type = parameters[parameter].annotation
        if get_origin(parameter_type) is Literal:
            return get_args(parameter_type)
        own_choices = getattr(self.fact_functions.functions[name], "choices", None)
        if own_choices and parameter_type not in LENGTHS:
            what = f"the choices of {name}"
            place = self.fact_functions.signatures[name].place
            with guard_story_code(self.fact_functions.root, what, place):
                given = self._convert_arguments(name, other_arguments)
                return tuple(own_choices(self.data, parameter, given))
        raise FactError(
            f"nothing says which {parameter} there may be of {name}",
            f"let the type hint of {parameter} be a Literal of its words",
        )

    def find_running_totals_of_later_years(
        self, fact: Fact, year: str
    ) -> TotalsByLastMonth:
        """Return what a fact of years comes to since January in the years after one, by
        the months that end these totals; nothing where its function has no method
        ``find_running_totals_of_later_years``.

        Raises ``BuildError`` where that method does.
        """
        function = self.fact_functions.functions[fact.name]
        find_totals = getattr(function, "find_running_totals_of_later_years", None)
        if find_totals is None:
            return {}
        _, *things = self.get_arguments_with_defaults(fact).values()
        with self.fact_functions.signatures[fact.name].raise_problems_at_function():
            return dict(find_totals(self.data, year, *things))

    def drop_trailing_defaults(
        self, name: str, arguments: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Return the arguments without those at their end that may be left out."""
        parameters = self.list_parameters(name)
        while arguments and arguments[-1] == str(
            parameters[len(arguments) - 1].default
        ):
            arguments = arguments[:-1]
        return arguments

    def _check_name_and_argument_count(
        self, name: str, arguments: tuple[str, ...]
    ) -> None:
        """Raise ``FactError`` where there is no such fact, or it takes fewer or more
        arguments.
        """
        if name not in self.fact_functions.functions:
            hint = (
                suggest_similar_or_all(name, self.fact_functions.functions)
                or "make explain lists all facts"
            )
            hint += " " if hint.endswith("?") else ". "
            hint += "A new one needs a function in story/ and its name in __all__."
            raise FactError(f'there is no fact "{name}"', hint)
        parameters = self.list_parameters(name)
        required = [item for item in parameters if item.default is Parameter.empty]
        if not len(required) <= len(arguments) <= len(parameters):
            raise FactError(
                f"found {_join_target(name, *arguments)},"
                f" expected {self.describe_usage(name)}"
            )

    def describe_usage(self, name: str) -> str:
        """Return how a fact is written: its name and parameters, in brackets those that
        may be left out.
        """
        parts = [name]
        for item in self.list_parameters(name):
            part = item.name.upper()
            parts.append(part if item.default is Parameter.empty else f"[{part}]")
        return _join_target(*parts)


def _join_target(*parts: str) -> str:
    """Join the name of a fact and its arguments as a link does."""
    return "/".join(parts)


def check_latest_stands_once(arguments: Iterable[str], target: str) -> None:
    """Raise ``FactError`` where ``latest`` stands twice among the arguments of a
    target: the times may differ.
    """
    if [*arguments].count(LATEST) > 1:
        raise FactError(
            f'found "{LATEST}" twice in {target}, expected it once',
            "write the other time as it is",
        )


def _check_and_convert_argument(
    argument: str, parameter_type: object, label: str
) -> str | int:
    """Return a year as a number, any other argument as it is.

    Raises ``FactError`` for one that is not of its parameter's type: a time, one of
    several words, or any name.
    """
    if parameter_type in LENGTHS:
        if not _is_time_of_type(argument, parameter_type):
            expected = EXAMPLES[parameter_type]
            message = f'found "{argument}" for the {label}, expected {expected}'
            raise FactError(message, AN_INT if parameter_type is int else "")
        return int(argument) if parameter_type is int else argument
    if get_origin(parameter_type) is Literal and argument not in get_args(
        parameter_type
    ):
        expected = ", ".join(get_args(parameter_type))
        raise FactError(
            f'found "{argument}" for the {label}, expected one of {expected}'
        )
    return argument


def _is_time_of_type(argument: str, time_type: object) -> bool:
    """Tell whether an argument is a year, quarter, month or day, as ``time_type``
    asks.
    """
    period = Period.parse_or_none(argument)
    if period is None:
        return False
    length = 0 if period.day else period.length
    return length == LENGTHS[time_type]


def get_label_and_formula(
    fact: Fact, vocabulary: Vocabulary, facts: Facts
) -> FactDescription:
    """Return label and formula of a fact, their {places} filled with its arguments as
    the language has them.
    """
    arguments = {
        name: _translate_argument(name, value, vocabulary)
        for name, value in facts.get_arguments_with_defaults(fact).items()
    }
    return get_label_and_formula_template(fact.name, vocabulary, facts).fill_places(
        arguments
    )


def get_label_and_formula_template(
    name: str, vocabulary: Vocabulary, facts: Facts
) -> FactDescription:
    """Return the label and the formula of a fact, as facts.toml has them, else as they
    follow from its declaration.
    """
    with facts.fact_functions.signatures[name].raise_problems_at_function():
        return FACTS.get(
            ("words", facts.fact_functions, vocabulary, name),
            lambda data: _compose_label_and_formula_template(
                data, facts.fact_functions, vocabulary, name
            ),
            facts.data,
        )


def _compose_label_and_formula_template(
    data: Data, fact_functions: FactFunctions, vocabulary: Vocabulary, name: str
) -> FactDescription:
    """Return label and formula of a fact that is in no cache, its {parameters} in
    braces.
    """
    given = {
        fact: FactDescription(words.label, words.formula)
        for fact, words in vocabulary.facts.items()
    }
    forms = {
        key: FactDescription(*form)
        for key, form in vocabulary.lexicon.fact_words.items()
    }
    describer = FactDescriber(data, fact_functions.functions, given, forms)
    return describer.describe(fact_functions.functions[name])


def _translate_argument(parameter: str, value: str, vocabulary: Vocabulary) -> str:
    """Return an argument of a fact in the words of the language: by [arguments] of
    words.toml, as a date, or as a value of the dimension that is named as its
    parameter.

    An argument that the language has no words for is returned as it is.
    """
    lexicon = vocabulary.lexicon
    if value in lexicon.arguments:
        return lexicon.arguments[value]
    if Period.parse_or_none(value):
        return vocabulary.date(value)
    for dimension in lexicon.dimensions:
        if dimension.name == parameter:
            for word in (value, restore_spaces(value)):
                if written := dimension.labels.get(word):
                    return written
    return value
