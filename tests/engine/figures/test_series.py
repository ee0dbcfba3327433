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


def grid(names, heads, *rows, along="columns"):
    """Return a table of columns in one unit, of rows of values that are written as they
    are, with its series.
    """
    columns = [
        Column(name, head, "t")
        for name, head in zip(names.split(), heads.split(), strict=True)
    ]
    return Grid(
        columns,
        [
            [Cell("–" if value is None else f"{value}", value) for value in row]
            for row in rows
        ],
        along,
        labels=len(columns),  # for words stand among the figures
    )


def series(name, values, gaps=()):
    """Return a series in the tables' unit of values by place."""
    return Series(
        name,
        "t",
        [Point(place, str(value), Decimal(value)) for place, value in values.items()],
        list(gaps),
    )


@pytest.mark.parametrize(
    ("table", "in_time", "found"),
    [
        pytest.param(
            grid("year oil gas", "Year Oil Gas", [2015, 1, None], [2016, 2, 3]),
            True,
            [
                series("Oil", {"2015": 1, "2016": 2}),
                series("Gas", {"2016": 3}, ["2015"]),
            ],
            id="rows are years",
        ),
        pytest.param(
            grid("trade_month total_2022 total_2023", "Month 2022 2023", ["May", 1, 2]),
            True,
            [series("2022", {"May": 1}), series("2023", {"May": 2})],
            id="rows are months by the name of their column, whatever the columns are",
        ),
        pytest.param(
            grid(
                "when oil_2015 oil_2016",
                "When 2015 2016",
                ["2015-01", 1, 2],
                ["2015-02-28", 3, 4],
            ),
            True,
            [
                series("2015", {"2015-01": 1, "2015-02-28": 3}),
                series("2016", {"2015-01": 2, "2015-02-28": 4}),
            ],
            id="rows are dates, whatever they are called",
        ),
        pytest.param(
            grid(
                "goods code sales_2021 sales_2023",
                "Goods Code 2021 2023",
                ["Oil", 27, 1, 2],
                ["Toys", 95, 3, None],
                ["Rest", 0, None, "few"],
                along="rows",
            ),
            True,
            [
                series("Oil", {"2021": 1, "2023": 2}),
                series("Toys", {"2021": 3}, ["2023"]),
            ],
            id="rows along years",
        ),
        pytest.param(
            grid(
                "goods arden borsia", "2023 Arden Borsia", ["Oil", 1, 2], along="rows"
            ),
            False,
            [series("Oil", {"Arden": 1, "Borsia": 2})],
            id="rows along things",
        ),
        pytest.param(
            grid("number arden borsia", "No. Arden Borsia", [7, 1, 2], along="rows"),
            False,
            [series("7", {"Arden": 1, "Borsia": 2})],
            id="the number of a row is none of its figures",
        ),
        pytest.param(
            grid("goods", "Goods", ["Oil"], along="rows"),
            False,
            [],
            id="rows of nothing",
        ),
        pytest.param(
            grid("goods sales", "Goods Sales", ["Oil", 1], ["13th", 2]),
            False,
            [series("Sales", {"Oil": 1, "13th": 2})],
            id="no time",
        ),
        pytest.param(
            grid(
                "year goal due_year",
                "Year Goal Due",
                [2015, "60–80", 2020],
                [2016, 90, None],
                [2017, None, None],
            ),
            True,
            [series("Goal", {"2016": 90}, ["2017"])],
            id="words are neither figures nor gaps, dates are no figures",
        ),
        pytest.param(
            grid("year oil", "Year Oil", [2015, Decimal("NaN")], [2016, "none"]),
            True,
            [],
            id="no figure at all",
        ),
    ],
)
def test_series_run_with_the_time_of_the_table(table, in_time, found):
    """Down the columns or along the rows, as the table says; in time where the others
    are times.
    """
    reading = read_series_of_table(table)

    assert (reading.in_time, list(reading.series)) == (in_time, found)


@pytest.mark.parametrize(
    ("table", "found"),
    [
        pytest.param(
            grid("when oil", "When Oil", [2016, 1], [2015, 2]),
            ["2015", "2016"],
            id="the first column",
        ),
        pytest.param(
            grid(
                "event date",
                "Event Date",
                ["a", "2023-12-07"],
                ["b", None],
                ["c", "1992"],
            ),
            ["1992", "2023-12-07"],
            id="a column named for time",
        ),
        pytest.param(
            grid("when oil", "When Oil", ["2024-Q3", 1], ["2023-Q4", 2]),
            ["2023-Q4", "2024-Q3"],
            id="quarters",
        ),
        pytest.param(
            grid("goods tonnes", "Goods Tonnes", ["Oil", 1500], ["Gas", 2023]),
            [],
            id="figures like years",
        ),
        pytest.param(
            grid("event date", "2023-12 2022", ["a", None]),
            ["2022", "2023-12"],
            id="heads where no date is known",
        ),
        pytest.param(
            grid("event date", "Event Date", ["a", "2023-13"], ["b", "1992"]),
            [],
            id="what is no date",
        ),
    ],
)
def test_a_table_is_dated_by_a_column_or_by_its_heads(table, found):
    """The dates of a table come in order, from a column that dates its rows, or else
    from the heads.
    """
    assert [cell.text for cell in list_dating_cells_earliest_first(table)] == found
