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
from press.reading.nearby import NEAR, SPACE, begins_in
from press.reading.text import Span, Text

WORD = re.compile(r"[^\W\d][\w-]*(?:'\w+)?")
# how many words may stand inside a phrase of two words, and of more
MOST_INSIDE_PAIR = 2
MOST_INSIDE = 4
BETWEEN_WORDS = re.compile(SPACE)
GENITIVE = "'s"
SUBJECT = ""  # in place of a dimension: of words that name a subject


class NamedValue(NamedTuple):
    """Words of a text that name a value of a dimension, or several values of which any
    may be meant; or that name subjects.
    """

    values: frozenset[str]
    start: int
    end: int
    phrase: str = ""  # as the story has it


def find_named_values_by_dimension(
    folded_words: str, lexicon: Lexicon
) -> Mapping[str, tuple[NamedValue, ...]]:
    """Return the phrases in folded words that name values, by the name of their
    dimension.

    Under ``SUBJECT`` are words that name subjects. Bare ones, which have no values, are
    told by ``resolve_subjects``.
    """
    found = defaultdict[str, list[NamedValue]](list)
    for dimension, named in lexicon.derive(_PhraseFinder).find_values_with_dimension(
        folded_words
    ):
        found[dimension].append(named)
    return {dimension: tuple(named) for dimension, named in found.items()}


class _KnownPhrase(NamedTuple):
    """A phrase that names something; those of a dimension sort the longest first.

    ``rest`` are its words behind the second. None of ``stops`` may stand inside it:
    they say something else.
    """

    rank: int
    dimension: str
    phrase: str
    rest: Sequence[str]
    stops: frozenset[str]


