"""Small tables as files: XLSX as a zip of XML, CSV; and what an XLS file begins with."""

import csv
import io
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
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)  # XLS


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
