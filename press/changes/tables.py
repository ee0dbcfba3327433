"""Tables: rows added, revised and removed, by their keys, a few of each shown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from press.changes.section import Item, Section, Side, counted, cut, of_kinds

SAMPLES = 3  # rows of each kind; of more the number is told
LONG = 40  # characters of a cell


class Rows(NamedTuple):
    """A table as read: its columns, and the cells of each row by its key; what is printed twice by its number, too."""

    columns: tuple[str, ...]
    rows: Mapping[tuple[str, ...], Mapping[str, str]]


def section(before: Side, after: Side) -> Section:
    """Return the tables that differ, then those of one side alone; a side without tables says nothing of them."""
    if "tables" not in before or "tables" not in after:
        return Section("Tables", "", ())
    old, new = before["tables"], after["tables"]
    both = [name for name in new if name in old and new[name]["text"] != old[name]["text"]]
    changed = {name: "; ".join(_told(_rows(old[name]), _rows(new[name]))) for name in both}
    added, gone = ([name for name in one if name not in other] for one, other in ((new, old), (old, new)))
    lone = (
        [Item(name, f"{what}: {counted(len(_rows(side[name]).rows), 'row')}") for name in names]
        for what, names, side in (("new", added, new), ("gone", gone, old))
    )
    differ = [Item(name, what or "the same rows, written otherwise") for name, what in changed.items()]
    return of_kinds("Tables", differ, *lone)


def _told(old: Rows, new: Rows) -> Iterator[str]:
    """Yield what differs between two states of a table."""
    added, gone = (
        [name for name in one.columns if name not in other.columns] for one, other in ((new, old), (old, new))
    )
    for names, what in ((added, "new"), (gone, "gone")):
        if names:
            yield f"{what} {counted(len(names), 'column').partition(' ')[2]} {', '.join(names)}"
    shared = [name for name in new.columns if name in old.columns]
    revised = {key: _cells(old.rows[key], cells, shared) for key, cells in new.rows.items() if key in old.rows}
    kinds = (
        ("row added", "rows added", [", ".join(key) for key in new.rows if key not in old.rows]),
        ("row revised", "rows revised", [f"{', '.join(key)}: {told}" for key, told in revised.items() if told]),
        ("row removed", "rows removed", [", ".join(key) for key in old.rows if key not in new.rows]),
    )
    for one, many, rows in kinds:
        if rows:
            yield f"{counted(len(rows), one, many)} ({_some(rows)})"


def _cells(old: Mapping[str, str], new: Mapping[str, str], columns: Sequence[str]) -> str:
    """Say which cells of a row differ; nothing where none does."""
    changed = [name for name in columns if old[name] != new[name]]
    return ", ".join(
        f"{name} {cut(old[name], LONG) or 'empty'} → {cut(new[name], LONG) or 'empty'}" for name in changed
    )


def _some(rows: Sequence[str]) -> str:
    more = f"; and {len(rows) - SAMPLES} more" if len(rows) > SAMPLES else ""
    return "; ".join(rows[:SAMPLES]) + more


def _rows(table: Mapping[str, Any]) -> Rows:
    """Read the text of a table. A row is known by its key; without one, by all its cells."""
    head, *lines = [*csv.reader(io.StringIO(table["text"], newline=""))] or [[]]
    key = [name for name in table["key"] if name in head] or head
    rows = dict[tuple[str, ...], Mapping[str, str]]()
    for number, line in enumerate(lines, 2):
        cells = {name: line[place] if place < len(line) else "" for place, name in enumerate(head)}
        name = tuple(cells[part] for part in key)
        rows[(*name, f"line {number}") if name in rows else name] = cells
    return Rows(tuple(head), rows)
