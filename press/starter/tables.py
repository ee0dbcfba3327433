"""A table as its file has it: heads, and cells as texts by their lines."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from press.ground.errors import Problems, ToldError, format_count
from press.ground.files import read_bytes_anywhere, read_text

WORKBOOKS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
DELIMITERS = "\t;|,"  # where two fit alike, the rarer sign tells more
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class TableLine(NamedTuple):
    """A line of a table that is not empty: its number, and its cells without white
    space around them.
    """

    number: int
    cells: list[str]


class RawTable(NamedTuple):
    """A table before anything is guessed.

    The index of ``cells`` are lines of the file, its columns the places of ``heads``.
    """

    heads: list[str]
    cells: pd.DataFrame
    delimiter: str


def read_raw_table(path: Path) -> RawTable:
    """Return what a file of CSV, or the first sheet of a workbook that has a table,
    holds.

    Raises ``BuildError`` or ``ToldError`` for a file that is no table, or has lines of
    several lengths.
    """
    if path.suffix.lower() in WORKBOOKS:
        text = _convert_first_filled_sheet_to_csv(path)
    else:
        text = read_text(path, Path.cwd(), _read_bytes_as_utf_8)
    lines_by_delimiter = {each: _split_lines(text, each) for each in DELIMITERS}
    delimiter = max(
        DELIMITERS, key=lambda each: _find_commonest_width(lines_by_delimiter[each])
    )
    lines = lines_by_delimiter[delimiter]
    _check_lines(lines, str(path))
    numbers = [line.number for line in lines]
    table = pd.DataFrame([line.cells for line in lines], index=numbers)
    table = table.loc[:, (table != "").any()]
    table.columns = pd.RangeIndex(table.shape[1])
    return RawTable([*table.iloc[0]], table.iloc[1:], delimiter)


def _read_bytes_as_utf_8(path: Path, root: Path) -> bytes:
    """Return the bytes of a file in UTF-8, also of one in UTF-16, or in Windows-1252 or
    Latin-1 if most of its letters are of ASCII; of any other as they are.

    Cyrillic in an old encoding, which reads as accents, is left for the author to save.
    """
    raw = read_bytes_anywhere(path, root)
    if raw.startswith(UTF_16):
        return raw.decode("utf-16", "replace").encode()
    try:
        raw.decode()
    except UnicodeDecodeError:
        western = raw.decode("cp1252", "replace")
        letters = [letter for letter in western if letter.isalpha()]
        if sum(map(str.isascii, letters)) * 2 > len(letters):
            return western.encode()
    return raw


def _convert_first_filled_sheet_to_csv(path: Path) -> str:
    """Return the first sheet that has two rows as CSV, "" where no sheet has.

    Raises ``ToldError`` for a file that is no workbook.
    """
    from python_calamine import CalamineError  # noqa: PLC0415 - CSV needs it not

    body = io.BytesIO(read_bytes_anywhere(path, Path.cwd()))
    try:
        sheets = pd.read_excel(
            body, sheet_name=None, header=None, dtype=object, engine="calamine"
        )
    except CalamineError as error:
        message = f"found no workbook ({error}), expected one"
        raise ToldError(message, "save the sheet as CSV in UTF-8") from None
    for sheet in sheets.values():
        if len(sheet) > 1:
            return sheet.to_csv(index=False, header=False)
    return ""


def _split_lines(text: str, delimiter: str) -> list[TableLine]:
    """Return the lines of CSV that are not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines = []
    for row in reader:
        cells = [" ".join(cell.split()) for cell in row]
        if any(cells):
            lines.append(TableLine(reader.line_num, cells))
    return lines


class CommonestWidth(NamedTuple):
    """How many cells most lines have, and how many lines have so many; whether that is
    more than one cell. The better a delimiter fits, the larger.
    """

    has_columns: bool
    lines: int
    cells: int


def _find_commonest_width(lines: list[TableLine]) -> CommonestWidth:
    """Return the width of most lines, 0 where there are none."""
    widths = Counter(len(line.cells) for line in lines)
    return max(
        (CommonestWidth(cells > 1, count, cells) for cells, count in widths.items()),
        default=CommonestWidth(has_columns=False, lines=0, cells=0),
    )


def _check_lines(lines: list[TableLine], path: str) -> None:
    """Raise ``BuildError`` for lines that are shorter or longer than most, and
    ``ToldError`` where nothing stands below the heads.
    """
    problems = Problems()
    width = _find_commonest_width(lines).cells
    for line in lines:
        if len(line.cells) != width:
            found = format_count(len(line.cells), "cell")
            message = f"found {found}, expected {width}, as in most lines"
            hint = ""
            if line is lines[0]:
                hint = "the first line is to be the heads: delete what stands above"
            problems.add(path, line.number, message, hint)
    problems.stop_if_any()
    if len(lines) <= 1:
        raise ToldError("found no rows, expected a line of heads, and rows below it")
