"""Passages: what a person reads at once, and all that it is read beside."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context
from functools import cached_property
from itertools import chain, pairwise
from operator import itemgetter
from typing import NamedTuple, TypeVar

from press.approvals.edge import edge_of
from press.binding import Doubt, Entry, Fact, Ledger, statement
from press.data import Data
from press.ground.files import hash_of
from press.ground.period import Period
from press.quantity import DATES, plain, value
from press.reading import CHECKED, Span, Text, Texts

# Of a chart these are read whole, and again when its drawing has changed: they tell of the drawing.
OF_DRAWING = ("title", "subtitle", "alt", "summary")
DIGITS = Context(prec=4)  # of a figure as told: a text that shows more is itself part of what was read
HASH = 12  # characters of a hash in a line
_Item = TypeVar("_Item")
PLACED = itemgetter(0)


class Chart(NamedTuple):
    """What the words of a chart are read beside: its name, and the ``outline`` of its table."""

    name: str
    outline: tuple[str, ...] = ()


class Part(NamedTuple):
    """A stretch of a text, what it stands under and after, and the outline of the drawing that it tells of."""

    span: Span
    around: tuple[str, ...]
    outline: tuple[str, ...] = ()


class Basis(NamedTuple):
    """What one link was read beside: its target, its value as rounded, and whether it rests on a newest row."""

    target: str
    value: str
    at_edge: bool


@dataclass(frozen=True, eq=False)
class Passage:
    """A sentence, a heading, a cell, or a whole title, alternative text, note or summary.

    ``around`` is what it stands under and after. ``times`` are the newest times of tables that it
    names and no link of it is of. ``outline`` is that of the chart whose drawing it tells of.
    """

    text: Text
    span: Span
    around: tuple[str, ...]
    entries: tuple[Entry, ...]
    bases: tuple[Basis, ...]
    times: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()
    outline: tuple[str, ...] = ()

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
        """Its words as readers see them."""
        return self.text.told(self.span)

    @cached_property
    def own_hash(self) -> str:
        """A hash of its words and its targets."""
        targets = [link.target for link in self.text.within(self.span)]
        return hash_of(self.words, *targets)[:HASH]

    @cached_property
    def around_hash(self) -> str:
        """A hash of what it stands under and after."""
        return hash_of(*self.around)[:HASH]

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by: its words with their targets, and what stands around it."""
        return self.own_hash, self.around_hash

    @property
    def is_bound(self) -> bool:
        """Tell whether it is to be read: it rests on the tables, names their newest time, or tells of a drawing."""
        return bool(self.bases or self.times or self.outline)

    @property
    def is_false(self) -> bool:
        """Tell whether the checker refuses a link in it: then it is no matter of reading."""
        return any(entry.faults for entry in self.entries)


def passages(texts: Texts, ledger: Ledger, data: Data, charts: Mapping[str, Chart]) -> list[Passage]:
    """Return the passages of a language that hold a fact, a claim or a statement, name a time, or tell of a drawing.

    ``charts`` are the charts by the file of their words.
    """
    finder = _Finder(ledger, data, charts)
    return [passage for title, group in texts for text in group for passage in finder.of(text, title)]


