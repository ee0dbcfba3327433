"""Holding figures to the subject that a sentence names: the words nearest to a figure name its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from press.ground.errors import Fault, Mend
from press.reading import Lexicon, Link, NamedSubject, Placed, Sentence, inside, lies_in, lists

_Placed = TypeVar("_Placed", bound=Placed)


def subject_fault(sentence: Sentence, link: Link, subject: str) -> Fault | None:
    """Return what is wrong where the words nearest to a figure name another subject than its own."""
    if subject not in sentence.lexicon.subjects.values():
        return None
    candidates = nearest_named(sentence, link, sentence.subjects)
    if any(subject in named.subjects for named in candidates) or _both(sentence, candidates):
        return _unclear_fault(sentence, candidates[0]) if all(named.unclear for named in candidates) else None
    for found in candidates[:1]:
        words, expected = sentence.shown(found), _example(subject, sentence.lexicon)
        message = f'"{sentence.own_words(link)}" belongs to "{expected}", but the nearest words are "{words}"'
        mend = Mend(found.start, found.end, expected, f'"{expected}"')
        return Fault(found.start, found.end, message, f'link the fact for "{words}"', mends=(mend,))
    return None


def nearest_named(sentence: Sentence, link: Link, named: Sequence[_Placed]) -> Sequence[_Placed]:
    """Return those of ``named`` that a figure may answer to: in a clause with no other figure, all of the clause."""
    clause = sentence.clause(link.words_start)
    own = [item for item in named if lies_in(item, clause)]
    alone = own and len(sentence.data_links(clause)) == 1 and not any(inside(item, link) for item in own)
    return own if alone else sentence.nearest(link, named)


def _unclear_fault(sentence: Sentence, named: NamedSubject) -> Fault:
    message = f'"{sentence.shown(named)}" does not say whose: neither the sentence nor the title does'
    return Fault(named.start, named.end, message, "name whose they are")


def _both(sentence: Sentence, subjects: Sequence[NamedSubject]) -> bool:
    """Tell whether the words name two subjects in one breath: "sales and purchases"."""
    return any(
        one.subjects != other.subjects
        or sentence.text.folded[one.start : one.end] != sentence.text.folded[other.start : other.end]
        for group in lists(sentence.text, subjects)
        for one, other in pairwise(group)
    )


def _example(subject: str, lexicon: Lexicon) -> str:
    """Return a phrase that names a subject, as the story writes it."""
    return lexicon.subject_forms.get(subject) or next(
        word for word, name in lexicon.subjects.items() if name == subject
    )
