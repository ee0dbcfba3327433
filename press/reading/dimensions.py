"""What words say of the figures beside them: whose they are; which goods, whose count, in which prices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from press.reading.lexicon import Lexicon
from press.reading.loose import Loose
from press.reading.text import Span


class NamedValue(NamedTuple):
    """Words that name subjects, or values of a dimension: one, or several of which any may be meant."""

    values: frozenset[str]
    start: int
    end: int


def named_values(lexicon: Lexicon, folded: str, span: Span) -> Mapping[str, list[NamedValue]]:
    """Return the words in a part of folded words that name values, by the name of their dimension."""
    found = defaultdict[str, list[NamedValue]](list)
    dimensions = {dimension.name: dimension for dimension in lexicon.dimensions}
    for name, (start, end, phrase, *_) in lexicon.once(_finder).find(folded, span):
        found[name].append(NamedValue(dimensions[name].phrases[phrase], start, end))
    return found


def _finder(lexicon: Lexicon) -> Loose:
    """Return what finds the phrases of all dimensions."""
    stops = {*lexicon.directions, *lexicon.comparators}
    return Loose({dimension.name: dimension.phrases for dimension in lexicon.dimensions}, stops)
