"""An edition of this story as it stands."""

import pytest

import build
from press.desk.order import Order
from press.desk.paper import convert_page_to_pdf
from press.ground.address import BaseUrl
from press.ground.steps import discard_line
from press.pages import EditionName
from tests.browsing import extract_words
from tests.engine.editions import assert_edition_is_whole, assert_paper_is_tagged
from tests.story.conftest import import_this_story
from tools.browser import find_program

FOLDER = "editions/of-today/"
# bytes of an edition, as they are, and of it on paper
MOST, PRINTED = 1_700_000, 2_500_000


@pytest.fixture(scope="session")
def edition(story_built, pool, tmp_path_factory):
    """Return the files of an edition of the story as it stands, by their places."""
    named = EditionName("of-today", "2026-11-26")
    # a build drops pictures that it needs not
    root = story_built.copy(tmp_path_factory.mktemp("edition") / "story")
    site = dict(
        build.build(
            Order(root, BaseUrl(), discard_line, pool, import_this_story, edition=named)
        )
    )
    return {
        place.removeprefix(FOLDER): file.body
        for place, file in site.items()
        if place.startswith(FOLDER)
    }


def test_an_edition_of_today_lacks_nothing(edition):
    """It runs nothing, its numbers have receipts, and its one file has all of it."""
    assert_edition_is_whole(edition, FOLDER)


def test_an_edition_of_today_says_what_it_is(edition):
    """To readers and to search engines, on each page; and it weighs
    little, unpacked.
    """
    for place in ("index.html", "numbers.html"):
        page = edition[place].decode()
        assert '<meta name="robots" content="noindex">' in page
        assert (
            "This is edition of-today, of 26 November 2026; it stays as it is. <a href"
            in page
        )
    assert sum(map(len, edition.values())) < MOST


def test_an_edition_s_steps_stand_with_their_chart(edition, bound):
    """In their order within its figure, as the states of a chart do that has some."""
    page = edition["index.html"].decode()
    stepped = {
        name: text
        for name, text in bound.texts.charts.items()
        if text.steps or text.states
    }
    for name, text in stepped.items():
        figure = page.partition(f'<figure id="{name}"')[2].partition("</figure>")[0]
        places = [
            extract_words(figure).find(each.with_words_in_place_of_bindings)
            for each in text.strings
            if each.description == "step"
        ]
        assert places == sorted(places)
        assert -1 not in places
    assert len(stepped) > 1
    assert "scripting: enabled" not in page  # else they would wait for a script


@pytest.mark.browser
def test_an_edition_prints_as_a_tagged_document(edition, monkeypatch):
    """And as the same whenever it is printed."""
    monkeypatch.setenv("CHROME", str(find_program()))
    paper, again = (
        convert_page_to_pdf(edition["story.html"], "2026-11-26") for _ in range(2)
    )

    assert_paper_is_tagged(paper, "Ahead of schedule")
    assert len(paper) < PRINTED
    assert paper == again
    assert b"/ModDate (D:20261126000000" in paper
