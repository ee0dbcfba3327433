"""The text of a CSV file, held to a table's description: typed rows, or all that is
wrong with them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from types import MappingProxyType

from press.data.fields import Value
from press.data.schema import TableDescription
from press.data.tables import Row
from press.ground.errors import (
    MANY,
    BuildError,
    Problems,
    quote_words,
    suggest_similar_or_all,
)

# of a table, and so many cells and columns: what a build types in some seconds
MOST_ROWS = 200_000
MOST_CELLS = 2_000_000
MOST_COLUMNS = 1_000
LONGEST_LINE = 1_000_000  # characters
SUMMARIZE = (
    "work out a smaller table first: A large table, in press/docs/new-figures.md"
)


def parse_rows(
    text: str, file_name: str, description: TableDescription
) -> tuple[Row, ...]:
    """Return the typed rows in the text of the CSV file ``file_name``.

    Raises ``BuildError`` with every cell that is wrong.
    """
    _check_line_lengths(text, file_name)
    _check_row_and_cell_count(text, file_name, description)
    records = _yield_lines_and_cells(text, file_name)
    line, header = next(records, (1, []))
    if not header:
        message = "found an empty file, expected a header and rows"
        raise BuildError.at(file_name, line, message)
    parser = _RowParser(file_name, description)
    parser.check_header(header, line)
    parser.problems.stop_if_any()
    rows = parser.parse_records_collecting_problems(records)
    parser.check_primary_and_unique_keys(rows)
    parser.problems.stop_if_any()
    return tuple(rows)


class _RowParser:
    """Types the rows of one file, and notes all that is wrong with them."""

    def __init__(self, name: str, description: TableDescription) -> None:
        self.problems = Problems()
        self._name = name
        self._description = description
        # line and column of each cell that is wrong
        self._spoilt = set[tuple[int, str]]()

    def _add_problem(self, line: int, message: str, hint: str = "") -> None:
        self.problems.add(self._name, line, message, hint)

    def check_header(self, header: list[str], line: int) -> None:
        """Note columns that are missing, unknown, twice there or in another order."""
        if separator := _find_other_separator(header):
            found = f"found {separator} between the cells, expected commas"
            self._add_problem(line, found, "save the file as CSV with commas")
            return
        fields = self._description.fields
        for column in fields:
            if column not in header:
                message = f"the column {quote_words(column)} is missing"
                self._add_problem(line, message, suggest_similar_or_all(column, header))
        for column in header:
            self._check_column_of_header(column, header, line)
        if not self.problems and header != list(fields):
            message = (
                f"found the columns in another order, expected {', '.join(fields)}"
            )
            self._add_problem(line, message)

    def _check_column_of_header(
        self, column: str, header: list[str], line: int
    ) -> None:
        """Note a column of the header that is unknown, or there again."""
        fields = self._description.fields
        count = header.count(column)
        if column not in fields:
            similar = suggest_similar_or_all(column, fields)
            hint = similar or f"describe it in {self._description.path}"
            self._add_problem(
                line, f"found the unknown column {quote_words(column)}", hint
            )
        elif count > 1:
            message = (
                f"found the column {quote_words(column)} {count} times, expected it"
                " once"
            )
            self._add_problem(line, message)

    def parse_records_collecting_problems(
        self, records: Iterator[tuple[int, list[str]]]
    ) -> list[Row]:
        """Return the rows of all records that have as many cells as there are columns;
        nothing is looked at after ``MANY`` problems.
        """
        rows = list[Row]()
        columns = list(self._description.fields)
        for line, cells in self.problems.yield_and_collect(records):
            if len(self.problems) >= MANY:
                message = (
                    f"found {MANY:,} problems above, expected none: nothing was looked"
                    " at from here on"
                )
                self._add_problem(line, message)
                break
            if len(cells) == len(columns):
                rows.append(self._parse_row_collecting_problems(cells, line))
            else:
                expected = f"expected {len(columns)} ({', '.join(columns)})"
                self._add_problem(line, f"found {len(cells)} cells, {expected}")
        if not (rows or self.problems or self._description.may_be_empty):
            self._add_problem(
                1, "found a header and no rows, expected at least one row"
            )
        return rows

    def _parse_row_collecting_problems(self, cells: list[str], line: int) -> Row:
        """Return the typed row of a line, without values in cells that are wrong."""
        description = self._description
        values = dict[str, Value].fromkeys(description.fields)
        for field, cell in zip(description.fields.values(), cells, strict=True):
            try:
                values[field.name] = field.parse(cell)
            except ValueError as error:
                place = f"{description.path}:{field.line}"
                hint = f"its column is described in {place}"
                self._add_problem(line, f"{field.name}: {error}", hint)
                self._spoilt.add((line, field.name))
        return Row(description, self._name, line, MappingProxyType(values))

    def check_primary_and_unique_keys(self, rows: list[Row]) -> None:
        """Note each empty cell of the primary key, and each row with the key or the
        unique value of an earlier one.
        """
        key = self._description.primary_key
        for row in rows:
            for column in key:
                if row[column] is None and (row.line, column) not in self._spoilt:
                    message = f"the cell of the key column {column} is empty"
                    others = _name_row(row, key)
                    self._add_problem(
                        row.line, f"{message} ({others})" if others else message
                    )
        self._check_unique(rows, key)
        for field in self._description.fields.values():
            if field.constraints.get("unique"):
                self._check_unique(rows, (field.name,))

    def _check_unique(self, rows: list[Row], columns: tuple[str, ...]) -> None:
        """Note each row that has the same in some columns as an earlier one."""
        seen = dict[tuple[Value, ...], int]()
        for row in rows:
            key = row.get_values(columns)
            first = seen.setdefault(key, row.line)
            if first != row.line and None not in key:
                named = _name_row(row, columns)
                self._add_problem(row.line, f"line {first} has {named} already")


def _find_other_separator(header: list[str]) -> str:
    """Return what stands between cells in place of commas, "" where nothing does."""
    separators = {"\t": "tabs", ";": "semicolons"}
    if len(header) > 1:
        return ""
    found = (word for sign, word in separators.items() if sign in header[0])
    return next(found, "")


def _name_row(row: Row, columns: tuple[str, ...]) -> str:
    """Name a row by what it has in some columns: ``year 2023, flow total``."""
    known = (column for column in columns if row[column] is not None)
    return ", ".join(f"{column} {row[column]}" for column in known)


def _check_line_lengths(text: str, file_name: str) -> None:
    """Refuse a line so long that its cells would fill the memory.

    Raises ``BuildError``.
    """
    start = 0
    while len(text) - start > LONGEST_LINE:
        end = text.rfind("\n", start, start + LONGEST_LINE + 1)
        if end < 0:
            line = text.count("\n", 0, start) + 1
            message = f"found a line of more than {LONGEST_LINE:,} characters"
            raise BuildError.at(file_name, line, message)
        start = end + 1


def _check_row_and_cell_count(
    text: str, file_name: str, description: TableDescription
) -> None:
    """Refuse a table that takes a build too long, before any row is typed.

    Raises ``BuildError``.
    """
    columns = len(description.fields)
    rows = text.count("\n")  # at least as many as there are
    if rows > MOST_ROWS or rows * columns > MOST_CELLS:
        rows = _count_rows(text, file_name)
    cells = rows * columns
    if rows > MOST_ROWS:
        message = f"found {rows:,} rows, expected at most {MOST_ROWS:,}"
    elif cells > MOST_CELLS:
        message = f"found {cells:,} cells, expected at most {MOST_CELLS:,}"
    else:
        return
    raise BuildError.at(file_name, 1, message, SUMMARIZE)


def _count_rows(text: str, file_name: str) -> int:
    """Return how many rows stand below the header.

    Raises ``BuildError`` for broken CSV.
    """
    if '"' in text:  # a quoted cell may have several lines
        return sum(1 for _ in _yield_lines_and_cells(text, file_name)) - 1
    return text.count("\n") - text.endswith("\n")


def _yield_lines_and_cells(
    text: str, file_name: str
) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each record begins, and its cells.

    Raises ``BuildError`` for what is no record.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                message = (
                    f"found {len(cells):,} cells in a row, expected at most"
                    f" {MOST_COLUMNS:,}"
                )
                raise BuildError.at(file_name, line, message)
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        hint = "a quotation mark inside a quoted cell is written twice"
        raise BuildError.at(
            file_name, max(reader.line_num, 1), f"found broken CSV: {error}", hint
        ) from None
