"""Every page: what it loads, how it fits, what its head says."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import html5lib
import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LOADS = {"link", "script", "style", "img", "iframe", "object", "embed", "video", "audio"}
OVERFLOW = """() => {
    const root = document.scrollingElement;
    root.scrollLeft = 1000;
    return {right: root.scrollWidth - innerWidth, scrolled: root.scrollLeft};
}"""
FITS = {"right": 0, "scrolled": 0}
HEAD = """() => [...document.querySelectorAll("header.site a")].map(element => {
    const {left, top, width} = element.getBoundingClientRect();
    const scrolled = element.closest("nav")?.scrollLeft ?? 0; // a list that is too long begins at the open page
    return [element.textContent, ...[left + scrolled, top, width].map(Math.round)];
})"""
LEFT_EDGES = """() => [...document.querySelectorAll("h1, main h2, .standfirst, :is(main, article) > p")].map(
    element => Math.round(element.getBoundingClientRect().left))"""
WIDTHS = (320, 768, 1440)
OPEN_ALL = "document.querySelectorAll('details').forEach(element => { element.open = true; })"


@pytest.fixture(scope="module")
def record(browser: Browser):
    """Return a function that opens an address and returns what was said, asked for, and asked for in vain."""
    context = browser.new_context()
    page = context.new_page()
    heard: dict[str, list[str]] = {"messages": [], "requests": [], "failures": []}
    context.on("console", lambda message: heard["messages"].append(message.text))
    context.on("weberror", lambda error: heard["messages"].append(str(error.error)))
    context.on("request", lambda request: heard["requests"].append(request.url))
    context.on("requestfailed", lambda request: heard["failures"].append(request.url))
    context.on("response", lambda answer: None if answer.ok else heard["failures"].append(answer.url))

    def record(url: str) -> dict[str, list[str]]:
        for kind in heard.values():
            kind.clear()
        page.goto(url, wait_until="networkidle")
        return heard

    yield record
    context.close()


def head(site, address: str, parse) -> ET.Element:
    return parse(site[address].text).find("head")


def meta(tree: ET.Element) -> dict[str, str]:
    """Return the content of each meta element by its name or property; of one that stands twice, a mark."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("http-equiv")
        if name and "media" not in element.attrib:
            found[name] = "twice" if name in found else element.get("content", "")
    return found


def test_every_page_and_chart_of_the_site_is_tested(sites, tested):
    """The pages and charts that these tests are given are those of the site."""
    found = [[address for address in sorted(site) if address.endswith(".html")] for site in sites]
    figures = [(name, page) for page in found[0] for name in re.findall(r'<figure id="(\w+)"', sites[0][page].text)]
    places = [(chart.name, page) for chart in tested.charts for page in (chart.address, chart.home)]

    assert found == [sorted(tested.pages)] * 2
    assert sorted(figures) == sorted(places)


@pytest.mark.parametrize("place", ["root", "repository"])
def test_a_page_says_nothing_and_asks_its_own_host_only(address, place, web, record):
    """Served, a page writes nothing to the console and loads only files of the site, all of which are there."""
    where = getattr(web, place)
    heard = record(where(address))

    assert heard["messages"] == []
    assert heard["failures"] == []
    assert [url for url in heard["requests"] if not url.startswith(where.url)] == []
    assert where(address) in heard["requests"]


def test_a_page_opened_as_a_file_says_nothing_and_asks_only_for_files(portable, web, record):
    """Opened without a server, a page writes nothing to the console and finds all its files beside it."""
    heard = record(web.root.file(portable))

    assert heard["messages"] == []
    assert heard["failures"] == []
    assert [url for url in heard["requests"] if not url.startswith(web.root.file(""))] == []
    assert heard["requests"]  # a frame asks for itself alone


@pytest.mark.parametrize("details", ["closed", "open"])
def test_no_page_scrolls_sideways(address, details, web, visit):
    """A page is no wider than the window, on a phone, a tablet and a desk."""
    page = visit(web.root(address))
    if details == "open":
        page.evaluate(OPEN_ALL)

    assert at_each_width(page, OVERFLOW) == dict.fromkeys(WIDTHS, FITS)


def test_no_page_scrolls_sideways_where_text_is_twice_as_large(sheet, web, visit):
    """A reader whose browser is set to letters of double size sees a page that fits a window of 640 pixels.

    A frame has its sizes in pixels, as the site around it gives it its height: it grows with that site's zoom.
    """
    page = visit(web.root(sheet), width=640, fresh=True)
    before = font_size(page)
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    page.evaluate(OPEN_ALL)

    assert font_size(page) == 2 * before
    assert page.evaluate(OVERFLOW) == FITS


