"""What a diff asks git for: the files of a revision, written to a folder of ours.

They are written by way of an index of our own, not as a worktree: no hook runs, nothing is noted in the repository, so
that one that is read-only will do and a diff that is killed leaves nothing there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from press.errors import ToldError, quoted
from press.record import INPUTS

SUBMODULE = "160000"  # how git marks one in a list of files
WITHOUT = "compare with a saved numbers.json or with a folder that holds a copy: build.py diff FOLDER"


class Git:
    """The repository in which a project lies."""

    def __init__(self, root: Path) -> None:
        """Look for git. Raises ``ToldError`` where it is not installed."""
        found = shutil.which("git")
        if not found:
            raise ToldError("found no git on this computer, which knows the revisions", WITHOUT)
        self._program, self._root = found, root

    def commit(self, name: str) -> str:
        """Return the hash of a revision's commit. Raises ``ToldError`` where there is no repository, or none such."""
        self._said("rev-parse", "--git-dir")
        known = self._run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if known.returncode == 0:
            return known.stdout.strip()
        if self._run("rev-parse", "--verify", "--quiet", "HEAD").returncode:
            raise ToldError("found no commit in this repository, expected one to compare with", WITHOUT)
        message = f"found no revision, file or folder {quoted(name)}"
        if self._said("rev-parse", "--is-shallow-repository").strip() == "true":
            raise ToldError(message, "this clone is shallow, it lacks older revisions: git fetch --unshallow")
        raise ToldError(message, "expected a revision of git, a numbers.json, or a folder with a copy of the story")

    def tree(self, commit: str) -> str:
        """Return the hash of the project's folder in a commit. Raises ``ToldError`` where it was not there."""
        found = self._run("rev-parse", "--verify", "--quiet", f"{commit}:./")
        if found.returncode:
            raise ToldError(f"found no folder {self._root.name} in {commit[:7]}, expected this project", WITHOUT)
        return found.stdout.strip()

    def day(self, commit: str) -> str:
        """Return the day of a commit: 2026-11-26."""
        return self._said("show", "--no-patch", "--format=%cs", commit).strip()

    def changed(self) -> list[str]:
        """Return the files of the story that are not as the last commit has them, new ones among them; no edition's."""
        places = [place for place in INPUTS if place != "editions"]
        status = self._said("--no-optional-locks", "status", "--porcelain", "-z", "--no-renames", "--", *places)
        return [line[3:] for line in status.split("\0") if line]

    def submodules(self, tree: str) -> list[str]:
        """Return where the submodules of a tree lie: their files are in other repositories."""
        lines = self._said("ls-tree", "-r", "-z", "--full-tree", tree).split("\0")
        return [line.partition("\t")[2] for line in lines if line.startswith(SUBMODULE)]

    def write(self, tree: str, folder: Path, index: Path) -> None:
        """Write the files of a tree into a new folder; ``index`` is a place for a file that git needs for it."""
        top = self._said("rev-parse", "--show-toplevel").rstrip("\n")
        self._said("read-tree", tree, index=index)
        self._said("-C", top, "checkout-index", "--all", "--quiet", f"--prefix={folder.as_posix()}/", index=index)

    def _said(self, *arguments: str, index: Path | None = None) -> str:
        """Return what git says. Raises ``ToldError`` with its complaint."""
        done = self._run(*arguments, index=index)
        if done.returncode:
            complaint = done.stderr.strip().partition("\n")[0].removeprefix("fatal: ") or "no reason given"
            raise ToldError(f"git cannot say: {complaint}", WITHOUT)
        return done.stdout

    def _run(self, *arguments: str, index: Path | None = None) -> subprocess.CompletedProcess[str]:
        own = {"GIT_INDEX_FILE": str(index)} if index else {}
        return subprocess.run(
            [self._program, "-C", str(self._root), *arguments],
            capture_output=True, encoding="utf-8", errors="surrogateescape", env={**os.environ, **own}, check=False,
        )  # fmt: skip
