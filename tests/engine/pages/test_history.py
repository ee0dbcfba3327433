"""The history of numbers: what changes have said of each, in its receipt and for
programs.
"""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from press.ground.address import BaseUrl
from tests.engine.bindings import STORY

CHANGES = """[[changes]]
id = "out"
date = 2024-02-01
kind = "published"
title = "It is out"

[[changes]]
id = "printed-again"
date = 2024-03-08
kind = "change"
title = "Customs printed it again"
figures = [
  { id = "fact:total/2023", label = "Trade in 2023", before = "1 billion", now = "2 billion" },
  { id = "fact:total/2022", label = "Trade in 2022", now = "3 billion" },
]

[[changes]]
id = "slip"
date = 2024-03-09
kind = "correction"
title = "A slip"
figures = [{ id = "fact:total/2023", label = "Trade in 2023", before = "2 billion" }]
"""
HEAD = (
    '+++\ntitle = "changes"\ndescription = "What has changed."\ntemplate ='
    ' "changes"\n+++\n\nIn order.\n'
)
# The page that lists changes, as small as it can be; what is said of one change is the
# project's own template.
ALL = """{% extends "page.html" %}
{% block more %}
{% if feed %}
<a href="{{ url(feed) }}">{{ words.changes_feed }}</a>
{% endif %}
{% for item in changes %}
{% include "changed.html" %}
{% else %}
<p>{{ words.changes_none }}</p>
{% endfor %}
<p>{{ dates.changed }} at {{ changed_at }}</p>
{% endblock %}
"""
WORDS = """past_published = "Publication"
past_change = "Change"
past_correction = "Correction"
changes_none = "Nothing yet."
changes_pages = "Changed on:"
changes_everywhere = "Changed everywhere."
changes_feed = "Follow"
changes_feed_title = "{name}: changes"
"""
TEMPLATES = Path(__file__).resolve().parents[3] / "press" / "theme"


@pytest.fixture
def story(make_project):
    """Return a small story with changes of numbers."""
    story = make_project(overlay=STORY)
    story.write("content/en/changes.toml", CHANGES)
    return story


def with_pages(project):
    """Let a story have the page that lists changes."""
    words = project.read("content/en/words.toml")
    project.write("content/en/words.toml", WORDS + words)
    project.write(
        "templates/changed.html", (TEMPLATES / "changed.html").read_text("utf-8")
    )
    project.write("templates/changes.html", ALL)
    project.write("content/en/changes.md", HEAD)


def told(site, page):
    """Return what a page says of each change that it lists: the words of its lines."""
    found = re.findall(
        r'<section class="change".*?</section>', site[page].text, re.DOTALL
    )
    return [
        re.sub(r"\s*\n\s*", "\n", re.sub(r"<[^>]*>", "", each)).strip().split("\n")
        for each in found
    ]


def history(site):
    """Return the history of each number that has one, as programs are told it."""
    numbers = json.loads(site["numbers.json"].text)["numbers"]
    return {item["id"]: item["history"] for item in numbers if "history" in item}


def test_a_number_has_each_change_that_concerns_it(story):
    """Oldest first; a number of no change has no history."""
    was = {
        "kind": "change",
        "date": "2024-03-08",
        "words": "1 billion became 2 billion",
    }
    out = {
        "kind": "correction",
        "date": "2024-03-09",
        "words": "taken out; was 2 billion",
    }
    new = {"kind": "change", "date": "2024-03-08", "words": "new: 3 billion"}

    site = story.build()

    assert history(site) == {"fact:total/2023": [was, out], "fact:total/2022": [new]}


def test_the_history_leads_to_the_page_of_changes(story):
    """Where there is one; receipts show it, and programs are told it in the form that
    the schema describes.
    """
    with_pages(story)

    site = story.build()

    addresses = [item["address"] for item in history(site)["fact:total/2023"]]
    assert addresses == ["changes.html#printed-again", "changes.html#slip"]
    link = (
        '<p>2024-03-09: <a href="changes.html#slip">correction</a>, taken out; was 2'
        " billion</p>"
    )
    assert link in site["numbers.html"].text
    schema = json.loads(site["numbers.schema.json"].text)
    assert [
        *Draft202012Validator(schema).iter_errors(json.loads(site["numbers.json"].text))
    ] == []


