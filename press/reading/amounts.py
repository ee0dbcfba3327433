"""Amounts: what looks like a number in running text, in digits or in words, with the signs and units beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from press.reading.lexicon import Lexicon
from press.reading.nearby import NEAR
from press.reading.tagger import TOKEN, Tag, Tagger
from press.reading.text import Span

DIGIT = re.compile(r"\d")
NUMBER = re.compile(r"\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.,:]\d+)*")
SIGN = re.compile(r"[+-]")
DASH = re.compile(r"\s?[–-]\s?")  # between two numbers of a range
APART = re.compile(r"[\s-]{0,3}")  # between a number and its unit
NARROW = 3  # characters of white space in a phrase
SPACES = re.compile(rf"\s{{1,{NARROW}}}")
WORD = re.compile(r"\w+")
LETTERS, LETTERS_BEFORE = re.compile(r"[^\W\d_]+"), re.compile(r"[^\W\d_]+\Z")
# The tables in which a number in words may begin.
COUNTING = (
    "articles", "before_scale", "vague", "many", "nth", "spans", "long_scales", "multiples", "folds", "fractions",
    "numbers",
)  # fmt: skip
PLURAL = 2  # letters that a scale may have more: "billions"


class Amount(NamedTuple):
    """A number in words, from where to where; its words alone, without the units behind them, end at ``words_end``.

    ``kind``: *many* is a rough count ("hundreds of billions"), *scale* a scale alone, *multiple*, *fraction* and *word*
    are what they say.
    """

    start: int
    end: int
    words_end: int
    kind: Literal["many", "scale", "multiple", "fraction", "word"]


def in_digits(words: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Span]:
    """Yield where numbers in digits stand between two places of folded words, with their signs and units."""
    stretch, place = _Stretch(words, end, lexicon.tagger), start
    while found := DIGIT.search(words, place, end):
        first = stretch.start_of_digits(found.start(), max(place, found.start() - NEAR))
        place = stretch.end_of_digits(found.start())
        yield Span(first, place)


def is_off(words: str, place: int, end: int, lexicon: Lexicon) -> bool:
    """Tell whether a word such as "late" stands in folded words behind a place, after one other word at most."""
    return _Stretch(words, end, lexicon.tagger).is_off(place)


def in_words(words: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Amount]:
    """Yield where numbers in words stand between two places of folded words, with their units."""
    stretch, starts, done = _Stretch(words, end, lexicon.tagger), lexicon.tagger.starts(words, COUNTING), start
    for token in TOKEN.finditer(words, start, end):
        place = token.start()
        if place >= done and place in starts and (found := stretch.amount(place)):
            done = found.end
            yield found


@dataclass(frozen=True)
class _Stretch:
    """Folded words up to a place, ``end``, and what finds phrases in them."""

    words: str
    end: int
    tagger: Tagger

    def past(self, pattern: re.Pattern[str], place: int) -> int:
        """Return where a pattern ends that matches at a place, else the place."""
        found = pattern.match(self.words, place, self.end)
        return found.end() if found else place

    def has_space(self, place: int) -> bool:
        """Tell whether white space stands at a place."""
        return self.words[place : place + 1].isspace()

    def phrase(self, place: int, *tables: str) -> Tag | None:
        """Return the longest phrase of some tables that begins at a place; a digit may stand before it (200bn)."""
        tags = self.tagger.at(self.words, place, tables)
        return next((tag for tag in tags if tag.gap <= NARROW and tag.end <= self.end), None)

    def phrase_after_gap(self, place: int, *tables: str) -> Tag | None:
        """Return the phrase of some tables that follows a place, with up to three spaces or hyphens between."""
        starts = range(self.past(APART, place), place - 1, -1)
        return next(filter(None, (self.phrase(start, *tables) for start in starts)), None)

    def phrase_after_space(self, place: int, *tables: str) -> Tag | None:
        """Return the phrase of some tables that follows a place, with one to three spaces between."""
        start = self.past(SPACES, place)
        return self.phrase(start, *tables) if start > place else None

    def past_units(self, place: int) -> int:
        """Return the place behind the scale and the units that follow a number."""
        if scale := self.phrase_after_gap(place, "scales"):
            place = scale.end
        while unit := self.phrase_after_gap(place, "units", "short_units"):
            place = unit.end
        return place

    def past_joint(self, place: int) -> int:
        """Return the place behind the dash, "to" or "and" that joins two numbers of a range, 0 if none does."""
        if (after := self.past(DASH, place)) > place:
            return after
        tag = self.phrase(place + 1, "range_between") if self.has_space(place) else None
        return tag.end + 1 if tag and tag.end < self.end and self.has_space(tag.end) else 0

    def start_of_digits(self, place: int, low: int) -> int:
        """Return where the sign, currency or letters before digits at a place begin, none of them before ``low``."""
        first = self.start_of_symbol(place, low)
        signed = first > low and SIGN.match(self.words, first - 1)
        if signed and not WORD.match(self.words, max(low, first - 2), first - 1):
            first = self.start_of_symbol(first - 1, low)
        letters = LETTERS_BEFORE.search(self.words, low, place)
        return min(first, letters.start()) if letters else first

    def start_of_symbol(self, place: int, low: int) -> int:
        """Return where the sign of a unit begins that ends at a place, a space between them or not; else the place."""
        ends = {place, place - 1} if self.words[place - 1 : place].isspace() else {place}
        tags = self.tagger.find(self.words, ("symbols",), low, place)
        return next((tag.start for tag in tags if tag.end in ends), place)

    def end_of_digits(self, start: int) -> int:
        """Return where a number in digits ends, with its units, and the second number of a range."""
        place = self.past(NUMBER, start)
        joint = self.past_joint(self.past_units(place))
        if joint and (second := self.end_of_second(joint)):
            place = second
        return self.past(WORD, self.past_units(place))

    def end_of_second(self, place: int) -> int:
        """Return where the number in digits ends that begins at a place, with its sign; 0 if there is none."""
        if symbol := self.phrase(place, "symbols"):
            place = symbol.end + self.has_space(symbol.end)
        place = self.past(SIGN, place)
        end = self.past(NUMBER, place)
        return end if end > place else 0

    def amount(self, place: int) -> Amount | None:
        """Return the number in words that begins at a place."""
        if last := self.end_of_rough(place) or self.end_of_late(place):
            return Amount(place, last, last, "many")
        if tag := self.phrase(place, "multiples", "folds"):
            return Amount(place, tag.end, tag.end, "multiple")
        if tag := self.phrase(place, "fractions"):
            return Amount(place, tag.end, tag.end, "fraction")
        if tag := self.phrase(place, "long_scales", "many"):
            return Amount(place, self.past_measure(tag.end), tag.end, "scale")
        tag = self.phrase(place, "numbers")
        if not tag:
            return None
        last = tag.end
        while following := self.end_of_next(last):
            last = following
        return Amount(place, self.past_units(last), last, "word")

    def end_of_next(self, place: int) -> int:
        """Return where the number word ends that goes on a number: "twenty-five", "two or three"; 0 if none does."""
        near = place + 1 if self.words[place : place + 1] in {"-", " ", "\n", "\t"} else 0
        tags = (self.phrase(start, "numbers") for start in (self.past_joint(place), near) if start)
        return next((tag.end for tag in tags if tag), 0)

    def end_of_rough(self, place: int) -> int:
        """Return where a rough count ends: "a billion", "hundreds of billions", "every third", "a percent"; else 0."""
        if nth := self.phrase(place, "nth"):
            return nth.end
        before = self.phrase(place, "articles", "before_scale")
        if before and (counted := self.phrase_after_space(before.end, "long_scales", "parts_of_hundred")):
            return self.past_counted(counted.end)
        vague = self.phrase(place, "vague")
        filler = self.phrase_after_space(vague.end, "fillers") if vague else None
        return next(filter(None, (self.end_of_counted(tag.end) for tag in (filler, vague) if tag)), 0)

    def past_measure(self, place: int) -> int:
        """Return the place behind the unit of a scale alone, and its rate: "billions of dollars a year"."""
        filler = self.phrase_after_space(place, "fillers")
        unit = self.phrase_after_space(filler.end, "counted") if filler else None
        place = self.past_units(unit.end if unit else place)
        article = self.phrase_after_space(place, "articles")
        rate = self.phrase_after_space(article.end, "spans") if article else self.phrase_after_space(place, "rates")
        return rate.end if rate else place

    def past_counted(self, place: int) -> int:
        """Return the place behind the units that follow a scale."""
        while unit := self.phrase_after_space(place, "counted"):
            place = unit.end
        return place

    def end_of_late(self, place: int) -> int:
        """Return where a stretch of time ends after which stands how early or late it is: "a year late"; else 0."""
        article = self.phrase(place, "articles")
        span = self.phrase_after_space(article.end, "spans") if article else self.phrase(place, "spans")
        before = LETTERS_BEFORE.search(self.words[max(0, place - NEAR) : place].rstrip())
        named = before and before[0] in self.tagger.phrases("before_scale")  # "the years ahead"
        return span.end if span and not named and self.is_off(span.end) else 0

    def is_off(self, place: int) -> bool:
        """Tell whether a word such as "late" stands behind a place, after one other word at most."""
        start = self.past(SPACES, place)
        starts = {start, self.past(SPACES, self.past(LETTERS, start))} if start > place else set()
        return any(self.phrase(start, "off") for start in starts)

    def end_of_counted(self, place: int) -> int:
        """Return where the scale, in the plural or not, or the unit ends that follows a place; 0 if neither does."""
        start = self.past(SPACES, place)
        letters = LETTERS.match(self.words, start, self.end) if start > place else None
        scales = self.tagger.phrases("long_scales")
        if letters and any(letters[0][: len(letters[0]) - more] in scales for more in range(PLURAL + 1)):
            return letters.end()
        unit = self.phrase_after_space(place, "counted")
        return unit.end if unit else 0
