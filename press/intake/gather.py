"""Gathering: what adapters find at their publishers, and what stands in files that an editor hands over.

One source that is down keeps no other from coming in. The adapters are the story's code, and called as such.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple, TypeVar

from press.data import Data, Table, parse_rows
from press.ground.errors import BuildError, quoted
from press.ground.files import lines_of
from press.ground.guard import begin_of, guarded
from press.intake.fetch import BY_HAND, IMPORT, Fetcher, FetchError, TurnedAwayError, hidden
from press.intake.release import Adapter, Document, Line, Release, UnreadableError, Wanted

MOST = 200  # documents of one adapter at one time
SOURCES = "sources"
Result = TypeVar("Result")


class Failure(NamedTuple):
    """What could not be fetched or read: its address, what came instead; whether the host turns scripts away."""

    place: str
    message: str
    hint: str = ""
    turned_away: bool = False

    def __str__(self) -> str:
        """Say it as problems are said."""
        return f"{self.place}: {self.message}" + (f"\n    hint: {self.hint}" if self.hint else "")


class Inquiry(NamedTuple):
    """What adapters are asked with: the tables, the month since which (else what is newer), today, the environment."""

    root: Path
    data: Data
    today: str
    since: str = ""
    environment: Mapping[str, str] = {}


def gathered(adapter: Adapter, inquiry: Inquiry, fetcher: Fetcher) -> Iterator[Release | Failure]:
    """Yield what one adapter finds at its publisher, and what it could not fetch or read there."""
    secret: Mapping[str, str] = {}
    try:
        secret = _called(adapter, inquiry.root, adapter.headers, inquiry.environment)
        for item in _asked(adapter, inquiry, fetcher, secret):
            yield _blotted(item, secret)
    except UnreadableError as error:
        yield _blotted(Failure(adapter.name, error.message, error.hint), secret)
    except BuildError as error:  # the adapter's own mistake
        yield from (_blotted(Failure(f"{item.path}:{item.line}", item.message), secret) for item in error.problems)


def _asked(
    adapter: Adapter, inquiry: Inquiry, fetcher: Fetcher, secret: Mapping[str, str]
) -> Iterator[Release | Failure]:
    """Yield what the documents hold that an adapter wants first, and those to which they lead."""
    waiting = list(_called(adapter, inquiry.root, adapter.first, inquiry.data, inquiry.since))
    seen = set[str]()
    while waiting:
        wanted = waiting.pop(0)
        if wanted.address in seen:
            continue
        seen.add(wanted.address)
        if len(seen) > MOST:
            yield Failure(adapter.name, f"leads to more than {MOST} documents, expected a release or a few")
            return
        try:
            document = fetcher.fetch(wanted.address, adapter.places, secret)
            if wanted.expected:
                yield _read(adapter, inquiry, document, wanted)
            else:
                waiting += _called(adapter, inquiry.root, adapter.follow, document, inquiry.data, inquiry.since)
        except TurnedAwayError as error:
            yield Failure(wanted.address, error.message, _hint(error, wanted), turned_away=True)
            return  # the other documents stand at the same place
        except (FetchError, UnreadableError) as error:
            yield Failure(wanted.address, error.message, _hint(error, wanted))


def _hint(error: FetchError | UnreadableError, wanted: Wanted) -> str:
    """Return how to mend a failure; a person who is to save an index is told what to save instead."""
    return f"{wanted.by_hand}{IMPORT}" if wanted.by_hand and error.hint == BY_HAND else error.hint


def _read(adapter: Adapter, inquiry: Inquiry, document: Document, wanted: Wanted) -> Release:
    """Return the release in a document that was wanted. Raises ``UnreadableError`` where there is none."""
    release = _called(adapter, inquiry.root, adapter.read, document, wanted.expected)
    if release is None:
        raise UnreadableError(f"found nothing that {adapter.name} reads, expected {wanted.expected}")
    return _dated(release, document, inquiry)


def understood(adapters: Sequence[Adapter], document: Document, inquiry: Inquiry) -> Release:
    """Return the release in a file that an editor has saved: a table in the project's own columns, or a publisher's.

    Raises ``UnreadableError`` or ``BuildError`` where it is neither, or two adapters read it.
    """
    if own := _own(document, inquiry.data):
        return own
    found, wrong = list[tuple[str, Release]](), list[UnreadableError]()
    for adapter in adapters:
        try:
            release = _called(adapter, inquiry.root, adapter.read, document, "")
        except UnreadableError as error:
            wrong.append(error)
            continue
        if release:
            found.append((adapter.name, _dated(release, document, inquiry)))
    if len(found) > 1:
        names = " and ".join(name for name, _ in found)
        raise UnreadableError(f"found what {names} both read, expected a file of one publisher")
    if found:
        return found[0][1]
    if wrong:
        raise wrong[0]
    names = ", ".join(adapter.name for adapter in adapters)
    raise UnreadableError(
        f"found nothing that {names} read, expected a publisher's page or a table with the columns of one in data/",
        "the first line of such a table is that of the file in data/",
    )


def _own(document: Document, data: Data) -> Release | None:
    """Return the rows of a file whose columns are those of a table, ``None`` for any other file."""
    text = lines_of(document.body.decode("utf-8-sig", "replace"))
    head = tuple(text.partition("\n")[0].split(","))
    tables = [table for table in data.values() if tuple(table.description.fields) == head]
    table = next((each for each in tables if _name(each) == PurePath(document.name).stem), None)
    if table is None and len(tables) > 1:
        names = " and ".join(map(_name, tables))
        raise UnreadableError(f"found the columns of {names}, expected the file to be named as one of them")
    table = table or next(iter(tables), None)
    if table is None:
        return None
    if "\ufffd" in text:
        raise UnreadableError("found bytes that are no UTF-8", "save the file as UTF-8")
    parse_rows(text, document.name, table.description)
    lines = tuple(Line(_name(table), row) for row in csv.DictReader(io.StringIO(text, newline="")))
    count = f"{len(lines)} row{'' if len(lines) == 1 else 's'}"
    return Release(f"{_name(table)}: {count} in its own columns", {}, (), lines)


def _dated(release: Release, document: Document, inquiry: Inquiry) -> Release:
    """Return a release whose source says when a program read which bytes, where the table of sources has room."""
    known = inquiry.data[SOURCES].description.fields if SOURCES in inquiry.data else {}
    when = {"accessed": inquiry.today, "sha256": hashlib.sha256(document.body).hexdigest()}
    return release._replace(source={**release.source, **{key: text for key, text in when.items() if key in known}})


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


def _blotted(item: Release | Failure, secret: Mapping[str, str]) -> Release | Failure:
    """Return what was found without anything secret in its words, whoever has put it there."""
    if isinstance(item, Failure):
        return item._replace(message=hidden(item.message, secret), hint=hidden(item.hint, secret))
    source = {key: hidden(text, secret) for key, text in item.source.items()}
    return item._replace(told=hidden(item.told, secret), source=source)


def _name(table: Table) -> str:
    return PurePath(table.path).stem
