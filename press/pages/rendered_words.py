"""What a page shows and the checker does not read: numbers might stand in it unchecked.

The checker reads Markdown by rules of its own. So what it has read is compared with
what Markdown has made of the same text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import NamedTuple

from press.ground.errors import quote_words
from press.pages.source import MarkdownSource
from press.reading import Text, blank_addresses

INLINE = re.compile(r"</?(?:em|strong|a|span|data|time)\b[^>]*>")
NOT_READ = re.compile(r"<(code|pre)\b.*?</\1>|<[^>]*>", re.DOTALL)
COMPARED_WORDS = 100  # at a time
MOST_TOLD = 100  # stretches of words that the checker cannot read
WORD_OF_LETTERS = re.compile(r"[^\W_]+")
NO_LETTERS = bytes(code for code in range(128) if not WORD_OF_LETTERS.match(chr(code)))


class RenderedBinding(NamedTuple):
    """A binding as Markdown shows it: its target, and the letters of its words."""

    target: str
    letters: str


def keep_letters(words: str) -> str:
    """Return the letters and digits of a text, and nothing else."""
    if words.isascii():  # as most long texts are
        return words.encode().translate(None, NO_LETTERS).decode()
    return "".join(WORD_OF_LETTERS.findall(unicodedata.normalize("NFC", words)))


def check_bindings_match_rendered(
    text: Text,
    rendered_bindings: Sequence[RenderedBinding],
    markdown_source: MarkdownSource,
) -> None:
    """Note each difference between the bindings read in the source and those that
    Markdown renders.
    """
    read = [
        RenderedBinding(
            link.target,
            keep_letters(text.visible_text[link.words_start : link.words_end]),
        )
        for link in text.bindings
    ]
    count_read = Counter(read)
    count_rendered = Counter(rendered_bindings)
    hint = "write [words](scheme:name) outside other links and headings of tables"
    for link, binding in zip(text.bindings, read, strict=True):
        if count_read[binding] > count_rendered[binding]:
            message = f"Markdown does not show the link to {link.target}"
            markdown_source.add_problem(
                markdown_source.get_line(link.start), message, hint
            )
    hint = "write [words](scheme:name), without a title, brackets inside or a reference"
    for target, _ in sorted(count_rendered - count_read):
        message = f"the checker cannot read the link to {target}"
        markdown_source.add_problem(
            markdown_source.find_next_line_of_target(target), message, hint
        )


def check_no_unparsed_words_rendered(
    text: Text, rendered_html: str, markdown_source: MarkdownSource
) -> None:
    """Note the words of a text rendered as HTML that the checker has not parsed."""
    visible = blank_addresses(
        html.unescape(NOT_READ.sub(" ", INLINE.sub("", rendered_html)))
    )
    read = _blank_alternative_texts(text)
    if _contains_in_order(keep_letters(read), keep_letters(visible)):
        return  # what is read and not shown does no harm
    known = list(WORD_OF_LETTERS.finditer(read))
    seen = WORD_OF_LETTERS.findall(visible)
    stretches = _list_unparsed_stretches([found[0] for found in known], seen)
    hint = (
        "write it as plain words of Markdown, without HTML, stray backticks, braces or"
        " brackets"
    )
    for unread in islice(stretches, MOST_TOLD):
        words = seen[unread.first : unread.last]
        before = _find_end_of_last(known[: unread.start])
        message = (
            f"found {quote_words(' '.join(words))} in the finished text, where the"
            " checker"
            " cannot read it"
        )
        offset = max(markdown_source.text.find(words[0], before), before)
        markdown_source.add_problem(markdown_source.get_line(offset), message, hint)


def _blank_alternative_texts(text: Text) -> str:
    """Return what the checker reads of a text with spaces for the alternative texts,
    which are no words of the page, but of its pictures.
    """
    plain = text.visible_text
    for span in text.alternative_text_spans:
        blank = " " * (span.end - span.start)
        plain = f"{plain[: span.start]}{blank}{plain[span.end :]}"
    return plain


def _contains_in_order(whole_letters: str, part_letters: str) -> bool:
    """Tell whether the letters of a part are in the whole, in their order."""
    if whole_letters == part_letters:
        return True
    letters = iter(whole_letters)
    return all(letter in letters for letter in part_letters)


def _find_end_of_last(words: Sequence[re.Match[str]]) -> int:
    """Return where the last of some words ends; the beginning where there are none."""
    return words[-1].end() if words else 0


class _UnparsedStretch(NamedTuple):
    """A stretch of words that a page shows, from ``first`` to ``last``, beside that
    which was read from ``start``.
    """

    start: int
    first: int
    last: int


def _list_unparsed_stretches(
    read_and_merge_words: Sequence[str], rendered_words: Sequence[str]
) -> Iterator[_UnparsedStretch]:
    """Yield stretches of ``rendered_words`` that are not just ``read_and_merge_words``.

    Where the words part, some of both are compared at a time: to compare all takes the
    square of their number.
    """
    start = 0
    first = 0
    while first < len(rendered_words):
        if read_and_merge_words[start : start + 1] == rendered_words[first : first + 1]:
            start = start + 1
            first = first + 1
            continue
        here = read_and_merge_words[start : start + COMPARED_WORDS]
        there = rendered_words[first : first + COMPARED_WORDS]
        same = SequenceMatcher(None, here, there, autojunk=False).get_matching_blocks()[
            0
        ]
        # words that are parted otherwise are the same letters
        if "".join(there[: same.b]) not in {"", "".join(here[: same.a])}:
            yield _UnparsedStretch(start, first, first + same.b)
        start = start + same.a
        first = first + same.b
