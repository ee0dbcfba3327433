"""Labels: what the words of a title, a head or a unit say, by the words that an adapter
declares.

Years, months and spans since January are read here, in words and in figures. What is
neither that nor declared is left over, so that no word passes unread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from press.ground.errors import quoted
from press.intake.release import UnreadableError

MONTH = (
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b\.?"
)
MONTHS = re.findall("[a-z]{3}", MONTH[:52])
TO = r"\s*(?:-\s*to\s*-?|to\s*-|-|~|(?:to|through)(?![a-z])|至|到)\s*"
# spans since January in words, by the month to which they go
WORDED = {
    "first three quarters": 9,
    "first three months": 3,
    "first six months": 6,
    "first nine months": 9,
    "first quarter": 3,
    "first half": 6,
    "full year": 12,
    "q1": 3,
    "h1": 6,
    "前三季度": 9,
    "一季度": 3,
    "上半年": 6,
    "全年": 12,
}
# What a text may say of times, in the order in which it is looked for: "1-to-3",
# "1至3月" and "Jan-Mar" are spans.
TIMES = (
    ("day", r"\b(20\d\d[/-]\d\d[/-]\d\d)\b"),
    ("year", r"(?<!\d)((?:19|20)\d\d)(?!\d)\s*年?"),
    ("span", rf"\bjan(?:uary)?\b\.?{TO}{MONTH}"),
    ("span", rf"(?<![\d.])0?1\s*月?{TO}(\d{{1,2}})(?!\d)\s*月?"),
    ("span", rf"\b({'|'.join(WORDED)})"),
    ("month", MONTH),
    ("month", r"(?<!\d)(\d{1,2})(?!\d)\s*月?"),
)
UNREAD = re.compile(r"(?:[\s|,.;:/()&±+-]|\b(?:of|in)\b)+")
GAP = " | "  # stands for what has been read
UNIT = re.compile(r"^\W*(?:unit|(?:计量)?单位)\s*:\s*", re.IGNORECASE)
SCALES = {"thousand": 3, "million": 6, "billion": 9, "十": 1, "百": 2, "千": 3}
SCALES |= {"万": 4, "亿": 8}
SCALE = "|".join(SCALES)
COUNT = re.compile(rf"\W*(?:1(0*))?\s*((?:(?:{SCALE})\s*)*)\W*", re.IGNORECASE)
POWERS = {3, 4, 6, 7, 8, 9}  # of ten, in which sums of money are printed
# One sign for each of those that look alike: full-width letters and figures, dashes.
ALIKE = {0x3000: " ", 0x2212: "-", **dict.fromkeys(range(0x2010, 0x2016), "-")}
ALIKE |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


class Label(NamedTuple):
    """What some words say: the declared words, days, years, the months to which spans
    since January go, single months; and what is left over.
    """

    words: set[str]
    days: set[str]
    years: set[int]
    spans: set[int]
    months: set[int]
    rest: str


class Unit(NamedTuple):
    """A unit of money: as it is printed, its currency ("" where it names none), and how
    many of that it is.
    """

    text: str
    currency: str
    factor: int


def parse_label(text: str, words: Mapping[str, str]) -> Label:
    """Return what a text says; ``words`` are patterns by what they mean, in the order
    in which they are looked for.
    """
    said, rest = _take_words(text, words)
    times: dict[str, set[str]] = {name: set() for name, _ in TIMES}
    for name, pattern in TIMES:
        times[name].update(re.findall(pattern, rest, re.IGNORECASE))
        rest = re.sub(pattern, GAP, rest, flags=re.IGNORECASE)
    years, spans, months = (
        set(map(_number_of, times[name])) for name in ("year", "span", "month")
    )
    rest = UNREAD.sub(" ", rest).strip()
    return Label(said, times["day"], years, spans, months, rest)


def unify_signs(text: str) -> str:
    """Return a text whose letters, figures and dashes are those of a plain keyboard."""
    return text.translate(ALIKE)


def find_unit(text: str, currencies: Mapping[str, str]) -> Unit | None:
    """Return the unit that a text is: "Unit: USD 100 Million", "百万元"; ``None`` for
    other words. ``currencies`` are patterns by name.

    Raises ``UnreadableError`` for a unit that cannot be told.
    """
    printed = UNIT.sub("", text)
    named, rest = _take_words(printed, currencies)
    found = COUNT.fullmatch(rest.replace(GAP, " ").replace(",", ""))
    if printed == text and not (named and found and any(found.groups())):
        return None
    power = -1
    if found:
        scales = re.findall(SCALE, found[2].lower())
        power = len(found[1] or "") + sum(map(SCALES.__getitem__, scales))
    if power not in POWERS or len(named) > 1:
        raise UnreadableError(
            f"found the unit {quoted(printed)}, expected one such as USD 1 Million"
        )
    return Unit(printed.strip(" ()"), "".join(named), 10**power)


def _take_words(text: str, words: Mapping[str, str]) -> tuple[set[str], str]:
    """Return the declared words that a text has, and the text without them."""
    found = set[str]()
    for name, pattern in words.items():
        text, count = re.subn(pattern, GAP, text, flags=re.IGNORECASE)
        if count:
            found.add(name)
    return found, text


def _number_of(text: str) -> int:
    """Return the number that a year or a month has, in figures or words."""
    if text.isdecimal():
        return int(text)
    words = text.lower()
    return WORDED.get(words) or MONTHS.index(words[:3]) + 1
