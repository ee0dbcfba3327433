"""Cells: what every document becomes, whatever its format: tables of text, of bounded size."""

from __future__ import annotations

import re
from typing import NamedTuple

from press.intake.release import UnreadableError

ROWS, COLUMNS = 20_000, 200
SPACES = re.compile(r"\s+")
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))  # characters without a width


class Sheet(NamedTuple):
    """A table of cells of text: spaces are single, what spans cells stands in each, ``^`` is before a raised sign.

    ``before`` are the words that stand before it: a page's title and date, or the name of a worksheet.
    """

    before: str
    rows: tuple[tuple[str, ...], ...]


def clean(text: str) -> str:
    """Return a text with single spaces, of whatever kind they were, and without characters that nobody sees."""
    return SPACES.sub(" ", text.translate(UNSEEN)).strip()


def check_size(rows: int, columns: int) -> None:
    """Raise ``UnreadableError`` for a table larger than any that a person would publish a release in."""
    if rows > ROWS or columns > COLUMNS:
        raise UnreadableError(
            f"found {rows:,} rows and {columns:,} columns, expected at most {ROWS:,} and {COLUMNS}",
            "save the one sheet that holds the release",
        )
