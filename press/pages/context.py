"""What templates are told: every name that a template may ask for, with what it is.

Each template is told of the story and of its page; that of a Markdown page also of its
text and sections, that of a chart of the chart. A name that is not listed for a page is
an error there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from press.binding import Fact
from press.content import ChartText, Language, Page, Words
from press.data import Data, Row
from press.figures import DrawingAtSize, DrawnChart, poster
from press.ground.colour import Palette
from press.pages.addresses import ChartAddresses
from press.pages.assets import StyleSheet
from press.pages.cards import Hero
from press.pages.cite import Citation
from press.pages.dates import DueDateCalendar, PageDates
from press.pages.history import ChangeNotice
from press.pages.inputs import EditionName
from press.pages.receipts import Receipt, RenderedReceipt
from press.pages.sections import PageSection
from press.pages.templates import Context
from press.quantity import Quantity


class NavigationItem(NamedTuple):
    """A page as another page names it.

    ``current`` is what ``aria-current`` says of it there: "page" of the page itself,
    "true" of that below which it stands, or nothing.
    """

    slug: str
    label: str
    description: str
    current: str


class PictureForSharing(NamedTuple):
    """The picture that stands for a page where it is shared."""

    address: str
    alternative_text: str


Navigation = Sequence[tuple[NavigationItem, str]]  # each with how the page links there
DrawingWithSvg = tuple[DrawingAtSize, Markup]


@dataclass(frozen=True)
class StoryContext(Context):
    """What the templates of all pages are told alike."""

    settings: object
    """The settings of site.toml."""
    language: Language
    """How texts are written: its code, its words, how a date is written."""
    words: Words
    """The labels of pages, by name."""
    texts: Mapping[str, ChartText]
    """The words of charts, by the names of the charts."""
    edition: EditionName | None
    """The edition that is made; nothing in the site itself."""
    palette: Palette
    """The colours by name, each light and dark."""
    data: Data
    """The tables, by name."""
    source_data: Data
    """The table of sources alone."""
    used_in: Mapping[str, Sequence[str]]
    """The tables that cite a source, by the id of the source."""
    calendar: DueDateCalendar
    """What says when figures of a table are due."""
    receipts: Sequence[RenderedReceipt]
    """The receipts of all numbers, each with its row and its body as HTML."""
    numbers: str
    """The address of the page of all numbers; "" without one."""
    feed: str
    """The address of the feed of changes; "" without one."""
    homes: Mapping[str, ChartAddresses]
    """The addresses of the charts that have pages, by the names of the charts."""
    held: Mapping[object, Fact]
    """The facts that claimed figures are held to, by their keys."""
    absolute: Callable[[str], str]
    """Gives the full address of a file; "" where nobody has said where the site is."""
    amount: Callable[[Quantity], str]
    """Writes a figure with its unit."""
    doubt: Callable[[Quantity], str]
    """Writes how far a figure may be from the true one; "" of an exact one."""
    sum_of: Callable[[Quantity], str]
    """Writes the sum that a figure was worked out by; "" without one."""
    drawings_of: Callable[[str], Sequence[Markup]]
    """Gives the drawings of a chart by its name, the smallest last."""


@dataclass(frozen=True)
class PageContext(Context):
    """What the templates of a page are told of it."""

    page: Page
    """The page: its slug, template, label, words."""
    title: Markup
    """Its title, with links at its numbers."""
    description: Markup
    """Its description, or its subtitle, with links at its numbers."""
    canonical: str
    """Its full address; "" where nobody has said where the site will be."""
    dates: PageDates
    """When it was published and changed, how far its figures reach."""
    changed_at: str
    """Where its last change is told of; "" where no page does."""
    navigation: Navigation
    """The pages of the navigation, each with how the page links there."""
    below: Navigation
    """The pages that stand below the same page of the navigation."""
    report: str
    """How it links to the page that says how errors are reported; "" without one."""
    cards: str
    """How it links to the scripts with its receipts, with spaces between."""
    searched: str
    """How it links to the script with what may be found; "" without a search."""
    share: PictureForSharing | None
    """The picture that stands for it where it is shared."""
    url: Callable[[str], str]
    """Gives how it links to an address of the site."""
    asset: Callable[[str], str]
    """Gives how it links to a static file."""
    sheet: Callable[..., StyleSheet]
    """Gives a static style sheet to stand in the page."""


@dataclass(frozen=True)
class BodyContext(Context):
    """What the template of a page is told of its text."""

    body: Markup
    """The text as HTML; of a chart's page its summary."""
    structured: Markup
    """What search engines are told, as JSON-LD; "" where nothing."""
    charts: Sequence[str]
    """The names of the charts in it that readers can point at; none in an edition."""
    minutes: int = 0
    """How long it takes to read; of a chart's page 0."""
    stepped: bool = False
    """Whether one of them tells itself in steps."""
    has_states: bool = False
    """Whether readers choose a state of one of them."""
    cite_this: Callable[[], Citation] | None = None
    """Gives how the story is cited, on its page."""
    kept: Sequence[str] = ()
    """The addresses of the files that each hold all of the newest edition, there."""


