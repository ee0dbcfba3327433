"""What stands nearest to a link: marks at a place, lists of them, and what readers of a sentence find them with."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from press.reading.text import Link, Span, Text

SPACE = r"\s{1,3}"  # a line end with a mark; never a link's target, which is longer
NEAR = 30  # as many characters before a place hold the words that stand beside it
JOINED = re.compile(r"\s*,?\s*(?:\w{1,3}\s)?\s*")  # what may stand between two members of a list: ", and "
QUOTED = frozenset({"said", "source", "term"})  # their words are another's: they name nothing for a figure beside them
_MARK = TypeVar("_MARK", bound="Mark")


class Fault(NamedTuple):
    """What is wrong in a text, from where to where; ``excepted`` is the phrase of an exceptions file that allows it.

    A ``number`` is one for which there may be a fact: it is bound to none, or to one of which it is not true.
    """

    start: int
    end: int
    message: str
    hint: str
    excepted: str = ""
    number: bool = False


class Mark(Protocol):
    """Words at a place that say something of a figure: when, whose."""

    @property
    def start(self) -> int:
        """Where they begin."""

    @property
    def end(self) -> int:
        """Where they end."""


# ---- Places


def shown(text: Text, mark: Mark) -> str:
    """Return the words of a mark on one line."""
    return " ".join(text.plain[mark.start : mark.end].split())


def own_words(text: Text, link: Link) -> str:
    """Return the words of a link on one line, as the file has them."""
    return " ".join(text.value[link.words_start : link.words_end].split())


def just_before(text: Text, mark: Mark) -> str:
    """Return the folded characters right before a mark."""
    return text.folded[max(0, mark.start - NEAR) : mark.start]


def figures(text: Text, span: Span) -> list[Link]:
    """Return the links in a span whose words are held to data."""
    return [link for link in text.within(span) if link.scheme not in QUOTED]


def lies_in(mark: Mark, span: Mark) -> bool:
    """Tell whether a mark begins in a span."""
    return span.start <= mark.start < span.end


def inside(mark: Mark, link: Link) -> bool:
    """Tell whether a mark begins in the words of a link."""
    return link.words_start <= mark.start < link.words_end


# ---- The nearest


def nearest(text: Text, sentence: Span, link: Link, marks: Sequence[_MARK]) -> list[_MARK]:
    """Return the marks that a figure may answer to: those in its own words, else the nearest in its clause or sentence.

    The nearest are the last before and the first after it, and the first of all if it opens clause or sentence: "In
    2023 exports were …, more than in 2022, and imports …". A list ("in March and April") is as near as its nearest.
    """
    quoted = [other for other in text.within(sentence) if other.scheme in QUOTED]
    marks = [mark for mark in marks if not any(inside(mark, other) for other in quoted)]
    if own_marks := [mark for mark in marks if inside(mark, link)]:
        return own_marks
    clause = text.clause(sentence, link.words_start)
    every = lists(text, marks)
    if partner := _in_turn(text, every, sentence, link):
        return partner
    own = [group for group in every if any(lies_in(mark, clause) for mark in group)]
    span, groups = (clause, own) if own else (sentence, every)
    links = figures(text, span)
    if own and (partner := _partner(groups, links, link)):
        return partner
    earlier = [group for group in groups if group[-1].end <= link.words_start]
    later = [group for group in groups if group[0].start >= link.words_end]
    first = groups[:1] if groups and links and groups[0][-1].end <= links[0].words_start else []
    chosen = [*earlier[-1:], *later[:1], *first]
    return list(dict.fromkeys(mark for group in chosen for mark in group))


def _in_turn(text: Text, groups: list[list[_MARK]], sentence: Span, link: Link) -> list[_MARK] | None:
    """Return a link's own mark where a list of figures stands beside one list of as many: "in 2021 and 2022 … and"."""
    links = figures(text, sentence)
    if len(groups) != 1 or len(groups[0]) != len(links) or len({mark.start for mark in groups[0]}) != len(links):
        return None
    listed = all(JOINED.fullmatch(text.value, one.end, other.start) for one, other in pairwise(links))
    apart = groups[0][-1].end <= links[0].start or groups[0][0].start >= links[-1].end
    return [groups[0][links.index(link)]] if len(links) > 1 and listed and apart else None


def _partner(groups: list[list[_MARK]], links: Sequence[Link], link: Link) -> list[_MARK] | None:
    """Return the marks after a link where each has its own: "from … in 2021 to … in 2023"."""
    if len(groups) != len(links) or len(links) < 2:  # noqa: PLR2004 - two of a kind
        return None
    places = [place for one, group in zip(links, groups, strict=True) for place in (one.words_start, group[0].start)]
    return groups[links.index(link)] if places == sorted(places) else None


def lists(text: Text, marks: Sequence[_MARK]) -> list[list[_MARK]]:
    """Return the marks in lists: members of an enumeration, and readings of the same words."""
    groups: list[list[_MARK]] = []
    for mark in marks:
        if groups and _one_list(text, groups[-1][-1], mark):
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return groups


def _one_list(text: Text, mark: Mark, other: Mark) -> bool:
    return other.start <= mark.end or bool(JOINED.fullmatch(text.value, mark.end, other.start))