class _PhraseFinder:
    """Finds the phrases of a language that name a subject or a value of a
    dimension.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        # by their first and second words
        self._phrases = defaultdict[str, defaultdict[str, list[_KnownPhrase]]](
            lambda: defaultdict(list)
        )
        self._values = {
            dimension.name: dimension.phrases for dimension in lexicon.dimensions
        }
        subjects = {phrase: frozenset[str]() for phrase in lexicon.bare_subjects}
        for phrase, name in lexicon.subjects.items():
            subjects[phrase] = frozenset([name])
        self._values[SUBJECT] = subjects
        stops = frozenset((*lexicon.directions, *lexicon.comparators))
        subject_stops = stops.union(lexicon.bare_subjects, lexicon.parties)
        for dimension, phrases in self._values.items():
            own_stops = stops if dimension else subject_stops
            longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
            for rank, phrase in enumerate(longest_first):
                first, *others = phrase.split()
                second = others[0] if others else ""
                self._phrases[first][second].append(
                    _KnownPhrase(rank, dimension, phrase, others[1:], own_stops)
                )

    def find_values_with_dimension(
        self, folded: str
    ) -> Iterator[tuple[str, NamedValue]]:
        """Yield dimensions and the words that name their values, the longest; none in
        another of the same dimension.
        """
        words = list(WORD.finditer(folded))
        next_index = dict[str, int]()  # where another of a dimension may begin
        for index, word in enumerate(words):
            for known, last in sorted(self._find_phrases_at(folded, words, index)):
                dimension = known.dimension
                if index >= next_index.get(dimension, 0):
                    next_index[dimension] = last + 1
                    values = self._values[dimension][known.phrase]
                    end = words[last].end()
                    named = NamedValue(values, word.start(), end, known.phrase)
                    yield dimension, named

    def _find_phrases_at(
        self, folded: str, words: Sequence[re.Match[str]], index: int
    ) -> Iterator[tuple[_KnownPhrase, int]]:
        """Yield each phrase whose first word stands at an index, and where its last
        does.
        """
        for first in _word_and_base_of_genitive(words[index]):
            by_second = self._phrases.get(first)
            if not by_second:
                continue
            yield from ((known, index) for known in by_second.get("", ()))
            end = _find_end_of_run_after_word(folded, words, index, 1 + MOST_INSIDE)
            for place in range(index + 1, end):
                for second in _word_and_base_of_genitive(words[place]):
                    for known in by_second.get(second, ()):
                        between = words[index + 1 : place]
                        if _can_stand_inside_phrase(
                            known, between
                        ) and _is_rest_of_phrase_after(known, folded, words, place):
                            yield known, place + len(known.rest)


def _is_rest_of_phrase_after(
    known: _KnownPhrase, folded: str, words: Sequence[re.Match[str]], second_index: int
) -> bool:
    """Tell whether the rest of a phrase follows its second word at a place."""
    end = _find_end_of_run_after_word(folded, words, second_index, len(known.rest))
    following = words[second_index + 1 : end]
    return len(following) == len(known.rest) and all(
        own in _word_and_base_of_genitive(word)
        for word, own in zip(following, known.rest, strict=True)
    )


def _can_stand_inside_phrase(
    known: _KnownPhrase, between: Sequence[re.Match[str]]
) -> bool:
    """Tell whether words may stand between the first word of a phrase and its second:
    they are few, and none is a stop.
    """
    most = MOST_INSIDE if known.rest else MOST_INSIDE_PAIR
    return len(between) <= most and known.stops.isdisjoint(word[0] for word in between)


def _word_and_base_of_genitive(word: re.Match[str]) -> tuple[str, ...]:
    """Return a word, and the word of which it is the genitive, if it is one."""
    whole = word[0]
    if whole.endswith(GENITIVE):
        return (whole, whole.removesuffix(GENITIVE))
    return (whole,)


def _find_end_of_run_after_word(
    folded: str, words: Sequence[re.Match[str]], index: int, most_words: int
) -> int:
    """Return the index behind the words that follow one with only spaces between them,
    ``most`` at most.
    """
    end = index + 1
    while end < len(words) and end <= index + most_words:
        between = folded[words[end - 1].end() : words[end].start()]
        if between != " " and not BETWEEN_WORDS.fullmatch(between):
            break
        end += 1
    return end


def resolve_named_subjects(
    text: Text,
    sentence: Span,
    named_subjects: Sequence[NamedValue],
    folded_title: str,
    lexicon: Lexicon,
) -> Iterator[NamedValue]:
    """Yield the words of a sentence that name a subject, with the subjects they mean.

    What bare ones mean is told by the parties that the sentence names, or else those of
    the folded ``title``; without a party it is any part of the whole.
    """
    matcher = lexicon.matcher
    own_parties = [*matcher.find_tags(text.folded_visible, ("parties",), *sentence)]
    parties = own_parties or [*matcher.find_tags(folded_title, ("parties",))]
    parts = frozenset(lexicon.subjects.values()) - {lexicon.whole_subject}
    balances = matcher.find_tags(text.folded_visible, ("of_balances",), *sentence)
    balance_starts = {tag.start for tag in balances}
    for item in named_subjects:
        if item.end + 1 in balance_starts:  # in "a sales surplus" no sales are meant
            continue
        if item.values:
            yield item
            continue
        meant = set[str]()
        clause = text.clause_at(sentence, item.start)
        for party in parties:
            before = []
            if own_parties and begins_in(party, clause):
                before = text.folded_visible[
                    max(0, party.start - NEAR) : party.start
                ].split()
            meant |= _find_subjects_of_bare_word_beside_party(
                item.phrase, before[-1:], party.phrase, lexicon
            )
        verb = item.phrase.rsplit(maxsplit=1)[-1]  # "bought" of "and bought"
        start = max(item.start, item.end - len(verb))
        yield NamedValue(frozenset(meant) or parts, start, item.end)


def _find_subjects_of_bare_word_beside_party(
    bare_word: str, word_before_party: list[str], party: str, lexicon: Lexicon
) -> set[str]:
    """Return the subjects that a bare phrase means beside a party: "sales" with "to the
    south" what "sales to the south" means.

    ``before`` is the word before the party, if any.
    """
    if name := lexicon.subjects.get(" ".join([bare_word, *word_before_party, party])):
        return {name}
    verb = bare_word.rsplit(maxsplit=1)[
        -1
    ]  # "and bought" is what "the south bought" is
    return {
        name
        for words, name in lexicon.subjects.items()
        if words.split()[-1].startswith(verb) and words.startswith(party)
    }