def test_the_head_stands_still_from_page_to_page(sheet, web, visit):
    """The name of the site and its navigation stand at the same place on every page, whatever the window.

    A frame for other sites has neither: it is no place to go on from.
    """
    places = [at_each_width(visit(web.root(page)), HEAD) for page in ("index.html", sheet)]

    assert len(places[0][320]) > 3
    assert places[1] == places[0]


def test_a_page_has_one_left_edge(sheet, web, visit):
    """Headings, the opening lines and the text of a page begin at one line, whatever the window.

    Those of a frame are other elements, which test_home.py measures.
    """
    edges = at_each_width(visit(web.root(sheet)), LEFT_EDGES)

    assert min(len(found) for found in edges.values()) > 2
    assert {width: sorted(set(found)) for width, found in edges.items()} == {
        width: [found[0]] for width, found in edges.items()
    }


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_the_finding_and_its_picture_stand_on_the_first_screen(width, height, web, visit):
    """Before anything is scrolled, a desk and a phone show the story's title, its finding and the whole picture."""
    page = visit(web.root("index.html"), width=width)
    boxes = [page.locator(part).bounding_box() for part in ("h1", ".standfirst", ".picture svg")]

    assert all(box["y"] >= 0 and box["y"] + box["height"] <= height for box in boxes)


def test_the_title_of_the_story_is_not_broken_at_a_hyphen(web, visit):
    """On the narrowest phone the title has two lines, and neither ends in a hyphen."""
    heading = visit(web.root("index.html"), width=320).locator("h1")
    lines = heading.bounding_box()["height"] / heading.evaluate("h1 => parseFloat(getComputedStyle(h1).lineHeight)")

    assert round(lines) == 2
    assert "-" not in heading.inner_text()


def test_the_pages_are_named_in_one_line(web, visit):
    """The navigation takes one line in every window, and each of its links is at least 44 pixels high."""
    page = visit(web.root("index.html"))
    script = """() => [...document.querySelectorAll("nav a[href]")].filter(link => link.closest("header.site")).map(
        link => link.getBoundingClientRect()).map(({top, height}) => [top, height >= 44])"""

    for found in at_each_width(page, script).values():
        assert len(found) > 3
        assert all(place == [found[0][0], True] for place in found)


def test_the_open_page_is_seen_in_the_navigation(web, visit):
    """On the narrowest phone the navigation shows the name of the open page, whole, before anything is scrolled."""
    page = visit(web.root("index.html"), width=320)
    pages = page.locator("header.site nav a").evaluate_all("links => links.map(link => link.href)")

    assert len(pages) > 3
    for address in pages:
        page.goto(address)
        expect(page.locator("header.site [aria-current]")).to_be_in_viewport(ratio=1)


def test_the_story_lists_its_chapters(web, visit):
    """Before its first chapter the story has a list of all of them, each a link to its heading."""
    page = visit(web.root("index.html"))
    listed = page.locator(".asked a").evaluate_all("links => links.map(link => [link.hash.slice(1), link.textContent])")

    assert len(listed) > 3
    assert listed == page.locator("main h2").evaluate_all("all => all.map(each => [each.id, each.textContent])")


def test_a_verdict_is_ink_on_paper(web, visit):
    """What is light on dark on a screen is dark on light in print, where browsers leave out grounds."""
    page = visit(web.root("the-article.html"))
    verdict = page.locator(".is-wrong .verdict").first
    script = "verdict => (({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(verdict))"
    screen = verdict.evaluate(script)
    page.emulate_media(media="print")

    assert verdict.evaluate(script) == [screen[1], "rgba(0, 0, 0, 0)"]


