"""Passages: what a person reads at once, and all that it is read beside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Context
from functools import cached_property
from itertools import chain, pairwise
from typing import TypeVar

from press.approvals.edge import Edge, Told
from press.binding import Entry, Fact, Ledger
from press.data import Data
from press.ground.files import hash_of
from press.quantity import DATES, plain, value
from press.reading import (
    CHECKED,
    Lexicon,
    NamedPeriod,
    Span,
    Text,
    Texts,
    Vocabulary,
    fold,
    month_names,
    named_times,
)

OF_DRAWING = ("title", "alt", "summary")  # of a chart these tell of its drawing
COMPARING, UTMOST = (
    ("comparators", "comparisons", "directions", "vague"),
    ("highest", "lowest", "first", "most"),
)
OF_SOURCES = ("note", "description")  # these may say who printed the figures
LABELS = ("words", "label")  # of these are read those that make a sentence
LETTER, SENTENCE = (
    re.compile(r"[^\W\d_]"),
    re.compile(r"[\"'“‘(]*\w+.*\s.*[.!?…。！？][\"'”’)]*\Z", re.DOTALL),
)
NUMBER, DIGIT = re.compile(r"\d(?:[\d.,–-]*\d)?"), re.compile(r"\d")
# of a figure as told: a text that shows more is itself part of what was read
DIGITS = Context(prec=4)
DOUBTS = 3  # of a passage: more are not read
HASH = 12  # characters of a hash in a line
_Item = TypeVar("_Item")
# a stretch of a text, and what it stands under and after, the heading first
Part = tuple[Span, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Passage:
    """A sentence, a heading, a cell, or a whole title, alternative text, note or
    summary.

    ``around`` is what it stands under and after, and ``leaning`` gives as much of that
    as withdraws an approval when it changes: only where somebody has read the words
    before is it asked for.
    ``rests`` says what each of its links is read beside, ``speaks`` what else: newest
    times of tables that it names and no link of it is of, and what the drawing or table
    that it tells of holds. ``doubts`` are what the checker would ask a reader about it,
    the most telling first.
    """

    text: Text
    span: Span
    around: tuple[str, ...]
    leaning: Callable[[Passage], tuple[str, ...]]
    entries: tuple[Entry, ...]
    rests: tuple[str, ...]
    speaks: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    @cached_property
    def beside(self) -> tuple[str, ...]:
        """All that it is read beside: what of it is gone withdraws an approval."""
        return tuple(dict.fromkeys((*self.rests, *self.speaks)))

    @property
    def path(self) -> str:
        """The file that holds it."""
        return self.text.path

    @cached_property
    def place(self) -> tuple[int, int]:
        """Line and column of its first word."""
        words = self.text.plain[self.span.start : self.span.end]
        return self.text.place(self.span.start + len(words) - len(words.lstrip()))

    @cached_property
    def words(self) -> str:
        """Its words as readers see them, those of a label with the {places} that are
        filled in.
        """
        return (
            self.text.told(self.span)
            if self.text.markdown
            else " ".join(self.text.flat.split())
        )

    @cached_property
    def own(self) -> str:
        """A hash of its words with their targets."""
        targets = (link.target for link in self.text.within(self.span))
        return hash_of(self.words, *targets)[:HASH]

    @cached_property
    def key(self) -> tuple[str, str]:
        """What it is known by: hashes of its own words, and of what
        stands around it.
        """
        return self.own, hash_of(*self.leaning(self))[:HASH]

    @property
    def is_false(self) -> bool:
        """Tell whether the checker refuses a link in it: then it is no matter of
        reading.
        """
        return bool(self.entries) and any(entry.faults for entry in self.entries)


def passages(
    texts: Texts,
    ledger: Ledger,
    vocabulary: Vocabulary,
    data: Data,
    told: Mapping[str, Told | None],
) -> list[Passage]:
    """Return all passages of a story, in the order of its texts: all that readers see
    but labels of a word or two.

    ``told`` says by file of what chart or table its words tell; it has ``None`` for a
    page of dated entries: what they say of their days is history, whatever the tables
    gain.
    """
    finder = _Finder(data, vocabulary.lexicon)
    found = list[Passage]()
    read = (
        entry for entry in ledger.entries if entry.link.scheme in {*CHECKED, "source"}
    )
    entries = _by_text((entry.whole, entry.start, entry) for entry in read)
    doubts = _by_text(
        (
            text.whole,
            text.start - text.whole.start + doubt.start,
            (doubt.rank, doubt.message),
        )
        for text, doubt in ledger.doubts
    )
    for text, title in ((text, title) for title, group in texts for text in group):
        given = text, title, told.get(text.path), text.path in told
        own = entries.get(id(text), [])
        near = doubts.get(id(text), [])
        if own or near or text.what not in LABELS or SENTENCE.match(text.value):
            found += finder.of(*given, [entry for _, entry in own], near)
    return found


class _Finder:
    """Finds the passages of one text after another."""

    def __init__(self, data: Data, lexicon: Lexicon) -> None:
        self._edge = Edge(data)
        self._lexicon = lexicon

    def of(  # noqa: PLR0913, PLR0917 - all that they depend on
        self,
        text: Text,
        title: str,
        told: Told | None,
        known: bool,  # noqa: FBT001 - as above
        bound: Sequence[Entry],
        doubts: Sequence[tuple[int, tuple[int, str]]],
    ) -> list[Passage]:
        """Return the passages of a text under a title, in their order; of doubts it
        gets rank and words.
        """
        found, past, named = [], known and not told, _times_in(text, self._lexicon)
        entries = [(each.start, each) for each in bound]
        whole = [
            (Span(0, len(text.value)), (text.what, *([told.name] if told else [])))
        ]
        for span, around in (
            _parts_of_page(text, title) if text.markdown and not told else whole
        ):
            own, near, times = (
                _within(entries, span),
                _within(doubts, span),
                _within(named, span),
            )
            if own or _is_read(text, text.told(span)):
                rests = tuple(self._basis(entry, times, past=past) for entry in own)
                speaks = (
                    self._held(text, told, times)
                    if told
                    else self._ends(times, own)
                    if times and not past
                    else ()
                )
                told_first = tuple(message for _, message in sorted(near)[:DOUBTS])
                found.append(
                    Passage(
                        text,
                        span,
                        around,
                        self._leaning,
                        own,
                        rests,
                        (*speaks,),
                        told_first,
                    )
                )
        return found

    def _leaning(self, passage: Passage) -> tuple[str, ...]:
        """Return what stands around a passage without its numbers, unless it compares
        and has no figure of its own.
        """
        around, kept = passage.around, tuple(map(self._numberless, passage.around))
        told = passage.text.told(passage.span)
        if (
            kept[1:] != around[1:]
            and not passage.entries
            and _tags(told, COMPARING, self._lexicon)
        ):
            return (*kept[:1], *around[1:])  # it leans on what stands before
        return kept

    def _numberless(self, words: str) -> str:
        """Return what stands around a passage without its numbers and months, which
        have passages of their own.
        """
        months = self._lexicon.derive(month_names)
        return " ".join(
            "#" if word.strip(".,;:") in months else word
            for word in NUMBER.sub("#", words).split()
        )

    def _ends(
        self, times: Iterable[NamedPeriod], entries: Sequence[Entry]
    ) -> Iterable[str]:
        """Return with which newest times of tables those end that a passage names and
        no figure of it is of.
        """
        facts = [fact.quantity for entry in entries for fact in entry.proof.facts]
        served = {
            period.last
            for item in facts
            for period in (item.period, *item.related)
            if period
        }
        served |= {
            period.last for entry in entries for period in entry.proof.statement_periods
        }
        return chain.from_iterable(
            self._edge.named(item.period)
            for item in times
            if item.period.last not in served
        )

    def _held(
        self, text: Text, told: Told, times: Iterable[NamedPeriod]
    ) -> Iterator[str]:
        """Yield what a chart or a table holds that its words may speak of: its times,
        its publishers, its drawing.
        """
        sources = text.what in OF_SOURCES
        yield from (
            told.of(end, sources=sources)
            for item in times
            for end in item.ends or (item.period,)
        )
        if sources and _tags(text.plain, ("publishing",), self._lexicon):
            yield f"pages of {told.publishers}"
        if text.what in OF_DRAWING and (
            drawn := ", ".join(self._drawn(text, told.outline))
        ):
            yield f"drawn: {drawn}"

    def _drawn(self, text: Text, outline: Sequence[str]) -> Iterator[str]:
        """Yield what of a drawing's outline a text may speak of beside its links, whose
        words are held to the tables.

        A title that compares and counts nothing there speaks of none of it. Its newest
        time is for words that tell of a way or of the most; its numbers of rows and
        series are for words that count as many.
        """
        lexicon = self._lexicon
        words, numbers = (
            _tags(text.unlinked, tables, lexicon)
            for tables in (COMPARING, ("numbers",))
        )
        if text.what == "title" and text.bindings and not words and not numbers:
            return
        counts = {f"{lexicon.numbers[phrase]}" for phrase in numbers}
        moves = any(
            phrase in lexicon.directions or lexicon.comparators.get(phrase) in UTMOST
            for phrase in words
        )
        for part in outline:
            first, last = part.split()[0], part.split()[-1]
            if (
                moves
                if first == "newest"
                else first in counts or last not in {"rows", "series"}
            ):
                yield part

    def _basis(self, entry: Entry, times: Iterable[NamedPeriod], *, past: bool) -> str:
        """Say what a link is read beside; what is compared of times that the passage
        names is ``past`` as well.
        """
        named = {item.period.last for item in times} if entry.proof.claim else set()
        facts = [fact.quantity for fact in entry.proof.facts if not past]
        rows = {
            row
            for item in facts
            if not (item.period and item.period.last in named)
            for row in item.rows
        }
        newest = ", of the newest row" if any(map(self._edge.holds, rows)) else ""
        return (
            f"{entry.link.target}:"
            f" {', '.join(map(_rounded, entry.proof.facts)) or self._cited(entry)}"
            f"{newest}"
        )

    def _cited(self, entry: Entry) -> str:
        """Return how many rows cite a source; of a statement a short name for all that
        the tables say of it.
        """
        if entry.link.scheme == "source":
            return (
                f"cited in {self._edge.cited[entry.link.target.partition(':')[2]]} rows"
            )
        said = entry.proof.said
        cells = (
            (
                f"{key} {cell}"
                for row in (said.row, *said.figures)
                for key, cell in row.values.items()
            )
            if said
            else ()
        )
        return hash_of(*cells)[:HASH]


def _tags(words: str, tables: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """Return the phrases of some tables in words."""
    return tuple(tag.phrase for tag in lexicon.tagger.find(fold(words), tables))


def _is_read(text: Text, words: str) -> bool:
    """Tell whether words without a link are read: there is a letter among them, and a
    label makes a sentence.
    """
    return bool(SENTENCE.match(words) if text.what in LABELS else LETTER.search(words))


def _times_in(text: Text, lexicon: Lexicon) -> list[tuple[int, NamedPeriod]]:
    """Return the times that a text names, with their places; those of paragraphs that
    were held before are known.
    """
    found = []
    for block in text.blocks if DIGIT.search(text.plain) else ():
        if DIGIT.search(text.plain, *block):
            words = replace(
                text.paragraph(block), source="", start=0, line=0, parent=None
            )
            own = (named_times(words, each, lexicon)[0] for each in words.blocks)
            found += [
                (block.start + item.start, item) for item in chain.from_iterable(own)
            ]
    return found


def _parts_of_page(text: Text, title: str) -> Iterator[Part]:
    """Yield the headings, cells and sentences of a text under a title, each with what
    it stands under and after.
    """
    for block in text.blocks:
        headings, columns = text.above_of[block]
        heading = headings[-1] if headings else title
        if block in text.headings:
            yield block, ("heading",)
        elif columns:
            yield from _of_row(text, heading, block, columns)
        else:
            before = ""
            for sentence in text.sentences(block):
                yield sentence, (heading, before)
                before = text.told(sentence)


def _of_row(
    text: Text, heading: str, row: Span, columns: Sequence[str]
) -> Iterator[Part]:
    """Yield the cells of a row, each under its heading and the heads of its row and
    column.
    """
    marks = [
        row.start + place
        for place, each in enumerate(text.plain[slice(*row)])
        if each == "|"
    ]
    begun = (
        []
        if text.plain[row.start : row.end].lstrip().startswith("|")
        else [row.start - 1]
    )
    cells = [Span(start + 1, end) for start, end in pairwise([*begun, *marks, row.end])]
    for number, (cell, column) in enumerate(zip(cells, columns, strict=False)):
        yield cell, (heading, text.told(cells[0]) if number else "", column)


def _by_text(
    items: Iterable[tuple[Text, int, _Item]],
) -> dict[int, list[tuple[int, _Item]]]:
    """Return items with their places by the ``id`` of their texts."""
    found: dict[int, list[tuple[int, _Item]]] = {}
    for text, start, item in items:
        found.setdefault(id(text), []).append((start, item))
    return found


def _within(items: Sequence[tuple[int, _Item]], span: Span) -> tuple[_Item, ...]:
    """Return the items whose places lie in a span."""
    return (
        tuple(item for place, item in items if span.start <= place < span.end)
        if items
        else ()
    )


def _rounded(fact: Fact) -> str:
    """Return a figure rounded: its time if that is the latest, four digits, its ends,
    its unit.
    """
    quantity, time = fact.quantity, f"{fact.latest}: " if fact.latest else ""
    if quantity.kind in DATES:
        return f"{time}{value(quantity)}"
    low, high = (plain(DIGITS.plus(end)) for end in quantity.ends)
    return (
        f"{time}{low if low == high else f'{low} to {high}'} {quantity.unit}".rstrip()
    )
