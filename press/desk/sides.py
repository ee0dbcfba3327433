"""The other side of a diff: the site of a revision of git.

It is built in a temporary folder, by its own code, this Python and its packages.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from press.desk.git import Git
from press.ground.errors import ToldError
from press.ground.steps import Step

TOLD = (".html", ".json", ".csv")  # what a site says, to readers and for programs
SHOWN = 160  # characters of what a program says


class Side(NamedTuple):
    """A story at one time: what it is called, and what its site says, by address."""

    name: str
    site: Mapping[str, bytes]


def build_side(name: str, root: Path, say: Callable[[str], None]) -> Side:
    """Return the side that a revision names.

    Raises ``ToldError`` where there is none such, or it does not build.
    """
    git = Git(root)
    commit = git.commit(name)
    told = name if commit.startswith(name) else f"{name} ({commit[:7]})"
    say(Step(f"building {told} as it was"))
    with TemporaryDirectory(prefix="side-") as temporary:
        own = Path(temporary, "side")
        drawings = Path(".cache", "figures")
        own.mkdir()
        git.write(commit, own)
        # none is there, or a build of today has no more use for one
        with contextlib.suppress(OSError):
            shutil.copytree(root / drawings, own / drawings, dirs_exist_ok=True)
        command = [sys.executable, "build.py", "build"]
        done = subprocess.run(
            command, cwd=own, capture_output=True, stdin=subprocess.DEVNULL, check=False
        )
        if done.returncode:
            message = f"{told} does not build with the packages of today: {_why(done)}"
            raise ToldError(message, "compare with a later revision")
        site = own / "site"
        places = [
            path
            for path in sorted(site.rglob("*"))
            if path.name.endswith(TOLD) and path.is_file()
        ]
        if not places:  # its build.py does nothing
            raise ToldError(
                f"{told} builds no page, expected a site",
                "compare with another revision",
            )
        return Side(
            told,
            {path.relative_to(site).as_posix(): path.read_bytes() for path in places},
        )


def _why(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return the first thing that a command found wrong, or the end of
    its traceback.
    """
    lines = [
        line
        for line in done.stderr.decode("utf-8", "replace").splitlines()
        if line.strip()
    ]
    crashed = any(line.startswith("Traceback") for line in lines)
    return next(
        iter(lines[-1:] if crashed else lines), f"exit status {done.returncode}"
    )[:SHOWN]
