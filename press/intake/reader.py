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
from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bs4 import Tag

MEMORY = 2_000_000_000  # bytes that the process may have
UNPACKED = 50_000_000  # bytes of an XLSX file once it is unpacked
CELLS = 1_000_000  # of a document, those between others too
DECIMALS = 6  # of a number: what stands behind them is how a computer stores it
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIL = re.compile(r"\s*(?:From:|MIME-Version:|Content-Type: *multipart)", re.IGNORECASE)
MARKUP = re.compile(r"\A\s*<(?!\?xml)|<(?:html|table|body)\b", re.IGNORECASE)
HIDDEN = re.compile(
    r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL
)
# tags that begin and end a line, of which some are rows
ROWS = ["tr", "li"]
BLOCKS = [*ROWS, *"br p div td th title h1 h2 h3 h4 h5 h6 table caption".split()]  # noqa: SIM905 - a list of words
BREAK = "\x1e"
# characters and links of a page that shows nothing yet
FEW_WORDS = 200
FEW_LINKS = 2
SPACES = re.compile(r"\s+")
# Invisible characters that publishers' pages are full of, and that change nothing of
# what is seen. The others stay: no number with one is read, and merging refuses each
# (press/ground/invisible.py).
# a soft hyphen is none of them: it may stand for a minus
WITHOUT_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
AGAIN = "save it again as XLSX, XLS or CSV, or fetch it anew"
Rows = list[list[str]]
Sheet = tuple[list[str], Rows, bool]  # as sheets.py has it


class WrongError(Exception):
    """What is wrong with a document, and a hint; ``known``: it is of a format that is
    read; ``script``: it is one.
    """

    def __init__(
        self, message: str, hint: str = "", *, known: bool = True, script: bool = False
    ) -> None:
        """Keep it as it is printed."""
        self.told = {"wrong": [message, hint, known, script]}
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
    """Return what a document holds: sheets as the lines before them, their rows,
    whether these are stored values; and the rows of a page.
    """
    if body.startswith((ZIP, OLE)):
        return {"sheets": _read_workbook(body)}
    text = decode_text(body)
    begin = text.lstrip()[:1]
    if MAIL.match(text):
        raise WrongError(
            "found a page packed with its pictures into one file",
            "save it as HTML only",
        )
    if MARKUP.search(text):
        return _read_page(text)
    if begin in {"{", "["}:
        return {"sheets": [([], _read_json(text), False)]}
    if begin in {"", "<"}:
        raise WrongError(
            f"found {'XML' if begin else 'nothing in it'}, expected a page, a"
            " spreadsheet, CSV or JSON",
            known=not begin,
        )
    return {"sheets": [([], _read_csv(text), False)]}


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
        raise WrongError(
            f"found {cells:,} cells, expected at most {CELLS:,}",
            "save the one sheet that holds the release",
        )


def decode_text(body: bytes) -> str:
    """Return the text of bytes."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise WrongError(
            "found bytes that are no text in UTF-8, expected a page, a spreadsheet or a"
            " table of text",
            "save the page again, as UTF-8",
        )
    return text


# Workbooks


def _read_workbook(body: bytes) -> list[Sheet]:
    """Return the sheets of an XLSX or XLS file, values as they were stored, also those
    that formulas gave.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - other documents need it not

    try:
        _check_unpacked(body)
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        ends = [sheet.end or (0, 0) for sheet in sheets]
        check_size(sum((down + 1) * (across + 1) for down, across in ends))
        tables = [sheet.to_python(skip_empty_area=False) for sheet in sheets]
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise WrongError(
            f"found a spreadsheet that cannot be read: {error}",
            f"without a password, {AGAIN}",
        ) from None
    if not sheets:
        raise WrongError(
            "found an archive that holds no sheet, expected a spreadsheet", AGAIN
        )
    rows = [[list(map(_write_value, row)) for row in table] for table in tables]
    names = [[clean(name)] for name in book.sheet_names]
    return [(name, table, True) for name, table in zip(names, rows, strict=True)]


def _check_unpacked(body: bytes) -> None:
    """Raise ``WrongError`` for an archive that would fill the memory."""
    if body.startswith(ZIP):
        items = zipfile.ZipFile(io.BytesIO(body)).infolist()
        size = sum(item.file_size for item in items)
        if size > UNPACKED:
            raise WrongError(
                f"found {size:,} bytes once it is unpacked, expected at most"
                f" {UNPACKED:,}"
            )


def _write_value(value: object) -> str:
    """Write a cell's value: a number with the decimals that were meant."""
    if isinstance(value, float):
        return f"{Decimal(repr(round(value, DECIMALS))):f}".removesuffix(".0")
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else clean(str(value))


# Tables of text


