"""Sheets: what a publisher sent, or an editor saved, as rows of cells of text, whatever
its format.

Documents are read in a process of their own (``press/intake/reader.py``), with a limit
of time, memory and cells.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from press.ground.errors import quote_words
from press.intake.reader import AGAIN, WrongError
from press.intake.release import Document, UnreadableError

READER = Path(__file__).with_name("reader.py")
SECONDS = 10


class Sheet(NamedTuple):
    """A table of cells of text: spaces are single, what spans cells stands in each,
    ``^`` is before a raised sign.

    ``before`` are the lines that stand before it: a page's title and date, the name of
    a worksheet. ``stored`` is whether its numbers are what a workbook keeps, which may
    have more decimals than it shows.
    """

    before: tuple[str, ...]
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
    made = _read_document(document)["sheets"]
    return [
        Sheet(tuple(before), tuple(map(tuple, rows)), stored)
        for before, rows, stored in made
    ]


def read_records(document: Document, columns: Sequence[str]) -> list[dict[str, str]]:
    """Return the rows of the one table in a document, at least one, by the names in its
    head, which has some ``columns``.

    Raises ``UnreadableError``, with ``known=False`` for another head.
    """
    head, *rows = next((sheet.rows for sheet in sheets(document) if sheet.rows), ((),))
    if missing := [name for name in columns if name not in head]:
        raise UnreadableError(
            f"found {','.join(head)[:60] or 'no table'}, expected a head with"
            f" {', '.join(missing)}",
            known=False,
        )
    records = list(filter(any, rows))
    for row in records:
        if len(row) < len(head) or any(row[len(head) :]):
            raise UnreadableError(
                f"found {quote_words(','.join(row))}, expected {len(head)} cells"
                " as in the"
                " head",
                AGAIN,
            )
    if not records:
        raise UnreadableError("found a head and no row below it, expected some", AGAIN)
    return [dict(zip(head, row, strict=False)) for row in records]


def listed(document: Document) -> list[Listed]:
    """Return the rows of a page that lists others.

    Raises ``UnreadableError`` where it is empty, broken, too large.
    """
    return [
        Listed(words, tuple(map(tuple, links)))
        for words, links in _read_document(document).get("rows", ())
    ]


def _read_document(document: Document) -> dict[str, Any]:
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
