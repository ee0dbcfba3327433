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
from itertools import chain
from typing import NamedTuple

from press.data import (
    Data,
    Row,
    Table,
    replace_table_texts,
    yield_rows_with_predecessors,
)
from press.ground.errors import format_count
from press.ground.period import MONTHS, Period
from press.intake.prints import is_jump
from press.intake.release import SOURCES, Release, ReleaseRow
from press.intake.rows import format_cell_path, format_table_with_rows, get_cells_by_key
from press.intake.running import yield_doubts_about_running_totals
from press.intake.upsert import LOG, ReleaseMerger

# figures of a table that pages revise at once: of a year of months; of more a person is
# asked
REVISED = 12
REVISED_PARTS = 5  # a revision moves a figure less than a year does
SAMPLES = 3  # of rows or figures of one kind that are named
CHANCE = 1000  # of how many figures two are alike by chance
FAR = "is further than its jump allows from"


class MergeResult(NamedTuple):
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


def merge_releases(
    data: Data,
    releases: Sequence[Release],
    answered_questions: Collection[str] = (),
    check: Callable[[Data], Iterable[str]] = lambda _data: (),
) -> MergeResult:
    """Return what releases do to the tables ``data``.

    ``answered_questions`` are the names of questions that a person has answered: it is
    so. ``check`` holds the tables to each other, as the story does. Raises
    ``BuildError`` for what contradicts them, or no description allows.
    """
    work = ReleaseMerger(data)
    pages = list(map(work.add_pages_and_get_own_id, releases))
    for release, page in zip(releases, pages, strict=True):
        work.merge_release(release, page)
    said = list(_describe_changes(work))
    series = dict(_yield_questions_about_reprinted_series(work, releases))
    if not series.keys() <= {*answered_questions}:
        return MergeResult({}, data, said, series)
    work.problems.stop_if_any()
    texts = dict(_list_changed_texts(work))
    after = replace_table_texts(data, texts) if texts else data
    check(after)
    asked = chain(
        _yield_questions_about_revisions(work, series),
        _yield_questions_about_new_figures(work, after),
        _yield_questions_about_running_totals(work, after, releases),
    )
    questions = dict[str, str]()
    for name, words in asked:
        if name not in answered_questions:
            questions[name] = "; ".join(filter(None, (questions.get(name), words)))
    if questions:
        return MergeResult({}, data, said, questions)
    files = {data[name].path: text.encode() for name, text in texts.items()}
    return MergeResult(files, after, said, {})


def _describe_changes(merger: ReleaseMerger) -> Iterator[str]:
    """Yield what merging does, in sentences, one for each kind: first what leads an
    editor's hand.
    """
    found = defaultdict[str, list[str]](list, merger.notes)
    for name in sorted(merger.rows.keys() - {LOG, SOURCES}):
        for key, row in merger.rows[name].items():
            kind = f"row new in {name}"
            if key in get_cells_by_key(merger.data[name]):
                kind = f"row changed in {name}"
                if row.get("note"):
                    kind = f"row changed, whose note is to be read again, in {name}"
            found[kind].append(", ".join(key))
    for kind, items in found.items():
        thing, _, what = kind.partition(" ")
        count = len(items)
        shown = "; ".join(items[:SAMPLES] + ["…"] * (count > SAMPLES))
        yield f"{format_count(count, thing)} {what}: {shown}"


def _yield_questions_about_reprinted_series(
    merger: ReleaseMerger, releases: Iterable[Release]
) -> Iterator[tuple[str, str]]:
    """Yield a question for each table of which many rows are printed otherwise, or of a
    series most or none again: it may be of another thing or base, or a column may have
    been moved by a row.
    """
    series = {line.table for each in releases if each.is_series for line in each.lines}
    revised = Counter(match.table for match, _ in merger.revisions)
    for name in sorted(series | revised.keys()):
        known = merger.again[name]
        other = known - merger.same[name]
        if revised[name] > REVISED or (name in series and known <= 2 * other):
            words = f"{known} rows of {name} are printed again, {other} otherwise"
            path = merger.data[name].description.path
            hint = f"another thing, unit or base needs {path} changed first"
            yield f"{name}/series", f"{words}: {hint}"


def _list_changed_texts(merger: ReleaseMerger) -> Iterator[tuple[str, str]]:
    """Yield the tables that change and their texts: sources first, then the log."""
    for name in dict.fromkeys([SOURCES, LOG, *sorted(merger.rows)]):
        if rows := merger.rows.get(name):
            yield name, format_table_with_rows(merger.data[name], rows)


