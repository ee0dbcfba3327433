"""Faults and doubts at a place of a text, and how telling each kind of doubt is."""

from __future__ import annotations

from press.ground.errors import Fault
from press.reading import ItemInText, Link

# Ranks of doubts about what a figure is of: the lower, the more telling. What is wrong
# for certain has the rank 0.
TIME_RANK = 2
SUBJECT_RANK = 3
VALUE_RANK = 4
UNNAMED_RANK = 7
DIRECTION_RANK = 6


def fault_at(place: ItemInText, message: str, hint: str = "", rank: int = 0) -> Fault:
    """Return a fault, or with a rank a doubt, at something that stands in a text."""
    return Fault(place.start, place.end, message, hint, rank=rank)


def fault_at_words(link: Link, message: str, hint: str = "", rank: int = 0) -> Fault:
    """Return a fault, or with a rank a doubt, at the words of a link."""
    return Fault(link.words_start, link.words_end, message, hint, rank=rank)
