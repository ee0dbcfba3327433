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
        if found := cls.read(text):
            return found
        raise ValueError(
            f"found {quote_words(text)}, expected {' or '.join(EXAMPLES.values())}"
        )

    @classmethod
    def read(cls, text: str) -> Period | None:
        """Return the year, quarter, month or day that a text names, if it is one of
        them.
        """
        found = WRITTEN.fullmatch(text)
        if not found or (
            found[3]
            and not 1 <= int(found[3]) <= monthrange(int(found[1]), int(found[2]))[1]
        ):
            return None
        year, month, day, quarter = (int(part or 0) for part in found.groups())
        if quarter:
            return cls.of(year * MONTHS + quarter * QUARTER - 1, QUARTER)
        return (
            replace(cls.of(year * MONTHS + month - 1, 1), day=day)
            if month
            else cls.of(year * MONTHS, MONTHS)
        )

    @classmethod
    def of(cls, month: int, length: int) -> Period:
        """Return the year, quarter or month, by its ``length`` in months, that a
        counted month is in.
        """
        first = month - month % length
        return cls(first, first + length - 1, quarterly=length == QUARTER)

    @classmethod
    def to_month(cls, month: str) -> Period:
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
        return (
            self == other
            if self.day
            else self.first <= other.first and other.last <= self.last
        )

    def ends_before(self, other: Period) -> bool:
        """Tell whether it ends earlier than another; a day ends before its month."""
        return (self.last, self.day or ENDLESS) < (other.last, other.day or ENDLESS)

    def shifted(self, months: int) -> Period:
        """Return the period so many months later (earlier, if negative); of a shorter
        month the last day.
        """
        first = self.first + months
        last = self.last + months
        day = self.day and min(
            self.day, monthrange(last // MONTHS, last % MONTHS + 1)[1]
        )
        return Period(first, last, day, self.quarterly and months % QUARTER == 0)

    def after(self, steps: int = 1) -> Period:
        """Return the period so many of its own lengths later, of a day so many days
        (earlier, if negative).
        """
        if not self.day:
            return self.shift_months(steps * self.length)
        return Period.parse(
            (date.fromisoformat(str(self)) + timedelta(days=steps)).isoformat()
        )

    def __str__(self) -> str:
        """Write the period as data have it: as ``parse`` reads it, or
        ``2023-01 to 2023-11``.
        """
        if self.is_year:
            return f"{self.year:04d}"
        if self.quarterly:
            return f"{self.year:04d}-Q{self.last % MONTHS // QUARTER + 1}"
        if self.day:
            return f"{self.year:04d}-{self.last % MONTHS + 1:02d}-{self.day:02d}"
        first, last = (
            f"{end // MONTHS:04d}-{end % MONTHS + 1:02d}"
            for end in (self.first, self.last)
        )
        return first if first == last else f"{first} to {last}"
