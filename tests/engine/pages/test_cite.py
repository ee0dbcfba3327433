"""Citing a chart: each form is read back by a program that others wrote, and says what was put in."""

from __future__ import annotations

import json

import bibtexparser
import citeproc
import html5lib
import pytest
from babel import Locale
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as some
from lxml import etree
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from rdflib import RDF, Graph, Namespace
from rdflib.namespace import SDO

from press.content.language import Language
from press.content.words import Word, Words
from press.grid import Cell, Column, Grid
from press.pages import cite
from press.reading.lexicon import Lexicon

SCHEMA = Namespace("https://schema.org/")
PAGE = "https://example.org/story/charts/fuels.html"
KNOWN = cite.Work(
    key="small-story-fuels",
    title="Crude oil outweighed coal & gas: 100% of “it”",
    description="What Arden pays Borsia for fuels, billions of US dollars a year",
    container="A small story",
    authors="The authors of a small story",
    language="en",
    licence="CC BY 4.0",
    licence_address="https://creativecommons.org/licenses/by/4.0/",
    address=PAGE,
    site="https://example.org/story/",
    published="2026-11-25",
    newest="2026-05-20",
)
BARE = KNOWN._replace(address="", site="", published="", newest="")  # built without an address, never published
WORKS = [pytest.param(KNOWN, id="all known"), pytest.param(BARE, id="address and dates not known")]
YEARS = Grid(
    [Column("year", "Year"), Column("crude_oil_usd_billion", "Crude oil", "$ bn"), Column("kind", "Kind")],
    [[Cell("2015", 2015), Cell("17.1", None), Cell("a", "a")], [Cell("2024", 2024), Cell("–", None), Cell("b", "b")]],
)
DOWNLOADS = ["https://example.org/story/charts/fuels.csv", "https://example.org/story/charts/fuels.zip"]
PAGES = ["https://example.com/2023?a=1&b=2"]
# What Google asks for: https://developers.google.com/search/docs/appearance/structured-data/dataset and …/article. Of
# what it recommends, these have no counterpart: DOIs and other identifiers, versions, keywords, places, funders.
DATASET_REQUIRED = {"name", "description"}
DATASET_RECOMMENDED = {
    "creator", "distribution", "isAccessibleForFree", "isPartOf", "license", "temporalCoverage", "url",
    "variableMeasured",
}  # fmt: skip
DOWNLOAD_REQUIRED, DOWNLOAD_RECOMMENDED = {"contentUrl"}, {"encodingFormat"}
ARTICLE_RECOMMENDED = {"author", "datePublished", "headline", "image"}


def word(key, value):
    made = Word(value)
    made.path, made.line, made.key = "words.toml", 1, key
    return made


LABELS = {
    "cite_text": "{authors}. ({date}). {title} [Chart]. {site}. {licence}.",
    "cite_undated": "n.d.",
    "cite_newest": "Figures published up to {date}.",
}
LANGUAGE = Language(
    "en",
    Lexicon(Locale.parse("en")),
    words=Words("words.toml", {key: word(key, value) for key, value in LABELS.items()}),
)


def tex():
    """Return what turns TeX into the words that it sets. Three names have to be told to pylatexenc."""
    names = get_default_latex_context_db()
    more = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    names.add_context_category("more", macros=[MacroTextSpec(*item) for item in more.items()], prepend=True)
    return LatexDecodingMiddleware(decoder=LatexNodes2Text(latex_context=names))


def entry(text, *middleware):
    """Return the fields of the only entry of a BibTeX file, as bibtexparser reads it."""
    library = bibtexparser.parse_string(text, append_middleware=list(middleware))
    assert library.failed_blocks == []
    (found,) = library.entries
    assert found.entry_type == "misc"
    return {"key": found.key, **{field.key: field.value for field in found.fields}}


def graph(*things):
    """Return JSON-LD as rdflib reads it. Its context, which is not fetched, makes every word one of schema.org."""
    whole = json.loads(cite.script(*things))
    assert whole.pop("@context") == "https://schema.org"
    return Graph().parse(
        data=json.dumps(whole | {"@context": {"@vocab": SCHEMA}}), format="json-ld", base="https://example.org/here"
    )


def both(work):
    return cite.article(work, "https://example.org/story/cards/fuels.png"), cite.dataset(work, YEARS, DOWNLOADS, PAGES)


