"""An example that is published: what the engine's own theme tells its readers of
changes, dates and editions.
"""

import json
import re
import shutil
from types import SimpleNamespace

import pytest

from press.desk.differences import compare_pages
from press.desk.paper import convert_page_to_pdf
from tests.browsing import check_accessibility, resize, serve_folders
from tests.engine.desk.test_diff import _surroundings, commit, git  # noqa: F401 - a fixture
from tests.engine.editions import assert_edition_is_whole, assert_paper_is_tagged
from tests.engine.project import Project, read_files_below
from tests.engine.test_examples import copied, run
from tools.browser import find_program

BASE_URL = "https://example.org/games"
FOLDER = "editions/one/"
CHANGES = """[[changes]]
id = "out"
date = 2024-02-01
kind = "published"
title = "The story is published"

[[changes]]
id = "a-slip"
date = 2024-03-09
kind = "correction"
title = "A slip is mended"
why = "It said too much."
pages = ["index", "charts/so_far"]
figures = [
  { id = "fact:gold/1956/Soviet-Union", label = "Gold medals of the Soviet Union", before = "eight", now = "seven" },
]
"""
CHANGES_PAGE = (
    '+++\ntitle = "What has changed"\ndescription = "All changes."\ntemplate ='
    ' "changes"\n+++\n\nIn order.\n'
)
CHANGE = re.compile(r'<section class="change">.*?</section>', re.DOTALL)
TITLE = re.compile(r"<h2 id=[^>]*>(.*?)</h2>")
DATED = re.compile(
    r"(Published|Last changed) (?:<a [^>]*>)?<time datetime=\"([^\"]*)\""
)
FEED = re.compile(
    r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]*)"'
)
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """Return the files of a published example, at an address and without one; nobody
    may change them.
    """
    project = copied("games", tmp_path_factory.mktemp("published") / "games")
    project.replace(
        "content/en/index.md",
        'label = "The story"',
        'label = "The story"\ntemplate = "story"',
    )
    project.write("content/en/changes.toml", CHANGES)
    project.write("content/en/changes.md", CHANGES_PAGE)
    run(project, "build")
    bare = project.published()
    run(project, "build", "--base-url", BASE_URL)
    return SimpleNamespace(project=project, bare=bare, addressed=project.published())


@pytest.fixture(scope="module")
def edited(sites, tmp_path_factory):
    """Return the same example with an edition of it, which its site has, too; nobody
    may change it.
    """
    project = Project(
        shutil.copytree(sites.project.root, tmp_path_factory.mktemp("edited") / "games")
    )
    project.write(".gitignore", "/.cache/\n/site/\n__pycache__/\n")
    unread = re.findall(
        r"^((?:content|data)/[^:\n]+):\d+:\d+: ",
        run(project, "read", "--list"),
        re.MULTILINE,
    )
    run(project, "read", "--accept", *dict.fromkeys(unread))
    git(project.root, "init", "--quiet")
    commit(project.root)
    run(project, "edition", "one")
    project.write(f"{FOLDER}story.pdf", "%PDF")  # as where a browser is
    run(project, "build")
    return project


@pytest.fixture(scope="module")
def edition(edited):
    """Return the files of that edition by their places in its folder."""
    return read_files_below(edited.root / FOLDER)


def pages_in(site):
    """Return the text of each page of a site that is no frame, by its address."""
    found = {
        address: body.decode()
        for address, body in site.items()
        if address.endswith(".html")
    }
    return {
        address: text
        for address, text in found.items()
        if not address.startswith("embed/")
    }


def changed(address):
    """Return the day on which a page last changed."""
    return (
        "2024-03-09"
        if address in {"index.html", "changes.html", "charts/so_far.html"}
        else "2024-02-01"
    )


def test_the_page_of_changes_lists_all_newest_first(sites):
    """A correction is marked as one, and a number leads to its receipt."""
    listed = CHANGE.findall(pages_in(sites.bare)["changes.html"])

    assert [TITLE.search(each)[1] for each in listed] == [
        "A slip is mended",
        "The story is published",
    ]
    assert ['<span class="mark">Correction</span>' in each for each in listed] == [
        True,
        False,
    ]
    receipt = (
        '<a href="numbers.html#fact:gold/1956/Soviet-Union">Gold medals of the Soviet'
        " Union</a>"
    )
    assert f"{receipt}: eight became seven" in listed[0]


