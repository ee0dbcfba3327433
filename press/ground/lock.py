"""Taking turns: whoever holds a lock writes, others wait.

A lock is a file, and dies with its holder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from press.ground.errors import BuildError


@contextmanager
def hold_lock(
    lock: Path, root: Path, tell_waiting: Callable[[], None] = lambda: None
) -> Iterator[None]:
    """Let no other process hold ``lock``, a place below ``root``, meanwhile;
    ``tell_waiting`` is called where one does.

    Whoever holds it may take it again. Raises ``BuildError`` where the file cannot be
    locked.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - takes long, and a check writes nothing

    path = (root / lock).resolve()
    file = FileLock(path, is_singleton=True, fallback_to_soft=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            file.acquire(blocking=False)
        except Timeout:
            tell_waiting()
            file.acquire()
    except OSError as error:
        message = f"found a file that cannot be locked: {error.strerror}"
        hint = (
            "commands take turns at writing by it: let"
            f" {lock.parent} be a folder where you may write"
        )
        raise BuildError.at(lock.as_posix(), 1, message, hint) from error
    try:
        yield
    finally:
        file.release()


def is_lock_held(lock: Path, root: Path) -> bool:
    """Tell whether another process holds ``lock``, a place below ``root``."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - as above

    path = (root / lock).resolve()
    if not path.exists():
        return False
    try:
        with FileLock(path, blocking=False, fallback_to_soft=False):
            return False
    except Timeout:
        return True
