"""The timeline and the glossary: every event and every term once, in order, with as
much of a date as is known.
"""

import re
from collections import Counter

import pytest

from tests.story.conftest import read_cells

KNOWN = {"year": 4, "month": 7, "day": 10}  # how many characters of a date are known
EVENT = re.compile(
    r'<li class="event" data-kind="(?P<kind>\w+)">(?P<body>.*?<h3'
    r' id="(?P<id>[^"]+)">.*?)</li>',
    re.DOTALL,
)
WHEN = re.compile(r'<p class="when"><time datetime="([^"]+)">([^<]+)</time>')
YEAR = re.compile(
    r'<section class="year" aria-labelledby="in-(\d{4})">.*?</section>', re.DOTALL
)
CHOICE = re.compile(
    r'value="(\w+)"(?: autocomplete="off")(?: checked)?> [\w ]+<span'
    r' class="number">(\d+)</span>'
)
TERM = re.compile(
    r'<section class="term" aria-labelledby="([^"]+)">\s*<div class="head"><h2'
    r' id="\1">(.*?)</h2>'
)


@pytest.fixture(scope="module")
def page(story_built):
    return (story_built.root / "timeline.html").read_text("utf-8")


def table(name):
    """Return the rows of a table by their ids, as they are written."""
    return {row["id"]: row for row in read_cells(name)}


def shown(page):
    """Return id, machine-readable date and date in words of each event, in the order of
    the page.
    """
    return [
        (event["id"], *WHEN.search(event["body"]).groups())
        for event in EVENT.finditer(page)
    ]


def test_every_event_stands_in_the_timeline_once(page):
    """The page has the events of the table, none twice."""
    assert sorted(name for name, _, _ in shown(page)) == sorted(table("events"))


def test_the_timeline_goes_by_date(page):
    """Events follow each other as their dates do."""
    events = table("events")
    dates = [events[name]["date"] for name, _, _ in shown(page)]

    assert len(dates) > 50
    assert dates == sorted(dates)


def test_an_event_stands_below_its_year(page):
    """A year is a heading once, and below it stand the events of that year."""
    sections = [
        (year[1], [date[:4] for _, date, _ in shown(year[0])])
        for year in YEAR.finditer(page)
    ]

    assert [year for year, _ in sections] == sorted(
        {row["date"][:4] for row in table("events").values()}
    )
    assert [(year, dates) for year, dates in sections if set(dates) != {year}] == []


def test_a_date_is_shown_as_exactly_as_it_is_known(page):
    """Neither a machine nor a reader is given a day, or a month, that is not known."""
    events = table("events")
    expected = {
        name: row["date"][: KNOWN[row["date_precision"]]]
        for name, row in events.items()
    }
    # "7 December 2023" has three
    parts = {name: len(words.split()) for name, _, words in shown(page)}

    assert {name: date for name, date, _ in shown(page)} == expected
    assert parts == {name: len(date.split("-")) for name, date in expected.items()}
    assert set(parts.values()) == {1, 2, 3}


def test_an_event_names_its_sources(page):
    """Below an event are links to all of its sources, the finest print first."""
    events = table("events")
    small = {
        event["id"]: event["body"].rpartition('<p class="small">')[2]
        for event in EVENT.finditer(page)
    }
    linked = {
        name: re.findall(r'href="sources\.html#([^"]+)"', text)
        for name, text in small.items()
    }

    assert linked == {
        name: row["source_ids"].split(";") for name, row in events.items()
    }


def test_the_choices_say_how_many_events_they_show(page):
    """Beside each kind stands how many events of it there are, and all of them beside
    the first choice.
    """
    events = table("events").values()

    assert dict(CHOICE.findall(page)) == {
        "all": str(len(events)),
        **{
            kind: str(count)
            for kind, count in Counter(row["category"] for row in events).items()
        },
    }


def test_the_glossary_is_in_alphabetical_order(story_built):
    """The terms of the table stand in the glossary, in the order of their headings."""
    found = TERM.findall((story_built.root / "glossary.html").read_text("utf-8"))

    assert sorted(name for name, _ in found) == sorted(table("terms"))
    assert [heading for _, heading in found] == sorted(
        (heading for _, heading in found), key=str.casefold
    )


def test_every_term_is_met_somewhere(story_built):
    """Each term is linked from a page other than the glossary."""
    links = re.compile(r'href="(?:\.\./)*glossary\.html#([^"]+)"')
    pages = [path.read_text("utf-8") for path in story_built.root.rglob("*.html")]

    assert (
        set(table("terms")) - {name for page in pages for name in links.findall(page)}
        == set()
    )
