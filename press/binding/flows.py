"""Holding figures to the flow that a sentence tells: the words nearest to one name its own, a bare one a country."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from press.reading import (
    Fault,
    inside,
    lies_in,
    lists,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from press.reading import Flow, Lexicon, Link, Sentence


def subject_fault(sentence: Sentence, link: Link, subject: str) -> Fault | None:
    """Return what is wrong where the flow words nearest to a figure name another flow than its own."""
    if subject not in sentence.lexicon.subjects.values():
        return None
    clause = sentence.clause(link.words_start)
    own = [flow for flow in sentence.flows if lies_in(flow, clause)]
    alone = own and len(sentence.figures(clause)) == 1 and not any(inside(flow, link) for flow in own)
    candidates = own if alone else sentence.nearest(link, sentence.flows)
    if not candidates:
        return None
    if any(subject in flow.subjects for flow in candidates) or _both(sentence, candidates):
        homeless = next((flow for flow in candidates if flow.homeless), None)
        return _homeless_fault(sentence, homeless) if homeless and all(flow.homeless for flow in candidates) else None
    found = candidates[0]
    words = sentence.shown(found)
    expected = _example(subject, sentence.lexicon)
    hint = f"write whose figure it is, such as {expected}; or bind the figure of the words"
    message = f'found "{words}" beside [{sentence.own_words(link)}], a figure of {expected}, expected words for it'
    return Fault(found.start, found.end, message, hint)


def _homeless_fault(sentence: Sentence, flow: Flow) -> Fault:
    words = sentence.shown(flow)
    message = f'found "{words}" and no country in the sentence or the title, expected whose {words} they are'
    return Fault(flow.start, flow.end, message, "name the country")


def _both(sentence: Sentence, flows: Sequence[Flow]) -> bool:
    """Tell whether the words name both directions in one breath: "exports and imports"."""
    return any(
        one.subjects != other.subjects
        or sentence.text.folded[one.start : one.end] != sentence.text.folded[other.start : other.end]
        for group in lists(sentence.text, flows)
        for one, other in pairwise(group)
    )


def _example(subject: str, lexicon: Lexicon) -> str:
    """Return a phrase that names a subject, its countries with a capital."""
    phrase = next(phrase for phrase, name in lexicon.subjects.items() if name == subject)
    return " ".join(word.capitalize() if word in lexicon.parties else word for word in phrase.split())
