"""What a diff asks git for: the files of a revision, written to a folder of ours.

They come as an archive, not as a worktree: nothing is noted in the repository, so that
one that is read-only will do and a diff that is killed leaves nothing there.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from press.ground.errors import ToldError, quote_words

# what a build reads, but editions
PLACES = ("build.py", "content", "data", "press", "story", "templates")
WITHOUT = "keep the story in a repository of git: git init, git add --all, git commit"


class Git:
    """The repository in which a project lies."""

    def __init__(self, root: Path) -> None:
        """Look for git. Raises ``ToldError`` where it is not installed."""
        found = shutil.which("git")
        if not found:
            raise ToldError(
                "found no git on this computer, which knows the revisions", WITHOUT
            )
        self._program = found
        self._root = root

    def get_commit_hash(self, revision: str) -> str:
        """Return the hash of a revision's commit.

        Raises ``ToldError`` where there is no repository, or none such.
        """
        self._get_output("rev-parse", "--git-dir")
        known = self._run("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        if known.returncode == 0:
            return known.stdout.strip()
        if self._run("rev-parse", "--verify", "--quiet", "HEAD").returncode:
            raise ToldError(
                "found no commit in this repository, expected one to compare with",
                WITHOUT,
            )
        message = f"found no revision {quote_words(revision)}"
        if self._get_output("rev-parse", "--is-shallow-repository").strip() == "true":
            raise ToldError(
                message,
                "this clone is shallow, it lacks older revisions: git fetch"
                " --unshallow",
            )
        raise ToldError(
            message,
            "expected one that git knows, such as HEAD~1 or the name of a branch",
        )

    def read_day(self, commit: str) -> str:
        """Return the day of a commit: 2026-11-26."""
        return self._get_output("show", "--no-patch", "--format=%cs", commit).strip()

    def list_changed_story_files(self) -> list[str]:
        """Return the files of the story that are not as the last commit has them, new
        ones among them; no edition's.
        """
        options = ("--porcelain", "-z", "--no-renames")
        status = self._get_output(
            "--no-optional-locks", "status", *options, "--", *PLACES
        )
        return [line[3:] for line in status.split("\0") if line]

    def extract_commit(self, commit: str, folder: Path) -> None:
        """Write the project of a commit into a new folder; an archive of it lies beside
        that then.
        """
        if self._run("rev-parse", "--verify", "--quiet", f"{commit}:./").returncode:
            raise ToldError(
                f"found no folder {self._root.name} in {commit[:7]}, expected this"
                " project",
                WITHOUT,
            )
        archive = folder.with_suffix(".zip")
        # of the folder in which it is asked
        self._get_output("archive", f"--output={archive}", commit)
        shutil.unpack_archive(archive, folder)

    def _get_output(self, *arguments: str) -> str:
        """Return what git says. Raises ``ToldError`` with its complaint."""
        done = self._run(*arguments)
        if done.returncode:
            line, _, _ = done.stderr.strip().partition("\n")
            complaint = line.removeprefix("fatal: ") or "no reason given"
            raise ToldError(f"git cannot say: {complaint}", WITHOUT)
        return done.stdout

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [self._program, "-C", str(self._root), *arguments]
        return subprocess.run(
            command,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
        )
