"""Documents that somebody or something has spoilt: each is refused with what was found
and expected, in time.
"""

import json
import re
import sys

import pytest

from press.ground.errors import BuildError
from press.intake import ImportContext, merge_releases, read_release_from_file
from story.checks import check
from story.sources import ADAPTERS
from story.sources.customs import SITE
from tests.cases import load_cases
from tests.story.conftest import ROOT
from tests.story.sources.printed import (
    Style,
    change_words,
    lines,
    page,
    stored,
    title_of,
)
from tests.story.sources.test_comtrade import answer, row
from tests.story.sources.test_fred import BRENT, CPI, series
from tests.workbooks import csv_of, xlsx

CASES = load_cases(__file__)

# of the processor, for a document that would take for ever
SECONDS = 2
TOO_LONG = f"takes more than {SECONDS} s of the processor or too much memory"
MARCH = Style(year=2026, month=3)
PAGE, ROWS = page(MARCH), lines(MARCH)
CSV, OIL = csv_of(ROWS), series(BRENT, *["80.12"] * 24)
NOT_READ = (
    "found nothing to read, expected a publisher's page or a table with the columns of"
    " one in data/"
)
NO_ROWS = "found JSON without rows of data, {}, expected some"
UNKNOWN = (
    f"{NOT_READ}\n    customs: found no table (4), by country or region, expected one"
)
COMTRADE = "https://comtradeapi.un.org/"
DISTRICT = "http://gongbei.customs.gov.cn/1.html"
SPOILT = {
    "table cut off before Russia": (
        CSV.partition("Russian")[0],
        "found no rows labelled Russian Federation",
    ),
    "PDF": (b"%PDF-1.4\n1 0 obj<<>>endobj\n", UNKNOWN),
    # Another document.
    "service page": ("<html><body>Service unavailable</body></html>", UNKNOWN),
    "other XML": ('<?xml version="1.0"?><Cube currency="USD" rate="1.1"/>', NOT_READ),
    "other CSV": ("KEY,FREQ,TIME_PERIOD,OBS_VALUE\nUSD,D,2024-01-02,1.0956\n", UNKNOWN),
    "other series": (
        OIL.replace(BRENT, "GDP"),
        f"found the series GDP, expected {CPI} or {BRENT}",
    ),
    "another reporter": (
        json.dumps(json.loads(answer(row(reporterCode=842))), separators=(",", ":")),
        'found reporterCode "842" in the row 2024, 643, 270900, expected 156',
    ),
    "another partner": (
        answer(row(partner=276)),
        'found partnerCode "276" in the row 2024, 276, 270900, expected 643, 682',
    ),
    "one row twice": (
        answer(row(), row()),
        "energy_values/2024/Russia/crude_oil: found two rows for it, expected one",
    ),
    # Another country, year, month or currency.
    "European numbers": (
        PAGE.translate({ord("."): ",", ord(","): "."}).replace("Mar, 2026", "Mar 2026"),
        'found "1.535,4" in the row "Russian Federation", expected a number such as',
    ),
    "spaces in numbers": (
        re.sub(r"(?<=>)(\d+),(\d+)", "\\1\u00a0\\2", PAGE),
        'found "1 535.4" in the row "Russian Federation", expected a number such as',
    ),
    "another year in the head": (
        page(MARCH, before=title_of(Style(month=3))),
        ' and "(4) China',
    ),
    "another currency throughout": (
        page(MARCH._replace(currency="USD")),
        "found 1932.8, expected at least 4000 USD",
    ),
    # Figures that contradict each other.
    "narrow column": (
        CSV.replace('"4,280.4"', "########"),
        'found "########" in the row "Russian Federation"',
    ),
    # Made to harm.
    "tables in tables": (
        f"{'<table><tr><td>' * 4000}{PAGE}{'</table>' * 4000}",
        TOO_LONG,
    ),
    "deep JSON": ("[" * 1_000_000, NO_ROWS),
    **{
        name: (change_words(PAGE, changes), words)
        for name, (changes, words) in CASES["pages"].items()
    },
}


# Series that share too little with their tables: a person is asked.
OTHER = {
    "prices that are none": (
        OIL.replace(BRENT, CPI),
        {"us_cpi/series": "2 rows of us_cpi are printed again, 2 otherwise: another"},
    ),
    "a year before the table": (
        answer(row("2010")),
        {
            "energy_values/series": "0 rows of energy_values are printed again, 0 ",
            "energy_volumes/series": "0 rows of energy_volumes are printed again, 0 ",
        },
    ),
    "a neighbour of Brent": (
        series(BRENT, "75.11", "79.02", "81.30", start=(2024, 1)),
        {"oil_prices/series": "3 rows of oil_prices are printed again, 3 otherwise: "},
    ),
    "an index of another base": (
        series(CPI, *["50.0"] * 36, start=(2022, 1)),
        {"us_cpi/series": "3 rows of us_cpi are printed again, 3 otherwise: another"},
    ),
}


@pytest.fixture(scope="module")
def inquiry(data):
    return ImportContext(ROOT, ADAPTERS, data, "2026-11-29")


def tell_address(body):
    """Return an address of the site that a document may be of."""
    if "observation_date" in str(body):
        return ""  # of FRED, whose series tells it
    return COMTRADE if str(body).startswith("{") else SITE


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_document_is_refused(inquiry, saved, monkeypatch, name):
    """With what was found; nothing is to be written."""
    body, words = SPOILT[name]
    if words == TOO_LONG:
        monkeypatch.setattr(sys.modules["press.intake.sheets"], "SECONDS", SECONDS)
    path = saved(body)

    with pytest.raises(BuildError) as error:
        merge_releases(
            inquiry.data,
            [read_release_from_file(path, tell_address(body), inquiry)],
            (),
            check,
        )

    assert words in str(error.value)


@pytest.mark.parametrize("name", OTHER)
def test_another_series_is_asked_about(inquiry, saved, name):
    """In one question a table; nothing is to be written before it is answered."""
    body, expected = OTHER[name]

    found = merge_releases(
        inquiry.data,
        [read_release_from_file(saved(body), tell_address(body), inquiry)],
        (),
        check,
    )

    assert found.files == {}
    assert found.questions.keys() == expected.keys()
    for question, words in expected.items():
        assert found.questions[question].startswith(words)


def test_what_is_spoilt_was_right(inquiry, saved):
    """Each of the documents that are spoilt above is read as it was."""
    for body in (PAGE, CSV, answer(row()), OIL, xlsx(stored(ROWS))):
        assert read_release_from_file(saved(body), tell_address(body), inquiry).lines


def test_a_page_of_a_district_is_refused(inquiry, saved):
    """It looks like one of the administration; its address alone tells."""
    message = f'found the address "{DISTRICT}", expected that of a page of customs'

    with pytest.raises(BuildError, match=re.escape(message)):
        read_release_from_file(saved(PAGE), DISTRICT, inquiry)
