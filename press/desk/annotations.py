"""Annotations: problems as the runner of GitHub Actions takes them from a log, to show them at their lines."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from press.errors import Problem

MOST = 10  # of one kind that GitHub shows of a step; what comes later it leaves out
MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
PROPERTY = MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


def annotated(
    problems: Iterable[Problem], root: Path, kind: str = "error", later: Collection[Problem] = ()
) -> Iterator[str]:
    """Yield the lines that annotate problems, where the runner reads what is printed; elsewhere nothing.

    There are at most as many as are shown. First come those that are not in ``later``; the last line counts the rest
    by file. ``kind`` is ``error`` or ``warning``.
    """
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return
    found = sorted(problems, key=lambda each: (each in later, each))
    shown = found if len(found) <= MOST else found[: MOST - 1]
    yield from (_line(kind, each, root) for each in shown)
    if rest := found[len(shown) :]:
        yield f"::{kind}::{_counted(rest).translate(MESSAGE)}"


def _line(kind: str, problem: Problem, root: Path) -> str:
    """Write one problem; what a command was given stands in no file."""
    given = {"file": _place(problem.path, root), "line": problem.line, "col": problem.column} if problem.line else {}
    told = ",".join(f"{name}={str(value).translate(PROPERTY)}" for name, value in given.items() if value)
    text = f"{problem.message}\nhint: {problem.hint}" if problem.hint else problem.message
    text = text if problem.line else f"{problem.path}: {text}"
    return f"::{kind}{f' {told}' if told else ''}::{text.translate(MESSAGE)}"


def _place(path: str, root: Path) -> str:
    """Write where a file is from the top of the repository, which may hold more than the project."""
    top, place = Path(os.environ.get("GITHUB_WORKSPACE") or root).resolve(), (root / path).resolve()
    return place.relative_to(top).as_posix() if place.is_relative_to(top) else path


def _counted(rest: Sequence[Problem]) -> str:
    files = Counter(problem.path for problem in rest)
    return f"{len(rest)} more, which the log lists: {', '.join(f'{path} ({count})' for path, count in files.items())}"
