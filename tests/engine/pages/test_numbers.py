"""All the numbers: ``numbers.json`` for programs, in the form that its schema
describes, and scripts for a click.
"""

import json
import re

import pytest
from jsonschema import Draft202012Validator, ValidationError

from press.pages.numbers import make_popup_scripts
from press.pages.numbers_json import SCHEMA_OF_NUMBERS
from tests.engine.bindings import STORY
from tests.engine.intake.tables import with_log

VALIDATOR = Draft202012Validator(
    json.loads(SCHEMA_OF_NUMBERS.read_bytes()),
    format_checker=Draft202012Validator.FORMAT_CHECKER,
)


def test_the_document_follows_its_schema(story):
    """What is published beside the schema is what the schema describes; it follows the
    rules for schemas itself.
    """
    site = story.build()

    Draft202012Validator.check_schema(json.loads(SCHEMA_OF_NUMBERS.read_bytes()))
    VALIDATOR.validate(json.loads(site["numbers.json"].text))
    assert site["numbers.schema.json"].body == SCHEMA_OF_NUMBERS.read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        lambda whole: whole.update(version=2),
        lambda whole: whole.update(more=1),
        lambda whole: whole["numbers"][0].pop("id"),
        lambda whole: whole["numbers"][0].update(id="total/2023"),
        lambda whole: whole["numbers"][0]["rows"][0].update(line=1),
        lambda whole: next(item for item in whole["numbers"] if "value" in item).update(
            value=240.11
        ),
        lambda whole: next(item for item in whole["numbers"] if "kind" in item).update(
            kind="sum"
        ),
        lambda whole: whole["sources"]["beta-2023"].pop("address"),
    ],
)
def test_what_is_not_in_the_schema_is_refused(change):
    """A program can rely on each part of it."""
    document = json.loads((STORY / "expected" / "numbers.json").read_text("utf-8"))
    change(document)

    with pytest.raises(ValidationError):
        VALIDATOR.validate(document)


def test_a_number_that_rests_on_no_row_follows_the_schema():
    """A story may set one itself, such as a mark to be reached; it has no source and no
    licence.
    """
    document = json.loads((STORY / "expected" / "numbers.json").read_text("utf-8"))
    document["numbers"][0].update(rows=[], sources=[], licences=[])

    VALIDATOR.validate(document)


def test_a_revision_stands_in_the_numbers_of_its_figure(story):
    """With both prints, their pages, and which of them stands, as the schema describes
    it.
    """
    with_log(
        story,
        "trade,year=2023;flow=total,value_usd_million,240110,240500,undated,beta-2024,alpha-2023\n",
    )

    document = json.loads(story.build()["numbers.json"].text)

    VALIDATOR.validate(document)
    told = {
        item["id"]: item["revisions"]
        for item in document["numbers"]
        if "revisions" in item
    }
    assert told["fact:total/2023"] == [
        {
            "table": "trade",
            "key": "year=2023;flow=total",
            "column": "value_usd_million",
            "first": "240110",
            "later": "240500",
            "published": "undated",
            "first_sources": ["beta-2024"],
            "later_sources": ["alpha-2023"],
            "stands": "first",
        }
    ]


SITE = "content/site.toml"


def test_the_fact_that_leads_is_told_of_each_time(story):
    """Each of its figures has a receipt and stands on the page, whether a text binds it
    or none does.
    """
    bound = {
        item["id"] for item in json.loads(story.build()["numbers.json"].text)["numbers"]
    }
    story.write(SITE, 'leading_fact = "total"\n' + story.read(SITE))
    numbers = json.loads(story.build()["numbers.json"].text)["numbers"]
    led = {
        item["id"]
        for item in numbers
        if any(use["address"] == "numbers.html" for use in item["uses"])
    }

    assert led == {"fact:total/2021", "fact:total/2022", "fact:total/2023"}
    assert {item["id"] for item in numbers} == bound | led


