"""The tables: typed rows, each of which remembers its file and line."""

from __future__ import annotations

from collections import UserDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import islice
from types import MappingProxyType
from typing import NoReturn

from press.data.fields import TIMES, Value
from press.data.schema import TableDescription
from press.ground.errors import BuildError, Problem, quote_words, suggest_similar_or_all
from press.ground.memoizing import Memoizing
from press.ground.period import MONTHS, Period

LENGTHS = {"month": 7, "year": 4}  # of a date that is known so exactly, in characters


@dataclass(frozen=True, eq=False)
class Row:
    """One row; ``row["column"]`` is its typed value, ``None`` where the cell is empty.

    ``line`` counts from 1.
    """

    table: TableDescription
    path: str
    line: int
    values: Mapping[str, Value]

    def __getitem__(self, column: str) -> Value:
        """Return the value in a column.

        Raises ``BuildError`` for a column that the description lacks.
        """
        try:
            return self.values[column]
        except KeyError:
            message = f"found no column {quote_words(column)}, which the story reads"
            raise BuildError.at(
                self.table.path, 1, message, suggest_similar_or_all(column, self.values)
            ) from None

    def get_values(self, columns: Iterable[str]) -> tuple[Value, ...]:
        """Return the values in some columns; raises as ``row[column]``."""
        return tuple(self[column] for column in columns)

    def number(self, column: str) -> Decimal:
        """Return the number in a column, in the column's unit.

        Raises ``BuildError`` where there is none.
        """
        value = self[column]
        if isinstance(value, Decimal | int):
            return Decimal(value)
        raise BuildError.at(
            self.path, self.line, f"found no number in {column}, which the story reads"
        )

    @property
    def is_derived(self) -> bool:
        """Tell whether the row was not printed by its source but follows from what was
        (its ``status`` says so).
        """
        return self.values.get("status") == "derived"

    @property
    def figures_but_derived(self) -> tuple[Decimal, ...]:
        """Its figures that a page prints: all but the first, of which the status is, if
        derived.
        """
        names = islice(
            self.table.precision_column_by_figure_column, self.is_derived, None
        )
        return tuple(self.number(name) for name in names if self[name] is not None)

    @property
    def time(self) -> str:
        """The time that it is of, as exactly as it is known; empty where
        it has none.
        """
        known = (
            name for name in self.table.dating_columns[-1:] if self[name] is not None
        )
        return "".join(_format_known_time(self, name) for name in known)

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The ids of the pages that print this row, the finest print first."""
        ids = self.values.get("source_ids")
        return ids if isinstance(ids, tuple) else ()


@dataclass(frozen=True, eq=False)
class Table(Memoizing):
    """A table: its description, its rows in the file's order, the text that it was read
    from.
    """

    description: TableDescription
    path: str
    rows: tuple[Row, ...]
    text: str = ""

    @cached_property
    def by_key(self) -> Mapping[tuple[Value, ...], Row]:
        """The rows by the values of the primary key."""
        columns = self.description.primary_key
        rows = {row.get_values(columns): row for row in self.rows}
        return MappingProxyType(rows)

    @cached_property
    def newest(self) -> str:
        """The newest time that a row is of, as exactly as it is known: ``2026-04``;
        empty where rows have none.

        It is the last time of the key, or of the first column of dates.
        """
        return max((row.time for row in self.rows), default="")

    @cached_property
    def span(self) -> tuple[str, str]:
        """The oldest and the newest time that a row is of; two empty texts where rows
        have none.
        """
        times = list[str]()
        for name in self.description.dating_columns[:1]:
            rows = (row for row in self.rows if row[name] is not None)
            times += (_format_known_time(row, name) for row in rows)
        return min(times, default=""), self.newest

    @cached_property
    def periods(self) -> frozenset[Period]:
        """The years, quarters, months and days in its columns."""
        texts = set[str]()
        for name, field in self.description.fields.items():
            if field.type in TIMES:
                texts.update(str(row[name]) for row in self.rows)
        texts.discard(str(None))
        return frozenset(map(Period.parse, texts))

    @cached_property
    def due(self) -> str:
        """The day by which the figures after its newest are out; empty where its
        description does not say.
        """
        calendar = self.description.refresh.due
        if calendar is None:
            return ""
        period = Period.parse(self.newest).shift_by_own_lengths()
        while period.last % MONTHS + 1 in calendar.without:
            period = period.shift_by_own_lengths()
        month = period.last + calendar.months
        return f"{Period(month, month)}-{calendar.day:02d}"


def list_problems_of_overdue_tables(data: Data, day: str) -> list[Problem]:
    """Return a problem for each table whose next figures were due before a day."""
    return [
        Problem(
            table.description.path,
            table.description.toml.find_line_or_closest("refresh", "due"),
            f"overdue: figures after {table.newest} were due by {table.due}",
            f"if there are none, content/site.toml may say so: looked_on = {day}",
        )
        for table in data.values()
        if "" < table.due < day
    ]


def add_steps_to_time(time: str, steps: int) -> str:
    """Return the time so many steps of its own length later: the year 2028 is one after
    2024 by four steps.
    """
    return str(Period.parse(time).shift_by_own_lengths(steps))


def _format_known_time(row: Row, name: str) -> str:
    """Return a row's time, only as much of a date as its column of precision says."""
    precision = row.values.get(f"{name}_precision")
    length = LENGTHS.get(str(precision))
    return str(row[name])[:length]


class Data(UserDict[str, Table]):
    """All tables by name, in the order of their names.

    Raises ``BuildError`` for an unknown name, no ``KeyError``.
    """

    def __init__(self, tables: Mapping[str, Table], folder: str = "data") -> None:
        """Hold the tables that were read from ``folder``."""
        super().__init__(sorted(tables.items()))
        self._folder = folder

    def __missing__(self, name: str) -> NoReturn:
        """Raise ``BuildError``: the story reads a table that is not there."""
        message = "found no such table, expected one: the story reads it"
        raise BuildError.at(
            f"{self._folder}/{name}.csv", 1, message, suggest_similar_or_all(name, self)
        )
