"""Intervals in which true values lie, and whether one surely is more than another.

What the precision of the tables cannot decide is false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

from press.quantity import Quantity, format_number


class Interval(NamedTuple):
    """The ends between which a figure lies, in its unit's base.

    ``name`` is what messages call it.
    """

    least: Decimal
    most: Decimal
    name: str
    quantity: Quantity


# Says what is wrong with a comparison of two figures; an empty text if nothing is.
Rule = Callable[[Interval, Interval], str]


def interval_of(quantity: Quantity, name: str) -> Interval:
    """Return the interval of a figure that messages call ``name``."""
    factor = quantity.unit_factor
    return Interval(quantity.least * factor, quantity.most * factor, name, quantity)


def negate_interval(interval: Interval) -> Interval:
    """Return how far a figure falls: the interval with its signs turned round."""
    return interval._replace(least=-interval.most, most=-interval.least)


def describe_interval(interval: Interval) -> str:
    """Write an interval for a message: its name, and its value or its two ends."""
    low = format_number(interval.quantity.least)
    high = format_number(interval.quantity.most)
    value = low if low == high else f"{low} to {high}"
    return f"{interval.name} ({value} {interval.quantity.unit})"


def deny_comparison(
    one: Interval, words: str, other: Interval, *, is_possible: bool
) -> str:
    """Say that one figure is not what ``words`` tell of it beside the other, or is not
    surely so where it ``is_possible``.
    """
    surely = "surely " if is_possible else ""
    left = describe_interval(one)
    return f"{left} is not {surely}{words} {describe_interval(other)}"


def fault_unless_more(one: Interval, other: Interval) -> str:
    """Say what is wrong unless one figure surely is more than the other."""
    if one.least > other.most:
        return ""
    is_possible = one.most > other.least
    return deny_comparison(one, "more than", other, is_possible=is_possible)


def fault_unless_less(one: Interval, other: Interval) -> str:
    """Say what is wrong unless one figure surely is less than the other."""
    if one.most < other.least:
        return ""
    is_possible = one.least < other.most
    return deny_comparison(one, "less than", other, is_possible=is_possible)


def fault_unless_as_much(one: Interval, other: Interval) -> str:
    """Say what is wrong unless one figure surely comes to the other."""
    if one.least >= other.least:
        return ""
    is_possible = one.most >= other.least
    return deny_comparison(one, "as much as", other, is_possible=is_possible)


def first_nonempty(faults: Iterable[str]) -> str:
    """Return the first text that says what is wrong; an empty one if none does."""
    return next(filter(None, faults), "")
