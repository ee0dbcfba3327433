"""How readers are told of a fact that no file has words for: from those of what it follows from, or from its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from press.data import EACH_ROW, Data
from press.facts.measures import Measure, Since
from press.ground.period import Day


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
    """Tells of facts. ``given`` are the words of those that a file names; ``forms`` those of each kind of fact."""

    def __init__(self, data: Data, given: Mapping[Callable[..., object], Told], forms: Mapping[str, Told]) -> None:
        """Hold the words, by the function that gives a measure's figures, or by the fact itself."""
        self._data, self._given, self._forms = data, given, forms

    def told(self, item: Measure | Since) -> Told:
        """Return the words of a fact; where a file has a label alone, the formula is made."""
        found = self._given.get(item.take if isinstance(item, Measure) else item)
        if found is None or not found.formula:
            made = self._of_since(item) if isinstance(item, Since) else self._of_measure(item)
            found = Told(found.label if found else made.label, made.formula)
        return found.filled(item.fixed) if isinstance(item, Measure) else found

    def _of_since(self, item: Since) -> Told:
        measure, time = item.measure, item.measure.panel.time
        own = self.told(measure).filled({time.name: "{later}"} if item.against == "earlier" else {})
        every = measure.panel.field(self._data).every
        step = "time" if every == EACH_ROW or (every or 1) != 1 else "day" if time.type is Day else "year"
        return self._forms[f"{item.words}_{item.against}"].filled({**own._asdict(), "step": step})

    def _of_measure(self, item: Measure) -> Told:
        if not item.parts:
            return self._of_table(item)
        own, *wholes = map(self.told, item.parts)
        gone = {thing.name: f"each {thing.name}" for thing in item.parts[0].things if thing not in item.things}
        places = {"whole": wholes[0].label} if wholes else {}
        return self._forms[item.words].filled({**own._asdict(), **places}).filled(gone)

    def _of_table(self, item: Measure) -> Told:
        """Return what a table and its column say of themselves."""
        table = self._data[item.panel.table].description
        field = table.fields.get(item.column)
        names = [item.panel.time.name, *(thing.name for thing in item.things)]
        about = field.title if field else table.title
        label = f"{about}: {', '.join(f'{{{name}}}' for name in names)}"
        return Told(label, f"{table.title}: {field.description}" if field else table.description)
