"""One link held to what it names: words and a target in, a proof out.

The sentence around it is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from press.binding import truth
from press.binding.claim_words import find_claim_word_and_truth_errors
from press.binding.claims import Claim, evaluate_true_or_false_claim
from press.binding.date_words import list_date_errors
from press.binding.facts import Fact, FactError, Facts
from press.binding.levels import (
    find_changes_since_previous_or_year_ago,
    list_possible_directions,
)
from press.binding.statements import (
    LEAVE,
    SpeakerStatement,
    get_row_by_id,
    get_statement,
    list_nameable_periods_of_statement,
    match_words_with_statement,
)
from press.binding.words_and_figure import WordsAndFigure, format_known_figure
from press.data import Row
from press.ground.errors import ToldError, quote_words, suggest_similar_or_all
from press.ground.period import Period
from press.quantity import Quantity
from press.reading import (
    LinkContext,
    QuantityParseError,
    Vocabulary,
    WrittenQuantity,
    fold_text,
    parse_quantity,
)

NAME = "[a-z_][a-z0-9_]*"
ARGUMENT = r"[\w.+-]+"
ID = re.compile("[A-Za-z0-9._-]+")
# What stands behind the scheme of a target: of every other scheme an id.
TARGETS = {
    "fact": re.compile(f"{NAME}(?:/{ARGUMENT})*"),
    "claim": re.compile(f"{NAME}(?:/{ARGUMENT})+"),
}
EXAMPLES = {
    "fact": "fact:name/argument",
    "claim": "claim:more/fact.argument/fact.argument",
}


@dataclass(frozen=True)
class Proof:
    """What a link was held to, and what it rests on.

    ``fault`` and ``hint`` are what is wrong, empty if nothing is. ``basis``: *proved*
    on the tables, *matched* with the figures or words of a statement, *cited* (a
    statement or source, without a number), *defined* (a term).
    """

    basis: str
    facts: tuple[Fact, ...] = ()
    claim: Claim | None = None
    source_ids: tuple[str, ...] = ()
    case: WordsAndFigure | None = None  # the words of a fact, where they are a quantity
    # Those that a sentence may name beside the words of a statement.
    statement_periods: frozenset[Period] = frozenset()
    statement: SpeakerStatement | None = None
    statement_rows: tuple[
        Row, ...
    ] = ()  # the figures of the statement that the words tell
    fault: str = ""
    hint: str = ""

    @cached_property
    def time_for_latest(self) -> str:
        """The year or month that ``latest`` in the target stands for.

        Empty where it does not say so.
        """
        return next(filter(None, (fact.time_for_latest for fact in self.facts)), "")

    @property
    def figures(self) -> list[Quantity]:
        """The quantities of its facts."""
        return [fact.quantity for fact in self.facts]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that it rests on, in the order of their files."""
        rows = {row for fact in self.facts for row in fact.quantity.rows}
        if self.claim:
            rows |= self.claim.compared_rows
        return _sort_rows(rows)

    def with_joined_errors(self, errors: Sequence[ToldError]) -> Proof:
        """Return the same with all errors in one ``fault`` and one ``hint``."""
        messages = dict.fromkeys(error.message for error in errors)
        hints = dict.fromkeys(error.hint for error in errors if error.hint)
        return replace(self, fault="; ".join(messages), hint="; ".join(hints))


NO_CONTEXT = LinkContext()


class Target(NamedTuple):
    """A link's target taken apart: ``fact:total/2023``."""

    scheme: str
    name: str
    arguments: tuple[str, ...]


def parse_target(target: str) -> Target:
    """Return the parts of a link's target. Raises ``FactError`` for a malformed one."""
    scheme, _, rest = target.partition(":")
    if TARGETS.get(scheme, ID).fullmatch(rest):
        name, *arguments = rest.split("/")
        return Target(scheme, name, tuple(arguments))
    example = EXAMPLES.get(scheme, f"{scheme}:id")
    raise FactError(f"found {quote_words(target)}, expected {example}")


