"""The guard around calls of a story's code, without a story: calls in each other, in threads, and without signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from press import guard
from press.errors import BuildError, Problems
from press.guard import Guarded, begin_build, limit_to
from tests.engine.previewing import PATIENCE, ROOT

PROGRAM = """
import sys, threading, time
from pathlib import Path
sys.path.insert(0, str(Path(sys.argv[1]).parent))
from press import guard

def call(code):
    with guard.Guarded(Path("/"), "the fact", ("story/facts.py", 1)):
        code()

def wait():
    time.sleep(1e6)

def call_aside():
    threading.Thread(target=call, args=(wait,)).start()

guard.GRACE = 1
guard.limit_to(1)
"""


@pytest.fixture(autouse=True)
def _limit():
    """Limit the calls of a test to a second, and those of the next to what they were."""
    limit_to(1)
    yield
    limit_to(guard.LIMIT)
    begin_build()


@pytest.mark.parametrize("way", ["call_aside()", "call(time.time); call_aside()", "guard.TICKS = False; call(wait)"])
def test_a_call_that_no_signal_interrupts_is_ended(way):
    """In another thread, and on a system without such signals, the process ends and tells the stack."""
    command = [sys.executable, "-c", PROGRAM + way, ROOT / "press"]

    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Timeout (0:00:03)!\n")
    assert "in wait\n" in done.stderr


def test_calls_in_other_calls_have_their_own_time(tmp_path):
    """The outer call is told where it is the one that is too long, and the inner is left whole."""
    with (
        pytest.raises(BuildError) as caught,
        Guarded(tmp_path, "the check", ("story/checks.py", 1)),
        Guarded(tmp_path, "the fact", ("story/facts.py", 1)),
    ):
        time.sleep(PATIENCE)

    assert [item.message for item in caught.value.problems] == ["the check takes more than 1 s, the limit"]


def test_code_that_is_interrupted_late_has_its_time_to_end(tmp_path, monkeypatch):
    """A process that had to wait, longer than it has to end, is not ended for it."""
    ended = []
    monkeypatch.setattr(guard, "END", ended.append)
    monkeypatch.setattr(guard, "GRACE", PATIENCE)
    problems, late = Problems(), Guarded(tmp_path, "the fact", ("story/facts.py", 1))

    def call():
        with late:
            late.deadline -= 2 * PATIENCE
            time.sleep(PATIENCE)

    problems.collect(call)

    assert ended == []
    assert [item.message for item in problems] == ["the fact takes more than 1 s, the limit"]


def test_a_signal_that_comes_to_another_thread_is_sent_on(tmp_path, monkeypatch):
    """A timer's signal may reach any thread: where that is not the first, a loop there never hears of it."""
    monkeypatch.setattr(signal, "setitimer", lambda *_: None)
    problems = Problems()

    def call():
        with Guarded(tmp_path, "the fact", ("story/facts.py", 1)):
            while True:
                pass

    problems.collect(call)

    assert [item.message for item in problems] == ["the fact takes more than 1 s, the limit"]


def test_after_a_call_that_was_too_long_there_is_none_in_this_build(tmp_path):
    """A build does not wait for each fact that calls what does not end; the next build begins anew."""
    problems, called = Problems(), []

    def call(name):
        with Guarded(tmp_path, name, ("story/facts.py", 1)):
            called.append(name)
            time.sleep(PATIENCE)

    problems.collect(call, "the fact a")
    problems.collect(call, "the fact b")
    begin_build()
    problems.collect(call, "the fact c")

    assert called == ["the fact a", "the fact c"]
    assert [item.message for item in problems] == [
        f"the fact {name} takes more than 1 s, the limit" for name in ("a", "a", "c")
    ]


def test_the_way_to_end_a_process_is_the_real_one_again_after_a_call(tmp_path):
    """What is replaced while the story's code runs is put back, also after calls in each other."""
    end = os._exit
    with Guarded(tmp_path, "the check", ("a", 1)), Guarded(tmp_path, "the fact", ("a", 1)):
        assert os._exit is not end

    assert os._exit is end
