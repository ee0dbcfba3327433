"""What tests of editions share: a small story whose templates know them, and what is
promised of each edition.
"""

import json
import re

import jsonschema

from press.ground.address import BaseUrl
from press.pages.assets import make_style_sheet
from press.pages.page_reader import PageReader
from tests.browsing import extract_words

LOADED = re.compile(
    r'<(?:script[^>]* src|link rel="(?:stylesheet|preload)"[^>]* href|img[^>]*'
    r' src)="([^"]+)"'
)
TOLD = '<p class="edition">{{ edition.name }}, {{ edition.date }}</p>\n'
NUMBERS = """\
{% extends "page.html" %}
{% block more %}
{% for receipt, _, _ in receipts %}
<p id="{{ receipt.id }}">{{ receipt.label }}</p>
{% endfor %}
{% endblock %}
"""
WORDS = """\
edition_numbers = "Numbers"
receipt_edition = "{name} says {words}"
cite_story = "{authors}. ({date}). {title}. {licence}."
cite_edition = "Edition {name}."
"""


def add_edition_templates(project):
    """Let the pages of a small story say of which edition they are."""
    page = "templates/page.html"
    told = """{% if edition %}{% include "edition.html" %}{% endif %}
{% if cite_this %}<pre>{{ cite_this() | join }}</pre>{% endif %}
</main>"""
    project.replace(page, "</main>", told)
    project.write("templates/edition.html", TOLD)
    project.write("templates/edition_numbers.html", NUMBERS)
    for words in sorted((project.root / "content").glob("*/words.toml")):
        words.write_text(f"{WORDS}{words.read_text('utf-8')}", "utf-8")


def assert_edition_is_whole(files, folder):
    """Hold an edition to what is promised of each: it lacks nothing, runs nothing, and
    its numbers have receipts.

    ``folder`` is its address, with a slash at its end.
    """
    assert_one_file_is_whole(files)
    numbers = json.loads(files["numbers.json"])
    jsonschema.validate(numbers, json.loads(files["numbers.schema.json"]))
    ids = {number["id"] for number in numbers["numbers"]}
    anchors = set(PageReader(BaseUrl()).read(files["numbers.html"], "numbers.html").ids)
    assert ids <= anchors
    for place in ("index.html", "numbers.html"):
        page = files[place].decode()
        links = PageReader(BaseUrl()).read(files[place], f"{folder}{place}").links
        assert set(LOADED.findall(page)) <= files.keys()
        assert "<script src" not in page
        own = {
            (leads_to.removeprefix(folder), anchor)
            for _, leads_to, anchor in links
            if leads_to.startswith(folder)
        }
        assert {leads_to for leads_to, _ in own} <= files.keys()
        assert {
            anchor for leads_to, anchor in own if leads_to == "numbers.html" and anchor
        } <= anchors


def assert_one_file_is_whole(files):
    """Hold an edition's one file to what is promised of it: it loads nothing, and has
    the words and the receipts.
    """
    page, story = files["story.html"].decode(), files["index.html"].decode()
    ids = PageReader(BaseUrl()).read(files["story.html"], "story.html").ids
    links = re.findall(r'\b(?:href|src)="([^"]*)"', page)
    assert {link.partition(":")[0] for link in links if not link.startswith("#")} <= {
        "data",
        "http",
        "https",
    }
    assert {link[1:] for link in links if link.startswith("#")} <= {*ids, ""}
    assert all(
        name.startswith("data:")
        for name in re.findall(r"url\(([^)]*)\)", page)
        if not name.startswith("#")
    )
    assert len(ids) == len(set(ids))
    assert {
        number["id"] for number in json.loads(files["numbers.json"])["numbers"]
    } <= set(ids)
    assert "<script src" not in page
    sentences = re.findall(r"<(?:p|h2|blockquote)\b[^>]*>(.*?)</", story)
    assert [
        each for each in sentences if extract_words(each) not in extract_words(page)
    ] == []
    for style in re.findall(r"<style>(.*?)</style>", page):
        assert make_style_sheet(style).name in page  # the page's policy allows it


def assert_paper_is_tagged(paper, title):
    """Hold a PDF to what is promised of it: tagged, in English, with an outline, from
    no disk; its title begins so.
    """
    for part in (
        "/Marked true",
        "/StructTreeRoot",
        "/Lang (en)",
        f"/Title ({title}",
        "/Outlines",
    ):
        assert part.encode() in paper
    assert b"file:" not in paper
