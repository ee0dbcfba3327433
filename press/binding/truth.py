"""Whether a quantity in words is true of a figure, and how its number must read to be so."""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from babel.dates import format_date, format_skeleton

from press.period import MONTHS
from press.quantity import DATES
from press.reading import PhraseError, fold, parse, plural, rendered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from press.quantity import Quantity
    from press.reading import Lexicon, Number, Phrase

FORMS = {  # which forms tell a kind; every other kind is told by PLAIN ones
    "rank": {"ordinal"},
    "multiple": {"digits", "word", "fraction", "multiple"},
    "change": {"digits", "word", "fraction", "multiple", "direction"},
}
PLAIN = {"digits", "word", "fraction", "direction"}
FREE = {"count", "index"}  # kinds whose unit may stand outside the link
PERCENT = {"percent", "percentage points"}
SIGNED = re.compile(r"(?<!\d)(?<!\d\s)[+\-–]\s?[^\w\s]?\s?\d")  # no dash between two numbers
FLAT = Fraction(1, 2)  # of a point: less is "flat"
HUNDRED, THOUSAND, TWO = 100, 1000, 2
SHOWN = 7  # significant digits of a value in a message


class Fault(NamedTuple):
    """What is wrong with a text, and how to mend it."""

    message: str
    hint: str = ""


class _Values(NamedTuple):
    """A figure in the terms of a phrase: the two ends and the width of its interval."""

    low: Fraction
    high: Fraction
    precision: Fraction
    factor: Fraction  # what one of the figure's unit is in these terms


class _Bounds(NamedTuple):
    """Between which ends a number holds, and whether the ends do."""

    low: Fraction
    high: Fraction
    with_low: bool = True
    with_high: bool = True

    def hold(self, value: Fraction) -> bool:
        """Tell whether the value lies between the ends."""
        above = value >= self.low if self.with_low else value > self.low
        below = value <= self.high if self.with_high else value < self.high
        return above and below


def fault(
    text: str, phrase: Phrase, quantity: Quantity, lexicon: Lexicon, inherited: tuple[str, ...] = ()
) -> Fault | None:
    """Return the first thing that is wrong with a text for a figure, ``None`` if it is true.

    ``inherited`` are the units of the link before in the sentence, for the parts that this text leaves out.
    """
    if quantity.kind in DATES:
        return date_fault(text, quantity, lexicon)
    return _words_fault(text, phrase, quantity, lexicon, inherited) or _number_fault(text, phrase, quantity, lexicon)


def unfit(text: str, phrase: Phrase, quantity: Quantity, lexicon: Lexicon) -> Fault | None:
    """Return why a text cannot be held to a figure, whatever its value: it is of another kind, or in another unit."""
    other = (
        _form_fault(text, phrase, quantity)
        or _unit_fault(text, phrase, quantity, lexicon, ())
        or _sign_fault(text, phrase)
        or _word_fault(text, phrase, quantity, lexicon)
    )
    against = phrase.direction and quantity.signed  # the other way is wrong, not another kind
    return other or (None if against else _direction_fault(text, phrase, quantity))


def _words_fault(
    text: str, phrase: Phrase, quantity: Quantity, lexicon: Lexicon, inherited: tuple[str, ...]
) -> Fault | None:
    """Return what no other number could mend."""
    return (
        _form_fault(text, phrase, quantity)
        or _unit_fault(text, phrase, quantity, lexicon, inherited)
        or _sign_fault(text, phrase)
        or _word_fault(text, phrase, quantity, lexicon)
        or _direction_fault(text, phrase, quantity)
    )


# Form and unit


def _is_part(phrase: Phrase) -> bool:
    """Tell whether it is a fraction of a whole, and not of a unit: "a third", not "half a point"."""
    return phrase.form == "fraction" and not phrase.units and not phrase.scale


