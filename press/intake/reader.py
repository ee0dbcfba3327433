"""The process that reads a document: its bytes come in, its tables go out as JSON;
nothing of the engine is needed.

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
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

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
HEADINGS = ["title", "h1", "h2", "h3", "h4", "h5", "h6"]
# tags that begin and end a line
BLOCKS = [*HEADINGS, "tr", "li", "br", "p", "div", "td", "th", "table", "caption"]
BLOCKS += ["option", "textarea", "input"]
UNSEEN = ["script", "style", "noscript", "template", "button"]
# fields of a form that show nothing, or only what a click does
UNSHOWN_FIELDS = {"hidden", "submit", "button", "reset", "image"}
# what a page takes back, or keeps from sight
STRUCK = {"del", "s", "strike"}
NOT_SHOWN = re.compile(
    r"display:\s*none|visibility:\s*hidden|line-through", re.IGNORECASE
)
# digits in whatever notation; numbers of heads are months and years
FIGURE = re.compile(r"\d[.,]\d|\d{5}")
BREAK = "\x1e"  # between lines of a page; it counts as a space
FEW_WORDS = 200  # characters of a page that shows nothing yet
SPACES = re.compile(r"\s+")
# Invisible characters that publishers' pages are full of, and that change nothing of
# what is seen. Others stay (a soft hyphen may stand for a minus): no number with one is
# read, and merging refuses each (press/ground/invisible.py).
WITHOUT_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
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
AGAIN = "save it again as XLSX or CSV, or fetch it anew"
LOOK = "look at the page, and record the figures by hand"
TextRows = list[list[str]]


class DocumentError(Exception):
    """What is wrong with a document, and a hint; ``away``: it is only a script."""

    def __init__(self, message: str, hint: str = AGAIN, *, away: bool = False) -> None:
        """Keep what is told, by the names of what ``UnreadableError`` takes."""
        self.told = {"message": message, "hint": hint, "away": away}
        super().__init__(message)


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
    except DocumentError as error:
        made = error.told
    sys.stdout.write(json.dumps(made))


def read_lines_and_tables(body: bytes) -> list[TextRows]:
    """Return the tables of a document as rows of cells of text; a line of a page is a
    table of one cell, and stands before them.

    Raises ``DocumentError`` for what is empty, broken or too large.
    """
    if body.startswith(OLE):
        raise DocumentError(
            "found a workbook of the old kind, XLS, of which comments and what is"
            " struck out or hidden cannot be seen",
            "save it as XLSX",
        )
    if body.startswith(ZIP):
        return _read_sheet_names_and_tables(body)
    text = _decode_utf8_text(body)
    if MAIL.match(text):
        raise DocumentError(
            "found a page packed with its pictures into one file",
            "save it as HTML only",
        )
    if MARKUP.search(text):
        return _read_page_lines_and_tables(text)
    if text.lstrip().startswith(("{", "[")):
        return [_read_json_data_records(text)]
    return [_read_csv(text)]


def clean_text(text: str) -> str:
    """Return a text with single spaces, of whatever kind they were, and without those
    that have no width.
    """
    return SPACES.sub(" ", text.translate(WITHOUT_WIDTH)).strip()


def _check_cell_count(cells: int) -> None:
    """Raise ``DocumentError`` for more cells than any person would publish a
    release in.
    """
    if cells > CELLS:
        raise DocumentError(
            f"found {cells:,} cells, expected at most {CELLS:,}",
            "save the one sheet that holds the release",
        )


def _decode_utf8_text(body: bytes) -> str:
    """Return the text of bytes.

    Raises ``DocumentError`` for none, and for another encoding.
    """
    text = body.decode("utf-8-sig", "replace")
    if "\0" in text or "\ufffd" in text:
        raise DocumentError(
            "found bytes that are no text in UTF-8, expected a page, a spreadsheet or a"
            " table of text",
            "save the page again, as UTF-8",
        )
    if not text.strip():
        raise DocumentError(
            "found nothing in it, expected a page, a spreadsheet, CSV or JSON"
        )
    return text


# Workbooks


def _read_sheet_names_and_tables(body: bytes) -> list[TextRows]:
    """Return the names and the sheets of an XLSX file, values as they were stored, also
    those that formulas gave.

    Raises ``DocumentError``.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - other documents need it not

    tables = list[TextRows]()
    try:
        _check_workbook_archive(zipfile.ZipFile(io.BytesIO(body)))
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            down, across = sheet.end or (0, 0)
            _check_cell_count((down + 1) * (across + 1))
            rows = sheet.to_python(skip_empty_area=False)
            tables.append([[clean_text(name)]])
            tables.append([list(map(_format_cell_value, row)) for row in rows] or [[]])
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise DocumentError(
            f"found a spreadsheet that cannot be read: {error}",
            f"without a password, {AGAIN}",
        ) from None
    return tables


