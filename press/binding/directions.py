"""Words for a direction outside links, such as "grew": whether a figure of the sentence
went that way.

A change went the way of its sign. A level went the way from the time before it to its
own: of a month, from the month before or from the same month of the year before. Of two
figures of one fact the later went up if it is more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from press.binding.claim_words import SCOPES
from press.binding.facts import Fact, Facts
from press.binding.faults import DIRECTION_RANK, fault_at
from press.binding.ledger import CheckedLink, get_fact, list_links_to_levels
from press.binding.levels import (
    find_changes_since_previous_or_year_ago,
    list_possible_directions,
    subtract_level,
)
from press.binding.words_and_figure import DIRECTION_BY_COMPARATOR
from press.ground.errors import Fault
from press.reading import (
    NEAR,
    ItemInText,
    Link,
    PhraseTag,
    Sentence,
    begins_in,
    begins_in_link,
)

# Tables of directions, and of longer phrases in which one says something else.
TABLES = ("directions", "comparatives", "names", "hedges", "shifts")
# Lists of directions that say nothing of how a figure went: nouns such as "growth",
# "added" as in "he added", a surplus.
OTHER_SENSES = ("changes", "saying", "of_balances", "timely")
NUMBERS = ("multiples", "numbers", "fractions")


@dataclass(frozen=True, eq=False)
class SentenceDirections:
    """The directions outside links of a sentence, beside the directions in which its
    figures went.
    """

    sentence: Sentence
    checked_links: Sequence[CheckedLink]
    facts: Facts

    def find_faults_and_doubts(self) -> Iterator[Fault]:
        """Yield a problem for a direction from one figure to another that lies the
        other way, and a doubt for one that no figure went.

        A sentence with a statement says nothing of our figures.
        """
        has_statement = any(
            checked_link.link.scheme == "said" for checked_link in self.checked_links
        )
        if has_statement or not self._links_with_figures:
            return
        for tag in self._list_direction_words_outside_links():
            yield from self._find_wrong_direction_from_base(tag)
            if self._stands_in_fault_of_link(tag):
                continue
            if not self._find_figure_directions_for_word(
                tag
            ) & self._get_directions_of_word(tag):
                yield fault_at(
                    tag,
                    f'the sentence says "{self.sentence.visible_words(tag)}", and no'
                    " figure beside it went that way",
                    rank=DIRECTION_RANK,
                )

    def find_comparisons_confirmed_by_figures(self) -> Iterator[PhraseTag]:
        """Yield the comparisons outside links that two figures of one fact confirm:
        "[27] ahead of [25]".
        """
        lexicon = self.sentence.lexicon
        directions = self._find_directions_between_levels()
        for tag in self.sentence.find_tags(*self.sentence.span, "comparators", "names"):
            comparator = lexicon.comparators.get(tag.phrase, "")
            if DIRECTION_BY_COMPARATOR.get(comparator) in directions:
                yield tag

    @cached_property
    def _links_with_figures(self) -> Sequence[CheckedLink]:
        """The links to facts and claims that have figures."""
        return [
            checked_link
            for checked_link in self.checked_links
            if checked_link.proof.facts
        ]

    @cached_property
    def _levels(self) -> Sequence[CheckedLink]:
        """The links to facts whose figures are no changes."""
        return list_links_to_levels(self.checked_links)

    def _stands_in_fault_of_link(self, tag: PhraseTag) -> bool:
        """Tell whether a word stands in what is wrong with a link: "fell to [34]"."""
        return any(
            begins_in(tag, fault)
            for checked_link in self.checked_links
            for fault in checked_link.faults_and_doubts
        )

    # ---- Words

    def _list_direction_words_outside_links(self) -> Iterator[PhraseTag]:
        """Yield the verbs and comparatives for directions in no link and in no longer
        phrase, but for those that lead to a number, and for comparisons with a scope
        ("than any other"), which are doubted as such.
        """
        sentence = self.sentence
        lists = sentence.lexicon.lists
        matcher = sentence.lexicon.matcher
        kept = matcher.phrases_of("comparatives")
        other_senses = matcher.phrases_of(*OTHER_SENSES) - kept
        for tag in sentence.find_tags(*sentence.span, *TABLES):
            if tag.phrase in other_senses or not self._get_directions_of_word(tag):
                continue
            if any(begins_in_link(tag, link) for link in sentence.text.links):
                continue
            if self._leads_to_number(tag):
                continue
            scope = sentence.find_first_tag(tag.end, sentence.end, *SCOPES)
            if tag.phrase in kept and scope and scope.phrase in lists["comparisons"]:
                continue
            if tag.phrase in lists[
                "before_compared"
            ] and not self._leads_to_subject_or_value(tag):
                continue  # "left the mark behind"
            yield tag

    def _get_directions_of_word(self, word: PhraseTag) -> set[str]:
        """Return the direction that a word says, if it says one: of a comparative that
        of its claim. "Level" is held to no change.
        """
        lexicon = self.sentence.lexicon
        if word.phrase in lexicon.lists["comparatives"]:
            first_word = word.phrase.split()[0]  # of "more than"
            comparators = lexicon.comparators
            name = comparators.get(word.phrase) or comparators[first_word]
            return {DIRECTION_BY_COMPARATOR[name]}
        if lexicon.comparators.get(word.phrase) == "equal":
            return set()
        return {*filter(None, [lexicon.directions.get(word.phrase)])}

    def _leads_to_number(self, tag: PhraseTag) -> bool:
        """Tell whether a link or a number follows a word: "more than [5]", "more than
        doubled".
        """
        sentence = self.sentence
        numbers = sentence.find_tags(tag.end, sentence.end, *NUMBERS)
        following: list[ItemInText] = [*sentence.text.links, *numbers]
        return any(
            tag.end <= item.start
            and not sentence.split_folded_words(tag.end, item.start)
            for item in following
        )

    def _leads_to_subject_or_value(self, tag: PhraseTag) -> bool:
        """Tell whether words shortly behind a phrase name a subject or a value."""
        named = self.sentence.list_subject_and_value_mentions()
        return any(tag.end <= item.start <= tag.end + NEAR for item in named)

    # ---- Directions in which figures went

    def _find_figure_directions_for_word(self, word: PhraseTag) -> set[str]:
        """Return the directions in which figures in a word's clause went; where it has
        none, those between figures of one fact, else those of all.
        """
        clause = self.sentence.clause_or_sentence_at(word.start)
        own = self._list_links_to_figures_of_grammatical_subject(word)
        if not own:
            return set()
        near = [
            checked_link for checked_link in own if begins_in(checked_link.link, clause)
        ]
        directions = self._find_directions_between_levels()
        if near or not directions:
            is_comparative = word.phrase in self.sentence.lexicon.lists["comparatives"]
            for checked_link in near or own:
                directions |= self._list_possible_directions_of_figure(
                    checked_link, is_comparative=is_comparative
                )
        return directions

    def _list_links_to_figures_of_grammatical_subject(
        self, word: PhraseTag
    ) -> Sequence[CheckedLink]:
        """Return the links to figures of which a word for a direction may be said: of
        the subject that stands right before it, "imports fell", else of all.
        """
        sentence = self.sentence
        for mention in sentence.figure_subject_mentions:
            if mention.end < word.start and not sentence.split_folded_words(
                mention.end, word.start
            ):
                return [
                    checked_link
                    for checked_link in self._links_with_figures
                    if get_fact(checked_link).quantity.subject in {"", *mention.values}
                ]
        return self._links_with_figures

    def _list_possible_directions_of_figure(
        self, checked_link: CheckedLink, *, is_comparative: bool
    ) -> set[str]:
        """Return the directions in which a figure may have gone, all where a claim
        compares it; a level bears no comparative, a span of time goes either way.
        """
        quantity = get_fact(checked_link).quantity
        if checked_link.proof.claim or quantity.kind_rules.is_span:
            return {"up", "down", "flat"}
        if quantity.signed:
            return {*list_possible_directions(quantity)}
        if quantity.kind == "multiple":
            return {"up" if quantity.most > 1 else "down"}
        if is_comparative:
            return set()
        changes = find_changes_since_previous_or_year_ago(
            get_fact(checked_link), self.facts
        )
        return {way for change in changes for way in list_possible_directions(change)}

    def _find_directions_between_levels(self) -> set[str]:
        """Return the directions from a figure to another of the same fact: to the
        later time, else from the one that the sentence names second.
        """
        directions = set[str]()
        for first, second in combinations(map(get_fact, self._levels), 2):
            if not _are_comparable(first, second):
                continue
            is_second_later = _ends_before(first, second)
            level, base = (second, first) if is_second_later else (first, second)
            directions |= {*_list_possible_directions_from_base(level, base)}
        return directions

    def _find_wrong_direction_from_base(self, tag: PhraseTag) -> Iterator[Fault]:
        """Yield a problem where "from" leads from a direction to a figure, and from
        this to another of the same fact it went the other way: "[5], up from [6]",
        "rose from [6] to [5]".
        """
        behind = [level for level in self._levels if level.link.start >= tag.end]
        if not behind or not self._is_joined_to_base_by_from(tag, behind[0].link):
            return
        base = get_fact(behind[0])
        for other in map(get_fact, (*behind[1:2], *reversed(self._levels))):
            if other == base or not _are_comparable(other, base):
                continue
            if not self._get_directions_of_word(tag) & {
                *_list_possible_directions_from_base(other, base)
            }:
                yield fault_at(
                    tag,
                    f'the sentence says "{self.sentence.visible_words(tag)}", and from'
                    f" {base.key} to {other.key} it went the other way",
                )
            return

    def _is_joined_to_base_by_from(self, tag: PhraseTag, base: Link) -> bool:
        """Tell whether nothing but "from" and small words part a word from a link."""
        lists = self.sentence.lexicon.lists
        words = self.sentence.split_folded_words(tag.end, base.start)
        known = {*lists["from_base"], *lists["fillers"]}
        return words[:1] == [*lists["from_base"]] and known.issuperset(words)


def _are_comparable(first: Fact, second: Fact) -> bool:
    """Tell whether two figures are of the same fact, in one unit."""
    return first.name == second.name and first.quantity.unit == second.quantity.unit


def _ends_before(first: Fact, second: Fact) -> bool:
    """Tell whether the time of a figure ends before that of another."""
    one = first.quantity.period
    other = second.quantity.period
    return one is not None and other is not None and one.ends_before(other)


def _list_possible_directions_from_base(level: Fact, base: Fact) -> Iterator[str]:
    """Yield the directions in which a level may lie from a base."""
    return list_possible_directions(subtract_level(level.quantity, base.quantity))
