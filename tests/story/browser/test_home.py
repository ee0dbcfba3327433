"""A chart at home: its page, the way to it and on from it, what search engines are told, and what is shared."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest
from PIL import Image

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.browser

MARKDOWN = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*_`]")  # what of a text is not read: emphasis, where links lead
BOUND = re.compile(r"\]\((fact|claim):")
PARTS = (
    "h1",
    ".standfirst",
    ".plot.wide",
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
EDGES = """() => [...document.querySelectorAll("article > :not(figure), section > *")].map(
    element => Math.round(element.getBoundingClientRect().left))"""
ON_PAPER = ("h1", ".plot.wide", ".summary", "tbody tr", "#cite + p", ".cites li")
ON_SCREEN = (".kicker", ".parts", "#downloads", ".take", "#embed", "article pre", ".beside", "article summary")
PRINTED = "elements => elements.map(element => element.checkVisibility())"
ADDRESSES = {"url", "contentUrl", "image", "mainEntityOfPage", "license"}
CARD = (1200, 630)  # pixels, as Open Graph wants them
# The whole block of text that holds the element that an address names, as a reader sees it.
BLOCK = "element => element.closest('p, li, h1, h2, h3, dd, td').innerText"


def read(markdown: str) -> str:
    """Return what a reader sees of a text."""
    return flat(MARKDOWN.sub(r"\1", markdown))


def flat(text: str) -> str:
    return " ".join(text.split())


def texts_of(element: ET.Element) -> str:
    return flat("".join(element.itertext()))


@pytest.fixture
def home(chart, web, visit) -> Callable:
    """Return a function that opens the page of a chart."""
    return lambda **options: visit(web.root(chart.home), **options)


@pytest.fixture(scope="module")
def gallery(sites, parse) -> list[str]:
    """Return the addresses that the page of all charts links to in its list, in its order."""
    listed = by_class(parse(sites[0]["charts.html"].text), "gallery")
    return [link.get("href") for link in listed.iter("a")]


def by_class(tree: ET.Element, name: str) -> ET.Element:
    """Return the first element of a class."""
    return next(element for element in tree.iter() if name in element.get("class", "").split())


def led_to(site, address: str, relation: str, parse) -> list[str]:
    """Return the addresses that a page says are before it or after it."""
    links = parse(site[address].text).iter("a")
    return [urljoin(address, link.get("href")) for link in links if link.get("rel") == relation]


def test_a_page_tells_all_of_its_chart(home, chart):
    """A chart's page has, in this order, finding, drawing, summary, how to read it, proof, caveats, figures, files."""
    page, text = home(), chart.text
    tops = [page.locator(f"article {part}").first.bounding_box()["y"] for part in PARTS]
    whole = flat(page.locator("article").inner_text())

    assert tops == sorted(tops)
    assert flat(page.locator("h1").inner_text()) == read(text["title"])
    assert flat(page.locator(".standfirst").inner_text()) == read(text["subtitle"])
    assert flat(page.locator(".summary").inner_text()) == read(chart.summary)
    assert [said for said in (text["how_to_read"], *text["notes"]) if read(said) not in whole] == []
    assert page.locator("tbody tr").count() > 2
    assert page.locator(".cites a").count() > 0


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_all_that_is_told_has_one_left_edge(home, width):
    """Texts, lists, table and codes of a chart's page begin at one line; only its figure is wider than they are."""
    edges = home(width=width).evaluate(EDGES)

    assert len(edges) > 12
    assert len(set(edges)) == 1


@pytest.mark.parametrize("width", [320, 500, 640, 768, 1440])
def test_a_chart_at_home_is_as_large_as_in_the_text(home, chart, width, web, visit):
    """With scripts or without, a window shows the drawing that the text shows, as large: it is tested there."""
    whole = home(width=width, java_script_enabled=False).locator(".plot").locator("visible=true")
    there = visit(web.root(chart.address), width=width).locator(f"figure#{chart.name} .plot").locator("visible=true")

    assert [size(whole), whole.get_attribute("class")] == [size(there), there.get_attribute("class")]


def size(locator) -> tuple[float, float]:
    box = locator.bounding_box()
    return box["width"], box["height"]


def test_a_quote_leads_to_the_sentence_that_the_chart_proves(home, chart, web, visit):
    """Each sentence that a chart's page quotes is a link, and leads to words of that very sentence."""
    quotes = home().locator(".uses q").all_inner_texts()
    before = (
        chart.words.parents[1].joinpath(chart.address.rpartition("/")[2].replace(".html", ".md")).read_text("utf-8")
    )
    proved = before.partition(f"![](chart:{chart.name})")[0].rstrip().rpartition("\n\n")[2]

    assert bool(quotes) >= bool(BOUND.search(proved))
    for quote in quotes:
        page = visit(web.root(chart.home))
        page.locator(".uses a").filter(has_text=quote).first.click()
        page.wait_for_url("**#n*")
        named = page.locator(":target")
        assert flat(quote) in flat(named.evaluate(BLOCK))
        assert flat(named.inner_text()) in flat(quote)


def test_a_page_leads_back_to_where_its_chart_stands(home, chart):
    """A chart's page has a link to the chart in the text, and the figure there one to its page."""
    page = home()
    page.locator(f".stands a[href$='#{chart.name}']").click()
    page.wait_for_url(f"**/{chart.address}#{chart.name}")
    page.locator(f"figure#{chart.name} a[href$='{chart.home}']").click()
    page.wait_for_url(f"**/{chart.home}")

    assert page.locator("h1").inner_text()


