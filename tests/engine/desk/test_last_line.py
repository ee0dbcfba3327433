"""The last line that each verb says on standard output is what was done, also where
there was nothing to do.
"""

import re

import pytest

from press.desk import commands, upgrading
from tests.engine.bindings import append_paragraph
from tests.engine.desk.test_diff import _surroundings, in_repository  # noqa: F401 - a fixture
from tests.engine.desk.test_record import PAGE, ROW
from tests.engine.desk.test_update import with_publishers
from tests.engine.editions import add_edition_templates
from tests.engine.previewing import ROOT, Server, make_story
from tests.engine.serving import Answer

ENGINE = (ROOT / "build.py").read_text("utf-8")
INDEX = "content/en/index.md"
OUT = (
    '[[changes]]\nid = "out"\ndate = 2024-02-01\nkind = "published"\ntitle = "It is'
    ' out"\n'
)
NAMED = ("diff", "--name", "again", "--title", "Told", "--date", "2024-03-08")
FILES = "data/sources.csv, data/trade.csv"


def as_it_is(_story, _server):
    """Leave the story as it is."""


def built(story, _server):
    """Build it."""
    assert story.run("build").status == 0


def stale(story, _server):
    """Let two numbers of two texts be stale."""
    story.replace(INDEX, "$240.1 billion", "$240.2 billion")
    story.replace("content/en/charts/totals.md", "$240.1 billion", "$240.2 billion")


def false(story, _server):
    """Let a sentence be false that no program mends."""
    append_paragraph(story, "In 2023 it was [fewer](claim:less/total.2023/total.2022).")


def unread(story, _server):
    """Add a sentence that nobody has read."""
    append_paragraph(story, "In 2022 trade came to [$190.3 billion](fact:total/2022).")


def imported(story, _server):
    """Let all come in that there is."""
    assert story.run("import").status == 0


def away(_story, server):
    """Let a publisher turn scripts away."""
    server.says("/alpha/2024", Answer(status=403))


# What is done to a story of which all is read and committed, what a verb is asked then,
# its last line, its status.
VERBS = {
    "build": (
        as_it_is,
        ("build",),
        "site/: 8 written, 0 deleted, 0 unchanged, 1.0 s",
        0,
    ),
    "build again": (
        built,
        ("build",),
        "site/: 0 written, 0 deleted, 8 unchanged, 1.0 s",
        0,
    ),
    "check": (as_it_is, ("check",), "Checked in 1.0 s: nothing was written", 0),
    "read": (as_it_is, ("read",), "Nothing is unread", 0),
    "read --list": (
        unread,
        ("read", "--list"),
        "1 sentence listed: nothing was approved",
        0,
    ),
    "read --accept": (
        unread,
        ("read", "--accept", f"{INDEX}:15"),
        "1 sentence approved",
        0,
    ),
    "read --accept again": (
        as_it_is,
        ("read", "--accept", INDEX),
        "Nothing to approve: all of it is read",
        0,
    ),
    "read --dry-run": (
        unread,
        ("read", "--dry-run", "--accept", INDEX),
        "1 sentence to be approved",
        0,
    ),
    "fix nothing": (as_it_is, ("fix",), "Nothing to fix, no problems left", 0),
    "fix": (stale, ("fix",), "2 numbers written in 2 files, no problems left", 0),
    "fix --dry-run": (
        stale,
        ("fix", "--dry-run"),
        "2 numbers to be written in 2 files, no problems left",
        0,
    ),
    "fix what is false": (
        false,
        ("fix",),
        "Nothing to fix, 1 problem left to correct by hand",
        1,
    ),
    "import": (as_it_is, ("import",), f"{FILES}: written", 0),
    "import --dry-run": (
        as_it_is,
        ("import", "--dry-run"),
        f"{FILES}: to be written",
        0,
    ),
    "import again": (imported, ("import",), "Nothing new", 0),
    "import nothing": (away, ("import", "--only", "alpha"), "Nothing new", 3),
    "record": (as_it_is, ("record", "trade", *ROW, *PAGE), f"{FILES}: written", 0),
    "diff": (as_it_is, ("diff",), "Compared with HEAD (1234567): 0 differences", 0),
    "diff --markdown": (
        unread,
        ("diff", "--markdown"),
        "Compared with HEAD (1234567): 1 difference",
        1,
    ),
    "diff --name": (
        unread,
        NAMED,
        "content/en/changes.toml: again is a change of 2024-03-08: 0 figures, 1 page",
        1,
    ),
    "edition": (
        as_it_is,
        ("edition", "one"),
        "Edition one of 2024-01-01, made of 1234567: 1 files",
        0,
    ),
    "explain": (
        as_it_is,
        ("explain", "total/2023"),
        "Explained total/2023: 1 row, 3 uses",
        0,
    ),
    "explain nothing": (as_it_is, ("explain",), "1 fact listed", 0),
    "facts": (as_it_is, ("facts",), "1 fact listed", 0),
    "describe": (
        as_it_is,
        ("describe", "totals"),
        "Drafted the words of totals: nothing was written",
        0,
    ),
}


