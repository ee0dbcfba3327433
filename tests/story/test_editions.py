"""Editions of this story: those that there are, and one of the story as it stands."""

import json
import re

import jsonschema
import pytest

import build
from press.content import read_editions
from press.desk.order import Order
from press.desk.paper import pdf
from press.ground.address import Base
from press.ground.steps import nobody
from press.pages import Stays
from press.pages.checks import seen
from press.pages.templates import inside
from tests.story.conftest import ROOT, this_story, words_of
from tools.browser import find

FOLDER = "editions/of-today/"
MOST, PRINTED = 1_700_000, 2_500_000  # bytes of an edition, as they are, and of it on paper
LOADED = re.compile(r'<(?:script[^>]* src|link rel="(?:stylesheet|preload)"[^>]* href|img[^>]* src)="([^"]+)"')


@pytest.fixture(scope="session")
def edition(story_built, pool, tmp_path_factory):
    """Return the files of an edition of the story as it stands, by their places."""
    stays = Stays("of-today", "2026-11-26")
    root = story_built.copy(tmp_path_factory.mktemp("edition") / "story")  # a build drops pictures that it needs not
    site = dict(build.build(Order(root, Base(), nobody, pool, this_story, edition=stays)))
    return {place.removeprefix(FOLDER): file.body for place, file in site.items() if place.startswith(FOLDER)}


def hold(files):
    """Hold an edition to what is promised of each: it lacks nothing, runs nothing, and its numbers have receipts."""
    if "story.html" in files:
        hold_one_file(files)
    numbers = json.loads(files["numbers.json"])
    jsonschema.validate(numbers, json.loads(files["numbers.schema.json"]))
    ids = {number["id"] for number in numbers["numbers"]}
    anchors = set(seen(files["numbers.html"], "numbers.html", Base()).ids)
    assert ids <= anchors
    for place in ("index.html", "numbers.html"):
        page = files[place].decode()
        links = seen(files[place], f"{FOLDER}{place}", Base()).links
        assert set(LOADED.findall(page)) <= files.keys()
        assert "<script src" not in page
        own = {(leads_to.removeprefix(FOLDER), anchor) for _, leads_to, anchor in links if leads_to.startswith(FOLDER)}
        assert {leads_to for leads_to, _ in own} <= files.keys()
        assert {anchor for leads_to, anchor in own if leads_to == "numbers.html" and anchor} <= anchors


def hold_one_file(files):
    """Hold an edition's one file to what is promised of it: it loads nothing, and has the words and the receipts."""
    page, story = files["story.html"].decode(), files["index.html"].decode()
    ids = seen(files["story.html"], f"{FOLDER}story.html", Base()).ids
    links = re.findall(r'\b(?:href|src)="([^"]*)"', page)
    assert {link.partition(":")[0] for link in links if not link.startswith("#")} <= {"data", "http", "https"}
    assert {link[1:] for link in links if link.startswith("#")} <= {*ids, ""}
    assert all(name.startswith("data:") for name in re.findall(r"url\(([^)]*)\)", page) if not name.startswith("#"))
    assert len(ids) == len(set(ids))
    assert {number["id"] for number in json.loads(files["numbers.json"])["numbers"]} <= set(ids)
    assert "<script src" not in page
    sentences = re.findall(r"<(?:p|h2|blockquote)\b[^>]*>(.*?)</", story)
    assert [each for each in sentences if words_of(each) not in words_of(page)] == []
    for style in re.findall(r"<style>(.*?)</style>", page):
        assert inside(style).name in page  # the page's policy allows it


def hold_paper(paper):
    """Hold a PDF to what is promised of it: tagged, in English, with title and outline, from no disk."""
    for part in (b"/Marked true", b"/StructTreeRoot", b"/Lang (en)", b"/Title (Past the ", b"/Outlines"):
        assert part in paper
    assert b"file:" not in paper
    assert len(paper) < PRINTED


def test_no_edition_lacks_anything(edition):
    """Neither one of today nor any that is kept, however many there are, whatever the story has become since."""
    for files in (edition, *(item.files for item in read_editions(ROOT))):
        hold(files)
    for files in (item.files for item in read_editions(ROOT) if "story.pdf" in item.files):
        hold_paper(files["story.pdf"])


def test_an_edition_of_today_says_what_it_is(edition):
    """To readers and to search engines, on each page; and it weighs little, unpacked."""
    for place in ("index.html", "numbers.html"):
        page = edition[place].decode()
        assert '<meta name="robots" content="noindex">' in page
        assert "This is edition of-today, of 26 November 2026; it stays as it is. <a href" in page
    assert sum(map(len, edition.values())) < MOST


def test_an_edition_s_steps_stand_with_their_chart(edition, bound):
    """In their order within its figure, as the states of a chart do that has some."""
    page = edition["index.html"].decode()
    stepped = {name: text for name, text in bound.texts.charts.items() if text.steps or text.states}
    for name, text in stepped.items():
        figure = page.partition(f'<figure id="{name}"')[2].partition("</figure>")[0]
        places = [words_of(figure).find(each.flat) for each in text.strings if each.what == "step"]
        assert places == sorted(places)
        assert -1 not in places
    assert len(stepped) > 1
    assert "scripting: enabled" not in page  # else they would wait for a script


@pytest.mark.browser
def test_an_edition_prints_as_a_tagged_document(edition, monkeypatch):
    """And as the same whenever it is printed."""
    monkeypatch.setenv("CHROME", str(find()))
    paper, again = (pdf(edition["story.html"], "2026-11-26") for _ in range(2))

    hold_paper(paper)
    assert paper == again
    assert b"/ModDate (D:20261126000000" in paper


def test_the_story_links_to_the_newest_edition_as_one_file(story_built):
    """Beside its citation: as HTML, and as a PDF where that was made."""
    newest = read_editions(ROOT)[-1]
    cite = (story_built.root / "index.html").read_text("utf-8").partition('<details id="cite">')[2]
    found = re.findall(r'href="([^"]*)" download', cite.partition("</details>")[0])

    assert found == [f"{newest.folder}{name}" for name in ("story.html", "story.pdf") if name in newest.files]
    assert found
    assert all((story_built.root / place).is_file() for place in found)
