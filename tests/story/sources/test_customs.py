"""The tables of Chinese customs: right in every shape that it prints, refused with a
message in any other.
"""

import contextlib
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press.intake import UnreadableError, parse_document
from story.sources.customs import CUSTOMS, SITE
from tests.cases import load_cases
from tests.story.sources.printed import (
    FLOWS,
    Style,
    body_of,
    expected_cells,
    lines,
    page,
    print_page,
    stored,
    title_of,
    unit_of,
)
from tests.workbooks import csv_of, xlsx

CASES = load_cases(__file__)

KINDS = ("html", "csv", "xlsx")
MARCH = Style()


TODAY = "2027-01-29"


def read(body, address="", today=TODAY):
    body = body if isinstance(body, bytes) else body.encode()
    return CUSTOMS.read(parse_document(body, address, today))


def get_cells_by_key(release):
    """Return by flow the value and the growth."""
    assert [line.values["flow"] for line in release.lines] == list(FLOWS)
    growths = [Decimal(line.values["growth_percent"]) for line in release.lines]
    return dict(
        zip(
            FLOWS,
            zip(map(Decimal, values_of(release)), growths, strict=True),
            strict=True,
        )
    )


def values_of(release):
    return [
        text
        for line in release.lines
        for name, text in line.values.items()
        if name.startswith("value")
    ]


def refused(body, message, today=TODAY):
    with pytest.raises(UnreadableError, match=re.escape(message)):
        read(body, today=today)


