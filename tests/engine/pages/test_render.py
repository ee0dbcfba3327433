"""Templates: pages, figures, downloads and what robots read become files
of the site.
"""

import json
import re

import pytest

from press.content import WordsTemplate
from press.ground.address import BaseUrl, get_checked_address_or_empty
from press.pages.assets import pack_style_sheet
from press.pages.templates import wrap_headings_in_boxes
from tests.engine.test_stories import STORIES

URL = "https://example.org/repository"
HEAD = '+++\ntitle = "Other"\ndescription = "The rest"\n+++\n'
# How a page has the style sheet: as a file of its own, or in itself.
LINKED = '<link rel="stylesheet" href="{{ asset("site.css") }}">'
INSIDE = """{% set style = sheet("site.css") %}\
<meta http-equiv="Content-Security-Policy" content="style-src '{{ style.name }}'">\
<style>{{ style.text }}</style>"""


def test_a_heading_gets_a_link_beside_it():
    """The link is named after the heading's words; one without an id, or of the first
    level, gets none.
    """
    label = WordsTemplate("To {title}")
    given = (
        '<h2 class="a" id="one">Up <a href="x">5%</a> &amp; "more"</h2><h3>No'
        ' id</h3><h1 id="top">Top</h1>'
    )

    heading, mark, rest = given.partition("<h3>")
    link = (
        '<a class="here" href="#one" aria-label="To Up 5% &amp; &#34;more&#34;">#</a>'
    )

    assert (
        wrap_headings_in_boxes(given, label)
        == f'<div class="head">{heading}{link}</div>{mark}{rest}'
    )
    assert (
        wrap_headings_in_boxes(given, None)
        == f'<div class="head">{heading}</div>{mark}{rest}'
    )


def test_the_site_is_these_files_and_each_names_what_it_was_made_from(project):
    """Pages, assets with the hash of their content, tables and the data package,
    nothing else; texts know places.
    """
    site = project.build()

    assert {
        re.sub(r"\.[0-9a-f]{10}\.", ".HASH.", address): file.origin
        for address, file in site.items()
    } == {
        "404.html": "templates/page.html",
        "assets/site.HASH.css": "templates/static/site.css",
        "data/datapackage.json": "data",
        "data/sources.csv": "data/sources.csv",
        "data/trade.csv": "data/trade.csv",
        "index.html": "templates/page.html",
        "sources.html": "templates/sources.html",
    }
    assert site["index.html"].find_place_of("sources.html#list") == (
        "content/en/index.md",
        13,
    )
    assert site["index.html"].find_place_of("#elsewhere") == ("templates/page.html", 1)


def test_without_a_base_url_nothing_says_where_the_site_is(project):
    """No sitemap, no robots.txt, no canonical address, no homepage: they would be
    wrong.
    """
    site = project.build()

    assert not {"sitemap.xml", "robots.txt"} & site.keys()
    assert "canonical" not in "".join(file.text for file in site.values())
    assert "homepage" not in json.loads(site["data/datapackage.json"].text)


def test_the_base_url_of_the_settings_is_used_unless_another_is_given(project):
    """What the command line says wins over site.toml."""
    project.write(
        "content/site.toml",
        project.read("content/site.toml") + 'base_url = "https://example.net/"\n',
    )

    assert (
        "Sitemap: https://example.net/sitemap.xml" in project.build()["robots.txt"].text
    )
    assert (
        f"Sitemap: {URL}/sitemap.xml" in project.build(BaseUrl(URL))["robots.txt"].text
    )


def test_foreign_keys_that_the_standard_knows_are_published(project):
    """A key of single values stays in the schema."""
    project.replace(
        "data/trade.toml",
        "[[anchors]]",
        '[[schema.foreignKeys]]\nfields = ["flow"]\n'
        'reference = { resource = "trade", fields = ["flow"] }\n\n[[anchors]]',
    )

    trade = json.loads(project.build()["data/datapackage.json"].text)["resources"][1]

    assert trade["schema"]["foreignKeys"] == [
        {"fields": ["flow"], "reference": {"resource": "trade", "fields": ["flow"]}}
    ]


