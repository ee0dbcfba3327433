"""Finds dates in running text: years, months, days, decades and short ranges of years.

``find_dates`` gives the dates of a block by their places, as they are written. Which
periods they mean together with the words around them, ``periods`` reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from press.ground.period import MONTHS, Period
from press.reading.lexicon import (
    MONTH_NAMES,
    NEVER,
    SHORT_MONTH_NAMES,
    Lexicon,
    build_any_phrase_pattern,
)
from press.reading.places import NEAR, SPACE
from press.reading.text import Span, Text

DIGITS = re.compile(r"\d+")
DECADE_YEARS = 10
YEAR = r"(?:(?:19|20)\d\d|2100)"
# A year or an amount: the words around it tell.
OLD_YEAR = re.compile(r"1[0-8]\d\d")
FREE_YEAR = rf"(?<![\w.,$€£¥])(?:{YEAR}|{OLD_YEAR.pattern})"
DECADE = r"(?<![\w.,$€£¥])(?:1\d|20)\d0['’]?s(?!\w)"  # "the 2010s"
NO_LONGER_NUMBER = r"(?!\w|[.,]\d|\s?%)"
# "9", "9th", "9–11"
DAY_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])"
# no full stop behind it: "there were 45. March had more"
DAY = rf"{DAY_NUMBER}(?:[–-]{DAY_NUMBER})?(?:[a-z]{{2}})?"
ISO_DAY = r"(?P<iso>\d{4}-\d\d-\d\d)(?!\d)"
SHORT_RANGE = (  # "2011–12"
    rf"(?P<first_year>{FREE_YEAR})(?P<dash>[–/-])"
    r"(?P<last_year>\d\d)(?![\w–-]|[.,]\d|\s?%)"
)
# The groups of the pattern of dates in which a year may stand.
YEAR_GROUPS = ("year_dmy", "year_mdy", "year_of_month", "first_year", "year", "decade")
# The number of each month by all its names, long and short, as texts write them.
# Capital letters count: "may" is no month.
MONTH_NUMBERS = {
    spelling: number
    for names in (SHORT_MONTH_NAMES, MONTH_NAMES)
    for number, name in enumerate(names, 1)
    for spelling in (name, name.upper())
}
WORD_BEFORE = re.compile(r"(\w+)\s+$")  # "in" before a year
NOUN_AFTER = re.compile(r"\s[a-z]\w{3}")  # "cars" after "1500"
# Units that may stand after a year: "in 2019 a tonne cost".
UNITS_AFTER_YEARS = ("per", "years", "months")


class WrittenDay(NamedTuple):
    """One day of a date, and where its number begins in the text.

    ``iso_suffix`` is "2024-08-09", or "-08-09" where the date may have no year.
    """

    start: int
    iso_suffix: str

    def to_period(self, default_year: int) -> Period | None:
        """Return the day, in the ``default_year`` if it has none; None if there was no
        such day.
        """
        year = f"{default_year:04d}" if self.iso_suffix.startswith("-") else ""
        return Period.parse_or_none(year + self.iso_suffix)


class WrittenDate(NamedTuple):
    """A date as written: a year, a month or both, or days; with its place in the text.

    ``year`` is 0 where none is written. ``last_year`` is that of several years: of
    "2011–12", of "the 2010s". Only a date of ``days`` has any.
    """

    start: int
    end: int
    year: int = 0
    month: int = 0
    last_year: int = 0
    days: tuple[WrittenDay, ...] = ()

    @property
    def closing_year(self) -> int:
        """The year in which it ends; 0 where none is written."""
        return self.last_year or self.year

    @property
    def month_or_years(self) -> Period:
        """The month, the year or the years that it means; its year must be known."""
        january = self.year * MONTHS
        if self.month:
            return Period.from_contained_month_and_length(january + self.month - 1, 1)
        return Period(january, self.closing_year * MONTHS + MONTHS - 1)


def find_dates(text: Text, block: Span, lexicon: Lexicon) -> tuple[WrittenDate, ...]:
    """Return the dates in a block of a text, in their order."""
    return tuple(
        lexicon.get_memoized(_DateReader).read_dates(text.visible_text, *block)
    )


class _DateReader:
    """Reads dates as a language writes them, but no amounts: "$2000", "2000 tonnes"."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._months = MONTH_NUMBERS
        self._lexicon = lexicon
        self._date = _build_date_pattern(lexicon)
        initials = "".join({name[0] for name in self._months})
        # Where a date may begin: at digits, and at names of months.
        self._beginning = re.compile(
            rf"\d+|(?<![^\W\d_])(?=[{initials}])(?:{build_any_phrase_pattern(self._months)})"
        )

    def read_dates(self, words: str, start: int, end: int) -> Iterator[WrittenDate]:
        """Yield the dates between two places of a text, from left to right."""
        for beginning in self._beginning.finditer(words, start, end):
            if beginning.start() < start:
                continue  # it is a part of the last date
            found = self._match_date_dropping_doubtful_year(
                words, beginning.start(), end
            )
            if found:
                start = found.end()
                yield self._date_from_match(found)

    def _match_date_dropping_doubtful_year(
        self, words: str, start: int, end: int
    ) -> re.Match[str] | None:
        """Return the date that begins at ``start``; None where none does.

        A number like 1850 that is no year is left out: "May 1850 cars" is May.
        """
        found = self._date.match(words, start, end)
        if found is None or found["decade"] or found["iso"]:
            return found
        old_year = OLD_YEAR.search(words, *found.span())
        if old_year is None or self._is_old_number_meant_as_year(old_year, start):
            return found
        return self._date.match(words, start, old_year.start())

    def _is_old_number_meant_as_year(
        self, number: re.Match[str], date_start: int
    ) -> bool:
        """Tell whether a number from 1000 to 1899 is a year: it is one of the tables,
        or stands after the name of a month or a word such as "in"; no noun follows.
        """
        words = number.string
        is_known = int(number[0]) in self._lexicon.years
        if not is_known and NOUN_AFTER.match(words, number.end()):
            return False
        if number.start() > date_start:
            return True  # after the name of a month
        found = WORD_BEFORE.search(words, max(0, date_start - NEAR), date_start)
        word = found[1].lower() if found else ""
        if is_known:
            return not word or word in self._lexicon.lists["before_year"]
        return word in self._lexicon.lists["before_old_year"]

    def _date_from_match(self, found: re.Match[str]) -> WrittenDate:
        """Return the date that a match of the pattern means."""
        written_year = next(filter(None, found.group(*YEAR_GROUPS)), "0")
        year = int(written_year[: len("2010")])  # of "2010s", too
        date = WrittenDate(*found.span(), year)
        if found["day"]:
            return date._replace(days=tuple(self._days_from_match(found)))
        if found["decade"]:
            return date._replace(last_year=year + DECADE_YEARS - 1)
        if found["last_year"]:
            last = int(found["last_year"])
            # "2023-11" is a month, "2011-12" are two years
            if found["dash"] == "-" and 0 < last <= MONTHS and last != year % 100 + 1:
                return date._replace(month=last)
            last += year // 100 * 100
            return date._replace(last_year=max(year, last))
        name = found["month_of_year"] or found["month"] or ""
        return date._replace(month=self._months.get(name.rstrip("."), 0))

    def _days_from_match(self, found: re.Match[str]) -> Iterator[WrittenDay]:
        """Yield each day of a date: two of "9 and 10 August"."""
        if found["iso"]:
            yield WrittenDay(found.start(), found["iso"])
            return
        order = "dmy" if found["days_dmy"] else "mdy"
        month = self._months[found[f"month_{order}"].rstrip(".")]
        for number in DIGITS.finditer(found.string, *found.span(f"days_{order}")):
            yield WrittenDay(number.start(), f"-{month:02d}-{int(number[0]):02d}")


