"""Every page in a browser: what it loads and says, how it fits the window, how it
moves, what goes on paper.
"""

import gzip
import re
from collections.abc import Callable
from functools import cache

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browsing import NOT_FOUND, open_window, resize, wait_until_quiet
from tests.story.browser.site import BELOW, on_each_sheet, on_most_pages, on_some_pages

pytestmark = pytest.mark.browser

# A page is shown when all its text has come: of half a heading, each new word moves the
# balanced lines.
WHOLE = """{
    const unseen = new CSSStyleSheet();
    unseen.replaceSync(":root { visibility: hidden }");
    document.adoptedStyleSheets = [unseen];
    document.addEventListener("readystatechange", () => { document.adoptedStyleSheets = []; }, {once: true});
}"""
WIDTHS = (320, 768, 1440)  # of a phone, a tablet, a desk
MOST_SHIFTED = 0.005  # of a layout, as browsers count it: a line moves; 0.1 is good
MOST_ELEMENTS, MOST_BYTES = 5000, 110_000  # of the story
MOST_HIGH = 60  # pixels of two lines, with room
MOST_SHEETS = 14  # of A4, for the story
LETTERS_OF_A_SHEET = 5000  # more than any sheet of A4 holds in letters that can be read
# Waits until all that a page does by itself is done; returns the shifts of its layout.
SETTLED = """() => new Promise(resolve => {
    const shifts = [];
    new PerformanceObserver(list => shifts.push(...list.getEntries().map(entry => entry.value)))
        .observe({type: "layout-shift", buffered: true});
    const animations = document.getAnimations().map(animation => animation.finished);
    Promise.all([document.fonts.ready, ...animations]).then(() =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(shifts)))));
})"""
PAINTED = "() => performance.getEntriesByName('first-paint').length > 0"
# How a page lies in a window: whether it is wider than it is, folded and unfolded;
# where its texts begin.
LAID = """() => {
    const root = document.scrollingElement, left = element => Math.round(element.getBoundingClientRect().left);
    const all = names => [...document.querySelectorAll(names)];
    const beyond = () => {
        root.scrollLeft = 1000;
        const found = [root.scrollWidth - innerWidth, root.scrollLeft];
        root.scrollLeft = 0;
        return found;
    };
    const found = {
        folded: beyond(),
        edges: all(`:is(h1, main h2, .standfirst):not(.cover *),
            :is(main, article) > p:not(.moved:not(:target))`).map(left),
        outer: all("header.site, .opening, footer.site, .staged, .charts").map(left),
        seams: all("article > .cover + .cover").map(each =>
            each.getBoundingClientRect().top - each.previousElementSibling.getBoundingClientRect().bottom),
    };
    const details = [...document.querySelectorAll("details:not([open])")];
    details.forEach(each => { each.open = true; });
    found.unfolded = beyond();
    details.forEach(each => { each.open = false; });
    return found;
}"""
# The same where letters are of double size: unfolded at once.
LARGE = """() => {
    document.querySelectorAll("details").forEach(each => { each.open = true; });
    const root = document.scrollingElement;
    root.scrollLeft = 1000;
    return [root.scrollWidth - innerWidth, root.scrollLeft];
}"""
WIDE = """family => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `100px ${family}monospace`;
    return pen.measureText("Machinery").width;
}"""
LETTER = (
    "parseFloat(getComputedStyle(document.querySelector('main p') ??"
    " document.body).fontSize)"
)
MOVING = """() => [...document.querySelectorAll("*")].filter(element => {
    const style = getComputedStyle(element);
    return style.animationName !== "none" || style.scrollBehavior === "smooth"
        || style.transitionDuration.split(",").some(seconds => parseFloat(seconds) > 0);
}).length"""
SEEN = """() => {
    const seen = selector => [...document.querySelectorAll(selector)].filter(each => each.checkVisibility()).length;
    return {screen: seen("nav, .skip, :not(.entry, .scheme, .publisher > *) > summary"), nav: seen("nav"), skip: seen(".skip"),
        h1: seen("h1"), footer: seen("footer"), letters: document.querySelector("main").innerText.length};
}"""
NARROW = 640  # pixels of a window in which letters of double size are to fit


