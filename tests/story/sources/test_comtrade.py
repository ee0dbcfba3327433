"""Answers of UN Comtrade: values and weights of fuels as China filed them; anything
else is refused with a message.
"""

import contextlib
import json
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.intake import UnreadableError, parse_document
from story.sources.comtrade import ADDRESS, COMTRADE
from story.sources.customs import CUSTOMS
from tests.cases import load_cases

CASES = load_cases(__file__)


def row(period="2024", code="270900", partner=643, value=62589812345.5, **changes):
    """Return a row as the interface writes it."""
    return {
        "typeCode": "C",
        "freqCode": "A",
        "refYear": int(period),
        "refMonth": 52,
        "period": period,
        "reporterCode": 156,
        "reporterDesc": "China",
        "flowCode": "M",
        "partnerCode": partner,
        "partner2Code": 0,
        "cmdCode": code,
        "customsCode": "C00",
        "mosCode": "0",
        "motCode": 0,
        "netWgt": 108470123456.0,
        "isNetWgtEstimated": False,
        "cifvalue": value,
        "fobvalue": None,
        "primaryValue": value,
        "isAggregate": True,
        **changes,
    }


def answer(*rows, count=None, error=""):
    return json.dumps(
        {
            "elapsedTime": "0.2 secs",
            "count": len(rows) if count is None else count,
            "data": rows,
            "error": error,
        },
        indent=1,
    )


def csv_of(*rows):
    """Return rows as the site saves them: a comma ends each but the first."""
    lines = [
        ",".join(rows[0]),
        *(",".join(map(str, each.values())).replace("None", "") + "," for each in rows),
    ]
    return "\n".join([*lines, ""])


def read(body, address=f"{ADDRESS}2024,2025"):
    return COMTRADE.read(parse_document(body.encode(), address, "2026-11-29"))


def figures(release):
    return [(line.table, *line.values.values()) for line in release.lines]


def test_an_answer_gives_values_codes_and_weights():
    release = read(answer(row()))

    assert figures(release) == [
        (
            "energy_values",
            "2024",
            "Russia",
            "crude_oil",
            "62589.812",
            "0.001",
            "270900",
        ),
        ("energy_volumes", "2024", "Russia", "crude_oil", "108.470", "0.001"),
    ]
    assert release.source["address"] == f"{ADDRESS}2024,2025"
    assert release.source["id"].startswith("comtrade-china-fuels-2024-2025-")
    assert release.source["title"].endswith(", 2024, 2025")


def test_csv_gives_the_same():
    rows = (row(), row(partner=682, netWgt=None), row("2025", isNetWgtEstimated=True))

    assert read(csv_of(*rows)).lines == read(answer(*rows)).lines


@pytest.mark.parametrize(
    "changes",
    [
        {"netWgt": None},
        {"netWgt": 0},
        {"isNetWgtEstimated": True},
        {"isNetWgtEstimated": "", "legacyEstimationFlag": 4},
        {"legacyEstimationFlag": 6},
        {"code": "271019"},
    ],
)
def test_a_weight_that_china_did_not_file_is_left_out(changes):
    """Estimated, missing, or of a product that the tables do not weigh."""
    assert {line.table for line in read(answer(row(**changes))).lines} == {
        "energy_values"
    }


def test_what_the_tables_do_not_hold_is_passed_over():
    """Products of Saudi Arabia but crude oil: they come with one question for both."""
    others = [row(partner=682, code="271111"), row(partner=682)]
    release = read(answer(*others, row("2025")))

    assert {tuple(line.values.values())[:3] for line in release.lines} == {
        ("2024", "Saudi Arabia", "crude_oil"),
        ("2025", "Russia", "crude_oil"),
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("partnerCode", 0),
        ("cmdCode", "2709"),
        ("flowCode", "X"),
        ("motCode", 1000),
        ("customsCode", "C01"),
        ("partner2Code", 392),
        ("freqCode", "M"),
    ],
)
def test_a_row_of_something_else_refuses_an_answer(name, value):
    """It is no answer to what was asked; other rows may be none either."""
    with pytest.raises(UnreadableError, match=f'found {name} "{value}" in the row 20'):
        read(answer(row(), row("2025") | {name: value}))


@pytest.mark.parametrize(("changes", "message"), CASES["contradicting"])
def test_fields_that_contradict_each_other_or_are_not_known_are_refused(
    changes, message
):
    """A code alone does not say what a row is of."""
    with pytest.raises(UnreadableError, match=re.escape(message)):
        read(answer(row(**changes)))


def test_what_says_the_same_as_the_codes_is_read():
    """As the interface writes it."""
    said = {
        "partnerISO": "RUS",
        "partnerDesc": "Russian Federation",
        "partner2Desc": "World",
        "flowDesc": "Import",
        "cmdDesc": "Petroleum oils and oils obtained from bituminous minerals; crude",
        "motDesc": "TOTAL MOT",
        "customsDesc": "TOTAL CPC",
        "classificationCode": "H6",
        "refPeriodId": 20240101,
        "regionCode": 0,
        "publishedDate": "2026-05-11",
    }

    assert figures(read(answer(row(**said)))) == figures(read(answer(row())))


@pytest.mark.parametrize(
    "asked", ["flowCode=X&", "partnerCode=643,398&", "motCode=2100&", "Flows=X&"]
)
def test_an_address_that_asks_for_something_else_is_refused(asked):
    """Whatever its answer says of itself."""
    with pytest.raises(UnreadableError, match="found an address that asks for"):
        read(answer(row()), ADDRESS.replace("flowCode=M&", asked) + "2024")


def test_an_address_of_months_is_refused():
    """Its rows may not say of what they are."""
    with pytest.raises(UnreadableError, match="found an address that asks for /public"):
        read(answer(row()), ADDRESS.replace("/C/A/HS", "/C/M/HS") + "2024")


