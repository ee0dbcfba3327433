"""The other side of a diff: a revision of git, a folder with a copy of the story, a saved ``numbers.json``.

A revision and a folder are made with their own code in a temporary folder, by this Python and its packages, and kept
in ``.cache/`` by a hash of all their files. What cannot be made so is known by less, down to its tables alone; a note
says so.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from press.content import read_editions
from press.desk.git import Git
from press.desk.saved import numbers_in
from press.desk.snapshot import FORM, tables_in
from press.errors import ToldError, quoted, similar
from press.figures import Cache
from press.files import hash_of
from press.record import INPUTS, packages
from press.steps import Step

NUMBERS = "numbers.json"
EDITION = "edition:"  # before the name of one
KEPT = 8  # sides
UNKNOWN, UNHEARD = 2, b"invalid choice"  # what a command line says of a verb that it does not know
SHOWN = 160  # characters of what a program says
Say = Callable[[str], None]
Known = dict[str, Any]


class Side(NamedTuple):
    """A side: what it is called, what is known of it, and what is not."""

    name: str
    snapshot: Mapping[str, Any]
    notes: tuple[str, ...] = ()


class Source(NamedTuple):
    """Where a side comes from: its name, a hash of all its files, and what writes them into a new folder."""

    name: str
    digest: str
    write: Callable[[Path], None]


def side(name: str, root: Path, limit: int, say: Say) -> Side:
    """Return the side that a revision, a file or a folder names. Raises ``ToldError`` where there is none such.

    ``limit`` is how many seconds one call of its story's code may take.
    """
    path = Path(name)
    if path.is_file() and path.suffix == ".json":
        return _of_numbers(path, name)
    if (path / "build.py").is_file():
        return _side(_folder(path, name), root, limit, say)
    if (path / NUMBERS).is_file():  # a site, an edition
        return _of_numbers(path / NUMBERS, name)
    if (path / "data").is_dir():
        return _side(_folder(path, name), root, limit, say)
    if name.startswith(EDITION):
        return _of_edition(name.removeprefix(EDITION), root, limit, say)
    git = Git(root)
    try:
        source = of_commit(name, git)
    except ToldError:
        if path.is_dir():
            message = f"{name}: found neither data/ nor {NUMBERS} in this folder, expected a copy of the story"
            raise ToldError(message) from None
        raise
    made = _side(source, root, limit, say)
    found = git.submodules(source.digest)
    note = [f"the files of submodules are not in it: {', '.join(found)}"] if found else []
    return made._replace(notes=(*made.notes, *note))


def of_commit(name: str, git: Git) -> Source:
    """Return the source of a revision. Raises ``ToldError`` where there is none such."""
    commit = git.commit(name)
    tree = git.tree(commit)
    told = name if commit.startswith(name) else f"{name} ({commit[:7]})"
    return Source(told, tree, lambda folder: git.write(tree, folder, folder.with_name("index")))


def _of_edition(name: str, root: Path, limit: int, say: Say) -> Side:
    """Return the side of the commit that an edition was made of."""
    known = {item.name: item.revision for item in read_editions(root)}
    if name not in known:
        raise ToldError(f"found no edition {quoted(name)}", similar(name, known))
    return side(known[name], root, limit, say)._replace(name=f"edition {name}")


def _of_numbers(path: Path, name: str) -> Side:
    return Side(name, {"numbers": numbers_in(path, name)}, (f"{name} holds numbers, and only these are compared",))


def _folder(path: Path, name: str) -> Source:
    """Return the source of a folder, which is copied, so that nothing is written there."""
    files = list(_files(path))

    def write(folder: Path) -> None:
        for place in files:
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path / place, folder / place)

    parts = (part for place in files for part in (place.as_posix(), (path / place).read_bytes()))
    return Source(name, hash_of(*parts), write)


def _files(path: Path) -> Iterator[Path]:
    """Yield the files of a story's folder, by their places in it."""
    for found in sorted(found for part in INPUTS for found in (path / part, *(path / part).rglob("*"))):
        if found.is_file() and "__pycache__" not in found.parts:
            yield found.relative_to(path)


