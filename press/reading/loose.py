"""Phrases that are found loosely: a few words may stand inside one, "sales of cars to the south"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from press.reading.nearby import SPACE
from press.reading.tagger import Tag
from press.reading.text import Span

WORD = re.compile(r"[^\W\d][\w-]*(?:'\w+)?")
GAP = (0, 2, 4)  # how many words may stand inside a phrase of one word, of two, and of more
BETWEEN = re.compile(SPACE)

Word = tuple[str, int, int]  # folded, with its start and end


class Loose:
    """Finds phrases of several kinds, each with a few words inside or none."""

    def __init__(self, phrases: Mapping[str, Iterable[str]], stops: Collection[str]) -> None:
        """Sort the folded phrases of each kind by their first words; none of ``stops`` may stand inside one."""
        self._stops = stops
        self._phrases: dict[str, list[tuple[str, str, list[str]]]] = {}  # its kind, itself, its other words
        for kind, group in phrases.items():
            for phrase in sorted({*group}, key=len, reverse=True):
                first, *others = phrase.split()
                self._phrases.setdefault(first, []).append((kind, phrase, others))

    def find(self, folded: str, span: Span) -> Iterator[tuple[str, Tag]]:
        """Yield the phrases in a part of folded words with their kind, the longest; none in another of its kind."""
        words = [(found[0], found.start(), found.end()) for found in WORD.finditer(folded, *span)]
        done = dict[str, int]()
        for index, (word, start, _) in enumerate(words):
            for kind, phrase, others in self._beginning(word):
                if index >= done.get(kind, 0) and (length := self._length(folded, words, index, others)):
                    done[kind] = index + length
                    yield kind, Tag(start, words[index + length - 1][2], phrase)

    def _beginning(self, word: str) -> list[tuple[str, str, list[str]]]:
        """Return the phrases whose first word this is, or its genitive."""
        found = self._phrases.get(word, [])
        return [*found, *self._phrases.get(word[:-2], [])] if word.endswith("'s") else found

    def _length(self, folded: str, words: list[Word], index: int, others: list[str]) -> int:
        """Return over how many words a phrase reaches whose first is at an index, 0 if its others do not follow."""
        count = len(others)
        for length in range(1 + count, 2 + count + GAP[min(count, 2)]) if others else ():
            rest = words[index + length - count : index + length]
            if len(rest) < count:
                return 0
            if all(word in (other, f"{other}'s") for (word, _, _), other in zip(rest, others, strict=True)):
                return length if _touch(folded, words[index : index + length]) else 0
            if rest[0][0] in self._stops:  # the next word that would stand inside
                return 0
        return 0 if others else 1


def _touch(folded: str, words: list[Word]) -> bool:
    """Tell whether only a space stands between words: no punctuation, and no target of a link."""
    return all(BETWEEN.fullmatch(folded, one[2], other[1]) for one, other in pairwise(words))
