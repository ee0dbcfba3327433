"""What a table is, by what its author says and by counting: its time, its things, its
numbers with their units.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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
from press.starter.keys import CODE_WORDS, TOTALS, find_key, list_column_sets
from press.starter.moment import find_time_of_rows
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
    of the first thing that add up others.
    """

    cells: pd.DataFrame
    time: GuessedColumn
    texts: Sequence[GuessedColumn]
    things: Sequence[GuessedColumn]
    numbers: Sequence[GuessedColumn]
    totals: Sequence[str]
    mark: str

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
    measure = [*answers.measures, path.stem][0]
    raw = put_times_of_heads_into_rows(read_raw_table(path), measure)
    time_place, times = find_time_of_rows(raw, path.stem, answers)
    mark = _find_decimal_mark(raw)
    things = [find_place(raw.heads, name) for name in answers.things]
    measures = [find_place(raw.heads, name) for name in answers.measures]
    kinds = dict.fromkeys(things, "string") | dict.fromkeys(measures, "number")
    known = drop_missing_marks(raw.cells[time_place])
    name = TIME_NAMES[times.type]
    time = GuessedColumn(name, raw.heads[time_place], times.type, note=times.note)
    table = pd.DataFrame({name: _mark_unread(known, times.cells)})
    columns: dict[int, GuessedColumn] = {}
    for place, head in enumerate(raw.heads):
        if place != time_place:
            column = _name_column(head, table.columns)
            own = raw.cells[place]
            column, cells = _read_column(column, own, mark, kinds.get(place, ""))
            columns[place] = column
            table[column.name] = cells
    problems = Problems()
    for place, column in ((time_place, time), *columns.items()):
        unread = raw.cells[place][table[column.name].isna()]
        _add_unread_cells(problems, str(path), raw.heads[place], unread, column.type)
    problems.stop_if_any()
    places = dict.fromkeys([*measures, *columns])
    numbers = _choose_measures([columns[place] for place in places], answers.unit)
    texts = [column for column in columns.values() if column.type == "string"]
    sets = _list_keys(texts)
    if things:
        sets = [[columns[place].name for place in things]]
    key = find_key(table, time.name, sets, str(path))
    own_things = [column for name in key for column in texts if column.name == name]
    return Guess(
        table,
        time,
        texts,
        own_things,
        numbers,
        _list_things_named_as_totals(table, key),
        mark,
    )


def _add_unread_cells(
    problems: Problems, path: str, head: str, cells: pd.Series[str], kind: str
) -> None:
    """Add a problem for each cell that could not be read as one of its kind."""
    expected = "a number or nothing" if kind in COUNTED else "a time like the others"
    for line, cell in cells.items():
        message = f"{head}: found {quote_words(cell)}, expected {expected}"
        hint = TOTAL_HINT if TOTALS.fullmatch(cell) else ""
        problems.add(path, int(str(line)), message, hint)


class _ColumnAndCells(NamedTuple):
    """A column, and its cells."""

    column: GuessedColumn
    cells: pd.Series[str]


def _name_column(head: str, taken: Iterable[str]) -> GuessedColumn:
    """Return a column of texts by its head, with a name that no other has."""
    title, unit = split_unit_from_head(head)
    name = make_name(title, {*TAKEN, *taken}, "column")
    return GuessedColumn(name, title, "string", unit)


def _choose_measures(
    columns: Sequence[GuessedColumn], unit_of_first: str
) -> list[GuessedColumn]:
    """Return the columns of numbers, the first in ``unit_of_first`` if that is given.

    Raises ``ToldError`` where there are none.
    """
    numbers = [column for column in columns if column.type in COUNTED]
    if not numbers:
        heads = ", ".join(column.title for column in columns)
        message = f"found no column of numbers among {heads}, expected one"
        raise ToldError(message, "add one, such as count, with 1 in each row")
    if unit_of_first:
        numbers[0] = numbers[0]._replace(unit=parse_unit(unit_of_first))
    return numbers


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


def _read_column(
    column: GuessedColumn, cells: pd.Series[str], mark: str, kind: str
) -> _ColumnAndCells:
    """Return a column of texts, or of numbers with the unit that stands in its cells if
    its head has none; of a ``kind``, if one is given.

    Raises ``ToldError`` where there is no number, and one is to be.
    """
    known = drop_missing_marks(cells)
    numbers = parse_numbers(known, mark)
    is_number = kind == "number"
    if not (kind or column.is_code):
        is_number = _are_numbers(known, numbers)
    if not is_number:
        return _ColumnAndCells(column, cells)
    if (numbers == "").all():
        raise ToldError(f"{column.title}: found no numbers, expected some")
    whole = drop_empty_decimals(numbers)
    has_decimals = whole.str.contains(".", regex=False).any()
    kind = "number" if has_decimals else "integer"
    unit = column.unit or find_sign_of_all(known[known != ""])
    described = column._replace(type=kind, unit=unit)
    return _ColumnAndCells(described, _mark_unread(known, whole))


def _mark_unread(known: pd.Series[str], read: pd.Series[str]) -> pd.Series[str]:
    """Return cells as they were read, NaN for what holds something and was not."""
    return read.mask((known != "") & (read == ""))


def _are_numbers(known: pd.Series[str], numbers: pd.Series[str]) -> bool:
    """Tell whether most cells of a column were read as numbers, and none is a code that
    begins with zeros.
    """
    is_filled = known != ""
    wrong = is_filled & (numbers == "")
    least = max((1 - MOSTLY) * is_filled.sum(), 1)
    is_code = known.str.fullmatch(LEADING_ZERO).any()
    return bool(is_filled.any() and wrong.sum() < least and not is_code)
