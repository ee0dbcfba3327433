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

from press.reading.lexicon import Lexicon, build_whole_phrase_pattern
from press.reading.places import NEAR, SPACE, begins_in
from press.reading.text import Span, Text

WORD = re.compile(r"[^\W\d][\w-]*(?:'\w+)?")
# how many words may stand inside a phrase of two words, and of more
MOST_INSIDE_PAIR = 2
MOST_INSIDE = 4
# Words with nothing but spaces between them: no phrase goes beyond these.
RUN = re.compile(rf"{WORD.pattern}(?:{SPACE}{WORD.pattern})*")
GENITIVE = "'s"
SUBJECT = ""  # in place of a dimension: of words that name a subject


class DimensionValueMention(NamedTuple):
    """Words of a text that name a value of a dimension, or several values of which any
    may be meant; or that name subjects.
    """

    values: frozenset[str]
    start: int
    end: int
    phrase: str = ""  # as the story has it


class _KnownPhrase(NamedTuple):
    """A phrase that names something; phrases sort the longest first.

    ``rest`` are its words behind the second. None of ``stops`` may stand inside it:
    they say something else.
    """

    negative_length: int
    phrase: str
    dimension: str
    rest: Sequence[str]
    stops: frozenset[str]
    values: frozenset[str]


class DimensionValueFinder:
    """Finds the phrases of a language that name a subject or a value of a dimension."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Sort the phrases of ``lexicon`` by their first and second words."""
        self._phrases = defaultdict[str, defaultdict[str, list[_KnownPhrase]]](
            lambda: defaultdict(list)
        )
        # with a full stop, a bracket and so on: "st. clair (mo.)"
        self._punctuated_phrases = defaultdict[str, list[_KnownPhrase]](list)
        subjects = dict.fromkeys(lexicon.bare_figure_subjects, frozenset[str]())
        for phrase, name in lexicon.figure_subjects.items():
            subjects[phrase] = frozenset([name])
        stops = frozenset((*lexicon.directions, *lexicon.comparators))
        subject_stops = stops.union(
            lexicon.bare_figure_subjects, lexicon.counterparties
        )
        self._add_phrases(SUBJECT, subjects, subject_stops)
        for each in lexicon.dimensions:
            self._add_phrases(each.name, each.phrases, stops)
        self._punctuated_pattern = build_whole_phrase_pattern(self._punctuated_phrases)

    def _add_phrases(
        self,
        dimension: str,
        values_by_phrase: Mapping[str, frozenset[str]],
        stops: frozenset[str],
    ) -> None:
        """Add the phrases of a dimension, none of which has any of ``stops`` inside."""
        for phrase, values in values_by_phrase.items():
            first, *others = phrase.split()
            second = "".join(others[:1])
            known = _KnownPhrase(
                -len(phrase), phrase, dimension, others[1:], stops, values
            )
            if all(map(WORD.fullmatch, phrase.split())):
                self._phrases[first][second].append(known)
            else:
                self._punctuated_phrases[phrase].append(known)

    def find_mentions_by_dimension(
        self, folded: str
    ) -> Mapping[str, Sequence[DimensionValueMention]]:
        """Return the words that name values, by the name of their dimension: the
        longest, none in another of the same dimension.

        Under ``SUBJECT`` are words that name subjects. Bare ones, which have no values,
        are told by ``resolve_bare_subjects_by_counterparties``.
        """
        found = defaultdict[str, list[DimensionValueMention]](list)
        phrases = [*self._find_loose_phrases(folded)]
        phrases += self._find_punctuated_phrases(folded)
        for start, known, end in sorted(phrases):
            others = found[known.dimension]
            if not others or others[-1].end <= start:
                mention = DimensionValueMention(known.values, start, end, known.phrase)
                others.append(mention)
        return found

    def _find_loose_phrases(
        self, folded: str
    ) -> Iterator[tuple[int, _KnownPhrase, int]]:
        """Yield each phrase made of words alone, with where it starts and ends; other
        words may stand inside.
        """
        for run in RUN.finditer(folded):
            words = list(WORD.finditer(folded, *run.span()))
            for index, word in enumerate(words):
                for known, last in self._find_phrases_at(words, index):
                    yield word.start(), known, words[last].end()

    def _find_punctuated_phrases(
        self, folded: str
    ) -> Iterator[tuple[int, _KnownPhrase, int]]:
        """Yield each phrase that has other characters than words, such as "st. clair",
        with where it starts and ends; it stands as the story has it.
        """
        for place in self._punctuated_pattern.finditer(folded):
            phrase = " ".join(place[0].split())
            for known in self._punctuated_phrases[phrase]:
                yield place.start(), known, place.end()

    def _find_phrases_at(
        self, words: Sequence[re.Match[str]], index: int
    ) -> Iterator[tuple[_KnownPhrase, int]]:
        """Yield each phrase whose first word stands at an index, and where its last
        does.
        """
        for first in _word_and_base_of_genitive(words[index]):
            by_second = self._phrases.get(first)
            if not by_second:
                continue
            yield from ((known, index) for known in by_second.get("", ()))
            near = words[index + 1 : index + 2 + MOST_INSIDE]
            for place, word in enumerate(near, index + 1):
                for second in _word_and_base_of_genitive(word):
                    for known in by_second.get(second, ()):
                        words_inside = words[index + 1 : place]
                        if _may_words_interrupt_phrase(
                            known, words_inside
                        ) and _is_rest_of_phrase_directly_after(known, words, place):
                            yield known, place + len(known.rest)


