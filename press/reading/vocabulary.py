"""The vocabulary of a language: what its texts are read and held with, and how it
writes numbers and dates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from press.reading.lexicon import MONTH_NAMES, SHORT_MONTH_NAMES, Lexicon
from press.reading.text import Text

FIRST_DAY = "0000-01-01"  # whose end makes a day of a year or a month
QUARTERS = ("1st", "2nd", "3rd", "4th")


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
    """How English writes numbers and dates (after Unicode CLDR); ``code`` is the
    language's, such as en.
    """

    code: str

    def number(self, value: Decimal | float, decimals: int = 0) -> str:
        """Write a number with so many decimals, grouped, rounded half to even."""
        # a float as it is written: 0.15, not the 0.1499… that it is stored as
        exact = Decimal(str(value))
        return f"{exact:,.{decimals}f}"

    def date(self, iso_time: str, *, short: bool = False) -> str:
        """Write a day, a month, a quarter or a year (``2023-11-07``, ``2023-11``,
        ``2024-Q3``, ``2023``) in words.
        """
        year, _, quarter = iso_time.partition("-Q")
        if quarter:
            name = f"Q{quarter}" if short else f"{QUARTERS[int(quarter) - 1]} quarter"
            return f"{name} {year}"
        whole_day = date.fromisoformat(iso_time + FIRST_DAY[len(iso_time) :])
        month = self.months(short=short)[whole_day.month - 1]
        words = (str(whole_day.day), month, str(whole_day.year))
        given = len(iso_time.split("-"))  # the year alone, or what stands before it too
        return " ".join(words[-given:])

    def months(self, *, short: bool = False) -> tuple[str, ...]:
        """Name the twelve months, as on an axis or in a table's head."""
        return SHORT_MONTH_NAMES if short else MONTH_NAMES


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
