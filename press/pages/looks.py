"""Which pages readers see otherwise, by the files that they are made of and the numbers on them.

The look and the dates of the site do not count.
"""

from __future__ import annotations

from collections.abc import Collection

from press.content import Language, Page
from press.pages.anchors import CHART
from press.pages.jsonld import TABLES
from press.pages.links import NUMBERS, SOURCES


def changed_pages(language: Language, files: Collection[str], moved: Collection[str]) -> tuple[str, ...]:
    """Return the slugs of the pages that are not as they were; a chart's own page has ``charts/NAME``.

    ``files`` are the texts and tables that have changed, by their places, and the tables of charts, by their addresses;
    ``moved`` are the addresses of pages on which a number has.
    """
    tables = {place for place in files if place.startswith("data/")}
    slugs = {address.removeprefix(f"{language.code}/").removesuffix(".html") for address in moved}
    slugs |= {f"charts/{name}" for name in language.charts if not _of_chart(name, language).isdisjoint(files)}
    for page in language.pages:
        name = page.file
        lists = tables if name == TABLES else {"data/sources.csv"} if name == SOURCES else {f"data/{page.entries}.csv"}
        own = {page.path, *lists}.union(*(_of_chart(chart, language) for chart in _charts_on(page, language)))
        if not own.isdisjoint(files) or (name == NUMBERS and moved):
            slugs.add(page.slug)
    every = (*(page.slug for page in language.pages), *(f"charts/{name}" for name in language.charts))
    return tuple(slug for slug in every if slug in slugs)


def _charts_on(page: Page, language: Language) -> list[str]:
    return [name for name in CHART.findall(page.body.value) if name in language.charts]


def _of_chart(name: str, language: Language) -> set[str]:
    return {language.charts[name].path, f"charts/{name}.csv"}
