"""The table of a chart: as readers see it, as files hold it, as its values are told one
by one.
"""

from decimal import Decimal

import pytest

from press.ground.grid import Cell, Column, Grid, Tip

COLUMNS = (
    Column("year", "Year"),
    Column("oil_usd_billion", "Oil", "$ bn"),
    Column("gas_usd_billion", "Gas", "$ bn"),
)
ROWS = (
    (Cell("2022", 2022), Cell("58.4", Decimal("58.373")), Cell("–", None)),
    (Cell("2023", 2023), Cell("60.6\u2007", Decimal("60.64")), Cell("11", Decimal(11))),
)
TIP = Tip("{column} in {row}", "{value} {unit}")


def test_what_is_not_known_is_empty_in_a_file():
    """Names head the columns, numbers have a point, and a dash of the page is nothing
    at all.
    """
    assert (
        Grid(COLUMNS, ROWS).csv()
        == "year,oil_usd_billion,gas_usd_billion\n2022,58.373,\n2023,60.64,11\n"
    )


def test_a_value_is_told_with_its_place_and_without_the_spaces_that_align_it():
    """Row, column, value and unit stand where the chart's words put them."""
    told = Grid(COLUMNS, ROWS, tip=TIP).told(1, "oil_usd_billion")

    assert (told, told.text) == (("Oil in 2023", "60.6 $ bn"), "Oil in 2023: 60.6 $ bn")


def test_only_known_values_are_told():
    """Nothing of what is missing."""
    assert [tip.label for tip in Grid(COLUMNS, ROWS, tip=TIP).tips()] == [
        "Oil in 2022",
        "Oil in 2023",
        "Gas in 2023",
    ]


def test_values_are_told_series_by_series():
    """Those of a column follow each other where the columns are the series, else those
    of a row.
    """
    full = (ROWS[1], (Cell("2024", 2024), Cell("62", 62), Cell("12", 12)))

    down, across = (
        [tip.value for tip in Grid(COLUMNS, full, series).tips()]
        for series in ("columns", "rows")
    )

    assert (down, across) == (["60.6", "62", "11", "12"], ["60.6", "11", "62", "12"])


def test_a_table_can_be_cut_to_what_a_drawing_shows():
    """Columns without a value that is drawn are left out; what heads the rows stays."""
    grid = Grid(COLUMNS, ROWS, tip=TIP)

    shown = grid.showing([grid.told(1, "gas_usd_billion")])

    assert ([column.name for column in shown.columns], shown.rows[1]) == (
        ["year", "gas_usd_billion"],
        [ROWS[1][0], ROWS[1][2]],
    )


def test_a_column_of_no_name_cannot_be_told():
    """The message names those that there are."""
    with pytest.raises(
        ValueError,
        match='found the column "oil", expected one of year, oil_usd_billion',
    ):
        Grid(COLUMNS, ROWS).told(0, "oil")


@pytest.mark.parametrize(
    ("columns", "rows", "message"),
    [
        ((), (), "found the columns none, expected some"),
        (
            (Column("a", "A"), Column("a", "B")),
            (),
            "found the columns a, a, expected some, each once",
        ),
        (
            (Column("Trade, $", "A"),),
            (),
            'found the column "Trade, [$]", expected a name in small letters',
        ),
        ((Column("a", "A"),), ((),), "found 0 cells in a row, expected 1"),
    ],
)
def test_what_makes_no_table_is_refused_where_it_is_made(columns, rows, message):
    """The function that made it is the one that is told."""
    with pytest.raises(ValueError, match=message):
        Grid(columns, rows)