def _build_date_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of a date in a language, with groups for its parts.

    Names of groups end as their parts are ordered: "dmy" of "9 August 2024", "mdy" of
    "August 9, 2024".
    """
    full_names = {*MONTH_NAMES, *map(str.upper, MONTH_NAMES)}
    any_month = build_any_phrase_pattern(MONTH_NUMBERS)
    full_month = build_any_phrase_pattern(full_names)
    short_month = build_any_phrase_pattern(MONTH_NUMBERS.keys() - full_names)
    counted = _build_unit_after_amount_pattern(lexicon)
    after_in = _build_pattern_after_word_like_in(lexicon)
    led_year = rf"(?:{after_in}){FREE_YEAR}{NO_LONGER_NUMBER}"
    # "in 2025 tonnes fell", but "2000 tonnes"
    year = rf"(?:{led_year}|{FREE_YEAR}{NO_LONGER_NUMBER}(?!{counted}))"
    joints = build_any_phrase_pattern(lexicon.lists["range_between"])
    # "9, 10 and 11"
    days = rf"(?:(?:{DAY_NUMBER},\s)*{DAY_NUMBER},?\s(?:{joints})\s)?{DAY}"
    day_and_month = (
        rf"(?P<days_dmy>{days})\s(?:of\s)?(?P<month_dmy>{any_month})"
        rf"\b(?!\s\d{{1,2}}\b)(?:,?\s(?P<year_dmy>{year}))?"
    )
    month_and_day = (
        rf"(?P<month_mdy>{any_month})\.?\s(?P<days_mdy>{DAY})"
        rf"(?![\w.,]*\d|\s?%|{counted})(?!\w)(?:,?\s(?P<year_mdy>{year}))?"
    )
    month_and_year = (
        rf"(?<!\w)(?P<month_of_year>{full_month}|(?:{short_month})\b\.?),?{SPACE}"
        rf"(?:of\s)?(?P<year_of_month>{year})"
    )
    return re.compile(
        rf"(?P<day>(?<![\w.,])(?:{day_and_month}|{month_and_day}|{ISO_DAY}))"
        rf"|{month_and_year}|{SHORT_RANGE}|(?P<decade>{DECADE})|(?P<year>{year})"
        rf"|(?<!\w)(?P<month>{full_month})(?!\w)"
    )


def _build_unit_after_amount_pattern(lexicon: Lexicon) -> str:
    """Return a pattern of the scales and units before which a number is an amount."""
    counted = set(lexicon.scales)
    for form, unit in lexicon.units.items():
        if not unit.isupper() and unit.split()[0] not in UNITS_AFTER_YEARS:
            counted.add(form)
    return rf"\s?(?:{build_any_phrase_pattern(counted)})(?!\w)"


def _build_pattern_after_word_like_in(lexicon: Lexicon) -> str:
    """Return a pattern of the places right after words such as "in", of no width."""
    small = lexicon.lists["before_year"]
    words = [*small, *map(str.capitalize, small)]
    return "|".join(rf"(?<=\b{re.escape(word)}\s)" for word in words) or NEVER
