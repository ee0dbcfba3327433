"""Passages: what a person reads at once, and all that it is read beside."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise, starmap
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from press.approvals.evidence import (
    COMPARING,
    HASH_LENGTH,
    EvidenceWriter,
    format_rounded_figure,
    list_comparing_phrases,
    list_phrase_occurrences,
)
from press.approvals.newest import DescribedChartOrTable
from press.binding import LATEST_IN_TARGET, CheckedLink, Ledger
from press.data import Data
from press.ground.errors import format_count
from press.ground.files import hash_parts
from press.ground.period import Period
from press.reading import (
    CHECKED,
    MONTH_NUMBERS,
    Lexicon,
    PeriodMention,
    Span,
    Text,
    Texts,
    Vocabulary,
    find_named_periods_and_days,
)

READ_SCHEMES = {*CHECKED, "source"}  # of links that a person reads beside their data
LABELS = ("words", "label")  # texts of a word or two, or of a sentence
LETTER = re.compile(r"[^\W\d_]")
SENTENCE = re.compile(r"[\"'“‘(]*\w+.*\s.*[.!?…。！？][\"'”’)]*\Z", re.DOTALL)
NUMBER = re.compile(r"\d(?:[\d.,–-]*\d)?")
DIGIT = re.compile(r"\d")
LEANING = ("leaning",)  # table of the lexicon whose words lean on what is said before
# of figures that no argument gives a time: they tell how far the tables reach
MOVING_KINDS = {"year", "month", "count"}
ANY_TIME = r"[\dQ-]+"  # a pattern for what ``latest`` may stand for
MOST_DOUBTS = 3  # of a passage: more are not read
_Item = TypeVar("_Item")


class PassageKey(NamedTuple):
    """What a passage is known by: hashes of its own words, and of its context."""

    words_and_targets_hash: str
    context_hash: str


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

    ``moving_targets`` are those of its links whose figures move on with the newest
    time, if links hold all else that it says: then newer figures alone are no reason to
    read it again. ``hash_without_figures`` is one of its words and targets without the
    numbers of links that move on, whatever else it says: it finds the approval of the
    month before.
    """

    text: Text
    span: Span
    context: tuple[str, ...]
    context_to_hash: Callable[[Passage], tuple[str, ...]]
    checked_links: tuple[CheckedLink, ...]
    link_evidence: tuple[str, ...]
    other_evidence: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    moving_targets: tuple[str, ...] = ()
    hash_without_figures: str = ""

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
    def words_and_targets_hash(self) -> str:
        """A hash of its words with their targets; of the latest figure the target has
        its time, since ``fix`` may write that.
        """
        dated = {
            checked_link.link.target: checked_link.target_with_newest_time
            for checked_link in self.checked_links
        }
        targets = (link.target for link in self.text.bindings_in(self.span))
        written = (dated.get(target, target) for target in targets)
        return hash_parts(self.words, *written)[:HASH_LENGTH]

    def is_evidence_of_moving_link(self, line: str) -> bool:
        """Tell whether a line of evidence is, or was at another time, that of one of
        its links whose figures move on.
        """
        return any(
            re.match(rf"{_pattern_for_any_time(target)}: ", line)
            for target in self.moving_targets
        )

    @cached_property
    def key(self) -> PassageKey:
        """What it is known by."""
        context_hash = hash_parts(*self.context_to_hash(self))[:HASH_LENGTH]
        return PassageKey(self.words_and_targets_hash, context_hash)

    @property
    def has_false_link(self) -> bool:
        """Tell whether the checker refuses a link in it: then it is no matter of
        reading.
        """
        return any(checked_link.faults for checked_link in self.checked_links)


def list_all_passages(
    texts: Texts,
    ledger: Ledger,
    vocabulary: Vocabulary,
    data: Data,
    described_by_path: Mapping[str, DescribedChartOrTable | None],
) -> list[Passage]:
    """Return all passages of a story, in the order of its texts: all that readers see.
    The labels of a file are one.

    ``described_by_path`` says by file which chart or table its words describe; it has
    ``None`` for a page of dated entries: what they say of their days is history,
    whatever the tables gain.
    """
    finder = _PassageFinder(ledger, vocabulary.lexicon, data, described_by_path)
    found = list[Passage]()
    labels = defaultdict[str, list[Text]](list)
    for title, group in texts:
        for text in group:
            if finder.is_plain_label(text):
                labels[text.path].append(text)
            else:
                found += finder.yield_all_passages(text, title)
    return [*found, *starmap(_make_passage_of_labels, labels.items())]


