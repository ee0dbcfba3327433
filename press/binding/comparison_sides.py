"""The two sides of a comparison, "A sold [more] than B", "A [overtook] B": whether
words name on each what the claim compares there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from press.binding.attributes import SubjectOrDimensionValue, list_figure_attributes
from press.binding.faults import VALUE_RANK, fault_at
from press.binding.proof import Proof
from press.ground.errors import Fault
from press.reading import Link, Sentence, Span, list_items_beginning_in


def find_faults_on_comparison_sides(
    sentence: Sentence, link: Link, proof: Proof
) -> Iterator[Fault]:
    """Yield a problem for each subject or dimension of which a side of a comparison
    names values, and none that the claim compares there; a doubt where the sentence has
    other figures.
    """
    sides = _find_sides(sentence, link)
    rank = 0 if sentence.find_data_links() == [link] else VALUE_RANK
    for fact, side in zip(proof.facts, sides, strict=False):
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


def _find_sides(sentence: Sentence, link: Link) -> tuple[Span, ...]:
    """Return where a clause may name the first fact of a comparison, and where the
    second; nothing where its words do not part the two.

    "than" parts them, or the link where its object stands right behind: "[overtook]
    Ardland", "[half as many] as Ardland". After a passive who did it stands behind:
    "was [overtaken] by Ardland".
    """
    clause = sentence.clause_or_sentence_at(link.words_start)
    before = Span(clause.start, link.words_start)
    than = sentence.find_first_tag(link.words_start, clause.end, "than")
    if than:
        return before, Span(than.end, clause.end)
    word = sentence.find_first_tag(link.words_start, link.words_end, "comparators")
    if not word:
        return ()
    behind = Span(link.words_end, clause.end)
    named = list_items_beginning_in(sentence.list_subject_and_value_mentions(), behind)
    if not named:
        return ()
    lists = sentence.lexicon.lists
    object_start = min(item.start for item in named)
    between = sentence.split_folded_words(link.words_end, object_start)
    if not {*lists["fillers"]}.issuperset(between):
        return ()
    after_word = sentence.split_folded_words(word.end, object_start)
    is_passive = after_word[:1] == [*lists["margin"]]
    return (behind, before) if is_passive else (before, behind)
