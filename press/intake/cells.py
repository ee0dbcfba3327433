"""Cells of documents as they are read: text with single spaces, and not too many."""

from __future__ import annotations

import re
from collections.abc import Sequence

from press.ground.errors import quote_words
from press.intake.release import UnreadableError

ZIP = b"PK\x03\x04"  # with which a workbook begins
AGAIN = "save it again as XLSX or CSV, or fetch it anew"
MOST_CELLS = 1_000_000  # of a document, those between others too
SPACES = re.compile(r"\s+")
# Invisible characters that publishers' pages are full of, and that change nothing of
# what is seen. Others stay (a soft hyphen may stand for a minus): no number with one is
# read, and merging refuses each (press/ground/invisible.py).
WITHOUT_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
TextRows = list[list[str]]


def clean_text(text: str) -> str:
    """Return a text with single spaces, of whatever kind they were, and without those
    that have no width.
    """
    return SPACES.sub(" ", text.translate(WITHOUT_WIDTH)).strip()


def check_cell_count(cells: int) -> None:
    """Raise ``UnreadableError`` for more cells than any person would publish a
    release in.
    """
    if cells > MOST_CELLS:
        raise UnreadableError(
            f"found {cells:,} cells, expected at most {MOST_CELLS:,}",
            "save the one sheet that holds the release",
        )


def check_names_differ(names: Sequence[str]) -> None:
    """Raise ``UnreadableError`` for a name of a column or a field that stands twice:
    nobody knows which of both holds the figure.
    """
    for name in filter(None, names):
        if names.count(name) > 1:
            raise UnreadableError(
                f"found the name {quote_words(name)} twice, expected it once",
                "fetch it anew, or take out the column that is not meant",
            )