@pytest.mark.parametrize(
    ("work", "text"),
    [
        pytest.param(
            KNOWN,
            "The authors of a small story. (25 November 2026). Crude oil outweighed coal & gas: 100% of “it” "
            f"[Chart]. A small story. CC BY 4.0. Figures published up to 20 May 2026. {PAGE}",
            id="all known",
        ),
        pytest.param(
            BARE,
            "The authors of a small story. (n.d.). Crude oil outweighed coal & gas: 100% of “it” [Chart]. "
            "A small story. CC BY 4.0.",
            id="address and dates not known",
        ),
        pytest.param(
            BARE._replace(title="Oil", newest="2024-05"),
            "The authors of a small story. (n.d.). Oil [Chart]. A small story. CC BY 4.0. "
            "Figures published up to May 2024.",
            id="a month",
        ),
    ],
)
def test_the_sentence_says_what_is_known_and_no_more(work, text):
    """A citation to copy names authors, date, title, site, the newest figures and the address, each if it is known."""
    assert cite.text(work, LANGUAGE) == text


@pytest.mark.parametrize(
    ("days", "latest"),
    [
        pytest.param(["2023-12-07", "2024-01-31", "2019"], "2024-01-31", id="days and a year"),
        pytest.param(["2023-12", "undated", "2023-12-07"], "2023-12-07", id="a day is later than its month"),
        pytest.param(["undated"], "", id="no date"),
        pytest.param([], "", id="no page"),
    ],
)
def test_the_newest_date_is_the_latest_that_is_one(days, latest):
    """The newest of the pages' dates is found among dates of any precision, and words are none."""
    assert cite.newest(days) == latest


@pytest.mark.parametrize("work", WORKS)
def test_bibtex_says_what_the_work_says(work):
    """A BibTeX parser reads back all that is known, and finds no field for what is not."""
    fields = entry(cite.bibtex(work, LANGUAGE), tex())
    expected = {
        "key": work.key,
        "author": work.authors,
        "title": work.title,
        "howpublished": work.container,
        "year": work.published[:4],
        "note": work.newest and "Figures published up to 20 May 2026.",
        "url": work.address,
    }

    assert fields == {key: value for key, value in expected.items() if value}


@pytest.mark.parametrize(
    ("sign", "written"),
    [
        *((sign, f"\\{sign}") for sign in "&%$#_"),
        ("{", r"\textbraceleft{}"),  # a brace counts for BibTeX, whatever stands before it
        ("}", r"\textbraceright{}"),
        ("~", r"\textasciitilde{}"),
        ("^", r"\textasciicircum{}"),
        ("\\", r"\textbackslash{}"),
        ("é", "é"),
    ],
)
def test_the_signs_that_tex_reads_otherwise_have_names(sign, written):
    """Each of the ten signs that mean something to TeX is written as TeX sets it; every other is itself."""
    assert cite.tex(f"a{sign}b") == f"a{written}b"


def test_bibtex_keeps_names_and_titles_in_one_piece():
    """Doubled braces keep a style from splitting the authors' name and from lowering capitals in the title."""
    fields = entry(cite.bibtex(KNOWN._replace(authors="A and B", title="US Oil"), LANGUAGE))

    assert (fields["author"], fields["title"]) == ("{A and B}", "{US Oil}")


# Without the signs that TeX joins to others ("--" to a dash), and with white space as titles have it.
TITLES = some.text(
    some.sampled_from("aZ0 éЖ易&%$#_{}~^\\“”–.,:;()[]@=/+*!?|<>") | some.characters(categories=["L"]), min_size=1
)


@given(TITLES.map(lambda title: " ".join(title.split())).filter(bool))
def test_tex_sets_every_title_as_it_is(title):
    """No character of a title breaks the BibTeX file, and TeX sets each as itself."""
    work = KNOWN._replace(title=f"a{title}b")

    assert entry(cite.bibtex(work, LANGUAGE), tex())["title"] == work.title


@pytest.mark.parametrize(
    ("address", "written"),
    [
        pytest.param(
            "https://example.org/a_b%20c?x=1&y=2#d~e", "https://example.org/a_b%20c?x=1&y=2#d~e", id="as it is"
        ),
        pytest.param("https://example.org/{a} b\\", "https://example.org/%7Ba%7D%20b%5C", id="what BibTeX cannot bear"),
    ],
)
def test_bibtex_passes_addresses_on(address, written):
    """An address is not TeX: only what would break the file is written otherwise."""
    assert entry(cite.bibtex(KNOWN._replace(address=address), LANGUAGE))["url"] == written