def test_a_style_sheet_that_stands_in_pages_is_no_file_of_its_own(project):
    """The page has it, after the palette, and its policy allows it by a hash; whoever
    links to it gets the file.
    """
    project.replace("templates/page.html", LINKED, INSIDE)

    site = project.build()

    assert [address for address in site if address.endswith(".css")] == []
    assert re.search(
        r"<style>:root\{--paper.*</style>", site["index.html"].text, re.DOTALL
    )


def test_a_page_has_the_sheets_of_its_kind_and_of_what_is_on_it(project):
    """A sheet named after its template, and those that the template names, stand in it
    before what the story adds; an empty name asks for nothing.
    """
    asks = 'sheet("site.css", "a.css", "" and "b.css", kind=page.template)'
    project.replace("templates/page.html", LINKED, INSIDE)
    project.replace("templates/page.html", 'sheet("site.css")', asks)
    for name in ("a", "b", "story", "pages/page", "pages/sources"):
        sheet = f"{name.replace('/', '-')} {{}}"
        project.write(f"templates/static/{name}.css", sheet)

    style = re.search(r"<style>(.*?)</style>", project.build()["index.html"].text)

    assert style[1].endswith("a{}pages-page{}story{}")


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("a { b: c;  d: e }\n\n.f , g > h {}", "a{b:c;d:e}.f,g > h{}"),
        ("/* a } */ b /* c */ d {} /* e */ f {}", "b d{}f{}"),
        ("a :is(b) :hover { --c: d }", "a :is(b) :hover{--c:d}"),
        (
            """ a { content: "b ;  /* c */ \\" , d" } e { content: ' ; "' } """,
            """a{content:"b ;  /* c */ \\" , d"}e{content:' ; "'}""",
        ),
        (
            "@media (a: b) and (c: d) { e { f: calc(1px + 2px) } }",
            "@media (a:b) and (c:d){e{f:calc(1px + 2px)}}",
        ),
    ],
)
def test_a_style_sheet_in_pages_has_nothing_for_its_authors(written, wanted):
    """Comments and spaces that mean nothing stay away; strings and the spaces between
    words stay as they are.
    """
    assert pack_style_sheet(written) == wanted


@pytest.mark.parametrize(
    "inside", [pytest.param(True, id="in pages"), pytest.param(False, id="linked")]
)
def test_a_style_sheet_loads_static_files_from_where_they_are_served(project, inside):
    """``url(NAME)`` is the address of that file, as seen from the page or from the
    sheet.
    """
    project.write("templates/static/fonts/a.woff2", b"wOF2")
    css = project.read("templates/static/site.css")
    project.write(
        "templates/static/site.css", f"{css}@font-face {{ src: url(fonts/a.woff2) }}\n"
    )
    if inside:
        project.replace("templates/page.html", LINKED, INSIDE)

    site = project.build()

    font = next(address for address in site if address.endswith(".woff2"))
    css = (
        site["index.html"]
        if inside
        else next(file for address, file in site.items() if address.endswith(".css"))
    )
    assert f"url({font if inside else font.removeprefix('assets/')})" in css.text


def test_other_assets_are_served_byte_for_byte(project):
    """A picture, a font and a file without an ending are not touched; hidden files stay
    at home.
    """
    files = {
        "img/a.png": b"\x89PNG\r\n\x1a\n\xff",
        "CNAME": b"example.org\r\n",
        ".DS_Store": b"x",
    }
    for name, body in files.items():
        project.write(f"templates/static/{name}", body)

    assets = {
        address: file.body
        for address, file in project.build().items()
        if address.startswith("assets/")
    }

    assert sorted(
        re.sub(r"\.[0-9a-f]{10}", ".HASH", address) for address in assets
    ) == ["assets/CNAME.HASH", "assets/img/a.HASH.png", "assets/site.HASH.css"]
    assert {files["img/a.png"], files["CNAME"]} < set(assets.values())


