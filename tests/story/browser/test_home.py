"""A chart at home: its page, the way to it and on from it, on a screen and on paper."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browsing import HEIGHT, resize
from tests.story.browser.site import flat, on_each_chart, on_some_charts, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WIDTHS = (320, 640, 1440)
FEWEST_PIXELS = 24  # of what a finger is to meet, each way
PARTS = (
    "h1",
    ".standfirst",
    ".plot",
    ".summary",
    "#how-to-read-it",
    ".stands",
    "#notes",
    "#figures",
    "table",
    "#downloads",
    "#embed",
    "#cite",
    "#sources",
    ".beside",
)
ON_PAPER = ("h1", ".plot.wide", ".summary", "tbody tr", ".head:has(> #cite) + p", ".cites li")
ON_SCREEN = (".kicker", ".parts", "#downloads", ".take", "#embed", "article pre", ".beside", "article summary")
TOLD = """parts => {
    const text = selector => document.querySelector(selector).innerText;
    return {
        tops: parts.map(part => document.querySelector(`article ${part}`).getBoundingClientRect().top),
        whole: text("article"), h1: text("h1"), standfirst: text(".standfirst"), summary: text(".summary"),
        rows: document.querySelectorAll("tbody tr").length, cites: document.querySelectorAll(".cites a").length,
        stands: document.querySelector(".stands a").getAttribute("href"),
        kicker: document.querySelector(".kicker a").getAttribute("href"),
    };
}"""
# In a window of a width: where texts begin, how large is what a finger meets, and how large a drawing is shown.
LAID = """() => ({
    edges: [...document.querySelectorAll("article > :not(figure), section > *")].map(
        element => Math.round(element.getBoundingClientRect().left)),
    targets: [...document.querySelectorAll(".kicker a, .parts a, .take a, .beside a, main summary")].map(
        element => { const {width, height} = element.getBoundingClientRect();
            return [element.innerText, Math.min(width, height)]; }),
})"""
DRAWN = """() => Object.fromEntries([...document.querySelectorAll("figure[data-points]")].map(figure => [figure.id,
    [...figure.querySelectorAll(".plot")].filter(plot => plot.clientWidth).map(plot => {
        const {width, height} = plot.getBoundingClientRect(); return [plot.className, width, height]; })]))"""
PRINTED = """parts => Object.fromEntries(parts.map(part => [part,
    [...document.querySelectorAll(part)].map(element => element.checkVisibility())]))"""


def at(page: Page, width: int, script: str) -> object:
    resize(page, width)
    return page.evaluate(script)


@pytest.fixture(scope="module")
def survey(web, window) -> Callable[[str], dict]:
    """Return a function that tells all that is seen of a chart's page, loaded once with scripts, once without."""

    @cache
    def survey(address: str) -> dict:
        page, bare = window(), window(java_script_enabled=False)
        page.emulate_media(media="null")
        page.goto(web.repository(address))
        found = {
            "laid": {width: at(page, width, LAID) for width in (320, 768, 1440)},
            "told": page.evaluate(TOLD, PARTS),
        }
        page.locator("figure a[href='#downloads']").click()
        expect(page.locator(".take a").first).to_be_in_viewport()
        found["downloads"] = page.locator(".take a").first.bounding_box()["y"]
        page.emulate_media(media="print")
        found["printed"] = page.evaluate(PRINTED, [*ON_PAPER, *ON_SCREEN])
        page.emulate_media(media="null")
        bare.emulate_media(media="null")
        bare.goto(web.repository(address))
        found["drawn"] = {width: at(bare, width, DRAWN) for width in WIDTHS}
        return found

    return survey


@pytest.fixture(scope="module")
def in_the_text(web, window) -> Callable[[str], dict[int, dict]]:
    """Return a function that tells how large the drawings of charts are where their text is, by width."""

    @cache
    def in_the_text(address: str) -> dict[int, dict]:
        page = window()
        page.emulate_media(media="null")
        page.goto(web.root(address))
        return {width: at(page, width, DRAWN) for width in WIDTHS}

    return in_the_text


