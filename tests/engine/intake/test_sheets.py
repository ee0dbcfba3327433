"""Documents become tables of text, whatever their format; broken and monstrous ones become a message."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import subprocess
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press.intake import Document, UnreadableError, listed, sheets, workbook
from tests.workbooks import Formula, worksheet, xls, xlsx

ROWS = [["Goods", "2023", "2024"], ["Tea", "1,234.5", "-2.0"], ["Café", "7.0", ""]]
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Goods</title>
<style>td {color: red}</style></head><body>
<h1>Table 1: Goods</h1><p>5 May 2025</p>
<table><tr><th colspan="2">Goods</th><th>2024</th></tr>
<tr><td rowspan=2>Tea</td><td>&nbsp;1,234.5&nbsp;</td><td><b>-2.0</b></td></tr>
<tr><td>7.0<sup>1</sup></td><td>H<sub>2</sub>O<!-- 8 --></td></tr></table></body></html>"""


def read(body, media_type=""):
    return sheets(Document("file", body if isinstance(body, bytes) else body.encode(), media_type=media_type))


def are_cells(found):
    return all(isinstance(text, str) for sheet in found for row in sheet.rows for text in row)


def csv_of(rows, delimiter=","):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def html_of(rows):
    lines = ("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
    return f"<table>{''.join(lines)}</table>"


def test_a_page_becomes_its_tables():
    """What spans cells stands in each, raised and lowered signs are marked, comments and styles are not there."""
    (sheet,) = read(PAGE)

    assert sheet.rows == (("Goods", "Goods", "2024"), ("Tea", "1,234.5", "-2.0"), ("Tea", "7.0 ^1", "H ^2O"))
    assert sheet.before == "Goods Table 1: Goods 5 May 2025"


@pytest.mark.parametrize(
    "body",
    [
        csv_of(ROWS),
        csv_of(ROWS, ";"),
        csv_of(ROWS, "\t"),
        "\ufeff" + csv_of(ROWS),
        csv_of(ROWS).replace("\r\n", "\r"),
        csv_of(ROWS).encode("utf-16"),
        html_of(ROWS),
        html_of(ROWS).upper().replace("TEA", "Tea").replace("GOODS", "Goods").replace("CAFÉ", "Café"),
        html_of(ROWS).replace("1,234.5", "1<font>,234</font><b>.5</b>").replace("Tea", "\u200bTea&#160;"),
        xlsx(ROWS),
        xls(ROWS),
    ],
)
def test_every_format_gives_the_same_cells(body):
    assert read(body)[0].rows == tuple(map(tuple, ROWS))


@pytest.mark.parametrize("write", [xlsx, xls])
def test_numbers_of_workbooks_have_the_decimals_that_were_meant(write):
    """How a computer stores a number is not what was printed."""
    (sheet,) = read(write([["a", 4280.4, 0.1 + 0.2, 3.0, 12345678.25]], name="Trade"))

    assert sheet == ("Trade", (("a", "4280.4", "0.3", "3", "12345678.25"),))


def test_tables_within_tables_stand_by_themselves():
    """A table for layout holds the title; the table in it holds the figures alone."""
    outer, inner = read(f"<table><tr><td>Goods of May {html_of(ROWS)}</td></tr></table>")

    assert inner == ("Goods of May", tuple(map(tuple, ROWS)))
    assert len(outer.rows) == 1


def test_a_page_without_a_table_is_a_sheet_without_rows():
    assert read("<html><body><p>Service <i>un</i>available</p></body></html>") == [("Service un available", ())]


@pytest.mark.parametrize(
    ("charset", "told", "media_type"),
    [
        ("utf-8", "gb2312", ""),  # a page says one thing and is another
        ("gb18030", "gb2312", ""),
        ("gbk", "utf-8", ""),
        ("gb18030", "", ""),
        ("big5", "big5", ""),
        ("big5", "", "text/html; charset=Big5"),
        ("utf-16", "gbk", ""),
    ],
)
def test_pages_of_other_scripts_are_read_in_their_charset(charset, told, media_type):
    body = f'<html><meta charset="{told}"><table><tr><td>中國貿易</td></tr></table></html>'.encode(charset)

    assert read(body, media_type)[0].rows == (("中國貿易",),)


@pytest.mark.parametrize(
    "said", ["", '<meta charset="utf-8">', '<meta charset="no-such-charset">', '<meta charset="idna">']
)
def test_a_charset_that_cannot_be_told_is(said):
    """Bytes that are no UTF-8, not what they say they are, nor of the one charset that is tried."""
    with pytest.raises(UnreadableError, match="found bytes that are no ") as error:
        read(b"<meta " + said.encode() + b"><table><tr><td>\xb1%</td></tr></table>")
    assert error.value.hint == "save the page again, as UTF-8"


BOMB = xlsx(further=[("xl/media/zeros.xml", "0" * 60_000_000)])
LYING = xlsx(further=[("xl/sharedStrings.xml", "0" * 9_000_000)]).replace(
    (9_000_000).to_bytes(4, "little"), (900).to_bytes(4, "little")
)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "found nothing in it, expected a page or a spreadsheet"),
        (b" \n", "found nothing in it, expected a page or a spreadsheet"),
        (b"x" * 20_000_001, "found 20,000,001 bytes, expected at most 20,000,000"),
        (b"a,b\0,c", "found a NUL byte, expected a page, a spreadsheet or a table of text"),
        (b'a,"b', "found broken CSV: unexpected end of data"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>", "found a page packed with its pictures"),
        (PAGE[:300].encode(), "found a page that breaks off, expected </html> at its end"),
        (html_of(ROWS)[:60].encode(), "found a page that breaks off, expected </table> at its end"),
        (csv_of([["a"]] * 20_001).encode(), "found 20,001 rows and 1 columns, expected at most 20,000 and 200"),
        (csv_of([["a"] * 201]).encode(), "found 1 rows and 201 columns, expected at most 20,000 and 200"),
        (b"<table><tr><td colspan=9999>a</table>", "found 1 rows and 9,999 columns"),
        (b"<table>" + b"<tr><td rowspan=20001>a</td></tr>" * 2 + b"</table>", "found 20,001 rows and 1 columns"),
        (xlsx(ROWS)[:-30], "found a broken spreadsheet"),
        (xlsx(ROWS)[:200], "found a broken spreadsheet"),
        (xlsx(ROWS).replace(b"xl/workbook.xml", b"xl/workbook.txt"), "found a broken spreadsheet, or an archive"),
        (xlsx(sheet="<worksheet><sheetData><row><c>"), "found a spreadsheet that cannot be read: "),
        (BOMB, "bytes once it is unpacked, expected at most 50,000,000"),
        (LYING, "found a broken spreadsheet"),
        (xlsx([["a", Formula("1+1", 2.0)]]), "found formulas in the spreadsheet, expected values as they were printed"),
        (xls([["a", Formula("", 2.0)]]), "found formulas in the spreadsheet, expected values as they were printed"),
        (xlsx(sheet=worksheet([["a"]] * 1_000_000).replace(' r="A', ' s="A')), "bytes once it is unpacked"),
        (xlsx(sheet=worksheet([["a"]] * 20_001)), "found 20,001 rows and 1 columns"),
        (xlsx(sheet=worksheet([["a"]]).replace('"A1"', '"XFD1048576"')), "found 1,048,576 rows and 16,384 columns"),
        (xlsx(sheet=worksheet([["a"]]).encode("utf-16")), "found a spreadsheet in UTF-16"),
        (xls(cells=[(20_000, 0, 1.0)]), "found 20,001 rows and 1 columns"),
        (xls(cells=[(0, 200, 1.0)]), "found 1 rows and 201 columns"),
        (xls(ROWS)[:3000], "found a spreadsheet that cannot be read: "),
        (xls(ROWS)[:700], "found a spreadsheet that cannot be read: "),
    ],
)  # fmt: skip
def test_what_is_broken_or_monstrous_is_told(body, message):
    with pytest.raises(UnreadableError, match=re.escape(message)):
        read(body)


