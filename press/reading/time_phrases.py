"""Finds phrases of time around dates, "first half of 2024", "two years earlier", and
says what each means.

The phrases of a language are templates in its file. A text is searched with each
character of its dates replaced by ``DATE``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Literal, NamedTuple, get_args

from press.ground.period import MONTHS, Period
from press.reading.dates import DIGITS
from press.reading.lexicon import Lexicon
from press.reading.matcher import ANY_DIGITS, DATE, PhraseMatcher, PhraseTag

PLACE = "{}"  # in a template, where a date or a number stands
MOST_SHIFT = 99  # of years or months by a number word: "sixteen years later"
# What breaks a phrase: white space longer than a line end in a quotation, a number
# longer than one of months or years.
BREAK = re.compile(r"\s{4}|\d{3}")
# The months that a template means, at its end: "= 1-3" are these and no others, "~ 1-4"
# some of them.
MEANT_MONTHS = re.compile(
    r" (?P<how>[=~]) (?P<first>[1-9]|1[0-2])-(?P<last>[1-9]|1[0-2])$"
)
LOOSE = "~"
TimePhraseKind = Literal[
    "months", "years", "range", "shift_months", "shift_days", "date"
]
# Of phrases that begin at one place, that is meant whose kind comes first here.
KINDS = get_args(TimePhraseKind)


class TimePhraseMeaning(NamedTuple):
    """What a phrase of time means.

    ``kind``: a date alone, a *range* between two, *months* of a year, the *years* to
    one, or a shift from a time named before. ``number`` is how many months or years a
    word of the phrase says, or how many months or days it shifts by, times its digits.
    ``span`` are the months that it means, in the year 0; where ``is_loose``, some of
    them.
    """

    kind: TimePhraseKind
    number: int = 0
    span: Period | None = None
    is_loose: bool = False

    def read_count_or_shift(self, words: str, tag: PhraseTag) -> int:
        """Return how many months, years or days a phrase says; 0 if it says no number.

        ``tag`` is its place in ``words``, where digits may say the number.
        """
        digits = DIGITS.search(words, tag.start, tag.end)
        if not digits:
            return self.number
        if self.kind.startswith("shift"):
            return self.number * int(digits[0])
        return self.number or int(digits[0])


class TimePhrases:
    """The phrases of time of a language: finds them, and knows what each means."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Read the templates of ``lexicon``."""
        self._meanings: dict[str, TimePhraseMeaning] = {}
        for phrase, meaning in _generate_phrases_with_meanings(lexicon):
            self._meanings.setdefault(phrase, meaning)
        self._meanings[DATE] = TimePhraseMeaning("date")
        self._matcher = PhraseMatcher({"times": self._meanings})

    def find_time_phrases(
        self, words_with_placeholders: str
    ) -> Iterator[tuple[PhraseTag, TimePhraseMeaning]]:
        """Yield each phrase of time, and each date outside one, from left to right."""
        end = 0
        for place, tags in self._matcher.tags_by_start(words_with_placeholders).items():
            if place < end or tags[0].follows_digit:
                continue
            unbroken = [
                tag
                for tag in tags
                if not BREAK.search(words_with_placeholders, tag.start, tag.end)
            ]
            if unbroken:
                tag = min(unbroken, key=self._rank_of_kind)
                end = tag.end
                yield tag, self._meanings[tag.phrase]

    def _rank_of_kind(self, tag: PhraseTag) -> int:
        return KINDS.index(self._meanings[tag.phrase].kind)


def _generate_phrases_with_meanings(
    lexicon: Lexicon,
) -> Iterator[tuple[str, TimePhraseMeaning]]:
    """Yield each phrase of time with its meaning; of the same phrases the first
    counts.
    """
    for template in lexicon.lists["parts_of_year"]:
        yield from _generate_phrases_for_part_of_year(template, lexicon.numbers)
    for template in lexicon.lists["spans_of_years"]:
        for phrase, number in _generate_phrases_of_template(template, lexicon.numbers):
            yield phrase, TimePhraseMeaning("years", number)
    for template in lexicon.lists["period_between"]:
        yield template.replace(PLACE, DATE), TimePhraseMeaning("range")
    shifts: dict[TimePhraseKind, Mapping[str, int]] = {
        "shift_months": lexicon.shifts,
        "shift_days": lexicon.day_shifts,
    }
    for kind, table in shifts.items():
        for template, shift in table.items():
            # "two years later" shifts twice as far as "{} years later"
            for phrase, number in _generate_phrases_of_template(
                template, lexicon.numbers, MOST_SHIFT
            ):
                yield phrase, TimePhraseMeaning(kind, shift * (number or 1))


def _generate_phrases_for_part_of_year(
    template: str, numbers: Mapping[str, int]
) -> Iterator[tuple[str, TimePhraseMeaning]]:
    """Yield the phrases of a template for a part of a year, with their meanings."""
    meant = MEANT_MONTHS.search(template)
    if not meant:
        for phrase, number in _generate_phrases_of_template(template, numbers):
            yield phrase, TimePhraseMeaning("months", number)
        return
    span = Period(int(meant["first"]) - 1, int(meant["last"]) - 1)
    phrase = template[: meant.start()].replace(PLACE, DATE)
    is_loose = meant["how"] == LOOSE
    yield phrase, TimePhraseMeaning("months", span=span, is_loose=is_loose)


def _generate_phrases_of_template(
    template: str, numbers_by_word: Mapping[str, int], most: int = MONTHS
) -> Iterator[tuple[str, int]]:
    """Yield each phrase of a template with dates, digits and number words up to
    ``most`` in its places, and the number that its words say; 0 where none do.
    """
    numbers = {DATE: 0, ANY_DIGITS: 0}
    numbers |= {word: n for word, n in numbers_by_word.items() if 0 < n <= most}
    for words in product(numbers, repeat=template.count(PLACE)):
        stated = filter(None, map(numbers.__getitem__, words))
        yield template.format(*words), next(stated, 0)
