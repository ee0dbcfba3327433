"""Raw HTML in texts: there is none but comments, which are for authors."""

from __future__ import annotations

import re
from collections.abc import Iterator

HINT = "a text is Markdown, and has no HTML but comments"
TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*)[^<>]*>|<(?:!--|[!?](?=[\w\[-]|\s))")
ADDRESS = re.compile(r"<(?:(?:https?|ftp)://[^<>]*|[^<>\s]+@[^<>\s]+)>", re.IGNORECASE)
TARGET = ("](", "]:")  # before an address of a link in angle brackets


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