def at_each_width(page: Page, script: str) -> dict[int, object]:
    """Run a script in a window of a phone's, a tablet's and a desk's width."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found[width] = page.evaluate(script)
    return found


def font_size(page: Page) -> float:
    return page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")


def test_a_page_is_html_without_a_slip(address, sites):
    """A parser that forgives nothing reads the page to its end."""
    for site in sites:
        html5lib.HTMLParser(strict=True).parse(site[address].text)


def test_a_page_says_what_it_is(sheet, sites, parse):
    """A page has a language, one first heading, a title and a description, on it and where it is shared.

    A frame is neither searched for nor shared: its page is.
    """
    tree = parse(sites[0][sheet].text)
    title, said, headings = tree.findtext("head/title"), meta(tree.find("head")), list(tree.iter("h1"))

    assert tree.get("lang") == "en"
    assert len(headings) == 1
    assert "".join(headings[0].itertext()).strip()
    assert title
    assert title.startswith(said["og:title"])
    assert len(said["og:title"]) > 0
    assert len(said["description"]) > 20
    assert said["og:description"] == said["description"]
    assert "twice" not in said.values()


def test_titles_and_descriptions_are_each_pages_own(sites, parse, tested):
    """No two pages have the same title or the same description; a frame has the title of its chart's page."""
    heads = [head(sites[0], address, parse) for address in tested.sheets]

    for values in ([tree.findtext("title") for tree in heads], [meta(tree)["description"] for tree in heads]):
        assert sorted(set(values)) == sorted(values)


def test_the_policy_comes_before_all_that_loads(address, sites, parse):
    """The content security policy forbids everything by default, and stands before anything that it could forbid."""
    elements = list(head(sites[0], address, parse))
    policy = [element.get("http-equiv") == "Content-Security-Policy" for element in elements].index(True)

    assert not [element.tag for element in elements[:policy] if element.tag in LOADS]
    rules = {rule.split()[0]: rule.split()[1:] for rule in elements[policy].get("content").split(";")}
    assert rules["default-src"] == ["'none'"]
    assert rules["base-uri"] == ["'none'"]
    assert rules["form-action"] == ["'none'"]
    (style,) = rules.pop("style-src")
    assert style.startswith("'sha256-")
    assert {source for sources in rules.values() for source in sources} <= {"'none'", "'self'", "data:"}


def test_a_page_has_an_icon(sheet, web, visit):
    """The icon of a page is a picture that a browser can draw; inside a frame none would be seen."""
    page = visit(web.repository(sheet))
    address_of_icon = page.locator("link[rel=icon]").evaluate("link => link.href")
    answer = page.request.get(address_of_icon)

    assert answer.status == 200
    assert answer.headers["content-type"] == "image/svg+xml"
    icon = ET.fromstring(answer.text())  # noqa: S314 - our own file
    assert icon.tag == "{http://www.w3.org/2000/svg}svg"


def test_a_page_knows_its_own_address(sheet, sites, web, parse):
    """With a base URL a page names its address, once as canonical and once for those who share it; 404 names none.

    A frame names that of its chart's page instead.
    """
    tree = head(sites[1], sheet, parse)
    own = f"{web.repository.base}/{'' if sheet == 'index.html' else sheet}"

    assert canonical(tree) == ([] if sheet == "404.html" else [own])
    assert meta(tree).get("og:url") == (None if sheet == "404.html" else own)


def test_a_frame_is_not_searched_for(chart, sites, web, parse):
    """A frame asks search engines to leave it out, and names the page of its chart as the one to find."""
    bare, full = (head(site, chart.frame, parse) for site in sites)

    assert [meta(tree).get("robots") for tree in (bare, full)] == ["noindex"] * 2
    assert [canonical(tree) for tree in (bare, full)] == [[], [f"{web.repository.base}/{chart.home}"]]
    assert full.findtext("title") == head(sites[1], chart.home, parse).findtext("title")


def canonical(tree: ET.Element) -> list[str]:
    return [element.get("href") for element in tree.iter("link") if element.get("rel") == "canonical"]


def test_a_page_without_a_base_url_names_no_address(address, sites, parse):
    """Without a base URL a page has neither a canonical address nor one to share."""
    tree = head(sites[0], address, parse)

    assert canonical(tree) == []
    assert "og:url" not in meta(tree)


def test_the_sitemap_lists_every_page_once(sites, web, tested):
    """With a base URL the sitemap has every page but 404 and frames once, and robots.txt says where it is."""
    base, site = web.repository.base, sites[1]
    root = ET.fromstring(site["sitemap.xml"].body)  # noqa: S314 - our own file
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    pages = (address for address in tested.sheets if address != "404.html")
    expected = sorted(f"{base}/{'' if address == 'index.html' else address}" for address in pages)

    assert root.tag == f"{space}urlset"
    assert sorted(element.text for element in root.iter(f"{space}loc")) == expected
    assert f"Sitemap: {base}/sitemap.xml" in site["robots.txt"].text.splitlines()


def test_without_a_base_url_there_is_nothing_for_robots(sites):
    """Without a base URL there is neither a sitemap nor a robots.txt, which would have to name one."""
    assert {"sitemap.xml", "robots.txt"} - sites[0].keys() == {"sitemap.xml", "robots.txt"}
