"""What readers are told has changed: on its page, on the page on corrections, in the feed; whatever it is."""

from __future__ import annotations

import re

import feedparser
import pytest
from lxml import etree

from tests.engine.pages.test_feed import GRAMMAR
from tests.story.conftest import BASE_URL

LISTED = re.compile(r'<section class="change"[^>]*>.*?<h[23] id="[^"]+">(.*?)</h[23]>', re.DOTALL)
FEED = re.compile(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]*)"')


@pytest.fixture(scope="module")
def changes(bound):
    """Return what has changed since the publication, newest first."""
    return [*reversed(bound.texts.own.changes.items)]


def test_both_pages_list_what_they_promise(story_built, changes):
    """All changes on one, corrections on the other, which says so where there is none."""
    texts = {name: (story_built.root / f"{name}.html").read_text("utf-8") for name in ("changes", "corrections")}
    corrected = [item.title for item in changes if item.kind == "correction"]

    assert LISTED.findall(texts["changes"]) == [item.title for item in changes]
    assert LISTED.findall(texts["corrections"]) == corrected
    assert ("the site has had no correction" in texts["corrections"]) == (not corrected)


def test_the_feed_is_valid_and_every_page_names_it(story_built, changes):
    """By the grammar of Atom and a reader's parser; without an address there is neither feed nor link."""
    body = (story_built.repository / "feed.atom").read_bytes()
    GRAMMAR.assertValid(etree.fromstring(body))
    found = feedparser.parse(body)
    root = story_built.repository
    pages = [path for path in root.rglob("*.html") if path.relative_to(root).parts[0] not in {"embed", "editions"}]

    assert (found.bozo, len(found.entries)) == (False, len(changes))
    assert {link.href for link in found.feed.links if link.rel == "self"} == {f"{BASE_URL}/feed.atom"}
    assert {len(FEED.findall(path.read_text("utf-8"))) for path in pages} == {1}
    assert not (story_built.root / "feed.atom").exists()
    assert not [path for path in story_built.root.rglob("*.html") if "feed.atom" in path.read_text("utf-8")]
