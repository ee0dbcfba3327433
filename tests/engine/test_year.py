"""A year of updates, played month by month on a small story: what an editor is told,
asked and spared when a month, a December, another publisher comes in, when a page
prints a month no more, when an index has another base.
"""

from typing import NamedTuple

import pytest

from tests.engine.approvals.reading import read_all, unread
from tests.engine.bindings import (
    INDEX,
    STORY,
    append_paragraph,
    list_problems,
    make_project_with_overlay,
)
from tests.engine.intake.tables import with_log

pytestmark = pytest.mark.long  # a story is held to its tables some sixty times
MONTHS = "month,honey_t,precision_t,source_ids\n"
SOURCE = "id,publisher,title,address,published\n"
# What the valley has gathered since January, by month: the record of 1,500 falls in
# November; from September on another publisher prints it.
YEAR = {
    "2024-05": 800,
    "2024-06": 900,
    "2024-07": 1100,
    "2024-08": 1250,
    "2024-09": 1360,
    "2024-10": 1440,
    "2024-11": 1530,
    "2024-12": 1610,
    "2025-02": 120,
}
RECORDS = ['"more honey than in any other year"', '"a record"']
# What an editor writes then: until when it was a record; and what the next year says.
MENDED = {
    (
        "In 2022 the valley gathered [more honey than in any other"
        " year](claim:highest/honey.2022)."
    ): "Honey of a valley.",
    "of honey, [a record](claim:highest/honey.2022).": (
        "of honey, from 2020 to 2023 [a record](claim:highest/honey.2022/2020/2023)."
    ),
    "was [out of reach](claim:never/honey.latest/plenty) in every year that we know.": (
        "was [passed](claim:crossed/honey.2024/plenty) in 2024."
    ),
}
LEANING = "These months were dry."
PROVENANCE = "Our figures come second-hand, through newspapers."


class Month(NamedTuple):
    """What a month brought: whether it came in, the words that are false after ``fix``,
    and those that are to be read, before somebody mended and read them.
    """

    status: int
    false: list[str]
    asked: list[str]


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """Return what each month of the year brought, by the month."""
    folder = tmp_path_factory.mktemp("year")
    story = with_log(
        make_project_with_overlay(folder / "story", STORY.with_name("months"))
    )
    read_all(story)
    months = {}
    for month, tonnes in YEAR.items():
        publisher = "beta" if month < "2024-09" else "gamma"
        page = f"{publisher}-{month}"
        rows = {
            "honey_to_month": f"{MONTHS}{month},{tonnes},0.1,{page}\n",
            "sources": f"{SOURCE}{page},{publisher.title()},Honey to {month},"
            f"https://{publisher}.example/{month},{month}-28\n",
        }
        for table, text in rows.items():
            (folder / f"{table}.csv").write_text(text, "utf-8")
        status = story.run("import", *(f"{folder / name}.csv" for name in rows)).status
        story.run("fix")
        false = [
            line.split(": ", 1)[1].partition(" is not")[0]
            for line in list_problems(story)
        ]
        months[month] = Month(status, false, unread(story))
        mend(story)
        read_all(story)
    return months


def mend(story):
    """Write what an editor writes where the checker names something, until it is
    satisfied.
    """
    for old, new in MENDED.items():
        if list_problems(story) and old in story.read(INDEX):
            story.replace(INDEX, old, new)
    assert list_problems(story) == []


def test_every_month_comes_in(year):
    """And the next one, on what an editor made of it."""
    assert {month: item.status for month, item in year.items()} == dict.fromkeys(
        YEAR, 0
    )


def test_a_record_falls_in_the_month_in_which_it_falls(year):
    """Not in December, when the year has its row; what was out of reach is passed
    then.
    """
    false = {month: item.false for month, item in year.items() if item.false}

    assert false == {"2024-11": RECORDS, "2024-12": ['"out of reach"']}


@pytest.mark.parametrize("month", ["2024-06", "2024-07", "2024-08", "2024-10"])
def test_a_month_like_those_before_asks_for_what_leans_on_it_alone(year, month):
    """Numbers that moved on are no reason to read their sentences."""
    assert year[month].asked == [LEANING]


def test_another_publisher_asks_for_where_figures_come_from(year):
    """In the month in which it prints first, and in December, when its year comes in."""
    asking = [month for month, item in year.items() if PROVENANCE in item.asked]

    assert asking == ["2024-09", "2024-12"]


# An office whose one page prints months anew each time.
OFFICE = """from press.intake import Adapter, Release, ReleaseRow

def read(document):
    *_, rows = document.tables
    source = {
        "id": "office-2024",
        "publisher": "Office",
        "title": "Honey of this year",
        "address": "https://office.example/",
        "published": "2024-08-01",
    }
    lines = [
        ReleaseRow("honey_to_month", {"month": month, "honey_t": tonnes, "precision_t": "1"})
        for month, tonnes in rows
    ]
    return Release("Office: honey", source, lines)

ADAPTERS = [Adapter("office", read)]
"""
MAY = "To May 2024 the valley gathered [800 tonnes](fact:honey_to_month/2024-05)."
JUNE = "To June 2024 the valley gathered [900 tonnes](fact:honey_to_month/2024-06)."
ROW_OF_MAY = "2024-05,800,1,office-2024\n"


