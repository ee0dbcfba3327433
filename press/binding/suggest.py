"""Facts of which a number is true that is bound to none: nobody need know
their names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from itertools import islice

from press.binding.arguments import Arguments
from press.binding.facts import Fact, Facts, told
from press.binding.latest import LENGTHS
from press.binding.paragraph import hold_paragraph
from press.binding.truth import Case, is_true, number_holds
from press.ground.errors import Fault
from press.ground.period import Day, Period
from press.reading import (
    PhraseError,
    Placed,
    Sentence,
    Span,
    Text,
    Texts,
    Vocabulary,
    fold,
    lies_in,
    parse,
    sentences,
)

MOST = 3  # facts in a hint
TRIED = 12  # as many of the nearest are read in their sentence
WORD = re.compile(r"\w+")


class Suggester:
    """Tries a number on every fact that the texts, or its sentence, have the arguments
    for.
    """

    def __init__(self, vocabulary: Vocabulary, texts: Texts, facts: Facts) -> None:
        """Prepare for numbers in ``texts``."""
        self._vocabulary, self._texts, self._facts = vocabulary, texts, facts
        self._titles = {text.path: title for title, group in texts for text in group}

    def hint(self, text: Text, fault: Fault) -> str:
        """Name facts of which a number is true that has no link, or one to no fact;
        else say what the fault does.
        """
        title = self._titles.get(text.path, "")
        link = next(
            (link for link in text.bindings if link.words_start == fault.start), None
        )
        read = sentences(text, self._vocabulary.lexicon, title)
        sentence = next((item for item in read if lies_in(fault, item.span)), None)
        if sentence is None or (link and link.scheme != "fact"):
            return fault.hint
        words = (
            Span(link.words_start, link.words_end)
            if link
            else Span(fault.start, fault.end)
        )
        others = "; or ".join(
            islice(self._others(sentence, words, link or fault), MOST)
        )
        own = f"{fault.hint.rstrip('.')}; or " if link and fault.hint else ""
        return f"{own}write {others}" if others else fault.hint

    def _others(self, sentence: Sentence, words: Span, place: Placed) -> Iterator[str]:
        """Yield the number linked to each other fact of which it is true, with the
        fact's label.
        """
        written = sentence.shown(words)
        for label, fact in self._true(sentence, words)[:TRIED]:
            new = f"[{written}](fact:{fact.key})"
            if self._mends(sentence, place, new):
                yield f'{new}, which is "{label}"'

    def _true(self, sentence: Sentence, words: Span) -> list[tuple[str, Fact]]:
        """Return the facts of which words are true, each with its label, the nearest
        label first.
        """
        text, lexicon, found = sentence.text, sentence.lexicon, list[tuple[str, Fact]]()
        with suppress(PhraseError):
            phrase = parse(written := text.value[slice(*words)], lexicon)
            ways = frozenset(
                tag.phrase
                for tag in lexicon.tagger.find(
                    text.folded, ("directions",), *sentence.span
                )
            )
            for fact in self._every(sentence):
                case = Case(written, phrase, fact.quantity, lexicon, ways=ways)
                # "2023" is true of each month of 2023, too
                if number_holds(case) and is_true(case):
                    found.append((told(fact, self._vocabulary, self._facts)[0], fact))
        around = {*WORD.findall(text.folded[slice(*sentence.span)])}
        return sorted(found, key=lambda item: (_distance(item[0], around), item[1].key))

    def _every(self, sentence: Sentence) -> Iterator[Fact]:
        """Yield every fact that has a figure for arguments that texts use, or for the
        times that a sentence names.
        """
        named = [item.period for item in sentence.times]
        days = [
            item for item in sentence.paragraph.days if lies_in(item, sentence.span)
        ]
        known = (
            period
            for table in self._facts.data.values()
            for period in table.periods
            if days and period.day
        )
        ends = {period.last for period in named}
        own = {
            kind: {str(Period.of(end, length)) for end in ends}
            for kind, length in LENGTHS.items()
            if length
        }
        own[int] |= {str(period.year - 1) for period in named}
        own[Day] = {
            str(period)
            for period in known
            if any(item.is_among({period}) for item in days)
        }

        def times(parameter: str, kind: object) -> list[str]:
            return sorted(self._arguments.used[parameter] | own.get(kind, set()))

        for name in sorted(self._facts.code.functions):
            yield from self._arguments.facts(name, times)

    @cached_property
    def _arguments(self) -> Arguments:
        return Arguments(self._texts, self._facts)

    def _mends(self, sentence: Sentence, place: Placed, new: str) -> bool:
        """Tell whether less is wrong with a number once it is bound anew, and nothing
        else becomes wrong.
        """
        text = sentence.text
        anew = replace(
            text,
            value=f"{text.value[: place.start]}{new}{text.value[place.end :]}",
            without_code=None,
        )
        return self._wrong(anew, sentence) < self._wrong(text, sentence)

    def _wrong(self, text: Text, sentence: Sentence) -> Counter[str]:
        held = hold_paragraph(
            text, sentence.paragraph.title, self._vocabulary, self._facts
        )
        return Counter(fault.message for fault in held.faults)


def _distance(label: str, around: set[str]) -> float:
    """Return how far a label is from a sentence, 0 to 1: which part of its words the
    sentence lacks.
    """
    words = {*WORD.findall(fold(label))}
    return len(words - around) / max(len(words), 1)
