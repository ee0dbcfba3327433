"""Looking at the finished site: links, anchors, other hosts."""

import re
from pathlib import Path

import pytest

from press.ground.address import BaseUrl
from press.ground.errors import BuildError
from press.pages.checks import check_finished_site
from press.pages.file import File

PAGE = (
    "<html"
    ' lang="en"><head><title>T</title></head><body><main><h1>T</h1>{}</main></body></html>'
)


PNG = b"\x89PNG\r\n\x1a\n"
PLACES = {"nope.html": ("content/en/index.md", 7), "#x": ("content/en/index.md", 9)}


def faults(body, base="", root=Path("nowhere"), **more):
    """Return what is wrong with a site of two pages and one file, the first page with
    ``body``.
    """
    site = {
        "index.html": File(PAGE.format(body).encode(), "templates/page.html", PLACES),
        "ru/index.html": File(
            PAGE.format('<p id="там">').encode(), "content/ru/index.md"
        ),
        "data/trade.csv": File(b"year\n", "data/trade.csv"),
        **more,
    }
    try:
        check_finished_site(site, BaseUrl(base), root)
    except BuildError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "body",
    [
        '<a href="index.html">',
        "<a href='ru/index.html'>",
        "<a href=ru/>",
        '<a href="./ru/">',
        '<a href="ru/index.html#%D1%82%D0%B0%D0%BC">',
        '<a href="#x"><p id="x">',
        '<a href="data/trade.csv" download>',
        '<a href="https://example.org/">',
        '<a href="mailto:a@b.example">',
        '<img alt="" src="data:image/png;base64,AA">',
        '<script type="application/json">{}</script>',
        '<link rel="stylesheet" href="data:text/css;base64,cHt9">',
        '<link rel="canonical" href="https://example.org/">',
        "<p title='a > b'>text with style=\"x\" and onclick=</p>",
    ],
)
def test_what_is_right_passes(body):
    """Links that lead somewhere, pages elsewhere, and data in the page
    are no faults.
    """
    assert faults(body) == ""


# @import "https://example.org/x.css";
IMPORT = "QGltcG9ydCAiaHR0cHM6Ly9leGFtcGxlLm9yZy94LmNzcyI7"


@pytest.mark.parametrize(
    "body",
    [
        '<img alt="" src="https://example.org/x.png">',
        '<img alt="" src="//example.org/x.png">',
        '<img alt="" src="data:image/gif,x" srcset="https://example.org/x.png 2x">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<video poster="https://example.org/x.png"></video>',
        '<img/src="https://example.org/x.png">',
        '<link rel="preload" as="image" imagesrcset="https://example.org/x.png">',
        '<iframe src="https://example.org/"></iframe>',
        '<p style="background:u\\72l(https://example.org/x)">',
        "<style>p{background:image-set('https://example.org/x' 1x)}</style>",
        "<style>@import 'https://example.org/x.css';</style>",
        '<link rel="stylesheet" href="data:text/css,@import url(https://example.org/x)">',
        f'<link rel="stylesheet" href="data:text/css;base64,{IMPORT}">',
        f'<link rel="stylesheet" href="DATA:text/css;base64,{IMPORT}">',
        "<style>p{background:src('https://example.org/x')}</style>",
        '<svg><rect fill="url(https://example.org/x.svg#a)"/></svg>',
        '<svg><image href="https://example.org/x.png"/></svg>',
        '<svg><image xlink:href="https://example.org/x.png"/></svg>',
        '<form action="https://example.org/"></form>',
        '<a href="index.html" ping="https://example.org/">',
        '<a href="https://example.org/" ping="https://example.org/">',
    ],
)
def test_nothing_is_loaded_from_another_host(body):
    """Whatever a page would load from, or send to, another host is a fault."""
    assert re.search(
        r"^templates/page\.html:1: found <.* from another host", faults(body)
    )


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<p onclick="x()">', "the attribute onclick of <p>, expected none"),
        ("<img alt='' src=x.png OnError=x()>", "the attribute onerror of <img>"),
        ('<iframe srcdoc="<p>"></iframe>', "the attribute srcdoc of <iframe>"),
        ('<base href="https://example.org/">', "<base>, expected none in a page"),
        ('<object data="x.svg"></object>', "<object>, expected none in a page"),
        ("<template><img src=x></template>", "<template>, expected none in a page"),
        (
            "<style>p{}</style><script>x()</script></style>",
            "a script in a page without a policy",
        ),
        ('<script src="data:,x()"></script>', "<script> loading data:,x()"),
        ('<iframe src="data:image/svg+xml,x"></iframe>', "expected nothing as data"),
        (
            '<svg><a><animate attributeName="href" values="javascript:x()"/></a></svg>',
            "<animate> changing href, expected none",
        ),
        ("<script>x()</script>", "a script that stands in a page"),
        ("<svg><script>x()</script></svg>", "a script that stands in a page"),
        ('<script type="importmap">{}</script>', "a script that stands in a page"),
        (
            "<style>p{}</style><script>x()</script></style>",
            "a script that stands in a page",
        ),
        (
            '<meta http-equiv="refresh" content="0; URL=https://example.org/">',
            "<meta> that leads elsewhere, expected a link",
        ),
        (
            "<META HTTP-EQUIV=Refresh content='0;x'>",
            "<meta> that leads elsewhere, expected a link",
        ),
        ('<bgsound src="x.mp3">', "the address of an unknown kind, src of <bgsound>"),
    ],
)
def test_what_runs_in_a_page_is_on_the_list(body, told):
    """Whatever its template writes: a page runs files of the site alone."""
    assert f"found {told}" in faults(body) or told in faults(body)


