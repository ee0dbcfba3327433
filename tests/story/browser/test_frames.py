"""Charts in frames on another site: at any width, light and dark, with nothing but a
style sheet.
"""

import html
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Frame, Page, Request, expect

from tests.browsing import resize
from tests.story.browser.site import (
    CHARTS,
    SOME,
    on_each_chart,
    on_some_charts,
    touching,
    within,
)

pytestmark = pytest.mark.browser

# those of readers, and where the look changes
WIDTHS = (280, 390, 639, 640, 800, 999, 1000)
SMALLEST_TEXT, SMALLEST_IN_LOW = 12, 11  # CSS pixels
SHORTEST = 200  # of a drawing
LOW = ((480, 300), (360, 480), (600, 320))  # frames lower than their codes make them
CODE = re.compile(
    r'<iframe src="(?P<src>[^"]+)" title="(?P<title>[^"]+)" width="100%"'
    r' height="(?P<height>\d+)"'
)
# pixels of a window in which all frames are in sight, so that all of them are loaded
# and drawn
TALL = 1000 * len(CHARTS)
HOST = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Another"
    " site</title><style>{style}</style>{body}"
)
# What a reader sees in a frame: each text with its box and size, the drawings, where
# texts stand around them, what of title, source and link lies uncovered at its place,
# and by how much anything is larger than the frame.
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
        shown: [...document.querySelectorAll(".plot")].filter(seen).map(plot => plot.classList[1]),
        face: getComputedStyle(document.querySelector("h1")).fontFamily,
        title: document.querySelector("h1").innerText, foot: document.querySelector("footer").innerText,
        scripts: document.querySelectorAll("script").length,
        bare: ["h1", "footer p", "footer a"].map(bare),
        bars: [innerWidth - root.clientWidth, innerHeight - root.clientHeight],
        beyond: [root.scrollWidth - innerWidth, root.scrollHeight - innerHeight,
            body.scrollWidth - innerWidth, body.scrollHeight - innerHeight],
    };
}"""
# what is asked of a frame: behind its address, by the page around it, by the reader;
# what it then is
SCHEMES = {
    "by a reader who wants light": ("", "", "light", "light"),
    "by a reader who wants dark": ("", "", "dark", "dark"),
    "light, behind the address": ("#light", "", "dark", "light"),
    "dark, behind the address": ("#dark", "", "light", "dark"),
    "light on a dark page": ("#light", "html { color-scheme: dark }", "null", "light"),
    "dark on a light page": ("#dark", "html { color-scheme: light }", "null", "dark"),
    "by a dark page": ("", "html { color-scheme: dark }", "null", "dark"),
    "by a light page": ("", "html { color-scheme: light }", "null", "light"),
    "by a light page that shows frames dark": (
        "",
        "iframe { color-scheme: dark }",
        "null",
        "dark",
    ),
}


@pytest.fixture(scope="module")
def codes(web, document) -> dict[str, str]:
    """Return the code to copy of each chart, which leads to where the site is served
    for these tests.
    """
    found = {}
    for chart in CHARTS:
        shown = [
            "".join(each.itertext()).strip()
            for each in document(web.repository, chart.home).tree.iter("pre")
        ]
        code = next(code for code in shown if code.startswith("<iframe"))
        found[chart.name] = code.replace(f"{web.repository.base}/", web.repository.url)
    return found


@pytest.fixture(scope="module")
def host(elsewhere, window) -> Callable[..., Page]:
    """Return a function that opens a page of another site with codes in it, in a window
    of a width.
    """

    def host(*codes: str, style: str = "", width: int = 700, **options: object) -> Page:
        style = f"body {{ margin: 0 }} {style}"
        (elsewhere.folder / "index.html").write_text(
            HOST.format(style=style, body="\n".join(codes)), "utf-8"
        )
        page = window(**options)
        page.emulate_media(
            media="null", color_scheme=options.get("color_scheme", "light")
        )
        resize(page, width, TALL)
        page.goto(elsewhere(""))
        for frame in inside(page):
            # of one that loads late there is an empty page before
            frame.locator("footer a").wait_for()
            frame.wait_for_load_state()
        return page

    return host


def inside(page: Page) -> list[Frame]:
    return [frame for frame in page.frames if frame != page.main_frame]


@pytest.fixture(scope="module")
def survey(codes, host) -> dict[str, object]:
    """Show all charts on one page of another site: tell what is seen of each in each
    width, and what was asked for.
    """
    page = host()
    asked: list[str] = []

    def heard(request: Request) -> None:
        asked.append(request.url)

    page.on("request", heard)
    host(*codes.values())
    found: dict[str, object] = {"asked": asked, "seen": {name: {} for name in codes}}
    for width in WIDTHS:
        resize(page, width, TALL)
        for name, frame in zip(codes, inside(page), strict=True):
            found["seen"][name][width] = frame.evaluate(LOOK)
    page.remove_listener("request", heard)
    return found


@pytest.mark.parametrize("width", WIDTHS)
@on_each_chart
def test_a_frame_shows_all_of_its_chart(chart, width, survey):
    """In the height that the code gives, title, drawing and source are whole: nothing
    scrolls, is cut or is small.
    """
    found = survey["seen"][chart.name][width]

    assert (found["width"], found["drawings"]) == (width, 1)
    assert found["bars"] == [0, 0]
    assert max(found["beyond"]) <= 0
    assert found["bare"] == [True, True, True]
    assert len(found["labels"]) > 4
    assert [text for text in found["texts"] if not within(text, found["frame"])] == []
    assert [
        label
        for label in found["labels"]
        for text in found["around"]
        if touching([label, text])
    ] == []
    assert [text for text in found["texts"] if text["size"] < SMALLEST_TEXT] == []


def test_a_frame_shows_its_chart_on_paper_too(codes, host):
    """Where the page around it is printed, or it is printed itself."""
    page = host(next(iter(codes.values())))
    page.emulate_media(media="print")

    assert (
        inside(page)[0].locator(".plot:visible svg").bounding_box()["height"] > SHORTEST
    )


@on_each_chart
def test_a_frame_looks_like_the_pages(chart, survey):
    """From 640 pixels on, as wide as many columns are, it shows the wide drawing, and
    its title has the serif.
    """
    found = survey["seen"][chart.name]

    assert {width: look["shown"] for width, look in found.items()} == {
        width: ["wide" if width >= 640 else "narrow"] for width in WIDTHS
    }
    assert {look["face"].partition(",")[0] for look in found.values()} == {
        '"Page Serif"'
    }


@pytest.fixture(scope="module")
def low(codes, host) -> dict[tuple[int, int], dict[str, dict]]:
    """Show all charts in low frames on a page of another site: tell what is seen of
    each, by size and name.
    """
    found = {}
    for width, height in LOW:
        size = f'width="{width}" height="{height}"'
        page = host(
            *(
                re.sub(r'width="100%" height="\d+"', size, code)
                for code in codes.values()
            )
        )
        frames = zip(codes, inside(page), strict=True)
        found[width, height] = {name: frame.evaluate(LOOK) for name, frame in frames}
    return found


@pytest.mark.parametrize("size", LOW)
@on_each_chart
def test_a_low_frame_does_not_scroll(chart, size, low):
    """In a frame lower than its code makes it the drawing is smaller, its letters
    hardly, and all of it is there.
    """
    found = low[size][chart.name]

    assert [
        text for text in found["texts"] if text["size"] < SMALLEST_IN_LOW - 0.05
    ] == []
    assert found["drawings"] == 1
    assert max(found["beyond"]) <= 0
    assert [
        label for label in found["labels"] if not within(label, found["frame"])
    ] == []
    assert found["bare"] == [True, True, True]


@on_each_chart
def test_a_frame_says_what_it_is_and_where_it_is_from(
    chart, codes, survey, web, document
):
    """It has the title that its code gives, names those who made the figures, and the
    site, and has no script.
    """
    found = survey["seen"][chart.name][640]

    assert found["title"] == html.unescape(CODE.search(codes[chart.name])["title"])
    assert found["foot"].startswith("Source: ")
    assert (
        document(web.repository, "index.html").tree.findtext(".//a[@class='name']")
        in found["foot"]
    )
    assert found["scripts"] == 0


def test_frames_ask_for_nothing_else(survey, elsewhere, web):
    """A frame asks for nothing but itself and the letters of what it is about, not even
    a style sheet.
    """
    asked = [address for address in survey["asked"] if not address.endswith(".woff2")]
    assert sorted(asked) == sorted(
        [elsewhere(""), *(web.repository(chart.frame) for chart in CHARTS)]
    )


@on_some_charts
def test_a_frame_leads_to_the_chart_s_page_beside_it(chart, codes, host, web):
    """A click on the link of a frame opens the chart's page in a window of its own,
    which cannot reach back.
    """
    page = host(codes[chart.name])
    with page.context.expect_page() as opened:
        inside(page)[0].locator("footer a").click()
    beside = opened.value
    beside.wait_for_load_state()

    assert beside.url == web.repository(chart.home)
    assert beside.evaluate("opener") is None
    beside.close()


@pytest.mark.parametrize(
    ("chosen", "style", "reader", "expected"), SCHEMES.values(), ids=SCHEMES.keys()
)
def test_a_frame_is_light_or_dark_as_it_is_asked(  # noqa: PLR0913, PLR0917 - a case, and what it needs
    codes, host, palette, chosen, style, reader, expected
):
    """Behind the address #light and #dark choose; else the page around it does, by
    color-scheme; else its reader.
    """
    asked = [
        codes[chart.name].replace('" title=', f'{chosen}" title=') for chart in SOME
    ]
    page = host(*asked, style=style, color_scheme=reader)

    for frame in inside(page):
        expect(frame.locator("body")).to_have_css(
            "background-color", palette(expected)["paper"]
        )
