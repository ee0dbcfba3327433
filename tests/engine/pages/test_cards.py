"""Cards of charts: their number is proved like any other, their drawing is the chart's; what is wrong is told."""

import re

import pytest

from press.figures.worker import Worker
from tests.engine.test_stories import STORIES

CHART = "content/en/charts/totals.md"
NUMBER = 'number = "[$240.1 billion](fact:total/2023) of trade in 2023"'


@pytest.fixture
def story(make_project):
    """Return a small story whose charts have pages."""
    return make_project(overlay=STORIES / "chart-pages")


def carded(story, *lines):
    """Give the story's chart a card."""
    story.replace(CHART, "\n[words]", "\n".join(["\n[card]", *lines, "\n[words]"]))
    return story


def drawn(story, monkeypatch):
    """Return the SVG of the chart's card."""
    monkeypatch.setattr(Worker, "png", lambda _own, svg, _scale: svg.encode())
    return story.build()["cards/totals.png"].body.decode()


def test_a_card_shows_its_number_and_the_drawing_of_the_chart(story, monkeypatch):
    """The words are those of the card; the drawing has no lettering there."""
    svg = drawn(carded(story, NUMBER), monkeypatch)

    assert {">$240.1<", ">billion of trade in 2023<"} <= set(re.findall(">[^<]+<", svg))
    assert 'preserveAspectRatio="xMaxYMax"' in svg
    assert ">2022<" not in svg


def test_new_data_make_the_number_of_a_card_stale(story):
    """A number that is no longer true is a problem where it stands."""
    carded(story, NUMBER.replace("240.1", "146.9").replace("2023", "2021"))
    story.replace("data/trade.csv", "2021,total,146886.9", "2021,total,148000")

    assert f'{CHART}:9:12: found "$146.9 billion", expected "$148.0 billion"' in story.run("check").problems


def test_a_chart_without_a_card_has_a_headline(story, monkeypatch):
    """Title, subtitle, source and name are enough."""
    svg = drawn(story, monkeypatch)

    assert " ".join(re.findall(r"<text[^>]*>([^<]+)<", svg)) == (
        "Trade came to more each year Trade by year, billions of US dollars Source: The customs service A small story"
    )


def test_what_a_card_says_is_told_to_those_who_do_not_see_it(story):
    """The page of the chart names the card, and what stands on it; other pages that of the story, with the same."""
    story.replace("templates/page.html", "</main>", "</main><b>{{ share[0] }}: {{ share[1] }}</b>")
    site = carded(story, NUMBER).build()

    assert ("<b>cards/totals.png: Trade came to more each year: $240.1 billion of trade in 2023</b>") in site[
        "charts/totals.html"
    ].text
    assert "<b>cards/story.png: Trade went up: $240.1 billion of trade in 2023</b>" in site["404.html"].text


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        pytest.param(
            ['number = "[$76 billion](fact:total/2020) in 2020"'], "the tables have no figure", id="no such fact"
        ),
        pytest.param(['number = "All of it"'], "found no number that is bound on the card", id="no number"),
        pytest.param(['number = "[So](source:beta-2024)"'], "found no number that is bound on the card", id="a page"),
        pytest.param([NUMBER, 'bars = "total"'], 'found the unknown key "bars" in card', id="a mark"),
        pytest.param([NUMBER, 'colour = "blue"'], 'found the colour "blue", expected a name of the palette', id="blue"),
        pytest.param(['colour = "accent"'], "number is missing in card", id="a colour without a number"),
    ],
)
def test_what_a_card_cannot_show_is_told(story, lines, told):
    """Its author is told where, and what to write."""
    problems = carded(story, *lines).run("check").problems

    assert problems.startswith(f"{CHART}:")
    assert problems.count(told) == 1


def test_a_number_that_is_wrong_is_told_once(story):
    """Where it is told what is false, the card adds nothing."""
    problems = carded(story, NUMBER.replace("2023", "2020")).run("check").problems

    assert problems.count(CHART) == 1