def _form_fault(text: str, phrase: Phrase, quantity: Quantity) -> Fault | None:
    """A rank is told by an ordinal, a multiple by a multiple, a share by a fraction or a number."""
    fits = phrase.form in FORMS.get(quantity.kind, PLAIN)
    if _is_part(phrase):
        fits = fits and (quantity.base == "percent" or quantity.kind == "multiple")
    elif phrase.form == "multiple":
        fits = fits and (quantity.kind == "multiple" or quantity.base == "percent")
    if fits:
        return None
    expected = {"rank": 'a rank such as "second"', "multiple": 'a multiple such as "2.2 times as large"'}
    hint = "link a fact of that kind" if phrase.form in {"ordinal", "multiple", "fraction"} else ""
    return Fault(
        f'found "{text}", expected {expected.get(quantity.kind, f"a number with its unit: {as_known(quantity)}")}', hint
    )


def _slots(units: Iterable[str]) -> tuple[str, str]:
    """Return the unit and what it is counted by: ``USD`` and ``per tonne``."""
    main, by = "", ""
    for unit in units:
        if unit.startswith("per "):
            by = unit
        else:
            main = unit
    return main, by


def _unit_of(quantity: Quantity) -> tuple[str, str]:
    if quantity.kind == "multiple":
        return "times", ""
    main, per, by = quantity.base.partition(" per ")
    return main, f"per {by}" if per else ""


def _unit_fault(
    text: str, phrase: Phrase, quantity: Quantity, lexicon: Lexicon, inherited: tuple[str, ...]
) -> Fault | None:
    """No unit is converted; one that is left out is the preceding link's."""
    if phrase.form in {"direction", "ordinal"} or (
        (phrase.form == "multiple" or _is_part(phrase)) and not phrase.units
    ):
        return None
    known = set(lexicon.units.values())
    for wanted, written, before in zip(_unit_of(quantity), _slots(phrase.units), _slots(inherited), strict=True):
        shown = lexicon.first_form.get(wanted, wanted)
        free = quantity.kind in FREE or (wanted not in known and not before)
        if written and written != wanted:
            return Fault(
                f'found "{text}" in {written}, expected {wanted or "a number without a unit"}',
                "no unit is converted: link a fact in the unit that you write, or write the fact's",
            )
        if not written and wanted and not free and before != wanted:
            if before:
                message = f'found "{text}" without a unit after a figure in {before}, expected {wanted}'
            else:
                message = f'found "{text}" without a unit, expected {wanted}'
            return Fault(message, f'write "{shown}" inside the link')
    return None


# Direction


def _direction_fault(text: str, phrase: Phrase, quantity: Quantity) -> Fault | None:
    """A signed figure has a direction inside the link; a level only with "to" and a change that agrees."""
    if phrase.level:
        return _level_fault(text, phrase, quantity)
    low, high = quantity.ends
    signed = quantity.signed or low < 0
    if phrase.form == "multiple":
        return _multiple_fault(text, phrase, quantity)
    if not signed and phrase.direction:
        hint = 'write "to" before the number if it is where things went, or link the change'
        return Fault(f'found a direction in "{text}", expected none: the figure is a level', hint)
    if signed and not phrase.direction and any(number.value for number in phrase.numbers):
        words = ("early", "late") if quantity.kind == "span" else ("down", "up")
        word = words[0] if high < 0 else words[1]
        hint = f'write "{word}" or a sign inside the link'
        return Fault(f'found no direction in "{text}", expected one: it is {as_known(quantity)}', hint)
    return _against(text, phrase, quantity) if phrase.direction else None


def _word_fault(text: str, phrase: Phrase, quantity: Quantity, lexicon: Lexicon) -> Fault | None:
    """Only spans are early or late, only balances a surplus, only prices dearer."""
    changed = any(period.last < quantity.period.last for period in quantity.related) if quantity.period else False
    fits = {
        "timely": quantity.kind == "span",
        "of_balances": quantity.kind == "money" and quantity.signed and not changed,
        "of_prices": not quantity.subject and quantity.kind != "span",
    }
    if all(fit or phrase.word not in getattr(lexicon, key) for key, fit in fits.items()):
        return None
    hint = "say which way it went: up or down, more or less"
    return Fault(
        f'found "{phrase.word}" in "{text}", expected a direction of another kind for {as_known(quantity)}', hint
    )