def in_csl(*tables):
    """Return the names that the official schema of CSL lists in some of its tables. citeproc-py brings it along."""
    schema = etree.parse(citeproc.SCHEMA_PATH)
    return {name for table in tables for name in schema.xpath(f"//*[@name='{table}']//*[local-name()='value']/text()")}


def test_csl_json_says_what_the_work_says():
    """The item has all that is known; the authors are one name that is never turned round."""
    assert json.loads(cite.csl(KNOWN, LANGUAGE)) == [
        {
            "id": KNOWN.key,
            "type": "webpage",
            "title": KNOWN.title,
            "container-title": KNOWN.container,
            "author": [{"literal": KNOWN.authors}],
            "issued": {"date-parts": [[2026, 11, 25]]},
            "abstract": KNOWN.description,
            "language": "en",
            "note": "Figures published up to 20 May 2026.",
            "URL": PAGE,
        }
    ]


@pytest.mark.parametrize("work", WORKS)
def test_csl_json_holds_variables_of_csl_only(work):
    """Every key of the item, and its type, are in the official schema of CSL."""
    (item,) = json.loads(cite.csl(work, LANGUAGE))

    assert item["type"] in in_csl("item-types")
    assert item.keys() - {"id", "type"} <= in_csl(
        "variables.dates", "variables.names", "variables.strings", "variables.titles"
    )


def bibliography(work):
    source = CiteProcJSON(json.loads(cite.csl(work, LANGUAGE)))
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    made = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
    made.register(citeproc.Citation([citeproc.CitationItem(work.key)]))
    return str(made.bibliography()[0])


TITLED = f"{KNOWN.title}, {KNOWN.container}."


@pytest.mark.parametrize(
    ("work", "text"),
    [
        pytest.param(KNOWN, f"The authors of a small story (2026) {TITLED} Available at: {PAGE}.", id="all known"),
        pytest.param(BARE, f"The authors of a small story (no date) {TITLED}", id="address and dates not known"),
    ],
)
def test_a_citation_processor_formats_the_csl_json(work, text):
    """A processor of CSL makes an entry of a bibliography from the item."""
    assert bibliography(work) == text


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
    "isPartOf": {"@type": "WebSite", "name": KNOWN.container, "url": KNOWN.site},
}
AUTHORS = {"@type": "Organization", "name": KNOWN.authors, "url": KNOWN.site}


def test_the_article_says_what_the_work_says():
    """The page is an article with title, picture, authors, licence and the data that it rests on."""
    assert cite.article(KNOWN, "https://example.org/story/cards/fuels.png") == ABOUT | {
        "@type": "Article",
        "@id": f"{PAGE}#article",
        "headline": KNOWN.title,
        "image": "https://example.org/story/cards/fuels.png",
        "description": KNOWN.description,
        "author": AUTHORS,
        "publisher": AUTHORS,
        "mainEntityOfPage": PAGE,
        "isBasedOn": {"@id": f"{PAGE}#data"},
    }


def test_the_data_set_says_what_the_work_and_its_table_say():
    """The data are a set with what is measured, when, in which files, and from which pages."""
    assert cite.dataset(KNOWN, YEARS, DOWNLOADS, PAGES) == ABOUT | {
        "@type": "Dataset",
        "@id": f"{PAGE}#data",
        "name": KNOWN.title,
        "description": KNOWN.description,
        "creator": AUTHORS,
        "temporalCoverage": "2015/2024",
        "variableMeasured": [
            {"@type": "PropertyValue", "name": "Crude oil", "unitText": "$ bn"},
            {"@type": "PropertyValue", "name": "Kind"},
        ],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": DOWNLOADS[0]},
            {"@type": "DataDownload", "encodingFormat": "application/zip", "contentUrl": DOWNLOADS[1]},
        ],
        "isBasedOn": PAGES,
    }


def test_google_finds_what_it_asks_for():
    """The article, the data set and its downloads have every property that Google requires, and most it recommends."""
    article, data = both(KNOWN)

    assert article.keys() >= ARTICLE_RECOMMENDED
    assert data.keys() >= DATASET_REQUIRED | DATASET_RECOMMENDED
    assert [item.keys() >= DOWNLOAD_REQUIRED | DOWNLOAD_RECOMMENDED for item in data["distribution"]] == [True, True]


