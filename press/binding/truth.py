"""Whether a quantity in words is true of a figure.

``faults`` holds "fell by about 16%" to a change of −15.7 percent: its form (digits fit
a change), its unit (percent, as the figure's), its sign (none stands there), its
direction (the figure is below zero), its number (about 16 goes from 15.5 to 16.5, where
the magnitude 15.7 lies), its precision. Each function that begins with ``_of`` yields
what breaks its rule. ``renumbered`` puts the true number in place of a false one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from press.ground.errors import ToldError
from press.ground.period import MONTHS
from press.quantity import DATES, Quantity, plain
from press.reading import (
    Conventions,
    Lexicon,
    Number,
    Phrase,
    PhraseError,
    fold,
    is_one,
    parse,
    rendered,
)

# in which a figure of each kind is written; those of every other kind in PLAIN ones
FORMS = {
    "rank": {"ordinal"},
    "multiple": {"digits", "word", "fraction", "multiple"},
    "change": {"digits", "word", "fraction", "multiple", "direction"},
}
PLAIN = {"digits", "word", "fraction", "direction"}
EXAMPLES = {"rank": "second", "multiple": "2.2 times as large"}
UNIT_OUTSIDE = {"count", "index"}  # kinds whose unit may stand outside the link
FLAT = Fraction(1, 2)  # of a point: less is "flat"
# How far "about", "nearly" and "just over" reach, as a part of the number. These are
# choices, not results: some limit is needed, as half the place of its last digit would
# let "about 500" be 250. A fraction is good to 2.5 % of itself without any hedge, so
# that a hedge reaches further: "nearly half" may be 45 %.
REACH, FRACTION_REACH = Fraction(5, 100), Fraction(10, 100)
SHOWN = 7  # significant digits of a value in a message
THOUSAND = 1000
YEARLONG = 4  # digits
NAMES = Conventions("en").months("wide")
TENFOLD = 10  # as exact as its source a number is wrong


@dataclass(frozen=True)
class Case:
    """Words held to a figure: the text of a link, what it reads as, and the quantity
    that it must be true of.

    ``inherited`` are the units that the text may leave out, because its sentence has
    them elsewhere; ``ways`` are the words for directions in its sentence.
    """

    text: str
    phrase: Phrase
    quantity: Quantity
    lexicon: Lexicon
    inherited: tuple[str, ...] = ()
    ways: frozenset[str] = frozenset()

    @property
    def directions(self) -> set[str]:
        """The directions in the sentence; "early" and "late" are only those of a span
        of time.
        """
        timely, span = self.lexicon.lists["timely"], self.quantity.kind == "span"
        compared = {"more": "up", "less": "down"}
        ways = {
            word: (
                self.lexicon.directions.get(word)
                or compared.get(self.lexicon.comparators[word])
            )
            for word in self.ways
        }
        return {way for word, way in ways.items() if way and (word in timely) == span}

    @property
    def is_part(self) -> bool:
        """Tell whether it is a fraction of a whole, and not of a unit: "a third", not
        "half a point".
        """
        return (
            self.phrase.form == "fraction"
            and not self.phrase.units
            and not self.phrase.scale
        )

    @property
    def is_exact(self) -> bool:
        """Tell whether the number must be the figure itself: ranks, spans, and counts
        that are not in thousands.
        """
        kind = self.quantity.kind
        return kind in {"rank", "span"} or (kind == "count" and not self.phrase.scale)


def is_true(case: Case) -> bool:
    """Tell whether nothing is wrong with the words."""
    return not faults(case)


def faults(case: Case) -> list[ToldError]:
    """Return all in the words that is not true of the figure; what another number could
    not mend comes first.
    """
    if case.quantity.kind in DATES:
        return date_faults(case.text, case.quantity)
    return [*_of_form(case)] or [*misfits(case), *_of_number(case)]


def misfits(case: Case, *, compared: bool = False) -> list[ToldError]:
    """Return what no other number in the words could mend: their form, unit, sign and
    direction.

    ``compared``: a wrong direction of a change is none of it, since it can be held to
    the figure.
    """
    directed = compared and case.phrase.direction and case.quantity.signed
    found = [*_of_form(case)] or [*_of_unit(case)]
    return found if directed else [*found, *_of_direction(case)]


# Form and unit


def _of_form(case: Case) -> Iterator[ToldError]:
    """A rank is written as an ordinal, a multiple as a multiple, a share as a fraction
    or a number.
    """
    phrase, quantity = case.phrase, case.quantity
    fits = phrase.form in FORMS.get(quantity.kind, PLAIN)
    if case.is_part or phrase.form == "multiple":
        fits = fits and (quantity.base == "percent" or quantity.kind == "multiple")
    if fits:
        return
    if example := EXAMPLES.get(quantity.kind):
        message = f'"{case.text}" is no {quantity.kind}, but the fact is one'
        yield ToldError(message, f'write a {quantity.kind} such as "{example}"')
    else:
        kind = "rank" if phrase.form == "ordinal" else phrase.form
        yield ToldError(
            f'"{case.text}" is a {kind}, but the fact is {as_known(quantity)}'
        )


def _of_unit(case: Case) -> Iterator[ToldError]:
    """No unit is converted; what the text leaves out of its unit stands elsewhere in
    the sentence.
    """
    phrase = case.phrase
    if phrase.form in {"direction", "ordinal"} or case.is_part:
        return
    if phrase.form == "multiple" and (
        case.quantity.kind == "multiple" or not phrase.units
    ):
        return  # "twice as many medals", "twice as much"
    (wanted, by), (written, rate) = _unit_of(case.quantity), _slots(phrase.units)
    rates = {unit for unit in case.inherited if unit.startswith("per ")}
    if written not in {"", wanted} or rate not in {"", by}:
        told, unit = (
            f"{main} {per}".strip()
            for main, per in ((written or wanted, rate), (wanted, by))
        )
        message = (
            f'"{case.text}" is in {told}, but the fact'
            f" {f'is in {unit}' if unit else 'has no unit'}"
        )
        yield ToldError(message, "units are not converted")
    elif by and not rate and rates and by not in rates:
        yield ToldError(f'"{case.text}" is {by}, and the sentence says {min(rates)}')
    outside = wanted in {"", *case.inherited} or case.quantity.kind in UNIT_OUTSIDE
    if not (written or outside) and wanted in case.lexicon.units.values():
        yield ToldError(f'"{case.text}" lacks the unit {wanted}')


def _unit_of(quantity: Quantity) -> tuple[str, str]:
    """Return the two slots of a figure's unit, as ``_slots`` does."""
    if quantity.kind == "multiple":
        return "times", ""
    main, per, by = quantity.base.partition(" per ")
    return main, f"per {by}" if per else ""


