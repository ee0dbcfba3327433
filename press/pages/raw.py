"""Raw HTML in texts: there is none but comments, which are for authors."""

from __future__ import annotations

import re
from collections.abc import Iterator

HINT = "a text is Markdown, and has no HTML but comments"
TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*)[^<>]*>|<(?:!--|[!?](?=[\w\[-]|\s))")
ADDRESS = re.compile(r"<(?:(?:https?|ftp)://[^<>]*|[^<>\s]+@[^<>\s]+)>", re.IGNORECASE)
TARGET = ("](", "]:")  # before an address of a link in angle brackets
# A comment ends sooner for a browser than for us: what follows would be shown, and nobody would have read it.
SOONER = re.compile(r"<!---?>|<!--.*?--!>", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
OPENING = re.compile(r"<([a-z][^\s/<>]*)", re.IGNORECASE)
MADE = frozenset({
    "a", "blockquote", "br", "code", "data", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p",
    "pre", "span", "strong", "table", "tbody", "td", "th", "thead", "time", "tr", "ul",
})  # fmt: skip


def tags(text: str) -> Iterator[tuple[int, str]]:
    """Yield where HTML stands in a text without code and comments, and what it is; an end only where nothing began."""
    begun = set[str]()
    for found in TAG.finditer(text):
        if ADDRESS.fullmatch(found[0]) or text[: found.start()].rstrip().endswith(TARGET):
            continue
        if not found[2]:
            yield found.start(), "a comment without its end -->" if found[0] == "<!--" else found[0]
        elif not (found[1] and found[2].lower() in begun):
            yield found.start(), f"<{found[1]}{found[2].lower()}>"
            begun.add(found[2].lower())


def foreign(html: str) -> list[str]:
    """Return the elements in a finished text that neither Markdown nor we have made, in their order."""
    names = (name.lower() for name in OPENING.findall(COMMENT.sub("", html)))
    return list(dict.fromkeys(name for name in names if name not in MADE))
