"""Calls of a story's code: what it raises becomes a problem at its line; what it does to its process, a parent tells.

A command runs in a child of the process that a person started (``press/ground/parent.py``). In a file that both hold
open the child notes which call is under way, where and since when; there ``faulthandler`` adds the stack when the child
crashes, or when its parent ends it because the call takes too long.
"""

from __future__ import annotations

import atexit
import faulthandler
import inspect
import json
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

from press.ground.errors import BuildError, Problem, ToldError
from press.ground.files import ENGINE, shown
from press.ground.stamp import stamp

if sys.platform == "win32":
    import msvcrt
else:
    import resource

Place = tuple[str, int]
MEMORY = 4 << 30  # bytes that a process may have: who asks for more is told, before the computer has no more
LIMIT = 60  # seconds for one call: never reached by code that ends, whatever the machine is busy with


class Noting:
    """What this process lets its parent know; nothing where there is none, as when a program imports the engine."""

    def __init__(self) -> None:
        """Have no parent, and nothing to note."""
        self.given: dict[str, Any] = {}  # by the parent: what the child before this one has noted, and its problem
        self.opened: dict[str, tuple[int, ...]] = {}  # by the story's code: files, as they were before
        self._said: dict[str, Any] = {"call": None}
        self._outer: tuple[str, Place] | None = None  # the engine's own work that is under way
        self._file = -1
        self._tell: Callable[[dict[str, Any]], object] = bool  # who is told what has changed: here nobody

    def to(self, given: dict[str, Any]) -> None:
        """Note for the parent that has ``given`` this process its files; end when the parent does."""
        self.given, self._file, self._tell = given, _taken(given["notes"]), self._write
        faulthandler.enable(self._file)
        if sys.platform != "win32":
            most = resource.getrlimit(resource.RLIMIT_DATA)[1]
            resource.setrlimit(resource.RLIMIT_DATA, (MEMORY if most == resource.RLIM_INFINITY else most, most))
        if hasattr(faulthandler, "register"):  # not on Windows
            faulthandler.register(signal.SIGUSR1, self._file, chain=True)
        threading.Thread(target=_end_with, args=(_taken(given["life"]),), daemon=True).start()
        atexit.register(self._end, os.getpid())
        sys.addaudithook(self._hear)
        self.note()

    def note(self, **said: object) -> None:
        """Note what has changed; the rest is as it was noted before."""
        self._said.update(said)
        self._tell(self._said)

    def _write(self, said: dict[str, Any]) -> None:
        """Write it into the file, for the parent."""
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, json.dumps(said).encode() + b"\n")

    def copied(self, tell: Callable[[object], None]) -> None:
        """Note for the process of which this one is a copy, and no more for that one's parent."""
        self._tell = tell
        faulthandler.disable()

    def stop_if_given(self) -> None:
        """Raise ``BuildError`` with the problem that story code was for the process before this one; only once."""
        if problem := self.given.pop("problem", None):
            raise BuildError([Problem(*problem)])

    def _end(self, process: int) -> None:
        """Note that the process ends by itself; one that story code has forked has no end to note."""
        if os.getpid() == process:
            self.note(ended=True)

    @property
    def calls(self) -> bool:
        """Tell whether this thread is in a call of the story's code."""
        return bool(self._said["call"]) and not self._outer and self._said["call"][-1] == threading.get_ident()

    def _hear(self, event: str, given: tuple[Any, ...]) -> None:
        """Note a file that the story's code is about to read: what it makes of that is stale once it is another."""
        if event == "open" and self.calls and isinstance(given[0], str) and not given[2] & os.O_WRONLY:
            path = os.path.abspath(given[0])  # noqa: PTH100 - this is done often
            if not path.endswith(".pyc"):  # of modules
                self.opened.setdefault(path, stamp(path))

    @contextmanager
    def call(self, what: str, place: Place, *, ours: bool = False) -> Iterator[None]:
        """Note that a call is under way; one that is made inside another of the story's code is a part of that.

        ``ours`` is work of the engine's own, whose time begins anew after each call inside it.
        """
        outer = self._outer
        if self._said["call"] and not outer:
            yield
            return
        self._outer = (what, place) if ours else None
        self._begin(what, place)
        deepest = sys.getrecursionlimit()
        try:
            yield
        finally:
            sys.setrecursionlimit(deepest)
            self._outer = outer
            self._begin(*outer) if outer else self.note(call=None)

    def _begin(self, what: str, place: Place) -> None:
        self.note(call=[what, *place, time.monotonic(), threading.get_ident()])


