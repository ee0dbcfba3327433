"""Intervals in which true values lie, and whether one surely is more than another.

What the precision of the tables cannot decide is false.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from press.quantity import Quantity, format_plain_number


class Interval(NamedTuple):
    """The ends between which a figure lies, in its unit's base.

    ``name`` is what messages call it.
    """

    least: Decimal
    most: Decimal
    name: str
    quantity: Quantity


def make_interval_in_base_unit(quantity: Quantity, name: str) -> Interval:
    """Return the interval of a figure in the base of its unit; messages call it
    ``name``.
    """
    factor = quantity.unit_factor
    return Interval(quantity.least * factor, quantity.most * factor, name, quantity)


def negate_interval(interval: Interval) -> Interval:
    """Return how far a figure falls: the interval with its signs turned round."""
    return interval._replace(least=-interval.most, most=-interval.least)


def describe_interval(interval: Interval) -> str:
    """Write an interval for a message: its name, and its value or its two ends."""
    low = format_plain_number(interval.quantity.least)
    high = format_plain_number(interval.quantity.most)
    value = low if low == high else f"{low} to {high}"
    return f"{interval.name} ({value} {interval.quantity.unit})"


def describe_denied_comparison(
    one: Interval, relation: str, other: Interval, *, is_possible: bool
) -> str:
    """Say that one figure is not in a relation, such as "more than", to another; that
    it is not surely so where that ``is_possible``.
    """
    surely = "surely " if is_possible else ""
    left = describe_interval(one)
    return f"{left} is not {surely}{relation} {describe_interval(other)}"


def explain_unless_surely_more(one: Interval, other: Interval) -> str:
    """Say what is wrong, nothing where one figure surely is more than the other."""
    if one.least > other.most:
        return ""
    is_possible = one.most > other.least
    return describe_denied_comparison(one, "more than", other, is_possible=is_possible)


def explain_unless_surely_less(one: Interval, other: Interval) -> str:
    """Say what is wrong, nothing where one figure surely is less than the other."""
    if one.most < other.least:
        return ""
    is_possible = one.least < other.most
    return describe_denied_comparison(one, "less than", other, is_possible=is_possible)


def explain_unless_least_reaches_least(one: Interval, other: Interval) -> str:
    """Say what is wrong, nothing where the least that one figure may be comes to the
    least that the other may be.
    """
    if one.least >= other.least:
        return ""
    is_possible = one.most >= other.least
    return describe_denied_comparison(one, "as much as", other, is_possible=is_possible)


def first_nonempty(faults: Iterable[str]) -> str:
    """Return the first text that says what is wrong; an empty one if none does."""
    return next(filter(None, faults), "")
