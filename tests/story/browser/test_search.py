"""The search: what is found, and first, by which words, by keyboard, served or not; how
it opens, closes and speaks.
"""

import gzip
import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browsing import NOT_FOUND, check_accessibility, wait_until_quiet
from tests.story.browser.site import TEXTS, read

pytestmark = pytest.mark.browser

INDEX = "search-index.js"
BUDGET = 48_700  # bytes of the index, packed
PAGE = "glossary.html"
QUESTION = read(
    re.search(
        r"^## (.+\?)(?: \{#.*)?$",
        TEXTS["questions.html"].read_text("utf-8"),
        re.MULTILINE,
    )[1]
)


@pytest.fixture
def glossary(web, keep) -> Page:
    """Return a page in a window that stays open from test to test."""
    page = keep(web.root(PAGE))
    page.evaluate("document.querySelector('dialog.search')?.close()")
    return page


def ask(page: Page, words: str) -> Locator:
    """Open the search and look for words as the keyboard does; return the links to what
    is found.
    """
    if not page.locator("dialog.search").is_visible():
        page.keyboard.press("/")
    page.locator("dialog.search input").fill(words)
    expect(page.locator("dialog.search output")).not_to_be_empty()
    wait_until_quiet(page)
    return page.locator(".hits a")


def unfolded(page: Page, words: str) -> list[list[str]]:
    """Look for words; return the address, the title and the text of all that is found,
    in order.
    """
    ask(page, words)
    page.locator(".hits button").evaluate_all(
        "all => all.forEach(button => button.click())"
    )
    parts = "[link.href, ...[...link.children].map(each => each.textContent)]"
    return page.locator(".hits a").evaluate_all(f"all => all.map(link => {parts})")


def titles(hits: Locator) -> list[str]:
    return hits.locator("b").all_inner_texts()


def test_the_index_is_small_and_not_asked_for_before_a_reader_means_to(web, visit):
    """Packed, it comes to no more than 48.7 kB; a page loads it, once, when the button
    has the focus or the pointer.
    """
    page, asked = visit("about:blank", fresh=True), []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(web.root(PAGE))
    wait_until_quiet(page)
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
    assert [
        (page, anchor)
        for page, _, anchor in addresses
        if anchor and f'id="{anchor}"' not in texts[page]
    ] == []


# What readers ask for, and where the first hit leads; after a slash or a mark, to one
# of what begins so.
MEANT = {
    "oil": "index.html#who-sells-what",
    "cars": "index.html#who-sells-what",
    "Vehicles": "charts/what_china_sells.html",
    "ruble": "index.html#in-what-money",
    "roubles": "index.html#in-what-money",
    "yuan": "index.html#in-what-money",
    "embed": "charts.html",
    "download csv": "data-and-methods.html#tables",
    "methodology": "data-and-methods.html",
    "cite": "index.html#cite",
    "sources": "sources.html",
    "mistake": "changes.html",
    "fact check": "the-article.html",
    "who wrote this": "questions.html#who-made-it",
    "how much does China trade with Russia?": "index.html",
    "200 billion": "index.html#did-trade-really-pass",
    "the first year": "index.html#did-trade-really-pass",
    "November 2023": "index.html#did-trade-really-pass",
    "2022-11": "the-article.html#",
    "March 2023": "charts/rolling_trade.html#figures",
    "trade 2024": "charts/rolling_trade.html",
    "why did trade fall in 2025": "index.html#why-2025-fell",
    "price or volume": "index.html#was-it-price-or-volume",
    "surplus": "charts/both_flows.html",
    "invasion": "timeline.html#invasion-of-ukraine-2022",
    "sanctions": "questions.html#sanctions",
    "weapons": "questions.html#war-and-trade",
    "Putin": "the-article.html#",
    "Xi": "the-article.html#",
    "f.o.b.": "glossary.html#fob",
    "price cap": "glossary.html#price-cap",
    "swift": "glossary.html#swift",
}


