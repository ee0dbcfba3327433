"""Spans of time: a year, a quarter, a month, the months from January to one of them; a
day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NewType

from press.ground.errors import quote_words

Day = NewType("Day", str)  # "2024-08-10"
Month = NewType("Month", str)  # "2023-11"
Quarter = NewType("Quarter", str)  # "2024-Q3"
MONTHS, QUARTER = 12, 3  # in months
ENDLESS = 32  # after all days of a month
WRITTEN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?|-Q([1-4]))?", re.ASCII)
EXAMPLES: dict[object, str] = {  # by the types of arguments that are times
    int: "a year such as 2023",
    Quarter: "a quarter such as 2024-Q3",
    Month: "a month such as 2023-11",
    Day: "a day such as 2024-08-10",
}


@dataclass(frozen=True, order=True)
class Period:
    """The months from ``first`` to ``last``, both counted from the year 0
    (``year * 12 + month - 1``).

    A ``day`` is one of a month that is both. Three months since January are a quarter
    as well: they are written as one where they are ``quarterly``, and are the same
    period either way.
    """

    first: int
    last: int
    day: int = 0
    quarterly: bool = field(default=False, compare=False)

    @classmethod
    def parse(cls, text: str) -> Period:
        """Return what a text names: ``2023``, ``2024-Q3``, ``2023-11``, ``2024-08-10``.

        Raises ``ValueError``.
        """
        if found := cls.parse_or_none(text):
            return found
        raise ValueError(
            f"found {quote_words(text)}, expected {' or '.join(EXAMPLES.values())}"
        )

    @classmethod
    def parse_or_none(cls, text: str) -> Period | None:
        """Return the year, quarter, month or day that a text names, if it is one of
        them.
        """
        found = WRITTEN.fullmatch(text)
        if not found:
            return None
        year, month, day, quarter = (int(part or 0) for part in found.groups())
        if quarter:
            return cls.from_contained_month_and_length(
                year * MONTHS + quarter * QUARTER - 1, QUARTER
            )
        if not month:
            return cls.from_contained_month_and_length(year * MONTHS, MONTHS)
        whole = cls.from_contained_month_and_length(year * MONTHS + month - 1, 1)
        if not found[3]:
            return whole
        if not 1 <= day <= _count_days(whole.first):
            return None
        return replace(whole, day=day)

    @classmethod
    def from_contained_month_and_length(
        cls, month_number: int, length_in_months: int
    ) -> Period:
        """Return the year, quarter or month, by its ``length_in_months``, that a
        counted month is in.
        """
        first = month_number - month_number % length_in_months
        return cls(
            first, first + length_in_months - 1, quarterly=length_in_months == QUARTER
        )

    @classmethod
    def from_january_to_month(cls, month: str) -> Period:
        """Return the months from January to a month (``2023-11``).

        Raises ``ValueError``.
        """
        last = cls.parse(month).last
        return cls(last // MONTHS * MONTHS, last)

    @classmethod
    def between(cls, first: str, last: str) -> Period:
        """Return the span from the start of ``first`` to the end of ``last`` (years,
        months).

        Raises ``ValueError``.
        """
        return cls(cls.parse(first).first, cls.parse(last).last)

    @property
    def year(self) -> int:
        """The year in which the period ends."""
        return self.last // MONTHS

    @property
    def length(self) -> int:
        """The number of months."""
        return self.last - self.first + 1

    @property
    def is_year(self) -> bool:
        """Tell whether it is a calendar year."""
        return self.first % MONTHS == 0 and self.length == MONTHS

    @property
    def ends_with_year(self) -> bool:
        """Tell whether its last month is a December."""
        return self.last % MONTHS == MONTHS - 1

    @property
    def is_to_date(self) -> bool:
        """Tell whether it runs from January to a later month of the year that is not
        December.
        """
        return self.first % MONTHS == 0 and 1 < self.length < MONTHS

    def holds(self, other: Period) -> bool:
        """Tell whether another lies in it; in a day lies nothing else."""
        if self.day:
            return self == other
        return self.first <= other.first and other.last <= self.last

    def ends_before(self, other: Period) -> bool:
        """Tell whether it ends earlier than another; a day ends before its month."""
        return (self.last, self.day or ENDLESS) < (other.last, other.day or ENDLESS)

    def shift_months(self, months: int) -> Period:
        """Return the period so many months later (earlier, if negative); of a shorter
        month the last day.
        """
        first = self.first + months
        last = self.last + months
        day = self.day and min(self.day, _count_days(last))
        is_quarterly = self.quarterly and months % QUARTER == 0
        return Period(first, last, day, is_quarterly)

    def shift_by_own_lengths(self, steps: int = 1) -> Period:
        """Return the period so many of its own lengths later, of a day so many days
        (earlier, if negative).
        """
        if not self.day:
            return self.shift_months(steps * self.length)
        moved = date.fromisoformat(str(self)) + timedelta(days=steps)
        return Period.parse(moved.isoformat())

    def __str__(self) -> str:
        """Write the period as data have it: as ``parse`` reads it, or
        ``2023-01 to 2023-11``.
        """
        if self.is_year:
            return f"{self.year:04d}"
        if self.quarterly:
            quarter = self.last % MONTHS // QUARTER + 1
            return f"{self.year:04d}-Q{quarter}"
        last = _write_month(self.last)
        if self.day:
            return f"{last}-{self.day:02d}"
        if self.first == self.last:
            return last
        return f"{_write_month(self.first)} to {last}"


def _write_month(month: int) -> str:
    """Write a counted month: ``2023-11``."""
    return f"{month // MONTHS:04d}-{month % MONTHS + 1:02d}"


def _count_days(month: int) -> int:
    """Return how many days a counted month has."""
    return monthrange(month // MONTHS, month % MONTHS + 1)[1]
