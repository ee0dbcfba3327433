"""``editions/``: versions of the story that stay, each as it was made, and the record
of them.

A build copies their files and never makes them anew. It looks at no folder that the
record does not name: a command that was killed has left it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from os.path import lexists
from pathlib import Path
from typing import NamedTuple

from press.ground.errors import Problems
from press.ground.files import bytes_of, read
from press.ground.toml import Toml, as_toml, checked

FOLDER = "editions"
RECORD = f"{FOLDER}/editions.toml"
# with .html or .pdf, what the folder of an edition calls the file that holds all of it
WHOLE = "story"
SHAPE = {"editions": [{"name": str, "date": date, "revision": str}]}
BEGIN = (
    "# Versions of the story that stay, oldest first. Each is made by: build.py edition"
    " NAME\n"
)


class Edition(NamedTuple):
    """A version of the story that stays; ``files`` are its bytes by their places in its
    folder.

    ``revision`` is the commit that it was made of.
    """

    name: str
    date: str  # 2026-11-26
    revision: str
    files: Mapping[str, bytes]

    @property
    def folder(self) -> str:
        """The address of its folder, with a slash at its end."""
        return folder_of(self.name)

    @property
    def entry(self) -> str:
        """What the record says of it."""
        name = as_toml(self.name)
        revision = as_toml(self.revision)
        return (
            f"\n[[editions]]\nname = {name}\ndate = {self.date}\nrevision ="
            f" {revision}\n"
        )


def folder_of(name: str) -> str:
    """Return the address of an edition's folder, with a slash at its end."""
    return f"{FOLDER}/{name}/"


def read_editions(root: Path) -> tuple[Edition, ...]:
    """Return the editions of a project, oldest first; no record means none.

    Raises ``BuildError`` for a record that is wrong, and for each edition whose files
    are not there.
    """
    path = root / RECORD
    if not lexists(path):
        return ()
    toml = Toml(read(path, root), RECORD)
    problems = Problems()
    editions = list[Edition]()
    for number, value in enumerate(checked(toml.parse(), SHAPE, toml)["editions"]):
        folder = folder_of(value["name"])
        files = _read_files(root / folder, root, problems)
        if not files:
            message = f"found no files in {folder}, expected this edition"
            hint = f"get it back as it was committed: git checkout -- {folder}"
            problems.add(RECORD, toml.line("editions", number), message, hint)
        day = f"{value['date']}"
        editions.append(Edition(value["name"], day, value["revision"], files))
    problems.stop_if_any()
    return tuple(editions)


def _read_files(folder: Path, root: Path, problems: Problems) -> dict[str, bytes]:
    """Return the files of an edition by their places in its folder, and note each that
    cannot be read; names that begin with a point are left out.
    """
    files = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_dir() and not path.name.startswith("."):
            content = problems.collect(bytes_of, path, root) or b""
            files[path.relative_to(folder).as_posix()] = content
    return files
