"""Whether a quantity in words is true of a figure.

``faults`` holds "fell by about 16%" to a change of −15.7 percent: its form (digits fit
a change), its unit (percent, as the figure's), its sign (none stands there), its
direction (the figure is below zero), its number (about 16 goes from 15.5 to 16.5, where
the magnitude 15.7 lies), its precision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from press.binding.case import (
    WordsAndFigure,
    describe_ends,
    format_known_figure,
    shorten_value,
)
from press.binding.date_words import find_date_errors
from press.binding.number_truth import (
    describe_hedge,
    is_finer_than_source,
    is_number_true,
    replace_number,
)
from press.ground.errors import ToldError
from press.quantity import Quantity

FLAT = Fraction(1, 2)  # of a point: less is "flat"
OPPOSITE = {"up": "down", "down": "up"}


def is_true(case: WordsAndFigure) -> bool:
    """Tell whether nothing is wrong with the words."""
    return not find_errors(case)


def find_errors(case: WordsAndFigure) -> list[ToldError]:
    """Return all in the words that is not true of the figure.

    What another number could not mend comes first.
    """
    if case.quantity.kind_rules.is_date:
        return find_date_errors(case.text, case.quantity)
    wrong_form = list(_check_form(case))
    return wrong_form or [*find_errors_beside_number(case), *_check_number(case)]


def find_errors_beside_number(
    case: WordsAndFigure, *, compared: bool = False
) -> list[ToldError]:
    """Return what no other number in the words could mend: their form, unit, sign and
    direction.

    ``compared``: a wrong direction of a change is none of it, since it can be held to
    the figure.
    """
    found = list(_check_form(case)) or list(_check_unit(case))
    if compared and case.phrase.direction and case.quantity.signed:
        return found
    return [*found, *_check_direction(case)]


# ---- Form and unit


def _check_form(case: WordsAndFigure) -> Iterator[ToldError]:
    """A rank is written as an ordinal, a multiple as a multiple, a share as a fraction
    or a number.
    """
    phrase = case.phrase
    quantity = case.quantity
    rules = quantity.kind_rules
    is_ratio = case.is_part or phrase.number_form == "multiple"
    may_be_ratio = quantity.base_unit == "percent" or quantity.kind == "multiple"
    if phrase.number_form in rules.forms and (may_be_ratio or not is_ratio):
        return
    if rules.example:
        yield ToldError(
            f'"{case.text}" is no {quantity.kind}, but the fact is one',
            f'write a {quantity.kind} such as "{rules.example}"',
        )
    else:
        kind = "rank" if phrase.number_form == "ordinal" else phrase.number_form
        known = format_known_figure(quantity)
        yield ToldError(f'"{case.text}" is a {kind}, but the fact is {known}')


class _Unit(NamedTuple):
    """A unit, and what it is counted by: ``USD`` and ``per tonne``."""

    main: str
    rate: str

    def __str__(self) -> str:
        """Write it as messages do."""
        return f"{self.main} {self.rate}".strip()


def _check_unit(case: WordsAndFigure) -> Iterator[ToldError]:
    """No unit is converted; what the text leaves out of its unit stands elsewhere in
    the sentence.
    """
    if not _needs_unit(case):
        return
    wanted = _unit_of(case.quantity)
    written = _written_unit(case.phrase.units)
    rates = {unit for unit in case.inherited_units if unit.startswith("per ")}
    if written.main not in {"", wanted.main} or written.rate not in {"", wanted.rate}:
        told = _Unit(written.main or wanted.main, written.rate)
        known = f"is in {wanted}" if f"{wanted}" else "has no unit"
        yield ToldError(
            f'"{case.text}" is in {told}, but the fact {known}',
            "units are not converted",
        )
    elif wanted.rate and not written.rate and rates and wanted.rate not in rates:
        yield ToldError(
            f'"{case.text}" is {wanted.rate}, and the sentence says {min(rates)}'
        )
    may_lack = case.quantity.kind_rules.unit_may_stand_outside
    may_lack = may_lack or wanted.main in {"", *case.inherited_units}
    is_known = wanted.main in case.lexicon.units.values()
    if is_known and not (written.main or may_lack):
        yield ToldError(f'"{case.text}" lacks the unit {wanted.main}')


def _needs_unit(case: WordsAndFigure) -> bool:
    """Tell whether the words must have a unit: a direction, a rank, a part have none,
    and neither has "twice as much".
    """
    form = case.phrase.number_form
    if form in {"direction", "ordinal"} or case.is_part:
        return False
    if form != "multiple":
        return True
    return case.tells_growth and bool(case.phrase.units)


def _unit_of(quantity: Quantity) -> _Unit:
    """Return the unit of a figure."""
    if quantity.kind == "multiple":
        return _Unit("times", "")
    main, per, by = quantity.base_unit.partition(" per ")
    return _Unit(main, f"per {by}" if per else "")


def _written_unit(units: Sequence[str]) -> _Unit:
    """Return the unit that words have."""
    rate = next((unit for unit in units if unit.startswith("per ")), "")
    main = next((unit for unit in units if unit != rate), "")
    return _Unit(main, rate)


# ---- Direction


def _check_direction(case: WordsAndFigure) -> Iterator[ToldError]:
    """A signed figure has a direction, in link or sentence; a level only with "to" and
    a change that agrees.
    """
    phrase = case.phrase
    quantity = case.quantity
    is_signed = quantity.signed or quantity.ends[0] < 0
    if phrase.is_level_reached:
        yield from _check_level(case)
    elif phrase.number_form == "multiple":
        return  # its number is of what has grown
    elif is_signed and phrase.direction:
        ends = quantity.ends
        if phrase.number_form == "direction":
            ends = (quantity.least, quantity.most)
        yield from _check_change(case, "the figure", quantity, *ends)
    elif phrase.direction:
        known = format_known_figure(quantity)
        yield ToldError(
            f'"{case.text}" has a direction, but the figure is no change: {known}'
        )
    elif is_signed and any(number.value for number in phrase.numbers):
        yield from _check_direction_outside(case)


def _check_direction_outside(case: WordsAndFigure) -> Iterator[ToldError]:
    """A signed figure without a direction of its own has one in its sentence."""
    quantity = case.quantity
    falls = quantity.ends[1] < 0
    known = format_known_figure(quantity)
    if case.directions_in_sentence:
        if ("down" if falls else "up") not in case.directions_in_sentence:
            yield ToldError(
                f'the sentence has the wrong direction for "{case.text}": the figure is'
                f" {known}"
            )
        return
    is_span = quantity.kind_rules.is_span
    own = quantity.period
    is_since = any(own and period.ends_before(own) for period in quantity.related)
    if falls or (is_since and not is_span):
        ways = "late or early" if is_span else "up or down"
        yield ToldError(f'"{case.text}" does not say {ways}: the figure is {known}')


def _check_level(case: WordsAndFigure) -> Iterator[ToldError]:
    """Of "fell to $228 billion" the number is the figure, and the direction that of its
    change.
    """
    quantity = case.quantity
    change = case.quantity.change
    if change is None:
        word = case.phrase.direction_word
        yield ToldError(
            f'"{word}" in "{case.text}" cannot be checked: the fact has no change'
        )
    elif quantity.ends[0] < 0:
        known = format_known_figure(quantity)
        yield ToldError(
            f'"{case.text}" reads as a figure above zero, but it is {known}'
        )
    else:
        yield from _check_change(case, "the change", change, change.least, change.most)


def _check_change(
    case: WordsAndFigure, name: str, change: Quantity, low: Decimal, high: Decimal
) -> Iterator[ToldError]:
    """A change went the way that the words say, at both of the ends that count here.

    ``name`` is what messages call it.
    """
    direction = case.phrase.direction
    known = format_known_figure(change)
    if _went(change, direction, low, high):
        return
    if direction == "flat":
        yield ToldError(
            f'"{case.phrase.direction_word}" means a change of less than half a point,'
            f" but {name} is {known}"
        )
    elif _went(change, OPPOSITE[direction], low, high):
        yield ToldError(f'"{case.text}" has the wrong direction: {name} is {known}')
    else:
        ends = describe_ends(change, low, high)
        yield ToldError(f'"{case.text}" is not surely true: {name} is {ends}')


def _went(change: Quantity, direction: str, low: Decimal, high: Decimal) -> bool:
    """Tell whether a change went that way, at both of the ends that count here."""
    if direction == "up":
        return low > 0
    if direction == "down":
        return high < 0
    is_in_points = change.base_unit in {"percent", "percentage points"}
    return is_in_points and all(abs(end) < FLAT for end in change.ends)


# ---- Number


def _check_number(case: WordsAndFigure) -> Iterator[ToldError]:
    """A number is true of the figure, and its last digit but one is no more precise
    than the source.
    """
    if not is_number_true(case):
        yield _number_error(case)
    elif is_finer_than_source(case):
        precision = shorten_value(Fraction(case.quantity.precision))
        known = f"{precision} {case.quantity.unit}".rstrip()
        yield ToldError(
            f'"{case.text}" is more exact than the source, which is exact to {known}',
            "round it further",
        )


def _number_error(case: WordsAndFigure) -> ToldError:
    """Return what is wrong with a number that does not hold, the true one in its place
    where that can be written.
    """
    known = format_known_figure(case.quantity)
    if case.phrase.hedge:
        meant = describe_hedge(case)
        return ToldError(f'"{case.text}" means {meant}, but the figure is {known}')
    true = replace_number(case)
    is_range = len(case.phrase.numbers) > 1
    has_two_ends = case.quantity.ends[0] != case.quantity.ends[1]
    # No number becomes a range, or as exact as its source; of a count with decimals
    # none is written that holds.
    if true and is_range == has_two_ends and is_number_true(true) and is_true(true):
        return ToldError(
            f'found "{case.text}", expected "{true.text}" (exactly {known})'
        )
    return ToldError(f'"{case.text}" is not true: the figure is {known}')