class _PassageFinder:
    """Finds the passages of one text after another."""

    def __init__(
        self,
        ledger: Ledger,
        lexicon: Lexicon,
        data: Data,
        described_by_path: Mapping[str, DescribedChartOrTable | None],
    ) -> None:
        self._lexicon = lexicon
        self._described = described_by_path
        self._evidence = EvidenceWriter(data, lexicon)
        self._checked_links = _group_by_text(
            (
                checked_link.text.whole_text,
                checked_link.offset_in_whole_text,
                checked_link,
            )
            for checked_link in ledger.checked_links
            if checked_link.link.scheme in READ_SCHEMES
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
        return id(text) not in self._checked_links and id(text) not in self._doubts

    def yield_all_passages(self, text: Text, title: str) -> Iterator[Passage]:
        """Yield the passages of a text under a title, in their order; none of parts
        without a link and a letter.
        """
        checked_links = self._checked_links.get(id(text), [])
        doubts = self._doubts.get(id(text), [])
        described = self._described.get(text.path)
        is_history = text.path in self._described and not described
        times = _find_named_times(text, self._lexicon)
        for span, context, before in _split_into_parts(text, title, described):
            own_links = _list_items_within_span(checked_links, span)
            if not own_links and not LETTER.search(text.visible_words(span)):
                continue
            own_doubts = sorted(
                _list_items_within_span(doubts, span), key=attrgetter("rank", "message")
            )
            is_held_by_links = bool(own_links) and not (
                own_doubts or self._compares_or_refers_outside_links(text, span)
            )
            moving_or_dated_links = list(filter(_changes_with_newest_time, own_links))
            moving_links = moving_or_dated_links if is_held_by_links else []
            own_times = _list_times_not_in_links(times, span, moving_links)
            link_evidence = tuple(
                self._evidence.describe_target_and_figures(
                    each,
                    own_times,
                    omits_newest_row=is_history or bool(is_held_by_links and own_times),
                )
                for each in own_links
            )
            other_evidence: Iterable[str] = ()
            if described:
                other_evidence = self._evidence.describe_chart_contents_mentioned(
                    text, described, own_times
                )
            elif not is_history:
                other_evidence = chain(
                    self._evidence.describe_unlinked_newest_times(own_times, own_links),
                    self._evidence.describe_publishers_if_provenance_mentioned(
                        text.visible_words(span), own_links
                    ),
                    self._describe_moving_figures_before(
                        text.visible_words(span),
                        _list_items_within_span(checked_links, before),
                    ),
                )
            yield Passage(
                text,
                span,
                context,
                self._drop_context_numbers_unless_comparing,
                own_links,
                link_evidence,
                tuple(other_evidence),
                tuple(doubt.message for doubt in own_doubts[:MOST_DOUBTS]),
                tuple(checked_link.link.target for checked_link in moving_links),
                self._hash_without_figures(text, span, moving_or_dated_links),
            )

    def _describe_moving_figures_before(
        self, words: str, links_before: Sequence[CheckedLink]
    ) -> Iterator[str]:
        """Yield what moves on in the sentence before, whose links are ``links_before``,
        where words lean on that.
        """
        if list_phrase_occurrences(words, LEANING, self._lexicon):
            for checked_link in filter(_changes_with_newest_time, links_before):
                figures = ", ".join(
                    map(format_rounded_figure, checked_link.proof.figures)
                )
                yield f"after {checked_link.target_with_newest_time}: {figures}"

    def _compares_or_refers_outside_links(self, text: Text, span: Span) -> bool:
        """Tell whether words beside the links of a passage compare, tell a direction,
        or lean on what was said before; a base such as "a year earlier" does not.
        """
        words = text.folded_outside_checked_links[span.start : span.end]
        tables = (*COMPARING, *LEANING, "shifts")
        not_telling = {*self._lexicon.shifts, *self._lexicon.lists["only_in_links"]}
        found = list_phrase_occurrences(words, tables, self._lexicon)
        return not not_telling.issuperset(found)

    def _hash_without_figures(
        self, text: Text, span: Span, checked_links: Sequence[CheckedLink]
    ) -> str:
        """Return a hash of the words and targets of a passage without the numbers and
        months in some of its links; an empty text for none.
        """
        if not checked_links:
            return ""
        words = text.visible_text[: span.end]
        for checked_link in reversed(checked_links):
            to_words = checked_link.link.words_start - checked_link.link.start
            start = checked_link.offset_in_whole_text + to_words
            end = start + len(checked_link.words)
            without = self._replace_numbers_and_months(words[start:end])
            words = f"{words[:start]}{without}{words[end:]}"
        targets = (link.target for link in text.bindings_in(span))
        own = " ".join(words[span.start :].split())
        return hash_parts(own, *targets)[:HASH_LENGTH]

    def _drop_context_numbers_unless_comparing(
        self, passage: Passage
    ) -> tuple[str, ...]:
        """Return the context of a passage without numbers and months; with those of
        what it stands after, if it compares and has no link of its own.
        """
        context = tuple(map(self._replace_numbers_and_months, passage.context))
        if not passage.checked_links:
            words = passage.text.visible_words(passage.span)
            if list_comparing_phrases(words, self._lexicon):
                return (*context[:1], *passage.context[1:])
        return context

    def _replace_numbers_and_months(self, text: str) -> str:
        """Return words with ``#`` for each number and month: these have passages of
        their own.
        """
        words = NUMBER.sub("#", text).split()
        for index, word in enumerate(words):
            if word.strip(".,;:") in MONTH_NUMBERS:
                words[index] = "#"
        return " ".join(words)


def _pattern_for_any_time(target: str) -> str:
    """Return a pattern for a target, whichever time ``latest`` in it stands for."""
    return ANY_TIME.join(map(re.escape, LATEST_IN_TARGET.split(target)))


def _changes_with_newest_time(checked_link: CheckedLink) -> bool:
    """Tell whether the figure of a link moves on with the newest time: it is asked for
    as the latest, or is a date or a count of no time.
    """
    if LATEST_IN_TARGET.search(checked_link.link.target):
        return True
    facts = checked_link.proof.facts
    return checked_link.link.scheme == "fact" and all(
        fact.quantity.kind in MOVING_KINDS
        and not any(map(Period.parse_or_none, fact.arguments))
        for fact in facts
    )


def _make_passage_of_labels(path: str, labels: Sequence[Text]) -> Passage:
    """Return the labels of a file as one passage, which is read beside each of them."""
    words = format_count(len(labels), "label")
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


class _ItemAtPlace(NamedTuple, Generic[_Item]):
    """Something that stands at a place of a text."""

    place: int
    item: _Item


def _group_by_text(
    items: Iterable[tuple[Text, int, _Item]],
) -> dict[int, list[_ItemAtPlace[_Item]]]:
    """Return items with their places by the ``id`` of their texts, in their order."""
    found: dict[int, list[_ItemAtPlace[_Item]]] = {}
    for text, place, item in items:
        found.setdefault(id(text), []).append(_ItemAtPlace(place, item))
    return found


def _list_items_within_span(
    items: Sequence[_ItemAtPlace[_Item]], span: Span
) -> tuple[_Item, ...]:
    """Return the items whose places lie in a span."""
    return tuple(item for place, item in items if span.start <= place < span.end)


def _list_times_not_in_links(
    times: Sequence[_ItemAtPlace[PeriodMention]],
    span: Span,
    checked_links: Sequence[CheckedLink],
) -> tuple[PeriodMention, ...]:
    """Return the times that begin in a span, without those of which words of some links
    are a part.
    """
    links = [
        Span(
            checked_link.offset_in_whole_text,
            checked_link.offset_in_whole_text
            + checked_link.link.words_end
            - checked_link.link.start,
        )
        for checked_link in checked_links
    ]
    return tuple(
        time
        for place, time in times
        if span.start <= place < span.end
        and not any(
            link.start < place + time.end - time.start and place < link.end
            for link in links
        )
    )


def _find_named_times(
    text: Text, lexicon: Lexicon
) -> list[_ItemAtPlace[PeriodMention]]:
    """Return the times that a text names, with their places; blocks without a digit
    are left out.
    """
    found = list[_ItemAtPlace[PeriodMention]]()
    for block in text.blocks:
        if not DIGIT.search(text.visible_text, *block):
            continue
        paragraph = text.make_paragraph(block)
        for own_block in paragraph.blocks:
            times, _ = find_named_periods_and_days(paragraph, own_block, lexicon)
            found += [_ItemAtPlace(block.start + time.start, time) for time in times]
    return found


class _PassagePart(NamedTuple):
    """A stretch of a text that is read at once, what it stands under and after, and the
    sentence before it in its paragraph.
    """

    span: Span
    context: tuple[str, ...]
    before: Span = Span(0, 0)


def _split_into_parts(
    text: Text, title: str, described: DescribedChartOrTable | None
) -> Iterable[_PassagePart]:
    """Return the parts of a page; a text of a chart or a table, and a text in which
    nothing is marked up, is one.
    """
    if text.is_markdown and not described:
        return _split_page_into_sentences_and_cells(text, title)
    names = (described.name,) if described else ()
    return [_PassagePart(Span(0, len(text.value)), (text.description, *names))]


def _split_page_into_sentences_and_cells(
    text: Text, title: str
) -> Iterator[_PassagePart]:
    """Yield the headings, cells and sentences of a page, each with what it stands under
    and after, the heading first.
    """
    for block in text.blocks:
        above = text.heads_by_block[block]
        heading = above.headings[-1] if above.headings else title
        if block in text.heading_levels:
            yield _PassagePart(block, ("heading",))
        elif above.columns:
            yield from _split_row_into_cells(text, heading, block, above.columns)
        else:
            before = Span(block.start, block.start)
            for sentence in text.split_sentences(block):
                words_before = text.visible_words(before)
                yield _PassagePart(sentence, (heading, words_before), before)
                before = sentence


def _split_row_into_cells(
    text: Text, heading: str, row: Span, columns: Sequence[str]
) -> Iterator[_PassagePart]:
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
        yield _PassagePart(cell, (heading, row_head, column))
        row_head = text.visible_words(cells[0])
