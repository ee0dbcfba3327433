"""Where things lie: the addresses of pages, charts, files and editions, and how one
page leads to them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import add

from press.content import Change, Content, Page, format_folder_address
from press.ground.address import BaseUrl, make_relative_link
from press.ground.cache import Call
from press.pages.anchors import CHART_LINK
from press.pages.inputs import EditionName

# the Markdown files of pages that the engine knows
SOURCES_FILE = "sources.md"
GLOSSARY_FILE = "glossary.md"
NUMBERS_FILE = "numbers.md"
GALLERY_FILE = "charts.md"  # shows all charts
CHANGES_FILE = "changes.md"  # tells of all changes, and how errors are reported
STORY_SLUG = "index"  # of the article
# served at whatever address was asked for, so its links start at the root
ROOTED_SLUGS = {"404"}
FRAMES = "embed"  # the folder of charts for other sites
ASSETS = "assets/"  # the folder of static files
FEED = "feed.atom"
STORY_CARD = "cards/story.png"  # the picture that stands for the whole story


@dataclass(frozen=True)
class ChartAddresses:
    """The addresses of a chart's page and of its other files."""

    name: str
    page: str
    embed: str
    csv: str
    svg: str
    png: str
    spec: str
    card: str

    @classmethod
    def from_name(cls, chart_name: str) -> ChartAddresses:
        """Return the addresses of the chart of that name."""
        own = f"charts/{chart_name}"
        return cls(
            name=chart_name,
            page=f"{own}.html",
            embed=f"{FRAMES}/{chart_name}.html",
            csv=f"{own}.csv",
            svg=f"{own}.svg",
            png=f"{own}.png",
            spec=f"{own}.vl.json",
            card=f"cards/{chart_name}.png",
        )


@dataclass(frozen=True, eq=False)
class SiteAddresses:
    """Where the pages and charts of the site lie, or those of an edition of it.

    Of an ``edition``, the story and its numbers lie in the edition's folder, with all
    that they load, other pages where they always do. Charts may have no pages of their
    own: then they are where they stand.
    """

    content: Content
    base: BaseUrl
    has_chart_pages: bool
    edition: EditionName | None = None

    @cached_property
    def navigation_pages(self) -> list[Page]:
        """The pages of the navigation, each before those that stand below it."""
        by_slug = {page.slug: page for page in self.content.pages}
        return [
            by_slug[slug]
            for slug in self.content.settings.slugs_in_navigation_order
            if slug in by_slug
        ]

    @cached_property
    def showing_page_by_chart(self) -> Mapping[str, Page]:
        """The page on which each chart stands, in the order in which a reader of the
        site meets the charts.
        """
        found: dict[str, Page] = {}
        for page in (*self.navigation_pages, *self.content.pages):
            for name in CHART_LINK.findall(page.body.value):
                found.setdefault(name, page)
        return found

    @cached_property
    def addresses_of_charts_with_pages(self) -> Mapping[str, ChartAddresses]:
        """The addresses of each chart's files, in the same order; none where charts
        have no pages.
        """
        if not self.has_chart_pages:
            return {}
        names = (
            name for name in self.showing_page_by_chart if name in self.content.charts
        )
        return {name: ChartAddresses.from_name(name) for name in names}

    @cached_property
    def address_by_markdown_file(self) -> Mapping[str, str]:
        """The addresses of pages and charts by their Markdown files."""
        found = {page.file: self.get_address(page) for page in self.content.pages}
        for name, page in self.showing_page_by_chart.items():
            address = self.get_address(page)
            if self.has_chart_pages:
                address = ChartAddresses.from_name(name).page
            found[f"charts/{name}.md"] = address
        return found

    @property
    def folder(self) -> str:
        """The folder of the edition, with a slash at its end; "" for the site's own
        pages.
        """
        return format_folder_address(self.edition.name) if self.edition else ""

    @property
    def story_page(self) -> Page | None:
        """The page of the story, if there is one."""
        return self.find_page(f"{STORY_SLUG}.md")

    @property
    def numbers_page(self) -> Page | None:
        """The page of all numbers, if there is one."""
        return self.find_page(NUMBERS_FILE)

    @property
    def feed_address_or_empty(self) -> str:
        """The address of the feed of changes; "" without an address of the site, or a
        page that tells of them.
        """
        has_page = CHANGES_FILE in self.address_by_markdown_file
        return FEED if self.base.url and self.content.changes.items and has_page else ""

    def find_page(self, file: str) -> Page | None:
        """Return the page with a Markdown file, if there is one."""
        return next((page for page in self.content.pages if page.file == file), None)

    def get_address(self, page: Page) -> str:
        """Return the address of a page."""
        in_edition = page.slug == STORY_SLUG or page.file == NUMBERS_FILE
        folder = self.folder if in_edition else ""
        return f"{folder}{page.slug}.html"

    def find_address_of_change(self, change: Change | None) -> str:
        """Return where a page tells of a change; "" where no page does."""
        page = self.address_by_markdown_file.get(CHANGES_FILE, "")
        return f"{page}#{change.id}" if page and change else ""

    def make_linker_of_page(self, page: Page) -> Callable[[str], str]:
        """Return what gives how the page links to an address of the site."""
        if page.slug in ROOTED_SLUGS:
            return Call(add, (self.base.path,))
        return Call(
            _make_link_with_edition_assets, (self.folder, self.get_address(page))
        )


def _make_link_with_edition_assets(
    edition_folder: str, page_address: str, target_address: str
) -> str:
    """Return how a page links to a file; an edition has what it loads in
    its own folder.
    """
    if target_address.startswith(ASSETS):
        target_address = f"{edition_folder}{target_address}"
    return make_relative_link(page_address, target_address)
