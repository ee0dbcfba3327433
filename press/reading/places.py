"""What stands at a place of a text, and how two such places lie to each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from press.reading.text import OF_DATA, Link, Span, Text

# a line end in a quotation: "\\n> "; never a link's target, which is longer
SPACE = r"\s{1,3}"
NEAR = 30  # as many characters before a place hold the words that stand beside it
# what may stand between two members of a list: ", and the "
JOINED = re.compile(r"\s*,?\s*(?:\w{1,3}\s){0,2}\s*")
AnyItemInText = TypeVar("AnyItemInText", bound="ItemInText")


class ItemInText(Protocol):
    """What stands somewhere in a text: a link, a phrase, a named period."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


# ---- Places


def words_on_one_line(text: Text, item: ItemInText) -> str:
    """Return the words that stand there on one line."""
    return " ".join(text.visible_text[item.start : item.end].split())


def find_data_links(text: Text, span: Span) -> list[Link]:
    """Return the links in a span whose words are held to our tables."""
    return [link for link in text.bindings_in(span) if link.scheme in OF_DATA]


def begins_in(item: ItemInText, span: ItemInText) -> bool:
    """Tell whether something begins in a span."""
    return span.start <= item.start < span.end


def begins_in_any(item: ItemInText, spans: Iterable[ItemInText]) -> bool:
    """Tell whether something begins in one of some spans."""
    return any(begins_in(item, span) for span in spans)


def list_items_beginning_in(
    items: Iterable[AnyItemInText], span: ItemInText
) -> list[AnyItemInText]:
    """Return those of some items that begin in a span."""
    return [item for item in items if begins_in(item, span)]


def begins_in_link(item: ItemInText, link: Link) -> bool:
    """Tell whether something begins in the words of a link."""
    return link.words_start <= item.start < link.words_end


def blank_spans(text: str, spans: Iterable[ItemInText], blank: str = " ") -> str:
    """Return a text with a ``blank`` for each character in some spans, so that all
    others keep their places.
    """
    characters = list(text)
    for span in spans:
        characters[span.start : span.end] = blank * (span.end - span.start)
    return "".join(characters)


# ---- Lists


def group_into_enumerations(
    text: Text, placed: Sequence[AnyItemInText]
) -> list[list[AnyItemInText]]:
    """Return what is placed in a text in lists: members of an enumeration, and readings
    of the same words.
    """
    groups: list[list[AnyItemInText]] = []
    for item in placed:
        last = groups[-1][-1] if groups else None
        if last and (
            item.start <= last.end or JOINED.fullmatch(text.value, last.end, item.start)
        ):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups
