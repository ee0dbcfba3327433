"""Proposes new figures as a pull request: ``python -m tools.propose`` looks whether it
may, lets them in, and sends them.

All is done in copies of the last commit. One branch of the remote repository is
written, ``new-figures``: never the default branch, never what a person has pushed. The
branch is made where there is none, and made anew where it is as this program left it or
its pull request is merged. Otherwise it waits for a person, which is no failure.

Each of the three steps may run by itself, so that what reads publishers' documents has
no right to write, and what may write reads none; the last two hand over by a folder.
Options that are not named here are those of ``press import``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BRANCH, REMOTE = "new-figures", "origin"
REF = f"refs/heads/{BRANCH}"
TITLE = "New figures"
PARTS = ("content", "data")  # what a proposal may change
# the exit status of an update of which nothing failed but that hosts turn scripts away
AWAY = 3
MOST = 60_000  # characters of a text: GitHub takes 65,536
# The last line of a verb that has ended well: without it nothing was done.
DONE = {
    "import": r"Nothing new|.+: written",
    "fix": r"Nothing to fix.*|.+ written in .+",
    "check": r"Checked in .+",
    "diff": r"Compared with .+",
}
TOO_LONG = "\n\nThe rest is too long for this page: `make diff` tells it."
# What git says of a commit: who made it when, twice; its parents and files; and what
# the message of a proposal says of these and of its text.
OF_COMMIT = (
    "%an <%ae> %at%n%cn <%ce> %ct%n%P %T"
    "%n%(trailers:key=Made-of,valueonly,separator=%x20)"
    "%n%(trailers:key=Says,valueonly,separator=%x20)"
)
OF_PULL = "number,url,state,isDraft,headRefOid,isCrossRepository"
REFUSED = (
    f"the branch {BRANCH} is as it was, and the next run tries again\n    hint: tick"
    " *Allow GitHub Actions to create and approve pull requests* under Settings,"
    " Actions, General; a draft needs a public repository or a paid plan"
)


class ProposeError(Exception):
    """Nothing can be sent; the message says why, and what to do."""


@dataclass(frozen=True)
class Pull:
    """A pull request."""

    number: int
    url: str
    state: str  # OPEN, CLOSED or MERGED
    is_draft: bool
    head: str  # its newest commit


@dataclass(frozen=True)
class Proposal:
    """What this program has pushed before."""

    base: str  # the commit of the default branch that it was made from
    says: str  # the fingerprint of its text


@dataclass(frozen=True)
class Branch:
    """The branch of proposals, as the remote repository has it."""

    tip: str = ""  # its commit; "" where there is no branch
    # what was proposed with it; None where a person has pushed to it since
    proposal: Proposal | None = None
    pull: Pull | None = None  # the newest one from it

    @property
    def is_merged(self) -> bool:
        """Whether all of it was merged, so that nothing is lost where it is written."""
        return bool(
            self.pull and self.pull.state == "MERGED" and self.pull.head == self.tip
        )

    @property
    def is_free(self) -> bool:
        """Whether this program may write it."""
        return not self.tip or self.is_merged or self.proposal is not None


def main(arguments: Sequence[str], root: Path) -> int:
    """Do one step, or all.

    Return 0 where something is proposed, nothing is new or the branch waits for a
    person, else what went wrong.
    """
    parser = argparse.ArgumentParser(
        prog="tools.propose", description="Propose new figures as a pull request."
    )
    parser.add_argument(
        "--step",
        choices=("look", "figures", "send"),
        help="do one of the three steps (default: all)",
    )
    parser.add_argument(
        "--folder",
        default=".cache/proposal",
        help="where the steps hand over (default: %(default)s)",
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="say what would be sent, and send nothing",
    )
    options, asked = parser.parse_known_args(arguments)
    try:
        return _do_steps(root, options, asked)
    except ProposeError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _do_steps(root: Path, options: argparse.Namespace, asked: Sequence[str]) -> int:
    """Do the steps that are wanted, one after the other; return the exit status."""
    folder = Path(options.folder).resolve()
    status = 0
    if options.step == "look" or not (options.step or options.dry_run):
        is_free = look(root)
        if options.step == "look" or not is_free:
            return 0
    if options.step != "send":
        status = let_in(root, folder, asked)
    if options.step != "figures" and (folder / "proposal.json").exists():
        send(root, folder, dry_run=options.dry_run)
    return status


def look(root: Path) -> bool:
    """Return whether figures may be proposed now, and tell a workflow; say it where the
    branch waits for a person.
    """
    branch = find_branch(root)
    if not branch.is_free:
        _tell_waiting(branch)
    if outputs := os.environ.get("GITHUB_OUTPUT"):
        with Path(outputs).open("a", encoding="utf-8") as file:
            file.write(f"free={'true' if branch.is_free else 'false'}\n")
    return branch.is_free


def let_in(root: Path, folder: Path, asked: Sequence[str]) -> int:
    """Let figures come into a copy, mend and check it, and hand over what has changed
    and what ``diff`` says of it.

    Returns the exit status of the update where nothing is handed over: 0 with a warning
    where hosts turned it away.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with _copied(root) as copy:
        status, _ = _run_verb(copy, "import", *asked)
        if not _run(copy, "git", "status", "--porcelain", "--", *PARTS):
            print("No new figures are proposed")
            if status == AWAY:
                print(
                    "::warning::A host turns scripts away: save its pages, and import"
                    " them (the log says which)"
                )
            return 0 if status == AWAY else status
        _run_verb(copy, "fix")
        draft = _run_verb(copy, "check", "--strict")[0] != 0
        _, text = _run_verb(copy, "diff", "--markdown")
        _run(copy, "git", "add", "--all", "--", *PARTS)
        patch = f"--output={folder / 'changes.patch'}"
        _run(copy, "git", "diff-index", "--cached", "--binary", patch, "HEAD")
    if len(text) > MOST:
        text = text[: text.rindex("\n\n", 0, MOST)] + TOO_LONG
    (folder / "proposal.json").write_text(
        json.dumps({"text": text, "draft": draft}), "utf-8"
    )
    return 0


