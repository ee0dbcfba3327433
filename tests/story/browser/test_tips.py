"""Tips: a chart's values are told at its marks, to a pointer, to a finger and to the
keys, and only when asked for.
"""

import json
import math
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browsing import (
    KEPT,
    Place,
    check_accessibility,
    resize,
    wait_until_quiet,
    wait_until_true,
)
from tests.story.browser.conftest import text_of
from tests.story.browser.site import CHARTS, FEW, ROOT, on_each_chart, on_some_charts

pytestmark = pytest.mark.browser

# it has the most marks
RACE = next(chart for chart in CHARTS if chart.name == "race_to_200bn")
# units of the drawing between a mark and its neighbours, that a pointer is nearest to
# it alone
ALONE = 4
POINTS = re.compile(
    r'\(window\.points \?\?= \{\}\)\["(\w+)"\] = (\{.*\});\s*', re.DOTALL
)
# Reads all values of a chart as keys do, and returns where something of a tip is out of
# sight or makes the page wider.
WALK = """async range => {
    const faults = [], before = document.documentElement.scrollWidth; // from right to left a page is wider by .skip
    for (let index = 0; index <= Number(range.max); index += 1) {
        range.value = index;
        range.dispatchEvent(new Event("input"));
        await new Promise(done => setTimeout(done));
        const {clientWidth, scrollWidth} = document.documentElement;
        for (const each of document.querySelectorAll(".tip, .ring")) {
            const {left, right, top, bottom, width} = each.getBoundingClientRect();
            if (!width || left < 0 || top < 0 || right > clientWidth || bottom > innerHeight) {
                faults.push([index, each.className]);
            }
        }
        if (document.querySelectorAll(".tip, .ring").length !== 2) faults.push([index, "missing"]);
        if (scrollWidth > before) faults.push([index, "wider"]);
    }
    return faults;
}"""
# Notes, of each value that is told to the keys, what a screen reader is told of it, and
# what is seen.
HEAR = """range => {
    window.heard = [];
    const observer = new MutationObserver(() => {
        const now = [range.ariaValueText, ...document.querySelectorAll(".tip > *")].map(each => each.innerText ?? each);
        if (String(now) !== String(heard.at(-1))) heard.push(now); // an arrow tells where it starts, too
    });
    observer.observe(range, {attributeFilter: ["aria-valuetext"]});
}"""
# Where a mark is in the window, once what was far from it has been laid out.
SPOT = """async (svg, [x, y]) => {
    const drawn = () => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    for (let before; before !== svg.getBoundingClientRect().top; await drawn()) {
        before = svg.getBoundingClientRect().top;
        svg.parentNode.scrollIntoViewIfNeeded();
    }
    const {a, e, f} = svg.getScreenCTM();
    return [x * a + e, y * a + f];
}"""
# A chart of the tests' own, with bars.
BARS = """<!doctype html>
<html lang="en">
<title>Bars</title>
<link rel="stylesheet" href="site.css"><link rel="stylesheet" href="tips.css">
<script src="tips.js" defer data-hint="Press an arrow key" data-label="Values"></script>
<figure id="bars" data-points="points.js" data-last="3" aria-labelledby="bars-title">
<p id="bars-title">Bars</p>
<div class="plot wide"><svg width="400" height="400" viewBox="0 0 400 400"></svg></div>
<div class="plot narrow"><svg width="200" height="200" viewBox="0 0 200 200"></svg></div>
</figure>
</html>"""
# the second on the third
UPRIGHT = [
    [40, 120, 60, 80],
    [140, 20, 60, 100],
    [140, 120, 60, 80],
    [300, 180, 60, 20],
]
LYING = [[top, left, height, width] for left, top, width, height in UPRIGHT]


