"""Whether a quantity in words is true of a figure.

``check`` holds "fell by about 16%" to a change of −15.7 percent in this order: its form (digits may tell a change), its
unit (percent, as the figure's), its direction (the figure is below zero), its number (about 16 goes from 15.5 to 16.5,
where the magnitude 15.7 lies), its precision (the source is as exact as the words). Each function that begins with
``check`` raises ``ToldError`` where its rule is broken. ``renumbered`` puts the true number in place of a false one.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from babel.dates import format_date, format_skeleton

from press.errors import ToldError
from press.period import MONTHS
from press.quantity import DATES, plain
from press.reading import PhraseError, fold, parse, plural, rendered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from babel import Locale

    from press.quantity import Quantity
    from press.reading import Lexicon, Number, Phrase

FORMS = {  # which forms tell a kind; every other kind is told by PLAIN ones
    "rank": {"ordinal"},
    "multiple": {"digits", "word", "fraction", "multiple"},
    "change": {"digits", "word", "fraction", "multiple", "direction"},
}
PLAIN = {"digits", "word", "fraction", "direction"}
TIME = {"years", "months"}  # units of spans
UNIT_OUTSIDE = {"count", "index"}  # kinds whose unit may stand outside the link
SIGNED = re.compile(r"(?<!\d)(?<!\d\s)[+\-–]\s?[^\w\s]?\s?\d")  # no dash between two numbers
FLAT = Fraction(1, 2)  # of a point: less is "flat"
# How far "about", "nearly" and "just over" reach, as a part of the number. These are choices, not results: some limit
# is needed, as half the place of its last digit would let "about 500" be 250. A fraction is good to 2.5 % of itself
# without any hedge, so that a hedge reaches further: "nearly half" may be 45 %.
REACH, FRACTION_REACH = Fraction(5, 100), Fraction(10, 100)
SHOWN = 7  # significant digits of a value in a message


@dataclass(frozen=True)
class Case:
    """Words held to a figure: the text of a link, what it reads as, and the quantity that it must be true of.

    ``inherited`` are the units that the text may leave out, because figures before it in the sentence have them; those
    of the nearest come first.
    """

    text: str
    phrase: Phrase
    quantity: Quantity
    lexicon: Lexicon
    inherited: tuple[str, ...] = ()

    @property
    def is_part(self) -> bool:
        """Tell whether it is a fraction of a whole, and not of a unit: "a third", not "half a point"."""
        return self.phrase.form == "fraction" and not self.phrase.units and not self.phrase.scale

    @property
    def is_exact(self) -> bool:
        """Tell whether the number must be the figure itself: ranks, spans, and counts that are not in thousands."""
        kind = self.quantity.kind
        return kind in {"rank", "span"} or (kind == "count" and not self.phrase.scale)


def is_true(case: Case) -> bool:
    """Tell whether nothing is wrong with the words."""
    try:
        check(case)
    except ToldError:
        return False
    return True


def check(case: Case) -> None:
    """Raise ``ToldError`` for the first thing in the words that is not true of the figure."""
    if case.quantity.kind in DATES:
        check_date(case.text, case.quantity, case.lexicon.locale)
    else:
        check_words(case)
        _check_number(case)


def check_words(case: Case) -> None:
    """Raise ``ToldError`` for what no other number in the words could mend: their form, unit or direction."""
    check_kind(case)
    _check_direction(case)


def check_kind(case: Case) -> None:
    """Raise ``ToldError`` where the words cannot be held to the figure, whatever its value.

    They are of another form, in another unit, or have a direction where the figure has none, or the other way round.
    """
    _check_form(case)
    _check_unit(case)
    _check_sign(case)
    _check_word(case)
    if not (case.phrase.direction and case.quantity.signed):  # the other way is wrong, not another kind
        _check_direction(case)


# Form and unit


def _check_form(case: Case) -> None:
    """A rank is told by an ordinal, a multiple by a multiple, a share by a fraction or a number."""
    phrase, quantity = case.phrase, case.quantity
    fits = phrase.form in FORMS.get(quantity.kind, PLAIN)
    if case.is_part or phrase.form == "multiple":
        fits = fits and (quantity.base == "percent" or quantity.kind == "multiple")
    if not fits:
        kinds = {"rank": 'a rank such as "second"', "multiple": 'a multiple such as "2.2 times as large"'}
        expected = kinds.get(quantity.kind, f"a number with its unit: {as_known(quantity)}")
        hint = "link a fact of that kind" if phrase.form in {"ordinal", "multiple", "fraction"} else ""
        raise ToldError(f'found "{case.text}", expected {expected}', hint)


def _check_unit(case: Case) -> None:
    """No unit is converted; what the text leaves out of its unit is that of the figure before it."""
    phrase, quantity, text = case.phrase, case.quantity, case.text
    if phrase.form in {"direction", "ordinal"} or case.is_part or (phrase.form == "multiple" and not phrase.units):
        return
    for wanted, written in zip(_unit_of(quantity), _slots(phrase.units), strict=True):
        if written and written != wanted:
            raise ToldError(
                f'found "{text}" in {written}, expected {wanted or "a number without a unit"}',
                "no unit is converted: link a fact in the unit that you write, or write the fact's",
            )
        before = _taken_over(wanted, case.inherited)
        if wanted in {written, before} or quantity.kind in UNIT_OUTSIDE:
            continue
        if before or wanted in case.lexicon.units.values():
            after = f" after a figure in {before}" if before else ""
            hint = f'write "{case.lexicon.first_form.get(wanted, wanted)}" inside the link'
            raise ToldError(f'found "{text}" without a unit{after}, expected {wanted}', hint)


def _unit_of(quantity: Quantity) -> tuple[str, str]:
    """Return the two slots of a figure's unit, as ``_slots`` does."""
    if quantity.kind == "multiple":
        return "times", ""
    main, per, by = quantity.base.partition(" per ")
    return main, f"per {by}" if per else ""


