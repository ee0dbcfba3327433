"""Files of authors: reading them as text, hashing them, writing them anew so that none is left half done."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from press.errors import BuildError, Problem


def shown(path: Path, root: Path) -> str:
    """Return a path as messages write it: relative to the project, with forward slashes."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def read(path: Path, root: Path) -> str:
    """Return the text of a UTF-8 file, a byte-order mark dropped and line ends made LF.

    Raises ``BuildError`` for a missing file, another encoding or a NUL byte.
    """
    name = shown(path, root)
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise BuildError([Problem(name, 1, "found no such file, expected one")]) from None
    except OSError as error:
        raise BuildError([Problem(name, 1, f"found a file that cannot be read: {error.strerror}")]) from None
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise BuildError([Problem(name, 1, "found UTF-16, expected UTF-8", "save the file as UTF-8")])
    if b"\0" in raw:
        line = raw.count(b"\n", 0, raw.index(b"\0")) + 1
        raise BuildError([Problem(name, line, "found a NUL byte, expected text in UTF-8")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"found byte 0x{raw[error.start]:02x}, expected UTF-8"
        raise BuildError([Problem(name, line, found, "save the file as UTF-8")]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def line_of(text: str, pattern: str) -> int:
    """Return the line, from 1, on which a regular expression (``^`` at each line) first matches; else 1."""
    match = re.search(pattern, text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def hash_of(*parts: str | bytes) -> str:
    """Return a short hash of texts and bytes, kept apart by their lengths."""
    digest = hashlib.sha256()
    for part in parts:
        body = part.encode() if isinstance(part, str) else part
        digest.update(f"{len(body)}:".encode() + body)
    return digest.hexdigest()[:32]


def rewrite(files: Mapping[str, bytes], root: Path, *, new: bool = False) -> None:
    """Replace sources, and make those that are ``new``: all are written beside the old before the first is replaced.

    Raises ``BuildError`` where one cannot be written; then no source has changed.
    """
    drafts: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    try:
        for name, body in files.items():
            path = (root / name).resolve()  # a link to a file stays one
            before[path] = _before(path, new=new)
            draft = path.with_name(f".{path.name}.tmp")
            with draft.open("wb") as file:
                drafts[path] = draft
                file.write(body)
            if before[path] is not None:
                shutil.copymode(path, draft)
        for path, draft in drafts.items():
            name = shown(path, root)
            draft.replace(path)
    except OSError as error:
        for path, old in before.items():
            _put_back(path, old)
        message = f"found a file that cannot be written: {error.strerror}"
        raise BuildError([Problem(name, 1, message, "no text has been changed")]) from error
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


def _before(path: Path, *, new: bool) -> bytes | None:
    """Return what a file holds that may be written; ``None`` for one that may be new, whose folder is made."""
    try:
        with path.open("r+b") as file:  # one that must not be written stays as well
            return file.read()
    except FileNotFoundError:
        if not new:
            raise
        path.parent.mkdir(parents=True, exist_ok=True)
        return None


def _put_back(path: Path, old: bytes | None) -> None:
    """Let a file be what it was."""
    if old is None:
        path.unlink(missing_ok=True)
    elif path.read_bytes() != old:
        path.write_bytes(old)
