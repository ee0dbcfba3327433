"""Printed tables: a row of figures since January, by declared words; what is not
declared, or of another time, refuses the document.
"""

import re
from decimal import Decimal

import pytest

from press.intake import TableForm, Unit, UnreadableError, parse_document, read_table
from press.intake.labels import parse_label
from tests.workbooks import csv_of, xlsx

FORM = TableForm(
    name="table of gains by town",
    sign=r"by town",
    title={
        "USD": r"\bin usd\b",
        "EUR": r"\bin eur\b",
        "gains": r"\(\d+\)|\bgains\b|by town",
    },
    heads={
        "passed over": r"\btown\b|(?:trade )?balance",
        "growth": r"year.on.year|change|%",
        "to date": r"cumulative",
        "both": r"sales and rents",
        "sales": r"\bsales\b",
        "rents": r"\brents\b",
    },
    beside={"page": r"\bsheet1\b|\bsource: towns\b"},
    first_row=r"total",
    row=r"upton\W*",
    row_name="Upton",
    whole="both",
    parts=("sales", "rents"),
    units={
        r"usd 1?\s?million": Unit("USD", 10**6),
        r"100 million euros|亿 euros": Unit("EUR", 10**8),
    },
)
ROWS = [
    ["(1) Gains by Town, Mar 2025 (in USD)"],
    ["Unit: USD 1 Million"],
    ["Town", "Sales and Rents", "", "Sales", "", "Rents", "", "Year-on-year", "", ""],
    ["", "3", "1-3", "3", "1-3", "3", "1-3", "Sales and Rents", "Sales", "Rents"],
    ["Total", "9.0", "30.0", "5.0", "20.0", "4.0", "10.0", "1.0", "1.0", "1.0"],
    ["Upton", "3.0", "1,230.5", "2.0", "820.3", "1.0", "410.2", "2.5", "3.0", "1.5"],
    ["Downham", "6.0", "17.5", "3.0", "11.7", "3.0", "5.8", "0.0", "0.0", "0.0"],
]


def read(rows, write=lambda rows: csv_of(rows).encode(), today="2026-01-09"):
    return read_table(parse_document(write(rows), "", today), FORM)


def changed(old, new):
    """Return the rows with a text in another's place, wherever it stands."""
    return [[text.replace(old, new) for text in row] for row in ROWS]


def values(table):
    return [figure.value for figure in table.figures.values()]


def test_a_row_is_read_by_title_unit_and_heads():
    """With month, currency and growth."""
    table = read(ROWS)

    assert table.title.time == "2025-03"
    assert table.title.unit == Unit("USD", 10**6)
    assert values(table) == [Decimal("1230.5"), Decimal("820.3"), Decimal("410.2")]
    assert [figure.growth for figure in table.figures.values()] == [
        Decimal("2.5"),
        Decimal("3.0"),
        Decimal("1.5"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1-3", "January to March"),
        ("1-3", "Cumulative"),
        ("Mar 2025", "January - March 2025"),
        ("Mar 2025", "3. 2025"),
        ("Upton", "Upton*"),
    ],
)
def test_other_ways_to_write_the_same_are_read(old, new):
    assert values(read(changed(old, new))) == values(read(ROWS))


