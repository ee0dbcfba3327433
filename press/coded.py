"""Words in the code of charts: readers see them, so no number may stand in them unbound either."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from press.source import Text
from press.text import read, shown
from press.unbound import unbound

if TYPE_CHECKING:
    from pathlib import Path

    from press.errors import Problems
    from press.lexicon import Lexicon

DOCSTRING = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"""', re.DOTALL)
LITERAL = re.compile(r'"([^"\n]*)"')
HINT = "write it into the words of the chart, in content/, and bind it there"


def check_code(root: Path, lexicon: Lexicon, problems: Problems) -> None:
    """Note every number in a string of several words in the code of the story's charts.

    Docstrings are for authors, and expressions of Vega (``datum.…``) for machines.
    """
    for path in sorted([*(root / "story").glob("charts/**/*.py"), *(root / "story").glob("charts.py")]):
        source = DOCSTRING.sub(lambda found: "\n" * found[0].count("\n"), read(path, root))
        for found in LITERAL.finditer(source):
            if " " in found[1] and "datum." not in found[1]:
                line = source.count("\n", 0, found.start()) + 1
                text = Text(shown(path, root), source, -1, line, found[1], "code")
                for fault in unbound(text, lexicon):
                    words = text.value[fault.start : fault.end]
                    problems.add(text.path, line, f"found {words!r} in the code of a chart, expected no number", HINT)