def _slots(units: Sequence[str]) -> tuple[str, str]:
    """Return the unit and what it is counted by: ``USD`` and ``per tonne``."""
    by = next((unit for unit in units if unit.startswith("per ")), "")
    return next((unit for unit in units if unit != by), ""), by


# Direction


def _of_direction(case: Case) -> Iterator[ToldError]:
    """A signed figure has a direction, in link or sentence; a level only with "to" and
    a change that agrees.
    """
    phrase, quantity = case.phrase, case.quantity
    signed = quantity.signed or quantity.ends[0] < 0
    if phrase.reached:
        yield from _of_level(case)
    elif phrase.form == "multiple":
        return  # its number is of what has grown
    elif signed and phrase.direction:
        low, high = (
            (quantity.least, quantity.most)
            if phrase.form == "direction"
            else quantity.ends
        )
        yield from _of_way(case, "the figure", quantity, low, high)
    elif phrase.direction:
        yield ToldError(
            f'"{case.text}" has a direction, but the figure is no change:'
            f" {as_known(quantity)}"
        )
    elif signed and any(number.value for number in phrase.numbers):
        yield from _of_way_outside(case)


def _of_way_outside(case: Case) -> Iterator[ToldError]:
    """A signed figure without a direction of its own has one in its sentence."""
    falls, known, own = (
        case.quantity.ends[1] < 0,
        as_known(case.quantity),
        case.quantity.period,
    )
    is_span = case.quantity.kind == "span"
    # it is counted from before
    since = any(own and period.ends_before(own) for period in case.quantity.related)
    if not case.directions and (falls or (since and not is_span)):
        ways = "late or early" if is_span else "up or down"
        yield ToldError(f'"{case.text}" does not say {ways}: the figure is {known}')
    elif case.directions and ("down" if falls else "up") not in case.directions:
        yield ToldError(
            f'the sentence has the wrong direction for "{case.text}": the figure is'
            f" {known}"
        )