def test_a_workbook_is_read_with_the_decimals_that_are_printed():
    """It keeps more."""
    row = ["Upton", 3.0, 1230.5123, 2.0, 820.3101, 1.0, 410.2022, 2.512, 3.0, 1.5]
    table = read([*ROWS[:5], row], xlsx)

    assert values(table) == values(read(ROWS))
    assert table.figures["both"].growth == Decimal("2.5")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Gains", "Gains of Foreigners", 'with "Foreigners"'),
        ("(1)", "Other Country:", 'with "Other Country"'),
        ("Mar 2025", "2025", "of one month such as Mar 2026"),
        ("Mar 2025", "Mar 2025 and Apr 2025", "of one month such as Mar 2026"),
        ("in USD", "in EUR", 'found "Unit: USD 1 Million" below a title in EUR'),
        ("Unit: USD 1 Million", "Half of the towns", 'with "Half the towns"'),
        ("1-3", "1-3, 2024", "in a table of 2025-03, expected"),
        ("1-3", "2025-01-03", 'found the heading "Sales and Rents 2025-01-03" in a'),
        ("1-3", "1-4", "in a table of 2025-03, expected"),
        ("1-3", "Sum", "expected one figure of that time, in words"),
        ("1-3", "", "found two columns of both month, expected one"),
        ("1,230.5", "1,230.5*", 'found "1,230.5*" in the row "Upton", expected a'),
        ("1,230.5", "1.230,5", 'found "1.230,5" in the row "Upton", expected a number'),
        ("1,230.5", "1\xa0230,5", 'found "1 230,5" in the row "Upton", expected a'),
        ("2.5", "2.5%", 'found "2.5%" in the row "Upton", expected a number'),
        ("Mar 2025", "first half of 2025", 'with "first half"'),
        ("1-3", "first quarter", "in words that are known"),
        ("1,230.5", "(1,230.5)", 'found "(1,230.5)" in the row "Upton"'),
        ("1,230.5", "1,230.55", "expected at most one decimal"),
        ("1,230.5", "1,240.5", "they differ by 10.0"),
        ("1,230.5", "2.0", "of which the first is the larger"),
        ("3.0", "13.0", "which do not fit the values"),
        ("Year-on-year", "3 Year-on-year", 'found the heading "3 Year-on-year Sales'),
        ("Total", "Region", 'found "Region" as the first row of figures, expected'),
        ("Upton", "Elsewhere", "found no rows labelled Upton, expected one"),
        ("Downham", "Upton", "found 2 rows labelled Upton, expected one"),
    ],
)
def test_what_is_not_declared_or_contradicts_itself_is_refused(old, new, message):
    """With what was found and what was expected."""
    with pytest.raises(UnreadableError, match=re.escape(message)):
        read(changed(old, new))


@pytest.mark.parametrize(
    ("page", "today"),
    [("2025-04-01", "2025-04-01"), ("2026-02-28", "2026-05-01"), ("", "2025-04-01")],
)
def test_a_page_may_be_of_any_of_the_twelve_months_after(page, today):
    """Of the newest that there is; where no day is told it is of today."""
    rows = [[f"Source: Towns {page}"], *ROWS]

    assert read(rows, today=today).title.published == page


@pytest.mark.parametrize(
    ("page", "today"),
    [
        ("2025-03-31", "2025-05-01"),
        ("2025-04-19", "2025-04-18"),
        ("2026-03-01", "2026-05-01"),
        ("", "2025-03-31"),
    ],
)
def test_a_page_of_another_time_is_refused(page, today):
    """Of a day before the month was over, of one that has not come, of a year later."""
    rows = [[f"Source: Towns {page}"], *ROWS]

    with pytest.raises(UnreadableError, match=f"found a page of {page or today}"):
        read(rows, today=today)


def test_figures_without_any_decimal_are_refused():
    """They may have been rounded."""
    row = ["Upton", "3", "1230", "2", "820", "1", "410", "2.5", "3.0", "1.5"]

    with pytest.raises(UnreadableError, match="expected figures with one decimal"):
        read([*ROWS[:5], row])


def test_a_head_less_is_refused():
    """Each of the others would stand over another column."""
    rows = [row[1:] if row[0] == "" else row for row in ROWS]

    with pytest.raises(UnreadableError, match="found 9 headings over the 10 cells"):
        read(rows)


@pytest.mark.parametrize(
    ("text", "spans", "months", "rest"),
    [
        ("1-to-5, 2025", {5}, set(), ""),
        ("Jan. - Dec.", {12}, set(), ""),
        ("2025年1至3月", {3}, set(), ""),
        ("2 to 5", set(), {2, 5}, "to"),
        ("May, 2025", set(), {5}, ""),
        ("second half of 2025", set(), set(), "second half"),
    ],
)
def test_times_are_read_in_words_and_figures(text, spans, months, rest):
    label = parse_label(text, {})

    assert (label.spans, label.months, label.rest) == (spans, months, rest)


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("Unit: USD 1 Million", 10**6),
        ("(100 million euros)", 10**8),
        ("Unit: 亿 euros", 10**8),
        ("Sales in USD", None),
        ("1,000", None),
    ],
)
def test_a_unit_is_known_by_its_words(text, factor):
    unit = FORM.parse_unit_raising_if_undeclared(text)

    assert (unit and unit.factor) == factor


@pytest.mark.parametrize(
    "text", ["Unit: USD", "Unit: USD 3 Million", "Unit: USD 1 Milli"]
)
def test_a_unit_that_cannot_be_told_is_refused(text):
    with pytest.raises(UnreadableError, match="expected one such as USD 1 Million"):
        FORM.parse_unit_raising_if_undeclared(text)