class Points(NamedTuple):
    """What the site publishes of a chart: label and value of each mark, and where the
    mark is in each drawing.
    """

    texts: list[list[str]]
    wide: list[list[float] | None]
    narrow: list[list[float] | None]
    band: str
    kinds: list[list[str] | None] | None = None  # of each, where a reader may hide some
    # of a chart as wide as the window: shown where others are wide
    full: list[list[float] | None] | None = None

    def places(self, size: str) -> list[list[float] | None]:
        """Return where the marks are in a drawing."""
        return self.narrow if size == "narrow" else self.full or self.wide

    def lonely(self, size: str) -> list[int]:
        """Return the marks of a drawing that have no other close by."""
        marks = [mark for mark in self.places(size) if mark]
        near = [
            sum(math.dist(mark[:2], other[:2]) < ALONE for other in marks)
            for mark in marks
        ]
        return [index for index, count in enumerate(near) if count == 1]


class Told(NamedTuple):
    """A chart on its page, and what there is to tell of it."""

    page: Page
    figure: Locator
    range: Locator
    points: Points
    address: str  # of the points

    @property
    def plot(self) -> Locator:
        """The drawing on display."""
        return self.figure.locator(".plot").locator("visible=true")

    @property
    def tip(self) -> Locator:
        """The tip, if one is open."""
        return self.page.locator(".tip")

    def spot(self, index: int, size: str = "wide") -> tuple[float, float]:
        """Return where in the window the middle of a mark is."""
        left, top, width, height = ([*(self.points.places(size)[index]), 0, 0])[:4]
        return tuple(
            self.plot.locator("svg").evaluate(
                SPOT, [left + width / 2, top + height / 2]
            )
        )

    def says(self, index: int) -> None:
        """Hold the open tip to the text of a mark."""
        label, value = self.points.texts[index]
        expect(self.tip.locator("b")).to_have_text(value)
        expect(self.tip.locator("span")).to_have_text(label)

    def is_silent(self) -> None:
        """Hold the page to showing no tip once all that it was about to do is done."""
        wait_until_quiet(self.page)
        expect(self.tip).to_have_count(0)

    def focus(self) -> None:
        """Give the focus to the chart as the Tab key does, and wait for its first
        value.
        """
        self.range.focus()
        expect(self.tip).to_be_visible()

    def hover(self, index: int, size: str = "wide") -> None:
        """Bring the mouse to a mark from outside of the drawing."""
        x, y = self.spot(index, size)
        self.page.mouse.move(0, 0)
        self.page.mouse.move(x, y)

    def tap(self, index: int, size: str = "narrow") -> None:
        """Touch a mark and let go."""
        self.page.touchscreen.tap(*self.spot(index, size))


def watch(page: Page) -> list[str]:
    """Return a list that grows by the address of each file of points that a page asks
    for.
    """
    requests = []
    page.on(
        "request",
        lambda request: "/points." in request.url and requests.append(request.url),
    )
    return requests


@cache
def points_in(path: Path) -> tuple[str, Points]:
    """Return what a file of points tells: the name of the chart, and the points."""
    name, body = POINTS.fullmatch(path.read_text("utf-8")).groups()
    return name, Points(**json.loads(body))


def told_on(place: Place, page: Page, name: str) -> Told:
    """Return a chart of an open page, with the points that its figure names."""
    figure = page.locator(f"figure#{name}")
    address = urljoin(page.url, figure.get_attribute("data-points"))
    found, points = points_in(place.folder / "assets" / address.rsplit("/", 1)[1])
    assert found == name
    return Told(page, figure, figure.locator("[type=range]"), points, address)


@pytest.fixture
def tell(web, keep, visit) -> Callable[..., Told]:
    """Return a function that opens the page with a chart's text: one that is kept open,
    or a fresh one.
    """

    def tell(chart, *, fresh: bool = False, **options: object) -> Told:
        url = web.root(chart.address)
        return told_on(
            web.root,
            visit(url, fresh=True, **options) if fresh else keep(url, **options),
            chart.name,
        )

    return tell


