"""What pages say of time comes from changes.toml and the tables: for each
page its own.
"""

import json
import re
from types import SimpleNamespace

import pytest

from press.pages.dates import (
    PageDates,
    list_tables_due_with_chart,
    narrow_coverage_to_times,
)
from tests.engine.test_stories import STORIES

NONE, DUE = "No later figures were found by", "Next figures due by"
DATED = re.compile(
    rf"(Published|Last changed|Figures to|{NONE}|{DUE}) <time datetime=\"([^\"]*)\""
)


@pytest.fixture
def dated(make_project):
    """Return a story with changes."""
    return make_project(overlay=STORIES / "dates")


def told(site, page):
    """Return the dates that a page shows its readers."""
    return dict(DATED.findall(site[page].text))


def test_each_page_has_the_day_on_which_it_last_changed(dated):
    """The publication is the story's; a change that names pages is theirs."""
    site = dated.build()
    common = {"Published": "2024-02-01", "Figures to": "2023", DUE: "2025-01-14"}

    assert told(site, "index.html") == common | {"Last changed": "2024-03-08"}
    assert told(site, "404.html") == common | {"Last changed": "2024-02-01"}


def test_no_page_promises_figures_for_a_day_before_the_last_change(dated):
    """They are late then, and the day has passed; on the day itself they may come."""
    promised = {}
    for day in ("2025-01-14", "2025-01-15"):
        change = (
            f'\n[[changes]]\nid = "on-{day}"\ndate = {day}\nkind = "change"\ntitle ='
            ' "More"\npages = ["sources"]\n'
        )
        dated.write(
            "content/en/changes.toml", dated.read("content/en/changes.toml") + change
        )
        promised[day] = {
            page
            for page in ("index.html", "404.html")
            if DUE in told(dated.build(), page)
        }

    assert promised == {"2025-01-14": {"index.html", "404.html"}, "2025-01-15": set()}


@pytest.mark.parametrize(
    ("day", "told_of"),
    [
        pytest.param("2025-01-14", None, id="the day on which they may still come"),
        pytest.param("2025-01-15", "2025-01-15", id="a day later"),
        pytest.param("", None, id="nobody has looked"),
    ],
)
def test_a_day_on_which_late_figures_were_looked_for_stands_in_place_of_a_promise(
    dated, day, told_of
):
    """Only where they were due before it: what comes in since makes it old."""
    if day:
        leading = 'leading = "trade"\n'
        dated.replace("content/site.toml", leading, f"{leading}looked_on = {day}\n")
    site = dated.build()

    found = told(site, "index.html")
    assert found.get(NONE) == told_of
    assert (DUE in found) == (told_of is None)
    package = json.loads(site["data/datapackage.json"].text)
    (refresh,) = [item["refresh"] for item in package["resources"] if "refresh" in item]
    assert (refresh.get("looked_on"), refresh.get("next_due")) == (
        told_of,
        found.get(DUE),
    )


@pytest.mark.parametrize(
    ("day", "is_promised"),
    [
        pytest.param("2025-01-14", True, id="the day on which they may still come"),
        pytest.param("2025-01-15", False, id="a day later"),
    ],
)
def test_a_build_that_is_told_the_day_promises_nothing_for_one_before_it(
    dated, day, is_promised
):
    """Not for people, of the site and of each table, and not for programs; with no
    other file changed.
    """
    outcome = dated.run("build", "--day", day)

    assert outcome.status == 0, outcome.err
    for page in ("index.html", "data-and-methods.html", "data/datapackage.json"):
        text = (dated.root / "site" / page).read_text("utf-8")
        assert ("2025-01-14" in text) == is_promised


def test_without_changes_and_without_a_leading_table_only_the_figures_have_dates(dated):
    """What nobody has said is left out, and the newest figures of all tables count, but
    not the dates of pages read.
    """
    (dated.root / "content/en/changes.toml").unlink()
    dated.replace("content/site.toml", 'leading = "trade"\n', "")

    assert told(dated.build(), "index.html") == {
        "Figures to": "2023",
        DUE: "2025-01-14",
    }


