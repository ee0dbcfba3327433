"""Facts of which an unbound number is true, and statements that have it: nobody need
know their names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice
from typing import NamedTuple

from press.binding.arguments import FactArguments
from press.binding.facts import Fact, FactError, Facts, get_label_and_formula
from press.binding.latest import LENGTHS
from press.binding.number_truth import is_number_true
from press.binding.paragraph import check_paragraph
from press.binding.statements import get_statement, match_words_with_statement
from press.binding.times import list_days_named
from press.binding.truth import is_true_of_figure
from press.binding.words_and_figure import WordsAndFigure
from press.ground.errors import Fault
from press.ground.period import Day, Period
from press.reading import (
    ItemInText,
    QuantityParseError,
    Sentence,
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
NAME = re.compile(r"[^\W_]+")  # in a target: "share" of "gold_share/1988"


class _TargetAndMeaning(NamedTuple):
    """A target that a number may link to, and what a hint says of it."""

    target: str
    meaning: str


@dataclass(frozen=True, eq=False)
class FactSuggester:
    """Tries a number in the texts on every fact that these, or its sentence, have the
    arguments for.
    """

    vocabulary: Vocabulary
    texts: Texts
    facts: Facts

    def extend_hint_with_facts(self, text: Text, fault: Fault) -> str:
        """Return a fault's hint with links to facts of which the number there is true.

        Where there are none, or the number stands in no sentence or in a link of
        another scheme, it is the hint as it is.
        """
        links_by_words = {link.words_start: link for link in text.bindings}
        link = links_by_words.get(fault.start)
        sentence = self._find_sentence(text, fault)
        if sentence is None or (link and link.scheme != "fact"):
            return fault.hint
        found = self._propose_links(sentence, fault, link or fault)
        proposals = "; or ".join(islice(found, MOST_PROPOSALS))
        if not proposals:
            return fault.hint
        if link and fault.hint:
            return f"{fault.hint.rstrip('.')}; or write {proposals}"
        return f"write {proposals}"

    def _find_sentence(self, text: Text, fault: Fault) -> Sentence | None:
        """Return the sentence of a text in which a fault begins."""
        titles = {item.path: title for title, group in self.texts for item in group}
        title = titles.get(text.path, "")
        for sentence in read_sentences(text, self.vocabulary.lexicon, title):
            if begins_in(fault, sentence):
                return sentence
        return None

    def _propose_links(
        self, sentence: Sentence, number: ItemInText, replaced: ItemInText
    ) -> Iterator[str]:
        """Yield links of a number, each with what it means; none that would make
        something else in its sentence wrong.

        The link would stand in the place of what is ``replaced``: the number alone, or
        the link that it has.
        """
        written = sentence.visible_words(number)
        for target, meaning in chain(
            self._find_targets_of_facts(sentence, number),
            self._find_targets_of_statements(written),
        ):
            link = f"[{written}]({target})"
            if self._can_link_only_remove_faults(sentence, replaced, link):
                yield f"{link}, {meaning}"

    def _find_targets_of_facts(
        self, sentence: Sentence, number: ItemInText
    ) -> Iterator[_TargetAndMeaning]:
        """Yield the nearest facts of which a number is true, with their labels."""
        for fact in self._list_true_facts_nearest_first(sentence, number)[:MOST_TRIED]:
            label = self._get_label(fact)
            yield _TargetAndMeaning(f"fact:{fact.key}", f'which is "{label}"')

    def _find_targets_of_statements(self, number: str) -> Iterator[_TargetAndMeaning]:
        """Yield the statements that have a number, with what was said and by whom."""
        data = self.facts.data
        rows = data["statements"].rows if "statements" in data else ()
        for row in rows:
            said = get_statement(data, str(row["id"]))
            with suppress(FactError):
                if match_words_with_statement(number, said, self.vocabulary).figures:
                    meaning = f'where {row["speaker"]} said "{row["what"]}"'
                    yield _TargetAndMeaning(f"said:{row['id']}", meaning)

    # ---- The facts of which a number is true

    def _list_true_facts_nearest_first(
        self, sentence: Sentence, number: ItemInText
    ) -> list[Fact]:
        """Return the facts of which a number is true, the nearest label first; none for
        words that are no single quantity.
        """
        text = sentence.text
        lexicon = sentence.lexicon
        written = text.value[number.start : number.end]
        direction_words = frozenset(
            tag.phrase
            for tag in lexicon.matcher.find_tags(
                text.folded_visible, ("directions",), *sentence.span
            )
        )
        found: list[Fact] = []
        with suppress(QuantityParseError):
            phrase = parse_quantity(written, lexicon)
            for fact in self._list_facts_of_used_or_named_arguments(sentence):
                case = WordsAndFigure(
                    written, phrase, fact.quantity, lexicon, (), direction_words
                )
                # "2023" is true of each month of 2023, too
                if is_number_true(case) and is_true_of_figure(case):
                    found.append(fact)
        around = {*WORD.findall(text.folded_visible[slice(*sentence.span)])}
        return sorted(
            found,
            key=lambda fact: (self._measure_label_distance(fact, around), fact.key),
        )

    def _get_label(self, fact: Fact) -> str:
        """Return the label of a fact that readers are shown."""
        return get_label_and_formula(fact, self.vocabulary, self.facts).label

    def _measure_label_distance(self, fact: Fact, words: set[str]) -> float:
        """Return which part of the words of a fact's label, or else of its target, is
        not among some words, 0 to 1.
        """
        label = WORD.findall(fold_text(self._get_label(fact)))
        target = NAME.findall(fact.key)
        return min(len({*own} - words) / max(len({*own}), 1) for own in (label, target))

    def _list_facts_of_used_or_named_arguments(
        self, sentence: Sentence
    ) -> Iterator[Fact]:
        """Yield every fact that has a figure for arguments that texts use, or for the
        times that a sentence names.
        """
        named = self._list_named_times_and_years_before(sentence)

        def times_to_try(parameter: str, kind: object) -> list[str]:
            return sorted(
                self._arguments.used_by_parameter[parameter] | named.get(kind, set())
            )

        for name in sorted(self.facts.fact_functions.functions):
            yield from self._arguments.list_facts_with_figures(name, times_to_try)

    @cached_property
    def _arguments(self) -> FactArguments:
        """The arguments that texts give to facts."""
        return FactArguments(self.texts, self.facts)

    def _list_named_times_and_years_before(
        self, sentence: Sentence
    ) -> dict[object, set[str]]:
        """Return the times that a sentence names, and the years before them, by the
        types of arguments.
        """
        named = [item.period for item in sentence.times]
        times: dict[object, set[str]] = {Day: self._list_table_days_named(sentence)}
        for kind, length in LENGTHS.items():
            if length:
                times[kind] = {
                    str(Period.from_contained_month_and_length(item.last, length))
                    for item in named
                }
        times[int] |= {str(item.year - 1) for item in named}
        return times

    def _list_table_days_named(self, sentence: Sentence) -> set[str]:
        """Return the days of the tables that a sentence names."""
        days = [
            period
            for table in self.facts.data.values()
            for period in table.periods
            if period.day
        ]
        return {
            str(day)
            for named in list_days_named(sentence)
            for day in days
            if named.is_among_ignoring_unstated_year({day})
        }

    # ---- What a new link would do to its sentence

    def _can_link_only_remove_faults(
        self, sentence: Sentence, replaced: ItemInText, link: str
    ) -> bool:
        """Tell whether less is wrong with a text once a link stands in the place of
        what is ``replaced``, and nothing else.
        """
        text = sentence.text
        value = f"{text.value[: replaced.start]}{link}{text.value[replaced.end :]}"
        changed = replace(text, value=value, without_code=None)
        title = sentence.paragraph.title
        return self._count_faults_by_message(
            changed, title
        ) < self._count_faults_by_message(text, title)

    def _count_faults_by_message(self, text: Text, title: str) -> Counter[str]:
        """Return how often each thing is wrong in a text that stands under a title."""
        held = check_paragraph(text, title, self.vocabulary, self.facts)
        return Counter(
            fault.message
            for fault in held.faults_and_doubts
            if not (fault.rank or fault.excepted)
        )