@pytest.fixture
def told(chart, tell) -> Callable[..., Told]:
    """Return a function that opens the page with the chart of a test."""
    return lambda **options: tell(chart, **options)


@pytest.fixture
def race(tell) -> Callable[..., Told]:
    """Return a function that opens the page with the race."""
    return lambda **options: tell(RACE, **options)


@pytest.fixture(scope="module")
def bars(tmp_path_factory, keep) -> Callable[[str], Told]:
    """Return a function that opens a page of bars that stand or lie."""
    folder = tmp_path_factory.mktemp("bars")
    drawn = {}
    for band, boxes in (("x", UPRIGHT), ("y", LYING)):
        shutil.copytree(ROOT / "press" / "theme" / "static", folder / band)
        drawn[band] = Points(
            [[f"bar {number}", str(number)] for number in range(4)],
            boxes,
            [None] * 4,
            band,
        )
        points = (
            f'(window.points ??= {{}})["bars"] = {json.dumps(drawn[band]._asdict())};'
        )
        (folder / band / "points.js").write_text(points, "utf-8")
        (folder / band / "bars.html").write_text(BARS, "utf-8")

    def bars(band: str) -> Told:
        page = keep((folder / band / "bars.html").as_uri(), width=800)
        figure = page.locator("#bars")
        return Told(page, figure, figure.locator("[type=range]"), drawn[band], "")

    return bars


@on_each_chart
def test_the_keys_read_all_values_in_order(chart, told):
    """One arrow key after the other tells every value that is published, in order; Home
    and End tell first and last.
    """
    found = told()
    texts = found.points.texts
    found.focus()
    found.says(0)
    found.range.evaluate(HEAR)
    for _ in texts[1:]:
        # held down, it moves on again and again: half the messages of pressing it
        found.page.keyboard.down("ArrowRight")
    found.page.keyboard.up("ArrowRight")
    found.says(-1)

    assert len(texts) > (1 if chart.name in FEW else 5)
    assert found.page.evaluate("heard") == [
        [f"{label}: {value}", value, label] for label, value in texts
    ]
    found.page.keyboard.press("Home")
    found.says(0)
    found.page.keyboard.press("End")
    found.says(-1)


@on_each_chart
def test_tips_tell_what_the_table_has(chart, web, document):
    """Each tip has the value of a cell of the chart's table, and names its row and its
    column; none is told twice.
    """
    figure = document(web.root, chart.address).by_id[chart.name]
    head, *rows = [
        [text_of(cell) for cell in row] for row in figure.find(".//table").iter("tr")
    ]
    _, points = points_in(web.root.folder / figure.get("data-points"))
    texts = [(label, value.split()) for label, value in points.texts]

    def stands(label: str, words: list[str], row: list[str]) -> bool:
        cells = zip(head[1:], row[1:], strict=True)
        named = [
            cell
            for column, cell in cells
            if len(head) == 2 or label == row[0] or column.split(",")[0] in label
        ]
        told = [word.strip("$") for word in (*words, " ".join(words))]
        return row[0] in label and any(
            word in named or word.removesuffix("%") in named for word in told
        )

    assert [text for text in texts if not any(stands(*text, row) for row in rows)] == []
    assert len({tuple(text) for text in points.texts}) == len(texts)


# Whether a reader has hidden the marks of kinds, of each of many.
OUT = """(plot, each) => each.map(kinds =>
    kinds !== null && kinds.every(kind => plot.querySelector(`.kind-${kind}.out`)))"""


