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


def make_interval_in_base_unit(quantity: Quantity, name_in_messages: str) -> Interval:
    """Return the interval of a figure in the base of its unit; messages call it
    ``name_in_messages``.
    """
    factor = quantity.unit_factor
    return Interval(
        quantity.least * factor, quantity.most * factor, name_in_messages, quantity
    )


def negate_interval(interval: Interval) -> Interval:
    """Return how far a figure falls: the interval with its signs turned round."""
    return interval._replace(least=-interval.most, most=-interval.least)


def describe_interval(interval: Interval) -> str:
    """Write an interval for a message: its name, and its value or its two ends."""
    quantity = interval.quantity
    ends = map(format_plain_number, (quantity.least, quantity.most))
    return f"{interval.name} ({' to '.join(dict.fromkeys(ends))} {quantity.unit})"


def explain_unless_sure(
    one: Interval, relation: str, other: Interval, *, is_sure: bool, is_possible: bool
) -> str:
    """Say that one figure is not in a relation, such as "more than", to another, or not
    surely so where that ``is_possible``; nothing where it ``is_sure``.
    """
    if is_sure:
        return ""
    surely = "surely " if is_possible else ""
    left = describe_interval(one)
    return f"{left} is not {surely}{relation} {describe_interval(other)}"


def explain_unless_surely_more(one: Interval, other: Interval) -> str:
    """Say what is wrong, nothing where one figure surely is more than the other."""
    return explain_unless_sure(
        one,
        "more than",
        other,
        is_sure=one.least > other.most,
        is_possible=one.most > other.least,
    )


def explain_unless_surely_less(one: Interval, other: Interval) -> str:
    """Say what is wrong, nothing where one figure surely is less than the other."""
    return explain_unless_sure(
        one,
        "less than",
        other,
        is_sure=one.most < other.least,
        is_possible=one.least < other.most,
    )


def explain_unless_minimum_reaches_minimum(one: Interval, other: Interval) -> str:
    """Say what is wrong, nothing where the least that one figure may be comes to the
    least that the other may be.
    """
    return explain_unless_sure(
        one,
        "as much as",
        other,
        is_sure=one.least >= other.least,
        is_possible=one.most >= other.least,
    )


def first_nonempty(faults: Iterable[str]) -> str:
    """Return the first text that says what is wrong; an empty one if none does."""
    return next(filter(None, faults), "")
