"""The process that reads a document: its bytes come in, its tables go out as JSON.

A page or a workbook may be made to take a parser's time or memory, or end its process:
it has one of its own to end. HTML, XLSX and CSV are told apart by their bytes, not by
their names: files that end in ``.xls`` are often HTML.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import sys
import zipfile
from collections.abc import Sequence
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook

from press.intake.cells import (
    AGAIN,
    ZIP,
    TextRows,
    check_cell_count,
    check_names_differ,
    clean_text,
)
from press.intake.form import LOOK
from press.intake.html_page import read_page_lines_and_tables
from press.intake.release import UnreadableError

MEMORY = 2_000_000_000  # bytes that the process may have
UNPACKED = 50_000_000  # bytes of an XLSX file once it is unpacked
DECIMALS = 6  # of a number: what stands behind them is how a computer stores it
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIL = re.compile(r"\s*(?:From:|MIME-Version:|Content-Type: *multipart)", re.IGNORECASE)
MARKUP = re.compile(r"\A\s*<(?!\?xml)|<(?:html|table|body)\b", re.IGNORECASE)
# The parts of a workbook that hold values of cells, or nothing that is seen: no
# comments, drawings or charts, of which the library that reads it does not tell.
PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|(?:docProps|customXml)/.*"
    r"|xl/(?:_rels|theme|tables|printerSettings)/.*"
    r"|xl/worksheets/(?:_rels/)?sheet\d+\.xml(?:\.rels)?"
    r"|xl/(?:workbook|styles|sharedStrings|calcChain|metadata)\.xml"
)
# in such a part, what is seen or not seen besides values
BESIDE_VALUES = re.compile(
    r'<(?:\w+:)?strike\b(?! val="(?:0|false)")'
    r"|<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)[ >]"
    r'| hidden="(?:1|true)"| state="(?:h|veryH)idden"'
)


def print_tables_of_stdin_document() -> None:
    """Read the document on standard input, in at most as many seconds of the processor
    as the one argument says; print its tables, or what is wrong.
    """
    with contextlib.suppress(ImportError, ValueError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[1]), int(sys.argv[1])))
    made: object
    try:
        made = read_lines_and_tables(sys.stdin.buffer.read())
    except UnreadableError as error:
        made = {"message": error.message, "hint": error.hint, "away": error.away}
    sys.stdout.write(json.dumps(made))


def read_lines_and_tables(body: bytes) -> list[TextRows]:
    """Return the tables of a document as rows of cells of text; a line of a page is a
    table of one cell, and stands before them.

    Raises ``UnreadableError`` for what is empty, broken or too large.
    """
    if body.startswith(OLE):
        raise UnreadableError(
            "found a workbook of the old kind, XLS, of which comments and what is"
            " struck out or hidden cannot be seen",
            "save it as XLSX",
        )
    if body.startswith(ZIP):
        return _read_sheet_names_and_tables(body)
    text = _decode_utf8_text(body)
    if MAIL.match(text):
        raise UnreadableError(
            "found a page packed with its pictures into one file",
            "save it as HTML only",
        )
    if MARKUP.search(text):
        return read_page_lines_and_tables(text)
    if text.lstrip().startswith(("{", "[")):
        return [_read_json_data_records(text)]
    return [_read_csv(text)]


def _decode_utf8_text(body: bytes) -> str:
    """Return the text of bytes.

    Raises ``UnreadableError`` for none, and for another encoding.
    """
    text = body.decode("utf-8-sig", "replace")
    if "\0" in text or "\ufffd" in text:
        raise UnreadableError(
            "found bytes that are no text in UTF-8, expected a page, a spreadsheet or a"
            " table of text",
            "save the page again, as UTF-8",
        )
    if not text.strip():
        raise UnreadableError(
            "found nothing in it, expected a page, a spreadsheet, CSV or JSON", AGAIN
        )
    return text


# Workbooks


def _read_sheet_names_and_tables(body: bytes) -> list[TextRows]:
    """Return the names and the sheets of an XLSX file, values as they were stored, also
    those that formulas gave.

    Raises ``UnreadableError``.
    """
    tables = list[TextRows]()
    try:
        _check_workbook_archive(zipfile.ZipFile(io.BytesIO(body)))
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            down, across = sheet.end or (0, 0)
            check_cell_count((down + 1) * (across + 1))
            rows = sheet.to_python(skip_empty_area=False)
            tables.append([[clean_text(name)]])
            tables.append([list(map(_format_cell_value, row)) for row in rows] or [[]])
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableError(
            f"found a spreadsheet that cannot be read: {error}",
            f"without a password, {AGAIN}",
        ) from None
    return tables


def _check_workbook_archive(archive: zipfile.ZipFile) -> None:
    """Raise ``UnreadableError`` for an archive that would fill the memory, and for
    one that shows or hides something else than values in cells.
    """
    size = sum(item.file_size for item in archive.infolist())
    if size > UNPACKED:
        raise UnreadableError(
            f"found {size:,} bytes once it is unpacked, expected at most {UNPACKED:,}",
            AGAIN,
        )
    for name in archive.namelist():
        part = archive.read(name).decode("utf-8", "replace")
        found = BESIDE_VALUES.search(part)
        if found or not PARTS.fullmatch(name):
            what = f"{found[0].strip()} in {name}" if found else name
            raise UnreadableError(
                f"found {what} in a workbook, expected values of cells alone, without"
                " comments, drawings, headers, and what is struck out or hidden",
                LOOK,
            )


def _format_cell_value(value: object) -> str:
    """Write a cell's value: a number with the decimals that were meant."""
    if isinstance(value, float):
        return f"{Decimal(repr(round(value, DECIMALS))):f}".removesuffix(".0")
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else clean_text(str(value))


