"""Finds quantities in running text, each the longest stretch of words around its number
that can be read as one.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from press.reading.lexicon import Lexicon, fold_text
from press.reading.phrase import (
    MEASURES,
    TokenSequence,
    WrittenQuantity,
    parse_quantity_tokens,
)
from press.reading.places import blank_spans
from press.reading.tokens import NUMERALS, QuantityParseError, Token, tokenize

# What can be the number of a quantity in a longer text.
COUNTING = {*NUMERALS, "fraction", "multiple"}


class PlacedQuantity(NamedTuple):
    """A quantity in a longer text, and from where to where its words stand there."""

    start: int
    end: int
    phrase: WrittenQuantity


def find_quantities_outside_names(text: str, lexicon: Lexicon) -> list[PlacedQuantity]:
    """Return every number of a longer text with its hedge, sign, scale and units; other
    words are passed over.

    Number words count where a scale or unit follows, fractions where they are no
    ordinals or stretches of a year ("a third", "half of", but neither "the third" nor
    "the second half").
    """
    names = lexicon.matcher.find_tags(fold_text(text), ("plain_names",))
    text = blank_spans(text, names, "_")
    tokens = tuple(tokenize(text, lexicon, allow_unknown_words=True))
    words = TokenSequence(text, tokens, lexicon)
    found: list[PlacedQuantity] = []
    index = 0
    while index < len(words.tokens):
        placed = _find_longest_quantity_around(words, index)
        index += 1
        if placed:
            found.append(placed)
            rest = tuple(token for token in words.tokens if token.start >= placed.end)
            words = replace(words, tokens=rest)
            index = 0
    return found


def _find_longest_quantity_around(
    words: TokenSequence, index: int
) -> PlacedQuantity | None:
    """Return the quantity whose number is the token at an index, None if the token
    counts nothing.

    It is the longest stretch around its number that is one quantity; other tokens there
    belong to other quantities.
    """
    token = words.token_or_blank_at(index)
    if token.kind not in COUNTING and not words.is_article_meaning_one(index):
        return None
    widest = _find_widest_token_range(words, index)
    if len(widest) == 1 and not _can_count_without_unit(words, index):
        return None
    for first, last in product(
        range(widest.start, index + 1), range(widest.stop, index, -1)
    ):
        stretch = replace(words, tokens=words.tokens[first:last])
        if last > index + 1 and _ends_where_more_must_follow(stretch):
            continue
        with suppress(QuantityParseError):
            phrase = parse_quantity_tokens(stretch)
            return PlacedQuantity(
                stretch.tokens[0].start, stretch.tokens[-1].end, phrase
            )
    return None


def _find_widest_token_range(words: TokenSequence, index: int) -> range:
    """Return the indices of the tokens that may belong to the number at an index."""
    start = index
    is_fraction = words.token_or_blank_at(index).kind == "fraction"
    two_before = [words.token_or_blank_at(index - step).kind for step in (2, 1)]
    if is_fraction and two_before == ["hedge", "filler"]:
        start -= 1  # "about a quarter"
    while _can_stand_before_number(words.token_or_blank_at(start - 1)):
        start -= 1
    is_led = words.token_or_blank_at(start - 1).kind == "before"
    end = index + 1
    while more := _count_tokens_continuing_number(
        words, end, allows_and=is_led, is_fraction=is_fraction
    ):
        end += more
    if is_led:
        start -= 1
    return range(start, end)


def _can_stand_before_number(token: Token) -> bool:
    """Tell whether a token before a number may belong to it."""
    return token.kind in {"unit", "sign", "hedge"} and not token.is_rate


def _count_tokens_continuing_number(
    words: TokenSequence, end: int, *, allows_and: bool, is_fraction: bool
) -> int:
    """Return how many tokens at an index a number goes on with: a scale or unit, the
    second end of a range, "of a".

    ``allows_and``: "and" may join two numbers, as behind "between".
    """
    joint, second, third = map(words.token_or_blank_at, range(end, end + 3))
    if joint.kind in MEASURES:
        return 1
    if words.can_join_numbers(joint, allows_and=allows_and):
        if second.kind in NUMERALS:
            return 2
        if second.kind == "unit" and third.kind in NUMERALS:
            return 3
    elif is_fraction and joint.kind == "filler":
        counted = third if second.kind == "filler" else second
        return int(counted.kind in MEASURES)
    return 0


def _can_count_without_unit(words: TokenSequence, index: int) -> bool:
    """Tell whether a number counts something, though no other token belongs to it: it
    is no word, "no one", and no fraction of one word without "a" before it or "of"
    after it.
    """
    token = words.token_or_blank_at(index)
    if token.kind in {"word", "filler"}:
        return False
    if token.kind != "fraction" or not token.phrase.isalpha():
        return True  # a fraction of two words, too: "one third"
    before = words.token_or_blank_at(index - 1)
    if before.kind == "ordinal":
        return False
    is_after_article = before.value in words.lexicon.lists["articles"]
    return is_after_article or words.token_or_blank_at(index + 1).kind == "filler"


def _ends_where_more_must_follow(words: TokenSequence) -> bool:
    """Tell whether tokens end where a quantity goes on: with "to", "of", or the
    currency of a next number, "to $".
    """
    before, last = words.tokens[-2:]
    if last.kind == "unit":
        return before.kind in {"join", "dash"}
    return last.kind in {"join", "dash", "filler"}