def _of_level(case: Case) -> Iterator[ToldError]:
    """Of "fell to $228 billion" the number is the figure, and the direction that of its
    change.
    """
    quantity, change = case.quantity, case.quantity.change
    if change is None:
        yield ToldError(
            f'"{case.phrase.direction_word}" in "{case.text}" cannot be checked: the'
            " fact has no change"
        )
    elif quantity.ends[0] < 0:
        yield ToldError(
            f'"{case.text}" reads as a figure above zero, but it is'
            f" {as_known(quantity)}"
        )
    else:
        yield from _of_way(case, "the change", change, change.least, change.most)


def _of_way(
    case: Case, what: str, change: Quantity, low: Decimal, high: Decimal
) -> Iterator[ToldError]:
    """A change went the way that the words say, at both of the ends that count here;
    ``what`` it is in messages.
    """
    phrase = case.phrase
    if _went(change, phrase.direction, low, high):
        return
    if phrase.direction == "flat":
        flat = phrase.direction_word
        yield ToldError(
            f'"{flat}" means a change of less than half a point, but {what} is'
            f" {as_known(change)}"
        )
    elif _went(change, "down" if phrase.direction == "up" else "up", low, high):
        yield ToldError(
            f'"{case.text}" has the wrong direction: {what} is {as_known(change)}'
        )
    else:
        yield ToldError(
            f'"{case.text}" is not surely true: {what} is'
            f" {_with_unit(change, low, high)}"
        )


def _went(change: Quantity, direction: str, low: Decimal, high: Decimal) -> bool:
    """Tell whether a change went that way, at both of the ends ``low`` and ``high``
    that count here.
    """
    if direction == "flat":
        return change.base in {"percent", "percentage points"} and all(
            abs(end) < FLAT for end in change.ends
        )
    return low > 0 if direction == "up" else high < 0


# Number


class _InTerms(NamedTuple):
    """A figure in the terms of its words: the two ends and the width of its interval,
    all in the unit's base.

    A magnitude where the words have a direction; 1 for the whole where they tell a part
    of it or a multiple.
    """

    low: Fraction
    high: Fraction
    precision: Fraction
    factor: Fraction  # what one of the figure's unit is in these terms


class _Bounds(NamedTuple):
    """The ends between which a figure lies if the words are true, and whether it may
    lie on them.
    """

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
    """Tell whether the number, or the two of a range, is that of the figure, whatever
    unit and direction it has.
    """
    figure = _figure(case)
    bounds = [_bounds(number, case, figure) for number in case.phrase.numbers]
    if len(bounds) > 1:
        return _range_holds(case, figure, *bounds)
    return all(bound.hold(figure.low) and bound.hold(figure.high) for bound in bounds)


def _of_number(case: Case) -> Iterator[ToldError]:
    """A number is true of the figure, and its last digit but one is no more precise
    than the source.
    """
    if not number_holds(case):
        yield _untrue(case)
    elif _is_finer(case):
        known = (
            f"{_short(Fraction(case.quantity.precision))} {case.quantity.unit}".rstrip()
        )
        message = (
            f'"{case.text}" is more exact than the source, which is exact to {known}'
        )
        yield ToldError(message, "round it further")


def _is_finer(case: Case) -> bool:
    """Tell whether a number without a hedge is at least ten times as exact as the
    source.
    """
    precision = _figure(case).precision
    finest = min((number.step for number in case.phrase.numbers), default=precision)
    free = case.is_exact or case.phrase.hedge or len(case.phrase.numbers) > 1
    return 0 < finest * TENFOLD <= precision and not free


