"""Figures that remember: a decimal value, how exactly it is known, its unit, and the rows that it came from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from press.data import Row


@dataclass(frozen=True)
class Quantity:
    """A figure. The true value lies in an interval of the width ``precision`` around ``value`` (both in ``unit``)."""

    value: Decimal
    precision: Decimal
    unit: str
    rows: frozenset[Row]

    def __add__(self, other: Quantity) -> Quantity:
        """Add two figures of one unit; the widths of their intervals add up."""
        return self._with(self.value + other.value, other)

    def __sub__(self, other: Quantity) -> Quantity:
        """Subtract a figure of the same unit; the widths of their intervals add up all the same."""
        return self._with(self.value - other.value, other)

    def __truediv__(self, other: Quantity) -> Quantity:
        """Return the ratio of two figures, as wide as their intervals let it be. Raises ``ValueError`` around zero."""
        if other.low <= 0 <= other.high:
            raise ValueError(f"cannot divide by {other.value} ± {other.precision / 2}")
        ends = [mine / theirs for mine in (self.low, self.high) for theirs in (other.low, other.high)]
        unit = "" if self.unit == other.unit else f"{self.unit} per {other.unit}"
        return Quantity(self.value / other.value, max(ends) - min(ends), unit, self.rows | other.rows)

    @property
    def low(self) -> Decimal:
        """The lower end of the interval in which the true value lies."""
        return self.value - self.precision / 2

    @property
    def high(self) -> Decimal:
        """The upper end of the interval in which the true value lies."""
        return self.value + self.precision / 2

    def _with(self, value: Decimal, other: Quantity) -> Quantity:
        if self.unit != other.unit:
            raise ValueError(f"cannot add {other.unit} to {self.unit}")
        return Quantity(value, self.precision + other.precision, self.unit, self.rows | other.rows)

    def scaled(self, factor: Decimal, unit: str) -> Quantity:
        """Return the same figure in another unit, ``factor`` times as large in number."""
        return Quantity(self.value * factor, self.precision * abs(factor), unit, self.rows)


def quantity(row: Row, column: str, precision: str) -> Quantity:
    """Return the figure in ``column`` of a row; ``precision`` names the column with the width of its interval."""
    unit = row.table.fields[column].unit
    return Quantity(row.number(column), row.number(precision), unit, frozenset([row]))


def rows_of(quantities: Iterable[Quantity]) -> frozenset[Row]:
    """Return every row that went into the figures."""
    return reduce(frozenset.union, (item.rows for item in quantities), frozenset())


def decimals(item: Quantity, most: int) -> int:
    """Return how many decimals the figure's precision earns, at most ``most``."""
    return min(most, max(0, -item.precision.adjusted())) if item.precision else most
