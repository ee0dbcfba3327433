"""What the descriptions of the tables say of figures to come: how they come, and that nothing bars their way."""

from __future__ import annotations

import csv
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from press.data import load
from press.intake.prints import before, figures, leaps
from story.sources import ADAPTERS
from tests.story import newer

ROOT = Path(__file__).resolve().parents[2]
TABLES = sorted(path.stem for path in (ROOT / "data").glob("*.csv"))
LATER = {"year": ["2027", "2040"], "yearmonth": ["2027-01", "2040-12"], "date": ["2027-01-31", "2040-12-31"]}
GROWN = Decimal("2.5")  # times: far more than ten years of growth may bring


@pytest.fixture(scope="module")
def data():
    """Read the tables of the story."""
    return load(ROOT / "data", ROOT)


@pytest.mark.parametrize("name", TABLES)
def test_a_description_says_how_its_table_is_refreshed(data, name):
    """In a sentence; a table that an adapter fills is kept up by a command."""
    refresh = data[name].description.refresh

    assert refresh.how.endswith(".")
    assert refresh.command.startswith("python build.py ") or not (refresh.adapter or refresh.command)


@pytest.mark.parametrize("name", TABLES)
def test_no_time_has_an_end(data, name):
    """A last year or month in a description would refuse the release after it."""
    fields = data[name].description.fields.values()

    assert [field.name for field in fields if field.type in newer.TIMES and "maximum" in field.constraints] == []


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_times_takes_rows_of_years_to_come(tmp_path, name):
    """Rows of the next January and of 2040, with figures that have grown, are as good as those of today."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    table = newer.Table(tmp_path / "data" / f"{name}.csv", tmp_path)
    times = {column: LATER[field.type] for column, field in table.fields.items() if field.type in newer.TIMES}
    grows = [column for column, field in table.fields.items() if field.jump is not None and not field.in_points]
    before = len(load(tmp_path / "data", tmp_path)[name].rows)

    for number in range(2 if table.times else 0):
        for row in newer.ends(table):
            moved = {column: when[number] for column, when in times.items() if row[column]}
            grown = {column: str(Decimal(row[column]) * GROWN) for column in grows if row[column]}
            table.new.append(row | moved | grown)
    table.write()

    assert len(load(tmp_path / "data", tmp_path)[name].rows) == before + len(table.new)
    assert bool(table.new) == bool(table.times)


@pytest.mark.parametrize("name", TABLES)
def test_what_was_printed_keeps_to_the_jumps(data, name):
    """A jump that history has exceeded would ask about figures that are right."""
    table = data[name]
    fields = table.description.fields
    columns = [column for column in figures(table.description) if fields[column].jump is not None]
    pairs = [
        (row, near[0], near[1], column)
        for column in columns
        for row in table.rows
        if row[column] is not None and (near := before(table, row, column))
    ]

    assert [
        f"{row.path}:{row.line}: {column}"
        for row, other, steps, column in pairs
        if leaps(
            (row.number(column), other.number(column)), fields[column].jump, steps, in_points=fields[column].in_points
        )
    ] == []


def test_adapters_and_commands_that_descriptions_name_are_there(data):
    """Each adapter fills a table, and each command is one that the command line has."""
    refreshes = [table.description.refresh for table in data.values()]
    verbs = {refresh.command.split()[2] for refresh in refreshes if refresh.command}

    assert {refresh.adapter for refresh in refreshes} - {""} <= {adapter.name for adapter in ADAPTERS}
    assert verbs <= {"update", "import", "record"}
    for name, table in data.items():
        refresh = table.description.refresh
        if "record" in refresh.command:
            assert refresh.command == f"python build.py record {name}"
        if refresh.adapter:
            assert refresh.command == f"python build.py update --only {refresh.adapter}"


def test_newest_rows_are_told_by_their_times(data):
    """The newest row of a table of months is its last month, of statements the day on which one was made."""
    with (ROOT / "data" / "trade_to_month.csv").open(encoding="utf-8", newline="") as file:
        months = [row["month"] for row in csv.DictReader(file)]

    assert data["trade_to_month"].newest == max(months)
    assert data["sources"].newest == ""
