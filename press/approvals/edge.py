"""The edge of the tables: their newest rows, which the next release leaves behind; and
how much they hold of a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from press.data import Data, Row
from press.ground.errors import counted
from press.ground.period import MONTHS, Period

FEW = 8  # publishers, whose names say where figures are from
Group = tuple[object, ...]


class Edge:
    """Which rows are the newest of their tables, among rows that differ in their time
    alone; and which times they name.

    A table whose key has no time has no edge. A key of several times (``period_start``,
    ``period_end``) is as new as the first, then the second.
    """

    def __init__(self, data: Data) -> None:
        """Look for the newest rows of all tables."""
        self._newest: dict[Group, Group] = {}
        for table in data.values():
            for row in table.rows if table.description.times else ():
                group, time = _parts(row)
                self._newest[group] = max(time, self._newest.get(group, time))
        # by year and month those that end with it
        self._tables: dict[str, list[str]] = {}
        for name, table in data.items():
            ends = (
                str(row[time])
                for time in table.description.times[-1:]
                for row in table.rows
            )
            if last := max(ends, default=""):
                period = Period.parse(last)
                for end in {
                    f"{period.year:04d}",
                    last if period.is_year else str(Period(period.last, period.last)),
                }:
                    self._tables.setdefault(end, []).append(name)
        self.cited = Counter(
            source
            for table in data.values()
            for row in table.rows
            for source in row.source_ids
        )

    def holds(self, row: Row) -> bool:
        """Tell whether a row is the newest of its table among rows with the same other
        key.
        """
        group, time = _parts(row)
        return bool(time) and self._newest.get(group) == time

    def named(self, period: Period) -> list[str]:
        """Say that a time which a sentence names ends with the newest year or month of
        a table, if it does.

        A month is told with all tables that end with it: one that goes on or catches up
        says it anew, and hides no other. A year is not: most sentences that name one
        are history, whichever of many tables ends with it.
        """
        if period.first % MONTHS == 0 and period.length % MONTHS == 0:
            return (
                [f"{period.year:04d}, a newest year"]
                if f"{period.year:04d}" in self._tables
                else []
            )
        time = str(Period(period.last, period.last))
        return (
            [f"{time}, the newest of {' and '.join(self._tables[time])}"]
            if time in self._tables
            else []
        )


class Told:
    """What the words of a file tell of, a chart or a table: its name, its ``outline``
    if it is drawn, and its rows.

    ``publishers`` are those of the pages on which the rows rest; among many one more
    says nothing, unless it has made the figures.
    """

    def __init__(
        self, name: str, rows: Iterable[Row], data: Data, outline: tuple[str, ...] = ()
    ) -> None:
        """Sort the rows by the last time of their keys."""
        self.name, self.outline, rows = name, outline, tuple(rows)
        self._timed = [
            (Period.parse(str(row[row.table.times[-1]])[:7]), row)
            for row in rows
            if row.table.times
        ]
        self._newest = max((period.last for period, _ in self._timed), default=0)
        pages = data["sources"].by_key if "sources" in data else {}
        ids = {source for row in rows for source in row.source_ids}
        known = {
            str(pages[source,].values.get("publisher"))
            for source in ids
            if (source,) in pages
        }
        makers = {maker["title"] for row in rows for maker in row.table.sources}
        own = (each for each in sorted(known) if any(maker in each for maker in makers))
        self.publishers = (
            ", ".join(sorted(known) if len(known) <= FEW else ("many publishers", *own))
            or "no publishers"
        )

    def of(self, period: Period, *, sources: bool) -> str:
        """Say whether its newest row is of a period, and of how many rows and
        ``sources`` the period is.
        """
        own = [
            (at, row)
            for at, row in self._timed
            if period.first <= at.first and at.last <= period.last
        ]
        newest = next((f"{at}" for at, _ in own if at.last == self._newest), "")
        if not sources:
            return f"{period}{' with the newest row' if newest else ''}"
        cited = {source for _, row in own for source in row.source_ids}
        last = f" with the newest row, of {newest}" if newest else ""
        return (
            f"{period}{last}: {counted(len(own), 'row')} from"
            f" {counted(len(cited), 'source')}"
        )


def _parts(row: Row) -> tuple[Group, Group]:
    """Return the table and the key of a row without its times, and the times; none for
    a table without.
    """
    key, times = row.table.primary_key, row.table.times
    return (row.path, *(row[name] for name in key if name not in times)), tuple(
        row[name] for name in times
    )
