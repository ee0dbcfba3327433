"""The search: what is found, by which words, by keyboard, served or not; how it opens, closes and speaks."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browsing import NOT_FOUND, judged, later
from tests.story.browser.site import TEXTS, read

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

INDEX = "search-index.js"
BUDGET = 60_000  # bytes of the index, packed
PAGE = "glossary.html"
QUESTION = read(re.search(r"^## (.+\?)(?: \{#.*)?$", TEXTS["questions.html"].read_text("utf-8"), re.MULTILINE)[1])


@pytest.fixture
def glossary(web, keep) -> Page:
    """Return a page in a window that stays open from test to test."""
    page = keep(web.root(PAGE))
    page.evaluate("document.querySelector('dialog.search')?.close()")
    return page


def ask(page: Page, words: str) -> Locator:
    """Open the search and look for words as the keyboard does; return the links to what is found."""
    if not page.locator("dialog.search").is_visible():
        page.keyboard.press("/")
    page.locator("dialog.search input").fill(words)
    expect(page.locator("dialog.search output")).not_to_be_empty()
    later(page)
    return page.locator(".hits a")


def titles(hits: Locator) -> list[str]:
    return hits.locator("b").all_inner_texts()


def test_the_index_is_small_and_not_asked_for_before_a_reader_means_to(web, visit):
    """Packed, it comes to no more than 60 kB; a page loads it, once, when the button has the focus or the pointer."""
    page, asked = visit("about:blank", fresh=True), []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(web.root(PAGE))
    later(page)
    before = asked.count(INDEX)
    page.locator(".seek").focus()
    page.locator(".seek").hover()
    page.locator(".seek").click()
    ask(page, "trade")

    assert len(gzip.compress(web.root.body(INDEX), 9)) <= BUDGET
    assert (before, asked.count(INDEX)) == (0, 1)


def test_all_that_is_found_is_there(web):
    """Each address of the index is a file of the site with that anchor in it."""
    groups = json.loads(web.root.text(INDEX).partition("= ")[2].rstrip(";\n"))["groups"]
    addresses = [address.partition("#") for _, hits in groups for address, *_ in hits]
    texts = {page: web.root.text(page) for page, *_ in addresses}

    assert len(addresses) > 1000
    assert [(page, anchor) for page, _, anchor in addresses if anchor and f'id="{anchor}"' not in texts[page]] == []


@pytest.mark.parametrize("where", ["served", "file"])
def test_the_figures_of_a_month_are_found(where, web, visit):
    """Whoever asks for March 2023, in words or as 2023-03, gets that month's figures."""
    page = visit(web.root(PAGE) if where == "served" else web.root.file(PAGE))
    for words in ("March 2023", "mar 2023", "2023-03", "  2023‑03 "):
        found = titles(ask(page, words))
        for told in ("exports, twelve months to March 2023: $83.8", "2023, to the end of March: $53.8"):
            assert any(told in title for title in found), words
    page.get_by_text("2023, to the end of March").first.click()
    page.wait_for_url("**/charts/race_to_200bn.html#figures")


@pytest.mark.parametrize(
    ("words", "group", "title"),
    [
        ("218.2", "Numbers", "Trade from January to November 2023: both directions"),
        ("cif", "Glossary", "c.i.f."),
        ("c.i.f.", "Glossary", "c.i.f."),
        ("communique", "Glossary", "Joint communiqué"),
        ("YEAR-ON-YEAR", "Glossary", "Year-on-year"),
        ("−16.7", "Numbers", "Change in trade from 2024 to 2025: both directions"),
        ("-16.7 billion", "Numbers", "Change in trade from 2024 to 2025: both directions"),
        ("xinhua", "Sources", "Xi meets with Russian PM"),
        ("17 December 1992", "Timeline", "Boris Yeltsin visits Beijing"),
        (" ".join(QUESTION.split()[:4]), "Questions", QUESTION),
        ("oil products", "Charts", "Oil products, 2023: $4.99 bn"),
        ("announced at the meeting", "The article, tested", "the figure was announced at the meeting"),
    ],
)
def test_what_is_asked_for_is_found(words, group, title, glossary):
    """Numbers, terms, sources, events, questions, charts and claims are found, each below the name of its page."""
    ask(glossary, words)
    part = glossary.locator(".hits section", has=glossary.get_by_role("heading", name=group, exact=True))
    if (rest := part.get_by_role("button")).count():
        rest.click()

    assert title in titles(part.locator("a"))