def test_a_page_with_a_policy_runs_the_scripts_of_the_site():
    """They are files beside it; the policy says so."""
    policy = '<meta http-equiv="Content-Security-Policy" content="script-src \'self\'">'
    script = {"x.js": File(b"", "templates/static/x.js")}

    assert faults(f'{policy}<script src="x.js"></script>', **script) == ""


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<script>x()</script>", "found <script>, expected none in a picture"),
        ("<g onload='x()'/>", "found the attribute onload of <g>, expected none"),
        (
            "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
            "found <foreignobject>, expected none in a picture",
        ),
        (
            "<image href='https://example.org/x.png'/>",
            "found <image> loading https://example.org/x.png, expected nothing from",
        ),
        (
            "<style>@import 'https://example.org/x.css';</style>",
            "found <style> loading https://example.org/x.css, expected nothing from",
        ),
        (
            "<style><![CDATA[g{fill:url(https://example.org/x)}]]></style>",
            "found <style> loading https://example.org/x, expected nothing from",
        ),
        ("<g", "found no SVG, expected XML: "),
    ],
)
def test_a_picture_runs_nothing(inside, told):
    """Who opens it by itself has no policy around it."""
    svg = f"<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>".encode()

    found = faults("", **{"assets/x.svg": File(svg, "templates/static/x.svg")})

    assert found.startswith(f"templates/static/x.svg:1: {told}")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("x.html", "a script that stands in a page"),
        ("x.htm", "found a file .htm, which may run something"),
        ("x.HTML", "found a file .HTML, which may run something"),
        ("x.SVG", "found a file .SVG, which may run something"),
        ("x.xhtml", "found a file .xhtml, which may run something"),
        ("x.png", "found no picture"),
    ],
)
def test_a_file_beside_the_pages_runs_nothing(name, told):
    """Whoever opens it by itself is on the site, too."""
    page = File(b"<p>a</p><script>x()</script>", f"templates/static/{name}")

    found = faults("", **{f"assets/{name}": page})

    assert found.startswith(f"templates/static/{name}:1: ")
    assert told in found


def test_a_picture_of_shapes_passes():
    """It may hold links, and pictures as data."""
    svg = (
        b"<svg xmlns='http://www.w3.org/2000/svg'><a href='https://example.org/'>"
        b"<image href='data:image/png;base64,AA'/><rect fill='url(#a)'/></a></svg>"
    )

    assert faults("", **{"assets/x.svg": File(svg, "templates/static/x.svg")}) == ""


@pytest.mark.parametrize(
    "to",
    ["data:text/html,x", "data:TEXT/HTML;base64,AA", "data:application/xhtml+xml,x"],
)
def test_no_link_holds_a_page(to):
    """A browser would run its scripts; pictures and tables may stand in a
    page as data.
    """
    told = (
        'templates/page.html:1: a link begins with "data:", expected http, https or'
        " mailto (in index.html)"
    )

    assert faults(f'<a href="{to}">') == told