def test_all_charts_are_listed_once(gallery, tested):
    """The page of all charts links to the page of each, once."""
    assert sorted(gallery) == sorted(chart.home for chart in tested.charts)


def test_charts_lead_from_one_to_the_next(gallery, sites, parse):
    """From the first chart to the last, each page leads to the next and to the one before, as all charts are listed."""
    after = {address: led_to(sites[0], address, "next", parse) for address in gallery}
    before = {address: led_to(sites[0], address, "prev", parse) for address in gallery}

    assert after == dict(zip(gallery, [*([address] for address in gallery[1:]), []], strict=True))
    assert before == dict(zip(gallery, [[], *([address] for address in gallery[:-1])], strict=True))


def test_a_chart_leads_to_all_charts(home):
    """Above its finding a chart's page leads to the page of all charts."""
    page = home()
    page.locator(".kicker a").click()
    page.wait_for_url("**/charts.html")

    assert page.locator(".gallery").is_visible()


def test_a_reader_finds_the_downloads(home):
    """A link beside the drawing leads to the downloads, whose first is in sight."""
    page = home()
    page.locator("figure a[href='#downloads']").click()
    box = page.locator(".take a").first.bounding_box()

    assert 0 <= box["y"] < 900


@pytest.mark.parametrize("width", [320, 1440])
def test_what_a_finger_is_to_meet_is_large_enough(home, width):
    """Links that stand by themselves, and what unfolds, are at least 24 pixels high and wide."""
    page = home(width=width)
    targets = page.locator(".kicker a, .parts a, .take a, .beside a, main summary").all()
    boxes = [target.bounding_box() for target in targets]

    assert len(boxes) > 8
    assert [box for box in boxes if min(box["width"], box["height"]) < 24] == []


def test_paper_holds_what_can_be_read_there(home):
    """Printed, a chart's page has its drawing, table, citation and all pages of sources, but neither files nor code."""
    page = home()
    page.emulate_media(media="print")
    printed = {part: page.locator(part).evaluate_all(PRINTED) for part in (*ON_PAPER, *ON_SCREEN)}

    assert [part for part in ON_PAPER if not printed[part] or not all(printed[part])] == []
    assert [part for part in ON_SCREEN if not printed[part] or any(printed[part])] == []


@pytest.fixture(params=["root", "repository"])
def told(request, chart, sites, parse) -> tuple[bool, dict[str, dict]]:
    """Return whether the site knows its address, and what search engines are told of a chart, by type."""
    known = request.param == "repository"
    scripts = parse(sites[known][chart.home].text).iter("script")
    (data,) = [script.text for script in scripts if script.get("type") == "application/ld+json"]
    return known, {thing["@type"]: thing for thing in json.loads(data)["@graph"]}


def values(thing: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a structure with the name that it has."""
    if isinstance(thing, dict):
        for name, value in thing.items():
            yield from values(value, name)
    elif isinstance(thing, list):
        for value in thing:
            yield from values(value, key)
    elif isinstance(thing, str):
        yield key, thing


def test_search_engines_are_told_of_page_and_data(told, chart, sites, web):
    """JSON-LD has the page as an article, under the chart's title, and its data with files that are there."""
    known, things = told
    base = f"{web.repository.base}/"
    files = [value for name, value in values(things) if name == "contentUrl"]

    assert things.keys() == {"Article", "Dataset"}
    assert things["Article"]["headline"] == read(chart.text["title"])
    assert things["Article"]["isBasedOn"] == {"@id": things["Dataset"]["@id"]}
    assert files == ([base + chart.file(suffix) for suffix in (".csv", ".zip")] if known else [])
    assert {file.removeprefix(base) for file in files} <= sites[1].keys()


def test_search_engines_are_told_no_relative_address(told):
    """Whether the site knows its address or not, each that JSON-LD names is a full one."""
    addresses = [value for name, value in values(told[1]) if name in ADDRESSES]

    assert addresses
    assert [address for address in addresses if not address.startswith(("https://", "http://"))] == []


def shared(site, address: str, parse) -> dict[str, str]:
    """Return what a page says of the picture that stands for it, by property."""
    told = {tag.get("property"): tag.get("content") for tag in parse(site[address].text).iter("meta")}
    return {name: content for name, content in told.items() if name and name.startswith("og:image")}


def test_a_page_without_an_address_shares_no_picture(sheet, sites, parse):
    """Without a base URL a page names no picture, since its address would have to be a full one."""
    assert shared(sites[0], sheet, parse) == {}


def test_a_page_has_a_picture_to_share(sheet, sites, web, parse):
    """With a base URL a page names a picture: its full address, that of a file, its size, and what it shows."""
    told = shared(sites[1], sheet, parse)
    card = told["og:image"].removeprefix(f"{web.repository.base}/")
    width, height = int(told["og:image:width"]), int(told["og:image:height"])

    assert (width, height) == CARD
    assert Image.open(io.BytesIO(sites[1][card].body)).size == CARD
    assert len(told["og:image:alt"]) > 40


def test_a_chart_s_picture_is_its_own(chart, sites, web, parse):
    """The picture of a chart's page is its card, told in the words that tell the chart."""
    told = shared(sites[1], chart.home, parse)

    assert told["og:image"] == f"{web.repository.base}/{chart.card}"
    assert told["og:image:alt"] == read(chart.text["alt"])


def test_the_story_has_a_picture_of_its_own(sites, web, parse):
    """The story is shared with the card of the whole story."""
    assert shared(sites[1], "index.html", parse)["og:image"] == f"{web.repository.base}/cards/story.png"
