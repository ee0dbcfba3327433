"""Changes: what a mutant does to a text, and of what kind that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")


class Change(NamedTuple):
    """Other words of a link, or another target, and the kind of the change."""

    kind: str
    new: str


class Mutant(NamedTuple):
    """One change of a paragraph: its kind, the stretch that it replaces, and by
    what.
    """

    kind: str
    start: int
    end: int
    new: str


def list_neighbours(item: Item, items: Sequence[Item]) -> list[Item]:
    """Return the items before and after one, in their order; of one that is not among
    them, the first two.
    """
    place = items.index(item) if item in items else 0
    return [other for other in items[max(place - 1, 0) : place + 2] if other != item]
