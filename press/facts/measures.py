"""What follows from the figures of a panel: totals, shares, ranks, sums, changes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from press.data import Data
from press.facts.arithmetic import (
    ONE,
    Combine,
    added,
    combine_unless_zero_divisor,
    divide_as_index,
    growth,
    multiple,
    rise,
    share,
)
from press.facts.axes import FindFigure, Thing, ThingArguments, TimeValue
from press.facts.changes import Against, ChangeOverTime
from press.facts.declared import get_thing
from press.facts.panel_fact import PanelFact
from press.ground.cache import FACTS
from press.ground.errors import ToldError
from press.ground.period import Period
from press.quantity import (
    KIND_BY_UNIT,
    ZERO,
    FigureKind,
    Quantity,
    scale_factor_of_unit,
)


class _Total(NamedTuple):
    """The sum of some figures, ``None`` where one is missing or there is none; and the
    values of those that are not missing, the smallest first.
    """

    figure: Quantity | None
    values: Sequence[Decimal]


@dataclass(frozen=True, eq=False)
class Measure(PanelFact):
    """The figures of a panel as a fact, and the facts that follow from it."""

    def at(self, **fixed: str) -> Measure:
        """Return the measure for some of its things, which it no longer takes arguments
        for.
        """
        for name in fixed:
            get_thing(self.parameters, name)
        return replace(self, fixed_arguments={**self.fixed_arguments, **fixed})

    def with_running_total(self, to_month: Measure) -> Measure:
        """Return the measure of years with another that has their months since January:
        once a year that has not ended has come to more, no year before is a record.

        Raises ``ToldError`` for one that is not of running months, or needs more
        arguments.
        """
        if not to_month.panel.time.running:
            raise ToldError(
                f"found {to_month.panel.table} as the running total of"
                f" {self.panel.table}, expected a panel of month(running=True)"
            )
        self._check_own_arguments_suffice_for(to_month)
        return replace(self, running_total=to_month)

    def total(self, thing: Thing | str, **about: object) -> Measure:
        """Return the sum over all values of a thing: of those that it names, else of
        those that have a row.
        """
        summed = get_thing(self.parameters, thing)

        def find_total(
            data: Data, time: TimeValue, arguments: ThingArguments
        ) -> Quantity | None:
            return self._get_total_over(summed, data, time, arguments).figure

        others = tuple(item for item in self.things if item is not summed)
        return self._make_derived_measure(
            find_total, "total", self.kind, about, things=others
        )

    def share(self, of: Measure | Thing | str, **about: object) -> Measure:
        """Return the part, in percent, of another measure, or of the total over a
        thing.
        """
        if isinstance(of, Measure):
            return self._check_and_combine_with(of, share, "share", "share", about)
        return self._check_and_combine_with(
            self.total(of), share, "part", "share", about
        )

    def per(
        self, other: Measure, unit: str, kind: FigureKind = "price", **about: object
    ) -> Measure:
        """Return the figure over another, in ``unit``: "USD per tonne"."""

        def divide(part: Quantity, whole: Quantity) -> Quantity:
            factor = (
                part.unit_factor
                / whole.unit_factor
                / scale_factor_of_unit(unit.split())
            )
            return (
                part.convert_unit_dropping_meaning(factor, part.unit) / whole
            ).convert_unit_dropping_meaning(ONE, unit)

        return self._check_and_combine_with(other, divide, "per", kind, about)

    def rank(self, over: Thing | str, **about: object) -> Measure:
        """Return the rank among all values of a thing: those with more, plus one, so
        that equals share theirs.
        """
        ranked = get_thing(self.parameters, over)

        def find_rank(
            data: Data, time: TimeValue, arguments: ThingArguments
        ) -> Quantity | None:
            figure = self.find_figure(data, time, arguments)
            total = self._get_total_over(ranked, data, time, arguments)
            if figure is None or total.figure is None:
                return None
            larger = len(total.values) - bisect_right(total.values, figure.value)
            return Quantity(Decimal(larger + 1), ZERO, "", total.figure.rows)

        return self._make_derived_measure(
            find_rank, "rank", "rank", {"signed": False, **about}
        )

    def added_up(self, **about: object) -> Measure:
        """Return the sum since the first time of the table."""

        def find_sum(
            data: Data, time: TimeValue, arguments: ThingArguments
        ) -> Quantity | None:
            times = [
                other
                for other in self.panel.table_index(data).rows_by_time
                if other <= time
            ]
            if time not in times:
                return None
            figure = added(self.find_figure(data, other, arguments) for other in times)
            if figure is None:
                return None
            first = self.panel.time.get_period_of_figure(min(times))
            last = self.panel.time.get_period_of_figure(time)
            period = Period(first.first, last.last)
            return replace(figure, period=period, related=frozenset({first, last}))

        return self._make_derived_measure(find_sum, "added_up", self.kind, about)

    def change(self, against: Against = "earlier", **about: object) -> ChangeOverTime:
        """Return by how much it differs from another time; ``ChangeOverTime`` says from
        which.
        """
        # of a share the difference has another unit, percentage points, and its kind
        kind = None if self.kind in KIND_BY_UNIT.values() else self.kind
        about = {"signed": True, **about}
        return ChangeOverTime(self, rise, "change", against, kind, about)

    def growth(self, against: Against = "earlier", **about: object) -> ChangeOverTime:
        """Return by how many percent it differs from another time."""
        about = {"signed": True, **about}
        return ChangeOverTime(self, growth, "growth", against, "change", about)

    def multiple(self, against: Against = "earlier", **about: object) -> ChangeOverTime:
        """Return how many times as large it is as at another time."""
        return ChangeOverTime(self, multiple, "multiple", against, "multiple", about)

    def index(self, **about: object) -> ChangeOverTime:
        """Return it as an index that is 100 at a base."""
        return ChangeOverTime(self, divide_as_index, "index", "base", "index", about)

    def _check_and_combine_with(
        self,
        other: Measure,
        combine: Combine,
        words_key: str,
        kind: FigureKind,
        about: Mapping[str, object],
    ) -> Measure:
        """Return the measure whose figures are made of those of this one and another.

        Raises ``ToldError`` where the other needs more arguments, or other times.
        """
        self._check_own_arguments_suffice_for(other)
        if other.panel.time.type is not self.panel.time.type:
            raise ToldError(
                f"the other measure is by {other.panel.time.name}, this one by"
                f" {self.panel.time.name}"
            )

        def combine_figures(
            data: Data, time: TimeValue, arguments: ThingArguments
        ) -> Quantity | None:
            own = self.find_figure(data, time, arguments)
            theirs = other.find_figure_with_arguments_of(data, time, arguments)
            return combine_unless_zero_divisor(combine, own, theirs)

        return self._make_derived_measure(
            combine_figures, words_key, kind, about, other
        )

    def _check_own_arguments_suffice_for(self, other: Measure) -> None:
        """Raise ``ToldError`` where another measure needs arguments that this one
        lacks.
        """
        known = {thing.name for thing in self.things}
        lacking = [
            thing.name
            for thing in other.parameters
            if thing.name not in known and not thing.default
        ]
        if lacking:
            raise ToldError(
                f"the other measure takes {', '.join(lacking)}, which this one lacks",
                "fix it with at()",
            )

    def _make_derived_measure(
        self,
        find_figure: FindFigure,
        words_key: str,
        kind: FigureKind | None,
        about: Mapping[str, object],
        *others: Measure,
        **fields: Any,  # noqa: ANN401 - its own
    ) -> Measure:
        """Return a measure that follows from this one and others, with what this one
        says of itself beside ``about``, and without the change that a source prints.

        ``words_key`` is what is said of its kind, in ``[fact_words]`` of the language.
        """
        return replace(
            self,
            find_figure=find_figure,
            find_printed_change=None,
            running_total=None,
            kind=kind,
            about={**self.about, **about},
            words_key=words_key,
            parts=(self, *others),
            **fields,
        )

    def _get_total_over(
        self, thing: Thing, data: Data, time: TimeValue, arguments: ThingArguments
    ) -> _Total:
        """Return the total of the figures for all values of a thing, which is worked
        out once for all of them.
        """
        others = dict(arguments)
        others.pop(thing.name, None)

        def add_figures(tables: Data) -> _Total:
            named = {**others, self.panel.time.name: time}
            figures = [
                self.find_figure(tables, time, {**others, thing.name: name})
                for name in self.choices(tables, thing.name, named)
            ]
            values = sorted(figure.value for figure in figures if figure)
            return _Total(added(figures), values)

        return FACTS.get(
            (self, time, *sorted(others.items()), thing), add_figures, data
        )
