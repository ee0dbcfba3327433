"""The history of numbers: what readers were told has become of each since it was published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from press.content import Change, Changed, Words
from press.memo import MEMO
from press.pages.receipts import Past, Receipt
from press.pages.rendition import Rendition

CHANGES = "changes.md"  # the page that tells of all changes


def history_of(rendition: Rendition) -> dict[str, tuple[Past, ...]]:
    """Return the history of each number that has one, oldest first, by the id that it has today."""
    found = defaultdict[str, list[Past]](list)
    for key, past in _of_changes(rendition):
        found[rendition.inputs.content.settings.renamed.get(key, key)].append(past)
    return {key: tuple(items) for key, items in found.items()}


def with_history(rendition: Rendition, receipts: Iterable[Receipt]) -> list[Receipt]:
    """Return receipts, each with its history: the very same for the same."""
    history = history_of(rendition)
    return [MEMO.of(_with, item, history.get(item.id, ())) for item in receipts]


def _with(receipt: Receipt, history: tuple[Past, ...]) -> Receipt:
    return replace(receipt, history=history) if history else receipt


def _of_changes(rendition: Rendition) -> Iterator[tuple[str, Past]]:
    """Yield what each change says of each of its numbers, by the id that the number had then."""
    home, words = rendition.files.get(CHANGES, ""), rendition.language.words
    for change in rendition.language.changes.items:
        for figure in change.figures:
            yield figure.id, Past(change.kind, change.date, _told(figure, words), address_of(change, home))


def address_of(change: Change, home: str) -> str:
    """Return where the page at the address ``home`` tells of a change; "" where there is no such page."""
    return f"{home}#{change.id}" if home else ""


def _told(figure: Changed, words: Words) -> str:
    """Say what a change did to a number."""
    if not figure.now:
        return words["receipt_out"].fill(before=figure.before)
    return words["receipt_was"].fill(before=figure.before) if figure.before else words["receipt_new"].fill()
