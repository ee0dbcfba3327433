"""Raw HTML in texts: which elements may stand there, and whether each is closed, so that none swallows what follows."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from typing import NamedTuple

VOID = frozenset({"br", "hr", "img"})  # these have no end
INLINE = frozenset({
    "a", "b", "code", "data", "del", "em", "i", "ins", "kbd", "q", "s", "small", "span", "strong", "sub", "sup", "time",
})  # fmt: skip
BLOCKS = frozenset({
    "blockquote", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "li", "ol", "p", "pre",
    "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
})  # fmt: skip
ALLOWED = VOID | INLINE | BLOCKS
HINT = f"of HTML a text may have {', '.join(sorted(ALLOWED))}"
TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*)[^<>]*>")
ADDRESS = re.compile(r"<(?:(?:https?|ftp)://[^<>]*|[^<>\s]+@[^<>\s]+)>", re.IGNORECASE)
TARGET = ("](", "]:")  # before an address of a link in angle brackets
DECLARED = re.compile(r"<(?:!--|[!?])(?=[\w\[-]|\s)|<!--")
# A comment ends sooner for a browser than for us: what follows would be shown, and nobody would have read it.
SOONER = re.compile(r"<!---?>|<!--.*?--!>", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
HEADING = re.compile("h[1-6]")
OPENING = re.compile(r"<([a-z][^\s/<>]*)", re.IGNORECASE)
MADE = frozenset({"h2", "h3", "h4", "h5", "h6"})  # by Markdown itself


class Mistake(NamedTuple):
    """What is wrong with raw HTML, and where: the position in the text."""

    position: int
    message: str
    hint: str = ""


def mistakes(text: str, blocks: Sequence[int]) -> Iterator[Mistake]:
    """Yield what is wrong with the raw HTML of a text without code and comments, whose blocks begin at ``blocks``."""
    for found in DECLARED.finditer(text):
        what = "a comment without its end -->" if found[0] == "<!--" else found[0]
        yield Mistake(found.start(), f"found {what} in a text, expected Markdown", HINT)
    open_tags: list[re.Match[str]] = []
    for tag in TAG.finditer(text):
        name = tag[2].lower()
        if ADDRESS.fullmatch(tag[0]) or text[: tag.start()].rstrip().endswith(TARGET):
            continue
        if name not in ALLOWED:
            if not tag[1]:
                yield forbidden(tag.start(), name)
        elif not tag[1] and name not in VOID:
            open_tags.append(tag)
        elif tag[1]:
            yield from _closed(tag, open_tags, blocks)
    yield from map(_unclosed, open_tags)


def forbidden(position: int, name: str) -> Mistake:
    """Return the mistake that an element is which no text may have."""
    hint = "write ## Heading" if HEADING.fullmatch(name) else HINT
    return Mistake(position, f"found <{name}> in a text, expected Markdown", hint)


def made(html: str) -> list[str]:
    """Return the elements in a finished text that neither Markdown makes nor a text may have, in their order."""
    names = (name.lower() for name in OPENING.findall(COMMENT.sub("", html)))
    return list(dict.fromkeys(name for name in names if name not in ALLOWED | MADE))


def _closed(tag: re.Match[str], open_tags: list[re.Match[str]], blocks: Sequence[int]) -> Iterator[Mistake]:
    """Take the element that a tag closes from those that are open; yield those in it that are not closed."""
    name = tag[2].lower()
    if name not in {each[2].lower() for each in open_tags}:
        yield Mistake(tag.start(), f"found </{name}> in a text, expected <{name}> before it")
        return
    while (last := open_tags.pop())[2].lower() != name:
        yield _unclosed(last)
    if name in INLINE and bisect(blocks, last.start()) != bisect(blocks, tag.start()):
        yield Mistake(last.start(), f"found <{name}> in a text, expected </{name}> in the same paragraph")


def _unclosed(tag: re.Match[str]) -> Mistake:
    name = tag[2].lower()
    return Mistake(tag.start(), f"found <{name}> in a text, expected </{name}> after it")
