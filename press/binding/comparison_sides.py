"""The two sides of a comparison, "A sold [more] than B": whether words name on each
what the claim compares there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from press.binding.attributes import FigureValue, list_figure_attributes
from press.binding.facts import Fact
from press.binding.faults import VALUE_RANK, fault_at
from press.binding.proof import Proof
from press.ground.errors import Fault
from press.reading import Link, Sentence, Span, begins_in


def find_faults_on_sides_of_than(
    sentence: Sentence, link: Link, proof: Proof
) -> Iterator[Fault]:
    """Yield a problem for what is named on a side of "than" and is not compared there,
    or a doubt where the sentence has other figures; none for claims without a base.
    """
    if not proof.claim or not proof.claim.comparator.has_base:
        return
    clause = sentence.clause_or_sentence_at(link.words_start)
    than = sentence.lexicon.matcher.find_first_tag(
        sentence.text.folded_visible, ("than",), link.words_start, clause.end
    )
    if not than:
        return
    first, second = proof.facts
    before = Span(clause.start, link.words_start)
    behind = Span(than.end, clause.end)
    yield from _find_values_of_other_figure(sentence, link, proof, first, before)
    yield from _find_values_of_other_figure(sentence, link, proof, second, behind)


def _find_values_of_other_figure(
    sentence: Sentence, link: Link, proof: Proof, fact: Fact, side: Span
) -> Iterator[Fault]:
    """Yield a fault for each subject or dimension of which a side names values, and
    none is that of its fact.
    """
    own = replace(proof, facts=(fact,), claim=None)
    for attribute in list_figure_attributes(sentence, link, own):
        if not isinstance(attribute, FigureValue) or attribute.is_optional:
            continue
        named = [item for item in attribute.relevant_mentions if begins_in(item, side)]
        mismatch = attribute.find_mismatched_mention(named)
        if mismatch:
            is_only_figure = sentence.find_data_links() == [link]
            yield fault_at(
                mismatch,
                f'"{sentence.source_words(link)}" compares {fact.key} on the side where'
                f' the sentence says "{sentence.visible_words(mismatch)}"',
                rank=0 if is_only_figure else VALUE_RANK,
            )
