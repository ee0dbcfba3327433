"""The figures of a panel as facts, each by its time and things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from inspect import Signature
from typing import Any, Literal

from press.data import EACH_ROW, Data
from press.facts.arithmetic import ONE, rise
from press.facts.axes import FindFigure, Thing, ThingArguments, TimeValue, to_argument
from press.facts.declared import make_signature
from press.facts.kinds import (
    DeclaredFact,
    FactDescriber,
    FactDescription,
    describe_with_parameters,
)
from press.facts.panel_table import PanelTable, get_field
from press.ground.errors import ToldError
from press.ground.period import Day
from press.quantity import (
    Kind,
    Quantity,
    guess_kind_from_unit_and_value,
    rules_of_kind_or_defaults,
)


@dataclass(frozen=True, eq=False)
class BaseMeasure(DeclaredFact):
    """A figure for each time and things of a panel: a fact, called with the tables, a
    time and an argument for each thing.

    ``find_figure`` gives the bare quantity, ``kind`` and ``about`` what a sentence
    needs to know of it. ``fixed_arguments`` are those of things that are no parameters.
    ``find_printed_change`` gives the change on the time before, where a source prints
    it.
    """

    panel: PanelTable
    find_figure: FindFigure
    things: tuple[Thing, ...]
    kind: Kind | None
    about: Mapping[str, object]
    fixed_arguments: ThingArguments = field(default_factory=dict)
    find_printed_change: FindFigure | None = None
    has_comparison: bool = False  # with the time before, by its source or its function
    column: str = ""  # that has it, if one does
    parts: tuple[BaseMeasure, ...] = ()  # that it follows from
    words_key: str = ""  # what is said of its kind, in [fact_words] of the language

    def __call__(self, data: Data, time: TimeValue, *arguments: str) -> Quantity | None:
        """Return the figure with what a sentence needs to know of it; ``None`` where
        the tables have none.
        """
        things = self.add_default_arguments(*arguments)
        figure = self.find_figure(data, time, things)
        if figure is None:
            return None
        kind = self.kind or guess_kind_from_unit_and_value(figure)
        rules = rules_of_kind_or_defaults(kind)
        about = self.collect_meaning(data, things)
        if rules.is_rank:  # a position, which has no unit
            figure = figure.convert_unit_dropping_meaning(ONE, "")
        own: dict[str, object] = {"period": self.panel.time.to_period(time)}
        if rules.is_level and not about.get("signed"):
            own["change"] = self.find_printed_or_computed_change(data, time, things)
        if self.has_comparison:
            start = self.find_time_to_compare_with(data, time)
            own |= self.panel.time.find_compared_periods(time, start)
        return figure.with_meaning(kind, **{**own, **about})

    @property
    def __signature__(self) -> Signature:
        """What it takes, as ``inspect`` has it of functions."""
        time = self.panel.time
        return make_signature([time.name], time.type, self.parameters)

    @property
    def parameters(self) -> tuple[Thing, ...]:
        """The things that it takes arguments for."""
        return tuple(
            thing for thing in self.things if thing.name not in self.fixed_arguments
        )

    def add_default_arguments(self, *arguments: str) -> ThingArguments:
        """Return the argument for each thing: fixed, given, or its default.

        Raises ``ToldError`` for more than there are parameters.
        """
        if len(arguments) > len(self.parameters):
            raise ToldError(
                f"found {'/'.join(arguments)}, expected {len(self.parameters)}"
                " arguments after the time"
            )
        defaults = {thing.name: thing.default for thing in self.parameters}
        given = dict(zip(defaults, arguments, strict=False))
        return {**self.fixed_arguments, **defaults, **given}

    def collect_meaning(self, data: Data, arguments: ThingArguments) -> dict[str, Any]:
        """Return what a sentence needs to know of the figure, for
        ``Quantity.with_meaning``: the dimensions of its things, and ``about``.
        """
        values = self.panel.table_index(data).values
        found: dict[str, Any] = {}
        for thing in self.things:
            known = values.get(thing.column, {})
            found |= thing.get_dimensions(data, arguments[thing.name], known)
        return found | dict(self.about)

    def find_printed_or_computed_change(
        self, data: Data, time: TimeValue, arguments: ThingArguments
    ) -> Quantity | None:
        """Return the change on the time before, as its source prints it, else the
        difference.

        ``None`` where a figure is missing, or has low and high ends of its own.
        """
        if self.find_printed_change:
            return self.find_printed_change(data, time, arguments)
        start = self.find_time_to_compare_with(data, time)
        before = self.find_figure_at(data, start, arguments)
        figure = self.find_figure_at(data, time, arguments)
        if before and figure and before.low is figure.low is None:
            return rise(before, figure)
        return None

    def find_time_to_compare_with(
        self, data: Data, time: TimeValue
    ) -> TimeValue | None:
        """Return the time before: the year, day, or the same month or quarter of the
        year before.

        Of a table that says which years or days it has, or that it has whichever there
        are, it is the one before among these; ``None`` for the first.
        """
        every = self.panel.time_field(data).every
        if self._is_compared_with_year_before(every):
            return self.panel.time.same_time_of_year_before(time)
        if every is None:
            return self.panel.time.year_or_day_before(time)
        earlier = (other for other in self.panel.rows_by_time(data) if other < time)
        return max(earlier, default=None)

    def _is_compared_with_year_before(self, every: object) -> bool:
        """Tell whether figures are of months or quarters, and of all in their order."""
        return self.panel.time.is_part_of_year and every != EACH_ROW

    def name_step_between_times(self, data: Data) -> Literal["year", "day", "time"]:
        """Return what lies between a time and the one before: "time" where that
        depends on the rows.
        """
        every = self.panel.time_field(data).every
        if self._is_compared_with_year_before(every):
            return "year"
        if every not in {None, 1}:
            return "time"
        return "day" if self.panel.time.type is Day else "year"

    def find_figure_at(
        self, data: Data, time: TimeValue | None, arguments: ThingArguments
    ) -> Quantity | None:
        """Return the bare figure, ``None`` for no time as well."""
        return None if time is None else self.find_figure(data, time, arguments)

    def figure(self, data: Data, time: TimeValue, *arguments: str) -> Quantity | None:
        """Return the bare figure, for arithmetic and charts."""
        return self.find_figure(data, time, self.add_default_arguments(*arguments))

    def series(self, data: Data, *arguments: str) -> dict[TimeValue, Quantity]:
        """Return the bare figures by their times, in order."""
        things = self.add_default_arguments(*arguments)
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
        rows = self.panel.list_rows(data, arguments, any_of=thing)
        return list(dict.fromkeys(to_argument(row[thing.column]) for row in rows))

    @property
    def code(self) -> FindFigure:
        """The function that gives its figures, for whichever things they are fixed."""
        return self.find_figure

    def get_fixed_arguments(self) -> ThingArguments:
        """Return the arguments of the things that it is fixed for."""
        return self.fixed_arguments

    def describe_itself(self, describer: FactDescriber) -> FactDescription:
        """Return the words of the measures that it follows from, else of the column or
        the function that has its figures; in the form for its kind, if it has one.
        """
        if self.parts:
            return self._describe_parts(describer)
        table = self.panel.table_index(describer.data).table
        title = table.description.title
        if self.column:
            column = get_field(table, self.column)
            formula = f"{title}: {column.description}"
            return describe_with_parameters(self, column.title, formula)
        words = describer.describe_by_code(self)
        if self.words_key:
            return describer.fill_form(self.words_key, words, table=title)
        return words

    def _describe_parts(self, describer: FactDescriber) -> FactDescription:
        """Return the form for its kind, filled with the words of the measures that it
        follows from.
        """
        first, *others = map(describer.describe, self.parts)
        whole = others[0].formula if others else ""
        summed = {
            thing.name: f"each {thing.name}"
            for thing in self.parts[0].things
            if thing not in self.things
        }
        return describer.fill_form(self.words_key, first, whole=whole).fill(summed)
