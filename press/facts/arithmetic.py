"""Arithmetic on figures: two in, one out.

Precision and rows go through, by ``Quantity``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from decimal import Decimal

from press.ground.errors import ToldError, quote_words
from press.quantity import ZERO, BareQuantity, DivisorMayBeZeroError, Quantity

Combine = Callable[[Quantity, Quantity], BareQuantity]  # two figures in, one out
ONE = Decimal(1)
HUNDRED = Decimal(100)


def rise(earlier: Quantity, later: Quantity) -> BareQuantity:
    """Return by how much a figure rose to another of its unit, shares by percentage
    points; a fall is negative.
    """
    difference = later - earlier
    if difference.unit == "percent":
        return difference.convert_unit_dropping_meaning(ONE, "percentage points")
    return difference


def growth(earlier: Quantity, later: Quantity) -> BareQuantity:
    """Return the change from one figure to another in percent of the first.

    Raises ``DivisorMayBeZeroError``.
    """
    ratio = _divide_same_unit(later, earlier)
    whole = Quantity(ONE, ZERO, "", frozenset())
    return (ratio - whole).convert_unit_dropping_meaning(HUNDRED, "percent")


def multiple(earlier: Quantity, later: Quantity) -> BareQuantity:
    """Return how many times as large a figure has become.

    Raises ``DivisorMayBeZeroError``.
    """
    return _divide_same_unit(later, earlier).convert_unit_dropping_meaning(ONE, "times")


def divide_as_index(base: Quantity, item: Quantity) -> BareQuantity:
    """Return a figure where ``base`` is 100. Raises ``DivisorMayBeZeroError``."""
    return _divide_same_unit(item, base).convert_unit_dropping_meaning(HUNDRED, "index")


def share(part: Quantity, whole: Quantity) -> BareQuantity:
    """Return a part in percent of its whole. Raises ``DivisorMayBeZeroError``."""
    return _divide_same_unit(part, whole).convert_unit_dropping_meaning(
        HUNDRED, "percent"
    )


def _divide_same_unit(dividend: Quantity, divisor: Quantity) -> BareQuantity:
    """Return a ratio of two figures. Raises ``ToldError`` where their units differ."""
    if dividend.unit != divisor.unit:
        raise ToldError(
            f"cannot set a figure in {quote_words(dividend.unit)} over one in"
            f" {quote_words(divisor.unit)}"
        )
    return dividend / divisor


def added(items: Iterable[Quantity | None]) -> BareQuantity | None:
    """Return the sum of figures, ``None`` where one of them is missing or there is
    none.
    """
    total = None
    for item in items:
        if item is None:
            return None
        total = item if total is None else total + item
    return total


def combine_unless_zero_divisor(
    combine: Combine, first: Quantity | None, second: Quantity | None
) -> BareQuantity | None:
    """Return what two figures make, ``None`` where one is missing, or divided by one
    that may be nothing.
    """
    with suppress(DivisorMayBeZeroError):
        if first and second:
            return combine(first, second)
    return None
