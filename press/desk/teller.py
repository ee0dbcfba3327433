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

from press.ground.errors import BuildError, Problem, escape_invisible
from press.ground.steps import Step

# problems of one file: so many are told as the first of them, and their number
MANY, FIRST = 1000, 10
CLEAR = "\r\x1b[K"  # back to the start of the line, and the rest of it gone


class Teller:
    """Says lines as ``print`` does; on a terminal a step takes the place of the one
    before, until anything is said.
    """

    def __init__(self) -> None:
        """Have said nothing yet."""
        self._under_way = False
        self._turn = threading.Lock()

    def __call__(self, line: str) -> None:
        """Say a line at once, whichever threads have something to say."""
        with self._turn:
            self.clear()
            if (
                isinstance(line, Step)
                and sys.stdout.isatty()
                and os.environ.get("TERM") != "dumb"
            ):
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


SAY = Teller()  # of the command that this process does


def report_problems(error: BuildError, outcome: str = "") -> int:
    """Tell all that is wrong; of much that is wrong in one file the first, and how much
    more there is.
    """
    count = len(error.problems)
    shown = list[object]()
    for _, found in groupby(error.problems, attrgetter("path")):
        own = [*found]
        first = own if len(own) <= MANY else own[:FIRST]
        shown += first
        if rest := own[len(first) :]:
            shown.append(
                Problem(
                    rest[0].path,
                    rest[0].line,
                    f"here begin {len(rest):,} problems more of this file",
                )
            )
    SAY.clear()
    lines = escape_invisible("\n".join(map(str, shown)))
    sys.stderr.write(
        f"{lines}\n\n{count} problem{'s' if count > 1 else ''}{outcome}.\n"
    )
    return 1


def report_refusal(message: str, hint: str = "") -> int:
    """Tell what cannot be done, where no file is wrong."""
    SAY.clear()
    sys.stderr.write(
        escape_invisible(f"{message}\n    hint: {hint}\n" if hint else f"{message}\n")
    )
    return 1
