"""Holding a comparison to the figures beside it, and figures to the order in which a sentence tells them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from press.binding.claims import REACHING
from press.binding.proof import Proof
from press.ground.errors import Fault
from press.reading import NEAR, Link, Sentence, Span

LEADS = 2  # words: before the first of two figures, and between them


def threshold_fault(sentence: Sentence, link: Link, proof: Proof) -> Fault | None:
    """Return what is wrong where a sentence links another threshold than its comparison's.

    It links some of the same fact, such as one goal of several, and not that of the comparison.
    """
    if not proof.claim or proof.claim.classes[0] not in REACHING:
        return None
    own = proof.claim.operands[1]
    beside = [other for other in sentence.bindings if other.target.startswith(f"fact:{own.name}/")]
    if not beside or any(other.target == f"fact:{own.key}" for other in beside):
        return None
    words, compared = sentence.own_words(beside[0]), sentence.own_words(link)
    message = f'"{words}" is {beside[0].target}, but "{compared}" beside it is a comparison with {own.key}'
    return Fault(beside[0].words_start, beside[0].words_end, message, "compare with the figure that the sentence tells")


def order_faults(sentence: Sentence, proofs: Sequence[tuple[Link, Proof]]) -> Iterator[Fault]:
    """Yield what is wrong where a sentence goes from a later figure to an earlier one: "from [8] to [5]".

    A sentence that dates each of them says itself which is which.
    """
    lexicon, folded = sentence.lexicon, sentence.text.folded
    for (one, first), (other, second) in pairwise(proofs):
        between = folded[one.words_end : other.words_start].split()
        leads = [*folded[sentence.start : one.words_start].split()[-1:], *between]
        pair = leads[:1] and leads[0] in {*lexicon.since, *lexicon.range_before} and leads[-1] in lexicon.range_between
        if pair and len(leads) <= LEADS and _is_later(first, second):
            told = f'"{leads[0]} {sentence.own_words(one)} {leads[-1]} {sentence.own_words(other)}"'
            message = f"{told} goes from a later time to an earlier one"
            yield Fault(
                one.words_start, other.words_end, message, "tell the earlier figure first, or date each of them"
            )


def _is_later(first: Proof, second: Proof) -> bool:
    """Tell whether one figure of a fact is of a later time than another of the same fact."""
    if not first.facts or not second.facts or first.claim or second.claim:
        return False
    one, other = first.facts[0], second.facts[0]
    then, since = one.quantity.period, other.quantity.period
    return one.name == other.name and then is not None and since is not None and then.first > since.first


def repeat_fault(sentence: Sentence, link: Link) -> Fault | None:
    """Return "for the second time" or "month after month" beside a comparison, which proves no count and no habit."""
    found = next(_repeats(sentence, link), None) if link.scheme == "claim" else None
    if not found:
        return None
    message = f'"{sentence.shown(found)}" says more than "{sentence.own_words(link)}" proves'
    return Fault(*found, message, "leave it out, or link what proves it")


def _repeats(sentence: Sentence, link: Link) -> Iterator[Span]:
    """Yield what says how often it was so: in the clause of a comparison a rank, in its sentence a habit."""
    lexicon, folded, clause = sentence.lexicon, sentence.text.folded, sentence.clause(link.words_start)
    for tag in lexicon.tagger.find(folded, ("ordinals",), *clause):
        again = lexicon.tagger.first(folded, ("repeated",), tag.end, min(clause.end, tag.end + NEAR))
        if again and lexicon.ordinals[tag.phrase] > 1 and not folded[tag.end : again.start].strip():
            yield from _unbound(sentence, Span(tag.start, again.end))
    for tag in lexicon.tagger.find(folded, ("over_and_over",), *sentence.span):
        yield from _unbound(sentence, Span(tag.start, tag.end))


def _unbound(sentence: Sentence, words: Span) -> Iterator[Span]:
    if not any(other.start <= words.start < other.end for other in sentence.bindings):
        yield words
