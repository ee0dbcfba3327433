"""Steps: lines that tell what is under way, so that nobody takes a long build for one that hangs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

EVERY = 100  # of things that are many, each so manyth is told
_Item = TypeVar("_Item")


class Step(str):
    """A line that says what is under way: worth nothing once the next is said, so a terminal shows one at a time."""

    __slots__ = ()


def nobody(_line: str) -> None:
    """Report to nobody: what is under way, or said, matters to no one here."""


def stepwise(items: Sequence[_Item], what: str, report: Callable[[str], None]) -> Iterator[_Item]:
    """Yield items and report each hundredth before its turn; report nothing where that is all of them."""
    for number, item in enumerate(items):
        if number and number % EVERY == 0:
            report(Step(f"{what} {number}/{len(items)}"))
        yield item
