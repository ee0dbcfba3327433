"""Sentences as they are read: each with its clauses, its bindings, and the times that its words name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from press.reading.dates import named_periods
from press.reading.lexicon import fold
from press.reading.nearby import JOINED, QUOTED, Mark, figures, inside, just_before, lies_in, lists, own_words, shown
from press.reading.subjects import NamedSubject, subject_finder
from press.reading.text import Link, Span, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from press.reading.dates import NamedPeriod
    from press.reading.lexicon import Lexicon


_MARK = TypeVar("_MARK", bound=Mark)


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence of a text; its places are those of the text.

    ``named`` are the times that its paragraph names, in their order; ``title`` is what its text stands under.
    """

    text: Text
    start: int
    end: int
    lexicon: Lexicon
    named: tuple[NamedPeriod, ...] = ()
    title: str = ""

    @property
    def span(self) -> Span:
        """From where to where it goes."""
        return Span(self.start, self.end)

    @cached_property
    def bindings(self) -> tuple[Link, ...]:
        """The bindings that begin in it."""
        return self.text.within(self.span)

    @cached_property
    def times(self) -> tuple[NamedPeriod, ...]:
        """The times that it names itself."""
        return tuple(item for item in self.named if lies_in(item, self.span))

    @cached_property
    def subjects(self) -> tuple[NamedSubject, ...]:
        """The subjects that it names."""
        return tuple(subject_finder(self.lexicon).find(self.text, self.span, fold(self.title)))

    @property
    def clauses(self) -> tuple[Span, ...]:
        """Its clauses, roughly."""
        return self.text.clauses(self.span)

    def clause(self, position: int) -> Span:
        """Return the clause in which a position is."""
        return self.text.clause(self.span, position)

    def shown(self, mark: Mark) -> str:
        """Return the words of a mark on one line."""
        return shown(self.text, mark)

    def own_words(self, link: Link) -> str:
        """Return the words of a link on one line, as the file has them."""
        return own_words(self.text, link)

    def before(self, mark: Mark) -> str:
        """Return the folded characters right before a mark."""
        return just_before(self.text, mark)

    def figures(self, span: Span | None = None) -> list[Link]:
        """Return the links whose words are held to data, in the sentence or a part of it."""
        return figures(self.text, span or self.span)

    def nearest(self, link: Link, marks: Sequence[_MARK]) -> list[_MARK]:
        """Return the marks that a figure may answer to: those in its own words, else the nearest in clause or sentence.

        The nearest are the last before and the first after it, and the first of all if it opens clause or sentence:
        "In 2023 sales were …, more than in 2022, and purchases …". A list ("in March and April") is as near as its
        nearest.
        """
        quoted = [other for other in self.bindings if other.scheme in QUOTED]
        marks = [mark for mark in marks if not any(inside(mark, other) for other in quoted)]
        if own_marks := [mark for mark in marks if inside(mark, link)]:
            return own_marks
        clause = self.clause(link.words_start)
        every = lists(self.text, marks)
        if partner := self._in_turn(every, link):
            return partner
        own = [group for group in every if any(lies_in(mark, clause) for mark in group)]
        groups, links = (own, self.figures(clause)) if own else (every, self.figures())
        if own and (partner := _partner(groups, links, link)):
            return partner
        earlier = [group for group in groups if group[-1].end <= link.words_start]
        later = [group for group in groups if group[0].start >= link.words_end]
        first = groups[:1] if groups and links and groups[0][-1].end <= links[0].words_start else []
        chosen = [*earlier[-1:], *later[:1], *first]
        return list(dict.fromkeys(mark for group in chosen for mark in group))

    def _in_turn(self, groups: list[list[_MARK]], link: Link) -> list[_MARK] | None:
        """Return a link's own mark where a list of figures stands beside one list of as many: "in 2021 and 2022"."""
        links = self.figures()
        if len(groups) != 1 or len(groups[0]) != len(links) or len({mark.start for mark in groups[0]}) != len(links):
            return None
        value = self.text.value
        listed = all(JOINED.fullmatch(value, one.end, other.start) for one, other in pairwise(links))
        apart = groups[0][-1].end <= links[0].start or groups[0][0].start >= links[-1].end
        return [groups[0][links.index(link)]] if len(links) > 1 and listed and apart else None


def _partner(groups: list[list[_MARK]], links: Sequence[Link], link: Link) -> list[_MARK] | None:
    """Return the marks after a link where each has its own: "from … in 2021 to … in 2023"."""
    if len(groups) != len(links) or len(links) < 2:  # noqa: PLR2004 - two of a kind
        return None
    places = [place for one, group in zip(links, groups, strict=True) for place in (one.words_start, group[0].start)]
    return groups[links.index(link)] if places == sorted(places) else None


def sentences(text: Text, lexicon: Lexicon, title: str = "") -> Iterator[Sentence]:
    """Yield the sentences of a text in the language of ``lexicon``, block by block."""
    for block in text.blocks:
        named = named_periods(text, block, lexicon)
        yield from (Sentence(text, *span, lexicon, named, title) for span in text.sentences(block))
