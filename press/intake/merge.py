"""Merging releases into tables, row by row, by their keys: nothing is lost, and nothing
is guessed.

The same figure changes nothing. A finer print of it stands. Another figure for a row is
a revision: the first print stands, or the last where the table follows revisions, and
the log of revisions holds both; all that one page prints of a time stands or falls
together. What cannot be so is refused, with both figures. A person is asked whether a
figure is right that is far from those beside it, or a series that is printed otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from press.data import Data, Row, pairs, with_texts
from press.ground.errors import BuildError, Problems
from press.intake.prints import is_jump
from press.intake.release import SOURCES, Release
from press.intake.rows import cells_of, name_row, rewrite_rows
from press.intake.upsert import LOG, Upsert

# figures of a table that pages revise at once: of a year of months; of more a person is
# asked
REVISED = 12
VISIBLE = 12  # a total grows by more than its width if that is less than such a part
SHOWN = 3  # figures in a hint


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
        work.take_pages(release)
    for release in releases:
        work.take(release)
    series = dict(_ask_of_series(work, releases))
    if not series.keys() <= {*answered}:
        return Merged({}, data, (), series)
    work.problems.stop_if_any()
    texts = dict(_written(work))
    after = with_texts(data, texts) if texts else data
    _check_repeats(work, after)
    _check_together(work, after, check)
    asked = {
        name: words
        for name, words in (work.jumps | dict(_ask_of_figures(work, after))).items()
        if name not in answered and f"{name.partition('/')[0]}/series" not in series
    }
    if asked:
        return Merged({}, data, list(work.told()), asked)
    files = {data[name].path: text.encode() for name, text in texts.items()}
    return Merged(files, after, list(work.told()), {})


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
                words = (
                    f"{other} of {same + other} rows of {name} are printed otherwise"
                )
            yield (
                f"{name}/series",
                f"{words}: another thing, unit or base needs {about} changed first",
            )


def _written(work: Upsert) -> Iterator[tuple[str, str]]:
    """Yield the tables that change and their texts: sources first, then the log."""
    rows = work.with_pages()
    names = {name for name, _ in rows}
    for name in sorted(names, key=lambda name: (name != SOURCES, name != LOG, name)):
        table = work.data[name]
        own = {key: cells for (of, key), cells in rows.items() if of == name}
        text = rewrite_rows(table, own)
        if any(cells_of(table).get(key) != cells for key, cells in own.items()):
            yield name, text


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


def _changed(work: Upsert, after: Data) -> Iterator[tuple[str, Row, str]]:
    """Yield table, row and column of each figure that is new or another."""
    for name in sorted({name for name, _ in work.rows}):
        table = after[name]
        for key, row in zip(cells_of(table), table.rows, strict=True):
            old = cells_of(work.data[name]).get(key, {})
            for column in table.description.figures:
                text = cells_of(table)[key][column]
                if text not in {"", old.get(column)}:
                    yield name, row, column


def _check_repeats(work: Upsert, after: Data) -> None:
    """Refuse a total since January that is the one to another month of its year: a page
    may show last month's figures under its title.

    Raises ``BuildError``.
    """
    problems = Problems()
    for name, row, column in _changed(work, after):
        for other in after[name].rows if row.table.fields[column].running else ():
            if _is_repeated(row, other, column):
                problems.add(
                    row.path,
                    row.line,
                    f"{column}: found {row[column]} to {row.time}, as to {other.time},"
                    " expected more in the later month: it adds up from January",
                    "the page may show the figures of another month than its title",
                )
    problems.stop_if_any()


def _is_repeated(row: Row, other: Row, column: str) -> bool:
    """Tell whether another row of the same year has the same total, though the months
    between would be seen.
    """
    time = row.table.times[-1]
    for name in row.table.primary_key:
        if name != time and row[name] != other[name]:
            return False
    if row.time == other.time or row.time[:4] != other.time[:4]:
        return False
    if other[column] is None:
        return False
    width = row.table.figures[column]
    known = max(row.number(width), other.number(width)) if width else Decimal(0)
    value = row.number(column)
    return abs(value - other.number(column)) <= known and known * VISIBLE < value


def _ask_of_figures(work: Upsert, after: Data) -> Iterator[tuple[str, str]]:
    """Yield a question for each figure that is far from the one beside it in time, or
    is the same though both add up; and for each table of which so much is printed
    otherwise that its rows may have been exchanged.
    """
    changed = {(row.path, row.line, column) for _, row, column in _changed(work, after)}
    for name, column in sorted({(n, column) for n, _, column in _changed(work, after)}):
        about = after[name].description.fields[column]
        for two in pairs(after[name], column):
            one, other = ((row.number(column), row.time) for row in two)
            new = [row for row in two if (row.path, row.line, column) in changed]
            is_same = about.running and one[0] == other[0]
            if new and (is_same or is_jump(one, other, about)):
                words = "is that" if is_same else "is further than its jump allows from"
                key = tuple(str(new[0][part]) for part in new[0].table.primary_key)
                yield (
                    name_row((name, key), column),
                    f"{one[0]} of {one[1]} {words} {other[0]} of {other[1]}",
                )
    revised = Counter(
        row["table"] for (name, _), row in work.rows.items() if name == LOG
    )
    for name, count in revised.items():
        if count > REVISED:
            yield (
                f"{name}/{LOG}",
                f"{count} figures of {name} are printed otherwise than in the table",
            )
