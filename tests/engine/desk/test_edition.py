"""Editions: versions of a small story that stay, made in a small repository, and
published.
"""

import json
import re
import shutil
from pathlib import Path

import pytest

from press.ground.address import BaseUrl
from tests.engine.bindings import STORY, add_chart_pages
from tests.engine.desk.test_diff import _surroundings, commit, git, in_repository  # noqa: F401 - a fixture
from tests.engine.editions import add_edition_templates
from tests.engine.project import Project, read_files_below

PUBLISHED = (
    '[[changes]]\nid = "published"\ndate = 2026-11-26\nkind = "published"\ntitle = "It'
    ' is out"\n'
)
CHANGED = (
    '\n[[changes]]\nid = "later"\ndate = 2099-12-01\nkind = "change"\ntitle = "A'
    ' chart"\npages = ["charts/totals"]\n'
)
INDEX, RECORD = "content/en/index.md", "editions/editions.toml"
ELSE = '+++\ntitle = "Else"\ndescription = "Else."\n+++\n\n'
PLACES = [
    "assets",
    "index.html",
    "numbers.html",
    "numbers.json",
    "numbers.schema.json",
    "story.html",
]
BASE = BaseUrl.parse("https://example.org/story")
# A browser that prints what it is shown, and when.
PRINTS = """#!/bin/sh
for each; do case "$each" in
--print-to-pdf=*) to=${each#*=};;
file://*) from=${each#file://};;
esac; done
{ printf '%%PDF /CreationDate (D:20991231235959+00) /ModDate (D:20991231235959+00) '; cat "$from"; } > "$to"
"""


@pytest.fixture(scope="module")
def begun(built, tmp_path_factory, no_browser):  # noqa: ARG001 - editions are printed otherwise
    """Return the small story of bindings in a repository; its templates
    know editions.
    """
    root = tmp_path_factory.mktemp("begun") / "story"
    shutil.copytree(built, root)
    shutil.copytree(STORY, root, dirs_exist_ok=True)
    add_edition_templates(Project(root))
    in_repository(Project(root))
    return root


@pytest.fixture(scope="module")
def edited(begun, tmp_path_factory):
    """Return the same with an edition, which is committed."""
    root = tmp_path_factory.mktemp("edited") / "story"
    shutil.copytree(begun, root)
    made(Project(root))
    return root


@pytest.fixture
def new(begun, tmp_path):
    """Return a copy of the story that has no edition yet."""
    return Project(shutil.copytree(begun, tmp_path / "story"))


@pytest.fixture
def story(edited, tmp_path):
    """Return a copy of the story that has one edition."""
    return Project(shutil.copytree(edited, tmp_path / "story"))


def made(project, name="one"):
    """Make an edition, and commit it."""
    outcome = project.run("edition", name)
    assert outcome.status == 0, outcome.err
    commit(project.root)
    return outcome


def written(project):
    """Let all of a story be read, and commit it."""
    project.accept()
    commit(project.root)


def test_an_edition_lacks_nothing(new):
    """The story page, the receipts of its numbers and all that they load lie in one
    folder; the record knows it.
    """
    new.write(
        "content/en/else.md",
        f"{ELSE}In 2022 exports came to [$76.1 billion](fact:flow/export/2022).\n",
    )
    written(new)
    revision = git(new.root, "rev-parse", "HEAD").strip()

    outcome = new.run("edition", "one")

    files = read_files_below(new.root / "editions" / "one")
    page = files["index.html"].decode()
    assert (
        f"Edition one of {git(new.root, 'show', '-s', '--format=%cs').strip()}, made of"
        f" {revision[:7]}" in outcome.out
    )
    assert (
        f'name = "one"\ndate = {outcome.out.split(" of ")[1][:10]}\nrevision ='
        f' "{revision}"' in new.read(RECORD)
    )
    assert sorted({place.partition("/")[0] for place in files}) == PLACES
    assert re.search(r'rel="stylesheet" href="([^"]+)"', page)[1] in files
    assert "<script" not in page
    assert '<p class="edition">one, ' in page
    ids = {number["id"] for number in json.loads(files["numbers.json"])["numbers"]}
    linked = set(re.findall(r'href="numbers.html#([^"]+)"', page))
    assert linked
    assert linked <= ids
    assert ids == set(re.findall(r'<p id="([^"]+)"', files["numbers.html"].decode()))
    assert "fact:flow/export/2022" not in ids  # which another page has alone


