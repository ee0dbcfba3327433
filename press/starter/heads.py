"""The heads of a table: columns by what an author calls them, names for code."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import fields

import pandas as pd

from press.ground.errors import ToldError, quote_words, suggest_similar_or_all
from press.quantity import Quantity
from press.starter.figures import split_unit_from_head
from press.starter.tables import RawTable
from press.starter.times import TIME_NAMES, parse_times

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


def put_times_of_heads_into_rows(raw: RawTable, measure: str) -> RawTable:
    """Return a table whose heads are times with a row for each of them, their figures
    in a column that is called a ``measure``; any other as it is.
    """
    found = {
        place: times.type
        for place, head in enumerate(raw.heads)
        if (times := parse_times("", pd.Series([head])))
    }
    if len(set(found.values())) != 1 or len(found) == 1:
        return raw
    rest = [place for place in range(len(raw.heads)) if place not in found]
    heads = [raw.heads[place] for place in rest]
    long = raw.cells.melt(rest, [*found], ignore_index=False)
    long["variable"] = long["variable"].map(dict(enumerate(raw.heads)))
    long.columns = pd.RangeIndex(long.shape[1])
    return RawTable([*heads, "time", measure], long, raw.delimiter)
