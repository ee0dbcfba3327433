"""Writing numbers as a text has written them: its digits, marks and decimals, its
number words, another value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from press.reading.lexicon import Lexicon, fold
from press.reading.phrase import Number, Phrase
from press.reading.tokens import GROUP

LONG = 3  # digits that need no mark between groups
# kinds of which a number word leaves nothing out: they have no decimals
IN_WORDS = {"count", "span"}


def rendered(
    text: str, phrase: Phrase, values: Sequence[Fraction], kind: str, lexicon: Lexicon
) -> str | None:
    """Return the text of a phrase with other values, one for each of its numbers, at
    the precision written.

    ``kind`` is the quantity's. ``None`` where no word of the language says a value.
    """
    words = {
        "ordinal": lexicon.ordinals,
        "word": lexicon.numbers if kind in IN_WORDS else {},
    }.get(phrase.form, {})
    for number, value in reversed(list(zip(phrase.numbers, values, strict=True))):
        old, told = (
            text[number.start : number.end],
            value / Fraction(10) ** phrase.scale,
        )
        if phrase.form == "ordinal" and old[0].isdigit():
            new: str | None = lexicon.rank(int(told))
        else:
            in_digits = phrase.form == "digits"
            new = (
                _in_digits(old, number, told)
                if in_digits
                else _in_words(old, number.value, told, words)
            )
        if not new:
            return None
        text = text[: number.start] + new + text[number.end :]
    return text


def is_one(number: Number, phrase: Phrase) -> bool:
    """Tell whether a number takes the singular: "1 year", but "1.0 years"."""
    return not number.decimals and number.value == Fraction(10) ** phrase.scale


def _in_digits(old: str, number: Number, value: Fraction) -> str:
    """Return a value with as many decimals as the ``old`` number, halves rounded to
    even.

    Marks part its groups of digits, but where a long number was written without them.
    """
    digits = Decimal(round(value * 10**number.decimals)).scaleb(-number.decimals)
    grouped = (
        number.grouped or len(old) - number.decimals - bool(number.decimals) <= LONG
    )
    return f"{digits:{GROUP if grouped else ''}f}"


def _in_words(
    old: str, meant: Fraction, value: Fraction, words: Mapping[str, int]
) -> str | None:
    """Return the word for a value that stands where ``old`` stands among those for what
    it meant: "2nd", "3rd".

    ``None`` if there is no such word. It has capital letters where ``old`` has them.
    """
    here = [word for word, number in words.items() if number == meant]
    there = [word for word, number in words.items() if number == value]
    if fold(old) not in here or here.index(fold(old)) >= len(there):
        return None
    new = there[here.index(fold(old))]
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new[0].upper() + new[1:] if old[0].isupper() else new
