"""How readers are told of a fact where no file says it: as it follows from others, from its table, or from its code."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from press.data import EACH_ROW, Data
from press.facts.measures import Measure, Since
from press.ground.period import Day

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
    """Tells of the facts of a story. ``given`` are the words that a file has; ``forms`` those of each kind of fact."""

    def __init__(
        self, data: Data, facts: Mapping[str, Function], given: Mapping[str, Told], forms: Mapping[str, Told]
    ) -> None:
        """Hold the words by the names of facts."""
        self._data, self._forms = data, forms
        self._named = {_code(item): (name, given.get(name)) for name, item in facts.items()}

    def told(self, item: Function) -> Told:
        """Return the label and the formula of a fact: those of its file, else what follows from its declaration."""
        name, given = self._named.get(_code(item), ("", None))
        if given is None or not given.formula:
            made = self._made(item, name)
            given = Told(given.label if given else made.label, made.formula)
        return given.filled(item.fixed) if isinstance(item, Measure) else given

    def _made(self, item: Function, name: str) -> Told:
        if isinstance(item, Since):
            return self._of_since(item)
        if isinstance(item, Measure) and item.parts:
            return self._of_measure(item)
        about, formula = name.replace("_", " ").capitalize(), (inspect.getdoc(_code(item)) or "").split("\n\n")[0]
        if isinstance(item, Measure) and item.column:
            table = self._data[item.panel.table].description
            about, formula = table.fields[item.column].title, f"{table.title}: {table.fields[item.column].description}"
        names = [*inspect.signature(item).parameters][1:]
        return Told(
            f"{about}: {', '.join(f'{{{name}}}' for name in names)}", FULL_STOP.sub("", " ".join(formula.split()))
        )

    def _of_since(self, item: Since) -> Told:
        measure, time = item.measure, item.measure.panel.time
        own = self.told(measure)
        if item.against == "earlier":
            own = Told(
                own.filled({time.name: "{earlier} to {later}"}).label, own.filled({time.name: "{later}"}).formula
            )
        every = measure.panel.field(self._data).every or 1
        step = "time" if every == EACH_ROW or every != 1 else "day" if time.type is Day else "year"
        return self._forms[f"{item.words}_{item.against}"].filled({**own._asdict(), "step": step})

    def _of_measure(self, item: Measure) -> Told:
        own, *wholes = map(self.told, item.parts)
        gone = {thing.name: f"each {thing.name}" for thing in item.parts[0].things if thing not in item.things}
        places = {"whole": wholes[0].formula} if wholes else {}
        return self._forms[item.words].filled({**own._asdict(), **places}).filled(gone)


def _code(item: Function) -> Function:
    """Return the function that gives a measure's figures, or the fact itself: what a measure is known by."""
    return item.take if isinstance(item, Measure) else item