@on_each_chart
def test_a_page_tells_all_of_its_chart(chart, survey):
    """A chart's page has, in this order, finding, drawing, summary, how to read it, proof, caveats, figures, files.

    It leads back to the chart in the text, whose figure leads here, and to all charts.
    """
    found, text = survey(chart.home)["told"], chart.text

    assert found["tops"] == sorted(found["tops"])
    assert flat(found["h1"]) == read(text["title"])
    assert flat(found["standfirst"]) == read(text["subtitle"])
    assert flat(found["summary"]) == read(chart.summary)
    assert [said for said in (text["how_to_read"], *text["notes"]) if read(said) not in flat(found["whole"])] == []
    assert found["rows"] > 2
    assert found["cites"] > 0
    assert found["stands"] == f"../{chart.address}#{chart.name}"
    assert found["kicker"] == "../charts.html"


@on_each_chart
def test_all_that_is_told_has_one_left_edge(chart, survey):
    """Texts, lists, table and codes of a chart's page begin at one line; only its figure is wider than they are."""
    for width, laid in survey(chart.home)["laid"].items():
        assert len(laid["edges"]) > 12
        assert len(set(laid["edges"])) == 1, f"{laid['edges']} at {width} pixels"


@on_each_chart
def test_a_chart_at_home_is_as_large_as_in_the_text(chart, survey, in_the_text):
    """With scripts or without, a window shows the drawing that the text shows, as large: it is tested there.

    Where a chart tells itself in steps, a desk shows it larger.
    """
    there, widths = in_the_text(chart.address), [width for width in WIDTHS if width < 1440 or "steps" not in chart.text]

    assert {width: survey(chart.home)["drawn"][width][chart.name] for width in widths} == {
        width: there[width][chart.name] for width in widths
    }


@on_some_charts
def test_a_reader_goes_from_a_chart_s_page_to_its_text_and_back(chart, web, visit):
    """A click leads to the chart in the text, one there back to its page, one more to the page of all charts."""
    page = visit(web.root(chart.home))
    page.locator(".stands a").click()
    page.wait_for_url(f"**/{chart.address}#{chart.name}")
    page.locator(f"figure#{chart.name} a[href$='{chart.home}']").click()
    page.wait_for_url(f"**/{chart.home}")
    page.locator(".kicker a").click()
    page.wait_for_url("**/charts.html")

    expect(page.locator(".gallery")).to_be_visible()


@on_some_charts
def test_a_click_on_a_quote_shows_the_quoted_words(chart, web, visit):
    """A reader who clicks the first sentence that a chart's page quotes sees the place that it is from."""
    page = visit(web.root(chart.home))
    quotes = page.locator(".uses a")
    if quotes.count():  # test_documents.py says of which charts a sentence must be quoted
        quotes.first.click()
        page.wait_for_url("**#at-**")
        expect(page.locator(":target")).to_be_in_viewport()


@on_some_charts
def test_a_reader_comes_from_a_chart_to_its_sources(chart, web, visit):
    """A click on a page that prints a chart's figures shows that page's place in the list of sources."""
    page = visit(web.repository(chart.address))
    figure = page.locator(f"figure#{chart.name}")
    figure.locator("details").last.locator("summary").click()
    link = figure.locator(".cites a").last
    name, anchor = link.inner_text(), link.evaluate("link => link.hash.slice(1)")
    link.click()
    page.wait_for_url(f"**/sources.html#{anchor}")
    place = page.locator(":target")

    assert place.get_attribute("id") == anchor
    assert name in place.locator("b, a").all_text_contents()
    expect(place).to_be_in_viewport()


@on_each_chart
def test_what_a_finger_is_to_meet_is_large_enough(chart, survey):
    """Links that stand by themselves, and what unfolds, are at least 24 pixels high and wide.

    The one beside the drawing leads to the downloads, whose first is in sight.
    """
    assert 0 <= survey(chart.home)["downloads"] < HEIGHT
    for width, laid in survey(chart.home)["laid"].items():
        assert len(laid["targets"]) > 8
        assert [target for target in laid["targets"] if target[1] < FEWEST_PIXELS] == [], f"at {width} pixels"


@on_each_chart
def test_paper_holds_what_can_be_read_there(chart, survey):
    """Printed, a chart's page has its drawing, table, citation and all pages of sources, but neither files nor code."""
    printed = survey(chart.home)["printed"]

    assert [part for part in ON_PAPER if not printed[part] or not all(printed[part])] == []
    assert [part for part in ON_SCREEN if not printed[part] or any(printed[part])] == []
