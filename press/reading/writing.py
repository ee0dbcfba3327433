"""Writes other numbers in place of those of a text, as it has written them: with its
digits, marks and decimals, or its number words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from press.reading.lexicon import Lexicon, fold_text
from press.reading.phrase import WrittenNumber, WrittenQuantity
from press.reading.tokens import GROUP

UNGROUPED = 3  # digits that need no mark between groups


def replace_numbers_if_words_exist(
    text: str,
    phrase: WrittenQuantity,
    values: Sequence[Fraction],
    lexicon: Lexicon,
    *,
    has_number_words: bool,
) -> str | None:
    """Return the text of a phrase with other values, one for each of its numbers, at
    the precision written.

    A word such as "ten" is written where the quantity ``has_number_words``: where these
    leave nothing out. None where no word of the language says a value.
    """
    for number, value in zip(reversed(phrase.numbers), reversed(values), strict=True):
        old = text[number.start : number.end]
        unscaled = value / Fraction(10) ** phrase.scale
        new: str | None = None
        if phrase.number_form == "digits":
            new = _write_digits_like(old, number, unscaled)
        elif phrase.number_form == "ordinal":
            if old[0].isdigit():
                new = lexicon.format_ordinal(int(unscaled))
            else:
                new = _find_number_word_like(
                    old, number.value, unscaled, lexicon.ordinals
                )
        elif phrase.number_form == "word" and has_number_words:
            new = _find_number_word_like(old, number.value, unscaled, lexicon.numbers)
        if not new:
            return None
        text = text[: number.start] + new + text[number.end :]
    return text


def is_followed_by_singular(number: WrittenNumber, phrase: WrittenQuantity) -> bool:
    """Tell whether a number takes the singular: "1 year", but "1.0 years"."""
    return not number.decimals and number.value == Fraction(10) ** phrase.scale


def _write_digits_like(old: str, number: WrittenNumber, value: Fraction) -> str:
    """Return a value with as many decimals as the ``old`` number, halves rounded to
    even.

    Marks stand between its groups of digits, unless a long number was written without.
    """
    decimals = number.decimals
    rounded = Decimal(round(value * 10**decimals)).scaleb(-decimals)
    whole_digits = len(old) - decimals - bool(decimals)
    is_grouped = GROUP in old or whole_digits <= UNGROUPED
    return f"{rounded:{GROUP if is_grouped else ''}f}"


def _find_number_word_like(
    old: str, old_value: Fraction, value: Fraction, numbers_by_word: Mapping[str, int]
) -> str | None:
    """Return the word for a value that stands where ``old`` stands among the words for
    the old value; None if there is none.

    It has capital letters where ``old`` has them.
    """
    old_words = (
        word for word, number in numbers_by_word.items() if number == old_value
    )
    new_words = (word for word, number in numbers_by_word.items() if number == value)
    new = dict(zip(old_words, new_words, strict=False)).get(fold_text(old))
    if new is None:
        return None
    if old.isupper() and len(old) > 1:
        return new.upper()
    if old[0].isupper():
        return new.capitalize()
    return new
