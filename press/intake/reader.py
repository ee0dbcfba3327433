"""The process that reads a document: its bytes come in, its tables go out as JSON;
nothing of the engine is needed.

A page or a workbook may be made to take a parser's time or memory, or end its process:
it has one of its own to end. HTML, XLSX, XLS and CSV are told apart by their bytes, not
by their names: files that end in ``.xls`` are often HTML.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import sys
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bs4 import Tag

MEMORY = 2_000_000_000  # bytes that the process may have
UNPACKED = 50_000_000  # bytes of an XLSX file once it is unpacked
CELLS = 1_000_000  # of a document, those between others too
DECIMALS = 6  # of a number: what stands behind them is how a computer stores it
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIL = re.compile(
    rb"\s*(?:From:|MIME-Version:|Content-Type: *multipart)", re.IGNORECASE
)
# where a page names its charset
DECLARED = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)
HEAD = 4096
MARKUP = re.compile(r"\A\s*<(?!\?xml)|<(?:html|table|body)\b", re.IGNORECASE)
HIDDEN = re.compile(
    r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL
)
BREAKS = ["br", "p", "div", "li", "td", "th"]  # tags that part words as a space does
FEW_WORDS, FEW_LINKS = 200, 2  # characters and links of a page that shows nothing yet
SPACES = re.compile(r"\s+")
# Invisible characters that publishers' pages are full of, and that change nothing of
# what is seen. The others stay: no number with one is read, and merging refuses each
# (press/ground/invisible.py).
WITHOUT_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
AGAIN = "save it again as XLSX, XLS or CSV, or fetch it anew"
Rows = list[list[str]]


class WrongError(Exception):
    """What is wrong with a document, and a hint; ``known``: it is of a format that is
    read; ``script``: it is one.
    """

    def __init__(
        self, message: str, hint: str = "", *, known: bool = True, script: bool = False
    ) -> None:
        """Keep it as it is printed."""
        self.told = {"wrong": [message, hint, int(known), script]}
        super().__init__(message)


def main() -> None:
    """Read the document on standard input; print its ``sheets`` and the ``rows`` of a
    page, or what is ``wrong``.
    """
    with contextlib.suppress(ImportError, ValueError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        made = read(sys.stdin.buffer.read())
    except WrongError as error:
        made = error.told
    sys.stdout.write(json.dumps(made))


def read(body: bytes) -> dict[str, Any]:
    """Return what a document holds: sheets as the words before them, their rows,
    whether these are stored values.
    """
    if not body.strip():
        raise WrongError("found nothing in it, expected a page or a spreadsheet")
    if body.startswith((ZIP, OLE)):
        return {"sheets": _workbook(body)}
    if MAIL.match(body):
        raise WrongError(
            "found a page packed with its pictures into one file",
            "save it as HTML only",
        )
    text = decoded(body)
    if MARKUP.search(text):
        return _page(text)
    if text.lstrip()[:1] in {"{", "[", "<"}:
        raise WrongError(
            "found JSON or XML, expected a page, a spreadsheet or CSV", known=False
        )
    return {"sheets": [("", _of_csv(text), False)]}


def clean(text: str) -> str:
    """Return a text with single spaces, of whatever kind they were, and without those
    that have no width.
    """
    return SPACES.sub(" ", text.translate(WITHOUT_WIDTH)).strip()


def check_size(cells: int) -> None:
    """Raise ``WrongError`` for more cells than any person would publish a
    release in.
    """
    if cells > CELLS:
        message = f"found {cells:,} cells, expected at most {CELLS:,}"
        raise WrongError(message, "save the one sheet that holds the release")


def decoded(body: bytes) -> str:
    """Return the text of bytes.

    Text that is UTF-8 is taken for that, whatever a page says of itself.
    """
    if body[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return body.decode("utf-16", "replace")
    if b"\0" in body:
        raise WrongError(
            "found a NUL byte, expected a page, a spreadsheet or a table of text"
        )
    named = [found.decode() for found in DECLARED.findall(body[:HEAD])]
    for charset in ("utf-8-sig", *named, "gb18030"):
        with contextlib.suppress(ValueError, LookupError):
            return body.decode(charset)
    said = f'"{named[0]}", which it says it is' if named else "UTF-8"
    raise WrongError(f"found bytes that are no {said}", "save the page again, as UTF-8")


# Workbooks


def _workbook(body: bytes) -> list[tuple[str, Rows, bool]]:
    """Return the sheets of an XLSX or XLS file, values as they were stored, also those
    that formulas gave.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - other documents need it not

    try:
        if body.startswith(ZIP):
            size = sum(
                item.file_size for item in zipfile.ZipFile(io.BytesIO(body)).infolist()
            )
            if size > UNPACKED:
                raise WrongError(
                    f"found {size:,} bytes once it is unpacked, expected at most"
                    f" {UNPACKED:,}"
                )
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        ends = [sheet.end or (0, 0) for sheet in sheets]
        check_size(sum((down + 1) * (across + 1) for down, across in ends))
        if not sheets:
            raise WrongError(
                "found an archive that holds no sheet, expected a spreadsheet", AGAIN
            )
        values = [
            (sheet.name, sheet.to_python(skip_empty_area=False)) for sheet in sheets
        ]
        return [
            (clean(name), [list(map(_stored, row)) for row in rows], True)
            for name, rows in values
        ]
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise WrongError(
            f"found a spreadsheet that cannot be read: {error}",
            f"without a password, {AGAIN}",
        ) from None


