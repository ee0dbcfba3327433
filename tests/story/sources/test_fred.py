"""The series of FRED: yearly means of prices, monthly prices of Brent; broken files are
refused with a message.
"""

import contextlib
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.intake import UnreadableError, parse_document
from story.sources.fred import ADDRESS, BRENT, CPI, FRED


def series(name, *values, start=(2024, 1)):
    """Return a file of FRED: a value a month from ``start`` on, a point for one that is
    missing.
    """
    year, month = start
    days = [
        f"{year + (month - 1 + n) // 12}-{(month - 1 + n) % 12 + 1:02d}-01"
        for n in range(len(values))
    ]
    lines = (f"{day},{value}" for day, value in zip(days, values, strict=True))
    return "\n".join([f"observation_date,{name}", *lines, ""])


def read(body, asked="", today="2026-11-29"):
    address = f"{ADDRESS}{asked}" if asked else ""
    return FRED.read(parse_document(body.encode(), address, today))


def figures(release):
    return [tuple(line.values.items()) for line in release.lines]


def of_year(mean, months):
    return (("year", "2024"), ("index_1982_84_100", mean), ("months_averaged", months))


def of_month(month, price):
    figures = ("price_usd_per_barrel", price), ("precision_usd_per_barrel", "0.01")
    return (("month", month), ("grade", "Brent"), *figures, ("status", "published"))


PRICES = [f"{300 + month}.5" for month in range(12)]


def test_a_year_of_prices_is_the_mean_of_its_months():
    release = read(series(CPI, *PRICES, "320.000"), CPI)

    assert figures(release) == [of_year("306.000", "12")]
    assert release.source["address"] == f"{ADDRESS}{CPI}"


def test_a_mean_is_rounded_half_up():
    """As its description says: 215.3025 is 215.303."""
    assert figures(read(series(CPI, *["215.3"] * 11, "215.33"))) == [
        of_year("215.303", "12")
    ]


@pytest.mark.parametrize("missing", [".", ""])
def test_a_year_without_one_month_has_the_mean_of_eleven(missing):
    prices = [*PRICES[:9], missing, *PRICES[10:]]

    assert figures(read(series(CPI, *prices))) == [of_year("305.682", "11")]


@pytest.mark.parametrize(
    "prices", [PRICES[:11], [*PRICES[:9], ".", ".", PRICES[11]], [*PRICES[:11], "."]]
)
def test_a_year_that_has_not_ended_or_misses_more_gives_nothing(prices):
    """Eleven months without December may only be a year that goes on."""
    assert read(series(CPI, *prices)).lines == []


@pytest.mark.parametrize(
    ("name", "today", "newest"),
    [
        (BRENT, "2024-03-31", "2024-03"),
        (BRENT, "2024-02-29", "2024-03"),
        (CPI, "2024-12-31", "2024-12"),
    ],
)
def test_a_month_that_has_not_ended_is_refused(name, today, newest):
    """What is printed before its end is no mean of it."""
    body = series(name, *PRICES[: int(newest[5:])])

    with pytest.raises(
        UnreadableError, match=f"found {newest} as the newest month on {today}"
    ):
        read(body, today=today)
    assert read(body, today="2025-01-01")


def test_years_before_the_table_begins_are_left_out():
    release = read(series(CPI, *(["150.0"] * 36), start=(1994, 1)))

    assert [line.values["year"] for line in release.lines] == ["1996"]


def test_a_month_of_brent_is_its_mean_to_the_cent():
    release = read(series(BRENT, "60.0", "71.2345", ".", "1", start=(2017, 12)), BRENT)

    assert figures(release) == [
        of_month("2018-01", "71.23"),
        of_month("2018-03", "1.00"),
    ]


def test_other_line_ends_are_read():
    body = series(BRENT, "80.5").replace("\n", "\r\n")

    assert figures(read("\ufeff" + body)) == figures(read(series(BRENT, "80.5")))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (series(BRENT), "found a head and no row below it, expected some"),
        (
            series(BRENT, "60.0", start=(2017, 12)),
            "found no value as the newest month on 2026-11-29, expected one that has ended",
        ),
        (
            series(BRENT, "80.5*"),
            (
                'found "2024-01-01,80.5*" after "", expected the first of the month after,'
                " and a number or a point"
            ),
        ),
        (series(BRENT, "-80.5"), 'found "2024-01-01,-80.5" after ""'),
        (
            series(BRENT, "80.5,1"),
            'found "2024-01-01,80.5,1", expected 2 cells as in the head',
        ),
        (
            series(BRENT, "80.5") + "2024-01-01,80.5\n",
            'found "2024-01-01,80.5" after "2024-01-01", expected the first of the month after',
        ),
        (
            series(BRENT, "80.5") + "2024-04-01,80.7\n",
            'found "2024-04-01,80.7" after "2024-01-01", expected the first of the month',
        ),
        (
            series(BRENT, "80.5") + "2024-13-01,80.5\n",
            'found "2024-13-01,80.5" after "2024-01-01"',
        ),
        (
            series(BRENT, "80.5") + "2024-02-01,８0\n",
            'found "2024-02-01,８0" after "2024-01-01"',
        ),
    ],
)
def test_what_is_wrong_is_told(body, message):
    with pytest.raises(UnreadableError, match=re.escape(message)):
        read(body)


@pytest.mark.parametrize(
    "body", ["<html>Service unavailable</html>", "date,value\n2024,1\n", "a\n"]
)
def test_another_document_is_another_adapter_s(body):
    """It says so in a word."""
    with pytest.raises(
        UnreadableError,
        match="found no tables with the columns observation_date, expected one",
    ) as error:
        read(body, CPI)
    assert error.value.known == 0


def test_another_series_is_told():
    """One that was not asked for, several in one file."""
    for body, expected, words in [
        (
            series(BRENT, "1"),
            CPI,
            f"found the address .*{CPI}, expected .*{BRENT}, that",
        ),
        (
            series(f"{BRENT},{CPI}", "1,2"),
            "",
            f"found the series {BRENT}, {CPI}, expected {CPI} or {BRENT}",
        ),
        (
            series(CPI, "1"),
            f"{CPI}&cosd=2025-01-01",
            "found the address .*cosd=2025-01-01, expected .*, that of the whole series",
        ),
    ]:
        with pytest.raises(UnreadableError, match=words):
            read(body, expected)


def test_both_series_are_asked_for(tables):
    assert FRED.list_addresses(tables(), "") == [f"{ADDRESS}{CPI}", f"{ADDRESS}{BRENT}"]


WHOLE = series(BRENT, *(f"{60 + number}.1{number % 10}" for number in range(24)))


@given(
    st.integers(0, len(WHOLE) - 1),
    st.integers(0, 30),
    st.sampled_from(["", ",", "\n", ".", '"', "x", "\0", "-"]),
)
def test_a_spoilt_series_has_only_months_and_prices_that_it_prints(start, length, put):
    """Signs that are taken out or put in end in lines that stand there, or in a
    message.
    """
    spoilt = WHOLE[:start] + put + WHOLE[start + length :]
    with contextlib.suppress(UnreadableError):
        release = read(spoilt)
        printed = re.findall(
            r"^(\d{4}-\d\d)-01,(\d+(?:\.\d+)?),*\r?$", spoilt, re.MULTILINE
        )
        taken = {
            (line.values["month"], line.values["price_usd_per_barrel"])
            for line in release.lines
        }
        assert taken <= {
            (month, str(Decimal(value).quantize(Decimal("0.01"))))
            for month, value in printed
        }
