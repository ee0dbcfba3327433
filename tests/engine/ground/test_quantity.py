"""Figures that remember how exactly they are known, and where they came from."""

from decimal import Decimal
from typing import get_args

import pytest

from press.quantity import KINDS, FigureKind, Quantity


def figure(value, precision="0.1", unit="USD billion", rows=()):
    return Quantity(Decimal(value), Decimal(precision), unit, frozenset(rows))


@pytest.mark.parametrize(
    ("combine", "value"),
    [(Quantity.__add__, "3.3"), (Quantity.__sub__, "1.1")],
    ids=["sum", "difference"],
)
def test_widths_add_up_in_sums_and_differences(combine, value):
    """A sum and a difference are both known less exactly than their parts, and rest on
    the rows of both.
    """
    result = combine(figure("2.2", "0.1", rows="a"), figure("1.1", "0.01", rows="b"))

    assert result == figure(value, "0.11", rows="ab")


@pytest.mark.parametrize(
    "combine", [Quantity.__add__, Quantity.__sub__], ids=["sum", "difference"]
)
def test_different_units_do_not_add_up(combine):
    """Dollars are not added to tonnes."""
    with pytest.raises(ValueError, match="cannot add million tonnes to USD billion"):
        combine(figure(1), figure(1, unit="million tonnes"))


def test_a_share_keeps_the_rows_of_its_total():
    """It copies none of them: a total of very many things has as many shares."""
    total = figure("10", rows="abc")

    assert (figure("4", rows="b") / total).rows is total.rows


def test_scaling_changes_unit_value_and_width_and_keeps_the_rows():
    """A figure in another unit is the same figure: its width grows with it, and is
    never negative.
    """
    result = figure("-2000", "10", "USD million", "a").convert_unit_dropping_meaning(
        Decimal("-0.001"), "USD billion"
    )

    assert result == figure("2", "0.01", rows="a")


def test_a_ratio_is_as_wide_as_its_ends_let_it_be():
    """The ratio of two intervals reaches from the smallest to the largest ratio of
    their ends.
    """
    result = figure("10", "2", rows="a") / figure("4", "2", rows="b")

    assert result == Quantity(
        Decimal("2.5"), Decimal(11) / 3 - Decimal("1.8"), "", frozenset("ab")
    )


@pytest.mark.parametrize(
    ("value", "width"), [("0", "0.1"), ("0.05", "0.1"), ("-1", "2")]
)
def test_nothing_is_divided_by_what_may_be_zero(value, width):
    """A ratio to a figure whose interval holds zero does not exist."""
    with pytest.raises(
        ValueError, match=rf"cannot divide by {value} ± {Decimal(width) / 2}"
    ):
        figure(1) / figure(value, width)


def test_there_are_rules_for_each_kind_of_figure():
    """What is known of a kind stands in one record, in the order of the kinds."""
    assert tuple(KINDS) == get_args(FigureKind)
