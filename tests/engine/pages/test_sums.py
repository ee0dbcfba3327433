"""Sums: how a figure was worked out, in the figures that a reader sees, and only what
is true of them.
"""

from decimal import Decimal

import pytest

from press.facts import added, divide_as_index, growth, multiple, rise, share
from press.pages.amounts import format_equation_if_rounding_agrees
from press.quantity import Quantity, quantity_ranging_between


def of(value, precision="0.1", unit="USD billion"):
    """Return a figure as a table gives it, without rows."""
    return Quantity(Decimal(value), Decimal(precision), unit, frozenset())


A, B, C, TONNES = (
    of("240.1"),
    of("190.27", "0.01"),
    of("-3.5"),
    of("107.02", "0.01", "million tonnes"),
)
FOUR = added([of("1.2"), of("2.3"), of("3.4"), of("4.5")])


@pytest.mark.parametrize(
    ("item", "written"),
    [
        (A, ""),
        (of("196.5") + of("21.7"), "196.5 + 21.7 = 218.2"),
        (
            (
                of("196500", "1", "USD million") + of("21700", "1", "USD million")
            ).convert_unit_dropping_meaning(Decimal("0.001"), "USD billion"),
            "196.500 + 21.700 = 218.200",
        ),
        (A - B, "240.1 − 190.27 ≈ 49.8"),
        (B - A, "190.27 − 240.1 ≈ −49.8"),
        (of("190.9") - of("190.3"), "190,900 − 190,300 = 600"),
        (A - (A - B), "240.1 − (240.1 − 190.27) ≈ 190.3"),
        (A + C, "240.1 + (−3.5) = 236.6"),
        (growth(B, A), "(240.1 ÷ 190.27 − 1) × 100 ≈ 26.19"),
        (
            growth(A, A).convert_unit_dropping_meaning(Decimal(1), "points"),
            "(240.1 ÷ 240.1 − 1) × 100 = 0.00",
        ),
        (share(C, A), "(−3.5) ÷ 240.1 × 100 ≈ −1.46"),
        (multiple(B, A), "240.1 ÷ 190.27 ≈ 1.2619"),
        (
            divide_as_index(B, A).with_meaning("index", subject="total"),
            "240.1 ÷ 190.27 × 100 ≈ 126.19",
        ),
        (
            rise(share(B, A), share(A, A)),
            "240.1 ÷ 240.1 × 100 − 190.27 ÷ 240.1 × 100 ≈ 20.8",
        ),
        (
            (A / (B / TONNES)).convert_unit_dropping_meaning(
                Decimal(1), "million tonnes"
            ),
            "240.1 ÷ (190.27 ÷ 107.02) ≈ 135.05",
        ),
        (FOUR, "1.2 + 2.3 + 3.4 + 4.5 = 11.4"),
        (share(FOUR, A), "(1.2 + 2.3 + 3.4 + 4.5) ÷ 240.1 × 100 ≈ 4.7"),
        (growth(FOUR, FOUR), "(11.4 ÷ 11.4 − 1) × 100 = 0"),
        (added([of("1.1")] * 7), ""),
        (added([of("1.1")] * 2000), ""),
        (share(added([of("1.1")] * 7), A), "7.7 ÷ 240.1 × 100 ≈ 3.2"),
        (A / of("0.0000001", "0.0000001"), ""),
        (quantity_ranging_between(A + A, A + B), ""),
    ],
)
def test_a_figure_is_written_as_it_was_worked_out(item, written, bound):
    """Two figures and more, in one scale, with brackets where they are needed; neither
    what was read nor what is long.

    What the written figures give to the last digit is equal, all else is about that.
    """
    assert format_equation_if_rounding_agrees(item, bound.texts.language) == written


def test_what_rounding_would_make_wrong_is_not_written(bound):
    """Figures known to whole billions whose difference is known to the million give it
    not even about.
    """
    one, other = (
        of(value, "1").convert_unit_dropping_meaning(Decimal(1) / 3, "USD billion")
        for value in ("10", "11")
    )
    item = Quantity(
        Decimal("0.25"),
        Decimal("0.001"),
        "USD billion",
        frozenset(),
        calculation=(other - one).calculation,
    )

    assert format_equation_if_rounding_agrees(item, bound.texts.language) == ""


def test_figures_that_differ_in_their_sum_are_equal():
    """How a figure was worked out is no part of what it is."""
    assert of("196.5") + of("21.7") == of("218.2", "0.2")