def test_a_title_counts_for_more_than_a_text(glossary):
    """A term is found before the texts in which it stands."""
    assert titles(ask(glossary, "price cap"))[0] == "Price cap"
    assert titles(ask(glossary, "swift"))[0] == "SWIFT"


def test_what_is_not_there_is_not_found(glossary):
    """All words must be there; the number of results, and that there are none, is told to those who do not see them."""
    some = ask(glossary, "november").count()
    told = glossary.get_by_role("status").inner_text()
    none = ask(glossary, "november qwertz").count()

    assert some > 5
    assert told.startswith("Found: ")
    assert none == 0
    assert glossary.get_by_role("status").inner_text() == "Nothing found"


def test_the_keyboard_goes_through_what_is_found(glossary):
    """Arrows lead from the words to each result and back, Enter follows the first or the one that has the focus."""
    hits = ask(glossary, "trade balance")
    for _ in range(2):
        glossary.keyboard.press("ArrowDown")
    second = hits.nth(1).evaluate("link => link === document.activeElement")
    outline = hits.nth(1).evaluate("link => getComputedStyle(link).outlineStyle")
    for _ in range(3):
        glossary.keyboard.press("ArrowUp")
    back = glossary.locator("dialog.search input").evaluate("input => input === document.activeElement")
    glossary.keyboard.press("Enter")

    assert second
    assert outline == "solid"
    assert back
    expect(glossary.locator("dialog.search")).to_be_hidden()
    glossary.wait_for_url("**#trade-balance")
    expect(glossary.locator("#trade-balance")).to_be_in_viewport()


@pytest.mark.parametrize("closing", ["Escape", "button", "beside"])
def test_the_search_closes_and_gives_the_focus_back(closing, glossary):
    """Escape, its button and a click beside it close the search, and the focus is where it was opened from."""
    glossary.locator(".seek").click()
    expect(glossary.locator("dialog.search input")).to_be_focused()
    if closing == "Escape":
        glossary.keyboard.press("Escape")
    elif closing == "button":
        glossary.get_by_role("button", name="Close").click()
    else:
        glossary.mouse.click(5, 600)

    expect(glossary.locator("dialog.search")).to_be_hidden()
    expect(glossary.locator(".seek")).to_be_focused()


def test_a_slash_that_is_typed_is_left_alone(web, visit):
    """The key opens the search on a page, but not where somebody writes or chooses."""
    page = visit(web.root("numbers.html"))
    page.locator(".filter select").first.focus()
    page.keyboard.press("/")
    page.keyboard.press("Control+/")
    inside = page.locator("dialog.search").count()
    page.locator("h1").click()
    page.keyboard.press("/")
    page.keyboard.type("1/2")

    assert inside == 0
    assert page.locator("dialog.search input").input_value() == "1/2"


def test_without_scripts_nothing_offers_a_search(web, visit):
    """The lists of the navigation are there instead."""
    page = visit(web.root(PAGE), java_script_enabled=False)

    expect(page.locator(".seek")).to_be_hidden()
    expect(page.get_by_role("link", name="Numbers", exact=True)).to_be_visible()


def test_an_index_that_does_not_come_is_told(web, visit):
    """Where the index cannot be loaded the search says so, and asks again the next time."""
    page = visit("about:blank", fresh=True)
    page.route(f"**/{INDEX}", lambda route: route.abort())
    page.goto(web.root(PAGE))
    page.keyboard.press("/")
    expect(page.get_by_role("status")).to_have_text("The search could not be loaded")
    page.unroute(f"**/{INDEX}")
    ask(page, "swift")

    expect(page.get_by_role("status")).to_contain_text("Found: ")
    expect(page.locator(".hits a").first).to_be_visible()


def test_the_search_works_on_the_page_for_wrong_addresses(web, visit):
    """Wherever that is shown, the search finds what it finds elsewhere."""
    page = visit(web.repository(f"no/such/{NOT_FOUND}"))
    found = ask(page, "SWIFT").first

    assert found.evaluate("link => link.href") == web.repository("glossary.html#swift")


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1440)])
def test_axe_finds_no_fault_in_the_search(scheme, width, web, visit):
    """Axe knows no rule that the open search breaks; it fits the window, and its results are large enough to meet."""
    page = visit(web.root(PAGE), width=width, color_scheme=scheme)
    hits = ask(page, "2023")
    box = page.locator("dialog.search").bounding_box()

    assert judged(page, "dialog.search")["broken"] == []
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= 900
    assert min(hits.evaluate_all("all => all.map(each => each.clientHeight)")) >= 24
    assert page.get_by_role("dialog", name="Search").count() == 1
