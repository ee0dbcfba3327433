"""Proposing new figures: the steps of update.yml are run as they stand, on a small
story beside a remote repository.
"""

import inspect
import subprocess

import pytest

from tests.engine.bindings import append_paragraph
from tests.engine.desk.test_diff import GIT, _surroundings, git  # noqa: F401 - one is a fixture
from tests.engine.desk.test_update import INDEX, TRADE, page, with_publishers
from tests.engine.project import PALETTE, ROUNDED, VALUE, check
from tests.engine.serving import Answer
from tests.engine.workflows import ROOT, Runner
from tools import propose

LOOK, SEND = "update/look/Look", "update/propose/Send"
FIGURES = "update/figures/Update, fix, check, compare"
SCRIPTS = (LOOK, FIGURES, SEND)
PLAIN = "In 2022 trade came to [$190.3 billion](fact:total/2022)."
# What the story needs to be imported by the engine itself: the check and the colours
# that tests give it elsewhere.
CHECK = f"""from __future__ import annotations
from collections import defaultdict
from press.data import Data, Row
from press.ground.errors import Problems
VALUE, ROUNDED = {(VALUE, ROUNDED)}
{inspect.getsource(check)}"""
CODE = {
    "__init__.py": "",
    "checks.py": CHECK,
    "theme.py": f"FOLDER, PALETTE = None, {PALETTE}\n",
}


class Home:
    """A small story in a repository beside its remote one, in which the steps of the
    workflow are run.
    """

    def __init__(self, story, folder):
        self.story, self.remote = story, folder / "remote.git"
        self.handed = folder / "runner/temporary/proposal"
        self._runner = Runner(folder / "runner", story.root)
        self._runner.stand_in("gh")
        self._runner.answer("gh", "pr", "list", says="[]")
        (story.root / ".venv" / "bin").mkdir(parents=True)
        (story.root / ".venv" / "bin" / "python").symlink_to(self._runner.python)
        story.write("build.py", (ROOT / "build.py").read_text("utf-8"))
        for place, text in CODE.items():
            story.write(f"story/{place}", text)
        story.write(".gitignore", "/.cache/\n/.venv/\n/site/\n__pycache__/\n")
        git(story.root, "init", "--quiet")
        self.commit()
        subprocess.run(
            [*GIT, "clone", "--quiet", "--bare", story.root, self.remote], check=True
        )
        git(story.root, "remote", "add", "origin", str(self.remote))

    def commit(self):
        """Read all of the story and commit it."""
        self.story.accept()
        git(self.story.root, "add", "--all")
        git(self.story.root, "commit", "--quiet", "--message", "As it is")

    def asked(self):
        """Return what was asked of gh, to open a pull request."""
        return self._runner.asked("gh", "pr", "create")

    def branches(self):
        """Return the commit of each branch of the remote repository."""
        lines = git(
            self.remote, "for-each-ref", "--format=%(refname:short) %(objectname)"
        ).splitlines()
        return dict(line.split() for line in lines)

    def proposed(self):
        """Return which files the proposal changes."""
        return git(
            self.remote, "diff", "--name-only", f"{propose.BRANCH}~", propose.BRANCH
        ).splitlines()

    def run(self, *keys, only=""):
        """Run the scripts of *Update*, or some of them, until one fails; return the
        exit status and what was said.
        """
        said = ""
        for key in keys or SCRIPTS:
            ran = self._runner.run(key, only=only)
            said += ran.said
            if ran.status:
                return ran.status, said
        assert git(self.story.root, "status", "--porcelain") == ""
        assert git(self.story.root, "worktree", "list").count("\n") == 0
        return 0, said


@pytest.fixture
def home(project, server, tmp_path):
    """Return the small story, without its chart, in a repository; its words are of
    years that stay as they are.
    """
    with_publishers(project, server)
    project.replace(
        INDEX,
        "In 2023 trade came to [$240.1 billion](fact:total/2023).\n\n![](chart:totals)",
        PLAIN,
    )
    project.write("story/charts.py", "")
    (project.root / "content/en/charts/totals.md").unlink()
    (folder := tmp_path / "a home").mkdir()
    return Home(project, folder)


def test_new_figures_become_a_pull_request(home, server):
    """One branch is written, with the figures and nothing else; a source that is down
    keeps no other out.
    """
    server.says("/beta/", Answer(status=403))
    before = home.branches()
    status, said = home.run()
    after = home.branches()

    assert status == 0, said
    assert before.items() < after.items()
    assert [*after.keys() - before] == [propose.BRANCH]
    (asked,) = home.asked()
    assert asked[3:6] == ["--head", propose.BRANCH, "--title"]
    assert "--draft" not in asked
    assert home.proposed() == ["data/sources.csv", TRADE]


def test_figures_that_make_words_false_are_a_draft(home, monkeypatch, capsys):
    """It says what the diff says; one that is too long for GitHub ends after a
    paragraph.

    A dry run sends nothing.
    """
    append_paragraph(
        home.story, "Trade of 2023 was [the highest](claim:highest/total.2023)."
    )
    home.commit()
    monkeypatch.setattr(propose, "MOST", 200)
    status = propose.main(
        ["--only", "alpha", "--dry-run", "--folder", str(home.handed)], home.story.root
    )
    told = capsys.readouterr().out.partition("To be sent: --draft")[2]

    assert (status, len(home.branches()), home.asked()) == (0, 1, [])
    assert "### What has changed since HEAD" in told
    assert told.endswith(f"{propose.TOO_LONG}\n")


def test_a_verb_that_ends_well_and_has_not_said_what_it_did_proposes_nothing(
    home, monkeypatch, capsys
):
    """As where a file of the engine is empty."""
    monkeypatch.setitem(propose.DONE, "fix", "Something else")

    asked = ["--step", "figures", "--only", "alpha", "--folder", str(home.handed)]
    status = propose.main(asked, home.story.root)

    assert (status, len(home.branches()), [*home.handed.iterdir()]) == (1, 1, [])
    assert (
        capsys.readouterr().err
        == "press fix has ended and not said what it did: nothing is proposed\n"
    )


WRONG = Answer(page(values=(115500, 829300, 244800)))


@pytest.mark.parametrize(
    ("path", "answer", "only", "expected"),
    [
        ("", Answer(), "beta", 0),
        ("/alpha/", Answer(status=403), "", 0),
        ("/alpha/", Answer(status=404), "", 4),
        ("/alpha/2024", WRONG, "", 1),
    ],
)
def test_nothing_new_is_no_pull_request(home, server, path, answer, only, expected):  # noqa: PLR0913, PLR0917 - a case
    """Where a host turns scripts away there is a warning; where all else fails, or what
    came in is wrong, it is red.
    """
    server.says(path, answer)
    status, said = home.run(only=only)

    assert status == expected, said
    assert ("::warning::" in said) == (answer.status == 403)
    assert (home.asked(), [*home.handed.iterdir()]) == ([], [])


def test_nothing_is_sent_but_figures_and_texts(home):
    """Whatever read the documents may have made the patch: changes of other files stay
    out.
    """
    home.run(FIGURES)
    patch = home.handed / "changes.patch"
    home.story.write("build.py", "import this\n")
    patch.write_text(
        f"{patch.read_text('utf-8')}{git(home.story.root, 'diff')}\n", "utf-8"
    )
    git(home.story.root, "checkout", "--quiet", "build.py")
    status, said = home.run(SEND)

    assert status == 0, said
    assert home.proposed() == ["data/sources.csv", TRADE]
