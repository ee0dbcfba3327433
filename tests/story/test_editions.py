"""Editions of this story: those that there are, and one of the story as it stands."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest

import build
from press.content import read_editions
from press.ground.address import Base
from press.pages import Stays
from press.pages.checks import seen
from tests.story.conftest import ROOT

FOLDER = "editions/of-today/"
MOST = 1_100_000  # bytes of an edition, as they are
LOADED = re.compile(r'<(?:script[^>]* src|link rel="(?:stylesheet|preload)"[^>]* href|img[^>]* src)="([^"]+)"')


@pytest.fixture(scope="session")
def edition(story_built, worker, tmp_path_factory):
    """Return the files of an edition of the story as it stands, by their places."""
    stays = Stays("of-today", "2026-11-26")
    root = story_built.copy(tmp_path_factory.mktemp("edition") / "story")  # a build drops pictures that it needs not
    site = dict(build.build(root, Base(), lambda _line: None, worker, edition=stays))
    return {place.removeprefix(FOLDER): file.body for place, file in site.items() if place.startswith(FOLDER)}


def hold(files):
    """Hold an edition to what is promised of each: it lacks nothing, runs nothing, and its numbers have receipts."""
    numbers = json.loads(files["numbers.json"])
    jsonschema.validate(numbers, json.loads(files["numbers.schema.json"]))
    ids = {number["id"] for number in numbers["numbers"]}
    anchors = set(seen(files["numbers.html"].decode(), "numbers.html", Base()).ids)
    assert ids <= anchors
    for place in ("index.html", "numbers.html"):
        page = files[place].decode()
        links = seen(page, f"{FOLDER}{place}", Base()).links
        assert set(LOADED.findall(page)) <= files.keys()
        assert "<script src" not in page
        own = {(leads_to.removeprefix(FOLDER), anchor) for _, leads_to, anchor in links if leads_to.startswith(FOLDER)}
        assert {leads_to for leads_to, _ in own} <= files.keys()
        assert {anchor for leads_to, anchor in own if leads_to == "numbers.html" and anchor} <= anchors


def test_no_edition_lacks_anything(edition):
    """Neither one of today nor any that is kept, however many there are, whatever the story has become since."""
    for files in (edition, *(item.files for item in read_editions(ROOT))):
        hold(files)


def test_an_edition_of_today_says_what_it_is(edition):
    """To readers and to search engines, on each page; and it weighs little, unpacked."""
    for place in ("index.html", "numbers.html"):
        page = edition[place].decode()
        assert '<meta name="robots" content="noindex">' in page
        assert "This is edition of-today, of 26 November 2026; it stays as it is. <a href" in page
    assert sum(map(len, edition.values())) < MOST
