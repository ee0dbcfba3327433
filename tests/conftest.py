"""What all tests share: patience, one drawing process, and tables without files."""

import os
import signal
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from press.data.fields import Field, Value
from press.data.schema import TableDescription
from press.data.tables import Data, Row, Table
from press.figures.pool import DrawingPool

pytest_plugins = ("tests.browsing",)
# How long an example takes, or to think of one, says how busy the machine is.
settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")
# The first of those that make test runs do without the site of the story, which one
# process builds meanwhile; all others stand here by how long they take, the longest
# first, so that all processes end together.
FIRST = (
    "tests/story/test_newer_rows.py",
    "tests/story/test_moved.py",
    "tests/story/test_bad_documents.py",
    "tests/story/browser/test_pages.py",
    "tests/story/sources/test_customs.py",
    "tests/story/test_sentences.py",
    "tests/story/browser/test_tips.py",
    "tests/story/browser/test_accessibility.py",
    "tests/story/browser/test_receipts.py",
    "tests/story/browser/test_search.py",
    "tests/story/test_diff.py",
    "tests/story/browser/test_steps.py",
    "tests/story/browser/test_tools.py",
    "tests/story/browser/test_frames.py",
    "tests/story/browser/test_lists.py",
    "tests/story/browser/test_ruler.py",
    "tests/story/browser/test_bar.py",
    "tests/story/browser/test_charts.py",
    "tests/story/browser/test_timeline.py",
    "tests/story/test_editions.py",
    "tests/story/test_runs.py",
    "tests/story/test_december.py",
    "tests/story/browser/test_pictures.py",
    "tests/engine/desk/test_change_entry.py",
    "tests/engine/desk/test_preview.py",
    "tests/engine/test_bad_input.py",
    "tests/engine/desk/test_preview_in_browser.py",
    "tests/engine/test_bad_code.py",
    "tests/engine/desk/test_killed_new.py",
    "tests/engine/desk/test_last_line.py",
    "tests/engine/test_starter.py",
    "tests/engine/test_bad_size.py",
    "tests/engine/desk/test_killed.py",
    "tests/engine/desk/test_edition.py",
    "tests/engine/test_examples.py",
    "tests/engine/desk/test_diff.py",
    "tests/engine/desk/test_update.py",
    "tests/engine/intake/test_sheets.py",
)
# What a shell starts in the background ignores Ctrl-C, and so would all that the tests
# start.
signal.signal(signal.SIGINT, signal.default_int_handler)
# Each worker, and each command that a test runs, would compile the whole engine anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Test in one process more than there are cores: many tests wait for a browser, or
    for a command that they run.
    """
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what others wait for, and with files that take long: else one process
    may be busy with them when all others are done.
    """
    places = {file: place for place, file in enumerate(FIRST)}
    items.sort(key=lambda item: places.get(item.nodeid.partition("::")[0], len(FIRST)))


@pytest.fixture(scope="session")
def pool() -> Iterator[DrawingPool]:
    """Share one drawing process: it takes half a second to start."""
    shared = DrawingPool(1)
    yield shared
    shared.close()


def make_table(name: str, key: str, columns: str, *lines: str) -> Table:
    """Return a table without files: columns and cells as in a CSV, numbers where they
    look like numbers.
    """
    units = {"value_usd_million": "USD million", "precision_usd_million": "USD million"}
    names = columns.split(",")
    fields = {
        item: Field(item, "string", item, item, units.get(item, ""), ";", {}, 1)
        for item in names
    }
    rules = (fields, tuple(key.split(",")), (), ())
    description = TableDescription(
        f"data/{name}.toml", {}, *rules, name, name, [], [], []
    )
    rows = [
        Row(
            description,
            f"data/{name}.csv",
            line,
            dict(zip(names, map(parse_cell, cells.split(",")), strict=True)),
        )
        for line, cells in enumerate(lines, 2)
    ]
    return Table(description, f"data/{name}.csv", tuple(rows))


def parse_cell(cell: str) -> Value:
    """Return a cell as a table would hold it: years and figures as numbers, ids in a
    list, the rest as text.
    """
    if cell.startswith("["):
        return tuple(cell.strip("[]").split(";"))
    if len(cell) == len("2023") and cell.isdecimal():
        return int(cell)
    try:
        return Decimal(cell) if cell else None
    except InvalidOperation:
        return cell


@pytest.fixture
def tables() -> Callable[..., Data]:
    """Return a function that makes tables out of ``name=(key, columns, *lines)``."""
    return lambda **contents: Data(
        {name: make_table(name, *content) for name, content in contents.items()}
    )


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., str]:
    """Return a function that saves a document and gives its path."""

    def save(body: str | bytes, name: str = "saved.html") -> str:
        path = tmp_path / name
        path.write_bytes(body if isinstance(body, bytes) else body.encode())
        return str(path)

    return save
