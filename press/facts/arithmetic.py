"""Arithmetic on figures: two in, one out.

Precision and rows go through, by ``Quantity``.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from press.ground.errors import ToldError, quoted
from press.quantity import Quantity

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)


def rise(earlier: Quantity, later: Quantity) -> Quantity:
    """Return by how much a figure rose to another of its unit, shares by percentage
    points; a fall is negative.
    """
    item = later - earlier
    return item.scaled(ONE, "percentage points") if item.unit == "percent" else item


def growth(earlier: Quantity, later: Quantity) -> Quantity:
    """Return the change from one figure to another in percent of the first.

    Raises ``AroundZeroError``.
    """
    return (_over(later, earlier) - Quantity(ONE, ZERO, "", frozenset())).scaled(
        HUNDRED, "percent"
    )


def multiple(earlier: Quantity, later: Quantity) -> Quantity:
    """Return how many times as large a figure has become.

    Raises ``AroundZeroError``.
    """
    return _over(later, earlier).scaled(ONE, "times")


def index(base: Quantity, item: Quantity) -> Quantity:
    """Return a figure where ``base`` is 100. Raises ``AroundZeroError``."""
    return _over(item, base).scaled(HUNDRED, "index")


def share(part: Quantity, whole: Quantity) -> Quantity:
    """Return a part in percent of its whole. Raises ``AroundZeroError``."""
    return _over(part, whole).scaled(HUNDRED, "percent")


def _over(one: Quantity, other: Quantity) -> Quantity:
    if one.unit != other.unit:
        raise ToldError(
            f"cannot set a figure in {quoted(one.unit)} over one in"
            f" {quoted(other.unit)}"
        )
    return one / other


def added(items: Iterable[Quantity | None]) -> Quantity | None:
    """Return the sum of figures, ``None`` where one of them is missing or there is
    none.
    """
    result = None
    for item in items:
        if item is None:
            return None
        result = item if result is None else result + item
    return result
