"""Finds numbers in running text, in digits and in words, with the signs and units
beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import islice

from press.reading.lexicon import TIME_UNITS, Lexicon
from press.reading.matcher import PhraseMatcher, PhraseTag
from press.reading.phrase import WrittenQuantity
from press.reading.places import NEAR
from press.reading.quantities import find_quantities_outside_names
from press.reading.text import Span, blank_span

DIGIT = re.compile(r"\d")
# A word is looked into from its first letter alone: from each of its letters, a long
# one would take half a minute.
DIGITS = re.compile(r"(?<![^\W\d_])[^\W\d_]*\d[\w.,:]*(?<=\w)")
WORD_BEFORE = re.compile(r"([\w'-]+)\s*$")
WORD_AFTER = re.compile(r"[\s-]*([\w'-]+)")
# Words that stand for a number without being a quantity; with them, all by which one
# is known, of which spans count beside late words alone
LOOSE = ("nth", "folds", "many", "vague", "long_scales", "numbers", "fractions")
SPANS = "spans"
LATE = ("off", "scales")
COUNTING_ALONE = (*LOOSE, "multiples", "parts_of_hundred")
COUNTING = (*COUNTING_ALONE, SPANS)
GLANCED = (*COUNTING, *LATE)
WORDS = re.compile(r"[\w'-]+")
HALF = 0.5
TWELVE = 12
STOP = re.compile(r"[,.;:()|]")


def may_hold_number_words(phrases: AbstractSet[str], matcher: PhraseMatcher) -> bool:
    """Tell whether numbers in words may stand in a block without digits, which has some
    phrases of ``GLANCED``.
    """
    if phrases & matcher.phrases_of(*COUNTING_ALONE):
        return True
    has_late = phrases & matcher.phrases_of(*LATE)
    return bool(has_late and phrases & matcher.phrases_of(SPANS))


def find_numbers_except_small_words(
    folded: str,
    words_with_blanks: str,
    block: Span,
    lexicon: Lexicon,
    *,
    is_title: bool = False,
) -> Iterator[Span]:
    """Yield where numbers stand in a block of folded words, parts of which are blanked;
    in a title every number word.

    Number words up to twelve, "a year" and "twice a year" are none, but with a unit or
    "late" after; nor are names of units: "sales, billions of dollars a year".
    """
    finder = _NumberFinder(folded, words_with_blanks, block, lexicon, is_title)
    left = words_with_blanks[: block.end]
    if not DIGIT.search(left) and not any(finder.find_unblanked_tags(COUNTING)):
        return
    for place in finder.find_quantities_except_small_words():
        left = blank_span(left, *place)
        yield place
    for found in DIGITS.finditer(left, *block):
        yield Span(*found.span())
    yield from replace(finder, words=left).find_number_words_outside_quantities()


@dataclass(frozen=True)
class _NumberFinder:
    """Finds the numbers of a block in a text, of which parts may be blanked."""

    folded: str  # the words without blanks
    words: str
    block: Span
    lexicon: Lexicon
    is_title: bool

    def find_unblanked_tags(self, tables: tuple[str, ...]) -> Iterator[PhraseTag]:
        """Yield the phrases of some tables, none of which is blanked."""
        return self.lexicon.matcher.find_tags_in_both(
            self.folded, self.words, tables, self.block
        )

    def find_quantities_except_small_words(self) -> Iterator[Span]:
        """Yield where numbers stand that read as quantities, with their units, a
        fraction with its article.
        """
        start, end = self.block
        words = " " * start + self.words[start:end]
        for start, end, phrase in find_quantities_outside_names(words, self.lexicon):
            place = Span(start, end)
            if self._is_figure_by_form_size_or_unit(place, phrase):
                yield self._include_article_before_fraction(place, phrase)

    def find_number_words_outside_quantities(self) -> Iterator[Span]:
        """Yield where words stand for numbers: "tens of billions", "half"."""
        done = 0
        for tag in self.find_unblanked_tags((*LOOSE, SPANS)):
            end: int | None = tag.end
            if tag.phrase in self.lexicon.lists["vague"]:
                end = self._find_end_of_unit_after(tag)
            elif not self._is_number_by_itself(tag):
                continue
            if end and tag.start >= done:
                done = end
                yield Span(tag.start, end)

    def _is_figure_by_form_size_or_unit(
        self, place: Span, phrase: WrittenQuantity
    ) -> bool:
        """Tell whether a quantity is a figure.

        No figures are "twice a year", "two years" without a word such as "late" after,
        "a tonne", and numbers in words up to twelve without a unit.
        """
        if phrase.number_form in {"digits", "fraction"}:
            return True
        if phrase.number_form == "multiple":
            return self._is_multiple_that_compares(place)
        is_time = phrase.scale == 0 and not TIME_UNITS.isdisjoint(phrase.units)
        if is_time and self._is_followed_by_early_or_late(place.end):
            return True
        first, _, unit = self.words[slice(*place)].partition(" ")
        if first in self.lexicon.lists["articles"]:
            parts = self.lexicon.matcher.phrases_of("parts_of_hundred")
            return phrase.scale > 0 or unit in parts
        if self.is_title or phrase.high > TWELVE:
            return True
        return phrase.is_measured and not is_time

    def _is_multiple_that_compares(self, place: Span) -> bool:
        """Tell whether a multiple compares: "twice the", "twice as fast", but not
        "twice a year".
        """
        start = f"{self.words[slice(*place)]} "
        if not any(other.startswith(start) for other in self.lexicon.multiples):
            return True
        after = WORD_AFTER.match(self.words, place.end)
        return after is not None and after[1] in self.lexicon.lists["compares"]

    def _is_followed_by_early_or_late(self, position: int) -> bool:
        """Tell whether "late", "ahead" or the like follows, after one other word at
        most.
        """
        late = self.lexicon.matcher.find_first_tag(
            self.words, ("off",), position, position + NEAR
        )
        return late is not None and len(self.words[position : late.start].split()) <= 1

    def _include_article_before_fraction(
        self, place: Span, phrase: WrittenQuantity
    ) -> Span:
        """Return the place of a quantity, of a fraction with the article before it."""
        if phrase.number_form != "fraction":
            return place
        start = max(self.block.start, place.start - NEAR)
        before = WORD_BEFORE.search(self.words[start : place.start])
        if before and before[1] in self.lexicon.lists["articles"]:
            return Span(place.start - len(before[0]), place.end)
        return place

    def _find_end_of_unit_after(self, tag: PhraseTag) -> int | None:
        """Return where the scale or unit ends that a word such as "tens" counts; None
        if there is none.
        """
        fillers = self.lexicon.lists["fillers"]
        scales = self.lexicon.scales
        known = self.lexicon.matcher.phrases_of("counted", "scales")
        for found in islice(WORDS.finditer(self.words, tag.end, self.block.end), 2):
            word = found[0]
            if word not in fillers:
                is_counted = word in known or word.removesuffix("s") in scales
                return found.end() if is_counted else None
        return None

    def _is_number_by_itself(self, tag: PhraseTag) -> bool:
        """Tell whether a phrase is a number by itself: a number word above twelve, in a
        title above zero; "half", "every third", "threefold", a time before "late", a
        scale that is no label.
        """
        lexicon = self.lexicon
        phrases = lexicon.matcher.phrases_of
        before = ["", *self.words[self.block.start : tag.start].split()][-1]
        if tag.phrase in lexicon.numbers:
            limit = 0 if self.is_title else TWELVE
            return lexicon.numbers[tag.phrase] > limit and not self._is_rank_at(
                tag.start
            )
        if tag.phrase in lexicon.fractions:
            is_half = lexicon.fractions[tag.phrase] == HALF
            return is_half and before not in lexicon.ordinals
        if tag.phrase in phrases("spans"):
            is_scaled = before in lexicon.lists["before_scale"]
            return not is_scaled and self._is_followed_by_early_or_late(tag.end)
        if tag.phrase in phrases("nth", "folds"):
            return True
        return not self._is_scale_only_naming_unit(tag, before)

    def _is_rank_at(self, position: int) -> bool:
        """Tell whether the word at a position is a rank, such as "thirty-sixth"."""
        word = WORDS.match(self.words, position)
        return word is not None and word[0] in self.lexicon.ordinals

    def _is_scale_only_naming_unit(self, tag: PhraseTag, word_before: str) -> bool:
        """Tell whether a scale only names a unit: "sales, billions of dollars a year",
        "in millions", "$ billion".
        """
        lexicon = self.lexicon
        if word_before and word_before[-1].isalnum():
            return (
                word_before in lexicon.lists["in_unit"]
                or word_before in lexicon.ordinals
            )
        label = STOP.split(self.words[tag.end : self.block.end])[0]
        return lexicon.get_memoized(_words_of_units_and_fillers).issuperset(
            WORDS.findall(label)
        )


def _words_of_units_and_fillers(lexicon: Lexicon) -> frozenset[str]:
    """Return the words of units and rates, and the small words between them."""
    phrases = lexicon.matcher.phrases_of("counted", "units", "rates")
    known = " | ".join([*lexicon.lists["fillers"], *phrases])
    return frozenset(WORDS.findall(known))
