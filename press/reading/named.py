"""What words say of the figures beside them: whose they are; which goods, whose count,
in which prices.

Phrases are found loosely: a few words may stand behind the first of one, "sales of cars
to the south".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from press.reading.lexicon import Lexicon
from press.reading.nearby import NEAR, SPACE, lies_in
from press.reading.tagger import Tag
from press.reading.text import Span, Text

WORD = re.compile(r"[^\W\d][\w-]*(?:'\w+)?")
GAP = (2, 4)  # how many words may stand inside a phrase of two words, and of more
BETWEEN = re.compile(SPACE)
OWN = "'s"
SUBJECT = ""  # in place of a dimension: of words that name a subject


class NamedValue(NamedTuple):
    """Words that name subjects, or values of a dimension: one, or several of which any
    may be meant.
    """

    values: frozenset[str]
    start: int
    end: int
    phrase: str = ""  # as the story has it


class _Known(NamedTuple):
    """A phrase that names something: its place among all of them, its dimension,
    itself, its words behind the second.

    None of ``stops`` may stand inside it: they say something else.
    """

    rank: int
    dimension: str
    phrase: str
    rest: Sequence[str]
    stops: frozenset[str]


class _Phrases:
    """The phrases of a language that name a subject or a value of a dimension, by their
    first and second words.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._known = defaultdict[str, defaultdict[str, list[_Known]]](
            lambda: defaultdict(list)
        )
        stops = frozenset((*lexicon.directions, *lexicon.comparators))
        bare = {phrase: frozenset[str]() for phrase in lexicon.bare_subjects}
        self.values = {
            dimension.name: dimension.phrases for dimension in lexicon.dimensions
        }
        self.values[SUBJECT] = bare | {
            phrase: frozenset([name]) for phrase, name in lexicon.subjects.items()
        }
        for name, phrases in self.values.items():
            apart = (
                stops if name else stops | {*lexicon.bare_subjects, *lexicon.parties}
            )
            for rank, phrase in enumerate(
                sorted(phrases, key=lambda item: (-len(item), item))
            ):
                first, second, *rest = *phrase.split(), ""
                self._known[first][second].append(
                    _Known(rank, name, phrase, rest[:-1], apart)
                )

    def find(self, folded: str) -> Iterator[tuple[str, Tag]]:
        """Yield the phrases in folded words, the longest, with their dimension; none in
        another of it.
        """
        words, done = list(WORD.finditer(folded)), dict[str, int]()
        for index, word in enumerate(words):
            for known, last in sorted(self._at(folded, words, index)):
                if index >= done.get(known.dimension, 0):
                    done[known.dimension] = last + 1
                    yield (
                        known.dimension,
                        Tag(word.start(), words[last].end(), known.phrase),
                    )

    def _at(
        self, folded: str, words: Sequence[re.Match[str]], index: int
    ) -> Iterator[tuple[_Known, int]]:
        """Yield each phrase whose first word stands at an index, and where its last
        does.
        """
        for first in filter(self._known.__contains__, _forms(words[index])):
            by_second = self._known[first]
            yield from ((known, index) for known in by_second.get("", ()))
            for place in range(index + 1, _end(folded, words, index, 1 + max(GAP))):
                for known in (
                    known
                    for second in _forms(words[place])
                    for known in by_second.get(second, ())
                ):
                    rest = words[
                        place + 1 : _end(folded, words, place, len(known.rest))
                    ]
                    whole = len(rest) == len(known.rest) and all(
                        own in _forms(each)
                        for each, own in zip(rest, known.rest, strict=True)
                    )
                    near = place - index <= 1 + GAP[bool(known.rest)]
                    if (
                        near
                        and whole
                        and known.stops.isdisjoint(
                            word[0] for word in words[index + 1 : place]
                        )
                    ):
                        yield known, place + len(known.rest)


def _forms(word: re.Match[str]) -> tuple[str, ...]:
    """Return a word, and what it is the genitive of."""
    return (word[0], word[0].removesuffix(OWN)) if word[0].endswith(OWN) else (word[0],)


def _end(folded: str, words: Sequence[re.Match[str]], index: int, most: int) -> int:
    """Return where the words end that follow one, so many at ``most``, only spaces
    apart: no mark, no link's target.
    """
    end = index + 1
    while end < len(words) and end <= index + most:
        between = folded[words[end - 1].end() : words[end].start()]
        if between != " " and not BETWEEN.fullmatch(between):
            break
        end += 1
    return end


def named_values(folded: str, lexicon: Lexicon) -> Mapping[str, tuple[NamedValue, ...]]:
    """Return the words in folded words that name values of dimensions, by the name of
    each.

    Under ``SUBJECT`` are words that name subjects. Bare ones, which have no values, are
    told by ``subjects_of``.
    """
    known, found = lexicon.derive(_Phrases), defaultdict[str, list[NamedValue]](list)
    for name, (start, end, phrase, *_) in known.find(folded):
        found[name].append(NamedValue(known.values[name][phrase], start, end, phrase))
    return {name: tuple(items) for name, items in found.items()}


def subjects_of(
    text: Text,
    sentence: Span,
    named: Sequence[NamedValue],
    title: str,
    lexicon: Lexicon,
) -> Iterator[NamedValue]:
    """Yield the words of a sentence that name a subject; bare ones by the party that
    stands beside them.

    Where the sentence names no party, the folded ``title`` may.
    """
    tagger = lexicon.tagger
    here = [*tagger.find(text.folded, ("parties",), *sentence)]
    parties = here or [*tagger.find(title, ("parties",))]
    parts = frozenset(lexicon.subjects.values()) - {lexicon.whole}
    balances = {
        tag.start for tag in tagger.find(text.folded, ("of_balances",), *sentence)
    }
    for item in named:
        if item.end + 1 in balances:  # in "a sales surplus" no sales are meant
            continue
        if item.values:
            yield item
            continue
        clause, meant = text.clause(sentence, item.start), set[str]()
        for party in parties:
            near = (
                max(0, party.start - NEAR)
                if here and lies_in(party, clause)
                else party.start
            )
            before = text.folded[near : party.start].split()[-1:]
            meant |= _meant(item.phrase, before, party.phrase, lexicon)
        verb = item.phrase.rsplit(maxsplit=1)[-1]  # "bought" of "and bought"
        yield NamedValue(
            frozenset(meant) or parts, max(item.start, item.end - len(verb)), item.end
        )


def _meant(bare: str, before: list[str], party: str, lexicon: Lexicon) -> set[str]:
    """Return what bare "sales" are beside a party: with "to the south" what "sales to
    the south" are.
    """
    if name := lexicon.subjects.get(" ".join([bare, *before, party])):
        return {name}
    said = bare.rsplit(maxsplit=1)[-1]  # "and bought" is what "the south bought" is
    return {
        name
        for words, name in lexicon.subjects.items()
        if words.split()[-1].startswith(said) and words.startswith(party)
    }
