"""The process that a person starts: the work is done by a child, and what story code does to that becomes a problem."""

from __future__ import annotations

import json
import mmap
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

if sys.platform == "win32":
    import msvcrt

SIZE = 1 << 20  # bytes for a note and the stacks of all threads
SOON = 1  # seconds between two looks at a child that has noted no limit yet
GRACE = 5  # seconds that faulthandler has to write the stacks


def run(root: Path, variable: str, seen: Sequence[str]) -> int:
    """Do what the command line says in a child process; return its exit status.

    An environment ``variable`` tells the child that it is one, and what was ``seen``.

    Where story code has ended the child, or had to be ended, another is given the problem: it tells it and does nothing
    else; a preview goes on at the next save. Where a signal has ended the child it ends this process, too.
    """
    given: dict[str, Any] = {"seen": seen}
    while True:
        child = _Child(root, variable, given)
        child.wait()
        if not (problem := child.problem()):
            break
        if "problem" in given and "port" not in child.said:  # nobody is left to tell it, and no preview goes on
            sys.stderr.write("{}:{}: {}\n".format(*problem))
            return 1
        if sys.stdout.isatty():
            sys.stdout.write("\n")  # after the step that the child was at
            sys.stdout.flush()
        given = {**given, **child.said, "problem": problem}
    if child.status < 0:
        if -child.status != signal.SIGKILL:  # which nobody handles
            signal.signal(-child.status, signal.SIG_DFL)
        os.kill(os.getpid(), -child.status)
    return child.status


class _Child:
    """A process that does the work."""

    def __init__(self, root: Path, variable: str, given: dict[str, Any]) -> None:
        """Start it, as this one was started."""
        self._root = root
        self._late: list[Any] | None = None  # the call that took too long
        self._notes = tempfile.TemporaryFile()  # noqa: SIM115 - open until both have ended
        self._notes.truncate(SIZE)
        self._view = mmap.mmap(self._notes.fileno(), SIZE, access=mmap.ACCESS_READ)
        life, self._life = os.pipe()  # whose end tells the child that this process has gone
        told = json.dumps({**given, "notes": _handed(self._notes.fileno()), "life": _handed(life)})
        command = [sys.executable, *sys.orig_argv[1:]]
        self._process = subprocess.Popen(command, env={**os.environ, variable: told}, close_fds=False)
        os.close(life)
        self._ended = threading.Thread(target=self._process.wait, daemon=True)
        self._ended.start()
        signal.signal(signal.SIGTERM, self._end)
        signal.signal(signal.SIGINT, self._end)

    @property
    def status(self) -> int:
        """The exit status; of a signal its number, negative."""
        return int(self._process.returncode)

    @property
    def said(self) -> dict[str, Any]:
        """What the child has noted."""
        note, end, _ = self._view[:].partition(b"\n")
        return dict(json.loads(note)) if end else {}

    def wait(self) -> None:
        """Wait for its end; end it where a call of story code takes longer than its limit."""
        while self._ended.is_alive():
            said = self.said
            call, limit = said.get("call"), said.get("limit", SOON)
            left = call[3] + limit - time.monotonic() if call else limit
            if left < 0:
                self._late = call
                self._process.send_signal(getattr(signal, "SIGUSR1", signal.SIGTERM))
                self._ended.join(GRACE)
                self._process.kill()
            self._ended.join(max(left, 0))

    def _end(self, number: int, _frame: object) -> None:
        """Pass a signal on, but for Ctrl-C, of which a terminal tells the child, too."""
        if number == signal.SIGINT and os.isatty(0):
            return
        if sys.platform == "win32":
            self._process.terminate()
        else:
            self._process.send_signal(number)

    def problem(self) -> list[Any] | None:
        """Return what story code has done to the child: path, line, message and hint; nothing where it did nothing."""
        said, stacks = self.said, self._view[:].partition(b"\n")[2].partition(b"\0")[0].decode("ascii", "replace")
        call = self._late or said.get("call")
        what, *fallback, _, thread = call or ("the story's code", "story/__init__.py", 1, 0, 0)
        crash = re.match("Fatal Python error: (.+)", stacks)
        place = self._place(stacks, thread) or fallback
        if self._late:
            hint = "if it needs more, set another with --limit"
            return [*place, f"{what} takes more than {said['limit']} s, the limit", hint]
        if crash and call:
            return [*place, f"{what} crashes Python: {crash[1]}", ""]
        if crash:
            sys.stderr.write(stacks)
        if self.status < 0 or not said or said.get("ended"):
            return None
        return [*place, f"{what} ends the process (status {self.status}), expected it to return", ""]

    def _place(self, stacks: str, thread: int) -> list[Any] | None:
        """Return the innermost line of the story on the stack of a thread, or of any other where there is none."""
        folder = re.escape(f"{self._root}{os.sep}".encode("ascii", "backslashreplace").decode())  # as faulthandler does
        own = stacks.partition(f"{thread:x} (most recent call first):")[2]
        found = re.search(rf'File "{folder}(story.+)", line (\d+) in ', own + stacks)
        return [found[1].replace(os.sep, "/"), int(found[2])] if found else None


def _handed(file: int) -> int:
    """Let a child process use an open file; return the number by which it finds it."""
    os.set_inheritable(file, True)  # noqa: FBT003 - it takes no name
    if sys.platform == "win32":
        return msvcrt.get_osfhandle(file)
    return file
