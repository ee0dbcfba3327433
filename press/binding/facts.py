"""Facts: what authors type (``total/2023``) calls a function of the story on the
tables, once for each wording.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from types import FunctionType, MappingProxyType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from press.binding.latest import LATEST, LENGTHS, times
from press.data import Data
from press.facts import FactDescriber, FactWords, spoken
from press.ground.cache import FACTS
from press.ground.errors import BuildError, ToldError, similar
from press.ground.guard import Place, begin_of, guarded
from press.ground.period import EXAMPLES, Period
from press.quantity import Kind, Quantity, UnknownNameError
from press.reading import Vocabulary

ANYWHERE = ("story/facts.py", 1)
AN_INT = (
    "in story/ an int is a year: declare any other number as a str, or as the words of"
    " a Literal"
)
PLACE = re.compile(r"\{(\w*)\}")  # of an argument in the words of a fact


# of the story: tables and arguments in, a figure out
Function = Callable[..., Quantity | None]


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
    asked: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The fact as authors type it, with its time."""
        return "/".join((self.name, *self.arguments))

    @property
    def latest(self) -> str:
        """The year or month that ``latest`` stands for; empty where it was not asked
        for.
        """
        return self.arguments[self.asked.index(LATEST)] if self.asked else ""


@dataclass(frozen=True, eq=False)
class Signature:
    """The function of a fact: where it is written, and what it takes
    beside the tables.
    """

    root: Path
    name: str
    function: Function

    @cached_property
    def place(self) -> Place:
        """Where the function is written."""
        return begin_of(self.function, self.root, ANYWHERE)

    @cached_property
    def parameters(self) -> Mapping[str, object]:
        """The names of its parameters, each with its default.

        Raises ``BuildError`` where Python cannot tell.
        """
        with guarded(self.root, f"the fact {self.name}", self.place):
            items = list(inspect.signature(self.function).parameters.values())[1:]
            return MappingProxyType({item.name: item.default for item in items})

    @cached_property
    def types(self) -> Mapping[str, Any]:
        """The types of its parameters: a year, a month, one of several words, any name.

        Raises ``BuildError``.
        """
        with guarded(self.root, f"the fact {self.name}", self.place):
            if isinstance(self.function, FunctionType):
                hints = get_type_hints(self.function)
            else:
                items = inspect.signature(self.function).parameters.values()
                hints = {item.name: item.annotation for item in items}
            return MappingProxyType(
                {parameter: hints.get(parameter, str) for parameter in self.parameters}
            )


@dataclass(frozen=True, eq=False)
class FactCode:
    """The story's functions by name, and what says between which ends a figure lies
    that no table holds.
    """

    root: Path
    functions: Mapping[str, Function]
    bound: Function | None = None

    @cached_property
    def _signatures(self) -> Mapping[str, Signature]:
        return {
            name: Signature(self.root, name, function)
            for name, function in self.functions.items()
        }

    def place(self, name: str) -> Place:
        """Return where the function of a fact is written."""
        return self._signatures[name].place

    def parameters(self, name: str) -> Mapping[str, object]:
        """Return the parameters of a fact but the tables, and their defaults."""
        return self._signatures[name].parameters

    def types(self, name: str) -> Mapping[str, Any]:
        """Return the types of its parameters but the tables."""
        return self._signatures[name].types


