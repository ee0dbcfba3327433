"""What search engines are told: a program that others wrote reads it back, in the words of schema.org alone."""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import html5lib
import pytest
from rdflib import RDF, Graph, Namespace
from rdflib.namespace import SDO

from press.ground.grid import Cell, Column, Grid
from press.pages import jsonld
from tests.engine.works import BARE, KNOWN, PAGE, WORKS

SCHEMA = Namespace("https://schema.org/")
YEARS = Grid(
    [Column("year", "Year"), Column("crude_oil_usd_billion", "Crude oil", "$ bn"), Column("kind", "Kind")],
    [[Cell("2015", 2015), Cell("17.1", None), Cell("a", "a")], [Cell("2024", 2024), Cell("–", None), Cell("b", "b")]],
)
DOWNLOADS = ["https://example.org/story/charts/fuels.csv", "https://example.org/story/charts/fuels.zip"]
PAGES = [("https://example.com/2023?a=1&b=2", "CC BY 4.0"), ("https://example.com/2024", "")]
READ = [
    {
        "@type": "WebPage",
        "url": "https://example.com/2023?a=1&b=2",
        "license": {"@type": "CreativeWork", "name": "CC BY 4.0"},
    },
    {"@type": "WebPage", "url": "https://example.com/2024"},
]
CARD = "https://example.org/story/cards/fuels.png"


def graph(*things):
    """Return JSON-LD as rdflib reads it. Its context, which is not fetched, makes every word one of schema.org."""
    whole = json.loads(jsonld.script(*things))
    assert whole.pop("@context") == "https://schema.org"
    return Graph().parse(
        data=json.dumps(whole | {"@context": {"@vocab": SCHEMA}}), format="json-ld", base="https://example.org/here"
    )


class Told(NamedTuple):
    """What a description says of licences, for a table that has no more."""

    licenses: Sequence[Mapping[str, str]]
    description = property(lambda self: self)


FREE = {"name": "CC0-1.0", "title": "CC0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}
TABLES = [Told([{"name": "facts", "title": "Facts; no licence claimed"}]), Told([FREE]), Told([FREE])]
LICENCES = [
    {"@type": "CreativeWork", "name": "Facts; no licence claimed"},
    {"@type": "CreativeWork", "name": "CC0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"},
]


def data_of(work, table=YEARS):
    return jsonld.chart_set(work, table, DOWNLOADS, PAGES, TABLES)


def both(work):
    return jsonld.article(work, CARD, f"{work.address}#data"), data_of(work)


# rdflib's own reader of JSON-LD still makes the graph that rdflib advises against.
quiet = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


@quiet
@pytest.mark.parametrize("work", WORKS)
def test_every_word_of_the_json_ld_is_one_of_schema_org(work):
    """Each type and each property that a reader of RDF finds is defined by schema.org."""
    found = graph(*both(work))
    types = set(found.objects(None, RDF.type))
    properties = set(found.predicates()) - {RDF.type}

    assert {SDO.Article, SDO.Dataset, SDO.Organization, SDO.DataDownload} <= types
    assert [name for name in sorted(types | properties) if name not in SDO] == []


ABOUT = {
    "url": PAGE,
    "inLanguage": "en",
    "license": KNOWN.licence_address,
    "isAccessibleForFree": True,
    "datePublished": "2026-11-25",
    "dateModified": "2026-11-26",
    "temporalCoverage": "2015/2024",
    "isPartOf": {"@type": "WebSite", "name": KNOWN.container, "url": KNOWN.site},
}
AUTHORS = {"@type": "Organization", "name": KNOWN.authors, "url": KNOWN.site}


def test_the_article_says_what_the_work_says():
    """The page is an article with title, picture, authors, licence and the data that it rests on."""
    assert jsonld.article(KNOWN, CARD, f"{PAGE}#data") == ABOUT | {
        "@type": "Article",
        "@id": f"{PAGE}#article",
        "headline": KNOWN.title,
        "image": CARD,
        "description": KNOWN.description,
        "author": AUTHORS,
        "publisher": AUTHORS,
        "mainEntityOfPage": PAGE,
        "isBasedOn": {"@id": f"{PAGE}#data"},
    }


def test_the_data_set_says_what_the_work_and_its_table_say():
    """The data are a set with what is measured, when, in which files, and from which pages."""
    assert data_of(KNOWN) == ABOUT | {
        "@type": "Dataset",
        "@id": f"{PAGE}#data",
        "name": KNOWN.title,
        "description": KNOWN.description,
        "creator": AUTHORS,
        "license": LICENCES,
        "variableMeasured": [
            {"@type": "PropertyValue", "name": "Crude oil", "unitText": "$ bn"},
            {"@type": "PropertyValue", "name": "Kind"},
        ],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": DOWNLOADS[0]},
            {"@type": "DataDownload", "encodingFormat": "application/zip", "contentUrl": DOWNLOADS[1]},
        ],
        "isBasedOn": READ,
    }


