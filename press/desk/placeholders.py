"""What a new story leaves for its author to say of its sources: no site is published
with it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from press.ground.errors import Problem, quote_words
from press.ground.files import format_path, read_text

SOURCES = "data/sources.csv"
LICENCE = "licence"
NO_LICENCE = "write the licence, such as CC BY 4.0, or: not stated"
HINT_BY_PLACEHOLDER = {
    "A publisher to be named": "write who published the table",
    r"https?://example\.(?:com|net|org)\b[^\s,\"]*": "write where it can be read",
    "Licence to be named": NO_LICENCE,
    r"(?<=,)unstated(?=,)": "write how near it is to the origin: primary, agency, press"
    " or reprint",
}


def list_placeholder_problems(root: Path) -> Iterator[Problem]:
    """Yield a problem for each placeholder in the sources of a story and in the
    descriptions of its tables, and for each source whose licence is empty.

    Raises ``BuildError`` for a file that cannot be read.
    """
    paths = [root / SOURCES, *sorted((root / "data").glob("*.toml"))]
    for path in filter(Path.exists, paths):
        for number, line in enumerate(read_text(path, root).splitlines(), 1):
            for placeholder, hint in HINT_BY_PLACEHOLDER.items():
                for found in re.findall(placeholder, line, re.IGNORECASE):
                    message = f"found the placeholder {quote_words(found)}"
                    yield Problem(format_path(path, root), number, message, hint)
    yield from _list_sources_without_licence(root)


def _list_sources_without_licence(root: Path) -> Iterator[Problem]:
    """Yield a problem for each source whose licence is empty."""
    if not (root / SOURCES).exists():
        return
    rows = csv.DictReader(read_text(root / SOURCES, root).splitlines(keepends=True))
    for row in rows:
        if row.get(LICENCE) == "":
            message = f"found no licence for {quote_words(row['id'])}, expected one"
            yield Problem(SOURCES, rows.line_num, message, NO_LICENCE)
