"""Passages: what a person reads at once, and all that it is read beside."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, starmap
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from press.approvals.evidence import HASH_LENGTH, EvidenceWriter, list_comparing_phrases
from press.approvals.newest import DescribedChartOrTable
from press.binding import Entry, Ledger
from press.data import Data
from press.ground.errors import counted
from press.ground.files import hash_of
from press.reading import (
    CHECKED,
    Lexicon,
    NamedPeriod,
    Span,
    Text,
    Texts,
    Vocabulary,
    find_times_around_dates,
    month_numbers_by_cased_name,
)

READ_SCHEMES = {*CHECKED, "source"}  # of links that a person reads beside their data
LABELS = ("words", "label")  # texts of a word or two, or of a sentence
LETTER = re.compile(r"[^\W\d_]")
SENTENCE = re.compile(r"[\"'“‘(]*\w+.*\s.*[.!?…。！？][\"'”’)]*\Z", re.DOTALL)
NUMBER = re.compile(r"\d(?:[\d.,–-]*\d)?")
DIGIT = re.compile(r"\d")
MOST_DOUBTS = 3  # of a passage: more are not read
_Item = TypeVar("_Item")


@dataclass(frozen=True, eq=False)
class Passage:
    """A sentence, a heading, a cell, or a whole title, alternative text, note or
    summary.

    ``context`` is what it stands under and after. ``context_to_hash`` gives as much of
    that as withdraws an approval when it changes; it is called only where somebody has
    read the passage before. ``link_evidence`` says what each of its links is read
    beside, ``other_evidence`` what else: newest times of tables that it names and no
    link of it is of, and what the drawing or table that it tells of holds. ``doubts``
    are what the checker would ask a reader about it, the most telling first.
    """

    text: Text
    span: Span
    context: tuple[str, ...]
    context_to_hash: Callable[[Passage], tuple[str, ...]]
    entries: tuple[Entry, ...]
    link_evidence: tuple[str, ...]
    other_evidence: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    @cached_property
    def evidence(self) -> tuple[str, ...]:
        """All that it is read beside: what of it is gone withdraws an approval."""
        return tuple(dict.fromkeys((*self.link_evidence, *self.other_evidence)))

    @property
    def path(self) -> str:
        """The file that holds it."""
        return self.text.path

    @cached_property
    def line_and_column(self) -> tuple[int, int]:
        """Line and column of its first word."""
        words = self.text.visible_text[self.span.start : self.span.end]
        return self.text.line_and_column(self.span.end - len(words.lstrip()))

    @cached_property
    def words(self) -> str:
        """Its words as readers see them, those of a label with the {places} that are
        filled in.
        """
        if self.text.is_markdown:
            return self.text.visible_words(self.span)
        return " ".join(self.text.with_words_in_place_of_bindings.split())

    @cached_property
    def words_hash(self) -> str:
        """A hash of its words with their targets."""
        targets = (link.target for link in self.text.bindings_in(self.span))
        return hash_of(self.words, *targets)[:HASH_LENGTH]

    @cached_property
    def key(self) -> tuple[str, str]:
        """What it is known by: a hash of its own words, and one of its context."""
        return self.words_hash, hash_of(*self.context_to_hash(self))[:HASH_LENGTH]

    @property
    def has_false_link(self) -> bool:
        """Tell whether the checker refuses a link in it: then it is no matter of
        reading.
        """
        return any(entry.faults for entry in self.entries)


def list_passages(
    texts: Texts,
    ledger: Ledger,
    vocabulary: Vocabulary,
    data: Data,
    described: Mapping[str, DescribedChartOrTable | None],
) -> list[Passage]:
    """Return all passages of a story, in the order of its texts: all that readers see.
    The labels of a file are one.

    ``described`` says by file which chart or table its words describe; it has ``None``
    for a page of dated entries: what they say of their days is history, whatever the
    tables gain.
    """
    finder = _PassageFinder(ledger, vocabulary.lexicon, data, described)
    found = list[Passage]()
    labels = defaultdict[str, list[Text]](list)
    for title, group in texts:
        for text in group:
            if finder.is_plain_label(text):
                labels[text.path].append(text)
            else:
                found += finder.find_passages(text, title)
    return [*found, *starmap(_make_passage_of_labels, labels.items())]


class _PassageFinder:
    """Finds the passages of one text after another."""

    def __init__(
        self,
        ledger: Ledger,
        lexicon: Lexicon,
        data: Data,
        described: Mapping[str, DescribedChartOrTable | None],
    ) -> None:
        self._lexicon = lexicon
        self._described = described
        self._evidence = EvidenceWriter(data, lexicon)
        self._entries = _group_by_text(
            (entry.text.whole_text, entry.offset_in_whole_text, entry)
            for entry in ledger.entries
            if entry.link.scheme in READ_SCHEMES
        )
        self._doubts = _group_by_text(
            (
                text.whole_text,
                text.file_offset - text.whole_text.file_offset + doubt.start,
                doubt,
            )
            for text, doubt in ledger.doubts
        )

    def is_plain_label(self, text: Text) -> bool:
        """Tell whether a text is a label without a link or a doubt, and no sentence."""
        if text.description not in LABELS or SENTENCE.match(text.value):
            return False
        return id(text) not in self._entries and id(text) not in self._doubts

    def find_passages(self, text: Text, title: str) -> Iterator[Passage]:
        """Yield the passages of a text under a title, in their order; none of parts
        without a link and a letter.
        """
        entries = self._entries.get(id(text), [])
        doubts = self._doubts.get(id(text), [])
        described = self._described.get(text.path)
        is_history = text.path in self._described and not described
        times = _find_named_times(text, self._lexicon)
        for span, context in _split_into_parts(text, title, described):
            own_entries = _list_items_within_span(entries, span)
            if not own_entries and not LETTER.search(text.visible_words(span)):
                continue
            own_times = _list_items_within_span(times, span)
            link_evidence = tuple(
                self._evidence.describe_target_and_figures(
                    each, own_times, is_history=is_history
                )
                for each in own_entries
            )
            other_evidence: Iterable[str] = ()
            if described:
                other_evidence = self._evidence.describe_parts_told_of_chart(
                    text, described, own_times
                )
            elif not is_history:
                other_evidence = self._evidence.describe_unlinked_newest_times(
                    own_times, own_entries
                )
            own_doubts = sorted(
                _list_items_within_span(doubts, span), key=attrgetter("rank", "message")
            )
            yield Passage(
                text,
                span,
                context,
                self._drop_context_numbers_unless_comparing,
                own_entries,
                link_evidence,
                tuple(other_evidence),
                tuple(doubt.message for doubt in own_doubts[:MOST_DOUBTS]),
            )

    def _drop_context_numbers_unless_comparing(
        self, passage: Passage
    ) -> tuple[str, ...]:
        """Return the context of a passage without numbers and months; with those of
        what it stands after, if it compares and has no link of its own.
        """
        context = tuple(map(self._replace_numbers_and_months, passage.context))
        if not passage.entries:
            words = passage.text.visible_words(passage.span)
            if list_comparing_phrases(words, self._lexicon):
                return (*context[:1], *passage.context[1:])
        return context

    def _replace_numbers_and_months(self, context: str) -> str:
        """Return words with ``#`` for each number and month: these have passages of
        their own.
        """
        months = self._lexicon.derive(month_numbers_by_cased_name)
        words = NUMBER.sub("#", context).split()
        for index, word in enumerate(words):
            if word.strip(".,;:") in months:
                words[index] = "#"
        return " ".join(words)


def _make_passage_of_labels(path: str, labels: Sequence[Text]) -> Passage:
    """Return the labels of a file as one passage, which is read beside each of them."""
    words = counted(len(labels), "label")
    text = Text(path, labels[0].source, -1, labels[0].line, words, "labels")
    return Passage(
        text,
        Span(0, len(words)),
        ("labels",),
        attrgetter("context"),
        (),
        (),
        tuple(f"{_get_keys(label)}: {label.value}" for label in labels),
    )


def _get_keys(label: Text) -> str:
    """Return the keys of a label in its file: two that are exchanged are read again."""
    line = label.source.split("\n")[label.line - 1]
    own = line.partition("=")[0].strip()
    return ".".join(label.heads.headings or (own,))


class _Placed(NamedTuple, Generic[_Item]):
    """Something that stands at a place of a text."""

    place: int
    item: _Item


def _group_by_text(
    items: Iterable[tuple[Text, int, _Item]],
) -> dict[int, list[_Placed[_Item]]]:
    """Return items with their places by the ``id`` of their texts, in their order."""
    found: dict[int, list[_Placed[_Item]]] = {}
    for text, place, item in items:
        found.setdefault(id(text), []).append(_Placed(place, item))
    return found


def _list_items_within_span(
    items: Sequence[_Placed[_Item]], span: Span
) -> tuple[_Item, ...]:
    """Return the items whose places lie in a span."""
    return tuple(item for place, item in items if span.start <= place < span.end)


def _find_named_times(text: Text, lexicon: Lexicon) -> list[_Placed[NamedPeriod]]:
    """Return the times that a text names, with their places; blocks without a digit
    are left out.
    """
    found = list[_Placed[NamedPeriod]]()
    for block in text.blocks:
        if not DIGIT.search(text.visible_text, *block):
            continue
        paragraph = text.make_paragraph(block)
        for own_block in paragraph.blocks:
            times, _ = find_times_around_dates(paragraph, own_block, lexicon)
            found += [_Placed(block.start + time.start, time) for time in times]
    return found


class _Part(NamedTuple):
    """A stretch of a text that is read at once, and what it stands under and after."""

    span: Span
    context: tuple[str, ...]


def _split_into_parts(
    text: Text, title: str, described: DescribedChartOrTable | None
) -> Iterable[_Part]:
    """Return the parts of a page; a text of a chart or a table, and a text in which
    nothing is marked up, is one.
    """
    if text.is_markdown and not described:
        return _split_page_into_sentences_and_cells(text, title)
    names = (described.name,) if described else ()
    return [_Part(Span(0, len(text.value)), (text.description, *names))]


def _split_page_into_sentences_and_cells(text: Text, title: str) -> Iterator[_Part]:
    """Yield the headings, cells and sentences of a page, each with what it stands under
    and after, the heading first.
    """
    for block in text.blocks:
        above = text.heads_by_block[block]
        heading = above.headings[-1] if above.headings else title
        if block in text.heading_levels:
            yield _Part(block, ("heading",))
        elif above.columns:
            yield from _split_row_into_cells(text, heading, block, above.columns)
        else:
            before = ""
            for sentence in text.split_sentences(block):
                yield _Part(sentence, (heading, before))
                before = text.visible_words(sentence)


def _split_row_into_cells(
    text: Text, heading: str, row: Span, columns: Sequence[str]
) -> Iterator[_Part]:
    """Yield the cells of a row, each under its heading and the heads of its row and
    column.
    """
    words = text.visible_text[row.start : row.end]
    bars = [row.start + at for at, character in enumerate(words) if character == "|"]
    if not words.lstrip().startswith("|"):
        bars.insert(0, row.start - 1)
    cells = [Span(start + 1, end) for start, end in pairwise([*bars, row.end])]
    row_head = ""
    for cell, column in zip(cells, columns, strict=False):
        yield _Part(cell, (heading, row_head, column))
        row_head = text.visible_words(cells[0])
