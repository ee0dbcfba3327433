"""Sheets: what a publisher sent, or an editor saved, as rows of cells of text, whatever
its format.

Documents are read in a process of their own (``press/intake/reader.py``), with a limit
of time, memory and cells.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from press.intake.reader import WrongError
from press.intake.release import Document, UnreadableError

READER = Path(__file__).with_name("reader.py")
SECONDS = 10


class Sheet(NamedTuple):
    """A table of cells of text: spaces are single, what spans cells stands in each,
    ``^`` is before a raised sign.

    ``before`` are the words that stand before it: a page's title and date, or the name
    of a worksheet. ``stored`` is whether its numbers are what a workbook keeps, which
    may have more decimals than it shows.
    """

    before: str
    rows: tuple[tuple[str, ...], ...]
    stored: bool = False


class Listed(NamedTuple):
    """A row of a page: its words, and its links as their words and their addresses, as
    the page writes these.
    """

    words: str
    links: tuple[tuple[str, str], ...]


def sheets(document: Document) -> list[Sheet]:
    """Return the tables in a document.

    Raises ``UnreadableError`` where it is empty, broken, or too large.
    """
    made = _read(document)["sheets"]
    return [
        Sheet(before, tuple(map(tuple, rows)), stored) for before, rows, stored in made
    ]


def listed(document: Document) -> list[Listed]:
    """Return the rows of a page that lists others.

    Raises ``UnreadableError`` where it is empty, broken, too large.
    """
    return [
        Listed(words, tuple(map(tuple, links)))
        for words, links in _read(document).get("rows", ())
    ]


def _read(document: Document) -> dict[str, Any]:
    """Return what the process that reads makes of a document; several
    adapters may ask.
    """
    made = document.derive(_answer)
    if "wrong" in made:
        message, hint, known, away = made["wrong"]
        raise UnreadableError(message, hint, known=known, away=away)
    return made


def _answer(document: Document) -> dict[str, Any]:
    command = [sys.executable, "-I", str(READER)]
    try:
        done = subprocess.run(
            command,
            input=document.body,
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except subprocess.SubprocessError:
        wrong = (
            "found a document that cannot be read: it is broken, or takes more than"
            f" {SECONDS} s or too much memory"
        )
        return WrongError(
            wrong, "open it and save the one table that holds the release"
        ).told
    return dict(json.loads(done.stdout))