@pytest.mark.parametrize(("width", "size"), [(320, "narrow"), (1440, "wide")])
@on_each_chart
def test_a_pointer_is_told_the_nearest_value(told, width, size):
    """A mouse on a mark is told the mark's value."""
    found = told(width=width)
    kinds = found.points.kinds or [None] * len(found.points.texts)
    lonely = found.points.lonely(size)
    out = found.plot.evaluate(OUT, [kinds[index] for index in lonely])
    shown = [index for index, hidden in zip(lonely, out, strict=True) if not hidden]
    sample = {shown[len(shown) // 4], shown[-1]}

    for index in sample:
        found.hover(index, size)
        found.says(index)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", [320, 1440])
@on_some_charts
def test_every_tip_is_in_sight(told, width, direction):
    """Every tip and the ring around its mark are wholly in the window, which gets no
    wider by them.

    So they are on a page that is written from right to left.
    """
    found = told(width=width)
    found.page.evaluate(
        "direction => { document.documentElement.dir = direction; }", direction
    )
    found.focus()

    assert found.range.evaluate(WALK) == []


@on_some_charts
def test_a_chart_is_read_by_a_slider(told):
    """What takes the focus is a slider that is named, described by the title, and says
    how to use it.
    """
    found = told()

    expect(found.range).to_have_role("slider")
    expect(found.range).to_have_accessible_name(re.compile(r"\w{3}"))
    # the sign of its address
    title = found.figure.locator(".title").inner_text().removesuffix("#").strip()
    expect(found.range).to_have_accessible_description(title)
    expect(found.range).to_have_attribute("aria-valuetext", re.compile(r"\w{3}"))


def test_a_screen_reader_is_told_once(race):
    """Of an open tip assistive technology is told by the slider alone: the tip is none
    of its business.
    """
    found = race()
    found.focus()
    tree = found.page.context.new_cdp_session(found.page).send(
        "Accessibility.getFullAXTree"
    )["nodes"]
    tip, _ = found.points.texts[0]
    roles_that_tell = {
        node["role"]["value"]
        for node in tree
        if not node["ignored"] and tip in json.dumps(node)
    }
    named = [
        node["role"]["value"] for node in tree if not node["ignored"] and "name" in node
    ]

    assert "slider" in named
    # whether the tree holds a slider's text is up to the browser's version
    assert roles_that_tell <= {"slider"}


@on_some_charts
def test_the_drawing_of_the_focus_has_an_outline(told):
    """While its slider has the focus of the keyboard, the drawing on display has an
    outline.
    """
    found = told()
    outline = "plot => getComputedStyle(plot).outlineStyle"
    found.figure.locator("summary").first.focus()
    before = found.plot.evaluate(outline)
    found.page.keyboard.press("Shift+Tab")
    found.range.focus()

    assert before == "none"
    assert found.plot.evaluate(outline) == "solid"


@on_some_charts
def test_nothing_is_asked_for_before_a_reader_asks(told):
    """No points are loaded while a page scrolls under the mouse; the first move on a
    drawing loads its own, once.
    """
    found = told(fresh=True)
    requests = watch(found.page)
    found.page.mouse.move(720, 450)
    for reached in (1200, 2400, 3600):
        found.page.mouse.wheel(0, 1200)
        wait_until_true(
            found.page,
            f"scrollY >= {reached} || scrollY + innerHeight >="
            " document.documentElement.scrollHeight - 1",
        )
        found.is_silent()

    assert requests == []
    assert found.page.evaluate("scrollY") > 1000
    found.hover(0)
    found.says(0)
    found.hover(len(found.points.texts) - 1)
    found.focus()
    assert requests == [found.address]


@on_some_charts
def test_the_console_stays_empty(told):
    """Nothing that a reader does with a chart leaves a message in the console."""
    found, messages = told(fresh=True, has_touch=True, width=320), []
    found.page.on("console", lambda message: messages.append(message.text))
    found.page.on("pageerror", lambda error: messages.append(str(error)))
    found.hover(0, "narrow")
    found.says(0)
    found.page.keyboard.press("Escape")
    found.tap(0)
    found.focus()
    found.page.keyboard.press("End")
    resize(found.page, 1440)
    found.says(-1)

    assert messages == []


NOTICE_END_OF_SCROLL = """() => {
    globalThis.scrolled = false;
    addEventListener("scrollend", () => { scrolled = true; }, { once: true });
}"""


@on_some_charts
def test_a_tap_shows_a_tip_that_stays(told):
    """A tap tells the nearest value until a tap elsewhere, though a finger scrolls the
    page meanwhile.
    """
    found = told(has_touch=True, width=320)
    index = found.points.lonely("narrow")[0]
    found.tap(index)
    found.says(index)
    wait_until_quiet(found.page)
    found.says(index)
    x, y = found.spot(index, "narrow")
    found.page.evaluate(NOTICE_END_OF_SCROLL)
    touch(found.page, [(x, y - step) for step in range(0, 120, 10)])
    found.says(index)
    # a tap before that would stop the page, which a browser may not tell it of
    wait_until_true(found.page, "scrolled")
    wait_until_quiet(found.page)
    found.page.touchscreen.tap(2, 2)  # beside the text, where no link is
    found.is_silent()


def test_a_second_tap_closes_a_tip(race):
    """A second tap on a mark, and a tap on the tip, closes it; a tap on another mark
    tells that one's value.
    """
    found = race(has_touch=True, width=320)
    marks = found.points.narrow
    first = found.points.lonely("narrow")[0]
    second = max(
        found.points.lonely("narrow"),
        key=lambda mark: math.dist(marks[mark], marks[first]),
    )
    found.tap(first)
    found.says(first)
    found.tap(second)
    found.says(second)
    found.tap(second)
    found.is_silent()
    found.tap(second)
    found.says(second)
    found.tip.tap()
    found.is_silent()


@on_some_charts
def test_a_finger_that_scrolls_is_told_nothing(told):
    """A finger that starts on a drawing scrolls the page, shows nothing and loads
    nothing.
    """
    found = told(has_touch=True, width=320, fresh=True)
    requests = watch(found.page)
    x, y = found.spot(0, "narrow")
    before = found.page.evaluate("scrollY")
    touch(found.page, [(x, y - step) for step in range(0, 120, 10)])
    wait_until_true(found.page, f"scrollY > {before} + 50")
    found.is_silent()

    assert requests == []


def touch(page: Page, path: list[tuple[float, float]]) -> None:
    """Put a finger down, move it and lift it."""
    session = page.context.new_cdp_session(page)
    for number, (x, y) in enumerate(path):
        kind = "touchMove" if number else "touchStart"
        session.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y}]},
        )
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_escape_closes_what_a_pointer_opened(race):
    """Escape closes a tip while the pointer rests; only another mark, a click or a new
    visit shows one again.
    """
    found = race()
    first, second = found.points.lonely("wide")[0], found.points.lonely("wide")[-1]
    found.hover(first)
    found.says(first)
    found.page.keyboard.press("Escape")
    found.is_silent()
    x, y = found.spot(first)
    found.page.mouse.move(x + 1, y)
    found.is_silent()
    found.page.mouse.click(x, y)
    found.says(first)
    found.page.keyboard.press("Escape")
    found.hover(first)
    found.says(first)
    found.hover(second)
    found.says(second)


