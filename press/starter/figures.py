"""Numbers and units as tables in the wild have them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from press.ground.scales import SCALES

SIGNS_ALONE = r"[\W_]+"  # –, .., *
MISSING = rf"{SIGNS_ALONE}|#?n[/.]?a\.?|nan|null|none"
# what parts groups, decimals
NUMBER = r"-?(?:(?!0\d)\d+|[1-9]\d{{0,2}}(?:[{}’' \u00a0\u202f]\d{{3}})+)(?:[{}]\d+)?"
DECIMAL_MARKS = {".": NUMBER.format(",", "."), ",": NUMBER.format(".", ",")}
SIGNS = "%$€£"  # that may stand beside a number in its cell
LEADING_ZERO = r"0\d+"
UNITS = tomllib.loads((Path(__file__).parent / "units.toml").read_text("utf-8"))
UNIT_BY_WORD = {word: unit for unit, words in UNITS.items() for word in words}
# a unit in brackets, after a comma, or as the last word
HEAD = re.compile(
    r"(.+?)[\s_]*(?:[(\[（]([^()\[\]（）]+)[)\]）]|, *([^,]+))|(.+)[\s_]([^\s_]+)"
)
HEAD_OF_COUNT = re.compile(r"(?:no\.?|nr\.?|number|count|#) of (.+)", re.IGNORECASE)
COUNTS = {"number", "count", "units", "persons", "people"}  # texts do not say these
WIDEST = 3  # words of a unit
DIGITS = 3  # of a number in a text
THOUSAND = 3  # zeros, which texts write as digits


class HeadWithUnit(NamedTuple):
    """A head for readers, and the unit of its column, "" where it says none."""

    title: str
    unit: str


def drop_missing_marks(cells: pd.Series[str]) -> pd.Series[str]:
    """Return cells with "" for what says that nothing is known."""
    return cells.mask(cells.str.fullmatch(MISSING, case=False), "")


def drop_signs_alone(cells: pd.Series[str]) -> pd.Series[str]:
    """Return names with "" for what has neither letters nor digits."""
    return cells.mask(cells.str.fullmatch(SIGNS_ALONE), "")


def parse_numbers(cells: pd.Series[str], mark: str) -> pd.Series[str]:
    """Return numbers whose decimals stand behind a ``mark`` as tables of a story have
    them, "" for what is none.
    """
    bare = cells.str.replace("−", "-").str.strip(SIGNS + " +\u00a0")
    digits = bare.str.replace(f"[^0-9{mark}-]", "", regex=True)
    plain = digits.str.replace(mark, ".")
    return plain.where(bare.str.fullmatch(DECIMAL_MARKS[mark]), "")


def drop_empty_decimals(numbers: pd.Series[str]) -> pd.Series[str]:
    """Return numbers as whole ones where no number of the column has a fraction."""
    whole = numbers.str.replace(r"\.0+$", "", regex=True)
    if whole.str.contains(".", regex=False).any():
        return numbers
    return whole


def find_sign_of_all(cells: pd.Series[str]) -> str:
    """Return the unit whose sign stands in all cells, "" where none does."""
    for sign in SIGNS:
        if cells.str.contains(sign, regex=False).all():
            return UNIT_BY_WORD[sign]
    return ""


def split_unit_from_head(head: str) -> HeadWithUnit:
    """Return a head without its unit, and the unit: of ``price, $``,
    ``gold (medals)``, `area_km2`. A head that is a unit keeps it as its title, and
    "Number of falls" is "Falls".
    """
    counted = HEAD_OF_COUNT.fullmatch(head.replace("_", " "))
    if counted:
        head = counted[1]
    found = HEAD.fullmatch(head)
    title = head
    unit = UNIT_BY_WORD.get(head.lower(), "")
    if found:
        in_brackets = found[2] or ""
        text = in_brackets or found[3] or found[5]
        unit = _parse_unit(head, text, is_sure=bool(in_brackets))
        if unit:
            title = found[1] or found[4]
    title = title.replace("_", " ").strip() or "A column"
    return HeadWithUnit(title[0].upper() + title[1:], unit)


def is_unit(text: str) -> bool:
    """Tell whether a text has the word of a unit that is known."""
    words = text.lower().split()
    return bool((UNIT_BY_WORD.keys() | COUNTS).intersection(words))


def parse_unit(text: str) -> str:
    """Return a unit as tables of a story have it: "GBP million" for "£m"."""
    return _parse_unit("", text, is_sure=True) or text


def _parse_unit(head: str, text: str, *, is_sure: bool) -> str:
    """Return the unit that a text is, "" for one that is none.

    Words that no unit is known for are one only where that ``is_sure``.
    """
    words = text.replace("/", " per ").split()
    words = [UNIT_BY_WORD.get(word.lower(), word) for word in words if word != "of"]
    known = [word for word in words if word in UNITS]
    has_digits = any(map(str.isdecimal, "".join(words)))
    if len(words) > WIDEST or has_digits or not (known or is_sure):
        return ""
    if "per" in re.split(r"[\s_]+", head.lower()) and SCALES.keys() & words:
        return ""  # cases_per_million, Rate per 100,000
    is_known = any(word not in SCALES for word in known) and "per" not in words
    return " ".join(known if is_known else words)  # of "% of GDP" the sign


class ShortNumber(NamedTuple):
    """A number as texts have it: its digits, how many of them are decimals, and the
    word that scales it, "" for none.
    """

    number: Decimal
    decimals: int
    scale: str


def shorten_number(value: Decimal, unit: str, others: Iterable[Decimal]) -> ShortNumber:
    """Return a number in three digits, or in so many that it differs from ``others`` of
    its column: 22.3 million for 22318.0 thousand.
    """
    power = sum(SCALES.get(word, 0) for word in unit.split())
    size = value.adjusted() + power
    words = [word for word in SCALES if THOUSAND < SCALES[word] <= size]
    scale = words[-1] if words else ""
    power -= SCALES.get(scale, 0)
    number = value.scaleb(power)
    rest = {other.scaleb(power) for other in others} - {number}
    most = max(0, -int(number.as_tuple().exponent))
    decimals = min(most, max(0, DIGITS - 1 - number.adjusted()))
    while decimals < most and round(number, decimals) in {
        round(other, decimals) for other in rest
    }:
        decimals += 1
    return ShortNumber(number, decimals, scale)