def test_the_page_of_changes_lists_all_newest_first(story):
    """Each with its day, its kind in words, its words, what stood and stands, its
    pages, at an address of its own.
    """
    with_pages(story)
    story.replace(
        "content/en/changes.toml",
        'title = "A slip"\n',
        'title = "A slip"\npages = ["glossary", "charts/totals"]\n',
    )
    story.replace(
        "content/en/changes.toml", 'again"\nfig', 'again"\nwhy = "So <it> is."\nfig'
    )

    site = story.build()

    assert told(site, "changes.html") == [
        [
            "9 March 2024 Correction",
            "A slip",
            "Trade in 2023: taken out; was 2 billion",
            "Changed on: Words, Trade came to more each year.",
        ],
        [
            "8 March 2024 Change",
            "Customs printed it again",
            "So &lt;it&gt; is.",
            "Trade in 2023: 1 billion became 2 billion",
            "Trade in 2022: new: 3 billion",
            "Changed everywhere.",
        ],
        ["1 February 2024 Publication", "It is out"],
    ]
    ids = re.findall(r'<h2 id="([^"]*)"', site["changes.html"].text)
    assert ids == ["slip", "printed-again", "out"]


def test_a_number_of_a_change_leads_to_its_receipt_where_it_has_one(story):
    """One that was taken out has none."""
    with_pages(story)
    gone = (
        'before = "2 billion" },\n  { id = "said:nobody", label = "What nobody says",'
        ' before = "4 billion" }]'
    )
    story.replace("content/en/changes.toml", 'before = "2 billion" }]', gone)

    page = story.build()["changes.html"].text

    assert (
        '<a href="numbers.html#fact:total/2023">Trade in 2023</a>: 1 billion became 2'
        " billion" in page
    )
    assert "<li>What nobody says: taken out; was 4 billion</li>" in page


def test_a_figure_that_was_printed_again_names_who_printed_it(story):
    """And when, if that is known, on the page and in the feed: nothing else says where
    the other figure is from.
    """
    with_pages(story)
    story.replace(
        "content/en/changes.toml",
        'now = "2 billion"',
        'now = "2 billion", sources = ["beta-2024", "beta-2023"]',
    )

    site = story.build(BaseUrl("https://example.org"))

    for address in ("changes.html", "feed.atom"):
        assert (
            "first 1 billion, later 2 billion (Beta, 7 March 2024; Beta)"
            in site[address].text
        )


def test_the_page_of_changes_changed_with_each_of_them(story):
    """Whatever pages that one names."""
    with_pages(story)
    story.replace(
        "content/en/changes.toml",
        'title = "A slip"\n',
        'title = "A slip"\npages = ["index"]\n',
    )

    assert (
        "<p>2024-03-09 at changes.html#slip</p>" in story.build()["changes.html"].text
    )


def test_a_story_that_is_not_published_has_changed_nothing(story):
    """The page says that there is nothing, and no feed is there."""
    with_pages(story)
    (story.root / "content/en/changes.toml").unlink()

    site = story.build(BaseUrl("https://example.org"))

    assert "<p>Nothing yet.</p>" in site["changes.html"].text
    assert [address for address in site if address.endswith(".atom")] == []


def test_what_a_change_names_may_be_gone(story):
    """The log keeps what was told: a figure that has no receipt now has its words and
    figures, without a link; pages and sources that are gone are not named.
    """
    with_pages(story)
    old = (
        '\n[[changes]]\nid = "month"\ndate = 2024-03-10\nkind = "change"\ntitle = "A'
        ' month came in"\npages = ["index", "of-old"]\nfigures = [{ id ='
        ' "fact:sum/2023-04", label = "Sum to April", before = "$1", now = "$2",'
        ' sources = ["of-old"] }]\n'
    )
    story.write("content/en/changes.toml", CHANGES + old)

    outcome = story.run("check")
    page = story.build()["changes.html"].text

    assert (outcome.status, outcome.problems) == (0, "")
    assert "Sum to April" in page
    assert "fact:sum/2023-04" not in page
