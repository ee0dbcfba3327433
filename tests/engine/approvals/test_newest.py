"""The edge of the tables: which rows are the newest."""

import pytest

from press.approvals.newest import NewestRowsIndex
from press.ground.period import Period
from tests.engine.bindings import STORY, make_project_with_overlay


def test_the_newest_row_is_that_wherever_it_stands(project):
    """An editor may have put the newest rows first."""
    head, *rows = project.read("data/trade.csv").splitlines()
    project.write("data/trade.csv", "\n".join([head, *reversed(rows), ""]))
    data = project.load()

    newest = NewestRowsIndex(data)

    assert {
        str(row["year"]) for row in data["trade"].rows if newest.is_newest(row)
    } == {"2023"}


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2024-04", "2024-04, the newest of honey_to_month"),
        ("2024-03", ""),
        ("2023", "2023, a newest year"),
        ("2022", ""),
    ],
)
def test_a_time_is_told_that_ends_with_a_newest_row(tmp_path, period, expected):
    """A year by itself, a month with the tables that end with it."""
    story = make_project_with_overlay(tmp_path / "story", STORY.with_name("months"))
    newest = NewestRowsIndex(story.load())

    assert newest.describe_if_newest_time(Period.parse(period)) == expected


def test_months_from_january_are_no_year(tmp_path):
    """They begin as a year does."""
    story = make_project_with_overlay(tmp_path / "story", STORY.with_name("months"))
    newest = NewestRowsIndex(story.load())
    to_april = Period(Period.parse("2024-01").first, Period.parse("2024-04").last)

    told = newest.describe_if_newest_time(to_april)

    assert told == "2024-04, the newest of honey_to_month"
