"""Documents become tables of text, whatever their format; broken and monstrous ones
become a message.
"""

import contextlib
import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press.ground.invisible import is_invisible
from press.intake import UnreadableError, cells, parse_document, reader
from tests.workbooks import OLD_WORKBOOK, Formula, csv_of, worksheet, xlsx

ROWS = [["Goods", "2023", "2024"], ["Tea", "1,234.5", "-2.0"], ["Café", "7.0", ""]]
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Goods</title>
<style>td {color: red}</style></head><body>
<h1>Table 1: Goods</h1><p>5 May 2025</p>
<table><tr><th colspan="2">Goods</th><th>2024</th></tr>
<tr><td rowspan=2>Tea</td><td>&nbsp;1,234.5&nbsp;</td><td><b>-2.0</b></td></tr>
<tr><td>7.0<sup>1</sup></td><td>H<sub>2</sub>O<!-- 8 --></td></tr></table>In thousands</body></html>"""


def read(body):
    body = body if isinstance(body, bytes) else body.encode()
    return parse_document(body, "", "2025-01-01").tables


def are_cells(tables):
    return all(isinstance(text, str) for rows in tables for row in rows for text in row)


def line(text):
    """Return what a line beside tables is: a table of one cell."""
    return [[text]]


def html_of(rows):
    lines = (
        "<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows
    )
    return f"<table>{''.join(lines)}</table>"


def test_only_invisible_characters_that_change_nothing_are_dropped():
    """What has no width parts no number; what turns the order round, or may be a minus,
    stays, so that no number with it is read.
    """
    (rows,) = read(html_of([["2\u200b0\u20604", "&#x202e;402", "&shy;8.2"]]))

    assert rows == [["204", "\u202e402", "\u00ad8.2"]]
    assert all(map(is_invisible, map(chr, cells.WITHOUT_WIDTH)))


def test_a_page_becomes_its_tables():
    """What spans cells stands in each, raised and lowered signs are marked, comments
    and styles are not there.
    """
    rows = [
        ["Goods", "Goods", "2024"],
        ["Tea", "1,234.5", "-2.0"],
        ["Tea", "7.0 ^1", "H ^2O"],
    ]

    assert read(PAGE) == [
        line("Goods"),
        line("Table 1: Goods"),
        line("5 May 2025"),
        line("In thousands"),
        rows,
    ]


@pytest.mark.parametrize(
    "body",
    [
        csv_of(ROWS),
        csv_of(ROWS, ";"),
        csv_of(ROWS, "\t"),
        "\ufeff" + csv_of(ROWS),
        csv_of(ROWS).replace("\r\n", "\r"),
        html_of(ROWS),
        html_of(ROWS)
        .upper()
        .replace("TEA", "Tea")
        .replace("GOODS", "Goods")
        .replace("CAFÉ", "Café"),
        html_of(ROWS)
        .replace("1,234.5", "1<font>,234</font><b>.5</b>")
        .replace("Tea", "\u200bTea&#160;"),
        xlsx(ROWS),
    ],
)
def test_every_format_gives_the_same_cells(body):
    assert read(body)[-1] == ROWS


def test_numbers_of_workbooks_have_the_decimals_that_were_meant():
    """How a computer stores a number is not what was printed."""
    body = xlsx([["a", 4280.4, 0.1 + 0.2, 3.0, 12345678.25]], name="Trade")

    assert read(body) == [line("Trade"), [["a", "4280.4", "0.3", "3", "12345678.25"]]]
    assert parse_document(body, "", "").is_stored


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("<tr><td>Tea</td><td><del>1,234.5</del></td></tr>", "struck out or hidden"),
        ("<tr><td>Tea</td><td><s>1234567</s></td></tr>", "struck out or hidden"),
        ("<tr hidden><td>Tea</td><td>7.0</td></tr>", "struck out or hidden"),
        ('<tr style="display: none"><td>7.0</td></tr>', "struck out or hidden"),
        ('<tr><td style="text-decoration:line-through">7.0</td></tr>', "struck out"),
        ("<tr><td rowspan=2>7.0</td></tr><tr><td>Oil</td></tr>", '"7.0" for several'),
    ],
)
def test_figures_that_are_taken_back_or_shared_by_rows_are_refused(row, message):
    """None passes for what the page says of one row."""
    with pytest.raises(UnreadableError, match=message):
        read(f"<table><tr><td>Goods</td><td>2023</td></tr>{row}</table>")


@pytest.mark.parametrize(
    "rule",
    [
        ".old td { text-decoration: line-through }",
        "tr.old { color: red; visibility: hidden }",
        'td:last-child::before { content: "−" }',
        "@media (width > 1px) { td { display: none } }",
    ],
)
def test_figures_that_a_style_sheet_takes_back_or_draws_beside_are_refused(rule):
    """What a page says of a class holds for the cells that have it."""
    row = '<tr class="old"><td>Tea</td><td>7.0</td></tr>'

    with pytest.raises(UnreadableError, match="struck out or hidden"):
        read(f"<style>{rule}</style><table>{row}</table>")


def test_other_styles_and_selectors_that_cannot_be_read_change_nothing():
    """Pages are full of them."""
    rules = "td { color: red } td::-x-part( { display: none }"

    (rows,) = read(
        f"<style>{rules}</style><table><tr><td>Tea</td><td>7.0</td></tr></table>"
    )

    assert rows == [["Tea", "7.0"]]


@pytest.mark.parametrize(
    "row",
    [
        "<tr><td><s>Coffee</s> Tea</td><td>7.0</td></tr>",
        "<tr><td>Tea</td><td>7.0</td></tr><tr hidden><td>2023</td></tr>",
        "<tr><td rowspan=2>2023</td><td>7.0</td></tr><tr><td>8.0</td></tr>",
    ],
)
def test_words_that_are_taken_back_and_heads_of_several_rows_are_read(row):
    """They say nothing against a figure."""
    (rows,) = read(f"<table><tr><td>Goods</td><td>2023</td></tr>{row}</table>")

    assert "7.0" in rows[1]


STYLES = "<styleSheet><fonts><font><strike/></font></fonts></styleSheet>"
SHEET = worksheet(ROWS)


@pytest.mark.parametrize(
    "body",
    [
        xlsx(ROWS, further=[("xl/comments/comment1.xml", "<comments/>")]),
        xlsx(ROWS, further=[("xl/worksheets/said.xml", "<comments/>")]),
        xlsx(ROWS, further=[("xl/drawings/drawing1.xml", "<xdr:wsDr/>")]),
        xlsx(ROWS, further=[("xl/styles.xml", STYLES)]),
        xlsx(sheet=SHEET.replace('<row r="2"', '<row r="2" hidden="1"')),
        xlsx(
            sheet=SHEET.replace(
                "</worksheet>",
                "<headerFooter><oddHeader>Upton</oddHeader></headerFooter></worksheet>",
            )
        ),
    ],
    ids=[
        "comment",
        "comment elsewhere",
        "drawing",
        "strike-through",
        "hidden row",
        "print header",
    ],
)
def test_a_workbook_that_says_or_hides_more_than_its_cells_is_refused(body):
    """What a person sees there, the library that reads it does not tell."""
    with pytest.raises(
        UnreadableError, match="in a workbook, expected values of cells al"
    ):
        read(body)


@pytest.mark.parametrize(
    "part", ['<img src="down.gif" alt="-">', '<i class="down"></i>']
)
def test_a_figure_beside_a_picture_is_refused(part):
    """It may stand for a minus."""
    with pytest.raises(
        UnreadableError, match=r'found the figure "2\.0" beside a picture'
    ):
        read(html_of([["Tea", f"<b>{part}2.0</b>"]]))


def test_what_a_form_asks_for_is_a_line():
    """It may be what the table below is of."""
    form = "<select><option>All<option selected>Tea</select><input value='Upton'>"

    assert read(f"{form}<input type=hidden value=1>") == [
        line("All"),
        line("Tea"),
        line("Upton"),
    ]


def test_tables_within_tables_stand_by_themselves():
    """What a table for layout holds are lines; the table in it holds the figures."""
    body = f"<table><tr><td>Goods of May {html_of(ROWS)}</td></tr></table>"

    assert read(body) == [line("Goods of May"), ROWS]


def test_what_stands_in_a_table_outside_of_its_cells_is_a_line():
    """Browsers show it: a caption, and words in no cell."""
    caption = "<caption>Goods of <b>May</b></caption>Tea and"
    body = html_of(ROWS).replace("<table>", f"<table>{caption}")

    assert read(body.replace("<tr>", "<tr>coffee", 1)) == [
        line("Goods of May"),
        line("Tea and"),
        line("coffee"),
        ROWS,
    ]


def test_links_to_other_pages_are_no_lines():
    """But for those in headings, and those around more than a few words."""
    links = '<a href="a">Home</a> <a name="b">Goods</a><h1><a href="c">Tea</a></h1>'

    assert read(f"{links}<a href='d'><p>All</p></a>") == [
        line("Goods"),
        line("Tea"),
        line("All"),
    ]


def test_a_page_without_a_table_is_its_lines():
    assert read("<html><body><p>Service <i>un</i>available</p></body></html>") == [
        line("Service un available")
    ]


@pytest.mark.parametrize("charset", ["gb18030", "latin-1", "utf-16"])
def test_only_utf_8_is_read(charset):
    """Whatever a page says of itself: other bytes are told."""
    body = "<meta charset='gbk'><table><tr><td>Café ±1%</td></tr></table>"

    with pytest.raises(UnreadableError, match="found bytes that are no text in UTF-8"):
        read(body.encode(charset))
    assert read(body) == [line("Café ±1%")]


BOMB = xlsx(further=[("xl/media/zeros.xml", "0" * 60_000_000)])
LYING = xlsx(further=[("xl/sharedStrings.xml", "0" * 9_000_000)]).replace(
    (9_000_000).to_bytes(4, "little"), (900).to_bytes(4, "little")
)
ENTITY = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
SCRIPT = (
    b"<html><head><script>run()</script></head><body><noscript>Enable"
    b" it</noscript></body></html>"
)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "found nothing in it, expected a page, a spreadsheet, CSV or JSON"),
        (b" \n", "found nothing in it, expected a page, a spreadsheet, CSV or JSON"),
        (
            b"a,b\0,c",
            "found bytes that are no text in UTF-8, expected a page, a spreadsheet",
        ),
        (b'a,"b', "found broken CSV: unexpected end of data"),
        (
            b"a,b\n1,2",
            (
                "found a table that breaks off, expected the end of a line after its"
                " last row"
            ),
        ),
        (b'{"a": 1}', "found JSON without rows of data, {}, expected some"),
        (b'{"a": 1', "found JSON that breaks off, or is none"),
        (
            SCRIPT,
            (
                "found a page that is only a script, expected what a browser shows once"
                " it has run"
            ),
        ),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>",
            "found a page packed with its pictures",
        ),
        (
            PAGE[:300].encode(),
            "found a page that breaks off, expected </table> at its end",
        ),
        (
            PAGE[:-7].encode(),
            "found a page that breaks off, expected </html> at its end",
        ),
        (
            html_of(ROWS) + html_of(ROWS)[:60],
            "found a page that breaks off, expected </table> at its end",
        ),
        (
            csv_of([["a"] * 10] * 100_001).encode(),
            "found 1,000,010 cells, expected at most 1,000,000",
        ),
        (
            b"<table><tr><td colspan=1000001>a</table>",
            "found 1,000,001 cells, expected at most",
        ),
        (
            b"<table>" + b"<tr><td rowspan=500001>a</td></tr>" * 2 + b"</table>",
            "found 1,000,002 cells",
        ),
        (xlsx(ROWS)[:-30], "found a spreadsheet that cannot be read: "),
        (
            xlsx(ROWS).replace(b"xl/workbook.xml", b"xl/workbook.txt"),
            "found xl/workbook.txt in a workbook, expected values of cells alone",
        ),
        (
            xlsx(sheet="<worksheet><sheetData><row><c>"),
            "found a spreadsheet that cannot be read: ",
        ),
        (BOMB, "bytes once it is unpacked, expected at most 50,000,000"),
        (LYING, "found a spreadsheet that cannot be read: "),
        (
            xlsx(sheet=worksheet([["a"]]).replace('"A1"', '"XFD1048576"')),
            "found 17,179,869,184 cells, expected at",
        ),
        (OLD_WORKBOOK, "found a workbook of the old kind, XLS, of which comments"),
    ],
)
def test_what_is_broken_or_monstrous_is_told(body, message):
    """By the library that reads it, or before that."""
    with pytest.raises(UnreadableError, match=re.escape(message)):
        read(body)


def test_a_document_that_takes_too_long_is_told(monkeypatch):
    """The process that reads it is ended."""
    monkeypatch.setattr(sys.modules["press.intake.sheets"], "SECONDS", 1)

    with pytest.raises(UnreadableError, match=r"takes more than 1 s of the processor"):
        read("<table></table>" + "<!--" * 200_000)


def test_of_a_formula_the_stored_value_is_read():
    """The library that reads workbooks does not tell of formulas."""
    assert read(xlsx([["a", Formula("", 2.5)]]))[-1] == [["a", "2.5"]]


def test_an_entity_reads_no_file():
    """What a workbook or a page declares is not followed."""
    sheet = (
        worksheet([["a"]])
        .replace("<worksheet", f"{ENTITY}<worksheet")
        .replace(">a<", ">&b;<")
    )

    for body in (xlsx(sheet=sheet), f"{ENTITY}<table><tr><td>&b;</td></tr></table>"):
        with contextlib.suppress(UnreadableError):
            assert {text for row in read(body)[-1] for text in row} <= {"", "&b"}


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_any_bytes_are_read_or_refused(body):
    for start in (b"", b"<table>", b"\xff\xfe"):
        with contextlib.suppress(UnreadableError):
            assert are_cells(reader.read_lines_and_tables(start + body))


@given(st.data())
@settings(max_examples=25)
def test_a_spoilt_workbook_is_read_or_refused(data):
    """Bytes that are changed, taken out or put in end in cells or in a message, never
    in a crash.
    """
    whole = worksheet(ROWS).encode()
    place = data.draw(st.integers(0, len(whole) - 1))
    taken, put = data.draw(st.integers(0, 8)), data.draw(st.binary(max_size=8))
    spoilt = whole[:place] + put + whole[place + taken :]
    with contextlib.suppress(UnreadableError):
        assert are_cells(read(xlsx(sheet=spoilt)))
