"""Quantities: a decimal value, its precision, what it measures, and the rows that it
came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import ROUND_UP, Context, Decimal
from typing import Any, Literal, NamedTuple

from press.data import Row
from press.ground.grid import Cell
from press.ground.period import Period
from press.ground.scales import SCALES

Kind = Literal[
    "money",
    "share",
    "change",
    "points",
    "count",
    "amount",
    "price",
    "index",
    "multiple",
    "rank",
    "span",
    "year",
    "month",
    "date",
    "constant",
]
DATES = {"year", "month", "date"}
PLUS = " + "  # joins the values that a sum has in one of its dimensions
TWO, SMALLEST = Decimal(2), Decimal("0.00000001")
# of how exactly a figure is known: two digits, never less than it is
WIDTH = Context(prec=2, rounding=ROUND_UP)
MOST = 6  # figures that are shown in one sum


class UnknownNameError(LookupError):
    """A name in a fact's arguments that the tables do not hold; ``known`` are those
    that they do.
    """

    def __init__(self, name: str, known: Iterable[str]) -> None:
        """Keep the name and the known ones for the message."""
        self.name, self.known = name, tuple(sorted(known))
        super().__init__(name)


class AroundZeroError(ValueError):
    """A division by a figure that may be zero, as far as it is known."""


class Sum(NamedTuple):
    """How a figure was worked out: the sign between two others, and how many figures
    stand in it in all.

    A sum of many has no ``parts``: it would be long.
    """

    sign: str  # + − × ÷
    parts: tuple[Quantity, ...] = ()
    size: int = MOST + 1


@dataclass(frozen=True)
class Quantity:
    """A figure: the true value lies in an interval of the width ``precision`` around
    ``value`` (both in ``unit``).

    ``low`` and ``high`` differ where bases differ (36 to 39 percent, by whose count): a
    text must be true of both.
    ``signed`` figures (changes, balances) are written with a sign or a direction.
    ``period`` is what the figure is of,
    ``related`` are the periods that a sentence may name as well: a base, a deadline,
    the year compared. ``subject`` is a key of ``[subjects]`` in words.toml, such as a
    flow; ``change`` the figure's change since the period before.
    ``dimensions`` are what else tells it from figures like it: by the names of
    ``[dimensions]`` in words.toml, a value.
    ``sum`` is how arithmetic made it, ``None`` where it was read; two figures that are
    equal may differ in it.
    Kinds ``year``, ``month`` and ``date`` count years, months (``Period``) and days
    (``date.toordinal``).
    """

    value: Decimal
    precision: Decimal
    unit: str
    rows: frozenset[Row]
    kind: Kind = "amount"
    signed: bool = False
    period: Period | None = None
    related: frozenset[Period] = frozenset()
    subject: str = ""
    dimensions: Mapping[str, str] = field(default_factory=dict, hash=False)
    change: Quantity | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    sum: Sum | None = field(default=None, compare=False, repr=False)

    def __add__(self, other: Quantity) -> Quantity:
        """Add two figures of one unit; the widths of their intervals add up."""
        return self._with(self.value + other.value, other, "+")

    def __sub__(self, other: Quantity) -> Quantity:
        """Subtract a figure of one unit; the widths of their intervals add up."""
        return self._with(self.value - other.value, other, "−")

    def __truediv__(self, other: Quantity) -> Quantity:
        """Return the ratio of two figures, as wide as their intervals let it be.

        Raises ``AroundZeroError``.
        """
        if other.least <= 0 <= other.most:
            raise AroundZeroError(
                f"cannot divide by {other.value} ± {other.precision / TWO}"
            )
        ends = [
            mine / theirs
            for mine in (self.least, self.most)
            for theirs in (other.least, other.most)
        ]
        unit = "" if self.unit == other.unit else f"{self.unit} per {other.unit}"
        rows, made = self.rows | other.rows, _sum(self, "÷", other)
        return Quantity(
            self.value / other.value, max(ends) - min(ends), unit, rows, sum=made
        )

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """The lowest and the highest value, which differ where bases differ."""
        return (self.value if self.low is None else self.low), (
            self.value if self.high is None else self.high
        )

    @property
    def least(self) -> Decimal:
        """The lower end of the interval in which the true value lies."""
        return self.ends[0] - self.precision / TWO

    @property
    def most(self) -> Decimal:
        """The upper end of the interval in which the true value lies."""
        return self.ends[1] + self.precision / TWO

    @property
    def calculated(self) -> bool:
        """Tell whether none of its rows has its digits as a page printed them: it was
        worked out from others.
        """
        printed = {_digits(cell) for row in self.rows for cell in row.printed}
        return any(_digits(end) not in printed for end in self.ends)

    @property
    def factor(self) -> Decimal:
        """What one of ``unit`` is in the unit's base: 1,000,000,000 for ``USD
        billion``.
        """
        return scale(self.unit.split())

    @property
    def base(self) -> str:
        """The unit without its scale: ``USD`` for ``USD billion``, ``tonnes`` for
        ``million tonnes``.
        """
        return bare(self.unit)

    def _with(self, value: Decimal, other: Quantity, sign: str) -> Quantity:
        if self.unit != other.unit:
            raise ValueError(f"cannot add {other.unit} to {self.unit}")
        width, rows = self.precision + other.precision, self.rows | other.rows
        return Quantity(value, width, self.unit, rows, sum=_sum(self, sign, other))

    def scaled(self, factor: Decimal, unit: str) -> Quantity:
        """Return the same figure in another unit, ``factor`` times as
        large in number.
        """
        made = self.sum
        # the same money, in billions
        if made and made.sign in "+−" and bare(unit) == self.base:
            made = made._replace(
                parts=tuple(part.scaled(factor, unit) for part in made.parts)
            )
        elif made and factor != 1:
            made = _sum(self, "×", Quantity(factor, Decimal(0), "", frozenset()))
        return Quantity(
            self.value * factor, self.precision * abs(factor), unit, self.rows, sum=made
        )

    def said(self, kind: Kind, **about: Any) -> Quantity:  # noqa: ANN401 - fields of a quantity
        """Return the same figure with what a sentence needs to know of it: kind,
        period, subject and the like.

        What is no field is one of its dimensions: ``goods="coal"``; one that is empty
        is left out.
        """
        known = {item.name for item in fields(self)}
        own = {name: value for name, value in about.items() if name in known}
        more = {
            name: value for name, value in about.items() if name not in known and value
        }
        return replace(self, kind=kind, dimensions={**self.dimensions, **more}, **own)


def _sum(one: Quantity, sign: str, other: Quantity) -> Sum:
    """Return how a figure is worked out of two; where that would be long, sums in it
    are figures like any other.
    """
    parts = one, other
    if _size(one) + _size(other) > MOST:
        if sign == "+" and one.sum and one.sum.sign == sign:
            return Sum(sign)
        parts = _folded(one), _folded(other)
    return Sum(sign, parts, sum(map(_size, parts)))


def _size(item: Quantity) -> int:
    return item.sum.size if item.sum else 1


def _folded(item: Quantity) -> Quantity:
    """Return a figure without its sum, but of a product or a ratio without those in it:
    1.3 ÷ 1.2.
    """
    if item.sum is None or item.sum.sign in "+−":
        return replace(item, sum=None)
    parts = tuple(replace(part, sum=None) for part in item.sum.parts)
    return replace(item, sum=Sum(item.sum.sign, parts, len(parts)))


def _digits(number: Decimal) -> tuple[object, ...]:
    """Return what a number and its like in another scale have in common: sign and
    digits, without zeros at the end.
    """
    return number.normalize().as_tuple()[:2]


def scale(words: Iterable[str]) -> Decimal:
    """Return what one of a unit is in the unit's base, by the words that name it."""
    return Decimal(10) ** sum(SCALES.get(word, 0) for word in words)