def _slots(units: Iterable[str]) -> tuple[str, str]:
    """Return the unit and what it is counted by: ``USD`` and ``per tonne``."""
    main, by = "", ""
    for unit in units:
        if unit.startswith("per "):
            by = unit
        else:
            main = unit
    return main, by


def _taken_over(wanted: str, inherited: Iterable[str]) -> str:
    """Return the unit that a text takes over which leaves out ``wanted``: the nearest, an empty text if there is none.

    Units of time displace no others: "$20 billion came four years late, 100 billion three years late" is in dollars.
    """
    alike = [unit for unit in inherited if unit.startswith("per ") == wanted.startswith("per ")]
    return min(alike, key=lambda unit: unit in TIME and wanted not in TIME, default="")


# Direction


def _check_sign(case: Case) -> None:
    """A sign before a level or in a range could be meant of either number."""
    if (case.phrase.level or len(case.phrase.numbers) > 1) and SIGNED.search(fold(case.text)):
        raise ToldError(f'found a sign in "{case.text}", expected a direction in words', "leave the sign out")


def _check_word(case: Case) -> None:
    """Only spans are early or late, only balances a surplus, only prices dearer."""
    word, quantity, lexicon = case.phrase.word, case.quantity, case.lexicon
    changed = any(period.last < quantity.period.last for period in quantity.related) if quantity.period else False
    fits = {
        "timely": quantity.kind == "span",
        "of_balances": quantity.kind == "money" and quantity.signed and not changed,
        "of_prices": not quantity.subject and quantity.kind != "span",
    }
    if any(not fit and word in getattr(lexicon, key) for key, fit in fits.items()):
        message = f'found "{word}" in "{case.text}", expected a direction of another kind for {as_known(quantity)}'
        raise ToldError(message, "say which way it went: up or down, more or less")


