"""Attributes: what tells figures apart, as a figure and as its sentence has it.

A figure has a time (``press.binding.times``), a subject, and a value in each dimension
of the story. An attribute is one of these with all that the checker knows of it: what
the sentence names of its kind, whether that matches, and how messages say it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from press.binding.faults import SUBJECT_RANK, VALUE_RANK
from press.binding.proof import Proof
from press.binding.times import FigureTime, list_base_periods, list_nameable_periods
from press.quantity import PLUS, Quantity
from press.reading import (
    Dimension,
    Lexicon,
    Link,
    Sentence,
    Span,
    list_items_beginning_in,
)

# So near behind a figure words are added to it: "[$5 billion], in yuan".
NEAR_BEHIND = 8
MOST_WORDS_IN_OPENING = 6
AMOUNTS = {"money", "count", "amount", "price"}

Mention = Any  # words that name subjects, or values of a dimension


@dataclass(frozen=True, eq=False)
class SubjectOrDimensionValue:
    """A figure's subject, or its value in a dimension, beside those that its sentence
    names.
    """

    label: str  # in messages
    values: frozenset[str]  # of a sum several, each of which a sentence may name
    relevant_mentions: Sequence[Mention]  # of its kind, in the sentence
    rank: int  # of a doubt about it
    is_opening: bool = (
        False  # named by the opening phrase alone: "In real terms, sales …"
    )
    is_optional: bool = False  # a sentence need not name it
    dimension: Dimension | None = None  # None: it is a subject

    def describe_own_value_or_base(self, _mismatch: Mention) -> str:
        """Return what the figure is of, for a message about something else named."""
        return f'is of "{self.label}"'

    def matches(self, mention: Mention) -> bool:
        """Tell whether a value that is named is one of the figure's."""
        return bool(self.values & mention.values)

    def find_mismatched_mention(self, mentions: Sequence[Mention]) -> Mention | None:
        """Return the first of the values named, if none of them is the figure's."""
        if any(map(self.matches, mentions)):
            return None
        return next(iter(mentions), None)

    def is_mismatch_certain(self, _mismatch: Mention, figure_count: int) -> bool:
        """Tell whether a mismatch is a mistake for certain: the sentence has one
        figure and names one value, and the figure's cannot be left unsaid.
        """
        if (self.is_optional and not self.is_opening) or figure_count != 1:
            return False
        return len({item.values for item in self.relevant_mentions}) == 1

    def is_dimension_value_unnamed(self, sentence: Sentence) -> bool:
        """Tell whether readers are not told the value of a dimension: neither the
        sentence nor what it stands under says which it is.
        """
        if self.dimension is None or self.is_optional or self.relevant_mentions:
            return False
        return not self.values <= sentence.collect_values_named_before_or_above(
            self.dimension
        )


# One thing that tells figures apart: both classes answer the same questions.
FigureAttribute = FigureTime | SubjectOrDimensionValue


def list_figure_attributes(
    sentence: Sentence, link: Link, proof: Proof
) -> Iterator[FigureAttribute]:
    """Yield time, subject and values of a link's figure, each with what the sentence
    names beside it.

    A comparison has the attributes that all its figures have in common.
    """
    periods = list_nameable_periods(proof)
    if periods:
        compared = proof.claim.compared_times if proof.claim else None
        is_amount = all(map(_is_amount, proof.figures))
        yield FigureTime(
            sentence, link, periods, list_base_periods(proof), compared, is_amount
        )
    subject = _find_shared_subject_except_whole(proof.figures, sentence.lexicon)
    if subject:
        label = sentence.lexicon.figure_subject_labels.get(subject, subject)
        # a share has two subjects, its part's and its whole's
        is_share = all(item.kind == "share" for item in proof.figures)
        yield SubjectOrDimensionValue(
            label,
            frozenset([subject]),
            sentence.figure_subject_mentions,
            SUBJECT_RANK,
            is_optional=is_share,
        )
    yield from _list_dimension_attributes(sentence, link, proof.figures)


def list_unstated_dimension_values(sentence: Sentence, proof: Proof) -> list[str]:
    """Return what a figure is of and its sentence does not say: the value of each
    dimension, those that are assumed among them.
    """
    unsaid = []
    for dimension in sentence.lexicon.dimensions:
        value = _find_shared_dimension_value_or_default(dimension, proof.figures)
        named = sentence.list_value_mentions(dimension)
        parts = value.split(PLUS)
        if value and not any(item.values & {*parts} for item in named):
            unsaid.append(_label_values(dimension, parts))
    return unsaid