def _read_csv(text: str) -> Rows:
    """Return a table whose cells are parted by tabs or semicolons, if there is one in
    each line, else by commas.
    """
    each_line = max(1, text.count("\n"))
    sign = next((sign for sign in "\t;" if text.count(sign) >= each_line), ",")
    lines = io.StringIO(text, newline=None)
    try:
        rows = list(csv.reader(lines, delimiter=sign, strict=True))
    except csv.Error as error:
        raise WrongError(
            f"found broken CSV: {error}", "save it again, or fetch it anew"
        ) from None
    check_size(sum(map(len, rows)))
    if max(map(len, rows), default=0) > 1 and text[-1] not in "\r\n":
        raise WrongError(
            "found a table that breaks off, expected the end of a line after its"
            " last row",
            "fetch it anew, or end its last line",
        )
    return [list(map(clean, row)) for row in rows]


def _read_json(text: str) -> Rows:
    """Return the records of an answer, its ``data``, as a table below their names."""
    try:
        answer = json.loads(text, parse_float=str, parse_int=str)
        rows = [dict(row) for row in answer.pop("data")]
    except json.JSONDecodeError:
        raise WrongError(
            "found JSON that breaks off, or is none", "fetch it anew"
        ) from None
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        rows = []
        answer = {}
    if not rows:
        said = clean(json.dumps(answer))[:200]
        raise WrongError(
            f"found JSON without rows of data, {said}, expected some",
            known=bool(answer),
        )
    names = list(dict.fromkeys(name for row in rows for name in row))
    check_size(len(names) * len(rows))
    return [names, *([_write_value(row.get(name)) for name in names] for row in rows)]


# Pages


def _read_page(text: str) -> dict[str, Any]:
    """Return the tables of a page, inner ones by themselves, one without a table as a
    sheet of no rows; and its rows.

    Small raised or lowered signs are marked with ``^``, so that none passes for a
    digit.
    """
    from bs4 import BeautifulSoup  # noqa: PLC0415 - other documents need it not

    shown = HIDDEN.sub("", text).lower()
    for name in ("table", "html"):
        if shown.count(f"<{name}") > shown.count(f"</{name}"):
            raise WrongError(
                f"found a page that breaks off, expected </{name}> at its end",
                "fetch it anew",
            )
    page = BeautifulSoup(text, "html.parser")
    scripts = page(["script", "style", "noscript"])
    for unseen in scripts:
        unseen.decompose()
    for tag in page(["sup", "sub"]):
        tag.insert(0, " ^" if tag.get_text(strip=True) else "")
    for tag in page(BLOCKS):
        tag.insert(0, BREAK)
        tag.append(BREAK)
    sheets = [(_lines_before(tag), _read_grid(tag), False) for tag in page("table")]
    words = _split_lines(page.get_text(" "))
    is_empty = len("".join(words)) < FEW_WORDS and len(page("a")) <= FEW_LINKS
    if scripts and is_empty and not sheets:
        raise WrongError(
            "found a page that is only a script, expected what a browser shows once it"
            " has run",
            "open it in a browser, wait until it shows, and save it",
            script=True,
        )
    return {"sheets": sheets or [(words, [], False)], "rows": _list_rows(page)}


def _lines_before(table: Tag) -> list[str]:
    """Return the lines of a page that stand before a table, without its comments."""
    texts = table.find_all_previous(string=True)
    shown = [text for text in texts if type(text).__name__ == "NavigableString"]
    return _split_lines(" ".join(reversed(shown)))


def _split_lines(text: str) -> list[str]:
    return list(filter(None, map(clean, text.split(BREAK))))


def _list_rows(page: Tag) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the rows of a page's tables and lists that hold no row themselves, with
    their links.
    """
    rows = [row for row in page(ROWS) if not row.find(ROWS)]
    return [
        (clean(row.get_text()), list(map(_read_link, row("a", href=True))))
        for row in rows
    ]


def _read_link(tag: Tag) -> tuple[str, str]:
    return clean(tag.get_text()), str(tag["href"])


def _read_grid(table: Tag) -> Rows:
    """Return the caption and the rows of a table; a cell that spans rows or columns
    stands in each of its places.
    """
    cells = dict[tuple[int, int], str]()
    own = [row for row in table("tr") if row.find_parent("table") is table]
    for down, row in enumerate(own):
        across = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            while (down, across) in cells:
                across += 1
            height = _read_span(cell, "rowspan")
            width = _read_span(cell, "colspan")
            check_size(len(cells) + height * width)
            places = product(range(height), range(width))
            text = clean(cell.get_text())
            cells.update({(down + y, across + x): text for y, x in places})
    rows: Rows = [[] for _ in range(max((down for down, _ in cells), default=-1) + 1)]
    for (down, across), text in sorted(cells.items()):
        rows[down] += [""] * (across - len(rows[down])) + [text]
    captions = table.find_all("caption", recursive=False)
    return [[clean(caption.get_text())] for caption in captions] + rows


def _read_span(cell: Tag, name: str) -> int:
    """Return how many rows or columns a cell spans."""
    value = re.fullmatch("[1-9][0-9]{0,6}", str(cell.get(name)))
    return int(value[0]) if value else 1


if __name__ == "__main__":
    main()