def send(root: Path, folder: Path, *, dry_run: bool) -> None:
    """Push the branch with what was handed over, and open its pull request, or bring
    that up to date: a draft where words need a person.

    Nothing is sent where the branch waits for a person, or just this was proposed
    before. Raises ``ProposeError`` where git or gh refuses; the branch is as it was
    then.
    """
    handed = json.loads((folder / "proposal.json").read_text("utf-8"))
    text = handed["text"]
    is_draft = handed["draft"]
    if dry_run:
        print("To be sent:", *["--draft"] * is_draft, f"\n\n{text}")
        return
    branch = find_branch(root)
    if not branch.is_free:
        _tell_waiting(branch)
        return
    base = _run(root, "git", "rev-parse", "HEAD")
    proposal = Proposal(base, hashlib.sha256(text.encode()).hexdigest())
    if known := _said_before(branch, proposal):
        _notice(known)
        return
    with _copied(root) as copy:
        _commit(copy, folder / "changes.patch", proposal)
        pushed = _run(copy, "git", "rev-parse", "HEAD")
        _push_branch(copy, pushed, branch.tip)
        try:
            print(
                _open_or_update_pull_request(root, branch.pull, text, is_draft=is_draft)
            )
        except ProposeError as error:
            outcome = _take_back(copy, branch.tip, pushed)
            raise ProposeError(f"{error}\n{outcome}") from None


def find_branch(root: Path) -> Branch:
    """Ask the remote repository for the branch, and GitHub for its pull request.

    Raises ``ProposeError``, also where there is no gh, before anything is done.
    """
    _run(root, "gh", "--version")
    listed = _run(root, "git", "ls-remote", REMOTE, REF)
    if not listed:
        return Branch()
    tip = listed.split()[0]
    _run(root, "git", "fetch", "--quiet", REMOTE, REF)
    return Branch(tip, _read_proposal(root, tip), _find_pull(root))


def _read_proposal(root: Path, commit: str) -> Proposal | None:
    """Return what was proposed with a commit; None where it is not just as this program
    has made it.

    Its message names its parent and its files, and author and committer are one at one
    moment: whoever adds, amends or moves a commit changes one of these.
    """
    shown = _run(root, "git", "show", "--no-patch", f"--format={OF_COMMIT}", commit)
    author, committer, made_of, *message = shown.split("\n")
    if author != committer or len(message) != 2:  # noqa: PLR2004 - of two lines
        return None
    sealed, says = message
    return Proposal(made_of.split()[0], says) if sealed == made_of else None


