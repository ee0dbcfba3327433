"""Lengths of time without a link, "over sixteen years": whether two years that the
sentence names lie so far apart.
"""

from __future__ import annotations

from itertools import combinations

from press.ground.errors import Fault
from press.reading import QuantityParseError, Sentence, parse_quantity

YEARS = ("years",)


def is_duration_between_named_years(unlinked_number: Fault, sentence: Sentence) -> bool:
    """Tell whether an unlinked number counts the years between two that are named; a
    delay, "two years early", needs a figure.
    """
    behind = sentence.text.folded_visible[unlinked_number.end : sentence.end].lstrip()
    if behind.startswith(sentence.lexicon.lists["off"]):
        return False
    years = {
        end.year
        for item in sentence.times
        for end in item.range_ends or (item.period,)
        if end.is_year
    }
    spans = {later - earlier for earlier, later in combinations(sorted(years), 2)}
    first, *words = sentence.text.folded_visible[
        unlinked_number.start : unlinked_number.end
    ].split()
    if first not in sentence.lexicon.lists["lasting"]:
        words = [first, *words]
    try:
        phrase = parse_quantity(" ".join(words), sentence.lexicon)
    except QuantityParseError:
        return False
    is_plain = phrase.units == YEARS and not (phrase.direction or phrase.hedge)
    return is_plain and phrase.low == phrase.high and phrase.low in spans
