"""Anchors: a binding is found by what it is bound to, whatever other pages bind."""

import re

import pytest

from tests.engine.bindings import CHART, INDEX, STORY, add_chart_pages

ALSO = "content/en/also.md"  # the first of all files
PAGE = """+++
title = "Trade then"
description = "The year 2022."
+++

In 2022 trade came to [$190.3 billion](fact:total/2022).
"""
# which no other page binds
NEW = "In 2022 a share of [40%](fact:share/export/2022) were exports."
KNOWN = "In 2023 a share of [about 54%](fact:share/import/2023) were imports."
ANCHOR = re.compile(r'id="(at-[^"]*)"')
LINK = re.compile(r'href="([^"]*)#(at-[^"]*)"')


@pytest.fixture
def story(make_project):
    """Return a small story of two pages with bindings, and a chart with a page of its
    own.
    """
    project = make_project(overlay=STORY)
    add_chart_pages(project)
    project.write(ALSO, PAGE)
    return project


def pages_of(project):
    """Build a story; return the HTML of its pages."""
    site = project.build()
    return {
        address: file.text
        for address, file in site.items()
        if address.endswith(".html")
    }


def anchors_in(pages):
    """Return the anchors of all bindings, by page, in their order."""
    return {address: ANCHOR.findall(html) for address, html in pages.items()}


def bound_to(target, names):
    """Return those of some anchors that name a target."""
    return [name for name in names if name.partition("~")[0] == f"at-{target}"]


def without(pages, *addresses):
    """Return all pages but some."""
    return {
        address: html for address, html in pages.items() if address not in addresses
    }


def test_a_binding_is_called_what_it_is_bound_to(story):
    """The second of a target on a page says so, in the order in which a reader meets
    them: title, text, chart, text.
    """
    found = anchors_in(pages_of(story))["index.html"]

    assert found[:2] == ["at-fact:passed", "at-fact:total/2023"]
    assert bound_to("fact:total/2022", found) == [
        "at-fact:total/2022",
        "at-fact:total/2022~2",
        "at-fact:total/2022~3",
    ]
    assert bound_to("fact:total/2023", found) == [
        "at-fact:total/2023",
        "at-fact:total/2023~2",
        "at-fact:total/2023~3",
    ]


@pytest.mark.parametrize("text", [NEW, KNOWN])
def test_a_binding_moves_nothing_on_other_pages(story, text):
    """Who binds a number changes their page, and the list of all numbers: where others
    stand stays.
    """
    before = pages_of(story)
    story.write(ALSO, f"{PAGE}\n{text}\n")
    after = pages_of(story)

    assert before["also.html"] != after["also.html"]
    assert without(anchors_in(before), "also.html") == without(
        anchors_in(after), "also.html"
    )
    assert set(LINK.findall(before["numbers.html"])) < set(
        LINK.findall(after["numbers.html"])
    )


def test_on_its_own_page_a_binding_moves_only_what_is_bound_to_the_same_below(story):
    """What stands above, and what is bound to something else, keeps its anchor."""
    before = anchors_in(pages_of(story))["index.html"]
    story.replace(
        INDEX,
        "In 2023 a share of",
        "In 2022 trade came to [$190.3 billion](fact:total/2022). A share in 2023 of",
    )
    after = anchors_in(pages_of(story))["index.html"]

    assert [name for name in after if name not in before] == ["at-fact:total/2022~4"]
    assert [name for name in after if name in before] == before


def test_a_chart_s_binding_has_a_name_on_each_page_that_shows_it(story):
    """On the chart's own page nothing else of the page before it counts, and each name
    stands there once.
    """
    story.replace(
        CHART,
        "The bars go from",
        "In 2023 trade was [$240.1 billion](fact:total/2023). The bars go from",
    )
    found = anchors_in(pages_of(story))

    assert bound_to("fact:total/2023", found["index.html"])[-2:] == [
        "at-fact:total/2023~3",
        "at-fact:total/2023~4",
    ]
    assert bound_to("fact:total/2023", found["charts/totals.html"]) == [
        "at-fact:total/2023",
        "at-fact:total/2023~2",
    ]
    assert [len(names) - len(set(names)) for names in found.values() if names] == [
        0
    ] * 3


def test_receipts_lead_to_each_place(story):
    """Every link to an anchor finds it, and every anchor is linked to from the list of
    all numbers, once a page.
    """
    pages = pages_of(story)
    there = {
        (address, name)
        for address, names in anchors_in(pages).items()
        for name in names
    }
    led_to = set(LINK.findall(pages["numbers.html"]))

    assert led_to <= there
    assert {
        place for place in there if place[0] in {"index.html", "also.html"}
    } <= led_to


def test_what_tells_the_second_from_the_first_stands_in_no_target(story):
    """Else a number might be called what another one's second is."""
    story.replace(INDEX, "(fact:partner/borsia)", "(fact:partner/borsia~2)")

    assert (
        'found "fact:partner/borsia~2", expected fact:name/argument'
        in story.run("check").problems
    )
