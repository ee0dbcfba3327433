"""The site, or an edition of it: where its pages and charts lie, how they link, and
what every template is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from operator import add
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from press.binding import Entry, Fact, Facts, Ledger, list_rows_with_claimed_fact
from press.content import (
    Change,
    ChartText,
    Content,
    Language,
    Page,
    format_folder_address,
)
from press.data import Data, Row
from press.figures import Figure, Studio, find_cells_of_times
from press.ground.address import Base, make_relative_link
from press.ground.cache import PAGES, Call, Identity
from press.ground.colour import Palette
from press.ground.errors import BuildError
from press.pages.anchors import CHART, anchors, by_text, on_chart_page, on_page
from press.pages.dates import Calendar, Dates, dates_of, within
from press.pages.links import GALLERY, NUMBERS, inline, shown
from press.pages.markdown import Prose, Shown, convert
from press.pages.receipts import Receipt, amount, doubt, sum_of
from press.pages.templates import ASSETS, Templates
from press.quantity import Quantity
from press.reading import Text

# the page that tells of all changes, and how errors are reported and mended
CHANGES = "changes.md"
FEED = "feed.atom"
STORY_CARD = "cards/story.png"  # the picture that stands for the whole story
# served at whatever address was asked for, so its links start at the root
ABSOLUTE = {"404"}
FRAMES = "embed"  # the folder of charts for other sites
STORY = "index"  # the slug of the article
SEARCH = "search.js"  # a story without this static file has no search
INDEX = "search-index.js"  # the script with what may be found
# strings of a page that all its templates may show
HEAD = {"title", "subtitle", "description"}
CHART_PAGE = "chart.html"  # a story without this template has no pages of charts
# What a page fills in where it has it: what gives the citations of the story, where it
# is kept as one file, the charts that the page shows, how many minutes it takes to
# read, whether a chart tells itself in steps.
LATER: dict[str, Any] = {
    "cite_this": None,
    "kept": (),
    "charts": (),
    "minutes": 0,
    "stepped": False,
}


class Stays(NamedTuple):
    """An edition as its pages tell of it: its name and its day."""

    name: str
    date: str


@dataclass(frozen=True)
class Inputs:
    """All that ``render`` makes pages of; ``root`` is the project's folder."""

    root: Path
    content: Content
    facts: Facts
    studio: Studio
    figures: Mapping[str, Figure]  # by name; those that can be drawn
    ledger: Ledger
    palette: Palette
    theme: Path | None  # the folder of the templates that the story does not replace
    base: Base
    edition: Stays | None = None  # to be made, beside the site
    day: str = ""  # on which the site is built, where somebody says it

    @property
    def calendar(self) -> Calendar:
        """What decides whether figures are still promised."""
        day = max(self.day, self.content.changes.last)
        return Calendar(day, str(self.content.settings.looked_on or ""))

    @property
    def data(self) -> Data:
        """The tables."""
        return self.facts.data


@dataclass(frozen=True)
class Home:
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
    def of(cls, name: str) -> Home:
        """Return the home of a chart."""
        own = f"charts/{name}"
        return cls(
            name=name,
            page=f"{own}.html",
            embed=f"{FRAMES}/{name}.html",
            csv=f"{own}.csv",
            svg=f"{own}.svg",
            png=f"{own}.png",
            spec=f"{own}.vl.json",
            card=f"cards/{name}.png",
        )


class Listed(NamedTuple):
    """A page as another page names it.

    ``current`` is what ``aria-current`` says of it there: "page" of the page itself,
    "true" of that below which it stands, or nothing.
    """

    slug: str
    label: str
    description: str
    current: str


