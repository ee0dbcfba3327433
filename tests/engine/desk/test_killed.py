"""Commands that are killed: each file is whole, check is green or names the command,
which completes what it began.
"""

import os
import random
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.engine.desk.test_diff import in_repository, with_numbers
from tests.engine.desk.test_import import HEAD, ROWS, SOURCE
from tests.engine.desk.test_record import PAGE, ROW
from tests.engine.desk.test_update import LIST, page
from tests.engine.editions import add_edition_templates
from tests.engine.intake.tables import with_log
from tests.engine.project import Project
from tests.engine.serving import Answer, run_server

HERE = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join(sys.path),
    "CHROME": "none-of-this-computer",
}
# A command of the small story that dies at its nth touch of the sources, or at its nth
# move of one into its place.
DYING = """
import os, signal, sys
from pathlib import Path
from tests.engine.project import Project
root, last, kind, arguments = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4:]
counts = {"touches": 0, "moves": 0}
def watch(event, given):
    if event not in {"open", "os.rename", "os.remove", "os.mkdir"}:
        return
    if root not in str(given[0]) or ".cache" in str(given[0]):
        return
    if event == "open" and not (set(given[1]) & set("wax+") if given[1] else given[2] & (os.O_WRONLY | os.O_RDWR)):
        return
    counts["touches"] += 1
    counts["moves"] += event == "os.rename"
    if counts[kind] == last:
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
outcome = Project(Path(root)).run(*arguments)
sys.stderr.write(outcome.err)
print(*counts.values())
"""
# Tables that contradict each other while a source is new and no row cites it yet, as in
# the story of this repository.
CHECK = """
from press.ground.errors import BuildError, Problem
def check(tables):
    cited = {page for table in tables.values() for row in table.rows for page in row.source_ids}
    alone = [row for row in tables["sources"].rows if row["id"] not in cited]
    if alone:
        raise BuildError([Problem(row.path, row.line, "found a source that nothing cites") for row in alone])
    return []
"""
PUBLISHED = (
    '[[changes]]\nid = "out"\ndate = 2024-02-01\nkind = "published"\ntitle = "It is'
    ' out"\n'
)
REVISED = "2023,import,129130,10,gamma-2025\n2022,total,190300,10,gamma-2025\n"
VERBS = {
    "import": ("trade.csv", "sources.csv"),
    "record": ("trade", *ROW, *PAGE),
    "fetch": ("--only", "alpha"),
    "fix": (),
    "read": (
        "--accept",
        "content/en/index.md",
        "content/en/words.toml",
        "data/trade.toml",
    ),
    "diff": ("--name", "again", "--title", "Printed again"),
    "edition": ("one",),
    "build": (),
}
QUICK = {"import", "fix", "read", "build"}
# at random, in the long tests: of all verbs in turn, and of one alone
KILLS, READS = 200, 100
pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="nothing is killed so on Windows"
)


class Command(NamedTuple):
    """A command in a project made ready for it; how often it touches sources or moves
    them, and what it leaves.
    """

    folder: Path
    arguments: tuple[str, ...]
    touches: int
    moves: int
    old: dict[str, bytes]
    new: dict[str, bytes]

    def copied(self, folder, pool):
        """Return the project in another folder, and the arguments there."""
        shutil.copytree(self.folder, folder)
        return Project(folder, pool), [
            part.replace(str(self.folder), str(folder)) for part in self.arguments
        ]


def files(project):
    """Return sources and site, without drafts and the build's notes."""
    everything = {
        **project.sources(),
        **{f"site/{place}": body for place, body in project.published().items()},
    }
    return {name: body for name, body in everything.items() if "/." not in name}


def run(folder, last, kind, arguments):
    """Run a command in another process, which dies at its nth touch or move; return how
    it ended.
    """
    command = [sys.executable, "-c", DYING, str(folder), str(last), kind, *arguments]
    done = subprocess.run(
        command, env=HERE, capture_output=True, text=True, check=False
    )
    assert done.returncode in {0, -9}, done.stderr
    return done


