"""Writing the site: everything is staged, then put in place file by file, in an order
that does no reader harm.

Replacing many files is atomic on no file system. So: all new files are written beside
the old ones, then each is moved over, in an order in which no page that a reader comes
to names a file that is not there: what pages load, pages that are new, pages that
change, then what is gone, pages before what they load. Killed in between, old and new
pages stand side by side, each whole, and the next build does the rest. Builds take
turns at it.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Collection
from os.path import lexists
from pathlib import Path
from typing import NamedTuple

from press.ground.errors import BuildError, Problem
from press.ground.files import format_path, read_bytes_anywhere
from press.ground.lock import hold_lock
from press.ground.steps import Say, discard_line
from press.pages import FilesByAddress

# a folder in the site's own: a build made it. GitHub Pages leaves names with a dot out
OURS = ".press"
LOCK = Path(".cache", "site.lock")  # below the project: whoever holds it writes


class PublishOutcome(NamedTuple):
    """What a publication did to the folder."""

    written: tuple[str, ...]
    deleted: tuple[str, ...]
    unchanged: int


def write_changed_site_files(
    site: FilesByAddress, folder: Path, root: Path, say: Say = discard_line
) -> PublishOutcome:
    """Make ``folder`` hold the site; ``say`` is told where another build has to end
    first.

    Raises ``BuildError`` where a file is in the way, or unwritable.
    """
    name = format_path(folder, root)
    with hold_lock(
        LOCK, root, lambda: say(f"another build is writing {name}/: waiting")
    ):
        try:
            return _replace_site_files(site, folder, root)
        except OSError as error:
            message = f"cannot write the site: {error.strerror} ({error.filename})"
            hint = (
                "mend this, and build again: each file is whole, the old one or the"
                " new one"
            )
            raise BuildError.at(name, 1, message, hint) from error


def _replace_site_files(
    site: FilesByAddress, folder: Path, root: Path
) -> PublishOutcome:
    """Replace what differs in a folder, file by file. Raises ``OSError``."""
    ours = folder / OURS
    if folder.exists() and not ours.is_dir() and any(folder.iterdir()):
        message = (
            "found a folder that this build did not make, expected none or its own"
        )
        raise BuildError.at(
            format_path(folder, root), 1, message, "move it away, or delete it"
        )
    stage = ours / "stage"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    manifest = ours / "manifest.json"
    known = set[str]()
    if lexists(manifest):
        known.update(json.loads(read_bytes_anywhere(manifest, root)))
    changed = _list_changed_addresses(site, folder)
    deleted = sorted(known - site.keys(), key=_rank_for_writing, reverse=True)
    _check_no_foreign_files(changed, deleted, known, folder, root)
    for number, address in enumerate(changed):
        (stage / str(number)).write_bytes(site[address].body)
    if not site.keys() <= known:
        # before they are there: killed in between, they are known to be ours
        _write_manifest(folder, known | site.keys())
    for number, address in enumerate(changed):
        place = folder / address
        place.parent.mkdir(parents=True, exist_ok=True)
        (stage / str(number)).replace(place)
    for address in deleted:
        place = folder / address
        place.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # others stand in it
            os.removedirs(place.parent)
    if known != site.keys():
        _write_manifest(folder, site.keys())
    shutil.rmtree(stage)
    return PublishOutcome(tuple(changed), tuple(deleted), len(site) - len(changed))


def _list_changed_addresses(site: FilesByAddress, folder: Path) -> list[str]:
    """Return the addresses of the files that are to be written, in their order."""
    changed = [
        address
        for address, file in site.items()
        if _is_file_different(folder / address, file.body)
    ]
    return sorted(
        changed,
        key=lambda address: _rank_for_writing(
            address, replaces_file=(folder / address).exists()
        ),
    )


def _rank_for_writing(
    address: str, *, replaces_file: bool = False
) -> tuple[bool, bool, bool, str]:
    """Return the place of a file among those that are put in place; deletions go the
    other way round.

    Pages come after what they load, and after new pages that they may link to. Those
    may link to each other: the last is an index, which is how readers come to a folder.
    """
    is_page = address.endswith(".html")
    return is_page, replaces_file, address.rpartition("/")[2] == "index.html", address


def _is_file_different(path: Path, body: bytes) -> bool:
    """Tell whether a file holds anything else.

    Somebody may have edited it; to read 15 MB takes 7 ms of CPU.
    """
    return not path.is_file() or path.read_bytes() != body


def _check_no_foreign_files(
    changed: list[str], deleted: list[str], known: set[str], folder: Path, root: Path
) -> None:
    """Raise ``BuildError`` for what no build made where one is to write or delete,
    links to other places among it.
    """
    foreign = [
        folder / address
        for address in changed
        if address not in known and (folder / address).exists()
    ]
    needed = {
        parent
        for address in (*changed, *deleted)
        for parent in (folder / address).parents
    }
    inside = (path for path in needed if folder in path.parents)
    foreign += (
        path
        for path in inside
        if path.name == ".." or path.is_symlink() or path.is_file()
    )
    message = (
        "found a file that no build made where the site needs its own, expected none"
    )
    if foreign:
        raise BuildError(
            Problem(format_path(path, root), 1, message, "move it away")
            for path in foreign
        )


def _write_manifest(folder: Path, addresses: Collection[str]) -> None:
    """Write down which files of the folder are ours."""
    draft = folder / OURS / "stage" / "manifest.json"
    draft.write_text(json.dumps(sorted(addresses), indent=1), "utf-8")
    draft.replace(folder / OURS / "manifest.json")