def _sign_fault(text: str, phrase: Phrase) -> Fault | None:
    """A sign before a level or in a range could be meant of either number."""
    if (phrase.level or len(phrase.numbers) > 1) and SIGNED.search(fold(text)):
        return Fault(f'found a sign in "{text}", expected a direction in words', "leave the sign out")
    return None


def _against(text: str, phrase: Phrase, quantity: Quantity) -> Fault | None:
    """Return why a signed figure went another way."""
    if _agrees(phrase.direction, quantity, sure=phrase.form == "direction"):
        return None
    if phrase.direction == "flat":
        return Fault(
            f'found "{text}", expected a direction: it is {as_known(quantity)}', "flat is less than half a point"
        )
    return Fault(f'found "{text}", expected the other direction: it is {as_known(quantity)}')


def _multiple_fault(text: str, phrase: Phrase, quantity: Quantity) -> Fault | None:
    """Things that grew fivefold are more than they were."""
    low = quantity.ends[0] - (1 if quantity.kind == "multiple" else 0)
    if phrase.direction != "up" or low > 0:
        return None
    return Fault(f'found "{text}", expected no growth: it is {as_known(quantity)}')


def _level_fault(text: str, phrase: Phrase, quantity: Quantity) -> Fault | None:
    """The number is a level, the direction its change: both are known."""
    if quantity.change is None:
        hint = "leave the direction out of the link and bind it to a fact of its own"
        return Fault(f'found a direction in "{text}", expected none: the change of this figure is not known', hint)
    if quantity.ends[0] < 0:
        return Fault(f'found "{text}", expected words for a figure below zero: it is {as_known(quantity)}')
    if _agrees(phrase.direction, quantity.change, sure=True):
        return None
    return Fault(f'found "{text}", expected the other direction: the change is {as_known(quantity.change)}')


def _agrees(direction: str, quantity: Quantity, *, sure: bool) -> bool:
    """Tell whether a signed figure went that way; ``sure``: whatever its precision leaves open."""
    low, high = (quantity.least, quantity.most) if sure else quantity.ends
    if direction == "flat":
        return quantity.base in PERCENT and all(abs(end) < FLAT for end in quantity.ends)
    return low > 0 if direction == "up" else high < 0


# Truth


def _values(phrase: Phrase, quantity: Quantity) -> _Values:
    """Return the figure in the terms of the phrase: in the base unit, a magnitude, a part, or times as much."""
    factor, low, high = Fraction(quantity.factor), Fraction(quantity.ends[0]), Fraction(quantity.ends[1])
    if phrase.form == "multiple" and quantity.kind != "multiple":
        factor, low, high = Fraction(1, HUNDRED), low + HUNDRED, high + HUNDRED
    elif _is_part(phrase) and quantity.kind != "multiple":
        factor = Fraction(1, HUNDRED)
    if phrase.direction:
        low, high = sorted((abs(low), abs(high)))
    return _Values(low * factor, high * factor, Fraction(quantity.precision) * factor, factor)


def _is_exact(phrase: Phrase, quantity: Quantity) -> bool:
    """Tell whether the number must be the figure itself: ranks, spans, and counts that are not in thousands."""
    return quantity.kind in {"rank", "span"} or (quantity.kind == "count" and not phrase.scale)


def _bounds(number: Number, phrase: Phrase, values: _Values, *, exact: bool) -> _Bounds:
    """Return between which ends the number holds with its hedge."""
    x, k = number.value, number.place
    part = Fraction(10 if phrase.form == "fraction" else 5, HUNDRED) * x
    half = Fraction(0) if exact else number.step / TWO
    below = min(k, x / TWO)  # "below $500 billion" says nothing of 240
    near = max(min(part, k / TWO), half if number.step >= values.precision else Fraction(0))
    bounds = {
        "": _Bounds(x - half, x + half),
        "about": _Bounds(x - near, x + near),
        "over": _Bounds(x, x + k, with_low=False, with_high=False),
        "at_least": _Bounds(x, x + k, with_high=False),
        "just_over": _Bounds(x, x + Fraction(5, HUNDRED) * x, with_low=False),
        "under": _Bounds(x - below, x, with_low=False, with_high=False),
        "just_under": _Bounds(x - part, x, with_high=False),
        "at_most": _Bounds(x - below, x, with_low=False),
    }
    return bounds[phrase.hedge]