@dataclass(frozen=True, eq=False)
class Facts:
    """The story's functions on the tables; each is called once for the same arguments
    and tables.

    ``data`` may be what stands in for the tables and notes what it is asked for.
    """

    data: Data
    code: FactCode

    def get(self, name: str, *written: str) -> Fact:
        """Return a fact.

        Raises ``FactError`` where name or arguments are wrong, or the tables have no
        figure.
        """
        arguments = self.resolved(name, written)
        quantity = self.find(name, *arguments)
        if quantity is None:
            asked = "/".join((name, *arguments))
            raise FactError(f"the tables have no figure for {asked}")
        return Fact(name, arguments, quantity, written if LATEST in written else ())

    def find(self, name: str, *arguments: str) -> Quantity | None:
        """Return the figure, ``None`` where the tables have none.

        Raises ``FactError`` for a wrong name or argument.
        """
        key = ("figure", self.code, name, arguments)
        return FACTS.get(
            key, lambda data: _found(data, self.code, name, *arguments), self.data
        )

    def resolved(self, name: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """Return arguments with the newest time for which there is a figure in place of
        ``latest``.

        Raises ``FactError`` where there is no such time, or where ``latest`` stands
        twice or for what is no time.
        """
        if LATEST not in arguments:
            return arguments
        check_once(arguments, "/".join((name, *arguments)))
        place = arguments.index(LATEST)
        parameter, kind = list(self._taken(name, arguments).items())[place]
        length = LENGTHS.get(kind)
        if length is None:
            raise FactError(
                f'found "{LATEST}" for the {parameter} of {name}, which is no time'
            )
        before, after = arguments[:place], arguments[place + 1 :]
        key = ("newest time", self.code, name, before, after)
        newest = FACTS.get(
            key,
            lambda data: _newest(data, self.code, (name, *before), after, length),
            self.data,
        )
        return (*before, newest, *after)

    def bound(self, name: str, *arguments: str) -> Quantity | None:
        """Return the ends between which a missing figure lies, as a quantity; ``None``
        where no source says.
        """
        if self.code.bound is None:
            return None
        with guarded(
            self.code.root,
            "the function bound",
            begin_of(self.code.bound, self.code.root, ANYWHERE),
        ):
            return _sound(self.code.bound(self.data, name, *arguments))

    def named(self, fact: Fact) -> dict[str, str]:
        """Return the arguments of a fact by the names of its parameters, those left out
        as well.
        """
        parameters = self.code.parameters(fact.name)
        given = dict(zip(parameters, fact.arguments, strict=False))
        return {
            name: given.get(name, str(default)) for name, default in parameters.items()
        }

    def choices(
        self, name: str, parameter: str, arguments: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Return what a parameter of a fact may be, beside the arguments given: the
        things that a claim goes over.

        They are the words of its type; or what the method ``choices`` of the fact, if
        it is an object with one, returns for tables, parameter, and arguments by their
        names. Raises ``FactError`` where neither says so.
        """
        if parameter not in (kinds := self.code.types(name)):
            raise FactError(
                f'{name} has no argument "{parameter}"', similar(parameter, kinds)
            )
        if get_origin(kinds[parameter]) is Literal:
            return get_args(kinds[parameter])
        own = getattr(self.code.functions[name], "choices", None)
        if own and kinds[parameter] not in LENGTHS:
            with guarded(
                self.code.root, f"the choices of {name}", self.code.place(name)
            ):
                given = {
                    key: _converted(item, kinds[key], key)
                    for key, item in zip(kinds, arguments, strict=False)
                }
                return tuple(own(self.data, parameter, given))
        hint = f"let the type hint of {parameter} be a Literal of its words"
        raise FactError(f"nothing says which {parameter} there may be of {name}", hint)

    def shortened(self, name: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """Return the arguments without those at their end that may be left out."""
        defaults = list(self.code.parameters(name).values())
        while arguments and arguments[-1] == str(defaults[len(arguments) - 1]):
            arguments = arguments[:-1]
        return arguments

    def values(self, name: str, arguments: tuple[str, ...]) -> list[Any]:
        """Return arguments as type hints have them.

        Raises ``FactError`` for one of another kind.
        """
        kinds = self._taken(name, arguments).items()
        return [
            _converted(item, kind, f"{key} of {name}")
            for item, (key, kind) in zip(arguments, kinds, strict=False)
        ]

    def _taken(self, name: str, arguments: tuple[str, ...]) -> Mapping[str, Any]:
        """Return the types of a fact's parameters.

        Raises ``FactError`` for no fact, or another number of arguments.
        """
        if name not in self.code.functions:
            hint = similar(name, self.code.functions) or "make explain lists all facts"
            hint += " " if hint.endswith("?") else ". "
            hint += "A new one needs a function in story/ and its name in __all__."
            raise FactError(f'there is no fact "{name}"', hint)
        parameters = self.code.parameters(name)
        needed = sum(
            default is inspect.Parameter.empty for default in parameters.values()
        )
        if not needed <= len(arguments) <= len(parameters):
            raise FactError(
                f"found {'/'.join((name, *arguments))}, expected {self.form(name)}"
            )
        return self.code.types(name)

    def form(self, name: str) -> str:
        """Return how a fact is written: its name and parameters, in brackets those that
        may be left out.
        """
        empty, parameters = inspect.Parameter.empty, self.code.parameters(name)
        parts = [
            key.upper() if value is empty else f"[{key.upper()}]"
            for key, value in parameters.items()
        ]
        return "/".join((name, *parts))


def check_once(arguments: Iterable[str], target: str) -> None:
    """Raise ``FactError`` where ``latest`` stands twice among the arguments of a
    target: the times may differ.
    """
    if [*arguments].count(LATEST) > 1:
        raise FactError(
            f'found "{LATEST}" twice in {target}, expected it once',
            "write the other time as it is",
        )


def _newest(
    data: Data, code: FactCode, before: Sequence[str], after: Sequence[str], length: int
) -> str:
    """Return the newest time for which a fact has a figure, between its name and
    arguments ``before`` and ``after``.

    Tried are the times of all tables, from the newest to the oldest. Raises
    ``FactError`` or ``BuildError`` where there is none: what the fact raised first, if
    it did.
    """
    facts, wrong = Facts(data, code), list[FactError | BuildError]()

    def has(time: str) -> bool:
        try:
            return facts.find(*before, time, *after) is not None
        except (FactError, BuildError) as error:
            wrong.append(error)
            return False

    if found := next(filter(has, times(data.values(), length)), ""):
        return found
    asked = "/".join((*before, LATEST, *after))
    raise (
        wrong[0]
        if wrong
        else FactError(f"the tables have no figure for {asked}, whatever the time")
    )


def _found(data: Data, code: FactCode, name: str, *arguments: str) -> Quantity | None:
    """Call a function of the story; what it raises is its author's mistake, but for an
    unknown name.
    """
    facts, unknown = Facts(data, code), None
    values = facts.values(name, facts.resolved(name, arguments))
    with guarded(code.root, f"the fact {name}", code.place(name)):
        try:
            found = code.functions[name](data, *values)
        except UnknownNameError as error:
            unknown = error
        else:
            return _sound(found)
    raise FactError(
        f'the fact {name} knows no "{unknown.name}"',
        similar(unknown.name, unknown.known),
    )


def _told(data: Data, code: FactCode, vocabulary: Vocabulary, name: str) -> FactWords:
    given = {
        known: FactWords(words.label, words.formula)
        for known, words in vocabulary.facts.items()
    }
    forms = {
        key: FactWords(*form) for key, form in vocabulary.lexicon.fact_words.items()
    }
    return FactDescriber(data, code.functions, given, forms).describe(
        code.functions[name]
    )


def words_of(name: str, vocabulary: Vocabulary, facts: Facts) -> FactWords:
    """Return the label and the formula of a fact, as facts.toml has them, else as they
    follow from its declaration.
    """
    with guarded(facts.code.root, f"the fact {name}", facts.code.place(name)):
        key = ("words", facts.code, vocabulary, name)
        return FACTS.get(
            key, lambda data: _told(data, facts.code, vocabulary, name), facts.data
        )


def told(fact: Fact, vocabulary: Vocabulary, facts: Facts) -> FactWords:
    """Return label and formula of a fact, their {places} filled with its arguments as
    the language has them.
    """
    named = {
        name: _argument(name, value, vocabulary)
        for name, value in facts.named(fact).items()
    }
    return words_of(fact.name, vocabulary, facts).fill(named)


def _argument(name: str, value: str, vocabulary: Vocabulary) -> str:
    """Write an argument of a fact in words: times as dates, what [arguments] of
    words.toml names by its name there.

    A value of the dimension that the argument is named as is written as that is.
    """
    if value in vocabulary.lexicon.arguments:
        return vocabulary.lexicon.arguments[value]
    dimensions = (
        dimension
        for dimension in vocabulary.lexicon.dimensions
        if dimension.name == name
    )
    named = (
        dimension.written.get(word)
        for dimension in dimensions
        for word in (value, spoken(value))
    )
    return (
        vocabulary.date(value)
        if Period.read(value)
        else next(filter(None, named), value)
    )


def _sound(found: object) -> Quantity | None:
    """Return what a fact returned.

    Raises ``TypeError`` where it is no figure made of decimals and rows.
    """
    if found is None:
        return None
    if not isinstance(found, Quantity):
        raise TypeError(f"returned {type(found).__name__}, expected a Quantity or None")
    numbers: tuple[object, ...] = (found.value, found.precision, *found.ends)
    for number in numbers:
        if not (isinstance(number, Decimal) and number.is_finite()):
            raise TypeError(
                f"returned the number {number!r}, expected a Decimal from the tables"
            )
    if found.kind not in get_args(Kind):
        raise TypeError(
            f"returned the kind {found.kind!r}, expected one of"
            f" {', '.join(get_args(Kind))}"
        )
    if found.precision < 0 or found.ends[0] > found.ends[1]:
        raise TypeError(
            "returned an interval turned round, expected its lower end first and no"
            " width below zero"
        )
    if not found.rows and found.kind != "constant":
        raise TypeError(
            "returned a figure without rows, expected those that it was taken from"
        )
    return found


def _converted(argument: str, hint: Any, what: str) -> Any:  # noqa: ANN401 - types as values
    """Return the argument as its hint has it: a time, one of several words, or any
    name.
    """
    if hint in LENGTHS:
        period = Period.read(argument)
        if not period or (0 if period.day else period.length) != LENGTHS[hint]:
            message = f'found "{argument}" for the {what}, expected {EXAMPLES[hint]}'
            raise FactError(message, AN_INT if hint is int else "")
        return int(argument) if hint is int else argument
    if get_origin(hint) is Literal and argument not in get_args(hint):
        expected = ", ".join(get_args(hint))
        raise FactError(
            f'found "{argument}" for the {what}, expected one of {expected}'
        )
    return argument
