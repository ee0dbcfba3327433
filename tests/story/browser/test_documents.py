"""Every page as a document: its HTML, what its head says, and that its links lead
somewhere, wherever it is served.
"""

import gzip
import io
import itertools
import json
import re
import xml.etree.ElementTree as ET
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from PIL import Image

from tests.browsing import NOT_FOUND, Place
from tests.story.browser.conftest import text_of
from tests.story.browser.site import (
    CHARTS,
    PAGES,
    SHEETS,
    on_each_chart,
    on_each_page,
    on_each_sheet,
    read,
)

PLACES = pytest.mark.parametrize("place", ["root", "repository"])
LOADS = {
    "link",
    "script",
    "style",
    "img",
    "iframe",
    "object",
    "embed",
    "video",
    "audio",
}
CARD = (1200, 630)  # pixels, as Open Graph wants them
BUDGET = 2_200  # bytes that the script of the tips may come to, packed
# bytes
STORY_PACKED, STYLE_BUDGET, CLICK_BUDGET, CARD_BUDGET = 80_000, 30_000, 80_000, 60_000
MOST = 6_500  # elements and texts of the story
USE = re.compile(r"#at-")


def links(document, place: Place, address: str) -> list[str]:
    """Return what a page links to and loads."""
    elements = document(place, address).tree.iter()
    return [
        element.get(name)
        for element in elements
        for name in ("href", "src")
        if name in element.attrib
    ]


def lost(document, place: Place, origin: str, targets: list[str]) -> list[str]:
    """Return the targets of a page, by full addresses below an origin, that are no file
    or have no such anchor.
    """
    faults = []
    for target in dict.fromkeys(targets):
        url, anchor = urldefrag(target)
        name = unquote(url.removeprefix(origin))
        if not url.startswith(origin):
            faults.append(f"{target}: outside of the site")
        elif not (place.folder / (name or "index.html")).is_file():
            faults.append(f"{target}: no such file")
        elif (
            anchor
            and unquote(anchor) not in document(place, name or "index.html").by_id
        ):
            faults.append(f"{target}: no such anchor")
    return faults


def test_every_page_and_chart_of_the_site_is_tested(web, document):
    """These tests are given all pages and charts of the site but its editions."""
    for place in web:
        found = {
            path.relative_to(place.folder).as_posix()
            for path in place.folder.rglob("*.html")
        }
        assert {
            address for address in found if not address.startswith("editions/")
        } == set(PAGES)
    figures = [
        (each.get("id"), page)
        for page in PAGES
        for each in document(web.root, page).tree.iter("figure")
    ]

    assert sorted(figures) == sorted(
        (chart.name, page) for chart in CHARTS for page in (chart.address, chart.home)
    )


def test_a_page_is_html_without_a_slip(web, document):
    """A parser that forgives nothing reads each page to its end."""
    assert [
        slip
        for place in web
        for address in PAGES
        for slip in document(place, address).slips
    ] == []


@on_each_sheet
def test_each_heading_has_a_link_to_itself_beside_it(address, web, document):
    """Beside a heading stands a link to it that names it, so that the heading is read
    out as its words alone.

    A line that unfolds, a receipt's, holds no other thing to press: there, what unfolds
    has the link.
    """
    tree = document(web.root, address).tree
    folded = {heading for summary in tree.iter("summary") for heading in summary.iter()}
    headings = [
        each for each in tree.iter() if each.tag in {"h2", "h3"} and each not in folded
    ]
    beside = {
        pair[0]: pair[1] for each in tree.iter() for pair in itertools.pairwise(each)
    }
    found = [
        (beside[each].get("href"), beside[each].get("aria-label")) for each in headings
    ]

    assert found == [
        (f"#{each.get('id')}", f"Link to: {text_of(each)}") for each in headings
    ]
    assert [
        each.get("id")
        for each in headings
        if each.find(".//a[@class='here']") is not None
    ] == []


