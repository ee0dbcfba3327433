"""Sheets: what a publisher sent, or an editor saved, as rows of cells of text, whatever its format.

HTML, XLSX, XLS and CSV are told apart by their bytes, not by their names: files that end in ``.xls`` are often HTML.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from python_calamine import CalamineError, CalamineWorkbook

from press.errors import quoted
from press.intake.release import Document, UnreadableError

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
BYTES, UNPACKED = 20_000_000, 100_000_000  # of a file, and of a workbook once it is unpacked
ROWS, COLUMNS = 20_000, 200
DECIMALS = 6  # of a number in a workbook: what stands behind them is how a computer stores it
DECLARED = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)
HEAD = 4096  # bytes in which a page names its charset
SPACES = re.compile(r"\s+")
MARKUP = re.compile(r"<(?:!doctype|html|table|body|head|div)\b", re.IGNORECASE)
FORMULA = re.compile(rb"<f[ />]")


class Sheet(NamedTuple):
    """A table of cells of text: spaces are single, what spans cells stands in each, ``^`` is before a raised sign.

    ``before`` are the words that stand before it: a page's title and date, or the name of a worksheet.
    """

    before: str
    rows: tuple[tuple[str, ...], ...]


def sheets(document: Document) -> list[Sheet]:
    """Return the tables in a document. Raises ``UnreadableError`` where it is empty, broken, or too large."""
    body = document.body
    if not body.strip():
        raise UnreadableError("found nothing in it, expected a page or a spreadsheet")
    if len(body) > BYTES:
        raise UnreadableError(f"found {len(body):,} bytes, expected at most {BYTES:,}")
    if body.startswith((ZIP, OLE)):
        found = list(_of_workbook(body))
    else:
        text = decoded(body, document.media_type)
        found = list(_of_page(text)) if MARKUP.search(text) else [_of_csv(text)]
    for sheet in found:
        _check_size(len(sheet.rows), max(map(len, sheet.rows), default=0))
    return found


def decoded(body: bytes, media_type: str = "") -> str:
    """Return the text of bytes. Text that is UTF-8 is taken for that, whatever a page says of itself.

    Raises ``UnreadableError`` for bytes in a charset that is neither UTF-8 nor UTF-16 nor named.
    """
    if body[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return body.decode("utf-16", "replace")
    if b"\0" in body:
        raise UnreadableError("found a NUL byte, expected a page, a spreadsheet or a table of text")
    named = [found[1].decode() for part in (media_type.encode(), body[:HEAD]) if (found := DECLARED.search(part))]
    for charset in ("utf-8-sig", *named, "gb18030"):
        try:
            text = body.decode({"gb2312": "gb18030", "gbk": "gb18030"}.get(charset.lower(), charset))
        except (UnicodeDecodeError, LookupError):
            continue
        return text.replace("\r\n", "\n").replace("\r", "\n")
    said = f"{quoted(named[0])}, which it says it is" if named else "UTF-8"
    raise UnreadableError(f"found bytes that are no {said}", "save the page again, as UTF-8")


def _check_size(rows: int, columns: int) -> None:
    if rows > ROWS or columns > COLUMNS:
        raise UnreadableError(
            f"found {rows:,} rows and {columns:,} columns, expected at most {ROWS:,} and {COLUMNS}",
            "save the one sheet that holds the release",
        )


def _of_csv(text: str) -> Sheet:
    """Return a text whose cells are parted by commas, semicolons or tabs, whichever its first lines have most of."""
    first = "\n".join(text.split("\n")[:20])
    delimiter = max(",;\t", key=first.count)
    try:
        rows = [tuple(map(_clean, row)) for row in csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)]
    except csv.Error as error:
        raise UnreadableError(f"found broken CSV: {error}") from None
    return Sheet("", tuple(rows))


def _of_workbook(body: bytes) -> Iterator[Sheet]:
    """Yield the sheets of an XLSX or XLS file: its values as they were stored, formulas in XLSX refused."""
    if body.startswith(ZIP):
        _check_archive(body)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            _check_size(sheet.total_height, sheet.total_width)
            yield Sheet(name, tuple(tuple(map(_stored, row)) for row in sheet.to_python(skip_empty_area=False)))
    except (CalamineError, OSError, ValueError) as error:
        message = f"found a spreadsheet that cannot be read: {str(error).splitlines()[0] if str(error) else 'broken'}"
        raise UnreadableError(message, "open it and save it again without a password") from None


def _check_archive(body: bytes) -> None:
    """Look into an XLSX file before it is unpacked: it is a whole archive, of no monstrous size, without formulas."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            size = sum(item.file_size for item in archive.infolist())
            if size > UNPACKED:
                raise UnreadableError(f"found {size:,} bytes once it is unpacked, expected at most {UNPACKED:,}")
            names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
            formulas = [name for name in names if FORMULA.search(archive.read(name))]
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise UnreadableError(f"found a broken spreadsheet: {error}", "save it again, or fetch it anew") from None
    if formulas:
        hint = "save a copy with values alone (copy all, paste values)"
        raise UnreadableError("found formulas in the spreadsheet, expected values as they were printed", hint)


def _stored(value: object) -> str:
    """Write a cell's value: a number with the decimals that were meant."""
    if isinstance(value, float):
        return f"{Decimal(repr(round(value, DECIMALS))):f}"
    return _clean(str(value))


def _of_page(text: str) -> Iterator[Sheet]:
    """Yield the tables of a page, inner ones by themselves; one without a table is a sheet of no rows."""
    for name in ("html", "table"):
        if re.search(rf"<{name}\b", text, re.IGNORECASE) and not re.search(rf"</{name}\s*>", text, re.IGNORECASE):
            raise UnreadableError(f"found a page that breaks off, expected </{name}> at its end", "fetch it anew")
    page = BeautifulSoup(text, "html.parser")
    for unseen in page(["script", "style", "noscript"]):
        unseen.decompose()
    tables = page.find_all("table")
    before = _clean(page.get_text(" "))
    for table in tables:
        words = _clean(table.get_text(" "))
        head = before.partition(words)[0] if words else before
        yield Sheet(head, tuple(_grid(table)))
    if not tables:
        yield Sheet(before, ())


def _grid(table: Tag) -> list[tuple[str, ...]]:
    """Return the rows of a table; a cell that spans rows or columns stands in each of its places."""
    rows: list[dict[int, str]] = []
    for number, row in enumerate(each for each in table("tr") if each.find_parent("table") is table):
        while len(rows) <= number:
            rows.append({})
        column = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            while column in rows[number]:
                column += 1
            down, across = (_span(cell, name) for name in ("rowspan", "colspan"))
            _check_size(number + down, column + across)
            while len(rows) < number + down:
                rows.append({})
            for place in range(column, column + across):
                for line in range(number, number + down):
                    rows[line][place] = _words(cell)
            column += across
    return [tuple(row.get(place, "") for place in range(max(row, default=-1) + 1)) for row in rows]


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1"))
    return max(1, int(value)) if value.isdecimal() and len(value) < len(f"{ROWS:,}") else 1


def _words(cell: Tag) -> str:
    """Return the words of a cell; small raised signs are marked, so that none passes for a digit of a number."""
    parts = (
        f"^{part}" if part.find_parent("sup") else str(part) for part in cell.find_all(string=True) if part.strip()
    )
    return _clean(" ".join(parts))


def _clean(text: str) -> str:
    return SPACES.sub(" ", text).strip()