class Recorder:
    """A window that hears what pages say, ask for, and ask for in vain."""

    def __init__(self, browser: Browser) -> None:
        self.page = open_window(browser)
        self.page.add_init_script(WHOLE)
        self.session = self.page.context.new_cdp_session(self.page)
        self.heard: dict[str, list[str]] = {}
        self.forget()
        context = self.page.context
        context.on(
            "console", lambda message: self.heard["messages"].append(message.text)
        )
        context.on(
            "weberror", lambda error: self.heard["messages"].append(str(error.error))
        )
        context.on(
            "request", lambda request: self.heard["requests"].append(request.url)
        )
        context.on(
            "requestfailed", lambda request: self.heard["failures"].append(request.url)
        )
        context.on(
            "response",
            lambda answer: (
                None if answer.ok else self.heard["failures"].append(answer.url)
            ),
        )

    def forget(self) -> None:
        self.heard = {"messages": [], "requests": [], "failures": []}

    def leave(self, width: int) -> None:
        """Leave the page that is open; give the window its width before another."""
        self.page.goto("about:blank")
        resize(self.page, width)  # else the window may be seen to grow
        wait_until_quiet(self.page)
        self.forget()  # to leave a page is to give up what it still asks for

    def load(self, url: str, width: int) -> list[float]:
        """Load a page; return the shifts of its layout after all that it does by
        itself.
        """
        self.leave(width)
        self.page.goto(url)
        return self.page.evaluate(SETTLED)

    def load_with_late_font(self, url: str, width: int) -> list[float]:
        """Load a page whose font comes when it has been painted without, as on a slow
        line; return the shifts of its layout.
        """
        fonts: list[Route] = []

        def hold(route: Route) -> None:
            fonts.append(route)

        self.page.route("**/*.woff2", hold)
        self.leave(width)
        self.page.goto(url, wait_until="commit")
        self.page.wait_for_function(PAINTED)
        for font in fonts:
            font.continue_()
        self.page.unroute("**/*.woff2")
        return self.page.evaluate(SETTLED)

    def at(self, width: int, script: str) -> object:
        resize(self.page, width)
        return self.page.evaluate(script)


@pytest.fixture(scope="module")
def recorder(browser: Browser):
    """Keep one window for all surveys."""
    recorder = Recorder(browser)
    yield recorder
    recorder.page.context.close()


@pytest.fixture(scope="module")
def survey(recorder: Recorder, web) -> Callable[[str], dict]:
    """Return a function that tells all that is seen of a page, loaded once at the
    root.
    """
    return cache(lambda address: surveyed(recorder, web.root(address)))


@pytest.fixture(scope="module")
def loaded(recorder: Recorder, web) -> Callable[..., tuple[list[float], dict]]:
    """Return a function that loads a page below a base URL, or as a file; it gives the
    shifts of its layout, and what is heard.
    """

    @cache
    def loaded(address: str, place: str, width: int) -> tuple[list[float], dict]:
        url = web.root.file if place == "file" else web.repository
        return recorder.load(url(address), width), recorder.heard

    return loaded


def surveyed(recorder: Recorder, url: str) -> dict:
    page, found = recorder.page, {}
    found["shifts"] = recorder.load_with_late_font(url, 1440)
    found["heard"] = recorder.heard
    found["laid"] = {width: recorder.at(width, LAID) for width in WIDTHS}
    page.emulate_media(reduced_motion="reduce")
    found["moving"] = page.evaluate(MOVING)
    page.emulate_media(reduced_motion="null")
    found["screen"] = page.evaluate(SEEN)
    page.emulate_media(media="print")
    found["print"] = page.evaluate(SEEN)
    page.emulate_media(media="null")
    found["letter"] = [page.evaluate(LETTER)]
    recorder.session.send(
        "Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}}
    )
    found["large"] = recorder.at(NARROW, LARGE)
    found["letter"].append(page.evaluate(LETTER))
    recorder.session.send(
        "Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}}
    )
    return found


def is_quiet(heard: dict[str, list[str]], base: str) -> None:
    """Hold what is heard of a page to no message, and to files that are there."""
    assert heard["messages"] == []
    assert heard["failures"] == []
    assert [url for url in heard["requests"] if not url.startswith(base)] == []
    assert heard["requests"]  # a frame asks for itself alone


@on_most_pages
def test_a_page_says_nothing_and_asks_its_own_host_only(address, web, survey):
    """It writes nothing to the console and loads only files of the site, all of which
    are there.
    """
    is_quiet(survey(address)["heard"], web.root.url)


@on_some_pages
def test_a_page_says_nothing_below_a_base_url(address, web, loaded):
    """Nor does it ask for anything beside the site there."""
    is_quiet(loaded(address, "repository", 320)[1], web.repository.url)


