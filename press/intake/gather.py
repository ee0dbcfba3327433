"""Gathering: what adapters find at their publishers, and what stands in files that an editor hands over.

One source that is down keeps no other from coming in. The adapters are the story's code, and called as such.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple, TypeVar

from press.data import Data, parse_rows
from press.ground.errors import BuildError, Problem, counted, quoted
from press.ground.files import lines_of
from press.ground.guard import begin_of, guarded
from press.intake.fetch import IMPORT, fetch
from press.intake.release import SOURCES, TAKEN, Adapter, Document, Line, Release, UnreadableError
from press.intake.sheets import is_workbook

# How browsers note in a page from where they saved it, and pages where they stand, in their first bytes.
SAVED = re.compile(
    rb"(?:saved from url=\(\d+\)|SingleFile\s+url: |rel=[\"']?canonical[\"']? href=[\"']?)(https?://[^\s\"'>]+)",
    re.IGNORECASE,
)
HEAD_OF_FILE = 8192
Result = TypeVar("Result")


class Away(Problem):
    """A document that a person has to save: its host turns scripts away."""


class Inquiry(NamedTuple):
    """What adapters are asked with: the tables, today, the month since which, else what is newer is wanted."""

    root: Path
    data: Data
    today: str
    since: str = ""


def gathered(adapter: Adapter, inquiry: Inquiry, report: Callable[[str], None]) -> Iterator[Release | Problem]:
    """Yield what one adapter finds at its publisher, and what it could not fetch or read there."""
    root, data, since = inquiry.root, inquiry.data, inquiry.since
    try:
        waiting = list(_called(adapter, root, adapter.first, data, since))
        for wanted in waiting:  # to which the pages that list others add
            try:
                document = fetch(wanted.address, adapter.places, report)
                if wanted.expected:
                    yield _told(_called(adapter, root, adapter.read, document, wanted.expected), document, inquiry)
                    continue
                for each in _called(adapter, root, adapter.follow, document, data, since):
                    if each.address not in {other.address for other in waiting}:
                        waiting.append(each)
            except UnreadableError as error:
                hint = f"{wanted.by_hand}{IMPORT}" if wanted.by_hand and error.away else error.hint
                yield (Away if error.away else Problem)(wanted.address, 0, error.message, hint)
                if error.away:
                    return  # the other documents stand at the same place
    except BuildError as error:  # the adapter's own mistake
        yield from error.problems


def understood(adapters: Sequence[Adapter], document: Document, inquiry: Inquiry) -> Release:
    """Return the release in a file that an editor has saved: a table in the project's own columns, or a publisher's.

    Raises ``UnreadableError`` or ``BuildError`` where it is neither. What is told then is what the adapter says that
    recognised most; where none knows it, all say why.
    """
    if own := _own(document, inquiry.data):
        return own
    saved = SAVED.search(document.body[:HEAD_OF_FILE])
    document = document._replace(address=document.address or (saved[1].decode("ascii", "replace") if saved else ""))
    wrong = dict[str, UnreadableError]()
    for adapter in adapters:
        try:
            return _told(_called(adapter, inquiry.root, adapter.read, document, ""), document, inquiry)
        except UnreadableError as error:
            wrong[adapter.name] = error
    most = max(wrong.values(), key=lambda error: error.known, default=None)
    if most and most.known:
        raise most
    why = "".join(f"\n    {name}: {error.message}" for name, error in wrong.items())
    raise UnreadableError(
        f"found nothing to read, expected a publisher's page or a table with the columns of one in data/{why}",
        "the first line of such a table is that of the file in data/",
    )


def _own(document: Document, data: Data) -> Release | None:
    """Return the rows of a file whose columns are those of a table, ``None`` for any other file."""
    text = lines_of(document.body.decode("utf-8-sig", "replace"))
    head, stem = text.partition("\n")[0].split(","), PurePath(document.name).stem
    names = [name for name, table in data.items() if [*table.description.fields] == head]
    if not names:
        return None
    if len(names) > 1 and stem not in names:
        raise UnreadableError(
            f"found the columns of {' and '.join(names)}, expected the file to be named as one of them"
        )
    if "\ufffd" in text:
        raise UnreadableError("found bytes that are no UTF-8", "save the file as UTF-8")
    name = stem if stem in names else names[0]
    parse_rows(text, document.name, data[name].description)
    lines = [Line(name, row) for row in csv.DictReader(io.StringIO(text, newline=""))]
    return Release(f"{name}: {counted(len(lines), 'row')} in its own columns", {}, lines)


def _told(release: Release, document: Document, inquiry: Inquiry) -> Release:
    """Return a release whose source says when a program read which bytes, where the table of sources has room.

    Raises ``UnreadableError`` for a page that does not say from where it is: no address is made up.
    """
    if not (address := release.source.get("address", "")).startswith(("http://", "https://")):
        found = f"the address {quoted(address)}" if address else "no address in it"
        raise UnreadableError(f"found {found}, expected that of the page", "tell it: --address ADDRESS")
    known = inquiry.data[SOURCES].description.fields
    when = zip(TAKEN, (inquiry.today, hashlib.sha256(document.body).hexdigest()), strict=True)
    source = {**release.source, **{key: text for key, text in when if key in known}}
    computed = ", values as the workbook keeps them, formulas not computed anew" if is_workbook(document) else ""
    return release._replace(told=release.told + computed, source=source)


def _called(adapter: Adapter, root: Path, function: Callable[..., Result], *arguments: object) -> Result:
    """Return what an adapter gives, as the story's code is called. Raises ``UnreadableError`` or ``BuildError``."""
    place = begin_of(function, root, ("story/sources/__init__.py", 1))
    told = UnreadableError("")
    with guarded(root, f"the adapter {quoted(adapter.name)}", place):
        try:
            return function(*arguments)
        except UnreadableError as error:
            told = error
    raise told
