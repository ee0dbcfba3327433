"""What a command says: lines that stay, and steps, of which a terminal shows one at a
time; and what is wrong.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
from itertools import groupby
from operator import attrgetter
from typing import Literal

from press.ground.errors import (
    BuildError,
    Problem,
    ToldError,
    escape_invisible,
    format_count,
    format_message,
)
from press.ground.steps import Step

MANY = 1000  # problems of one file, of which the first are told, and their number
FIRST = 10
CLEAR = "\r\x1b[K"  # back to the start of the line, and the rest of it gone


class TerminalWriter:
    """Says lines as ``print`` does; on a terminal a step takes the place of the one
    before, until anything is said.
    """

    def __init__(self) -> None:
        """Have said nothing yet."""
        self._under_way = False
        self._turn = threading.Lock()

    def __call__(self, line: str) -> None:
        """Say a line at once, whichever threads have something to say.

        Raises ``ToldError`` where standard output takes no more, such as on a full
        disk, and ``BrokenPipeError`` where nobody reads it any more.
        """
        with self._turn:
            try:
                self._write(line)
            except BrokenPipeError:
                raise
            except OSError as error:
                raise make_full_output_error(error) from error

    def _write(self, line: str) -> None:
        """Write a line to standard output, a step so that it can be taken away."""
        self.clear()
        if isinstance(line, Step) and _is_clearing_terminal():
            # a full line would begin the next
            room = shutil.get_terminal_size().columns - 1
            sys.stdout.write(escape_invisible(line)[:room])
            self._under_way = True
        else:
            sys.stdout.write(f"{escape_invisible(line)}\n")
        sys.stdout.flush()

    def clear(self) -> None:
        """Take away the step that a terminal shows, before anything is written past
        this teller.
        """
        if self._under_way:
            sys.stdout.write(CLEAR)
            sys.stdout.flush()
        self._under_way = False


SAY = TerminalWriter()  # of the command that this process does


def make_full_output_error(error: OSError) -> ToldError:
    """Return what is told of a standard output that takes no more."""
    message = f"found a standard output that takes no more: {error.strerror}"
    return ToldError(message, "send it where there is room")


def _is_clearing_terminal() -> bool:
    """Tell whether standard output takes a line away when it is told to."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def report_problems(error: BuildError, outcome: str = "") -> Literal[1]:
    """Tell all that is wrong, of much that is wrong in one file the first; return the
    exit status.
    """
    count = len(error.problems)
    told = list[Problem]()
    for _, found in groupby(error.problems, attrgetter("path")):
        told += _shorten_problems_of_file([*found])
    lines = "\n".join(map(str, told))
    SAY.clear()
    sys.stderr.write(f"{lines}\n\n{format_count(count, 'problem')}{outcome}.\n")
    return 1


def _shorten_problems_of_file(problems: list[Problem]) -> list[Problem]:
    """Return the problems of one file; of very many the first, and how many more there
    are.
    """
    if len(problems) <= MANY:
        return problems
    rest = problems[FIRST:]
    message = f"here begin {len(rest):,} problems more of this file"
    return [*problems[:FIRST], Problem(rest[0].path, rest[0].line, message)]


def report_refusal(message: str, hint: str = "") -> Literal[1]:
    """Tell what cannot be done, where no file is wrong; return the exit status."""
    told = format_message(message)
    if hint:
        told += f"\n    hint: {format_message(hint)}"
    SAY.clear()
    sys.stderr.write(f"{told}\n")
    return 1