@pytest.mark.parametrize("is_short", [False, True])
@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("currency", ["CNY", "USD"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_month_is_read_in_either_language_currency_and_length(
    language, currency, month, is_short
):
    """Ten cells with the month and the total since January, or seven with
    that alone.
    """
    style = Style(month=month, currency=currency, language=language, is_short=is_short)
    release = read(page(style))

    assert get_cells_by_key(release) == expected_cells(style)
    assert {line.values["month"] for line in release.lines} == {f"2025-{month:02d}"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("month", [1, 2, 3, 12])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_an_editor_has_saved_gives_the_same_cells(language, month, kind):
    """HTML, CSV and XLSX: the values, their precisions and units are those of the
    page.
    """
    style = Style(
        year=2026, month=month, currency="USD", language=language, is_short=month < 3
    )

    assert read(body_of(style, kind)).lines == read(page(style)).lines


def test_a_page_gives_the_whole_of_each_row_and_its_source():
    release = read(page(MARCH), f"{SITE}Statics/a.html")

    figures = {"value_cny_billion": "428.04", "precision_cny_billion": "0.01"}
    growth = {"growth_percent": "11.8", "growth_precision_points": "0.1"}
    row = {
        "month": "2025-03",
        "flow": "total",
        "status": "published",
        **figures,
        **growth,
    }
    added = {"value_cny_billion": "153.54"}
    assert release.lines[0] == ("trade_to_month_yuan", row, added)
    assert release.source == {
        "id": "gacc-202503-cny-6b164801",
        "publisher": "General Administration of Customs of China",
        "title": title_of(MARCH),
        "address": f"{SITE}Statics/a.html",
        "published": "2025-04-09",
        "kind": "official",
        "state_media": "false",
        "strength": "primary",
        "licence": "not stated",
    }
    assert release.told.endswith("(2025-03, CNY)")


@pytest.mark.parametrize("changes", CASES["words"])
@pytest.mark.parametrize("kind", ["html", "csv"])
def test_other_words_for_the_same_are_read(changes, kind):
    """Titles, spans, units, labels and heads that customs has used, or an
    editor would.
    """
    style = MARCH._replace(**changes)

    assert get_cells_by_key(read(body_of(style, kind))) == expected_cells(style)


FOOT = (
    "<p>General Administrator of Customs of the People’s Republic of China</p><p>Address:"
    " No.6. Jianguomennei Avenue, Dongcheng District, Beijing, China &nbsp; Postcode:"
    " 100730</p>"
)
# below the tables of 2026
GROUPS = (
    "<p>Note:</p><p>1.The Association of Southeast Asian Nations (ASEAN) includes:"
    " Brunei, Vietnam;</p><p>2. APEC includes Chile, Peru and Canada.</p><p>5. Jointly"
    " build the the Belt and Road countries: from the network</p><p>Listed countries and"
    " regions</p><h3>About GACC</h3><h3>Quick Links</h3><h3>Friendly Links</h3>"
)
RANKED = csv_of(
    [
        [str(number) if number > 3 else "", *row]
        for number, row in enumerate(lines(MARCH))
    ]
)
GROUPED = """<tr><td rowspan=3>Country</td><td colspan=6>Value</td><td colspan=3>Change, %</td></tr>
<tr><td colspan=2>Total</td><td colspan=2>Exports</td><td colspan=2>Imports</td>
<td rowspan=2>Total</td><td rowspan=2>Exports</td><td rowspan=2>Imports</td></tr>
<tr><td>3</td><td>1-3</td><td>3</td><td>1-3</td><td>3</td><td>1-3</td></tr>"""


def rows_in(body):
    """Return the page up to its title and unit, and its rows of figures."""
    before, *rows = re.split("(?=<tr>)", body)
    return "".join([before, *rows[:2]]), "".join(rows[4:])


@pytest.mark.parametrize(
    "body",
    [
        GROUPED.join(rows_in(page(MARCH))),
        (GROUPED + "<tr><td colspan=10>&nbsp;</td></tr>").join(rows_in(page(MARCH))),
        page(MARCH).replace(
            "</table>",
            "<tr><td colspan=10>Note: 1. Preliminary. 2. See 3.</td></tr></table>",
        ),
        page(MARCH, after=FOOT),
        page(MARCH, after=GROUPS),
        csv_of([["", *row] for row in lines(MARCH)]),
        RANKED,
        csv_of([[*row, "", ""] for row in lines(MARCH)]),
        csv_of([[], *lines(MARCH)[:2], [], *lines(MARCH)[2:], [], ["Source: customs"]]),
        page(MARCH)
        .replace("<td><span>", "<th><p>")
        .replace("</span></td>", "</p></th>"),
    ],
)
def test_other_layouts_are_read(body):
    """Heads in three rows, notes, empty rows and columns, ranks, cells of
    other kinds.
    """
    assert get_cells_by_key(read(body)) == expected_cells(MARCH)


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("单位：亿美元", "100"),
        ("Unit: US$ 100 Million", "100"),
        ("Unit: USD Million", "1"),
    ],
)
def test_units_become_those_of_the_table(unit, factor):
    """The values and their precisions are brought to millions, exactly."""
    values = read(page(Style(currency="USD", unit=unit))).lines[0].values

    figures = [
        Decimal(values[name]) for name in ("value_usd_million", "precision_usd_million")
    ]
    assert figures == [
        Decimal("4280.4") * Decimal(factor),
        Decimal("0.1") * Decimal(factor),
    ]


def test_one_table_among_several_is_found():
    other = "<table><tr><td>Germany</td><td>7.0</td></tr></table>"
    body = page(MARCH, after=other).replace(
        "<ul>", f"<table><tr><td>Home {other}</td></tr></table><ul>"
    )

    assert get_cells_by_key(read(body)) == expected_cells(MARCH)


def test_columns_of_the_trade_balance_and_of_nothing_are_passed_over():
    rows = lines(MARCH)
    rows = [
        *rows[:2],
        [*rows[2], "", "Trade balance"],
        [*rows[3], "", ""],
        *([*row, "", "-4,148.0"] for row in rows[4:]),
    ]

    assert get_cells_by_key(read(csv_of(rows))) == expected_cells(MARCH)


def test_a_growth_that_is_not_printed_has_no_cell():
    body = page(MARCH).replace("18.8", "-")

    printed = [
        line.values["flow"]
        for line in read(body).lines
        if "growth_percent" in line.values
    ]
    assert printed == ["total", "import"]


@pytest.mark.parametrize(
    ("changes", "address", "expected"),
    [
        ({}, "a", "gacc-202503-cny-e8b7be43"),
        ({}, "b", "gacc-202503-cny-71beeff9"),
        ({"currency": "USD"}, "a", "gacc-202503-usd-e8b7be43"),
    ],
)
def test_a_source_is_one_document(changes, address, expected):
    """Its id has the month, the currency and what stands for its address."""
    source = read(page(MARCH._replace(**changes)), address=address).source

    assert (source["id"], source["address"]) == (expected, address)


def test_a_document_without_a_day_is_undated():
    assert read(csv_of(lines(MARCH))).source["published"] == "undated"


def test_a_workbook_with_more_decimals_is_read_with_those_that_customs_prints():
    """It keeps what was not rounded yet: 21651.61013382 is printed as 21,651.6."""
    rows = stored(lines(Style(currency="USD")))
    noise = rows[:4] + [
        [cell + 0.04013382 if isinstance(cell, float) else cell for cell in row]
        for row in rows[4:]
    ]

    assert read(xlsx(noise)).lines == read(page(Style(currency="USD"))).lines


def test_a_damaged_cell_in_another_row_refuses_nothing():
    """A column that was too narrow, in any row but that of Russia."""
    rows = lines(MARCH)
    for damaged in range(4, len(rows)):
        spoilt = [
            [
                "#####" if at and number == damaged else text
                for at, text in enumerate(row)
            ]
            for number, row in enumerate(rows)
        ]
        if rows[damaged][0] == "Russian Federation":
            refused(
                csv_of(spoilt),
                'found "#####" in the row "Russian Federation", expected a number such'
                " as 1,234.5",
            )
        else:
            assert read(csv_of(spoilt)).lines == read(csv_of(rows)).lines


# What is refused


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (csv_of(lines(MARCH)).partition("4,280.4")[0], "found broken CSV"),
        *((print_page(**about), message) for about, message in CASES["wrong"]),
    ],
)
def test_what_is_wrong_is_told(body, message):
    """What was found and what was expected stand in the message; no figure is taken."""
    refused(body, message)


