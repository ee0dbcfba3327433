"""The columns whose names tell the rows of a table apart."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations

import pandas as pd

from press.facts import to_argument
from press.ground.errors import BuildError, Problems, quote_words

CODE_WORDS = re.compile(  # as the first or last word of a head
    r"^(#|(no|nr)(?!\.? of)|id|code|fips|iso\d?|geoid|zip|rank|pos(ition)?|lat|lon)\b"
    r"|(^|[\s_])(id|no\.?|nr\.?|code|fips|iso\d?|geoid|naics|sic|plz|zip|postcode|rank"
    r"|lat(itude)?|lon(gitude)?|lng)$",
    re.IGNORECASE,
)
TOTALS = re.compile(
    r"(.*\W)?(grand |sub-?)?totals?(\W.*)?|all( .*)?|overall|sum|world|insgesamt|gesamt"
    r"|ensemble|итого|всего|合计|总计|全国",
    re.IGNORECASE,
)
SUM_UP = "sum up the rows that are alike, or say what tells them apart: --thing NAME"
ONE_NAME = "write a name alike in each row"
MOST_COLUMNS = 2  # that are tried together


def list_column_sets(columns: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield sets of columns, small ones first, at last all of them."""
    for size in range(MOST_COLUMNS + 1):
        yield from combinations(columns, size)
    yield columns


def find_key(
    table: pd.DataFrame, time: str, sets: Sequence[Sequence[str]], path: str
) -> Sequence[str]:
    """Return the first set of columns that are filled in each row, and with the time
    tell each from the others.

    Raises ``BuildError`` where none do, for all rows that lack one of the last set, or
    are like one before.
    """
    key = [time]
    for columns in sets:
        key = [time, *columns]
        if not ((table[key] == "").any(axis=None) or table.duplicated(key).any()):
            return columns
    raise _find_wrong_rows(table, key, path)


def _find_wrong_rows(table: pd.DataFrame, key: Sequence[str], path: str) -> BuildError:
    """Return what is wrong with all rows that lack one of some columns, or have the
    same in them as a row before.
    """
    problems = Problems()
    first = dict[tuple[str, ...], tuple[int, dict[Hashable, str]]]()
    for line, row in zip(table.index, table.to_dict("records"), strict=True):
        cells = tuple(row[name] for name in key)
        if "" in cells:
            name = key[cells.index("")]
            problems.add(path, line, f"found no {name}, expected one in each row")
            continue
        first_line, first_row = first.setdefault(cells, (line, row))
        if first_row is not row:
            hint = SUM_UP if first_row != row else "both are the same: delete one"
            again = f"found {', '.join(cells)} again, expected one row of it"
            problems.add(path, line, f"{again}: it is in line {first_line}", hint)
    return BuildError(problems)


def check_names_as_links(names: pd.DataFrame, path: str) -> None:
    """Raise ``BuildError`` for names of a column that links could not tell apart."""
    problems = Problems()
    for column in names:
        first = dict[str, str]()
        for line, name in names[column].drop_duplicates().items():
            other = first.setdefault(to_argument(name), name)
            if other != name:
                message = f"found {quote_words(name)} and {quote_words(other)}"
                expected = "expected names that differ in letters or digits"
                problems.add(path, int(str(line)), f"{message}, {expected}", ONE_NAME)
    problems.stop_if_any()
