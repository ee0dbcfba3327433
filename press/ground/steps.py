"""Steps: lines that tell what is under way, so that nobody takes a long build for one
that hangs.
"""

from __future__ import annotations


class Step(str):
    """A line that says what is under way: worth nothing once the next is said, so a
    terminal shows one at a time.
    """

    __slots__ = ()


def discard_line(_line: str) -> None:
    """Report to nobody: what is under way, or said, matters to no one here."""
