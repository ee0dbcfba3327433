"""The tagger: every phrase of a language's tables that stands in a text, found in one
pass.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from press.ground.cache import BINDINGS

# stands for each character of a date, so that phrases around dates can be found
DATE = "\ue000"
# Runs of letters, of digits, of white space, of dates; any other character by itself.
PIECE = re.compile(rf"[^\W\d_]+|\d+|\s+|{DATE}+|.", re.DOTALL)
ANY_DIGITS = "#"  # in a phrase, as a word of its own
APART = frozenset(("", *" \n,.;:()"))  # what stands beside most phrases


class Tag(NamedTuple):
    """A phrase in a folded text: from where to where, and as the tables have it.

    ``tight``: a digit stands right before it. ``gap``: its longest white space that is
    no plain space.
    """

    start: int
    end: int
    phrase: str
    tight: bool = False
    gap: int = 0


class Tagger:
    """Finds the phrases of several tables, as whole words: a trie of the pieces of all
    phrases, walked once per text.

    Tables are named; a search names those that it wants, and of phrases that overlap
    gets the first, then the longest.
    """

    def __init__(self, tables: Mapping[str, Iterable[str]]) -> None:
        """Sort the folded phrases of ``tables`` into the trie."""
        self._tables = {name: frozenset(phrases) for name, phrases in tables.items()}
        self._trie: dict[str, Any] = {}
        for phrase in frozenset().union(*self._tables.values()):
            node = self._trie
            for piece in PIECE.findall(" ".join(phrase.split())):
                node = node.setdefault(piece, {})
            node[""] = phrase
        self._wanted = dict[tuple[str, ...], frozenset[str]]()
        self._parts = dict[tuple[str, ...], Tagger]()

    def of(self, *tables: str) -> Tagger:
        """Return what finds the phrases of some tables alone, sooner than among those
        of all.
        """
        if tables not in self._parts:
            self._parts[tables] = Tagger({name: self.phrases(name) for name in tables})
        return self._parts[tables]

    def phrases(self, *tables: str) -> frozenset[str]:
        """Return the phrases of some tables; a table that is not there has none."""
        if tables not in self._wanted:
            self._wanted[tables] = frozenset().union(
                *(self._tables.get(table, ()) for table in tables)
            )
        return self._wanted[tables]

    def find(
        self,
        words: str,
        tables: tuple[str, ...],
        start: int = 0,
        end: int = sys.maxsize,
    ) -> Iterator[Tag]:
        """Yield the phrases of ``tables`` between two places of a folded text, from
        left to right, none tight.
        """
        wanted = self.phrases(*tables)
        for tag in self._of(words).between(start, end):
            if (
                tag.phrase in wanted
                and tag.start >= start
                and tag.end <= end
                and not tag.tight
            ):
                start = tag.end
                yield tag

    def left(
        self, folded: str, words: str, tables: tuple[str, ...], span: tuple[int, int]
    ) -> Iterator[Tag]:
        """Yield the phrases of a folded text that are left in ``words``, in which parts
        of it are blanked.
        """
        for tag in self.find(folded, tables, *span):
            if words.startswith(folded[tag.start : tag.end], tag.start):
                yield tag

    def first(
        self,
        words: str,
        tables: tuple[str, ...],
        start: int = 0,
        end: int = sys.maxsize,
    ) -> Tag | None:
        """Return the first phrase of ``tables`` between two places of a folded text."""
        return next(self.find(words, tables, start, end), None)

    def within(self, words: str, start: int, end: int) -> set[str]:
        """Return every phrase of any table that begins between two places of a folded
        text, also inside another.
        """
        return {
            tag.phrase for tag in self._of(words).between(start, end) if not tag.tight
        }

    def by_place(self, words: str) -> Mapping[int, Sequence[Tag]]:
        """Return the phrases of any table by where they begin in a folded text, tight
        ones too, the longest first.
        """
        return self._of(words).by_start

    def leading(
        self,
        words: str,
        place: int,
        tables: tuple[str, ...],
        small: re.Pattern[str],
        start: int,
    ) -> Tag | None:
        """Return the first phrase of ``tables`` from ``start`` on that only ``small``
        words part from a place.
        """
        wanted = self.phrases(*tables)
        tags = (
            tag
            for tag in self._of(words).between(start, place)
            if tag.phrase in wanted and not tag.tight
        )
        return next(
            (
                tag
                for tag in tags
                if tag.end <= place and small.fullmatch(words, tag.end, place)
            ),
            None,
        )

    def _of(self, words: str) -> _Tags:
        """Return every phrase of every table in a text, which is asked for each of many
        tables.
        """
        return BINDINGS.get(("tags", self, words), lambda _: self._tags(words))

    def _tags(self, words: str) -> _Tags:
        pieces, found = PIECE.findall(words), dict[int, list[Tag]]()
        first = {piece for piece in {*pieces} if _next(self._trie, piece)}
        places = [*accumulate(map(len, pieces), initial=0)]
        for index in [index for index, piece in enumerate(pieces) if piece in first]:
            if tags := self._from(words, pieces, index, places):
                found[places[index]] = tags
        return _Tags(found)

    def _from(
        self, words: str, pieces: list[str], first: int, places: list[int]
    ) -> list[Tag]:
        """Return every phrase that begins with a piece; the pieces stand at ``places``,
        which end with the text's.
        """
        found, gap, start, index = list[Tag](), 0, places[first], first
        node = self._trie
        while index < len(pieces) and (following := _next(node, pieces[index])):
            if pieces[index] not in node and pieces[index].isspace():
                gap = max(gap, len(pieces[index]))
            node, index = following, index + 1
            if (
                "" in node
                and (tight := _is_tight(words, start, places[index])) is not None
            ):
                found.insert(0, Tag(start, places[index], node[""], tight, gap))
        return found


def _next(node: dict[str, Any], piece: str) -> dict[str, Any] | None:
    """Return the node that a piece leads to: itself, or as any digits, any date, a
    space for other white space.
    """
    if (found := node.get(piece)) or piece.isalpha():
        return found
    like = (
        ANY_DIGITS
        if piece.isdigit()
        else DATE
        if piece[0] == DATE
        else " "
        if piece.isspace()
        else piece
    )
    return node.get(like)


class _Tags:
    """The tags of a text by where each begins, the longest first, and in
    their order.
    """

    def __init__(self, by_start: dict[int, list[Tag]]) -> None:
        self.by_start = by_start
        self._tags = [tag for same in by_start.values() for tag in same]
        self._starts = [tag.start for tag in self._tags]

    def between(self, start: int, end: int) -> list[Tag]:
        """Return the tags that begin between two places."""
        return self._tags[
            bisect_left(self._starts, start) : bisect_left(self._starts, end)
        ]


def _is_tight(words: str, start: int, end: int) -> bool | None:
    """Tell whether a digit stands right before a phrase; ``None`` where the phrase is
    only a part of a word.
    """
    before, after = words[max(0, start - 1) : start], words[end : end + 1]
    if before in APART and after in APART:
        return False
    if _is_letter(after) and _is_letter(words[end - 1]):
        return None
    if not (_is_letter(before) and _is_letter(words[start])):
        return False
    return True if before.isdigit() else None


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"
