"""The other side of a diff: the site of a revision of git.

It is built in a temporary folder, by its own code, this Python and its packages.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from press.desk.git import Git
from press.ground.errors import ToldError
from press.ground.steps import Say, Step

TOLD = (".html", ".json", ".csv")  # what a site says, to readers and for programs
SHOWN = 160  # characters of what a program says


class ComparedSite(NamedTuple):
    """A story at one time: what it is called, and what its site says, by address."""

    name: str
    site: Mapping[str, bytes]


def build_site_of_revision(revision: str, root: Path, say: Say) -> ComparedSite:
    """Return the site of the commit that a revision of git names.

    Raises ``ToldError`` where there is none such, or it does not build.
    """
    git = Git(root)
    commit = git.get_commit_hash(revision)
    site_name = (
        revision if commit.startswith(revision) else f"{revision} ({commit[:7]})"
    )
    say(Step(f"building {site_name} as it was"))
    with TemporaryDirectory(prefix="side-") as temporary:
        own = Path(temporary, "side")
        drawings = Path(".cache", "figures")
        own.mkdir()
        git.extract_commit(commit, own)
        # none is there, or a build of today has no more use for one
        with contextlib.suppress(OSError):
            shutil.copytree(root / drawings, own / drawings, dirs_exist_ok=True)
        _build_extracted_story(own, site_name)
        site = _read_pages_json_and_csv(own / "site")
    if not site:  # its build.py does nothing
        message = f"{site_name} builds no page, expected a site"
        raise ToldError(message, "compare with another revision")
    return ComparedSite(site_name, site)


def _build_extracted_story(folder: Path, site_name: str) -> None:
    """Build the story in a folder. Raises ``ToldError`` where it does not build."""
    command = [sys.executable, "build.py", "build"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        reason = _describe_failure(done)
        message = f"{site_name} does not build with the packages of today: {reason}"
        raise ToldError(message, "compare with a later revision")


def _read_pages_json_and_csv(site_folder: Path) -> dict[str, bytes]:
    """Return what a site says, by address."""
    found = dict[str, bytes]()
    for path in sorted(site_folder.rglob("*")):
        if path.name.endswith(TOLD) and path.is_file():
            found[path.relative_to(site_folder).as_posix()] = path.read_bytes()
    return found


def _describe_failure(process: subprocess.CompletedProcess[bytes]) -> str:
    """Return the first thing that a command found wrong, or the end of
    its traceback.
    """
    said = process.stderr.decode("utf-8", "replace").splitlines()
    lines = [line for line in said if line.strip()]
    if not lines:
        return f"exit status {process.returncode}"
    has_crashed = any(line.startswith("Traceback") for line in lines)
    return lines[-1 if has_crashed else 0][:SHOWN]
