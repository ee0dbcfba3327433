"""The scripts of the workflows, taken out of them and run: beside a repository, with
programs that stand in for those which reach out.
"""

import json
import subprocess

import pytest

from tests.engine.desk.test_diff import GIT, _surroundings, git  # noqa: F401 - one is a fixture
from tests.engine.serving import Answer
from tests.engine.workflows import FOLDER, Runner, list_scripts
from tools import propose

LOOK, SEND = "update/look/Look", "update/propose/Send"
FIGURES = "update/figures/Update, fix, check, compare"
ADDRESS = "pages/story/Ask for the site's address"
DUE = "due/due/Look, and have the site built anew where a day has passed"
MATCHERS = {
    "pages/story/Show problems at their lines",
    "pages/engine/Show problems at their lines",
    "update/figures/Warn of what is overdue",
}
INSTALLS = {
    f"{job}/Install what the tests draw pictures with"
    for job in ("pages/story", "pages/engine", "long/test")
}
BUILD, SIZE = "pages/story/Build", "pages/story/Tell how large the site is"
URL = "https://github.example/someone/story/pull/7"
TABLE = "data/trade.csv"
BOT = "41898282+github-actions[bot]@users.noreply.github.com"


class Forge:
    """A remote repository, and its newest commit checked out as in a workflow, where the
    steps of *Update* are run.
    """

    def __init__(self, folder):
        self.root, self.remote = folder / "a story", folder / "remote.git"
        bare = [*GIT, "init", "--quiet", "--bare", "--initial-branch=main", self.remote]
        subprocess.run(bare, check=True)
        self.root.mkdir()
        git(self.root, "init", "--quiet", "--initial-branch=main")
        git(self.root, "remote", "add", "origin", f"file://{self.remote}")
        for value in (239, 240):
            self.write(TABLE, f"year,value\n2023,{value}\n")
            self.write("content/en/index.md", "A text.\n")
            git(self.root, "add", "--all")
            git(self.root, "commit", "--quiet", "--message", "As it is")
        git(self.root, "push", "--quiet", "origin", "main")
        git(self.root, "fetch", "--quiet", "--depth=1", "origin", "main")
        self.runner = Runner(folder / "runner", self.root)
        self.runner.stand_in("gh")
        self.has_pull(None)

    def write(self, place, text):
        """Write a file of the story."""
        path = self.root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def has_pull(self, state, head="", *, is_draft=False, of_fork=False):
        """Let there be a pull request from the branch, or none."""
        pull = {
            "number": 7,
            "url": URL,
            "state": state,
            "isDraft": is_draft,
            "headRefOid": head,
            "isCrossRepository": of_fork,
        }
        listed = json.dumps([pull] if state else [])
        self.runner.answer("gh", "pr", "list", says=listed)

    def tip(self):
        """Return the commit of the branch; "" where there is none."""
        lines = git(self.remote, "for-each-ref", f"refs/heads/{propose.BRANCH}")
        return lines.split()[0] if lines else ""

    def move_main(self):
        """Commit something else, and push it."""
        self.write("README.md", "More.\n")
        git(self.root, "add", "--all")
        git(self.root, "commit", "--quiet", "--message", "More")
        git(self.root, "push", "--quiet", "origin", "HEAD:main")

    def hand_over(self, value, *, draft=False):
        """Hand figures over, as the step before does."""
        self.write(TABLE, f"year,value\n2023,240\n2024,{value}\n")
        patch = git(self.root, "diff")
        git(self.root, "checkout", "--quiet", TABLE)
        folder = self.runner.temporary / "proposal"
        folder.mkdir(exist_ok=True)
        (folder / "changes.patch").write_text(f"{patch}\n", "utf-8")
        handed = {"text": f"In 2024 it was {value}.", "draft": draft}
        (folder / "proposal.json").write_text(json.dumps(handed), "utf-8")

    def look(self):
        """Look for the branch."""
        return self.runner.run(LOOK)

    def send(self, value=245, *, draft=False):
        """Hand figures over and send them."""
        self.hand_over(value, draft=draft)
        return self.runner.run(SEND)

    def person(self, *command):
        """Let a person do something on the branch, and push it."""
        git(self.root, "fetch", "--quiet", "origin", propose.BRANCH)
        git(self.root, "checkout", "--quiet", "--detach", "FETCH_HEAD")
        git(self.root, *command)
        place = f"HEAD:refs/heads/{propose.BRANCH}"
        git(self.root, "push", "--quiet", "--force", "origin", place)
        git(self.root, "checkout", "--quiet", "main")


