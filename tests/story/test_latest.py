"""The next month: what the story says of the newest one is then false, and ``fix`` writes it anew."""

from __future__ import annotations

import re

import pytest

import build
from press.desk import commands
from tests.story import newer
from tests.story.conftest import copy_of_the_story

CHART = "content/en/charts/growth_since.md"
TITLE = "To [{}](fact:last_month) trade was [up {}%](fact:published_growth/latest)"


def next_month(root, growth):
    """Return the table of totals since January with the rows of one month more, with a growth in percent."""
    tables = {name: newer.Table(root / "data" / f"{name}.csv", root) for name in ("trade_to_month", "trade_annual")}
    table = tables["trade_to_month"]
    table.new = newer.next_month(tables, "trade_to_month")
    for row in table.new:
        row |= {"growth_percent": growth, "growth_precision_points": "0.1"}
    return table


def bound(root):
    """Hold the texts of a copy to its tables."""
    return build.bind(root, lambda _line: None)


def false_in(root):
    """Return what the build says of the title."""
    return [problem.message for problem in bound(root).problems if (problem.path, problem.line) == (CHART, 2)]


@pytest.fixture
def copied(tmp_path):
    """Return a copy of the project in which a chart's title tells of the newest month, and a function that adds one."""
    root = tmp_path / "story"
    copy_of_the_story(root)

    def add(growth):
        table = next_month(root, growth)
        table.write()
        month = table.new[0]["month"]
        if month.endswith("-12"):  # the table of years has that
            return add(growth)
        return TITLE.format(bound(root).texts.own.date(month), growth)

    title = add("12.5")
    text = (root / CHART).read_text("utf-8")
    (root / CHART).write_text(re.sub(r'(?m)^title = ".*"$', f'title = "{title}"', text, count=1), "utf-8")
    return root, add


def test_a_title_about_the_newest_month_is_false_after_the_next_and_fix_repairs_it(copied):
    """Number and date are links, so that both are written, and nothing is left of the title for a person."""
    root, add = copied
    assert false_in(root) == []

    title = add("11.4")

    assert any("latest is now" in message for message in false_in(root))
    commands.run(["fix"], root, build.build, build.bind, build.this_story)
    assert false_in(root) == []
    assert f'\ntitle = "{title}"\n' in (root / CHART).read_text("utf-8")
