"""The feed of changes: valid Atom, by the grammar of RFC 4287 and by a reader's own
parser, and the same for ever.
"""

import re
from pathlib import Path
from urllib.parse import urldefrag

import feedparser
import pytest
from lxml import etree

from press.ground.address import BaseUrl
from tests.engine.bindings import STORY
from tests.engine.pages.test_history import CHANGES, with_pages

GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).parents[1] / "atom.rng"))
BASE = BaseUrl("https://example.org/story")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def story(make_project):
    """Return a small story with changes and a page that lists them."""
    story = make_project(overlay=STORY)
    story.write("content/en/changes.toml", CHANGES)
    with_pages(story)
    return story


def read(site):
    """Return the feed as a reader sees it, after the grammar has passed it."""
    body = site["feed.atom"].body
    GRAMMAR.assertValid(etree.fromstring(body))
    found = feedparser.parse(body)
    assert not found.bozo
    return found


def test_the_feed_is_valid_and_says_who_what_and_when(story):
    """Its entries come newest first; a correction is one in its title, too."""
    found = read(story.build(BASE))

    assert (found.version, found.feed.language, found.feed.author) == (
        "atom10",
        "en",
        "A small story contributors",
    )
    assert found.feed.title == "A small story: changes"
    assert found.feed.updated == "2024-03-09T00:00:00Z"
    links = {link.rel: link.href for link in found.feed.links}
    assert links["self"] == "https://example.org/story/feed.atom"
    assert links["alternate"] == "https://example.org/story/changes.html"
    entries = [
        (item.title, item.updated[:10], item.tags[0].term, item.tags[0].label)
        for item in found.entries
    ]
    assert entries == [
        ("Correction: A slip", "2024-03-09", "correction", "Correction"),
        ("Customs printed it again", "2024-03-08", "change", "Change"),
        ("It is out", "2024-02-01", "published", "Publication"),
    ]


def test_an_entry_says_what_stood_and_what_stands(story):
    """With full addresses, each of a file and an anchor of the site."""
    site = story.build(BASE)

    entry = read(site).entries[1]

    assert (
        "Trade in 2023</a>: 1 billion became 2 billion</li>" in entry.content[0].value
    )
    assert entry.content[0].type == "text/html"
    links = [*re.findall(r'href="([^"]*)"', entry.content[0].value), entry.link]
    assert len(links) == 3
    for link in links:
        address, anchor = urldefrag(link)
        assert f'id="{anchor}"' in site[address.removeprefix(f"{BASE.url}/")].text


def test_words_of_people_are_words(story):
    """Whatever they look like: in the title, and in the content, which is HTML."""
    story.replace("content/en/changes.toml", "It is out", "Out & <b>about</b>")

    site = story.build(BASE)

    entry = etree.fromstring(site["feed.atom"].body).findall(f"{ATOM}entry")[-1]
    assert entry.findtext(f"{ATOM}title") == "Out & <b>about</b>"
    assert (
        entry.findtext(f"{ATOM}content") == "<p>Out &amp; &lt;b&gt;about&lt;/b&gt;</p>"
    )


def test_an_entry_keeps_its_name(story):
    """Whatever is added, retitled or built later; and the same story has the same
    bytes.
    """
    first = story.build(BASE)
    names = [item.id for item in read(first).entries]
    more = (
        '\n[[changes]]\nid = "more"\ndate = 2024-04-01\nkind = "change"\ntitle ='
        ' "More"\n'
    )
    story.write(
        "content/en/changes.toml",
        story.read("content/en/changes.toml").replace("A slip", "Slips") + more,
    )

    second = read(story.build(BASE))

    assert [item.id for item in second.entries][1:] == names
    assert len({second.feed.id, *(item.id for item in second.entries)}) == 5
    assert names[0] == "tag:example.org,2024-02-01:a-small-story/en/slip"


def test_there_is_no_feed_without_an_address_or_a_page_to_lead_to(story):
    """And no link to one."""
    assert "feed.atom" not in story.build()
    (story.root / "content/en/changes.md").unlink()
    site = story.build(BASE)

    assert "feed.atom" not in site
    assert not [
        name
        for name, file in site.items()
        if name.endswith(".html") and "feed.atom" in file.text
    ]