def test_the_first_hit_is_what_a_reader_means(web, glossary):
    """Whatever words they have for it: parts and titles stand before numbers, numbers
    before sources.
    """
    hrefs = {
        words: ask(glossary, words).first.evaluate("link => link.href")
        for words in MEANT
    }
    found = {words: href.removeprefix(web.root("")) for words, href in hrefs.items()}
    begun = {
        words: place
        for words, place in MEANT.items()
        if place[-1] in "/#" and found[words].startswith(place)
    }

    assert found | begun == MEANT


@pytest.mark.parametrize(
    "words", ["March 2023", "2022-11", "prices", "export", "LNG", "volume", "tonnes"]
)
def test_sources_stand_last(words, web, glossary):
    """However well a source fits, what the site says itself stands before
    all of them.
    """
    sources = [
        href.startswith(web.root("sources.html#"))
        for href, *_ in unfolded(glossary, words)
    ]

    assert sources == sorted(sources)
    assert {*sources} == {False, True}


@pytest.mark.parametrize("words", ["crude oil", "dollar", "2023", "gas"])
def test_a_chart_is_one_hit(words, web, glossary):
    """Of all its values that fit, a chart tells the one that fits best."""
    pages = [
        href.partition("#")[0]
        for href, *_ in unfolded(glossary, words)
        if href.startswith(web.root("charts/"))
    ]

    assert len(pages) == len({*pages}) >= 2


def test_small_words_are_left_out(glossary):
    """They change nothing beside others, and are looked for by themselves."""
    some = titles(ask(glossary, "trade balance"))
    more = titles(ask(glossary, "What is the trade balance?"))

    assert some == more
    assert ask(glossary, "how").count() > 0


@pytest.mark.parametrize("where", ["served", "file"])
def test_the_figures_of_a_month_are_found(where, web, visit):
    """Whoever asks for March 2023, in words or as 2023-03, gets that
    month's figures.
    """
    page = visit(web.root(PAGE) if where == "served" else web.root.file(PAGE))
    for words in ("March 2023", "mar 2023", "2023-03", "  2023‑03 "):
        found = ask(page, words).locator("span").all_text_contents()
        told = "2023, to the end of March: $53.8"
        assert any(told in text for text in found), words
    page.locator(".hits").get_by_text("2023, to the end of March").first.click()
    page.wait_for_url("**/charts/race_to_200bn.html#figures")


@pytest.mark.parametrize(
    ("words", "page", "text"),
    [
        (
            "218.2",
            "numbers.html",
            "Trade from January to November 2023: both directions",
        ),
        ("cif", "glossary.html", "c.i.f."),
        ("c.i.f.", "glossary.html", "c.i.f."),
        ("communique", "glossary.html", "Joint communiqué"),
        ("YEAR-ON-YEAR", "glossary.html", "Year-on-year"),
        ("−16.7", "numbers.html", "Change in trade from 2024 to 2025: both directions"),
        (
            "-16.7 billion",
            "numbers.html",
            "Change in trade from 2024 to 2025: both directions",
        ),
        ("xinhua", "sources.html", "Xi meets with Russian PM"),
        ("17 December 1992", "timeline.html", "Boris Yeltsin visits Beijing"),
        (" ".join(QUESTION.split()[:4]), "questions.html", QUESTION),
        (
            "Oil products, 2023",
            "charts/what_russia_sells.html",
            "Oil products, 2023: $4.99 bn",
        ),
        (
            "announced at the meeting",
            "the-article.html",
            "the figure was announced at the meeting",
        ),
    ],
)
def test_what_is_asked_for_is_found(words, page, text, web, glossary):
    """Numbers, terms, sources, events, questions, values of charts and claims are
    found, each on its page.
    """
    found = unfolded(glossary, words)

    assert text in {
        told
        for href, *texts in found
        if href.startswith(f"{web.root(page)}#")
        for told in texts
    }


def test_what_is_not_there_is_not_found(glossary):
    """All words must be there; the number of results, and that there are none, is told
    to those who do not see them.
    """
    some = ask(glossary, "november").count()
    told = glossary.get_by_role("status").inner_text()
    none = ask(glossary, "november qwertz").count()

    assert some > 5
    assert told.startswith("Found: ")
    assert none == 0
    assert glossary.get_by_role("status").inner_text() == "Nothing found"


