"""How figures are written: numbers stand in a line, and are as fine as is known."""

from __future__ import annotations

from decimal import Decimal

import pytest

from press.content import ChartLanguage
from press.forms import format_label, make_cell, make_cell_of_upper_end
from press.ground.grid import Cell
from press.quantity import Quantity, quantity_ranging_between

ENGLISH = ChartLanguage("en", {})


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
    assert format_label(quantity(value, precision), ENGLISH, signed=True) == written
