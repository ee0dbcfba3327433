"""What search engines are told of a page, in the words of schema.org: an article, a
page, data sets, their catalogue.

What is not known is left out. Every address is a full one; only the names that a page
gives to its parts (``#data``) are relative to it where its address is not known. A data
set has the licence of its table, seldom that of the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from press.content import Page
from press.data import Table
from press.pages.cite import Work, known, work_of
from press.pages.dates import Dates
from press.pages.rendition import ABSOLUTE, STORY, Rendition

# characters of a data set's description, as Google wants it
SHORTEST, LONGEST = 50, 5000
TABLES = "data-and-methods.md"  # the page that tells of all tables
CATALOGUE = "catalogue"
Thing = dict[str, Any]


def structured(rendition: Rendition, page: Page, picture: str) -> str:
    """Return what is told of a page, as JSON-LD; ``picture`` is the full address of its
    card, "" where it has none.

    Nothing is told of a page that search engines shall not list, or where no licence of
    the texts is known.
    """
    if (
        page.slug in ABSOLUTE
        or rendition.edition
        or not rendition.content.settings.licence
    ):
        return ""
    work = work_of(rendition, page.slug, page.title, page.description)
    tables = rendition.files.get(TABLES, "")
    if page.slug == STORY:
        home = (
            f"{rendition.absolute(tables)}#{CATALOGUE}"
            if tables and work.address
            else ""
        )
        return script(article(work, picture, home))
    if rendition.address(page) != tables:
        return script(web_page(work))
    data = rendition.inputs.data.items()
    sets = [
        table_set(work, name, table, rendition.absolute(f"data/{name}.csv"))
        for name, table in data
    ]
    return script(web_page(work), catalogue(work, sets))


def article(work: Work, picture: str, based_on: str) -> Thing:
    """Return a page as an ``Article``, which rests on data: ``based_on`` names them.

    ``picture`` is a full address.
    """
    authors = _authors(work)
    about = {"headline": work.title, "image": picture, "description": work.description}
    by = {"author": authors, "publisher": authors, "mainEntityOfPage": work.address}
    return _thing(
        "Article", work, "article", about | by, {"isBasedOn": known({"@id": based_on})}
    )


def web_page(work: Work) -> Thing:
    """Return a page that is no article."""
    about = {
        "name": work.title,
        "description": work.description,
        "publisher": _authors(work),
    }
    return _thing("WebPage", work, "page", about, {})


def catalogue(work: Work, sets: list[Thing]) -> Thing:
    """Return the tables of a story as a ``DataCatalog``."""
    about = {
        "name": work.container,
        "description": work.description,
        "publisher": _authors(work),
    }
    return _thing(
        "DataCatalog", work, CATALOGUE, about, {"license": "", "dataset": sets}
    )


def table_set(work: Work, name: str, table: Table, download: str) -> Thing:
    """Return a table as a ``Dataset``; ``work`` is the page that tells of it,
    ``download`` the address of its file.
    """
    told = table.description
    coverage = Dates(begin=table.span[0], through=table.span[-1]).coverage
    own = work._replace(coverage=coverage)
    description = _description(
        told.description, told.title, (field.title for field in told.fields.values())
    )
    about = {"name": told.title, "description": description, "creator": _authors(work)}
    more = {
        "license": [
            known(
                {
                    "@type": "CreativeWork",
                    "name": item["title"],
                    "url": item.get("path", ""),
                }
            )
            for item in told.licenses
        ],
        "variableMeasured": [
            {"@type": "PropertyValue", "name": field.title, "unitText": field.unit}
            for field in told.fields.values()
            if field.unit
        ],
        "distribution": (
            download
            and [
                {
                    "@type": "DataDownload",
                    "encodingFormat": "text/csv",
                    "contentUrl": download,
                }
            ]
        ),
        "url": work.address and f"{work.address}#{name}",
        "creditText": "; ".join(source["title"] for source in told.sources),
        "includedInDataCatalog": {"@id": f"{work.address}#{CATALOGUE}"},
    }
    return _thing("Dataset", own, name, about, more)


def _thing(kind: str, work: Work, part: str, about: Thing, more: Thing) -> Thing:
    """Return a thing that a ``part`` of a page is: what it says of itself, what is true
    of the whole work, and more.
    """
    whole = {
        "url": work.address,
        "inLanguage": work.language,
        "license": work.licence_address,
        "isAccessibleForFree": True,
        "datePublished": work.published,
        "dateModified": work.changed,
        "temporalCoverage": work.coverage,
        "isPartOf": known(
            {"@type": "WebSite", "name": work.container, "url": work.site}
        ),
    }
    return known(
        {"@type": kind, "@id": f"{work.address}#{part}", **about, **whole, **more}
    )


def script(*things: Thing) -> str:
    """Return things as JSON-LD that can stand inside
    ``<script type="application/ld+json">``: nothing in it ends it.
    """
    whole = {"@context": "https://schema.org", "@graph": things}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).replace(
        "<", r"\u003c"
    )


def _authors(work: Work) -> Thing:
    return known({"@type": "Organization", "name": work.authors, "url": work.site})


def _description(whole: str, title: str, heads: Iterable[str]) -> str:
    """Say what is measured; where Google finds that too short, the title and the heads
    of columns as well.
    """
    for more in (title, ", ".join(heads)):
        whole = f"{whole.removesuffix('.')}. {more}" if len(whole) < SHORTEST else whole
    return whole[:LONGEST]
