"""``press upgrade``: a newer engine, from where a story says that it comes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

import press
from press.ground.errors import BuildError, ToldError, format_count
from press.ground.files import (
    LOCK,
    drop_drafts,
    leave_drafts_of_unchanged_files,
    list_files_left_as_drafts,
    read_bytes_anywhere,
    replace_files_one_by_one,
)
from press.ground.lock import hold_lock

ENGINE = Path(press.__file__).parent
SOURCE = "engine.txt"
VERB = "upgrade"
BUILD = "build.py"
# What a story has of the engine, as it is there.
SAME = {
    BUILD: "starter/files/build.py.jinja",
    "Makefile": "starter/files/Makefile.jinja",
    "requirements.txt": "requirements.txt",
}
LOOK = "the engine's has changed: look whether yours is to follow"
PIP = (
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--no-deps",
    # what builds it is what requirements.txt pins, and pip fetches no other
    "--no-build-isolation",
    "--force-reinstall",
)


def install_engine_and_upgrade_story(
    story: Path, broken_files: Collection[str] = ()
) -> list[str]:
    """Install the engine that ``engine.txt`` names; return what is to be looked at, and
    what was written, in lines.

    To be looked at are templates in place of pages that have changed. What the author
    has not changed becomes the new engine's: files as the engine has had them, and
    those that are missing, empty, ``broken_files``, or left half done by a command that
    was killed. Raises ``BuildError`` or ``ToldError`` where there is no story, the
    engine cannot be installed, or a file cannot be written.
    """
    places = _map_story_files_to_engine(story)
    with hold_lock(LOCK, story):
        before = _read_files_of_engine(places)
        broken = {*list_files_left_as_drafts(story, VERB), *broken_files}
        ours = [
            name
            for name in sorted(SAME.keys() & places.keys())
            if name in broken or _is_unchanged(story / name, story, before[name])
        ]
        leave_drafts_of_unchanged_files(ours, story, VERB)
        try:
            _install_engine_unless_in_story(story)
        except ToldError:
            drop_drafts(story, VERB)
            raise
        after = _read_files_of_engine(places)
        written = {}
        for name in ours:
            if after[name] not in {b"", _read_file_or_empty(story / name, story)}:
                written[name] = after[name]
        drop_drafts(story, VERB, keep=written)
        replace_files_one_by_one(written, story, VERB, may_create=True)
    told = [f"{name}: is the new engine's" for name in written]
    changed = [name for name in before if after[name] != before[name]]
    look = [f"{name}: {LOOK}" for name in changed if name not in ours]
    count = format_count(len(written), "file")
    return [*told, *look, f"Upgraded: {count} written, {len(look)} to look at"]


def _map_story_files_to_engine(story: Path) -> Mapping[str, Path]:
    """Return where the engine has what a story has of it, or in place of it.

    Raises ``BuildError`` for no story.
    """
    pages = {}
    for path in sorted((story / "templates").rglob("*")):
        if path.is_file():
            page = path.relative_to(story)
            pages[page.as_posix()] = ENGINE.joinpath("theme", *page.parts[1:])
    if (story / SOURCE).exists():
        return pages | {name: ENGINE / place for name, place in SAME.items()}
    if story == ENGINE.parent:  # whose engine lies in it: nothing is installed
        return pages | {BUILD: ENGINE / SAME[BUILD]}
    message = "found no such file, expected one that says where the engine is"
    hint = "go to the folder of a story; begin one: press new FOLDER --table FILE.csv"
    raise BuildError.at(SOURCE, 1, message, hint)


def _install_engine_unless_in_story(story: Path) -> None:
    """Have pip install the engine, if it is from elsewhere.

    Raises ``ToldError`` where it cannot.
    """
    if not (story / SOURCE).exists():
        return
    command = [sys.executable, *PIP, "-r", SOURCE]
    if subprocess.run(command, cwd=story, check=False).returncode:
        hint = (
            f"{SOURCE} is to name its folder, its wheel or its address; what builds it"
            " is in requirements.txt: pip install --require-hashes -r requirements.txt"
        )
        raise ToldError("the engine could not be installed", hint)


def _read_files_of_engine(places: Mapping[str, Path]) -> Mapping[str, bytes]:
    """Return what the engine has of each file now."""
    return {name: _read_file_or_empty(place, ENGINE) for name, place in places.items()}


def _is_unchanged(path: Path, story: Path, engines: bytes) -> bool:
    """Tell whether a file is missing, empty, or as the engine has it."""
    return _read_file_or_empty(path, story).strip() in {b"", engines.strip()}


def _read_file_or_empty(path: Path, root: Path) -> bytes:
    """Return what a file holds, nothing where there is none.

    Raises ``BuildError`` where it cannot be read.
    """
    return read_bytes_anywhere(path, root) if os.path.lexists(path) else b""