@dataclass(frozen=True, eq=False)
class Prover:
    """Holds the words of links to what their targets name: facts, the statements and
    sources of their tables, entries of the glossary.
    """

    vocabulary: Vocabulary
    facts: Facts

    def prove_words(
        self, target: str, words: str, context: LinkContext = NO_CONTEXT
    ) -> Proof:
        """Hold the words of a link to its target; what is wrong is in the proof.

        Raises ``BuildError`` where the story's own code fails.
        """
        try:
            scheme, name, arguments = parse_target(target)
            if scheme == "fact":
                fact = self.facts.get_fact(name, *arguments)
                return self._prove_words_of_fact(words, fact, context)
            # As a message shows them; those of a fact keep their places.
            words = " ".join(words.split())
            if scheme == "claim":
                claim = evaluate_true_or_false_claim(self.facts, name, *arguments)
                return self._prove_words_of_claim(words, claim, context)
            if scheme == "said":
                return self._prove_words_of_statement(words, name)
            if scheme == "source":
                return self._cite_source_or_raise(name)
            self._raise_if_words_compare(words)
            return self._cite_glossary_term_or_raise(name)
        except FactError as error:
            return Proof("proved", fault=error.message, hint=error.hint)

    def _prove_words_of_fact(
        self, words: str, fact: Fact, context: LinkContext
    ) -> Proof:
        """Hold words that must be one quantity, or one date, and nothing else."""
        quantity = fact.quantity
        proof = Proof("proved", (fact,), source_ids=_list_source_ids((fact,)))
        if quantity.kind_rules.is_date:
            return proof.with_joined_errors(list_date_errors(words, quantity))
        try:
            phrase = parse_quantity(words, self.vocabulary.lexicon)
        except QuantityParseError as error:
            hint = error.hint or f"{fact.key} is {format_known_figure(quantity)}"
            return replace(proof, fault=error.message, hint=hint)
        if phrase.is_level_reached:
            quantity = self._get_level_with_said_change(fact, phrase)
        case = WordsAndFigure(
            words,
            phrase,
            quantity,
            self.vocabulary.lexicon,
            context.units,
            context.direction_words,
        )
        return replace(proof, case=case).with_joined_errors(
            truth.list_errors_against_figure(case)
        )

    def _get_level_with_said_change(
        self, fact: Fact, phrase: WrittenQuantity
    ) -> Quantity:
        """Return the quantity of a level with its change to it: of several that a
        sentence may mean, one that went as the words say.
        """
        changes = list(find_changes_since_previous_or_year_ago(fact, self.facts))
        as_said = (
            each
            for each in changes
            if phrase.direction in list_possible_directions(each)
        )
        change = next(as_said, changes[0] if changes else None)
        return replace(fact.quantity, change=change)

    def _prove_words_of_claim(
        self, words: str, claim: Claim, context: LinkContext
    ) -> Proof:
        """Hold words that must say the comparison of a claim, and no more."""
        proof = Proof("proved", claim.operands, claim, _list_source_ids(claim.operands))
        errors = find_claim_word_and_truth_errors(
            words, claim, context.clause, context.sentence, self.vocabulary.lexicon
        )
        return proof.with_joined_errors(list(errors))

    def _prove_words_of_statement(self, words: str, statement_id: str) -> Proof:
        """Hold words that may have no number and no quotation but a statement's own.

        Raises ``FactError`` for others, and where there is no such statement.
        """
        said = get_statement(self.facts.data, statement_id)
        figures, is_held = match_words_with_statement(words, said, self.vocabulary)
        periods = list_nameable_periods_of_statement(
            said, figures, self.vocabulary.lexicon
        )
        return Proof(
            "matched" if is_held else "cited",
            source_ids=said.row.source_ids,
            statement_periods=periods,
            statement=said,
            statement_rows=figures,
        )

    def _cite_source_or_raise(self, source_id: str) -> Proof:
        """Return a proof that cites a source. Raises ``FactError`` where there is none.

        A number in the words is a problem elsewhere, as every number without a link is.
        """
        get_row_by_id(self.facts.data, "source", source_id)
        return Proof("cited", source_ids=(source_id,))

    def _raise_if_words_compare(self, words: str) -> None:
        """Raise ``FactError`` where words compare something."""
        lexicon = self.vocabulary.lexicon
        nouns = lexicon.lists["changes"]  # "growth rates"
        for tag in lexicon.matcher.find_tags(
            fold_text(words), ("comparators", "names")
        ):
            if tag.phrase in lexicon.comparators and tag.phrase not in nouns:
                word = words[tag.start : tag.end]
                raise FactError(
                    f'"{word}" compares, and an entry of the glossary proves nothing',
                    LEAVE,
                )

    def _cite_glossary_term_or_raise(self, term: str) -> Proof:
        """Return a proof that the glossary defines a term. Raises ``FactError`` where
        it has no such entry.
        """
        terms = self.vocabulary.terms
        if term in terms:
            return Proof("defined")
        raise FactError(
            f'glossary.md has no entry "{term}"', suggest_similar_or_all(term, terms)
        )


def _list_source_ids(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return the sources of the rows that facts rest on, each once, in their order."""
    rows = _sort_rows({row for fact in facts for row in fact.quantity.rows})
    return tuple(dict.fromkeys(source for row in rows for source in row.source_ids))


def _sort_rows(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows in the order of their files and lines."""
    return tuple(sorted(rows, key=lambda row: (row.path, row.line)))
