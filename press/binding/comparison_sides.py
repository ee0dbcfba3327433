"""The two sides of a comparison, "A sold [more] than B": whether words name on each
what the claim compares there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from press.binding.attributes import SubjectOrDimensionValue, list_figure_attributes
from press.binding.faults import VALUE_RANK, fault_at
from press.binding.proof import Proof
from press.ground.errors import Fault
from press.reading import Link, Sentence, Span, list_items_beginning_in


def find_faults_on_sides_of_than(
    sentence: Sentence, link: Link, proof: Proof
) -> Iterator[Fault]:
    """Yield a problem for each subject or dimension of which a side of "than" names
    values, and none that a claim with a base compares there; a doubt where the sentence
    has other figures.
    """
    clause = sentence.clause_or_sentence_at(link.words_start)
    than = sentence.find_first_tag(link.words_start, clause.end, "than")
    if not than:
        return
    rank = 0 if sentence.find_data_links() == [link] else VALUE_RANK
    before = Span(clause.start, link.words_start)
    behind = Span(than.end, clause.end)
    for fact, side in zip(proof.facts, (before, behind), strict=True):
        own = replace(proof, facts=(fact,), claim=None)
        for attribute in list_figure_attributes(sentence, link, own):
            if (
                not isinstance(attribute, SubjectOrDimensionValue)
                or attribute.is_optional
            ):
                continue
            named = list_items_beginning_in(attribute.relevant_mentions, side)
            mismatch = attribute.find_mismatched_mention(named)
            if mismatch:
                yield fault_at(
                    mismatch,
                    f'"{sentence.source_words(link)}" compares {fact.key} on the side'
                    f' where the sentence says "{sentence.visible_words(mismatch)}"',
                    rank=rank,
                )
