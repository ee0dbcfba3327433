"""The history of numbers: what readers were told has become of each since it was
published, what editions say of it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from press.content import ChangedFigure
from press.data import Row
from press.figures import TIME
from press.pages.addresses import NUMBERS_FILE
from press.pages.receipts import HistoryEvent, Receipt
from press.pages.rendition import Rendition

TitleAndAddress = tuple[str, str]  # of a page or a chart
OF_EDITION = "edition"  # what a part of a history is of


class ChangedFigureLine(NamedTuple):
    """A number of a change: what it is, where its receipt stands ("" where it has none
    now), what stood and stands.
    """

    label: str
    address: str
    told: str


class ChangeNotice(NamedTuple):
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
    lines: tuple[ChangedFigureLine, ...]
    pages: tuple[TitleAndAddress, ...]


def list_change_notices(rendition: Rendition) -> tuple[ChangeNotice, ...]:
    """Return the changes of the story as pages tell of them, newest first."""
    known = _index_page_titles_by_slug(rendition)
    notices = list[ChangeNotice]()
    for change in reversed(rendition.content.changes.items):
        pages = dict.fromkeys(known[slug] for slug in change.pages if slug in known)
        notice = ChangeNotice(
            id=change.id,
            date=change.date,
            kind=change.kind,
            title=change.title,
            why=change.why,
            home=rendition.addresses.find_address_of_change(change),
            lines=tuple(_describe_changed_figures(rendition, change.figures)),
            pages=tuple(pages),
        )
        notices.append(notice)
    return tuple(notices)


def _index_page_titles_by_slug(rendition: Rendition) -> dict[str, TitleAndAddress]:
    """Return title and address of each page and each chart, by its slug."""
    addresses = rendition.addresses
    known = dict[str, TitleAndAddress]()
    for name, text in rendition.content.charts.items():
        slug = f"charts/{name}"
        known[slug] = (
            text.title,
            addresses.address_by_markdown_file.get(f"{slug}.md", ""),
        )
    for page in rendition.content.pages:
        known[page.slug] = page.label, addresses.get_address(page)
    return known


def _describe_changed_figures(
    rendition: Rendition, figures: Iterable[ChangedFigure]
) -> Iterator[ChangedFigureLine]:
    """Yield the numbers of a change."""
    page = rendition.addresses.address_by_markdown_file.get(NUMBERS_FILE, "")
    receipts = {item.receipt.id for item in rendition.receipts}
    for figure in figures:
        has_receipt = page and figure.id in receipts
        address = f"{page}#{figure.id}" if has_receipt else ""
        yield ChangedFigureLine(
            figure.label, address, _describe_old_and_new_value(figure, rendition)
        )


def _describe_old_and_new_value(changed: ChangedFigure, rendition: Rendition) -> str:
    """Say what stood and what has stood since; of a figure that was printed again who
    has printed it, and when.
    """
    words = rendition.language.words
    before = changed.before
    now = changed.now
    if changed.sources:
        return words["changed_again"].fill(
            before=before,
            now=now,
            sources=_format_publishers_with_dates(changed, rendition),
        )
    if before and now:
        return words["changed"].fill(before=before, now=now)
    return words["changed_new" if now else "changed_out"].fill(before=before, now=now)


def _format_publishers_with_dates(changed: ChangedFigure, rendition: Rendition) -> str:
    """Return who has printed a figure again, and when."""
    known = rendition.inputs.data["sources"].by_key
    named = list[str]()
    for source in changed.sources:
        page: Row | None = known.get((source,))
        if page:  # another is told already
            name = str(page["publisher"])
            day = str(page["published"])
            if TIME.fullmatch(day):
                name = f"{name}, {rendition.language.date(day)}"
            named.append(name)
    return "; ".join(named)


def add_history_to_receipts(
    rendition: Rendition, receipts: Iterable[Receipt]
) -> list[Receipt]:
    """Return receipts, each with its history, the oldest first."""
    found = defaultdict[str, list[HistoryEvent]](list)
    for key, past in (
        *_list_changes_as_events(rendition),
        *_list_changed_words_in_editions(rendition),
    ):
        found[key].append(past)
    with_history = list[Receipt]()
    for receipt in receipts:
        past_events = sorted(found[receipt.id], key=lambda past: past.date)
        with_history.append(replace(receipt, history=tuple(past_events)))
    return with_history


def _list_changes_as_events(rendition: Rendition) -> Iterator[tuple[str, HistoryEvent]]:
    """Yield what each change says of each of its numbers, by the id that the number had
    then.
    """
    for change in rendition.content.changes.items:
        address = rendition.addresses.find_address_of_change(change)
        for figure in change.figures:
            yield (
                figure.id,
                HistoryEvent(
                    change.kind,
                    change.date,
                    _describe_old_and_new_value(figure, rendition),
                    address,
                ),
            )


def _list_changed_words_in_editions(
    rendition: Rendition,
) -> Iterator[tuple[str, HistoryEvent]]:
    """Yield what editions say of their numbers: the first of each, and those that say
    something else than before.
    """
    pattern = rendition.language.words["receipt_edition"]
    said = dict[str, str]()
    for edition in rendition.content.editions:
        for key, words in _yield_used_number_ids_and_words(
            edition.files.get("numbers.json", b"{}")
        ):
            if said.get(key) != words:
                said[key] = words
                told = pattern.fill(name=edition.name, words=words)
                address = f"{edition.folder}numbers.html#{key}"
                yield key, HistoryEvent(OF_EDITION, edition.date, told, address)


def _yield_used_number_ids_and_words(numbers_json: bytes) -> Iterator[tuple[str, str]]:
    """Yield the ids of a document's numbers that stand in words, each with the first of
    these.
    """
    for number in json.loads(numbers_json).get("numbers", ()):
        if number["uses"]:
            yield number["id"], number["uses"][0]["words"]
