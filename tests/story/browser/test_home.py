"""A chart at home: its page, on a screen and on paper."""

from collections.abc import Callable
from functools import cache

import pytest

from tests.browsing import resize
from tests.story.browser.site import flat, on_each_chart, read

pytestmark = pytest.mark.browser

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
ON_PAPER = (
    "h1",
    ".plot.wide",
    ".summary",
    "tbody tr",
    ".head:has(> #cite) + p",
    ".cites li",
)
ON_SCREEN = (
    ".kicker",
    ".parts",
    "#downloads",
    ".take",
    "#embed",
    "article pre",
    ".beside",
    "article summary",
)
TOLD = """parts => {
    const text = selector => document.querySelector(selector).innerText;
    return {
        tops: parts.map(part => document.querySelector(`article ${part}`).getBoundingClientRect().top),
        whole: text("article"), h1: text("h1"), standfirst: text(".standfirst"), summary: text(".summary"),
        drawn: [...document.querySelectorAll(".plot")].filter(plot => plot.clientWidth).length,
        rows: document.querySelectorAll("tbody tr").length, cites: document.querySelectorAll(".cites a").length,
        stands: document.querySelector(".stands a").getAttribute("href"),
        kicker: document.querySelector(".kicker a").getAttribute("href"),
    };
}"""
PRINTED = """parts => Object.fromEntries(parts.map(part => [part,
    [...document.querySelectorAll(part)].map(element => element.checkVisibility())]))"""


@pytest.fixture(scope="module")
def survey(web, window) -> Callable[[str], dict]:
    """Return a function that tells all that is seen of a chart's page, loaded once."""

    @cache
    def survey(address: str) -> dict:
        page = window()
        resize(page, 1440)
        page.emulate_media(media="null")
        page.goto(web.repository(address))
        told = page.evaluate(TOLD, PARTS)
        page.emulate_media(media="print")
        printed = page.evaluate(PRINTED, [*ON_PAPER, *ON_SCREEN])
        page.emulate_media(media="null")
        return {"told": told, "printed": printed}

    return survey


@on_each_chart
def test_a_page_tells_all_of_its_chart(chart, survey):
    """A chart's page has, in this order, finding, drawing, summary, how to read it,
    proof, caveats, figures, files.

    It leads back to the chart in the text, whose figure leads here, and to all charts.
    """
    found, text = survey(chart.home)["told"], chart.text

    assert found["tops"] == sorted(found["tops"])
    assert flat(found["h1"]) == read(text["title"])
    assert flat(found["standfirst"]) == read(text["subtitle"])
    assert flat(found["summary"]) == read(chart.summary)
    assert [
        said
        for said in (text["how_to_read"], *text["notes"])
        if read(said) not in flat(found["whole"])
    ] == []
    assert found["drawn"] == 1
    assert found["rows"] > 2
    assert found["cites"] > 0
    assert found["stands"] == f"../{chart.address}#{chart.name}"
    assert found["kicker"] == "../charts.html"


@on_each_chart
def test_paper_holds_what_can_be_read_there(chart, survey):
    """Printed, a chart's page has its drawing, table, citation and all pages of
    sources, but neither files nor code.
    """
    printed = survey(chart.home)["printed"]

    assert [
        part for part in ON_PAPER if not printed[part] or not all(printed[part])
    ] == []
    assert [part for part in ON_SCREEN if not printed[part] or any(printed[part])] == []
