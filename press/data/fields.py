"""A column of a table, and the values of its cells: their types, and what they must
keep to.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from press.ground.errors import quote_words

Value = str | int | bool | Decimal | date | tuple[str, ...] | None

NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
COUNTED = {"integer", "number"}
TIMES = {"date", "year", "quarter", "yearmonth"}
LIMITS: Mapping[str, tuple[str, Callable[[Any, Any], bool]]] = {
    "minimum": ("least", operator.lt),
    "maximum": ("most", operator.gt),
}


@dataclass(frozen=True)
class Field:
    """A column: its type, its words and what its cells must keep to.

    ``jump`` is how far a value may plausibly lie from the one before it in time:
    relative to it (0.5: from two thirds of it to half as much again), or in points
    where the unit is of percent. A ``running`` column adds up from January of each
    year: its values are compared with those of the same month of another year. A column
    that we work out was
    ``rounded`` to a step: values that lie no further apart are one figure. Where a
    table has rows of a time, but none of some thing, the thing's figure is ``absent``.

    A column of times whose ``every`` is 4 has each fourth year, month or day from its
    first to its last, but for those that it is ``without``; where it is "row", the
    times that are there are all there are. ``None``: nobody says.
    """

    name: str
    type: str
    title: str
    description: str
    unit: str
    delimiter: str
    constraints: Mapping[str, Any]
    line: int
    jump: Decimal | None = None
    running: bool = False
    rounded: Decimal | None = None
    absent: Decimal | None = None
    every: int | str | None = None
    without: tuple[str, ...] = ()

    @property
    def in_points(self) -> bool:
        """Tell whether values are compared by their difference, not by their ratio."""
        return self.unit.startswith("percent")

    def parse(self, text: str) -> Value:
        """Return the value of a cell's text; ``None`` for an empty one.

        Raises ``ValueError`` (found, expected).
        """
        if not text:
            if self.constraints.get("required"):
                raise ValueError("found an empty cell, expected a value")
            return None
        if text != text.strip():
            raise ValueError(
                f"found {quote_words(text)}, expected no white space around the value"
            )
        value = self._parse_by_column_type(text)
        self._check_limits(text, value)
        self._check_enum_pattern_and_length(text)
        return value

    def _check_limits(self, text: str, value: Value) -> None:
        for name, (word, is_beyond) in LIMITS.items():
            limit = self.parse_limit(name)
            if limit is not None and is_beyond(value, limit):
                message = f"found {text}, expected at {word} {limit} {self.unit}"
                raise ValueError(message.rstrip())

    def _check_enum_pattern_and_length(self, text: str) -> None:
        allowed = [str(item) for item in self.constraints.get("enum", ())]
        if allowed and text not in allowed:
            listed = ", ".join(allowed)
            raise ValueError(f"found {quote_words(text)}, expected one of {listed}")
        pattern = self.constraints.get("pattern")
        if pattern and not re.fullmatch(pattern, text):
            found = f"found {quote_words(text)}"
            raise ValueError(f"{found}, which does not match the pattern {pattern}")
        least = self.constraints.get("minLength", 0)
        most = self.constraints.get("maxLength", len(text))
        if len(text) < least:
            found = quote_words(text)
            raise ValueError(f"found {found}, expected at least {least} characters")
        if len(text) > most:
            raise ValueError(f"found {len(text)} characters, expected at most {most}")

    def parse_limit(self, name: str) -> Value:
        """Return the ``minimum`` or ``maximum`` in this column's own type, or ``None``.

        Raises ``ValueError`` (found, expected) for one that is of another type.
        """
        limit = self.constraints.get(name)
        return None if limit is None else self._parse_by_column_type(str(limit))

    def _parse_by_column_type(self, text: str) -> Value:
        """Return the value of a text that is not empty, whatever its range.

        Raises ``ValueError`` (found, expected).
        """
        kind = TYPES[self.type]
        try:
            if kind.pattern.fullmatch(text):
                return kind.value(text, self.delimiter)
        except ValueError:  # a day that no calendar has
            pass
        expected = kind.expected.format(self.delimiter)
        raise ValueError(f"found {quote_words(text)}, expected {expected}")


class ColumnType(NamedTuple):
    """A type of column: which texts it takes, how they are told to authors, and their
    value, given the delimiter.
    """

    pattern: re.Pattern[str]
    expected: str
    value: Callable[[str, str], Value]


def _parse_unique_unpadded_items(text: str, delimiter: str) -> tuple[str, ...]:
    """Return the items of a list.

    Raises ``ValueError`` for an item that is empty, padded or there twice.
    """
    items = text.split(delimiter)
    is_twice = len(set(items)) < len(items)
    if is_twice or "" in items or items != [item.strip() for item in items]:
        raise ValueError(text)
    return tuple(items)


TYPES = {
    name: ColumnType(re.compile(pattern), expected, value)
    for name, pattern, expected, value in (
        ("string", "(?s:.*)", "", lambda text, _: text),
        (
            "integer",
            r"-?(0|[1-9]\d*)",
            "a whole number like 1234",
            lambda text, _: int(text),
        ),
        (
            "number",
            NUMBER,
            "a number like 1234.5 (point for decimals, no separators)",
            lambda text, _: Decimal(text),
        ),
        ("boolean", "true|false", "true or false", lambda text, _: text == "true"),
        (
            "date",
            r"\d{4}-\d\d-\d\d",
            "a date like 2023-12-07",
            lambda text, _: date.fromisoformat(text),
        ),
        ("year", r"[12]\d{3}", "a year like 2023", lambda text, _: int(text)),
        (
            "quarter",
            r"[12]\d{3}-Q[1-4]",
            "a quarter like 2024-Q3",
            lambda text, _: text,
        ),
        (
            "yearmonth",
            r"[12]\d{3}-(0[1-9]|1[0-2])",
            "a month like 2023-11",
            lambda text, _: text,
        ),
        (
            "list",
            "(?s:.*)",
            "a list such as a{}b (none twice, no spaces around)",
            _parse_unique_unpadded_items,
        ),
    )
}
