"""Files of authors: reading them as text, hashing them, writing them anew so that none is left half done."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from press.errors import BuildError, Problem
from press.lock import alone

JOURNAL = Path(".cache", "sources.json")  # below the project: what is being written
LOCK = Path(".cache", "sources.lock")  # whoever holds it writes sources


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
    return lines_of(text)


def lines_of(text: str) -> str:
    """Return a text whose lines end in LF, whatever they ended in."""
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


@contextmanager
def writing(root: Path, wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Let no other command write sources meanwhile, and finish first what a killed one began.

    Whoever writes what follows from what it has read reads inside, too. ``wait`` is called where another is at it.
    """
    with alone(LOCK, root, wait):
        _finish(root)
        yield


def finish(root: Path) -> None:
    """Do to the sources what a command that was killed had begun; before anything reads them.

    Raises ``BuildError`` where that cannot be done.
    """
    if (root / JOURNAL).exists():
        with writing(root):
            pass


def rewrite(files: Mapping[str, bytes], root: Path, *, new: bool = False) -> None:
    """Replace sources, and make those that are ``new``: all of them, or none.

    All are written beside the old, a journal says so, and then each takes the place of the old. Killed before the
    journal is whole, nothing has changed; killed after it, the next command does the rest. Raises ``BuildError`` where
    one cannot be written; then no source has changed.
    """
    with writing(root):
        before, name = dict[Path, bytes | None](), next(iter(files), "")
        try:
            for name in files:
                path = (root / name).resolve()  # a link to a file stays one
                before[path] = _before(path, new=new)
            name = JOURNAL.as_posix()
            _plan(root, [], [_draft(path) for path in before])
            for path, body in zip(before, files.values(), strict=True):
                name = shown(path, root)
                with _draft(path).open("wb") as file:
                    file.write(body)
                if before[path] is not None:
                    shutil.copymode(path, _draft(path))
            name = JOURNAL.as_posix()
            _plan(root, [(path, _draft(path)) for path in before], [])
            for path in before:
                name = shown(path, root)
                _draft(path).replace(path)
            _finish(root)
        except OSError as error:
            _put_back(before, root)
            message = f"found a file that cannot be written: {error.strerror}"
            raise BuildError([Problem(name, 1, message, "no text has been changed")]) from error


def _draft(path: Path, end: str = "tmp") -> Path:
    return path.with_name(f".{path.name}.{end}")


def _plan(root: Path, moves: Iterable[tuple[Path, Path]], dropped: Iterable[Path]) -> None:
    """Write the journal: which drafts are to take the place of which files, and which are good for nothing."""
    work = {
        "moves": [[_place(path, root), _place(draft, root)] for path, draft in moves],
        "dropped": [_place(path, root) for path in dropped],
    }
    journal = root / JOURNAL
    draft = journal.with_suffix(".tmp")
    draft.write_text(json.dumps(work), "utf-8")
    draft.replace(journal)


def _place(path: Path, root: Path) -> str:
    """Write where a file is so that it is found even if the project is moved."""
    root = root.resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _finish(root: Path) -> None:
    """Do what the journal says and has not been done; without a journal, nothing."""
    journal = root / JOURNAL
    try:
        work = json.loads(journal.read_text("utf-8"))
        for target, draft in work["moves"]:
            if (root / draft).exists():
                (root / draft).replace(root / target)
        for draft in work["dropped"]:
            (root / draft).unlink(missing_ok=True)
        journal.unlink()
    except FileNotFoundError:
        return
    except OSError as error:
        message = f"cannot finish what a command began to write: {error.strerror} ({error.filename})"
        raise BuildError([Problem(JOURNAL.as_posix(), 1, message)]) from error


def _put_back(before: Mapping[Path, bytes | None], root: Path) -> None:
    """Let every file be what it was, by a journal, too."""
    changed = [path for path, old in before.items() if old is not None and path.read_bytes() != old]
    made = [path for path, old in before.items() if old is None]
    for path in changed:
        _draft(path, "old").write_bytes(before[path] or b"")
        shutil.copymode(path, _draft(path, "old"))
    with suppress(OSError):  # what cannot be written down cannot be undone by another command; it is by this one
        _plan(root, [(path, _draft(path, "old")) for path in changed], [*map(_draft, before), *made])
    for path in changed:
        _draft(path, "old").replace(path)
    for path in (*map(_draft, before), *made):
        path.unlink(missing_ok=True)
    (root / JOURNAL).unlink(missing_ok=True)


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