def _yield_questions_about_revisions(
    merger: ReleaseMerger, series: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield a question for each revision that is far from what the row has, but none
    for those of a series of which a person was asked as a whole.
    """
    for match, column in merger.revisions:
        old = match.old_prints[column].value
        new = match.new_prints[column].value
        field = match.description.fields[column]
        most = field.jump and field.jump / REVISED_PARTS
        is_far = is_jump(new, old, 1, replace(field, jump=most))
        if is_far and f"{match.table}/series" not in series:
            yield format_cell_path(match.place, column), f"{new} {FAR} {old}"


def _yield_questions_about_new_figures(
    merger: ReleaseMerger, after: Data
) -> Iterator[tuple[str, str]]:
    """Yield a question for each figure that came in and does not look right beside
    another.
    """
    for name in sorted(filter(merger.rows.get, merger.rows)):
        for column in after[name].description.precision_column_by_figure_column:
            new = _list_rows_with_new_figures(merger.data[name], after[name], column)
            for row, other, words in _yield_implausible_pairs(after[name], column, new):
                key = tuple(str(row[part]) for part in row.table.primary_key)
                figure = f"{row.number(column)} of {row.time}"
                beside = f"{other.number(column)} of {other.time}"
                question = format_cell_path((name, key), column)
                yield question, f"{figure} {words} {beside}"


def _yield_questions_about_running_totals(
    merger: ReleaseMerger, after: Data, releases: Iterable[Release]
) -> Iterator[tuple[str, str]]:
    """Yield a question for each new total that does not go on from those beside it."""
    lines = chain.from_iterable(release.lines for release in releases)
    added = {
        _format_place_of_line(line, after, column): Decimal(text)
        for line in lines
        for column, text in line.added.items()
    }
    for name in sorted(filter(merger.rows.get, merger.rows)):
        fields = after[name].description.fields
        for column in filter(lambda column: fields[column].running, fields):
            for row in _list_rows_with_new_figures(
                merger.data[name], after[name], column
            ):
                key = tuple(str(row[part]) for part in row.table.primary_key)
                question = format_cell_path((name, key), column)
                month = added.get(question)
                for doubt in yield_doubts_about_running_totals(
                    row, after[name], column, month
                ):
                    yield question, doubt


def _format_place_of_line(line: ReleaseRow, data: Data, column: str) -> str:
    """Write where a figure of a line goes."""
    names = data[line.table].description.primary_key
    key = tuple(line.values.get(name, "") for name in names)
    return format_cell_path((line.table, key), column)


def _list_rows_with_new_figures(before: Table, after: Table, column: str) -> list[Row]:
    """Return the rows of a table whose figure in a column is new or another."""
    old = {key: row[column] for key, row in before.by_key.items()}
    return [
        row
        for key, row in after.by_key.items()
        if row[column] not in {None, old.get(key)}
    ]


def _yield_implausible_pairs(
    table: Table, column: str, new: Collection[Row]
) -> Iterator[tuple[Row, Row, str]]:
    """Yield two rows of which one is new, and what is strange: they are far from each
    other, being neighbours in time, or the same though both add up, as where a page
    shows the figures of another month than its title.
    """
    about = table.description.fields[column]
    for row, before in yield_rows_with_predecessors(table, column) if new else ():
        values = row.number(column), before.number(column)
        years = max(1, int(row.time[:4]) - int(before.time[:4]))
        if (row in new or before in new) and is_jump(*values, years, about):
            yield row, before, FAR
    for row in new:
        for other_row in table.rows:
            if _has_same_figure_within_year(row, other_row, column):
                yield row, other_row, "is that"


def _has_same_figure_within_year(row: Row, other: Row, column: str) -> bool:
    """Tell whether another row of the same series, at most a year away, has the same
    figure: of totals, which grow, as far as the two are known; else of those that have
    too many digits to be alike by chance, as over many years some are.
    """
    names = set(row.table.primary_key).difference(row.table.time_keys[-1:])
    is_of_series = all(row[name] == other[name] for name in names)
    if row is other or not is_of_series or other[column] is None:
        return False
    months_apart = Period.parse(row.time).last - Period.parse(other.time).last
    if abs(months_apart) > MONTHS:
        return False
    field = row.table.fields[column]
    width = row.table.precision_column_by_figure_column[column]
    known = field.rounded or Decimal(0)
    if width:
        known = max(row.number(width), other.number(width))
    apart = abs(row.number(column) - other.number(column))
    if field.running:
        return apart <= known
    return apart == 0 < known * CHANCE <= row.number(column)
