"""Whose flow a sentence tells: the phrases that name who sells to whom, and what bare ones can mean."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from press.reading.lexicon import KEPT
from press.reading.nearby import SPACE, just_before, lies_in
from press.reading.tagger import Tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.reading.lexicon import Lexicon
    from press.reading.text import Span, Text

WORD = re.compile(r"[^\W\d][\w-]*(?:'\w+)?")
GAP = (0, 2, 4)  # how many words may stand inside a phrase of one word, of two, and of more
BETWEEN = re.compile(SPACE)


class Flow(NamedTuple):
    """Words that say who sells to whom, and the subjects that they can mean."""

    subjects: frozenset[str]
    start: int
    end: int
    homeless: bool = False  # a bare "exports" where no country is named


@lru_cache(maxsize=KEPT)
def _phrases(lexicon: Lexicon) -> dict[str, list[tuple[str, list[str]]]]:
    """Return what names a flow, by its first word, the longest first: each phrase and its other words."""
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for phrase in sorted({*lexicon.subjects, *lexicon.bare_subjects}, key=len, reverse=True):
        first, *others = phrase.split()
        found.setdefault(first, []).append((phrase, others))
    return found


@lru_cache(maxsize=KEPT)
def _stops(lexicon: Lexicon) -> frozenset[str]:
    """Return the words that stand inside no phrase that names a flow: they say something else."""
    return frozenset({*lexicon.directions, *lexicon.bare_subjects, *lexicon.parties, *lexicon.comparators})


def flows_of(text: Text, sentence: Span, lexicon: Lexicon, title: str) -> Iterator[Flow]:
    """Yield the flow words of a sentence; what bare ones mean follows from the country that is named beside them.

    Where the sentence names none, the folded ``title`` may.
    """
    here = [*lexicon.tagger.find(text.folded, ("parties",), *sentence)]
    titled = [] if here else [*lexicon.tagger.find(title, ("parties",))]
    for start, end, phrase, *_ in _flow_phrases(text.folded, sentence, lexicon):
        if phrase in lexicon.subjects:
            yield Flow(frozenset([lexicon.subjects[phrase]]), start, end)
            continue
        clause = text.clause(sentence, start)
        meant = set[str]()
        for country in here or titled:
            near = bool(here) and lies_in(country, clause)
            before = just_before(text, country).split()[-1:] if near else []
            meant |= _meant(phrase, before, country.phrase, lexicon)
        every = frozenset(lexicon.subjects.values()) - {lexicon.whole}
        yield Flow(frozenset(meant) or every, start, end, homeless=not (here or titled))


def _flow_phrases(folded: str, sentence: Span, lexicon: Lexicon) -> Iterator[Tag]:
    """Yield the phrases that name a flow; a few words may stand inside: "exports of cars to Russia"."""
    words = [(found[0], found.start(), found.end()) for found in WORD.finditer(folded, *sentence)]
    phrases, stops, done = _phrases(lexicon), _stops(lexicon), 0
    for index, (word, start, _) in enumerate(words):
        for phrase, others in phrases.get(word, ()) if index >= done else ():
            if length := _length(folded, words[index:], others, stops):
                done = index + length
                yield Tag(start, words[done - 1][2], phrase)
                break


def _length(folded: str, words: list[tuple[str, int, int]], others: list[str], stops: frozenset[str]) -> int:
    """Return over how many words a phrase reaches whose first is found, 0 if its other words do not follow."""
    most = GAP[min(len(others), 2)]
    for length in range(1 + len(others), 2 + len(others) + most):
        if length > len(words) or not _touch(folded, words[:length]):
            return 0
        rest = [word for word, _, _ in words[length - len(others) : length]]
        if all(word in {other, f"{other}'s"} for word, other in zip(rest, others, strict=True)):
            return length
        if words[length - len(others)][0] in stops:  # the next word that would stand inside
            return 0
    return 0


def _touch(folded: str, words: list[tuple[str, int, int]]) -> bool:
    """Tell whether only a space stands between words: no punctuation, and no target of a link."""
    return all(BETWEEN.fullmatch(folded, one[2], other[1]) for one, other in pairwise(words))


def _meant(bare: str, before: list[str], country: str, lexicon: Lexicon) -> set[str]:
    """Return what bare "imports" are beside a country: with "from Russia" what "imports from Russia" are."""
    if name := lexicon.subjects.get(" ".join([bare, *before, country])):
        return {name}
    return {
        name
        for words, name in lexicon.subjects.items()
        if words.split()[-1].startswith(bare) and words.startswith(country)
    }
