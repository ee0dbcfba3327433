"""Taking turns: whoever holds a lock writes, others wait. A lock is a file, and dies with its holder."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from press.ground.errors import BuildError, Problem

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_held = set[Path]()  # by this process: what takes turns may be done inside of what does


@contextmanager
def alone(lock: Path, root: Path, wait: Callable[[], None]) -> Iterator[None]:
    """Let no other process hold ``lock``, a place below ``root``, meanwhile; ``wait`` is called where one does.

    Raises ``BuildError`` where the file cannot be locked.
    """
    path = (root / lock).resolve()
    if path in _held:
        yield
        return
    with ExitStack() as stack:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = stack.enter_context(path.open("ab")).fileno()
            ours = _locked(file)
        except OSError as error:
            message = f"found a file that cannot be locked: {error.strerror}"
            hint = f"builds take turns at writing by it; nothing in {lock.parent} is needed: delete it"
            raise BuildError([Problem(lock.as_posix(), 1, message, hint)]) from error
        if not ours:
            wait()
            while not _locked(file, patient=True):
                pass
        _held.add(path)
        stack.callback(_held.discard, path)
        yield


if sys.platform == "win32":

    def _locked(file: int, *, patient: bool = False) -> bool:
        """Try to lock a file, for ten seconds if ``patient``; tell whether it is ours until it is closed."""
        try:
            msvcrt.locking(file, msvcrt.LK_LOCK if patient else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _locked(file: int, *, patient: bool = False) -> bool:
        """Try to lock a file, for as long as it takes if ``patient``; tell whether it is ours until it is closed."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX if patient else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
