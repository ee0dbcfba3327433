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
    Release,
    ReleaseRow,
    UnreadableError,
)
from press.intake.sheets import parse_document

# How browsers note in a page from where they saved it, and pages where they stand.
SAVED = re.compile(
    rb"(?:saved from url=\(\d+\)|SingleFile\s+url: |rel=[\"']?canonical[\"']?"
    rb" href=[\"']?)(https?://[^\s\"'>]+)",
    re.IGNORECASE,
)
Result = TypeVar("Result")


class ManualFetchProblem(Problem):
    """A document that a person has to save: its host turns scripts away."""


class ImportContext(NamedTuple):
    """What is asked with: the adapters, the tables, today, the month since which, else
    what is newer is wanted.
    """

    root: Path
    adapters: Sequence[Adapter]
    data: Data
    today: str
    since: str = ""


def fetch_releases_of_adapter(
    adapter: Adapter,
    context: ImportContext,
    report: Callable[[str], None],
    failures: list[Problem],
) -> Iterator[Release]:
    """Yield what one adapter finds at its publisher; what it could not fetch or read
    there is added to ``failures``.

    ``report`` is told what is under way, and what a person has to look for.
    """
    from press.intake.fetch import fetch_document  # noqa: PLC0415 - takes long to import, and files need no network

    if adapter.by_hand:
        report(f"{adapter.name}: {adapter.by_hand}")
    try:
        list_addresses = adapter.list_addresses
        told = (context.data, context.since)
        for address in _call_adapter(adapter, context, list_addresses, *told):
            try:
                body = fetch_document(address, report)
                document = parse_document(body, address, context.today)
                release = _read_release_checking_source_site(adapter, context, document)
                yield _add_access_date_and_hash(release, body, context)
            except UnreadableError as error:
                kind = ManualFetchProblem if error.away else Problem
                failures.append(kind(address, 0, error.message, error.hint))
    except BuildError as error:  # the adapter's own mistake
        failures += error.problems


def read_release_from_file(name: str, address: str, context: ImportContext) -> Release:
    """Return the release in a file that an editor has saved: a table in the project's
    own columns, or a publisher's.

    ``address`` is from where it was saved, empty where the file says so itself. Raises
    ``BuildError`` for a file that cannot be read, is too large, or neither.
    """
    body = read_bytes_anywhere(Path(name), context.root, LARGEST)
    saved = SAVED.search(body)
    if saved and not address:
        address = saved[1].decode("ascii", "replace")
    try:
        if own := _read_file_named_like_table(name, body, context.data):
            return own
        document = parse_document(body, address, context.today)
        release = _read_with_first_matching_adapter(document, context)
        return _add_access_date_and_hash(release, body, context)
    except UnreadableError as error:
        raise BuildError.at(name, 1, error.message, error.hint) from None


def _read_file_named_like_table(name: str, body: bytes, data: Data) -> Release | None:
    """Return the rows of a file that has the name and the columns of a table, ``None``
    for any other file.

    Raises ``UnreadableError``, or ``BuildError`` for rows that its table may not have.
    """
    text = convert_line_ends(body.decode("utf-8-sig", "replace"))
    table = Path(name).stem
    head = text.partition("\n")[0].split(",")
    if table not in data or head != list(data[table].description.fields):
        return None
    if "\ufffd" in text:
        raise UnreadableError("found bytes that are no UTF-8", "save the file as UTF-8")
    parse_rows(text, name, data[table].description)
    lines = [
        ReleaseRow(table, row) for row in csv.DictReader(io.StringIO(text, newline=""))
    ]
    told = f"{table}: {format_count(len(lines), 'row')} in its own columns"
    return Release(told, {}, lines)


def _read_with_first_matching_adapter(
    document: Document, context: ImportContext
) -> Release:
    """Return what the first adapter reads that knows a document.

    Raises ``UnreadableError``; where none knows it with what each says.
    """
    why = list[str]()
    for adapter in context.adapters:
        try:
            return _read_release_checking_source_site(adapter, context, document)
        except UnreadableError as error:
            if error.known:
                raise
            why.append(f"\n    {adapter.name}: {error.message}")
    raise UnreadableError(
        "found nothing to read, expected a publisher's page or a table with the"
        f" columns of one in data/{''.join(why)}",
        "such a table has the name and the first line of that in data/",
    )


def _read_release_checking_source_site(
    adapter: Adapter, context: ImportContext, document: Document
) -> Release:
    """Return what an adapter reads.

    Raises ``UnreadableError``, also for a page that does not say from where it is, or
    is of another site: no address is made up, and one publisher's pages look like
    another's.
    """
    release = _call_adapter(adapter, context, adapter.read, document)
    address = release.source.get("address", "")
    if not re.match(adapter.site, address):
        found = f"the address {quote_words(address)}" if address else "no address in it"
        raise UnreadableError(
            f"found {found}, expected that of a page of {adapter.name}",
            "tell it: --address ADDRESS; of another site record the figures by hand",
        )
    return release


def _add_access_date_and_hash(
    release: Release, body: bytes, context: ImportContext
) -> Release:
    """Return a release whose source says when a program read which bytes, where the
    table of sources has room for it.
    """
    fields = context.data[SOURCES].description.fields
    taken = (context.today, hashlib.sha256(body).hexdigest())
    noted = {
        name: text for name, text in zip(TAKEN, taken, strict=True) if name in fields
    }
    return release._replace(source={**release.source, **noted})


def _call_adapter(
    adapter: Adapter,
    context: ImportContext,
    function: Callable[..., Result],
    *arguments: object,
) -> Result:
    """Return what an adapter gives, as the story's code is called.

    Raises ``UnreadableError`` or ``BuildError``.
    """
    place = ("story/sources/__init__.py", 1)
    with guard_story_code(
        context.root, f"the adapter {quote_words(adapter.name)}", place
    ):
        try:
            return function(*arguments)
        except UnreadableError as error:
            told = error
    raise told
