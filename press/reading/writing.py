"""Writing numbers as a text has written them: its digits, marks and decimals, its number words, another value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from press.reading.lexicon import Lexicon, fold
from press.reading.phrase import Number, Phrase

NARROW_SPACE = "\u202f"
BETWEEN_GROUPS = re.compile(r"(?<=.)(?=(?:\d{3})+\Z)")
LONG = 3  # digits that need no mark between groups
IN_WORDS = {"count", "span"}  # kinds of which a number word leaves nothing out: they have no decimals


def rendered(text: str, phrase: Phrase, values: Sequence[Fraction], kind: str, lexicon: Lexicon) -> str | None:
    """Return the text of a phrase with other values, one for each of its numbers, at the precision written.

    ``kind`` is the quantity's. ``None`` where no word of the language says a value.
    """
    words = {"ordinal": lexicon.ordinals, "word": lexicon.numbers if kind in IN_WORDS else {}}.get(phrase.form, {})
    for number, value in reversed(list(zip(phrase.numbers, values, strict=True))):
        old, told = text[number.start : number.end], value / Fraction(10) ** phrase.scale
        in_digits = phrase.form == "digits"
        new = _in_digits(old, number, told, lexicon) if in_digits else _in_words(old, number.value, told, words)
        if not new:
            return None
        text = text[: number.start] + new + text[number.end :]
    return text


def plural(number: Number, phrase: Phrase, lexicon: Lexicon) -> str:
    """Return the grammatical number that a number takes, as Unicode CLDR names it: "one", "few", "other"."""
    digits = round(number.value / Fraction(10) ** phrase.scale * 10**number.decimals)
    return str(lexicon.locale.plural_form(Decimal(digits).scaleb(-number.decimals)))


def _in_digits(old: str, number: Number, value: Fraction, lexicon: Lexicon) -> str:
    """Return a value in the digits, marks and decimals of the ``old`` number, halves rounded to even.

    Marks part its groups of digits, but where a long number was written without them.
    """
    digits = f"{round(value * 10**number.decimals):0{number.decimals + 1}d}"
    whole, decimals = digits[: len(digits) - number.decimals], digits[len(digits) - number.decimals :]
    if number.grouped or len(old) - number.decimals - bool(number.decimals) <= LONG:
        whole = BETWEEN_GROUPS.sub(_mark(old, lexicon.group), whole)
    written = whole + (_mark(old, lexicon.decimal) + decimals if decimals else "")
    zero = ord(old[0]) - unicodedata.digit(old[0])  # digits of other scripts stand in a row as well
    return written.translate({ord("0") + digit: zero + digit for digit in range(10)})


def _mark(old: str, mark: str) -> str:
    """Return a mark as the ``old`` number writes it; a narrow space that breaks no line where it has none."""
    own = next((character for character in old if fold(character) == mark), None)
    return own or (NARROW_SPACE if mark == " " else mark)


def _in_words(old: str, meant: Fraction, value: Fraction, words: Mapping[str, int]) -> str | None:
    """Return the word for a value that stands where ``old`` stands among those for what it meant: "2nd", "3rd".

    ``None`` if there is no such word. It has capital letters where ``old`` has them.
    """
    here = [word for word, number in words.items() if number == meant]
    there = [word for word, number in words.items() if number == value]
    if not there or fold(old) not in here:
        return None
    new = there[min(here.index(fold(old)), len(there) - 1)]
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new[0].upper() + new[1:] if old[0].isupper() else new