# Tables of text


def _read_csv(text: str) -> TextRows:
    """Return a table whose cells are parted by tabs or semicolons, if there is one in
    each line, else by commas.

    Raises ``UnreadableError``.
    """
    each_line = max(1, text.count("\n"))
    sign = next((sign for sign in "\t;" if text.count(sign) >= each_line), ",")
    lines = io.StringIO(text, newline=None)
    try:
        rows = list(csv.reader(lines, delimiter=sign, strict=True))
    except csv.Error as error:
        raise UnreadableError(f"found broken CSV: {error}", AGAIN) from None
    check_cell_count(sum(map(len, rows)))
    is_table = max(map(len, rows)) > 1
    if is_table and not text.endswith(("\r", "\n")):
        raise UnreadableError(
            "found a table that breaks off, expected the end of a line after its"
            " last row",
            "fetch it anew, or end its last line",
        )
    return [list(map(clean_text, row)) for row in rows]


def _read_json_data_records(text: str) -> TextRows:
    """Return the records of an answer, its ``data``, as a table below their names; what
    the answer says beside them stands in each row.

    Raises ``UnreadableError``.
    """
    try:
        answer = json.loads(
            text, parse_float=str, parse_int=str, object_pairs_hook=_make_record
        )
        records = [answer | record for record in answer.pop("data")]
    except json.JSONDecodeError:
        raise UnreadableError("found JSON that breaks off, or is none", AGAIN) from None
    except (AttributeError, KeyError, RecursionError, TypeError):
        answer = {}
        records = []
    if not records:
        said = clean_text(json.dumps(answer))[:200]
        raise UnreadableError(
            f"found JSON without rows of data, {said}, expected some", AGAIN
        )
    names = list(dict.fromkeys(name for record in records for name in record))
    check_cell_count(len(names) * len(records))
    cells = (map(record.get, names) for record in records)
    return [names, *(list(map(_format_cell_value, row)) for row in cells)]


def _make_record(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """Return an object of JSON. Raises ``UnreadableError`` for a name in it twice."""
    check_names_differ([name for name, _ in pairs])
    return dict(pairs)


if __name__ == "__main__":
    print_tables_of_stdin_document()