@PLACES
@pytest.mark.parametrize("asked", ["nothing.html", "no/such/page", "no/such/folder/"])
def test_the_page_for_a_wrong_address_links_into_the_site(place, asked, web, document):
    """Wherever 404.html is shown, its links lead back into the site, but those to its
    own text, from head and foot.
    """
    where = getattr(web, place)
    found = [urljoin(where(asked), link) for link in links(document, where, NOT_FOUND)]
    targets = [target for target in found if target != f"{where(asked)}#text"]

    assert len(targets) > 5
    assert lost(document, where, where.url, targets) == []


@on_each_sheet
def test_a_page_says_what_it_is(address, web, document):
    """A page has a language, one first heading, a title and a description, on it and
    where it is shared.

    A frame is neither searched for nor shared: its page is.
    """
    found = document(web.root, address)
    title, said, headings = (
        found.tree.findtext("head/title"),
        found.meta(),
        list(found.tree.iter("h1")),
    )

    assert found.tree.get("lang") == "en"
    assert [bool(text_of(heading)) for heading in headings] == [True]
    assert said["og:title"]
    assert title.startswith(said["og:title"])
    assert len(said["description"]) > 20
    assert said["og:description"] == said["description"]
    assert "twice" not in said.values()


def test_titles_and_descriptions_are_each_pages_own(web, document):
    """No two pages have the same title or the same description; a frame has the title
    of its chart's page.
    """
    found = [document(web.root, address) for address in SHEETS]

    for values in (
        [each.tree.findtext("head/title") for each in found],
        [each.meta()["description"] for each in found],
    ):
        assert sorted(set(values)) == sorted(values)


@on_each_page
def test_the_policy_comes_before_all_that_loads(address, web, document):
    """The content security policy forbids everything by default, and stands before
    anything that it could forbid.
    """
    elements = list(document(web.root, address).tree.find("head"))
    policy = [
        element.get("http-equiv") == "Content-Security-Policy" for element in elements
    ].index(True)

    assert not [element.tag for element in elements[:policy] if element.tag in LOADS]
    rules = {
        rule.split()[0]: rule.split()[1:]
        for rule in elements[policy].get("content").split(";")
    }
    assert rules["default-src"] == ["'none'"]
    assert rules["base-uri"] == ["'none'"]
    assert rules["form-action"] == ["'none'"]
    styles = rules.pop("style-src")
    assert len(styles) == len(
        [element for element in elements if element.tag == "style"]
    )
    assert all(style.startswith("'sha256-") for style in styles)
    assert {source for sources in rules.values() for source in sources} <= {
        "'none'",
        "'self'",
        "data:",
    }


def canonical(document) -> list[str]:
    return [
        element.get("href")
        for element in document.tree.iter("link")
        if element.get("rel") == "canonical"
    ]


@on_each_page
def test_a_page_knows_its_own_address(address, web, document):
    """With a base URL a page names its address, as canonical and for those who share
    it; without one it names none.

    A frame names that of its chart's page; it and 404, which names none, ask search
    engines to leave them out.
    """
    bare, full = (document(place, address) for place in web)
    frame, home = address.startswith("embed/"), address.replace("embed/", "charts/")
    own = f"{web.repository.base}/{'' if address == 'index.html' else home}"
    hidden = "noindex" if frame or address == NOT_FOUND else None

    assert canonical(full) == ([] if address == NOT_FOUND else [own])
    assert full.meta().get("og:url") == (None if address == NOT_FOUND or frame else own)
    assert [each.meta().get("robots") for each in (bare, full)] == [hidden] * 2
    assert (canonical(bare), "og:url" in bare.meta(), pictured(bare)) == ([], False, {})
    assert full.text_of("title") == document(web.repository, home).text_of("title")


