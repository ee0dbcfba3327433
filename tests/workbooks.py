"""Small tables as files, written byte by byte: XLSX as a zip of XML, XLS as records in
a compound file; CSV.
"""

import csv
import io
import struct
import zipfile
from typing import NamedTuple
from xml.sax.saxutils import escape

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = (
    "<Relationships"
    ' xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SECTOR = 512
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


class Formula(NamedTuple):
    """A cell that a program computes, and what it had computed when the workbook was
    saved.
    """

    words: str
    value: float


def csv_of(rows, delimiter=","):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def letters(column):
    """Return the name of a column of a sheet: A for 0, AA for 26."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def xlsx_cell(place, value):
    if isinstance(value, Formula):
        return f'<c r="{place}"><f>{escape(value.words)}</f><v>{value.value}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return (
        f'<c r="{place}" t="inlineStr"><is><t'
        f' xml:space="preserve">{escape(value)}</t></is></c>'
    )


def xlsx_cells(number, row):
    return (
        xlsx_cell(f"{letters(column)}{number}", value)
        for column, value in enumerate(row)
        if value not in {"", None}
    )


def worksheet(rows):
    """Return the XML of a worksheet of texts, numbers and formulas."""
    lines = (
        f'<row r="{number}">{"".join(xlsx_cells(number, row))}</row>'
        for number, row in enumerate(rows, 1)
    )
    return (
        '<?xml version="1.0"?><worksheet'
        f' xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    )


def xlsx(rows=(), *, name="Sheet1", sheet="", further=()):
    """Return an XLSX file of one sheet, of ``rows`` or of the XML ``sheet``, with
    ``further`` files in it.
    """
    files = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": (
            f'{RELS}<Relationship Id="r1" Type="{OFFICE}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet'
            f' name="{escape(name)}" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'{RELS}<Relationship Id="r1" Type="{OFFICE}/worksheet"'
            ' Target="worksheets/sheet1.xml"/></Relationships>'
        ),
        "xl/worksheets/sheet1.xml": sheet or worksheet(rows),
        **dict(further),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return packed.getvalue()


def record(kind, content):
    return struct.pack("<2H", kind, len(content)) + content


def xls_cell(row, column, value):
    place = struct.pack("<3H", row, column, 0)
    if isinstance(value, Formula):
        return record(
            0x0006, place + struct.pack("<dHIH", value.value, 0, 0, 3) + b"\x1e\x01\x00"
        )
    if isinstance(value, int | float):
        return record(0x0203, place + struct.pack("<d", value))
    return record(
        0x0204,
        place
        + struct.pack("<HB", len(value.encode("utf-16-le")) // 2, 1)
        + value.encode("utf-16-le"),
    )


def xls(rows=(), *, name="Sheet1", cells=()):
    """Return an XLS file (BIFF8) of one sheet, of ``rows`` and of ``cells`` as row,
    column, value.
    """
    placed = [
        (row, column, value)
        for row, line in enumerate(rows)
        for column, value in enumerate(line)
    ]
    placed = [cell for cell in [*placed, *cells] if cell[2] not in {"", None}]
    title = record(
        0x0085, struct.pack("<IBBBB", 0, 0, 0, len(name), 1) + name.encode("utf-16-le")
    )
    start = len(record(0x0809, bytes(16))) + len(title) + len(record(0x000A, b""))
    title = title[:4] + struct.pack("<I", start) + title[8:]
    last_row, last_column = (
        max((cell[part] for cell in placed), default=-1) + 1 for part in (0, 1)
    )
    stream = (
        record(0x0809, struct.pack("<4H2I", 0x0600, 5, 0, 0, 0, 0))
        + title
        + record(0x000A, b"")
    )
    stream += record(0x0809, struct.pack("<4H2I", 0x0600, 0x10, 0, 0, 0, 0))
    stream += record(0x0200, struct.pack("<2I3H", 0, last_row, 0, last_column, 0))
    stream += b"".join(xls_cell(*cell) for cell in placed) + record(0x000A, b"")
    return compound(stream)


def compound(stream):
    """Return a compound file of a stream called Workbook: a header, the table of
    sectors, a folder, the stream.
    """
    stream = stream.ljust(4096, b"\0")
    stream += bytes(-len(stream) % SECTOR)
    count = len(stream) // SECTOR
    tables = -(-(count + 2) // 126)
    first = tables + 1
    chain = [TABLE] * tables + [END] + [*range(first + 1, first + count), END]
    chain += [FREE] * (tables * 128 - len(chain))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(10)
    )
    header += struct.pack("<5I", tables, tables, 0, 4096, END) + struct.pack(
        "<3I", 0, END, 0
    )
    header += struct.pack("<109I", *range(tables), *[FREE] * (109 - tables))
    folder = entry("Root Entry", 5, 1, END, 0) + entry(
        "Workbook", 2, FREE, first, len(stream)
    )
    return (
        header
        + struct.pack(f"<{len(chain)}I", *chain)
        + folder.ljust(SECTOR, b"\0")
        + stream
    )


def entry(name, kind, child, start, size):
    words = name.encode("utf-16-le") + b"\0\0"
    return (
        words.ljust(64, b"\0")
        + struct.pack("<HBB3I", len(words), kind, 1, FREE, FREE, child)
        + bytes(36)
        + struct.pack("<2I", start, size)
        + bytes(4)
    )