@pytest.mark.parametrize("written", ["\u202e", "&#x202e;", "&#8238"])
def test_an_invisible_character_is_told(written):
    """Once, as it is or by its reference: code of the story may have made it."""
    found = "" if len(written) == 1 else f"{written}, "
    told = (
        f"found {found}RIGHT-TO-LEFT OVERRIDE (U+202E), which nobody sees, expected"
        " none (in index.html)"
    )

    assert faults(f"a {written} 402 {written}") == f"templates/page.html:1: {told}"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('<p>\n<a href="nope.htm">', 4),
        ('<p>\n<p id="y"><p id="y">', 4),
        ("<a href=nope.htm>", 3),
    ],
)
def test_what_a_template_holds_is_told_at_its_line(body, line, tmp_path):
    """Whichever template it is: the page's own may only take it in."""
    for name, text in {
        "page.html": "<html>\n{% include %}\n",
        "base.html": f"<html>\n<body>\n{body}\n",
    }.items():
        (tmp_path / "templates").mkdir(exist_ok=True)
        (tmp_path / "templates" / name).write_text(text, "utf-8")

    assert faults(body, root=tmp_path).startswith(f"templates/base.html:{line}: found ")


LOADS = [
    pytest.param('@import "x.css";', "x.css", id="another sheet"),
    pytest.param('@import url("x.css");', "x.css", id="another sheet, by its address"),
    pytest.param(
        "p{background:url(https://example.org/x)}",
        "https://example.org/x",
        id="of another host",
    ),
    pytest.param(
        "p{background:url( '//example.org/x')}",
        "//example.org/x",
        id="of another host, by our scheme",
    ),
]


@pytest.mark.parametrize(
    ("css", "target"),
    [*LOADS, pytest.param("p{mask:url(x.png)}", "x.png", id="not there")],
)
def test_a_style_sheet_loads_files_of_the_site_alone(css, target, tmp_path):
    """What it loads is beside it: no other host's, and no sheet, there or not, which
    would be waited for.
    """
    file, sheet = (
        File(css.encode(), "templates/static/site.css"),
        File(b"", "templates/static/x.css"),
    )

    told = (
        f"found a style sheet (assets/site.css) that loads {target}, expected a file of"
        " templates/static/"
    )
    assert (
        faults("", **{"assets/site.css": file, "assets/x.css": sheet})
        == f"templates/static/site.css:1: {told}"
    )
    (tmp_path / "templates/static").mkdir(parents=True)
    (tmp_path / "templates/static/site.css").write_text(f"\n\n{css}", "utf-8")
    assert faults("", root=tmp_path, **{"assets/site.css": file}).startswith(
        "templates/static/site.css:3: "
    )


def test_a_style_sheet_may_load_what_the_site_has():
    """A file beside it, and what stands in the sheet itself."""
    file = File(
        b"p{background:url(x.png)}q{background:url('data:image/png;base64,AA')}",
        "templates/static/site.css",
    )

    assert (
        faults(
            "",
            **{
                "assets/site.css": file,
                "assets/x.png": File(PNG, "templates/static/x.png"),
            },
        )
        == ""
    )


@pytest.mark.parametrize(
    ("target", "right"), [("data/trade.csv", True), ("assets/nope.woff2", False)]
)
def test_what_a_style_sheet_in_a_page_loads_is_there(target, right):
    """It is looked for from the page."""
    css = f"p{{background:url({target})}}"
    told = (
        f"templates/page.html:1: found a link to {target}, expected a file of the site"
        " (in index.html)"
    )
    assert faults(f"<style>{css}</style>").partition("\n")[0] == ("" if right else told)


@pytest.mark.parametrize(
    ("base", "target", "right"),
    [
        ("", "/index.html", True),
        ("", "/nope.html", False),
        ("https://example.org/a", "/a/ru/", True),
        ("https://example.org/a", "/a/", True),
        ("https://example.org/a", "/index.html", False),
    ],
)
def test_absolute_links_are_those_of_the_place_where_the_site_is_served(
    base, target, right
):
    """A link from the root, as on the page for unknown addresses, must begin with the
    site's own path.
    """
    page = File(PAGE.format(f'<a href="{target}">').encode(), "content/en/404.md")

    assert (faults("", base, **{"404.html": page}) == "") == right


def test_all_faults_of_all_pages_are_told_at_once():
    """The first fault does not hide the others."""
    more = {
        "b.html": File(PAGE.format('<a href="x.html">').encode(), "content/en/b.md")
    }

    found = faults('<a href="nope.html"><a href="#y">', **more)

    assert [line.split(",")[0] for line in found.split("\n") if "hint" not in line] == [
        "content/en/b.md:1: found a link to x.html",
        "content/en/index.md:7: found a link to nope.html",
        "templates/page.html:1: found a link to #y",
    ]
