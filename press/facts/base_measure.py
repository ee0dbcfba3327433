"""The figures of a panel as facts, each by its time and things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from inspect import Signature
from typing import Any

from press.data import EACH_ROW, Data
from press.facts.arithmetic import ONE, rise
from press.facts.axes import FindFigure, Thing, ThingArguments, TimeValue, to_argument
from press.facts.declared import Declared, fact_signature
from press.facts.panel_table import PanelTable
from press.ground.errors import ToldError
from press.ground.period import Month, Quarter
from press.quantity import Kind, Quantity, guess_kind, rules_of_kind


@dataclass(frozen=True, eq=False)
class BaseMeasure(Declared):
    """A figure for each time and things of a panel: a fact, called with the tables, a
    time and an argument for each.

    ``take`` gives the bare quantity, ``kind`` and ``about`` what a sentence needs to
    know of it. ``fixed`` are the arguments of things that are no parameters. ``since``
    gives the change on the time before.
    """

    panel: PanelTable
    find_figure: FindFigure
    things: tuple[Thing, ...]
    kind: Kind | None
    about: Mapping[str, object]
    fixed_arguments: ThingArguments = field(default_factory=dict)
    find_first_figure: FindFigure | None = None
    has_comparison: bool = False  # with the time before, by its source or its function
    column: str = ""  # that has it, if one does
    # what it follows from, and how: a key of [fact_words] in the language's file
    parts: tuple[BaseMeasure, ...] = ()
    words: str = ""

    def __call__(self, data: Data, time: TimeValue, *arguments: str) -> Quantity | None:
        """Return the figure with what a sentence needs to know of it; ``None`` where
        the tables have none.
        """
        things = self.complete_arguments(*arguments)
        figure = self.find_figure(data, time, things)
        if figure is None:
            return None
        kind = self.kind or guess_kind(figure)
        rules = rules_of_kind(kind)
        about = self.collect_dimensions(data, things)
        if rules.is_rank:  # a position, which has no unit
            figure = figure.convert_unit(ONE, "")
        own: dict[str, object] = {"period": self.panel.time.to_period(time)}
        if rules.is_level and not about.get("signed"):
            own["change"] = self.change_from_previous(data, time, things)
        if self.has_comparison:
            previous = self.previous_time(data, time)
            own |= self.panel.time.find_compared_periods(time, previous)
        return figure.with_meaning(kind, **{**own, **about})

    @property
    def __signature__(self) -> Signature:
        """What it takes, as ``inspect`` has it of functions."""
        time = self.panel.time
        return fact_signature([time.name], time.type, self.parameters)

    @property
    def parameters(self) -> tuple[Thing, ...]:
        """The things that it takes arguments for."""
        return tuple(
            thing for thing in self.things if thing.name not in self.fixed_arguments
        )

    def complete_arguments(self, *arguments: str) -> ThingArguments:
        """Return the argument for each thing, those left out as well."""
        if len(arguments) > len(self.parameters):
            raise ToldError(
                f"found {'/'.join(arguments)}, expected {len(self.parameters)}"
                " arguments after the time"
            )
        defaults = {thing.name: thing.default for thing in self.parameters}
        given = dict(zip(defaults, arguments, strict=False))
        return {**self.fixed_arguments, **defaults, **given}

    def collect_dimensions(
        self, data: Data, arguments: ThingArguments
    ) -> dict[str, Any]:
        """Return what tells the figure from others: what its things say, and what the
        measure says of itself.
        """
        values = self.panel.table_index(data).values
        found: dict[str, Any] = {}
        for thing in self.things:
            known = values.get(thing.column, {})
            found |= thing.find_dimensions(data, arguments[thing.name], known)
        return found | dict(self.about)

    def change_from_previous(
        self, data: Data, time: TimeValue, arguments: ThingArguments
    ) -> Quantity | None:
        """Return by how much the figure differs from the one of the time before."""
        if self.find_first_figure:
            return self.find_first_figure(data, time, arguments)
        previous = self.previous_time(data, time)
        before = self.figure_at(data, previous, arguments)
        figure = self.figure_at(data, time, arguments)
        if before and figure and before.low is figure.low is None:
            return rise(before, figure)
        return None

    def previous_time(self, data: Data, time: TimeValue) -> TimeValue | None:
        """Return the time before: the year, day, or the same month or quarter of the
        year before.

        Of a table that says which years or days it has, or that it has whichever there
        are, it is the one before among these; ``None`` for the first.
        """
        times = self.panel.time
        every = self.panel.time_field(data).every
        is_seasonal = times.type in {Month, Quarter}
        if every is None or (is_seasonal and every != EACH_ROW):
            return times.move_time(time, -1)
        earlier = (other for other in self.panel.rows_by_time(data) if other < time)
        return max(earlier, default=None)

    def figure_at(
        self, data: Data, time: TimeValue | None, arguments: ThingArguments
    ) -> Quantity | None:
        """Return the bare figure, ``None`` for no time."""
        return None if time is None else self.find_figure(data, time, arguments)

    def figure(self, data: Data, time: TimeValue, *arguments: str) -> Quantity | None:
        """Return the bare figure, for arithmetic and charts."""
        return self.find_figure(data, time, self.complete_arguments(*arguments))

    def series(self, data: Data, *arguments: str) -> dict[TimeValue, Quantity]:
        """Return the bare figures by their times, in order."""
        things = self.complete_arguments(*arguments)
        return {
            time: figure
            for time in self.panel.rows_by_time(data)
            if (figure := self.find_figure(data, time, things))
        }

    def choices(
        self, data: Data, parameter: str, arguments: Mapping[str, TimeValue]
    ) -> list[str]:
        """Return the arguments that a thing may be at the time that ``arguments`` name,
        in the table's order.

        Those are the values that its type has, else those in the rows of the time and
        of other things, where named.
        """
        thing = next(item for item in self.things if item.name == parameter)
        if thing.values:
            return list(thing.values)
        rows = self.panel.find_rows(data, arguments, thing)
        return list(dict.fromkeys(to_argument(row[thing.column]) for row in rows))
