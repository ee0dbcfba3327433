"""The tagger: every phrase of a language's tables that stands in a text, found in one pass."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

WIDE = "\u2e80"  # from here on scripts write words without spaces between them
# Runs of letters, of digits, of white space; any other character, and each letter of a wide script, by itself.
DATE = "\ue000"  # stands for each character of a date, so that phrases around dates can be found
PIECE = re.compile(rf"[^\W\d_{WIDE}-\U0010ffff]+|\d+|\s+|{DATE}+|.", re.DOTALL)
TOKEN = re.compile(rf"[^\W\d_]+|\d+|{DATE}+")  # where a word, a number or a date may begin
ANY_DIGITS = "#"  # in a phrase, as a word of its own
APART = frozenset(("", *" \n,.;:()"))  # what stands beside most phrases
HELD = 256  # texts at a time


class Tag(NamedTuple):
    """A phrase in a folded text: from where to where, and as the tables have it.

    ``tight``: a digit stands right before it, or a letter of a wide script beside it. ``gap``: its longest white space.
    """

    start: int
    end: int
    phrase: str
    tight: bool = False
    gap: int = 0


class Tagger:
    """Finds the phrases of several tables, as whole words: a trie of the pieces of all phrases, walked once per text.

    Tables are named; a search names those that it wants, and of phrases that overlap gets the first, then the longest.
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
        self._held: dict[str, _Tags] = {}
        self._wanted = dict[tuple[str, ...], frozenset[str]]()

    def phrases(self, *tables: str) -> frozenset[str]:
        """Return the phrases of some tables; a table that is not there has none."""
        if tables not in self._wanted:
            self._wanted[tables] = frozenset().union(*(self._tables.get(table, ()) for table in tables))
        return self._wanted[tables]

    def find(self, words: str, tables: tuple[str, ...], start: int = 0, end: int = sys.maxsize) -> Iterator[Tag]:
        """Yield the phrases of ``tables`` between two places of a folded text, from left to right, none tight."""
        wanted = self.phrases(*tables)
        for tag in self._of(words).between(start, end):
            if tag.start >= start and tag.end <= end and tag.phrase in wanted and not tag.tight:
                start = tag.end
                yield tag

    def left(self, folded: str, words: str, tables: tuple[str, ...], span: tuple[int, int]) -> Iterator[Tag]:
        """Yield the phrases of a folded text that are left in ``words``, in which parts of it are blanked."""
        for tag in self.find(folded, tables, *span):
            if words.startswith(folded[tag.start : tag.end], tag.start):
                yield tag

    def first(self, words: str, tables: tuple[str, ...], start: int = 0, end: int = sys.maxsize) -> Tag | None:
        """Return the first phrase of ``tables`` between two places of a folded text."""
        return next(self.find(words, tables, start, end), None)

    def at(self, words: str, place: int, tables: tuple[str, ...]) -> Iterator[Tag]:
        """Yield every phrase of ``tables`` that begins at a place, tight ones too, the longest first."""
        wanted = self.phrases(*tables)
        return (tag for tag in self._of(words).by_start.get(place, ()) if tag.phrase in wanted)

    def starts(self, words: str, tables: tuple[str, ...]) -> set[int]:
        """Return where phrases of ``tables`` begin in a folded text, tight ones too."""
        wanted = self.phrases(*tables)
        tags = self._of(words).by_start.items()
        return {place for place, same in tags if any(tag.phrase in wanted for tag in same)}

    def leading(
        self, words: str, place: int, tables: tuple[str, ...], small: re.Pattern[str], start: int
    ) -> Tag | None:
        """Return the first phrase of ``tables`` from ``start`` on that only ``small`` words part from a place."""
        wanted = self.phrases(*tables)
        tags = (tag for tag in self._of(words).between(start, place) if tag.phrase in wanted and not tag.tight)
        return next((tag for tag in tags if tag.end <= place and small.fullmatch(words, tag.end, place)), None)

    def _of(self, words: str) -> _Tags:
        """Return all tags of a text; those of the latest texts are held."""
        if words not in self._held:
            if len(self._held) >= HELD:
                self._held.clear()
            self._held[words] = _Tags(self._tags(words))
        return self._held[words]

    def _tags(self, words: str) -> Iterator[Tag]:
        """Yield every phrase of every table, by where it begins, the longest first."""
        pieces = [(found[0], found.start()) for found in PIECE.finditer(words)]
        for index, (piece, start) in enumerate(pieces):
            if piece in self._trie or piece[0] == DATE or piece.isdigit():
                yield from reversed([*self._from(words, pieces, index, start)])

    def _from(self, words: str, pieces: list[tuple[str, int]], index: int, start: int) -> Iterator[Tag]:
        """Yield every phrase that begins with a piece."""
        node: dict[str, Any] | None = self._trie
        gap = 0
        while node and index < len(pieces):
            piece, place = pieces[index]
            end = place + len(piece)
            if piece.isspace():
                gap, piece = max(gap, len(piece)), " "
            elif piece[0] == DATE:
                piece = DATE
            node = node.get(piece) or (node.get(ANY_DIGITS) if piece.isdigit() else None)
            if node and "" in node and (touch := _touches(words, start, end)) is not None:
                yield Tag(start, end, node[""], touch, gap)
            index += 1


class _Tags:
    """The tags of a text, in their order and by where each begins."""

    def __init__(self, tags: Iterable[Tag]) -> None:
        self.by_start: dict[int, list[Tag]] = {}
        for tag in tags:
            self.by_start.setdefault(tag.start, []).append(tag)
        self._tags = [tag for same in self.by_start.values() for tag in same]
        self._starts = [tag.start for tag in self._tags]

    def between(self, start: int, end: int) -> list[Tag]:
        """Return the tags that begin between two places."""
        return self._tags[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def _touches(words: str, start: int, end: int) -> bool | None:
    """Tell whether a phrase touches a digit or a wide letter; ``None`` where it is only a part of a word."""
    before, after = words[max(0, start - 1) : start], words[end : end + 1]
    if before in APART and after in APART:
        return False
    joined = _is_letter(before) and _is_letter(words[start])
    joined_after = _is_letter(after) and _is_letter(words[end - 1])
    if joined and not before.isdigit() and before < WIDE and words[start] < WIDE:
        return None
    if joined_after and after < WIDE and words[end - 1] < WIDE:
        return None
    return joined or joined_after


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"