def _side(source: Source, root: Path, limit: int, say: Say) -> Side:
    """Return a side as it was kept, or make it and keep it; what could not be made is tried again the next time."""
    folder = root / ".cache" / "sides"
    key, cache = hash_of("side", str(FORM), source.digest, sys.version, *packages()), Cache(folder)
    if stored := cache.get(key):
        kept = json.loads(stored)
        return Side(source.name, kept["known"], tuple(kept["notes"]))
    say(Step(f"building {source.name} as it was"))
    with written(source, root) as own:
        known, note, whole = _made(own, limit)
    notes = (f"{source.name} {note}",) if note else ()
    if whole:
        cache.put(key, json.dumps({"known": known, "notes": notes}).encode())
        _tidy(folder)
    return Side(source.name, known, notes)


@contextmanager
def written(source: Source, root: Path, *, drawings: bool = True) -> Iterator[Path]:
    """Write a story into a temporary folder; ``drawings`` that are there need not be drawn again."""
    with TemporaryDirectory(prefix="side-") as temporary:
        folder = Path(temporary, "side")
        folder.mkdir()
        source.write(folder)
        with suppress(OSError):
            (folder / ".cache").mkdir()
            (root / ".cache" / "figures").mkdir(parents=True, exist_ok=True)
            if drawings:
                known = root.resolve() / ".cache" / "figures"
                (folder / ".cache" / "figures").symlink_to(known, target_is_directory=True)
        yield folder


def _made(folder: Path, limit: int) -> tuple[Known, str, bool]:
    """Return what is known of the story in a folder, what is not and why, and whether that will always be so."""
    tables = {"tables": tables_in(folder)}
    if not (folder / "build.py").is_file():
        return tables, "holds no build.py, and only its tables are compared", True
    done = run_in(folder, "diff", "--snapshot", "--limit", str(limit))
    if done.returncode == 0 and (known := _snapshot(done.stdout)):
        return known, "", True
    if done.returncode and not is_unheard(done):
        return tables, f"does not build with the packages of today, and only tables are compared: {_why(done)}", False
    return _by_site(folder, tables)


def _by_site(folder: Path, tables: Known) -> tuple[Known, str, bool]:
    """Return what the site of an older story says, whose code cannot tell it."""
    with suppress(OSError):  # its build deletes what it does not need
        (folder / ".cache" / "figures").unlink()
    done = run_in(folder, "build")
    if done.returncode:
        return tables, f"does not build with the packages of today, and only tables are compared: {_why(done)}", False
    try:
        numbers = numbers_in(folder / "site" / NUMBERS, NUMBERS)
    except ToldError:
        return tables, "has no numbers.json that can be read, and only tables are compared", True
    return {**tables, "numbers": numbers}, "is older than this command, and only numbers and tables are compared", True


def run_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line of a story in its folder."""
    command = [sys.executable, "build.py", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, check=False)


def is_unheard(done: subprocess.CompletedProcess[bytes]) -> bool:
    """Tell whether the command line of an older story does not know the verb that it was asked."""
    return done.returncode == UNKNOWN and UNHEARD in done.stderr


def _snapshot(told: bytes) -> Known | None:
    """Read what a story says of itself; ``None`` where it is no snapshot of today's form."""
    try:
        known = json.loads(told)
    except ValueError:
        return None
    return known if isinstance(known, dict) and known.get("form") == FORM else None


def _why(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return the first thing that a command found wrong, or the end of its traceback."""
    lines = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    crashed = any(line.startswith("Traceback") for line in lines)
    return next(iter(lines[-1:] if crashed else lines), f"exit status {done.returncode}")[:SHOWN]


def _tidy(folder: Path) -> None:
    """Delete the sides that were kept longest ago."""
    with suppress(OSError):
        for path in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            path.unlink()
