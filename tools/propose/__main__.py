"""Proposes new figures as a pull request: ``python -m tools.propose`` lets them in, looks at them, and sends them.

Nothing is done to the folder in which it runs, or to its branches: figures come into a copy of its last commit, and one
branch of the remote repository is written, whose name is ``branch.NAME``. The three steps may run by themselves, in
another process or on another machine, so that what reads publishers' documents has no right to write, and what may
write reads none. They hand over by a folder.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tools.propose.body import Proposal, composed, titled
from tools.propose.branch import PARTS, ProposeError, git, send

SOURCES_DOWN = (3, 4)  # exit statuses of an update into which not every source came
# Whatever a person's settings of git say, a patch has one form.
PLAIN = ("-c", "diff.noprefix=false", "-c", "diff.mnemonicPrefix=false", "-c", "core.quotePath=false")
DIFF = (*PLAIN, "diff", "--cached", "--no-ext-diff", "--no-renames")
COPY, TOLD = "copy", "told"  # of the folder: the copy of the project; what is handed over


def main(arguments: Sequence[str], root: Path) -> int:
    """Do one step, or all. The exit status is 0 where something is proposed or nothing new, else that of the update."""
    options = _parser().parse_args(arguments)
    folder = Path(options.folder).resolve()
    steps: Mapping[str, Callable[[], int]] = {
        "update": lambda: update(root, folder, options),
        "compose": lambda: compose(root, folder),
        "send": lambda: _send(root, folder, options),
    }
    try:
        for step in [options.step] if options.step else steps:
            if status := steps[step]():
                return status
    except ProposeError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def update(root: Path, folder: Path, options: argparse.Namespace) -> int:
    """Let figures come into a copy. Return the exit status of the update where none came in and something is wrong."""
    project = _copied(root, folder)
    asked = {"--only": options.only, "--since": options.since, "--answer": options.answer}
    given = [part for name, value in asked.items() if value.split() for part in (name, *value.split())]
    status, _, down = _verb(project, "update", *given, annotate=True)
    (folder / TOLD / "down.txt").write_text(down, "utf-8")
    if status in SOURCES_DOWN and os.environ.get("GITHUB_ACTIONS"):
        sys.stderr.write("::warning::not every source came in: the log of this step says which\n")
    return 0 if status in SOURCES_DOWN and _changed(project) else status


def compose(root: Path, folder: Path) -> int:
    """Mend, check and build the copy, and write the proposal."""
    project, told = _project(root, folder), folder / TOLD
    is_new = bool(_changed(project))
    _output("new", "true" if is_new else "false")
    if not is_new:
        print("Nothing new: no pull request")
        return 0
    _verb(project, "fix")
    status, _, problems = _verb(project, "check", "--strict", annotate=True)
    if _verb(project, "build")[0] == 0:
        shutil.copytree(project / "site", told / "site", ignore=shutil.ignore_patterns(".*"), dirs_exist_ok=True)
    _, difference, _ = _verb(project, "diff", "--markdown", read=True)
    names = _changed(project)
    git(project, *DIFF, "--binary", "--full-index", f"--output={told / 'changes.patch'}", "HEAD", "--", *PARTS)
    down = (told / "down.txt").read_text("utf-8")
    proposal = Proposal(titled(names), git(root, "rev-parse", "HEAD"), bool(status), difference, problems, down)
    (told / "proposal.json").write_text(json.dumps(proposal._asdict(), ensure_ascii=False), "utf-8")
    return 0


def _send(root: Path, folder: Path, options: argparse.Namespace) -> int:
    told = folder / TOLD
    if not (told / "proposal.json").exists():
        print("There is nothing to send")
        return 0
    proposal = Proposal(**json.loads((told / "proposal.json").read_text("utf-8")))
    body = composed(proposal, options.more)
    if options.dry_run:
        kind = "draft pull request" if proposal.draft else "pull request"
        print(f"To be sent as a {kind}, the figures in {told / 'changes.patch'}:\n\n{proposal.title}\n\n{body}")
        return 0
    for line in send(root, proposal, (told / "changes.patch").resolve(), body, options.run):
        print(line)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tools.propose", description="Propose new figures as a pull request.")
    parser.add_argument(
        "step", nargs="?", choices=("update", "compose", "send"), help="one of the steps (default: all)"
    )
    parser.add_argument("--folder", default=".cache/proposal", help="where the steps hand over (default: %(default)s)")
    parser.add_argument("--only", default="", metavar="NAMES", help="only these sources of story/sources/")
    parser.add_argument("--since", default="", metavar="MONTH", help="ask for all from this month on, 2026-01")
    parser.add_argument("--answer", default="", metavar="NAMES", help="answer questions that an earlier run has asked")
    parser.add_argument("--more", default="", metavar="URL", help="where a reader of the pull request finds the rest")
    parser.add_argument("--run", default="", metavar="URL", help="where the log of the run is")
    parser.add_argument("--dry-run", action="store_true", help="say what would be sent, and send nothing")
    return parser


def _copied(root: Path, folder: Path) -> Path:
    """Copy the last commit anew, and forget an earlier proposal; return where the project is in it."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / TOLD).mkdir(parents=True)
    git(root, "clone", "--quiet", git(root, "rev-parse", "--show-toplevel"), str(folder / COPY))
    git(folder / COPY, "checkout", "--quiet", "--detach", git(root, "rev-parse", "HEAD"))
    return _project(root, folder)


def _project(root: Path, folder: Path) -> Path:
    if not (folder / COPY).is_dir():
        raise ProposeError("there is no copy with new figures: python -m tools.propose update makes one")
    return folder / COPY / git(root, "rev-parse", "--show-prefix")


def _changed(project: Path) -> list[str]:
    """Return which files of authors have changed."""
    git(project, "add", "--all", "--", *PARTS)
    return git(project, *DIFF, "--name-only", "HEAD", "--", *PARTS).splitlines()


def _verb(project: Path, *arguments: str, annotate: bool = False, read: bool = False) -> tuple[int, str, str]:
    """Do what a verb of the project does. Return its exit status, its output if that is ``read``, and its complaints.

    What is not read can be seen in the log.
    """
    sys.stdout.flush()
    done = subprocess.run(
        [sys.executable, "build.py", *arguments], cwd=project, env=_environment(project, annotate=annotate),
        stdout=subprocess.PIPE if read else None, stderr=subprocess.PIPE, encoding="utf-8", check=False,
    )  # fmt: skip
    sys.stderr.write(done.stderr)
    sys.stderr.flush()
    complaints = "\n".join(line for line in done.stderr.splitlines() if not line.startswith("::"))
    return done.returncode, (done.stdout or "").strip(), complaints


def _environment(project: Path, *, annotate: bool) -> dict[str, str]:
    """Return the environment of a verb: what it says is annotated once, at places of the copy."""
    own = {**os.environ, "PYTHONUTF8": "1", "GITHUB_WORKSPACE": git(project, "rev-parse", "--show-toplevel")}
    return own if annotate else {name: value for name, value in own.items() if name != "GITHUB_ACTIONS"}


def _output(name: str, value: str) -> None:
    """Hand a value to later steps of a workflow."""
    if path := os.environ.get("GITHUB_OUTPUT"):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(f"{name}={value}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path.cwd()))
