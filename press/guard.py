"""Calls of a story's code: none lasts for ever, ends the build unnoticed, or leaves a thread behind.

A timer interrupts what runs too long, again and again. Its signal may reach any thread, and where that is not Python's
first, a loop there never hears of it: so a thread beside the code sends it on. For code that never gives the
interpreter back, such as a loop in C, and for calls that no signal interrupts, there is ``faulthandler``: it prints the
stack and ends the process, soon after twice the limit at the latest, or after the time that interrupted code has to
end. All are set once for many calls, since a build calls a thousand facts.
"""

from __future__ import annotations

import atexit
import faulthandler
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from press.blame import Place, raised
from press.errors import BuildError, Problem
from press.files import shown

LIMIT = 60  # seconds for one call: never reached by code that ends, whatever the machine is busy with
GRACE = 5  # seconds that code has to end after it was first interrupted
TICK = 0.2  # seconds between two interruptions
QUICK = 1  # seconds that threads have to end by themselves
TERMINAL = 2  # standard error, whatever Python's name for it stands for
END = os._exit
TICKS = hasattr(signal, "setitimer")  # Windows has no timer that interrupts


class OverdueError(BaseException):
    """Interrupts code that runs too long. No ``Exception``, so that little code handles it."""


class Guarded:
    """``with Guarded(root, what, fallback):`` around each call of the story's code: import, check, fact, chart.

    Raises ``BuildError`` for whatever is raised inside, for more seconds than the limit, and for threads left running:
    at the story's line, or at ``fallback`` where there is none. A ``BuildError`` passes as it is. After a call that was
    too long there is no other in this build, which would have to wait for each: all raise what the first did.
    """

    def __init__(self, root: Path, what: str, fallback: Place) -> None:
        """Prepare the call of what messages name as ``what``."""
        self._root, self._what, self._fallback = root, what, fallback
        self._stopped: Place | None = None
        self.deadline = self._end_by = 0.0
        self.interruptible = False

    def __enter__(self) -> None:
        """Begin the call. Raises ``BuildError`` after one that was too long."""
        if _WATCH.late:
            raise BuildError(_WATCH.late)
        self._threads = threading.enumerate()
        self._end, os._exit = os._exit, _refuse  # type: ignore[assignment]  # the same to its callers
        self.interruptible = TICKS and threading.current_thread() is threading.main_thread()
        self.deadline = time.monotonic() + _WATCH.limit
        _WATCH.begin(self)

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """End the call, and raise what is wrong with it."""
        _WATCH.end(self)
        os._exit = self._end
        if isinstance(error, KeyboardInterrupt):
            return
        problems = [*self._wrong(error), *self._left()]
        if self._stopped:
            _WATCH.late = problems
        if problems:
            raise BuildError(problems) from error

    def stop(self, frame: FrameType | None, now: float) -> NoReturn:
        """Interrupt the call where its code is now; end the process if that has not helped.

        The first interruption may come late, to a process that had to wait: only then begins the time to end.
        """
        self._stopped = self._stopped or self._place(frame) or self._fallback
        if not self._end_by:
            self._end_by = now + GRACE
            _WATCH.set_backstop(2 * GRACE)
        if now > self._end_by:
            os.write(TERMINAL, f"{self._late(', and goes on when it is interrupted')}\n".encode())
            END(1)
        raise OverdueError

    def _wrong(self, error: BaseException | None) -> Iterator[Problem]:
        if self._stopped:
            yield self._late()
        elif isinstance(error, BuildError):
            yield from error.problems
        elif error:
            yield raised(error, self._root / "story", self._root, self._what, self._fallback)

    def _late(self, more: str = "") -> Problem:
        message = f"{self._what} takes more than {_WATCH.limit} s, the limit{more}"
        return Problem(*(self._stopped or self._fallback), message, "if it needs more, set another with --limit")

    def _left(self) -> Iterator[Problem]:
        """Yield the threads that the call has begun and not ended; others than daemons keep the process from ending."""
        begun = [thread for thread in threading.enumerate() if thread not in self._threads and not thread.daemon]
        patience = time.monotonic() + QUICK
        for thread in begun:
            thread.join(max(0, patience - time.monotonic()))
            if thread.is_alive():
                frame = sys._current_frames().get(thread.ident or 0)  # noqa: SLF001 - there is no other way to see it
                message = f"{self._what} leaves the thread {thread.name} running, expected none"
                yield Problem(*(self._place(frame) or self._fallback), message, "wait for its end with join()")

    def _place(self, frame: FrameType | None) -> Place | None:
        """Return the innermost line of the story on a stack."""
        while frame:
            path = Path(frame.f_code.co_filename)
            if path.is_relative_to(self._root / "story"):
                return shown(path, self._root), frame.f_lineno
            frame = frame.f_back
        return None


