"""Commands that are killed: after the next one, all sources are as they were or as they were to be, never between."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.engine.desk.test_diff import in_repository, with_numbers
from tests.engine.desk.test_import import HEAD, ROWS, SOURCE
from tests.engine.desk.test_name import CHANGES, OUT
from tests.engine.desk.test_record import PAGE, ROW
from tests.engine.desk.test_update import LIST, page
from tests.engine.editions import with_editions
from tests.engine.intake.tables import TABLES
from tests.engine.project import Project
from tests.engine.serving import Answer, serving

HERE = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
# A command of the small story that dies at its nth write to the project; at its end it tells how many there were.
DYING = """
import os, signal, sys
from pathlib import Path
from tests.engine.project import Project
root, last, arguments = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
count = 0
def watch(event, given):
    global count
    if event not in {"open", "os.rename", "os.remove", "os.mkdir"} or root not in str(given[0]):
        return
    if event == "open" and not (set(given[1]) & set("wax+") if given[1] else given[2] & (os.O_WRONLY | os.O_RDWR)):
        return
    if ".cache" in str(given[0]) and "sources" not in str(given[0]):
        return
    count += 1
    if count == last:
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
outcome = Project(Path(root)).run(*arguments)
sys.stderr.write(outcome.err)
print(count)
"""
pytestmark = pytest.mark.skipif(os.name == "nt", reason="nothing is killed so on Windows")


class Command(NamedTuple):
    """A command in a project made ready for it; how often it writes, and the sources that it leaves."""

    folder: Path
    arguments: tuple[str, ...]
    writes: int
    old: dict[str, bytes]
    new: dict[str, bytes]


def run(folder, last, arguments):
    """Run a command in another process, which dies at its nth write; return how it ended and what it printed."""
    command = [sys.executable, "-c", DYING, str(folder), str(last), *arguments]
    done = subprocess.run(command, env=HERE, capture_output=True, text=True, check=False)
    assert done.returncode in {0, -9}, done.stderr
    return done


def ready(built, folder, verb, server):  # noqa: PLR0911 - a return for each verb
    """Make a project in which a command has something to write; return the command's arguments."""
    shutil.copytree(built, folder)
    project = Project(folder)
    for place, text in zip(("data/revisions.toml", "data/revisions.csv"), TABLES["revisions"], strict=True):
        project.write(place, text)
    match verb:
        case "update":
            project.replace("story/sources.py", "http://127.0.0.1:1", server.address)
            return "update", "--only", "alpha"
        case "record":
            return "record", "trade", *ROW, *PAGE
        case "import":
            (folder / "rows.csv").write_text(HEAD + ROWS, "utf-8")
            (folder / "pages.csv").write_text(SOURCE, "utf-8")
            return "import", str(folder / "rows.csv"), str(folder / "pages.csv")
        case "fix":
            project.replace("data/trade.csv", "2023,export,110970,10,", "2023,export,112970,10,")
            project.replace("data/trade.csv", "2023,total,240110,10,", "2023,total,242110,10,")
            project.replace("data/trade.toml", 'value = "240110"', 'value = "242110"')
            return ("fix",)
        case "diff":
            with_numbers(project).write(CHANGES, OUT)
            project.run("build")
            document = json.loads(project.read("site/numbers.json"))
            project.write("numbers.json", json.dumps({**document, "numbers": []}))
            return "diff", str(folder / "numbers.json"), "--name", "again", "--title", "Printed again"
        case "edition":
            with_editions(project)
            in_repository(project)
            return "edition", "one"
        case _:
            return "read", "--accept-without-reading"


@pytest.fixture(scope="module")
def commands(built, tmp_path_factory):
    """Return each command, run once to its end in a copy."""
    made = []
    with serving() as server:
        server.says("/alpha/", Answer(LIST))
        server.says("/alpha/2024", Answer(page()))
        for verb in ("update", "import", "record", "fix", "read", "diff", "edition"):
            folder = tmp_path_factory.mktemp(verb) / "story"
            made.append(tried(folder, ready(built, folder, verb, server)))
        yield made


def tried(folder, arguments):
    """Run a command to its end in a copy; return what it did."""
    ended = folder.with_name("ended")
    shutil.copytree(folder, ended)
    given = [part.replace(str(folder), str(ended)) for part in arguments]
    writes = int(run(ended, 0, given).stdout.splitlines()[-1])
    command = Command(folder, arguments, writes, Project(folder).sources(), Project(ended).sources())
    assert writes > 3, arguments
    changed = [name for name, body in command.new.items() if command.old.get(name) != body]
    assert len(changed) > 1 or changed == [CHANGES], arguments
    return command


@pytest.mark.parametrize("seed", [*range(10), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(10, 200))])
def test_a_command_that_is_killed_leaves_all_or_nothing(commands, tmp_path, seed):
    """Whenever it dies; the next command, whichever it is, finds sources that are whole."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    command = commands[seed % len(commands)]
    folder = tmp_path / "story"
    shutil.copytree(command.folder, folder)
    arguments = [part.replace(str(command.folder), str(folder)) for part in command.arguments]

    killed = run(folder, chance.randint(1, command.writes), arguments)
    after = Project(folder).run("explain")

    assert killed.returncode == -9
    assert after.status == 0, after.err
    assert Project(folder).sources() in (command.old, command.new)
    assert not [path for path in folder.rglob(".*.tmp") if ".cache" not in path.parts]