NOTING = Noting()


@contextmanager
def guarded(root: Path, what: str, fallback: Place) -> Iterator[None]:
    """Guard a call of the story's code, which messages name as ``what``: import, check, fact, chart, adapter.

    Raises ``BuildError`` for whatever is raised inside: at the story's line, or at ``fallback`` where there is none. A
    ``BuildError`` passes as it is.
    """
    with NOTING.call(what, fallback), blaming([root / "story"], root, what, fallback):
        yield


@contextmanager
def attended(what: str, place: Place, folders: Sequence[Path] = (), root: Path = Path()) -> Iterator[None]:
    """Guard work of the engine's own on what an author wrote at a place, which takes it too long or breaks it.

    What breaks it is told at the last step that was taken in some ``folders``, if any was.
    """
    with NOTING.call(what, place, ours=True), blaming(folders, root, what, place):
        yield


@contextmanager
def telling(root: Path) -> Iterator[None]:
    """Make a problem of whatever else is raised inside than what an author is told: a mistake of ours, at its line."""
    try:
        yield
    except (BuildError, ToldError, BrokenPipeError):
        raise
    except Exception:
        with blaming([ENGINE], root, "the engine", ("build.py", 1)):
            raise


@contextmanager
def blaming(folders: Sequence[Path], root: Path, what: str, fallback: Place) -> Iterator[None]:
    """Report whatever is raised inside as a problem of ``what``, at the last step that was taken in ``folders``.

    A ``BuildError`` passes as it is. Where no step was taken in them, the problem stands at ``fallback``.
    """
    try:
        yield
    except (BuildError, KeyboardInterrupt):
        raise
    except BaseException as error:
        path, line = _place(error, folders, root) or fallback
        message, *more = str(error).strip().splitlines() or [""]
        name = type(error).__name__
        told = f"{what} raises {name}: {message}" if message else f"{what} raises {name}"
        if isinstance(error, ToldError):
            told, more = f"{what}: {message}", [error.hint]
        raise BuildError([Problem(path, line, told, " ".join(map(str.strip, more[:2])))]) from error


def begin_of(function: Callable[..., object], root: Path, fallback: Place) -> Place:
    """Return path and line on which a function begins, or says that it is ``declared``; else ``fallback``."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    path, line = getattr(function, "declared", (code.co_filename, code.co_firstlineno) if code else ("", 0))
    return (shown(root / path, root), line) if path else fallback


def leave(status: int) -> NoReturn:
    """End the process at once, and with it the threads that the story's code has left running.

    Python itself would wait for these, and then give back each object by itself, which takes half a second.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # nothing is left that Ctrl-C could end
    atexit._run_exitfuncs()  # noqa: SLF001 - what others have registered is done, as ever
    for stream in (sys.stdout, sys.stderr):
        with suppress(BrokenPipeError):  # its reader has closed it
            stream.flush()
    os._exit(status)


def _place(error: BaseException, folders: Sequence[Path], root: Path) -> Place | None:
    if isinstance(error, SyntaxError) and error.filename and any(map(Path(error.filename).is_relative_to, folders)):
        return shown(Path(error.filename), root), error.lineno or 1
    for step in reversed(traceback.extract_tb(error.__traceback__)):
        if any(map(Path(step.filename).is_relative_to, folders)):
            return shown(Path(step.filename), root), step.lineno or 1
    return None


def _taken(number: int) -> int:
    """Return the descriptor of a file that the parent has opened for this process."""
    if sys.platform == "win32":
        return msvcrt.open_osfhandle(number, os.O_BINARY)
    return number


def _end_with(life: int) -> NoReturn:
    """Wait until the parent has gone, whose end of the pipe is closed then, and go, too."""
    os.read(life, 1)
    os._exit(1)
