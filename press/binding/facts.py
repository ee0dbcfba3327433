"""Facts: what authors type (``total/2023``) calls a function of the story on the
tables, once for each wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from inspect import Parameter
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from press.binding.latest import LATEST, LENGTHS, list_times_newest_first
from press.binding.signatures import ANYWHERE, Function, Signature, check_figure
from press.data import Data
from press.facts import FactDescriber, FactDescription, restore_spaces
from press.ground.cache import FACTS
from press.ground.errors import BuildError, ToldError, similar
from press.ground.guard import Place, begin_of, guarded
from press.ground.period import EXAMPLES, Period
from press.quantity import Quantity, UnknownNameError
from press.reading import Vocabulary

AN_INT = (
    "in story/ an int is a year: declare any other number as a str, or as the words of"
    " a Literal"
)
PLACE = re.compile(r"\{(\w*)\}")  # of an argument in the words of a fact


class FactError(ToldError):
    """What is wrong with the name of a fact, a claim or a statement, or with its
    arguments.
    """


@dataclass(frozen=True)
class Fact:
    """A fact that was asked for: its name and arguments, and the figure.

    ``asked`` are the arguments as written where these say ``latest``, for which
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
    def newest_time(self) -> str:
        """The year or month that ``latest`` stands for; empty where it was not asked
        for.
        """
        return (
            self.arguments[self.arguments_as_written.index(LATEST)]
            if self.arguments_as_written
            else ""
        )


@dataclass(frozen=True, eq=False)
class FactFunctions:
    """The story's functions by name, and what says between which ends a figure lies
    that no table holds.
    """

    root: Path
    functions: Mapping[str, Function]
    bounds_function: Function | None = None

    @cached_property
    def signatures(self) -> Mapping[str, Signature]:
        """Where each function is written, and what it takes."""
        return {
            name: Signature(self.root, name, function)
            for name, function in self.functions.items()
        }

    def find_place(self, name: str) -> Place:
        """Return where the function of a fact is written."""
        return self.signatures[name].place

    def get_parameters(self, name: str) -> Mapping[str, object]:
        """Return the parameters of a fact but the tables, and their defaults."""
        return self.signatures[name].parameters

    def get_parameter_types(self, name: str) -> Mapping[str, Any]:
        """Return the types of its parameters but the tables."""
        return self.signatures[name].types


