"""Proposing new figures: the steps of update.yml are run as they stand, on a small story beside a remote repository."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.engine.bindings import add
from tests.engine.desk.test_diff import GIT, commit, git, in_repository
from tests.engine.desk.test_update import INDEX, LIST, TABLES, TRADE, page
from tests.engine.serving import Answer, serving
from tools.propose.__main__ import main
from tools.propose.body import MOST, NEEDED, SETTLED, Proposal, composed
from tools.propose.branch import NAME

ROOT = Path(__file__).resolve().parents[3]
JOBS = yaml.safe_load((ROOT / ".github/workflows/update.yml").read_text("utf-8"))["jobs"]
EXPRESSION = re.compile(r"\$\{\{ (.+?) \}\}")
PLAIN = "In 2022 trade came to [$190.3 billion](fact:total/2022)."
FILES = "https://example.org/files"
# A gh that notes what it is asked and remembers one pull request, which is opened once.
GH = """\
import json, os, sys
from pathlib import Path
here, own, reads = Path(os.environ["GH_NOTES"]), sys.argv[1:], sys.argv[-1] == "-" or "-" in sys.argv
with (here / "asked").open("a") as file:
    file.write(json.dumps([own, sys.stdin.read() if reads else "", os.environ.get("GH_TOKEN")]) + "\\n")
state = here / "pulls"
pulls = json.loads(state.read_text()) if state.exists() else []
if own[:2] == ["pr", "list"]:
    print(json.dumps(pulls))
elif own[:2] == ["pr", "create"]:
    state.write_text(json.dumps([*pulls, dict(number=7, isDraft="--draft" in own, isCrossRepository=False)]))
    print("https://example.org/pull/7")
elif own[:2] == ["pr", "ready"]:
    state.write_text(json.dumps([dict(each, isDraft="--undo" in own) for each in pulls]))
