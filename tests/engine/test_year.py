"""A year of updates, played month by month on a small story: what an editor is told,
asked and spared when a month, a December, another publisher comes in.
"""

from typing import NamedTuple

import pytest

from tests.engine.approvals.reading import read_all, unread
from tests.engine.bindings import INDEX, STORY, list_problems, make_project_with_overlay
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
