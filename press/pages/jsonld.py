"""What search engines are told of a page, in the words of schema.org: an article, a
page, data sets, their catalogue.

What is not known is left out. Every address is a full one; only the names that a page
gives to its parts (``#data``) are relative to it where its address is not known. A data
set has the licence of its table, seldom that of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from press.content import Page
from press.data import Table, TableDescription
from press.pages.addresses import ROOTED_SLUGS, STORY_SLUG
from press.pages.cite import CitableWork, describe_page_as_work
from press.pages.dates import PageDates
from press.pages.json_text import drop_unknown, format_compact_json
from press.pages.rendition import Rendition

# characters of a data set's description, as Google wants it
SHORTEST_DESCRIPTION = 50
LONGEST_DESCRIPTION = 5000
TABLES_FILE = "data-and-methods.md"  # the page that tells of all tables
CATALOGUE = "catalogue"
JsonObject = dict[str, Any]


def format_json_ld_if_indexable(
    rendition: Rendition, page: Page, picture_address: str
) -> Markup:
    """Return what is told of a page, as JSON-LD; the address of its picture is a full
    one, "" where it has none.

    Nothing is told of a page that search engines shall not list, or where no licence of
    the texts is known.
    """
    addresses = rendition.addresses
    unlisted = page.slug in ROOTED_SLUGS or addresses.edition
    if unlisted or not rendition.content.settings.licence:
        return Markup()
    base = rendition.inputs.base
    work = describe_page_as_work(rendition, page.slug, page.title, page.description)
    tables = addresses.address_by_markdown_file.get(TABLES_FILE, "")
    if page.slug == STORY_SLUG:
        based_on = ""
        if tables and work.address:
            based_on = f"{base.absolute(tables)}#{CATALOGUE}"
        return format_script_safe_json_ld(
            describe_article(work, picture_address, based_on)
        )
    if addresses.get_address(page) != tables:
        return format_script_safe_json_ld(describe_web_page(work))
    data = rendition.inputs.data.items()
    sets = [
        describe_data_set(work, name, table, base.absolute(f"data/{name}.csv"))
        for name, table in data
    ]
    return format_script_safe_json_ld(
        describe_web_page(work), describe_catalogue(work, sets)
    )


def describe_article(
    work: CitableWork, picture_address: str, catalogue_address: str
) -> JsonObject:
    """Return a page as an ``Article``, which rests on data: those of
    ``catalogue_address``.

    ``picture_address`` is a full address.
    """
    authors = _describe_authors(work)
    about = {
        "headline": work.title,
        "image": picture_address,
        "description": work.description,
        "author": authors,
        "publisher": authors,
        "mainEntityOfPage": work.address,
    }
    return _make_object_of_page_part(
        "Article",
        work,
        "article",
        about,
        {"isBasedOn": drop_unknown({"@id": catalogue_address})},
    )


def describe_web_page(work: CitableWork) -> JsonObject:
    """Return a page that is no article."""
    about = {
        "name": work.title,
        "description": work.description,
        "publisher": _describe_authors(work),
    }
    return _make_object_of_page_part("WebPage", work, "page", about, {})


def describe_catalogue(work: CitableWork, data_sets: list[JsonObject]) -> JsonObject:
    """Return the tables of a story as a ``DataCatalog``."""
    about = {
        "name": work.container,
        "description": work.description,
        "publisher": _describe_authors(work),
    }
    return _make_object_of_page_part(
        "DataCatalog", work, CATALOGUE, about, {"license": "", "dataset": data_sets}
    )


def describe_data_set(
    work: CitableWork, table_name: str, table: Table, csv_address: str
) -> JsonObject:
    """Return a table as a ``Dataset``; ``work`` is the page that tells of it,
    ``csv_address`` the address of its file.
    """
    described = table.description
    dates = PageDates(begin=table.span[0], through=table.span[-1])
    about = {
        "name": described.title,
        "description": _format_description_in_length_limits(described),
        "creator": _describe_authors(work),
    }
    more = {
        "license": [_describe_licence(item) for item in described.licenses],
        "variableMeasured": _list_variables(described),
        "distribution": _list_csv_downloads(csv_address),
        "url": f"{work.address}#{table_name}" if work.address else "",
        "creditText": "; ".join(source["title"] for source in described.sources),
        "includedInDataCatalog": {"@id": f"{work.address}#{CATALOGUE}"},
    }
    return _make_object_of_page_part(
        "Dataset", work._replace(coverage=dates.coverage), table_name, about, more
    )


def _describe_licence(licence: Mapping[str, str]) -> JsonObject:
    return drop_unknown(
        {
            "@type": "CreativeWork",
            "name": licence["title"],
            "url": licence.get("path", ""),
        }
    )


def _list_variables(description: TableDescription) -> list[JsonObject]:
    """Return the columns of a table that have a unit."""
    return [
        {"@type": "PropertyValue", "name": field.title, "unitText": field.unit}
        for field in description.fields.values()
        if field.unit
    ]


def _list_csv_downloads(csv_address: str) -> list[JsonObject]:
    """Return a file as what can be downloaded; nothing where its address is unknown."""
    if not csv_address:
        return []
    return [
        {
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "contentUrl": csv_address,
        }
    ]


def _make_object_of_page_part(
    schema_type: str,
    work: CitableWork,
    fragment: str,
    own_fields: JsonObject,
    overriding_fields: JsonObject,
) -> JsonObject:
    """Return a thing that a ``fragment`` of a page is: what it says of itself, what is
    true of the whole work, and what overrides both.
    """
    site = {"@type": "WebSite", "name": work.container, "url": work.site}
    whole = {
        "url": work.address,
        "inLanguage": work.language,
        "license": work.licence_address,
        "isAccessibleForFree": True,
        "datePublished": work.published,
        "dateModified": work.changed,
        "temporalCoverage": work.coverage,
        "isPartOf": drop_unknown(site),
    }
    named = {"@type": schema_type, "@id": f"{work.address}#{fragment}"}
    return drop_unknown(named | own_fields | whole | overriding_fields)


def format_script_safe_json_ld(*objects: JsonObject) -> Markup:
    """Return things as JSON-LD that can stand inside
    ``<script type="application/ld+json">``: nothing in it ends it.
    """
    whole = format_compact_json({"@context": "https://schema.org", "@graph": objects})
    return Markup(whole.replace("<", r"\u003c"))  # noqa: S704 - JSON without "<"


def _describe_authors(work: CitableWork) -> JsonObject:
    return drop_unknown(
        {"@type": "Organization", "name": work.authors, "url": work.site}
    )


def _format_description_in_length_limits(description: TableDescription) -> str:
    """Say what is measured; where Google finds that too short, the title and the heads
    of columns as well.
    """
    heads: Iterable[str] = (field.title for field in description.fields.values())
    whole = description.description
    for more in (description.title, ", ".join(heads)):
        if len(whole) < SHORTEST_DESCRIPTION:
            whole = f"{whole.removesuffix('.')}. {more}"
    return whole[:LONGEST_DESCRIPTION]
