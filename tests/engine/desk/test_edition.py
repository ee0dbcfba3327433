"""Editions: versions of a small story that stay, made and verified in a small repository, and published."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys

import pytest

from press.address import Base
from tests.engine.bindings import STORY, with_chart_pages
from tests.engine.desk.test_diff import commit, git, in_repository
from tests.engine.editions import LINE, with_editions
from tests.engine.pages.test_history import with_pages
from tests.engine.project import Project, files_in

PUBLISHED = '[[changes]]\nid = "published"\ndate = 2026-11-26\nkind = "published"\ntitle = "It is out"\n'
CHANGED = (
    '\n[[changes]]\nid = "later"\ndate = 2026-12-01\nkind = "change"\ntitle = "A chart"\npages = ["charts/totals"]\n'
)
INDEX, RECORD = "content/en/index.md", "editions/editions.toml"
PLACES = ["assets", "index.html", "numbers.html", "numbers.json", "numbers.schema.json"]


@pytest.fixture(scope="module", autouse=True)
def _surroundings():
    """Let a story's command line find the engine, and nobody's settings of git count."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            patch.delenv(name)
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        yield


@pytest.fixture(scope="module")
def begun(built, tmp_path_factory):
    """Return the small story of bindings in a repository; its templates know editions."""
    root = tmp_path_factory.mktemp("begun") / "story"
    shutil.copytree(built, root)
    shutil.copytree(STORY, root, dirs_exist_ok=True)
    with_editions(Project(root))
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


def body(site, address):
    return site[address].body.decode()


def test_an_edition_lacks_nothing(new):
    """The story page, the receipts of its numbers and all that they load lie in one folder; the record knows them."""
    outcome = new.run("edition", "one")

    files = files_in(new.root / "editions" / "one")
    assert outcome.status == 0
    assert sorted({place.partition("/")[0] for place in files}) == PLACES
    assert "<script" not in files["index.html"].decode()
    style = re.search(r'rel="stylesheet" href="([^"]+)"', files["index.html"].decode())[1]
    assert style in files
    ids = {number["id"] for number in json.loads(files["numbers.json"])["numbers"]}
    linked = set(re.findall(r'href="numbers.html#([^"]+)"', files["index.html"].decode()))
    assert linked
    assert linked <= ids
    assert all(f'id="{one}"' in files["numbers.html"].decode() for one in linked)
    assert git(new.root, "rev-parse", "HEAD") in new.read(RECORD)
    assert f"{len(files['numbers.json']):,} bytes" in outcome.out
    assert re.search(r"^  60 such editions +[\d,]+ bytes +[\d,]+ gzip$", outcome.out, re.MULTILINE)


def test_only_numbers_of_the_story_page_are_kept(new):
    """A number that stands on another page alone has no receipt in an edition."""
    new.write(
        "content/en/else.md", '+++\ntitle = "Else"\ndescription = "Else."\n+++\n\n[1.9%](fact:share/export/2023)\n'
    )
    new.replace(
        "content/en/else.md",
        "[1.9%](fact:share/export/2023)",
        "In 2022 exports came to [$76.1 billion](fact:flow/export/2022).",
    )
    new.run("read", "--accept-without-reading")
    commit(new.root)
    made(new)

    assert "fact:flow/export/2022" in body(new.build(), "numbers.json")
    assert "fact:flow/export/2022" not in new.read("editions/one/numbers.json")
    assert "fact:total/2023" in new.read("editions/one/numbers.json")