def test_the_sitemap_lists_every_page_once(web):
    """With a base URL the sitemap has every page but 404, frames and editions, once;
    robots.txt names it.
    """
    base, space = web.repository.base, "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ET.fromstring(web.repository.body("sitemap.xml"))  # noqa: S314 - our own file
    places = [
        "" if each == "index.html" else each for each in SHEETS if each != NOT_FOUND
    ]
    expected = sorted(f"{base}/{place}" for place in places)

    assert root.tag == f"{space}urlset"
    assert sorted(element.text for element in root.iter(f"{space}loc")) == expected
    assert (
        f"Sitemap: {base}/sitemap.xml" in web.repository.text("robots.txt").splitlines()
    )
    assert not [
        name
        for name in ("sitemap.xml", "robots.txt")
        if (web.root.folder / name).exists()
    ]


def pictured(document) -> dict[str, str]:
    """Return what a page says of the picture that stands for it, by property."""
    return {
        name: content
        for name, content in document.meta().items()
        if name.startswith("og:image")
    }


@on_each_sheet
def test_a_page_has_a_picture_to_share(address, web, document):
    """With a base URL a page names a picture: the full address of a file, its size,
    what it shows; it loads fast.
    """
    told = pictured(document(web.repository, address))
    card = web.repository.body(told["og:image"].removeprefix(f"{web.repository.base}/"))

    assert (int(told["og:image:width"]), int(told["og:image:height"])) == CARD
    assert Image.open(io.BytesIO(card)).size == CARD
    assert len(card) <= CARD_BUDGET
    assert len(told["og:image:alt"]) > 40
    if address == "index.html":
        assert told["og:image"] == f"{web.repository.base}/cards/story.png"


@on_each_chart
def test_a_chart_s_picture_is_its_own(chart, web, document):
    """The picture of a chart's page is its card, told in the words that stand on it."""
    told = pictured(document(web.repository, chart.home))
    card = chart.text["card"]

    assert told["og:image"] == f"{web.repository.base}/{chart.card}"
    assert told["og:image:alt"].startswith(
        f"{read(chart.text['title'])}: {read(card['number'])}"
    )
    assert all(
        read(line) in told["og:image:alt"]
        for line in (card["number"], card.get("level", ""))
    )


def test_charts_lead_from_one_to_the_next(web, document):
    """The page of all charts lists each once; from the first to the last, each page
    leads to the next and back.
    """
    listed = document(web.root, "charts.html").of_class("gallery")
    gallery = [link.get("href") for group in listed for link in group.iter("a")]

    assert sorted(gallery) == sorted(chart.home for chart in CHARTS)
    for relation, order in (("next", gallery), ("prev", gallery[::-1])):
        found = {
            address: [
                urljoin(address, link.get("href"))
                for link in document(web.root, address).tree.iter("a")
                if link.get("rel") == relation
            ]
            for address in gallery
        }
        assert found == {one: [other] for one, other in itertools.pairwise(order)} | {
            order[-1]: []
        }


@on_each_chart
def test_a_chart_leads_to_the_sources_of_its_figures(chart, web, document):
    """Each page that prints a chart's figures is a link, on the chart's page, to its
    source's place.
    """
    listed = [
        link
        for each in document(web.root, chart.home).of_class("cites")
        for link in each.iter("a")
    ]
    faults = []
    for link in listed:
        target, anchor = urldefrag(urljoin(chart.home, link.get("href")))
        page = document(web.root, target)
        place = page.by_id[anchor]
        for publisher in page.of_class("publisher"):  # of several pages, named once
            if place in publisher.iter():
                place = publisher
        named = [text_of(each) for each in place.iter() if each.tag in {"a", "b"}]
        if target != "sources.html" or text_of(link) not in named:
            faults.append(link.get("href"))

    assert listed
    assert faults == []