@pytest.fixture
def forge(tmp_path):
    """Return a repository beside its remote one."""
    return Forge(tmp_path)


@pytest.fixture
def runner(tmp_path):
    """Return a runner in a folder without a story."""
    (tmp_path / "work").mkdir()
    return Runner(tmp_path, tmp_path / "work")


def test_every_script_is_run_here():
    """A new one that is more than a call of make needs a test of its own."""
    assert list_scripts().keys() == {
        *(LOOK, FIGURES, SEND, ADDRESS, BUILD, SIZE, DUE),
        *MATCHERS,
        *INSTALLS,
    }


# What Update does with its branch


def test_where_there_is_no_branch_it_is_free_and_made(forge):
    """One commit with the figures, as a pull request."""
    looked = forge.look()
    sent = forge.send()

    assert (looked.status, looked.outputs) == (0, {"free": "true"})
    assert sent.status == 0, sent.said
    (asked,) = forge.runner.asked("gh", "pr", "create")
    title = ["--title", "New figures", "--body", "In 2024 it was 245."]
    assert asked[3:] == ["--head", propose.BRANCH, *title]
    assert git(forge.remote, "show", f"{forge.tip()}:{TABLE}").endswith("2024,245")
    assert git(forge.remote, "rev-parse", f"{forge.tip()}~") == git(
        forge.remote, "rev-parse", "main"
    )
    author = git(forge.remote, "log", "-1", "--format=%an/%cn", forge.tip())
    assert author == "github-actions[bot]/github-actions[bot]"


def test_a_branch_that_nobody_has_touched_is_made_anew(forge):
    """It holds the newer figures alone, on the newest commit; its pull request tells
    them, and is a draft where words need a person now.
    """
    forge.send()
    first = forge.tip()
    forge.has_pull("OPEN", first)
    forge.move_main()
    looked = forge.look()
    sent = forge.send(246, draft=True)

    assert (looked.status, looked.outputs) == (0, {"free": "true"})
    assert (sent.status, forge.tip() != first) == (0, True), sent.said
    assert git(forge.remote, "rev-list", "--count", f"main..{forge.tip()}") == "1"
    assert git(forge.remote, "rev-list", "--count", f"{forge.tip()}..main") == "0"
    assert git(forge.remote, "show", f"{forge.tip()}:{TABLE}").endswith("2024,246")
    assert len(forge.runner.asked("gh", "pr", "create")) == 1
    assert forge.runner.asked("gh", "pr", "ready") == [
        ["gh", "pr", "ready", "7", "--undo"]
    ]
    (edited,) = forge.runner.asked("gh", "api")
    assert edited[-1] == "body=In 2024 it was 246."
    assert "repos/{owner}/{repo}/pulls/7" in edited


def test_what_is_proposed_already_is_not_pushed_again(forge):
    """Until the default branch has moved, with which it may not fit any more."""
    forge.send()
    first = forge.tip()
    forge.has_pull("OPEN", first)
    again = forge.send()
    second = forge.tip()
    forge.move_main()
    moved = forge.send()

    assert (again.status, second) == (0, first)
    assert f"::notice::{URL} proposes just this already" in again.said
    assert (moved.status, forge.tip() != first) == (0, True), moved.said


