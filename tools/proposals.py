"""Proposals: the branch on which ``tools.propose`` has proposed figures before, and its
pull request.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import NamedTuple

BRANCH = "new-figures"
REMOTE = "origin"
REF = f"refs/heads/{BRANCH}"
# What git says of a commit: who made it when, twice; its parents and files; and what
# the message of a proposal says of these and of its text.
OF_COMMIT = (
    "%an <%ae> %at%n%cn <%ce> %ct%n%P %T"
    "%n%(trailers:key=Made-of,valueonly,separator=%x20)"
    "%n%(trailers:key=Says,valueonly,separator=%x20)"
)
OF_PULL = "number,url,state,isDraft,headRefOid,isCrossRepository"


class ProposeError(Exception):
    """Nothing can be sent; the message says why, and what to do."""


class Pull(NamedTuple):
    """A pull request."""

    number: int
    url: str
    state: str  # OPEN, CLOSED or MERGED
    is_draft: bool
    head: str  # its newest commit


class Proposal(NamedTuple):
    """What this program has pushed before."""

    base: str  # the commit of the default branch that it was made from
    says: str  # the fingerprint of its text


class Branch(NamedTuple):
    """The branch of proposals, as the remote repository has it."""

    tip: str = ""  # its commit; "" where there is no branch
    # what was proposed with it; None where a person has pushed to it since
    proposal: Proposal | None = None
    pull: Pull | None = None  # the newest one from it

    @property
    def is_free(self) -> bool:
        """Whether this program may write it: nothing is lost where all was merged."""
        pull = self.pull
        is_merged = pull and pull.state == "MERGED" and pull.head == self.tip
        return bool(not self.tip or is_merged or self.proposal)


def fetch_proposal_branch(root: Path) -> Branch:
    """Ask the remote repository for the branch, and GitHub for its pull request.

    Raises ``ProposeError``, also where there is no gh, before anything is done.
    """
    run_program(root, "gh", "--version")
    listed = run_program(root, "git", "ls-remote", REMOTE, REF)
    if not listed:
        return Branch()
    tip = listed.split()[0]
    run_program(root, "git", "fetch", "--quiet", REMOTE, REF)
    return Branch(tip, _read_proposal(root, tip), _find_newest_pull(root))


def _read_proposal(root: Path, commit: str) -> Proposal | None:
    """Return what was proposed with a commit; None where it is not just as this program
    has made it.

    Its message names its parent and its files, and author and committer are one at one
    moment: whoever adds, amends or moves a commit changes one of these.
    """
    shown = run_program(
        root, "git", "show", "--no-patch", f"--format={OF_COMMIT}", commit
    )
    author, committer, made_of, *message = shown.split("\n")
    if author != committer or len(message) != 2:  # noqa: PLR2004 - of two lines
        return None
    sealed, says = message
    return Proposal(made_of.split()[0], says) if sealed == made_of else None


def _find_newest_pull(root: Path) -> Pull | None:
    """Return the newest pull request from the branch; those from forks, which may have
    one of that name, are not ours.
    """
    options = ["--head", BRANCH, "--state", "all", "--json", OF_PULL]
    listed = json.loads(run_program(root, "gh", "pr", "list", *options))
    for item in listed:
        if not item["isCrossRepository"]:
            return Pull(
                number=item["number"],
                url=item["url"],
                state=item["state"],
                is_draft=item["isDraft"],
                head=item["headRefOid"],
            )
    return None


def run_program(root: Path, *command: str) -> str:
    """Return what a program says. Raises ``ProposeError`` with its complaint."""
    try:
        done = subprocess.run(
            command, cwd=root, capture_output=True, encoding="utf-8", check=False
        )
    except FileNotFoundError:
        raise ProposeError(
            f"found no {command[0]} on this computer: install it"
        ) from None
    if done.returncode:
        raise ProposeError(f"{' '.join(command[:2])} says: {done.stderr.strip()}")
    return done.stdout.strip()
