"""Drafts of alternative texts and summaries: what they say of a table, and that they say nothing that is not in it."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from press.figures.describe import change, draft, turns
from press.figures.series import Point
from press.grid import Cell, Column, Grid


def grid(heads, *rows, series="columns"):
    """Return a table of columns (name, head, unit) and rows: numbers as texts ("17.1"), ``None``, or other words."""
    return Grid([Column(*head) for head in heads], [list(map(cell, row)) for row in rows], series)


def cell(text):
    if text is None:
        return Cell("–", None)
    return Cell(text, Decimal(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text)


def years(*texts, start=2015):
    """Return a table of one series, a row a year."""
    heads = [("year", "Year"), ("oil_usd_billion", "Oil", "$ bn")]
    return grid(heads, *([str(start + number), text] for number, text in enumerate(texts)))


def drafted(table, *marks):
    """Return both drafts without their labels."""
    alt, summary = draft(table, marks)
    return alt.removeprefix("alt:     "), summary.removeprefix("summary: ")


def points(*values):
    return [Point(str(number), str(value), Decimal(str(value))) for number, value in enumerate(values)]


FUELS = grid(
    [("year", "Year"), ("oil_usd_billion", "Oil", "$ bn"), ("coal_usd_billion", "Coal", "$ bn")],
    ["2015", "17.1", "0.8"],
    ["2016", "16.9", None],
    ["2017", "24.0", "2.5"],
    ["2018", "38.1", "9.4"],
)
MONTHS = grid(
    [("month", "January to"), ("total_2022", "2022"), ("total_2023", "2023")],
    ["January", "1.5", None],
    ["February", "3.5", "4.0"],
)
SLOPES = grid(
    [("goods", "Goods"), ("chapter", "HS chapter"), ("sales_2021", "2021", "$ bn"), ("sales_2023", "2023", "$ bn")],
    ["Vehicles", "ch. 87", "4.4", "22.5"],
    ["Toys", "ch. 95", "0.9", "0.8"],
    series="rows",
)
BARS = grid(
    [("goods", "Goods"), ("share_percent", "Share", "%"), ("value_usd_billion", "Value", "$ bn")],
    ["Gas", "30", None],
    ["Oil", "50", "40.5"],
    ["Coal", "30", "9.5"],
)
EVENTS = grid(
    [("event", "Event"), ("date", "Date"), ("kind", "Kind")],
    ["a war", "2022-02", "War"],
    ["a meeting", "2023-12-07", "Trade"],
    ["a report", "1992", "Trade"],
    ["another", "1992", "Trade"],
)
MANY = grid(
    [("year", "Year"), *((f"c{number}", f"C{number}", "$") for number in range(6))],
    ["2015", "6", "1", "2", "3", "4", "5"],
    ["2016", "6", "1", "2", "3", "4", "5"],
)


@pytest.mark.parametrize(
    ("table", "marks", "alt", "summary"),
    [
        pytest.param(
            FUELS,
            ["line", "point"],
            "Line chart of 2 series, 2015 to 2018 ($ bn). "
            "Oil: from 17.1 in 2015 to 38.1 in 2018, highest 38.1 in 2018, lowest 16.9 in 2016; "
            "Coal: from 0.8 in 2015 to 9.4 in 2018, highest 9.4 in 2018, lowest 0.8 in 2015, no figure for 2016.",
            "Oil did not turn by a tenth of its range or more; last change, 2017 to 2018: up 14.1. "
            "Coal did not turn by a tenth of its range or more; last change, 2017 to 2018: up 6.9.",
            id="rows are years",
        ),
        pytest.param(
            MONTHS,
            ["rule"],
            "Slope chart of 2 series, January to February. 2022: from 1.5 in January to 3.5 in February; "
            "2023: 4.0 in February, its only figure, no figure for January.",
            "2022, January to February: up 2.0. 2023 has one figure.",
            id="rows are months, columns years",
        ),
        pytest.param(
            SLOPES,
            ["rule", "circle"],
            "Slope chart of 2 series, 2021 to 2023 ($ bn). Vehicles: from 4.4 in 2021 to 22.5 in 2023; "
            "Toys: from 0.9 in 2021 to 0.8 in 2023.",
            "Vehicles, 2021 to 2023: up 18.1. Toys, 2021 to 2023: down 0.1.",
            id="rows are things, columns years",
        ),
        pytest.param(
            BARS,
            ["bar"],
            "Bar chart of 2 series. Share (%): highest 50 (Oil), lowest 30 (Gas and Coal); "
            "Value ($ bn): highest 40.5 (Oil), lowest 9.5 (Coal), no figure for Gas.",
            "Share: Oil 50, Gas 30 and Coal 30. Value: Oil 40.5 and Coal 9.5.",
            id="things without time",
        ),
        pytest.param(
            EVENTS,
            ["geoshape", "point"],
            "Map of 4 entries, 1992 to 2023-12-07.",
            "Kind: Trade 3 and War 1.",
            id="a map",
        ),
        pytest.param(
            EVENTS,
            ["point"],
            "Chart of 4 entries, 1992 to 2023-12-07.",
            "Kind: Trade 3 and War 1.",
            id="words",
        ),
        pytest.param(
            years("5", "7", "5", "7"),
            ["line"],
            "Line chart of 1 series, 2015 to 2018 ($ bn). "
            "Oil: from 5 in 2015 to 7 in 2018, highest 7 in 2016 and 2018, lowest 5 in 2015 and 2017.",
            "Oil turned down from 7 in 2016 and up from 5 in 2017; last change, 2017 to 2018: up 2.",
            id="ties",
        ),
        pytest.param(
            grid([("goods", "Goods"), ("share_percent", "Share")], ["Oil", "3"], ["Gas", "2"]),
            [],
            "Chart of 1 series. Share: highest 3 (Oil), lowest 2 (Gas).",
            "Share: Oil 3 and Gas 2.",
            id="two things are no slope",
        ),
        pytest.param(
            grid([("date", "Date"), ("kind", "Kind")], ["2023", "War"]),
            [],
            "Chart of 1 entry, 2023.",
            "Nothing to count.",
            id="words of one date",
        ),
        pytest.param(
            years("0", "9", "0", "9", "0", "9", "0"),
            ["line"],
            "Line chart of 1 series, 2015 to 2021 ($ bn). Oil: from 0 in 2015 to 0 in 2021, "
            "highest 9 in 2016, 2018 and 2020, lowest 0 in 2015, 2017, 2019 and 1 more.",
            "Oil turned down from 9 in 2016, up from 0 in 2017, down from 9 in 2018, up from 0 in 2019 and 1 more; "
            "last change, 2020 to 2021: down 9.",
            id="more ties and turns than are named",
        ),
        pytest.param(
            years("5.0", "5.0", "5.0"),
            ["area"],
            "Area chart of 1 series, 2015 to 2017 ($ bn). Oil: 5.0 throughout.",
            "Oil did not turn by a tenth of its range or more; last change, 2016 to 2017: unchanged.",
            id="flat",
        ),
        pytest.param(
            years("5.0"),
            ["line"],
            "Line chart of 1 series ($ bn). Oil: 5.0 in 2015, its only figure.",
            "Oil has one figure.",
            id="one point",
        ),
        pytest.param(
            years(None, "1", None, None, "2"),
            ["line"],
            "Line chart of 1 series, 2015 to 2019 ($ bn). "
            "Oil: from 1 in 2016 to 2 in 2019, no figure for 2015, 2017 and 2018.",
            "Oil, 2016 to 2019: up 1.",
            id="some gaps",
        ),
        pytest.param(
            years(None, "1", None, None, None, "2"),
            ["line"],
            "Line chart of 1 series, 2015 to 2020 ($ bn). Oil: from 1 in 2016 to 2 in 2020, 4 places without a figure.",
            "Oil, 2016 to 2020: up 1.",
            id="many gaps",
        ),
        pytest.param(
            MANY,
            ["line"],
            "Line chart of 6 series, 2015 to 2016 ($). "
            "C0: 6 throughout; C3: 3 throughout; C4: 4 throughout; C5: 5 throughout; and 2 more series.",
            "C0, 2015 to 2016: unchanged. C3, 2015 to 2016: unchanged. C4, 2015 to 2016: unchanged. "
            "C5, 2015 to 2016: unchanged. And 2 more series.",
            id="many series",
        ),
        pytest.param(
            grid([("goods", "Goods")], ["Oil"]), [], "Chart of 1 entry.", "Nothing to count.", id="nothing to tell"
        ),
        pytest.param(grid([("year", "Year")]), [], "Chart of 0 entries.", "Nothing to count.", id="no rows"),
    ],
)
def test_a_draft_tells_what_the_table_holds(table, marks, alt, summary):
    """Kind, span, ends, extremes, gaps, turns and the last change are told as the table writes them."""
    assert drafted(table, *marks) == (alt, summary)


def test_series_of_different_units_are_named_in_the_tables_order():
    """Where figures cannot be compared, the first series are told, each with its unit."""
    heads = [("year", "Year"), *((f"c{number}", f"C{number}", f"u{number}") for number in range(5))]
    alt, _ = drafted(grid(heads, ["2015", "1", "2", "3", "4", "5"]))

    assert alt == (
        "Chart of 5 series. C0 (u0): 1 in 2015, its only figure; C1 (u1): 2 in 2015, its only figure; "
        "C2 (u2): 3 in 2015, its only figure; C3 (u3): 4 in 2015, its only figure; and 1 more series."
    )


def test_the_spaces_that_set_figures_under_each_other_are_not_told():
    """A figure space after a short figure stays in the table."""
    rows = [[Cell("2015", 2015), Cell("17\u2008\u2007", 17)], [Cell("2016", 2016), Cell("1,700.5", Decimal("1700.50"))]]
    alt, summary = drafted(Grid([Column("year", "Year"), Column("oil", "Oil")], rows))

    assert alt == "Slope chart of 1 series, 2015 to 2016. Oil: from 17 in 2015 to 1,700.5 in 2016."
    assert summary == "Oil, 2015 to 2016: up 1684."


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        pytest.param(("17.1", "17.1"), ("20.4", "20.4"), "up 3.3", id="up"),
        pytest.param(("20.4", "20.4"), ("17.1", "17.1"), "down 3.3", id="down"),
        pytest.param(("17.1", "17.1"), ("20", "20"), "up 3", id="the coarser figure's decimals"),
        pytest.param(("17.1", "17.10"), ("20.4", "20.40"), "up 3.3", id="values finer than their texts"),
        pytest.param(("17,1", "17.12"), ("20,4", "20.43"), "up 3.3", id="a comma for decimals"),
        pytest.param(("1.234", "1234.4"), ("1.239", "1239.1"), "up 5", id="points between thousands"),
        pytest.param(("0.95", "0.95"), ("1.00", "1.00"), "up 0.05", id="below one"),
        pytest.param(("-2.5", "-2.5"), ("−1.0", "-1.0"), "up 1.5", id="below zero"),
        pytest.param(("5.0", "5.0"), ("5.0", "5.00"), "unchanged", id="the same"),
        pytest.param(("5.0", "5.01"), ("5.0", "5.04"), "about unchanged", id="less than can be written"),
        pytest.param(("≈ 5", "5.1"), ("six", "6.25"), "up 1", id="words where a figure is"),
    ],
)
def test_a_change_has_no_more_digits_than_the_table(before, after, said):
    """A change is exact, and is written with the decimals of the coarser text."""
    first, second = (Point("", text, Decimal(value)) for text, value in (before, after))

    assert change(first, second) == said


@pytest.mark.parametrize(
    ("values", "found"),
    [
        pytest.param([1, 5, 2], [("1", False)], id="a peak"),
        pytest.param([5, 1, 4], [("1", True)], id="a trough"),
        pytest.param([1, 2, 3, 4], [], id="a rise"),
        pytest.param([3, 3, 3], [], id="flat"),
        pytest.param([], [], id="nothing"),
        pytest.param([1, 5, 5, 5, 2], [("1", False)], id="of equal figures the first"),
        pytest.param([0, 500, 405, 1000], [], id="a ripple of less than a tenth"),
        pytest.param([0, 500, 400, 1000], [("1", False), ("2", True)], id="a move of a tenth"),
        pytest.param([1000, 500, 600, 0], [("1", True), ("2", False)], id="a move up of a tenth"),
        pytest.param([0, 90, 96, 100, 97, 91, 95, 0], [("3", False)], id="a slow peak"),
        pytest.param([100, 95, 104, 0, 50], [("3", True)], id="a ripple at the beginning"),
        pytest.param([0, 100, 95], [], id="a ripple at the end"),
    ],
)
def test_turning_points_are_where_a_tenth_of_the_range_is_turned(values, found):
    """A series turns where it goes the other way by a tenth of its range, after coming by a tenth."""
    assert [(turn.point.place, turn.up) for turn in turns(points(*values))] == found


@given(some.lists(some.integers(-30, 30), min_size=1))
def test_turning_points_leave_out_no_move_and_make_up_none(values):
    """Between turns a series goes one way, but for ripples; each turn is the extreme of what lies around it."""
    found, span = turns(points(*values)), max(values) - min(values)
    places = [0, *(int(turn.point.place) for turn in found), len(values) - 1]

    for turn, before, here, after in zip(found, places, places[1:], places[2:], strict=False):
        around = values[before : after + 1]
        assert values[here] == (min(around) if turn.up else max(around))
        came = values[before : here + 1]
        assert 10 * (max(came) - min(came)) >= span
    for turn, start, end in zip(found, places[1:], places[2:], strict=False):
        leg = [value if turn.up else -value for value in values[start : end + 1]]
        assert 10 * max(leg) - 10 * leg[0] >= span
        assert all(10 * (high - low) < span for number, high in enumerate(leg) for low in leg[number:])
    assert [turn.up for turn in found] == [found[0].up ^ bool(number % 2) for number in range(len(found))]


NAMES = ["year", "month", "date", "goods", "value_usd_billion", "share_percent"]
HEADS = ["2021", "2022-03", "Oil", "Share", ""]
ODD = ["", "b", "2023", "1–2", Decimal("NaN"), Decimal("-Infinity")]
VALUES = some.none() | some.integers(-5, 3000) | some.decimals(-99, 99) | some.sampled_from(ODD)


@some.composite
def tables(draw):
    """Return any table; the text of each cell is its place in guillemets, «row.column»."""
    names = draw(some.lists(some.sampled_from(NAMES), min_size=1, unique=True))
    columns = [Column(name, draw(some.sampled_from(HEADS))) for name in names]
    rows = draw(some.lists(some.lists(VALUES, min_size=len(columns), max_size=len(columns)), max_size=6))
    cells = [[Cell(f"«{row}.{number}»", value) for number, value in enumerate(line)] for row, line in enumerate(rows)]
    return Grid(columns, cells, draw(some.sampled_from(["columns", "rows"])))


@given(tables(), some.sets(some.sampled_from(["line", "bar", "rule"])))
def test_a_draft_holds_no_figure_that_its_place_in_the_table_does_not(table, marks):
    """Whatever the table, both drafts are made, each a line, and each figure stands beside its own row's head."""
    alt, summary = draft(table, marks)

    assert alt.startswith("alt:     ")
    assert summary.startswith("summary: ")
    assert "\n" not in alt + summary
    for row, column, place in re.findall(r"«(\d+)\.(\d+)» in «(\d+)\.0»", alt + summary):
        assert row == place
        assert isinstance(table.rows[int(row)][int(column)].value, int | Decimal)


@given(tables())
def test_no_number_of_a_draft_is_made_up(table):
    """Apart from counts and changes, every number of a draft is the text of a cell or in the head of a column."""
    alt, _ = draft(table, [])
    counts = r"(Chart|chart) of \d+ (series|entries|entry)|\d+ places without a figure|and \d+ more( series)?|«[\w.]+»"

    assert set(re.findall(r"\d+", re.sub(counts, "", alt))) <= set(re.findall(r"\d+", " ".join(HEADS)))