def ready(project, verb, server):
    """Make a project in which a command has something to write; return the command's
    arguments.
    """
    with_log(project)
    project.write("story/checks.py", CHECK)
    more = project.read("content/en/index.md")
    match verb:
        case "fetch":
            project.replace("story/sources.py", "http://127.0.0.1:1", server.address)
        case "import":
            project.write("trade.csv", f"{HEAD}{ROWS}{REVISED}")
            project.write("sources.csv", SOURCE)
        case "fix":
            project.replace(
                "data/trade.csv", "2023,export,110970,10,", "2023,export,112970,10,"
            )
            project.replace(
                "data/trade.csv", "2023,total,240110,10,", "2023,total,242110,10,"
            )
            project.replace("data/trade.toml", 'value = "240110"', 'value = "242110"')
            project.write("content/en/more.md", more)
        case "read":  # some of it is approved
            assert project.run("read", "--accept", "content/en/sources.md").status == 0
        case "diff":
            with_numbers(project).write("content/en/changes.toml", PUBLISHED)
            in_repository(project)
            project.replace("content/en/index.md", "trade came to", "all trade came to")
        case "edition":
            add_edition_templates(project)
            in_repository(project)
        case "build":
            assert project.run("build").status == 0
            project.write("content/en/more.md", more)
    return "import" if verb == "fetch" else verb, *(
        f"{project.root}/{part}" if "." in part and verb == "import" else part
        for part in VERBS[verb]
    )


@pytest.fixture(autouse=True)
def _same_surroundings(monkeypatch):
    """Run commands here with what those in processes of their own run with."""
    for name in ("PYTHONPATH", "CHROME"):
        monkeypatch.setenv(name, HERE[name])


@pytest.fixture(scope="module")
def command(built, tmp_path_factory, pool):
    """Return a function that gives the command of a verb, run once to its end in a
    copy.
    """
    with run_server() as server:
        server.says("/alpha/", Answer(LIST))
        server.says("/alpha/2024", Answer(page()))

        @cache
        def made(verb):
            project = Project(
                shutil.copytree(built, tmp_path_factory.mktemp(verb) / "story"), pool
            )
            begun = Command(project.root, ready(project, verb, server), 0, 0, {}, {})
            ended, arguments = begun.copied(project.root.with_name("ended"), pool)
            touches, moves = map(
                int,
                run(ended.root, -1, "moves", arguments).stdout.splitlines()[-1].split(),
            )
            assert files(project) != files(ended)
            return begun._replace(
                touches=touches, moves=moves, old=files(project), new=files(ended)
            )

        yield made


def assert_sound_and_completed(command, project, arguments):
    """Each file is whole; check is green or names the command, which is run again and
    ends as an undisturbed one.
    """
    verb, found = arguments[0], files(project)
    assert [
        name
        for name, body in found.items()
        if body not in {command.old.get(name), command.new.get(name)}
    ] == []
    checked = project.run("check")
    named = f"{verb} was ended before it had written all: run it again" in checked.err
    assert named or checked.status == 0 or found in (command.old, command.new), (
        checked.err
    )

    again = project.run(*arguments)

    assert files(project) == command.new
    # an edition that is there stays as it is
    assert again.err == "" or found == command.new
    assert [path for path in project.root.rglob(".*") if "draft-of" in path.name] == []


@pytest.mark.parametrize(
    "verb",
    [
        verb if verb in QUICK else pytest.param(verb, marks=pytest.mark.long)
        for verb in VERBS
    ],
)
def test_a_command_killed_at_a_move_is_completed_by_the_next(
    command, tmp_path, pool, verb
):
    """At each move of a source into its place; of a build's at some."""
    killed = command(verb)
    for move in range(1, killed.moves + 1, max(1, killed.moves // 3)):
        project, arguments = killed.copied(tmp_path / str(move), pool)

        assert run(project.root, move, "moves", arguments).returncode == -9
        assert_sound_and_completed(killed, project, arguments)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(KILLS + READS))
def test_a_command_killed_at_any_touch_is_completed_by_the_next(
    command, tmp_path, pool, seed
):
    """Whenever it dies while it writes."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    killed = command(list(VERBS)[seed % len(VERBS)] if seed < KILLS else "read")
    project, arguments = killed.copied(tmp_path / "story", pool)

    assert (
        run(
            project.root, chance.randint(1, killed.touches), "touches", arguments
        ).returncode
        == -9
    )
    assert_sound_and_completed(killed, project, arguments)
