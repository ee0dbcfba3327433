"""Markup: the patterns of Markdown that are not words, and what puts spaces in their
place.

Python-Markdown knows no positions, so texts are scanned with these patterns. What is
blanked becomes as many spaces, and line ends stay, so that all that stands behind keeps
its position.
"""

from __future__ import annotations

import re

# What begins a new block without an empty line: a heading, a quotation, an item of a
# list, a row of a table.
NEXT_BLOCK = r"\n(?=[ \t]*(?:#|>|[-+*] |\d+\. |\|))"
# Code as Python-Markdown takes it: fences at the start of a line, closed by the same;
# equal runs of backticks.
CODE = re.compile(
    r"^(`{3,}|~{3,})[^\n`]*\n(?:.*?\n)??\1[ ]*$"
    rf"|(?<![\\`])(`+)(?!`)(?:(?!\n[ \t]*\n|{NEXT_BLOCK}).)+?(?<!`)\2(?!`)"
    r"|<!--(?:(?!<!--).)*?-->",
    re.MULTILINE | re.DOTALL,
)
# The address of a reference, and nothing else: "[1]: sources.md".
REFERENCE = re.compile(
    r"^ {0,3}\[([^\[\]\n]+)\]:[ \t]*<?([^\s>]+)>?["
    r" \t]*(\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\))?[ \t]*$",
    re.MULTILINE,
)
IMAGE = re.compile(r"!\[([^\[\]]*)\]\(([^()\s]*)\)")
LINK = re.compile(
    r"(?<!\!)\[([^\[\]]*)\]\(\s*<?((?:[^()\s<>]|\([^()\s]*\))*)>?(?:\s+\"[^\"]*\"|\s+'[^']*')?\s*\)"
)
TITLE = re.compile(r"\s(?:\"([^\"]*)\"|'([^']*)'|\(([^()]*)\))\s*\)?$")
# Tags, lists of attributes ("{#id .class}") and the names of characters; other braces
# are words.
LINE_END = r"\n(?![ \t]*\n)"  # within a block
ATTRIBUTE = r"(?:[#.][\w.:-]+|[\w-]+=(?:\"[^\"{}\n]*\"|'[^'{}\n]*'|[^\s\"'{}]+))"
TAG = re.compile(
    rf"</?[A-Za-z](?:[^<>\"'\n]|{LINE_END}|\"(?:[^\"\n]|{LINE_END})*\"|'(?:[^'\n]|{LINE_END})*')*>"
    rf"|\{{:?[ ]*{ATTRIBUTE}(?:[ ]+{ATTRIBUTE})*[ ]*\}}"
    r"|&(?:#\w+|nbsp|amp|lt|gt);"
)
PLACE = re.compile(r"\{[^\W\d]\w*\}")  # what a label leaves to be filled in
ADDRESS = re.compile(
    r"<?\b(?:https?://|www\.)[^\s<>\])]*[^\s<>\]).,;:!?]>?|\b[\w.+-]+@[\w-]+\.[\w.-]*\w"
)
# what stands before a block's words
BLOCK_START = r"^[ \t]*(?:(?:>[ \t]*|(?:[-+*]|\d+\.)[ \t]+)+#{0,6}|#{1,6})[ \t]*"
UNDERLINE = r"[=-]+[ \t]*$"  # below the words of a heading
MARKS = re.compile(
    rf"[*_]{{1,3}}(?=\S)|(?<=\S)[*_]{{1,3}}|{BLOCK_START}|#+[ \t]*$|^{UNDERLINE}",
    re.MULTILINE,
)
# each of these has such a character
MARKED_LINE = re.compile(r"^.*[*_#>=+\d-].*$", re.MULTILINE)
BLOCK = re.compile(rf"\n[ \t]*\n|\n{UNDERLINE}|{NEXT_BLOCK}|(?<=\|)\n", re.MULTILINE)
HEADING = re.compile(r"\s*(?:>[ \t]*|(?:[-+*]|\d+\.)[ \t]+)*#")
UNDERLINED = re.compile(rf"\s*?\n{UNDERLINE}", re.MULTILINE)
# A table: the row of its heads, the line below them, its rows.
TABLE = re.compile(
    r"^([^\n]*\|[^\n]*)\n[ \t]*\|?[ \t]*:?-[-:| \t]*\n((?:[^\n]*\|[^\n]*(?:\n|\Z))*)",
    re.MULTILINE,
)
# an escaped character, which is no bracket, or a bracket
BRACKET = re.compile(r"\\.|[\[\]()]", re.DOTALL)
OPENING_BRACKETS = {"]": "[", ")": "("}
FENCE = re.compile("^(?:```|~~~)", re.MULTILINE)


def blank_words(words: str) -> str:
    """Return as many characters, all spaces but the line ends."""
    return "\n".join(" " * len(line) for line in words.split("\n"))


def blank_match(found: re.Match[str]) -> str:
    """Return what was matched as spaces."""
    return blank_words(found[0])


def blank_image_except_alternative_text(image: re.Match[str]) -> str:
    """Return the words of an image at their place, and spaces for the rest."""
    before = image.start(1) - image.start()
    after = image.end() - image.end(1)
    return f"{' ' * before}{image[1]}{' ' * after}"


def blank_target_except_title(target: str) -> str:
    """Return the title behind the target of a link or a reference at its place, which
    some readers see, and spaces for the rest.
    """
    found = TITLE.search(target)
    if not found:
        return blank_words(target)
    start, end = found.span(found.lastindex or 0)
    return (
        f"{blank_words(target[:start])}{target[start:end]}{blank_words(target[end:])}"
    )


def blank_addresses(text: str) -> str:
    """Return a text with spaces in place of addresses, of which few have any."""
    if "@" in text or "://" in text or "www." in text:
        return ADDRESS.sub(blank_match, text)
    return text
