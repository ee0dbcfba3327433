"""What is said while a command works: on a terminal one line that moves, elsewhere
plain lines.
"""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from press.desk import start
from press.desk.teller import CLEAR, TerminalWriter, report_problems, report_refusal
from press.ground.errors import BuildError, Problem, ToldError
from press.ground.steps import Step

ROOT = Path(__file__).resolve().parents[3]
FULL = Path("/dev/full")
WIDTH = 20
PATIENCE = 600  # seconds, on a busy machine
END = "<end>"
SHOWN = "drawing 1/2: a"


@pytest.fixture
def terminal(monkeypatch):
    """Return a function that makes standard output and standard error one terminal, and
    returns what reads it.
    """
    keeper, own = pty.openpty()
    fcntl.ioctl(own, termios.TIOCSWINSZ, struct.pack("HHHH", 24, WIDTH, 0, 0))
    for name in ("COLUMNS", "TERM"):
        monkeypatch.delenv(name, raising=False)

    def begin():  # in the test itself: pytest puts its own streams in place before each
        # the width is asked of the last
        for name in ("stdout", "stderr", "__stdout__"):
            monkeypatch.setattr(sys, name, stream)
        return sent

    def sent():
        stream.write(END)
        stream.flush()
        got = ""
        while not got.endswith(END):  # it comes through a little later, and in parts
            assert select.select([keeper], [], [], PATIENCE)[0], (
                f"nothing more came after {got!r}"
            )
            got += os.read(keeper, 10_000).decode()
        return got.removesuffix(END).replace("\r\n", "\n")

    with os.fdopen(own, "w", encoding="utf-8") as stream:
        yield begin
        monkeypatch.undo()
    os.close(keeper)


def test_a_terminal_shows_one_step_at_a_time(terminal):
    """Each step takes the place of the one before, and a line that stays begins where
    the last step stood.
    """
    sent, say = terminal(), TerminalWriter()
    for line in (Step(SHOWN), Step("drawing 2/2: b"), "4 proved", "site/: 7 written"):
        say(line)

    assert sent() == f"{SHOWN}{CLEAR}drawing 2/2: b{CLEAR}4 proved\nsite/: 7 written\n"


def test_a_step_is_cut_to_the_width_of_the_terminal(terminal):
    """A longer one would begin a second line, which nothing takes away; other lines are
    left whole.
    """
    sent, say = terminal(), TerminalWriter()
    say(Step("x" * 3 * WIDTH))
    say("y" * 3 * WIDTH)

    assert sent() == f"{'x' * (WIDTH - 1)}{CLEAR}{'y' * 3 * WIDTH}\n"


@pytest.mark.parametrize("wrong", [False, True])
def test_no_step_is_left_on_a_terminal(terminal, tmp_path, monkeypatch, wrong):
    """At the end of a command, and before its problems, the step that was under way has
    gone.
    """

    def build(order):
        order.report(Step(SHOWN))
        if wrong:
            raise BuildError([Problem("a.md", 1, "found nothing")])
        raise KeyboardInterrupt

    sent = terminal()
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    start.run(["check"], tmp_path, build)

    rest = (
        "a.md:1: found nothing\n\n1 problem; site/ is as it was.\n"
        if wrong
        else "interrupted\n"
    )
    assert sent() == f"{SHOWN}{CLEAR}{rest}"


def test_a_file_gets_a_line_for_each_step(capsys):
    """Where output goes to a file or to another program, steps are lines
    as all else.
    """
    say = TerminalWriter()
    for line in (Step(SHOWN), "4 proved"):
        say(line)
    say.clear()

    assert capsys.readouterr().out == f"{SHOWN}\n4 proved\n"


def test_a_terminal_that_takes_no_line_away_gets_lines(terminal, monkeypatch):
    """A terminal that says that it is dumb would show the signs that clear a line."""
    monkeypatch.setenv("TERM", "dumb")
    sent, say = terminal(), TerminalWriter()
    for line in (Step(SHOWN), "4 proved"):
        say(line)

    assert sent() == f"{SHOWN}\n4 proved\n"


def test_what_others_write_gives_a_terminal_no_orders(capsys):
    """A page of a publisher may hold them."""
    order = "\x1b]0;title\x07\x9b31m\r"
    TerminalWriter()(f"{order}a\n\tb")
    report_problems(BuildError([Problem("a.md", 1, order)]))
    report_refusal(order, order)
    told = capsys.readouterr()

    assert told.out == "\\x1b]0;title\\x07\\x9b31m\\ra\n\tb\n"
    assert not {*order} - {*"]0;title31m"} & {*told.err}
    assert told.err.count("\\x1b]0;title") == 3


def test_an_output_that_takes_no_more_is_told(monkeypatch):
    """A full disk is no mistake of the engine."""
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123 - a device
        monkeypatch.setattr(sys, "stdout", full)
        with pytest.raises(ToldError, match="takes no more: No space left on device"):
            TerminalWriter()("a line")
        monkeypatch.undo()
        with contextlib.suppress(OSError):
            full.close()


@pytest.mark.skipif(not FULL.exists(), reason="there is no such device")
@pytest.mark.parametrize("verb", [["--help"], ["check", "--help"], ["new", "story"]])
def test_every_verb_tells_of_an_output_that_takes_no_more(tmp_path, verb):
    """Help, too, which click prints."""
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "press", *verb],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert (done.returncode, done.stderr) == (
        1,
        (
            "found a standard output that takes no more: No space left on device\n"
            "    hint: send it where there is room\n"
        ),
    )
