"""Work that a copy of this process does meanwhile: what it makes is the same, and is there sooner."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, NamedTuple, TypeVar

from press.ground.guard import LIMIT, NOTING
from press.ground.stamp import stamp

DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux
SHARE = 8  # the part of such a call's limit that one may take in a copy
Made = TypeVar("Made")
Report = Callable[[str], None]
Make = Callable[[Report], Iterator[Made]]


class _End(NamedTuple):
    """The last word of a copy that has made all: the files that were read by what it ran."""

    opened: dict[str, tuple[int, ...]]


def aside(make: Make[Made], report: Report, rest: Callable[[], None]) -> Iterator[Made]:
    """Return an iterator of what ``make`` yields, data alone; a copy begins with it now.

    ``make`` is handed what it reports to; ``rest`` ends what it has started, in the process in which it is called.
    Where anything goes wrong in the copy, or the story's code takes long in it, ``make`` is asked in this process, from
    the beginning: there it is told what is wrong. Only Linux copies a process safely; elsewhere none is copied.
    """
    if sys.platform != "linux":
        return make(report)
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    copy = fork.Process(target=_make, args=(make, rest, there), daemon=True)
    copy.start()  # without the threads of this one, which wait, and hold nothing
    there.close()

    def made() -> Iterator[Made]:
        end = yield from _heard(here, report)
        if end is None:
            copy.kill()
            copy.join()
            rest()
            yield from make(report)
        else:
            NOTING.opened.update(end.opened)

    return made()


def _make(make: Make[object], rest: Callable[[], None], there: Connection) -> None:
    """Make things in the copy, tell of each, and end the copy."""
    ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGKILL)
    turn = threading.Lock()

    def tell(said: object) -> None:
        with turn:
            there.send(said)

    NOTING.copied(tell)
    with suppress(BaseException):  # the other process meets it, too
        for each in make(tell):
            tell([each])
        files = {getattr(module, "__file__", None) or "" for module in [*sys.modules.values()]}
        tell(_End({path: stamp(path) for path in files - {""}} | NOTING.opened))
        sys.stdout.flush()
        rest()
    os._exit(0)


def _heard(here: Connection, report: Report) -> Generator[Any, None, _End | None]:
    """Yield what a copy makes, and report what it says; return its last word.

    That is nothing where the copy is dead, or says nothing for the time that a call may take.
    """
    call: list[Any] | None = None
    limit: int = LIMIT
    with suppress(EOFError, OSError):
        while here.poll(max(call[3] + limit / SHARE - time.monotonic(), 0) if call else LIMIT):
            match here.recv():
                case _End() as end:
                    return end
                case [made]:
                    yield made
                case str() as step:
                    report(step)
                case said:
                    call, limit = said["call"], said.get("limit", LIMIT)
    return None
