"""What stands nearest to a link: marks at a place, lists of them, and what readers of a sentence find them with."""

from __future__ import annotations

import re
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


# ---- Lists


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