PERSONS = {
    "a commit on top": ["commit", "--allow-empty", "--quiet", "--message=Mended"],
    "a commit amended": ["commit", "--amend", "--allow-empty", "--no-edit", "--quiet"],
    "a commit that is another": ["checkout", "--quiet", "--detach", "origin/main"],
    "a commit moved": ["rebase", "--quiet", "origin/main"],
    "a commit moved by a namesake": [
        *("-c", "user.name=github-actions[bot]", "-c", f"user.email={BOT}"),
        *("rebase", "--quiet", "--reset-author-date", "origin/main"),
    ],
    "main merged": ["merge", "--quiet", "--no-edit", "origin/main"],
}


@pytest.mark.parametrize(
    ("what", "state"),
    [*((what, "OPEN") for what in PERSONS), ("a commit on top", "CLOSED")],
)
def test_what_a_person_has_pushed_is_left_alone(forge, what, state):
    """The run ends well, before anything is fetched, and says what it waits for; so
    does one that was under way.
    """
    forge.send()
    forge.move_main()
    git(forge.root, "fetch", "--quiet", "origin")
    forge.person(*PERSONS[what])
    touched = forge.tip()
    forge.has_pull(state, touched)
    looked = forge.look()
    sent = forge.send(246)

    assert (looked.status, looked.outputs) == (0, {"free": "false"})
    assert "::notice::The branch new-figures" in looked.said
    assert "merge it or delete it" in looked.said
    assert (sent.status, forge.tip()) == (0, touched)
    assert len(forge.runner.asked("gh", "pr", "create")) == 1
    assert forge.runner.asked("gh", "api") == []


@pytest.mark.parametrize("is_all", [True, False], ids=["all", "not what came later"])
def test_what_was_merged_is_no_loss(forge, is_all):
    """A merged branch need not be deleted, whoever had pushed to it, unless something
    was pushed after it was merged.
    """
    forge.send()
    forge.person("commit", "--allow-empty", "--quiet", "--message=Mended")
    touched = forge.tip()
    forge.has_pull("MERGED", touched if is_all else "0" * 40)
    looked = forge.look()
    sent = forge.send(246)

    assert looked.outputs == {"free": "true" if is_all else "false"}
    assert (sent.status, forge.tip() != touched) == (0, is_all), sent.said
    assert len(forge.runner.asked("gh", "pr", "create")) == 1 + is_all


def test_what_was_closed_is_not_proposed_again_until_something_is_new(forge):
    """A person who closes a pull request has said no to what it tells."""
    forge.send()
    first = forge.tip()
    forge.has_pull("CLOSED", first)
    forge.move_main()
    same = forge.send()
    tip = forge.tip()
    other = forge.send(246)

    assert (same.status, tip) == (0, first)
    assert f"::notice::{URL} proposed just this and was closed" in same.said
    assert (other.status, forge.tip() != first) == (0, True), other.said
    assert len(forge.runner.asked("gh", "pr", "create")) == 2


def test_a_pull_request_of_a_fork_is_another(forge):
    """Its branch may have the same name."""
    forge.send()
    forge.has_pull("OPEN", forge.tip(), of_fork=True)
    sent = forge.send(246)

    assert sent.status == 0, sent.said
    assert len(forge.runner.asked("gh", "pr", "create")) == 2


@pytest.mark.parametrize("was_there", [False, True], ids=["none", "one of before"])
def test_where_the_pull_request_is_refused_the_branch_is_as_it_was(forge, was_there):
    """The run fails and says why; the next one can do it."""
    if was_there:
        forge.send(244)
        forge.has_pull("MERGED", forge.tip())
    before = forge.tip()
    why = "GitHub Actions is not permitted to create pull requests"
    forge.runner.answer("gh", "pr", "create", complains=why, status=1)
    refused = forge.send()
    after = forge.tip()
    forge.runner.answer("gh", "pr", "create", says=URL)
    sent = forge.send()

    assert (refused.status, after) == (1, before)
    assert why in refused.said
    assert "Allow GitHub Actions to create and approve pull requests" in refused.said
    assert (sent.status, forge.tip() != before) == (0, True), sent.said


