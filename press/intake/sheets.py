"""Documents as tables of cells of text, whatever their format.

Each is read in a process of its own (``press/intake/reader.py``), with a limit of time,
memory and cells.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import press
from press.ground.errors import quote_words
from press.intake.cells import AGAIN, ZIP, check_names_differ
from press.intake.release import Document, UnreadableError

ENGINE = Path(press.__file__).parents[1]  # from where the process imports it
SECONDS = 10  # of the processor, for one document
BUSY = 20  # times as many seconds may pass by the clock where a machine is busy


def parse_document(body: bytes, address: str, day: str) -> Document:
    """Return the tables in the bytes of a document.

    Raises ``UnreadableError`` where it is empty, broken, or too large.
    """
    made = _read_in_process(body)
    if isinstance(made, dict):
        raise UnreadableError(**made)
    return Document(made, address, day, is_stored=body.startswith(ZIP))


def _read_in_process(body: bytes) -> list[list[list[str]]] | dict[str, Any]:
    """Return what the process that reads prints: tables, or what is wrong."""
    command = [sys.executable, "-Es", "-m", "press.intake.reader", str(SECONDS)]
    try:
        done = subprocess.run(
            command,
            cwd=ENGINE,
            input=body,
            capture_output=True,
            timeout=BUSY * SECONDS,
            check=True,
        )
    except subprocess.SubprocessError:
        raise UnreadableError(
            "found a document that cannot be read: it is broken, or takes more than"
            f" {SECONDS} s of the processor or too much memory",
            "open it and save the one table that holds the release",
        ) from None
    return json.loads(done.stdout)  # type: ignore[no-any-return]  # of the reader


def read_records(document: Document, needed: Sequence[str]) -> list[dict[str, str]]:
    """Return the rows of the one table in a document with all ``needed`` columns, at
    least one row, by the names in its head.

    Raises ``UnreadableError``, with ``known=False`` where there is no such table.
    """
    found = [table for table in document.tables if {*needed} <= {*table[0]}]
    if len(found) != 1:
        raise UnreadableError(
            f"found {len(found) or 'no'} tables with the columns {', '.join(needed)},"
            " expected one",
            known=bool(found),
        )
    head, *rows = found[0]
    check_names_differ(head)
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
