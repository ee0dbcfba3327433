"""Naming a diff: what it says to readers becomes a change, with what stood before and
what stands now.
"""

import shutil

import pytest

from press.desk.git import Git
from press.desk.sides import build_site_of_revision
from tests.engine.bindings import append_paragraph
from tests.engine.desk.test_diff import (  # noqa: F401 - one is a fixture
    BUILD,
    INDEX,
    TABLE,
    _surroundings,
    commit,
    in_repository,
    with_numbers,
)
from tests.engine.intake.tables import with_log
from tests.engine.project import Project

CHANGES = "content/en/changes.toml"
OUT = """# What readers are told.

[[changes]]
id = "out"
date = 2024-02-01
kind = "published"
title = "It is out"
"""
PAGE = (
    '+++\ntitle = "{0}"\ndescription = "What was."\n+++\n\nIn 2022 trade came to'
    " [$190.3 billion](fact:total/2022).\n"
)
READ = "Its words are to be read as well: python build.py read"
GALLERY = (
    '{% extends "page.html" %}\n{% block more %}\n{{ drawings_of("totals")[-1] }}\n{%'
    " endblock %}\n"
)
AGAIN = """\
trade,year=2023;flow=total,value_usd_million,240110,240500,2024-09-01,beta-2024,beta-2024
trade,year=2020;flow=total,value_usd_million,107760,107700,2023,alpha-2022,beta-2023
"""
NAMED = ("diff", "--name", "again", "--title", "Printed again", "--date", "2024-03-08")


@pytest.fixture(scope="module")
def published(built, pool, tmp_path_factory):
    """Return the small story as it was published, in a repository, with all that is
    drawn of it; two of its pages tell of two years.
    """
    root = tmp_path_factory.mktemp("published") / "story"
    project = Project(shutil.copytree(built, root), pool)
    project.write("content/en/older.md", PAGE.format("Older"))
    append_paragraph(project, "See [the other](older.md).")
    project.write(CHANGES, OUT)
    assert with_numbers(project).run("build").status == 0
    shutil.rmtree(project.site)
    return in_repository(project)


@pytest.fixture(scope="module")
def sides():
    """Keep what each commit has said: most tests begin with the same one."""
    return {}


@pytest.fixture(autouse=True)
def _sides_are_built_once(sides, monkeypatch):
    """Build a commit once, whichever copy of the repository it is asked of: that takes
    longer than all else of a diff, and it is ``test_diff`` that tests it.
    """

    def side_of(name, root, say):
        key = name, Git(root).get_commit_hash(name)
        if key not in sides:
            sides[key] = build_site_of_revision(name, root, say)
        return sides[key]

    monkeypatch.setattr("press.desk.diff.build_site_of_revision", side_of)


@pytest.fixture
def story(published, pool, tmp_path):
    """Return that story, for a test of its own."""
    return Project(shutil.copytree(published.root, tmp_path / "story"), pool)


@pytest.fixture(scope="module")
def revised(published, pool, tmp_path_factory):
    """Return that story, its figures of 2023 printed again, for tests that change
    nothing.
    """
    root = tmp_path_factory.mktemp("revised") / "story"
    project = Project(shutil.copytree(published.root, root), pool)
    revise(project)
    return project


def revise(project):
    """Print the figures of 2023 again, and let the texts say so."""
    project.replace(TABLE, "2023,total,240110,10", "2023,total,240310,10")
    project.replace(TABLE, "2023,export,110970", "2023,export,111170")
    project.replace("data/trade.toml", 'value = "240110"', 'value = "240310"')
    assert project.run("fix").status == 0
    project.accept()


def added(project):
    """Return what was written below the publication."""
    text = project.read(CHANGES)
    assert text.startswith(OUT)
    return text.removeprefix(OUT)


def test_a_figure_that_an_older_site_has_with_an_invisible_character_is_not_told(story):
    """The words of a side that an older engine has made go through the same gate as all
    others.
    """
    older = 'path = Path("site/numbers.json")\n'
    older += (
        '    path.write_bytes(path.read_bytes().replace(b"bil", b"b\\xc2\\xadil"))\n'
    )
    story.write("build.py", BUILD.replace("sys.exit", f"{older}    sys.exit"))
    commit(story.root)
    revise(story)

    outcome = story.run(*NAMED)

    assert outcome.status == 2
    assert (
        outcome.problems
        == "diff: found SOFT HYPHEN (U+00AD), which nobody sees, expected none\n   "
        " hint: delete it"
    )
    assert story.read(CHANGES) == OUT