@quiet
def test_the_article_rests_on_the_data_set():
    """Both are on one page, and a reader of RDF follows the one to the other and to its sources."""
    found = graph(*both(KNOWN))
    (article,) = found.subjects(RDF.type, SDO.Article)
    (data,) = found.objects(article, SDO.isBasedOn)

    assert (data, RDF.type, SDO.Dataset) in found
    assert list(map(str, found.objects(data, SDO.isBasedOn))) == PAGES


def test_no_address_is_relative():
    """Where the site's address is not known, whatever would need it is left out."""
    whole = json.loads(cite.script(cite.article(BARE, ""), cite.dataset(BARE, YEARS, ["", ""], PAGES)))
    article, data = whole["@graph"]

    assert not {"url", "image", "mainEntityOfPage", "distribution", "datePublished"} & (article.keys() | data.keys())
    assert article["author"] == {"@type": "Organization", "name": BARE.authors}


@pytest.mark.parametrize(
    ("description", "title", "expected"),
    [
        pytest.param("x" * 50, "T", "x" * 50, id="long enough"),
        pytest.param("x" * 40, "A finding", "x" * 40 + ". A finding", id="with the title"),
        pytest.param("x" * 30, "T", "x" * 30 + ". T. Year, Crude oil, Kind", id="with the heads of columns"),
        pytest.param("x" * 6000, "T", "x" * 5000, id="too long"),
    ],
)
def test_the_description_is_as_long_as_google_wants_it(description, title, expected):
    """What is measured is told in 50 to 5,000 characters."""
    work = KNOWN._replace(description=description, title=title)

    assert cite.dataset(work, YEARS, [], [])["description"] == expected


def grid(heads, *rows):
    """Return a table of columns (name, head, unit) and of rows of values, written as they are."""
    return Grid([Column(*head) for head in heads], [[Cell(str(value), value) for value in row] for row in rows])


MONTHS = grid(
    [("month", "January to"), ("total_2018_usd_billion", "2018", "$ bn"), ("total_2026_usd_billion", "2026", "$ bn")],
    ["January", 1, 2],
)
EVENTS = grid([("date", "Date"), ("kind", "Kind")], ["2023-12-07", "Trade"], ["1992", "War"], ["2022-01", "Goals"])
THINGS = grid([("goods", "Goods"), ("share_percent", "Share", "%")], ["Oil", 50], ["Gas", 30])


@pytest.mark.parametrize(
    ("table", "covered"),
    [
        pytest.param(YEARS, "2015/2024", id="rows are years"),
        pytest.param(MONTHS, "2018/2026", id="columns are years"),
        pytest.param(EVENTS, "1992/2023-12-07", id="dates of any precision, in any order"),
        pytest.param(grid([("year", "Year")], [2015]), "2015", id="one year"),
        pytest.param(THINGS, None, id="no time"),
    ],
)
def test_the_time_covered_is_read_off_the_table(table, covered):
    """The data set covers the time from the earliest date of the table to its latest, in ISO 8601."""
    assert cite.dataset(KNOWN, table, [], []).get("temporalCoverage") == covered


@pytest.mark.parametrize(
    ("table", "measured"),
    [
        pytest.param(YEARS, [("Crude oil", "$ bn"), ("Kind", None)], id="a variable a column"),
        pytest.param(MONTHS, [(KNOWN.description, "$ bn")], id="one variable over years"),
        pytest.param(grid([("year", "Year")], [2015]), [], id="none"),
    ],
)
def test_what_is_measured_is_told_with_its_unit(table, measured):
    """Each column is a variable with its unit; columns of dates are one, which is the chart's."""
    found = cite.dataset(KNOWN, table, [], []).get("variableMeasured", [])

    assert [(item["name"], item.get("unitText")) for item in found] == measured


def test_nothing_in_the_json_ld_ends_the_script():
    """A title with the tags that end or confuse a script comes out of a page as it went in."""
    title = "</script><!--<script> & “quotes”"
    page = (
        f'<script type="application/ld+json">{cite.script(cite.article(KNOWN._replace(title=title), ""))}</script><p>'
    )
    found = html5lib.parse(page, namespaceHTMLElements=False).find(".//script")

    assert json.loads(found.text)["@graph"][0]["headline"] == title
