"""Every page, for readers who do without a mouse, without eyes, or with little of either."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": STANDARDS, "resultTypes": ["violations"]}
OPEN_ALL = "document.querySelectorAll('details').forEach(element => { element.open = true; })"
# Begins to look, first at the page as it is loaded, then, if there is something to unfold, with all unfolded.
START_AXE = """options => {
    const details = [...document.querySelectorAll("details")];
    const look = async open => {
        details.forEach(element => { element.open = open; });
        const {violations, passes} = await axe.run(options);
        return {
            broken: violations.flatMap(({id, nodes}) =>
                nodes.map(({html, failureSummary}) => `${id}: ${html}: ${failureSummary}`)),
            kept: passes.map(rule => rule.id),
        };
    };
    const both = (folded, unfolded) => ({
        broken: [...folded.broken, ...unfolded.broken], kept: folded.kept.filter(id => unfolded.kept.includes(id))});
    window.found = look(false).then(async folded => details.length ? both(folded, await look(true)) : folded);
}"""
# Of a group of radio buttons Tab reaches the chosen one; arrow keys reach the others.
INTERACTIVE = "a[href], button, input:not([type=radio]:not(:checked)), select, textarea, summary, [tabindex='0']"
# Notes of each element that takes the focus its place among the interactive ones, its outline, if it is in sight.
WATCH = """selector => {
    const all = [...document.querySelectorAll(selector)];
    window.focused = [];
    document.addEventListener("focusin", event => {
        const element = event.target, style = getComputedStyle(element), box = element.getBoundingClientRect();
        const outline = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
        const seen = box.width > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
        focused.push({place: all.indexOf(element), name: element.outerHTML.slice(0, 90), outline, seen,
            colour: style.outlineColor});
    });
    return all.length;
}"""


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it."""
    lights = sorted((luminance(first), luminance(second)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.fixture(scope="module")
def seen() -> dict[str, dict]:
    """Keep what axe has said of a page, for the tests that ask the same of it."""
    return {}


@pytest.fixture
def look(web, visit, seen):
    """Return a function that has axe look at a page in every scheme and width: rules that it breaks, rules it keeps."""

    def look(address: str) -> dict:
        if address not in seen:
            # Axe takes seconds for a long page: so it works in both windows at once.
            pages = {scheme: visit(web.root(address), color_scheme=scheme) for scheme in ("light", "dark")}
            seen[address] = {}
            for page in pages.values():
                page.evaluate(Axe().axe_script)
            for width in (320, 1440):
                for page in pages.values():
                    page.set_viewport_size({"width": width, "height": 900})
                    page.evaluate(START_AXE, OPTIONS)
                seen[address] |= {(scheme, width): page.evaluate("found") for scheme, page in pages.items()}
        return seen[address]

    return look


def test_axe_finds_no_fault(address, look):
    """Axe knows no rule of WCAG 2.2 AA, and no good practice, that a page breaks, whatever is folded or unfolded."""
    faults = {window: found["broken"] for window, found in look(address).items()}

    assert faults == {(scheme, width): [] for width in (320, 1440) for scheme in ("light", "dark")}


def test_axe_has_looked(look):
    """Axe has judged contrast, names, and order in every window, not passed the page unread."""
    for found in look("index.html").values():
        assert set(found["kept"]) >= {"color-contrast", "link-name", "role-img-alt", "region", "heading-order"}


def test_the_first_key_leads_past_the_navigation(sheet, web, visit):
    """The first Tab shows the link that skips to the text, and Enter on it moves the focus there.

    A frame has no navigation to skip.
    """
    page = visit(web.root(sheet), width=320)
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
        "(link, box) => link.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2))", shown
    )
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
    page.keyboard.press("Tab")
    assert page.evaluate(
        "document.activeElement.closest('main, footer') !== null || document.activeElement === document.body"
    )


def test_the_keyboard_reaches_everything(address, web, visit):
    """Tab goes in order through all links, summaries and scrolling tables, each in sight and with an outline."""
    page = visit(web.root(address), width=320)
    page.evaluate(OPEN_ALL)
    count = page.evaluate(WATCH, INTERACTIVE)
    for _ in range(count):
        page.keyboard.down("Tab")  # held down, it moves on again and again: half the messages of pressing it
    page.keyboard.up("Tab")
    focused = page.evaluate("focused")

    assert count > 0
    assert [item["place"] for item in focused] == list(range(count))
    assert [item["name"] for item in focused if item["outline"] < 2] == []
    assert [item["name"] for item in focused if not item["seen"]] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_outline_of_the_focus_stands_out(scheme, web, visit):
    """The outline around what has the focus has a contrast of 3 to 1 with the page."""
    page = visit(web.root("index.html"), color_scheme=scheme)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineColor")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert contrast(outline, paper) >= 3


def test_the_keyboard_opens_details(chart, web, visit):
    """A table that is folded away unfolds by Enter, and folds again."""
    page = visit(web.root(chart.address))
    details = page.locator(f"figure#{chart.name} details:has(table)")
    table = details.locator("table")
    details.locator("summary").focus()

    assert not table.is_visible()
    page.keyboard.press("Enter")
    assert table.is_visible()
    page.keyboard.press("Enter")
    assert not table.is_visible()
