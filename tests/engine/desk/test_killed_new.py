"""``press new`` and ``press upgrade`` that are killed: what was there or what is new,
and the next run completes it.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.engine.project import read_files_below

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="nothing is killed so on Windows"
)
# Runs a command in one copy of this process after another, each of which dies one touch
# of a file later than the one before; keeps what is there then beside what is there
# after the command has been run once more. What the command starts is no part of that:
# a check finds nothing wrong, and pip puts a newer engine there.
DYING = """
import itertools, os, shutil, signal, subprocess, sys
from pathlib import Path
from press.desk import commands, upgrading
base, case, spared = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
TOUCHES = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir"}
FILES = {"build.py": "starter/files/build.py.jinja", "Makefile": "starter/files/Makefile.jinja",
         "requirements.txt": "requirements.txt"}

def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")

def begin(home):
    home.mkdir()
    if case == "new in an empty folder":
        (home / "story").mkdir()
    if case.startswith("upgrade"):
        write(home / "story/engine.txt", "../engine\\n")
        for name, place in FILES.items():
            old = f"def build(order):\\n    return {name!r}\\n"
            write(home / "story" / name, "" if (name, case) == ("build.py", "upgrade of an empty build") else old)
            write(home / "engine" / place, old)

def started(command, **_):
    if "pip" in command:
        for name, place in FILES.items():
            write(home / "engine" / place, f"def build(order):\\n    return {name!r}, 'new'\\n")
    return subprocess.CompletedProcess(command, 0, "", "")

def run(dies):
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1]
    os.chdir(home / "story" if case.startswith("upgrade") else home)
    subprocess.run, upgrading.ENGINE, left = started, home / "engine", dies
    sys.argv = ["press", "upgrade"] if case.startswith("upgrade") else ["press", "new", "story"]

    def watch(event, given):
        nonlocal left
        if event not in TOUCHES or str(home) not in str(given[0]) or "/engine/" in str(given[0]):
            return
        if event == "open" and not (set(given[1]) & set("wax+") if given[1] else given[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    os._exit(commands.run_in_current_folder())

if case.startswith("new"):  # here: else each copy would prepare anew for its first run
    subprocess.run, sys.argv = started, ["press", "new", str(base / "first")]
    commands.run_in_current_folder()
for number in itertools.count(1, spared):
    home = base / str(number)
    begin(home)
    if run(number) == 0:
        break
    shutil.copytree(home, base / f"{number} killed")
    run(-1)
print(number)
"""
NEW, UPGRADE = (
    ["new", "new in an empty folder"],
    ["upgrade", "upgrade of an empty build"],
)
FEW = 18  # of so many touches one is the last where there are many


class Killed(NamedTuple):
    """What a killed command has left, and what is there when it has been run again."""

    left: Path
    completed: Path


def killed(folder, case, spared):
    """Run a command that is killed, again and again; return what each left, and what
    one that is not killed makes.
    """
    command = [sys.executable, "-c", DYING, str(folder), case, str(spared)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    last = int(done.stdout.splitlines()[-1])
    homes = [
        Killed(folder / f"{number} killed", folder / str(number))
        for number in range(1, last, spared)
    ]
    return homes, whole(folder / str(last))


def whole(home):
    """Return the files of the story in a folder, but those of its caches, and what
    Python was compiling; no other file of it has anything to say.
    """
    found = read_files_below(home / "story") if (home / "story").exists() else {}
    return {
        place: body
        for place, body in found.items()
        if not place.startswith((".cache/", "__pycache__/"))
    }


def drafts(home):
    """Return what a command was about to write, wherever it lies."""
    return [path for path in home.rglob(".*") if "draft-of" in path.name]


@pytest.mark.parametrize(
    ("case", "spared"),
    [
        *((case, 1) for case in UPGRADE),
        *((case, FEW) for case in NEW),
        *(pytest.param(case, 1, marks=pytest.mark.long) for case in NEW),
    ],
)
def test_a_killed_command_leaves_what_was_there_or_what_is_new(tmp_path, case, spared):
    """At whichever touch of a file it dies: each file is the old one or the new one,
    and the next run does the rest.
    """
    homes, new = killed(tmp_path, case, spared)
    old = (
        {}
        if case.startswith("new")
        else {**dict.fromkeys(new, None), **whole(homes[0].left)}
    )

    assert len(homes) * spared >= 12
    for home in homes:
        left = {
            place: body
            for place, body in whole(home.left).items()
            if "draft-of" not in place
        }
        if case.startswith("new"):
            assert left in ({}, new), home.left
        assert [
            place for place in left if left[place] not in {old.get(place), new[place]}
        ] == []
        assert whole(home.completed) == new, home.completed
        assert drafts(home.completed) == [], home.completed
