"""``editions/``: versions of the story that stay, each as it was made, and the record of what they hold.

A build copies their bytes and never makes them anew; so it refuses one whose bytes have changed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from press.errors import Problem, Problems, quoted
from press.files import read, shown
from press.toml import Toml, as_toml, checked, parse_toml

FOLDER = "editions"
RECORD = f"{FOLDER}/editions.toml"
NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
SHAPE = {"editions": [{"name": str, "date": object, "revision": str, "files": {"*": str}}]}
BEGIN = "# Versions of the story that stay, oldest first. Each is made by: build.py edition NAME\n"
REPAIR = "get the file back as it was committed: git checkout -- {}"


class Edition(NamedTuple):
    """A version of the story that stays; ``files`` are its bytes by their places in its folder.

    ``revision`` is the commit that it was made of; ``line`` the one on which the record has it.
    """

    name: str
    date: str  # 2026-11-26
    revision: str
    files: Mapping[str, bytes]
    line: int = 1

    @property
    def folder(self) -> str:
        """The address of its folder, with a slash at its end."""
        return folder_of(self.name)

    @property
    def entry(self) -> str:
        """What the record says of it."""
        files = "".join(f"{as_toml(place)} = {as_toml(digest(body))}\n" for place, body in sorted(self.files.items()))
        return (
            f"\n[[editions]]\nname = {as_toml(self.name)}\ndate = {self.date}\nrevision = {as_toml(self.revision)}\n"
            f"\n[editions.files]\n{files}"
        )


def folder_of(name: str) -> str:
    """Return the address of an edition's folder, with a slash at its end."""
    return f"{FOLDER}/{name}/"


def digest(body: bytes) -> str:
    """Return the hash by which the record knows a file."""
    return hashlib.sha256(body).hexdigest()


def read_editions(root: Path) -> tuple[Edition, ...]:
    """Return the editions of a project, oldest first; no record means none.

    Raises ``BuildError`` for a record that is wrong, and with each file that is not as it was made.
    """
    problems = Problems()
    path = root / RECORD
    toml = Toml(read(path, root), shown(path, root)) if path.exists() else Toml("", RECORD)
    values = checked(parse_toml(*toml), SHAPE, toml)["editions"] if path.exists() else []
    found = list[Edition]()
    for number, value in enumerate(values):
        line = toml.line("editions", number)
        for message in _mistakes(value, [item.name for item in found]):
            problems.add(toml.path, line, message)
        problems.stop_if_any()
        files = dict(_files(root, value["name"], value["files"], problems))
        found.append(Edition(value["name"], f"{value['date']}", value["revision"], files, line))
    _check_strays(root, found, problems)
    problems.stop_if_any()
    return tuple(found)


def _mistakes(value: Mapping[str, object], known: list[str]) -> Iterator[str]:
    """Yield what is wrong with an entry of the record by itself, and beside the ``known`` ones before it."""
    name, day = f"{value['name']}", value["date"]
    if not NAME.fullmatch(name):
        yield f"found the name {quoted(name)}, expected small letters, digits and hyphens"
    if name in known:
        yield f"found the name {quoted(name)} again, expected each once"
    if not isinstance(day, date) or isinstance(day, datetime):
        yield f"found the date {as_toml(day)}, expected a day such as 2026-11-26"


def _files(root: Path, name: str, hashes: Mapping[str, str], problems: Problems) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an edition, and note each that is not as it was made."""
    for place, known in hashes.items():
        path = root / FOLDER / name / place
        try:
            body = path.read_bytes()
        except OSError:
            problems.add(shown(path, root), 1, "found no such file, which an edition holds", _repair(path, root))
            continue
        if digest(body) != known:
            message = f"found other bytes than those of which the edition {quoted(name)} was made"
            problems.add(shown(path, root), 1, message, _repair(path, root))
        yield place, body


def _repair(path: Path, root: Path) -> str:
    return REPAIR.format(shown(path, root))


def _check_strays(root: Path, found: list[Edition], problems: Problems) -> None:
    """Note each file of the folder that no edition holds: nobody would ever publish it."""
    own = {root / item.folder / place for item in found for place in item.files} | {root / RECORD}
    for path in sorted((root / FOLDER).rglob("*")):
        place = path.relative_to(root)
        if path.is_file() and path not in own and not any(part.startswith(".") for part in place.parts):
            problems.append(Problem(shown(path, root), 1, "found a file that no edition holds", "delete it"))