@pytest.mark.parametrize(
    "base", ["", "https://example.org/story"], ids=["no address", "an address"]
)
def test_an_edition_is_one_file_as_well(new, base):
    """It has what the page loads and the receipts of its numbers; other pages by full
    addresses, or as words.
    """
    new.write(
        "content/site.toml", f'base_url = "{base}"\n{new.read("content/site.toml")}'
    )
    new.write("content/en/else.md", f"{ELSE}Else.\n")
    new.replace(INDEX, "7 or 8 may", "[Else](else.md). 7 or 8 may")
    written(new)
    made(new)

    page = new.read("editions/one/story.html")

    ids = {
        number["id"]
        for number in json.loads(new.read("editions/one/numbers.json"))["numbers"]
    }
    links = set(re.findall(r'<a[^>]* href="([^"]*)"', page))
    assert ids <= set(re.findall(r'<p id="([^"]+)"', page))
    assert ids >= {link[1:] for link in links if link.startswith("#fact:")} > set()
    assert not [link for link in links if not link.startswith(("#", "https://"))]
    assert (f"{base}/else.html" in links) is bool(base)
    assert re.search("<a[^>]*>Else</a>", page)
    assert re.search(r'rel="stylesheet" href="data:text/css;base64,', page)
    assert "<h1>Numbers</h1>" in page


def test_an_edition_is_printed_where_a_browser_is(new, tmp_path, monkeypatch):
    """The one file, dated on the day of the commit: the same to the byte whenever it is
    printed.
    """
    without = new.run("edition", "zero", "--dry-run")
    browser = tmp_path / "browser"
    browser.write_text(PRINTS, "utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("CHROME", str(browser))

    outcome = new.run("edition", "one")

    day = outcome.out.split("Edition one of ")[1][:10].replace("-", "")
    paper = new.read("editions/one/story.pdf")
    assert paper.startswith(
        f"%PDF /CreationDate (D:{day}000000+00) /ModDate (D:{day}000000+00) <!doctype"
        " html>"
    )
    assert paper.endswith(new.read("editions/one/story.html"))
    assert "; without a PDF, for which it found no Chrome or Chromium" in without.out
    assert "without a PDF" not in outcome.out
    assert (
        new.build()["editions/one/story.pdf"].body
        == (new.root / "editions/one/story.pdf").read_bytes()
    )


def test_a_browser_that_prints_nothing_is_told(new, tmp_path, monkeypatch):
    """And no edition is made: it would stay without its PDF."""
    (tmp_path / "browser").write_text("#!/bin/sh\nexit 3\n", "utf-8")
    (tmp_path / "browser").chmod(0o755)
    monkeypatch.setenv("CHROME", f"{tmp_path}/browser")

    outcome = new.run("edition", "one")

    assert outcome.status == 1
    assert f"{tmp_path}/browser has made no PDF" in outcome.err
    assert not (new.root / "editions").exists()


def test_what_is_published_is_what_was_made(new):
    """To the byte, whatever the story has become and whatever pages it links to are
    gone; no sitemap lists it.
    """
    new.write("content/en/else.md", f"{ELSE}Else.\n")
    new.replace(INDEX, "7 or 8 may", "[Else](else.md). 7 or 8 may")
    written(new)
    made(new)
    stored = read_files_below(new.root / "editions" / "one")
    new.replace(
        INDEX, "[Else](else.md). 7 or 8 may stand here.", "7 or 8 may stay here."
    )
    (new.root / "content/en/else.md").unlink()

    site = new.build(BASE)

    assert {place: site[f"editions/one/{place}"].body for place in stored} == stored
    assert 'href="../../else.html"' in site["editions/one/index.html"].text
    assert "may stand here" in site["editions/one/index.html"].text
    assert "may stay here" in site["index.html"].text
    assert "editions" not in site["sitemap.xml"].text


def test_a_receipt_says_what_editions_say_of_its_number(story):
    """The first one, and one that says something else; an edition that says the same
    adds nothing.
    """
    made(story, "two")
    story.replace(
        INDEX,
        "[$240.1 billion](fact:total/2023), [more]",
        "[about $240 billion](fact:total/2023), [more]",
    )
    story.replace(
        INDEX,
        "came to [$240.1 billion](fact:total/2023).",
        "came to [$240 billion](fact:total/2023).",
    )
    written(story)
    made(story, "three")

    numbers = {
        item["id"]: item
        for item in json.loads(story.build()["numbers.json"].text)["numbers"]
    }

    history = numbers["fact:total/2023"]["history"]
    assert [(item["kind"], item["words"]) for item in history] == [
        ("edition", "one says $240.1 billion"),
        ("edition", "three says $240 billion"),
    ]
    assert history[0]["address"] == "editions/one/numbers.html#fact:total/2023"
    assert "history" not in story.read("editions/three/numbers.json")


def test_citations_name_the_newest_edition(new):
    """The story's, and a chart's as long as it has not changed since; in each form,
    with the edition's own address.
    """
    add_chart_pages(new)
    new.write("content/en/changes.toml", PUBLISHED)
    written(new)
    before = new.build(BASE)["charts/totals.html"].text
    made(new)

    site = new.build(BASE)
    new.write("content/en/changes.toml", PUBLISHED + CHANGED)
    changed = new.build(BASE)

    own = "https://example.org/story/editions/one/"
    story, chart = site["index.html"].text, site["charts/totals.html"].text
    assert "editions" not in before
    for code in (story, chart):
        assert "Edition one." in code
        assert "version = {one}" in code
    assert f"Edition one. {own}" in story
    assert f"{own}#totals" in chart
    assert own in changed["index.html"].text
    assert own not in changed["charts/totals.html"].text


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("date = ", 'date = "" # ', 'date is "", expected a day'),
        ("revision = ", "commit = ", "revision is missing"),
        ('"one"', '"two"', "found no files in editions/two/, expected this edition"),
        (
            '"one"',
            '"../content"',
            "found a file that lies elsewhere, expected one in editions/",
        ),
    ],
)
def test_a_record_that_is_wrong_is_told(story, old, new, problem):
    story.replace(RECORD, old, new)

    outcome = story.run("check")

    assert outcome.status == 1
    assert re.search(rf"^editions/.*:\d+: .*{problem}", outcome.err, re.MULTILINE)


