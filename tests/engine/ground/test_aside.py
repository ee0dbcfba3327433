"""What a copy of the process makes meanwhile, and what is made here where a copy fails."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time

import pytest

from press.ground.aside import aside
from press.ground.guard import NOTING

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is copied")
HERE = os.getpid()
FAILING = {
    "raises": lambda: 1 / 0,
    "exits": sys.exit,
    "is ended": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "makes no data": lambda: lambda: 0,
    "takes long": lambda: NOTING.note(limit=1, call=["it", "story/x.py", 1, time.monotonic(), 0]) or time.sleep(60),
}
ORPHAN = """
import os, signal, time
from press.ground.aside import aside
def make(tell):
    tell("begun")
    while True: time.sleep(1)
    yield
next(aside(make, lambda _: os.kill(os.getpid(), signal.SIGKILL), dict))
"""


@pytest.fixture(autouse=True)
def _notes_of_others_stay(monkeypatch):
    monkeypatch.setattr(NOTING, "opened", {})


def test_a_copy_makes_it_and_tells_of_it():
    """All that it yields and reports comes in order, and the files that it has opened; then it rests."""

    def make(tell):
        NOTING.opened["/data"] = (1,)
        for number in range(2):
            tell(f"making {number}")
            yield number, os.getpid() == HERE

    came, (end, write) = [], os.pipe()
    came.extend(aside(make, came.append, lambda: os.write(write, b"rested")))

    assert came == ["making 0", (0, False), "making 1", (1, False)]
    assert os.read(end, 6) == b"rested"
    assert NOTING.opened["/data"] == (1,)
    assert {module.__file__ for module in (pytest, os)} <= NOTING.opened.keys()


@pytest.mark.parametrize("what", FAILING)
def test_where_a_copy_fails_it_is_made_here(what):
    """Whatever ends the copy, or takes long in the story's code."""

    def make(_tell):
        yield FAILING[what]() if os.getpid() != HERE else "made"

    assert [*aside(make, print, dict)] == ["made"]
    assert not multiprocessing.active_children()


def test_a_copy_ends_with_the_process():
    """However that ends."""
    done = subprocess.run([sys.executable, "-c", ORPHAN], stdout=subprocess.PIPE, timeout=60, check=False)

    assert done.returncode == -signal.SIGKILL  # and nobody else held its output open
