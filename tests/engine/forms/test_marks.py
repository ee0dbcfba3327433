"""What forms are made of: numbers that stand in a line, times that lie in order, layers
that are valid.
"""

from __future__ import annotations

from decimal import Decimal

import altair as alt
import pandas as pd
import pytest
from altair.utils.schemapi import SchemaValidationError

from press.content import ChartLanguage
from press.figures import Size
from press.forms import (
    Axes,
    draw_line,
    draw_texts,
    find_gaps,
    finish_chart,
    locate_time,
    make_axis_of_years,
    make_cell,
    make_cell_of_upper_end,
    move_apart,
    write_label,
)
from press.ground.grid import Cell
from press.quantity import Quantity, quantity_ranging_between

ENGLISH, WIDE = ChartLanguage("en", {}), Size("wide", 672, 14, 15, 16, 24)


def quantity(value, precision="0.01"):
    return Quantity(Decimal(value), Decimal(precision), "percent", frozenset())


@pytest.mark.parametrize(
    ("value", "precision", "signed", "written"),
    [
        ("240.11", "0.01", False, "240.11"),
        ("240.1", "0.1", False, "240.1\u2007"),
        ("240", "1", False, "240\u2007\u2007\u2008"),
        ("240.1234", "0.001", False, "240.12"),
        ("1240.1", "0.1", False, "1,240.1\u2007"),
        ("38", "0", False, "38\u2007\u2007\u2008"),
        ("-1.14", "0.01", False, "\u22121.14"),
        ("8.64", "0.001", True, "+8.64"),
        ("-8.64", "0.001", True, "\u22128.64"),
        ("0", "0.001", True, "0.00"),
    ],
)
def test_points_stand_in_a_line_in_a_table(value, precision, signed, written):
    """Digits that a figure has not earned are left out, and their room is kept; a minus
    is as wide as a plus.
    """
    found = make_cell(quantity(value, precision), ENGLISH, signed=signed)

    assert (found.text, found.value) == (written, Decimal(value))


@pytest.mark.parametrize(
    ("low", "high", "written", "upper"),
    [
        pytest.param(
            "36.46",
            "38.93",
            "36.5–38.9",
            ("38.9", Decimal("38.9"), "", Decimal("0.07")),
            id="two ends",
        ),
        pytest.param(
            "30.41",
            "30.44",
            "30.4",
            ("", None, "", None),
            id="ends that are written alike",
        ),
        pytest.param("-1.14", "-1.14", "\u22121.1", ("", None, "", None), id="a fall"),
    ],
)
def test_both_ends_stand_in_a_table(low, high, written, upper):
    """A figure with two ends shows both, and is two numbers in a file; where they would
    read the same, one.

    What is rounded is known less exactly than the figure was.
    """
    item = quantity_ranging_between(quantity(low), quantity(high))

    assert make_cell(item, ENGLISH, 1)[:2] == (written, round(Decimal(low), 1))
    assert make_cell_of_upper_end(item, ENGLISH, 1)[:4] == upper


def test_what_is_not_known_is_a_dash():
    """A cell without a figure is not empty, and not zero; of an upper end
    it is empty.
    """
    assert make_cell(None, ENGLISH) == Cell("–", None)
    assert (
        make_cell_of_upper_end(None, ENGLISH)
        == make_cell_of_upper_end(quantity("4.04"), ENGLISH)
        == Cell("", None)
    )


@pytest.mark.parametrize(
    ("value", "precision", "written"),
    [
        ("34.547", "0.002", "+34.5"),
        ("34.547", "0.601", "+34.5"),
        ("34.547", "1.2", "+35"),
        ("-12.181", "0.01", "\u221212.2"),
        ("0", "0.1", "0.0"),
        ("-0.04", "0.01", "\u22120.0"),
    ],
)
def test_a_label_is_as_fine_as_its_cell(value, precision, written):
    """A decimal is written where the table has it; a rise has a plus, a fall a true
    minus, and nothing has neither.
    """
    assert write_label(quantity(value, precision), ENGLISH, signed=True) == written


def test_times_lie_in_order():
    """A year lies at its number, half a year before its end; a month, a quarter and a
    day lie where they end.
    """
    times = [
        "2022-12",
        "2023-01",
        "2023-Q1",
        "2023-06-30",
        2023,
        "2023-09",
        "2023-12-31",
        "2023-12",
    ]

    assert [locate_time(time) for time in times] == pytest.approx(
        [2022.5, 2022.583, 2022.75, 2022.996, 2023, 2023.25, 2023.499, 2023.5],
        abs=0.001,
    )


def test_days_lie_as_far_from_each_other_over_the_end_of_a_year():
    """A leap year has no day in the next; a line of days is one."""
    days = pd.date_range("2024-12-29", "2025-01-03").strftime("%Y-%m-%d")

    assert not find_gaps(pd.DataFrame({"year": [*map(locate_time, days)]})).any()
    assert locate_time("2024-12-31") == locate_time("2024-12")


def test_lines_join_neighbouring_times_alone():
    """Where a month is missing a dotted line spans the gap, and a run of the solid one
    ends.
    """
    places = [locate_time(f"2023-{month:02}") for month in (1, 2, 4, 5)]
    frame = pd.DataFrame({"year": places, "value": [10.0, 20.0, 40.0, 50.0]})
    x, y = make_axis_of_years(2022, 2024, ()), alt.Y("value:Q")

    dotted, solid = draw_line(frame, Axes(x, y), "ink", 0)

    assert dotted.data[
        ["from_year", "from_value", "year", "value"]
    ].to_numpy().tolist() == [[places[1], 20, places[2], 40]]
    assert solid.data["run"].tolist() == [0, 0, 1, 1]


def test_labels_are_moved_apart_in_their_order():
    """Each stays as near to its own place as the others let it."""
    assert move_apart([5, 1, 5.5, 20], 2) == [4.25, 1, 6.25, 20]


@pytest.fixture
def layers():
    """Two layers of one frame and one of another, with a value that there is not."""
    frame = pd.DataFrame(
        {
            "year": [2022, 2023],
            "value": [1.5, None],
            "point": ["a", "b"],
            "derived": [True, False],
        }
    )
    x, y = make_axis_of_years(2022, 2023, (2022,)), alt.Y("value:Q", axis=None)
    line = alt.Chart(frame).mark_line(color="red").encode(x, y, alt.X2("year"))
    return [
        line,
        draw_texts(frame.head(1), x, y, "ink"),
        alt.Chart(frame).mark_point().encode(x, y, alt.Text("point:N")),
    ]


def test_layers_are_specified_as_altair_would(layers):
    """Layers on each other are the same specification that Altair's own way round
    gives.
    """
    drawn = finish_chart(layers, WIDE, 300)

    assert drawn.to_dict() == alt.layer(*layers).properties(**drawn.shared).to_dict()


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(
            {"tooltip": {"field": "value", "type": "quantitive"}}, id="a channel"
        ),
        pytest.param(
            {"x": {"field": "year", "type": "quantitative", "axis": {"tick": 5}}},
            id="an axis",
        ),
    ],
)
def test_a_layer_that_is_not_valid_is_refused(layers, wrong):
    """Layers are validated, unless somebody asks not to; one that is as another but for
    its channels, too.
    """
    layers[1].encoding = wrong
    drawn = finish_chart(layers, WIDE, 300)

    assert drawn.to_dict(validate=False)
    with pytest.raises(SchemaValidationError):
        drawn.to_dict()


def test_what_layers_share_is_validated(layers):
    """So is what is said of all layers."""
    with pytest.raises(SchemaValidationError):
        finish_chart(layers, WIDE, "high").to_dict()
