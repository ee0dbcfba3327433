"""Changes over time: how the figures of a measure differ from those of other times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from inspect import Signature
from typing import Literal, NamedTuple, get_args

from press.data import Data
from press.facts.arithmetic import Combine, combine_known, rise
from press.facts.axes import ThingArguments, TimeValue
from press.facts.base_measure import BaseMeasure
from press.facts.declared import Declared, fact_signature
from press.ground.errors import ToldError, quoted
from press.ground.period import Period
from press.quantity import Kind, Quantity, guess_kind

Against = Literal["earlier", "before", "base"]


class _Comparison(NamedTuple):
    """Two times that are compared, and the argument for each thing."""

    start: TimeValue  # that is counted from; ``None`` where the table has none
    end: TimeValue
    arguments: ThingArguments


@dataclass(frozen=True, eq=False)
class ChangeOverTime(Declared):
    """How a measure differs from that of another time: a fact of one time or two, and
    the things of the measure.

    ``against``: two times, the *earlier* first; the time *before* the one that is
    named; or a *base*, named second.
    """

    measure: BaseMeasure
    compare: Combine
    words: str
    against: Against
    kind: Kind | None
    about: Mapping[str, object]

    def __post_init__(self) -> None:
        """Raise ``ToldError`` where it is against something else."""
        known = get_args(Against)
        if self.against not in known:
            raise ToldError(
                f"found {quoted(self.against)}, expected one of {', '.join(known)}"
            )

    @property
    def __signature__(self) -> Signature:
        """What it takes, as ``inspect`` has it of functions."""
        time = self.measure.panel.time
        names = {
            "earlier": ["earlier", "later"],
            "before": [time.name],
            "base": [time.name, "base"],
        }[self.against]
        return fact_signature(names, time.type, self.measure.parameters)

    def __call__(self, data: Data, *arguments: TimeValue) -> Quantity | None:
        """Return the difference with what a sentence needs to know of it; ``None``
        where one of the two is missing.
        """
        asked = self._read_arguments(data, arguments)
        figure = self._compare_times(data, asked)
        if figure is None:
            return None
        kind = self.kind or guess_kind(figure)
        about = self.measure.collect_dimensions(data, asked.arguments) | dict(
            self.about
        )
        if kind == "index":
            previous = self.measure.previous_time(data, asked.end)
            before = self._compare_times(data, asked._replace(end=previous))
            about["change"] = rise(before, figure) if before else None
        return figure.with_meaning(kind, **{**self._find_periods(data, asked), **about})

    def figure(self, data: Data, *arguments: TimeValue) -> Quantity | None:
        """Return the bare figure, for arithmetic and charts."""
        return self._compare_times(data, self._read_arguments(data, arguments))

    def series(
        self, data: Data, base: TimeValue = None, *arguments: str
    ) -> dict[TimeValue, Quantity]:
        """Return the bare figures by their times, in order: against ``base``, else
        against the time before each.
        """
        things = self.measure.complete_arguments(*arguments)
        figures = {}
        for time in self.measure.panel.rows_by_time(data):
            start = self.measure.previous_time(data, time) if base is None else base
            asked = _Comparison(start, time, things)
            if figure := self._compare_times(data, asked):
                figures[time] = figure
        return figures

    def choices(
        self, data: Data, parameter: str, arguments: Mapping[str, TimeValue]
    ) -> list[str]:
        """Return the arguments that a thing may be at the time that is counted, in the
        table's order.
        """
        name = self.measure.panel.time.name
        end = arguments.get("later", arguments.get(name))
        return self.measure.choices(data, parameter, {**arguments, name: end})

    def _read_arguments(
        self, data: Data, arguments: tuple[TimeValue, ...]
    ) -> _Comparison:
        """Return which times and things the arguments of the fact mean."""
        if self.against == "before":
            end, *things = arguments
            start = self.measure.previous_time(data, end)
        elif self.against == "earlier":
            start, end, *things = arguments
        else:
            end, start, *things = arguments
        return _Comparison(start, end, self.measure.complete_arguments(*things))

    def _compare_times(self, data: Data, asked: _Comparison) -> Quantity | None:
        """Return the bare figure; ``None`` where one of two is missing."""
        start = self.measure.figure_at(data, asked.start, asked.arguments)
        end = self.measure.figure_at(data, asked.end, asked.arguments)
        return combine_known(self.compare, start, end)

    def _find_periods(self, data: Data, asked: _Comparison) -> dict[str, object]:
        """Return of which period a difference is, and which others a sentence may name.

        Where two times are named, the earlier may stand alone beside it ("since 2021"),
        the later only where it is the next: what took two years did not happen "in
        2023".
        """
        time = self.measure.panel.time
        if self.against != "earlier":
            return time.find_compared_periods(asked.end, asked.start)
        first = time.to_period(asked.start)
        last = time.to_period(asked.end)
        related = {first}
        if (
            first.after() == last
            or self.measure.previous_time(data, asked.end) == asked.start
        ):
            related.add(last)
        return {"period": Period(first.first, last.last), "related": frozenset(related)}
