"""Charts as other readers get them: in a wider font, in the colours of their system, without movement."""

from __future__ import annotations

import itertools
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

WIDER = "DejaVu Sans"  # the widest that a reader of a page in Arial is likely to get
# The widths of a word in two fonts, and the boxes of a chart's texts and its figure in the wider one.
IN_FONT = """(figure, font) => {
    const pen = document.createElement("canvas").getContext("2d");
    const widths = ["Liberation Sans", font].map(name => {
        pen.font = `100px "${name}", monospace`; return pen.measureText("Machinery").width; });
    const seen = element => element.getClientRects().length > 0;
    for (const svg of figure.querySelectorAll("svg")) svg.style.fontFamily = `"${font}"`;
    const box = element => { const {left, top, right, bottom} = element.getBoundingClientRect();
        return {text: element.textContent, left, top, right, bottom}; };
    return {widths, texts: [...figure.querySelectorAll("svg text")].filter(seen).map(box),
        window: document.documentElement.clientWidth};
}"""
STROKES = """figure => [...figure.querySelectorAll("svg line, svg path[stroke]")]
    .filter(mark => mark.getClientRects().length > 0).map(mark => getComputedStyle(mark).stroke)"""
# The marks that are open on any other screen, or lie behind others, each with its fill here, and this system's paper.
OPEN = """figure => {
    const probe = figure.appendChild(document.createElement("i"));
    probe.style.color = "Canvas";
    const open = [...figure.querySelectorAll(
        'svg path:is([fill^="var(--paper,"], [fill^="var(--rule,"], [fill^="var(--raised,"])')];
    return {paper: getComputedStyle(probe).color, fills: open.map(mark => getComputedStyle(mark).fill)};
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter(element => {
    const style = getComputedStyle(element);
    return style.animationName !== "none" || style.scrollBehavior === "smooth"
        || style.transitionDuration.split(",").some(seconds => parseFloat(seconds) > 0);
}).length"""


@pytest.mark.parametrize("width", [320, 640, 1440])
def test_texts_keep_apart_in_a_wider_font(chart, web, visit, width):
    """In DejaVu Sans no text of a chart leaves the window, and no two texts cover each other by a letter."""
    figure = visit(web.root(chart.address), width=width, fresh=True).locator(f"figure#{chart.name}")
    found = figure.evaluate(IN_FONT, WIDER)
    narrow, wide = found["widths"]

    assert wide > 1.05 * narrow, f"{WIDER} is not installed (Debian: fonts-dejavu-core)"
    assert [text["text"] for text in found["texts"] if text["left"] < 0 or text["right"] > found["window"]] == []
    assert [
        (one["text"], other["text"])
        for one, other in itertools.combinations(found["texts"], 2)
        if min(one["right"], other["right"]) - max(one["left"], other["left"]) > 4
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 5
    ] == []


def test_a_reader_s_own_colours_are_kept(chart, web, visit):
    """Where the system forces its colours, lines and dots take them, and none keeps one of the palette."""
    page = visit(web.root(chart.address), fresh=True)
    page.emulate_media(forced_colors="active")
    strokes = set(page.locator(f"figure#{chart.name}").evaluate(STROKES))

    system = page.evaluate("""() => ["CanvasText", "Canvas", "GrayText", "LinkText"].map(name => {
        document.body.style.color = name; return getComputedStyle(document.body).color; })""")
    assert strokes <= {*system, "none"}


def test_open_marks_stay_open_in_a_reader_s_own_colours(tested, web, visit):
    """Where the system forces its colours, an open dot says so still, and no band covers what lies on it."""
    fills = []
    for chart in tested.charts:
        page = visit(web.root(chart.address), fresh=True)
        page.emulate_media(forced_colors="active")
        found = page.locator(f"figure#{chart.name}").evaluate(OPEN)
        fills += found["fills"]
        assert set(found["fills"]) <= {found["paper"]}
    assert len(fills) > 10


def test_imports_and_exports_differ_in_a_reader_s_own_colours(web, visit):
    """Where the system forces its colours, bars side by side are of two of them."""
    page = visit(web.root("charts/which_way.html"), fresh=True)
    page.emulate_media(forced_colors="active")
    fills = [
        page.locator(f'.plot.wide path[fill^="var(--{flow},"]').first.evaluate("bar => getComputedStyle(bar).fill")
        for flow in ("import", "export")
    ]

    assert len({*fills, "none"}) == 3


def test_charts_are_seen_without_styles(web, visit):
    """Where a browser takes the style away, each chart is drawn once, and its texts and lines have a colour."""
    page = visit(web.root("index.html"), fresh=True)
    page.evaluate("document.querySelectorAll('style').forEach(style => style.remove())")

    for figure in page.locator("figure[data-points]").all():
        assert (
            figure.evaluate("each => [...each.querySelectorAll('.plot')].filter(plot => plot.clientWidth).length") == 1
        )
        assert figure.evaluate(
            "each => [...each.querySelectorAll('text')].every(text => getComputedStyle(text).fill !== 'none')"
        )
    assert set(page.locator("figure").first.evaluate(STROKES)) - {"none"}


def test_the_first_screen_waits_for_nothing_else(web, visit):
    """Where no other file comes, the page is read as it is meant to look: style, text and opening chart."""
    page = visit("about:blank", fresh=True)
    page.route(re.compile(r"(?<!index\.html)$"), lambda route: route.abort())
    page.goto(web.root("index.html"))

    expect(page.locator("h1")).to_have_css("font-weight", "600")
    expect(page.locator(".plot:visible").first).to_be_in_viewport()


def test_nothing_moves(address, web, visit):
    """No page animates, fades or scrolls smoothly, so readers who asked for less movement get none."""
    page = visit(web.root(address), fresh=True)
    page.emulate_media(reduced_motion="reduce")

    assert page.evaluate(MOVING) == 0
