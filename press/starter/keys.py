"""The columns whose names tell the rows of a table apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import pandas as pd

from press.ground.errors import BuildError

CODE_WORDS = re.compile(  # as the first or last word of a head
    r"^(#|no|nr|id|code|fips|iso\d?|geoid|zip|rank|pos(ition)?|lat|lon)\b"
    r"|(^|[\s_])(id|no\.?|nr\.?|code|fips|iso\d?|geoid|naics|sic|plz|zip|postcode|rank"
    r"|lat(itude)?|lon(gitude)?|lng)$",
    re.IGNORECASE,
)
TOTALS = re.compile(
    r"(grand |sub)?totals?( .*)?|all( .*)?|overall|sum|world|insgesamt|gesamt|ensemble"
    r"|итого|всего|合计|总计|全国",
    re.IGNORECASE,
)
MOST_COLUMNS = 2  # that are tried together


def list_column_sets(columns: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield sets of columns, small ones first, at last all of them."""
    for size in range(MOST_COLUMNS + 1):
        yield from combinations(columns, size)
    yield columns


def find_key(
    table: pd.DataFrame, time: str, sets: Iterable[Sequence[str]], path: str
) -> Sequence[str]:
    """Return the first set of columns that are filled in each row, and with the time
    tell each from the others.

    Raises ``BuildError`` where none do, at the first row that lacks one of the last
    set, or is like one before.
    """
    key = [time]
    for columns in sets:
        key = [time, *columns]
        repeated = table[(table[key] == "").any(axis=1) | table.duplicated(key)]
        if repeated.empty:
            return columns
    row = repeated.iloc[0]
    line = int(str(row.name))
    wanting = [name for name in key if not row[name]]
    if wanting:
        message = f"found no {wanting[0]}, expected one in each row"
        raise BuildError.at(path, line, message)
    first = table[(table[key] == row[key]).all(axis=1)].iloc[0]
    hint = "sum up the rows that are alike, or say what tells them apart: --thing NAME"
    if (first == row).all():
        hint = "both are the same: delete one"
    again = f"found {', '.join(row[key])} again, expected one row of it"
    raise BuildError.at(path, line, f"{again}: it is in line {first.name}", hint)
