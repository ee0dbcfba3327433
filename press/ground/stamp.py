"""Whether a file is another than it was: by what the system says of it, and of compiled code by its source's hash."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

CHECKED = b"\x03\0\0\0"  # what says of compiled code that it holds for a source of the same hash


def stamp(path: str | Path) -> tuple[int, ...]:
    """Return what is another once a file has been written, moved or replaced; nothing where there is none."""
    with suppress(OSError):
        found = os.stat(path)  # noqa: PTH116 - quicker
        return found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns
    return ()


def compile_by_hash(folder: Path) -> None:
    """Have Python tell code of a folder that is compiled from another source by the source's hash, as it then stays.

    By itself it looks at second and size, which two saves may have in common.
    """
    import py_compile  # noqa: PLC0415 - which is not needed to repeat a report
    from importlib.util import cache_from_source  # noqa: PLC0415 - as above

    by_hash = py_compile.PycInvalidationMode.CHECKED_HASH
    for source in folder.rglob("*.py"):
        kept = Path(cache_from_source(str(source)))
        with suppress(OSError):  # of what is not compiled yet, or of what nobody may write
            if kept.read_bytes()[4:8] != CHECKED:
                kept.unlink()
                py_compile.compile(str(source), quiet=2, invalidation_mode=by_hash)
