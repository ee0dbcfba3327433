"""The real site, built twice and served, and a browser to look at it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import threading
import tomllib
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest
from playwright.sync_api import expect, sync_playwright

import build
from press.address import Base
from press.desk.publish import publish
from story.theme import PALETTE
from tools import browser as browsers

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from press.figures.worker import Worker
    from press.pages.file import Site

ROOT = Path(__file__).resolve().parents[3]
INPUTS = ("content", "data", "story", "templates")
BASE_URL = "https://example.org/repository"
NOT_FOUND = "404.html"  # served wherever nothing is: its links begin at the root, so no folder can show it
CHART = re.compile(r"^!\[\]\(chart:(\w+)\)\s*$", re.MULTILINE)
# What the tests cannot leave to the machine, whose table of types may be another.
TYPES = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
PATIENCE = 30_000  # milliseconds to wait for what does not come, on a busy machine
FLAGS = ("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run")


class Chart(NamedTuple):
    """A chart where it stands: its name, the address of its page, and the words of its language."""

    name: str
    address: str
    words: Path

    @property
    def text(self) -> dict[str, object]:
        """What the author wrote above the summary."""
        return tomllib.loads(self.words.read_text("utf-8").split("+++")[1])

    @property
    def summary(self) -> str:
        """What the author wrote below the chart."""
        return self.words.read_text("utf-8").split("+++")[2]

    @property
    def folder(self) -> str:
        """The folder of its language."""
        return self.address.rpartition("/")[0] and f"{self.address.rpartition('/')[0]}/"

    @property
    def home(self) -> str:
        """The address of its own page."""
        return f"{self.folder}charts/{self.name}.html"

    @property
    def frame(self) -> str:
        """The address of its frame for other sites."""
        return f"{self.folder}embed/{self.name}.html"

    def file(self, suffix: str) -> str:
        """Return the address of what it offers to take along."""
        return f"{self.folder}charts/{self.name}{suffix}"

    @property
    def card(self) -> str:
        """The address of the picture that stands for it where it is shared."""
        return f"{self.folder}cards/{self.name}.png"


class Place(NamedTuple):
    """A folder with a site, the address of its server, and the base URL that it was built for."""

    folder: Path
    url: str
    base: Base

    def __call__(self, address: str) -> str:
        """Return where a file of the site is served."""
        return self.url + address

    def file(self, address: str) -> str:
        """Return how a file of the site is opened without a server."""
        return (self.folder / address).as_uri()


class Web(NamedTuple):
    """The site as two publishers serve it: at the root, knowing no base URL, and below one that it was told."""

    root: Place
    repository: Place


class Tested(NamedTuple):
    """What tests are run on: the addresses of pages, those of the site itself and of frames among them; charts."""

    pages: list[str]
    sheets: list[str]
    charts: list[Chart]


class Links(NamedTuple):
    """What a page holds that others lead to, and what it leads to, absolute."""

    ids: frozenset[str]
    targets: tuple[str, ...]


def _found_texts() -> dict[str, Path]:
    """Return the files of the pages to expect, by address, without building the site while pytest collects."""
    home = tomllib.loads((ROOT / "content" / "site.toml").read_text("utf-8"))["language"]
    paths = sorted((ROOT / "content").glob("*/*.md"))
    return {f"{'' if path.parent.name == home else f'{path.parent.name}/'}{path.stem}.html": path for path in paths}


def _found_charts() -> list[Chart]:
    return [
        Chart(name, address, path.parent / "charts" / f"{name}.md")
        for address, path in _found_texts().items()
        for name in CHART.findall(path.read_text("utf-8"))
    ]


CHARTS = _found_charts()
FRAMES = [chart.frame for chart in CHARTS]
SHEETS = [*_found_texts(), *(chart.home for chart in CHARTS)]  # the pages of the site itself
PAGES = [*SHEETS, *FRAMES]


@pytest.fixture(scope="session")
def tested() -> Tested:
    """Return the pages and the charts that tests are run on."""
    return Tested(PAGES, SHEETS, CHARTS)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for an ``address`` on every page; ``portable`` is one that needs no server.

    A ``sheet`` is a page of the site itself, with its head and its foot: a frame for other sites has neither.
    """
    portable = [address for address in PAGES if not address.endswith(NOT_FOUND)]
    for name, values in (("address", PAGES), ("portable", portable), ("sheet", SHEETS)):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, values)
    if "chart" in metafunc.fixturenames:
        metafunc.parametrize("chart", CHARTS, ids=[f"{chart.address}#{chart.name}" for chart in CHARTS])


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory, worker: Worker) -> tuple[Site, Site]:
    """Build the site without a base URL and with one, from copies, so that no cache is left in the project."""
    root = tmp_path_factory.mktemp("project")
    for folder in INPUTS:
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    said: list[str] = []
    return build.build(root, Base(""), said.append, worker), build.build(root, Base(BASE_URL), said.append, worker)