@pytest.mark.parametrize(
    ("times", "begin", "through"),
    [
        pytest.param(["2019", "2023", "2021"], "2019", "2023", id="history"),
        pytest.param(["2019", "2030"], "2019", "2024-04", id="a goal"),
        pytest.param(["2019", "2024"], "2019", "2024-04", id="a year that is not over"),
        pytest.param(["2024-01", "2024-03"], "2024-01", "2024-03", id="months"),
        pytest.param([], "2011", "2024-04", id="no times"),
    ],
)
def test_a_chart_reaches_as_far_as_it_shows_and_no_further_than_its_figures(
    times, begin, through
):
    """A goal, or a year of which some months are known, are no figures to come."""
    found = narrow_coverage_to_times(
        PageDates(begin="2011", through="2024-04"), times, also_narrows_end=True
    )

    assert (found.begin, found.through) == (begin, through)


def test_times_of_events_do_not_tell_how_far_figures_go():
    """The figures of a year that has come in go further than its last event."""
    found = narrow_coverage_to_times(
        PageDates(begin="2011", through="2024"),
        ["2019", "2024-05"],
        also_narrows_end=False,
    )

    assert (found.begin, found.through) == ("2019", "2024")


@pytest.mark.parametrize(
    ("newest", "times", "due_with"),
    [
        pytest.param(["2024", "2024-12"], ["2023", "2024"], ["2024"], id="years"),
        pytest.param(["2024-12"], ["2023", "2024"], ["2024-12"], id="made of months"),
        pytest.param(
            ["2024", "2024-12"], ["2024", "2024-12"], ["2024", "2024-12"], id="months"
        ),
        pytest.param(["2024", "2024-12"], [], ["2024", "2024-12"], id="no times"),
    ],
)
def test_a_chart_of_years_promises_no_month(newest, times, due_with):
    """The next month of another table adds no year to it."""
    tables = [SimpleNamespace(newest=time) for time in newest]

    found = list_tables_due_with_chart(tables, times)

    assert [table.newest for table in found] == due_with


def test_programs_are_told_of_months_where_readers_are_told_of_quarters():
    """ISO 8601 knows none: an interval goes from the first month to the last."""
    assert PageDates(begin="2023-Q4", through="2024-Q3").coverage == "2023-10/2024-09"
    assert PageDates(begin="1896", through="2024-08-10").coverage == "1896/2024-08-10"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        pytest.param(
            'leading = "trade"',
            'leading = "sources"',
            'content/site.toml:3: found leading = "sources", expected a table whose key'
            " holds a time\n    hint: there are: trade",
            id="a table of no time",
        ),
        pytest.param(
            'leading = "trade"',
            'looked_on = "2025-01-20"',
            'content/site.toml:3: looked_on is "2025-01-20", expected a day without'
            " quotes: 2026-11-26",
            id="no day",
        ),
    ],
)
def test_names_that_are_not_there_are_told(dated, old, new, problem):
    """With the file and the line."""
    dated.replace(problem.partition(":")[0], old, new)

    assert dated.run("check").problems == problem


def test_the_numbers_for_programs_have_the_dates_of_the_site(make_project):
    """As far as they are known."""
    story = make_project(overlay=STORIES / "bindings")
    story.write(
        "content/en/changes.toml",
        (STORIES / "dates/content/en/changes.toml").read_text("utf-8"),
    )
    story.replace(
        "content/en/changes.toml", 'pages = ["index", "data-and-methods"]\n', ""
    )

    refresh = '[refresh]\nhow = "By hand."\ndue = { months = 1, day = 14 }\n\n[schema]'
    settings = story.read("content/site.toml")
    story.write("content/site.toml", f"looked_on = 2025-01-20\n{settings}")
    story.write(
        "data/trade.toml", story.read("data/trade.toml").replace("[schema]", refresh, 1)
    )

    document = json.loads(story.build()["numbers.json"].text)
    known = {
        "published": "2024-02-01",
        "changed": "2024-03-20",
        "data_through": "2023",
        "looked_on": "2025-01-20",
    }
    assert document["dates"] == known