def test_where_the_open_pull_request_cannot_be_told_the_branch_is_as_it_was(forge):
    """Branch and text belong together."""
    forge.send()
    first = forge.tip()
    forge.has_pull("OPEN", first)
    forge.runner.answer("gh", "api", complains="no", status=1)
    refused = forge.send(246)

    assert (refused.status, forge.tip()) == (1, first)


def test_where_the_branch_cannot_be_taken_back_both_reasons_are_said(forge):
    """As where a person has pushed to it in the very moment, whose commit stays."""
    place = f"refs/heads/{propose.BRANCH}"
    person = ["git", "-C", str(forge.remote), "update-ref", place, "main"]
    forge.runner.answer("gh", "pr", "create", complains="no", status=1, does=person)
    sent = forge.send()

    assert (sent.status, forge.tip()) == (1, git(forge.remote, "rev-parse", "main"))
    assert "gh pr says: no" in sent.said
    assert "git push says: " in sent.said
    assert "has what was pushed: look at it" in sent.said


def test_what_a_person_pushes_meanwhile_is_not_written_over(forge):
    """The branch is looked at, then pushed: in between it may change."""
    forge.send()
    git(forge.remote, "branch", "meanwhile", "main")
    place = f"refs/heads/{propose.BRANCH}"
    forge.runner.answer(
        *("gh", "pr", "list"),
        says="[]",
        does=["git", "-C", str(forge.remote), "update-ref", place, "meanwhile"],
    )
    sent = forge.send(246)

    assert (sent.status, forge.tip()) == (1, git(forge.remote, "rev-parse", "main"))
    assert len(forge.runner.asked("gh", "pr", "create")) == 1


def test_without_gh_nothing_is_pushed(forge):
    """Nor where GitHub does not answer."""
    forge.runner.answer("gh", "--version", complains="broken", status=1)
    sent = forge.send()

    assert (sent.status, forge.tip()) == (1, "")
    assert "gh --version says: broken" in sent.said


# The other scripts


def test_what_a_person_asks_an_update_for_is_handed_on(runner):
    """Each name and figure as one word, whatever stands in it."""
    (runner.work / ".venv/bin").mkdir(parents=True)
    runner.stand_in("python")
    program = runner.temporary.parent / "programs/python"
    program.rename(runner.work / ".venv/bin/python")
    ran = runner.run(FIGURES, only="one two", since="2026-01; date", answer="a/b $(c)")
    plain = runner.run(FIGURES)

    assert (ran.status, plain.status) == (0, 0), ran.said
    asked, none = runner.asked("python", "-m", "tools.propose")
    folder = str(runner.temporary / "proposal")
    begins = ["python", "-m", "tools.propose", "--step", "figures", "--folder", folder]
    wanted = ["--since", "2026-01; date", "--only", "one", "--only", "two"]
    assert asked == [*begins, *wanted, "--answer", "a/b", "--answer", "$(c)"]
    assert none == begins


def test_the_site_is_built_for_its_address(runner):
    """Which GitHub says, custom domain included."""
    runner.stand_in("gh")
    runner.answer("gh", "api", "repos/someone/story/pages", says="https://a.example/\n")

    assert runner.run(ADDRESS) == (0, "", {"address": "https://a.example/"})


def test_where_pages_is_off_it_is_said_how_to_switch_it_on(runner):
    """In place of a site that links to nowhere."""
    runner.stand_in("gh")
    runner.answer("gh", "api", status=1)
    ran = runner.run(ADDRESS)

    assert (ran.status, ran.outputs) == (1, {})
    assert "::error::Pages is off: under Settings" in ran.said


def test_a_published_build_is_strict_and_knows_the_day(runner):
    """Nothing else asks the clock."""
    runner.stand_in("make", "date")
    runner.answer("date", "-u", "+%F", says="2026-11-26\n")
    ran = runner.run(BUILD, address="https://a.example/")

    assert ran.status == 0, ran.said
    words = "--strict --day 2026-11-26"
    address = "BASE_URL=https://a.example/"
    assert runner.asked("make") == [["make", "site", address, f"ARGS={words}"]]