def test_a_style_sheet_begins_with_the_palette_for_both_schemes(project):
    """Colours are named once, light for all and dark for dark screens and covers; a
    frame's address may choose.
    """
    light = (
        "--paper:#ffffff;--ink:#111111;--muted:#555555;--rule:#dddddd;--accent:#0b6e5f;"
    )
    dark = (
        "--paper:#000000;--ink:#eeeeee;--muted:#aaaaaa;--rule:#333333;--accent:#4cc4ae;"
    )
    css = next(
        file.text
        for address, file in project.build().items()
        if address.endswith(".css")
    )

    assert (
        css == f":root{{{light}}}\n@media screen and"
        f" (prefers-color-scheme:dark){{:root{{{dark}}}}}\n:root:target{{{light}}}@media"
        f" screen{{:root:has(>#dark:target),.cover{{{dark}}}}}\nbody {{ color:"
        " var(--ink); background: var(--paper); }\n.narrow { display: none; }\n"
    )


def test_what_authors_write_is_escaped(project):
    """Titles are text: signs that mean something in HTML are written so that they mean
    themselves.
    """
    project.replace(
        "content/en/index.md", '"Trade went up"', '"Trade <b>went</b> & up"'
    )
    project.replace(
        "data/sources.csv", "Beta,Trade of 2023", "Beta,<i>Trade</i> of 2023"
    )

    site = project.build()

    assert "<h1>Trade &lt;b&gt;went&lt;/b&gt; &amp; up</h1>" in site["index.html"].text
    assert "&lt;i&gt;Trade&lt;/i&gt; of 2023" in site["sources.html"].text


def test_a_page_is_told_what_stands_below_one_of_the_navigation(project):
    """The page of the navigation and those below it know which of them is open, and
    which stands above it.
    """
    project.replace(
        "content/site.toml",
        '["index", "sources"]',
        '["index"]\n[below]\nindex = ["sources", "more"]',
    )
    project.write("content/en/more.md", HEAD)
    shown = "{{ item.slug }} {{ item.current }} {{ item.description }} {{ address }};"
    pages = "<p>{{% for item, address in {} %}}{}{{% endfor %}}</p>"
    lists = pages.format("navigation", shown) + pages.format("below", shown)
    project.replace("templates/page.html", "{{ body }}", f"{lists}{{{{ body }}}}")

    site = project.build()
    told = {
        name: re.findall(r"<p>([^<]*;|)</p>", site[f"{name}.html"].text)
        for name in ("index", "more", "404")
    }
    below = (
        "sources  The pages that figures were read from. sources.html;more {} The rest"
        " more.html;"
    )

    assert told == {
        "index": ["index page What a small table says. index.html;", below.format("")],
        "more": [
            "index true What a small table says. index.html;",
            below.format("page"),
        ],
        "404": ["index  What a small table says. /index.html;", ""],
    }


def test_the_page_of_a_chart_stands_below_that_of_all_charts(make_project):
    """It is told that the page charts.md is the one of the navigation that is open."""
    project = make_project(overlay=STORIES / "chart-pages")
    project.replace("content/site.toml", '["index", "sources"]', '["index", "charts"]')
    project.write("content/en/charts.md", HEAD.replace('"Other"', '"Pictures"'))
    shown = (
        "{% for item, _ in navigation %}{{ item.slug }} {{ item.current }};{% endfor %}"
    )
    project.replace(
        "templates/chart.html", "{% block more %}", f"{{% block more %}}{shown}"
    )

    assert "index ;charts true;" in project.build()["charts/totals.html"].text


def test_a_broken_table_hides_no_broken_text(make_project):
    """Where tables cannot be read nothing is rendered, and the links of texts are
    looked over all the same.
    """
    project = make_project()
    project.write("data/trade.csv", "")
    project.write(
        "content/en/index.md",
        project.read("content/en/index.md") + "\n[x](nowhere.md)\n",
    )
    project.write(
        "content/en/charts/totals.md",
        project.read("content/en/charts/totals.md") + "\n[x](lost.md)\n",
    )

    problems = project.run("check").problems

    assert "data/trade.csv:1: found an empty file" in problems
    assert "found a link to nowhere.md, expected a page of the story" in problems
    assert "found a link to lost.md, expected a page of the story" in problems


