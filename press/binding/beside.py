"""Comparisons right beside a figure that no link proves: "peaked at [$5 billion]", "[$5 billion], by far a record"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.binding.claims import REACHING
from press.ground.errors import Fault
from press.reading import NEAR, Lexicon, Link, Span, Text

WORD = re.compile(r"[^\s,]+")
APART = re.compile(r"[.;:()!?|]")
BEFORE, BEHIND = 2, 3  # small words between


def is_beside(text: Text, fault: Fault, lexicon: Lexicon) -> bool:
    """Tell whether a comparison stands right before a figure of the tables, or is said of it behind a comma.

    Hedges beside a figure are read with it; "below the line" tells where something is.
    """
    phrase = text.folded[fault.start : fault.end]
    if phrase in lexicon.hedges:
        return False
    figures = [link for link in text.bindings if link.scheme == "fact"]
    leads = _leads(phrase, lexicon) and any(_is_led(text, fault, link, lexicon) for link in figures)
    return leads or any(_is_told(text, fault, link, lexicon) for link in figures)


def _leads(phrase: str, lexicon: Lexicon) -> bool:
    """Tell whether a comparison before a figure says more of it than a direction, which is read with it."""
    return not (phrase in lexicon.directions or phrase in lexicon.short or lexicon.comparators.get(phrase) in REACHING)


def _is_led(text: Text, fault: Fault, link: Link, lexicon: Lexicon) -> bool:
    """Tell whether only small words lead from a comparison to a figure: "peaked at"; "slowed to" tells a change."""
    words = _between(text, fault.end, link.start)
    small = {*lexicon.fillers} - {*lexicon.into}
    return words is not None and len(words) <= BEFORE and {*words} <= small


def _is_told(text: Text, fault: Fault, link: Link, lexicon: Lexicon) -> bool:
    """Tell whether a comparison follows a figure behind a comma, after small words at most: ", by far the most"."""
    words = _between(text, link.end, fault.start)
    small = {*lexicon.articles, *lexicon.stressed}
    comma = words is not None and "," in text.folded[link.end : fault.start]
    return comma and words is not None and len(words) <= BEHIND and {*_stressed(words, lexicon)} <= small


def _stressed(words: list[str], lexicon: Lexicon) -> Iterator[str]:
    """Yield words, those of a phrase such as "by far" as one."""
    told = " ".join(words)
    for phrase in lexicon.stressed:
        if " " in phrase:
            told = told.replace(phrase, phrase.split()[-1])
    yield from told.split()


def _between(text: Text, start: int, end: int) -> list[str] | None:
    """Return the words between two places of a text, ``None`` if they lie apart or punctuation parts them."""
    between = text.folded[slice(*Span(start, end))]
    near = start <= end <= start + NEAR
    return WORD.findall(between) if near and not APART.search(between) else None
