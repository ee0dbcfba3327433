"""How readers are told of a fact where no file says it: as it follows from others, from
its table, or from its code.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from press.data import EACH_ROW, Data
from press.facts.base_measure import BaseMeasure
from press.facts.changes import ChangeOverTime
from press.facts.declared import Mark
from press.facts.panel_table import find_field
from press.ground.period import Day, Month, Quarter

FULL_STOP = re.compile(r"(?<!\.\w)\.$")  # but that of an abbreviation, "c.i.f."
Function = Callable[..., object]


class FactDescription(NamedTuple):
    """The label and the formula of a fact, with the names of arguments in braces."""

    label: str
    formula: str

    def fill(self, arguments: Mapping[str, str]) -> FactDescription:
        """Return both with each ``{name}`` replaced by the argument of that name."""
        label, formula = self
        for name, text in arguments.items():
            place = f"{{{name}}}"
            label = label.replace(place, text)
            formula = formula.replace(place, text)
        return FactDescription(label, formula)


class FactDescriber:
    """Describes the facts of a story in words.

    ``given`` are the words that a file has; ``forms`` those of each kind of fact.
    """

    def __init__(
        self,
        data: Data,
        facts: Mapping[str, Function],
        given: Mapping[str, FactDescription],
        forms: Mapping[str, FactDescription],
    ) -> None:
        """Hold the words by the names of facts."""
        self._data = data
        self._given = given
        self._forms = forms
        by_code = {_code_of(facts[name]): name for name in reversed([*facts])}
        self._names = by_code | {fact: name for name, fact in facts.items()}

    def describe(self, fact: Function) -> FactDescription:
        """Return the label and the formula of a fact: those of its file, else what
        follows from its declaration.

        One that is another for some of its things has the words of that one, where it
        has none of its own.
        """
        keys = (fact, _code_of(fact))
        names = [self._names[key] for key in keys if key in self._names]
        words = [self._given[name] for name in names if name in self._given]
        words.append(self._describe_declaration(fact, names[0] if names else ""))
        label = formula = ""
        for item in words:
            label = label or item.label
            formula = formula or item.formula
        found = FactDescription(label, formula)
        return (
            found.fill(fact.fixed_arguments) if isinstance(fact, BaseMeasure) else found
        )

    def _describe_declaration(self, fact: Function, name: str) -> FactDescription:
        """Return what a declaration says of the fact of some name."""
        if isinstance(fact, ChangeOverTime):
            return self._describe_change(fact)
        if isinstance(fact, BaseMeasure) and fact.parts:
            return self._describe_derived_measure(fact)
        label = name.replace("_", " ").capitalize()
        if isinstance(fact, Mark):
            return self._forms["mark"].fill({"label": label})
        formula = (inspect.getdoc(_code_of(fact)) or "").split("\n\n")[0]
        if isinstance(fact, BaseMeasure) and fact.column:
            table = fact.panel.table_index(self._data).table
            column = find_field(table, fact.column)
            label = column.title
            formula = f"{table.description.title}: {column.description}"
        if parameters := list(inspect.signature(fact).parameters)[1:]:
            label += ": " + ", ".join(f"{{{parameter}}}" for parameter in parameters)
        words = FactDescription(label, FULL_STOP.sub("", " ".join(formula.split())))
        if isinstance(fact, BaseMeasure) and fact.words:
            title = fact.panel.table_index(self._data).table.description.title
            return self._forms[fact.words].fill({"label": label, "table": title})
        return words

    def _describe_change(self, change: ChangeOverTime) -> FactDescription:
        """Return the words of a change over time, which are made of its measure's."""
        time = change.measure.panel.time.name
        words = self.describe(change.measure)
        if change.against == "earlier":
            label = words.fill({time: "{earlier} to {later}"}).label
            words = FactDescription(label, words.fill({time: "{later}"}).formula)
        step = self._name_step(change.measure)
        form = self._forms[f"{change.words}_{change.against}"]
        return form.fill({**words._asdict(), "step": step})

    def _name_step(self, measure: BaseMeasure) -> str:
        """Return what lies between two times of a measure: a year, a day, or a time."""
        time = measure.panel.time
        every = measure.panel.time_field(self._data).every or 1
        if time.type in {Month, Quarter} and every != EACH_ROW:
            return "year"
        if every != 1:
            return "time"
        return "day" if time.type is Day else "year"

    def _describe_derived_measure(self, measure: BaseMeasure) -> FactDescription:
        """Return the words of a measure that follows from others, made of theirs."""
        own, *wholes = map(self.describe, measure.parts)
        places = own._asdict()
        if wholes:
            places["whole"] = wholes[0].formula
        summed = {
            thing.name: f"each {thing.name}"
            for thing in measure.parts[0].things
            if thing not in measure.things
        }
        return self._forms[measure.words].fill(places).fill(summed)


def _code_of(fact: Function) -> Function:
    """Return the function that gives a measure's figures, or the fact itself: what a
    measure is known by.
    """
    return fact.find_figure if isinstance(fact, BaseMeasure) else fact
