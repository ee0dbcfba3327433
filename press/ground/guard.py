"""Calls of a story's code: what it raises becomes a problem at its line.

A call that ends the process (``os._exit``), crashes it or never ends is the author's
own affair: Ctrl-C ends it at Python's next instruction, and ``find_story_line`` tells
at which line of the story it was.
"""

from __future__ import annotations

import inspect
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from press.ground.errors import BuildError, ToldError
from press.ground.files import ENGINE, format_path

PathAndLine = tuple[str, int]  # a path relative to the project's folder, and a line


@contextmanager
def guard_story_code(
    root: Path, name_in_messages: str, fallback: PathAndLine
) -> Iterator[None]:
    """Guard a call of the story's code, which messages name as ``name_in_messages``:
    import, check, fact, chart, adapter.

    Raises ``BuildError`` for whatever is raised inside, ``SystemExit`` too: at the
    story's line, or at ``fallback`` where there is none. A ``BuildError`` passes as it
    is. How deep calls may go is set back after it.
    """
    deepest = sys.getrecursionlimit()
    try:
        with blame_innermost_line([root / "story"], root, name_in_messages, fallback):
            yield
    finally:
        sys.setrecursionlimit(deepest)


@contextmanager
def report_engine_errors(root: Path) -> Iterator[None]:
    """Make a problem of whatever else is raised inside than what an author is told: a
    mistake of ours, at its line.
    """
    try:
        yield
    except (BuildError, ToldError, BrokenPipeError):
        raise
    except Exception:
        with blame_innermost_line([ENGINE], root, "the engine", ("build.py", 1)):
            raise


@contextmanager
def blame_innermost_line(
    folders: Sequence[Path], root: Path, name_in_messages: str, fallback: PathAndLine
) -> Iterator[None]:
    """Report whatever is raised inside as a problem of ``name_in_messages``, at the
    innermost line that was run in ``folders``.

    A ``BuildError`` passes as it is, and so does Ctrl-C. Where no line of them was run,
    the problem stands at ``fallback``.
    """
    try:
        yield
    except (BuildError, KeyboardInterrupt):
        raise
    except BaseException as error:
        # as Python 3.11 tells of Ctrl-C while it makes a class
        if isinstance(error.__cause__, KeyboardInterrupt):
            raise error.__cause__ from None
        path, line = _find_innermost_line(error, folders, root) or fallback
        message, *more = str(error).strip().splitlines() or [""]
        name = type(error).__name__
        told = (
            f"{name_in_messages} raises {name}: {message}"
            if message
            else f"{name_in_messages} raises {name}"
        )
        if isinstance(error, ToldError):
            told = f"{name_in_messages}: {message}"
            more = [error.hint]
        raise BuildError.at(
            path, line, told, " ".join(map(str.strip, more[:2]))
        ) from error


def find_function_line(
    function: Callable[..., object], root: Path, fallback: PathAndLine
) -> PathAndLine:
    """Return path and line on which a function begins, or says that it is ``declared``;
    else ``fallback``.
    """
    code = getattr(inspect.unwrap(function), "__code__", None)
    path, line = getattr(
        function,
        "declared",
        (code.co_filename, code.co_firstlineno) if code else ("", 0),
    )
    return (format_path(root / path, root), line) if path else fallback


def find_story_line(error: BaseException, root: Path) -> PathAndLine | None:
    """Return the innermost line of the story's code that was running when an error was
    raised, if any was.
    """
    return _find_innermost_line(error, [root / "story"], root)


def _find_innermost_line(
    error: BaseException, folders: Sequence[Path], root: Path
) -> PathAndLine | None:
    """Return path and line of the last step of a traceback that lies in one of some
    folders.
    """
    if (
        isinstance(error, SyntaxError)
        and error.filename
        and any(map(Path(error.filename).is_relative_to, folders))
    ):
        return format_path(Path(error.filename), root), error.lineno or 1
    for step in reversed(traceback.extract_tb(error.__traceback__)):
        if any(map(Path(step.filename).is_relative_to, folders)):
            return format_path(Path(step.filename), root), step.lineno or 1
    return None
