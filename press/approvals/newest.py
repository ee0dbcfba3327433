"""The newest rows of the tables, which the next release leaves behind, and how much a
chart or a table holds of a time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from press.data import Data, Row, Table
from press.ground.errors import format_count
from press.ground.files import hash_parts
from press.ground.period import MONTHS, Period

# that are named; of more only those that have made the figures
MOST_PUBLISHERS = 8
MARK_LENGTH = 6  # characters of a hash that a person need only compare
Key = tuple[object, ...]


class NewestRowsIndex:
    """Knows which rows are the newest of their tables, and which times end with one.

    A row is compared with those that differ from it in their time alone. A table whose
    key has no time has no newest row. A key of several times, such as the
    begin and the end of a period, is as new as the first, then the second.
    """

    def __init__(self, data: Data) -> None:
        """Go through the rows of all tables."""
        self._newest_times: dict[Key, Key] = {}
        self._last_years = set[int]()  # with which tables end
        self._tables_by_last_month = defaultdict[int, list[str]](list)  # their names
        self.cited_rows_by_source = Counter[str]()  # how many rows cite each source
        self._data = data
        for name, table in data.items():
            for row in table.rows:
                self.cited_rows_by_source.update(row.source_ids)
            if table.description.time_keys:
                self._record_newest_times(table)
                self._record_last_period(name, table)

    def _record_newest_times(self, table: Table) -> None:
        """Record the newest times of each key of a table."""
        for row in table.rows:
            group = _get_key_without_times(row)
            times = _get_times_of_key(row)
            newest = self._newest_times.get(group, times)
            self._newest_times[group] = max(times, newest)

    def _record_last_period(self, name: str, table: Table) -> None:
        """Record with which year and month a table ends, if it has a row."""
        column = table.description.time_keys[-1]
        last = max((str(row[column]) for row in table.rows), default="")
        if not last:
            return
        period = Period.parse(last)
        self._last_years.add(period.year)
        if not period.is_year:
            self._tables_by_last_month[period.last].append(name)

    def is_newest(self, row: Row) -> bool:
        """Tell whether a row is the newest of those that differ in their time alone."""
        newest = self._newest_times.get(_get_key_without_times(row))
        return newest == _get_times_of_key(row)

    @cached_property
    def _publishers_by_table(self) -> dict[str, list[str]]:
        """The publishers of the pages that each table cites, by its name; of many those
        alone that have made its figures.
        """
        return {
            name: _list_publishers_if_few_else_makers(table.rows, self._data)
            for name, table in sorted(self._data.items())
        }

    def describe_publishers_of_tables(self, table_names: Collection[str]) -> str:
        """Return the publishers of the pages that some tables cite, in a line."""
        return "; ".join(self._format_publishers_of_each_table(table_names))

    def hash_publishers_of_all_tables(self) -> str:
        """Return a line with a hash of which table cites pages of which publishers."""
        told = self._format_publishers_of_each_table(self._publishers_by_table)
        return f"publishers in all tables ({hash_parts(*told)[:MARK_LENGTH]})"

    def _format_publishers_of_each_table(
        self, table_names: Collection[str]
    ) -> list[str]:
        """Return a line for each of some tables: its name and its publishers."""
        return [
            f"{name} from {', '.join(publishers)}"
            for name, publishers in self._publishers_by_table.items()
            if name in table_names
        ]

    def describe_if_newest_time(self, period: Period) -> str:
        """Say that a time ends with the newest year or month of a table; else nothing.

        A month is told with all tables that end with it: one that goes on or catches up
        says it anew, and hides no other. A year is not: most sentences that name one
        are history, whichever of many tables ends with it.
        """
        if period.first % MONTHS == 0 and period.length % MONTHS == 0:
            if period.year not in self._last_years:
                return ""
            return f"{period.year:04d}, a newest year"
        if period.last not in self._tables_by_last_month:
            return ""
        tables = self._tables_by_last_month[period.last]
        month = Period(period.last, period.last)
        return f"{month}, the newest of {' and '.join(tables)}"


class DescribedChartOrTable:
    """The chart or table that the words of a file describe.

    It has a name, an ``outline`` if it is drawn, the ``publishers`` of the pages on
    which its rows rest, in a line, and the ``newest_month`` with which a row ends (0 if
    none has a time).
    """

    def __init__(
        self, name: str, rows: Sequence[Row], data: Data, outline: tuple[str, ...] = ()
    ) -> None:
        """Sort out the rows that have a time; ``data`` has the table of sources."""
        self.name = name
        self.outline = outline
        self._dated_rows = [
            _DatedRow(Period.parse(str(row[row.table.time_keys[-1]])[:7]), row)
            for row in rows
            if row.table.time_keys
        ]
        self.newest_month = max(
            (dated.period.last for dated in self._dated_rows), default=0
        )
        publishers = _list_publishers_if_few_else_makers(rows, data)
        self.publishers = ", ".join(publishers) or "no publishers"

    def describe_newest_row_in_period(self, period: Period) -> str:
        """Return a period, and whether it has the newest row."""
        if self._find_time_ending_in_newest_month(self._list_dated_rows_in(period)):
            return f"{period} with the newest row"
        return f"{period}"

    def describe_counts_in_period(self, period: Period) -> str:
        """Return a period, the time of the newest row if it has that, and how many rows
        and sources it has.
        """
        dated_rows = self._list_dated_rows_in(period)
        newest = self._find_time_ending_in_newest_month(dated_rows)
        last = f" with the newest row, of {newest}" if newest else ""
        sources = {source for dated in dated_rows for source in dated.row.source_ids}
        rows = format_count(len(dated_rows), "row")
        return f"{period}{last}: {rows} from {format_count(len(sources), 'source')}"

    def _list_dated_rows_in(self, period: Period) -> list[_DatedRow]:
        """Return the rows whose times lie within a period."""
        return [
            dated
            for dated in self._dated_rows
            if period.first <= dated.period.first and dated.period.last <= period.last
        ]

    def _find_time_ending_in_newest_month(
        self, dated_rows: Iterable[_DatedRow]
    ) -> Period | None:
        """Return the time of the first of some rows that ends as late as any does."""
        times = (dated.period for dated in dated_rows)
        return next((time for time in times if time.last == self.newest_month), None)


class _DatedRow(NamedTuple):
    """A row, and the year or month with which its key ends."""

    period: Period
    row: Row


def _list_publishers_if_few_else_makers(rows: Sequence[Row], data: Data) -> list[str]:
    """Return the publishers of the pages that rows cite, sorted, each once.

    Of many, to which one more would add nothing that readers are told, only those are
    named that have made the figures.
    """
    pages = data["sources"].by_key if "sources" in data else {}
    sources = {(source,) for row in rows for source in row.source_ids}
    publishers = sorted(
        {str(pages[key].values.get("publisher")) for key in sources & pages.keys()}
    )
    if len(publishers) <= MOST_PUBLISHERS:
        return publishers
    makers = {maker["title"] for row in rows for maker in row.table.sources}
    own = [name for name in publishers if any(maker in name for maker in makers)]
    return ["many publishers", *own]


def _get_key_without_times(row: Row) -> Key:
    """Return what a row has in common with those that differ from it in their time
    alone: its table, and its key without times.
    """
    times = row.table.time_keys
    return (
        row.path,
        *(row[name] for name in row.table.primary_key if name not in times),
    )


def _get_times_of_key(row: Row) -> Key:
    """Return the times in the key of a row."""
    return tuple(row[name] for name in row.table.time_keys)
