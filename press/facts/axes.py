"""The axes of a table of figures: of which times they are, and of which things."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypedDict

from press.data import Data, Value
from press.ground.period import Day, Month, Period, Quarter
from press.quantity import PLUS as SUM
from press.quantity import BareQuantity, UnknownNameError

# a time: a year as a whole number, any other as text (2023-11), as arguments have them
TimeValue = Any
ThingArguments = Mapping[str, str]  # of a figure: the argument for each of its things
FindFigure = Callable[[Data, TimeValue, ThingArguments], BareQuantity | None]
UNLINKED = re.compile(r"[^\w+-]+")
PLUS = "+"  # joins the values of a thing that is summed, as arguments have them


class PeriodAndRelated(TypedDict):
    """The fields of those names of a ``Quantity``."""

    period: Period
    related: frozenset[Period]


@dataclass(frozen=True)
class Time:
    """The times of a table: the name and type of the argument, and the ``column``,
    which has the same name by default.

    A ``running`` figure is of the months from January to the one named, a rolling one
    of so many ``months`` to it.
    """

    name: str
    type: object
    column: str
    running: bool = False
    months: int = 0

    def __call__(
        self, column: str = "", *, running: bool = False, months: int = 0
    ) -> Time:
        """Return the same kind of time in another column, or of running or rolling
        totals.
        """
        return replace(
            self, column=column or self.column, running=running, months=months
        )

    def get_period_of_figure(self, time: TimeValue) -> Period:
        """Return the period of a figure of that time."""
        if self.running:
            return Period.from_january_to_month(time)
        period = Period.parse(str(time))
        if self.months:
            return Period(period.last - self.months + 1, period.last)
        return period

    def get_period_and_related(
        self, time: TimeValue, counted_from: TimeValue | None
    ) -> PeriodAndRelated:
        """Return the period of a figure, and as related that of the time from which it
        is counted, if there is one and it is another.
        """
        period = self.get_period_of_figure(time)
        related: frozenset[Period] = frozenset()
        if counted_from is not None:
            related = frozenset([self.get_period_of_figure(counted_from)]) - {period}
        return {"period": period, "related": related}

    def get_day_or_year_before(self, time: TimeValue) -> TimeValue:
        """Return the day before a day, else the same time of the year before: 2022-11
        for 2023-11.
        """
        if self.type is Day:
            return str(Period.parse(str(time)).shift_by_own_lengths(-1))
        if self.type is int:
            return time - 1
        year_before = int(time[:4]) - 1
        return f"{year_before:04d}{time[4:]}"


year = Time("year", int, "year")
month = Time("month", Month, "month")
quarter = Time("quarter", Quarter, "quarter")
day = Time("day", Day, "day")


@dataclass(frozen=True, eq=False)
class Thing:
    """A column whose values tell figures apart, such as a team: an argument of facts,
    and a dimension in sentences.

    The column is the one ``of`` that name, by default named as the thing. ``values``
    are the words that an argument may be, by default those of the column with hyphens
    for spaces. One that may be left out has a ``default``. ``says``
    is the dimension that it is in sentences, by default of the same name, or gives
    those that a value means. Of a thing that is ``summed`` several values, joined by
    "+", are added up.
    """

    name: str
    values: tuple[str, ...] = ()
    default: str = ""
    of: str = ""
    says: str | Callable[[Data, str], Mapping[str, str]] = ""
    summed: bool = False

    @property
    def column(self) -> str:
        """The column that has its values."""
        return self.of or self.name

    @property
    def type(self) -> object:
        """The type of the argument."""
        return Literal[self.values] if self.values else str

    def parse_joined_values(
        self, argument: str, value_by_argument: Mapping[str, Value]
    ) -> list[Value]:
        """Return the values of the column that an argument means: several of a thing
        that is summed.

        Raises ``UnknownNameError`` for one that the thing lacks, or has twice.
        """
        parts = self._split_argument(argument)
        names = self.values or value_by_argument
        for part in parts:
            if part not in names:
                raise UnknownNameError(part, names)
            if parts.count(part) > 1:  # would be counted twice
                raise UnknownNameError(argument, names)
        return [value_by_argument.get(part, part) for part in parts]

    def get_values_by_dimension(
        self, data: Data, argument: str, value_by_argument: Mapping[str, Value]
    ) -> Mapping[str, str]:
        """Return the dimensions that an argument means in sentences, with their values
        as the column has them.
        """
        if callable(self.says):
            return self.says(data, argument)
        names = [
            str(value_by_argument.get(part, restore_spaces(part)))
            for part in self._split_argument(argument)
        ]
        return {self.says or self.name: SUM.join(names)}

    def _split_argument(self, argument: str) -> list[str]:
        """Return the values that an argument joins, of a thing that is summed."""
        return argument.split(PLUS) if self.summed else [argument]


def restore_spaces(argument: str) -> str:
    """Return a name that has spaces: an argument has hyphens instead."""
    return argument.replace("-", " ")


def to_argument(value: Value) -> str:
    """Return a value of a column as an argument has it: hyphens stand for all that a
    link cannot hold.
    """
    return UNLINKED.sub("-", str(value)).strip("-")
