"""Whether the words of a claim say what it compares, and nothing that it does not
prove.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from press.binding import truth
from press.binding.claims import Claim
from press.binding.comparators import COMPARATORS
from press.binding.statements import LEAVE
from press.binding.words_and_figure import WordsAndFigure
from press.ground.errors import ToldError
from press.quantity import Quantity
from press.reading import (
    TIME_UNITS,
    Lexicon,
    PhraseTag,
    PlacedQuantity,
    begins_in_any,
    blank_spans,
    find_quantities_outside_names,
    fold_text,
    parse_quantity,
)

# Hedges that compare nothing, whatever word they begin with.
BOUNDS = {"at_least", "at_most"}
# Hedges that say by how much something is more or less than another, which no claim
# proves: "just under", "well above".
DEGREES = {"just_over", "just_under", "well_over", "well_under"}
SCOPES = ("over_things", "over_times")
STEPS = "other_times"  # also in a word for a comparison: "every quarter"
# Words that make a superlative of a comparison: "never more than in 2010".
NOTHING_MORE = "nothing_more"
# Tables of words that would turn a claim's comparison round, or say more than it
# proves.
FOREIGN = (
    "hedges",
    "negations",
    "ordinals",
    "fractions",
    "multiples",
    "scales",
    "other_times",
)
WORDS_IN_HINT = 6
# The comparator that a direction alone says, and the one that a word says beside a
# scope such as "of all".
COMPARATOR_BY_DIRECTION = {
    each.direction: each.name for each in COMPARATORS if each.direction
}
COMPARATOR_BY_SCOPED_WORD = {
    said: each.name for each in reversed(COMPARATORS) for said in each.said_with_scope
}


def find_claim_word_and_truth_errors(
    words: str, claim: Claim, clause: str, sentence: str, lexicon: Lexicon
) -> Iterator[ToldError]:
    """Yield what is wrong with the words of a link to a claim.

    ``clause`` and ``sentence`` are the words around it.
    """
    own = ClaimWords(words, claim, clause, sentence, lexicon)
    yield from own.find_comparison_errors()
    yield from own.find_unproved_word_errors()
    if claim.fault:
        hint = claim.comparator.hint_if_false.format(claim.target_without_facts)
        yield ToldError(f'"{words}" is not true: {claim.fault}', hint)


@dataclass(frozen=True)
class ClaimWords:
    """The words of a link to a claim, and the clause and sentence that they stand
    in.
    """

    words: str
    claim: Claim
    clause: str
    sentence: str
    lexicon: Lexicon

    def find_comparison_errors(self) -> Iterator[ToldError]:
        """Yield what is wrong unless there is one word for each comparison of the
        claim, and none for another.
        """
        expected = self.claim.classes
        comparisons = self._list_comparisons_to_prove()
        found = [name for _, name in comparisons]
        found = found or self._list_comparators_of_directions()
        lacking = [
            name
            for name in expected
            if name not in found and not self._is_comparator_said_outside_link(name)
        ]
        hint = self._hint_words_for_comparator(lacking[0]) if lacking else LEAVE
        for tag, name in comparisons:
            if name not in expected:
                message = (
                    f'"{self.words[tag.start : tag.end]}" says {name}, but the link'
                    f" says {self.claim.target_without_facts}"
                )
                yield ToldError(message, hint)
        if lacking and {*found} <= {*expected}:
            yield ToldError(f'"{self.words}" has no word for "{lacking[0]}"', hint)
        for name, count in sorted(Counter(found).items()):
            if count > 1:
                yield ToldError(
                    f'"{self.words}" has {count} words for "{name}"',
                    "leave the others out of the link",
                )

    def _is_comparator_said_outside_link(self, comparator_name: str) -> bool:
        """Tell whether the sentence has a word for a comparator that need not stand in
        the link: "every year", "for the first time".
        """
        if not self.claim.comparator.may_be_said_outside_link:
            return False
        is_own = comparator_name == self.claim.comparator.name
        place = self.sentence if is_own else self.clause  # "rose without a break"
        return any(
            self.lexicon.comparators[tag.phrase] == comparator_name
            for tag in self._find(place, "comparators")
        )

    def _list_comparisons_to_prove(self) -> list[tuple[PhraseTag, str]]:
        """Return the words for comparisons, each with its comparator, but for those
        that may stand beside the claim's own.
        """
        beside = self.claim.comparator.phrases_beside
        named = (
            (tag, self._get_comparator_name_of_word(tag))
            for tag in self._comparing_tags
        )
        return [(tag, name) for tag, name in named if name not in beside]

    def _list_comparators_of_directions(self) -> list[str]:
        """Return the comparators that the directions in the words say."""
        directions = self.lexicon.directions
        tags = self._find(self.words, "directions")
        return [COMPARATOR_BY_DIRECTION[directions[tag.phrase]] for tag in tags]

    def _get_comparator_name_of_word(self, word: PhraseTag) -> str:
        """Return the comparator that a word says here: "more than any other" says
        "highest", as "more" may.
        """
        comparator = self.claim.comparator
        if comparator.name == "highest" and word.phrase == "most":
            return "highest"  # "its most on a single day"
        name = self.lexicon.comparators[word.phrase]
        if comparator.takes_scope:
            if name in comparator.said_with_scope:
                if self._find(self.clause, *SCOPES, NOTHING_MORE):
                    name = comparator.name
            elif self._find(self.words, *SCOPES):
                name = COMPARATOR_BY_SCOPED_WORD.get(name, name)
        if name in comparator.synonyms:
            return comparator.name
        return name

    @cached_property
    def _comparing_tags(self) -> list[PhraseTag]:
        """The words for comparisons.

        No part of "up to", which is a hedge, or of "of all" is one.
        """
        others = self._find_hedges_of_kinds(BOUNDS)
        others += (
            tag
            for tag in self._find(self.words, *SCOPES)
            if tag.phrase not in self.lexicon.comparators
        )
        return [
            tag
            for tag in self._find(self.words, "comparators")
            if not begins_in_any(tag, others)
        ]

    def find_unproved_word_errors(self) -> Iterator[ToldError]:
        """Yield what is wrong with numbers that are of no figure compared and no gap,
        and with words that the claim does not prove.
        """
        # A comparison may hold a number of its own: "more than half".
        rest = blank_spans(self.words, self._comparing_tags)
        numbers = list(self._find_numbers(rest))
        figures = self._list_figures_and_difference()
        periods = [*self.claim.event_periods, *(figure.period for figure in figures)]
        years = {f"{period.year}" for period in periods if period}
        keys = ", ".join(fact.key for fact in self.claim.operands)
        for number in numbers:
            written = self.words[number.start : number.end]
            if written not in years and not self._is_true_of_any(number, figures):
                message = f'"{written}" is none of the figures compared: {keys}'
                yield ToldError(message, LEAVE)
        rest = blank_spans(rest, numbers)
        for tag in self._find_unproved_hedges_negations_and_units(rest)[:1]:
            yield ToldError(
                f'"{self.words[tag.start : tag.end]}" in "{self.words}" says something'
                " that the claim does not prove",
                LEAVE,
            )

    def _list_figures_and_difference(self) -> list[Quantity]:
        """Return the figures whose numbers the words may tell: of the facts, then their
        gap if the comparator allows it.
        """
        claim = self.claim
        figures = [fact.quantity for fact in claim.operands]
        if not claim.comparator.may_tell_difference:
            return figures
        others = figures[1:]
        if claim.over_argument:
            others += (item.quantity for item in claim.series[:1])
        if others and others[0].unit == figures[0].unit:
            gap = figures[0] - others[0]
            figures.append(replace(gap, value=abs(gap.value), kind=figures[0].kind))
        return figures

    def _is_true_of_any(self, number: PlacedQuantity, figures: list[Quantity]) -> bool:
        """Tell whether a number is true of one of some figures."""
        return any(
            truth.is_true_of_figure(
                WordsAndFigure(
                    self.words, number.phrase, figure, self.lexicon, (figure.base_unit,)
                )
            )
            for figure in figures
        )

    def _find_numbers(self, rest: str) -> Iterator[PlacedQuantity]:
        """Yield the numbers in words, also those that no unit follows: "five gold
        medals fewer".
        """
        found = find_quantities_outside_names(rest, self.lexicon)
        yield from found
        for tag in self._find(rest, "numbers"):
            # "one fewer", where the comparison is blanked, is a number; "one" is none.
            least = 1 if rest[tag.end : tag.end + 2].isspace() else 2
            is_large = self.lexicon.numbers[tag.phrase] >= least
            if is_large and not begins_in_any(tag, found):
                phrase = parse_quantity(tag.phrase, self.lexicon)
                yield PlacedQuantity(tag.start, tag.end, phrase)

    def _find_unproved_hedges_negations_and_units(self, rest: str) -> list[PhraseTag]:
        """Return the hedges, negations and the like in the rest of the words, hedges
        with a comparing word in them, and units of other figures or of another time.
        """
        comparator = self.claim.comparator
        tables = [*FOREIGN]
        if comparator.is_superlative:
            tables.append("sums")
        of_step = self.lexicon.lists.get(self.claim.time_unit_unless_gaps, ())
        foreign = [
            tag
            for table in tables
            for tag in self._find(self.words if table == STEPS else rest, table)
            if tag.phrase not in of_step
            and self.lexicon.hedges.get(tag.phrase) not in comparator.hedges_beside
        ]
        foreign += self._find_hedges_of_kinds(DEGREES - {*comparator.hedges_beside})
        foreign += self._find_units_of_no_operand(rest)
        if comparator.names_step:
            others = TIME_UNITS - {self.claim.time_unit_unless_gaps}
            foreign += (
                tag
                for tag in self._find(self.words, "units")
                if self.lexicon.units[tag.phrase] in others
            )
        return foreign

    def _find_hedges_of_kinds(self, hedge_classes: set[str]) -> list[PhraseTag]:
        """Return the hedges of some kinds in the words."""
        hedges = self.lexicon.hedges
        return [
            tag
            for tag in self._find(self.words, "hedges")
            if hedges[tag.phrase] in hedge_classes
        ]

    def _find_units_of_no_operand(self, rest: str) -> list[PhraseTag]:
        """Return the units in the rest of the words that no figure compared has: "fewer
        silver medals" of gold medals.
        """
        known = TIME_UNITS | {fact.quantity.base_unit for fact in self.claim.operands}
        units = self.lexicon.units
        return [
            tag
            for tag in self._find(rest, "units")
            if units[tag.phrase] not in known
            and not self._is_unit_naming_things_compared(tag)
        ]

    def _is_unit_naming_things_compared(self, unit: PhraseTag) -> bool:
        """Tell whether a unit only names the things that words compare: "than any other
        team", "the first team".
        """
        before = self.words[: unit.start].rstrip()
        scopes = self._find(before, *SCOPES)
        if self.claim.comparator.has_threshold:
            scopes += self._find(before, "comparators")
        return any(tag.end == len(before) for tag in scopes)

    def _find(self, words: str, *tables: str) -> list[PhraseTag]:
        """Return the phrases of tables of the language in some words."""
        return list(self.lexicon.matcher.find_tags(fold_text(words), tables))

    def _hint_words_for_comparator(self, comparator_name: str) -> str:
        """Return a hint that names words for a comparator."""
        own = [
            words
            for words, comparator in self.lexicon.comparators.items()
            if comparator == comparator_name
        ]
        more = ", …" if len(own) > WORDS_IN_HINT else ""
        return (
            f'words for "{comparator_name}" are {", ".join(own[:WORDS_IN_HINT])}{more}'
        )
