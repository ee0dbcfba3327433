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


def test_a_unit_that_is_the_head_stands_above_its_column_once():
    """What is counted is its own unit."""
    heads = [Column("a", "Oil", "$ bn"), Column("b", "Oil"), Column("c", "Oil", "Oil")]

    assert [column.heading for column in heads] == ["Oil, $ bn", "Oil", "Oil"]


def lines_of_file(columns, rows, **options):
    """Return the lines of the CSV of a table."""
    return Grid(columns, rows, **options).format_as_long_csv().splitlines()


def test_a_file_has_a_row_for_each_figure_that_is_known():
    """Numbers have a point, and a dash of the page is no row; column by column."""
    assert lines_of_file(COLUMNS, ROWS) == [
        "measure,year,value,precision,calculated",
        "oil_usd_billion,2022,58.373,,false",
        "oil_usd_billion,2023,60.64,,false",
        "gas_usd_billion,2023,11,,false",
    ]


def test_a_file_says_how_exactly_a_figure_is_known_and_whether_it_is_calculated():
    """Both stand beside the value."""
    known = Cell("60.6", Decimal("60.64"), "", Decimal("0.01"), calculated=True)

    assert lines_of_file(COLUMNS[:2], [[ROWS[1][0], known]])[1:] == [
        "oil_usd_billion,2023,60.64,0.01,true"
    ]


BY_YEAR = (
    Column("fuel", "Fuel"),
    Column("in_2022_usd_billion", "2022", "", "usd_billion", 2022),
    Column("in_2023_usd_billion", "2023", "", "usd_billion", 2023),
    Column("change_usd_billion", "Change"),
)
FUELS = ((Cell("Oil", "oil"), Cell("58", 58), Cell("61", 61), Cell("+3", 3)),)


def test_what_differs_across_columns_has_a_column_of_its_own_in_a_file():
    """The measure is named without it; a column that is at none of them says so by
    nothing.
    """
    assert lines_of_file(BY_YEAR, FUELS, across="year") == [
        "measure,year,fuel,value,precision,calculated",
        "usd_billion,2022,oil,58,,false",
        "usd_billion,2023,oil,61,,false",
        "change_usd_billion,,oil,3,,false",
    ]


def test_rows_of_several_labels_have_all_of_them_in_a_file():
    """They stand between what is measured and the value; words may stand there."""
    columns = (COLUMNS[0], Column("basis", "Basis"), COLUMNS[1])
    rows = ((Cell("2022", 2022), Cell("Printed", "printed"), Cell("58", 58)),)

    assert lines_of_file(columns, rows, labels=2) == [
        "measure,year,basis,value,precision,calculated",
        "oil_usd_billion,2022,printed,58,,false",
    ]


def test_a_table_of_labels_alone_is_its_own_file():
    """Nothing is measured in it; what is not known is empty."""
    assert lines_of_file(COLUMNS, ROWS, labels=3) == [
        "year,oil_usd_billion,gas_usd_billion",
        "2022,58.373,",
        "2023,60.64,11",
    ]


@pytest.mark.parametrize("rows", [(), ROWS[:1], ROWS])
def test_no_row_changes_the_columns_of_a_file(rows):
    """Whether there is a figure, or a precision, or one that is calculated."""
    whole = (
        *rows,
        (Cell("2024", 2024), Cell("1", 1, "", Decimal(1), calculated=True), ROWS[0][2]),
    )

    assert lines_of_file(COLUMNS, whole)[0] == lines_of_file(COLUMNS, rows)[0]


def test_no_further_year_changes_the_columns_of_a_file():
    """A column more of the table is rows more of the file."""
    fewer = [row[:2] for row in FUELS]

    assert (
        lines_of_file(BY_YEAR[:2], fewer, across="year")[0]
        == lines_of_file(BY_YEAR, FUELS, across="year")[0]
    )


def test_a_value_is_told_with_its_place_and_without_the_spaces_that_align_it():
    """Row, column, value and unit stand where the chart's words put them."""
    told = Grid(COLUMNS, ROWS, tip=TIP).make_tip(1, "oil_usd_billion")

    assert (told, told.text) == (("Oil in 2023", "60.6 $ bn"), "Oil in 2023: 60.6 $ bn")


def test_only_known_values_are_told():
    """Nothing of what is missing."""
    assert [
        tip.label for tip in Grid(COLUMNS, ROWS, tip=TIP).list_tips_of_known_values()
    ] == ["Oil in 2022", "Oil in 2023", "Gas in 2023"]


def test_values_are_told_series_by_series():
    """Those of a column follow each other where the columns are the series, else those
    of a row.
    """
    full = (ROWS[1], (Cell("2024", 2024), Cell("62", 62), Cell("12", 12)))

    down, across = (
        [tip.value for tip in Grid(COLUMNS, full, series).list_tips_of_known_values()]
        for series in ("columns", "rows")
    )

    assert (down, across) == (["60.6", "62", "11", "12"], ["60.6", "11", "62", "12"])


def test_a_table_can_be_cut_to_what_a_drawing_shows():
    """Columns without a value that is drawn are left out; what heads the rows stays."""
    grid = Grid(COLUMNS, ROWS, tip=TIP)

    shown = grid.drop_undrawn_number_columns([grid.make_tip(1, "gas_usd_billion")])

    assert ([column.name for column in shown.columns], shown.rows[1]) == (
        ["year", "gas_usd_billion"],
        [ROWS[1][0], ROWS[1][2]],
    )


def test_a_table_that_is_cut_keeps_its_figures_apart_from_its_labels():
    """Of labels that are numbers, those that no drawing shows are cut, too."""
    columns = (COLUMNS[0], Column("chapter", "Chapter"), *COLUMNS[1:])
    rows = [(row[0], Cell("27", 27), *row[1:]) for row in ROWS]
    grid = Grid(columns, rows, tip=TIP, labels=2)

    shown = grid.drop_undrawn_number_columns([grid.make_tip(1, "gas_usd_billion")])

    assert shown.csv_header == ("measure", "year", "value", "precision", "calculated")


def test_a_column_of_no_name_cannot_be_told():
    """The message names those that there are."""
    with pytest.raises(
        ValueError,
        match='found the column "oil", expected one of year, oil_usd_billion',
    ):
        Grid(COLUMNS, ROWS).make_tip(0, "oil")


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
        (
            (Column("measure", "A"), Column("b", "B")),
            (),
            'found two columns "measure" in the file of the table, expected labels of',
        ),
        (
            BY_YEAR,
            FUELS,
            'found the column "in_2022_usd_billion" at 2022, expected across to name',
        ),
        (
            (Column("a", "A"), Column("b", "B"), Column("c", "C", measure="b")),
            (),
            "found two columns of b, expected one",
        ),
        (
            COLUMNS[:2],
            ((Cell("2022", 2022), Cell("much", "much")),),
            'found "much" in the column oil_usd_billion, expected a figure, or the',
        ),
    ],
)
def test_what_makes_no_table_is_refused_where_it_is_made(columns, rows, message):
    """The function that made it is the one that is told."""
    with pytest.raises(ValueError, match=message):
        Grid(columns, rows)
