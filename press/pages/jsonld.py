"""What search engines are told of a page, in the words of schema.org: an article, a page, data sets, their catalogue.

What is not known is left out. Every address is a full one; only the names that a page gives to its parts (``#data``)
are relative to it where its address is not known. A data set has the licences of its tables, seldom that of the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import PurePosixPath as Path
from typing import Any

from press.content import Page
from press.data import Table
from press.figures import DATE, dates
from press.ground.grid import Grid
from press.pages.cite import Work, known, work_of
from press.pages.dates import Dates
from press.pages.rendition import ABSOLUTE, STORY, Rendition

MEDIA_TYPES = {".csv": "text/csv", ".json": "application/json", ".zip": "application/zip"}
SHORTEST, LONGEST = 50, 5000  # characters of a data set's description, as Google wants it
TABLES = "data-and-methods.md"  # the page that tells of all tables
CATALOGUE = "catalogue"
Thing = dict[str, Any]


def structured(rendition: Rendition, page: Page, picture: str) -> str:
    """Return what is told of a page, as JSON-LD; ``picture`` is the full address of its card, "" where it has none.

    Nothing is told of a page that search engines shall not list, or where no licence of the texts is known.
    """
    if page.slug in ABSOLUTE or rendition.edition or not rendition.content.settings.licence:
        return ""
    work, tables = work_of(rendition, page.slug, page.title, page.description), rendition.files.get(TABLES, "")
    if page.slug == STORY:
        home = f"{rendition.absolute(tables)}#{CATALOGUE}" if tables and work.address else ""
        return script(article(work, picture, home))
    if rendition.address(page) != tables:
        return script(web_page(work))
    data = rendition.inputs.data.items()
    sets = [table_set(work, name, table, rendition.absolute(f"data/{name}.csv")) for name, table in data]
    return script(web_page(work), catalogue(work, sets))


def article(work: Work, picture: str, based_on: str) -> Thing:
    """Return a page as an ``Article``, which rests on data: ``based_on`` names them. ``picture`` is a full address."""
    authors = _authors(work)
    about = {"headline": work.title, "image": picture, "description": work.description}
    by = {"author": authors, "publisher": authors, "mainEntityOfPage": work.address}
    return _thing("Article", work, "article", about | by, {"isBasedOn": known({"@id": based_on})})


def web_page(work: Work) -> Thing:
    """Return a page that is no article."""
    about = {"name": work.title, "description": work.description, "publisher": _authors(work)}
    return _thing("WebPage", work, "page", about, {})


def catalogue(work: Work, sets: list[Thing]) -> Thing:
    """Return the tables of a story as a ``DataCatalog``."""
    about = {"name": work.container, "description": work.description, "publisher": _authors(work)}
    return _thing("DataCatalog", work, CATALOGUE, about, {"license": "", "dataset": sets})


def chart_set(
    work: Work, grid: Grid, downloads: Iterable[str], pages: Iterable[tuple[str, str]], tables: Iterable[Table]
) -> Thing:
    """Return a chart's data as a ``Dataset``; downloads are full addresses, "" if not known.

    ``tables`` are those that its rows are from: their licences are its own. ``pages`` are those that were read:
    address, and what is known of the licence.
    """
    columns = grid.columns[1:]  # where dates head them, they measure one thing: what the chart does
    measured = [(work.description if DATE.fullmatch(column.head) else column.head, column.unit) for column in columns]
    read = [known({"@type": "WebPage", "url": place, "license": _licence(licence)}) for place, licence in pages]
    found = _dataset(work, "data", [column.head for column in grid.columns], dict.fromkeys(measured), tables, downloads)
    return known(found | {"isBasedOn": read})


def table_set(work: Work, name: str, table: Table, download: str) -> Thing:
    """Return a table as a ``Dataset``; ``work`` is the page that tells of it, ``download`` the address of its file."""
    told, coverage = table.description, Dates(begin=table.span[0], through=table.span[-1]).coverage
    own = work._replace(title=told.title, description=told.description, coverage=coverage)
    measured = [(field.title, field.unit) for field in told.fields.values() if field.unit]
    found = _dataset(own, name, [field.title for field in told.fields.values()], measured, [table], [download])
    return known(
        found
        | {
            "url": work.address and f"{work.address}#{name}",
            "creditText": "; ".join(source["title"] for source in told.sources),
            "includedInDataCatalog": {"@id": f"{work.address}#{CATALOGUE}"},
        }
    )


def _dataset(  # noqa: PLR0913, PLR0917 - all that is told of data
    work: Work,
    part: str,
    heads: Iterable[str],
    measured: Iterable[tuple[str, str]],
    tables: Iterable[Table],
    downloads: Iterable[str],
) -> Thing:
    """Return what is true of every ``Dataset``: ``measured`` are names and units, ``heads`` those of all columns."""
    description = _description(work.description, work.title, heads)
    about = {"name": work.title, "description": description, "creator": _authors(work)}
    variables = [known({"@type": "PropertyValue", "name": name, "unitText": unit}) for name, unit in measured]
    files = [
        {"@type": "DataDownload", "encodingFormat": MEDIA_TYPES[Path(address).suffix], "contentUrl": address}
        for address in downloads
        if address
    ]
    own = {"license": licences(tables), "variableMeasured": variables, "distribution": files}
    return _thing("Dataset", work, part, about, own)


def _thing(kind: str, work: Work, part: str, about: Thing, more: Thing) -> Thing:
    """Return a thing that a ``part`` of a page is: what it says of itself, what is true of the whole work, and more."""
    whole = {
        "url": work.address,
        "inLanguage": work.language,
        "license": work.licence_address,
        "isAccessibleForFree": True,
        "datePublished": work.published,
        "dateModified": work.changed,
        "temporalCoverage": work.coverage,
        "isPartOf": known({"@type": "WebSite", "name": work.container, "url": work.site}),
    }
    return known({"@type": kind, "@id": f"{work.address}#{part}", **about, **whole, **more})


def licences(tables: Iterable[Table]) -> list[Thing]:
    """Return what tables say of their licences, each once; also that none is claimed."""
    told = {item["title"]: item.get("path", "") for table in tables for item in table.description.licenses}
    return [_licence(title, path) for title, path in told.items()]


def _licence(title: str, path: str = "") -> Thing:
    return known({"@type": "CreativeWork", "name": title, "url": path}) if title else {}


def span(grid: Grid) -> str:
    """Return the time that a chart's table covers as an ISO 8601 interval, or its only date."""
    days = [str(cell.value) for cell in dates(grid)]
    return Dates(begin=days[0], through=days[-1]).coverage if days else ""


def script(*things: Thing) -> str:
    """Return things as JSON-LD that can stand inside ``<script type="application/ld+json">``: nothing in it ends it."""
    whole = {"@context": "https://schema.org", "@graph": things}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).replace("<", r"\u003c")


def _authors(work: Work) -> Thing:
    return known({"@type": "Organization", "name": work.authors, "url": work.site})


def _description(whole: str, title: str, heads: Iterable[str]) -> str:
    """Say what is measured; where Google finds that too short, the title and the heads of columns as well."""
    for more in (title, ", ".join(heads)):
        whole = f"{whole.removesuffix('.')}. {more}" if len(whole) < SHORTEST else whole
    return whole[:LONGEST]
