"""Whether a quantity in words is true of a figure.

``list_errors_against_figure`` holds "fell by about 16%" to a change of −15.7 percent:
its form (digits fit a change), its unit (percent, as the figure's), its sign (none
stands there), its direction (the figure is below zero), its number (about 16 goes from
15.5 to 16.5, where the magnitude 15.7 lies), its precision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from press.binding.date_words import list_date_errors
from press.binding.number_truth import (
    describe_hedged_interval,
    is_number_ten_times_finer_than_source,
    is_number_true,
    replace_number_if_writable,
)
from press.binding.words_and_figure import (
    WordsAndFigure,
    format_ends_in_unit,
    format_known_figure,
    shorten_value_with_ellipsis,
)
from press.ground.errors import ToldError
from press.quantity import Quantity
from press.reading import QuantityParseError, parse_quantity

FLAT = Fraction(1, 2)  # of a point: less is "flat"


def is_true_of_figure(case: WordsAndFigure) -> bool:
    """Tell whether nothing is wrong with the words."""
    return not list_errors_against_figure(case)


def list_errors_against_figure(case: WordsAndFigure) -> list[ToldError]:
    """Return all in the words that is not true of the figure, the number last; words
    of a wrong form are held to nothing else.
    """
    if case.quantity.kind_rules.is_date:
        return list_date_errors(case.text, case.quantity)
    return list(_find_number_form_error(case)) or [
        *_find_wrong_or_lacking_unit_errors(case),
        *_find_wrong_or_lacking_direction_error(case),
        *_find_number_or_precision_error(case),
    ]


def list_errors_except_number(
    case: WordsAndFigure, *, skip_direction_of_change: bool = False
) -> list[ToldError]:
    """Return what is wrong with words whatever their number is: their form, unit, sign
    and direction.

    With ``skip_direction_of_change`` a wrong direction of a change is left out, since
    it can be held to the figure.
    """
    found = [*_find_number_form_error(case), *_find_wrong_or_lacking_unit_errors(case)]
    if skip_direction_of_change and case.phrase.direction and case.quantity.signed:
        return found
    return [*found, *_find_wrong_or_lacking_direction_error(case)]


# ---- Form and unit


def _find_number_form_error(case: WordsAndFigure) -> Iterator[ToldError]:
    """Yield an error where words are in a form that no figure of this kind has: an
    ordinal for a share, a fraction for a price.
    """
    phrase = case.phrase
    quantity = case.quantity
    rules = quantity.kind_rules
    is_ratio = case.is_phrase_fraction_of_whole or phrase.number_form == "multiple"
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


class _UnitAndRate(NamedTuple):
    """A unit, and what it is counted by: ``USD`` and ``per tonne``."""

    main: str
    rate: str

    def __str__(self) -> str:
        """Return it as messages have it: "USD per tonne"."""
        return f"{self.main} {self.rate}".strip()


def _find_wrong_or_lacking_unit_errors(case: WordsAndFigure) -> Iterator[ToldError]:
    """Yield an error where words have another unit than the figure, which is not
    converted, or lack one that their sentence does not have either.
    """
    if not _can_form_have_unit(case):
        return
    wanted = _get_unit_of_figure(case.quantity)
    written = _get_unit_of_words(case.phrase.units)
    rates = {unit for unit in case.inherited_units if unit.startswith("per ")}
    if written.main not in {"", wanted.main} or written.rate not in {"", wanted.rate}:
        told = _UnitAndRate(written.main or wanted.main, written.rate)
        known = f"is in {wanted}" if f"{wanted}" else "has no unit"
        yield ToldError(
            f'"{case.text}" is in {told}, but the fact {known}',
            "units are not converted",
        )
    elif wanted.rate and not written.rate and rates and wanted.rate not in rates:
        yield ToldError(
            f'"{case.text}" is {wanted.rate}, and the sentence says {min(rates)}'
        )
    if written.main or wanted.main in case.inherited_units:
        return
    may_lack = case.quantity.kind_rules.unit_may_stand_outside
    if wanted.main in case.lexicon.units.values() and not may_lack:
        yield ToldError(f'"{case.text}" lacks the unit {wanted.main}')


def _can_form_have_unit(case: WordsAndFigure) -> bool:
    """Tell whether words of this form can have a unit: a direction, a rank, a part have
    none, and neither has "twice as much".
    """
    form = case.phrase.number_form
    if form in {"direction", "ordinal"} or case.is_phrase_fraction_of_whole:
        return False
    if form != "multiple":
        return True
    return case.is_multiple_of_percent_change and bool(case.phrase.units)


def _get_unit_of_figure(quantity: Quantity) -> _UnitAndRate:
    """Return the unit of a figure."""
    if quantity.kind == "multiple":
        return _UnitAndRate("times", "")
    return _split_unit(quantity.base_unit)


def _get_unit_of_words(units: Sequence[str]) -> _UnitAndRate:
    """Return the unit that words have: its rate is written apart from it, or is part of
    its name, as in "births per woman".
    """
    rate = next((unit for unit in units if unit.startswith("per ")), "")
    main = next((unit for unit in units if unit != rate), "")
    return _UnitAndRate(main, rate) if rate else _split_unit(main)


def _split_unit(unit: str) -> _UnitAndRate:
    """Return a unit such as "USD per tonne" as its two parts."""
    main, per, by = unit.partition(" per ")
    return _UnitAndRate(main, f"per {by}" if per else "")


# ---- Direction


def _find_wrong_or_lacking_direction_error(case: WordsAndFigure) -> Iterator[ToldError]:
    """Yield an error where words say a direction that the figure does not have, or
    none where it has one.

    A multiple is left out: what it tells has grown.
    """
    phrase = case.phrase
    quantity = case.quantity
    is_signed = quantity.signed or quantity.low_and_high[0] < 0
    if phrase.is_level_reached:
        yield from _find_direction_to_level_error(case)
    elif phrase.number_form == "multiple":
        return  # its number is of what has grown
    elif is_signed and phrase.direction:
        ends = quantity.low_and_high
        if phrase.number_form == "direction":
            ends = (quantity.least, quantity.most)
        yield from _find_wrong_way_of_change_error(case, "the figure", quantity, *ends)
    elif phrase.direction:
        yield ToldError(
            f'"{case.text}" has a direction, but the figure is no change:'
            f" {format_known_figure(quantity)}"
        )
    elif is_signed and any(number.value for number in phrase.numbers):
        yield from _find_direction_error_of_sentence(case)


def _find_direction_error_of_sentence(case: WordsAndFigure) -> Iterator[ToldError]:
    """Yield an error where no word of the sentence says the direction of a figure, or
    only words for another do.
    """
    quantity = case.quantity
    falls = quantity.low_and_high[1] < 0
    known = format_known_figure(quantity)
    said = case.directions_in_sentence
    if said:
        if ("down" if falls else "up") not in said:
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


def _find_direction_to_level_error(case: WordsAndFigure) -> Iterator[ToldError]:
    """Yield an error where words such as "fell to $228 billion" have a direction that
    is not that of the figure's change, or where it has no change.
    """
    quantity = case.quantity
    change = quantity.change
    if change is None:
        yield ToldError(
            f'"{case.phrase.direction_word}" in "{case.text}" cannot be checked: the'
            " fact has no change"
        )
    elif quantity.low_and_high[0] < 0:
        yield ToldError(
            f'"{case.text}" reads as a figure above zero, but it is'
            f" {format_known_figure(quantity)}"
        )
    else:
        yield from _find_wrong_way_of_change_error(
            case, "the change", change, change.least, change.most
        )


def _find_wrong_way_of_change_error(
    case: WordsAndFigure,
    change_label: str,
    change: Quantity,
    low: Decimal,
    high: Decimal,
) -> Iterator[ToldError]:
    """Yield an error where a change did not go the way that words say, at both of two
    ends.

    ``change_label`` is what messages call the change.
    """
    direction = case.phrase.direction
    known = format_known_figure(change)
    possible = {*_list_directions_of_change(change, low, high)}
    if direction in possible:
        return
    if direction == "flat":
        yield ToldError(
            f'"{case.phrase.direction_word}" means a change of less than half a point,'
            f" but {change_label} is {known}"
        )
    elif possible - {"flat"}:
        yield ToldError(
            f'"{case.text}" has the wrong direction: {change_label} is {known}'
        )
    else:
        ends = format_ends_in_unit(change, low, high)
        yield ToldError(f'"{case.text}" is not surely true: {change_label} is {ends}')


def _list_directions_of_change(
    change: Quantity, low: Decimal, high: Decimal
) -> Iterator[Literal["up", "down", "flat"]]:
    """Yield which ways a change went at both of two ends; "flat" only for one in
    percent or in points.
    """
    if low > 0:
        yield "up"
    if high < 0:
        yield "down"
    is_in_points = change.base_unit in {"percent", "percentage points"}
    if is_in_points and all(abs(end) < FLAT for end in change.low_and_high):
        yield "flat"


# ---- Number


def _find_number_or_precision_error(case: WordsAndFigure) -> Iterator[ToldError]:
    """Yield an error where a number is not that of the figure, or else is ten times as
    exact as its source.
    """
    if not is_number_true(case):
        yield _make_wrong_number_error(case)
    elif is_number_ten_times_finer_than_source(case):
        precision = shorten_value_with_ellipsis(Fraction(case.quantity.precision))
        known = f"{precision} {case.quantity.unit}".rstrip()
        yield ToldError(
            f'"{case.text}" is more exact than the source, which is exact to {known}',
            "round it further",
        )


def _make_wrong_number_error(case: WordsAndFigure) -> ToldError:
    """Return the error for a number that is not the figure's; it tells the true one
    where that can be written in its place.
    """
    known = format_known_figure(case.quantity)
    if case.phrase.hedge:
        return ToldError(
            f'"{case.text}" means {describe_hedged_interval(case)}, but the figure is'
            f" {known}"
        )
    true = replace_number_if_writable(case)
    is_range = len(case.phrase.numbers) > 1
    low, high = case.quantity.low_and_high
    # No number becomes a range, or as exact as its source; of a count with decimals
    # none is written that holds.
    if (
        true
        and is_range == (low != high)
        and is_number_true(true)
        and is_true_of_figure(true)
    ):
        return ToldError(
            f'found "{case.text}", expected "{true.text}" (exactly {known})'
        )
    return ToldError(
        f'"{case.text}" is not true: the figure is {known}',
        _hint_hedge_making_true(case),
    )


def _hint_hedge_making_true(case: WordsAndFigure) -> str:
    """Return a hint to write the hedge with which words are true: "about 70%"; nothing
    where they are not.
    """
    hedge = next(word for word, kind in case.lexicon.hedges.items() if kind == "about")
    text = f"{hedge} {case.text}"
    with suppress(QuantityParseError):
        hedged = replace(case, text=text, phrase=parse_quantity(text, case.lexicon))
        if is_true_of_figure(hedged):
            return f'write "{text}"'
    return ""
