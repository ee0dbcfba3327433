"""What all charts share: short titles, labels that do not touch, numbers that stand in a line."""

from __future__ import annotations

from decimal import Decimal

import altair as alt
import pandas as pd
import pytest
from altair.utils.schemapi import SchemaValidationError

from press.content import ChartLanguage
from press.figures import Size
from press.ground.grid import Cell
from press.quantity import Quantity, spread
from story.charts.look import (
    cell,
    cell_of_ends,
    finished,
    gaps,
    label,
    month_place,
    neighbours,
    records,
    signed,
    signed_cell,
    text,
    upper_end,
    years,
)
from tests.story.browser.site import CHARTS, read

ENGLISH = ChartLanguage("en", {})
MOST_WORDS = 12  # of a title


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_a_title_is_short(chart):
    """A title tells a finding in at most twelve words, as a reader sees it: numbers count, too."""
    title = read(str(chart.text["title"]))

    assert len(title.split()) <= MOST_WORDS, title


@pytest.mark.parametrize(
    ("value", "precision", "written"),
    [
        ("240.11", "0.01", "240.11"),
        ("240.1", "0.1", "240.1\u2007"),
        ("240", "1", "240\u2007\u2007\u2008"),
        ("240.1234", "0.001", "240.12"),
        ("1240.1", "0.1", "1,240.1\u2007"),
    ],
)
def test_points_stand_in_a_line_in_a_table(value, precision, written):
    """Digits that a figure has not earned are left out, and their room is kept."""
    item = Quantity(Decimal(value), Decimal(precision), "USD billion", frozenset())

    assert cell(item, ENGLISH) == Cell(written, Decimal(value), precision=Decimal(precision), calculated=True)


def test_a_fall_has_a_true_minus_in_a_table():
    """Whether a figure has one end or two, a minus is as wide as a plus."""
    below = Quantity(Decimal("-1.14"), Decimal("0.01"), "percent", frozenset())
    range_below = spread(below, Quantity(Decimal("-0.57"), Decimal("0.01"), "percent", frozenset()))

    assert cell(below, ENGLISH).text == "\u22121.14"
    assert cell_of_ends(range_below, ENGLISH, 1).text == "\u22121.1–\u22120.6"
    assert upper_end(range_below, ENGLISH, 1).text == "\u22120.6"


def test_what_is_not_known_is_a_dash():
    """A cell without a figure is not empty, and not zero."""
    assert cell(None, ENGLISH) == Cell("–", None)


@pytest.mark.parametrize(
    ("low", "high", "written", "upper"),
    [
        pytest.param("36.46", "38.93", "36.5–38.9", ("38.9", Decimal("38.9"), "", Decimal("0.07")), id="two ends"),
        pytest.param("30.41", "30.44", "30.4", ("", None, "", None), id="ends that are written alike"),
    ],
)
def test_both_ends_stand_in_a_table(low, high, written, upper):
    """A figure with two ends shows both, and is two numbers in a file; where they would read the same, one.

    What is rounded is known less exactly than the figure was.
    """
    item = spread(*(Quantity(Decimal(end), Decimal("0.01"), "percent", frozenset()) for end in (low, high)))

    assert cell_of_ends(item, ENGLISH, 1)[:2] == (written, round(Decimal(low), 1))
    assert upper_end(item, ENGLISH, 1)[:4] == upper


def test_a_figure_with_one_end_stands_in_a_table_as_any_other():
    """So does one that is not known."""
    item = Quantity(Decimal("4.04"), Decimal("0.01"), "percent", frozenset())

    assert cell_of_ends(item, ENGLISH, 1) == cell(item, ENGLISH, 1)
    assert cell_of_ends(None, ENGLISH) == cell(None, ENGLISH)
    assert upper_end(item, ENGLISH) == upper_end(None, ENGLISH) == Cell("", None)


@pytest.mark.parametrize(
    ("value", "written"), [(12.181, "+12.2"), (-12.181, "\u221212.2"), (0, "0.0"), (-0.04, "\u22120.0")]
)
def test_a_balance_is_written_with_its_sign(value, written):
    """A rise has a plus, a fall a true minus, and nothing has neither."""
    assert signed(value, ENGLISH, 1) == written


