"""Pages: the tables of an HTML page, and the links in its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from press.intake.cells import ROWS, Sheet, check_size, clean
from press.intake.release import UnreadableError

MARKUP = re.compile(r"<(?:!doctype|html|table|body|head|div)\b", re.IGNORECASE)
BREAKS = ("br", "p", "div", "li", "td", "th")  # tags that part words as a space does


class Listed(NamedTuple):
    """A row of a page: its words, and its links as their words and their addresses, as the page writes these."""

    words: str
    links: tuple[tuple[str, str], ...]


def tables_of(text: str) -> Iterator[Sheet]:
    """Yield the tables of a page, inner ones by themselves; one without a table is a sheet of no rows."""
    page = _parsed(text)
    tables = page.find_all("table")
    before = clean(page.get_text(" "))
    for table in tables:
        words = clean(table.get_text(" "))
        yield Sheet(before.partition(words)[0].strip() if words else before, tuple(_grid(table)))
    if not tables:
        yield Sheet(before, ())


def rows_of(text: str) -> list[Listed]:
    """Return the rows of a page's tables and lists that hold no row themselves, and each link that is in no row."""
    page = _parsed(text)
    rows = [tag for tag in page(["tr", "li", "a"]) if not tag.find(["tr", "li"])]
    rows = [tag for tag in rows if tag.name != "a" or not tag.find_parent(["tr", "li"])]
    return [Listed(_words(row), tuple(map(_link, _links(row)))) for row in rows]


def _links(row: Tag) -> list[Tag]:
    return [tag for tag in (row, *row("a")) if tag.name == "a" and tag.has_attr("href")]


def _link(tag: Tag) -> tuple[str, str]:
    return _words(tag), str(tag["href"])


def _parsed(text: str) -> BeautifulSoup:
    """Return a page without what it does not show. Raises ``UnreadableError`` for one that breaks off."""
    for name in ("html", "table"):
        if re.search(rf"<{name}\b", text, re.IGNORECASE) and not re.search(rf"</{name}\s*>", text, re.IGNORECASE):
            raise UnreadableError(f"found a page that breaks off, expected </{name}> at its end", "fetch it anew")
    page = BeautifulSoup(text, "html.parser")
    for unseen in page(["script", "style", "noscript"]):
        unseen.decompose()
    return page


def _grid(table: Tag) -> list[tuple[str, ...]]:
    """Return the rows of a table; a cell that spans rows or columns stands in each of its places."""
    rows: list[dict[int, str]] = []
    for number, row in enumerate(each for each in table("tr") if each.find_parent("table") is table):
        while len(rows) <= number:
            rows.append({})
        column = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            while column in rows[number]:
                column += 1
            down, across = (_span(cell, name) for name in ("rowspan", "colspan"))
            check_size(number + down, column + across)
            while len(rows) < number + down:
                rows.append({})
            words = _words(cell)
            for place in range(column, column + across):
                for line in range(number, number + down):
                    rows[line][place] = words
            column += across
    return [tuple(row.get(place, "") for place in range(max(row, default=-1) + 1)) for row in rows]


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1"))
    return max(1, int(value)) if value.isdecimal() and len(value) <= len(str(ROWS)) else 1


def _words(tag: Tag) -> str:
    """Return the words of a tag; small raised or lowered signs are marked, so that none passes for a digit."""
    return clean("".join(map(_part, tag.descendants)))


def _part(part: object) -> str:
    if isinstance(part, Tag):
        return " " if part.name in BREAKS else ""
    if type(part) is not NavigableString:  # a comment
        return ""
    return f" ^{part}" if part.strip() and part.find_parent(["sup", "sub"]) else part