def _is_rest_of_phrase_directly_after(
    known: _KnownPhrase, words: Sequence[re.Match[str]], second_index: int
) -> bool:
    """Tell whether the rest of a phrase follows its second word at an index."""
    start = second_index + 1
    following = words[start : start + len(known.rest)]
    return len(following) == len(known.rest) and all(
        own in _word_and_base_of_genitive(word)
        for word, own in zip(following, known.rest, strict=True)
    )


def _may_words_interrupt_phrase(
    known: _KnownPhrase, words_inside: Sequence[re.Match[str]]
) -> bool:
    """Tell whether words may stand between the first word of a phrase and its second:
    they are few, and none is a stop.
    """
    most = MOST_INSIDE if known.rest else MOST_INSIDE_PAIR
    return len(words_inside) <= most and known.stops.isdisjoint(
        word[0] for word in words_inside
    )


def _word_and_base_of_genitive(word: re.Match[str]) -> set[str]:
    """Return a word, and the word of which it is the genitive, if it is one."""
    whole = word[0]
    return {whole, whole.removesuffix(GENITIVE)}


def resolve_bare_subjects_by_counterparties(
    text: Text,
    sentence: Span,
    named_subjects: Sequence[DimensionValueMention],
    folded_title: str,
    lexicon: Lexicon,
) -> Iterator[DimensionValueMention]:
    """Yield the words of a sentence that name a subject, with the subjects they mean.

    What bare ones mean is told by the counterparties that the sentence names, or else
    those of ``folded_title``; without any it is each part of the whole.
    """
    matcher = lexicon.matcher
    folded = text.folded_visible
    own_counterparties = [*matcher.find_tags(folded, ("counterparties",), *sentence)]
    counterparties = own_counterparties or [
        *matcher.find_tags(folded_title, ("counterparties",))
    ]
    parts = frozenset(lexicon.figure_subjects.values()) - {lexicon.whole_figure_subject}
    for item in named_subjects:
        if item.values:
            yield item
            continue
        meant = set[str]()
        clause = text.clause_or_sentence_at(sentence, item.start)
        for counterparty in counterparties:
            before = []
            if own_counterparties and begins_in(counterparty, clause):
                place = counterparty.start
                before = folded[max(0, place - NEAR) : place].split()
            meant |= _find_subjects_of_counterparty(
                item.phrase, before[-1:], counterparty.phrase, lexicon
            )
        verb = item.phrase.split()[-1]  # "bought" of "and bought"
        yield DimensionValueMention(
            frozenset(meant) or parts, item.end - len(verb), item.end
        )


def _find_subjects_of_counterparty(
    bare_word: str,
    word_before_counterparty: list[str],
    counterparty: str,
    lexicon: Lexicon,
) -> set[str]:
    """Return the subjects that a bare phrase means beside a counterparty: "sales" with
    "to the south" what "sales to the south" means.

    ``word_before_counterparty`` is empty where there is none.
    """
    if name := lexicon.figure_subjects.get(
        " ".join([bare_word, *word_before_counterparty, counterparty])
    ):
        return {name}
    # "and bought" is what "the south bought" is
    verb = bare_word.rsplit(maxsplit=1)[-1]
    return {
        name
        for words, name in lexicon.figure_subjects.items()
        if words.split()[-1].startswith(verb) and words.startswith(counterparty)
    }
