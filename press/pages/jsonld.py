"""What search engines are told of a page, in the words of schema.org: an article, a page, data sets, their catalogue.

What is not known is left out. Every address is a full one; only the names that a page gives to its parts (``#data``)
are relative to it where its address is not known. A data set has the licences of its tables, seldom that of the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath as Path
from typing import Any

from press.content import Page
from press.data import Table
from press.figures import DATE, dates
from press.grid import Grid
from press.pages.cite import Work, known, work_of
from press.pages.rendition import ABSOLUTE, STORY, Rendition

MEDIA_TYPES = {".csv": "text/csv", ".json": "application/json", ".zip": "application/zip"}
SHORTEST, LONGEST = 50, 5000  # characters of a data set's description, as Google wants it
TABLES = "data-and-methods.md"  # the page that tells of all tables
CATALOGUE = "#catalogue"
Thing = dict[str, Any]


def structured(rendition: Rendition, page: Page, picture: str) -> str:
    """Return what is told of a page, as JSON-LD; ``picture`` is the full address of its card, "" where it has none.

    Nothing is told of a page that search engines shall not list, or where no licence of the texts is known.
    """
    if page.slug in ABSOLUTE or rendition.edition or not rendition.inputs.content.settings.licence:
        return ""
    work, tables = work_of(rendition, page.slug, page.title, page.description), rendition.files.get(TABLES, "")
    home = rendition.absolute(tables) + CATALOGUE if tables and work.address else ""
    if page.slug == STORY:
        return script(article(work, picture, home))
    if rendition.address(page) == tables:
        data = rendition.inputs.data.items()
        sets = [table_set(work, name, table, rendition.absolute(f"data/{name}.csv")) for name, table in data]
        return script(web_page(work), catalogue(work, sets))
    return script(web_page(work))


def article(work: Work, picture: str, based_on: str) -> Thing:
    """Return a page as an ``Article``, which rests on data: ``based_on`` names them. ``picture`` is a full address."""
    return known(
        {
            "@type": "Article",
            "@id": f"{work.address}#article",
            "headline": work.title,
            "image": picture,
            "description": work.description,
            "author": _authors(work),
            "publisher": _authors(work),
            "mainEntityOfPage": work.address,
            **_about(work),
            "isBasedOn": known({"@id": based_on}),
        }
    )


def web_page(work: Work) -> Thing:
    """Return a page that is no article."""
    about = {"name": work.title, "description": work.description, "publisher": _authors(work)}
    return known({"@type": "WebPage", "@id": f"{work.address}#page", **about, **_about(work)})


def dataset(
    work: Work, grid: Grid, downloads: Iterable[str], pages: Iterable[tuple[str, str]], tables: Iterable[Table]
) -> Thing:
    """Return a chart's data as a ``Dataset``; downloads are full addresses, "" if not known.

    ``tables`` are those that its rows are from: their licences are its own. ``pages`` are those that were read:
    address, and what is known of the licence.
    """
    return known(
        {
            "@type": "Dataset",
            "@id": f"{work.address}#data",
            "name": work.title,
            "description": _description(work.description, work.title, (column.head for column in grid.columns)),
            "creator": _authors(work),
            **_about(work),
            "license": licences(tables),
            "variableMeasured": list(_variables(work, grid)),
            "distribution": _downloads(downloads),
            "isBasedOn": [
                known({"@type": "WebPage", "url": address, "license": _licence(licence)}) for address, licence in pages
            ],
        }
    )


def catalogue(work: Work, sets: list[Thing]) -> Thing:
    """Return the tables of a story as a ``DataCatalog``."""
    about = {"name": work.container, "description": work.description, "publisher": _authors(work)}
    told = {key: value for key, value in _about(work).items() if key != "license"}
    return known({"@type": "DataCatalog", "@id": work.address + CATALOGUE, **about, **told, "dataset": sets})


def table_set(work: Work, name: str, table: Table, download: str) -> Thing:
    """Return a table as a ``Dataset``; ``work`` is the page that tells of it, ``download`` the address of its file."""
    told = table.description
    counted = (field for field in told.fields.values() if field.unit)
    return known(
        {
            "@type": "Dataset",
            "@id": f"{work.address}#{name}",
            "name": told.title,
            "description": _description(told.description, told.title, (field.title for field in told.fields.values())),
            "creator": _authors(work),
            "creditText": "; ".join(source["title"] for source in told.sources),
            **_about(work),
            "url": work.address and f"{work.address}#{name}",
            "license": licences([table]),
            "temporalCoverage": _interval(table.span),
            "variableMeasured": [_variable(field.title, field.unit) for field in counted],
            "distribution": _downloads([download]),
            "includedInDataCatalog": {"@id": work.address + CATALOGUE},
        }
    )


def licences(tables: Iterable[Table]) -> list[Thing]:
    """Return what tables say of their licences, each once; also that none is claimed."""
    told = {item["title"]: item.get("path", "") for table in tables for item in table.description.licenses}
    return [_licence(title, path) for title, path in told.items()]


def _licence(title: str, path: str = "") -> Thing:
    return known({"@type": "CreativeWork", "name": title, "url": path}) if title else {}


def span(grid: Grid) -> str:
    """Return the time that a chart's table covers as an ISO 8601 interval, or its only date."""
    days = [str(cell.value) for cell in dates(grid)]
    return _interval((*days[:1], *days[-1:]))


def script(*things: Thing) -> str:
    """Return things as JSON-LD that can stand inside ``<script type="application/ld+json">``: nothing in it ends it."""
    whole = {"@context": "https://schema.org", "@graph": things}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).replace("<", r"\u003c")


def _interval(ends: Iterable[str]) -> str:
    return "/".join(dict.fromkeys(filter(None, ends)))


def _about(work: Work) -> Thing:
    """Return what is true of the page and of its data."""
    return {
        "url": work.address,
        "inLanguage": work.language,
        "license": work.licence_address,
        "isAccessibleForFree": True,
        "datePublished": work.published,
        "dateModified": work.changed,
        "temporalCoverage": work.coverage,
        "isPartOf": known({"@type": "WebSite", "name": work.container, "url": work.site}),
    }


def _authors(work: Work) -> Thing:
    return known({"@type": "Organization", "name": work.authors, "url": work.site})


def _downloads(addresses: Iterable[str]) -> list[Thing]:
    return [
        {"@type": "DataDownload", "encodingFormat": MEDIA_TYPES[Path(address).suffix], "contentUrl": address}
        for address in addresses
        if address
    ]


def _description(whole: str, title: str, heads: Iterable[str]) -> str:
    """Say what is measured; where Google finds that too short, the title and the heads of columns as well."""
    for more in (title, ", ".join(heads)):
        whole = f"{whole.removesuffix('.')}. {more}" if len(whole) < SHORTEST else whole
    return whole[:LONGEST]


def _variables(work: Work, grid: Grid) -> Iterator[Thing]:
    """Yield what the columns measure. Where dates head them, they measure one thing: what the chart does."""
    columns = grid.columns[1:]
    names = [(work.description if DATE.fullmatch(column.head) else column.head, column.unit) for column in columns]
    yield from (_variable(name, unit) for name, unit in dict.fromkeys(names))


def _variable(name: str, unit: str) -> Thing:
    return known({"@type": "PropertyValue", "name": name, "unitText": unit})
