"""``editions/``: versions of the story that stay, each as it was made, and the record
of them.

A build copies their files and never makes them anew. It looks at no folder that the
record does not name: a command that was killed has left it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os.path import lexists
from pathlib import Path
from typing import NamedTuple

from press.ground.errors import Problems
from press.ground.files import read_project_or_engine_bytes, read_text
from press.ground.schemas import get_values_keeping_to_schema
from press.ground.toml import TomlText, format_toml_value

FOLDER = "editions"
RECORD = f"{FOLDER}/editions.toml"
# with .html or .pdf, what the folder of an edition calls the file that holds all of it
WHOLE = "story"
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
        return format_folder_address(self.name)

    @property
    def name_date_and_revision_in_toml(self) -> str:
        """What the record says of it."""
        name = format_toml_value(self.name)
        revision = format_toml_value(self.revision)
        return (
            "\n[[editions]]\n"
            f"name = {name}\n"
            f"date = {self.date}\n"
            f"revision = {revision}\n"
        )


def format_folder_address(name: str) -> str:
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
    toml = TomlText(read_text(path, root), RECORD)
    problems = Problems()
    found = list[Edition]()
    for number, value in enumerate(
        get_values_keeping_to_schema(toml.parse(), "editions", toml)["editions"]
    ):
        line = toml.find_line_or_closest("editions", number)
        folder = format_folder_address(value["name"])
        files = dict(_read_files_of_edition(root / folder, root, problems))
        if not files:
            hint = f"get it back as it was committed: git checkout -- {folder}"
            problems.add(
                RECORD, line, f"found no files in {folder}, expected this edition", hint
            )
        found.append(
            Edition(value["name"], f"{value['date']}", value["revision"], files)
        )
    problems.stop_if_any()
    return tuple(found)


def _read_files_of_edition(
    folder: Path, root: Path, problems: Problems
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an edition by their places in its folder, and note each that
    cannot be read.
    """
    for path in sorted(folder.rglob("*")):
        if not (path.is_dir() or path.name.startswith(".")):
            place = path.relative_to(folder).as_posix()
            yield (
                place,
                problems.collect(read_project_or_engine_bytes, path, root) or b"",
            )