def _check_direction(case: Case) -> None:
    """A signed figure has a direction inside the link; a level only with "to" and a change that agrees."""
    phrase, quantity = case.phrase, case.quantity
    signed = quantity.signed or quantity.ends[0] < 0
    if phrase.level:
        _check_level(case)
    elif phrase.form == "multiple":
        _check_multiple(case)
    elif signed and phrase.direction:
        _check_way(case)
    elif phrase.direction:
        message = f'found a direction in "{case.text}", expected none: the figure is a level'
        raise ToldError(message, 'write "to" before the number if it is where things went, or link the change')
    elif signed and any(number.value for number in phrase.numbers):
        down, up = ("early", "late") if quantity.kind == "span" else ("down", "up")
        message = f'found no direction in "{case.text}", expected one: it is {as_known(quantity)}'
        raise ToldError(message, f'write "{down if quantity.ends[1] < 0 else up}" or a sign inside the link')


def _check_level(case: Case) -> None:
    """Of "fell to $228 billion" the number is the figure, and the direction that of its change."""
    quantity, change = case.quantity, case.quantity.change
    if change is None:
        message = f'found a direction in "{case.text}", expected none: the change of this figure is not known'
        raise ToldError(message, "leave the direction out of the link and bind it to a fact of its own")
    if quantity.ends[0] < 0:
        raise ToldError(f'found "{case.text}", expected words for a figure below zero: it is {as_known(quantity)}')
    if not _went(change, case.phrase.direction, change.least, change.most):
        raise ToldError(f'found "{case.text}", expected the other direction: the change is {as_known(change)}')


def _check_multiple(case: Case) -> None:
    """Things that grew fivefold are more than they were."""
    quantity = case.quantity
    unchanged = 1 if quantity.kind == "multiple" else 0
    if case.phrase.direction == "up" and quantity.ends[0] <= unchanged:
        raise ToldError(f'found "{case.text}", expected no growth: it is {as_known(quantity)}')


def _check_way(case: Case) -> None:
    """A signed figure went the way that its words say; a direction alone must hold in its whole interval."""
    quantity, direction = case.quantity, case.phrase.direction
    low, high = (quantity.least, quantity.most) if case.phrase.form == "direction" else quantity.ends
    if not _went(quantity, direction, low, high):
        expected, hint = "the other direction", ""
        if direction == "flat":
            expected, hint = "a direction", "flat is less than half a point"
        raise ToldError(f'found "{case.text}", expected {expected}: it is {as_known(quantity)}', hint)


def _went(change: Quantity, direction: str, low: Decimal, high: Decimal) -> bool:
    """Tell whether a change went that way, at both of the ends ``low`` and ``high`` that count here."""
    if direction == "flat":
        return change.base in {"percent", "percentage points"} and all(abs(end) < FLAT for end in change.ends)
    return low > 0 if direction == "up" else high < 0


# Number


class _Figure(NamedTuple):
    """A figure in the terms of its words: the two ends and the width of its interval, all in the unit's base.

    A magnitude where the words have a direction; 1 for the whole where they tell a part of it or a multiple.
    """

    low: Fraction
    high: Fraction
    precision: Fraction
    factor: Fraction  # what one of the figure's unit is in these terms


class _Bounds(NamedTuple):
    """The ends between which a figure lies if the words are true, and whether it may lie on them."""

    low: Fraction
    high: Fraction
    with_low: bool = True
    with_high: bool = True

    def hold(self, value: Fraction) -> bool:
        """Tell whether the value lies between the ends."""
        above = value >= self.low if self.with_low else value > self.low
        below = value <= self.high if self.with_high else value < self.high
        return above and below


def number_holds(case: Case) -> bool:
    """Tell whether the number, or the two of a range, is that of the figure, whatever unit and direction it has."""
    figure = _figure(case)
    bounds = [_bounds(number, case, figure) for number in case.phrase.numbers]
    if len(bounds) > 1:
        return _range_holds(case, figure, *bounds)
    return all(bound.hold(figure.low) and bound.hold(figure.high) for bound in bounds)


