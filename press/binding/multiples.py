"""Multiples without a link, "nearly twice the [5]": whether figures confirm them.

A multiple is of a figure and the one that it leads to, of two figures of one fact, or
of a level and the value before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import combinations
from typing import NamedTuple

from press.binding.facts import Fact, Facts
from press.binding.ledger import CheckedLink, get_fact, list_links_to_levels
from press.binding.levels import find_previous_and_year_ago_levels
from press.binding.truth import is_true_of_figure
from press.binding.words_and_figure import WordsAndFigure
from press.ground.errors import Fault
from press.quantity import DivisorMayBeZeroError, Quantity
from press.reading import (
    Lexicon,
    QuantityParseError,
    Sentence,
    WrittenQuantity,
    parse_quantity,
)

FORMS = {"multiple", "fraction"}


class _WrittenMultiple(NamedTuple):
    """The words of a multiple alone, and what they read as."""

    words: str
    phrase: WrittenQuantity


class _ComparedLevels(NamedTuple):
    """The figure of which a multiple is said, and the one it is a multiple of."""

    figure: Quantity
    base: Quantity


def is_multiple_confirmed_by_figures(
    unlinked_number: Fault,
    sentence: Sentence,
    checked_links: Sequence[CheckedLink],
    facts: Facts,
) -> bool:
    """Tell whether the words of an unlinked number are a multiple that the figures of
    its sentence confirm.
    """
    found = _parse_multiple_at_end(
        sentence.text.visible_text[unlinked_number.start : unlinked_number.end],
        sentence.lexicon,
    )
    if not found:
        return False
    levels = list_links_to_levels(checked_links)
    compared = _find_compared_figures(unlinked_number, sentence, levels)
    if compared:
        ratios = _divide(*compared)
    else:
        ratios = _list_ratios_over_time([*map(get_fact, levels)], facts)
    return any(
        is_true_of_figure(
            WordsAndFigure(found.words, found.phrase, ratio, sentence.lexicon)
        )
        for ratio in ratios
    )


def _parse_multiple_at_end(words: str, lexicon: Lexicon) -> _WrittenMultiple | None:
    """Return the multiple with which words end: of "gold medals more than doubled" the
    last three.
    """
    parts = words.split()
    for start in range(len(parts)):
        rest = " ".join(parts[start:])
        with suppress(QuantityParseError):
            phrase = parse_quantity(rest, lexicon)
            if phrase.number_form in FORMS and not phrase.units:
                return _WrittenMultiple(rest, phrase)
    return None


def _find_compared_figures(
    unlinked_number: Fault, sentence: Sentence, levels: Sequence[CheckedLink]
) -> _ComparedLevels | None:
    """Return the figures before and behind a multiple, if it leads from the one to the
    other: "[11], twice the [5]", but not "[11] had halved, to [5]".
    """
    before = [level for level in levels if level.link.end <= unlinked_number.start]
    behind = [level for level in levels if level.link.start >= unlinked_number.end]
    if not before or not behind:
        return None
    lists = sentence.lexicon.lists
    between = sentence.split_folded_words(unlinked_number.end, behind[0].link.start)
    if {*lists["into"], *lists["from_base"]}.intersection(between):
        return None
    return _ComparedLevels(get_fact(before[-1]).quantity, get_fact(behind[0]).quantity)


def _list_ratios_over_time(linked: Sequence[Fact], facts: Facts) -> Iterator[Quantity]:
    """Yield the ratios of later to earlier figures of one fact; of a single figure
    those to the values before it.
    """
    for first, second in combinations(linked, 2):
        if first.name == second.name:
            earlier, later = sorted((first, second), key=_end_of_period)
            yield from _divide(later.quantity, earlier.quantity)
    if len(linked) == 1:
        for level in find_previous_and_year_ago_levels(linked[0], facts):
            yield from _divide(linked[0].quantity, level)


def _end_of_period(fact: Fact) -> int:
    """Return the month with which the time of a fact ends; 0 where it has none."""
    return fact.quantity.period.last if fact.quantity.period else 0


def _divide(figure: Quantity, base: Quantity) -> Iterator[Quantity]:
    """Yield how many times a base a figure is; nothing for other units or zero."""
    if figure.base_unit != base.base_unit:
        return
    with suppress(DivisorMayBeZeroError):
        factor = figure.unit_factor / base.unit_factor
        ratio = (figure / base).convert_unit_dropping_meaning(factor, "times")
        yield ratio.with_meaning("multiple")
