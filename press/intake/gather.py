"""Gathering: what adapters find at their publishers, and what stands in files that an
editor hands over.

One source that is down keeps no other from coming in. The adapters are the story's
code, and called as such.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from press.data import Data, parse_rows
from press.ground.errors import BuildError, Problem, format_count, quote_words
from press.ground.files import convert_line_ends, read_bytes_anywhere
from press.ground.guard import guard_story_code
from press.intake.release import (
    LARGEST,
    SOURCES,
    TAKEN,
    Adapter,
    Document,
    Line,
    Release,
    UnreadableError,
)

# How browsers note in a page from where they saved it, and pages where they stand.
SAVED = re.compile(
    rb"(?:saved from url=\(\d+\)|SingleFile\s+url: |rel=[\"']?canonical[\"']?"
    rb" href=[\"']?)(https?://[^\s\"'>]+)",
    re.IGNORECASE,
)
Result = TypeVar("Result")


class Away(Problem):
    """A document that a person has to save: its host turns scripts away."""


class Inquiry(NamedTuple):
    """What is asked with: the adapters, the tables, today, the month since which, else
    what is newer is wanted.
    """

    root: Path
    adapters: Sequence[Adapter]
    data: Data
    today: str
    since: str = ""


def gathered(
    adapter: Adapter,
    inquiry: Inquiry,
    report: Callable[[str], None],
    failures: list[Problem],
) -> Iterator[Release]:
    """Yield what one adapter finds at its publisher; what it could not fetch or read
    there is added to ``failures``.
    """
    from press.intake.fetch import IMPORT, fetch  # noqa: PLC0415 - takes long to import, and files need no network

    told = (inquiry.data, inquiry.since)
    try:
        waiting = list(_called(adapter, inquiry, adapter.first, *told))
        for wanted in waiting:  # to which the pages that list others add
            try:
                document = fetch(wanted.address, adapter.places, report)
                if wanted.expected:
                    yield _read(adapter, inquiry, document, wanted.expected)
                    continue
                found = _called(adapter, inquiry, adapter.follow, document, *told)
                known = {other.address for other in waiting}
                waiting += [each for each in found if each.address not in known]
            except UnreadableError as error:
                by_hand = wanted.by_hand if error.away else ""
                hint = f"{by_hand}{IMPORT}" if by_hand else error.hint
                kind = Away if error.away else Problem
                failures.append(kind(wanted.address, 0, error.message, hint))
                if error.away:
                    return  # the other documents stand at the same place
    except BuildError as error:  # the adapter's own mistake
        failures += error.problems


def understood(name: str, address: str, inquiry: Inquiry) -> Release:
    """Return the release in a file that an editor has saved: a table in the project's
    own columns, or a publisher's.

    ``address`` is from where it was saved, empty where the file says so itself. Raises
    ``BuildError`` for a file that cannot be read, is too large, or neither.
    """
    try:
        return _of_file(name, address, inquiry)
    except UnreadableError as error:
        raise BuildError.at(name, 1, error.message, error.hint) from None


def _of_file(name: str, address: str, inquiry: Inquiry) -> Release:
    """Return the release in a file; of none what each adapter says."""
    document = Document(
        name, read_bytes_anywhere(Path(name), inquiry.root, LARGEST), address
    )
    if own := _own(document, inquiry.data):
        return own
    if not address and (saved := SAVED.search(document.body)):
        document = replace(document, address=saved[1].decode("ascii", "replace"))
    why = list[str]()
    for adapter in inquiry.adapters:
        try:
            return _read(adapter, inquiry, document, "")
        except UnreadableError as error:
            if error.known:
                raise
            why.append(f"\n    {adapter.name}: {error.message}")
    raise UnreadableError(
        "found nothing to read, expected a publisher's page or a table with the"
        f" columns of one in data/{''.join(why)}",
        "such a table has the name and the first line of that in data/",
    )


def _own(document: Document, data: Data) -> Release | None:
    """Return the rows of a file that has the name and the columns of a table, ``None``
    for any other file.
    """
    text = convert_line_ends(document.body.decode("utf-8-sig", "replace"))
    name = Path(document.name).stem
    head = text.partition("\n")[0].split(",")
    if name not in data or head != list(data[name].description.fields):
        return None
    if "\ufffd" in text:
        raise UnreadableError("found bytes that are no UTF-8", "save the file as UTF-8")
    parse_rows(text, document.name, data[name].description)
    lines = [Line(name, row) for row in csv.DictReader(io.StringIO(text, newline=""))]
    told = f"{name}: {format_count(len(lines), 'row')} in its own columns"
    return Release(told, {}, lines)


def _read(
    adapter: Adapter, inquiry: Inquiry, document: Document, expected: str
) -> Release:
    """Return what an adapter reads; its source says when a program read which bytes,
    where the table has room for it.

    Raises ``UnreadableError``, also for a page that does not say from where it is: no
    address is made up.
    """
    release = _called(adapter, inquiry, adapter.read, document, expected)
    if not (address := release.source.get("address", "")).startswith(
        ("http://", "https://")
    ):
        found = f"the address {quote_words(address)}" if address else "no address in it"
        raise UnreadableError(
            f"found {found}, expected that of the page", "tell it: --address ADDRESS"
        )
    fields = inquiry.data[SOURCES].description.fields
    taken = (inquiry.today, hashlib.sha256(document.body).hexdigest())
    when = {
        name: text for name, text in zip(TAKEN, taken, strict=True) if name in fields
    }
    return release._replace(source={**release.source, **when})


def _called(
    adapter: Adapter,
    inquiry: Inquiry,
    function: Callable[..., Result],
    *arguments: object,
) -> Result:
    """Return what an adapter gives, as the story's code is called.

    Raises ``UnreadableError`` or ``BuildError``.
    """
    with guard_story_code(
        inquiry.root,
        f"the adapter {quote_words(adapter.name)}",
        ("story/sources/__init__.py", 1),
    ):
        try:
            return function(*arguments)
        except UnreadableError as error:
            told = error
    raise told