def test_a_named_diff_has_what_stood_and_what_stands(story):
    """As readers read it, with the pages that changed for them; the rest of the file
    stays as it is.
    """
    revise(story)

    outcome = story.run(*NAMED, "--why", "Customs printed them.")

    assert outcome == (
        0,
        f"{READ}\n{CHANGES}: again is a change of 2024-03-08: 1 figure, 3 pages\n",
        "",
    )
    assert (
        added(story)
        == '\n[[changes]]\nid = "again"\ndate = 2024-03-08\nkind = "change"\ntitle ='
        ' "Printed again"\nwhy = "Customs printed them."\npages = [\n  "index",\n '
        ' "numbers",\n  "charts/totals",\n]\nfigures = [\n  { id ='
        ' "fact:total/2023", label = "Trade in a year", before = "$240.1 billion",'
        ' now = "$240.3 billion" },\n]\n'
    )
    assert story.run("check").status == 0


def test_a_figure_that_was_taken_out_has_no_now_and_a_new_one_no_before(story):
    """Though the tables had it all the time."""
    bound = "In 2022 trade came to [$190.3 billion](fact:total/2022)."
    story.replace("content/en/older.md", bound, "It grew since.")
    story.accept()
    story.run(*NAMED)
    cell = '{ id = "fact:total/2022", label = "Trade in a year", '
    assert f'figures = [\n  {cell}before = "$190.3 billion" }},\n]' in added(story)
    assert 'pages = [\n  "numbers",\n  "older",\n]' in added(story)
    commit(story.root)

    story.replace("content/en/older.md", "It grew since.", bound)
    story.run(
        "diff",
        "--name",
        "back",
        "--title",
        "It is back",
        "--date",
        "2024-03-09",
        "--correction",
    )

    assert 'id = "back"\ndate = 2024-03-09\nkind = "correction"\n' in added(story)
    assert added(story).endswith(
        f'figures = [\n  {cell}now = "$190.3 billion" }},\n]\n'
    )


def test_a_figure_that_was_printed_again_is_told_with_its_source(story):
    """Though the first print stands and no word has changed: figure, was, is, source,
    and each page that shows it.
    """
    story.replace(TABLE, "2021,export", "2020,total,107760,10,alpha-2022\n2021,export")
    with_log(story)
    commit(story.root)
    with_log(story, AGAIN)
    story.accept()

    outcome = story.run(*NAMED)

    assert outcome.out.splitlines()[-1].endswith("2 figures, 3 pages")
    assert added(story).endswith(
        'pages = [\n  "index",\n  "sources",\n  "charts/totals",\n]\nfigures = [\n  {'
        ' id = "fact:total/2023", label = "Trade in a year", before = "240.11 billion'
        ' USD", now = "240.5 billion USD", sources = ["beta-2024"] },\n  { id ='
        ' "data:trade/2020/total/value_usd_million", label = "Trade by year: 2020,'
        ' total", before = "107.76 billion USD", now = "107.7 billion USD", sources ='
        ' ["beta-2023"] },\n]\n'
    )
    assert "Printed again: 2" in story.run("diff").out.splitlines()


def test_a_figure_that_is_only_compared_is_none_that_readers_read(story):
    """Where the comparison goes, no figure has gone: "more" is no words of it."""
    bound = "In 2022 trade came to [$190.3 billion](fact:total/2022)."
    compared = (
        "The year 2023 brought [more](claim:more/total.2023/total.2022) trade than"
        " 2022."
    )
    story.replace("content/en/older.md", bound, compared)
    commit(story.root)
    story.replace("content/en/older.md", compared, "It grew since.")

    story.run(*NAMED)

    assert 'pages = [\n  "numbers",\n  "older",\n]\n' in added(story)
    assert "figures" not in added(story)


def test_a_newest_figure_with_a_newer_one_after_it_is_not_taken_out(story):
    """Nobody has withdrawn it: the text asks for the latest, and gets another."""
    story.replace(
        INDEX,
        "[$240.1 billion](fact:total/2023)",
        "[$240.1 billion](fact:total/latest)",
    )
    commit(story.root)
    story.write(TABLE, f"{story.read(TABLE)}2024,total,244800,10,beta-2024\n")
    story.replace(INDEX, "In 2023", "In 2024")
    story.run("fix")

    assert story.run(*NAMED).status < 2
    assert 'now = "$244.8 billion"' in added(story)
    assert "before" not in added(story)


def test_a_newest_figure_that_is_withdrawn_is_taken_out(story):
    """No later one has taken its place: the latest is an older one now."""
    story.write(TABLE, f"{story.read(TABLE)}2024,total,244800,10,beta-2024\n")
    story.replace(
        INDEX,
        "In 2023 trade came to [$240.1 billion](fact:total/2023)",
        "In 2024 trade came to [$244.8 billion](fact:total/latest)",
    )
    commit(story.root)
    story.write(
        TABLE, story.read(TABLE).replace("2024,total,244800,10,beta-2024\n", "")
    )
    story.replace(INDEX, "In 2024", "In 2023")
    story.run("fix")

    assert story.run(*NAMED).status < 2
    assert (
        'id = "fact:total/2024", label = "Trade in a year", before = "$244.8 billion" }'
        in added(story)
    )