def test_escape_closes_what_a_key_opened(race):
    """Escape closes a tip and leaves the focus; the next arrow key tells the next
    value, at the end the last again.
    """
    found = race()
    found.focus()
    found.page.keyboard.press("Escape")
    found.is_silent()
    found.page.keyboard.press("ArrowRight")
    found.says(1)
    found.page.keyboard.press("End")
    found.page.keyboard.press("Escape")
    found.is_silent()
    found.page.keyboard.press("ArrowRight")
    found.says(-1)


@on_some_charts
def test_a_tip_goes_with_the_focus(told):
    """The next Tab closes the tip."""
    found = told()
    found.focus()
    found.page.keyboard.press("Tab")

    found.is_silent()


def test_a_tip_holds_under_the_pointer(race):
    """The pointer may go onto the tip, which stays as it is, and is gone when the
    pointer is off it and the drawing.
    """
    found = race()
    index = found.points.lonely("wide")[-1]
    found.hover(index)
    box = found.tip.bounding_box()
    for part in (0.9, 0.5, 0.1):
        found.page.mouse.move(
            box["x"] + box["width"] * part, box["y"] + box["height"] * part
        )
        wait_until_quiet(found.page)
        found.says(index)
    found.page.mouse.move(2, 2)
    found.is_silent()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@on_some_charts
