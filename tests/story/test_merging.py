"""Rows of the story's own tables, taken out and merged again: each comes back to its place."""

from __future__ import annotations

import csv
import io
import random
import shutil
from pathlib import Path

import pytest

from press.data import Data, Table, load, parse_rows
from press.intake.merge import merge
from press.intake.release import Line, Release

ROOT = Path(__file__).resolve().parents[2]
APART = {"sources"}  # pages come with the rows that cite them


def in_lines(path: Path) -> bool:
    """Tell whether each row of a table is one line, as it must be to be taken out here."""
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) == path.read_bytes().count(b"\n")


PATHS = [path for path in (ROOT / "data").glob("*.csv") if path.stem not in APART]
TABLES = sorted(path.stem for path in PATHS if path.read_bytes().count(b"\n") > 2 and in_lines(path))


@pytest.fixture(scope="module")
def whole():
    """Read the tables of the story."""
    return load(ROOT / "data", ROOT)


@pytest.mark.parametrize("name", TABLES)
def test_rows_that_are_merged_again_are_as_they_were(whole, tmp_path, name):
    """In any order; the others keep their bytes, and these have the quotation marks that they need."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    table, path = whole[name], tmp_path / "data" / f"{name}.csv"
    rows = list(csv.DictReader(io.StringIO(table.text, newline="")))
    chance = random.Random(name)  # noqa: S311 - nothing secret
    out = chance.sample(range(len(rows)), len(rows) // 2)
    lines = path.read_bytes().decode().splitlines(keepends=True)
    kept = [line for number, line in enumerate(lines, -1) if number < 0 or number not in out]
    release = Release("", {}, (), [Line(name, rows[number]) for number in out])
    bodies = {each: (ROOT / own.path).read_bytes() for each, own in whole.items()}
    path.write_bytes("".join(kept).encode())
    data = parsed(whole, name, "".join(kept))

    plan = merge(data, bodies | {name: path.read_bytes()}, [release])
    plan = merge(data, bodies | {name: path.read_bytes()}, [release], [each.name for each in plan.questions])

    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows(csv.reader(io.StringIO(table.text, newline="")))
    plain = written.getvalue().splitlines(keepends=True)
    expected = [plain[number + 1] if number in out else line for number, line in enumerate(lines, -1)]
    merged = plan.files[table.path].decode().splitlines(keepends=True)
    in_order = [*table.by_key] == sorted(table.by_key)
    assert merged == expected if in_order else sorted(merged) == sorted(expected)
    assert plan.revised == plan.finer == plan.filled == plan.cited == ()


def parsed(whole, name, text):
    """Return the tables with another text of one, whatever others say to it."""
    own = whole[name]
    rows = parse_rows(text, own.path, own.description)
    return Data({**whole, name: Table(own.description, own.path, rows, "", text)})
