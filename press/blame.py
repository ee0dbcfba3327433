"""Exceptions of an author's code become problems at the author's line."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from press.errors import BuildError, Problem
from press.files import shown

Place = tuple[str, int]


@contextmanager
def blaming(folder: Path, root: Path, what: str, fallback: Place) -> Iterator[None]:
    """Report whatever is raised inside as a problem of ``what``, at the last step that was taken in ``folder``.

    A ``BuildError`` passes as it is. Where no step was taken in the folder, the problem stands at ``fallback``.
    """
    try:
        yield
    except (BuildError, KeyboardInterrupt):
        raise
    except BaseException as error:
        path, line = _place(error, folder, root) or fallback
        message, *more = str(error).strip().splitlines() or [""]
        name = type(error).__name__
        told = f"{what} raises {name}: {message}" if message else f"{what} raises {name}"
        raise BuildError([Problem(path, line, told, " ".join(map(str.strip, more[:2])))]) from error


def _place(error: BaseException, folder: Path, root: Path) -> Place | None:
    if isinstance(error, SyntaxError) and error.filename and Path(error.filename).is_relative_to(folder):
        return shown(Path(error.filename), root), error.lineno or 1
    for step in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(step.filename).is_relative_to(folder):
            return shown(Path(step.filename), root), step.lineno or 1
    return None
