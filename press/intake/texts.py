"""A table as its file writes it: rows are changed and added, and every other byte stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from press.data import Table

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
CELL = re.compile(r'("(?:[^"]|"")*"|[^,]*)(?:,|\Z)')
SPECIAL = re.compile(r'[,"\r\n]')
Key = tuple[str, ...]


def key_of(row: Mapping[str, object], columns: Sequence[str]) -> Key:
    """Return a row's key as its cells write it."""
    cells = (row[column] for column in columns)
    return tuple(";".join(cell) if isinstance(cell, tuple) else str(cell) for cell in cells)


def rewritten(table: Table, body: bytes, changed: Mapping[Key, Mapping[str, str]], added: Sequence[Key]) -> bytes:
    """Return the bytes of a table's file with other cells in some rows, and with new rows.

    ``changed`` holds the new cells of a row by its key and their columns; those of an ``added`` row are all that it
    has. A new row goes where its key belongs; where the rows are in no order of their keys it goes to the end.
    """
    text = body.decode("utf-8")
    lines = LINE.findall(text)
    ends = [*(row.line - 1 for row in table.rows[1:]), len(lines)] if table.rows else []
    columns, keys = list(table.description.fields), table.description.primary_key
    end = re.search(r"[\r\n]*\Z", lines[0])
    newline = (end[0] if end else "") or "\n"
    head = "".join(lines[: table.rows[0].line - 1 if table.rows else len(lines)])
    records = list[tuple[tuple[Any, ...], str]]()
    for row, stop in zip(table.rows, ends, strict=True):
        key, raw = key_of(row.values, keys), "".join(lines[row.line - 1 : stop])
        records.append((tuple(row[column] for column in keys), _changed(raw, columns, changed.get(key, {}))))
    for key in added:
        cells = ",".join(_quoted(changed[key].get(column, "")) for column in columns)
        _insert(records, tuple(_typed(table, column, changed[key][column]) for column in keys), cells, newline)
    whole = _joined([head, *(raw for _, raw in records)], newline, ends_open=text[-1:] not in "\r\n")
    return whole.encode("utf-8")


def _typed(table: Table, column: str, text: str) -> object:
    return table.description.fields[column].parse(text)


def _insert(records: list[tuple[tuple[Any, ...], str]], key: tuple[Any, ...], cells: str, newline: str) -> None:
    """Put a row where its key belongs, if the rows are in the order of their keys; else to the end."""
    keys = [each for each, _ in records]
    place = len(records)
    if keys == sorted(keys):
        place = sum(1 for each in keys if each < key)
    records.insert(place, (key, cells + newline))


def _joined(parts: Sequence[str], newline: str, *, ends_open: bool) -> str:
    """Join rows; one that was the last and had no line end gets one where another follows."""
    whole = "".join(part if part.endswith(("\r", "\n")) else part + newline for part in parts if part)
    return whole.removesuffix(newline) if ends_open else whole


def _changed(raw: str, columns: Sequence[str], cells: Mapping[str, str]) -> str:
    """Return a row's text with some cells changed, the others as they were written."""
    if not cells:
        return raw
    body = raw.rstrip("\r\n")
    written = _cells(body)
    for column, text in cells.items():
        written[columns.index(column)] = _quoted(text)
    return ",".join(written) + raw[len(body) :]


def _cells(raw: str) -> list[str]:
    """Split a row's text into its cells as they are written, with their quotation marks."""
    found, place = list[str](), 0
    while match := CELL.match(raw, place):
        found.append(match[1])
        place = match.end()
        if not match[0].endswith(","):
            break
    return found


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if SPECIAL.search(text) else text