def holds(phrase: Phrase, quantity: Quantity) -> bool:
    """Tell whether the numbers are those of a figure; whether their unit and direction are is another matter."""
    bounds = _all_bounds(phrase, quantity)
    values = _values(phrase, quantity)
    if len(bounds) > 1:
        return _range_holds(phrase, bounds, values, exact=_is_exact(phrase, quantity))
    return all(bound.hold(values.low) and bound.hold(values.high) for bound in bounds)


def _all_bounds(phrase: Phrase, quantity: Quantity) -> list[_Bounds]:
    values, exact = _values(phrase, quantity), _is_exact(phrase, quantity)
    return [_bounds(number, phrase, values, exact=exact) for number in phrase.numbers]


def _number_fault(text: str, phrase: Phrase, quantity: Quantity, lexicon: Lexicon) -> Fault | None:
    """Return why the number is not true, or more than the source says."""
    if not phrase.numbers:
        return None
    if not holds(phrase, quantity):
        return _false(text, phrase, quantity, lexicon)
    exact, precision = _is_exact(phrase, quantity), _values(phrase, quantity).precision
    if not exact and min(_coarseness(number, phrase) for number in phrase.numbers) < precision:
        known = _short(Fraction(quantity.precision))
        message = f'found "{text}", more precise than the source, expected steps of {known} {quantity.unit}'.rstrip()
        return Fault(
            message, "leave out a decimal" if phrase.hedge == "about" else "leave out a decimal, or write about"
        )
    return None


def _coarseness(number: Number, phrase: Phrase) -> Fraction:
    """Return how wide the source's interval may be: a step, or what a hedge leaves open, with "about" two steps."""
    if not phrase.hedge:
        return number.step
    return max(number.place, number.step * (TWO if phrase.hedge == "about" else 1))