@dataclass(frozen=True, eq=False)
class Facts:
    """The story's functions on the tables; each is called once for the same arguments
    and tables.

    ``data`` may be what stands in for the tables and notes what it is asked for.
    """

    data: Data
    fact_functions: FactFunctions

    def get_fact(self, name: str, *written: str) -> Fact:
        """Return a fact.

        Raises ``FactError`` where name or arguments are wrong, or the tables have no
        figure.
        """
        arguments = self.resolve_latest(name, written)
        quantity = self.find_figure(name, *arguments)
        if quantity is None:
            target = _join_target(name, *arguments)
            raise FactError(f"the tables have no figure for {target}")
        return Fact(name, arguments, quantity, written if LATEST in written else ())

    def find_figure(self, name: str, *arguments: str) -> Quantity | None:
        """Return the figure, ``None`` where the tables have none.

        Raises ``FactError`` for a wrong name or argument.
        """
        return FACTS.get(
            ("figure", self.fact_functions, name, arguments),
            lambda data: _call_function(data, self.fact_functions, name, arguments),
            self.data,
        )

    def resolve_latest(self, name: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """Return arguments with the newest time for which there is a figure in place of
        ``latest``.

        Raises ``FactError`` where there is no such time, or where ``latest`` stands
        twice or for what is no time.
        """
        if LATEST not in arguments:
            return arguments
        check_latest_stands_once(arguments, _join_target(name, *arguments))
        position = arguments.index(LATEST)
        types = self._parameter_types(name, arguments)
        parameter, argument_type = list(types.items())[position]
        length = LENGTHS.get(argument_type)
        if length is None:
            raise FactError(
                f'found "{LATEST}" for the {parameter} of {name}, which is no time'
            )
        before = arguments[:position]
        after = arguments[position + 1 :]
        newest = FACTS.get(
            ("newest time", self.fact_functions, name, before, after),
            lambda data: _find_newest_time(
                data, self.fact_functions, (name, *before), after, length
            ),
            self.data,
        )
        return (*before, newest, *after)

    def find_bounds(self, name: str, *arguments: str) -> Quantity | None:
        """Return the ends between which a missing figure lies, as a quantity; ``None``
        where no source says.
        """
        function = self.fact_functions.bounds_function
        if function is None:
            return None
        place = begin_of(function, self.fact_functions.root, ANYWHERE)
        with guarded(self.fact_functions.root, "the function bound", place):
            return check_figure(function(self.data, name, *arguments))

    def arguments_by_name(self, fact: Fact) -> dict[str, str]:
        """Return the arguments of a fact by the names of its parameters, those left out
        as well.
        """
        parameters = self.fact_functions.get_parameters(fact.name)
        defaults = {name: str(default) for name, default in parameters.items()}
        return defaults | dict(zip(parameters, fact.arguments, strict=False))

    def list_choices(
        self, name: str, parameter: str, arguments: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Return what a parameter of a fact may be, beside the arguments given: the
        things that a claim goes over.

        They are the words of its type; or what the method ``choices`` of the fact, if
        it is an object with one, returns for tables, parameter, and arguments by their
        names. Raises ``FactError`` where neither says so.
        """
        types = self.fact_functions.get_parameter_types(name)
        if parameter not in types:
            raise FactError(
                f'{name} has no argument "{parameter}"', similar(parameter, types)
            )
        if get_origin(types[parameter]) is Literal:
            return get_args(types[parameter])
        own_choices = getattr(self.fact_functions.functions[name], "choices", None)
        if own_choices and types[parameter] not in LENGTHS:
            what = f"the choices of {name}"
            place = self.fact_functions.find_place(name)
            with guarded(self.fact_functions.root, what, place):
                given = {
                    key: _convert_argument(argument, types[key], key)
                    for key, argument in zip(types, arguments, strict=False)
                }
                return tuple(own_choices(self.data, parameter, given))
        raise FactError(
            f"nothing says which {parameter} there may be of {name}",
            f"let the type hint of {parameter} be a Literal of its words",
        )

    def drop_defaults(self, name: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """Return the arguments without those at their end that may be left out."""
        defaults = list(self.fact_functions.get_parameters(name).values())
        while arguments and arguments[-1] == str(defaults[len(arguments) - 1]):
            arguments = arguments[:-1]
        return arguments

    def convert_arguments(self, name: str, arguments: tuple[str, ...]) -> list[Any]:
        """Return arguments as type hints have them.

        Raises ``FactError`` for one of another kind.
        """
        types = self._parameter_types(name, arguments)
        return [
            _convert_argument(argument, types[key], f"{key} of {name}")
            for argument, key in zip(arguments, types, strict=False)
        ]

    def _parameter_types(
        self, name: str, arguments: tuple[str, ...]
    ) -> Mapping[str, Any]:
        """Return the types of a fact's parameters.

        Raises ``FactError`` for no fact, or another number of arguments.
        """
        if name not in self.fact_functions.functions:
            hint = (
                similar(name, self.fact_functions.functions)
                or "make explain lists all facts"
            )
            hint += " " if hint.endswith("?") else ". "
            hint += "A new one needs a function in story/ and its name in __all__."
            raise FactError(f'there is no fact "{name}"', hint)
        defaults = list(self.fact_functions.get_parameters(name).values())
        if not defaults.count(Parameter.empty) <= len(arguments) <= len(defaults):
            target = _join_target(name, *arguments)
            raise FactError(f"found {target}, expected {self.describe_usage(name)}")
        return self.fact_functions.get_parameter_types(name)

    def describe_usage(self, name: str) -> str:
        """Return how a fact is written: its name and parameters, in brackets those that
        may be left out.
        """
        parts = [name]
        for parameter, default in self.fact_functions.get_parameters(name).items():
            part = parameter.upper()
            parts.append(part if default is Parameter.empty else f"[{part}]")
        return _join_target(*parts)


def _join_target(*parts: str) -> str:
    """Return a fact and its arguments as a link has them."""
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


def _find_newest_time(
    data: Data,
    code: FactFunctions,
    before: Sequence[str],
    after: Sequence[str],
    length: int,
) -> str:
    """Return the newest time for which a fact has a figure, between its name and
    arguments ``before`` and ``after``.

    Tried are the times of all tables, from the newest to the oldest. Raises
    ``FactError`` or ``BuildError`` where there is none: what the fact raised first, if
    it did.
    """
    facts = Facts(data, code)
    first_error: FactError | BuildError | None = None
    for time in list_times_newest_first(data.values(), length):
        try:
            if facts.find_figure(*before, time, *after) is not None:
                return time
        except (FactError, BuildError) as error:
            first_error = first_error or error
    target = _join_target(*before, LATEST, *after)
    raise first_error or FactError(
        f"the tables have no figure for {target}, whatever the time"
    )


def _call_function(
    data: Data, code: FactFunctions, name: str, arguments: tuple[str, ...]
) -> Quantity | None:
    """Call a function of the story; what it raises is its author's mistake, but for an
    unknown name.
    """
    facts = Facts(data, code)
    values = facts.convert_arguments(name, facts.resolve_latest(name, arguments))
    with code.signatures[name].blame_function():
        try:
            returned = code.functions[name](data, *values)
        except UnknownNameError as error:
            unknown = error
        else:
            return check_figure(returned)
    raise FactError(
        f'the fact {name} knows no "{unknown.name}"',
        similar(unknown.name, unknown.known),
    )


def _convert_argument(argument: str, hint: Any, subject: str) -> Any:  # noqa: ANN401 - types as values
    """Return the argument as its hint has it: a time, one of several words, or any
    name; messages call it the ``subject``.
    """
    if hint in LENGTHS:
        if not _is_time_of_type(argument, hint):
            message = f'found "{argument}" for the {subject}, expected {EXAMPLES[hint]}'
            raise FactError(message, AN_INT if hint is int else "")
        return int(argument) if hint is int else argument
    if get_origin(hint) is Literal and argument not in get_args(hint):
        expected = ", ".join(get_args(hint))
        raise FactError(
            f'found "{argument}" for the {subject}, expected one of {expected}'
        )
    return argument


def _is_time_of_type(argument: str, time_type: object) -> bool:
    """Tell whether an argument is a year, quarter, month or day, as its type asks."""
    period = Period.read(argument)
    if period is None:
        return False
    length = 0 if period.day else period.length
    return length == LENGTHS[time_type]


def describe_fact(fact: Fact, vocabulary: Vocabulary, facts: Facts) -> FactDescription:
    """Return label and formula of a fact, their {places} filled with its arguments as
    the language has them.
    """
    arguments = {
        name: _write_argument(name, value, vocabulary)
        for name, value in facts.arguments_by_name(fact).items()
    }
    return describe_fact_template(fact.name, vocabulary, facts).fill(arguments)


def describe_fact_template(
    name: str, vocabulary: Vocabulary, facts: Facts
) -> FactDescription:
    """Return the label and the formula of a fact, as facts.toml has them, else as they
    follow from its declaration.
    """
    with facts.fact_functions.signatures[name].blame_function():
        return FACTS.get(
            ("words", facts.fact_functions, vocabulary, name),
            lambda data: _describe_fact(data, facts.fact_functions, vocabulary, name),
            facts.data,
        )


def _describe_fact(
    data: Data, code: FactFunctions, vocabulary: Vocabulary, name: str
) -> FactDescription:
    """Return the label and the formula of a fact, its parameters in braces."""
    given = {
        fact: FactDescription(words.label, words.formula)
        for fact, words in vocabulary.facts.items()
    }
    forms = {
        key: FactDescription(*form)
        for key, form in vocabulary.lexicon.fact_words.items()
    }
    describer = FactDescriber(data, code.functions, given, forms)
    return describer.describe(code.functions[name])


def _write_argument(name: str, value: str, vocabulary: Vocabulary) -> str:
    """Write an argument of a fact in words: times as dates, what [arguments] of
    words.toml names by its name there.

    A value of the dimension that the argument is named as is written as that is.
    """
    lexicon = vocabulary.lexicon
    if value in lexicon.arguments:
        return lexicon.arguments[value]
    if Period.read(value):
        return vocabulary.date(value)
    for dimension in lexicon.dimensions:
        if dimension.name == name:
            for word in (value, restore_spaces(value)):
                if written := dimension.labels.get(word):
                    return written
    return value
