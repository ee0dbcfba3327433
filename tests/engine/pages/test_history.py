"""The history of numbers: what changes have said of each, in its receipt and for programs."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

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
  { id = "fact:sum/2023", label = "Trade in 2023", before = "1 billion", now = "2 billion" },
  { id = "fact:total/2022", label = "Trade in 2022", now = "3 billion" },
]

[[changes]]
id = "slip"
date = 2024-03-09
kind = "correction"
title = "A slip"
figures = [{ id = "fact:total/2023", label = "Trade in 2023", before = "2 billion" }]
"""
PAGE = '+++\ntitle = "Changes"\ndescription = "What has changed."\n+++\n\n<p id="printed-again"></p><p id="slip"></p>\n'


@pytest.fixture
def story(make_project):
    """Return a small story with changes of a number that once had another id."""
    story = make_project(overlay=STORY)
    story.write("content/en/changes.toml", CHANGES)
    renamed = '\n[renamed]\n"fact:sum/2023" = "fact:total/2023"\n'
    story.write("content/site.toml", story.read("content/site.toml") + renamed)
    return story


def history(site):
    """Return the history of each number that has one, as programs are told it."""
    numbers = json.loads(site["numbers.json"].text)["numbers"]
    return {item["id"]: item["history"] for item in numbers if "history" in item}


def test_a_number_has_each_change_that_concerns_it(story):
    """Oldest first, also from before it was renamed; a number of no change has no history."""
    was = {"kind": "change", "date": "2024-03-08", "words": "was 1 billion"}
    out = {"kind": "correction", "date": "2024-03-09", "words": "taken out; was 2 billion"}
    new = {"kind": "change", "date": "2024-03-08", "words": "first given then"}

    site = story.build()

    assert history(site) == {"fact:total/2023": [was, out], "fact:total/2022": [new]}


def test_the_history_leads_to_the_page_of_changes(story):
    """Where there is one; receipts show it, and programs are told it in the form that the schema describes."""
    story.write("content/en/changes.md", PAGE)

    site = story.build()

    addresses = [item["address"] for item in history(site)["fact:total/2023"]]
    assert addresses == ["changes.html#printed-again", "changes.html#slip"]
    link = '<p>2024-03-09: <a href="changes.html#slip">correction</a>, taken out; was 2 billion</p>'
    assert link in site["numbers.html"].text
    schema = json.loads(site["numbers.schema.json"].text)
    assert [*Draft202012Validator(schema).iter_errors(json.loads(site["numbers.json"].text))] == []
