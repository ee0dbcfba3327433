"""The real site, built twice and served, and a browser to look at it."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

import pytest

import build
from press.desk.publish import publish
from press.pages.file import Base
from story.theme import PALETTE
from tests.browsing import NOT_FOUND, Place, served

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Callable, Iterator

    from press.figures.worker import Worker
    from press.pages.file import Site

ROOT = Path(__file__).resolve().parents[3]
INPUTS = ("content", "data", "story", "templates")
BASE_URL = "https://example.org/repository"
CHART = re.compile(r"^!\[\]\(chart:(\w+)\)\s*$", re.MULTILINE)


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
    portable = [address for address in PAGES if not address.endswith(NOT_FOUND)]  # its links begin at the root
    for name, values in (("address", PAGES), ("portable", portable), ("sheet", SHEETS)):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, values)
    if "chart" in metafunc.fixturenames:
        metafunc.parametrize("chart", CHARTS, ids=[f"{chart.address}#{chart.name}" for chart in CHARTS])


@pytest.fixture(scope="session")
def web(story_built: Built) -> Iterator[Web]:
    """Serve both sites."""
    root, repository = story_built.root, story_built.repository
    with served({"/repository/": repository, "/": root}) as url:
        yield Web(Place(root, url), Place(repository, f"{url}repository/", BASE_URL))


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Serve a folder as another site, of another origin, on which tests put pages."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with served({"/": folder}) as url:
        yield Place(folder, url)


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
