"""The history of numbers: what readers were told has become of each since it was
published, what editions say of it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from press.content import Change, Changed
from press.figures import TIME
from press.pages.links import NUMBERS
from press.pages.receipts import Past, Receipt
from press.pages.rendition import Rendition

EDITION = "edition"  # what a part of a history is of


class Moved(NamedTuple):
    """A number of a change: what it is, where its receipt stands ("" where it has none
    now), what stood and stands.
    """

    label: str
    address: str
    told: str


class Notice(NamedTuple):
    """A change as pages tell readers of it: ``home`` is where, "" where no page tells
    of all changes.

    ``pages`` are the titles and addresses of those that it changed and that are still
    there; none where it changed all of them.
    """

    id: str
    date: str
    kind: str
    title: str
    why: str
    home: str
    lines: tuple[Moved, ...]
    pages: tuple[tuple[str, str], ...]


def changes_of(rendition: Rendition) -> tuple[Notice, ...]:
    """Return the changes of the story, newest first."""
    numbers = rendition.files.get(NUMBERS, "")
    receipts = {item.id for item, *_ in rendition.receipts} if numbers else set[str]()
    charts = rendition.content.charts.items()
    files = rendition.files
    known = {
        f"charts/{name}": (text.title, files.get(f"charts/{name}.md", ""))
        for name, text in charts
    }
    known |= {
        page.slug: (page.label, rendition.address(page))
        for page in rendition.content.pages
    }

    def moved(figure: Changed) -> Moved:
        address = f"{numbers}#{figure.id}" if figure.id in receipts else ""
        return Moved(figure.label, address, _became(figure, rendition))

    def notice(change: Change) -> Notice:
        kept = (known[slug] for slug in change.pages if slug in known)
        pages = tuple(dict.fromkeys(kept))
        return Notice(
            *change[:5],
            rendition.told_at(change),
            tuple(map(moved, change.figures)),
            pages,
        )

    return tuple(notice(change) for change in reversed(rendition.content.changes.items))


def _became(figure: Changed, rendition: Rendition) -> str:
    """Say what stood and what has stood since; of a figure that was printed again who
    has printed it, and when.
    """
    words = rendition.language.words
    date = rendition.language.date
    if figure.sources:
        pages = (
            rendition.inputs.data["sources"].by_key.get((source,))
            for source in figure.sources
        )
        # another is told already
        known = (
            (str(page["publisher"]), str(page["published"])) for page in pages if page
        )
        told = "; ".join(
            f"{name}, {date(day)}" if TIME.fullmatch(day) else name
            for name, day in known
        )
        return words["changed_again"].fill(
            before=figure.before, now=figure.now, sources=told
        )
    kind = (
        "changed"
        if figure.before and figure.now
        else "changed_new"
        if figure.now
        else "changed_out"
    )
    return words[kind].fill(before=figure.before, now=figure.now)


def with_history(rendition: Rendition, receipts: Iterable[Receipt]) -> list[Receipt]:
    """Return receipts, each with its history, the oldest first."""
    found = defaultdict[str, list[Past]](list)
    for key, past in (*_of_changes(rendition), *_of_editions(rendition)):
        found[key].append(past)
    history = {
        key: tuple(sorted(items, key=lambda past: past.date))
        for key, items in found.items()
    }
    return [replace(item, history=history.get(item.id, ())) for item in receipts]


def _of_changes(rendition: Rendition) -> Iterator[tuple[str, Past]]:
    """Yield what each change says of each of its numbers, by the id that the number had
    then.
    """
    for change in rendition.content.changes.items:
        for figure in change.figures:
            yield (
                figure.id,
                Past(
                    change.kind,
                    change.date,
                    _became(figure, rendition),
                    rendition.told_at(change),
                ),
            )


def _of_editions(rendition: Rendition) -> Iterator[tuple[str, Past]]:
    """Yield what editions say of their numbers: the first of each, and those that say
    something else than before.
    """
    said = dict[str, str]()
    for edition in rendition.content.editions:
        numbers = edition.files.get("numbers.json", b"{}")
        for key, words in _said(numbers):
            if said.get(key) != words:
                said[key] = words
                told = rendition.language.words["receipt_edition"].fill(
                    name=edition.name, words=words
                )
                yield (
                    key,
                    Past(
                        EDITION,
                        edition.date,
                        told,
                        f"{edition.folder}numbers.html#{key}",
                    ),
                )


def _said(document: bytes) -> list[tuple[str, str]]:
    """Return the ids of a document's numbers that stand in words, each with the first
    of these.
    """
    numbers = json.loads(document).get("numbers", ())
    return [(item["id"], use["words"]) for item in numbers for use in item["uses"][:1]]
