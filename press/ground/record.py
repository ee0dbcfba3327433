"""The record of the last good build: where nothing has changed since, its report is all that there is to do.

``build.py`` asks for it before it imports anything that takes long; so this module imports nothing of the engine's. It
trusts no times of files: all that goes into a build is hashed, and all that lies in ``site/``.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

VERSION = 1  # of the record's form
INPUTS = ("build.py", "content", "data", "editions", "press", "story", "templates")
VERBS = ("build", "check")
CHILD = "PRESS_CHILD"  # the environment variable by which a process knows that its parent has looked already
# Environment variables that vary harmlessly: of a terminal, of a session, of make.
OF_TERMINALS = ("COLUMNS", "LINES", "OLDPWD", "SHLVL", "TERM", "TERM_SESSION_ID", "TMUX", "TMUX_PANE", "WINDOWID", "_")
OF_SESSIONS = ("GPG_TTY", "SSH_AUTH_SOCK", "SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY", "XDG_SESSION_ID")
OF_MAKE = ("MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MAKE_TERMERR", "MAKE_TERMOUT", "MFLAGS")
HARMLESS = {*OF_TERMINALS, *OF_SESSIONS, *OF_MAKE}


class Record:
    """What one verb made of which inputs, in ``.cache/``."""

    def __init__(self, root: Path, arguments: Sequence[str], seen: Sequence[str] = ()) -> None:
        """Look at the inputs as they are before the verb reads them; ``arguments`` are those of the command line.

        Where another process has just looked, what it has ``seen`` is given.
        """
        self._started = time.perf_counter()
        self._root, self._arguments = root, tuple(arguments) or VERBS[:1]
        self._path = root / ".cache" / f"{self._arguments[0]}.json"
        self._about, self._inputs = seen or (self._hash_of_surroundings(), self._hash_of_inputs())

    @property
    def seen(self) -> tuple[str, str]:
        """What was looked at, for a process that does the work of this one."""
        return self._about, self._inputs

    def repeat(self) -> bool:
        """Print the report of the last time, if nothing has changed since then; tell whether it was so."""
        try:
            kept = json.loads(self._path.read_text("utf-8"))
            lines, state = kept["lines"], kept["state"]
            if state != self._state(lines):
                return False
        except (OSError, ValueError, KeyError, TypeError):
            return False
        seconds = time.perf_counter() - self._started
        said = "\n".join([*lines, f"Nothing has changed since the last {self._arguments[0]}: {seconds:.1f} s\n"])
        sys.stdout.buffer.write(said.encode(sys.stdout.encoding, "backslashreplace"))
        sys.stdout.flush()
        return True

    def keep(self, lines: Sequence[str]) -> None:
        """Keep the report of a good end, unless an input was saved meanwhile."""
        if not self._inputs or self._inputs != self._hash_of_inputs():
            return
        draft = self._path.with_suffix(f".{os.getpid()}.tmp")
        self._path.parent.mkdir(exist_ok=True)
        draft.write_text(json.dumps({"lines": list(lines), "state": self._state(lines)}, ensure_ascii=False), "utf-8")
        draft.replace(self._path)

    def _state(self, lines: Sequence[str]) -> str:
        """Return a hash of the inputs, of all that lies in ``site/`` if the verb writes it, and of the report."""
        if not self._inputs:
            raise KeyError(self._arguments[0])
        places = [self._root / "site"] if self._arguments[0] == "build" else []
        return _hash_of([self._about, self._inputs, *lines], places)

    def _hash_of_surroundings(self) -> str:
        """Return a hash of the arguments, the versions and the environment, any of which a build may read."""
        environment = [f"{name}={value}" for name, value in sorted(os.environ.items()) if name not in HARMLESS]
        return _hash_of([str(VERSION), sys.version, sys.platform, *self._arguments, *packages(), *environment], [])

    def _hash_of_inputs(self) -> str:
        """Return a hash of the files that a build reads; nothing for a verb that does its work each time."""
        if self._arguments[0] not in VERBS:
            return ""
        try:
            return _hash_of([], [self._root / name for name in INPUTS])
        except OSError:  # an input that cannot be read: the build says so
            return ""


def begin(root: Path, arguments: Sequence[str]) -> Record:
    """Return the record to keep, in the process that does the work; the one that a person has started ends here.

    That repeats the report of the last time where nothing has changed, and is the other's parent where something has.
    """
    given = json.loads(os.environ.pop(CHILD, "{}"))
    record = Record(root, arguments, given.get("seen", ()))
    if not given:
        if record.repeat():
            sys.exit()
        from press.ground.parent import run  # noqa: PLC0415 - which is not needed to repeat a report

        sys.exit(run(root, CHILD, record.seen))
    from press.ground.guard import NOTING  # noqa: PLC0415 - see above

    NOTING.to(given)
    return record


def packages() -> Iterator[str]:
    """Yield the name and version of each package that Python can import, as its folders name them."""
    for folder in sys.path:
        if Path(folder).name == "site-packages" and Path(folder).is_dir():
            yield from sorted(name for name in os.listdir(folder) if name.endswith("-info"))  # noqa: PTH208 - quicker


def _hash_of(words: Sequence[str], places: Sequence[Path]) -> str:
    """Return a hash of some words, and of the names and bytes of all files in some places."""
    digest = hashlib.sha256(json.dumps(words).encode())
    for path in (path for place in places for path in _within(place)):
        body = path.read_bytes() if path.is_file() else b""
        digest.update(f"{path}\0{len(body)}\0".encode(errors="surrogateescape") + body)
    return digest.hexdigest()


def _within(place: Path) -> Iterator[Path]:
    """Yield a file, or a folder with all inside it in one order; what Python compiled is left out."""
    yield place
    for folder, folders, names in os.walk(place, followlinks=True):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(folder, name) for name in (*folders, *sorted(names)))