def test_the_keyboard_goes_through_what_is_found(glossary):
    """Arrows lead from the words to each result and back, Enter follows the first or
    the one that has the focus.
    """
    hits = ask(glossary, "trade balance")
    for _ in range(2):
        glossary.keyboard.press("ArrowDown")
    second = hits.nth(1).evaluate("link => link === document.activeElement")
    outline = hits.nth(1).evaluate("link => getComputedStyle(link).outlineStyle")
    for _ in range(3):
        glossary.keyboard.press("ArrowUp")
    back = glossary.locator("dialog.search input").evaluate(
        "input => input === document.activeElement"
    )
    glossary.keyboard.press("Enter")

    assert second
    assert outline == "solid"
    assert back
    expect(glossary.locator("dialog.search")).to_be_hidden()
    glossary.wait_for_url("**#trade-balance")
    expect(glossary.locator("#trade-balance")).to_be_in_viewport()


@pytest.mark.parametrize("closing", ["Escape", "button", "beside"])
def test_the_search_closes_and_gives_the_focus_back(closing, glossary):
    """Escape, its button and a click beside it close the search, and the focus is where
    it was opened from.
    """
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


def test_what_is_typed_before_the_index_comes_is_kept(web, visit):
    """Nothing of it is taken away when the index is there."""
    page = visit(web.root(PAGE), fresh=True)
    page.keyboard.press("/")
    page.keyboard.type("trade balance")
    expect(page.locator("dialog.search output")).not_to_be_empty()

    assert page.locator("dialog.search input").input_value() == "trade balance"


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
    expect(page.get_by_role("link", name="All the numbers", exact=True)).to_be_visible()


def test_an_index_that_does_not_come_is_told(web, visit):
    """Where the index cannot be loaded the search says so, and asks again the next
    time.
    """
    page = visit("about:blank", fresh=True)
    page.route(f"**/{INDEX}", lambda route: route.abort())
    page.goto(web.root(PAGE))
    page.keyboard.press("/")
    expect(page.get_by_role("status")).to_have_text("The search could not be loaded")
    page.unroute(f"**/{INDEX}")
    ask(page, "swift")

    expect(page.get_by_role("status")).to_contain_text("Found: ")
    expect(page.locator(".hits a").first).to_be_visible()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("charts/trade_balance_qwertz.html", "trade balance"),
        ("no/such/deep/Trade-Balance/", "trade balance"),
        ("trade%20balance%zz", "trade balance"),
        ("qwertz.html", ""),
    ],
)
def test_the_page_for_wrong_addresses_offers_the_search(wrong, words, web, visit):
    """At any depth a button opens it, with those words of the address that lead
    somewhere; it finds as ever.
    """
    page = visit(web.repository(wrong))
    page.locator("main").get_by_role("button").click()
    expect(page.locator("dialog.search input")).to_be_focused()
    expect(page.locator("dialog.search input")).to_have_value(words)
    if words:
        first = page.locator(".hits a").first
        assert first.evaluate("link => link.href") == web.repository(
            "glossary.html#trade-balance"
        )
    found = ask(page, "SWIFT").first

    assert found.evaluate("link => link.href") == web.repository("glossary.html#swift")


def test_the_page_for_wrong_addresses_has_links_without_scripts(web, visit):
    """No button stands there that does nothing."""
    page = visit(web.repository(f"no/such/{NOT_FOUND}"), java_script_enabled=False)

    expect(page.locator(".seek").first).to_be_hidden()
    expect(page.locator(".seek").last).to_be_hidden()
    expect(page.locator("main").get_by_role("link").first).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1440)])
def test_axe_finds_no_fault_in_the_search(scheme, width, web, visit):
    """Axe knows no rule that the open search breaks; it fits the window, and its
    results are large enough to meet.
    """
    page = visit(web.root(PAGE), width=width, color_scheme=scheme)
    hits = ask(page, "2023")
    box = page.locator("dialog.search").bounding_box()

    assert check_accessibility(page, "dialog.search")["broken"] == []
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= 900
    assert min(hits.evaluate_all("all => all.map(each => each.clientHeight)")) >= 24
    assert page.get_by_role("dialog", name="Search").count() == 1
