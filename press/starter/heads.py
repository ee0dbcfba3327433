"""The heads of a table: columns by what an author calls them, names for code."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import NamedTuple

import pandas as pd

from press.ground.errors import ToldError, quote_words, suggest_similar_or_all
from press.quantity import Quantity
from press.starter.figures import split_unit_from_head
from press.starter.tables import RawTable
from press.starter.times import LIKELY_YEAR, TIME_NAMES, parse_times

HEAD_WITH_YEAR = re.compile(
    rf"(?P<measure>.*[^\W\d].*?)(?<!\d{{4}})[ _,:(–-]+(?P<year>{LIKELY_YEAR})\)?"
)
BRACKETED_YEAR = re.compile(r" \[YR\d{4}\]")  # as the World Bank's DataBank repeats it
NO_PLACE = -1
# What the code of a story, and of the engine, calls something else.
TAKEN = {
    "base",
    "bound",
    "data",
    "earlier",
    "growth",
    "later",
    "panel",
    "parts",
    "rank",
    "self",
    "share",
    "source_ids",
    "total",
}
TAKEN |= {*keyword.kwlist, *TIME_NAMES.values()}
TAKEN |= {field.name for field in fields(Quantity)}


def find_place_or_none(heads: Sequence[str], name: str) -> int | None:
    """Return the place of the head that a name means, with its unit or without,
    whatever its capitals.
    """
    for place, head in enumerate(heads):
        title = split_unit_from_head(head).title
        if name.casefold() in {head.casefold(), title.casefold()}:
            return place
    return None


def find_place(heads: Sequence[str], name: str) -> int:
    """Return the place of the head that a name means.

    Raises ``ToldError`` where there is none.
    """
    place = find_place_or_none(heads, name)
    if place is None:
        message = f"found no column {quote_words(name)}, expected one of the table"
        raise ToldError(message, suggest_similar_or_all(name, heads))
    return place


def make_name(title: str, taken: Collection[str], kind: str) -> str:
    """Return a name for links, files and code, which is not taken: with what it is a
    name of, a ``kind``, before it where need be.
    """
    decomposed = unicodedata.normalize("NFKD", title)
    plain = decomposed.encode("ascii", "ignore").decode().lower()
    name = re.sub("[^a-z0-9]+", "_", plain).strip("_")
    if name[:1].isalpha() and name not in taken:
        return name
    name = f"{kind}_{name}".rstrip("_")
    count = 1
    free = name
    while free in taken:
        count += 1
        free = f"{name}_{count}"
    return free


class _HeadWithTime(NamedTuple):
    """The head of figures of one time: of what measure they are, the time as the head
    has it, and its type of column.
    """

    measure: str
    time: str
    type: str


def put_times_of_heads_into_rows(raw: RawTable, measure: str) -> RawTable:
    """Return a table whose heads have times with a row for each of them: "2023", whose
    figures go into a column that is called a ``measure``, or "Injured 2023", whose go
    into "Injured". Any other comes back as it is.

    Raises ``ToldError`` where two columns are of one measure and time.
    """
    found = _find_heads_with_times(raw.heads, measure)
    if len({head.type for head in found.values()}) != 1:
        return raw
    rest = [place for place in range(len(raw.heads)) if place not in found]
    measures = [*dict.fromkeys(head.measure for head in found.values())]
    times = [*dict.fromkeys(head.time for head in found.values())]
    places = {head[:2]: place for place, head in found.items()}
    blocks = []
    for time in times:
        of_time = [places.get((name, time), NO_PLACE) for name in measures]
        block = raw.cells.reindex(columns=[*rest, *of_time], fill_value="")
        block.insert(len(rest), "time", time)
        block.columns = pd.RangeIndex(block.shape[1])
        blocks.append(block)
    long = pd.concat(blocks)
    heads = [raw.heads[place] for place in rest]
    return RawTable([*heads, "time", *measures], long, raw.delimiter)


def _find_heads_with_times(
    heads: Sequence[str], measure: str
) -> dict[int, _HeadWithTime]:
    """Return the heads by their places that have times, none where no measure has two.

    Raises ``ToldError`` where two are of one measure and time.
    """
    found = dict[int, _HeadWithTime]()
    for place, head in enumerate(heads):
        parsed = _parse_head_with_time(head, measure)
        if parsed in found.values():
            message = f"found two columns {quote_words(head)}, expected one"
            raise ToldError(message, "take one of them out")
        if parsed:
            found[place] = parsed
    counts = Counter(head.measure for head in found.values())
    return found if any(count > 1 for count in counts.values()) else {}


def _parse_head_with_time(head: str, measure: str) -> _HeadWithTime | None:
    """Return what a head says that is a time, or a measure and a year; ``None`` for any
    other.
    """
    plain = BRACKETED_YEAR.sub("", head)
    times = parse_times("", pd.Series([plain]))
    if times:
        return _HeadWithTime(measure, plain, times.type)
    with_year = HEAD_WITH_YEAR.fullmatch(plain)
    if with_year is None:
        return None
    return _HeadWithTime(with_year["measure"], with_year["year"], "year")
