"""The figures of a panel as facts, each by its time and things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from inspect import Signature
from typing import Any, Literal

from press.data import EACH_ROW, Data
from press.facts.arithmetic import ONE, rise
from press.facts.axes import FindFigure, Thing, ThingArguments, TimeValue, to_argument
from press.facts.declared import make_fact_signature
from press.facts.kinds import (
    DeclaredFact,
    FactDescriber,
    FactDescription,
    describe_with_parameters_after_label,
)
from press.facts.panel_table import PanelTable, get_field
from press.ground.errors import ToldError
from press.ground.period import Day, Month, Quarter
from press.quantity import (
    FigureKind,
    Quantity,
    guess_kind_from_unit_and_value,
    rules_of_kind_or_defaults,
)


@dataclass(frozen=True, eq=False)
class PanelFact(DeclaredFact):
    """A figure for each time and things of a panel: a fact, called with the tables, a
    time and an argument for each thing.

    ``find_figure`` gives the bare quantity, ``kind`` and ``about`` what a sentence
    needs to know of it. ``find_printed_change`` gives the change on the time before,
    where a source prints it. ``running_total`` has the same figure of the months since
    January, of a year as well that has not ended.
    """

    panel: PanelTable
    find_figure: FindFigure
    things: tuple[Thing, ...]
    kind: FigureKind | None
    about: Mapping[str, object]
    find_printed_change: FindFigure | None = None
    has_comparison: bool = False  # with the time before, by its source or its function
    column: str = ""  # that has it, if one does
    parts: tuple[PanelFact, ...] = ()  # that it follows from
    words_key: str = ""  # what is said of its kind, in [fact_words] of the language
    running_total: PanelFact | None = None

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
        about = self.collect_dimensions_and_about(data, things)
        if rules.is_rank:  # a position, which has no unit
            figure = figure.convert_unit_dropping_meaning(ONE, "")
        period = figure.period or self.panel.time.get_period_of_figure(time)
        own: dict[str, object] = {"period": period}
        if rules.is_level and not about.get("signed"):
            find_change = self.find_printed_change or self._find_rise_since_time_before
            own["change"] = find_change(data, time, things)
        if self.has_comparison:
            start = self.find_year_day_or_row_before(data, time)
            own |= self.panel.time.get_period_and_related(time, start)
        return figure.with_meaning(kind, **{**own, **about})

    @property
    def __signature__(self) -> Signature:
        """What it takes, as ``inspect`` has it of functions."""
        time = self.panel.time
        return make_fact_signature([time.name], time.type, self.parameters)

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

    def collect_dimensions_and_about(
        self, data: Data, arguments: ThingArguments
    ) -> dict[str, Any]:
        """Return what a sentence needs to know of the figure, for
        ``Quantity.with_meaning``: the dimensions of its things, and ``about``.
        """
        values = self.panel.table_index(data).values
        found: dict[str, Any] = {}
        for thing in self.things:
            known = values.get(thing.column, {})
            found |= thing.get_values_by_dimension(data, arguments[thing.name], known)
        return found | dict(self.about)

    def _find_rise_since_time_before(
        self, data: Data, time: TimeValue, arguments: ThingArguments
    ) -> Quantity | None:
        """Return the change on the time before.

        ``None`` where a figure is missing, or has low and high ends of its own.
        """
        start = self.find_year_day_or_row_before(data, time)
        before = self.find_figure_at(data, start, arguments)
        figure = self.find_figure_at(data, time, arguments)
        if before and figure and before.low is figure.low is None:
            return rise(before, figure)
        return None

    def find_year_day_or_row_before(
        self, data: Data, time: TimeValue
    ) -> TimeValue | None:
        """Return the time before: the year, day, or the same month or quarter of the
        year before.

        Of a table that says which years or days it has, or that it has whichever there
        are, it is the one before among these; ``None`` for the first.
        """
        if self._is_compared_by_calendar(self.panel.get_step_of_rows(data)):
            return self.panel.time.get_day_or_year_before(time)
        earlier = (
            other for other in self.panel.table_index(data).rows_by_time if other < time
        )
        return max(earlier, default=None)

    def _is_compared_by_calendar(self, step_of_rows: object) -> bool:
        """Tell whether figures compare with the year or day before by the calendar, not
        with the row before: where the table does not say which times it has, and
        where these are months or quarters in their order.
        """
        return step_of_rows is None or (
            step_of_rows != EACH_ROW and self.panel.time.type in {Month, Quarter}
        )

    def get_comparison_step(self, data: Data) -> Literal["year", "day", "time"]:
        """Return what lies between a time and the one before: "time" where that
        depends on the rows.
        """
        every = self.panel.get_step_of_rows(data)
        if every != 1 and not self._is_compared_by_calendar(every):
            return "time"
        return "day" if self.panel.time.type is Day else "year"

    def find_figure_at(
        self, data: Data, time: TimeValue | None, arguments: ThingArguments
    ) -> Quantity | None:
        """Return the bare figure, ``None`` for no time as well."""
        return None if time is None else self.find_figure(data, time, arguments)

    def find_figure_with_arguments_of(
        self, data: Data, time: TimeValue, others: ThingArguments
    ) -> Quantity | None:
        """Return the bare figure for the arguments of another measure, with its own
        defaults for what that lacks; what is fixed stays.
        """
        arguments = {**self.add_default_arguments(), **others, **self.fixed_arguments}
        return self.find_figure(data, time, arguments)

    def figure(self, data: Data, time: TimeValue, *arguments: str) -> Quantity | None:
        """Return the bare figure, for arithmetic and charts."""
        return self.find_figure(data, time, self.add_default_arguments(*arguments))

    def series(self, data: Data, *arguments: str) -> dict[TimeValue, Quantity]:
        """Return the bare figures by their times, in order."""
        things = self.add_default_arguments(*arguments)
        figures = {}
        for time in self.panel.table_index(data).rows_by_time:
            figure = self.find_figure(data, time, things)
            if figure:
                figures[time] = figure
        return figures

    def choices(
        self, data: Data, thing_name: str, arguments: Mapping[str, TimeValue]
    ) -> list[str]:
        """Return the arguments that a thing may be at the time that ``arguments`` name,
        in the table's order.

        Those are the values that its type has, else those in the rows of the time and
        of other things, where named.
        """
        thing = next(item for item in self.things if item.name == thing_name)
        if thing.values:
            return list(thing.values)
        time = arguments[self.panel.time.name]
        rows = self.panel.list_rows(data, time, arguments, any_of=thing)
        return list(dict.fromkeys(to_argument(row[thing.column]) for row in rows))

    def find_running_totals_of_later_years(
        self, data: Data, year: str, *arguments: str
    ) -> dict[str, Quantity]:
        """Return the figures since January, by their months, of the years after one:
        what these years come to at least.

        There are none where no measure has them (``running_total``).
        """
        if self.running_total is None:
            return {}
        things = self.add_default_arguments(*arguments)
        totals = {}
        for month in self.running_total.panel.table_index(data).rows_by_time:
            if month[: len(year)] > year:
                figure = self.running_total.find_figure_with_arguments_of(
                    data, month, things
                )
                if figure:
                    totals[month] = figure
        return totals

    @property
    def code(self) -> FindFigure:
        """The function that gives its figures, for whichever things they are fixed."""
        return self.find_figure

    def describe_by_declaration(self, describer: FactDescriber) -> FactDescription:
        """Return the words of the measures that it follows from, else of the column or
        the function that has its figures; in the form for its kind, if it has one.
        """
        if self.parts:
            first, *others = map(describer.describe, self.parts)
            whole = others[0].formula if others else ""
            words = describer.fill_form(self.words_key, first, whole=whole)
            for thing in self.parts[0].things:
                if thing not in self.things:
                    words = words.fill_places({thing.name: f"each {thing.name}"})
            return words
        table = self.panel.table_index(describer.data).table
        title = table.description.title
        if self.column:
            column = get_field(table, self.column)
            formula = f"{title}: {column.description}"
            return describe_with_parameters_after_label(self, column.title, formula)
        words = describer.describe_by_name_and_docstring(self)
        if self.words_key:
            return describer.fill_form(self.words_key, words, table=title)
        return words
