"""Sheets: what a publisher sent, or an editor saved, as rows of cells of text, whatever its format.

HTML, XLSX, XLS and CSV are told apart by their bytes, not by their names: files that end in ``.xls`` are often HTML.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from press.ground.errors import quoted
from press.ground.files import lines_of
from press.intake.cells import Sheet, check_size, clean
from press.intake.page import MARKUP, Listed, rows_of, tables_of
from press.intake.release import LARGEST, Document, UnreadableError
from press.intake.workbook import OLE, ZIP, sheets_of

DECLARED = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)
HEAD = 4096  # bytes in which a page names its charset
MAIL = re.compile(rb"\s*(?:From:|MIME-Version:|Content-Type: *multipart)", re.IGNORECASE)
DELIMITERS = "\t;,"
NARROWEST = 3  # columns of a table whose delimiter was guessed rightly


def sheets(document: Document) -> list[Sheet]:
    """Return the tables in a document. Raises ``UnreadableError`` where it is empty, broken, or too large."""
    body = _whole(document)
    if body.startswith((ZIP, OLE)):
        return list(sheets_of(body))
    text = decoded(body, document.media_type)
    found = list(tables_of(text)) if MARKUP.search(text) else [_of_csv(text)]
    for sheet in found:
        check_size(len(sheet.rows), max(map(len, sheet.rows), default=0))
    return found


def listed(document: Document) -> list[Listed]:
    """Return the rows of a page that lists others. Raises ``UnreadableError`` where it is empty, broken, too large."""
    return rows_of(decoded(_whole(document), document.media_type))


def decoded(body: bytes, media_type: str = "") -> str:
    """Return the text of bytes. Text that is UTF-8 is taken for that, whatever a page says of itself.

    Raises ``UnreadableError`` for bytes in a charset that is neither UTF-8 nor UTF-16 nor named.
    """
    if body[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return lines_of(body.decode("utf-16", "replace"))
    if b"\0" in body:
        raise UnreadableError("found a NUL byte, expected a page, a spreadsheet or a table of text")
    named = [found[1].decode() for part in (media_type.encode(), body[:HEAD]) if (found := DECLARED.search(part))]
    for charset in ("utf-8-sig", *named, "gb18030"):
        try:
            return lines_of(body.decode({"gb2312": "gb18030", "gbk": "gb18030"}.get(charset.lower(), charset)))
        except (ValueError, LookupError):
            continue
    said = f"{quoted(named[0])}, which it says it is" if named else "UTF-8"
    raise UnreadableError(f"found bytes that are no {said}", "save the page again, as UTF-8")


def _whole(document: Document) -> bytes:
    """Return the bytes of a document that is not empty, not too large, and not packed as a mail."""
    body = document.body
    if not body.strip():
        raise UnreadableError("found nothing in it, expected a page or a spreadsheet")
    if len(body) > LARGEST:
        raise UnreadableError(f"found {len(body):,} bytes, expected at most {LARGEST:,}")
    if MAIL.match(body):
        raise UnreadableError("found a page packed with its pictures into one file", "save it as HTML only")
    return body


def _of_csv(text: str) -> Sheet:
    """Return a table whose cells are parted by tabs, semicolons or commas, whichever gives rows of one width."""
    guessed = (_parted(text, sign) for sign in DELIMITERS)
    return Sheet("", next(filter(_is_even, guessed), ()) or _parted(text, ",", strict=True))


def _parted(text: str, delimiter: str, *, strict: bool = False) -> tuple[tuple[str, ...], ...]:
    try:
        rows = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
        return tuple(tuple(map(clean, row)) for row in rows)
    except csv.Error as error:
        if strict:
            raise UnreadableError(f"found broken CSV: {error}", "save it again, or fetch it anew") from None
        return ()


def _is_even(rows: tuple[tuple[str, ...], ...]) -> bool:
    """Tell whether half of the rows, or more, have one width of several columns."""
    widths = Counter(len(row) for row in rows if row)
    width, count = max(widths.items(), key=lambda item: item[1], default=(0, 0))
    return width >= NARROWEST and count * 2 >= widths.total()