def test_axe_finds_no_fault_with_an_open_tip(chart, scheme, web, visit):
    """Axe finds no fault in a chart with an open tip, and judges its contrast."""
    found = told_on(
        web.root, visit(web.root(chart.home), color_scheme=scheme), chart.name
    )
    found.focus()
    result = check_accessibility(found.page, "figure:has(.tip)")

    assert result["broken"] == []
    assert "label" in result["kept"]
    assert "color-contrast" in result["kept"]


def test_chosen_colours_leave_a_tip_readable(race):
    """Where a reader's own colours are forced, a tip has a border, and letters that are
    not of its ground's colour.
    """
    found = race(forced_colors="active")
    found.focus()
    names = ["borderTopStyle", "color", "backgroundColor"]
    border, letters, ground = found.tip.evaluate(
        "(tip, names) => names.map(name => getComputedStyle(tip)[name])", names
    )

    assert border == "solid"
    assert letters != ground


def test_points_that_do_not_come_are_asked_for_again(race):
    """Where points cannot be loaded nothing is shown and nothing said; a later visit
    asks again, but no sooner.
    """
    found = race(fresh=True)
    found.page.evaluate(f"() => {{{KEPT}}}")
    errors, requests = [], watch(found.page)
    found.page.on("pageerror", lambda error: errors.append(str(error)))
    found.page.route("**/points.*", lambda route: route.abort())
    first, *others = found.points.lonely("wide")[:3]
    with found.page.expect_event("requestfailed"):
        found.hover(first)
    found.is_silent()
    for index in others:
        found.hover(index)
        found.is_silent()
    assert len(requests) == 1
    found.page.unroute("**/points.*")
    found.page.evaluate("kept.forEach(act => act())")
    found.hover(0)
    found.says(0)
    assert errors == []


@pytest.mark.parametrize(
    ("across", "along", "bar"),
    [
        (45, 150, 0),  # across the bands and along the bars: within the first
        (95, 5, 0),  # above its bar
        (119, 5, 0),  # nearer to its band than to the next
        (121, 190, 2),
        (150, 60, 1),
        (150, 121, 2),  # below the seam of the two in the band
        (150, 2, 1),
        (240, 190, 2),  # between two bands
        (260, 20, 3),
        (399, 0, 3),
    ],
)
@pytest.mark.parametrize("band", ["x", "y"])
def test_bars_are_told_by_their_bands(bars, band, across, along, bar):
    """A pointer is told the bar in whose band it is, or nearest to; of bars on one
    another, the nearest.
    """
    found = bars(band)
    x, y = (across, along) if band == "x" else (along, across)
    left, top = found.plot.locator("svg").evaluate(
        "svg => { const {x, y} = svg.getBoundingClientRect(); return [x, y]; }"
    )
    scale = found.plot.locator("svg").evaluate("svg => svg.getScreenCTM().a")
    found.page.mouse.move(left + x * scale, top + y * scale)

    found.says(bar)


def test_a_mark_that_a_drawing_leaves_out_is_told(bars):
    """A value without a mark in the drawing on display is told to keys with a ring
    around the whole drawing.
    """
    found = bars("x")
    resize(found.page, 320)
    found.focus()
    found.page.keyboard.press("End")
    found.says(-1)
    ring, plot = found.page.locator(".ring").bounding_box(), found.plot.bounding_box()
    assert ring["width"] == pytest.approx(plot["width"], abs=10)
    assert ring["height"] == pytest.approx(plot["height"], abs=10)
