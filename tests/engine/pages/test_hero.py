"""What stands beside the title: lines bound like any text; of shares, one part in squares of its wholes."""

from __future__ import annotations

import re

import pytest

from press.ground.errors import BuildError
from tests.engine.test_stories import STORIES

LINES = "{% for line in hero %}<i>{{ line.words }} {{ line.side }}</i>{% endfor %}"
SHOWN = re.compile(r"<i>(.*?)</i>", re.DOTALL)


@pytest.fixture
def story(make_project):
    """Return a story with shares, whose pages show a hero."""
    project = make_project(overlay=STORIES / "bindings")
    project.replace("templates/page.html", "{{ body }}", LINES + "{{ body }}")
    return project


def lines(project, *texts):
    """Return what is shown of a hero with these lines."""
    hero = "".join(f"    '{text}',\n" for text in texts)
    project.replace("content/en/index.md", "\n+++\n", f"\nhero = [\n{hero}]\n+++\n")
    return SHOWN.findall(project.build()["index.html"].text)


def test_a_share_is_a_square_of_side_one_in_a_square_of_its_whole(story):
    """The side of the whole follows from the figure, not from its words; a line without a share has none."""
    share, plain = lines(story, "[about 54%](fact:share/import/2023) imports in 2023", "Of all trade")

    assert re.search(r'href="numbers.html#[^"]*share[^"]*"', share)
    assert share.endswith(" imports in 2023 1.36")  # 0.538 of 1.36 × 1.36 is 1
    assert plain == "Of all trade None"


def test_a_hero_is_proved(story):
    """A line that the tables refute is a problem, at its own line."""
    with pytest.raises(BuildError, match=r"content/en/index.md:6:7: .about 64%. means 63.5 to 64.5 percent"):
        lines(story, "[about 64%](fact:share/import/2023) imports in 2023")


def test_a_page_without_a_hero_has_none(story):
    """Most pages have no such lines."""
    assert SHOWN.findall(story.build()["index.html"].text) == []