def _check_workbook_archive(archive: zipfile.ZipFile) -> None:
    """Raise ``DocumentError`` for an archive that would fill the memory, and for
    one that shows or hides something else than values in cells.
    """
    size = sum(item.file_size for item in archive.infolist())
    if size > UNPACKED:
        raise DocumentError(
            f"found {size:,} bytes once it is unpacked, expected at most {UNPACKED:,}"
        )
    for name in archive.namelist():
        part = archive.read(name).decode("utf-8", "replace")
        found = BESIDE_VALUES.search(part)
        if found or not PARTS.fullmatch(name):
            what = f"{found[0].strip()} in {name}" if found else name
            raise DocumentError(
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

    Raises ``DocumentError``.
    """
    each_line = max(1, text.count("\n"))
    sign = next((sign for sign in "\t;" if text.count(sign) >= each_line), ",")
    lines = io.StringIO(text, newline=None)
    try:
        rows = list(csv.reader(lines, delimiter=sign, strict=True))
    except csv.Error as error:
        raise DocumentError(f"found broken CSV: {error}") from None
    _check_cell_count(sum(map(len, rows)))
    is_table = max(map(len, rows)) > 1
    if is_table and not text.endswith(("\r", "\n")):
        raise DocumentError(
            "found a table that breaks off, expected the end of a line after its"
            " last row",
            "fetch it anew, or end its last line",
        )
    return [list(map(clean_text, row)) for row in rows]


def _read_json_data_records(text: str) -> TextRows:
    """Return the records of an answer, its ``data``, as a table below their names; what
    the answer says beside them stands in each row.

    Raises ``DocumentError``.
    """
    try:
        answer = json.loads(text, parse_float=str, parse_int=str)
        records = [answer | record for record in answer.pop("data")]
    except json.JSONDecodeError:
        raise DocumentError("found JSON that breaks off, or is none") from None
    except (AttributeError, KeyError, RecursionError, TypeError):
        answer = {}
        records = []
    if not records:
        said = clean_text(json.dumps(answer))[:200]
        raise DocumentError(f"found JSON without rows of data, {said}, expected some")
    names = list(dict.fromkeys(name for record in records for name in record))
    _check_cell_count(len(names) * len(records))
    cells = (map(record.get, names) for record in records)
    return [names, *(list(map(_format_cell_value, row)) for row in cells)]


# Pages


def _read_page_lines_and_tables(text: str) -> list[TextRows]:
    """Return the lines of a page, but not those of links, which are of other pages;
    then its innermost tables.

    Small raised or lowered signs are marked with ``^``, so that none passes for a
    digit. Raises ``DocumentError``.
    """
    from bs4 import BeautifulSoup  # noqa: PLC0415 - other documents need it not

    _check_page_is_complete(text)
    page = BeautifulSoup(text, "html.parser")
    scripts = page(UNSEEN)
    for unseen in scripts:
        unseen.decompose()
    _mark_raised_signs_fields_and_lines(page)
    tables = [table for table in page("table") if not table.find("table")]
    for table in tables:
        _check_figures_are_visible(table)
    grids = list(map(_remove_and_return_cells_as_rows, tables))
    for link in page("a", href=True):
        is_in_line = BREAK not in link.get_text()
        if is_in_line and not link.find_parent(HEADINGS):
            link.decompose()
    lines = list(filter(None, map(clean_text, page.get_text(" ").split(BREAK))))
    if scripts and not grids and len("".join(lines)) < FEW_WORDS:
        raise DocumentError(
            "found a page that is only a script, expected what a browser shows once it"
            " has run",
            "open it in a browser, wait until it shows, and save it",
            away=True,
        )
    return [*([[line]] for line in lines), *grids]


def _mark_raised_signs_fields_and_lines(page: Tag) -> None:
    """Write into a page what its text alone would not tell: raised signs, what stands
    in the fields of a form, where lines end.
    """
    for field in page("input", value=True):
        if field.get("type") not in UNSHOWN_FIELDS:
            field.append(str(field["value"]))
    for tag in page(["sup", "sub"]):
        tag.insert(0, " ^" if tag.get_text(strip=True) else "")
    for tag in page(BLOCKS):
        tag.insert(0, BREAK)
        tag.append(BREAK)


def _check_page_is_complete(text: str) -> None:
    """Raise ``DocumentError`` for a page that was cut off."""
    shown = HIDDEN.sub("", text).lower()
    for name in ("table", "html"):
        if shown.count(f"<{name}") > shown.count(f"</{name}"):
            raise DocumentError(
                f"found a page that breaks off, expected </{name}> at its end",
                "fetch it anew",
            )


def _check_figures_are_visible(table: Tag) -> None:
    """Raise ``DocumentError`` for a table with a figure that is struck out or
    hidden, or beside which a picture stands: it may be a minus.
    """
    for tag in [table, *table.find_all()]:
        is_struck = tag.name in STRUCK or tag.has_attr("hidden")
        is_styled = NOT_SHOWN.search(str(tag.get("style", "")))
        if (is_struck or is_styled) and FIGURE.search(tag.get_text()):
            raise DocumentError(
                "found a figure that is struck out or hidden in a table, expected"
                " figures that stand and are seen",
                LOOK,
            )
    for cell in table(["td", "th"]):
        parts = [tag for tag in cell.find_all() if tag.name not in {"br", "input"}]
        is_plain = all(tag.get_text(strip=True) for tag in parts)
        if not is_plain and FIGURE.search(cell.get_text()):
            raise DocumentError(
                f'found the figure "{clean_text(cell.get_text())}" beside a picture, or'
                " a part that shows no text, expected it alone",
                f"it may be a minus: {LOOK}",
            )


def _remove_and_return_cells_as_rows(table: Tag) -> TextRows:
    """Take the cells out of a table, and return them as rows; one that spans rows or
    columns stands in each of its places.

    Raises ``DocumentError``.
    """
    cells = dict[tuple[int, int], str]()
    for down, row in enumerate(table("tr")):
        across = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            while (down, across) in cells:
                across += 1
            height = _read_span(cell, "rowspan")
            width = _read_span(cell, "colspan")
            _check_cell_count(len(cells) + height * width)
            text = clean_text(cell.extract().get_text())
            if height > 1 and FIGURE.search(text):
                raise DocumentError(
                    f'found the figure "{text}" for several rows, expected one a row',
                    LOOK,
                )
            for y, x in product(range(height), range(width)):
                cells[down + y, across + x] = text
    rows: TextRows = [[]]
    for down, across in sorted(cells):
        rows += [[] for _ in range(down + 1 - len(rows))]
        rows[down] += [""] * (across - len(rows[down]))
        rows[down].append(cells[down, across])
    return rows


def _read_span(cell: Tag, name: str) -> int:
    """Return how many rows or columns a cell spans."""
    value = re.fullmatch("[1-9][0-9]{0,6}", str(cell.get(name)))
    return int(value[0]) if value else 1


if __name__ == "__main__":
    print_tables_of_stdin_document()
