"""Words in the code of charts: readers see them, so numbers in them are checked like those of texts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from press.ground.files import parse_file
from press.reading import PLACE, Text

QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
BESIDE = re.compile(r"\w\s+\w")  # two words side by side: no expression of Vega has them
WORDS = re.compile(r"\w\S*\s|\s\S*\w")  # of a string with one word no reader is told a number


def strings_in_code(root: Path) -> Iterator[Text]:
    """Yield each string of several words in the code of the story's charts, as a text of the kind *code*.

    Docstrings are for authors, and expressions of Vega (``datum.…``) for machines, but for what they quote.
    """
    for path in sorted([*(root / "story").glob("charts/**/*.py"), *(root / "story").glob("charts.py")]):
        yield from parse_file(path, root, _texts)


def _texts(source: str, name: str) -> tuple[Text, ...]:
    """Return the strings of several words in a file; none of one that is no Python, which its import reports."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ()
    parts = ((line, part) for line, words in _strings(tree) for part in _for_readers(words))
    return tuple(Text(name, source, -1, line, part, "code") for line, part in parts)


def _strings(tree: ast.AST) -> list[tuple[int, str]]:
    """Return the line and the words of each string but docstrings."""
    found, waiting = [], [tree]
    while waiting:
        for child in ast.iter_child_nodes(waiting.pop()):
            if isinstance(child, ast.Constant):
                if isinstance(child.value, str):
                    found.append((child.lineno, child.value))
            elif isinstance(child, ast.JoinedStr):
                found.append((child.lineno, _with_places(child)))
                waiting += [part for part in child.values if isinstance(part, ast.FormattedValue)]
            elif isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue  # a docstring
            else:
                waiting.append(child)
    return sorted(found)


def _with_places(string: ast.JoinedStr) -> str:
    """Return the words of an f-string, with ``{place}`` for what is filled in."""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{place}" for part in string.values)


def _for_readers(words: str) -> list[str]:
    """Return what of a string readers see: all of several words, what an expression of Vega quotes, else nothing."""
    if "datum." in words and not BESIDE.search(QUOTED.sub("''", words)):
        return [found[0][1:-1] for found in QUOTED.finditer(words)]
    return [words] if WORDS.search(PLACE.sub("{}", words)) else []
