"""Exceptions of an author's code become problems at the author's line."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Iterator
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
        raise BuildError([raised(error, folder, root, what, fallback)]) from error


def raised(error: BaseException, folder: Path, root: Path, what: str, fallback: Place) -> Problem:
    """Return what an exception is to its author: a problem at the last step taken in ``folder``, else ``fallback``."""
    path, line = _place(error, folder, root) or fallback
    message, *more = str(error).strip().splitlines() or [""]
    name = type(error).__name__
    told = f"{what} raises {name}: {message}" if message else f"{what} raises {name}"
    return Problem(path, line, told, " ".join(map(str.strip, more[:2])))


def begin_of(function: Callable[..., object], root: Path, fallback: Place) -> Place:
    """Return path and line on which a function begins; ``fallback`` for what is not written in Python."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    return (shown(root / code.co_filename, root), code.co_firstlineno) if code else fallback


def _place(error: BaseException, folder: Path, root: Path) -> Place | None:
    if isinstance(error, SyntaxError) and error.filename and Path(error.filename).is_relative_to(folder):
        return shown(Path(error.filename), root), error.lineno or 1
    for step in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(step.filename).is_relative_to(folder):
            return shown(Path(step.filename), root), step.lineno or 1
    return None