def _check_number(case: Case) -> None:
    """A number is true of the figure, and no more precise than the source."""
    if not number_holds(case):
        raise _untrue(case)
    quantity, hedge, precision = case.quantity, case.phrase.hedge, _figure(case).precision
    widest = min((_widest_source(number, hedge) for number in case.phrase.numbers), default=precision)
    if widest < precision and not case.is_exact:
        known = f"{_short(Fraction(quantity.precision))} {quantity.unit}".rstrip()
        message = f'found "{case.text}", more precise than the source, expected steps of {known}'
        raise ToldError(message, "leave out a decimal" if hedge == "about" else "leave out a decimal, or write about")


def _figure(case: Case) -> _Figure:
    """Return the figure in the terms of the words."""
    phrase, quantity = case.phrase, case.quantity
    factor, low, high = Fraction(quantity.factor), *map(Fraction, quantity.ends)
    if quantity.kind != "multiple" and (case.is_part or phrase.form == "multiple"):  # the figure is in percent
        factor = Fraction(1, 100)
    if quantity.kind != "multiple" and phrase.form == "multiple":  # 110 percent more is 2.1 times as much
        low, high = low + 100, high + 100
    if phrase.direction:
        low, high = sorted((abs(low), abs(high)))
    return _Figure(low * factor, high * factor, Fraction(quantity.precision) * factor, factor)


def _bounds(number: Number, case: Case, figure: _Figure) -> _Bounds:
    """Return the bounds that the hedge sets around a number: the table in docs/binding.md, where ``place`` is *k*."""
    x, place = number.value, number.place
    rounding = Fraction(0) if case.is_exact else number.step / 2
    reach = (FRACTION_REACH if case.phrase.form == "fraction" else REACH) * x
    about = max(min(reach, place / 2), rounding if number.step >= figure.precision else Fraction(0))
    down = min(place, x / 2)  # "below $500 billion" says nothing of 240
    return {
        "": _Bounds(x - rounding, x + rounding),
        "about": _Bounds(x - about, x + about),
        "over": _Bounds(x, x + place, with_low=False, with_high=False),
        "at_least": _Bounds(x, x + place, with_high=False),
        "just_over": _Bounds(x, x + REACH * x, with_low=False),
        "under": _Bounds(x - down, x, with_low=False, with_high=False),
        "just_under": _Bounds(x - reach, x, with_high=False),
        "at_most": _Bounds(x - down, x, with_low=False),
    }[case.phrase.hedge]


