"""The record of the last good build: where nothing has changed since, its report is all that there is to do.

``build.py`` asks for it before it imports anything that takes long: this imports next to nothing of the engine's. All
that the story and the engine are made of is hashed, and all that a build has written. Of what else it has read, such as
packages, sizes and times are kept, the time of the system's among them, which nobody sets back.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from press.ground.stamp import compile_by_hash, stamp

INPUTS = ("build.py", "content", "data", "editions", "press", "story", "templates")
VERBS = ("build", "check")
CHILD = "PRESS_CHILD"  # the environment variable by which a process knows that its parent has looked already
# Environment variables of a terminal, of a session, of make: they vary, and are kept from whatever builds.
OF_TERMINALS = ("COLUMNS", "LINES", "OLDPWD", "SHLVL", "TERM_SESSION_ID", "TMUX", "TMUX_PANE", "WINDOWID", "_")
OF_SESSIONS = ("GPG_TTY", "SSH_AUTH_SOCK", "SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY", "XDG_SESSION_ID")
OF_MAKE = ("MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MAKE_TERMERR", "MAKE_TERMOUT", "MFLAGS")
UNSEEN = {*OF_TERMINALS, *OF_SESSIONS, *OF_MAKE}


class Record:
    """What one verb made of which inputs, in ``.cache/``."""

    def __init__(self, root: Path, arguments: Sequence[str], seen: Sequence[str] = ()) -> None:
        """Look at the inputs as they are before the verb reads them; ``arguments`` are those of the command line.

        Where another process has just looked, what it has ``seen`` is given.
        """
        self._started = time.perf_counter()
        self._root, self._arguments = root, tuple(arguments) or VERBS[:1]
        self._path = root / ".cache" / f"{self._arguments[0]}.json"
        self._began = time.time_ns()
        # What was looked at, also for a process that does the work of this one.
        self.seen = tuple(seen) or (self._hash_of_surroundings(), self._hash_of_inputs())
        self._inputs = self.seen[1]

    def repeat(self) -> bool:
        """Print the report of the last time, if nothing has changed since then; tell whether it was so."""
        try:
            kept = json.loads(_bytes_of(self._path))
            lines, folder = kept["lines"], self._root / "site"
            site = ((address, _bytes_of(folder / address)) for address in kept["site"])
            if kept["state"] != self._state(lines, site, kept["others"]):
                return False
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return False
        seconds = time.perf_counter() - self._started
        said = "\n".join([*lines, f"Nothing has changed since the last {self._arguments[0]}: {seconds:.1f} s\n"])
        sys.stdout.buffer.write(said.encode(sys.stdout.encoding, "backslashreplace"))
        sys.stdout.flush()
        return True

    def keep(self, lines: Sequence[str], site: Mapping[str, bytes], opened: Iterable[str]) -> None:
        """Keep the report of a good end, which has written a ``site``, unless anything was saved meanwhile.

        ``opened`` are other files that were read. A file that was another for a while is as it was, but for its time.
        """
        modules = {getattr(module, "__file__", None) or "" for module in [*sys.modules.values()]}
        ours = tuple(f"{self._root / name}{os.sep}" for name in (*INPUTS, ".cache", "site"))
        others = sorted(path for path in {*opened, *modules} - {""} if not f"{path}{os.sep}".startswith(ours))
        read = (*others, *(path for name in INPUTS for path in _within(self._root / name) if not path.is_dir()))
        is_late = any(stamp(path)[-1:] > (self._began,) for path in read)
        if is_late or not self._inputs or self._inputs != self._hash_of_inputs():
            return
        state = self._state(lines, site.items(), others)
        kept = {"lines": list(lines), "others": others, "site": list(site), "state": state}
        draft = self._path.with_suffix(f".{os.getpid()}.tmp")
        self._path.parent.mkdir(exist_ok=True)
        draft.write_text(json.dumps(kept), "utf-8")
        draft.replace(self._path)

    def _state(self, lines: Sequence[str], site: Iterable[tuple[str, bytes]], others: Iterable[str]) -> str:
        """Return a hash of the inputs, of what was written and what else was read, and of the report."""
        if not self._inputs:
            raise KeyError(self._arguments[0])
        return _hash_of([*self.seen, *lines, *map(str, map(stamp, others))], site)

    def _hash_of_surroundings(self) -> str:
        """Return a hash of the arguments, the versions and the environment, any of which a build may read."""
        packages = [str(stamp(place)) for place in sys.path if Path(place).name == "site-packages"]
        environment = [f"{name}={value}" for name, value in sorted(os.environ.items()) if name not in UNSEEN]
        return _hash_of([sys.version, sys.platform, *self._arguments, *packages, *environment], ())

    def _hash_of_inputs(self) -> str:
        """Return a hash of the files that a build reads; nothing for a verb that does its work each time."""
        if self._arguments[0] not in VERBS:
            return ""
        try:
            # What lies beside the inputs may take the place of a package.
            beside = sorted(map(str, (*self._root.glob("*.py"), *self._root.glob("*/__init__.py"))))
            return _hash_of(beside, _read(self._root / name for name in INPUTS))
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
        for name in UNSEEN & os.environ.keys():
            del os.environ[name]
        compile_by_hash(Path(__file__).parents[1])
        from press.ground.parent import run  # noqa: PLC0415 - which is not needed to repeat a report

        sys.exit(run(root, CHILD, record.seen))
    from press.ground.guard import NOTING  # noqa: PLC0415 - see above

    NOTING.to(given)
    return record


def _hash_of(words: Sequence[str], files: Iterable[tuple[str, bytes]]) -> str:
    """Return a hash of some words, and of the names and bytes of files."""
    digest = hashlib.sha256(json.dumps(words).encode())
    for name, body in files:
        digest.update(f"{name}\0{len(body)}\0".encode(errors="surrogateescape") + body)
    return digest.hexdigest()


def _bytes_of(path: Path) -> bytes:
    """Return what a file holds. Raises ``OSError`` for what is none, such as a pipe, for which nobody waits."""
    if not path.is_file():
        raise FileNotFoundError(path)
    return path.read_bytes()


def _read(places: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """Yield the names and bytes of all files and folders in some places."""
    for path in (path for place in places for path in _within(place)):
        yield str(path), path.read_bytes() if path.is_file() else b""


def _within(place: Path) -> Iterator[Path]:
    """Yield a file, or a folder with all inside it in one order; what Python compiled is left out."""
    yield place
    for folder, folders, names in os.walk(place, followlinks=True):
        above = Path(folder).resolve()
        inside = (name for name in folders if not above.is_relative_to(Path(folder, name).resolve()))  # no way back
        folders[:] = sorted(name for name in inside if name != "__pycache__")
        yield from (Path(folder, name) for name in (*folders, *sorted(names)))
