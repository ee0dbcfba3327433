"""How figures are written for readers: as exactly as they are known, how far they may
be off, and the sum that they were worked out by.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from operator import add, mul, sub, truediv
from typing import NamedTuple

from babel.units import format_unit

from press.content import Language
from press.quantity import WIDTH, Quantity, format_year_month_or_day
from press.reading import TIME_UNITS

# of a unit, however exact the figure
MOST_DECIMALS_BY_UNIT = {"percent": 2, "percentage points": 2}
MOST_DECIMALS_OF_OTHERS = 6
OPERATIONS: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": add,
    "−": sub,
    "×": mul,
    "÷": truediv,
}


class _FormattedNumber(NamedTuple):
    """A number as it is written, and what that is worth."""

    value: Decimal
    text: str


def format_amount(item: Quantity, language: Language) -> str:
    """Write a figure as exactly as it is known, with its unit: its value, or its two
    ends.
    """
    if item.kind_rules.is_date:
        return language.date(format_year_month_or_day(item))
    # in words instead of a sign
    if item.kind == "span" and item.signed and item.low is None:
        way = language.words["span_early" if item.value < 0 else "span_late"]
        return way.fill(amount=_format_with_unit([abs(item.value)], item, language))
    return _format_with_unit(item.low_and_high, item, language)


def format_uncertainty(item: Quantity, language: Language) -> str:
    """Write how far the true figure may lie from the one that is known; "" where it is
    exact.
    """
    if not item.precision:
        return ""
    least = Decimal(1).scaleb(-_get_most_decimals(item))
    half = max(WIDTH.divide(item.precision, Decimal(2)), least)
    return _format_with_unit([half], replace(item, precision=Decimal(0)), language)


def format_calculation(item: Quantity, language: Language) -> str:
    """Write the sum of a figure: with ``≈`` where what is written gives it only about.

    Empty where it has none, where that would be long, and where rounding would make it
    wrong in the digits shown. What is of the figure's unit stands in its scale.
    """
    if item.kind_rules.is_date or not _find_operator(item):
        return ""
    power = _find_power_of_scale([item.value], item, language)
    [known] = _format_in_scale([item.value], item, power, language)
    last_digit = Decimal(1).scaleb(int(known.value.as_tuple().exponent))
    # what is divided by is so small that it is written as zero
    with suppress(ArithmeticError):
        worked_out = _format_operation(item, item.base_unit, power, language)
        if abs(worked_out.value - known.value) <= last_digit:
            sign = "=" if worked_out.value == known.value else "≈"
            return f"{worked_out.text} {sign} {known.text}"
    return ""


def _format_operation(
    item: Quantity, base: str, power: int, language: Language
) -> _FormattedNumber:
    """Return what the written figures of a sum give, and how they are written; what is
    in the unit ``base`` in its scale.
    """
    sign = _find_operator(item)
    if not sign or not item.calculation:
        return _format_operand(item, base, power, language)
    left, right = item.calculation.parts
    first = _format_operation(left, base, power, language)
    second = _format_operation(right, base, power, language)
    one = first.text
    other = second.text
    left_sign = _find_operator(left)
    right_sign = _find_operator(right)
    if left_sign and (sign == "÷" or (sign == "×" and left_sign in "+−")):
        one = f"({one})"
    if right_sign and (sign in "×÷" or (sign == "−" and right_sign in "+−")):
        other = f"({other})"
    value = OPERATIONS[sign](first.value, second.value)
    return _FormattedNumber(value, f"{one} {sign} {other}")


def _format_operand(
    item: Quantity, base: str, power: int, language: Language
) -> _FormattedNumber:
    """Write a figure of a sum that is not worked out any further."""
    if item.base_unit != base:
        power = item.unit_factor.adjusted()
    [known] = _format_in_scale([item.value], item, power, language, within_sum=True)
    return known._replace(text=f"({known.text})") if known.value < 0 else known


def _find_operator(item: Quantity) -> str:
    """Return the sign of the sum that a figure is written as, "" for one that is
    written as it is.
    """
    if item.calculation and item.calculation.parts:
        return item.calculation.sign
    return ""


def _format_with_unit(
    values: Sequence[Decimal], item: Quantity, language: Language
) -> str:
    """Write values in the unit of a figure, with the scale that suits them and the
    decimals that it earns.
    """
    lexicon = language.lexicon
    power = _find_power_of_scale(values, item, language)
    written = _format_in_scale(values, item, power, language)
    numbers = "–".join(dict.fromkeys(each.text for each in written))
    # the first word of each
    scales = (word for word, own in lexicon.scales.items() if own == power)
    unit = lexicon.unit_names.get(item.base_unit, item.base_unit)
    if item.base_unit in TIME_UNITS:  # CLDR knows their singular: 1 year
        name = item.base_unit.removesuffix("s")
        counted = format_unit(abs(values[-1]), name, locale=language.locale)
        unit = counted.partition(" ")[2]
    return " ".join(filter(None, (numbers, next(scales, ""), unit)))


def _find_power_of_scale(
    values: Sequence[Decimal], item: Quantity, language: Language
) -> int:
    """Return which power of ten is the scale that suits values in the unit of a figure:
    9 for billions, 0 for none.
    """
    if item.unit_factor <= 1:
        return 0
    most = max(map(abs, values)) * item.unit_factor
    known = language.lexicon.scales.values()
    return max((power for power in known if most >= Decimal(10) ** power), default=0)


def _format_in_scale(
    values: Sequence[Decimal],
    item: Quantity,
    power: int,
    language: Language,
    *,
    within_sum: bool = False,
) -> list[_FormattedNumber]:
    """Return values in the unit of a figure in a scale, rounded to the decimals that it
    earns.

    Within a sum each has what decimals its table gave it, and what was worked out has
    one more than it earns.
    """
    width = (item.precision * item.unit_factor).scaleb(-power)
    ends = [(value * item.unit_factor).scaleb(-power).normalize() for value in values]
    own = max(-int(end.as_tuple().exponent) for end in ends)
    places = -width.adjusted() if width else own
    most = MOST_DECIMALS_OF_OTHERS if within_sum else _get_most_decimals(item)
    if within_sum and places < own:
        places = own if own <= MOST_DECIMALS_OF_OTHERS else places + 1
    places = max(min(places, most), 0)
    return [
        _FormattedNumber(
            round(end, places), language.number(end, places).replace("-", "−")
        )
        for end in ends
    ]


def _get_most_decimals(item: Quantity) -> int:
    """Return how many decimals a figure of a unit has at most."""
    return MOST_DECIMALS_BY_UNIT.get(item.base_unit, MOST_DECIMALS_OF_OTHERS)
