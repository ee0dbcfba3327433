"""Charts in frames on another site: at any width, light and dark, with nothing but a style sheet."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Callable

    from playwright.sync_api import Frame, Page

pytestmark = pytest.mark.browser

WIDTHS = (280, 400, 599, 600, 700, 899, 900, 1100)  # those of readers, and where the look changes
SMALLEST_TEXT = 12  # CSS pixels
CODE = re.compile(r'<iframe src="(?P<src>[^"]+)" title="(?P<title>[^"]+)" width="100%" height="(?P<height>\d+)"')
HOST = "<!doctype html><html lang=en><meta charset=utf-8><title>Another site</title><style>{style}</style>{body}"
# What a reader sees in a frame: each text with its box and size, the drawings, where texts stand around them, what of
# title, source and link lies uncovered at its place, and by how much anything is larger than the frame.
LOOK = """() => {
    const seen = element => element.getClientRects().length > 0;
    const box = element => { const {left, top, right, bottom} = element.getBoundingClientRect();
        return {text: element.textContent, left, top, right, bottom}; };
    const size = element => parseFloat(getComputedStyle(element).fontSize) * (element.getScreenCTM?.().a ?? 1);
    const bare = name => { const element = document.querySelector(name), [line] = element.getClientRects();
        return element.contains(document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2)); };
    const root = document.documentElement, {body} = document;
    return {
        width: innerWidth,
        frame: {left: 0, top: 0, right: innerWidth, bottom: innerHeight},
        texts: [...document.querySelectorAll("h1, p, a, svg text")].filter(seen).map(
            element => ({...box(element), size: size(element)})),
        labels: [...document.querySelectorAll("svg text")].filter(seen).map(box),
        around: ["header", "footer"].map(name => box(document.querySelector(name))),
        drawings: [...document.querySelectorAll("svg")].filter(seen).length,
        bare: ["h1", "footer p", "footer a"].map(bare),
        bars: [innerWidth - root.clientWidth, innerHeight - root.clientHeight],
        beyond: [root.scrollWidth - innerWidth, root.scrollHeight - innerHeight,
            body.scrollWidth - innerWidth, body.scrollHeight - innerHeight],
    };
}"""
PAPER = "() => getComputedStyle(document.body).backgroundColor"
SCHEMES = {  # what is asked of a frame: behind its address, by the page around it, by the reader; what it then is
    "by a reader who wants light": ("", "", "light", "light"),
    "by a reader who wants dark": ("", "", "dark", "dark"),
    "light, behind the address": ("#light", "", "dark", "light"),
    "dark, behind the address": ("#dark", "", "light", "dark"),
    "light on a dark page": ("#light", "html { color-scheme: dark }", "null", "light"),
    "dark on a light page": ("#dark", "html { color-scheme: light }", "null", "dark"),
    "by a dark page": ("", "html { color-scheme: dark }", "null", "dark"),
    "by a light page": ("", "html { color-scheme: light }", "null", "light"),
    "by a light page that shows frames dark": ("", "iframe { color-scheme: dark }", "null", "dark"),
}


@pytest.fixture(scope="module")
def codes(tested, sites, web, parse) -> dict[str, str]:
    """Return the code to copy of each chart, which leads to where the site is served for these tests."""
    found = {chart.name: code_in(parse(sites[1][chart.home].text)) for chart in tested.charts}
    return {name: code.replace(f"{web.repository.base}/", web.repository.url) for name, code in found.items()}


def code_in(tree: ET.Element) -> str:
    """Return the code that a page shows to be copied."""
    shown = ["".join(element.itertext()).strip() for element in tree.iter("pre")]
    return next(code for code in shown if code.startswith("<iframe"))


@pytest.fixture
def host(elsewhere, visit) -> Callable[..., Page]:
    """Return a function that opens a page of another site with codes in it, in a window of a width."""

    def host(*codes: str, style: str = "", width: int = 700, **options: object) -> Page:
        style = f"body {{ margin: 0 }} {style}"
        (elsewhere.folder / "index.html").write_text(HOST.format(style=style, body="\n".join(codes)), "utf-8")
        page = visit(elsewhere(""), width=width, **options)
        for frame in page.locator("iframe").all():
            frame.scroll_into_view_if_needed()  # they load when they are near
        for frame in inside(page):
            frame.wait_for_load_state()
        return page

    return host


def inside(page: Page) -> list[Frame]:
    return [frame for frame in page.frames if frame != page.main_frame]


def within(box: dict[str, float], frame: dict[str, float]) -> bool:
    return (
        frame["left"] <= box["left"]
        and box["right"] <= frame["right"]
        and frame["top"] <= box["top"]
        and box["bottom"] <= frame["bottom"]
    )


def apart(one: dict[str, float], other: dict[str, float]) -> bool:
    return (
        one["right"] <= other["left"]
        or other["right"] <= one["left"]
        or one["bottom"] <= other["top"]
        or other["bottom"] <= one["top"]
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_a_frame_shows_all_of_its_chart(chart, codes, host, width):
    """In the height that the code gives, title, drawing and source are whole: nothing scrolls, is cut or is small."""
    (frame,) = inside(host(codes[chart.name], width=width))
    found = frame.evaluate(LOOK)

    assert (found["width"], found["drawings"]) == (width, 1)
    assert found["bars"] == [0, 0]
    assert max(found["beyond"]) <= 0
    assert found["bare"] == [True, True, True]
    assert len(found["labels"]) > 5
    assert [text for text in found["texts"] if not within(text, found["frame"])] == []
    assert [label for label in found["labels"] if not all(apart(label, text) for text in found["around"])] == []
    assert [text for text in found["texts"] if text["size"] < SMALLEST_TEXT] == []


def test_a_page_of_another_site_shows_all_charts(codes, host, tested):
    """The codes of all charts on one page show all of them, each under the title that its code gives to the frame."""
    page = host(*codes.values())
    titles = [frame.locator("h1").inner_text() for frame in inside(page)]
    drawn = [frame.locator("svg").locator("visible=true").count() for frame in inside(page)]

    assert titles == [html.unescape(CODE.search(code)["title"]) for code in codes.values()]
    assert drawn == [1] * len(tested.charts)


def test_a_frame_asks_for_a_style_sheet_alone(chart, codes, host, web, elsewhere):
    """A frame has no script, and asks for nothing but itself."""
    page = host(fresh=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    (elsewhere.folder / "index.html").write_text(HOST.format(style="", body=codes[chart.name]), "utf-8")
    page.goto(elsewhere(""), wait_until="networkidle")
    (inner,) = inside(page)

    assert asked == [elsewhere(""), web.repository(chart.frame)]
    assert inner.locator("script").count() == 0


def test_a_frame_leads_to_the_chart_s_page_beside_it(chart, codes, host, web):
    """The link of a frame opens the chart's page in a window of its own, which cannot reach back."""
    page = host(codes[chart.name])
    with page.context.expect_page() as opened:
        inside(page)[0].locator("footer a").click()
    beside = opened.value
    beside.wait_for_load_state()

    assert beside.url == web.repository(chart.home)
    assert beside.evaluate("opener") is None
    beside.close()


def test_a_frame_says_where_it_is_from(chart, codes, host, sites, parse):
    """Below its drawing a frame names those who made the figures, and the site."""
    foot = inside(host(codes[chart.name]))[0].locator("footer").inner_text()

    assert foot.startswith("Source: ")
    assert parse(sites[1]["index.html"].text).findtext(".//a[@class='name']") in foot


@pytest.mark.parametrize(("chosen", "style", "reader", "expected"), SCHEMES.values(), ids=SCHEMES.keys())
def test_a_frame_is_light_or_dark_as_it_is_asked(codes, host, palette, chosen, style, reader, expected):  # noqa: PLR0913, PLR0917 - a case, and what it needs
    """Behind the address #light and #dark choose; else the page around it does, by color-scheme; else its reader."""
    asked = [code.replace('" title=', f'{chosen}" title=') for code in codes.values()]
    page = host(*asked, style=style, color_scheme=reader)

    assert {frame.evaluate(PAPER) for frame in inside(page)} == {palette(expected)["paper"]}