ENTRIES = """\
+++
title = "Sources, told"
description = "Sources, told."
entries = "sources"
+++

Some words.

## Alpha {#alpha-2022}

It printed trade.

## Again {#alpha-2023}

And again.

## Beta {#beta-2023}

It too.

## Beta again {#beta-2024}

At last.
"""


def test_a_page_tells_of_the_rows_of_a_table(project):
    """Its template gets each section with its row, and what stands before them."""
    project.write(
        "content/en/told.md", ENTRIES.replace("entries", 'template = "told"\nentries')
    )
    project.write(
        "templates/told.html",
        '{% extends "page.html" %}{% block more %}<hr>{{ intro }}{% for section, row in'
        " entries %}<p>{{ section.id }}|{{ section.heading }}|{{ row.publisher }}|{{"
        " section.body }}{% endfor %}{% endblock %}",
    )
    page = project.build()["told.html"].text.partition("<hr>")[2]

    assert re.findall(r"<p>[^|<]*\|[^|]*\|[^|]*", page) == [
        "<p>alpha-2022|Alpha|Alpha",
        "<p>alpha-2023|Again|Alpha",
        "<p>beta-2023|Beta|Beta",
        "<p>beta-2024|Beta again|Beta",
    ]
    assert page.startswith("<p>Some words.</p>")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "{#beta-2024}",
            "{#beta-2025}",
            (
                "content/en/told.md:21: the section {#beta-2025} has no row in"
                " data/sources.csv"
            ),
        ),
        (
            "## Beta again {#beta-2024}\n\nAt last.\n",
            "",
            (
                "data/sources.csv:5: content/en/told.md has no section for this row:"
                " add ## Heading {#beta-2024}"
            ),
        ),
        (
            'entries = "sources"',
            'entries = "source"',
            'content/en/told.md:4: found the unknown table "source"',
        ),
    ],
)
def test_each_entry_has_a_row_and_each_row_an_entry(project, old, new, problem):
    """Neither may be forgotten when the other changes."""
    project.write("content/en/told.md", ENTRIES.replace(old, new))

    problems = project.run("check").problems.split("\n")

    assert [line for line in problems if line.startswith(problem)], problems


def test_a_section_that_tells_of_no_row_is_named_in_the_front_matter(project):
    """Its template gets it apart from the entries."""
    text = ENTRIES.replace("entries", 'template = "told"\nothers = ["how"]\nentries')
    project.write("content/en/told.md", f"{text}\n## How {{#how}}\n\nBy hand.\n")
    project.write(
        "templates/told.html",
        '{% extends "page.html" %}{% block more %}<hr>{{ entries | length }} {{'
        " others.how.body }}{% endblock %}",
    )

    assert (
        project.build()["told.html"]
        .text.partition("<hr>")[2]
        .startswith("4 \n<p>By hand.</p>")
    )


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://example.org",
        "http://localhost:5500/",
        "https://example.org/new?title=c&a=b#c",
        "https://z\u00fcrich.example/a/(b)",
    ],
)
def test_addresses_that_lead_somewhere_are_taken(address):
    """Of the web, in whatever letters."""
    assert get_checked_address_or_empty(address) == address


def test_errors_are_reported_on_the_page_of_changes(project):
    """If there is one, and a repository."""
    project.write(
        "templates/page.html",
        project.read("templates/page.html").replace(
            "</main>", '<i title="{{ report }}"></i></main>'
        ),
    )
    nowhere = project.build()["index.html"].text
    project.write(
        "content/en/changes.md",
        '+++\ntitle = "Slips"\ndescription = "How to tell us."\n+++\n\nTell us.\n',
    )
    unknown = project.build()["index.html"].text
    settings = (
        project.read("content/site.toml") + 'repository = "https://example.org/code"\n'
    )
    project.write("content/site.toml", settings)
    page = project.build()["index.html"].text

    assert [
        re.findall(r'<i title="(.*?)">', text) for text in (nowhere, unknown, page)
    ] == [[""], [""], ["changes.html"]]