@on_some_pages
def test_a_page_says_nothing_where_it_is_not_served(address, web, loaded):
    """Opened as a file it asks for no host at all."""
    if address == NOT_FOUND:
        return  # its links begin at the root
    is_quiet(loaded(address, "file", 1440)[1], web.root.file(""))


@pytest.mark.parametrize("width", [1440, 320])
@on_some_pages
def test_nothing_moves_while_a_page_loads(address, width, loaded):
    """The browser counts no shift of a page's layout, on a desk and on a phone."""
    assert loaded(address, "repository", width)[0] == []


@on_most_pages
def test_hardly_anything_moves_while_a_page_without_an_address_loads(address, survey):
    """Its font comes late: texts are unseen until then, and a line of them may be broken
    anew.
    """
    assert sum(survey(address)["shifts"]) < MOST_SHIFTED


@pytest.mark.parametrize("where", ["root", "repository", "file"])
def test_the_font_is_there(where, web, visit):
    """Text is set in the page's own font, wherever the page lies, and it comes once."""
    place = web.repository if where == "repository" else web.root
    page, asked = visit("about:blank", fresh=True), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(
        place.file("charts/two_customs.html")
        if where == "file"
        else place("charts/two_customs.html")
    )
    page.evaluate(SETTLED)

    assert len([url for url in asked if url.endswith(".woff2")]) == 1
    assert page.evaluate(WIDE, '"Page Serif at once", "Page Serif", ') != page.evaluate(
        WIDE, ""
    )


def test_the_story_is_light(web, visit):
    """It has no more than 5,000 elements, and with all that it loads comes to no more
    than 110 kB, packed.
    """
    page, got = visit("about:blank", fresh=True), []
    page.on("response", lambda response: got.append(response.body()))
    page.goto(web.root("index.html"))
    page.evaluate(SETTLED)

    assert page.evaluate("document.querySelectorAll('*').length") <= MOST_ELEMENTS
    assert len(got) > 5
    assert (
        sum(min(len(body), len(gzip.compress(body, 9))) for body in got) <= MOST_BYTES
    )


@on_most_pages
def test_a_page_fits_and_does_not_move(address, survey):
    """No wider than a phone, a tablet or a desk, folded and unfolded; nothing animates,
    fades or scrolls smoothly.
    """
    found = survey(address)

    assert {
        width: (laid["folded"], laid["unfolded"])
        for width, laid in found["laid"].items()
    } == {width: ([0, 0], [0, 0]) for width in WIDTHS}
    assert found["moving"] == 0


def test_the_dark_ground_has_no_seam(survey):
    """The parts that lie on it at the story's beginning and end touch: no paper is seen
    between them.
    """
    for width, laid in survey("index.html")["laid"].items():
        assert len(laid["seams"]) > 1
        assert max(laid["seams"]) <= 0, f"{laid['seams']} at {width} pixels"


@on_each_sheet
def test_no_page_scrolls_sideways_where_text_is_twice_as_large(address, survey):
    """A reader whose browser is set to letters of double size sees a page that fits a
    window of 640 pixels.

    A frame has its sizes in pixels, as the site around it gives it its height: it grows
    with that site's zoom.
    """
    found = survey(address)

    assert found["letter"][1] == 2 * found["letter"][0]
    assert found["large"] == [0, 0]


@on_each_sheet
def test_a_page_has_one_left_edge(address, survey):
    """Headings, the opening lines and the text of a page begin at one line, whatever
    the window.

    So do its head and its foot and what is as wide, an opening, a stage, a list of
    drawings, at another line in a wide window. Those of a frame for other sites are
    other elements.
    """
    for width, laid in survey(address)["laid"].items():
        assert len(laid["edges"]) > 1
        assert len(set(laid["edges"])) == 1, f"{laid['edges']} at {width} pixels"
        assert len(laid["outer"]) > 1
        assert len(set(laid["outer"])) == 1, f"{laid['outer']} at {width} pixels"