@pytest.mark.parametrize(
    "body", ["<html><body>Service unavailable</body></html>", "a,b\n1,2\n"]
)
def test_what_is_no_table_of_customs_is_another_adapter_s(body):
    """It says so in a word."""
    with pytest.raises(UnreadableError) as error:
        read(body)
    assert error.value.known == 0


# Of another time, place, part, unit or currency than the title says

ROWS, PAGE = lines(MARCH), page(MARCH)
APRIL, DOLLARS = lines(Style(month=4)), lines(Style(currency="USD"))
ASIDE = "<table><tr><td>{}</td></tr></table>"
PLACES = {
    "title of the page": page(MARCH, before="{}"),
    "heading": PAGE.replace("<ul>", "<h1>{}</h1><ul>"),
    "link in a heading": PAGE.replace("<ul>", "<h1><a href='/'>{}</a></h1><ul>"),
    "line above the title": PAGE.replace("<ul>", "<p>{}</p><ul>"),
    "table above the title": PAGE.replace("<ul>", f"{ASIDE}<ul>"),
    "caption": PAGE.replace("<table>", "<table><caption>{}</caption>"),
    "words in no cell": PAGE.replace("<table>", "<table>{}"),
    "line below": PAGE.replace("</table>", "</table><p>{}</p>"),
    "table below": PAGE.replace("</table>", f"</table>{ASIDE}", 1),
    "note": PAGE.replace("</table>", "<tr><td colspan=10>{}</td></tr></table>"),
    "row between": csv_of([*ROWS[:6], ["", "{}"], *ROWS[6:]]),
    "last line": csv_of([*ROWS, [], ["{}"]]),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Guangdong Province", "Guangdong Province"),
        ("Processing trade", "Processing trade"),
        ("Excluding processing trade", "Excluding processing trade"),
        ("Figures for 2024", "Figures for"),
        ("2024", "2024"),
        ("January to February", "2"),
        ("Exports by sea", "Exports by sea"),
        ("1. Russia includes: Kazakhstan;", "Russia includes Kazakhstan"),
    ],
)
def test_words_that_are_not_known_refuse_a_document(place, words, told):
    """Wherever they stand but in rows of figures and in links: the table may be of
    something else.
    """
    assert read(PLACES[place].replace("{}", "Home")).lines
    refused(PLACES[place].replace("{}", words), f'with "{told}"')


def stand_beside(rows, others):
    """Return the rows of two tables side by side, the second a row further down."""
    width = len(rows[-1])
    left = [[*row, *[""] * (width - len(row))] for row in [*rows, []]]
    return [[*row, "", *other] for row, other in zip(left, [[], *others], strict=True)]