def _find_pull(root: Path) -> Pull | None:
    """Return the newest pull request from the branch; those from forks, which may have
    one of that name, are not ours.
    """
    options = ["--head", BRANCH, "--state", "all", "--json", OF_PULL]
    listed = json.loads(_run(root, "gh", "pr", "list", *options))
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


def _said_before(branch: Branch, proposal: Proposal) -> str:
    """Say why a proposal is not made again; "" where it is new, or stands on an older
    commit of the default branch, with which it may not fit any more.
    """
    before = branch.proposal
    pull = branch.pull
    if before is None or pull is None:
        return ""
    if pull.state == "OPEN" and before == proposal:
        return f"{pull.url} proposes just this already"
    if pull.state == "CLOSED" and before.says == proposal.says:
        return (
            f"{pull.url} proposed just this and was closed: delete the branch {BRANCH}"
            " to have it proposed again"
        )
    return ""


def _tell_waiting(branch: Branch) -> None:
    place = branch.pull.url if branch.pull else "no pull request"
    _notice(
        f"The branch {BRANCH} ({place}) has what a person has pushed, so nothing is"
        " proposed: merge it or delete it"
    )


def _notice(message: str) -> None:
    """Say why a run does nothing; GitHub shows it beside the run."""
    print(f"::notice::{message}")


def _commit(copy: Path, patch: Path, proposal: Proposal) -> None:
    """Commit a patch in a copy, with a message that tells the commit from any other."""
    only = [f"--include={part}/*" for part in PARTS]
    _run(copy, "git", "apply", "--index", *only, str(patch))
    files = _run(copy, "git", "write-tree")
    message = f"{TITLE}\n\nMade-of: {proposal.base} {files}\nSays: {proposal.says}"
    _run(copy, "git", "commit", "--quiet", "--no-verify", f"--message={message}")


def _push_branch(copy: Path, commit: str, expected: str) -> None:
    """Have the branch of the remote repository lead to a commit, or delete it for "".

    Raises ``ProposeError`` where it does not lead to ``expected`` any more.
    """
    lease = f"--force-with-lease={REF}:{expected}"
    _run(copy, "git", "push", "--quiet", lease, REMOTE, f"{commit}:{REF}")


def _take_back(copy: Path, before: str, pushed: str) -> str:
    """Have the branch lead to where it did before; return what is to be said of it."""
    try:
        _push_branch(copy, before, pushed)
    except ProposeError as error:
        return f"{error}\nthe branch {BRANCH} has what was pushed: look at it"
    return REFUSED


def _open_or_update_pull_request(
    root: Path, pull: Pull | None, text: str, *, is_draft: bool
) -> str:
    """Open a pull request of the branch, or bring the open one up to date; return what
    is to be said.
    """
    if pull is None or pull.state != "OPEN":
        draft = ["--draft"] if is_draft else []
        new = ["--head", BRANCH, "--title", TITLE, "--body", text, *draft]
        return _run(root, "gh", "pr", "create", *new)
    if is_draft != pull.is_draft:
        undo = ["--undo"] if is_draft else []
        _run(root, "gh", "pr", "ready", str(pull.number), *undo)
    place = f"repos/{{owner}}/{{repo}}/pulls/{pull.number}"
    body = f"body={text}"
    _run(root, "gh", "api", "--silent", "--method", "PATCH", place, "--raw-field", body)
    return f"{pull.url} is up to date"


@contextmanager
def _copied(root: Path) -> Iterator[Path]:
    """Give a copy of the last commit, which is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        _run(root, "git", "worktree", "add", "--quiet", "--detach", folder)
        try:
            yield Path(folder)
        finally:
            _run(root, "git", "worktree", "remove", "--force", folder)


def _run_verb(copy: Path, verb: str, *options: str) -> tuple[int, str]:
    """Run a verb of the command line in a copy; return its exit status and what it
    says, which goes to the log, too.

    Raises ``ProposeError`` where it ends well and has not said what it did.
    """
    command = [sys.executable, "-m", "press", verb, *options]
    said = list[str]()
    with subprocess.Popen(
        command, cwd=copy, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            said.append(line)
    last = said[-1].strip() if said else ""
    if process.returncode == 0 and not re.fullmatch(DONE[verb], last):
        raise ProposeError(
            f"press {verb} has ended and not said what it did: nothing is proposed"
        )
    return process.returncode, "".join(said)


def _run(root: Path, *command: str) -> str:
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path.cwd()))