class _Watch:
    """Looks at the calls under way when a timer says so, once for many calls that are quick."""

    def __init__(self) -> None:
        self.limit, self.process = LIMIT, 0
        self.late: Sequence[Problem] = ()
        self._calls = dict[Guarded, None]()
        self._armed = False
        self._due = 0.0  # when the timer's next signal comes; 0 where none will
        self._sender: object = None  # what sends it on

    def begin(self, call: Guarded) -> None:
        self.process = os.getpid()
        self._calls[call] = None
        if not self._armed:
            self._armed = True
            self.set_backstop(2 * self.limit + GRACE)
        if call.interruptible and not self._due:
            signal.signal(signal.SIGALRM, self._tick)
            self._tick_in(self.limit)
            self._sender = object()
            threading.Thread(target=self._send_on, args=(self._sender,), name="guard", daemon=True).start()

    def end(self, call: Guarded) -> None:
        del self._calls[call]
        if call.interruptible:  # whatever the code has done to signals
            signal.signal(signal.SIGALRM, self._tick)
            if not signal.getitimer(signal.ITIMER_REAL)[0]:
                self._tick_in(self.limit)
        elif not self._calls:
            self.rest()

    def rest(self) -> None:
        """Stop the timers, until the next call sets them."""
        faulthandler.cancel_dump_traceback_later()
        self._sender, self._armed = None, False
        if TICKS:
            self._tick_in(0)

    def set_backstop(self, seconds: float) -> None:
        """Have the process ended, unless a tick comes first."""
        faulthandler.dump_traceback_later(seconds, exit=True, file=TERMINAL)

    def _tick_in(self, seconds: float) -> None:
        self._due = seconds and time.monotonic() + seconds
        signal.setitimer(signal.ITIMER_REAL, seconds)

    def _send_on(self, mine: object) -> None:
        """Send the signal on to the thread that answers it, where it does not seem to have come there."""
        main = threading.main_thread().ident or 0
        while self._sender is mine:
            if self._due + TICK < time.monotonic():
                signal.pthread_kill(main, signal.SIGALRM)
            time.sleep(TICK)

    def _tick(self, _number: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        call = next((call for call in tuple(self._calls) if call.interruptible), None)
        if not self._calls:
            self.rest()
        elif call is None:  # those under way are the backstop's business
            self._tick_in(self.limit)
        elif now < call.deadline:
            self.set_backstop(2 * self.limit + GRACE)  # so late that a call begun just before it has its time
            self._tick_in(call.deadline - now)
        else:
            self._tick_in(TICK)
            if frame is None or frame.f_code.co_filename != __file__:  # else the call has just ended
                call.stop(frame, now)


_WATCH = _Watch()
atexit.register(_WATCH.rest)  # while Python ends, nobody is there to answer a timer's signal, which would kill it


def _refuse(status: int) -> None:
    """Stand in for ``os._exit`` while the story's code runs: a status 0 would pass for a good build."""
    if os.getpid() != _WATCH.process:  # a process that the code has forked ends like this
        END(status)
    raise SystemExit(f"os._exit({status}) would end the build")


def begin_build() -> None:
    """Let the story's code be called again after a build in which it took too long."""
    _WATCH.late = ()


def limit_to(seconds: int) -> None:
    """Set how long each call may take from now on."""
    _WATCH.rest()
    _WATCH.limit = seconds


def leave(status: int) -> NoReturn:
    """End the process at once, and with it the threads that the story's code has left running.

    Python itself would wait for these, and then give back each object by itself, which takes half a second.
    """
    atexit._run_exitfuncs()  # noqa: SLF001 - what others have registered is done, as ever
    sys.stdout.flush()
    sys.stderr.flush()
    END(status)
