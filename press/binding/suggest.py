"""Facts of which a number is true that is bound to none: nobody need know
their names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from press.binding.arguments import FactArguments
from press.binding.case import WordsAndFigure
from press.binding.facts import Fact, Facts, describe_fact
from press.binding.latest import LENGTHS
from press.binding.number_truth import is_number_true
from press.binding.paragraph import check_paragraph
from press.binding.times import find_days_named
from press.binding.truth import is_true
from press.ground.errors import Fault
from press.ground.period import Day, Period
from press.reading import (
    Link,
    PhraseError,
    Placed,
    Sentence,
    Span,
    Text,
    Texts,
    Vocabulary,
    begins_in,
    fold_text,
    parse_quantity,
    read_sentences,
)

MOST_PROPOSALS = 3  # facts in a hint
MOST_TRIED = 12  # as many of the nearest are read in their sentence
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class LabelledFact:
    """A fact with the label that readers are shown."""

    label: str
    fact: Fact

    def distance_to(self, words: set[str]) -> float:
        """Return how far its label is from a sentence of some words, 0 to 1: which part
        of the label's words the sentence lacks.
        """
        own = {*WORD.findall(fold_text(self.label))}
        return len(own - words) / max(len(own), 1)


class FactSuggester:
    """Tries a number on every fact that the texts, or its sentence, have the arguments
    for.
    """

    def __init__(self, vocabulary: Vocabulary, texts: Texts, facts: Facts) -> None:
        """Prepare for numbers in ``texts``."""
        self._vocabulary = vocabulary
        self._texts = texts
        self._facts = facts
        self._titles = {text.path: title for title, group in texts for text in group}

    def suggest_facts(self, text: Text, fault: Fault) -> str:
        """Name facts of which a number is true that has no link, or one to no fact;
        else say what the fault does.
        """
        link = _find_link(text, fault)
        sentence = self._find_sentence(text, fault)
        if sentence is None or (link and link.scheme != "fact"):
            return fault.hint
        words = Span(fault.start, link.words_end if link else fault.end)
        found = self._proposals(sentence, link or fault, words)
        proposals = "; or ".join(islice(found, MOST_PROPOSALS))
        if not proposals:
            return fault.hint
        if link and fault.hint:
            return f"{fault.hint.rstrip('.')}; or write {proposals}"
        return f"write {proposals}"

    def _find_sentence(self, text: Text, fault: Fault) -> Sentence | None:
        """Return the sentence of a text in which a fault is."""
        title = self._titles.get(text.path, "")
        for sentence in read_sentences(text, self._vocabulary.lexicon, title):
            if begins_in(fault, sentence.span):
                return sentence
        return None

    def _proposals(
        self, sentence: Sentence, place: Placed, words: Span
    ) -> Iterator[str]:
        """Yield a link of the number to each other fact of which it is true, with the
        fact's label.

        ``place`` is what the link would stand in the place of, ``words`` its number.
        """
        written = sentence.visible_words(words)
        for found in self._true_facts(sentence, words)[:MOST_TRIED]:
            link = f"[{written}](fact:{found.fact.key})"
            if self._is_improvement(sentence, place, link):
                yield f'{link}, which is "{found.label}"'

    # ---- The facts of which a number is true

    def _true_facts(self, sentence: Sentence, words: Span) -> list[LabelledFact]:
        """Return the facts of which a number is true, the nearest label first."""
        text = sentence.text
        lexicon = sentence.lexicon
        written = text.value[slice(*words)]
        directions = lexicon.matcher.find_tags(
            text.folded_visible, ("directions",), *sentence.span
        )
        ways = frozenset(tag.phrase for tag in directions)
        found: list[LabelledFact] = []
        with suppress(PhraseError):
            phrase = parse_quantity(written, lexicon)
            for fact in self._facts_to_try(sentence):
                case = WordsAndFigure(
                    written, phrase, fact.quantity, lexicon, direction_words=ways
                )
                # "2023" is true of each month of 2023, too
                if is_number_true(case) and is_true(case):
                    label = describe_fact(fact, self._vocabulary, self._facts)[0]
                    found.append(LabelledFact(label, fact))
        around = {*WORD.findall(text.folded_visible[slice(*sentence.span)])}
        return sorted(found, key=lambda item: (item.distance_to(around), item.fact.key))

    def _facts_to_try(self, sentence: Sentence) -> Iterator[Fact]:
        """Yield every fact that has a figure for arguments that texts use, or for the
        times that a sentence names.
        """
        named = self._times_by_type(sentence)

        def times_to_try(parameter: str, kind: object) -> list[str]:
            return sorted(self._arguments.used[parameter] | named.get(kind, set()))

        for name in sorted(self._facts.fact_functions.functions):
            yield from self._arguments.list_facts(name, times_to_try)

    @cached_property
    def _arguments(self) -> FactArguments:
        """The arguments that texts give to facts."""
        return FactArguments(self._texts, self._facts)

    def _times_by_type(self, sentence: Sentence) -> dict[object, set[str]]:
        """Return the times that a sentence names, and the years before them, by the
        types of arguments.
        """
        named = [item.period for item in sentence.times]
        times: dict[object, set[str]] = {Day: self._table_days_named(sentence)}
        for kind, length in LENGTHS.items():
            if length:
                times[kind] = {str(Period.of(item.last, length)) for item in named}
        times[int] |= {str(item.year - 1) for item in named}
        return times

    def _table_days_named(self, sentence: Sentence) -> set[str]:
        """Return the days of the tables that a sentence names."""
        named = find_days_named(sentence)
        if not named:
            return set()
        days: set[str] = set()
        for table in self._facts.data.values():
            for period in table.periods:
                if period.day and any(item.is_among({period}) for item in named):
                    days.add(str(period))
        return days

    # ---- What a new link would do to its sentence

    def _is_improvement(self, sentence: Sentence, place: Placed, link: str) -> bool:
        """Tell whether less is wrong with a number once it is bound anew, and nothing
        else becomes wrong.
        """
        text = sentence.text
        value = f"{text.value[: place.start]}{link}{text.value[place.end :]}"
        changed = replace(text, value=value, without_code=None)
        title = sentence.paragraph.title
        return self._count_faults(changed, title) < self._count_faults(text, title)

    def _count_faults(self, text: Text, title: str) -> Counter[str]:
        """Return how often each thing is wrong in a text that stands under a title."""
        held = check_paragraph(text, title, self._vocabulary, self._facts)
        return Counter(fault.message for fault in held.faults)


def _find_link(text: Text, fault: Fault) -> Link | None:
    """Return the binding whose words a fault is about."""
    for link in text.bindings:
        if link.words_start == fault.start:
            return link
    return None