def _range_holds(case: Case, figure: _Figure, lower: _Bounds, upper: _Bounds) -> bool:
    """A range rounds to both ends of a figure that has two, outward at least; of one figure it is a narrow stretch."""
    first, last = case.phrase.numbers
    least, most = figure.low - figure.precision / 2, figure.high + figure.precision / 2
    if figure.low != figure.high:
        outward = (least // first.step * first.step, -(-most // last.step) * last.step)
        rounds = lower.hold(figure.low) and upper.hold(figure.high)
        return rounds or (case.phrase.form == "digits" and outward == (first.value, last.value))
    narrow = last.value - first.value <= min(max(first.place, last.place), last.value / 2)
    return narrow and not case.is_exact and first.value <= least and most <= last.value


def _widest_source(number: Number, hedge: str) -> Fraction:
    """Return how wide a source's interval may be for a number: a step, or what its hedge leaves open."""
    if not hedge:
        return number.step
    return max(number.place, number.step * (2 if hedge == "about" else 1))


def _untrue(case: Case) -> ToldError:
    """Return what is wrong with a number that does not hold: the true one in its place, where that can be written."""
    exact = as_known(case.quantity)
    if case.phrase.hedge:
        figure = _figure(case)
        bounds = _bounds(case.phrase.numbers[0], case, figure)
        low, high = (_short(end / figure.factor) for end in (bounds.low, bounds.high))
        return ToldError(f'found "{case.text}" ({low} to {high}), expected words that hold for {exact}')
    true = renumbered(case)
    as_many = (case.quantity.ends[0] != case.quantity.ends[1]) == (len(case.phrase.numbers) > 1)
    if true is None or true.text == case.text or not as_many:  # no number becomes a range
        return ToldError(f'found "{case.text}", expected words that hold for {exact}')
    return ToldError(f'found "{case.text}", expected "{true.text}" (exactly {exact})')


def renumbered(case: Case) -> Case | None:
    """Return the case with the figure's own number in its words, at the precision written.

    ``None`` where no word says it, or where nobody would write it so: "$0 trillion", "one years". Whether the words are
    true then is another matter: their direction or hedge may be wrong.
    """
    figure, numbers = _figure(case), case.phrase.numbers
    values = [figure.low, figure.high] if len(numbers) > 1 else [(figure.low + figure.high) / 2 for _ in numbers]
    text = rendered(case.text, case.phrase, values, case.quantity.kind, case.lexicon)
    if text is None:
        return None
    with suppress(PhraseError):
        made = replace(case, text=text, phrase=parse(text, case.lexicon))
        return made if _keeps_its_words(case, made) else None
    return None


def _keeps_its_words(case: Case, made: Case) -> bool:
    """Tell whether the words beside each old number suit the new one: zero has its own, and so has the plural."""
    counts = case.quantity.kind not in {"rank", "year"}
    for old, new in zip(case.phrase.numbers, made.phrase.numbers, strict=True):
        if bool(old.value) != bool(new.value):
            return False
        if counts and plural(old, case.phrase, case.lexicon) != plural(new, made.phrase, case.lexicon):
            return False
    return True


def as_known(quantity: Quantity) -> str:
    """Write a figure for a message: its value or its two ends, and its unit."""
    ends = " to ".join(dict.fromkeys(_short(Fraction(end)) for end in quantity.ends))
    unit = "times" if quantity.kind == "multiple" else quantity.unit
    return f"{ends} {unit}".rstrip()


def _short(value: Fraction) -> str:
    """Write a value with seven digits, and "…" where there are more."""
    size = abs(value)
    places = max(0, SHOWN - len(str(int(size))))
    rounded = Decimal(round(size * 10**places)).scaleb(-places)
    return ("−" if value < 0 else "") + plain(rounded) + ("…" if Fraction(rounded) != size else "")


# Dates


def check_date(text: str, quantity: Quantity, locale: Locale) -> None:
    """Raise ``ToldError`` where a text is not the year, month or day of a figure of such a kind."""
    ways = _ways(quantity, locale)
    if fold(text).strip() not in map(fold, ways):
        raise ToldError(f'found "{text}", expected "{ways[0]}"')


def _date(quantity: Quantity) -> dt.date:
    """Return the day of a date, or the first day of a year or month."""
    value = int(quantity.value)
    if quantity.kind == "date":
        return dt.date.fromordinal(value)
    if quantity.kind == "month":
        return dt.date(value // MONTHS, value % MONTHS + 1, 1)
    return dt.date(value, 1, 1)


def _ways(quantity: Quantity, locale: Locale) -> list[str]:
    """Return every way to write a date, the usual one first; a coarser one is true as well."""
    date = _date(quantity)
    year = f"{date.year}"
    if quantity.kind == "year":
        return [year]
    names = [format_date(date, pattern, locale=locale) for pattern in ("LLLL", "MMMM")]
    months = [*(f"{name} {year}" for name in names), format_skeleton("yMMMM", date, locale=locale), *names, year]
    if quantity.kind == "month":
        return months
    days = [f"{date.day} {name}{end}" for end in (f" {year}", "") for name in reversed(names)]
    local = [format_date(date, "long", locale=locale), format_skeleton("MMMMd", date, locale=locale)]
    return [*days[:1], *local, *days[1:], *months]
