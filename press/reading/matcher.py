"""Finds every phrase of a language's tables that stands in a text, in one pass."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any, NamedTuple

from press.ground.cache import BINDINGS

# stands for each character of a date, so that phrases around dates can be found
DATE = "\ue000"
# Runs of letters, of digits, of white space, of dates; any other character by itself.
PIECE = re.compile(rf"[^\W\d_]+|\d+|\s+|{DATE}+|.", re.DOTALL)
ANY_DIGITS = "#"  # in a phrase, as a word of its own


class PhraseTag(NamedTuple):
    """A phrase in a folded text: from where to where, and as the tables have it.

    ``follows_digit``: a digit stands right before it, as in "5kg".
    """

    start: int
    end: int
    phrase: str
    follows_digit: bool = False


class PhraseMatcher:
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
        _copy_digit_placeholder_to_digit_branches(self._trie)
        # what ``phrases_of`` has returned
        self._phrases_of_tables = dict[tuple[str, ...], frozenset[str]]()

    def limited_to(self, *tables: str) -> PhraseMatcher:
        """Return a new matcher of some tables alone: it is faster than this one."""
        return PhraseMatcher({name: self.phrases_of(name) for name in tables})

    def phrases_of(self, *tables: str) -> frozenset[str]:
        """Return the phrases of some tables; a table that is not there has none."""
        if tables not in self._phrases_of_tables:
            phrases = (self._tables.get(table, ()) for table in tables)
            self._phrases_of_tables[tables] = frozenset().union(*phrases)
        return self._phrases_of_tables[tables]

    def find_tags(
        self,
        words: str,
        tables: tuple[str, ...],
        start: int = 0,
        end: int = sys.maxsize,
    ) -> Iterator[PhraseTag]:
        """Yield the phrases of ``tables`` between two places of a folded text, from
        left to right; none that follows a digit.
        """
        wanted = self.phrases_of(*tables)
        for tag in self._cached_tags(words).tags_between(start, end):
            if tag.phrase in wanted and tag.start >= start and tag.end <= end:
                start = tag.end
                yield tag

    def find_tags_in_both(
        self,
        folded: str,
        blanked_words: str,
        tables: tuple[str, ...],
        span: tuple[int, int],
    ) -> Iterator[PhraseTag]:
        """Yield the phrases of ``tables`` in a span of a folded text that also stand in
        ``blanked_words``, which is the same text with parts of it blanked.
        """
        for tag in self.find_tags(folded, tables, *span):
            if blanked_words.startswith(folded[tag.start : tag.end], tag.start):
                yield tag

    def find_first_tag(
        self,
        words: str,
        tables: tuple[str, ...],
        start: int = 0,
        end: int = sys.maxsize,
    ) -> PhraseTag | None:
        """Return the first phrase of ``tables`` between two places of a folded text."""
        return next(self.find_tags(words, tables, start, end), None)

    def list_phrases_starting_in(self, words: str, start: int, end: int) -> set[str]:
        """Return every phrase of any table that begins between two places of a folded
        text, also inside another; none that follows a digit.
        """
        tags = self._cached_tags(words).tags_between(start, end)
        return {tag.phrase for tag in tags}

    def tags_by_start(self, words: str) -> Mapping[int, Sequence[PhraseTag]]:
        """Return the phrases of any table by where they begin in a folded text, those
        that follow a digit too, the longest first.
        """
        return self._cached_tags(words).by_start

    def find_first_tag_leading_to(
        self,
        words: str,
        place: int,
        tables: tuple[str, ...],
        pattern_between: re.Pattern[str],
        start: int,
    ) -> PhraseTag | None:
        """Return the first phrase of ``tables`` behind ``start`` that leads up to a
        place, so that ``pattern_between`` matches what is between them; none that
        follows a digit.
        """
        wanted = self.phrases_of(*tables)
        for tag in self._cached_tags(words).tags_between(start, place):
            if tag.phrase not in wanted or tag.end > place:
                continue
            if pattern_between.fullmatch(words, tag.end, place):
                return tag
        return None

    def _cached_tags(self, words: str) -> _TagsByStart:
        """Return every phrase of every table in a text, from the cache: it is asked for
        each of many tables.
        """
        return BINDINGS.get(("tags", self, words), lambda _: self._find_all_tags(words))

    def _find_all_tags(self, words: str) -> _TagsByStart:
        """Walk the trie from each piece of a text with which a phrase may begin."""
        pieces = PIECE.findall(words)
        positions = [*accumulate(map(len, pieces), initial=0)]
        beginnings = {
            piece
            for piece in {*pieces}
            if _follow_piece_or_placeholder(self._trie, piece)
        }
        found = {}
        for index, piece in enumerate(pieces):
            if piece in beginnings:
                tags = self._list_tags_starting_at(words, pieces, index, positions)
                if tags:
                    found[positions[index]] = tags
        return _TagsByStart(found)

    def _list_tags_starting_at(
        self, words: str, pieces: list[str], first: int, positions: list[int]
    ) -> list[PhraseTag]:
        """Return every phrase that begins with the ``first`` piece, the longest first.

        The pieces of ``words`` stand at ``positions``, of which the last is the end.
        """
        found = list[PhraseTag]()
        start = positions[first]
        is_inside_word = _is_inside_word(words, start)
        follows_digit = is_inside_word and words[start - 1].isdigit()
        if is_inside_word and not follows_digit:
            return found
        node = self._trie
        for index in range(first, len(pieces)):
            piece = pieces[index]
            following = _follow_piece_or_placeholder(node, piece)
            if not following:
                break
            node = following
            end = positions[index + 1]
            if "" in node and not _is_inside_word(words, end):
                found.insert(0, PhraseTag(start, end, node[""], follows_digit))
        return found


def _copy_digit_placeholder_to_digit_branches(node: dict[str, Any]) -> None:
    """Add to each branch of certain digits what follows any digits: with the phrases
    "3q" and "#rd quarter", "3rd quarter" is found as well.
    """
    any_digits = node.get(ANY_DIGITS, {})
    for piece, following in node.items():
        if piece == "":
            continue
        if piece.isdigit():
            _add_missing_branches(following, any_digits)
        _copy_digit_placeholder_to_digit_branches(following)


def _add_missing_branches(node: dict[str, Any], other: dict[str, Any]) -> None:
    """Add the phrases below another node of the trie that a node does not have."""
    for piece, following in other.items():
        if piece == "":
            node.setdefault(piece, following)
        else:
            _add_missing_branches(node.setdefault(piece, {}), following)


def _follow_piece_or_placeholder(
    node: dict[str, Any], piece: str
) -> dict[str, Any] | None:
    """Return the node of the trie to which a piece leads: by itself, or as any digits,
    any date, a space for other white space.
    """
    found = node.get(piece)
    if found or piece.isalpha():
        return found
    if piece.isdigit():
        return node.get(ANY_DIGITS)
    if piece[0] == DATE:
        return node.get(DATE)
    return node.get(" ") if piece.isspace() else None


class _TagsByStart:
    """The tags of a text by where each begins, the longest first, and in their
    order.
    """

    def __init__(self, by_start: dict[int, list[PhraseTag]]) -> None:
        self.by_start = by_start
        tags = chain.from_iterable(by_start.values())
        self._tags = [tag for tag in tags if not tag.follows_digit]
        self._starts = [tag.start for tag in self._tags]

    def tags_between(self, start: int, end: int) -> list[PhraseTag]:
        """Return the tags that begin between two places, but follow no digit."""
        first = bisect_left(self._starts, start)
        return self._tags[first : bisect_left(self._starts, end)]


def _is_inside_word(words: str, position: int) -> bool:
    """Tell whether a letter or a digit stands on both sides of a position."""
    before = words[position - 1 : position]
    return _is_letter(before) and _is_letter(words[position : position + 1])


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"
