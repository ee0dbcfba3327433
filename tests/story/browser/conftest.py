"""The real site, served as two publishers have it, and its documents as browsers read
them.
"""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from typing import NamedTuple

import html5lib
import pytest
from playwright.sync_api import Browser, Page

from story.theme import PALETTE
from tests.browsing import Place, open_window, resize, serve_folders, wait_until_quiet
from tests.story.conftest import BASE_URL, Built

# Brings a page back to what it was before anybody read it.
CLEAN = """() => {
    document.activeElement.blur();
    document.querySelectorAll(":popover-open").forEach(card => card.hidePopover());
    document.querySelectorAll("details").forEach(details => { details.open = false; });
    document.querySelectorAll("[type=range]").forEach(range => { range.value = 0; });
    document.documentElement.dir = "ltr";
    scrollTo(0, 0);
}"""

# Takes away items, rows, paragraphs, marks and so on of which each element, within the
# elements that it stands in, is left as often as that elsewhere. The first of each list,
# table and drawing stays.
THIN = """most => {
    const kind = element => `${element.tagName}.${element.getAttribute("class")}[${element.getAttributeNames().sort()}]`;
    const path = element => element.matches("main") ? "" : `${path(element.parentElement)} > ${kind(element)}`;
    const counts = {};
    const parents = "main, main :is(ul, ol, tbody, section, article, details, svg, svg g)";
    for (const parent of document.querySelectorAll(parents)) {
        if (!parent.isConnected) continue; // it was taken away
        const known = new Set();
        for (const child of [...parent.children].filter(each => each.matches("li, tr, article, section, details, p, svg *"))) {
            const paths = new Set([child, ...child.querySelectorAll("*")].map(path));
            const isFirst = child.matches("li, tr, svg *") && !known.has(kind(child));
            if (!isFirst && [...paths].every(each => counts[each] >= most)) {
                child.remove();
                continue;
            }
            known.add(kind(child));
            for (const each of paths) counts[each] = (counts[each] ?? 0) + 1;
        }
    }
}"""


class Web(NamedTuple):
    """The site as two publishers serve it: at the root, knowing no base URL, and below
    one that it was told.
    """

    root: Place
    repository: Place


@pytest.fixture(scope="session")
def web(story_built: Built) -> Iterator[Web]:
    """Serve both sites."""
    root, repository = story_built.root, story_built.repository
    with serve_folders({"/repository/": repository, "/": root}) as url:
        yield Web(Place(root, url), Place(repository, f"{url}repository/", BASE_URL))


@pytest.fixture(scope="module")
def keep(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page in a window of its own, which stays open;
    then it is as before any reading.

    To load the story takes longer than most tests do. What a page does once only needs
    a fresh window.
    """
    pages: dict[tuple, Page] = {}

    def keep(url: str, width: int = 1440, **options: object) -> Page:
        key = (url, *sorted(options.items()))
        fresh = key not in pages
        page = pages[key] = open_window(browser, **options) if fresh else pages[key]
        resize(page, width)
        page.emulate_media(media="null")
        page.mouse.move(0, 0)
        if fresh or page.url != url:
            page.goto(url)
        page.evaluate(CLEAN)
        if options.get("java_script_enabled", True):  # else nothing is ever under way
            wait_until_quiet(page)
        return page

    yield keep
    for page in pages.values():
        page.context.close()


def thin(page: Page, most: int) -> None:
    """Leave so many of each kind of element in a page, and not many more, for a test
    that looks at each for long.
    """
    page.evaluate(THIN, most)


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Serve a folder as another site, of another origin, on which tests put pages."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with serve_folders({"/": folder}) as url:
        yield Place(folder, url)


class Document(NamedTuple):
    """A page as browsers read it: its elements, by their ids too, and what a strict
    parser has against its HTML.
    """

    tree: ET.Element
    by_id: dict[str, ET.Element]
    slips: list[str]

    def text_of(self, name: str) -> str:
        """Return the text of the first element of a name, in one line."""
        return text_of(next(self.tree.iter(name)))

    def meta(self) -> dict[str, str]:
        """Return the content of each meta element by its name or property; of one that
        stands twice, a mark.
        """
        found: dict[str, str] = {}
        for element in self.tree.find("head").iter("meta"):
            name = (
                element.get("name")
                or element.get("property")
                or element.get("http-equiv")
            )
            if name and "media" not in element.attrib:
                found[name] = "twice" if name in found else element.get("content", "")
        return found

    def of_class(self, name: str) -> list[ET.Element]:
        """Return the elements of a class."""
        return [
            element
            for element in self.tree.iter()
            if name in element.get("class", "").split()
        ]


def text_of(element: ET.Element) -> str:
    """Return the text of an element in one line."""
    return " ".join("".join(element.itertext()).split())


@pytest.fixture(scope="session")
def document() -> Callable[[Place, str], Document]:
    """Return a function that reads a page of a site, once."""
    known: dict[tuple[Place, str], Document] = {}

    def document(place: Place, address: str) -> Document:
        if (place, address) not in known:
            parser = html5lib.HTMLParser(namespaceHTMLElements=False)
            tree = parser.parse(place.text(address))
            by_id = {
                element.get("id"): element
                for element in tree.iter()
                if "id" in element.attrib
            }
            slips = [
                f"{address}:{line}: {code}" for (line, _), code, _ in parser.errors
            ]
            known[place, address] = Document(tree, by_id, slips)
        return known[place, address]

    return document


@pytest.fixture(scope="session")
def palette() -> Callable[[str], dict[str, str]]:
    """Return a function that gives the story's colours of one scheme, written as
    browsers write them.
    """

    def palette(scheme: str) -> dict[str, str]:
        return {
            name: _rgb(colours[scheme == "dark"]) for name, colours in PALETTE.items()
        }

    return palette


def _rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[place : place + 2], 16)) for place in (1, 3, 5))})"
