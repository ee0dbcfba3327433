"""Notation: numbers as publishers print them, with commas, points or spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from press.ground.errors import quoted
from press.intake.release import UnreadableError

# what is a number in some notation, or signs for one that is wider than its column
FIGURES = re.compile(r"-?\d[\d., ]*%?|##+")
MISSING = {"", "-", "--", "…", "..."}  # no number is printed


class Notation(NamedTuple):
    """What parts thousands, and what stands before decimals."""

    separator: str
    point: str

    def parse(self, text: str) -> Decimal | None:
        """Return the number in a text, ``None`` where it is none in this notation."""
        digits = rf"\d{{1,3}}(?:[{self.separator}]\d{{3}})+|\d+"
        if re.fullmatch(rf"-?(?:{digits})(?:[{self.point}]\d+)?", text):
            plain = text.replace(self.separator, "")
            return Decimal(plain.replace(self.point, "."))
        return None

    def decimals(self, text: str) -> int:
        """Return how many decimals a number has; another text has none."""
        return 0 if self.parse(text) is None else len(text.partition(self.point)[2])


# the likeliest first, in which "4,280" is four thousand
NOTATIONS = tuple(Notation(*signs) for signs in (",.", " .", ".,", " ,"))


def looks_like_number(text: str) -> bool:
    """Tell whether a cell has nothing but a number, in whatever notation."""
    return bool(FIGURES.fullmatch(text))


def find_notation(cells: Iterable[str], row: str) -> Notation:
    """Return the notation of the numbers in some cells of a ``row``.

    Raises ``UnreadableError`` for a cell that is no number, and for two notations.
    """
    printed = [text for text in cells if text not in MISSING]
    for notation in NOTATIONS:
        if all(notation.parse(text) is not None for text in printed):
            return notation
    for text in printed:
        if all(notation.parse(text) is None for notation in NOTATIONS):
            raise UnreadableError(
                f"found {quoted(text)} in the row {quoted(row)}, expected a number such"
                " as 1,234.5 and nothing beside it",
                "a mark may have a meaning: look at the page, and record by hand",
            )
    raise UnreadableError(
        f"found {quoted(' '.join(printed))} in the row {quoted(row)}, expected points"
        " and commas of one meaning",
        "look at the page, and record by hand",
    )