@pytest.mark.parametrize(
    ("spoil", "name", "problem"),
    [
        (lambda _: None, "One", 'found the name "One", expected small letters'),
        (lambda _: None, "../one", 'found the name "../one", expected small letters'),
        (
            lambda story: story.replace(INDEX, "7 or 8", "8 or 9"),
            "two",
            f"such as {INDEX}",
        ),
        (
            lambda story: story.write("content/en/new.md", "new"),
            "two",
            "such as content/en/new.md",
        ),
        (lambda _: None, "one", 'there is an edition "one", and it stays as it is'),
    ],
    ids=["capitals", "a path", "a change", "a new file", "taken"],
)
def test_what_stands_in_the_way_is_told(story, spoil, name, problem):
    """And nothing is written."""
    spoil(story)
    before = read_files_below(story.root / "editions")

    outcome = story.run("edition", name)

    assert outcome.status == 1
    assert problem in outcome.err
    assert read_files_below(story.root / "editions") == before


def test_an_edition_is_of_what_has_been_read(new):
    """A sentence that nobody has read, or that is false, is told at its line."""
    new.replace(INDEX, "passed $200 billion", "overtook $200 billion")
    commit(new.root)
    unread = new.run("edition", "one")
    new.replace(INDEX, "rose by 26.2%", "rose by 27.2%")
    commit(new.root)
    false = new.run("edition", "one")

    assert (unread.status, false.status) == (1, 1)
    assert re.search(rf"^{INDEX}:8:", unread.err, re.MULTILINE)
    assert re.search(rf"^{INDEX}:7:.*27.2%", false.err, re.MULTILINE)
    assert not (new.root / "editions").exists()


def test_what_a_killed_command_has_left_is_made_anew(story):
    """No build looks at a folder that has no row yet; the next run writes the edition
    whole.
    """
    before = story.build().keys()
    story.write("editions/two/half.html", "<p>")

    assert story.build().keys() == before
    assert story.run("edition", "two").status == 0
    assert sorted(path.name for path in (story.root / "editions").iterdir()) == [
        "editions.toml",
        "one",
        "two",
    ]
    assert story.build().keys() - before == {
        f"editions/two/{place}"
        for place in read_files_below(story.root / "editions/one")
    }


@pytest.mark.parametrize("name", ["two/index.html", "editions.toml"])
def test_a_disk_that_is_full_makes_no_edition(story, name, monkeypatch):
    """Whether a file cannot be moved or the row not: the command says so, and the next
    run makes it.
    """
    record, replace = story.read(RECORD), Path.replace

    def full(path, target):
        if str(target).endswith(name):
            raise OSError(28, "No space left on device")
        return replace(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        outcome = story.run("edition", "two")

    assert outcome.status == 1
    assert (
        f"editions/{name}:1: found a file that cannot be written: No space"
        in outcome.err
    )
    assert story.read(RECORD) == record
    assert story.run("edition", "two").status == 0
    assert story.build().keys() > {
        "editions/two/index.html",
        "editions/two/numbers.json",
    }
