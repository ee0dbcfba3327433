"""Documents that somebody or something has spoilt: each is refused with what was found and expected, in time."""

from __future__ import annotations

import gzip
import sys
import time

import pytest

from press.data import load
from press.ground.errors import BuildError
from press.intake import Inquiry, merge, understood
from story.checks import check
from story.sources import ADAPTERS
from tests.story.conftest import ROOT
from tests.story.sources.printed import Style, csv_of, lines, page, stored
from tests.story.sources.test_comtrade import answer, row
from tests.story.sources.test_fred import BRENT, CPI, series
from tests.workbooks import xls, xlsx

PATIENCE, SECONDS = 20, 5  # of a person, and of this test with a document that would take for ever
MARCH = Style(year=2026, month=3)
PAGE, ROWS = page(MARCH), lines(MARCH)
CSV, JSON, OIL = csv_of(ROWS), answer(row()), series(BRENT, *["80.12"] * 24)
XLSX, XLS = xlsx(stored(ROWS)), xls(stored(ROWS))
BREAKS_OFF = "found a page that breaks off, expected </"
ENDS = "found a table that breaks off, expected the end of a line after its last row"
BROKEN = " that cannot be read: "
NOT_READ = "found nothing to read, expected a publisher's page or a table with the columns of one in data/"
UNKNOWN = f"{NOT_READ}\n    customs: found no table of customs, expected table (4)"


def exchanged(text, one, other):
    """Return a text in which two words have changed places."""
    return text.replace(one, "\0").replace(other, one).replace("\0", other)


SPOILT = {
    # Cut off.
    **{f"page cut off at {part} %": (PAGE[: len(PAGE) * part // 100], BREAKS_OFF) for part in (5, 20, 50, 80, 99)},
    "table cut off before Russia": (CSV.partition("Russian")[0], "found no rows labelled Russian Federation"),
    "series cut off": (OIL[:-3], ENDS),
    **{f"XLSX cut off at {part} %": (XLSX[: len(XLSX) * part // 100], BROKEN) for part in (20, 60, 99)},
    **{f"XLS cut off at {part} %": (XLS[: len(XLS) * part // 100], BROKEN) for part in (20, 60)},
    # Another encoding, or no text.
    "UTF-16 without a mark": (PAGE.encode("utf-16-le"), "found a NUL byte, expected a page"),
    "Latin-1 that says UTF-8": (PAGE.replace("±", "é").encode("latin-1", "replace"), 'no "UTF-8"'),
    "packed page": (gzip.compress(PAGE.encode()), "found "),
    "PDF": (b"%PDF-1.4\n1 0 obj<<>>endobj\n", UNKNOWN),
    # Another document.
    "service page": ("<html><body>Service unavailable</body></html>", UNKNOWN),
    "other JSON": ('[{"page": 1}]', NOT_READ),
    "prices that are none": (OIL.replace(BRENT, CPI), "us_cpi/2024/index_1982_84_100: found 80.12"),
    "two months": (page(MARCH) + page(Style(month=4)), "found 2 tables with a row of Russia, expected one"),
    "a year before the table": (answer(row("2010")), "year: found 2010, expected at least"),
    # Another country, year, month or currency.
    "two Russias": (PAGE.replace("India", "Russia"), "found 2 rows labelled Russian Federation, expected one"),
    "rows exchanged": (exchanged(PAGE, "Russian Federation", "India"), "found 40.64, expected at"),
    "another year in the title": (PAGE.replace("Mar 2026", "Mar 2025"), "found a page of 2026-04-09 over a "),
    "a month that has not ended": (PAGE.replace("/04/09", "/03/09"), "found a page of 2026-03-09 over a "),
    "another currency throughout": (page(MARCH._replace(currency="USD")), "found 1932.8, expected at least 4000 USD"),
    "another unit": (PAGE.replace("100 Million", "1 Million"), "expected at least 100 CNY billion"),
    # Figures that contradict each other.
    "sum": (PAGE.replace("4,280.4", "4,290.4"), "found 1932.8 and 2347.6 beside the total 4290.4"),
    "exports for imports": (exchanged(PAGE, "1,932.8", "2,347.6"), "found growths of 11.8, 18.8, 6.5 percent"),
    "footnote in a number": (PAGE.replace("4,280.4", "4,280.41"), "with more decimals than any other row"),
    "heading less": (PAGE.replace("<td><span>3&nbsp;</span></td>", "", 1), "found 9 headings over the 10 cells"),
    # Made to harm.
    "tables in tables": (f"{'<table><tr><td>' * 4000}{PAGE}{'</table>' * 4000}", "takes more than 5 s or too"),
    "deep JSON": ("[" * 1_000_000, NOT_READ),
}  # fmt: skip


@pytest.fixture(scope="module")
def inquiry():
    return Inquiry(ROOT, ADAPTERS, load(ROOT / "data", ROOT), "2026-11-29")


@pytest.fixture
def saved(tmp_path):
    """Return a function that saves a document and gives its path."""

    def save(body):
        path = tmp_path / "document"
        path.write_bytes(body if isinstance(body, bytes) else body.encode())
        return str(path)

    return save


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_document_is_refused(inquiry, saved, monkeypatch, name):
    """Within twenty seconds, with what was found; nothing is to be written."""
    monkeypatch.setattr(sys.modules["press.intake.sheets"], "SECONDS", SECONDS)
    body, words = SPOILT[name]
    path, begin = saved(body), time.monotonic()

    with pytest.raises(BuildError) as error:
        merge(inquiry.data, [understood(path, "https://example.org/", inquiry)], (), check)

    assert words in str(error.value)
    assert time.monotonic() - begin < PATIENCE


def test_what_is_spoilt_was_right(inquiry, saved):
    """Each of the documents that are spoilt above is read as it was."""
    for body in (PAGE, CSV, JSON, OIL, XLSX, XLS):
        assert understood(saved(body), "https://example.org/", inquiry).lines