def format_page(*rows):
    """Return the office's page, with a row for each month and its tonnes."""
    cells = "".join(
        f"<tr><td>{month}</td><td>{tonnes}</td></tr>" for month, tonnes in rows
    )
    return f"<!doctype html><title>Honey</title><table>{cells}</table>"


@pytest.fixture
def withdrawn(tmp_path):
    """Return a story with the months of a page, and what was said when the page printed
    only one of them.
    """
    story = make_project_with_overlay(tmp_path / "story", STORY.with_name("months"))
    story.write("story/sources.py", OFFICE)
    page = tmp_path / "page"
    page.write_text(format_page(("2024-05", 800), ("2024-06", 900)), "utf-8")
    assert story.run("import", str(page)).status == 0
    append_paragraph(story, MAY)
    append_paragraph(story, JUNE)
    story.run("fix")
    mend(story)
    read_all(story)
    before = story.sources()
    page.write_text(format_page(("2024-06", 900)), "utf-8")
    outcome = story.run("import", str(page))
    assert (outcome.status, story.sources()) == (0, before)
    return story, outcome.out


def test_a_row_that_its_page_prints_no_more_is_named_and_stays(withdrawn):
    """An editor who keeps it has nothing to do."""
    story, said = withdrawn

    assert (
        "1 row no longer printed: honey_to_month/2024-05 by office-2024\nNothing new\n"
        in said
    )
    assert (list_problems(story), unread(story)) == ([], [])


def test_an_editor_who_takes_a_row_out_is_told_what_rests_on_it(withdrawn):
    """What is bound to it, and the newest growth, which goes back to a month before;
    nothing else.
    """
    story, _ = withdrawn
    story.replace("data/honey_to_month.csv", ROW_OF_MAY, "")

    growth, row = list_problems(story)

    assert 'found "33.3% more", expected "12.5% more"' in growth
    assert "no figure for honey_to_month/2024-05" in row
    story.run("fix")
    story.replace(INDEX, f"\n{MAY}\n", "")
    assert (list_problems(story), unread(story)) == ([], [LEANING])


LEVEL = "The index stood at [175](fact:price_index/2023) in 2023."
PRICES = (
    'price_index = Panel("prices", year).value("index")\n'
    'real_price = price_index.multiple("base")\n'
)
REAL = "In 2023 a jar cost [1.75](fact:real_price/2023/2008) times as much as in 2008."


@pytest.fixture
def rebased(tmp_path):
    """Return a story of prices with texts that are bound to them, and the file in
    which they are printed anew: 2023 is 100.
    """
    story = with_log(
        make_project_with_overlay(tmp_path / "story", STORY.with_name("months"))
    )
    facts = story.read("story/facts.py")
    story.write("story/facts.py", facts.replace("december =", f"{PRICES}december ="))
    append_paragraph(story, LEVEL)
    append_paragraph(story, REAL)
    assert list_problems(story) == []
    read_all(story)
    head, *rows = story.read("data/prices.csv").splitlines()
    anew = [head]
    for row in rows:
        time, index, _ = row.split(",")
        anew.append(f"{time},{int(index) / 1.75:.2f},gamma-2025")
    prices = tmp_path / "prices.csv"
    prices.write_text("\n".join(anew) + "\n", "utf-8")
    sources = tmp_path / "sources.csv"
    page = "gamma-2025,Gamma,Prices,https://gamma.example/,2025-01-28\n"
    sources.write_text(SOURCE + page, "utf-8")
    return story, ["import", str(prices), str(sources)]


def test_an_index_on_another_base_is_asked_about_once(rebased):
    """Whether it is the same series: not for each of its figures."""
    story, command = rebased
    before = story.sources()

    outcome = story.run(*command)

    assert (outcome.status, story.sources()) == (1, before)
    assert outcome.out.endswith("1 question: nothing is written\n")
    assert story.run(*command, "--answer", "prices/series").status == 0


def test_an_index_on_another_base_leaves_no_text_silently_false(rebased):
    """Its level is written anew; by how much a price has risen stays true."""
    story, command = rebased
    story.run(*command, "--answer", "prices/series")

    (false,) = list_problems(story)
    assert '"175"' in false
    story.run("fix")

    assert list_problems(story) == []
    assert LEVEL.replace("175", "100") in story.read(INDEX)
    assert REAL in story.read(INDEX)
    assert len(story.read("data/revisions.csv").splitlines()) == 1 + 16