def _range_holds(phrase: Phrase, bounds: list[_Bounds], values: _Values, *, exact: bool) -> bool:
    """A range rounds to both ends of a figure that has two, outward at least; of one figure it is a narrow stretch."""
    first, last = phrase.numbers
    least, most = values.low - values.precision / TWO, values.high + values.precision / TWO
    if values.low != values.high:
        outward = (least // first.step * first.step, -(-most // last.step) * last.step)
        rounds = bounds[0].hold(values.low) and bounds[1].hold(values.high)
        return rounds or (phrase.form == "digits" and outward == (first.value, last.value))
    narrow = not exact and last.value - first.value <= min(max(first.place, last.place), last.value / TWO)
    return narrow and first.value <= least and most <= last.value


def _false(text: str, phrase: Phrase, quantity: Quantity, lexicon: Lexicon) -> Fault:
    """Return the message for a number that is not true: what is, and exactly how much."""
    exact = as_known(quantity)
    if phrase.hedge:
        factor = _values(phrase, quantity).factor
        bounds = _all_bounds(phrase, quantity)[0]
        low, high = (_short(end / factor) for end in (bounds.low, bounds.high))
        return Fault(f'found "{text}" ({low} to {high}), expected words that hold for {exact}')
    true = _rendered(text, phrase, quantity, lexicon)
    if true is None or not _fits(true, phrase, quantity, lexicon):
        return Fault(f'found "{text}", expected words that hold for {exact}')
    unlike = (quantity.ends[0] != quantity.ends[1]) != (len(phrase.numbers) > 1)
    if true == text or unlike:
        return Fault(f'found "{text}", expected words that hold for {exact}')
    return Fault(f'found "{text}", expected "{true}" (exactly {exact})')


def _fits(true: str, phrase: Phrase, quantity: Quantity, lexicon: Lexicon) -> bool:
    """Tell whether words with another number can be shown: neither "$0 trillion" nor "one years"."""
    try:
        read = parse(true, lexicon)
    except PhraseError:
        return False
    return not _misshapen(phrase, read, quantity, lexicon)


def as_known(quantity: Quantity) -> str:
    """Write a figure for a message: its value or its two ends, and its unit."""
    ends = " to ".join(dict.fromkeys(_short(Fraction(end)) for end in quantity.ends))
    unit = "times" if quantity.kind == "multiple" else quantity.unit
    return f"{ends} {unit}".rstrip()


def _short(value: Fraction) -> str:
    """Write a value with few digits, and "…" where there are more."""
    whole = len(str(abs(int(value))))
    places = max(0, SHOWN - whole)
    rounded = Fraction(round(value * 10**places), 10**places)
    digits = f"{abs(round(rounded * 10**places)):0{places + 1}d}"
    text = (
        f"{digits[: len(digits) - places]}.{digits[len(digits) - places :]}".rstrip("0").rstrip(".")
        if places
        else digits
    )
    return ("−" if value < 0 else "") + text + ("…" if rounded != value else "")


# Dates


def date_fault(text: str, quantity: Quantity, lexicon: Lexicon, date: dt.date | None = None) -> Fault | None:
    """Return why a text is not the year, month or day of a figure. ``date`` is the day if the caller has it at hand."""
    ways = {fold(way): way for way in _ways(quantity, lexicon, date or _date(quantity))}
    if fold(text).strip() in ways:
        return None
    return Fault(f'found "{text}", expected "{next(iter(ways.values()))}"')


def _date(quantity: Quantity) -> dt.date:
    """Return the day of a date, or the first day of a year or month."""
    value = int(quantity.value)
    if quantity.kind == "date":
        return dt.date.fromordinal(value)
    if quantity.kind == "month":
        return dt.date(value // MONTHS, value % MONTHS + 1, 1)
    return dt.date(value, 1, 1)


def _ways(quantity: Quantity, lexicon: Lexicon, date: dt.date) -> list[str]:
    """Return every way to write a date, the usual one first; a coarser one is true as well."""
    locale = lexicon.locale
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


# Rewriting


def rewritten(
    text: str, phrase: Phrase, quantity: Quantity, lexicon: Lexicon, inherited: tuple[str, ...] = ()
) -> str | Fault:
    """Return the text with its number token true, or why a person must write it. A true text stays as it is."""
    wrong = fault(text, phrase, quantity, lexicon, inherited)
    if wrong is None:
        return text
    if quantity.kind in DATES - {"year"}:
        return wrong
    if other := _words_fault(text, phrase, quantity, lexicon, inherited):
        return other
    new = _rendered(text, phrase, quantity, lexicon)
    if new is None:
        return Fault(wrong.message, "write it anew: no other word of its kind is true")
    if new == text:
        return wrong
    try:
        read = parse(new, lexicon)
    except PhraseError as error:
        why = error.message
    else:
        still = fault(new, read, quantity, lexicon, inherited)
        why = still.message if still else _unfit(phrase, read, quantity, lexicon)
    return Fault(f'found "{text}", which becomes "{new}": a person must write it', why) if why else new


def _rendered(text: str, phrase: Phrase, quantity: Quantity, lexicon: Lexicon) -> str | None:
    """Return the text with its numbers those of a figure, at the precision written; ``None`` where no word is."""
    values = _values(phrase, quantity)
    ends = (values.low, values.high) if len(phrase.numbers) > 1 else ((values.low + values.high) / TWO,)
    return rendered(text, phrase, ends, quantity.kind, lexicon)


def _unfit(phrase: Phrase, read: Phrase, quantity: Quantity, lexicon: Lexicon) -> str:
    """Return why a person must write the new number, an empty text if none need."""
    if any(not 1 <= number.value / Fraction(10) ** read.scale < THOUSAND for number in read.numbers if read.scale):
        return "choose another scale"
    return _misshapen(phrase, read, quantity, lexicon)


def _misshapen(phrase: Phrase, read: Phrase, quantity: Quantity, lexicon: Lexicon) -> str:
    """Return why the words around the number would not fit a new one, an empty text if they do."""
    for old, number in zip(phrase.numbers, read.numbers, strict=True):
        if bool(old.value) != bool(number.value):
            return "zero needs words of its own"
        if quantity.kind not in {"rank", "year"} and plural(old, phrase, lexicon) != plural(number, read, lexicon):
            return "the words beside the number change with it"
    return ""
