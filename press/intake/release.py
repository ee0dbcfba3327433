"""What comes in: a document of a publisher, and the rows that an adapter has read out
of it.

An adapter is one small module of the story: tables of text in, rows out, no network in
it. The engine fetches, merges and writes, and names no publisher.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from press.data import Data
from press.ground.errors import ToldError

LARGEST = 5_000_000  # bytes of a document
SOURCES = "sources"  # the table of the pages that were read
# its columns: when a program last took something from a page, and from which bytes
TAKEN = ("accessed", "sha256")
TextRow = Sequence[str]


class Document(NamedTuple):
    """What a publisher sent, or an editor saved, as tables of text.

    A line beside the tables is a table of one cell: a page's title, the name of a
    worksheet. Those of a page stand before its tables. Spaces are single, what spans
    cells stands in each, ``^`` is before a raised sign. ``address`` is from where it
    is, "" if nobody says so; ``day`` is when it is read: a figure of a later time
    cannot be whole. Where ``is_stored``, numbers are what a workbook keeps, which may
    have more decimals than it shows.
    """

    tables: Sequence[Sequence[TextRow]]
    address: str
    day: str
    is_stored: bool = False


class ReleaseRow(NamedTuple):
    """A row of a table, as text by column: those of its key, and those that were read.

    Columns are named with their units (in millions of USD, say), and hold their figures
    in these. ``added`` is what the page prints of the last month alone, by the column
    of the total since January: the total is held to it.
    """

    table: str
    values: Mapping[str, str]
    added: Mapping[str, str] = {}


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
    lines: Sequence[ReleaseRow]
    is_series: bool = False


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

    ``site`` is the pattern with which addresses of its pages begin.
    ``read`` gives the release in a document. It raises ``UnreadableError``, with
    ``known=False`` where the document is none of this adapter's. ``list_addresses``
    gives those of the documents to fetch, from the tables as they are and the month
    since which (empty: what is newer than the tables). ``by_hand`` tells a person what
    to open and save where a program fetches nothing.
    """

    name: str
    read: Callable[[Document], Release]
    list_addresses: Callable[[Data, str], Sequence[str]] = lambda _data, _since: ()
    by_hand: str = ""
    site: str = "https?://"