@pytest.mark.parametrize(
    ("precision", "written"), [("0.002", "+34.5"), ("0.1", "+34.5"), ("0.601", "+34.5"), ("1.2", "+35")]
)
def test_a_label_is_as_fine_as_its_cell(precision, written):
    """A decimal is written where the table has it."""
    assert label(Quantity(Decimal("34.547"), Decimal(precision), "USD billion", frozenset()), ENGLISH) == written


@pytest.mark.parametrize(("value", "written"), [("8.64", "+8.64"), ("-8.64", "\u22128.64"), ("0", "0.00")])
def test_a_cell_has_its_sign_and_its_value(value, written):
    """The sign is for readers; programs get the number."""
    found = signed_cell(Quantity(Decimal(value), Decimal("0.001"), "USD billion", frozenset()), ENGLISH)

    assert (found.text, found.value) == (written, Decimal(value))


@pytest.mark.parametrize(("month", "place"), [("2018-01", 1), ("2018-12", 12), ("2019-02", 14), ("2023-12-22", 72)])
def test_a_month_ends_where_the_next_begins(month, place):
    """Months are counted from the beginning of a year, and stand at their ends."""
    assert month_place(month, 2018) == place


def test_lines_join_neighbouring_months_alone():
    """Where a month is missing there is no stretch, and the last month begins none."""
    frame = pd.DataFrame({"month": [1, 2, 4, 5], "value": [10.0, 20.0, 40.0, 50.0]})
    found = neighbours(frame)[["from_month", "from_value", "month", "value"]]

    assert found.to_numpy().tolist() == [[1, 10, 2, 20], [4, 40, 5, 50]]


def test_gaps_lie_between_months_that_are_no_neighbours():
    """Where a month is missing there is a gap, and nowhere else."""
    frame = pd.DataFrame({"month": [1, 2, 4, 5], "value": [10.0, 20.0, 40.0, 50.0]})
    found = gaps(frame)[["from_month", "from_value", "month", "value"]]

    assert found.to_numpy().tolist() == [[2, 20, 4, 40]]


@pytest.fixture
def layers():
    """Two layers of one frame and one of another, with a value that there is not."""
    frame = pd.DataFrame({"year": [2022, 2023], "value": [1.5, None], "point": ["a", "b"], "derived": [True, False]})
    x, y = years(2022, 2023, (2022,)), alt.Y("value:Q", axis=None)
    line = alt.Chart(frame).mark_line(color="red").encode(x, y, alt.X2("year"))
    return [line, text(frame.head(1), x, y, "ink"), alt.Chart(frame).mark_point().encode(x, y, alt.Text("point:N"))]


def test_layers_are_specified_as_altair_would(layers):
    """Layers on each other are the same specification that Altair's own way round gives."""
    drawn = finished(layers, Size("wide", 672, 14, 15, 16, 24), 300)

    assert drawn.to_dict() == alt.layer(*layers).properties(**drawn.shared).to_dict()


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"tooltip": {"field": "value", "type": "quantitive"}}, id="a channel"),
        pytest.param({"x": {"field": "year", "type": "quantitative", "axis": {"tick": 5}}}, id="an axis"),
    ],
)
def test_a_layer_that_is_not_valid_is_refused(layers, wrong):
    """Layers are validated, unless somebody asks not to; one that is as another but for its channels, too."""
    layers[1].encoding = wrong
    drawn = finished(layers, Size("wide", 672, 14, 15, 16, 24), 300)

    assert drawn.to_dict(validate=False)
    with pytest.raises(SchemaValidationError):
        drawn.to_dict()


def test_what_layers_share_is_validated(layers):
    """So is what is said of all layers."""
    with pytest.raises(SchemaValidationError):
        finished(layers, Size("wide", 672, 14, 15, 16, 24), "high").to_dict()


def test_a_number_that_there_is_not_is_null():
    """JSON has no word for what is no number, whatever the type of its column."""
    frame = pd.DataFrame({"number": [1, float("nan")], "mixed": [True, float("nan")], "end": [1, float("inf")]})

    assert records(frame)[1] == {"number": None, "mixed": None, "end": None}
