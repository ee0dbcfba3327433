"""How to mend what is wrong: with words that hold, or with a number bound to a fact whose name nobody need know."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from itertools import groupby, islice, product
from typing import NamedTuple

from press.binding import truth
from press.binding.facts import Fact, FactError, Facts, told
from press.binding.paragraph import hold_paragraph
from press.binding.siblings import choices, used
from press.ground.errors import BuildError, Fault, Mend
from press.ground.period import Month, Period
from press.quantity import Quantity
from press.reading import (
    Link,
    Phrase,
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
CROWD = 30  # links in a paragraph that is still read anew for each hint
REACH = 3  # words on either side of a number that may belong to it: "rose by about"
LONG = 40  # characters of a word that may belong to a number
WORD = re.compile(r"\w+")
BEFORE, AFTER = re.compile(r"(\S+)\s{1,3}$"), re.compile(r"\s{1,3}(\w+)")


class _Candidate(NamedTuple):
    """A fact that words are true of, and how readers are told of it."""

    fact: Fact
    words: Span
    label: str


class Suggester:
    """Tries words on their fact, and on every other that the texts, or the sentence, have the arguments for."""

    def __init__(self, vocabulary: Vocabulary, texts: Texts, facts: Facts) -> None:
        """Prepare for numbers in ``texts``."""
        self._vocabulary, self._texts, self._facts = vocabulary, texts, facts
        self._known: dict[tuple[str, ...], Fact | None] = {}
        self._titles = {text.path: title for title, group in texts for text in group}

    def hint(self, text: Text, fault: Fault) -> str:
        """Say how to mend a fault: with words that hold where they stand, else as the fault does."""
        return self._of_number(text, fault) if fault.number else self._of_words(text, fault)

    def _of_words(self, text: Text, fault: Fault) -> str:
        """Name those of the words proposed with which nothing new is wrong, and then what the fault itself says."""
        title = self._titles.get(text.path, "")
        held = [mend for mend in fault.mends if self._mends(text, mend, title)]
        ways = [_way(how, group) for how, group in groupby(held, key=lambda mend: mend.how)]
        return ", or ".join(filter(None, [*ways, fault.hint]))

    def _mends(self, text: Text, mend: Mend, title: str) -> bool:
        """Tell whether less is wrong with words in their place, nothing else is, and the links are as many."""
        value = f"{text.value[: mend.start]}{mend.new}{text.value[mend.end :]}"
        anew = replace(text, value=value, without_code=None)
        return len(anew.links) == len(text.links) and self._wrong(anew, title) < self._wrong(text, title)

    def _wrong(self, text: Text, title: str) -> Counter[str]:
        return Counter(fault.message for fault in hold_paragraph(text, title, self._vocabulary, self._facts).faults)

    def _of_number(self, text: Text, fault: Fault) -> str:
        """Name facts of which a number is true that has no link, or one to no fact; else say what the fault does."""
        title, link = self._titles.get(text.path, ""), text.bound_at(fault.start)
        read = sentences(text, self._vocabulary.lexicon, title)
        sentence = next((item for item in read if lies_in(fault, item.span)), None)
        if sentence is None or (link and self._is_known(link)) or len(text.bindings) > CROWD:
            return fault.hint
        others = "; or ".join(islice(self._others(sentence, link, fault), MOST))
        own = f"{fault.hint.rstrip('.')}; or " if link and fault.hint else ""
        return f"{own}write {others}" if others else fault.hint

    def _others(self, sentence: Sentence, link: Link | None, fault: Fault) -> Iterator[str]:
        """Yield the number linked to each other fact of which it is true, with the fact's label."""
        cuts = [Span(link.words_start, link.words_end)] if link else list(self._cuts(sentence, fault))
        for item in self._true(sentence, cuts)[:TRIED]:
            if self._holds(sentence, link or item.words, new := _bound(sentence.text, item)):
                yield f'{new}, which is "{item.label}"'

    def _is_known(self, link: Link) -> bool:
        """Tell whether a link names a figure: then its words are what is wrong."""
        return link.scheme != "fact" or bool(self._quantity(*link.target[len("fact:") :].split("/")))

    def _quantity(self, name: str, *arguments: str) -> Quantity | None:
        with suppress(FactError, BuildError):  # told where it is bound
            return self._facts.find(name, *arguments)
        return None

    def _cuts(self, sentence: Sentence, item: Placed) -> Iterator[Span]:
        """Yield the stretches around a number that may be told of one fact, the longest first."""
        text, starts, ends = sentence.text, [item.start], [item.end]
        while len(starts) <= REACH and (
            found := BEFORE.search(text.plain, max(sentence.start, starts[-1] - LONG), starts[-1])
        ):
            starts.append(found.start())
        while len(ends) <= REACH and (found := AFTER.match(text.plain, ends[-1], sentence.end)):
            ends.append(found.end())
        for start, end in product(reversed(starts), reversed(ends)):
            words = text.folded[start:end].split()
            small = {*self._vocabulary.lexicon.lists["fillers"], *self._vocabulary.lexicon.subjects}
            led = {words[0], words[-1]} & small  # "came to $5 billion in"
            if not led and not any(link.start < end and start < link.end for link in text.links):
                yield Span(start, end)

    def _true(self, sentence: Sentence, cuts: Sequence[Span]) -> list[_Candidate]:
        """Return the facts of which one of several stretches is true, the nearest label first."""
        text = sentence.text
        written = ((cut, text.value[cut.start : cut.end]) for cut in cuts)
        phrases = [(cut, phrase) for cut, words in written if (phrase := self._phrase(words))]
        named = [item.period for item in sentence.times]
        around = {*WORD.findall(text.folded[sentence.start : sentence.end])}
        found = [
            _Candidate(fact, cuts[0], told(fact, self._vocabulary, self._facts)[0])
            for fact in (self._every(named) if phrases else ())
            if (cuts := [cut for cut, phrase in phrases if self._is(text, cut, phrase, fact)])
        ]
        return sorted(found, key=lambda item: (_distance(item.label, around), item.fact.key))

    def _is(self, text: Text, cut: Span, phrase: Phrase, fact: Fact) -> bool:
        words = text.value[cut.start : cut.end]
        case = truth.Case(words, phrase, fact.quantity, self._vocabulary.lexicon)
        return truth.number_holds(case) and truth.is_true(case)  # "2023" is true of each month of 2023, too

    def _phrase(self, words: str) -> Phrase | None:
        with suppress(PhraseError):
            phrase = parse(words, self._vocabulary.lexicon)
            return phrase if phrase.numbers else None
        return None

    def _every(self, named: Sequence[Period]) -> Iterator[Fact]:
        """Yield every fact that has a figure for arguments that texts use, or for the times that a sentence names."""
        years = {str(year) for period in named for year in (period.year - 1, period.year)}
        months = {f"{period.last // 12}-{period.last % 12 + 1:02d}" for period in named}
        for name in sorted(self._facts.functions):
            with suppress(BuildError):  # of its types, told where it is bound
                choices = [self._choices(*item, years, months) for item in self._facts.types(name).items()]
                yield from filter(None, (self._fact(name, arguments) for arguments in product(*choices)))

    def _choices(self, parameter: str, kind: object, years: set[str], months: set[str]) -> list[str]:
        """Return the arguments to try for a parameter: all of several words, else those that texts use, and times."""
        times = years if kind is int else months if kind is Month else set()
        return sorted(choices(parameter, kind, self._used) | times)

    @cached_property
    def _used(self) -> Mapping[str, set[str]]:
        return used(self._texts, self._facts)

    def _fact(self, name: str, arguments: tuple[str, ...]) -> Fact | None:
        key = name, *arguments
        if key not in self._known:
            self._known[key] = None
            if quantity := self._quantity(*key):
                self._known[key] = Fact(name, self._facts.shortened(name, arguments), quantity)
        return self._known[key]

    def _holds(self, sentence: Sentence, place: Placed, new: str) -> bool:
        """Tell whether nothing is wrong with a number once it is bound anew, and nothing else becomes wrong."""
        text, title = sentence.text, sentence.paragraph.title
        anew = replace(text, value=f"{text.value[: place.start]}{new}{text.value[place.end :]}", without_code=None)
        entries = hold_paragraph(anew, title, self._vocabulary, self._facts).entries
        right = any(entry.link.start == place.start and not entry.faults for entry in entries)
        return right and not self._wrong(anew, title) - self._wrong(text, title)


def _way(how: str, mends: Iterable[Mend]) -> str:
    """Return a hint that names words which mend a fault in one way, the first few."""
    return how.replace("{}", " or ".join(islice(dict.fromkeys(mend.told for mend in mends), MOST)))


def _bound(text: Text, item: _Candidate) -> str:
    """Return the number as a text writes it that binds it."""
    words = " ".join(text.value[item.words.start : item.words.end].split())
    return f"[{words}](fact:{item.fact.key})"


def _distance(label: str, around: set[str]) -> float:
    """Return how far a label is from a sentence, 0 to 1: which part of its words the sentence lacks."""
    words = {*WORD.findall(fold(label))}
    return len(words - around) / max(len(words), 1)