def test_no_address_is_relative():
    """Where the site's address is not known, whatever would need it is left out."""
    whole = json.loads(
        jsonld.script(jsonld.article(BARE, "", ""), jsonld.chart_set(BARE, YEARS, ["", ""], PAGES, TABLES))
    )
    article, data = whole["@graph"]

    assert not {"url", "image", "mainEntityOfPage", "distribution", "datePublished", "dateModified"} & (
        article.keys() | data.keys()
    )
    assert article["author"] == {"@type": "Organization", "name": BARE.authors}


def grid(heads, *rows):
    """Return a table of columns (name, head, unit) and of rows of values, written as they are."""
    return Grid([Column(*head) for head in heads], [[Cell(str(value), value) for value in row] for row in rows])


MONTHS = grid(
    [("month", "January to"), ("total_2018_usd_billion", "2018", "$ bn"), ("total_2026_usd_billion", "2026", "$ bn")],
    ["January", 1, 2],
)


@pytest.mark.parametrize(
    ("table", "measured"),
    [
        pytest.param(MONTHS, [(KNOWN.description, "$ bn")], id="one variable over years"),
        pytest.param(grid([("year", "Year")], [2015]), [], id="none"),
    ],
)
def test_what_is_measured_is_told_with_its_unit(table, measured):
    """Each column is a variable with its unit; columns of dates are one, which is the chart's."""
    found = data_of(KNOWN, table).get("variableMeasured", [])

    assert [(item["name"], item.get("unitText")) for item in found] == measured


def test_nothing_in_the_json_ld_ends_the_script():
    """A title with the tags that end or confuse a script comes out of a page as it went in."""
    title = "</script><!--<script> & “quotes”"
    told = jsonld.script(jsonld.article(KNOWN._replace(title=title), "", ""))
    page = f'<script type="application/ld+json">{told}</script><p>'
    found = html5lib.parse(page, namespaceHTMLElements=False).find(".//script")

    assert json.loads(found.text)["@graph"][0]["headline"] == title


@quiet
def test_the_catalogue_has_every_table_with_its_own_licence_and_time(project):
    """A reader of RDF finds each table in it, with what its description says, and no licence of the page's."""
    tables = project.load()
    sets = [jsonld.table_set(KNOWN, name, table, f"{PAGE}/{name}.csv") for name, table in tables.items()]
    found = graph(jsonld.web_page(KNOWN), jsonld.catalogue(KNOWN, sets))
    (catalogue,) = found.subjects(RDF.type, SDO.DataCatalog)

    assert found.value(catalogue, SDO.license) is None
    assert {str(found.value(item, SDO.name)) for item in found.objects(catalogue, SDO.dataset)} == {
        table.description.title for table in tables.values()
    }
    assert [item["license"] for item in sets] == [jsonld.licences([table]) for table in tables.values()]
    assert [item.get("temporalCoverage") for item in sets] == ["2022-01-14/2024-03-07", "2021/2023"]
    assert [name for name in sorted({*found.predicates(), *found.objects(None, RDF.type)}) if name not in SDO] == [
        RDF.type
    ]