def test_what_is_published_is_what_was_made(story):
    """To the byte, whatever the story has become, and at its own address, which a robot finds."""
    story.replace(INDEX, "7 or 8 may stand here.", "7 or 8 may stay here.")

    site = story.build(Base.parse("https://example.org/story"))

    for place, stored in files_in(story.root / "editions" / "one").items():
        canonical = f'<link rel="canonical" href="https://example.org/story/editions/one/{place}">'
        published = site[f"editions/one/{place}"].body.replace(canonical.replace("index.html", "").encode(), b"")
        assert published == stored, place
    assert "may stand here" in body(site, "editions/one/index.html")
    assert "may stay here" in body(site, "index.html")
    assert 'href="https://example.org/story/editions/one/">' in body(site, "editions/one/index.html")
    assert "<loc>https://example.org/story/editions/one/</loc><lastmod>" in body(site, "sitemap.xml")


def test_an_edition_that_is_overtaken_says_so(story):
    """In one line, with a link to the newest; nothing else of it differs from what was made."""
    made(story, "two")

    site = story.build()

    old, new = (body(site, f"editions/{name}/index.html") for name in ("one", "two"))
    assert new == story.read("editions/two/index.html")
    assert '<a href="../two/index.html">two</a>' in old
    assert LINE.sub("", old) == LINE.sub("", story.read("editions/one/index.html"))
    assert '<a href="../two/numbers.html">two</a>' in body(site, "editions/one/numbers.html")


def test_an_edition_says_that_the_story_has_changed_since(new):
    """With a link to the first change that was told after it, also while it is the newest edition."""
    with_pages(new)
    new.write("content/en/changes.toml", PUBLISHED)
    new.run("read", "--accept-without-reading")
    commit(new.root)
    made(new)

    before = body(new.build(), "editions/one/index.html")
    new.write("content/en/changes.toml", PUBLISHED + CHANGED.replace('pages = ["charts/totals"]\n', ""))
    after = body(new.build(), "editions/one/index.html")

    assert "changes.html" not in LINE.search(before)[0]
    assert '<a href="../../changes.html#later">changes</a>' in LINE.search(after)[0]


def test_a_receipt_says_what_editions_say_of_its_number(story):
    """The first one, and one that says something else; an edition that says the same adds nothing."""
    made(story, "two")
    story.replace(INDEX, "[$240.1 billion](fact:total/2023), [more]", "[about $240 billion](fact:total/2023), [more]")
    story.replace(INDEX, "came to [$240.1 billion](fact:total/2023).", "came to [$240 billion](fact:total/2023).")
    story.run("read", "--accept-without-reading")
    commit(story.root)
    made(story, "three")

    site = story.build()

    numbers = {item["id"]: item for item in json.loads(body(site, "numbers.json"))["numbers"]}
    history = numbers["fact:total/2023"]["history"]
    assert [(item["kind"], item["words"]) for item in history] == [
        ("edition", "one says $240.1 billion"),
        ("edition", "three says $240 billion"),
    ]
    assert history[0]["address"] == "editions/one/numbers.html#fact:total/2023"
    assert "history" not in story.read("editions/three/numbers.json")


def test_citations_name_the_newest_edition(new):
    """The story's, and a chart's as long as it has not changed since; in each form, with the edition's own address."""
    with_chart_pages(new)
    new.write("content/en/changes.toml", PUBLISHED)
    new.run("read", "--accept-without-reading")
    commit(new.root)
    base = Base.parse("https://example.org/story")
    before = body(new.build(base), "charts/totals.html")
    made(new)

    site = new.build(base)
    new.write("content/en/changes.toml", PUBLISHED + CHANGED)
    changed = new.build(base)

    own = "https://example.org/story/editions/one/"
    story, chart = body(site, "index.html"), body(site, "charts/totals.html")
    assert "editions" not in before
    for code in (story, chart):
        assert "Edition one." in code
        assert "version = {one}" in code
        assert "&#34;version&#34;: &#34;one&#34;" in code
    assert f"Edition one. {own}" in story
    assert f"{own}#totals" in chart
    assert own in body(changed, "index.html")
    assert own not in body(changed, "charts/totals.html")


