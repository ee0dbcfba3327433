"""Words in the code of charts: readers see them, so numbers in them are checked like
those of texts.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from press.ground.errors import Problems
from press.ground.files import parse_file
from press.ground.invisible import HINT, locate_invisible
from press.reading import PLACE, Text

QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
# two words side by side: no expression of Vega has them
BESIDE = re.compile(r"\w\s+\w")
# of a string with one word no reader is told a number
WORDS = re.compile(r"\w\S*\s|\s\S*\w")
TextKind = str  # "code", or "name" of a single word that has more than ASCII


def read_texts_in_chart_code(root: Path) -> list[Text]:
    """Return each string of several words in the code of the story's charts, as a text
    of the kind *code*.

    Single words that have more than ASCII come as texts of the kind *name*: no number
    is looked for in them.

    Docstrings are for authors, and expressions of Vega (``datum.…``) for machines, but
    for what they quote. Raises
    ``BuildError`` with all that is wrong in all files, as reading them does, and for
    strings with invisible characters.
    """
    problems = Problems()
    found = list[Text]()
    folder = root / "story"
    for path in sorted([*folder.glob("charts/**/*.py"), *folder.glob("charts.py")]):
        found += problems.collect(parse_file, path, root, _parse_texts_if_python) or ()
    problems.stop_if_any()
    return found


def _parse_texts_if_python(source: str, file_name: str) -> tuple[Text, ...]:
    """Return the strings in a file; none of one that is no Python, which its import
    reports.

    Raises ``BuildError`` for strings with invisible characters, which the file has by
    their escapes.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ()
    problems = Problems()
    texts = list[Text]()
    for line, words in _list_strings_but_docstrings(tree):
        for found in locate_invisible(words):
            problems.add(file_name, line, found.message, HINT)
        for part, kind in _list_visible_string_or_vega_quotes(words):
            texts.append(Text(file_name, source, -1, line, part, kind))
    problems.stop_if_any()
    return tuple(texts)


def _list_strings_but_docstrings(tree: ast.AST) -> list[tuple[int, str]]:
    """Return the line and the words of each string but docstrings."""
    found = []
    waiting = [tree]
    while waiting:
        for child in ast.iter_child_nodes(waiting.pop()):
            if isinstance(child, ast.Constant):
                if isinstance(child.value, str):
                    found.append((child.lineno, child.value))
            elif isinstance(child, ast.JoinedStr):
                found.append((child.lineno, _format_f_string_with_placeholders(child)))
                # what is filled in may be a string as well
                waiting += (
                    part
                    for part in child.values
                    if isinstance(part, ast.FormattedValue)
                )
            elif not _is_docstring(child):
                waiting.append(child)
    return sorted(found)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _format_f_string_with_placeholders(string: ast.JoinedStr) -> str:
    """Return the words of an f-string, with ``{place}`` for what is filled in."""
    words = ""
    for part in string.values:
        words += str(part.value) if isinstance(part, ast.Constant) else "{place}"
    return words


def _list_visible_string_or_vega_quotes(words: str) -> list[tuple[str, TextKind]]:
    """Return what of a string readers see, and its kind: all of it, or what an
    expression of Vega quotes.

    One word of plain letters and digits is nothing that they could misread.
    """
    if "datum." in words and not BESIDE.search(QUOTED.sub("''", words)):
        return [(found[0][1:-1], "code") for found in QUOTED.finditer(words)]
    if WORDS.search(PLACE.sub("{}", words)):
        return [(words, "code")]
    return [] if words.isascii() else [(words, "name")]
