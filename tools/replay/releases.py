"""Releases: which rows came out when, and the story's tables without them."""

from __future__ import annotations

import csv
import io
import tomllib
from collections import defaultdict
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

TABLES = ("trade_to_month", "trade_annual", "oil_prices")
SOURCES = "sources"
LAST = "2023-12-31"  # what was published after it comes out; what is undated stays
ANCHOR = "[[anchors]]"


class Lines(NamedTuple):
    """A CSV file by lines, each with its row: a record stands on one line."""

    head: str
    rows: tuple[tuple[str, Mapping[str, str]], ...]

    @classmethod
    def of(cls, path: Path) -> Lines:
        """Read a file."""
        head, *lines = path.read_bytes().decode("utf-8").splitlines(keepends=True)
        rows = csv.DictReader(io.StringIO("".join([head, *lines]), newline=""))
        return cls(head, tuple(zip(lines, rows, strict=True)))

    def text(self, lines: Collection[str]) -> bytes:
        """Return the file with these lines alone."""
        return "".join([self.head, *lines]).encode()


def releases(folder: Path) -> dict[str, dict[str, list[str]]]:
    """Return the lines of the tables that come out, by the day of their first source and by table, the oldest first."""
    published = {row["id"]: row["published"] for _, row in Lines.of(folder / f"{SOURCES}.csv").rows}
    found = defaultdict[str, dict[str, list[str]]](dict)
    for table in TABLES:
        for line, row in Lines.of(folder / f"{table}.csv").rows:
            day = published[row["source_ids"].split(";")[0]]
            if day[:1].isdigit() and day > LAST:
                found[day].setdefault(table, []).append(line)
    return dict(sorted(found.items()))


def without(path: Path, lines: Collection[str]) -> None:
    """Take lines out of a CSV file."""
    table = Lines.of(path)
    path.write_bytes(table.text([line for line, _ in table.rows if line not in lines]))


def uncited(folder: Path) -> list[str]:
    """Return the lines of sources that no row of any table cites."""
    cited = set[str]()
    for path in folder.glob("*.csv"):
        for _, row in Lines.of(path).rows:
            cited |= {page for name, cell in row.items() if name.endswith("source_ids") for page in cell.split(";")}
    return [line for line, row in Lines.of(folder / f"{SOURCES}.csv").rows if row["id"] not in cited]


def anchored(today: str, table: Path) -> str:
    """Return a description as it is today, but for anchors whose rows are not there yet."""
    rows = [row for _, row in Lines.of(table).rows]
    head, *anchors = today.split(ANCHOR)
    wanted = [tomllib.loads(text)["row"] for text in anchors]
    there = [any(all(row[key] == value for key, value in want.items()) for row in rows) for want in wanted]
    return head + "".join(ANCHOR + text for text, is_there in zip(anchors, there, strict=True) if is_there)
