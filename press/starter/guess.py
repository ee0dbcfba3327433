"""What a table is, by what its author says and by counting: its time, its things, its
numbers with their units.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from press.data import COUNTED
from press.ground.errors import BuildError, Problems, ToldError, quote_words
from press.ground.scales import SCALES
from press.quantity import unit_without_scale
from press.starter.answers import TableAnswers
from press.starter.figures import (
    LEADING_ZERO,
    drop_empty_decimals,
    drop_missing_marks,
    drop_signs_alone,
    find_sign_of_all,
    parse_numbers,
    parse_unit,
    split_unit_from_head,
)
from press.starter.heads import (
    TAKEN,
    find_place,
    make_name,
    put_times_of_heads_into_rows,
)
from press.starter.keys import (
    CODE_WORDS,
    TOTALS,
    check_names_as_links,
    find_key,
    list_column_sets,
)
from press.starter.moment import Moment, find_time_of_rows
from press.starter.series import keep_one_series
from press.starter.tables import RawTable, read_raw_table
from press.starter.times import MOSTLY, TIME_NAMES

RATE_WORDS = re.compile(  # of numbers whose sum says nothing
    r"\b(rate|share|percent|per|index|average|avg|mean|median|price|age|years|score"
    r"|ratio|density|salary|wages?|pay|height|weight|speed|level|rating|temperature|mpg"
    r"|km/h|°c)\b",
    re.IGNORECASE,
)
TOTAL_HINT = "take the row of totals out: facts add up what they need"


class GuessedColumn(NamedTuple):
    """A column: its name in links and code, its head for readers, its type, its unit;
    what was made of its cells, "" where nothing was.
    """

    name: str
    title: str
    type: str
    unit: str = ""
    note: str = ""

    @property
    def is_code(self) -> bool:
        """Tell whether its cells are codes or ranks, which only go with names."""
        return CODE_WORDS.search(self.title) is not None

    @property
    def is_additive(self) -> bool:
        """Tell whether its numbers may be added up, as far as its head and unit say:
        they are whole, or counted in thousands and the like.
        """
        words = f"{self.title} {self.unit}"
        is_counted = self.type == "integer" or bool(SCALES.keys() & self.unit.split())
        return is_counted and not RATE_WORDS.search(words)

    @property
    def is_count(self) -> bool:
        """Tell whether it counts what its head names: Jobs, Loans."""
        return (
            unit_without_scale(self.unit) == ""
            and self.title[-1:] == "s"
            and (self.is_additive)
        )


@dataclass(frozen=True)
class Guess:
    """A table as it was guessed: its cells as ``data/`` has them, a row for each
    ``time`` and each of some ``things``.

    ``numbers`` are figures; ``mark`` stood before their decimals. ``totals`` are values
    of the first thing that add up others. ``kept`` says of which series all rows are.
    """

    cells: pd.DataFrame
    time: GuessedColumn
    texts: Sequence[GuessedColumn]
    things: Sequence[GuessedColumn]
    numbers: Sequence[GuessedColumn]
    totals: Sequence[str]
    mark: str
    kept: str

    @property
    def columns(self) -> Sequence[GuessedColumn]:
        """All columns, in the order of the new table."""
        return [self.time, *self.texts, *self.numbers]

    @property
    def is_fiscal(self) -> bool:
        """Tell whether the times are fiscal years."""
        return self.time.note.startswith("fiscal")

    def find_power_of_ten_bounds(self, column: GuessedColumn) -> tuple[str, str]:
        """Return a minimum and a maximum that numbers like those of a column keep to:
        powers of ten.
        """
        values = [Decimal(cell) for cell in self.cells[column.name] if cell]
        largest = max(map(abs, values))
        bound = f"{Decimal(10) ** (largest.adjusted() + 1):f}"
        return f"-{bound}" if min(values) < 0 else "0", bound


def guess_table(path: Path, answers: TableAnswers) -> Guess:
    """Return what a table holds.

    Raises ``BuildError`` that says what to change in the table, or what to say of it.
    """
    try:
        return _guess_table_raising_refusals(path, answers)
    except ToldError as error:
        raise BuildError.at(str(path), 1, error.message, error.hint) from None


def _guess_table_raising_refusals(path: Path, answers: TableAnswers) -> Guess:
    """Return what a table holds.

    Raises ``BuildError`` for what is wrong in lines of it, ``ToldError`` for what is
    wrong with all of it.
    """
    series = keep_one_series(read_raw_table(path), answers)
    answers = series.answers
    measure = series.name or [*answers.measures, path.stem][0]
    raw = put_times_of_heads_into_rows(series.raw, measure)
    moment = find_time_of_rows(raw, path.stem, answers)
    measures = [find_place(raw.heads, name) for name in answers.measures]
    things = [find_place(raw.heads, name) for name in answers.things]
    mark = _find_decimal_mark(raw)
    figures = [*measures, *_list_figures(raw, mark, {moment.place, *things})]
    for place in figures[:1]:
        raw.heads[place] = series.name_figures(raw.heads[place])
    table, columns = _read_columns(raw, moment, figures, mark, str(path))
    numbers = [columns[place] for place in dict.fromkeys(figures)]
    if not numbers:
        heads = ", ".join(column.title for column in list(columns.values())[1:])
        message = f"found no column of numbers among {heads}, expected one"
        raise ToldError(message, "add one, such as count, with 1 in each row")
    if answers.unit:
        numbers[0] = numbers[0]._replace(unit=parse_unit(answers.unit))
    texts = [column for column in columns.values() if column.type == "string"]
    sets = _list_keys(texts)
    if things:
        sets = [[columns[place].name for place in things]]
    time = columns[moment.place]
    key = find_key(table, time.name, sets, str(path))
    if not things:
        _check_things_recur(table, time.name, key)
    check_names_as_links(table[[*key]], str(path))
    return Guess(
        table,
        time,
        texts,
        [column for name in key for column in texts if column.name == name],
        numbers,
        _list_things_named_as_totals(table, key),
        mark,
        series.kept,
    )


class _TableWithColumns(NamedTuple):
    """The cells of a table, and its columns by their places, that of times first."""

    cells: pd.DataFrame
    columns: dict[int, GuessedColumn]


def _read_columns(
    raw: RawTable, moment: Moment, figures: Collection[int], mark: str, path: str
) -> _TableWithColumns:
    """Return the columns of a table, of which some hold ``figures``.

    Raises ``BuildError`` for all cells that could not be read, ``ToldError`` for a
    column without numbers where some are to be.
    """
    times = moment.column
    name = TIME_NAMES[times.type]
    time = GuessedColumn(name, raw.heads[moment.place], times.type, note=times.note)
    columns = {moment.place: time}
    table = pd.DataFrame({name: times.cells})
    problems = Problems()
    for place, head in enumerate(raw.heads):
        known = drop_missing_marks(raw.cells[place])
        if place not in columns:
            title, unit = split_unit_from_head(head)
            name = make_name(title, {*TAKEN, *table.columns}, "column")
            columns[place] = GuessedColumn(name, title, "string", unit)
            table[name] = drop_signs_alone(raw.cells[place])
        if place in figures:
            table[name] = drop_empty_decimals(parse_numbers(known, mark))
            columns[place] = _describe_figures(columns[place], known, table[name])
        if columns[place].type != "string":
            is_unread = (known != "") & (table[columns[place].name] == "")
            kind = columns[place].type
            _add_unread_cells(problems, path, head, known[is_unread], kind)
    problems.stop_if_any()
    return _TableWithColumns(table, columns)


def _describe_figures(
    column: GuessedColumn, known: pd.Series[str], numbers: pd.Series[str]
) -> GuessedColumn:
    """Return a column with the type of its numbers, and with the unit that stands in
    its cells if its head has none.

    Raises ``ToldError`` where there is no number.
    """
    if (numbers == "").all():
        raise ToldError(f"{column.title}: found no numbers, expected some")
    has_decimals = numbers.str.contains(".", regex=False).any()
    unit = column.unit or find_sign_of_all(known[known != ""])
    return column._replace(type="number" if has_decimals else "integer", unit=unit)


def _add_unread_cells(
    problems: Problems, path: str, head: str, cells: pd.Series[str], kind: str
) -> None:
    """Add a problem for each cell that could not be read as one of its kind."""
    expected = "a number or nothing" if kind in COUNTED else "a time like the others"
    for line, cell in cells.items():
        message = f"{head}: found {quote_words(cell)}, expected {expected}"
        hint = TOTAL_HINT if TOTALS.fullmatch(cell) else ""
        problems.add(path, int(str(line)), message, hint)


def _check_things_recur(table: pd.DataFrame, time: str, key: Sequence[str]) -> None:
    """Raise ``ToldError`` where most things are there at one of several times alone:
    rows of a list of events can be counted, not compared.
    """
    if not key or len(table[time].unique()) == 1:
        return
    is_alone = table.groupby([*key]).size() == 1
    if is_alone.mean() >= MOSTLY:
        raise ToldError(
            f"found {is_alone.sum()} of {len(is_alone)} names in {' and '.join(key)} at"
            " one time alone, expected most of them at several times",
            "count the rows, or add them up, by time and one other column; or say what"
            " tells the rows apart: --thing NAME",
        )


def _list_things_named_as_totals(table: pd.DataFrame, key: Sequence[str]) -> list[str]:
    """Return the names of the first column of a key that are those of totals, none
    where all are.
    """
    if not key:
        return []
    names = table[key[0]].unique()
    totals = [name for name in names if TOTALS.fullmatch(name)]
    return totals if len(totals) < len(names) else []


def _list_keys(columns: Sequence[GuessedColumn]) -> list[Sequence[str]]:
    """Return sets of names of columns that may tell rows apart, those without codes
    first.
    """
    names = [column.name for column in columns if not column.is_code]
    codes = [column.name for column in columns if column.is_code]
    return [*list_column_sets(names), *list_column_sets([*names, *codes])]


def _find_decimal_mark(raw: RawTable) -> str:
    """Return what stands before decimals in most numbers."""
    cells = raw.cells.melt()["value"]
    likely = ",." if raw.delimiter == ";" else ".,"
    return max(likely, key=lambda mark: parse_numbers(cells, mark).ne("").sum())


def _list_figures(raw: RawTable, mark: str, others: Collection[int]) -> list[int]:
    """Return the places of columns of numbers that are no codes, but for ``others``."""
    found = list[int]()
    for place, head in enumerate(raw.heads):
        is_code = CODE_WORDS.search(split_unit_from_head(head).title)
        if place not in others and not is_code and _are_numbers(raw.cells[place], mark):
            found.append(place)
    return found


def _are_numbers(cells: pd.Series[str], mark: str) -> bool:
    """Tell whether most cells of a column are numbers, and none is a code that begins
    with zeros.
    """
    known = drop_missing_marks(cells)
    filled = known[known != ""]
    wrong = (parse_numbers(filled, mark) == "").sum()
    is_code = filled.str.fullmatch(LEADING_ZERO).any()
    return (
        len(filled) > 0 and wrong < max((1 - MOSTLY) * len(filled), 1) and not is_code
    )