def _figure(case: Case) -> _InTerms:
    """Return the figure in the terms of the words."""
    phrase, quantity = case.phrase, case.quantity
    factor, low, high = Fraction(quantity.factor), *map(Fraction, quantity.ends)
    # the figure is in percent
    if quantity.kind != "multiple" and (case.is_part or phrase.form == "multiple"):
        factor = Fraction(1, 100)
    if _tells_growth(case):  # 110 percent more is 2.1 times as much
        low, high = low + 100, high + 100
    if phrase.direction or (quantity.signed and case.directions):
        low, high = sorted((abs(low), abs(high)))
    return _InTerms(
        low * factor, high * factor, Fraction(quantity.precision) * factor, factor
    )


def _tells_growth(case: Case) -> bool:
    """Tell whether a multiple is said of a change in percent: "doubled" of a rise by
    100 percent.
    """
    return case.phrase.form == "multiple" and case.quantity.kind != "multiple"


def _bounds(number: Number, case: Case, figure: _InTerms) -> _Bounds:
    """Return the bounds that the hedge sets around a number: the table in
    docs/binding.md, where ``place`` is *k*.
    """
    x, place = number.value, number.place
    rounding = Fraction(0) if case.is_exact else number.step / 2
    reach = (FRACTION_REACH if case.phrase.form == "fraction" else REACH) * x
    about = max(
        min(reach, place / 2),
        rounding if number.step >= figure.precision else Fraction(0),
    )
    down = min(place, x / 2)  # "below $500 billion" says nothing of 240
    return {
        "": _Bounds(x - rounding, x + rounding),
        "about": _Bounds(x - about, x + about),
        "over": _Bounds(x, x + place, with_low=False, with_high=False),
        "at_least": _Bounds(x, x + place, with_high=False),
        "just_over": _Bounds(x, x + REACH * x, with_low=False),
        "well_over": _Bounds(x + REACH * x, x + place, with_low=False, with_high=False),
        "under": _Bounds(x - down, x, with_low=False, with_high=False),
        "well_under": _Bounds(x - down, x - REACH * x, with_low=False, with_high=False),
        "just_under": _Bounds(x - reach, x, with_high=False),
        "at_most": _Bounds(x - down, x, with_low=False),
    }[case.phrase.hedge]


