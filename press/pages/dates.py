"""What a page says of time: when it was published and changed, how far its figures
reach, when the next are due.

All of it is in changes.toml, in site.toml and in the tables, or said by whoever builds;
nothing is asked of the clock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from press.content import Changes
from press.data import Table
from press.ground.period import Period


class Dates(NamedTuple):
    """The dates of a page, as exactly as they are known: ``2026-11-26``, ``2026-04``;
    "" is what nobody knows.

    ``begin`` and ``through`` are the oldest and the newest time of its figures; by
    ``due`` the next figures are out, and on the day of ``looked`` somebody had looked
    in vain for figures that were due: see ``Calendar``.
    """

    published: str = ""
    changed: str = ""
    begin: str = ""
    through: str = ""
    due: str = ""
    looked: str = ""

    @property
    def coverage(self) -> str:
        """The time that the figures cover, as an ISO 8601 interval, or the only one."""
        return "/".join(
            dict.fromkeys(
                filter(None, (iso(self.begin, begin=True), iso(self.through)))
            )
        )


@dataclass(frozen=True)
class Calendar:
    """What decides whether a page still promises figures for the day on which they are
    due.

    The site is known to be as it is on ``day``: the one on which it is built, where
    that is said, or that of its last change. ``looked_on`` is the day on which
    somebody last looked for figures that were due. Both are "" where nobody knows.
    """

    day: str
    looked_on: str

    def find_due_day(self, table: Table) -> str:
        """Return the day by which the next figures of a table are out; "" where it has
        passed.
        """
        return "" if table.due < max(self.day, self.looked_on) else table.due

    def find_day_looked(self, table: Table) -> str:
        """Return the day on which somebody had looked in vain for figures of a table
        that were due; "" where none are late.
        """
        return self.looked_on if "" < table.due < self.looked_on else ""


def iso(time: str, *, begin: bool = False) -> str:
    """Return a time as ISO 8601 has it, which knows no quarters: in their place the
    last month, or the first.
    """
    period = Period.parse_or_none(time)
    return (
        str(Period.containing(period.first if begin else period.last, 1))
        if period and period.quarterly
        else time
    )


def dates_of(
    changes: Changes,
    slug: str,
    tables: Iterable[Table],
    reach: Collection[Table],
    calendar: Calendar,
) -> Dates:
    """Return the dates of a page with figures of ``tables``; how far they go is told by
    the tables in ``reach``.
    """
    begin = min(
        (table.span[0] for table in tables if table.description.times), default=""
    )
    through = max(
        (table.newest for table in reach if table.description.times),
        key=_end,
        default="",
    )
    due = filter(None, map(calendar.find_due_day, reach))
    looked = max(map(calendar.find_day_looked, reach), default="")
    return Dates(
        changes.published,
        changes.find_last_day(slug),
        begin,
        through,
        min(due, default=""),
        looked,
    )


def within(known: Dates, times: Iterable[str]) -> Dates:
    """Return dates narrowed to the times that a chart shows; figures go no further,
    though a goal or a year may.
    """
    days = sorted(times, key=_end)
    ends = sorted(filter(None, (*days[-1:], known.through)), key=_end)
    return known._replace(begin=days[0], through=ends[0]) if days else known


def _end(time: str) -> str:
    """Return what sorts times by their ends: a year ends after each of its months."""
    return f"{time}-99-99" if time else ""