@dataclass(frozen=True)
class SectionsContext(Context):
    """What the template of a Markdown page is told of the parts of its text."""

    intro: Markup
    """What stands before the first heading of the second level."""
    sections: Sequence[PageSection]
    """What stands below each: its id, heading and body."""
    others: Mapping[str, PageSection]
    """The sections that the page says tell of no row, by id."""
    hero: Hero | None
    """What stands beside the title of the story."""


@dataclass(frozen=True)
class EntriesContext(Context):
    """What the template of a page is told whose sections tell of a table's rows."""

    entries: Sequence[tuple[PageSection, Row]]
    """The sections, each with its row."""


@dataclass(frozen=True)
class ChangesContext(Context):
    """What the template of the page of all changes is told."""

    changes: Sequence[ChangeNotice]
    """The changes, the newest first."""


@dataclass(frozen=True)
class GalleryContext(Context):
    """What the template of the page of all charts is told."""

    charts_with_headings: Sequence[tuple[str, str]]
    """The charts by name, each with the heading below which it stands."""


@dataclass(frozen=True)
class ChartContext(Context):
    """What the templates of a chart are told, in a text and on its own page."""

    figure: DrawnChart
    """The chart as drawn: its name, width, points, table, sources."""
    text: ChartText
    """Its words."""
    told: Mapping[str, Sequence[Markup]]
    """Its strings with links at their numbers, by what they are: title, step, note."""
    summary: Markup
    """Its summary as HTML."""
    drawings: Sequence[DrawingWithSvg]
    """Its drawings, each with its SVG, the smallest last."""
    makers: Sequence[str]
    """The names of those who made its tables."""
    cited: Sequence[Row]
    """The pages that its figures were read on, the oldest first."""
    leads: Mapping[str, str]
    """How the page links to where cells of its table lead, by what they name."""
    points: str
    """How the page links to the script with its points."""


@dataclass(frozen=True)
class ChartPageContext(Context):
    """What the template of a chart's own page is told beside the chart."""

    chart: ChartAddresses
    """The addresses of its files."""
    number: int
    """Which chart of the site it is."""
    before: ChartAddresses | None
    """The addresses of the chart before it."""
    after: ChartAddresses | None
    """The addresses of the chart after it."""
    gallery: str
    """The address of the page of all charts; "" without one."""
    stands_on: str
    """The label of the page on which it stands."""
    stands_at: str
    """The address of that page."""
    licences: Sequence[tuple[str, str]]
    """The licences of its tables: title, and address or ""."""
    cite: Citation
    """How it is cited."""
    frame_height: int
    """How high a frame of another site must be for it, in pixels."""


@dataclass(frozen=True)
class FrameContext(Context):
    """What the template of a chart for a frame of another site is told."""

    chart: ChartAddresses
    """The addresses of its files."""
    text: ChartText
    """Its words."""
    heading: poster.PictureTexts
    """What stands around its pictures: the source too."""
    drawings: Sequence[DrawingWithSvg]
    """Its two smallest drawings, each with its SVG."""
    sizes: StyleSheet
    """How large each is, as a style sheet."""


@dataclass(frozen=True)
class ReceiptContext(Context):
    """What the templates of a receipt are told."""

    receipt: Receipt
    """The receipt."""


@dataclass(frozen=True)
class TermContext(Context):
    """What the template of an entry of the glossary is told for a card."""

    section: PageSection
    """The section of the glossary."""
    row: Row
    """Its row."""