def _range_holds(case: Case, figure: _InTerms, lower: _Bounds, upper: _Bounds) -> bool:
    """A range rounds to both ends of a figure that has two, outward at least; of one
    figure it is a narrow stretch.
    """
    first, last = case.phrase.numbers
    least, most = figure.low - figure.precision / 2, figure.high + figure.precision / 2
    if figure.low != figure.high:
        outward = case.phrase.form == "digits" and (
            least // first.step * first.step,
            -(-most // last.step) * last.step,
        )
        rounds = lower.hold(figure.low) and upper.hold(figure.high)
        return rounds or outward == (first.value, last.value)
    narrow = last.value - first.value <= min(
        max(first.place, last.place), last.value / 2
    )
    return narrow and not case.is_exact and first.value <= least and most <= last.value


def _untrue(case: Case) -> ToldError:
    """Return what is wrong with a number that does not hold: the true one in its place,
    where that can be written.
    """
    exact = as_known(case.quantity)
    if case.phrase.hedge:
        return ToldError(
            f'"{case.text}" means {_hedged(case)}, but the figure is {exact}'
        )
    true = renumbered(case)
    as_many = (case.quantity.ends[0] != case.quantity.ends[1]) == (
        len(case.phrase.numbers) > 1
    )
    # No number becomes a range, or as exact as its source; of a count with decimals
    # none is written that holds.
    if true is None or not as_many or not number_holds(true) or not is_true(true):
        return ToldError(f'"{case.text}" is not true: the figure is {exact}')
    return ToldError(f'found "{case.text}", expected "{true.text}" (exactly {exact})')


def _hedged(case: Case) -> str:
    """Write between which ends the figure would lie if a hedge were true, in the
    figure's unit.
    """
    figure = _figure(case)
    bounds = _bounds(case.phrase.numbers[0], case, figure)
    less = 100 if _tells_growth(case) else 0
    low, high = (end / figure.factor - less for end in (bounds.low, bounds.high))
    return _with_unit(case.quantity, low, high)


def keeps_its_scale(phrase: Phrase) -> bool:
    """Tell whether the numbers before "million" or "billion" are neither below one nor
    in thousands.
    """
    unit = Fraction(10) ** phrase.scale
    return not phrase.scale or all(
        1 <= number.value / unit < THOUSAND for number in phrase.numbers
    )


def renumbered(case: Case) -> Case | None:
    """Return the case with the figure's own number in its words, at the precision
    written.

    ``None`` where no word says it, or where nobody would write it so: "$0 trillion",
    "one years". Whether the words are true then is another matter: their direction or
    hedge may be wrong.
    """
    figure, numbers = _figure(case), case.phrase.numbers
    values = (
        [figure.low, figure.high]
        if len(numbers) > 1
        else [(figure.low + figure.high) / 2 for _ in numbers]
    )
    text = rendered(case.text, case.phrase, values, case.quantity.kind, case.lexicon)
    if text is None:
        return None
    with suppress(PhraseError):
        made = replace(case, text=text, phrase=parse(text, case.lexicon))
        return made if _keeps_its_words(case, made) else None
    return None


def _keeps_its_words(case: Case, made: Case) -> bool:
    """Tell whether the words beside each old number suit the new one: zero has its own,
    and so has the plural.
    """
    ranked = case.quantity.kind == "rank"  # of which there is no plural
    return all(
        bool(old.value) == bool(new.value)
        and (ranked or is_one(old, case.phrase) == is_one(new, made.phrase))
        for old, new in zip(case.phrase.numbers, made.phrase.numbers, strict=True)
    )


def as_known(quantity: Quantity) -> str:
    """Write a figure for a message: its value or its two ends, and its unit."""
    return _with_unit(quantity, *quantity.ends)


def _with_unit(
    quantity: Quantity, low: Decimal | Fraction, high: Decimal | Fraction
) -> str:
    """Write two ends, once where they are the same, with the unit of a figure."""
    ends = " to ".join(dict.fromkeys(_short(Fraction(end)) for end in (low, high)))
    unit = "times" if quantity.kind == "multiple" else quantity.unit
    return f"{ends} {unit}".rstrip()


def _short(value: Fraction) -> str:
    """Write a value with seven digits, and "…" where there are more."""
    size = abs(value)
    places = max(0, SHOWN - len(str(int(size))))
    rounded = Decimal(round(size * 10**places)).scaleb(-places)
    return (
        ("−" if value < 0 else "")
        + plain(rounded)
        + ("…" if Fraction(rounded) != size else "")
    )


# Dates


def date_faults(text: str, quantity: Quantity) -> list[ToldError]:
    """Return what is wrong with a text that must be the year, month or day of a figure
    of such a kind.
    """
    known = ways(quantity)
    return (
        []
        if fold(text).strip() in map(fold, known)
        else [ToldError(f'found "{text}", expected "{known[0]}"')]
    )


def redated(text: str, quantity: Quantity) -> str | None:
    """Return words for a date with that of a figure in its place, written in the same
    way; ``None`` for other words.
    """
    alike = (way for way in ways(quantity) if _shape(way) == _shape(text))
    spaces = iter(re.findall(r"\s", text))
    return next((re.sub(r"\s", lambda _: next(spaces), way) for way in alike), None)


def _shape(text: str) -> str:
    """Return how a date is written, whichever it is: one name for every month, one
    digit for every day.
    """

    def shaped(found: re.Match[str]) -> str:
        if found[0].isdecimal():
            return "0" if len(found[0]) < YEARLONG else "0000"
        return "month" if found[0].capitalize() in NAMES else found[0]

    return re.sub(r"\w+", shaped, " ".join(fold(text).split()))


def ways(quantity: Quantity) -> list[str]:
    """Return every way to write a date, the usual one first; a coarser one is true as
    well.
    """
    value = int(quantity.value)
    if quantity.kind == "year":
        return [f"{value}"]
    day = (
        dt.date.fromordinal(value)
        if quantity.kind == "date"
        else dt.date(value // MONTHS, value % MONTHS + 1, 1)
    )
    name, year = NAMES[day.month - 1], f"{day.year}"
    months = [f"{name} {year}", name, year]
    if quantity.kind == "month":
        return months
    return [
        f"{day.day} {name} {year}",
        f"{name} {day.day}, {year}",
        f"{day.day} {name}",
        f"{name} {day.day}",
        *months,
    ]
