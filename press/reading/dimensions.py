"""What words say of the figures beside them: which goods, whose count, in which prices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from press.reading.lexicon import Dimension, Lexicon
from press.reading.loose import Loose, words_in
from press.reading.text import Span


class NamedValue(NamedTuple):
    """Words that name values of a dimension: one, or several of which any may be meant."""

    values: frozenset[str]
    start: int
    end: int


def named_values(dimension: Dimension, lexicon: Lexicon, folded: str, span: Span) -> Iterator[NamedValue]:
    """Yield the words in a part of folded words that name a value of a dimension."""
    for start, end, phrase, *_ in lexicon.once(_finders)[dimension.name].find(folded, span):
        yield NamedValue(dimension.phrases[phrase], start, end)


def present(lexicon: Lexicon, folded: str, span: Span) -> frozenset[str]:
    """Return the names of dimensions of which a phrase may begin in a part of folded words."""
    firsts = lexicon.once(_firsts)
    words = (word.removesuffix("'s") for word, _, _ in words_in(folded, *span))
    return frozenset().union(*(firsts[word] for word in words if word in firsts))


def _firsts(lexicon: Lexicon) -> dict[str, set[str]]:
    """Return by the first words of phrases the dimensions that have such a phrase."""
    found: dict[str, set[str]] = {}
    for dimension in lexicon.dimensions:
        for phrase in dimension.phrases:
            found.setdefault(phrase.split()[0].removesuffix("'s"), set()).add(dimension.name)
    return found


def _finders(lexicon: Lexicon) -> dict[str, Loose]:
    """Return by the name of each dimension what finds its phrases."""
    stops = {*lexicon.directions, *lexicon.comparators}
    return {dimension.name: Loose(dimension.phrases, stops) for dimension in lexicon.dimensions}