@dataclass(frozen=True, eq=False)
class Rendition:
    """The site, or an edition of it.

    What lies where follows from its inputs, and is found out when it is asked for.

    ``receipts`` are those of its numbers, each with its row and what unfolds below as
    HTML; ``scripts`` the addresses of the scripts that show those that a page's links
    lead to, by the page's address. Where it is of an ``edition``, the story and its
    numbers lie in the edition's folder, with all that they load, other pages where they
    always do.
    """

    inputs: Inputs
    templates: Templates
    edition: Stays | None = None
    receipts: tuple[tuple[Receipt, Markup, Markup], ...] = ()
    scripts: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def content(self) -> Content:
        """What is written."""
        return self.inputs.content

    @property
    def language(self) -> Language:
        """How it is written."""
        return self.inputs.content.language

    @cached_property
    def listed(self) -> list[Page]:
        """The pages of the navigation, each before those that stand below it."""
        by_slug = {page.slug: page for page in self.content.pages}
        return [
            by_slug[slug]
            for slug in self.content.settings.listed_slugs
            if slug in by_slug
        ]

    @cached_property
    def placed(self) -> dict[str, Page]:
        """The charts in the order in which a reader of the site meets them, each with
        its page.
        """
        placed: dict[str, Page] = {}
        for page in (*self.listed, *self.content.pages):
            for name in CHART.findall(page.body.value):
                placed.setdefault(name, page)
        return placed

    @cached_property
    def homes(self) -> dict[str, Home]:
        """The addresses of each chart's files; none where no template makes pages of
        charts.
        """
        if not self.templates.has(CHART_PAGE):
            return {}
        return {
            name: Home.of(name) for name in self.placed if name in self.content.charts
        }

    @cached_property
    def files(self) -> dict[str, str]:
        """The addresses of pages and charts by their Markdown files; of a chart without
        a page, where it stands.
        """
        files = {page.file: self.address(page) for page in self.content.pages}
        own = self.templates.has(CHART_PAGE)
        for name, page in self.placed.items():
            files[f"charts/{name}.md"] = (
                f"charts/{name}.html" if own else self.address(page)
            )
        return files

    @cached_property
    def searched(self) -> str:
        """The address of the script with what may be found; empty where the templates
        have no search.
        """
        return INDEX if self.templates.holds(SEARCH) else ""

    @cached_property
    def entries(self) -> Mapping[int, Sequence[Entry]]:
        """The bindings of each text, in their order, by its ``id``."""
        return by_text(self.inputs.ledger)

    @cached_property
    def bound(self) -> Mapping[str, Sequence[Entry]]:
        """The bindings that each page shows, those of charts too, in the order of its
        words, by its address.
        """
        known = self.entries
        charts = self.content.charts
        pages = {
            self.address(page): on_page(page, charts, known)
            for page in self.content.pages
        }
        return pages | {
            home.page: on_chart_page(charts[name], known)
            for name, home in self.homes.items()
        }

    @cached_property
    def anchors(self) -> Mapping[str, Mapping[int, str]]:
        """What each page calls the bindings that it shows, by its address and by their
        ``id``.
        """
        return {address: anchors(entries) for address, entries in self.bound.items()}

    @cached_property
    def held(self) -> list[tuple[Row, Fact]]:
        """Figures under test, each with its fact."""
        return list(list_rows_with_claimed_fact(self.inputs.facts))

    @cached_property
    def used_in(self) -> Mapping[str, list[str]]:
        """The tables with a row that cites a source, by source."""
        used: dict[str, dict[str, None]] = {}
        for name, table in self.inputs.data.items():
            for source in (source for row in table.rows for source in row.source_ids):
                used.setdefault(source, {})[name] = None
        return {source: list(names) for source, names in used.items()}

    @property
    def kept_in(self) -> str:
        """The folder of the edition, with a slash at its end; empty for the site's own
        pages.
        """
        return format_folder_address(self.edition.name) if self.edition else ""

    @property
    def story_page(self) -> Page | None:
        """The page of the story, if there is one."""
        return next((page for page in self.content.pages if page.slug == STORY), None)

    @property
    def numbers_page(self) -> Page | None:
        """The page of all numbers, if there is one."""
        return next((page for page in self.content.pages if page.file == NUMBERS), None)

    def address(self, page: Page) -> str:
        """Return the address of a page."""
        own = page.slug == STORY or page.file == NUMBERS
        return f"{self.kept_in if own else ''}{page.slug}.html"

    @cached_property
    def dates(self) -> Callable[[str], Dates]:
        """What a page says of time, by its slug, a chart's from its own table; the
        site's by an empty one.
        """
        return cache(self._dates)

    def _dates(self, slug: str) -> Dates:
        leading = self.content.settings.leading
        data = self.inputs.data
        changes = self.content.changes
        _, is_chart, name = slug.partition("/")
        figure = self.inputs.figures.get(name) if is_chart else None
        if figure is None:
            return dates_of(
                changes,
                slug,
                data.values(),
                [data[leading]] if leading in data else data.values(),
                self.inputs.calendar,
            )
        tables = [data[name] for name in figure.tables]
        slug = f"charts/{figure.name}"
        known = dates_of(changes, slug, tables, tables, self.inputs.calendar)
        return within(
            known, (str(cell.value) for cell in find_cells_of_times(figure.table))
        )

    def named(self, slugs: Collection[str], page: Page) -> list[tuple[Listed, str]]:
        """Return the pages of some slugs as a page names them, each with how it links
        there.
        """
        link = self.linker(page)
        above = self._above(page)
        current = {above: "true", page.slug: "page"}
        listed = (item for item in self.listed if item.slug in slugs)
        return [
            (
                Listed(
                    item.slug, item.label, item.description, current.get(item.slug, "")
                ),
                link(self.address(item)),
            )
            for item in listed
        ]

    def _above(self, page: Page) -> str:
        """Return the slug of the page of the navigation below which a page stands: a
        chart's, that of all charts.
        """
        own = (
            self.files.get(GALLERY, "")
            if page.slug.startswith("charts/")
            else self.address(page)
        )
        return self.content.settings.find_page_above(own.removesuffix(".html"))

    def linker(self, page: Page) -> Callable[[str], str]:
        """Return how the page links to an address of the site."""
        if page.slug in ABSOLUTE:
            return Call(add, (self.inputs.base.path,))
        return Call(_relative, (self.kept_in, self.address(page)))

    def _shown(self, text: Text, page: Page) -> Shown:
        """Return how the bindings of a text are shown on a page: those of other pages
        have no anchor.
        """
        anchors = self.anchors.get(self.address(page), {})
        bound = [
            (entry, anchors.get(id(entry), ""))
            for entry in self.entries.get(id(text), ())
        ]
        return shown(bound, self.linker(page), self.files)

    def inlined(self, texts: Sequence[Text], page: Page) -> dict[str, list[Markup]]:
        """Return the strings of a front matter as a page shows them, by what they are:
        title, subtitle, note.
        """
        told = defaultdict[str, list[Markup]](list)
        for text in texts:
            told[text.description].append(inline(text, self._shown(text, page)))
        return told

    def prose(self, text: Text, page: Page) -> Prose:
        """Return a text as a page shows it. Raises ``BuildError``."""
        parts = {
            "files": self.files,
            "link": self.linker(page),
            "shown": self._shown(text, page),
        }
        key = ("text", Identity(text), self.kept_in, page.slug)
        return PAGES.get(
            key,
            lambda inputs: convert(
                text, inputs["files"], inputs["link"], inputs["shown"]
            ),
            parts,
        )

    def summary(self, text: ChartText, page: Page) -> Prose:
        """Return the summary of a chart on a page.

        Raises ``BuildError`` where it holds a chart.
        """
        summary = self.prose(text.body, page)
        for chart, line in summary.charts.items():
            raise BuildError.at(
                text.path, line, f"found the chart {chart} in a summary, expected text"
            )
        return summary

    def makers(self, tables: Iterable[str]) -> list[str]:
        """Name those who made tables, each once."""
        described = (self.inputs.data[table].description for table in tables)
        return list(
            dict.fromkeys(
                source["title"] for table in described for source in table.sources
            )
        )

    def cited(self, figure: Figure) -> list[Row]:
        """Return the pages that a figure was read on, in the order in which its rows
        cite them.
        """
        known = self.inputs.data["sources"].by_key
        return [known[source,] for source in figure.source_ids]

    def told_at(self, change: Change | None) -> str:
        """Return where a page tells of a change; "" where no page does."""
        home = self.files.get(CHANGES, "")
        return f"{home}#{change.id}" if home and change else ""

    @property
    def feed(self) -> str:
        """The address of the feed of changes; "" without an address of the site, or a
        page that tells of them.
        """
        return (
            FEED
            if self.inputs.base.url
            and self.content.changes.items
            and CHANGES in self.files
            else ""
        )

    def absolute(self, address: str) -> str:
        """Return the full address of a file; empty where nobody has said where the site
        will be.
        """
        return self.inputs.base.absolute(address)

    def context(self, page: Page) -> dict[str, Any]:
        """Return what every template of a page is told."""
        link = self.linker(page)
        settings = self.content.settings
        language = self.language
        # else it could name no place
        changes = self.files.get(CHANGES) if settings.repository else None
        template = f"{page.template}.html"
        told = self.inlined(
            [text for text in page.strings if text.description in HEAD], page
        )
        cards = self.scripts.get(self.address(page), ())
        sources = {
            name: table for name, table in self.inputs.data.items() if name == "sources"
        }
        return LATER | {
            "title": told["title"][0],
            "description": (told["description"] or told["subtitle"])[0],
            "cards": " ".join(map(link, cards)),
            "report": link(changes) if changes else "",
            "receipts": self.receipts,
            "numbers": self.files.get(NUMBERS, ""),  # the address of the page
            "settings": settings,
            "language": language,
            "texts": self.content.charts,
            "words": language.words,
            "page": page,
            "edition": self.edition,
            "navigation": self.named(settings.navigation, page),
            # what stands there, too
            "below": self.named(settings.below.get(self._above(page), ()), page),
            "url": link,
            "absolute": self.inputs.base.absolute,
            "asset": Call(self.templates.asset, (link, template)),
            "sheet": Call(self.templates.sheet, (link, template)),
            "canonical": self.absolute(self.address(page)),
            "dates": self.dates(page.slug),
            "calendar": self.inputs.calendar,
            "changed_at": self.told_at(
                self.content.changes.find_last_change(page.slug)
            ),
            "feed": self.feed,
            "data": self.inputs.data,
            "source_data": Data(sources),  # told as all data are where it lacks them
            "amount": Call(_amount, (language,)),
            "doubt": Call(_doubt, (language,)),
            "sum_of": Call(_sum_of, (language,)),
            "held": {row["fact"]: fact for row, fact in self.held},
            "homes": self.homes,
            "drawings_of": Call(_drawings_of, (self.inputs.figures,)),
            "searched": link(self.searched) if self.searched else "",
            "share": self._share(page),
            "used_in": self.used_in,
            "palette": self.inputs.palette,
        }

    def _share(self, page: Page) -> tuple[str, str] | None:
        """Return address and alternative text of the picture that stands for a page
        where it is shared.
        """
        if not self.homes:
            return None
        name = page.slug.rpartition("/")[2]
        charts = self.content.charts
        if name in self.homes:
            return (
                self.homes[name].card,
                f"{charts[name].title}: {charts[name].card_words}",
            )
        first = charts[next(iter(self.homes))]
        return (
            (STORY_CARD, f"{self.story_page.title}: {first.card_words}")
            if self.story_page
            else None
        )


# What templates may call. Each depends on its arguments alone, so that a page is filled
# in once for the same.


def _relative(folder: str, origin: str, target: str) -> str:
    """Return how a page links to a file; an edition in a ``folder`` has what it loads
    there.
    """
    return make_relative_link(
        origin, f"{folder}{target}" if target.startswith(ASSETS) else target
    )


def _amount(language: Language, item: Quantity) -> str:
    return amount(item, language)


def _doubt(language: Language, item: Quantity) -> str:
    return doubt(item, language)


def _sum_of(language: Language, item: Quantity) -> str:
    return sum_of(item, language)


def _drawings_of(figures: Mapping[str, Figure], name: str) -> list[Markup]:
    """Return the drawings of a chart, the smallest last."""
    return [Markup(drawing.page_svg) for drawing in figures[name].drawings]  # noqa: S704 - ours
