"""Kinds of facts: what each of them has, and how readers are told of a fact where no
file says it: as it follows from others, from its table, or from its code.
"""

from __future__ import annotations

import inspect
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from inspect import currentframe
from typing import Any, NamedTuple

from press.data import Data
from press.quantity import Quantity

FULL_STOP = re.compile(r"(?<!\.\w)\.$")  # but that of an abbreviation, "c.i.f."
Function = Callable[..., object]


class FactDescription(NamedTuple):
    """The label and the formula of a fact, with the names of arguments in braces."""

    label: str
    formula: str

    def fill_places(self, arguments: Mapping[str, str]) -> FactDescription:
        """Return both with each ``{name}`` replaced by the argument of that name."""
        label, formula = self
        for name, text in arguments.items():
            place = f"{{{name}}}"
            label = label.replace(place, text)
            formula = formula.replace(place, text)
        return FactDescription(label, formula)


def _find_declaring_line_of_story() -> tuple[str, int]:
    """Return the file and the line of the story that declare something; ``""`` and 0
    where no line of a story does.
    """
    ours = (f"{__package__}.", "dataclasses")
    frame = currentframe()
    while frame and frame.f_globals["__name__"].startswith(ours):
        frame = frame.f_back
    return (frame.f_code.co_filename, frame.f_lineno) if frame else ("", 0)


@dataclass(frozen=True, eq=False)
class DeclaredFact(ABC):
    """A kind of fact, which a story declares in a line of its code: each is a class.

    It is called with the tables and an argument for each other parameter of its
    ``__signature__``, and returns a ``Quantity``, or ``None`` where the tables have no
    figure. One that takes things lists their arguments by a method ``choices``, as
    ``ChangeOverTime`` does. ``fixed_arguments`` are those that its words name and that
    it does not take. Where something is wrong with it, the line is named.
    """

    declared: tuple[str, int] = field(
        init=False,
        repr=False,
        compare=False,
        default_factory=_find_declaring_line_of_story,
    )
    fixed_arguments: Mapping[str, str] = field(default_factory=dict, kw_only=True)

    @abstractmethod
    def __call__(self, *arguments: Any, **named: Any) -> Quantity | None:  # noqa: ANN401 - of each kind its own
        """Return the figure with what a sentence needs to know of it."""

    @abstractmethod
    def describe_by_declaration(self, describer: FactDescriber) -> FactDescription:
        """Return what readers are told of it where no file says it."""

    @property
    def code(self) -> object:
        """What works it out: facts of the same code are told in the same words."""
        return self


class FactDescriber:
    """Describes the facts of a story in words; each kind of fact describes itself with
    it (``DeclaredFact.describe_by_declaration``).

    ``given`` are the words that a file has, by the names of facts; ``forms`` those of
    each kind of fact, as ``[fact_words]`` of the language has them.
    """

    def __init__(
        self,
        data: Data,
        facts: Mapping[str, Function],
        given: Mapping[str, FactDescription],
        forms: Mapping[str, FactDescription],
    ) -> None:
        """Hold the words by the names of facts."""
        self.data = data
        self._given = given
        self._forms = forms
        by_code = {_code_of(facts[name]): name for name in reversed([*facts])}
        self._names: dict[object, str] = by_code | {
            fact: name for name, fact in facts.items()
        }

    def describe(self, fact: Function) -> FactDescription:
        """Return the label and the formula of a fact: those of its file, else what
        follows from its declaration.

        One that is another for some of its things has the words of that one, where it
        has none of its own.
        """
        if not isinstance(fact, DeclaredFact):
            return self._get_words_of_file_or_default(
                fact, self.describe_by_name_and_docstring(fact)
            )
        found = self._get_words_of_file_or_default(
            fact, fact.describe_by_declaration(self)
        )
        return found.fill_places(fact.fixed_arguments)

    def _get_words_of_file_or_default(
        self, fact: Function, words: FactDescription
    ) -> FactDescription:
        """Return the label and the formula that a file has for a fact, else of others
        with the same code, else those of ``words``.
        """
        for name in reversed(self._list_names(fact)):
            if name in self._given:
                label, formula = self._given[name]
                words = FactDescription(label or words.label, formula or words.formula)
        return words

    def describe_by_name_and_docstring(self, fact: Function) -> FactDescription:
        """Return the name of a fact with its parameters, and the first paragraph of the
        docstring of the function that works it out; empty where there is none.
        """
        name, *_ = [*self._list_names(fact), ""]
        formula = (inspect.getdoc(_code_of(fact)) or "").split("\n\n")[0]
        label = name.replace("_", " ").capitalize()
        return describe_with_parameters_after_label(fact, label, formula)

    def fill_form(
        self, key: str, words: FactDescription, **places: str
    ) -> FactDescription:
        """Return what the language says of a kind of fact, with the words of what it is
        made of, and other places, filled in.

        Raises ``KeyError`` for a key that ``[fact_words]`` of the language lacks.
        """
        return self._forms[key].fill_places({**words._asdict(), **places})

    def _list_names(self, fact: Function) -> list[str]:
        """Return the name of a fact, and that of the first with the same code."""
        keys = (fact, _code_of(fact))
        return [self._names[key] for key in keys if key in self._names]


def describe_with_parameters_after_label(
    fact: Function, label: str, formula: str
) -> FactDescription:
    """Return a label with a place for each argument of a fact, and a formula in one
    line without its full stop.
    """
    parameters = list(inspect.signature(fact).parameters)[1:]
    if parameters:
        places = ", ".join(f"{{{parameter}}}" for parameter in parameters)
        label = f"{label}: {places}"
    return FactDescription(label, FULL_STOP.sub("", " ".join(formula.split())))


def _code_of(fact: Function) -> object:
    """Return the function that works out a fact: several facts may have the same."""
    return fact.code if isinstance(fact, DeclaredFact) else fact
