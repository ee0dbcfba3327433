"""Merging releases into tables, row by row, by their keys: nothing is lost, and nothing
is guessed.

The same figure changes nothing. A finer print of it stands. Another figure for a row is
a revision: the first print stands, or the last where the table follows revisions, and
the log of revisions holds both; all that one page prints of a time stands or falls
together. What cannot be so is refused, with both figures. A person is asked whether a
figure is right that is far from those beside it, or a series that is printed otherwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import compress, product
from typing import NamedTuple

from press.data import Data, Row, Table, pair_with_rows_before, replace_table_texts
from press.ground.errors import BuildError
from press.intake.prints import is_jump
from press.intake.release import SOURCES, Release
from press.intake.rows import Key, cells_of, name_row, rewrite_rows
from press.intake.upsert import LOG, Upsert

# figures of a table that pages revise at once: of a year of months; of more a person is
# asked
REVISED = 12
SHOWN = 3  # figures in a hint
FAR = "is further than its jump allows from"


class Merged(NamedTuple):
    """What releases do to the tables.

    ``files`` are those that change, by path, in an order in which they can be written
    one by one: no row cites a source that is not there, and no figure is another before
    the log says so. There are none while a question is open.
    ``data`` are the tables then; ``said`` is what merging does, in sentences;
    ``questions`` are those that nobody has answered, in words, by the name that answers
    them.
    """

    files: Mapping[str, bytes]
    data: Data
    said: Sequence[str]
    questions: Mapping[str, str]


def merge(
    data: Data,
    releases: Sequence[Release],
    answered: Collection[str] = (),
    check: Callable[[Data], Iterable[str]] = lambda _data: (),
) -> Merged:
    """Return what releases do to the tables ``data``.

    ``answered`` are the names of questions that a person has answered: it is so.
    ``check`` holds the tables to each other, as the story does. Raises ``BuildError``
    for what contradicts them, or no description allows.
    """
    work = Upsert(data)
    for release in releases:
        work.collect_pages(release)
    for release in releases:
        work.merge_release(release)
    series = dict(_ask_of_series(work, releases))
    if not series.keys() <= {*answered}:
        return Merged({}, data, (), series)
    work.problems.stop_if_any()
    texts = dict(_list_changed_texts(work))
    after = replace_table_texts(data, texts) if texts else data
    _check_together(work, after, check)
    said = list(work.describe_changes())
    asked = dict(work.jumps)
    asked.update(_ask_of_figures(work, after))
    asked.update(_ask_of_log(work))
    for name in [*asked]:
        table, _, _ = name.partition("/")
        if name in answered or f"{table}/series" in series:
            del asked[name]
    if asked:
        return Merged({}, data, said, asked)
    paths = {name: data[name].path for name in texts}
    files = {paths[name]: text.encode() for name, text in texts.items()}
    return Merged(files, after, said, {})


def _ask_of_series(
    work: Upsert, releases: Iterable[Release]
) -> Iterator[tuple[str, str]]:
    """Yield a question for each table of a series that is mostly printed otherwise than
    in the table, or shares no row with it: it may be of another thing or base.
    """
    tables = {line.table for each in releases if each.is_series for line in each.lines}
    for name in sorted(tables):
        same = work.again[name, True]
        other = work.again[name, False]
        about = work.data[name].description.path
        if same <= other:
            words = f"no row of {name} is printed again"
            if other:
                known = same + other
                words = f"{other} of {known} rows of {name} are printed otherwise"
            hint = f"another thing, unit or base needs {about} changed first"
            yield f"{name}/series", f"{words}: {hint}"


def _list_changed_texts(work: Upsert) -> Iterator[tuple[str, str]]:
    """Yield the tables that change and their texts: sources first, then the log."""
    rows = work.with_pages()
    by_table = defaultdict[str, dict[Key, dict[str, str]]](dict)
    for (name, key), cells in rows.items():
        by_table[name][key] = cells
    order = dict.fromkeys([SOURCES, LOG, *sorted(by_table)])
    for name in filter(by_table.get, order):
        table = work.data[name]
        own = by_table[name]
        if not own.items() <= cells_of(table).items():
            yield name, rewrite_rows(table, own)


def _check_together(
    work: Upsert, after: Data, check: Callable[[Data], Iterable[str]]
) -> None:
    """Hold the tables to each other; say which figures this import has changed."""
    try:
        check(after)
    except BuildError as error:
        if not work.replaced:
            raise
        hint = (
            f"this import changes {'; '.join(work.replaced[:SHOWN])}: of figures that"
            " make a sum import all that were revised, from one page, or none"
        )
        problems = [replace(each, hint=each.hint or hint) for each in error.problems]
        raise BuildError(problems) from None


def _ask_of_log(work: Upsert) -> Iterator[tuple[str, str]]:
    """Yield a question for each table of which so much is printed otherwise that its
    rows may have been exchanged.
    """
    logged = [row for (name, _), row in work.rows.items() if name == LOG]
    counts = Counter(row["table"] for row in logged)
    for name, count in counts.items():
        if count > REVISED:
            words = f"{count} figures of {name} are printed otherwise than in the table"
            yield f"{name}/{LOG}", words


def _ask_of_figures(work: Upsert, after: Data) -> Iterator[tuple[str, str]]:
    """Yield a question for each figure that came in and does not look right beside
    another.
    """
    for name, column, new in _list_new_figures(work, after):
        for row, other, words in _find_strange_pairs(after[name], column, new):
            about = row.table
            key = tuple(str(row[part]) for part in about.primary_key)
            figure = f"{row.number(column)} of {row.time}"
            beside = f"{other.number(column)} of {other.time}"
            question = name_row((name, key), column)
            yield question, f"{figure} {words} {beside}"


def _list_new_figures(
    work: Upsert, after: Data
) -> Iterator[tuple[str, str, list[Row]]]:
    """Yield by table and column the rows whose figure is new or another."""
    for name in sorted({name for name, _ in work.rows}):
        table = after[name]
        cells = cells_of(table)
        old = cells_of(work.data[name])
        for column in table.description.figures:
            is_new = [
                row[column] not in {"", old.get(key, {}).get(column)}
                for key, row in cells.items()
            ]
            yield name, column, list(compress(table.rows, is_new))


def _find_strange_pairs(
    table: Table, column: str, new: Collection[Row]
) -> Iterator[tuple[Row, Row, str]]:
    """Yield a new row, another one, and what is strange: it is far from the one beside
    it in time, or the same though both add up, as where a page shows the figures of
    another month than its title.
    """
    about = table.description.fields[column]
    for row, before in pair_with_rows_before(table, column) if new else ():
        one = row.number(column), row.time
        other = before.number(column), before.time
        if is_jump(one, other, about):
            if row in new:
                yield row, before, FAR
            elif before in new:
                yield before, row, FAR
    for row, other_row in product(new, table.rows if about.running else ()):
        if _is_repeated(row, other_row, column):
            yield row, other_row, "is that"


def _is_repeated(row: Row, other: Row, column: str) -> bool:
    """Tell whether another row of the same series has the same figure: within a year
    as far as the two are known.
    """
    times = row.table.times[-1:]
    names = set(row.table.primary_key).difference(times)
    is_of_series = all(row[name] == other[name] for name in names)
    if row is other or not is_of_series or other[column] is None:
        return False
    known = Decimal(0)
    width = row.table.figures[column]
    is_of_year = row.time[:4] == other.time[:4]
    if width and is_of_year:
        known = max(row.number(width), other.number(width))
    apart = abs(row.number(column) - other.number(column))
    return apart <= known
