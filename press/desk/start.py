"""Where a command begins, and how Ctrl-C ends it.

Nothing of the engine is imported before it is asked to run: that takes a moment, in
which Ctrl-C may come, too. Processes that draw import ``build.py``, and run nothing.
"""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from press.desk.order import BuildFunction

# the exit status by which shells know that Ctrl-C has ended a command
INTERRUPTED = 130


def run(arguments: Sequence[str], root: Path, build: BuildFunction) -> int:
    """Run a verb on the story in ``root``, as its build.py does; without ``arguments``
    build it.

    ``build`` is that of build.py. Returns the exit status: 0 where all is done, 1 for
    problems, 2 for a wrong command line; ``import`` and ``diff`` have others.
    """
    try:
        from press.desk import commands  # noqa: PLC0415 - slow: see above

        return commands.run_in_story(arguments, root, build)
    except KeyboardInterrupt as error:
        return _report_interrupt(error, root)


def main() -> int:
    """Run what is typed after ``press`` on the story in the current folder; return the
    exit status.
    """
    try:
        from press.desk import commands  # noqa: PLC0415 - slow: see above

        return commands.run_in_current_folder()
    except KeyboardInterrupt as error:
        return _report_interrupt(error, Path.cwd())


def _report_interrupt(error: KeyboardInterrupt, root: Path) -> int:
    """Say that Ctrl-C has ended a command, and at which line of the story in ``root``;
    return the exit status.
    """
    # who asks a second time waits for nothing more
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from press.desk.teller import report_refusal  # noqa: PLC0415 - slow: see above
    from press.ground.guard import find_story_line  # noqa: PLC0415 - slow: see above

    line = find_story_line(error, root)
    report_refusal(f"interrupted at {line[0]}:{line[1]}" if line else "interrupted")
    return INTERRUPTED
