"""A cache of drawings, the one expensive step: files named by a hash of all that went into them.

The first line of a file is a hash of its name and of all else in it: what was cut off, changed, or stored in another
form or under another name is not taken for a value.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from press.figures.worker import FONTS, PROGRAM
from press.files import hash_of

FORM = "2"  # of an entry
PACKAGES = ("altair", "pandas", "vl-convert-python", "babel", "pillow")


class Cache:
    """JSON values by key, in a folder that may be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``, which need not exist yet."""
        self.folder, self._used = folder, set[str]()

    def get(self, key: str) -> Any | None:  # noqa: ANN401 - JSON
        """Return what is stored under ``key``; ``None`` where there is nothing, or nothing whole."""
        self._used.add(key)
        try:
            head, _, body = (self.folder / f"{key}.json").read_bytes().partition(b"\n")
        except OSError:
            return None
        return json.loads(body) if head == _seal(key, body) else None

    def put(self, key: str, value: object) -> None:
        """Store a value; another process that reads meanwhile sees the old state or the new one."""
        self._used.add(key)
        draft = self.folder / f"{key}.{os.getpid()}-{threading.get_ident()}.tmp"
        with contextlib.suppress(OSError):  # a cache that cannot be written costs time, and nothing else
            self.folder.mkdir(parents=True, exist_ok=True)
            body = json.dumps(value, ensure_ascii=False, sort_keys=True).encode()
            draft.write_bytes(_seal(key, body) + b"\n" + body)
            draft.replace(self.folder / f"{key}.json")

    def keep(self, keys: Iterable[str]) -> None:
        """Count entries as used without reading them."""
        self._used.update(keys)

    def forget_unused(self) -> None:
        """Delete every entry that was neither read nor written since the start, and what killed runs left of others."""
        for path in self.folder.glob("*"):
            if path.stem not in self._used and f".{os.getpid()}-" not in path.name:  # a draft of another thread
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)


def _seal(key: str, body: bytes) -> bytes:
    """Return the first line of an entry."""
    return hash_of(FORM, key, body).encode()


@lru_cache(maxsize=1)
def renderer() -> str:
    """Return the versions of all packages that a drawing depends on, and a hash of the process and its fonts."""
    files = (path.read_bytes() for path in (PROGRAM, *sorted(FONTS.iterdir())))
    return " ".join([*(f"{name}={version(name)}" for name in PACKAGES), f"worker={hash_of(*files)}"])
