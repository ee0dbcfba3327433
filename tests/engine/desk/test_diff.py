"""Diff: today's small story beside a revision of a small repository."""

import os
import shutil
import subprocess
import sys

import pytest

from press.desk.diff import DiffReport
from press.desk.differences import DiffSection
from tests.engine.bindings import STORY, add_chart_pages, append_paragraph
from tests.engine.project import Project, read_files_below

INDEX, TABLE = "content/en/index.md", "data/trade.csv"
MORE = (
    "In 2022 trade was [more](claim:more/total.2022/total.2021) than in 2021, [$190.3"
    " billion](fact:total/2022)."
)
# The command line of a small story, as its repository holds it.
BUILD = """import sys
if __name__ == "__main__":  # processes that draw import this file
    del sys.path[0]  # where this file would be taken for the engine's
    from pathlib import Path
    from tests.engine.project import Project
    done = Project(Path(__file__).resolve().parent).run(*sys.argv[1:])
    sys.stdout.write(done.out)
    sys.stderr.write(done.err)
    sys.exit(done.status)
"""
# The command line of a time that knew how to build, and nothing else.
OLDER = 'import sys\nassert __name__ != "__main__" or sys.argv[1:] == ["build"]\n'
WORDS_OF_NUMBERS = """span_early = "{amount} early"
span_late = "{amount} late"
changed = "{before} became {now}"
changed_again = "first {before}, later {now} ({sources})"
changed_new = "new: {now}"
changed_out = "taken out; was {before}"
claim_of = "“{words}”"
claim_more = "Larger."
claim_crossed = "Below it before."
claim_most = "The larger part."
claim_every = "True of every period."
"""
GIT = (
    "git",
    "-c",
    "user.name=A",
    "-c",
    "user.email=a@example.org",
    "-c",
    "commit.gpgsign=false",
)