class _Finder:
    """Finds the passages of one text after another."""

    def __init__(self, ledger: Ledger, data: Data, charts: Mapping[str, Chart]) -> None:
        self._data, self._edge, self._charts = data, edge_of(data), charts
        checked = (entry for entry in ledger.entries if entry.link.scheme in CHECKED)
        self._entries = _by_text((entry.whole, entry.start, entry) for entry in checked)
        self._doubts = _by_text((doubt.text.whole, doubt.start_in_whole, doubt) for doubt in ledger.doubts)

    def of(self, text: Text, title: str) -> Iterator[Passage]:
        """Yield the passages of a text under a title, in their order."""
        entries, doubts = self._entries.get(id(text), []), self._doubts.get(id(text), [])
        parts = self._parts(text, title) if entries or doubts or text.path in self._charts else ()
        for span, around, outline in parts:
            own, near = _within(entries, span), _within(doubts, span)
            bases, named = tuple(map(self._basis, own)), list[Period]()
            times = tuple(dict.fromkeys(chain.from_iterable(map(self._edge.named, named))))
            if bases or named or outline:
                yield Passage(text, span, around, own, bases, times, near, outline)

    def _parts(self, text: Text, title: str) -> Iterator[Part]:
        """Yield what of a text is read at once: of a page the parts of its body, of anything else the whole."""
        chart = self._charts.get(text.path)
        if text.markdown and not chart:
            yield from _parts_of_page(text, title)
        else:
            outline = chart.outline if chart and text.what in OF_DRAWING else ()
            yield Part(Span(0, len(text.value)), (text.what, *([chart.name] if chart else [])), outline)

    def _basis(self, entry: Entry) -> Basis:
        """Return what a link is read beside."""
        value = ", ".join(map(_rounded, entry.proof.facts)) or self._statement(entry)
        return Basis(entry.link.target, value, any(map(self._edge.holds, entry.rows)))

    def _statement(self, entry: Entry) -> str:
        """Return a short name for all that the tables say of a statement."""
        scheme, _, name = entry.link.target.partition(":")
        if scheme != "said" or entry.proof.fault:
            return ""
        said = statement(self._data, name)
        return hash_of(*(f"{key} {cell}" for row in (said.row, *said.figures) for key, cell in row.values.items()))[
            :HASH
        ]


def _parts_of_page(text: Text, title: str) -> Iterator[Part]:
    """Yield the headings, cells and sentences of a text under a title, each with what it stands under and after."""
    for block in text.blocks:
        headings, columns = text.above_of(block)
        heading = headings[-1] if headings else title
        if block in text.headings:
            yield Part(block, ("heading",))
        elif columns:
            yield from _of_row(text, heading, block, columns)
        else:
            yield from _of_paragraph(text, heading, block)


def _of_paragraph(text: Text, heading: str, block: Span) -> Iterator[Part]:
    """Yield the sentences of a block, each under its heading and after the sentence before."""
    before = ""
    for sentence in text.sentences(block):
        yield Part(sentence, (heading, before))
        before = text.told(sentence)


def _of_row(text: Text, heading: str, row: Span, columns: Sequence[str]) -> Iterator[Part]:
    """Yield the cells of a row, each under its heading and the heads of its row and column."""
    marks = [row.start + place for place, each in enumerate(text.plain[slice(*row)]) if each == "|"]
    begun = [] if text.plain[row.start : row.end].lstrip().startswith("|") else [row.start - 1]
    cells = [Span(start + 1, end) for start, end in pairwise([*begun, *marks, row.end])]
    for number, (cell, column) in enumerate(zip(cells, columns, strict=False)):
        yield Part(cell, (heading, text.told(cells[0]) if number else "", column))


def _by_text(items: Iterable[tuple[Text, int, _Item]]) -> dict[int, list[tuple[int, _Item]]]:
    """Return items with their places, in order, by the ``id()`` of their texts."""
    found: dict[int, list[tuple[int, _Item]]] = {}
    for text, start, item in items:
        found.setdefault(id(text), []).append((start, item))
    return {text: sorted(own, key=PLACED) for text, own in found.items()}


def _within(items: Sequence[tuple[int, _Item]], span: Span) -> tuple[_Item, ...]:
    """Return the items whose places lie in a span."""
    return tuple(item for _, item in items[slice(*(bisect_left(items, end, key=PLACED) for end in span))])


def _rounded(fact: Fact) -> str:
    """Return a figure rounded: its time if that is the latest, four digits, its ends, its unit."""
    quantity, time = fact.quantity, f"{fact.latest}: " if fact.latest else ""
    if quantity.kind in DATES:
        return f"{time}{value(quantity)}"
    low, high = (plain(DIGITS.plus(end)) for end in quantity.ends)
    return f"{time}{low if low == high else f'{low} to {high}'} {quantity.unit}".rstrip()
