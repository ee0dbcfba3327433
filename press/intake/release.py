"""What comes in: a document of a publisher, and the rows that an adapter has read out
of it.

An adapter is one small module of the story: bytes in, rows out, no network in it. The
engine fetches, merges and writes, and names no publisher.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from press.data import Data
from press.ground.derived import Deriving
from press.ground.errors import ToldError

LARGEST = 5_000_000  # bytes of a document
SOURCES = "sources"  # the table of the pages that were read
# its columns: when a program last took something from a page, and from which bytes
TAKEN = ("accessed", "sha256")


@dataclass(frozen=True)
class Document(Deriving):
    """What a publisher sent, or an editor saved: its bytes, and where they are from.

    ``name`` is what messages call it: an address, or the path of a file. A saved page
    may say itself from where it is; no other address is made up.
    """

    name: str
    body: bytes
    address: str = ""


class Line(NamedTuple):
    """A row of a table, as text by column: those of its key, and those that were read.

    Columns are named with their units (in millions of USD, say), and hold their figures
    in these.
    """

    table: str
    values: Mapping[str, str]


class Release(NamedTuple):
    """What an adapter has understood of a document.

    ``told`` says it in a sentence, for an editor: which table, month, currency.
    ``source`` is the row of the table of sources that the figures rest on, by column;
    merging cites it in each of the ``lines``. Where it is empty they name their sources
    themselves, and may be of the table of sources, too. A document that ``is_series``
    holds what its table has already: where most of that is otherwise, a person is asked
    whether it is the same series.
    """

    told: str
    source: Mapping[str, str]
    lines: Sequence[Line]
    is_series: bool = False


class Wanted(NamedTuple):
    """A document to fetch: its address, and what it must turn out to be
    (``2026-04, dollars``), empty for an index.

    ``by_hand`` says of an index what a person opens in it and saves, where the host
    turns scripts away.
    """

    address: str
    expected: str = ""
    by_hand: str = ""


class UnreadableError(ToldError):
    """A document is not what an adapter expected: what was found, what was expected;
    the caller names the document.

    ``known`` is whether it is of the kind that the adapter reads; what is not may be
    another publisher's. ``away`` is whether its host turns scripts away: a person has
    to fetch it.
    """

    def __init__(
        self, message: str, hint: str = "", *, known: bool = True, away: bool = False
    ) -> None:
        """Keep what is told, and whether it was recognised."""
        super().__init__(message, hint)
        self.known = known
        self.away = away


class Adapter(NamedTuple):
    """How one publisher's documents are found and read.

    ``places`` are the beginnings of the addresses that may be fetched
    (``https://publisher.example/``, with the slash), redirects included. ``first``
    gives the documents to ask for, from the tables as they are and the month since
    which (empty: what is newer than the tables). ``follow`` gives those that a fetched
    index leads to; ``read`` gives the release in any other document. These two raise
    ``UnreadableError``: ``read`` with ``known=False`` and why, where a document is none
    of this adapter's.
    """

    name: str
    places: Sequence[str]
    first: Callable[[Data, str], Sequence[Wanted]]
    read: Callable[[Document, str], Release]
    follow: Callable[[Document, Data, str], Sequence[Wanted]] = (
        lambda _document, _data, _since: ()
    )
