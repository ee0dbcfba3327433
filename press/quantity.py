"""Figures: a decimal value, its precision and unit, its kind, and the rows that it
came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_UP, Context, Decimal
from itertools import product
from typing import Any, Literal, NamedTuple

from press.data import Row
from press.ground.grid import Cell
from press.ground.period import Period
from press.ground.scales import SCALES

FigureKind = Literal[
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
PLUS = " + "  # joins the values that a sum has in one of its dimensions
ZERO = Decimal(0)
SMALLEST = Decimal("0.00000001")
# of how exactly a figure is known: two digits, never less than it is
WIDTH = Context(prec=2, rounding=ROUND_UP)
MOST = 6  # figures that are shown in one calculation


@dataclass(frozen=True)
class FigureKindRules:
    """What the checker knows of a kind of figure; the defaults are those of most."""

    is_date: bool = False  # counts years, months or days; a text names the date
    is_span: bool = False  # a length of time: "early" and "late" are its directions
    is_level: bool = False  # a text may say that it "rose to" a value
    is_rank: bool = False  # an ordinal, of which a larger one is not more
    needs_rows: bool = True  # it rests on rows of tables
    unit: str = ""  # a figure in this unit is of this kind, unless its fact says else
    # how words for it are read (`WrittenQuantity.number_form`), and words that a
    # message proposes
    forms: frozenset[str] = frozenset({"digits", "word", "fraction", "direction"})
    example: str = ""
    unit_may_stand_outside: bool = False  # of the link with the number
    exact: Literal["", "unscaled", "always"] = ""  # when words give each digit of it
    has_number_words: bool = False  # "ten" leaves nothing out: it has no decimals
    # a sentence that names a team or a good is not about it unless its fact says so
    has_only_own_dimensions: bool = False


_DATE = FigureKindRules(is_date=True, has_only_own_dimensions=True)
KINDS: Mapping[FigureKind, FigureKindRules] = {
    "money": FigureKindRules(is_level=True),
    "share": FigureKindRules(is_level=True, unit="percent"),
    "change": FigureKindRules(forms=FigureKindRules.forms | {"multiple"}),
    "points": FigureKindRules(unit="percentage points"),
    "count": FigureKindRules(
        is_level=True,
        unit_may_stand_outside=True,
        exact="unscaled",
        has_number_words=True,
        has_only_own_dimensions=True,
    ),
    "amount": FigureKindRules(is_level=True),
    "price": FigureKindRules(is_level=True),
    "index": FigureKindRules(is_level=True, unit_may_stand_outside=True),
    "multiple": FigureKindRules(
        forms=frozenset({"digits", "word", "fraction", "multiple"}),
        example="2.2 times as large",
    ),
    "rank": FigureKindRules(
        is_rank=True, forms=frozenset({"ordinal"}), example="second", exact="always"
    ),
    "span": FigureKindRules(
        is_span=True,
        exact="always",
        has_number_words=True,
        has_only_own_dimensions=True,
    ),
    "year": _DATE,
    "month": _DATE,
    "date": _DATE,
    "constant": FigureKindRules(needs_rows=False, has_only_own_dimensions=True),
}
KIND_BY_UNIT = {rules.unit: kind for kind, rules in KINDS.items() if rules.unit}


class UnknownNameError(LookupError):
    """A name in a fact's arguments that the tables do not hold; ``known`` are those
    that they do.
    """

    def __init__(self, name: str, known: Iterable[str]) -> None:
        """Keep the name and the known ones for the message."""
        self.name = name
        self.known = tuple(sorted(known))
        super().__init__(name)


class DivisorMayBeZeroError(ValueError):
    """A division by a figure that may be zero, as far as it is known."""


class Calculation(NamedTuple):
    """How a figure was calculated: a sign between two others, and how many figures
    there are in all.

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
    ``calculation`` is how arithmetic made it, ``None`` where it was read; two figures
    that are equal may differ in it.
    Kinds ``year``, ``month`` and ``date`` count years, months (``Period``) and days
    (``date.toordinal``).
    """

    value: Decimal
    precision: Decimal
    unit: str
    rows: frozenset[Row]
    kind: FigureKind = "amount"
    signed: bool = False
    period: Period | None = None
    related: frozenset[Period] = frozenset()
    subject: str = ""
    dimensions: Mapping[str, str] = field(default_factory=dict, hash=False)
    change: Quantity | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    calculation: Calculation | None = field(default=None, compare=False, repr=False)

    def __add__(self, other: Quantity) -> BareQuantity:
        """Add two figures of one unit; the widths of their intervals add up.

        Raises ``ValueError`` for two units.
        """
        return self._make_sum_or_difference(self.value + other.value, "+", other)

    def __sub__(self, other: Quantity) -> BareQuantity:
        """Subtract a figure of one unit; the widths of their intervals add up.

        Raises ``ValueError`` for two units.
        """
        return self._make_sum_or_difference(self.value - other.value, "−", other)

    def __truediv__(self, other: Quantity) -> BareQuantity:
        """Return the ratio of two figures, as wide as their intervals let it be.

        Raises ``DivisorMayBeZeroError``.
        """
        if other.least <= 0 <= other.most:
            raise DivisorMayBeZeroError(
                f"cannot divide by {other.value} ± {other.precision / 2}"
            )
        divisions = product((self.least, self.most), (other.least, other.most))
        ratios = [dividend / divisor for dividend, divisor in divisions]
        width = max(ratios) - min(ratios)
        unit = "" if self.unit == other.unit else f"{self.unit} per {other.unit}"
        rows = _unite_rows(self.rows, other.rows)
        calculation = _make_calculation_shortened_if_long(self, "÷", other)
        return Quantity(
            self.value / other.value, width, unit, rows, calculation=calculation
        )

    @property
    def kind_rules(self) -> FigureKindRules:
        """What the checker knows of figures of its kind."""
        return rules_of_kind_or_defaults(self.kind)

    @property
    def low_and_high(self) -> tuple[Decimal, Decimal]:
        """The lowest and the highest value, which differ where bases differ."""
        low = self.value if self.low is None else self.low
        high = self.value if self.high is None else self.high
        return low, high

    @property
    def least(self) -> Decimal:
        """The lower end of the interval in which the true value lies."""
        return self.low_and_high[0] - self.precision / 2

    @property
    def most(self) -> Decimal:
        """The upper end of the interval in which the true value lies."""
        return self.low_and_high[1] + self.precision / 2

    @property
    def unit_factor(self) -> Decimal:
        """What one of ``unit`` is in the unit's base: 1,000,000,000 for
        ``USD billion``.
        """
        return scale_factor_of_unit(self.unit.split())

    @property
    def base_unit(self) -> str:
        """The unit without its scale: ``USD`` for ``USD billion``, ``tonnes`` for
        ``million tonnes``.
        """
        return unit_without_scale(self.unit)

    def convert_unit_dropping_meaning(self, factor: Decimal, unit: str) -> BareQuantity:
        """Return the same value in another unit, where its number is ``factor`` times
        as large.

        Kind, period and all else that ``with_meaning`` gives are left out, two ends as
        well.
        """
        calculation = self.calculation
        if (
            calculation
            and calculation.sign in "+−"
            and unit_without_scale(unit) == self.base_unit
        ):  # in billions, say
            parts = tuple(
                part.convert_unit_dropping_meaning(factor, unit)
                for part in calculation.parts
            )
            calculation = calculation._replace(parts=parts)
        elif calculation and factor != 1:
            multiplier = Quantity(factor, ZERO, "", frozenset())
            calculation = _make_calculation_shortened_if_long(self, "×", multiplier)
        width = self.precision * abs(factor)
        return Quantity(
            self.value * factor, width, unit, self.rows, calculation=calculation
        )

    def with_meaning(self, kind: FigureKind, **fields_and_dimensions: Any) -> Quantity:  # noqa: ANN401 - fields of a quantity
        """Return the same figure with what a sentence needs to know of it: kind,
        period, subject and the like.

        A name that is no field of a figure is one of its dimensions: ``goods="coal"``;
        an empty one is left out.
        """
        own = {}
        dimensions = dict(self.dimensions)
        for name, value in fields_and_dimensions.items():
            if name in self.__dataclass_fields__:
                own[name] = value
            elif value:
                dimensions[name] = value
        return replace(self, kind=kind, dimensions=dimensions, **own)

    def _make_sum_or_difference(
        self, value: Decimal, sign: str, other: Quantity
    ) -> BareQuantity:
        """Return the sum or difference of two figures, whose value is given."""
        if self.unit != other.unit:
            raise ValueError(f"cannot add {other.unit} to {self.unit}")
        width = self.precision + other.precision
        rows = _unite_rows(self.rows, other.rows)
        calculation = _make_calculation_shortened_if_long(self, sign, other)
        return Quantity(value, width, self.unit, rows, calculation=calculation)


BareQuantity = Quantity  # without a kind, a period and all else of `with_meaning`


def _make_calculation_shortened_if_long(
    left: Quantity, sign: str, right: Quantity
) -> Calculation:
    """Return how a figure is calculated from two, which count as read where all would
    be long.
    """
    parts = left, right
    if sum(map(_count_figures, parts)) > MOST:
        if sign == "+" and left.calculation and left.calculation.sign == sign:
            return Calculation(sign)
        parts = (
            _shorten_calculation_to_product_or_ratio(left),
            _shorten_calculation_to_product_or_ratio(right),
        )
    return Calculation(sign, parts, sum(map(_count_figures, parts)))


def _count_figures(item: Quantity) -> int:
    """Return how many figures a calculation names, one for a figure that was read."""
    return item.calculation.size if item.calculation else 1


def _shorten_calculation_to_product_or_ratio(item: Quantity) -> Quantity:
    """Return a figure without its calculation, as if it was read; of a product or a
    ratio the last step is kept, as if its parts were read: 1.3 ÷ 1.2.
    """
    calculation = item.calculation
    if calculation is None or calculation.sign in "+−":
        return replace(item, calculation=None)
    parts = tuple(replace(part, calculation=None) for part in calculation.parts)
    short = Calculation(calculation.sign, parts, len(parts))
    return replace(item, calculation=short)


def rules_of_kind_or_defaults(kind: FigureKind) -> FigureKindRules:
    """Return what the checker knows of a kind; of one that is unknown, the defaults."""
    return KINDS.get(kind) or FigureKindRules()


def guess_kind_from_unit_and_value(item: Quantity) -> FigureKind:
    """Return the kind of a figure by its unit, such as a price or a share; a whole
    number that is exact is a count.
    """
    if " per " in item.unit:
        return "price"
    unit = item.base_unit
    if unit in KIND_BY_UNIT:
        return KIND_BY_UNIT[unit]
    if len(unit) == len("USD") and unit.isupper():
        return "money"
    if item.precision or any(end % 1 for end in item.low_and_high):
        return "amount"
    return "count"


def scale_factor_of_unit(unit_words: Iterable[str]) -> Decimal:
    """Return the factor of the scales in a unit's words: 1,000,000 for
    ``million tonnes``.
    """
    return Decimal(10) ** sum(SCALES.get(word, 0) for word in unit_words)


def unit_without_scale(unit: str) -> str:
    """Return a unit without its scale."""
    return " ".join(word for word in unit.split() if word not in SCALES)


def format_plain_number(number: Decimal) -> str:
    """Write a number without an exponent and without zeros at its end, with eight
    decimals at most.
    """
    whole = number.to_integral()
    if number == whole:
        return f"{whole:f}"
    return f"{number.quantize(SMALLEST).normalize():f}"


def format_year_month_or_day(item: Quantity) -> str:
    """Write the date that a figure of such a kind counts: ``2023``, ``2023-11``,
    ``2023-11-07``.
    """
    count = int(item.value)
    if item.kind == "year":
        return f"{count:04d}"
    if item.kind == "date":
        return date.fromordinal(count).isoformat()
    return str(Period(count, count))


def format_exact_quantity(quantity: Quantity) -> str:
    """Write a quantity exactly: its value, or its two ends, and its unit."""
    if quantity.kind_rules.is_date:
        return format_year_month_or_day(quantity)
    ends = " to ".join(dict.fromkeys(map(format_plain_number, quantity.low_and_high)))
    return f"{ends} {quantity.unit}".rstrip()


def quantity_from_cell(row: Row, column: str, precision_column: str) -> BareQuantity:
    """Return the figure in ``column`` of a row; ``precision_column`` has the width of
    its interval, which is exact where that is "".
    """
    width = row.number(precision_column) if precision_column else ZERO
    unit = row.table.fields[column].unit
    return Quantity(row.number(column), width, unit, frozenset([row]))


def quantity_ranging_between(first: Quantity, second: Quantity) -> BareQuantity:
    """Return two measurements of one figure as a figure with two ends.

    Raises ``ValueError`` for two units.
    """
    if first.unit != second.unit:
        raise ValueError(f"cannot set {second.unit} beside {first.unit}")
    low, high = sorted((first.value, second.value))
    middle = (low + high) / 2
    width = max(first.precision, second.precision)
    rows = _unite_rows(first.rows, second.rows)
    return Quantity(middle, width, first.unit, rows, low=low, high=high)


def _unite_rows(first: frozenset[Row], second: frozenset[Row]) -> frozenset[Row]:
    """Return the rows of both; one of the two sets where it holds the other, so that
    the shares of very many things in a total do not each copy the total's rows.
    """
    smaller, larger = sorted((first, second), key=len)
    return larger if smaller <= larger else smaller | larger


def rows_behind(quantities: Iterable[Quantity]) -> frozenset[Row]:
    """Return every row that went into the figures."""
    return frozenset[Row]().union(*(item.rows for item in quantities))


def count_decimals_to_show(item: Quantity, most: int) -> int:
    """Return how many decimals a figure may show by its precision, at most ``most``;
    an exact one as many as it has.
    """
    if item.precision:
        exponent = item.precision.adjusted()
    else:
        exponent = int(item.value.as_tuple().exponent)
    return min(most, max(0, -exponent))


def make_cell_of_interval_end(
    item: Quantity, end: Decimal, text: str, rounded_value: Decimal
) -> Cell:
    """Return an ``end`` of a figure as a cell: the ``text``, and a
    ``rounded_value`` for programs.

    Its precision is the width of an interval around that value in which the end lies
    for sure; none where that is nothing, and its tables do not say how exactly they
    are known. It is calculated if a page prints the digits of it in none of its rows.
    """
    width = item.precision + 2 * abs(end - rounded_value)
    precision = WIDTH.plus(width).normalize()
    is_known = precision or do_tables_state_precision(item.rows)
    is_calculated = not _has_rows_printing_digits_of_both_ends(item)
    return Cell(
        text,
        rounded_value,
        precision=precision if is_known else None,
        calculated=is_calculated,
    )


def do_tables_state_precision(rows: Iterable[Row]) -> bool:
    """Tell whether each table of some rows has a column that says how exactly its
    figures are known: what none says is not exact, but unknown.
    """
    tables = {row.table.path: row.table for row in rows}.values()
    return all(any(each.precision_column_by_figure_column.values()) for each in tables)


def _has_rows_printing_digits_of_both_ends(item: Quantity) -> bool:
    """Tell whether the rows of a figure print the digits of both its ends."""
    printed = {
        _sign_and_digits_without_end_zeros(number)
        for row in item.rows
        for number in row.figures_but_derived
    }
    digits = map(_sign_and_digits_without_end_zeros, item.low_and_high)
    return printed.issuperset(digits)


def _sign_and_digits_without_end_zeros(number: Decimal) -> tuple[object, ...]:
    """Return sign and digits without zeros at the end, which are the same in every
    scale.
    """
    return number.normalize().as_tuple()[:2]