def test_every_page_names_the_feed(sites):
    """Where the site has an address; without one there is neither feed nor link."""
    assert "feed.atom" in sites.addressed
    assert {len(FEED.findall(text)) for text in pages_in(sites.addressed).values()} == {
        1
    }
    assert "feed.atom" not in sites.bare
    assert [
        address for address, text in pages_in(sites.bare).items() if "feed.atom" in text
    ] == []


def test_every_page_says_when_it_was_published_and_last_changed(sites):
    """In its foot, to readers; in its head, to search engines."""
    for address, text in pages_in(sites.addressed).items():
        told = dict(DATED.findall(text.partition('<footer class="site')[2]))
        assert told == {"Published": "2024-02-01", "Last changed": changed(address)}
        if address != "404.html":
            main, *_ = json.loads(SCRIPT.search(text)[1])["@graph"]
            assert (main["datePublished"], main["dateModified"]) == (
                "2024-02-01",
                changed(address),
            )


def test_citations_have_the_day_of_the_publication(sites):
    """The story's and a chart's; programs read its year."""
    texts = pages_in(sites.bare)

    for address in ("index.html", "charts/so_far.html"):
        assert "The Winter Games contributors. (1 February 2024)." in texts[address]
        assert "year = {2024}" in texts[address]


def test_another_day_of_a_change_is_nothing_that_readers_see_otherwise(sites):
    """What pages and citations say of themselves stands in footers, which change with
    whatever else does.
    """
    later = {
        address: body.replace(b"9 March 2024", b"some day")
        for address, body in sites.bare.items()
    }
    otherwise = {
        address for address in sites.bare if sites.bare[address] != later[address]
    }

    assert otherwise >= {"index.html", "charts/so_far.html", "changes.html"}
    # receipts tell what a change made of their numbers
    told_of_changes = {"changes.html", "numbers.html"}
    assert {
        address for address, _ in compare_pages(sites.bare, later).items
    } <= told_of_changes


def test_an_edition_lacks_nothing(edition):
    """It runs nothing, its numbers have receipts, and its one file has all of it."""
    assert_edition_is_whole(edition, FOLDER)


def test_an_edition_says_what_it_is(edition):
    """To readers and to search engines, on each page."""
    for place in ("index.html", "numbers.html"):
        page = edition[place].decode()
        assert '<meta name="robots" content="noindex">' in page
        assert re.search(
            r"This is edition one, of [^;]+; it stays as it is\. <a href", page
        )


def test_the_story_links_to_the_newest_edition_as_one_file(edited):
    """Beside its citation: as HTML, and as a PDF where that was made."""
    cite = (
        (edited.site / "index.html")
        .read_text("utf-8")
        .partition('<details id="cite">')[2]
    )
    found = re.findall(r'href="([^"]*)" download', cite.partition("</details>")[0])

    assert found == [f"{FOLDER}story.html", f"{FOLDER}story.pdf"]
    assert all((edited.site / place).is_file() for place in found)


@pytest.mark.browser
def test_an_edition_prints_as_a_tagged_document(edition, monkeypatch):
    """And as the same whenever it is printed."""
    monkeypatch.setenv("CHROME", str(find_program()))
    paper, again = (
        convert_page_to_pdf(edition["story.html"], "2026-11-26") for _ in range(2)
    )

    assert_paper_is_tagged(paper, "Whose winter?")
    assert paper == again
    assert b"/ModDate (D:20261126000000" in paper


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address", ["changes.html", f"{FOLDER}index.html", f"{FOLDER}numbers.html"]
)
def test_axe_finds_no_fault(address, scheme, edited, window):
    """It knows no rule of WCAG 2.2 AA, and no good practice, that a list of changes or
    an edition breaks.
    """
    page = window()
    with serve_folders({"/": edited.site}) as url:
        resize(page, 1440)
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{url}{address}")

        assert check_accessibility(page)["broken"] == []