def without_russia(rows):
    return [row for row in rows if "Russia" not in row[0]]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (xlsx(stored(ROWS), name="Guangdong"), 'with "Guangdong"'),
        (
            PAGE.replace("Import Source", "Guangdong"),
            'found the heading "Guangdong Export Destination" in a table of 2025-03',
        ),
        (
            page(Style(language="zh")).replace("进口原产国", "广东地区进口原产国"),
            'found the heading "广东地区进口原产国(地区) 出口最终目的国(地区)"',
        ),
        (
            PAGE.replace("</table>", "</table><p>Unit: CNY 1 Million</p>"),
            'found "Unit: CNY 1 Million" and "Unit: CNY 100 Million" below a title in CNY',
        ),
        (
            csv_of([*ROWS, [], *without_russia(APRIL)]),
            "expected the title of table (4), by country or region, of one month",
        ),
        (
            csv_of([*ROWS, [], *without_russia(DOLLARS)]),
            'found "Unit: CNY 100 Million" and "Unit: USD1 Million"',
        ),
        (
            csv_of([*without_russia(DOLLARS), [], *ROWS]),
            'found "Unit: USD1 Million" and "Unit: CNY 100 Million"',
        ),
        (csv_of(stand_beside(ROWS, APRIL)), "expected the title of table (4)"),
        (csv_of(stand_beside(ROWS, DOLLARS)), "expected the title of table (4)"),
        (
            csv_of([*ROWS[:6], ["", *["4", "1-4"] * 3, *["Total"] * 3], *ROWS[6:]]),
            'with "Total"',
        ),
        (
            csv_of([*ROWS[:6], ["", *["4", "1-4"] * 3, *[""] * 3], *ROWS[6:]]),
            'with "4"',
        ),
        (
            csv_of([*ROWS[:4], [*ROWS[5], *ROWS[6]]]),
            "found no rows labelled Russian Federation",
        ),
    ],
)
def test_two_tables_in_one_refuse_a_document(body, message):
    """And the unit, the label or the name of another."""
    refused(body, message)


def test_growths_that_may_be_shares_are_refused():
    """A workbook keeps 0.118 where it shows 11.8%."""
    *_, row, _, _ = rows = stored(ROWS)
    row[7:] = [cell / 100 for cell in row[7:]]

    refused(
        xlsx(rows), "found growths of 0.1, 0.2, 0.1 percent in a workbook, expected one"
    )


@pytest.mark.parametrize(
    ("body", "today"),
    [
        (csv_of(ROWS), "2025-03-31"),
        (PAGE, "2025-03-31"),
        (PAGE, "2025-04-08"),
        (PAGE.replace("2025/04/09", "2025-03-31 08:00"), TODAY),
        (PAGE.replace("2025/04/09", "2025年3月9日"), TODAY),
        (PAGE.replace("</table>", "</table>2025-03-31"), TODAY),
    ],
)
def test_a_month_that_has_not_ended_is_refused(body, today):
    """On the day of the page, or on the day when it is read."""
    refused(body, "over a table that goes to 2025-03, expected one of the", today)


# What is spoilt


@given(st.data())
@settings(max_examples=300)
def test_a_spoilt_table_gives_the_same_cells_or_none(data):
    """Signs that are changed, taken out or put in end in the same figures or in a
    message, never in others.

    What says what the table is, the title and the unit of a CSV file, is left alone:
    nothing else tells of them.
    """
    style = data.draw(
        st.sampled_from(
            [
                Style(),
                Style(currency="USD", language="zh"),
                Style(month=2, is_short=True),
            ]
        )
    )
    body = data.draw(st.sampled_from([page(style), csv_of(lines(style))]))
    start = data.draw(
        st.integers(body.index(unit_of(style)) + len(unit_of(style)), len(body) - 1)
    )
    length = data.draw(st.integers(0, 40))
    put = data.draw(st.text('<>/td&;,."\n ab*^(-–０１\u00a0¹', max_size=3))
    with contextlib.suppress(UnreadableError):
        release = read(body[:start] + put + body[start + length :])
        assert values_of(release) == values_of(read(body))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body):
    for start in (
        "",
        "<table><tr><td>Russia",
        "China's total values by country 3.2025,USD1 million\nTotal,1.5,1,1\nRussia,",
    ):
        with contextlib.suppress(UnreadableError):
            assert read(start.encode() + body) is False


def test_a_person_is_told_what_to_open(tables):
    """Nothing is fetched from a site that turns scripts away."""
    assert CUSTOMS.list_addresses(tables(), "") == ()
    assert f"{SITE}statics/report/preliminary.html" in CUSTOMS.by_hand