def test_the_size_of_the_site_is_told(runner):
    """Beside the run."""
    (runner.work / "site").mkdir()
    (runner.work / "site/index.html").write_bytes(bytes(50_000))

    assert runner.run(SIZE).status == 0
    assert runner.summary.read_text("utf-8").startswith("The site is ")


@pytest.mark.parametrize("key", sorted(MATCHERS))
def test_matchers_are_files_of_the_repository(runner, key):
    """They are read by the runner of GitHub."""
    ran = runner.run(key)
    name = ran.said.strip().removeprefix("::add-matcher::.github/")

    assert ran.status == 0
    assert json.loads((FOLDER.parent / name).read_text("utf-8"))["problemMatcher"]


@pytest.mark.parametrize("key", sorted(INSTALLS))
def test_what_the_tests_need_is_installed_or_the_run_fails(runner, key):
    """From lists that are up to date."""
    runner.stand_in("sudo")
    done = runner.run(key)
    asked = runner.asked("sudo")
    runner.answer("sudo", "apt-get", "-qq", "update", status=100)

    assert (done.status, runner.run(key).status) == (0, 100)
    assert asked == [
        ["sudo", "apt-get", "-qq", "update"],
        ["sudo", "apt-get", "-qq", "install", "--yes", "librsvg2-bin"],
    ]


PROMISE = {"name": "trade", "refresh": {"how": "By hand.", "next_due": "2026-11-25"}}
NONE = {"name": "trade", "refresh": {"how": "By hand."}}


@pytest.mark.parametrize(
    ("today", "package", "said"),
    [
        pytest.param("2026-11-26", PROMISE, "trade by 2026-11-25", id="passed"),
        pytest.param("2026-11-25", PROMISE, "", id="the day itself"),
        pytest.param("2026-11-26", NONE, "", id="no promise"),
        pytest.param("2026-11-26", {"name": "sources"}, "", id="no calendar"),
    ],
)
def test_a_site_that_promises_a_day_that_has_passed_is_built_anew(
    runner, server, today, package, said
):
    """By the workflow that publishes it, which is started once; no other is."""
    runner.stand_in("gh", "date")
    runner.answer("date", "-u", "+%F", says=f"{today}\n")
    runner.answer("gh", "api", "repos/someone/story/pages", says=f"{server.address}/\n")
    body = json.dumps({"resources": [package]}).encode()
    server.says("/data/datapackage.json", Answer(body))
    ran = runner.run(DUE, **{"default_branch || 'main'": "trunk"})

    assert ran.status == 0, ran.said
    assert (said in ran.said, bool(ran.said)) == (True, bool(said))
    started = [["gh", "workflow", "run", "pages.yml", "--ref", "trunk"]]
    assert runner.asked("gh", "workflow") == (started if said else [])


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param(Answer(status=404), "", id="not published yet"),
        pytest.param(Answer(status=503), "::warning::", id="busy"),
        pytest.param(Answer(b"<html>"), "::warning::", id="something else"),
    ],
)
def test_a_site_that_says_nothing_is_left_alone(runner, server, answer, said):
    """Nobody is written to for a site that is not there, or not now."""
    runner.stand_in("gh")
    runner.answer("gh", "api", says=server.address)
    server.says("/data/datapackage.json", answer)
    ran = runner.run(DUE)

    assert (ran.status, runner.asked("gh", "workflow")) == (0, [])
    assert (said in ran.said, bool(ran.said)) == (True, bool(said))


def test_without_pages_there_is_nothing_to_build_anew(runner):
    """As in a fork: it is no failure there, day after day."""
    runner.stand_in("gh")
    runner.answer("gh", "api", status=1)
    ran = runner.run(DUE)

    assert (ran.status, runner.asked("gh", "workflow")) == (0, [])
    assert "::notice::Pages is off" in ran.said
