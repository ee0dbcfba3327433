"""``press new`` that is killed: there is no story or a whole one, and the next run
writes it.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.engine.project import files_in

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="nothing is killed so on Windows"
)
# Runs a command in one copy of this process after another, each of which dies one touch
# of a file later than the one before; keeps what is there then beside what is there
# after the command has been run once more. What the command starts is no part of that:
# a check finds nothing wrong.
DYING = """
import itertools, os, shutil, signal, subprocess, sys
from pathlib import Path
from press.desk import commands
base, case, spared = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
TOUCHES = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir"}

def begin(home):
    home.mkdir()
    if case == "new in an empty folder":
        (home / "story").mkdir()

def started(command, **_):
    return subprocess.CompletedProcess(command, 0, "", "")

def run(dies):
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1]
    os.chdir(home)
    subprocess.run, left = started, dies
    sys.argv = ["press", "new", "story"]

    def watch(event, given):
        nonlocal left
        if event not in TOUCHES or str(home) not in str(given[0]):
            return
        if event == "open" and not (set(given[1]) & set("wax+") if given[1] else given[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    os._exit(commands.main())

# here: else each copy would prepare anew for its first run
subprocess.run, sys.argv = started, ["press", "new", str(base / "first")]
commands.main()
for number in itertools.count(1, spared):
    home = base / str(number)
    begin(home)
    if run(number) == 0:
        break
    shutil.copytree(home, base / f"{number} killed")
    run(-1)
print(number)
"""
CASES = ["new", "new in an empty folder"]
FEW = 9  # of so many touches one is the last where there are many


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
    found = files_in(home / "story") if (home / "story").exists() else {}
    return {
        place: body
        for place, body in found.items()
        if not place.startswith((".cache/", "__pycache__/"))
    }


@pytest.mark.parametrize(
    ("case", "spared"),
    [
        *((case, FEW) for case in CASES),
        *(pytest.param(case, 1, marks=pytest.mark.long) for case in CASES),
    ],
)
def test_a_killed_command_leaves_no_story_or_a_whole_one(tmp_path, case, spared):
    """At whichever touch of a file it dies; the next run writes the story."""
    homes, new = killed(tmp_path, case, spared)

    assert len(homes) * spared >= 12
    for home in homes:
        assert whole(home.left) in ({}, new), home.left
        assert whole(home.completed) == new, home.completed