def test_prices_of_two_suppliers_that_lie_far_apart_are_refused():
    """Their values or weights have been exchanged."""
    with pytest.raises(UnreadableError, match="found crude oil at 577 and 369 dollars"):
        read(answer(row(), row(partner=682, value=40e9)))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (answer(), "found JSON without rows of data, {"),
        (
            answer(row(code="99")),
            'found cmdCode "99" in the row 2024, 643, 99, expected 270900, 270112, 271111',
        ),
        (
            answer(error="Rate limit is exceeded. Try again in 2 seconds."),
            '"error": "Rate limit is exceeded. Try again in 2 seconds."}, expected some',
        ),
        (
            answer(row(flowCode="X"), row(flowCode="M", partner=32)),
            'found flowCode "X" in the row 2024, 643, 270900, expected M',
        ),
        (
            csv_of(row()).replace("156,China,M,", ""),
            ", expected 20 cells as in the head",
        ),
        (
            answer(row() | {"period": "202401"}),
            'found period "202401" in the row 202401, 643, 270900, expected a year',
        ),
        (
            answer(row(value=None)),
            'found primaryValue "" in the row 2024, 643, 270900, expected a number above zero',
        ),
        (
            answer(row(value=-1.0)),
            'found primaryValue "-1.0" in the row 2024, 643, 270900, expected a number above',
        ),
        (
            answer(row(isReported=False)),
            'found isReported "false" in the row 2024, 643, 270900, expected true, 1',
        ),
        (
            answer(row(refMonth=9)),
            'found refMonth "9" in the row 2024, 643, 270900, expected 52',
        ),
        (answer(row(primaryValue=1.0)), "expected a value c.i.f."),
        (answer(row(cifvalue=None, fobvalue=62589812345.5)), "expected a value c.i.f."),
        (
            csv_of(row(cifvalue="", primaryValue="6.26E+10")),
            "expected all digits: a spreadsheet cut them",
        ),
        (answer(row(), count=2), "found 1 rows, expected 2 as the answer counts"),
        (answer(row(), error="Timeout"), 'found error "Timeout" in the row 2024, 643'),
        (
            answer(row(partner=682, code="270112")),
            "found no year, expected imports of 2024",
        ),
        ('{"count": 1, "data": [1]}', "found JSON without rows of data"),
        ('{"count": 1, "data": {}}', "found JSON without rows of data"),
        ('{"data": [{"a": 1, "a": 2}]}', 'found the name "a" twice'),
        (
            csv_of(row()).replace("fobvalue", "cifvalue"),
            'found the name "cifvalue" twice',
        ),
    ],
)
def test_what_is_wrong_is_told(body, message):
    with pytest.raises(UnreadableError, match=re.escape(message)):
        read(body)


@pytest.mark.parametrize("body", ["<html>Access denied</html>", "a,b\n"])
def test_another_document_is_another_adapter_s(body):
    """It says so in a word."""
    with pytest.raises(UnreadableError) as error:
        read(body)
    assert error.value.known == 0


def test_the_year_that_is_known_must_be_there():
    """An answer to a question that the interface no longer understands
    counts no rows.
    """
    with pytest.raises(UnreadableError, match="found 2025, expected imports of 2024"):
        read(answer(row("2025")))


def test_an_answer_of_as_many_rows_as_are_sent_at_most_is_refused():
    """Others may have been cut off."""
    with pytest.raises(UnreadableError, match="fewer than 500, after which it is cut"):
        read(answer(*[row()] * 500))


@pytest.mark.parametrize(
    ("years", "asked", "expected"),
    [
        (["2023", "2025"], "2023,2024,2025", "2023, 2024"),
        (["2023"], "2023,2024,2025", "2023, 2024"),
        (["2023"], "2024", "2024"),
    ],
)
def test_a_year_that_is_missing_is_told(years, asked, expected):
    """Of those that were asked for, but for the newest; of those."""
    body = answer(*map(row, years))
    address = f"{ADDRESS}{asked}" if asked else "https://example.org/"

    with pytest.raises(UnreadableError, match=f"expected imports of {expected}"):
        read(body, address)


@pytest.mark.parametrize(
    ("since", "years"),
    [("", "2024,2025"), ("2023-05", "2023,2024,2025"), ("2026-01", "2024,2025")],
)
def test_the_newest_year_is_asked_for_with_the_next(tables, since, years):
    data = tables(
        energy_values=(
            "year,supplier,product",
            "year,supplier,product",
            "2023,R,lng",
            "2024,R,crude_oil",
        )
    )

    assert COMTRADE.list_addresses(data, since) == [f"{ADDRESS}{years}"]


WHOLE = answer(row(), row("2025", partner=682))


@given(
    st.integers(0, len(WHOLE) - 1),
    st.integers(0, 30),
    st.sampled_from(["", ",", '"', "}", "[]", "null", "\0", "9"]),
)
def test_a_spoilt_answer_is_read_or_refused(start, length, put):
    """Whatever is taken out or put in: cells of the two tables above zero, nothing, or
    a message.
    """
    with contextlib.suppress(UnreadableError):
        release = read(WHOLE[:start] + put + WHOLE[start + length :])
        assert all(
            Decimal(text) >= 0
            for line in release.lines
            for text in tuple(line.values.values())[3:]
        )


@pytest.mark.parametrize("body", [answer(row()), csv_of(row(partnerDesc="Russia"))])
def test_an_answer_is_left_to_its_own_adapter(body):
    """Customs, which is asked first, knows nothing of it."""
    with pytest.raises(UnreadableError) as caught:
        CUSTOMS.read(parse_document(body.encode(), "", "2026-11-29"))

    assert not caught.value.known
