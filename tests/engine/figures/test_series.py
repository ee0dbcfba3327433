"""Reading a chart's table: which way its time runs, and what its series are."""

from decimal import Decimal

import pytest

from press.figures.series import (
    Point,
    Series,
    list_dating_cells_earliest_first,
    read_series_of_table,
)
from press.ground.grid import Cell, Column, Grid
from tests.cases import load_cases

CASES = load_cases(__file__)


def make_grid(columns, heads, rows, along="columns", **_found):
    """Return a table of columns in one unit, of rows of values that are written as they
    are, with its series.
    """
    return Grid(
        [Column(name, head, "t") for name, head in zip(columns, heads, strict=True)],
        [[make_cell(value) for value in row] for row in rows],
        along,
        labels=len(columns),  # for words stand among the figures
    )


def make_cell(value):
    if value == "":
        return Cell("–", None)
    if isinstance(value, float):
        value = Decimal(value)
    return Cell(str(value), value)


def make_series(name, values, gaps):
    """Return a series in the tables' unit of values by place."""
    points = [
        Point(place, str(value), Decimal(value)) for place, value in values.items()
    ]
    return Series(name, "t", points, gaps)


@pytest.mark.parametrize("case", CASES["series"].values(), ids=CASES["series"].keys())
def test_series_run_with_the_time_of_the_table(case):
    """Down the columns or along the rows, as the table says; in time where the others
    are times.
    """
    gaps = case.get("gaps", {})
    series = [
        make_series(name, values, gaps.get(name, []))
        for name, values in case.get("values", {}).items()
    ]

    reading = read_series_of_table(make_grid(**case))

    assert reading.in_time == case["in_time"]
    assert list(reading.series) == series


@pytest.mark.parametrize("case", CASES["dates"].values(), ids=CASES["dates"].keys())
def test_a_table_is_dated_by_a_column_or_by_its_heads(case):
    """The dates of a table come in order, from a column that dates its rows, or else
    from the heads.
    """
    dates = list_dating_cells_earliest_first(make_grid(**case))

    assert [cell.text for cell in dates] == case["found"]
