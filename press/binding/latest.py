"""``latest`` in a target: it stands for the newest year or month for which there is a figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from press.data import Table
from press.ground.memo import remembered
from press.ground.period import MONTHS, Month, Period

LATEST = "latest"
WORD = re.compile(rf"(?<=[/.]){LATEST}(?=[/.]|$)")  # as a target has it
LENGTHS: dict[object, int] = {int: MONTHS, Month: 1}  # in months, of the times that arguments of a type can be
AHEAD = Period.parse("2100")  # what a fact reads for its newest figures is seen from what it reads for this year
TIMES = {"year", "yearmonth", "date"}  # types of columns


def ahead(length: int) -> Iterator[str]:
    """Yield a year, or its months, that lies ahead of every table, as arguments are written."""
    yield from (_written(month, length) for month in range(AHEAD.first, AHEAD.last + 1, length))


def times(tables: Iterable[Table], length: int) -> Iterator[str]:
    """Yield the years or months from the newest time in some tables to the oldest, those without a row, too."""
    known = [span for span in map(_span, tables) if span]
    if known:
        first, last = min(span.first for span in known), max(span.last for span in known)
        yield from (_written(month, length) for month in range(last, first - 1, -length))


def _written(month: int, length: int) -> str:
    """Return the year or the month that a counted month is in."""
    first = month - month % length
    return str(Period(first, first + length - 1))


@remembered
def _span(table: Table) -> Period | None:
    """Return the time from the oldest to the newest year, month or day in the columns of a table."""
    columns = [field.name for field in table.description.fields.values() if field.type in TIMES]
    texts = {str(row[column])[:7] for row in table.rows for column in columns if row[column] is not None}
    found = [Period.parse(text) for text in texts]
    return Period(min(item.first for item in found), max(item.last for item in found)) if found else None