def _stored(value: object) -> str:
    """Write a cell's value: a number with the decimals that were meant."""
    if isinstance(value, float):
        return f"{Decimal(repr(round(value, DECIMALS))):f}".removesuffix(".0")
    return clean(str(value))


# Tables of text


def _of_csv(text: str) -> Rows:
    """Return a table whose cells are parted by tabs or semicolons, if there is one in
    each line, else by commas.
    """
    sign = next(
        (sign for sign in "\t;" if text.count(sign) >= max(1, text.count("\n"))), ","
    )
    try:
        rows = list(
            csv.reader(io.StringIO(text, newline=None), delimiter=sign, strict=True)
        )
    except csv.Error as error:
        raise WrongError(
            f"found broken CSV: {error}", "save it again, or fetch it anew"
        ) from None
    check_size(sum(map(len, rows)))
    if max(map(len, rows), default=0) > 1 and text[-1] not in "\r\n":
        message = (
            "found a table that breaks off, expected the end of a line after its"
            " last row"
        )
        raise WrongError(message, "fetch it anew, or end its last line")
    return [list(map(clean, row)) for row in rows]


# Pages


def _page(text: str) -> dict[str, Any]:
    """Return the tables of a page, inner ones by themselves, one without a table as a
    sheet of no rows; and its rows.

    Small raised or lowered signs are marked with ``^``, so that none passes for a
    digit.
    """
    from bs4 import BeautifulSoup  # noqa: PLC0415 - other documents need it not

    shown = HIDDEN.sub("", text)
    for name in ("table", "html"):
        opened, closed = (
            len(re.findall(rf"<{sign}{name}\b", shown, re.IGNORECASE))
            for sign in ("", "/")
        )
        if opened > closed:
            raise WrongError(
                f"found a page that breaks off, expected </{name}> at its end",
                "fetch it anew",
            )
    page = BeautifulSoup(text, "html.parser")
    scripts = len(page(["script"]))
    for unseen in page(["script", "style", "noscript"]):
        unseen.decompose()
    for tag in page([*BREAKS, "sup", "sub"]):
        tag.insert(
            0, " ^" if tag.name not in BREAKS and tag.get_text(strip=True) else " "
        )
    before = clean(page.get_text(" "))
    tables = page("table")
    if (
        scripts
        and not tables
        and len(before) < FEW_WORDS
        and len(page("a")) <= FEW_LINKS
    ):
        message = (
            "found a page that is only a script, expected what a browser shows once it"
            " has run"
        )
        raise WrongError(
            message,
            "open it in a browser, wait until it shows, and save it",
            script=True,
        )
    texts = [clean(table.get_text(" ")) for table in tables]
    places = [
        before.partition(words)[0].strip() if words else before for words in texts
    ]
    sheets = [
        (place, _grid(table), False)
        for place, table in zip(places, tables, strict=True)
    ]
    return {"sheets": sheets or [(before, [], False)], "rows": _rows(page)}


def _rows(page: Tag) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the rows of a page's tables and lists that hold no row themselves, with
    their links; then other links.
    """
    rows = [
        (tag, list(tag("a", href=True)))
        for tag in page(["tr", "li"])
        if not tag.find(["tr", "li"])
    ]
    rows += [
        (tag, [tag])
        for tag in page("a", href=True)
        if not tag.find_parent(["tr", "li"])
    ]
    return [
        (
            clean(row.get_text()),
            [(clean(tag.get_text()), str(tag["href"])) for tag in links],
        )
        for row, links in rows
    ]


def _grid(table: Tag) -> Rows:
    """Return the rows of a table; a cell that spans rows or columns stands in each of
    its places.
    """
    rows: list[dict[int, str]] = []
    size = 0
    for number, row in enumerate(
        each for each in table("tr") if each.find_parent("table") is table
    ):
        rows += [{} for _ in range(number + 1 - len(rows))]
        column = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            while column in rows[number]:
                column += 1
            down = _span(cell, "rowspan")
            across = _span(cell, "colspan")
            size += down * across
            check_size(size)
            rows += [{} for _ in range(number + down - len(rows))]
            for line in rows[number : number + down]:
                line.update(
                    dict.fromkeys(
                        range(column, column + across), clean(cell.get_text())
                    )
                )
            column += across
    return [
        [row.get(place, "") for place in range(max(row, default=-1) + 1)]
        for row in rows
    ]


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1"))
    return (
        max(1, int(value))
        if value.isascii() and value.isdecimal() and len(value) <= len(str(CELLS))
        else 1
    )


if __name__ == "__main__":
    main()