@pytest.fixture
def story(project, server, no_browser):  # noqa: ARG001 - an edition is printed otherwise
    """Return the small story in a repository, all of it read, its publishers on a
    server.
    """
    with_publishers(project, server).write("content/en/changes.toml", OUT)
    add_edition_templates(project)
    return in_repository(project)


def lasting(line):
    """Return a line without what differs from run to run: seconds, hashes and days of
    commits, sizes.
    """
    line = re.sub(r"\d+\.\d s\b", "1.0 s", line)
    line = re.sub(
        r"\bof \d{4}-\d\d-\d\d, made of \w{7}: \d+ files.*",
        "of 2024-01-01, made of 1234567: 1 files",
        line,
    )
    return re.sub(r"\((\w{7})\)", "(1234567)", line)


@pytest.mark.parametrize("case", VERBS)
def test_the_last_line_says_what_was_done(story, server, case):
    """Whatever else is said before it."""
    prepare, arguments, expected, status = VERBS[case]
    prepare(story, server)

    outcome = story.run(*arguments)

    assert outcome.status == status, outcome.err
    assert lasting(outcome.out.splitlines()[-1]) == expected


# What is asked in a folder, the text of its build.py, the last line.
STARTED = {
    "new": (("new", "medals"), "", "/medals: 28 files written; see README.md there"),
    "upgrade": (("upgrade",), "", "Upgraded: 1 file written, 0 to look at"),
    "upgrade nothing": (
        ("upgrade",),
        ENGINE,
        "Upgraded: 0 files written, 0 to look at",
    ),
}


@pytest.mark.parametrize("case", STARTED)
def test_the_last_line_of_what_begins_a_story_or_upgrades_it_says_what_was_done(
    tmp_path, monkeypatch, capsys, case
):
    """The engine of this one lies in it."""
    arguments, text, expected = STARTED[case]
    (tmp_path / "press/starter/files").mkdir(parents=True)
    (tmp_path / "press/starter/files/build.py.jinja").write_text(ENGINE, "utf-8")
    (tmp_path / "build.py").write_text(text, "utf-8")
    monkeypatch.setattr(upgrading, "ENGINE", tmp_path / "press")
    # nothing is wrong with a new story
    monkeypatch.setattr("press.starter.new._check", lambda _draft: "")
    monkeypatch.setattr("sys.argv", ["press", *arguments])
    monkeypatch.chdir(tmp_path)

    status = commands.run_in_current_folder()

    assert status == 0
    assert (
        capsys.readouterr().out.splitlines()[-1].removeprefix(str(tmp_path)) == expected
    )


def test_the_last_line_of_a_preview_says_how_often_it_has_built(
    tmp_path, tmp_path_factory
):
    """When it is ended."""
    story = make_story(tmp_path_factory.getbasetemp(), tmp_path / "story")
    server = Server(story.root)
    server.wait_for("Preview: ")
    server.end()

    assert server.said[-1] == "Preview ended after 1 build"
