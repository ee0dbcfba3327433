"""Changes: what a mutant does to a text, and of what kind that is."""

from __future__ import annotations

from typing import NamedTuple


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
