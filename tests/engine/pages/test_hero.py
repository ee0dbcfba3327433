"""What stands beside the title of the story: what the card of its first chart shows."""

import re

import pytest

from tests.engine.test_stories import STORIES

CHART = "content/en/charts/totals.md"
CARD = 'number = "[$240.1 billion](fact:total/2023) of trade in 2023"'
SHOWN = re.compile(r"<i>(.*?)</i>", re.DOTALL)


@pytest.fixture
def story(make_project):
    """Return a story whose pages show a hero."""
    project = make_project(overlay=STORIES / "chart-pages")
    project.replace(
        "templates/page.html", "{{ body }}", "{% if hero is defined and hero %}<i>{{ hero }}</i>{% endif %}{{ body }}"
    )
    project.replace("templates/page.html", "{{ hero }}", "{{ hero.picture }}{{ hero.words }}")
    return project


def heroes(story):
    """Return what is shown of a hero on each page that has one."""
    found = (
        (address, SHOWN.findall(file.text)) for address, file in story.build().items() if address.endswith(".html")
    )
    return {address: shown[0] for address, shown in found if shown}


def test_the_story_shows_the_line_of_its_first_chart_beside_its_title(story):
    """In the colours of the style sheet, with the number of the card; on no other page."""
    story.replace(CHART, "\n[words]", f'\n[card]\n{CARD}\nline = "total_usd_billion"\n[words]')
    (address, shown), *others = heroes(story).items()

    assert (address, others) == ("index.html", [])
    assert "stroke-linecap" in shown
    assert 'fill="var(--accent,currentColor)"' in shown
    assert '<data value="240110000000">$240.1 billion</data>' in shown
    assert re.sub("<[^>]+>", "", shown).endswith("$240.1 billion of trade in 2023")


@pytest.mark.parametrize("card", ["", f"\n[card]\n{CARD}"], ids=["no card", "no line"])
def test_without_a_line_there_is_no_hero(story, card):
    """A number alone is no picture."""
    story.replace(CHART, "\n[words]", f"{card}\n[words]")
    assert heroes(story) == {}
