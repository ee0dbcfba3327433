"""Nothing unbound: figures, words that expire and comparisons that stand in a text
without a link that proves them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from press.binding.faults import fault_at
from press.binding.legible import find_legibility_problems
from press.ground.errors import Fault, Problem, Problems
from press.reading import (
    GLANCED,
    LINK,
    ItemInText,
    Lexicon,
    PeriodMention,
    PhraseMatcher,
    PhraseTag,
    Sentence,
    Span,
    Text,
    WrittenDate,
    begins_in,
    blank_spans,
    build_whole_phrase_pattern,
    find_dates,
    find_numbers_except_small_words,
    may_hold_number_words,
    read_sentences,
    words_on_one_line,
)

ORDINAL = re.compile(r"(?<![\w.,])\d+(?:st|nd|rd|th)(?![\w%]|[.,]\d)")
WORD = re.compile(r"\w+")
# Patterns that begin with what they are about: one that first looks behind would be
# tried at every letter.
NO_LETTER = re.compile(r"[0-9]|[^\0-\x7f]")  # among which is all that is a number
UNWRITTEN = re.compile(r"TODO(?<!\wTODO)(?!\w)")
# what of a block may have its other half in another block
MARKED = re.compile(r"[\[\]<>{}&]")
# in a link that may go on in another block, or have a scheme
ELSEWHERE = re.compile(r"[\n:]")
QUOTING = re.compile(r"[\"„«「'](?<![\w.]')")  # what begins a quotation
TITLES = ("title", "subtitle")
NAME = "name"  # a string of one word in code, of which no reader is told a number
# Words that expire or compare, each with the longer phrases that hold one and do not.
EXPIRING = ("expiring", "shifts", "names")
COMPARING = ("comparators", "comparisons", "over_and_over", "names")
UNLINKED_WORDS = (EXPIRING[0], *COMPARING[:3])
IN_CHANGES = "list it in pages, or in figures: the words of a change are plain"
IN_CODE = "write it into the words of the chart, in content/, and bind it there"


# ---- What stands unbound in a text


@dataclass(frozen=True, eq=False)
class UnlinkedWordsScan:
    """Finds what stands unbound in a text that was read in ``sentences``: figures,
    words that expire, comparisons.
    """

    text: Text
    lexicon: Lexicon
    sentences: Sequence[Sentence]

    def find_unlinked_numbers_and_expiring_words(self) -> list[Fault]:
        """Return the figures and the expiring words outside bindings, by their place.

        A number in words that name a time is none: "first 11 months of 2023".
        """
        return sorted(
            [*self._find_unlinked_numbers(), *self._find_unlinked_expiring_words()]
        )

    def mark_excepted_faults(
        self, faults: Iterable[Fault], excepted_phrases: Collection[str]
    ) -> Iterator[Fault]:
        """Yield faults; one that a phrase covers has this as its ``excepted``: allowed,
        and counted.
        """
        words = self.text.folded_outside_checked_links
        covered = [
            (phrase, Span(*found.span()))
            for phrase in excepted_phrases
            for found in build_whole_phrase_pattern([phrase]).finditer(words)
        ]
        for fault in faults:
            phrases = (
                phrase
                for phrase, span in covered
                if span.start <= fault.start and fault.end <= span.end
            )
            yield fault._replace(excepted=next(phrases, ""))

    def find_unlinked_comparisons_outside_questions(self) -> Iterator[Fault]:
        """Yield the comparison words outside bindings, but for those in questions.

        A question asserts nothing; words of a date compare nothing: "first six months".
        """
        words = blank_spans(
            self.text.folded_outside_checked_links, self._times_not_of_digits_alone
        )
        for sentence in self.sentences:
            if self._begins_and_ends_as_question(words[sentence.start : sentence.end]):
                continue
            for tag in self._find_unblanked_phrases(words, COMPARING, sentence.span):
                if self._is_no_comparison_here(tag):
                    continue
                written = words_on_one_line(self.text, tag)
                yield fault_at(
                    tag,
                    f'the comparison "{written}" has no link that proves it',
                    f"write [{written}](claim:…), or leave the comparison out",
                )

    def _is_no_comparison_here(self, tag: PhraseTag) -> bool:
        """Tell whether a word is a name, compares only in a link, or goes on with a
        multiple: "[2.5 times] as many".
        """
        lexicon = self.lexicon
        if tag.phrase in lexicon.matcher.phrases_of("names", "only_in_links"):
            return True
        if lexicon.comparators.get(tag.phrase) != "equal":
            return False
        return self._is_right_after_link(tag)

    def _begins_and_ends_as_question(self, words: str) -> bool:
        """Tell whether a sentence begins with a word for questions and ends with a
        question mark: "Sales fell?" does not.
        """
        first = WORD.search(words)
        if not first or not words.rstrip().endswith("?"):
            return False
        return first[0] in self.lexicon.lists["questions"]

    def _find_unblanked_phrases(
        self, blanked_words: str, tables: tuple[str, ...], span: Span
    ) -> Iterator[PhraseTag]:
        """Yield the phrases of some tables in a span of words, of which parts are
        blanked.
        """
        return self.lexicon.matcher.find_tags_in_both(
            self.text.folded_visible, blanked_words, tables, span
        )

    def _find_unlinked_expiring_words(self) -> Iterator[Fault]:
        """Yield the words outside bindings that will not stay true: "now".

        One that compares, such as "a record", stays true in a sentence with a year.
        """
        words = self.text.folded_outside_checked_links
        for tag in self._find_unblanked_phrases(words, EXPIRING, Span(0, len(words))):
            if tag.phrase not in self.lexicon.lists["expiring"]:
                continue
            if not self._is_comparison_in_sentence_with_year(tag):
                yield fault_at(
                    tag,
                    f'"{words_on_one_line(self.text, tag)}" will not stay true',
                    "name the month or the year instead, or say up to when the data go",
                )

    def _is_comparison_in_sentence_with_year(self, tag: PhraseTag) -> bool:
        """Tell whether a phrase compares, and its sentence names a year."""
        return tag.phrase in self.lexicon.comparators and any(
            date.year and begins_in(date, sentence)
            for sentence in self.sentences
            if begins_in(tag, sentence)
            for date in self._dates
        )

    def _find_unlinked_numbers(self) -> Iterator[Fault]:
        """Yield the numbers outside bindings, but for times, names, ordinals, and the
        scale of a number that is linked.
        """
        text = self.text
        words = _replace_non_decimal_numerals_by_zero(
            text.visible_text, self._blank_links_times_names_and_ordinals()
        )
        for block in text.blocks:
            is_title = text.description in TITLES or block in text.heading_levels
            for place in find_numbers_except_small_words(
                text.folded_visible, words, block, self.lexicon, is_title=is_title
            ):
                if not self._is_scale_right_after_link(place):
                    written = words_on_one_line(text, place)
                    fault = fault_at(
                        place,
                        f'the number "{written}" has no link to a fact',
                        f"write [{written}](fact:…), or list it with a reason in"
                        " exceptions.toml",
                    )
                    yield fault._replace(number=True)

    def _blank_links_times_names_and_ordinals(self) -> str:
        """Return the text with spaces in place of links, times, names and ordinals."""
        words = self.text.folded_outside_checked_links
        names = self._find_unblanked_phrases(words, ("names",), Span(0, len(words)))
        ordinals = (Span(*found.span()) for found in ORDINAL.finditer(words))
        return blank_spans(
            words, [*self._times_not_of_digits_alone, *names, *ordinals, *self._dates]
        )

    def _is_scale_right_after_link(self, place: Span) -> bool:
        """Tell whether a scale stands right behind a link, of which the number is held:
        "[$20](…) billion".
        """
        words = self.text.folded_visible[slice(*place)]
        return words in self.lexicon.scales and self._is_right_after_link(place)

    def _is_right_after_link(self, item: ItemInText) -> bool:
        """Tell whether only spaces part something from a link before it."""
        end = len(self.text.value[: item.start].rstrip())
        return any(link.end == end for link in self.text.bindings)

    @cached_property
    def _times_not_of_digits_alone(self) -> set[PeriodMention]:
        """The times that its sentences name, but for those of digits alone, which may
        as well be an amount: "they bought 2000 cars".
        """
        return {
            item
            for sentence in self.sentences
            for item in sentence.times
            if not words_on_one_line(self.text, item).isdigit()
        }

    @cached_property
    def _dates(self) -> list[WrittenDate]:
        """The dates of the text."""
        return [
            date
            for block in self.text.blocks
            for date in find_dates(self.text, block, self.lexicon)
        ]


def _replace_non_decimal_numerals_by_zero(visible: str, words: str) -> str:
    """Return words with a zero wherever the visible text has a number that is no digit:
    ½, Ⅻ, 三. A space stays one.
    """
    numbers = {
        letter
        for letter in set(visible)
        if letter.isnumeric() and not letter.isdecimal()
    }
    if not numbers:
        return words
    return "".join(
        "0" if letter in numbers and word != " " else word
        for letter, word in zip(visible, words, strict=True)
    )


# ---- What can be passed over


def find_blocks_with_possible_findings(text: Text, lexicon: Lexicon) -> list[Span]:
    """Return the blocks of a text in which something may be found: those with marks of
    a link or of HTML, and those that cannot be skipped at a glance.
    """
    marked = LINK.sub(_blank_link_without_colon_or_newline, text.value)
    return [
        block
        for block in text.blocks
        if MARKED.search(marked, *block)
        or not _can_skip_unlinked_block(text, block, lexicon)
    ]


def _blank_link_without_colon_or_newline(link: re.Match[str]) -> str:
    """Return spaces for a link that ends in its block and has no scheme; else the link
    as it is.
    """
    if ELSEWHERE.search(link[0]):
        return link[0]
    return " " * len(link[0])


def _can_skip_unlinked_block(text: Text, block: Span, lexicon: Lexicon) -> bool:
    """Tell at a glance that nothing can be found in a block without links of our
    schemes, as in most blocks of prose.

    It has no character and no phrase with which anything begins that is looked for.
    """
    matcher = lexicon.get_memoized(_make_glance_matcher)
    phrases = matcher.list_phrases_starting_in(text.folded_visible, *block)
    words = matcher.phrases_of(*UNLINKED_WORDS)
    if may_hold_number_words(phrases, matcher) or phrases & words:
        return False
    if UNWRITTEN.search(text.value, *block) or QUOTING.search(
        text.folded_visible, *block
    ):
        return False
    return not any(map(str.isnumeric, NO_LETTER.findall(text.visible_text, *block)))


def _make_glance_matcher(lexicon: Lexicon) -> PhraseMatcher:
    """Return the matcher of the phrases that a glance looks for."""
    return lexicon.matcher.limited_to(*GLANCED, *UNLINKED_WORDS)


# ---- Texts in which nothing can be bound


def add_unlinkable_text_problems(
    code_and_change_texts: Iterable[Text], lexicon: Lexicon, problems: Problems
) -> None:
    """Add a problem for whatever is wrong in texts in which nothing can be bound:
    strings in the code of charts, words of changes.

    A single word in code may hold a number, and is looked at for its letters alone.
    """
    for text in code_and_change_texts:
        problems += find_legibility_problems(text, lexicon)
        if text.description != NAME:
            for fault in _find_unlinkable_text_faults(text, lexicon):
                line, column = text.line_and_column(fault.start)
                problems.append(
                    Problem(text.path, line, fault.message, fault.hint, column)
                )


def _find_unlinkable_text_faults(text: Text, lexicon: Lexicon) -> Iterator[Fault]:
    """Yield numbers, words that expire and links; in code comparisons, too."""
    scan = UnlinkedWordsScan(text, lexicon, tuple(read_sentences(text, lexicon)))
    is_code = text.description == "code"
    hint = IN_CODE if is_code else IN_CHANGES
    for fault in scan.find_unlinked_numbers_and_expiring_words():
        yield fault._replace(hint=hint) if fault.number else fault
    if is_code:
        for fault in scan.find_unlinked_comparisons_outside_questions():
            yield fault._replace(hint=hint)
    for link in text.links:
        yield fault_at(link, f"found a link to {link.target}", hint)
