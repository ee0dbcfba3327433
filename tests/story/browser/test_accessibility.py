"""Every page, for readers who do without a mouse, without eyes, or with little of
either.

Lists, tables and drawings repeat a few kinds of elements many times over: ``make test``
looks at each of them twice or more, ``make test-long`` at everything, in every window.
"""

import itertools
from collections.abc import Callable
from functools import cache

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import check_accessibility, resize
from tests.story.browser.conftest import thin
from tests.story.browser.site import (
    on_each_page,
    on_some_charts,
    on_some_pages,
    on_some_sheets,
)

pytestmark = pytest.mark.browser

WINDOWS = [("light", 1440, True), ("dark", 320, True)]
ALL_WINDOWS = list(itertools.product(("light", "dark"), (320, 1440), (False, True)))
OPEN_ALL = (
    "open => document.querySelectorAll('details').forEach(element => { element.open ="
    " open; })"
)
# Of a group of radio buttons Tab reaches the chosen one; arrow keys reach the others.
# The words of a state are there for those who chose it.
INTERACTIVE = """a[href]:not([tabindex='-1'], [data-state]:not(.on) a), button,
    input:not([type=radio]:not(:checked)), select, textarea, summary, [tabindex='0']"""
# Notes of each element that takes the focus its place among the interactive ones, its
# outline, if it is in sight.
WATCH = """selector => {
    const all = [...document.querySelectorAll(selector)];
    window.focused = [];
    document.addEventListener("focusin", event => {
        const element = event.target, style = getComputedStyle(element), box = element.getBoundingClientRect();
        const outline = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
        const seen = box.width > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
        focused.push({place: all.indexOf(element), name: element.outerHTML.slice(0, 90), outline, seen});
    });
    return all.length;
}"""


def looked(page: Page, scheme: str, width: int, unfolded: bool) -> dict[str, list[str]]:  # noqa: FBT001 - one of three
    """Have axe look at a page in a scheme and a width, folded or unfolded: rules that
    it breaks, rules it keeps.
    """
    page.emulate_media(color_scheme=scheme)
    resize(page, width)
    page.evaluate(OPEN_ALL, unfolded)
    # axe is told of all contrasts where all is unfolded
    return check_accessibility(page, contrast=unfolded)


@pytest.fixture(scope="module")
def look(web, window) -> Callable[[str], dict]:
    """Return a function that has axe look at a page, thinned, in the schemes and
    widths: what it says of each.
    """

    @cache
    def look(address: str) -> dict:
        page = window()
        page.emulate_media(media="null")
        page.goto(web.root(address))
        thin(page, 2)
        return {case: looked(page, *case) for case in WINDOWS}

    return look


@on_some_pages
def test_axe_finds_no_fault(address, look):
    """Axe knows no rule of WCAG 2.2 AA, and no good practice, that a page breaks, in
    either scheme, wide or narrow.
    """
    assert {case: found["broken"] for case, found in look(address).items()} == {
        case: [] for case in WINDOWS
    }


@pytest.mark.long
@on_each_page
def test_axe_finds_no_fault_in_any_window(address, web, visit):
    """Axe finds none in any part of a page, in every scheme and width, folded or
    unfolded.
    """
    page = visit(web.root(address))

    assert [
        fault for case in ALL_WINDOWS for fault in looked(page, *case)["broken"]
    ] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_where_all_is_proved(scheme, web, visit):
    """Axe finds none in the texts of the story with the switch of their marks pressed:
    all else is as before.
    """
    page = visit(web.root("index.html"), fresh=True, color_scheme=scheme)
    thin(page, 2)
    page.locator(".prove").click()
    found = check_accessibility(page, "main p")

    assert found["broken"] == []
    assert "color-contrast" in found["kept"]


def test_axe_has_looked(look):
    """Axe has judged names, order, contrast and the size of targets in each window: no
    page goes unread.
    """
    for found in look("index.html").values():
        assert set(found["kept"]) >= {
            "link-name",
            "role-img-alt",
            "region",
            "heading-order",
            "color-contrast",
            "target-size",
        }


@on_some_sheets
def test_the_first_key_leads_past_the_navigation(address, web, visit):
    """The first Tab shows the link that skips to the text, and Enter on it moves the
    focus there.

    A frame has no navigation to skip.
    """
    page = visit(web.root(address), width=320)
    skip = page.locator(".skip")
    hidden = skip.bounding_box()
    page.keyboard.press("Tab")
    shown = skip.bounding_box()

    assert hidden["x"] + hidden["width"] < 0
    assert skip.evaluate("link => link === document.activeElement")
    assert shown["x"] >= 0
    assert shown["y"] >= 0
    assert shown["x"] + shown["width"] <= 320
    assert skip.evaluate(
        "(link, box) => link.contains(document.elementFromPoint(box.x + box.width / 2,"
        " box.y + box.height / 2))",
        shown,
    )
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate(
        "document.activeElement.closest('main, footer') !== null ||"
        " document.activeElement === document.body"
    )


@on_some_pages
def test_the_keyboard_reaches_everything(address, web, visit):
    """Tab goes in order through all links, summaries and scrolling tables, each in
    sight and with an outline.
    """
    page = visit(web.root(address), width=320)
    thin(page, 1)
    walk(page)


@pytest.mark.long
@on_each_page
def test_the_keyboard_reaches_every_single_thing(address, web, visit):
    """It does so with all that long lists repeat."""
    walk(visit(web.root(address), width=320))


def walk(page: Page) -> None:
    """Go through a page by Tab, all unfolded, and hold each stop to its order, its
    outline and its place.
    """
    page.evaluate(OPEN_ALL, arg=True)
    count = page.evaluate(WATCH, INTERACTIVE)
    for _ in range(count):
        # held down, it moves on again and again: half the messages of pressing it
        page.keyboard.down("Tab")
    page.keyboard.up("Tab")
    focused = page.evaluate("focused")

    assert count > 0
    assert [item["place"] for item in focused] == list(range(count))
    assert [item["name"] for item in focused if item["outline"] < 2] == []
    assert [item["name"] for item in focused if not item["seen"]] == []


@on_some_charts
def test_the_keyboard_opens_details(chart, web, visit):
    """A table that is folded away unfolds by Enter, and folds again."""
    page = visit(web.root(chart.address))
    details = page.locator(f"figure#{chart.name} details:has(table)")
    table = details.locator("table")
    details.locator("summary").focus()

    expect(table).to_be_hidden()
    page.keyboard.press("Enter")
    expect(table).to_be_visible()
    page.keyboard.press("Enter")
    expect(table).to_be_hidden()