def test_what_uses_a_number_leads_back_to_it(web, document):
    """Each place that an entry names is a link with those very words, to this entry or
    to a comparison of it.
    """
    numbers = "numbers.html"
    entries = document(web.root, numbers).of_class("receipt")
    compared = {
        entry.get("id"): {link.get("href") for link in entry.iter("a")}
        for entry in entries
    }
    uses = [
        (entry.get("id"), link)
        for entry in entries
        for link in entry.iter("a")
        if USE.search(link.get("href"))
    ]
    faults = []
    for key, link in uses:
        name, anchor = link.get("href").split("#")
        place = document(web.root, name).by_id.get(anchor)
        target = "" if place is None else place.get("href").partition("#")[2]
        leads = target == key or f"{numbers}#{key}" in compared.get(target, set())
        if place is None or text_of(place) != text_of(link) or not leads:
            faults.append((key, link.get("href"), text_of(link)))

    assert len(uses) > 100
    assert faults == []


@on_each_sheet
def test_the_scripts_of_a_page_hold_what_its_links_open(address, web, document):
    """Each number and term of a page, be it in a text, a chart or a claim, has its card
    there.

    The page of all numbers has the receipts themselves.
    """
    page = document(web.root, address)
    links = [
        link
        for name in ("number", "term")
        for link in page.of_class(name)
        if link.tag == "a"
    ]
    wanted = {
        unquote(urldefrag(link.get("href"))[1])
        for link in links
        if address != "numbers.html"
    }
    scripts = [
        element.get("data-cards")
        for element in page.tree.iter("script")
        if "data-cards" in element.attrib
    ]
    texts = [
        web.root.text(urljoin(address, script)) for script in " ".join(scripts).split()
    ]
    cards = [
        json.loads(text.partition("{}, ")[2].removesuffix(");\n")) for text in texts
    ]

    assert len(scripts) == bool(wanted)
    assert wanted <= {key for part in cards for key in part}


def test_a_single_source_is_marked(web, document):
    """An entry is marked as resting on a single source if one page is behind it, and
    only then.
    """
    found = {True: set(), False: set()}
    for entry in document(web.root, "numbers.html").of_class("receipt"):
        pages = {
            link.get("href")
            for link in entry.iter("a")
            if "sources.html#" in link.get("href") or "://" in link.get("href")
        }
        marked = any("mark" in each.get("class", "").split() for each in entry.iter())
        found[marked].add(len(pages) == 1)

    assert found == {True: {True}, False: {False}}


def test_the_script_of_the_tips_is_small(web):
    """The script that shows tips, and follows what they lead to, comes to no more than
    2.2 kB, packed.
    """
    (script,) = (web.root.folder / "assets").glob("tips.*.js")

    assert len(gzip.compress(script.read_bytes(), 9)) <= BUDGET


def test_the_story_is_small(web, document):
    """Its page, scripts and first font come to no more than 80 kB packed, its style to
    30 kB, its elements and texts to 6,500.
    """
    page = web.root.text("index.html")
    scripts = set(re.findall(r'<script src="([^"]+)"', page))
    fonts = re.findall(r"assets/serif\.\w+\.woff2", page)
    bodies = [page.encode(), *map(web.root.body, sorted(scripts))]
    packed = sum(len(gzip.compress(body, 9)) for body in bodies)
    elements = list(document(web.root, "index.html").tree.iter())
    texts = [text for each in elements for text in (each.text, each.tail)]
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]

    assert packed + len(web.root.body(fonts[0])) <= STORY_PACKED
    assert len(style.encode()) <= STYLE_BUDGET
    assert len(elements) + sum(bool(text and text.strip()) for text in texts) <= MOST


def test_the_first_click_on_a_number_asks_for_little(web):
    """What shows a card, and the largest script with cards, come to no more than 80 kB
    together, unpacked.
    """
    (script,) = (web.root.folder / "assets").glob("cards.??????????.js")
    cards = (web.root.folder / "assets").glob("cards.*.*.js")

    assert (
        script.stat().st_size
        + max(each.stat().st_size for each in cards if each != script)
        <= CLICK_BUDGET
    )
