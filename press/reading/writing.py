"""Writing numbers as a text has written them: its digits, marks and decimals, its number words, another value."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from press.reading.lexicon import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from press.reading.lexicon import Lexicon
    from press.reading.phrase import Number, Phrase

NARROW_SPACE = "\u202f"


def rendered(text: str, phrase: Phrase, values: Sequence[Fraction], kind: str, lexicon: Lexicon) -> str | None:
    """Return the text of a phrase with other values, one for each of its numbers, at the precision written.

    ``kind`` is the quantity's. ``None`` where no word of the language says a value.
    """
    for number, value in reversed(list(zip(phrase.numbers, values, strict=True))):
        token = text[number.start : number.end]
        new = _TOKENS.get(phrase.form, _no_token)(token, number, value / Fraction(10) ** phrase.scale, kind, lexicon)
        if new is None:
            return None
        text = text[: number.start] + new + text[number.end :]
    return text


def plural(number: Number, phrase: Phrase, lexicon: Lexicon) -> str:
    """Return the grammatical number that a number takes."""
    digits = round(number.value / Fraction(10) ** phrase.scale * 10**number.decimals)
    return str(lexicon.locale.plural_form(Decimal(digits).scaleb(-number.decimals)))


def _no_token(*_: object) -> str | None:
    return None


def _digits_token(token: str, number: Number, value: Fraction, kind: str, lexicon: Lexicon) -> str | None:
    """Write a value in the digits, marks and decimals of a token, halves to even."""
    digits = f"{round(value * 10**number.decimals):0{number.decimals + 1}d}"
    whole, decimals = digits[: len(digits) - number.decimals], digits[len(digits) - number.decimals :]
    long = len(token) - number.decimals - bool(number.decimals) > len("999")
    if kind != "year" and (number.grouped or not long):
        whole = _glyph(token, lexicon.group).join(_groups(whole))
    zero = ord(token[0]) - unicodedata.digit(token[0])
    written = "".join(chr(zero + int(item)) if item.isdigit() else item for item in whole)
    marked = _glyph(token, lexicon.decimal) if decimals else ""
    return written + marked + "".join(chr(zero + int(item)) for item in decimals)


def _groups(whole: str) -> list[str]:
    first = len(whole) % 3 or 3
    return [whole[:first], *(whole[start : start + 3] for start in range(first, len(whole), 3))]


def _glyph(token: str, mark: str) -> str:
    """Return the mark as the token writes it; a narrow space that breaks no line where it has none."""
    own = next((character for character in token if fold(character) == mark), None)
    return own or (NARROW_SPACE if mark == " " else mark)


def _word_token(token: str, number: Number, value: Fraction, kind: str, lexicon: Lexicon) -> str | None:
    """Return another number word: only counts and spans are told by words that leave nothing out."""
    return _same_place(token, number, value, lexicon.numbers) if kind in {"count", "span"} else None


def _ordinal_token(token: str, number: Number, value: Fraction, _kind: str, lexicon: Lexicon) -> str | None:
    return _same_place(token, number, value, lexicon.ordinals)


def _same_place(token: str, number: Number, value: Fraction, words: Mapping[str, int]) -> str | None:
    """Return the word for a value that stands where the token stands among those of its own: "2nd", "3rd"."""
    here = [word for word, meant in words.items() if meant == number.value]
    there = [word for word, meant in words.items() if meant == value]
    if not there or fold(token) not in here:
        return None
    new = there[min(here.index(fold(token)), len(there) - 1)]
    return new[0].upper() + new[1:] if token[0].isupper() else new


_TOKENS: Mapping[str, Callable[[str, Number, Fraction, str, Lexicon], str | None]] = {
    "digits": _digits_token,
    "word": _word_token,
    "ordinal": _ordinal_token,
}
