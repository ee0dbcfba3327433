"""What words say of the figures beside them: which goods, whose count, in which prices."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from press.reading.lexicon import Dimension, Lexicon
from press.reading.loose import Loose
from press.reading.text import Span

REMEMBERED = 64  # dimensions at a time, those of a few lexicons


class NamedValue(NamedTuple):
    """Words that name values of a dimension: one, or several of which any may be meant."""

    values: frozenset[str]
    start: int
    end: int


def named_values(dimension: Dimension, lexicon: Lexicon, folded: str, span: Span) -> Iterator[NamedValue]:
    """Yield the words in a part of folded words that name a value of a dimension."""
    for start, end, phrase, *_ in _finder(dimension, lexicon).find(folded, span):
        yield NamedValue(dimension.phrases[phrase], start, end)


@lru_cache(maxsize=REMEMBERED)
def _finder(dimension: Dimension, lexicon: Lexicon) -> Loose:
    return Loose(dimension.phrases, {*lexicon.directions, *lexicon.comparators})
