"""The difference in lines for a terminal, and as Markdown for a pull request: each as long as one looks at at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from press.changes.difference import Difference
from press.changes.section import Section, counted, cut

LINES, MARKDOWN = 40, 60  # the most lines of each
MOST = 20  # items of a section, fewer where the whole would be too long
WIDTH = 120
LONG = 300  # characters of an item in Markdown, where lines wrap
BEGINNING = 50  # characters of a sentence in a line of a terminal
SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&!])")


def as_lines(found: Difference, width: int = WIDTH) -> list[str]:
    """Return the difference in lines, those of its items cut to a width."""
    return _fitting(partial(_lines, found, width), LINES)


def as_markdown(found: Difference) -> str:
    """Return the difference as Markdown."""
    return "\n".join(_fitting(partial(_markdown, found), MARKDOWN))


def _fitting(lines: Callable[[int], Iterator[str]], room: int) -> list[str]:
    """Return the lines with as many items of a section as there is room for, at least one."""
    for most in range(MOST, 1, -1):
        if len(told := list(lines(most))) <= room:
            return told
    return list(lines(1))


def _lines(found: Difference, width: int, most: int) -> Iterator[str]:
    yield found.heading
    yield from (f"  {note}" for note in found.notes)
    for section in found.sections:
        yield f"{section.title}: {section.amount}"
        yield from (cut(f"  {item.where}: {item.told(BEGINNING)}", width) for item in section.items[:most])
        yield from (f"  {more}" for more in _more(section, most))
    yield found.outcome


def _markdown(found: Difference, most: int) -> Iterator[str]:
    yield from (f"### {_escaped(found.heading)}", "", f"**{_escaped(found.outcome)}.**")
    for note in found.notes:
        yield from ("", f"{_escaped(note)}.")
    for section in found.sections:
        yield from ("", f"**{section.title}**: {section.amount}", "")
        if all(item.before or item.after for item in section.items[:most]):
            yield from ("| | was | is |", "|---|---|---|")
            for item in section.items[:most]:
                yield f"| {_code(item.where)} | {_escaped(item.before)} | {_escaped(item.after)} |"
            yield from (f"| {more} | | |" for more in _more(section, most))
        else:
            yield from (
                f"* {_code(item.where)} {_escaped(cut(item.told(LONG), 2 * LONG))}" for item in section.items[:most]
            )
            yield from (f"* {more}" for more in _more(section, most))


def _more(section: Section, most: int) -> Iterator[str]:
    if len(section.items) > most:
        yield f"and {counted(len(section.items) - most, 'more', 'more')}"


def _code(name: str) -> str:
    """Write a name as code, also in a cell."""
    plain = cut(name, LONG).translate({ord("`"): "'", ord("|"): "/"})
    return f"`{plain}`"


def _escaped(words: str) -> str:
    """Write words so that Markdown shows them as they are, of many the beginning."""
    return SPECIAL.sub(r"\\\1", cut(words, 2 * LONG))
