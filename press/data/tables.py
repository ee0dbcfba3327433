"""The tables: typed rows, each of which remembers its file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType

from press.data.schema import Description, Value
from press.errors import BuildError, Problem, quoted, similar


@dataclass(frozen=True, eq=False)
class Row:
    """One row; ``row["column"]`` is its typed value, ``None`` where the cell is empty. ``line`` counts from 1."""

    table: Description
    path: str
    line: int
    values: Mapping[str, Value]

    def __getitem__(self, column: str) -> Value:
        """Return the value in a column. Raises ``BuildError`` for a column that the description lacks."""
        try:
            return self.values[column]
        except KeyError:
            message = f"found no column {quoted(column)}, which the story reads"
            raise BuildError([Problem(self.table.path, 1, message, similar(column, self.values))]) from None

    def number(self, column: str) -> Decimal:
        """Return the number in a column, in the column's unit. Raises ``BuildError`` where there is none."""
        value = self[column]
        if isinstance(value, Decimal | int):
            return Decimal(value)
        raise BuildError([Problem(self.path, self.line, f"found no number in {column}, which the story reads")])

    @property
    def derived(self) -> bool:
        """Tell whether the row was not printed by its source but follows from what was (its ``status`` says so)."""
        return self.values.get("status") == "derived"

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The ids of the pages that print this row, the finest print first."""
        ids = self.values.get("source_ids")
        return ids if isinstance(ids, tuple) else ()


@dataclass(frozen=True, eq=False)
class Table:
    """A table: its description, its rows in the file's order; a hash of the texts it was read from, and its own."""

    description: Description
    path: str
    rows: tuple[Row, ...]
    digest: str = ""
    text: str = ""

    @cached_property
    def by_key(self) -> Mapping[tuple[Value, ...], Row]:
        """The rows by the values of the primary key."""
        key = self.description.primary_key
        return MappingProxyType({tuple(row[column] for column in key): row for row in self.rows})

    @property
    def newest(self) -> str:
        """The newest time that a row is of, as exactly as it is known: ``2026-04``; empty where rows have none.

        It is the last time of the key, or of the first column of dates.
        """
        fields = self.description.fields
        dates = [name for name, field in fields.items() if field.type == "date"]
        for name in [*self.description.times[-1:], *dates][:1]:
            return max((_known(row, name) for row in self.rows if row[name] is not None), default="")
        return ""


def _known(row: Row, name: str) -> str:
    """Return a row's time, only as much of a date as its column of precision says."""
    return str(row[name])[: {"month": 7, "year": 4}.get(str(row.values.get(f"{name}_precision")))]


class Data(Mapping[str, Table]):
    """All tables by name, in the order of their names. Raises ``BuildError`` for an unknown name, no ``KeyError``."""

    def __init__(self, tables: Mapping[str, Table], folder: str = "data") -> None:
        """Hold the tables that were read from ``folder``."""
        self._tables, self._folder = dict(sorted(tables.items())), folder

    def __getitem__(self, name: str) -> Table:
        """Return a table. Raises ``BuildError`` where the story reads one that is not there."""
        if name in self._tables:
            return self._tables[name]
        message = "found no such table, expected one: the story reads it"
        raise BuildError([Problem(f"{self._folder}/{name}.csv", 1, message, similar(name, self))])

    def __contains__(self, name: object) -> bool:
        """Tell whether there is such a table."""
        return name in self._tables

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._tables)

    def __len__(self) -> int:
        """Count the tables."""
        return len(self._tables)
