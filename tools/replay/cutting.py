"""Cutting: what of the texts is not true yet is left out, so that the story is that of an earlier day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from press.errors import Problem

SENTENCE = re.compile(r"[.!?][”\")]*(?=\s+[\[“*\"(A-Z0-9])|$")
BLANK = re.compile(r"\n[ \t]*\n")
STRING = re.compile(r'(?P<head>(?:\w+ = |[ \t]+)")(?P<words>.*)(?P<tail>"(?:,|)?[ \t]*)')
EMPTY = re.compile(r"(?m)^\w+ = \[\n\]\n")  # a list of the front matter of which each item was left out
CARD = re.compile(r"(?ms)^\[card\]\n.*?(?=^\[|^\+\+\+$)")  # of a chart, which can be without it
LATER = "Left for later."
FENCE = "+++\n"


def cut(texts: Mapping[str, str], problems: Iterable[Problem]) -> dict[str, str]:
    """Return the files that change where every sentence that a problem names is left out, by path."""
    by_file = defaultdict[str, list[Problem]](list)
    for problem in problems:
        by_file[problem.path].append(problem)
    return {path: _cut(path, texts[path], own) for path, own in by_file.items() if path in texts}


def without_charts(texts: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """Return the files without some charts: neither their words, nor where they stand or are linked to."""
    found = dict(texts)
    for name in names:
        found = {path: text for path, text in found.items() if not path.endswith(f"/charts/{name}.md")}
        link = re.compile(rf"\[([^\]]*)\]\((?:charts/)?{name}\.md[^)]*\)")
        drawing = re.compile(rf"(?m)^!\[\]\(chart:{name}\)\n+")
        found = {path: link.sub(r"\1", drawing.sub("", text)) for path, text in found.items()}
    return found


def _cut(path: str, text: str, problems: Sequence[Problem]) -> str:
    """Return a file without the sentences in which problems stand, the last first."""
    places = sorted({_place(text, problem) for problem in problems}, reverse=True)
    if path.endswith(".toml"):
        return _without_tables(text, places)
    end = len(text) + 1
    for place in places:
        if place < end:
            text, end = _without(text, place)
    return EMPTY.sub("", text)


def _place(text: str, problem: Problem) -> int:
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    return starts[min(problem.line, len(starts)) - 1] + max(problem.column - 1, 0)


def _without_tables(text: str, places: Sequence[int]) -> str:
    """Return TOML without the tables that begin at places or before them."""
    starts = [*(found.start() for found in re.finditer(r"(?m)^\[", text)), len(text)]
    for place in places:
        begin = max(start for start in starts if start <= place)
        end = min(start for start in starts if start > place)
        text = text[:begin] + text[end:]
    return text


def _without(text: str, place: int) -> tuple[str, int]:
    """Return a text without what stands at a place, and where that began."""
    body = text.index(FENCE, len(FENCE)) + len(FENCE) if text.startswith(FENCE) else 0
    begin, end = text.rfind("\n", 0, place) + 1, (text + "\n").index("\n", place)
    line = text[begin:end]
    card = CARD.search(text, 0, body)
    if card and card.start() <= place < card.end():
        return text[: card.start()] + text[card.end() :], card.start()
    if place < body or not body:
        kept = _string(line, place - begin)
        return text[:begin] + kept + text[end if kept else end + 1 :], begin
    if line.startswith("|"):
        return text[:begin] + text[end + 1 :], begin
    if line.startswith("#"):
        marks, _, words = line.partition(" ")
        id_ = words[words.index("{") :] if "{" in words else ""
        return f"{text[:begin]}{marks} {LATER.rstrip('.')} {id_}".rstrip() + text[end:], begin
    return _sentence(text, place, body)


def _string(line: str, place: int) -> str:
    """Return a line of front matter without a sentence; nothing of an item of a list that has no other."""
    found = STRING.fullmatch(line)
    if not found:
        return ""
    words = found["words"]
    kept = _rest(words, place - found.start("words"))
    if not kept and found["head"].strip() == '"':
        return ""
    return found["head"] + (kept or LATER) + found["tail"]


def _rest(words: str, place: int) -> str:
    """Return words without the sentence at a place."""
    start, end = _span(words, place)
    return f"{words[:start].rstrip()} {words[end:].lstrip()}".strip()


def _span(words: str, place: int) -> tuple[int, int]:
    ends = [found.end() for found in SENTENCE.finditer(words)]
    start = max((end for end in ends if end <= place), default=0)
    return start, min((end for end in ends if end > place), default=len(words))


def _sentence(text: str, place: int, body: int) -> tuple[str, int]:
    """Return a text without a sentence of its body; without its paragraph or item, where it is the only one."""
    breaks = [found.start() for found in BLANK.finditer(text, body)]
    begin = max((at for at in breaks if at < place), default=body)
    end = min((at for at in breaks if at >= place), default=len(text.rstrip()))
    items = [found.start() for found in re.finditer(r"(?m)^(?:[*-]|\d+\.) ", text[begin:end])]
    begin, end = (
        max([begin, *(begin + at for at in items if begin + at <= place)]),
        min([end, *(begin + at for at in items if begin + at > place)]),
    )
    head = re.match(r"\s*(?:[*-] |\d+\. |: +|> +)?", text[begin:end])
    start = begin + (head.end() if head else 0)
    words = text[start:end]
    first, last = _span(words, place - start)
    kept = (words[:first].rstrip(" ") + words[last:] if first else words[last:].lstrip()).rstrip()
    if not kept:
        before = text[:begin].removesuffix("\n") if text[end:].startswith("\n") else text[:begin]
        return before + text[end:], begin
    tail = "\n" if words.endswith("\n") else ""
    return text[:start] + kept + tail + text[end:], start