def bare(unit: str) -> str:
    """Return a unit without its scale."""
    return " ".join(word for word in unit.split() if word not in SCALES)


def plain(number: Decimal) -> str:
    """Write a number without an exponent and without zeros at its end, with eight
    decimals at most.
    """
    whole = number.to_integral()
    if number == whole:
        return f"{whole:f}"
    return f"{number.quantize(SMALLEST).normalize():f}"


def moment(item: Quantity) -> str:
    """Return what a quantity of the kind year, month or date names: ``2023``,
    ``2023-11``, ``2023-11-07``.
    """
    count = int(item.value)
    if item.kind == "year":
        return f"{count:04d}"
    return (
        date.fromordinal(count).isoformat()
        if item.kind == "date"
        else str(Period(count, count))
    )


def value(quantity: Quantity) -> str:
    """Write a quantity exactly: its value, or its two ends, and its unit."""
    if quantity.kind in DATES:
        return moment(quantity)
    low, high = (plain(end) for end in quantity.ends)
    return f"{low if low == high else f'{low} to {high}'} {quantity.unit}".rstrip()


def quantity(row: Row, column: str, precision: str) -> Quantity:
    """Return the figure in ``column`` of a row; ``precision`` names the column with the
    width of its interval.
    """
    unit = row.table.fields[column].unit
    return Quantity(row.number(column), row.number(precision), unit, frozenset([row]))


def spread(first: Quantity, second: Quantity) -> Quantity:
    """Return two measurements of one figure as one, its ends where the two are.

    Raises ``ValueError`` for two units.
    """
    if first.unit != second.unit:
        raise ValueError(f"cannot set {second.unit} beside {first.unit}")
    low, high = sorted((first.value, second.value))
    width = max(first.precision, second.precision)
    return Quantity(
        (low + high) / TWO,
        width,
        first.unit,
        first.rows | second.rows,
        low=low,
        high=high,
    )


def rows_of(quantities: Iterable[Quantity]) -> frozenset[Row]:
    """Return every row that went into the figures."""
    return frozenset[Row]().union(*(item.rows for item in quantities))


def decimals(item: Quantity, most: int) -> int:
    """Return how many decimals the figure's precision earns, at most ``most``; of an
    exact one, how many it has.
    """
    finest = (
        item.precision.adjusted()
        if item.precision
        else int(item.value.as_tuple().exponent)
    )
    return min(most, max(0, -finest))


def cell_of(item: Quantity, end: Decimal, told: str, value: Decimal) -> Cell:
    """Return an ``end`` of a figure, told as it is, with a rounded ``value`` for
    programs.

    Its precision is the width of an interval around that value in which the end lies
    for sure.
    """
    width = item.precision + 2 * abs(end - value)
    return Cell(
        told, value, precision=WIDTH.plus(width).normalize(), calculated=item.calculated
    )
