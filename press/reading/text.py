"""The text as written: its links, its sentences and their clauses, each with its place
in the file.

Python-Markdown knows no positions, so this scanner reads the source itself. Everything
keeps its position: what is not words (targets, markup, code, comments) is blanked with
spaces, never cut out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, pairwise
from typing import NamedTuple

from press.ground.errors import BuildError, Problem
from press.reading.lexicon import fold_text
from press.reading.markup import (
    BLOCK,
    BRACKET,
    CODE,
    FENCE,
    HEADING,
    IMAGE,
    LINK,
    MARKED_LINE,
    MARKS,
    OPENING_BRACKETS,
    PLACE,
    REFERENCE,
    TABLE,
    TAG,
    UNDERLINED,
    blank_addresses,
    blank_image_except_alternative_text,
    blank_match,
    blank_target_except_title,
)

SCHEMES = ("fact", "claim", "said", "source", "term")
OF_DATA = frozenset({"fact", "claim"})  # the words of these are held to our tables
# and of this to a published statement: the others only cite or define
CHECKED = OF_DATA | {"said"}
# A sentence ends at a full stop that is followed by a space and a capital, a digit, a
# quotation mark or a link.
SENTENCE = re.compile(
    r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9$€À-ÞА-Я])|(?<=[。！？])|\|"
)
ABBREVIATION = re.compile(
    r"(?:(?<!['’])\b(?:[A-Za-z]|No|Mr|Mrs|Ms|Dr|St|vs|cf|bn|mn|approx|Co|Ltd|Inc)"
    r"|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b(?:[A-Za-z]\.)+[A-Za-z])\.$"
)
CLAUSE = re.compile(
    r"[,;:|]\s|(?<!\d)\s[—–]\s|\s[—–]\s(?!\d)|\s\(|\)|(?<!anything)(?<!nothing)(?<!\ball)\s(?:but|while|whereas)\s|(?<=[。"
    r"，；：])"
)
CONJUNCTION = re.compile(r"\s(?:and|or)\s")
# what blanked markup leaves before and after marks
SPACED = re.compile(r" (?=[.,;:!?)])|(?<=\() ")
# what of the words of a link is more than white space and marks
SHOWN = re.compile(r"[^\s*_`]")
LONGEST_WORD = 30  # as many characters hold an abbreviation
# characters of a paragraph: many more than anybody reads, and as many as are soon
# looked through
LONGEST = 5_000
# brackets in each other: for each that is open, what reads Markdown looks through all
# of its paragraph
DEEPEST = 10
MOST_FENCES = 1_000  # of code in a text
Break = tuple[int, int]  # where one part of a text ends, and where the next begins


class Link(NamedTuple):
    """A link in a text: where it begins and ends, where its words do, and
    its target.
    """

    start: int
    end: int
    words_start: int
    words_end: int
    target: str

    @property
    def scheme(self) -> str:
        """``fact`` and the like for a binding, else an empty text."""
        scheme, colon, _ = self.target.partition(":")
        return scheme if colon and scheme in SCHEMES else ""


class HeadingsAndColumnHeads(NamedTuple):
    """What a block of a text stands under: the headings above it, the outermost first,
    and the heads of its columns.
    """

    headings: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


NOTHING_ABOVE = HeadingsAndColumnHeads()


class Span(NamedTuple):
    """A stretch of a text: a block, a sentence, a clause."""

    start: int
    end: int


class _RowsUnderHeads(NamedTuple):
    """The rows of a table: where they begin and end, and the heads of their columns."""

    start: int
    end: int
    heads: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """Words that readers see: their value, where each of its characters stands, and
    what kind of text it is.

    ``file_offset`` is the position of the value's first character in the whole file
    ``source`` (line ends as LF), or -1 where the file writes it otherwise (an escape in
    TOML): then its problems stand at ``line``. Some texts (titles, headings,
    descriptions, alternative texts) must link every comparison.
    """

    path: str
    source: str = field(repr=False)
    file_offset: int
    line: int
    value: str
    description: str  # of the text, for people: "title", "alt", "text"
    is_markdown: bool = False
    must_link_comparisons: bool = False
    is_heading: bool = False  # all of it is one
    heads: HeadingsAndColumnHeads = NOTHING_ABOVE  # of a paragraph
    # of a paragraph: cut from its parent's
    without_code: str | None = field(default=None, repr=False, compare=False)
    # of which it is a paragraph
    parent: Text | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a text that would take very long to read. Raises ``BuildError``."""
        if self.parent:
            return  # which was not refused
        self._raise_if_paragraph_too_long()
        if self.is_markdown:
            self._raise_if_too_many_fences()
            self._raise_if_brackets_too_deep()

    def _raise_if_paragraph_too_long(self) -> None:
        for block in self._list_blocks_with_words_in(self.value):
            length = block.end - block.start
            if length > LONGEST:
                message = (
                    f"found {length:,} characters in one paragraph, expected at most"
                    f" {LONGEST:,}"
                )
                raise self._error_at(block.start, message, "begin another")

    def _raise_if_too_many_fences(self) -> None:
        """Refuse very many fences of code: for each without an end all that follows is
        looked through.
        """
        fences = [found.start() for found in FENCE.finditer(self.value)]
        if len(fences) > MOST_FENCES:
            message = (
                f"found {len(fences):,} fences of code, expected at most"
                f" {MOST_FENCES:,}"
            )
            raise self._error_at(fences[MOST_FENCES], message)

    def _raise_if_brackets_too_deep(self) -> None:
        """Refuse brackets that stand too deep in each other in a paragraph, as those do
        that nothing closes.
        """
        words = self._without_code_or_references
        for block in self._list_blocks_with_words_in(words):
            depths = {"[": 0, "(": 0}
            for found in BRACKET.finditer(words, block.start, block.end):
                bracket = found[0]
                if opening := OPENING_BRACKETS.get(bracket):
                    depths[opening] = max(0, depths[opening] - 1)
                if bracket not in depths:
                    continue
                depths[bracket] += 1
                if depths[bracket] > DEEPEST:
                    message = (
                        f"found brackets more than {DEEPEST} deep in each other,"
                        " expected fewer"
                    )
                    raise self._error_at(
                        found.start(),
                        message,
                        "close each, or write \\[ for one that is no link",
                    )

    def _error_at(self, position: int, message: str, hint: str = "") -> BuildError:
        return BuildError(
            [Problem(self.path, self.line_and_column(position)[0], message, hint)]
        )

    def _list_blocks_with_words_in(self, blanked_value: str) -> tuple[Span, ...]:
        """Return the blocks of the value that have any words left where parts of it are
        blanked.
        """
        breaks = [found.span() for found in BLOCK.finditer(self.value)]
        return _split_leaving_out_blank_parts(
            blanked_value, Span(0, len(blanked_value)), breaks
        )

    @property
    def whole_text(self) -> Text:
        """The text of which it is a paragraph, else itself."""
        return self.parent or self

    def make_paragraph(self, block: Span) -> Text:
        """Return one of its blocks as a text of its own, with its place in the file."""
        offset = self.file_offset
        if offset >= 0:
            offset += block.start
        return replace(
            self,
            file_offset=offset,
            value=self.value[block.start : block.end],
            is_heading=block in self.heading_levels,
            heads=self.heads_by_block[block],
            without_code=self._without_code_or_references[block.start : block.end],
            parent=self.whole_text,
        )

    def line_and_column(self, position: int) -> tuple[int, int]:
        """Return line and column, both from 1, of a position in the value."""
        if self.file_offset < 0:
            return self.line, 1
        in_file = self.file_offset + position
        line = self.source.count("\n", 0, in_file) + 1
        return line, in_file - self.source.rfind("\n", 0, in_file)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every inline link, in order; none in code."""
        return tuple(
            Link(*found.span(), *found.span(1), found[2])
            for found in LINK.finditer(self._without_code_or_references)
        )

    @cached_property
    def bindings(self) -> tuple[Link, ...]:
        """The links that bind: those with one of ``SCHEMES``, such as ``fact:``."""
        return tuple(link for link in self.links if link.scheme)

    def bindings_in(self, span: Span) -> tuple[Link, ...]:
        """Return the bindings that begin in a span."""
        return tuple(
            link for link in self.bindings if span.start <= link.words_start < span.end
        )

    def is_link_without_words(self, link: Link) -> bool:
        """Tell whether the words of a link are none: white space, marks, code, a
        comment.
        """
        words = self._without_code_or_references[link.words_start : link.words_end]
        if self.is_markdown:
            words = words.replace("&nbsp;", "")
        return not SHOWN.search(words)

    @cached_property
    def with_words_in_place_of_bindings(self) -> str:
        """The value with each binding replaced by its words: what a text without links
        shows.
        """
        value = self.value
        for link in reversed(self.bindings):
            words = value[link.words_start : link.words_end]
            value = f"{value[: link.start]}{words}{value[link.end :]}"
        return value

    @cached_property
    def without_code_blocks(self) -> str:
        """The value, spaces in place of code."""
        return CODE.sub(blank_match, self.value) if self.is_markdown else self.value

    @cached_property
    def _without_code_or_references(self) -> str:
        """The value, spaces in place of code and of the addresses of references."""
        if self.without_code is not None:
            return self.without_code
        if not self.is_markdown:
            return self.value
        return REFERENCE.sub(
            lambda found: blank_target_except_title(found[0]), self.without_code_blocks
        )

    @cached_property
    def visible_text(self) -> str:
        """The words alone, each at its place: targets, markup, code, tags and addresses
        are spaces.
        """
        text = self._without_code_or_references
        if self.is_markdown:
            text = IMAGE.sub(blank_image_except_alternative_text, text)
        for link in self.links:
            text = blank_span(text, link.start, link.words_start)
            target = blank_target_except_title(text[link.words_end : link.end])
            text = f"{text[: link.words_end]}{target}{text[link.end :]}"
        text = blank_addresses(text)
        if not self.is_markdown:
            return PLACE.sub(blank_match, text)
        text = TAG.sub(blank_match, text)
        # few lines have a mark, and the other pattern looks everywhere
        return MARKED_LINE.sub(lambda line: MARKS.sub(blank_match, line[0]), text)

    def visible_words(self, span: Span) -> str:
        """Return the words of a span as readers see them, on one line."""
        words = " ".join(self.visible_text[slice(*span)].split())
        return SPACED.sub("", words)

    @cached_property
    def folded_visible(self) -> str:
        """The words alone in small letters and plain characters, each at its place."""
        return fold_text(self.visible_text)

    @cached_property
    def folded_outside_checked_links(self) -> str:
        """The folded words, spaces in place of those of links whose words are held to
        something.
        """
        words = self.folded_visible
        for link in self.bindings:
            if link.scheme in CHECKED:
                words = blank_span(words, link.words_start, link.words_end)
        return words

    @cached_property
    def alternative_text_spans(self) -> tuple[Span, ...]:
        """Where the alternative texts of images stand."""
        if not self.is_markdown:
            return ()
        images = IMAGE.finditer(self._without_code_or_references)
        return tuple(Span(*found.span(1)) for found in images if found[1])

    def is_heading_or_alternative_text_at(self, position: int) -> bool:
        """Tell whether a comparison at a position must have a link: it is in a heading
        or an alternative text, or this is such a text.
        """
        return self.must_link_comparisons or any(
            span.start <= position < span.end
            for span in (*self.heading_levels, *self.alternative_text_spans)
        )

    @cached_property
    def blocks(self) -> tuple[Span, ...]:
        """Paragraphs, headings, items of lists, rows of tables."""
        return self._list_blocks_with_words_in(self.visible_text)

    @cached_property
    def heading_levels(self) -> Mapping[Span, int]:
        """The blocks that are headings: with number signs before them, also in a
        quotation or item, or a line below; with their levels.

        Of a paragraph that was cut from its line below, the level is 0.
        """
        if not self.is_markdown:
            return {}
        levels = {block: self._heading_level_or_zero(block) for block in self.blocks}
        return {
            block: level for block, level in levels.items() if level or self.is_heading
        }

    @cached_property
    def heads_by_block(self) -> dict[Span, HeadingsAndColumnHeads]:
        """What each of its blocks stands under."""
        found = {}
        open_headings: dict[int, str] = {}  # by level
        for block in self.blocks:
            level = self.heading_levels.get(block, 0)
            if level:
                for deeper in [each for each in open_headings if each >= level]:
                    del open_headings[deeper]
            headings = tuple(open_headings.values())
            found[block] = HeadingsAndColumnHeads(
                headings, self._all_column_heads_at(block.start)
            )
            if level:
                open_headings[level] = self.visible_words(block)
        return found

    def _heading_level_or_zero(self, block: Span) -> int:
        """Return how deep a heading is: how many number signs it has, or which line is
        below it; 0 of another block.
        """
        if found := HEADING.match(self.value, block.start):
            signs = self.value[found.end() - 1 : block.end]
            return len(signs) - len(signs.lstrip("#"))
        underline = UNDERLINED.match(self.value, block.end)
        if not underline:
            return 0
        return 2 if "-" in underline[0] else 1

    def _all_column_heads_at(self, position: int) -> tuple[str, ...]:
        """Return the heads of the columns of the table in whose rows a position is;
        nothing where it is in none.
        """
        tables = self._table_rows
        number = bisect_right(tables, position, key=lambda table: table.start) - 1
        if number < 0 or position >= tables[number].end:
            return ()
        return tables[number].heads

    @cached_property
    def _table_rows(self) -> list[_RowsUnderHeads]:
        """The rows of each table, in order."""
        if not self.is_markdown:
            return []
        return [
            _RowsUnderHeads(
                *found.span(2), split_cells(self.visible_text[slice(*found.span(1))])
            )
            for found in TABLE.finditer(self.value)
        ]

    def split_sentences(self, block: Span) -> tuple[Span, ...]:
        """Return the sentences of a block.

        A full stop inside a link or after an abbreviation ends none.
        """
        breaks = [
            (end, self._find_start_of_next_sentence(end, next_start))
            for end, next_start in self._match_spans_outside_links(SENTENCE, *block)
            if not self._is_abbreviation_before(block, end)
        ]
        return _split_leaving_out_blank_parts(self.visible_text, block, breaks)

    def _is_abbreviation_before(self, block: Span, end: int) -> bool:
        """Tell whether the last word before an end is an abbreviation."""
        word = self.visible_text.rfind(" ", 0, end) + 1
        start = max(block.start, end - LONGEST_WORD, word)
        return bool(ABBREVIATION.search(self.visible_text, start, end))

    def _find_start_of_next_sentence(self, end: int, next_start: int) -> int:
        """Return where the sentence after a break begins: at the link that the break
        reaches into, whose words may be quoted.
        """
        later = (link.start for link in self.links if link.words_start >= end)
        return min([next_start, *later])

    def _is_in_link(self, position: int) -> bool:
        return any(link.words_start <= position < link.words_end for link in self.links)

    def clause_or_sentence_at(self, sentence: Span, position: int) -> Span:
        """Return the clause of a sentence in which a position is, else the sentence."""
        return get_span_at_or_default(position, self.split_clauses(sentence), sentence)

    def split_clauses(self, sentence: Span) -> tuple[Span, ...]:
        """Return the clauses of a sentence, roughly: between commas, dashes and
        brackets, and where "and" joins statements.
        """
        if sentence not in self._clauses_by_sentence:
            breaks = self._match_spans_outside_links(CLAUSE, *sentence)
            parts = _split_leaving_out_blank_parts(self.visible_text, sentence, breaks)
            clauses = map(self._split_at_conjunctions_between_bindings, parts)
            self._clauses_by_sentence[sentence] = tuple(chain.from_iterable(clauses))
        return self._clauses_by_sentence[sentence]

    @cached_property
    def _clauses_by_sentence(self) -> dict[Span, tuple[Span, ...]]:
        """What ``split_clauses`` has returned."""
        return {}

    def _split_at_conjunctions_between_bindings(self, part: Span) -> tuple[Span, ...]:
        """Split at the last "and" between two bindings: before it is said one thing,
        after it another.
        """
        breaks = []
        for link, next_link in pairwise(self.bindings_in(part)):
            breaks += self._match_spans_outside_links(
                CONJUNCTION, link.words_end, next_link.words_start
            )[-1:]
        return _split_leaving_out_blank_parts(self.visible_text, part, breaks)

    def _match_spans_outside_links(
        self, pattern: re.Pattern[str], start: int, end: int
    ) -> list[Break]:
        """Return where a pattern stands between two positions, but in no link."""
        return [
            found.span()
            for found in pattern.finditer(self.visible_text, start, end)
            if not self._is_in_link(found.start())
        ]


def split_cells(row: str) -> tuple[str, ...]:
    """Return the words of each cell of a table's row."""
    inner = row.strip().removeprefix("|").removesuffix("|")
    return tuple(" ".join(cell.split()) for cell in inner.split("|"))


def get_span_at_or_default(position: int, spans: Sequence[Span], default: Span) -> Span:
    """Return the span in which a position is; the default if it is in none."""
    for span in spans:
        if span.start <= position < span.end:
            return span
    return default


def blank_span(text: str, start: int, end: int) -> str:
    """Return a text with spaces from one place to another, so that what stands behind
    them keeps its place.
    """
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"


def _split_leaving_out_blank_parts(
    text: str, span: Span, breaks: Sequence[Break]
) -> tuple[Span, ...]:
    """Return the parts of a span between breaks, those without words left out."""
    parts = []
    start = span.start
    for end, next_start in [*breaks, (span.end, span.end)]:
        if text[start:end].strip():
            parts.append(Span(start, end))
        start = max(start, next_start)
    return tuple(parts)
