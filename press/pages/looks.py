"""What readers see of each page, as a hash: two states of a story tell by it which pages have changed for readers.

Words, numbers and charts count, and the tables that a page is made of; the look and the dates of the site do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath as Path

from press.binding import Entry, Ledger
from press.content import ChartText, Language, Page
from press.data import Data
from press.figures import Figure
from press.files import hash_of
from press.pages.anchors import CHART, by_text, on_chart_page, on_page
from press.pages.jsonld import TABLES
from press.pages.links import NUMBERS, SOURCES
from press.quantity import value


def looks(language: Language, ledger: Ledger, figures: Mapping[str, Figure], data: Data) -> dict[str, str]:
    """Return a hash of what readers see of each page, by its slug; of a chart's own page by ``charts/NAME``."""
    bound, charts = by_text(ledger), language.charts
    found = {}
    for page in language.pages:
        names = [name for name in CHART.findall(page.body.value) if name in charts]
        drawn = (part for name in names for part in _of_chart(charts[name], figures))
        words = (page.title, page.description, page.label, page.body.value)
        own = _of_tables(page, ledger, data)
        found[page.slug] = hash_of(*words, *_numbers(on_page(page, charts, bound)), *drawn, *own)
    for name, text in charts.items():
        found[f"charts/{name}"] = hash_of(*_of_chart(text, figures), *_numbers(on_chart_page(text, bound)))
    return found


def _of_chart(text: ChartText, figures: Mapping[str, Figure]) -> Iterator[str]:
    """Yield the words of a chart, and its table."""
    yield from (text.title, text.body.value, *(item.value for item in text.strings))
    if text.name in figures:
        yield figures[text.name].table.csv()


def _numbers(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield what the bindings of a page are bound to, and the figures."""
    for entry in entries:
        yield entry.target
        yield from (value(fact.quantity) for fact in entry.proof.facts)


def _of_tables(page: Page, ledger: Ledger, data: Data) -> Iterator[str]:
    """Yield the tables that a page is made of, or the numbers that it lists."""
    name = Path(page.path).name
    if name == NUMBERS:
        yield from _numbers(ledger.entries)
    shown = data.values() if name == TABLES else [data["sources"]] if name == SOURCES and "sources" in data else []
    yield from (table.text for table in shown)
    if page.entries in data:
        yield data[page.entries].text
