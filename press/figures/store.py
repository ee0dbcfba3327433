"""The cache on disk, of drawings and pictures, the one expensive step: files named by a
hash of all that made them.

That is what is drawn, and what draws it. So nothing in it can be stale, whatever the
story's code read. The first line of a file is a hash of its name and of all else in it:
what was cut off, changed, or stored under another name is not taken for a value.
"""

from __future__ import annotations

import contextlib
import os
import threading
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from press import drawing
from press.drawing import FONTS
from press.ground.errors import BuildError
from press.ground.files import hash_parts, read_bytes_anywhere

# the first validates what is drawn
PACKAGES = ("altair", "vl-convert-python", "pillow")


class DrawingStore:
    """Drawings by key, in a folder that may be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``, which need not exist yet."""
        self.folder = folder
        self.used = set[str]()  # the keys that were kept

    def make_key(self, *drawn: str) -> str:
        """Return the key of what is drawn: a hash of it, and of what draws it."""
        return hash_parts(self._renderer_version, *drawn)

    @cached_property
    def _renderer_version(self) -> str:
        """The versions of the packages that draw, and a hash of the module that uses
        them and of its fonts.
        """
        paths = [Path(drawing.__file__), *sorted(FONTS.iterdir())]
        files = (path.read_bytes() for path in paths)
        packages = " ".join(f"{name}={version(name)}" for name in PACKAGES)
        return f"{packages} module={hash_parts(*files)}"

    def read_drawing_if_intact(self, key: str) -> bytes | None:
        """Return what is stored under ``key``; ``None`` where there is nothing, or
        nothing whole.
        """
        try:
            stored = read_bytes_anywhere(self.folder / key, self.folder)
        except BuildError:
            return None
        head, _, body = stored.partition(b"\n")
        return body if head == _make_seal(key, body) else None

    def try_to_store_drawing(self, key: str, drawn: str | bytes) -> None:
        """Store a drawing; another process that reads meanwhile sees the old state or
        the new one.
        """
        body = drawn.encode() if isinstance(drawn, str) else drawn
        draft = self.folder / f"{key}.{os.getpid()}-{threading.get_ident()}.tmp"
        # a cache that cannot be written costs time, and nothing else
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(_make_seal(key, body) + b"\n" + body)
            draft.replace(self.folder / key)

    def mark_as_used(self, key: str) -> None:
        """Count a drawing as used, whether it is there yet or not."""
        self.used.add(key)

    def delete_not_marked_as_used(self) -> None:
        """Delete every drawing that was not kept since the start, and what killed runs
        left of others.
        """
        draft = f".{os.getpid()}-"  # of another thread
        for path in self.folder.glob("*"):
            if path.name not in self.used and draft not in path.name:
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)


def _make_seal(key: str, body: bytes) -> bytes:
    """Return the first line of a file."""
    return hash_parts(key, body).encode()