def test_a_million_rows_are_refused_before_they_are_read():
    """The rows are counted in the XML: no reader makes room for them."""
    rows = "<row/>" * 1_000_000

    with pytest.raises(UnreadableError, match="found 1,000,000 rows and 0 columns"):
        read(xlsx(sheet=f"<worksheet><sheetData>{rows}</sheetData></worksheet>"))


def test_a_crash_of_the_reader_is_told(monkeypatch):
    """The library ends its process at an extent that no memory holds; that is another process."""
    monkeypatch.setattr(workbook, "_check_records", lambda _stream: None)
    whole = xls([["a", 1.0]])
    extent = whole.index(b"\x00\x02\x0e\x00") + 4

    with pytest.raises(UnreadableError, match="cannot be read"):
        read(whole[:extent] + b"\0\0\0\x7f" + whole[extent + 4 :])


def test_a_reader_that_takes_too_long_is_told(monkeypatch):
    monkeypatch.setattr(workbook, "SECONDS", 0.001)

    with pytest.raises(UnreadableError, match="takes longer than 0"):
        read(xls(ROWS))


def test_the_reader_knows_no_secret(monkeypatch):
    """The process has none of the environment's words."""
    monkeypatch.setenv("API_KEY", "secret")
    kept = Mock(wraps=subprocess.run)
    monkeypatch.setattr(workbook.subprocess, "run", kept)

    assert read(xls(ROWS))
    assert "secret" not in str(kept.call_args.kwargs["env"])


def test_a_list_of_pages_becomes_its_rows():
    """Rows of tables for layout, which hold others, are not among them."""
    page = """<table><tr><td><table>
    <tr><td>(1) Goods</td><td><a href="/a.html">Jan</a></td><td><span>Feb</span></td></tr>
    <tr><td>(2) Services</td><td><a>Jan</a></td></tr></table></td></tr></table>
    <ul><li>(3) <a href='b\\c.html'><b>M</b>ar</a></li></ul>"""

    assert listed(Document("list", page.encode())) == [
        ("(1) Goods Jan Feb", (("Jan", "/a.html"),)),
        ("(2) Services Jan", ()),
        ("(3) Mar", (("Mar", "b\\c.html"),)),
    ]
    with pytest.raises(UnreadableError, match="found nothing in it"):
        listed(Document("list", b""))


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_any_bytes_are_read_or_refused(body):
    for start in (b"", b"<table>", b"\xff\xfe"):
        with contextlib.suppress(UnreadableError):
            assert are_cells(read(start + body))


@given(st.data())
@settings(max_examples=25)
def test_a_spoilt_workbook_is_read_or_refused(data):
    """Bytes that are changed, taken out or put in end in cells or in a message, never in a crash."""
    whole = data.draw(st.sampled_from([xls(ROWS), worksheet(ROWS).encode()]))
    place = data.draw(st.integers(0, len(whole) - 1))
    taken, put = data.draw(st.integers(0, 8)), data.draw(st.binary(max_size=8))
    spoilt = whole[:place] + put + whole[place + taken :]
    with contextlib.suppress(UnreadableError):
        assert are_cells(read(spoilt if whole.startswith(b"\xd0") else xlsx(sheet=spoilt)))