"""


class Home:
    """A clone of a small story beside its remote repository, in which the workflow is run."""

    def __init__(self, story, folder):
        self.story, self.folder, self.remote = story, folder, folder / "remote.git"
        self.inputs = dict.fromkeys(("only", "since", "answer"), "")
        self.runs = 0
        for part in ("bin", "notes"):
            (folder / part).mkdir()
        (folder / "gh.py").write_text(GH, "utf-8")
        self.program("gh", sys.executable, str(folder / "gh.py"))
        self.program("python3", sys.executable)
        story.write(".gitignore", story.read(".gitignore") + "/.venv\n")
        commit(story.root)
        subprocess.run([*GIT, "clone", "--quiet", "--bare", story.root, self.remote], check=True)
        git(story.root, "remote", "add", "origin", str(self.remote))
        self.main = git(self.remote, "symbolic-ref", "HEAD")
        self.began = git(self.remote, "rev-parse", "HEAD")

    def program(self, name, *command):
        """Put a program on the path that is a command; the first line of a script may hold no space in its path."""
        path = self.folder / "bin" / name
        path.write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n', "utf-8")
        path.chmod(0o755)

    def push(self):
        """Let the default branch have what the story's folder holds."""
        commit(self.story.root)
        git(self.story.root, "push", "--quiet", "origin", "HEAD")
        self.began = git(self.remote, "rev-parse", "HEAD")

    def asked(self, *words):
        """Return what gh was asked with some words, in order, and what it read."""
        notes = self.folder / "notes" / "asked"
        lines = [json.loads(line) for line in notes.read_text("utf-8").splitlines()] if notes.exists() else []
        return [(own, text) for own, text, _ in lines if all(word in own for word in words)]

    def branch(self):
        """Return the commit of the branch of proposals, "" where there is none."""
        return git(self.remote, "for-each-ref", "--format=%(objectname)", f"refs/heads/{NAME}")

    def untouched(self):
        """Tell whether the default branch is what it was, and no branch is there but the one."""
        names = git(self.remote, "for-each-ref", "--format=%(refname)").splitlines()
        assert names == sorted([self.main, f"refs/heads/{NAME}"])
        return git(self.remote, "rev-parse", self.main) == self.began

    def told(self):
        """Return what the last run handed over."""
        return self.folder / f"temp{self.runs}" / "proposal" / "told"

    def shows(self, what):
        return git(self.remote, "show", f"{NAME}:{what}")

    def run(self):
        """Run the jobs one after the other, each in a clone of its own; return the exit status and all that is said."""
        known = self.known()
        said = ""
        for name, job in JOBS.items():
            if job.get("if") and not self.holds(job["if"], known):
                continue
            status, text = self.do(name, job, known)
            said += text
            if status:
                return status, said
            outputs = {key: self.resolved(value, known) for key, value in job.get("outputs", {}).items()}
            known |= {f"needs.{name}.outputs.{key}": value for key, value in outputs.items()}
        return 0, said

    def known(self):
        """Begin a run: return what its expressions stand for."""
        self.runs += 1
        return {f"inputs.{name}": value for name, value in self.inputs.items()} | {
            "secrets.COMTRADE_API_KEY": "k3y", "github.token": "t0ken", "github.server_url": "https://example.org",
            "github.repository": "a/b", "github.run_id": "5", "steps.keep.outputs.artifact-url": FILES,
            "runner.temp": str(self.folder / f"temp{self.runs}"),
        }  # fmt: skip

    def send(self, *, draft=False, text="# More\n", place=INDEX):
        """Run the job that sends, with a change of one file as what the other job has found."""
        known = self.known() | {"needs.figures.outputs.files": FILES}
        old = self.story.read(place)
        self.story.write(place, old + text)
        patch = git(self.story.root, "diff", "--binary", "--full-index", "--", place)
        self.story.write(place, old)
        self.told().mkdir(parents=True)
        (self.told() / "changes.patch").write_text(f"{patch}\n", "utf-8")
        proposal = Proposal("T", git(self.remote, "rev-parse", self.main), draft, "### H", "wrong", "")
        (self.told() / "proposal.json").write_text(json.dumps(proposal._asdict()), "utf-8")
        return self.do("propose", JOBS["propose"], known)

    def do(self, name, job, known):
        clone, said = self.folder / f"{name}{self.runs}", ""
        subprocess.run([*GIT, "clone", "--quiet", self.remote, clone], check=True)
        (clone / ".venv" / "bin").mkdir(parents=True)
        (clone / ".venv" / "bin" / "python").symlink_to(self.folder / "bin" / "python3")
        for step in job["steps"]:
            if "tools.propose" in step.get("run", ""):
                status, text = self.step(step, clone, known)
                said += text
                if status:
                    return status, said
        assert git(clone, "status", "--porcelain") == ""
        return 0, said

    def step(self, step, clone, known):
        own = {name: self.resolved(value, known) for name, value in step.get("env", {}).items()}
        output = self.folder / "output"
        output.write_text("", "utf-8")
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        shared = {"GH_NOTES": str(self.folder / "notes"), "GITHUB_OUTPUT": str(output), "GITHUB_ACTIONS": "true"}
        environment = {**os.environ, "PATH": path, "RUNNER_TEMP": known["runner.temp"], **shared, **own}
        done = subprocess.run(
            [shutil.which("bash"), "-e", "-c", step["run"]],
            cwd=clone,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        for line in output.read_text("utf-8").splitlines():
            key, _, value = line.partition("=")
            known[f"steps.{step['id']}.outputs.{key}"] = value
        return done.returncode, done.stdout + done.stderr

    @staticmethod
    def resolved(text, known):
        return EXPRESSION.sub(lambda found: known[found[1]], text)

    @staticmethod
    def holds(condition, known):
        name, expected = condition.split(" == ")
        return known[name] == expected.strip("'")


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch):
    """Let a story's command line find the engine, and nobody's settings of git count."""
    for name in [name for name in os.environ if name.startswith(("GIT_", "GITHUB_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))


@pytest.fixture
def server():
    with serving() as own:
        own.says("/alpha/", Answer(LIST))
        own.says("/beta/", Answer(LIST.replace(b"2024", b"2022")))
        own.says("/alpha/2024", Answer(page()))
        yield own


@pytest.fixture
def home(project, server, tmp_path):
    """Return the small story, without its chart, in a repository; its words are of years that stay as they are."""
    project.replace("story/sources.py", "http://127.0.0.1:1", server.address)
    for place, text in zip(("data/revisions.toml", "data/revisions.csv"), TABLES["revisions"], strict=True):
        project.write(place, text)
    project.replace(INDEX, "In 2023 trade came to [$240.1 billion](fact:total/2023).\n\n![](chart:totals)", PLAIN)
    project.write("story/charts.py", "")
    (project.root / "content/en/charts/totals.md").unlink()
    folder = tmp_path / "home"
    folder.mkdir()
    return Home(in_repository(project), folder)


def test_figures_that_make_words_false_are_a_draft(home):
    """Its body is the diff, and what the check says; a mark says that it is red; nothing but one branch is written."""
    add(home.story, "Trade of 2023 was [the highest](claim:highest/total.2023).")
    home.story.run("read", "--accept-without-reading")
    home.push()
    status, said = home.run()

    assert status == 0, said
    ((create, body),) = home.asked("pr", "create")
    assert create[2:4] == ["--base", home.main.rpartition("/")[2]]
    assert create[4:] == ["--head", NAME, "--title", "New figures: trade", "--body-file", "-", "--draft"]
    assert body.startswith(NEEDED)
    assert "**False now**" in body
    assert f"{INDEX}:13:" in body.partition("What the check says")[2]
    assert f"`changes.patch` in the [files of this run]({FILES})" in body
    ((mark, text),) = home.asked("api", "POST")
    assert mark[3] == f"repos/{{owner}}/{{repo}}/statuses/{home.branch()}"
    assert json.loads(text)["state"] == "failure"
    assert json.loads(text)["target_url"] == "https://example.org/a/b/actions/runs/5"
    assert "2024,total,244800,1,alpha-page-2024" in home.shows(TRADE)
    assert home.untouched()
    assert [line for line in said.splitlines() if line.startswith(f"::error file={INDEX},line=13,")]


def test_figures_that_leave_all_words_true_are_ready(home, server):
    """The mark is green, the built site lies beside the diff; a source that is down is named and keeps no other out."""
    server.says("/beta/", Answer(status=403))
    status, said = home.run()

    assert status == 0, said
    assert "::warning::not every source came in" in said
    ((create, body),) = home.asked("pr", "create")
    assert "--draft" not in create
    assert body.startswith(SETTLED)
    assert "turns scripts away" in body
    assert json.loads(home.asked("api", "POST")[0][1])["state"] == "success"
    assert (home.told() / "site" / "index.html").exists()
    assert home.untouched()


def test_the_same_pull_request_says_what_is_true_now(home):
    """The same figures push nothing and open nothing; others take their place, and make it a draft where needed."""
    assert home.send()[0] == 0
    first = home.branch()
    assert home.send()[0] == 0

    assert home.branch() == first
    assert len(home.asked("pr", "create")) == 1
    ((patch, text),) = home.asked("api", "PATCH")
    assert patch[3] == "repos/{owner}/{repo}/pulls/7"
    assert json.loads(text)["body"].startswith(SETTLED)

    assert home.send(draft=True, text="Other\n")[0] == 0

    assert home.shows(INDEX).endswith("Other")
    assert git(home.remote, "rev-list", "--count", f"{home.main}..{NAME}") == "1"
    assert home.asked("pr", "ready")[-1][0][2:] == ["7", "--undo"]
    assert json.loads(home.asked("api", "PATCH")[-1][1])["body"].startswith(NEEDED)
    assert home.untouched()

    assert home.send(text="Other\n")[0] == 0
    assert home.asked("pr", "ready")[-1][0][2:] == ["7"]


@pytest.mark.parametrize("how", [["--amend", "--no-edit"], ["--message", "By hand"]])
def test_a_branch_that_a_person_has_pushed_to_is_left_alone(home, how):
    """Also where the person has amended the commit of a run."""
    assert home.send()[0] == 0
    git(home.story.root, "fetch", "--quiet", "origin", NAME)
    git(home.story.root, "checkout", "--quiet", "FETCH_HEAD")
    home.story.replace(INDEX, "A few pages", "Some pages")
    git(home.story.root, "commit", "--quiet", "--all", *how)
    git(home.story.root, "push", "--quiet", "--force", "origin", f"HEAD:refs/heads/{NAME}")
    git(home.story.root, "checkout", "--quiet", home.main.rpartition("/")[2])
    theirs = home.branch()

    status, said = home.send(text="Other\n")

    assert (status, home.branch()) == (1, theirs)
    assert f"the branch {NAME} holds commits of a person" in said


def test_the_default_branch_is_never_written(home):
    """Not even where it has the name of ours."""
    git(home.remote, "branch", "-m", NAME)
    git(home.remote, "symbolic-ref", "HEAD", f"refs/heads/{NAME}")
    home.main = f"refs/heads/{NAME}"
    status, said = home.send()

    assert (status, home.branch(), home.asked()) == (1, home.began, [])
    assert "is the default branch, which is never written" in said


def test_nothing_new_is_no_pull_request(home, server):
    """It is said, and gh is asked nothing."""
    server.says("/alpha/", Answer(LIST.replace(b"2024", b"2022")))
    status, said = home.run()

    assert status == 0, said
    assert "Nothing new: no pull request" in said
    assert (home.asked(), home.branch()) == ([], "")


def test_where_nothing_came_in_because_a_source_is_down_the_run_is_red(home, server):
    """Nobody would be told otherwise."""
    server.says("/alpha/", Answer(status=403))
    status, said = home.run()

    assert (status, home.asked()) == (3, [])
    assert "::warning::not every source came in" in said


def test_what_an_update_refuses_stands_in_its_log(home, server):
    """Nothing is written, and the run is red."""
    server.says("/alpha/2024", Answer(page(values=(115500, 829300, 244800))))
    status, said = home.run()

    assert (status, home.asked()) == (1, [])
    assert "found 829300, expected at most 300000 USD million" in said


def test_a_pull_request_of_a_fork_is_none_of_ours(home):
    """One whose branch has the same name is not written to."""
    fork = {"number": 6, "isDraft": False, "isCrossRepository": True}
    (home.folder / "notes" / "pulls").write_text(json.dumps([fork]), "utf-8")

    assert home.send()[0] == 0
    assert (len(home.asked("pr", "create")), home.asked("api", "PATCH")) == (1, [])


def test_nothing_is_sent_but_figures_and_texts(home):
    """Whatever read the documents may have made the patch: one of any other file is refused."""
    status, said = home.send(place="build.py")

    assert (status, home.branch(), home.asked()) == (1, "", [])
    assert "found a change of build.py, expected only files of content and data" in said


def test_a_dry_run_says_what_would_be_sent(home, capsys):
    """And sends nothing."""
    home.send()
    before, asked = home.branch(), home.asked()

    assert main(["send", "--dry-run", "--folder", str(home.told().parent)], home.story.root) == 0

    said = capsys.readouterr().out
    assert said.startswith("To be sent as a pull request, ")
    assert f"\n\nT\n\n{SETTLED}\n\n### H\n\n" in said
    assert (home.branch(), home.asked()) == (before, asked)


def test_a_body_that_is_too_long_ends_after_a_section():
    """It says so, and where the rest is."""
    sections = "".join(f"\n\n**Section {number}**: 1\n\n* {'x' * 3000}" for number in range(40))
    body = composed(Proposal("T", "c", draft=True, difference=f"### H{sections}", problems="wrong", down=""), FILES)

    assert MOST - 4000 < len(body) <= MOST
    assert re.search(r"x\n\nThe rest is too long for this page\.\n\nThe figures are", body)


def test_what_a_program_said_is_no_markdown():
    """Words of others call nobody and end no fence."""
    body = composed(Proposal("T", "c", draft=True, difference="### H", problems="~~~~\n@somebody", down=""), "")

    assert "~~~~text\n~ ~ ~~\n@somebody\n~~~~\n" in body
