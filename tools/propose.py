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
from pathlib import Path

from tools.proposals import (
    BRANCH,
    REF,
    REMOTE,
    Branch,
    Proposal,
    ProposeError,
    Pull,
    fetch_proposal_branch,
    run_program,
)

TITLE = "New figures"
STEPS = ("look", "figures", "send")
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
REFUSED = (
    f"the branch {BRANCH} is as it was, and the next run tries again\n    hint: tick"
    " *Allow GitHub Actions to create and approve pull requests* under Settings,"
    " Actions, General; a draft needs a public repository or a paid plan"
)


def main(arguments: Sequence[str], root: Path) -> int:
    """Do one step, or all.

    Return 0 where something is proposed, nothing is new or the branch waits for a
    person, else what went wrong.
    """
    parser = argparse.ArgumentParser(
        prog="tools.propose", description="Propose new figures as a pull request."
    )
    parser.add_argument(
        "--step", choices=STEPS, help="do one of the three steps (default: all)"
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
    options, import_options = parser.parse_known_args(arguments)
    try:
        return _do_steps(root, options, import_options)
    except ProposeError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _do_steps(
    root: Path, options: argparse.Namespace, import_options: Sequence[str]
) -> int:
    """Do the steps that are wanted, one after the other; return the exit status."""
    folder = Path(options.folder).resolve()
    status = 0
    steps = (options.step,) if options.step else STEPS
    looks = "look" in steps and not options.dry_run
    if looks and not report_whether_branch_is_free(root):
        return 0
    if "figures" in steps:
        status = hand_over_new_figures(root, folder, import_options)
    if "send" in steps and (folder / "proposal.json").exists():
        send_proposal(root, folder, dry_run=options.dry_run)
    return status


def report_whether_branch_is_free(root: Path) -> bool:
    """Return whether figures may be proposed now, and tell a workflow; say it where the
    branch waits for a person.
    """
    is_free = _fetch_branch_if_free(root) is not None
    if outputs := os.environ.get("GITHUB_OUTPUT"):
        with Path(outputs).open("a", encoding="utf-8") as file:
            file.write(f"free={'true' if is_free else 'false'}\n")
    return is_free


def _fetch_branch_if_free(root: Path) -> Branch | None:
    """Return the branch, and say it where it waits for a person."""
    branch = fetch_proposal_branch(root)
    if branch.is_free:
        return branch
    place = branch.pull.url if branch.pull else "no pull request"
    print(
        f"::notice::The branch {BRANCH} ({place}) has what a person has pushed, so"
        " nothing is proposed: merge it or delete it"
    )
    return None


def hand_over_new_figures(
    root: Path, folder: Path, import_options: Sequence[str]
) -> int:
    """Let figures come into a copy, mend and check it, and hand over what has changed
    and what ``diff`` says of it.

    Returns the exit status of the update where nothing is handed over: 0 with a warning
    where hosts turned it away.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with _open_copy_of_last_commit(root) as copy:
        status, _ = _run_press_verb(copy, "import", *import_options)
        if not run_program(copy, "git", "status", "--porcelain", "--", *PARTS):
            print("No new figures are proposed")
            if status != AWAY:
                return status
            print(
                "::warning::A host turns scripts away: save its pages, and import"
                " them (the log says which)"
            )
            return 0
        _run_press_verb(copy, "fix")
        draft = _run_press_verb(copy, "check", "--strict")[0] != 0
        _, text = _run_press_verb(copy, "diff", "--markdown")
        run_program(copy, "git", "add", "--all", "--", *PARTS)
        patch = f"--output={folder / 'changes.patch'}"
        run_program(copy, "git", "diff-index", "--cached", "--binary", patch, "HEAD")
    if len(text) > MOST:
        text = text[: text.rindex("\n\n", 0, MOST)] + TOO_LONG
    handed = {"text": text, "draft": draft}
    (folder / "proposal.json").write_text(json.dumps(handed), "utf-8")
    return 0


def send_proposal(root: Path, folder: Path, *, dry_run: bool) -> None:
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
    branch = _fetch_branch_if_free(root)
    if branch is None:
        return
    base = run_program(root, "git", "rev-parse", "HEAD")
    proposal = Proposal(base, hashlib.sha256(text.encode()).hexdigest())
    if known := _explain_if_already_proposed(branch, proposal):
        print(f"::notice::{known}")
        return
    with _open_copy_of_last_commit(root) as copy:
        _commit_patch(copy, folder / "changes.patch", proposal)
        pushed = run_program(copy, "git", "rev-parse", "HEAD")
        _push_branch(copy, pushed, branch.tip)
        try:
            print(
                _open_or_update_pull_request(root, branch.pull, text, is_draft=is_draft)
            )
        except ProposeError as error:
            outcome = _restore_branch(copy, branch.tip, pushed)
            raise ProposeError(f"{error}\n{outcome}") from None


def _explain_if_already_proposed(branch: Branch, proposal: Proposal) -> str:
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


def _commit_patch(copy: Path, patch: Path, proposal: Proposal) -> None:
    """Commit a patch in a copy, with a message that tells the commit from any other."""
    only = [f"--include={part}/*" for part in PARTS]
    run_program(copy, "git", "apply", "--index", *only, str(patch))
    files = run_program(copy, "git", "write-tree")
    message = f"{TITLE}\n\nMade-of: {proposal.base} {files}\nSays: {proposal.says}"
    run_program(copy, "git", "commit", "--quiet", "--no-verify", f"--message={message}")


def _push_branch(copy: Path, commit: str, expected: str) -> None:
    """Have the branch of the remote repository lead to a commit, or delete it for "".

    Raises ``ProposeError`` where it does not lead to ``expected`` any more.
    """
    lease = f"--force-with-lease={REF}:{expected}"
    run_program(copy, "git", "push", "--quiet", lease, REMOTE, f"{commit}:{REF}")


def _restore_branch(copy: Path, before: str, pushed: str) -> str:
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
        return run_program(root, "gh", "pr", "create", *new)
    if is_draft != pull.is_draft:
        undo = ["--undo"] if is_draft else []
        run_program(root, "gh", "pr", "ready", str(pull.number), *undo)
    place = f"repos/{{owner}}/{{repo}}/pulls/{pull.number}"
    body = f"body={text}"
    run_program(
        root, "gh", "api", "--silent", "--method", "PATCH", place, "--raw-field", body
    )
    return f"{pull.url} is up to date"


@contextmanager
def _open_copy_of_last_commit(root: Path) -> Iterator[Path]:
    """Give a copy of the last commit, which is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        run_program(root, "git", "worktree", "add", "--quiet", "--detach", folder)
        try:
            yield Path(folder)
        finally:
            run_program(root, "git", "worktree", "remove", "--force", folder)


def _run_press_verb(copy: Path, verb: str, *options: str) -> tuple[int, str]:
    """Run a verb of the command line in a copy; return its exit status and what it
    says, which goes to the log, too.

    Raises ``ProposeError`` where it ends well and has not said what it did.
    """
    command = [sys.executable, "-m", "press", verb, *options]
    done = subprocess.run(
        command, cwd=copy, stdout=subprocess.PIPE, encoding="utf-8", check=False
    )
    print(done.stdout, end="", flush=True)
    last = done.stdout.rstrip().rpartition("\n")[2]
    if done.returncode == 0 and not re.fullmatch(DONE[verb], last):
        raise ProposeError(
            f"press {verb} has ended and not said what it did: nothing is proposed"
        )
    return done.returncode, done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path.cwd()))