@pytest.fixture(scope="session")
def web(sites: tuple[Site, Site], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """Publish and serve both sites."""
    folders = [tmp_path_factory.mktemp(name) / "site" for name in ("root", "repository")]
    for site, folder in zip(sites, folders, strict=True):
        publish(site, folder, folder.parent)
    with _served({"/repository/": folders[1], "/": folders[0]}) as url:
        yield Web(Place(folders[0], url, Base("")), Place(folders[1], f"{url}repository/", Base(BASE_URL)))


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Serve a folder as another site, of another origin, on which tests put pages."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with _served({"/": folder}) as url:
        yield Place(folder, url, Base(""))


@contextlib.contextmanager
def _served(mounts: dict[str, Path]) -> Iterator[str]:
    """Serve folders; give the address of the server's root."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(mounts))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def _handler(mounts: dict[str, Path]) -> type[BaseHTTPRequestHandler]:
    """Serve folders as GitHub Pages does: 404.html, with status 404, where nothing is."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            mount = next(mount for mount in mounts if path.startswith(mount))
            file = mounts[mount] / (path.removeprefix(mount) or "index.html")
            status = HTTPStatus.OK
            if not file.is_file():
                status, file = HTTPStatus.NOT_FOUND, mounts[mount] / NOT_FOUND
            body = file.read_bytes()
            self.send_response(status)
            self.send_header("Content-Type", TYPES[file.suffix])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser that ``tools/browser.py`` finds; where there is none, tests fail."""
    program = browsers.find()
    assert program, "no Chrome or Chromium was found: python tools/browser.py installs one"
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=[*FLAGS, *as_root])
        yield started
        started.close()


@pytest.fixture(scope="session")
def windows() -> dict[tuple[tuple[str, object], ...], Page]:
    """Keep windows open between tests: to open one takes longer than most tests do. The browser closes them."""
    return {}


@pytest.fixture
def visit(browser: Browser, windows: dict[tuple[tuple[str, object], ...], Page]) -> Iterator[Callable[..., Page]]:
    """Return a function that loads an address in a window of the width, scheme and so on that a test asks for.

    A document is always loaded anew; the window may have served other tests, unless ``fresh`` asks for one of its own.
    """
    own = []

    def visit(url: str, width: int = 1440, *, fresh: bool = False, **options: object) -> Page:
        key = tuple(sorted(options.items()))
        page = None if fresh else windows.get(key)
        if page is None:
            page = browser.new_context(**options).new_page()
            page.set_default_timeout(PATIENCE)
        if fresh:
            own.append(page.context)
        else:
            windows[key] = page
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="null", color_scheme=options.get("color_scheme", "light"))
        page.goto(url)
        return page

    yield visit
    for context in own:
        context.close()


@pytest.fixture(scope="session")
def parse() -> Callable[[str], ET.Element]:
    """Return a function that reads HTML as browsers do, as a tree whose names have no name space."""
    return lambda html: html5lib.parse(html, namespaceHTMLElements=False)


@pytest.fixture(scope="session")
def links_of(parse: Callable[[str], ET.Element]) -> Callable[[Path, str], Links]:
    """Return a function that reads the links of the page in a file, resolved against the URL it is served at."""
    known: dict[tuple[Path, str], Links] = {}

    def links_of(path: Path, url: str) -> Links:
        if (path, url) not in known:
            elements = list(parse(path.read_text("utf-8")).iter())
            ids = frozenset(element.attrib["id"] for element in elements if "id" in element.attrib)
            found = [element.get(name) for element in elements for name in ("href", "src") if name in element.attrib]
            targets = dict.fromkeys(urljoin(url, target) for target in found)
            known[path, url] = Links(ids, tuple(targets))
        return known[path, url]

    return links_of


@pytest.fixture(scope="session")
def palette() -> Callable[[str], dict[str, str]]:
    """Return a function that gives the story's colours of one scheme, written as browsers write them."""

    def palette(scheme: str) -> dict[str, str]:
        return {name: _rgb(colours[scheme == "dark"]) for name, colours in PALETTE.items()}

    return palette


def _rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[place : place + 2], 16)) for place in (1, 3, 5))})"
