"""What a page says of time: when it was published and changed, how far its figures
reach, when the next are due.

All of it is in changes.toml, in site.toml and in the tables, or said by whoever builds;
nothing is asked of the clock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from press.content import ChangeLog
from press.data import Table
from press.ground.period import Period


class PageDates(NamedTuple):
    """The dates of a page, as exactly as they are known: ``2026-11-26``, ``2026-04``;
    "" is what nobody knows.

    ``begin`` and ``through`` are the oldest and the newest time of its figures; by
    ``due`` the next figures are out, and on the day of ``looked`` somebody had looked
    in vain for figures that were due: see ``DueDateCalendar``.
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
        ends = (
            format_quarter_as_month(self.begin, begin=True),
            format_quarter_as_month(self.through),
        )
        return "/".join(dict.fromkeys(filter(None, ends)))


@dataclass(frozen=True)
class DueDateCalendar:
    """What decides whether a page still promises figures for the day on which they are
    due.

    The site is known to be as it is on ``day``: the one on which it is built, where
    that is said, or that of its last change. ``looked_on`` is the day on which
    somebody last looked for figures that were due. Both are "" where nobody knows.
    """

    day: str
    looked_on: str

    def find_coming_due_day(self, table: Table) -> str:
        """Return the day by which the next figures of a table are out; "" where it has
        passed.
        """
        passed = table.due < max(self.day, self.looked_on)
        return "" if passed else table.due

    def find_day_looked_in_vain(self, table: Table) -> str:
        """Return the day on which somebody had looked in vain for figures of a table
        that were due; "" where none are late.
        """
        late = "" < table.due < self.looked_on
        return self.looked_on if late else ""


def format_quarter_as_month(time: str, *, begin: bool = False) -> str:
    """Return a time as ISO 8601 has it, which knows no quarters: in their place the
    last month, or the first where the time is that of a ``begin``.
    """
    period = Period.parse_or_none(time)
    if not period or not period.quarterly:
        return time
    month = period.first if begin else period.last
    return str(Period.from_contained_month_and_length(month, 1))


def collect_dates_of_page(
    changes: ChangeLog,
    page_slug: str,
    tables: Iterable[Table],
    leading_tables: Collection[Table],
    calendar: DueDateCalendar,
) -> PageDates:
    """Return the dates of a page with figures of ``tables``; how far they go is told by
    the ``leading_tables``.
    """
    begins = (table.span[0] for table in tables if table.description.time_keys)
    ends = (table.newest for table in leading_tables if table.description.time_keys)
    due = filter(None, map(calendar.find_coming_due_day, leading_tables))
    looked = map(calendar.find_day_looked_in_vain, leading_tables)
    return PageDates(
        published=changes.published,
        changed=changes.find_last_day(page_slug),
        begin=min(begins, default=""),
        through=max(ends, key=_make_sort_key, default=""),
        due=min(due, default=""),
        looked=max(looked, default=""),
    )


def list_tables_due_with_chart(
    tables: Sequence[Table], shown_times: Collection[str]
) -> Sequence[Table]:
    """Return the tables with whose next figures a chart moves on: where it shows years
    alone, those of years, since a month of another adds none; all where there are none.
    """
    shows_years = bool(shown_times) and all(map(_is_year, shown_times))
    if not shows_years:
        return tables
    yearly = [table for table in tables if _is_year(table.newest)]
    return yearly or tables


def _is_year(time: str) -> bool:
    """Tell whether a time is a year."""
    period = Period.parse_or_none(time)
    return period is not None and period.is_year


def narrow_coverage_to_times(
    dates: PageDates, shown_times: Iterable[str], *, also_narrows_end: bool
) -> PageDates:
    """Return dates narrowed to the times that a chart shows; figures go no further,
    though a goal or a year may. Times of what are no figures, such as events, do not
    tell how far these go.
    """
    shown = sorted(shown_times, key=_make_sort_key)
    if not shown:
        return dates
    if not also_narrows_end:
        return dates._replace(begin=shown[0])
    through = min(filter(None, (shown[-1], dates.through)), key=_make_sort_key)
    return dates._replace(begin=shown[0], through=through)


def _make_sort_key(time: str) -> str:
    """Return what sorts times by their ends: a year ends after each of its months."""
    return f"{time}-99-99" if time else ""
