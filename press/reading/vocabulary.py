"""The vocabulary of a language: what its texts are read and held with, and how it
writes numbers and dates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_skeleton, get_month_names
from babel.numbers import format_decimal

from press.reading.lexicon import Lexicon
from press.reading.text import Text

FIRST_DAY = "0000-01-01"  # whose end makes a day of a year or a month
# how Unicode CLDR writes a year, a month and a day, by their length in ISO 8601
PATTERNS = {4: "y", 7: "LLLL y", 10: "d MMMM y"}
PATTERNS_IN_SHORT = {4: "y", 7: "LLL y", 10: "d MMM y"}


@dataclass(frozen=True)
class FactWords:
    """What readers are told of a fact: its label, and how it is computed."""

    label: str
    formula: str
    line: int


@dataclass(frozen=True, eq=False)
class UnlinkedNumberExceptions:
    """The numbers that stand in a file unbound on purpose, and why."""

    path: str
    # by file below the language's folder, by the words
    reasons_by_phrase: Mapping[str, Mapping[str, str]]
    lines: Mapping[tuple[str, str], int]


# what readers see: groups of texts, each under its title
Texts = Sequence[tuple[str, Sequence[Text]]]


@dataclass(frozen=True, eq=False)
class Conventions:
    """How a language writes numbers and dates (Unicode CLDR, through Babel); ``code``
    is the language's, such as en.
    """

    code: str

    @cached_property
    def locale(self) -> Locale:
        """The conventions as Babel has them."""
        return Locale.parse(self.code, sep="-")

    def number(self, value: Decimal | float, decimals: int = 0) -> str:
        """Write a number with so many decimals, grouped, rounded half to even."""
        pattern = "#,##0"
        if decimals:
            pattern += "." + "0" * decimals
        return str(format_decimal(value, pattern, locale=self.locale))

    def date(self, iso_time: str, *, short: bool = False) -> str:
        """Write a day, a month, a quarter or a year (``2023-11-07``, ``2023-11``,
        ``2024-Q3``, ``2023``) in words.
        """
        year, _, quarter = iso_time.partition("-Q")
        if quarter:
            last_month = date(int(year), int(quarter) * 3, 1)
            skeleton = "yQQQ" if short else "yQQQQ"
            return str(format_skeleton(skeleton, last_month, locale=self.locale))
        pattern = (PATTERNS_IN_SHORT if short else PATTERNS)[len(iso_time)]
        whole_day = date.fromisoformat(iso_time + FIRST_DAY[len(iso_time) :])
        return str(format_date(whole_day, pattern, locale=self.locale))

    def months(
        self, width: Literal["abbreviated", "wide"] = "abbreviated"
    ) -> list[str]:
        """Name the twelve months as they stand alone, on an axis or in a
        table's head.
        """
        names = get_month_names(width, context="stand-alone", locale=self.locale)
        return [str(names[month]) for month in range(1, 13)]


@dataclass(frozen=True, eq=False)
class Vocabulary(Conventions):
    """What a language's texts are held with: its lexicon, the words of facts,
    exceptions, the terms of its glossary.
    """

    lexicon: Lexicon
    facts: Mapping[str, FactWords] = field(default_factory=dict)
    facts_path: str = ""
    exceptions: UnlinkedNumberExceptions = field(
        default_factory=lambda: UnlinkedNumberExceptions("", {}, {})
    )
    terms: frozenset[str] = frozenset()  # the ids of the entries of its glossary