@on_some_pages
def test_a_page_prints_whole(address, web, visit):
    """A page goes on paper with all its text, on as many sheets as that takes."""
    page = visit(web.root(address))
    page.emulate_media(media="print")
    letters = len(page.locator("main").inner_text())
    body = page.pdf(format="A4", print_background=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b", body))

    assert body.startswith(b"%PDF-")
    assert sheets >= letters / LETTERS_OF_A_SHEET
    assert sheets > 0


def test_the_story_prints_on_few_sheets(web, visit):
    """It is a story that somebody reads on paper, not a report."""
    body = visit(web.root("index.html")).pdf(prefer_css_page_size=True, format="A4")

    assert len(re.findall(rb"/Type\s*/Page\b", body)) <= MOST_SHEETS


@on_each_sheet
def test_paper_has_no_navigation(address, survey):
    """What only a screen can use is not printed: navigation, the link past it, what is
    folded away.

    A frame has none of these.
    """
    found = survey(address)

    assert found["screen"]["nav"]
    assert found["screen"]["skip"]
    assert found["print"]["screen"] == 0
    assert found["print"]["h1"]
    assert found["print"]["footer"]


# Single pages.


def test_what_is_folded_has_its_title_in_a_line_on_paper(web, visit):
    """Of a table that is closed its title alone is printed, as wide as the page."""
    page = visit(web.root("data-and-methods.html"), width=720, fresh=True)
    page.emulate_media(media="print")
    heights = [
        each.bounding_box()["height"] for each in page.locator(".table > summary").all()
    ]

    assert len(heights) > 20
    assert max(heights) < MOST_HIGH


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_the_finding_and_its_picture_stand_on_the_first_screen(
    width, height, web, visit
):
    """Before anything is scrolled, a desk and a phone show title, finding and the whole
    picture.
    """
    page = visit(web.root("index.html"), width=width)
    boxes = [
        page.locator(part).bounding_box() for part in ("h1", ".standfirst", ".hero")
    ]

    assert all(box["y"] >= 0 and box["y"] + box["height"] <= height for box in boxes)


@on_each_sheet
def test_a_page_says_where_it_stands(address, document, web):
    """The navigation marks the part of the site that a page is of, and, where that has
    several pages, this one.
    """
    tree = document(web.root, address).tree
    head = next(
        each for each in tree.iter("header") if "site" in each.get("class", "").split()
    )
    found = {
        link.get("href").rpartition("/")[2]: link.get("aria-current")
        for link in head.iter("a")
    }
    current = {page: how for page, how in found.items() if how}
    if address == NOT_FOUND:
        assert current == {}
    elif address.startswith("charts/"):
        assert current == {"charts.html": "true"}
    elif address in BELOW:
        assert current == {"data-and-methods.html": "true", address: "page"}
        assert {*found} >= BELOW
    else:
        assert current == {address: "page"}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("address", "names", "count", "height"),
    [("404.html", "nav > ul a", 5, 44), ("glossary.html", ".second a", len(BELOW), 24)],
)
def test_the_names_of_pages_are_in_sight(  # noqa: PLR0913, PLR0917 - a case, and what it needs
    address, names, count, height, width, web, visit
):
    """Those of the navigation and those beside the open page are each whole and large
    enough to meet.
    """
    page = visit(web.root(address), width=width)
    boxes = [link.bounding_box() for link in page.locator(f"header.site {names}").all()]

    assert len(boxes) == count
    assert all(
        box["x"] >= 0 and box["x"] + box["width"] <= width and box["height"] >= height
        for box in boxes
    )


def test_the_open_page_is_seen_in_the_navigation(web, visit):
    """On the narrowest phone the navigation shows the name of the open page, whole,
    before anything is scrolled.
    """
    page = visit(web.root("404.html"), width=320)
    pages = page.locator("header.site nav a").evaluate_all(
        "links => links.map(link => link.href)"
    )

    assert len(pages) > 3
    for address in pages:
        page.goto(address)
        expect(page.locator("header.site [aria-current]")).to_be_in_viewport(ratio=1)


def test_a_verdict_is_ink_on_paper(web, visit):
    """What is light on dark on a screen is dark on light in print, where browsers leave
    out grounds.
    """
    page = visit(web.root("the-article.html"))
    verdict = page.locator(".is-wrong .verdict").first
    script = (
        "verdict => (({color, backgroundColor}) => [color,"
        " backgroundColor])(getComputedStyle(verdict))"
    )
    screen = verdict.evaluate(script)
    page.emulate_media(media="print")

    assert verdict.evaluate(script) == [screen[1], "rgba(0, 0, 0, 0)"]


def test_the_first_screen_waits_for_nothing_else(web, visit):
    """Where no other file comes, the page is read as it is meant to look: style, text
    and picture.
    """
    page = visit("about:blank", fresh=True)
    page.route(re.compile(r"(?<!index\.html)$"), lambda route: route.abort())
    page.goto(web.root("index.html"))

    expect(page.locator("h1")).to_have_css("font-weight", "600")
    expect(page.locator(".hero svg").first).to_be_in_viewport()
