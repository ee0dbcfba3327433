"""What a sentence is about: the phrases that name a subject of the story, and what bare ones can mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from press.reading.lexicon import KEPT, Lexicon
from press.reading.nearby import SPACE, just_before, lies_in
from press.reading.tagger import Tag
from press.reading.text import Span, Text

WORD = re.compile(r"[^\W\d][\w-]*(?:'\w+)?")
GAP = (0, 2, 4)  # how many words may stand inside a phrase of one word, of two, and of more
BETWEEN = re.compile(SPACE)

Word = tuple[str, int, int]  # folded, with its start and end


class NamedSubject(NamedTuple):
    """Words that name a subject, and the subjects that they can mean.

    ``unclear``: a bare word such as "sales", where nothing says whose they are.
    """

    subjects: frozenset[str]
    start: int
    end: int
    unclear: bool = False


class SubjectFinder:
    """Finds the words that name a subject of a story. Bare ones are told apart by the party named beside them."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Sort the phrases of ``lexicon`` by their first words, the longest first."""
        self._lexicon = lexicon
        self._parts = frozenset(lexicon.subjects.values()) - {lexicon.whole}
        self._phrases: dict[str, list[tuple[str, list[str]]]] = {}  # by its first word each phrase and its others
        for phrase in sorted({*lexicon.subjects, *lexicon.bare_subjects}, key=len, reverse=True):
            first, *others = phrase.split()
            self._phrases.setdefault(first, []).append((phrase, others))
        # Words that stand inside no phrase that names a subject: they say something else.
        self._stops = {*lexicon.directions, *lexicon.bare_subjects, *lexicon.parties, *lexicon.comparators}

    def find(self, text: Text, sentence: Span, title: str) -> Iterator[NamedSubject]:
        """Yield the words of a sentence that name a subject; where it names no party, the folded ``title`` may."""
        tagger = self._lexicon.tagger
        here = [*tagger.find(text.folded, ("parties",), *sentence)]
        parties = here or [*tagger.find(title, ("parties",))]
        for start, end, phrase, *_ in self._found(text.folded, sentence):
            if phrase in self._lexicon.subjects:
                yield NamedSubject(frozenset([self._lexicon.subjects[phrase]]), start, end)
                continue
            clause = text.clause(sentence, start)
            meant = set[str]()
            for party in parties:
                near = bool(here) and lies_in(party, clause)
                before = just_before(text, party).split()[-1:] if near else []
                meant |= self._meant(phrase, before, party.phrase)
            yield NamedSubject(frozenset(meant) or self._parts, start, end, unclear=not parties)

    def _found(self, folded: str, sentence: Span) -> Iterator[Tag]:
        """Yield the phrases that name a subject; a few words may stand inside: "sales of cars to the south"."""
        words = [(found[0], found.start(), found.end()) for found in WORD.finditer(folded, *sentence)]
        done = 0
        for index, (word, start, _) in enumerate(words):
            for phrase, others in self._phrases.get(word, ()) if index >= done else ():
                if length := self._length(folded, words[index:], others):
                    done = index + length
                    yield Tag(start, words[done - 1][2], phrase)
                    break

    def _length(self, folded: str, words: list[Word], others: list[str]) -> int:
        """Return over how many words a phrase reaches whose first is found, 0 if its other words do not follow."""
        most = GAP[min(len(others), 2)]
        for length in range(1 + len(others), 2 + len(others) + most):
            if length > len(words) or not _touch(folded, words[:length]):
                return 0
            rest = [word for word, _, _ in words[length - len(others) : length]]
            if all(word in {other, f"{other}'s"} for word, other in zip(rest, others, strict=True)):
                return length
            if words[length - len(others)][0] in self._stops:  # the next word that would stand inside
                return 0
        return 0

    def _meant(self, bare: str, before: list[str], party: str) -> set[str]:
        """Return what bare "sales" are beside a party: with "to the south" what "sales to the south" are."""
        subjects = self._lexicon.subjects
        if name := subjects.get(" ".join([bare, *before, party])):
            return {name}
        return {
            name for words, name in subjects.items() if words.split()[-1].startswith(bare) and words.startswith(party)
        }


def _touch(folded: str, words: list[Word]) -> bool:
    """Tell whether only a space stands between words: no punctuation, and no target of a link."""
    return all(BETWEEN.fullmatch(folded, one[2], other[1]) for one, other in pairwise(words))


subject_finder = lru_cache(maxsize=KEPT)(SubjectFinder)
