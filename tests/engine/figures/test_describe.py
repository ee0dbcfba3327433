"""Drafts of alternative texts and summaries: what they say of a table, and that they
say nothing that is not in it.
"""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from press.figures.describe import draft_alt_and_summary
from press.ground.grid import Cell, Column, Grid

# A table, a column a series: its head, then its rows, cells parted by |; a mark; both
# drafts.
DRAFTS = {
    "rows are years": (
        (
            "year:Year|oil:Oil:$ bn|coal:Coal:$ bn / 2015|17.1|0.8 / 2016|16.9|- /"
            " 2017|24.0|2.5 / 2018|38.1|9.4"
        ),
        "line",
        (
            "Line chart of 2 series, 2015 to 2018 ($ bn). Oil: from 17.1 in 2015 to"
            " 38.1 in 2018, highest 38.1 in 2018, lowest 16.9 in 2016; Coal: from 0.8"
            " in 2015 to 9.4 in 2018, highest 9.4 in 2018, lowest 0.8 in 2015, no"
            " figure for 2016."
        ),
        "Oil: 24.0 in 2017, then 38.1 in 2018. Coal: 2.5 in 2017, then 9.4 in 2018.",
    ),
    "things without time": (
        (
            "goods:Goods|share:Share:%|value:Value:$ bn / Gas|30|- / Oil|50|40.5 /"
            " Coal|30|9.5"
        ),
        "bar",
        (
            "Bar chart of 2 series. Share (%): highest 50 (Oil), lowest 30 (Gas and"
            " Coal); Value ($ bn): highest 40.5 (Oil), lowest 9.5 (Coal), no figure for"
            " Gas."
        ),
        "Share: Oil 50, Gas 30 and Coal 30. Value: Oil 40.5 and Coal 9.5.",
    ),
    "more ties than are named": (
        (
            "year:Year|oil:Oil / 2015|0 / 2016|9 / 2017|0 / 2018|9 / 2019|0 / 2020|9 /"
            " 2021|0"
        ),
        "area",
        (
            "Area chart of 1 series, 2015 to 2021. Oil: from 0 in 2015 to 0 in 2021, "
            "highest 9 in 2016, 2018 and 2020, lowest 0 in 2015, 2017, 2019 and 1 more."
        ),
        "Oil: 9 in 2020, then 0 in 2021.",
    ),
    "few points": (
        (
            "year:Year|a:A|b:B|c:C|d:D|e:E / 2015|1|5.0|-|1|1 / 2016|-|5.0|-|1|1 /"
            " 2017|-|5.0|1|2|1 / 2018|-|5.0|-|-|-"
        ),
        "point",
        (
            "Chart of 5 series, 2015 to 2018. A: 1 in 2015, its only figure, no figure"
            " for 2016, 2017 and 2018; B: 5.0 throughout; C: 1 in 2017, its only"
            " figure, no figure for 2015, 2016 and 2018; D: from 1 in 2015 to 2 in"
            " 2017, highest 2 in 2017, lowest 1 in 2015 and 2016, no figure for 2018;"
            " and 1 more series."
        ),
        (
            "A: 1 in 2015. B: 5.0 in 2017, then 5.0 in 2018. C: 1 in 2017. D: 1 in"
            " 2016, then 2 in 2017. And 1 more series."
        ),
    ),
    "two points": (
        "year:Year|a:A / 2015|1 / 2016|2",
        "line",
        "Line chart of 1 series, 2015 to 2016. A: from 1 in 2015 to 2 in 2016.",
        "A: 1 in 2015, then 2 in 2016.",
    ),
    "words": (
        "event:Event|kind:Kind / a war|War / a meeting|Trade",
        "geoshape",
        "Map of 2 rows.",
        "The table holds no figures.",
    ),
}


def grid(written):
    """Return a table that is written in a line; the space after a figure sets it under
    others.
    """
    heads, *rows = (line.split("|") for line in written.split(" / "))
    return Grid(
        [Column(*head.split(":")) for head in heads],
        [list(map(cell, row)) for row in rows],
        labels=len(heads),  # for words may stand in any column
    )


def cell(text):
    value = Decimal(text) if re.fullmatch(r"[\d.]+", text) else text
    return Cell("–", None) if text == "-" else Cell(f"{text}\u2007", value)


@pytest.mark.parametrize("what", DRAFTS)
def test_a_draft_tells_what_the_table_holds(what):
    """Kind, span, ends, extremes, gaps and the last figures are told as the table
    writes them.
    """
    table, mark, alt, summary = DRAFTS[what]

    assert draft_alt_and_summary(grid(table), ["rule", mark]) == [
        f"alt:     {alt}",
        f"summary: {summary}",
    ]


NAMES = ["year", "month", "date", "goods", "value_usd_billion", "share_percent"]
ODD = ["", "b", "2023", "1–2", Decimal("NaN"), Decimal("-Infinity")]
VALUES = (
    some.none()
    | some.integers(-5, 3000)
    | some.decimals(-99, 99)
    | some.sampled_from(ODD)
)


@given(some.data(), some.lists(some.sampled_from(NAMES), min_size=1, unique=True))
def test_a_draft_holds_no_figure_that_its_place_in_the_table_does_not(data, names):
    """Whatever the table, both drafts are made, each a line, and each figure stands
    beside its own row's head.
    """
    rows = data.draw(
        some.lists(
            some.lists(VALUES, min_size=len(names), max_size=len(names)), max_size=6
        )
    )
    cells = [
        [Cell(f"«{row}.{number}»", value) for number, value in enumerate(line)]
        for row, line in enumerate(rows)
    ]
    columns = [Column(name, "Head") for name in names]
    alt, summary = draft_alt_and_summary(Grid(columns, cells, labels=len(names)), [])
    counts = r"Chart of \d+ (series|rows)|and \d+ more( series)?|«[\w.]+»"

    assert "\n" not in alt + summary
    assert not re.search(r"\d", re.sub(counts, "", alt))
    for row, column, place in re.findall(
        r"«(\d+)\.(\d+)» in «(\d+)\.0»", alt + summary
    ):
        assert row == place
        assert isinstance(rows[int(row)][int(column)], int | Decimal)