def test_pages_that_an_edition_links_to_may_go(new):
    """Years later a page has another name; the edition stays as it is and the build good."""
    new.write("content/en/else.md", '+++\ntitle = "Else"\ndescription = "Else."\n+++\n\nElse.\n')
    new.replace(INDEX, "7 or 8 may", "[Else](else.md). 7 or 8 may")
    new.run("read", "--accept-without-reading")
    commit(new.root)
    made(new)
    new.replace(INDEX, "[Else](else.md). ", "")
    (new.root / "content/en/else.md").unlink()

    assert 'href="../../else.html"' in body(new.build(), "editions/one/index.html")


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda path: path.write_bytes(path.read_bytes() + b" "), "found other bytes than those of which the edition"),
        (lambda path: path.unlink(), "found no such file, which an edition holds"),
        (lambda path: shutil.copy(path, path.with_name("more.html")), "found a file that no edition holds"),
    ],
    ids=["altered", "gone", "more"],
)
def test_a_build_refuses_an_edition_that_is_not_as_it_was_made(story, spoil, problem):
    """And names the file."""
    spoil(story.root / "editions" / "one" / "numbers.json")

    outcome = story.run("check")

    assert outcome.status == 1
    assert f"editions/one/{'more.html' if 'no edition' in problem else 'numbers.json'}:1: {problem}" in outcome.err


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('name = "one"', 'name = "One!"', "expected small letters, digits and hyphens"),
        ("date = ", 'date = "" # ', "expected a day such as"),
        ("revision = ", "commit = ", "revision is missing"),
    ],
)
def test_a_record_that_is_wrong_is_told(story, old, new, problem):
    story.replace(RECORD, old, new)

    outcome = story.run("check")

    assert outcome.status == 1
    assert re.search(rf"^{RECORD}:\d+: .*{problem}", outcome.err, re.MULTILINE)


def test_verify_finds_what_the_commit_gives(story):
    """Also when the story has gone on; and tells which file differs where one does, though its hash is right."""
    story.replace(INDEX, "7 or 8 may stand here.", "7 or 8 may stay here.")
    story.run("read", "--accept-without-reading")
    commit(story.root)

    good = story.run("edition", "--verify", "one")
    story.replace("editions/one/index.html", "7 or 8 may", "8 or 9 may")
    altered = story.run("edition", "--verify")
    rehash(story, "index.html")
    forged = story.run("edition", "--verify")

    revision = re.search(r'revision = "(.{7})', story.read(RECORD))[1]
    assert good == (0, good.out, "")
    assert good.out.splitlines()[-1] == f"one: what {revision} gives"
    assert altered.status == 1
    assert "editions/one/index.html:1: found other bytes" in altered.err
    assert forged.status == 1
    assert forged.out.splitlines()[-2:] == [f"one: not what {revision} gives", "    editions/one/index.html differs"]


def rehash(story, place):
    """Let the record have the hash of what a file of the edition holds now."""
    from press.content.editions import digest  # noqa: PLC0415 - here alone

    own = digest((story.root / "editions" / "one" / place).read_bytes())
    record = re.sub(rf'"{place}" = "\w+"', f'"{place}" = "{own}"', story.read(RECORD))
    story.write(RECORD, record)


def test_verify_names_packages_of_another_version(new):
    """Which the commit's requirements.txt names, where an edition is not what it was."""
    new.write("requirements.txt", "altair==0.0.1 \\\n    --hash=sha256:0\njinja2==0.1\nno-such-package==1.0\n")
    commit(new.root)
    made(new)
    new.replace("editions/one/index.html", "7 or 8 may", "8 or 9 may")
    rehash(new, "index.html")

    lines = new.run("edition", "--verify").out.splitlines()

    assert [line.partition(", and")[0] for line in lines[-2:]] == [
        "    it was made with altair 0.0.1",
        "    it was made with jinja2 0.1",
    ]