@pytest.mark.parametrize(
    ("leads", "hint"),
    [
        ("totl", "\n    hint: did you mean total or month_total?"),
        ("flow", ""),
        ("passed", ""),
    ],
)
def test_a_fact_that_cannot_lead_is_told(leads, hint, story):
    """One that is not there, that begins with something else than a time, or that takes
    nothing, with its line.
    """
    story.write(SITE, f'leading_fact = "{leads}"\n' + story.read(SITE))

    assert (
        story.run("check").problems
        == f'{SITE}:1: found the fact "{leads}", expected one of story/ that begins'
        f" with a time{hint}"
    )


def cards(site, page):
    """Return what a click on a page shows, by what its links lead to; ``None`` where
    the page has no script for it.
    """
    found = re.search(r'data-cards="([^"]*)"', site[page].text)
    return found and json.loads(
        site[found[1]]
        .text.removeprefix("Object.assign(window.cards ??= {}, ")
        .removesuffix(");\n")
    )


def test_a_page_has_a_script_of_what_its_links_lead_to(story):
    """Each of its numbers, and of its charts', with the receipt that stands on the page
    of all numbers.
    """
    site = story.build()
    linked = re.findall(
        r'<a class="number"[^>]* href="[^"]*#([^"]*)"', site["index.html"].text
    )

    found = cards(site, "index.html")
    assert found.keys() == set(linked)
    assert [
        key for key, html in found.items() if html not in site["numbers.html"].text
    ] == []


def test_a_page_without_numbers_and_terms_has_no_script(story):
    """There is nothing that a click could show."""
    site = story.build()

    assert [
        cards(site, page)
        for page in ("404.html", "sources.html", "numbers.html", "glossary.html")
    ] == [None] * 4
    assert (
        len([address for address in site if address.startswith("assets/cards.")]) == 1
    )


def test_a_card_lies_in_the_script_that_its_link_asks_for():
    """Cards of many letters are spread over scripts: cards.js finds a card's by its
    anchor, whatever lies in others.
    """
    # so that some scripts are empty
    shown = {f"fact:{'a' * number}": "x" * 9_000 for number in (1, 4, 7, 10, 13, 16)}

    scripts = make_popup_scripts("en", "a.html", shown)
    parts = [
        json.loads(body.decode().partition(", ")[2].removesuffix(");\n"))
        for _, body in scripts
    ]

    assert len(scripts) > 2
    assert sum(map(len, parts)) == len(shown)
    assert [
        key
        for key, html in shown.items()
        if parts[sum(map(ord, key)) % len(parts)].get(key) != html
    ] == []


def test_a_script_holds_what_a_receipt_leads_to(story):
    """What a comparison compares is shown in its card's place, though no word of the
    page is bound to it.
    """
    receipt = story.read("templates/receipt.html")
    link = '<p><a href="{{ url(numbers) }}#fact:{{ fact.key }}">{{ label }}</a></p>'
    each = "{% for label, fact in receipt.facts.items() if receipt.scheme == 'claim' %}"
    story.write("templates/receipt.html", f"{receipt}{each}{link}{{% endfor %}}")
    site = story.build()

    assert "#fact:limit" not in site["index.html"].text
    assert "fact:limit" in cards(site, "index.html")


TERMS = """+++
title = "Words"
description = "What words mean."
entries = "sources"
others = ["mirror-statistics"]
+++

## Alpha {#alpha-2022}

As [Bravo](term:alpha-2023).

## Bravo {#alpha-2023}

As [Charlie](term:beta-2023).

## Charlie {#beta-2023}

As [Delta](term:beta-2024).

## Delta {#beta-2024}

As in [2023](fact:passed).

## Mirror statistics {#mirror-statistics}

### Goal {#goal}
"""


def test_a_script_holds_what_a_definition_leads_to(story):
    """And what that one leads to in its turn, though no word of the page is bound to
    it.
    """
    story.write("content/en/glossary.md", TERMS)
    story.write("templates/term.html", "{{ section.body }}")
    story.write(
        "content/en/also.md",
        '+++\ntitle = "A"\ndescription = "B"\n+++\n\n[Alpha](term:alpha-2022).\n',
    )
    found = cards(story.build(), "also.html")

    assert found.keys() == {
        "alpha-2022",
        "alpha-2023",
        "beta-2023",
        "beta-2024",
        "fact:passed",
    }
    assert found["alpha-2022"].startswith("<h3>Alpha</h3>")
