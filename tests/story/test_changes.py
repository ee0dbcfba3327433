"""What readers are told has changed: on its page and in the feed; whatever it is."""

from __future__ import annotations

import re

import feedparser
import pytest
from lxml import etree

from tests.engine.pages.test_feed import GRAMMAR
from tests.story.conftest import BASE_URL

LISTED = re.compile(r'<section class="change"[^>]*>.*?<h2 id="[^"]+">(.*?)</h2>', re.DOTALL)
FEED = re.compile(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]*)"')


@pytest.fixture(scope="module")
def changes(bound):
    """Return what has changed since the publication, newest first."""
    return [*reversed(bound.texts.own.changes.items)]


def test_the_page_lists_what_it_promises(story_built, changes):
    """All changes, corrections among them, to which the page on corrections leads."""
    text, corrections = ((story_built.root / f"{name}.html").read_text("utf-8") for name in ("changes", "corrections"))

    assert LISTED.findall(text) == [item.title for item in changes]
    assert 'id="list"' in corrections
    assert '<a href="changes.html">all changes</a>' in corrections


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