def test_a_page_on_which_a_drawing_changed_is_dated(story):
    """Whatever draws it there: the gallery of all charts names none in its text."""
    story.write("templates/gallery.html", GALLERY)
    story.write(
        "content/en/charts.md",
        '+++\ntitle = "Charts"\ndescription = "All."\ntemplate = "gallery"\n+++\n',
    )
    commit(story.root)
    story.replace(TABLE, "2021,total,146886.9", "2021,total,156886.9")
    story.replace(TABLE, "2021,export,67565.1", "2021,export,77565.1")
    story.run("fix")

    story.run(*NAMED)

    assert '  "charts",\n  "index",' in added(story)


def test_a_change_of_all_pages_names_none(story):
    """A change that names no page is of all of them, the one that lists changes among
    them.
    """
    story.write("content/en/changes.md", PAGE.format("Changes"))
    commit(story.root)
    page = story.root / "templates/page.html"
    page.write_text(page.read_text("utf-8").replace("<main>", "<main>More"), "utf-8")

    assert story.run(*NAMED).out.splitlines()[-1].endswith(": 0 figures, all pages")
    assert "pages" not in added(story)


def test_how_to_cite_is_dated_by_the_change(story):
    """Where the repository says so in a file of its own."""
    story.write(
        "CITATION.cff", "title: A story\ndate-released: 2024-02-01\nversion: 1\n"
    )
    commit(story.root)
    revise(story)

    story.run(*NAMED)

    assert (
        story.read("CITATION.cff")
        == "title: A story\ndate-released: 2024-03-08\nversion: 1\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["--name", "out", "--title", "x"],
            f'diff: {CHANGES}:3 has the id "out" already',
        ),
        (
            ["--name", "New Year", "--title", "x"],
            'found the id "New Year", expected small letters, digits and hyphens',
        ),
        (
            ["--name", "new", "--title", " "],
            "diff: found no title, expected one\n    hint: write --title",
        ),
        (
            ["--name", "new"],
            "diff: found no title, expected one\n    hint: write --title",
        ),
        (
            ["--name", "new", "--title", "x", "--date", "2023-01-01"],
            "diff: found 2023-01-01 after 2024-02-01",
        ),
        (
            ["--name", "new", "--title", "Up 5%"],
            'diff: the number "5%" has no link to a fact',
        ),
        (
            ["--name", "new", "--title", "x", "--why", "See [it](index.md)"],
            "diff: found a link to index.md",
        ),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(revised, arguments, told):
    """The exit status is that of an error."""
    before = revised.sources()

    outcome = revised.run("diff", *arguments)

    assert (outcome.status, outcome.out) == (2, "")
    assert told in outcome.err
    assert "Traceback" not in outcome.err
    assert revised.sources() == before


def test_a_story_that_is_not_published_has_no_changes(story):
    """Its publication comes first."""
    (story.root / CHANGES).unlink()
    commit(story.root)
    revise(story)

    outcome = story.run(*NAMED)

    assert outcome.status == 2
    assert outcome.err.startswith(
        f"diff: found no change in {CHANGES}, expected when the story was published\n  "
        "  hint:"
    )
    assert not (story.root / CHANGES).exists()


def test_other_words_change_their_pages_and_no_figure(story):
    """Also one that quotes it; that nobody has read them is told, and by the exit
    status as of any diff.
    """
    story.replace(INDEX, "trade came to", "all trade came to")

    outcome = story.run(*NAMED)

    assert outcome.status == 1
    assert outcome.out.endswith("0 figures, 1 page\n")
    assert "that nobody has read as it is now (build.py read)\n" in outcome.out
    assert "figures" not in added(story)


def test_a_story_in_which_something_is_false_is_not_named(story):
    """What is wrong with it is told instead: nobody publishes it so."""
    story.replace(INDEX, "$240.1 billion", "$240.9 billion")
    before = story.sources()

    outcome = story.run(*NAMED)

    assert (outcome.status, outcome.out) == (2, "")
    assert f"{INDEX}:7:" in outcome.err
    assert story.sources() == before


def test_a_figure_of_a_log_may_move_on(story):
    """Two years in a row a text asks for the latest: the first entry names a figure of
    which no text speaks the year after, and the story builds.
    """
    story.replace(
        INDEX,
        "In 2023 trade came to [$240.1 billion](fact:total/2023)",
        "Trade came to [$240.1 billion](fact:total/latest)",
    )
    commit(story.root)
    for year, value in (("2024", "244800"), ("2025", "228100")):
        story.write(TABLE, f"{story.read(TABLE)}{year},total,{value},10,beta-2024\n")
        assert story.run("fix").status == 0
        story.accept()
        told = ("--name", f"of-{year}", "--title", f"The year {year}")
        assert story.run("diff", *told, "--date", f"{year}-03-08").status == 0
        commit(story.root)

    assert 'id = "fact:total/2024"' in added(story)
    assert story.run("check").status == 0
