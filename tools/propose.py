"""Proposes new figures as a pull request: ``python -m tools.propose`` lets them in,
looks at them, and sends them.

All is done in copies of the last commit. One branch of the remote repository is
written, ``new-figures``, and only while there is none: never the default branch, never
what a person has pushed. Each of the two steps may run by itself, so that what reads
publishers' documents has no right to write, and what may write reads none; they hand
over by a folder. Options that are not named here are those of ``press import``.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

BRANCH, REMOTE = "new-figures", "origin"
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


class ProposeError(Exception):
    """Nothing can be sent; the message says why, and what to do."""


def main(arguments: Sequence[str], root: Path) -> int:
    """Do one step, or both.

    Return 0 where something is proposed or nothing is new, else what went wrong.
    """
    parser = argparse.ArgumentParser(
        prog="tools.propose", description="Propose new figures as a pull request."
    )
    parser.add_argument(
        "--step",
        choices=("figures", "send"),
        help="do one of the two steps (default: both)",
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
    folder, status = Path(options.folder).resolve(), 0
    try:
        if options.step != "send":
            status = let_in(root, folder, asked)
        if options.step != "figures" and (folder / "proposal.json").exists():
            send(root, folder, dry_run=options.dry_run)
    except ProposeError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return status


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
        _run(
            copy,
            "git",
            "diff-index",
            "--cached",
            "--binary",
            f"--output={folder / 'changes.patch'}",
            "HEAD",
        )
    if len(text) > MOST:
        text = text[: text.rindex("\n\n", 0, MOST)] + TOO_LONG
    (folder / "proposal.json").write_text(
        json.dumps({"text": text, "draft": draft}), "utf-8"
    )
    return 0


def send(root: Path, folder: Path, *, dry_run: bool) -> None:
    """Push the branch with what was handed over, and open its pull request: a draft
    where words need a person.

    Raises ``ProposeError`` where the branch is there already, or git or gh refuses.
    """
    proposal = json.loads((folder / "proposal.json").read_text("utf-8"))
    draft = ["--draft"] if proposal["draft"] else []
    if dry_run:
        print("To be sent:", *draft, f"\n\n{proposal['text']}")
        return
    if _run(root, "git", "ls-remote", REMOTE, f"refs/heads/{BRANCH}"):
        hint = "merge it or delete it, then run this again"
        raise ProposeError(
            f"the branch {BRANCH} is there already: nothing is sent\n    hint: {hint}"
        )
    _run(root, "gh", "--version")  # found to be missing before anything is pushed
    with _copied(root) as copy:
        only = [f"--include={part}/*" for part in PARTS]
        _run(copy, "git", "apply", "--index", *only, str(folder / "changes.patch"))
        _run(copy, "git", "commit", "--quiet", "--no-verify", "--message=New figures")
        _run(copy, "git", "push", "--quiet", REMOTE, f"HEAD:refs/heads/{BRANCH}")
    text = ["--title", "New figures", "--body", proposal["text"]]
    print(_run(root, "gh", "pr", "create", "--head", BRANCH, *text, *draft))


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
    command, said = [sys.executable, "-m", "press", verb, *options], list[str]()
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
