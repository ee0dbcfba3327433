"""Changes over time: how the figures of a measure differ from those of other times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from inspect import Signature
from typing import Literal, NamedTuple, get_args

from press.data import Data
from press.facts.arithmetic import Combine, combine_unless_zero_divisor, rise
from press.facts.axes import PeriodAndRelated, ThingArguments, TimeValue
from press.facts.declared import EARLIER, LATER, make_fact_signature
from press.facts.kinds import DeclaredFact, FactDescriber, FactDescription
from press.facts.panel_fact import PanelFact
from press.ground.errors import ToldError, quote_words
from press.ground.period import Period
from press.quantity import FigureKind, Quantity, guess_kind_from_unit_and_value

Against = Literal["earlier", "before", "base"]


class _ComparedTimes(NamedTuple):
    """Two times that are compared, and the argument for each thing."""

    start: TimeValue | None  # that is counted from, if the table has one
    end: TimeValue
    arguments: ThingArguments


@dataclass(frozen=True, eq=False)
class ChangeOverTime(DeclaredFact):
    """How a measure differs from that of another time: a fact of one time or two, and
    the things of the measure.

    ``against``: two times, the *earlier* first; the time *before* the one that is
    named; or a *base*, named second.
    """

    measure: PanelFact
    compare: Combine
    words_key: str  # what is said of its kind, in [fact_words] of the language
    against: Against
    kind: FigureKind | None
    about: Mapping[str, object]

    def __post_init__(self) -> None:
        """Raise ``ToldError`` where it is against something else."""
        known = get_args(Against)
        if self.against not in known:
            raise ToldError(
                f"found {quote_words(self.against)}, expected one of {', '.join(known)}"
            )

    @property
    def __signature__(self) -> Signature:
        """What it takes, as ``inspect`` has it of functions."""
        time = self.measure.panel.time
        names = {
            "earlier": [EARLIER, LATER],
            "before": [time.name],
            "base": [time.name, "base"],
        }[self.against]
        return make_fact_signature(names, time.type, self.measure.parameters)

    def __call__(self, data: Data, *arguments: TimeValue) -> Quantity | None:
        """Return the difference with what a sentence needs to know of it; ``None``
        where one of the two is missing.
        """
        asked = self._parse_compared_times(data, arguments)
        figure = self._compare_figures(data, asked)
        if figure is None:
            return None
        kind = self.kind or guess_kind_from_unit_and_value(figure)
        about = self.measure.collect_dimensions_and_about(data, asked.arguments)
        about |= self.about
        if kind == "index":
            previous = self.measure.find_year_day_or_row_before(data, asked.end)
            before = self._compare_figures(data, asked._replace(end=previous))
            about["change"] = rise(before, figure) if before else None
        if self.against == "earlier":
            periods = self._make_period_and_related_ends(data, asked)
        else:
            time = self.measure.panel.time
            periods = time.get_period_and_related(asked.end, asked.start)
        return figure.with_meaning(kind, **{**periods, **about})

    def figure(self, data: Data, *arguments: TimeValue) -> Quantity | None:
        """Return the bare figure, for arithmetic and charts."""
        return self._compare_figures(data, self._parse_compared_times(data, arguments))

    def series(
        self, data: Data, base: TimeValue = None, *arguments: str
    ) -> dict[TimeValue, Quantity]:
        """Return the bare figures by their times, in order: against ``base``, else
        against the time before each.
        """
        things = self.measure.add_default_arguments(*arguments)
        figures = {}
        for time in self.measure.panel.table_index(data).rows_by_time:
            start = base
            if base is None:
                start = self.measure.find_year_day_or_row_before(data, time)
            figure = self._compare_figures(data, _ComparedTimes(start, time, things))
            if figure:
                figures[time] = figure
        return figures

    def choices(
        self, data: Data, thing_name: str, arguments: Mapping[str, TimeValue]
    ) -> list[str]:
        """Return the arguments that a thing may be at the time that is counted, in the
        table's order.
        """
        name = self.measure.panel.time.name
        end = arguments.get(LATER, arguments.get(name))
        return self.measure.choices(data, thing_name, {**arguments, name: end})

    def describe_by_declaration(self, describer: FactDescriber) -> FactDescription:
        """Return the words of its measure in the form for its kind."""
        time = self.measure.panel.time.name
        words = describer.describe(self.measure)
        if self.against == "earlier":
            label = words.fill_places({time: f"{{{EARLIER}}} to {{{LATER}}}"}).label
            words = FactDescription(
                label, words.fill_places({time: f"{{{LATER}}}"}).formula
            )
        step = self.measure.get_comparison_step(describer.data)
        key = f"{self.words_key}_{self.against}"
        return describer.fill_form(key, words, step=step)

    def _parse_compared_times(
        self, data: Data, arguments: tuple[TimeValue, ...]
    ) -> _ComparedTimes:
        """Return which times and things the arguments of the fact mean."""
        if self.against == "before":
            end, *things = arguments
            start = self.measure.find_year_day_or_row_before(data, end)
        elif self.against == "earlier":
            start, end, *things = arguments
        else:
            end, start, *things = arguments
        return _ComparedTimes(start, end, self.measure.add_default_arguments(*things))

    def _compare_figures(self, data: Data, asked: _ComparedTimes) -> Quantity | None:
        """Return the bare figure; ``None`` where one of the two is missing, or divided
        by one that may be nothing.
        """
        start = self.measure.find_figure_at(data, asked.start, asked.arguments)
        end = self.measure.find_figure_at(data, asked.end, asked.arguments)
        return combine_unless_zero_divisor(self.compare, start, end)

    def _make_period_and_related_ends(
        self, data: Data, asked: _ComparedTimes
    ) -> PeriodAndRelated:
        """Return the period from one time to the other, and as related those of the two
        that a sentence may name instead.

        The earlier may stand alone beside it ("since 2021"), the later only where it is
        the next: what took two years did not happen "in 2023".
        """
        time = self.measure.panel.time
        first = time.get_period_of_figure(asked.start)
        last = time.get_period_of_figure(asked.end)
        related = {first}
        before = self.measure.find_year_day_or_row_before(data, asked.end)
        if first.shift_by_own_lengths() == last or before == asked.start:
            related.add(last)
        return {"period": Period(first.first, last.last), "related": frozenset(related)}
