"""Panels: tables of figures by time and things, whose columns are facts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product

from press.data import Data
from press.facts.arithmetic import ONE, added
from press.facts.axes import FindFigure, Thing, ThingArguments, TimeValue
from press.facts.declared import get_thing
from press.facts.measures import Measure
from press.facts.panel_table import PanelTable, get_field
from press.quantity import ZERO, FigureKind, Quantity


class Panel(PanelTable):
    """A table with a figure for each time and each of some things, as facts."""

    def value(
        self,
        column: str,
        precision: str = "",
        unit: str = "",
        kind: FigureKind | None = None,
        **about: object,
    ) -> Measure:
        """Return the figures of a column as facts.

        ``precision`` is the column with the width of their intervals; without one they
        are exact. ``unit`` is that of the column but for its scale. ``about`` is what
        ``Quantity.with_meaning`` takes. Where the description says what an
        ``absent`` row means, that is the figure of a thing that has none at a time of
        the table.
        """

        def find_figure(
            data: Data, time: TimeValue, arguments: ThingArguments
        ) -> Quantity | None:
            index = self.table_index(data)
            field = get_field(index.table, column)
            index.check_all_key_columns_named()
            scale = index.get_factor_to_scale_of_unit(field, unit) if unit else ONE
            cells = [
                thing.parse_joined_values(
                    arguments[thing.name], index.values[thing.column]
                )
                for thing in self.things
            ]
            figure = added(
                index.find_figure_or_absent_row_value((time, *key), field, precision)
                for key in product(*cells)
            )
            if figure and unit:
                return figure.convert_unit_dropping_meaning(scale, unit)
            return figure

        return Measure(self, find_figure, self.things, kind, about, column=column)

    def own(
        self,
        take: FindFigure,
        *things: Thing,
        kind: FigureKind | None = None,
        compared: bool = False,
        **about: object,
    ) -> Measure:
        """Return as facts what a function of the story works out for each time and some
        things.

        What is ``compared`` is counted from the time before.
        """
        return Measure(self, take, things, kind, about, has_comparison=compared)

    def growth(self, column: str, precision: str = "", **about: object) -> Measure:
        """Return the figures of a column as growth on the time before, as their source
        printed it.
        """
        figures = self.value(column, precision, kind="change")
        return replace(figures, about={"signed": True, **about}, has_comparison=True)

    def things_of(self, thing: Thing | str, unit: str = "", **about: object) -> Measure:
        """Return how many values of a thing the table has at a time, of those that the
        thing names where it names some; ``unit`` is what they are called: "teams".
        """
        counted = get_thing(self.things, thing)
        others = tuple(item for item in self.things if item is not counted)

        def count_values(
            data: Data, time: TimeValue, arguments: ThingArguments
        ) -> Quantity | None:
            rows = self.list_rows(data, time, arguments, any_of=counted)
            if counted.values:
                known = self.table_index(data).values[counted.column]
                cells = {known.get(name, name) for name in counted.values}
                rows = [row for row in rows if row[counted.column] in cells]
            if not rows:
                return None
            values = {row[counted.column] for row in rows}
            return Quantity(Decimal(len(values)), ZERO, unit, frozenset(rows))

        return Measure(self, count_values, others, "count", about, words_key="things")
