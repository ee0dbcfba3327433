"""Spans of whole months: a year, a month, the months from January to one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NewType

from press.ground.errors import quoted

Month = NewType("Month", str)  # "2023-11"
MONTHS = 12
WRITTEN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True, order=True)
class Period:
    """The months from ``first`` to ``last``, both counted from the year 0 (``year * 12 + month - 1``)."""

    first: int
    last: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """Return the year (``2023``) or the month (``2023-11``) that a text names. Raises ``ValueError``."""
        found = WRITTEN.fullmatch(text)
        if not found:
            raise ValueError(f"found {quoted(text)}, expected a year such as 2023 or a month such as 2023-11")
        start = int(found[1]) * MONTHS
        month = int(found[2] or 0)
        return cls(start + month - 1, start + month - 1) if month else cls(start, start + MONTHS - 1)

    @classmethod
    def to_month(cls, month: str) -> Period:
        """Return the months from January to a month (``2023-11``). Raises ``ValueError``."""
        last = cls.parse(month).last
        return cls(last // MONTHS * MONTHS, last)

    @classmethod
    def between(cls, first: str, last: str) -> Period:
        """Return the span from the start of ``first`` to the end of ``last`` (years, months). Raises ``ValueError``."""
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
    def is_to_date(self) -> bool:
        """Tell whether it runs from January to a later month of the year that is not December."""
        return self.first % MONTHS == 0 and 1 < self.length < MONTHS

    def shifted(self, months: int) -> Period:
        """Return the period so many months later (earlier, if negative)."""
        return Period(self.first + months, self.last + months)

    def __str__(self) -> str:
        """Write the period as data have it: ``2023``, ``2023-11``, ``2023-01 to 2023-11``."""
        if self.is_year:
            return f"{self.year:04d}"
        first, last = (f"{end // MONTHS:04d}-{end % MONTHS + 1:02d}" for end in (self.first, self.last))
        return first if first == last else f"{first} to {last}"
