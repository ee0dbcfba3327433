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


class _RoundedValueWithText(NamedTuple):
    """A number as it is written, and what that is worth."""

    value: Decimal
    text: str


def format_value_range_or_date(quantity: Quantity, language: Language) -> str:
    """Write a figure as exactly as it is known, with its unit: its value, or its two
    ends.
    """
    if quantity.kind_rules.is_date:
        return language.date(format_year_month_or_day(quantity))
    # in words instead of a sign
    if quantity.kind == "span" and quantity.signed and quantity.low is None:
        way = language.words["span_early" if quantity.value < 0 else "span_late"]
        return way.fill(
            amount=_format_value_or_range_with_unit(
                [abs(quantity.value)], quantity, language
            )
        )
    return _format_value_or_range_with_unit(quantity.low_and_high, quantity, language)


def format_error_margin_if_inexact(quantity: Quantity, language: Language) -> str:
    """Write how far the true figure may lie from the one that is known; "" where it is
    exact.
    """
    if not quantity.precision:
        return ""
    least = Decimal(1).scaleb(-_get_most_decimals(quantity))
    half = max(WIDTH.divide(quantity.precision, Decimal(2)), least)
    return _format_value_or_range_with_unit(
        [half], replace(quantity, precision=Decimal(0)), language
    )


def format_equation_if_rounding_agrees(quantity: Quantity, language: Language) -> str:
    """Write the sum of a figure: with ``≈`` where what is written gives it only about.

    Empty where it has none, where that would be long, and where rounding would make it
    wrong in the digits shown. What is of the figure's unit stands in its scale.
    """
    if quantity.kind_rules.is_date or not _find_operator(quantity):
        return ""
    power_of_ten = _find_power_of_scale([quantity.value], quantity, language)
    [known] = _round_and_format_in_scale(
        [quantity.value], quantity, power_of_ten, language
    )
    last_digit = Decimal(1).scaleb(int(known.value.as_tuple().exponent))
    # what is divided by is so small that it is written as zero
    with suppress(ArithmeticError):
        worked_out = _compute_and_format_expression(
            quantity, quantity.base_unit, power_of_ten, language
        )
        if abs(worked_out.value - known.value) <= last_digit:
            sign = "=" if worked_out.value == known.value else "≈"
            return f"{worked_out.text} {sign} {known.text}"
    return ""


def _compute_and_format_expression(
    quantity: Quantity, base_unit: str, power_of_ten: int, language: Language
) -> _RoundedValueWithText:
    """Return what the written figures of a sum give, and how they are written; what is
    in the unit ``base_unit`` in its scale.
    """
    sign = _find_operator(quantity)
    if not sign or not quantity.calculation:
        return _format_operand_bracketed_if_negative(
            quantity, base_unit, power_of_ten, language
        )
    left, right = quantity.calculation.parts
    first = _compute_and_format_expression(left, base_unit, power_of_ten, language)
    second = _compute_and_format_expression(right, base_unit, power_of_ten, language)
    one = first.text
    other = second.text
    left_sign = _find_operator(left)
    right_sign = _find_operator(right)
    if left_sign and (sign == "÷" or (sign == "×" and left_sign in "+−")):
        one = f"({one})"
    if right_sign and (sign in "×÷" or (sign == "−" and right_sign in "+−")):
        other = f"({other})"
    value = OPERATIONS[sign](first.value, second.value)
    return _RoundedValueWithText(value, f"{one} {sign} {other}")


def _format_operand_bracketed_if_negative(
    quantity: Quantity, base_unit: str, power_of_ten: int, language: Language
) -> _RoundedValueWithText:
    """Write a figure of a sum that is not worked out any further."""
    if quantity.base_unit != base_unit:
        power_of_ten = quantity.unit_factor.adjusted()
    [known] = _round_and_format_in_scale(
        [quantity.value], quantity, power_of_ten, language, with_more_decimals=True
    )
    return known._replace(text=f"({known.text})") if known.value < 0 else known


def _find_operator(quantity: Quantity) -> str:
    """Return the sign of the sum that a figure is written as, "" for one that is
    written as it is.
    """
    if quantity.calculation and quantity.calculation.parts:
        return quantity.calculation.sign
    return ""


def _format_value_or_range_with_unit(
    values: Sequence[Decimal], quantity: Quantity, language: Language
) -> str:
    """Write values in the unit of a figure, with the scale that suits them and the
    decimals that it earns.
    """
    lexicon = language.lexicon
    power = _find_power_of_scale(values, quantity, language)
    written = _round_and_format_in_scale(values, quantity, power, language)
    numbers = "–".join(dict.fromkeys(each.text for each in written))
    # the first word of each
    scales = (word for word, own in lexicon.scales.items() if own == power)
    unit = lexicon.unit_names.get(quantity.base_unit, quantity.base_unit)
    if quantity.base_unit in TIME_UNITS and numbers == "1":
        unit = quantity.base_unit.removesuffix("s")
    return " ".join(filter(None, (numbers, next(scales, ""), unit)))


def _find_power_of_scale(
    values: Sequence[Decimal], quantity: Quantity, language: Language
) -> int:
    """Return which power of ten is the scale that suits values in the unit of a figure:
    9 for billions, 0 for none.
    """
    if quantity.unit_factor <= 1:
        return 0
    most = max(map(abs, values)) * quantity.unit_factor
    known = language.lexicon.scales.values()
    return max((power for power in known if most >= Decimal(10) ** power), default=0)


def _round_and_format_in_scale(
    values: Sequence[Decimal],
    quantity: Quantity,
    power_of_ten: int,
    language: Language,
    *,
    with_more_decimals: bool = False,
) -> list[_RoundedValueWithText]:
    """Return values in the unit of a figure in a scale, rounded to the decimals that it
    earns.

    Within a sum each has what decimals its table gave it, and what was worked out has
    one more than it earns.
    """
    width = (quantity.precision * quantity.unit_factor).scaleb(-power_of_ten)
    ends = [
        (value * quantity.unit_factor).scaleb(-power_of_ten).normalize()
        for value in values
    ]
    own = max(-int(end.as_tuple().exponent) for end in ends)
    places = -width.adjusted() if width else own
    most = (
        MOST_DECIMALS_OF_OTHERS if with_more_decimals else _get_most_decimals(quantity)
    )
    if with_more_decimals and places < own:
        places = own if own <= MOST_DECIMALS_OF_OTHERS else places + 1
    places = max(min(places, most), 0)
    return [
        _RoundedValueWithText(
            round(end, places), language.number(end, places).replace("-", "−")
        )
        for end in ends
    ]


def _get_most_decimals(quantity: Quantity) -> int:
    """Return how many decimals a figure of a unit has at most."""
    return MOST_DECIMALS_BY_UNIT.get(quantity.base_unit, MOST_DECIMALS_OF_OTHERS)
