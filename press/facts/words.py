"""How readers are told of a fact where no file says it: as it follows from others, from
its table, or from its code.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from press.data import EACH_ROW, Data
from press.facts.measures import Mark, Measure, Since, field_of
from press.ground.period import Day, Month, Quarter

FULL_STOP = re.compile(r"(?<!\.\w)\.$")  # but that of an abbreviation, "c.i.f."
Function = Callable[..., object]


class Told(NamedTuple):
    """A label and a formula, with the names of arguments in braces."""

    label: str
    formula: str

    def filled(self, places: Mapping[str, str]) -> Told:
        """Return both with ``{name}`` replaced."""
        found = self
        for name, text in places.items():
            found = Told(*(part.replace(f"{{{name}}}", text) for part in found))
        return found


class Teller:
    """Tells of the facts of a story.

    ``given`` are the words that a file has; ``forms`` those of each kind of fact.
    """

    def __init__(
        self,
        data: Data,
        facts: Mapping[str, Function],
        given: Mapping[str, Told],
        forms: Mapping[str, Told],
    ) -> None:
        """Hold the words by the names of facts."""
        self._data, self._forms, self._given = data, forms, given
        self._names = {_code(item): name for name, item in reversed([*facts.items()])}
        self._names |= {item: name for name, item in facts.items()}

    def told(self, item: Function) -> Told:
        """Return the label and the formula of a fact: those of its file, else what
        follows from its declaration.

        One that is another for some of its things has the words of that one, where it
        has none of its own.
        """
        names = [self._names[key] for key in (item, _code(item)) if key in self._names]
        words = [
            *(self._given[name] for name in names if name in self._given),
            self._made(item, (*names, "")[0]),
        ]
        # the first of each
        found = Told(
            *(next(filter(None, known), "") for known in zip(*words, strict=True))
        )
        return found.filled(item.fixed) if isinstance(item, Measure) else found

    def _made(self, item: Function, name: str) -> Told:
        if isinstance(item, Since):
            return self._of_since(item)
        if isinstance(item, Measure) and item.parts:
            return self._of_measure(item)
        about, formula = (
            name.replace("_", " ").capitalize(),
            (inspect.getdoc(_code(item)) or "").split("\n\n")[0],
        )
        if isinstance(item, Mark):
            return self._forms["mark"].filled({"label": about})
        if isinstance(item, Measure) and item.column:
            table = item.panel.held(self._data).table
            column = field_of(table, item.column)
            about, formula = (
                column.title,
                f"{table.description.title}: {column.description}",
            )
        names = ", ".join(
            f"{{{name}}}" for name in [*inspect.signature(item).parameters][1:]
        )
        made = Told(
            f"{about}: {names}" if names else about,
            FULL_STOP.sub("", " ".join(formula.split())),
        )
        if isinstance(item, Measure) and item.words:
            title = item.panel.held(self._data).table.description.title
            return self._forms[item.words].filled({"label": made.label, "table": title})
        return made

    def _of_since(self, item: Since) -> Told:
        measure, time = item.measure, item.measure.panel.time
        own = self.told(measure)
        if item.against == "earlier":
            both, later = (
                own.filled({time.name: told})
                for told in ("{earlier} to {later}", "{later}")
            )
            own = Told(both.label, later.formula)
        every = measure.panel.field(self._data).every or 1
        by_year = time.type in {Month, Quarter} and every != EACH_ROW
        step = (
            "year"
            if by_year
            else "time"
            if every != 1
            else "day"
            if time.type is Day
            else "year"
        )
        return self._forms[f"{item.words}_{item.against}"].filled(
            {**own._asdict(), "step": step}
        )

    def _of_measure(self, item: Measure) -> Told:
        own, *wholes = map(self.told, item.parts)
        gone = {
            thing.name: f"each {thing.name}"
            for thing in item.parts[0].things
            if thing not in item.things
        }
        places = {"whole": wholes[0].formula} if wholes else {}
        return self._forms[item.words].filled({**own._asdict(), **places}).filled(gone)


def _code(item: Function) -> Function:
    """Return the function that gives a measure's figures, or the fact itself: what a
    measure is known by.
    """
    return item.take if isinstance(item, Measure) else item