def _label_values(dimension: Dimension, values: Sequence[str]) -> str:
    """Return the labels of values in a dimension for a message."""
    return " and ".join(
        dimension.labels.get(value, value).removeprefix("of ") for value in values
    )


def _is_amount(figure: Quantity) -> bool:
    """Tell whether a figure is an amount, which is counted from no other time."""
    return figure.kind in AMOUNTS and not figure.signed


def _find_shared_subject_except_whole(
    figures: Sequence[Quantity], lexicon: Lexicon
) -> str | None:
    """Return the subject that figures have in common, ``None`` if they have several or
    none.

    Beside others the whole does not count: a part is compared with it.
    """
    subjects = {item.subject for item in figures} - {""}
    if len(subjects) > 1:
        subjects -= {lexicon.whole_figure_subject}
    if len(subjects) != 1:
        return None
    return subjects.pop()


def _list_dimension_attributes(
    sentence: Sentence, link: Link, figures: Sequence[Quantity]
) -> Iterator[SubjectOrDimensionValue]:
    """Yield the value of each dimension in which all figures have the same one, where
    a figure or the sentence has any.

    Where it need not be named, only what is named near the figure is about it.
    """
    declared = {name for item in figures for name in item.dimensions}
    for dimension in sentence.lexicon.dimensions:
        mentions = sentence.list_value_mentions(dimension)
        if dimension.name not in declared and not mentions:
            continue
        value = _find_shared_dimension_value_or_default(dimension, figures)
        if not value:
            continue
        parts = value.split(PLUS)
        label = _label_values(dimension, parts)
        values = frozenset(parts)
        is_optional = values <= dimension.unstated_values
        is_opening = False
        if is_optional:
            mentions = _drop_mentions_of_other_dimensions(mentions, sentence, figures)
        if is_optional and link in sentence.bindings:
            near = _list_mentions_in_clause_or_behind(sentence, link, mentions)
            opening = _find_span_of_opening_phrases(sentence)
            in_opening = list_items_beginning_in(mentions, opening)
            is_opening = bool(in_opening) and not near
            mentions = near or in_opening
        yield SubjectOrDimensionValue(
            label, values, mentions, VALUE_RANK, is_opening, is_optional, dimension
        )


def _drop_mentions_of_other_dimensions(
    mentions: Sequence[Mention], sentence: Sentence, figures: Sequence[Quantity]
) -> list[Mention]:
    """Return what is named but for words that name a value of the figures in another
    dimension: of "5% less than Saudi crude" no supplier is named.
    """
    explaining: list[Mention] = []
    for dimension in sentence.lexicon.dimensions:
        own = {item.dimensions.get(dimension.name) for item in figures}
        named = sentence.list_value_mentions(dimension)
        explaining += [other for other in named if other.values & own]
    return [
        item
        for item in mentions
        if not any(
            other.start < item.start and item.end <= other.end for other in explaining
        )
    ]


def _list_mentions_in_clause_or_behind(
    sentence: Sentence, link: Link, mentions: Sequence[Mention]
) -> list[Mention]:
    """Return what is named in the clause of a link or right behind it."""
    clause = sentence.clause_or_sentence_at(link.words_start)
    reach = Span(clause.start, max(clause.end, link.end + NEAR_BEHIND))
    return list_items_beginning_in(mentions, reach)


def _find_span_of_opening_phrases(sentence: Sentence) -> Span:
    """Return the phrases with which a sentence opens, each before a comma: "In yuan,
    …"; an empty span where it opens otherwise.
    """
    end = sentence.start
    *opening, _ = sentence.text.split_clauses(sentence.span)
    for clause in opening:
        words = sentence.split_folded_words(*clause)
        is_phrase = (
            len(words) <= MOST_WORDS_IN_OPENING
            and words[0] in sentence.lexicon.lists["opening"]
            and not sentence.text.bindings_in(clause)
        )
        if not is_phrase:
            break
        end = clause.end
    return Span(sentence.start, end)


def _find_shared_dimension_value_or_default(
    dimension: Dimension, figures: Sequence[Quantity]
) -> str:
    """Return the value that figures have in common in a dimension, or an empty text.

    A figure without one has the default, or does not count if its kind has none but its
    own.
    """
    name = dimension.name
    values = {
        item.dimensions.get(name, dimension.default_value)
        for item in figures
        if not item.kind_rules.has_only_own_dimensions or name in item.dimensions
    }
    if len(values) != 1:
        return ""
    return values.pop()
