"""What search engines are told: a program that others wrote reads it back, in the words
of schema.org alone.
"""

import json

import html5lib
import pytest
from rdflib import RDF, Graph, Namespace
from rdflib.namespace import SDO

from press.pages import jsonld
from tests.engine.works import BARE, KNOWN, PAGE, WORKS

SCHEMA = Namespace("https://schema.org/")
CARD = "https://example.org/story/cards/fuels.png"


def graph(*things):
    """Return JSON-LD as rdflib reads it.

    Its context, which is not fetched, makes every word one of schema.org.
    """
    whole = json.loads(jsonld.format_script_safe_json_ld(*things))
    assert whole.pop("@context") == "https://schema.org"
    return Graph().parse(
        data=json.dumps(whole | {"@context": {"@vocab": SCHEMA}}),
        format="json-ld",
        base="https://example.org/here",
    )


# rdflib's own reader of JSON-LD still makes the graph that rdflib advises against.
quiet = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"
)


@quiet
@pytest.mark.parametrize("work", WORKS)
def test_every_word_of_the_json_ld_is_one_of_schema_org(work):
    """Each type and each property that a reader of RDF finds is defined
    by schema.org.
    """
    found = graph(
        jsonld.describe_article(work, CARD, f"{work.address}#data"),
        jsonld.describe_web_page(work),
    )
    types = set(found.objects(None, RDF.type))
    properties = set(found.predicates()) - {RDF.type}

    assert {SDO.Article, SDO.WebPage, SDO.Organization} <= types
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
    """The page is an article with title, picture, authors, licence and the data that it
    rests on.
    """
    assert jsonld.describe_article(KNOWN, CARD, f"{PAGE}#data") == ABOUT | {
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


def test_no_address_is_relative():
    """Where the site's address is not known, whatever would need it is left out."""
    article = jsonld.describe_article(BARE, "", "")

    assert (
        not {"url", "image", "mainEntityOfPage", "datePublished", "dateModified"}
        & article.keys()
    )
    assert article["author"] == {"@type": "Organization", "name": BARE.authors}


def test_nothing_in_the_json_ld_ends_the_script():
    """A title with the tags that end or confuse a script comes out of a page as it went
    in.
    """
    title = "</script><!--<script> & “quotes”"
    told = jsonld.format_script_safe_json_ld(
        jsonld.describe_article(KNOWN._replace(title=title), "", "")
    )
    page = f'<script type="application/ld+json">{told}</script><p>'
    found = html5lib.parse(page, namespaceHTMLElements=False).find(".//script")

    assert json.loads(found.text)["@graph"][0]["headline"] == title


@quiet
def test_the_catalogue_has_every_table_with_its_own_licence_and_time(project):
    """A reader of RDF finds each table in it, with what its description says, and no
    licence of the page's.
    """
    tables = project.load()
    sets = [
        jsonld.describe_data_set(KNOWN, name, table, f"{PAGE}/{name}.csv")
        for name, table in tables.items()
    ]
    found = graph(
        jsonld.describe_web_page(KNOWN), jsonld.describe_catalogue(KNOWN, sets)
    )
    (catalogue,) = found.subjects(RDF.type, SDO.DataCatalog)

    assert found.value(catalogue, SDO.license) is None
    assert {
        str(found.value(item, SDO.name))
        for item in found.objects(catalogue, SDO.dataset)
    } == {table.description.title for table in tables.values()}
    assert [[each["name"] for each in item["license"]] for item in sets] == [
        [each["title"] for each in table.description.licenses]
        for table in tables.values()
    ]
    assert [item["distribution"][0]["contentUrl"] for item in sets] == [
        f"{PAGE}/{name}.csv" for name in tables
    ]
    assert [item.get("temporalCoverage") for item in sets] == [
        "2022-01-14/2024-03-07",
        "2021/2023",
    ]
    assert [
        name
        for name in sorted({*found.predicates(), *found.objects(None, RDF.type)})
        if name not in SDO
    ] == [RDF.type]
