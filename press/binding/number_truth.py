"""Whether a number in words is that of a figure, and how the true one is written."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from press.binding.words_and_figure import WordsAndFigure, format_ends_in_unit
from press.reading import (
    QuantityParseError,
    WrittenNumber,
    WrittenQuantity,
    is_followed_by_singular,
    parse_quantity,
    replace_numbers_if_words_exist,
)

# How far "about", "nearly" and "just over" reach, as a part of the number. These are
# choices, not results: some limit is needed, as half the place of its last digit would
# let "about 500" be 250. A fraction is good to 2.5 % of itself without any hedge, so
# that a hedge reaches further: "nearly half" may be 45 %.
REACH = Fraction(5, 100)
FRACTION_REACH = Fraction(10, 100)
# Hedges with which a figure may lie at the lower, or the upper, end of the interval.
INCLUDES_LOW = {"", "about", "at_least", "just_under"}
INCLUDES_HIGH = {"", "about", "at_most", "just_over"}
THOUSAND = 1000
TENFOLD = 10  # so many times as exact as its source a number is wrong


class _ConvertedFigure(NamedTuple):
    """A figure in the terms of its words: the two ends and the width of its interval,
    all in the unit's base.

    A magnitude where the words have a direction; 1 for the whole where they tell a part
    of it or a multiple.
    """

    low: Fraction
    high: Fraction
    precision: Fraction
    factor: Fraction  # what one of the figure's unit is in these terms

    @property
    def least(self) -> Fraction:
        """The least that rounds to its lower end."""
        return self.low - self.precision / 2

    @property
    def most(self) -> Fraction:
        """The most that rounds to its upper end."""
        return self.high + self.precision / 2


class _Interval(NamedTuple):
    """The ends between which a figure lies if the words are true, and whether it may
    lie on them.
    """

    low: Fraction
    high: Fraction
    includes_low: bool
    includes_high: bool

    def contains(self, value: Fraction) -> bool:
        """Tell whether a value lies in it."""
        if value < self.low or value > self.high:
            return False
        if value == self.low and not self.includes_low:
            return False
        return value != self.high or self.includes_high


def is_number_true(case: WordsAndFigure) -> bool:
    """Tell whether the number, or the two of a range, is that of the figure, whatever
    unit and direction it has.
    """
    figure = _convert_figure_to_terms_of_words(case)
    numbers = case.phrase.numbers
    if not numbers:
        return True
    is_range = len(numbers) > 1
    if is_range and figure.low == figure.high:
        return _is_figure_in_narrow_range(case, figure)
    lower = _find_interval_of_hedged_number(numbers[0], case, figure)
    upper = _find_interval_of_hedged_number(numbers[-1], case, figure)
    if lower.contains(figure.low) and upper.contains(figure.high):
        return True
    return is_range and _are_range_ends_rounded_outwards(case.phrase, figure)


def is_number_ten_times_finer_than_source(case: WordsAndFigure) -> bool:
    """Tell whether a number without a hedge is ten times as exact as its source."""
    phrase = case.phrase
    if case.is_exact or phrase.hedge or len(phrase.numbers) != 1:
        return False
    precision = _convert_figure_to_terms_of_words(case).precision
    return 0 < phrase.numbers[0].last_digit_step * TENFOLD <= precision


def _convert_figure_to_terms_of_words(case: WordsAndFigure) -> _ConvertedFigure:
    """Return the figure in the terms of the words."""
    phrase = case.phrase
    quantity = case.quantity
    factor = Fraction(quantity.unit_factor)
    low, high = map(Fraction, quantity.low_and_high)
    is_ratio = case.is_phrase_fraction_of_whole or phrase.number_form == "multiple"
    if is_ratio and quantity.kind != "multiple":  # the figure is in percent
        factor = Fraction(1, 100)
    if case.is_multiple_of_percent_change:  # 110 percent more is 2.1 times as much
        low += 100
        high += 100
    if phrase.direction or (quantity.signed and case.directions_in_sentence):
        low, high = sorted((abs(low), abs(high)))
    precision = Fraction(quantity.precision) * factor
    return _ConvertedFigure(low * factor, high * factor, precision, factor)


def _find_interval_of_hedged_number(
    number: WrittenNumber, case: WordsAndFigure, figure: _ConvertedFigure
) -> _Interval:
    """Return between which ends a figure lies if a number with the hedge of its words
    is true.

    They are those of the table in docs/binding.md, where ``place`` is *k*.
    """
    x = number.value
    place = number.digit_value
    half = Fraction(0) if case.is_exact else number.last_digit_step / 2
    little = REACH * x
    reach = little
    if case.phrase.number_form == "fraction":
        reach = FRACTION_REACH * x
    about = min(reach, place / 2)
    if number.last_digit_step >= figure.precision:
        about = max(about, half)
    down = min(place, x / 2)  # "below $500 billion" says nothing of 240
    hedge = case.phrase.hedge
    low, high = {
        "": (x - half, x + half),
        "about": (x - about, x + about),
        "over": (x, x + place),
        "at_least": (x, x + place),
        "just_over": (x, x + little),
        "well_over": (x + little, x + place),
        "under": (x - down, x),
        "well_under": (x - down, x - little),
        "just_under": (x - reach, x),
        "at_most": (x - down, x),
    }[hedge]
    return _Interval(low, high, hedge in INCLUDES_LOW, hedge in INCLUDES_HIGH)


def _are_range_ends_rounded_outwards(
    phrase: WrittenQuantity, figure: _ConvertedFigure
) -> bool:
    """Tell whether two numbers in digits are the ends of a figure, the lower rounded
    down and the upper rounded up.
    """
    if phrase.number_form != "digits":
        return False
    first, last = phrase.numbers
    down = figure.least // first.last_digit_step * first.last_digit_step
    up = -(-figure.most // last.last_digit_step) * last.last_digit_step
    return (down, up) == (first.value, last.value)


def _is_figure_in_narrow_range(case: WordsAndFigure, figure: _ConvertedFigure) -> bool:
    """Tell whether two numbers are a narrow range with a figure in it that is not
    exact.
    """
    first, last = case.phrase.numbers
    narrow = min(max(first.digit_value, last.digit_value), last.value / 2)
    if case.is_exact or last.value - first.value > narrow:
        return False
    return first.value <= figure.least and figure.most <= last.value


def describe_hedged_interval(case: WordsAndFigure) -> str:
    """Write between which ends the figure would lie if a hedge were true."""
    figure = _convert_figure_to_terms_of_words(case)
    interval = _find_interval_of_hedged_number(case.phrase.numbers[0], case, figure)
    less = 100 if case.is_multiple_of_percent_change else 0
    low, high = (end / figure.factor - less for end in (interval.low, interval.high))
    return format_ends_in_unit(case.quantity, low, high)


def has_usual_numbers_before_scale(phrase: WrittenQuantity) -> bool:
    """Tell whether the numbers before "million" or "billion" are neither below one nor
    in thousands.
    """
    if not phrase.scale:
        return True
    unit = Fraction(10) ** phrase.scale
    return all(1 <= number.value / unit < THOUSAND for number in phrase.numbers)


def replace_number_if_writable(case: WordsAndFigure) -> WordsAndFigure | None:
    """Return the case with the figure's own number in its words, at the precision
    written; these may be false still, by their direction or hedge.

    ``None`` where no word says it, or where nobody would write it so: "$0 trillion",
    "one years".
    """
    figure = _convert_figure_to_terms_of_words(case)
    numbers = case.phrase.numbers
    values = [figure.low, figure.high]
    if len(numbers) < len(values):
        values = [(figure.low + figure.high) / 2 for _ in numbers]
    text = replace_numbers_if_words_exist(
        case.text,
        case.phrase,
        values,
        case.lexicon,
        has_number_words=case.quantity.kind_rules.has_number_words,
    )
    if text is None:
        return None
    with suppress(QuantityParseError):
        made = replace(case, text=text, phrase=parse_quantity(text, case.lexicon))
        if _has_same_zeros_and_singulars(case, made):
            return made
    return None


def _has_same_zeros_and_singulars(
    case: WordsAndFigure, corrected: WordsAndFigure
) -> bool:
    """Tell whether each number is zero, or one with a singular, as before it was
    corrected; a rank has no plural.
    """
    is_rank = case.quantity.kind_rules.is_rank
    for old, new in zip(case.phrase.numbers, corrected.phrase.numbers, strict=True):
        if bool(old.value) != bool(new.value):
            return False
        was_one = is_followed_by_singular(old, case.phrase)
        if was_one != is_followed_by_singular(new, corrected.phrase) and not is_rank:
            return False
    return True
