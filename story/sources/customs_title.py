"""What a table of Chinese customs says it is: its title, the month to which it goes,
its currency and its unit.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from press.ground.errors import quoted
from press.intake import Sheet, UnreadableError

MONTHS = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
NAME = (
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b\.?"
)
YEAR = r"(20\d\d)(?!\d)"
TO = r"\s*(?:-\s*to\s*-?|to\s*-|-|~|/|&|(?:to|and)(?![a-z])|至|到)\s*"
NAMED = re.compile(NAME, re.IGNORECASE)
# Since January: "1-to-3", "1- to-3", "1to12", "1至3月", "1月-3月"; "Jan-Mar",
# "January to March".
SPAN = re.compile(rf"(?<![\d.])0?1\s*月?{TO}(\d{{1,2}})(?!\d)", re.IGNORECASE)
NAMED_SPAN = re.compile(rf"\bjan(?:uary)?\b\.?{TO}{NAME}", re.IGNORECASE)
# A month in a title, the words before its year or behind it: "Mar 2026", "12. 2019",
# "2025年1-2月", "2019.12".
BEFORE_YEAR = re.compile(rf"{NAME}[\s,./-]*(?:(?:of|in)\s+)?{YEAR}", re.IGNORECASE)
NUMBER_BEFORE_YEAR = re.compile(rf"(?<![\d.])(\d{{1,2}})\s*[./]\s*{YEAR}")
AFTER_YEAR = re.compile(
    rf"(?<!\d){YEAR}\s*(?:年|[.-])\s*(?:0?1\s*月?{TO})?(\d{{1,2}})(?!\d|\s*[./-]\s*\d)"
)
BY_COUNTRY = re.compile(
    r"\bby\s+(?:\w+\s+){0,2}countr|国别|国家\s*\(地区\)", re.IGNORECASE
)
START = re.compile(r"\(\d+\)\s*\D|china.?s\s+total|(?<!\d)20\d\d\s*年", re.IGNORECASE)
DATE = re.compile(r"\b(20\d\d)[/-](\d\d)[/-](\d\d)\b")
# "Unit: CNY 100 Million", "单位: 百万美元"; without such a word: "USD1 Million",
# "US$1,000", "亿元人民币".
MONEY = r"(?:CNY|RMB|USD|US\$|yuan|US dollars?)"
COUNT = r"(?:1(?:,?000){1,2}|10(?:,000|0{3})?0?|1)"
SCALE = r"(?:\s?(?:billion|million|thousand))"
CHINESE_UNIT = r"(?:人民币)?[十百千万亿]{1,2}\s?(?:美元|元)"
WITH_MONEY = (
    rf"(?:{MONEY}\s?{COUNT}?{SCALE}|{MONEY}\s?1[0,]+"
    rf"|{COUNT}?{SCALE}\s?{MONEY}|{CHINESE_UNIT})"
)
NAMED_UNIT = rf"(?:\bunit|单位)\s*:\s*({WITH_MONEY}|{COUNT}?{SCALE}|[^|()]{{0,40}})"
UNIT = re.compile(rf"{NAMED_UNIT}|(?<![\w.])({WITH_MONEY})(?!\w)", re.IGNORECASE)
YUAN = re.compile(r"cny|rmb|yuan|人民币|[十百千万亿]\s?元", re.IGNORECASE)
DOLLARS = re.compile(r"us\s?d|us\s?\$|dollar|美元", re.IGNORECASE)
TENS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
WORDS = {"billion": 1_000_000_000, "million": 1_000_000, "thousand": 1_000}
# in which anybody prints a country's trade
FACTORS = {10**power for power in (3, 4, 6, 7, 8, 9)}
IN_WORDS = {"CNY": "yuan", "USD": "dollars"}
# where a title stands: rows of a table, characters before it; how long it is
FIRST_ROWS, NEAR, LONGEST = 6, 400, 200
# One sign for each of those that look alike: full-width letters and figures, dashes.
ALIKE = {0x3000: " ", 0x2212: "-", **dict.fromkeys(range(0x2010, 0x2016), "-")}
ALIKE |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
HINT = "open the page in a browser, save it, and import the file"


class Head(NamedTuple):
    """What a table says it is: its title, the month to which it goes, its currency, and
    how many of it a unit is.
    """

    title: str
    month: str
    currency: str
    factor: int

    def __str__(self) -> str:
        """Say month and currency in words."""
        return f"{self.month}, {IN_WORDS[self.currency]}"


def alike(sheet: Sheet) -> Sheet:
    """Return a sheet whose letters, figures and dashes are those of a
    plain keyboard.
    """
    rows = tuple(tuple(text.translate(ALIKE) for text in row) for row in sheet.rows)
    return sheet._replace(before=sheet.before.translate(ALIKE), rows=rows)


def head_of(sheet: Sheet) -> Head:
    """Return what a sheet says it is.

    Raises ``UnreadableError`` where that is another table, or cannot be told.
    """
    titles = titles_of(sheet)
    if not titles:
        found = quoted(next(iter(_first_rows(sheet)), "") or sheet.before[:LONGEST])
        message = (
            f"found {found}, expected the title of table (4), by country or region,"
            " with a month such as Mar 2026"
        )
        raise UnreadableError(message, HINT)
    unit = _unit(sheet)
    currencies = {
        found for text in titles if (found := currency_of(UNIT.sub("", text)))
    }
    months = {_month(text) for text in titles}
    if len(months) > 1 or len(currencies) > 1:
        raise UnreadableError(
            f"found the titles {' and '.join(map(quoted, titles))}, expected one month"
            " and currency"
        )
    told, named = next(iter(currencies), ""), currency_of(unit)
    if not (told or named):
        raise UnreadableError(
            "found neither a currency nor a unit, expected CNY or USD in the title",
            HINT,
        )
    if told and named and told != named:
        message = (
            f"found a title in {IN_WORDS[told]} over the unit {quoted(unit)}, expected"
            " one currency"
        )
        raise UnreadableError(
            message, "look at the page: one of the two is wrong, and no figure is taken"
        )
    return Head(titles[0], months.pop(), told or named, _factor(unit))


def titles_of(sheet: Sheet) -> list[str]:
    """Return the titles of a sheet: of its first rows and shortly before it, else
    anywhere before it.
    """
    top = " ".join(_first_rows(sheet))
    own = [_trimmed(top)] if is_title(top) else []
    near = own + list(_parts(sheet.before[-NEAR:]))
    return list(dict.fromkeys(near or _parts(sheet.before)))


def currency_of(words: str) -> str:
    """Return the currency that some words name, an empty text if none or both."""
    found = [
        name
        for name, pattern in (("CNY", YUAN), ("USD", DOLLARS))
        if pattern.search(words)
    ]
    return found[0] if len(found) == 1 else ""


def month_named(words: str) -> int:
    """Return the number of the last month whose name stands in some
    words, 0 if none.
    """
    return max(
        (MONTHS.index(found.lower()) + 1 for found in NAMED.findall(words)[-1:]),
        default=0,
    )


def spans(words: str) -> set[int]:
    """Return the months to which some words go since January: 3 for "1-to-3", for
    "Jan-Mar".
    """
    named = {MONTHS.index(found[1].lower()) + 1 for found in NAMED_SPAN.finditer(words)}
    return named | {int(found[1]) for found in SPAN.finditer(words)}


def line(row: Sequence[str]) -> str:
    """Return the different texts of a row in one: a title that a comma has parted is
    whole again.
    """
    return ", ".join(dict.fromkeys(filter(None, row)))


def is_title(text: str) -> bool:
    """Tell whether a text is the title of a table by country."""
    return bool(BY_COUNTRY.search(text) and _months(text))


def _first_rows(sheet: Sheet) -> Iterator[str]:
    """Yield the words of the first rows that say one thing: a title, a unit; or a title
    and a unit beside it.
    """
    for row in sheet.rows[:FIRST_ROWS]:
        texts = set(filter(None, row))
        if len(texts) == 1 or is_title(line(row)):
            yield line(row)


def _parts(words: str) -> Iterator[str]:
    """Yield the titles in some words: each from its beginning to a date, a unit, or the
    next.
    """
    places = [found.start() for found in START.finditer(words)]
    for start, end in pairwise([*places, len(words)]):
        text = _trimmed(words[start:end])
        if is_title(text):
            yield text


def _trimmed(text: str) -> str:
    return UNIT.split(DATE.split(text)[0])[0].strip(" ,;|")[:LONGEST]


def _unit(sheet: Sheet) -> str:
    """Return the unit as a table names it, else as the words before it do.

    Raises ``UnreadableError`` for two.
    """
    rows = (text for row in sheet.rows for text in dict.fromkeys(row))
    units = {_named(found) for text in rows for found in UNIT.finditer(text)}
    units = units or {_named(found) for found in UNIT.finditer(sheet.before[-NEAR:])}
    if len({unit.replace(" ", "") for unit in units}) > 1:
        raise UnreadableError(
            f"found the units {' and '.join(map(quoted, sorted(units)))}, expected one"
        )
    return min(units, default="")


def _named(found: re.Match[str]) -> str:
    return str(found[1] or found[2]).strip()


def _months(title: str) -> set[str]:
    """Return the months that a title names with their years: ``2026-03``."""
    named = {
        (found[2], MONTHS.index(found[1].lower()) + 1)
        for found in BEFORE_YEAR.finditer(title)
    }
    named |= {(found[2], int(found[1])) for found in NUMBER_BEFORE_YEAR.finditer(title)}
    named |= {(found[1], int(found[2])) for found in AFTER_YEAR.finditer(title)}
    return {f"{year}-{month:02d}" for year, month in named if 1 <= month <= len(MONTHS)}


def _month(title: str) -> str:
    months = _months(title)
    if len(months) > 1:
        raise UnreadableError(
            f"found the title {quoted(title)}, expected one month in it"
        )
    return months.pop()


def _factor(unit: str) -> int:
    """Return how many yuan or dollars one of a unit is: 100,000,000 for "CNY 100
    Million", for "亿元".
    """
    factor = 1
    if re.fullmatch(rf"{CHINESE_UNIT}(?:人民币)?", unit):
        factor = math.prod(TENS.get(sign, 1) for sign in unit)
    elif found := re.fullmatch(
        rf"{MONEY}?\s?({COUNT})?({SCALE})?(?:\s?{MONEY})?", unit, re.IGNORECASE
    ):
        factor = int((found[1] or "1").replace(",", "")) * WORDS.get(
            (found[2] or "").strip().lower(), 1
        )
    if factor in FACTORS:
        return factor
    raise UnreadableError(
        f"found the unit {quoted(unit)}, expected one such as CNY 100 Million or USD1"
        " Million"
    )
