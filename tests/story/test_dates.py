"""The dates, licences and descriptions that the site publishes: true of its changes and
tables, whatever they say.
"""

import json
import re
import subprocess
import sys
from datetime import date

import pytest
import yaml

from press.ground.period import Period
from press.pages.dates import DueDateCalendar
from tests.story.conftest import BASE_URL, ROOT

NONE, DUE = "No later figures were found by", "Next figures due by"
DATED = re.compile(
    rf"(Published|Last changed|Figures to|{NONE}|{DUE}) (?:<a [^>]*>)?<time"
    r" datetime=\"([^\"]*)\""
)
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def changes(bound):
    """Return what has changed since the publication; nothing before it."""
    return bound.texts.changes


@pytest.fixture(scope="module")
def calendar(bound, changes):
    """Return what decides whether figures are still promised."""
    return DueDateCalendar(changes.last, str(bound.texts.settings.looked_on or ""))


@pytest.fixture(scope="module")
def pages(story_built):
    """Return the text of each page that has an address of its own and is not an
    edition's, by its place in the site.
    """
    root = story_built.repository
    found = {
        path.relative_to(root).as_posix(): path.read_text("utf-8")
        for path in sorted(root.rglob("*.html"))
    }
    return {
        address: text
        for address, text in found.items()
        if not address.startswith(("embed/", "editions/"))
    }


def things(text):
    """Return what search engines are told on a page, by type."""
    return {
        item["@type"]: item
        for found in SCRIPT.findall(text)
        for item in json.loads(found)["@graph"]
    }


def timeless(pages):
    """Return the charts of tables without a time, such as maps: no other page is of no
    time.
    """
    charts = {
        address: text
        for address, text in pages.items()
        if address.startswith("charts/")
    }
    return {
        address
        for address, text in charts.items()
        if "temporalCoverage" not in things(text)["WebPage"]
    }


def test_every_page_says_when_it_was_published_and_changed_and_how_far_it_goes(
    pages, calendar, changes, data
):
    """The dates are those of the changes and of the newest row of the table of monthly
    totals; none is overdue.

    A story that is not published yet has neither of the first two.
    """
    told = {
        address: dict(DATED.findall(text.partition('<footer class="site')[2]))
        for address, text in pages.items()
    }

    assert {item.get("Published", "") for item in told.values()} == {changes.published}
    for address, item in told.items():
        assert item.get("Last changed", "") == changes.find_last_day(
            address.removesuffix(".html")
        )
    for address in ("index.html", "numbers.html", "404.html"):
        assert told[address]["Figures to"] == max(
            row["month"] for row in data["trade_to_month"].rows
        )
        leading = data["trade_to_month"]
        assert (told[address].get(DUE, ""), told[address].get(NONE, "")) == (
            calendar.find_coming_due_day(leading),
            calendar.find_day_looked_in_vain(leading),
        )
    assert {
        address for address, item in told.items() if "Figures to" not in item
    } == timeless(pages)


def test_each_table_says_which_figures_are_to_come(pages, calendar, data):
    """Promised, or looked for in vain; where its calendar says neither, nothing."""
    text = pages["data-and-methods.html"].partition('<footer class="site')[0]
    parts = re.split(r'<div id="(\w+)">', text)

    told = {
        name: dict(DATED.findall(part))
        for name, part in zip(parts[1::2], parts[2::2], strict=True)
    }
    assert told.keys() == data.keys()
    for name, days in told.items():
        assert (days.get(DUE, ""), days.get(NONE, "")) == (
            calendar.find_coming_due_day(data[name]),
            calendar.find_day_looked_in_vain(data[name]),
        )


def test_no_chart_says_that_its_figures_go_beyond_its_tables(pages, data):
    """A goal, or a year of which some months are known, is no figure."""
    newest = max(table.newest for table in data.values() if table.description.time_keys)
    events = data["events"].newest
    charts = [
        text
        for address, text in pages.items()
        if "charts/" in address and address not in timeless(pages)
    ]
    ends = {dict(DATED.findall(text))["Figures to"] for text in charts}

    assert {end for end in ends if end > max(newest, events)} == set()


def test_figures_are_due_after_the_last_ones_ended(data):
    """Each calendar names a day after the month that it is about, and January comes
    with February.
    """
    due = {name: table for name, table in data.items() if table.due}

    assert "trade_to_month" in due
    for table in due.values():
        assert date.fromisoformat(table.due) > date(
            Period.parse(table.newest).year, 1, 1
        )
        assert table.due[:7] > table.newest
    assert due["trade_to_month"].due[5:7] != "02"


def test_a_citation_has_a_date_once_the_story_is_published(pages, changes):
    """The day of the publication, whose year programs read; until then it says that
    there is none.
    """
    charts = {
        address: text
        for address, text in pages.items()
        if address.startswith("charts/")
    }

    assert len(charts) > 10
    is_published = bool(changes.published)
    for text in charts.values():
        assert ("(n.d.)" in text) != is_published
        assert (f"year = {{{changes.published[:4]}}}" in text) == is_published
    assert "nobody has said" not in "".join(pages.values()).lower()


def test_search_engines_are_told_of_every_page(pages, changes, data):
    """The story is an article, the tables are a catalogue; each with its dates and the
    time it covers.
    """
    told = {
        address: things(text)
        for address, text in pages.items()
        if address != "404.html"
    }

    for address, found in told.items():
        main = found["Article" if address == "index.html" else "WebPage"]
        assert main.get("datePublished", "") == changes.published
        assert main.get("dateModified", "") == changes.find_last_day(
            address.removesuffix(".html")
        )
        assert ("temporalCoverage" in main) == (address not in timeless(pages))
        assert re.fullmatch(
            r"\d{4}[\d-]*(/\d{4}[\d-]*)?", main.get("temporalCoverage", "2023")
        )
        assert main["url"] == f"{BASE_URL}/{'' if address == 'index.html' else address}"
    listed = told["data-and-methods.html"]["DataCatalog"]["dataset"]
    assert [item["distribution"][0]["contentUrl"] for item in listed] == [
        f"{BASE_URL}/data/{name}.csv" for name in data
    ]
    assert (
        told["index.html"]["Article"]["isBasedOn"]["@id"]
        == told["data-and-methods.html"]["DataCatalog"]["@id"]
    )


def test_the_file_that_says_how_to_cite_the_repository_is_valid_and_dated(changes):
    """By the schema of the format, which comes with check-jsonschema; its day is that
    of the last change, if any.
    """
    path = ROOT / "CITATION.cff"
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.citation-file-format",
        str(path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
    assert (
        str(yaml.safe_load(path.read_text("utf-8")).get("date-released", ""))
        == changes.last
    )