def git(root, *arguments):
    """Return what git says."""
    done = subprocess.run(
        [*GIT, "-C", root, *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def commit(root):
    """Commit all there is; return how a diff calls it."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "As it is")
    return f"HEAD ({git(root, 'rev-parse', 'HEAD')[:7]})"


def in_repository(project):
    """Return a story with all of it read, and all of it committed."""
    project.write("build.py", BUILD)
    project.write(".gitignore", "/.cache/\n/site/\n__pycache__/\n")
    project.accept()
    git(project.root, "init", "--quiet")
    commit(project.root)
    return project


def with_numbers(project):
    """Let a small story list its numbers, and give its charts pages: that is what a
    diff compares.
    """
    templates = [f"templates/{name}.html" for name in ("figure", "numbers", "receipt")]
    for place in ("content/en/numbers.md", *templates):
        project.write(place, (STORY / place).read_text("utf-8"))
    project.write(
        "content/en/words.toml",
        f"{WORDS_OF_NUMBERS}{project.read('content/en/words.toml')}",
    )
    add_chart_pages(project)
    return project


@pytest.fixture(scope="module", autouse=True)
def _surroundings():
    """Let a story's command line find the engine, and nobody's settings
    of git count.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in [
            name for name in os.environ if name.startswith(("GIT_", "GITHUB_"))
        ]:
            patch.delenv(name)
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        yield


@pytest.fixture(scope="module")
def committed(built, pool, tmp_path_factory):
    """Return the small story in a repository, with all that is drawn of it; it has one
    claim in its text.
    """
    root = tmp_path_factory.mktemp("committed") / "story"
    project = Project(shutil.copytree(built, root), pool)
    append_paragraph(project, MORE)
    assert with_numbers(project).run("build").status == 0
    shutil.rmtree(project.site)
    return in_repository(project)


@pytest.fixture
def story(committed, pool, tmp_path):
    """Return that story, for a test of its own."""
    return Project(shutil.copytree(committed.root, tmp_path / "story"), pool)


def kinds(outcome):
    """Return what each section of a terminal's lines is called, with how
    much there is.
    """
    return [line for line in outcome.out.splitlines()[1:-2] if not line.startswith(" ")]


def test_nothing_changed_since_the_last_commit(story):
    """Which is what a diff compares with; it leaves no trace in the repository."""
    before = read_files_below(story.root / ".git")

    outcome = story.run("diff")

    name = f"HEAD ({git(story.root, 'rev-parse', 'HEAD')[:7]})"
    assert outcome == (
        0,
        (
            f"Nothing has changed since {name}\nNo words need a person\nCompared with"
            f" {name}: 0 differences\n"
        ),
        "",
    )
    assert read_files_below(story.root / ".git") == before
    assert not story.site.exists()


def test_a_new_year_and_a_revision_are_told(story):
    """What is false, what is unread, numbers, charts; the exit status says that words
    need a person.
    """
    story.replace(TABLE, "2022,total,190271,1,", "2022,total,140271,1,")
    story.replace(TABLE, "2022,export,76122", "2022,export,26122")
    story.write(TABLE, f"{story.read(TABLE)}2024,total,244800,10,beta-2024\n")

    outcome = story.run("diff")

    assert (outcome.status, kinds(outcome)) == (
        1,
        ["False now: 3", "Unread now: 3", "Numbers: 1 changed", "Pages: 3 changed"],
    )
    lines = outcome.out.splitlines()
    place = f"  {INDEX}:15:75: "
    assert (
        f'{place}found "$190.3 billion", expected "$140.3 billion" (exactly 140271 USD'
        " million)" in lines
    )
    assert (
        "  fact:total/2022: 190271 USD million (2022) → 140271 USD million (2022)"
        in lines
    )
    assert "  charts/totals.html: changed" in lines
    assert lines[-2].startswith(
        "For a person: 3 problems (build.py check) and 3 sentences that nobody has read"
    )
    assert story.run("diff", "--markdown").out.startswith(
        "### What has changed since HEAD "
    )


def test_a_revision_of_an_older_engine_is_compared(story):
    """It need not know more than how to build."""
    story.write("build.py", OLDER + BUILD)
    name = commit(story.root)
    story.replace(TABLE, "2021,total,146886.9", "2021,total,146887.9")

    lines = story.run("diff").out.splitlines()

    assert lines[0] == f"What has changed since {name}"
    assert lines[-5:-2] == [
        "Pages: 2 changed",
        "  charts/totals.html: changed",
        "  numbers.html: changed",
    ]


def test_a_revision_that_does_not_build_is_an_error(story):
    """Which says why."""
    good = story.read("story/facts.py")
    story.write("story/facts.py", "import nothing_of_this_name\n")
    name = commit(story.root)
    story.write("story/facts.py", good)

    outcome = story.run("diff")

    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith(f"{name} does not build with the packages of today: ")
    assert "nothing_of_this_name" in outcome.err
    assert "hint: compare with a later revision" in outcome.err


def test_a_revision_that_builds_nothing_is_an_error(story):
    """Else all that there is would be new; an empty build.py ends well."""
    story.write("build.py", "")
    name = commit(story.root)

    outcome = story.run("diff")

    assert (outcome.status, outcome.out) == (2, "")
    assert (
        outcome.err
        == f"{name} builds no page, expected a site\n    hint: compare with another"
        " revision\n"
    )


def test_a_shallow_clone_says_what_it_lacks(story, tmp_path):
    """And what to do about it."""
    story.write("a", "b")
    commit(story.root)
    clone = Project(tmp_path / "clone", story.pool)
    git(
        story.root,
        "clone",
        "--quiet",
        "--depth",
        "1",
        f"file://{story.root}",
        clone.root,
    )

    outcome = clone.run("diff", "HEAD~1")

    assert outcome.status == 2
    assert (
        outcome.err
        == 'found no revision "HEAD~1"\n    hint: this clone is shallow, it lacks older'
        " revisions: git fetch --unshallow\n"
    )


@pytest.mark.parametrize("name", ["v9", "site", "numbers.json", "HEAD^{tree}:x", "-"])
def test_a_name_that_is_nothing_is_an_error(story, name):
    """A revision is looked for, and no file or folder."""
    outcome = story.run("diff", name)

    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith(f'found no revision "{name}"\n    hint: ')


def test_without_a_repository_it_is_said_what_is_lacking(story, monkeypatch):
    """No repository, none with a commit, and no git at all are told apart; the hint is
    right.
    """
    shutil.rmtree(story.root / ".git")
    assert (outcome := story.run("diff")).status == 2
    assert outcome.err.startswith("git cannot say: not a git repository")
    assert outcome.err.endswith(
        "keep the story in a repository of git: git init, git add --all, git commit\n"
    )

    git(story.root, "init", "--quiet")
    assert story.run("diff").err.startswith(
        "found no commit in this repository, expected one to compare with\n"
    )

    monkeypatch.setenv("PATH", str(story.root))
    assert story.run("diff").err.startswith(
        "found no git on this computer, which knows the revisions\n    hint: "
    )


def test_a_project_may_lie_below_its_repository(story, tmp_path):
    """The same folder of the revision is its other side; where there is none, that is
    said.
    """
    whole = tmp_path / "whole"
    shutil.copytree(
        story.root, whole / "a story", ignore=shutil.ignore_patterns(".git")
    )
    own = Project(whole / "a story", story.pool)
    git(whole, "init", "--quiet")
    (whole / "else").write_text("e", "utf-8")
    git(whole, "add", "else")
    git(whole, "commit", "--quiet", "--message", "Another thing")
    assert own.run("diff").err.startswith("found no folder a story in ")

    commit(whole)
    own.replace(INDEX, "trade came to", "all trade came to")

    assert kinds(own.run("diff")) == ["Unread now: 1", "Pages: 1 changed"]


def test_today_may_be_broken(story):
    """What is wrong with its tables is said, and the exit status is that of an error; a
    chart is a problem of many.
    """
    good = story.read(TABLE)
    story.replace(TABLE, "2023,total,240110", "2023,total,oil")
    outcome = story.run("diff")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith(f"{TABLE}:10: ")

    story.write(TABLE, good)
    story.write(
        "story/charts.py",
        f"{story.read('story/charts.py')}\n\ndef totals(*_):\n    return 1 / 0\n",
    )
    outcome = story.run("diff")
    assert (outcome.status, kinds(outcome)) == (
        1,
        ["False now: 1", "Pages: 1 changed, 1 gone"],
    )
    assert "story/charts.py:" in outcome.out


MANY = [
    (f"fact:n/{number}", f"*1* | <b>#{number} {'so ' * 80}") for number in range(30)
]


def test_markdown_shows_words_as_they_are():
    """No word of a story is markup, a cell or HTML of the pull request's page; long
    ones are cut.
    """
    told = DiffReport(
        "_v1_",
        [],
        [DiffSection("Numbers", "30 changed", MANY)],
        "No words need a person",
        30,
    )

    lines = list(told.format_shortened_markdown())

    assert lines[:5] == [
        r"### What has changed since \_v1\_",
        "",
        "**No words need a person.**",
        "",
        "**Numbers**: 30 changed",
    ]
    assert lines[6].startswith(r"* **fact:n/0**: \*1\* \| \<b\>\#0 so so")
    assert max(map(len, lines)) < 340
    assert lines[-3:] == ["* and 22 more", "", r"Compared with \_v1\_: 30 differences"]
