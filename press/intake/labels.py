"""Labels: what the words of a title or a head say, by the words that an adapter
declares.

Years, months and spans since January are read here, in words and in figures. What is
neither that nor declared is left over, so that no word passes unread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

MONTHS = [
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
]
MONTH = rf"\b({'|'.join(MONTHS)})(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b\.?"
TO = r"\s*(?:-\s*to\s*-?|to\s*-|-|~|(?:to|through)(?![a-z])|至|到)\s*"
# What a text may say of times, in the order in which it is looked for: "1-to-3",
# "1至3月" and "Jan-Mar" are spans.
TIMES = (
    (
        "days",
        r"\b(20\d\d(?:[/-]\d\d[/-]|年\d?\d月)\d?\d)(?!\d)日?(?: \d\d:\d\d(?::\d\d)?)?",
    ),
    ("years", r"(?<!\d)((?:19|20)\d\d)(?!\d)\s*年?"),
    ("spans", rf"\bjan(?:uary)?\b\.?{TO}{MONTH}"),
    ("spans", rf"(?<![\d.])0?1\s*月?{TO}(\d{{1,2}})(?!\d)\s*月?"),
    ("months", MONTH),
    ("months", r"(?<!\d)(\d{1,2})(?!\d)\s*月?"),
)
UNREAD = re.compile(r"(?:[\s|,.;:/()&±+-]|\b(?:of|in)\b)+")
GAP = " | "  # stands for what has been read
# One sign for each of those that look alike: full-width letters and figures, dashes.
ALIKE = {0x3000: " ", 0x2212: "-", **dict.fromkeys(range(0x2010, 0x2016), "-")}
ALIKE |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


class ParsedLabel(NamedTuple):
    """What some words say: the declared words, days as 2025-04-09, years, the months
    to which spans since January go, single months; and what is left over.
    """

    words: set[str]
    days: list[str]
    years: set[int]
    spans: set[int]
    months: set[int]
    rest: str

    @property
    def last_months(self) -> set[int]:
        """The months to which any time goes."""
        return self.spans | self.months


def parse_label(text: str, words: Mapping[str, str]) -> ParsedLabel:
    """Return what a text says; ``words`` are patterns by what they mean, in the order
    in which they are looked for.
    """
    said = set[str]()
    for name, pattern in words.items():
        text, count = re.subn(pattern, GAP, text, flags=re.IGNORECASE)
        if count:
            said.add(name)
    times: dict[str, list[str]] = {name: [] for name, _ in TIMES}
    for name, pattern in TIMES:
        times[name] += re.findall(pattern, text, re.IGNORECASE)
        text = re.sub(pattern, GAP, text, flags=re.IGNORECASE)
    days = list(map(_format_day_of_numbers, times.pop("days")))
    years, spans, months = (
        set(map(_parse_year_or_month, found)) for found in times.values()
    )
    rest = UNREAD.sub(" ", text).strip()
    return ParsedLabel(said, days, years, spans, months, rest)


def unify_signs(text: str) -> str:
    """Return a text whose letters, figures and dashes are those of a plain keyboard."""
    return text.translate(ALIKE)


def _format_day_of_numbers(text: str) -> str:
    """Write a day, which has three numbers, as 2025-04-09."""
    return "-".join(number.zfill(2) for number in re.findall(r"\d+", text))


def _parse_year_or_month(text: str) -> int:
    """Return the number that a year or a month has, in figures or words."""
    if text.isdecimal():
        return int(text)
    month = text[:3].lower()
    return MONTHS.index(month) + 1
