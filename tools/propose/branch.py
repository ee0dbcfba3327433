"""The branch and the pull request of a proposal: written by git and by ``gh``, GitHub's own program."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.propose.body import Proposal

NAME = "new-figures"  # the one branch that is ever written
REMOTE = "origin"
PARTS = ("content", "data")  # what a proposal may change
OURS = "Proposed-As: "  # in a commit's message, before its tree: whoever amends it has made it his own


class ProposeError(Exception):
    """A proposal cannot be made or sent; the message says why, and what to do."""


def send(root: Path, proposal: Proposal, patch: Path, body: str, run: str) -> Iterator[str]:
    """Push the branch, open or update its pull request, mark its commit; yield what was done.

    Raises ``ProposeError`` where the branch is the default one or holds what a person has made.
    """
    if _default(root) == NAME:
        raise ProposeError(f"{NAME} is the default branch, which is never written: rename it")
    old = _fetched(root)
    if foreign := _foreign(root, proposal.commit, old):
        message = f"the branch {NAME} holds commits of a person ({foreign[:7]}): nothing is sent"
        raise ProposeError(f"{message}\n    hint: merge it or delete it, then run this again")
    commit, is_new = _committed(root, proposal, patch, old)
    if is_new:
        lease = f"--force-with-lease=refs/heads/{NAME}:{old}"
        _remote(root, "push", "--quiet", lease, REMOTE, f"{commit}:refs/heads/{NAME}")
    yield f"{NAME}: {commit[:7]} {'pushed' if is_new else 'was there already'}"
    yield _asked(root, proposal, body)
    _mark(root, proposal, commit, run)


def _default(root: Path) -> str:
    """Return the name of the default branch of the remote repository."""
    for line in _remote(root, "ls-remote", "--symref", REMOTE, "HEAD").splitlines():
        if line.startswith("ref: refs/heads/"):
            return line.removeprefix("ref: refs/heads/").partition("\t")[0]
    raise ProposeError(f"found no default branch at {REMOTE}")


def _fetched(root: Path) -> str:
    """Fetch the branch; return its commit, or "" where there is none."""
    if not _remote(root, "ls-remote", REMOTE, f"refs/heads/{NAME}"):
        return ""
    _remote(root, "fetch", "--quiet", REMOTE, f"+refs/heads/{NAME}:refs/remotes/{REMOTE}/{NAME}")
    return git(root, "rev-parse", f"refs/remotes/{REMOTE}/{NAME}")


def _foreign(root: Path, commit: str, old: str) -> str:
    """Return a commit of the branch that no proposal made and that the default branch has not, or ""."""
    for each in git(root, "rev-list", old, f"^{commit}").split() if old else ():
        tree, message = git(root, "show", "--no-patch", "--format=%T%n%B", each).split("\n", 1)
        if f"{OURS}{tree}" not in message.splitlines():
            return each
    return ""


def _committed(root: Path, proposal: Proposal, patch: Path, old: str) -> tuple[str, bool]:
    """Make the commit without touching a file, an index or a branch; return it, or ``old`` where that is the same."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder, "index")
        git(root, "read-tree", proposal.commit, index=index)
        git(root, "apply", "--cached", "--whitespace=nowarn", str(patch), index=index)
        tree = git(root, "write-tree", index=index)
    prefix = git(root, "rev-parse", "--show-prefix")
    allowed = tuple(f"{prefix}{part}/" for part in PARTS)
    names = git(root, "diff", "--name-only", "-z", f"{proposal.commit}^{{tree}}", tree).split("\0")
    if strange := [name for name in names if name and not name.startswith(allowed)]:
        raise ProposeError(f"found a change of {strange[0]}, expected only files of {' and '.join(PARTS)}")
    if old and git(root, "rev-parse", f"{old}^{{tree}}", f"{old}^") == f"{tree}\n{proposal.commit}":
        return old, False
    message = f"{proposal.title}\n\n{OURS}{tree}"
    return git(root, "commit-tree", tree, "-p", proposal.commit, "-m", message), True


def _asked(root: Path, proposal: Proposal, body: str) -> str:
    """Open the pull request, or let the open one say what is true now; one of a fork is none of ours."""
    fields = "number,isDraft,isCrossRepository"
    found = json.loads(_gh(root, "pr", "list", "--head", NAME, "--state", "open", "--json", fields))
    own = [item for item in found if not item["isCrossRepository"]]
    if not own:
        draft = ["--draft"] if proposal.draft else []
        given = ["--base", _default(root), "--head", NAME, "--title", proposal.title, "--body-file", "-"]
        return f"opened {_gh(root, 'pr', 'create', *given, *draft, text=body).strip()}"
    number = str(own[0]["number"])
    fields = json.dumps({"title": proposal.title, "body": body})
    _gh(root, "api", "--method", "PATCH", f"repos/{{owner}}/{{repo}}/pulls/{number}", "--input", "-", text=fields)
    if own[0]["isDraft"] != proposal.draft:
        _gh(root, "pr", "ready", number, *(["--undo"] if proposal.draft else []))
    return f"updated #{number}"


def _mark(root: Path, proposal: Proposal, commit: str, run: str) -> None:
    """Show on the pull request whether words need a person, as a check of its commit."""
    told = "words are false, or nobody has read them" if proposal.draft else "all words are true and read"
    status = {"state": "failure" if proposal.draft else "success", "context": "words", "description": told}
    given = json.dumps(status | ({"target_url": run} if run else {}))
    _gh(root, "api", "--method", "POST", f"repos/{{owner}}/{{repo}}/statuses/{commit}", "--input", "-", text=given)


def _gh(root: Path, *arguments: str, text: str = "") -> str:
    return _done(["gh", *arguments], root, text=text)


def git(root: Path, *arguments: str, index: Path | None = None) -> str:
    """Return what git says. Raises ``ProposeError`` with its complaint."""
    return _done(["git", *arguments], root, {"GIT_INDEX_FILE": str(index)} if index else {}).strip()


def _remote(root: Path, *arguments: str) -> str:
    """Let git talk to the remote repository; in a workflow with the token that gh has, which is written nowhere."""
    own = ["-c", "credential.helper=!gh auth git-credential"] if os.environ.get("GITHUB_ACTIONS") else []
    return git(root, *own, *arguments)


def _done(command: list[str], root: Path, own: dict[str, str] | None = None, text: str = "") -> str:
    try:
        done = subprocess.run(
            command, cwd=root, input=text, capture_output=True, encoding="utf-8", errors="surrogateescape",
            env={**os.environ, **(own or {})}, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        raise ProposeError(f"found no {command[0]} on this computer: install it") from None
    if done.returncode:
        raise ProposeError(f"{' '.join(command[:2])} says: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
