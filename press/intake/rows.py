"""Rows of tables as their files write them, by the cells of their keys."""

from __future__ import annotations

import csv
import io
from typing import Any

from press.data import Table

Key = tuple[str, ...]  # of a row, as its cells write it
TableAndKey = tuple[str, Key]  # a table and the key of a row


def get_cells_by_key(table: Table) -> dict[Key, dict[str, str]]:
    """Return the rows of a table as its file writes them, by their keys."""
    return table.get_memoized(_read_cells)


def _read_cells(table: Table) -> dict[Key, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(table.text, newline=""))
    names = table.description.primary_key
    return {tuple(map(row.__getitem__, names)): row for row in rows}


def format_table_with_rows(table: Table, rows: dict[Key, dict[str, str]]) -> str:
    """Return the text of a table's file with rows that have changed, and with new ones.

    A new row goes where its key belongs; where the rows are in no order of their keys
    it goes to the end.
    """
    about = table.description
    fields = [about.fields[name] for name in about.primary_key]

    def parse_key(key: Key) -> list[Any]:
        return [field.parse(cell) for field, cell in zip(fields, key, strict=True)]

    old = get_cells_by_key(table)
    keys = [*(old | rows)]
    if [*old] == sorted(old, key=parse_key):
        keys.sort(key=parse_key)
    text = io.StringIO()
    writer = csv.DictWriter(text, [*about.fields], lineterminator="\n")
    writer.writeheader()
    writer.writerows((old | rows)[key] for key in keys)
    return text.getvalue()


def format_cell_path(place: TableAndKey, column: str = "") -> str:
    """Write where a cell is: ``sums/2024-03/in/value``."""
    return "/".join(filter(None, (place[0], *place[1], column)))