def test_a_commit_that_is_not_there_is_told(story):
    """A clone that lacks it says how to get it, another that it is gone."""
    story.write(RECORD, re.sub(r'revision = "\w+"', f'revision = "{"0" * 40}"', story.read(RECORD)))

    outcome = story.run("edition", "--verify")

    assert outcome.status == 1
    assert "one was made of the commit 0000000, which this repository does not hold" in outcome.err


@pytest.mark.parametrize(
    ("spoil", "name", "problem"),
    [
        (lambda _: None, "One", 'found the name "One", expected small letters'),
        (lambda _: None, "../one", 'found the name "../one", expected small letters'),
        (lambda story: story.replace(INDEX, "7 or 8", "8 or 9"), "two", f"such as {INDEX}"),
        (lambda story: story.write("content/en/new.md", "new"), "two", "such as content/en/new.md"),
        (lambda _: None, "one", 'there is an edition "one", and it stays as it is'),
    ],
    ids=["capitals", "a path", "a change", "a new file", "taken"],
)
def test_what_stands_in_the_way_is_told(story, spoil, name, problem):
    """And nothing is written."""
    spoil(story)
    before = files_in(story.root / "editions")

    outcome = story.run("edition", name)

    assert outcome.status == 1
    assert problem in outcome.err
    assert files_in(story.root / "editions") == before


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


def test_a_dry_run_writes_nothing(new):
    """And says what it would cost."""
    before = files_in(new.root / ".git"), new.sources()

    outcome = new.run("edition", "one", "--dry-run")

    assert outcome.status == 0
    assert "would be written to editions/one/" in outcome.out
    assert "12 such editions" in outcome.out
    assert (files_in(new.root / ".git"), new.sources()) == before
    assert not (new.root / "editions").exists()


def test_a_template_that_knows_no_editions_is_told(make_project):
    """It would leave a reader without the edition's name."""
    project = make_project(overlay=STORY)
    in_repository(project)

    outcome = project.run("edition", "one")

    assert outcome.status == 1
    assert 'templates/page.html:1: found no <p class="edition">…</p> on one line' in outcome.err


def test_each_language_has_its_folder(make_project):
    """As on the site."""
    project = make_project(overlay=STORY.with_name("second-language"))
    with_editions(project)
    in_repository(project)
    made(project)

    files = files_in(project.root / "editions" / "one")

    assert {"index.html", "ru/index.html"} <= files.keys()
    assert 'lang="ru"' in files["ru/index.html"].decode()
    assert project.run("edition", "--verify").status == 0
    made(project, "two")
    assert '<a href="../../two/ru/index.html">two</a>' in body(project.build(), "editions/one/ru/index.html")


def test_a_diff_compares_with_an_edition(story):
    """With the numbers in its folder."""
    story.replace(INDEX, "7 or 8 may stand here. In", "In")

    outcome = story.run("diff", str(story.root / "editions" / "one"))

    assert (outcome.status, "no charts to compare" in outcome.out) == (1, True)


def test_an_edition_is_made_whole_or_not_at_all(story, monkeypatch):
    """A disk that is full leaves no file of it, and no entry."""
    before = files_in(story.root / "editions")
    replace = type(story.root).replace

    def full(path, target):
        if path.name.endswith(".editions.toml.tmp"):
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(type(story.root), "replace", full)
    outcome = story.run("edition", "two")

    assert outcome.status == 1
    assert files_in(story.root / "editions") == before


def test_a_story_without_editions_has_none(project):
    """And reads no record."""
    assert not [address for address in project.build() if address.startswith("editions")]


def test_shallow_clones_are_told(story, tmp_path):
    """They lack the commit of which an edition was made."""
    made(story, "two")
    clone = tmp_path / "clone"
    git(story.root, "clone", "--quiet", "--depth", "1", story.root.as_uri(), str(clone))

    outcome = Project(clone).run("edition", "--verify", "one")

    assert outcome.status == 1
    assert "git fetch --unshallow" in outcome.err
