"""Diff: today's story beside the same at another time.

The exit status is 0 where no words need a person, 1 where some are false or nobody has read them as they are now, 2
where a side is not there or today's tables or texts cannot be read.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import shutil
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from press.changes import Difference, as_html, as_lines, as_markdown, compared
from press.desk.name import ask, name
from press.desk.sides import Side, side
from press.desk.snapshot import snapshot, tables_in
from press.errors import BuildError, ToldError
from press.figures import Worker
from press.files import rewrite
from press.steps import nobody
from press.story import Bound

SETTLED, WORDS, WRONG = 0, 1, 2  # exit statuses
Say = Callable[[str], None]


def diff(root: Path, options: argparse.Namespace, bind: Callable[[], Bound], say: Say) -> int:
    """Compare today's story with the side that ``options.side`` names, and say what has changed.

    Raises ``BuildError`` for a page that cannot be written.
    """
    gc.disable()  # as a build does
    if options.snapshot:
        sys.stdout.write(json.dumps(_today(root, bind(), nobody)))
        return SETTLED
    if options.name:
        ask(options)
    step = say if sys.stdout.isatty() else nobody  # a program reads the rest
    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(side, options.side, root, options.limit, step)
        bound, problems = None, ""
        try:
            after = _today(root, bound := bind(), step)
        except BuildError as error:
            after, problems = {"tables": tables_in(root)}, str(error)
        before = waiting.result()
    notes = ("today's story cannot be read, and only tables are compared",) if problems else ()
    if not _is_the_same(before, after):
        raise ToldError(f"{options.side}: found no number of this story, expected its own numbers.json")
    found = compared(before.name, before.snapshot, after, (*before.notes, *notes))
    if options.name and bound and not problems:
        name(options, (before.snapshot, after), bound, root, say)
        say(found.outcome)
    else:
        _tell(found, options, root, say)
    sys.stderr.write(f"{problems}\n" if problems else "")
    return WRONG if problems else WORDS if found.needs_a_person else SETTLED


def _today(root: Path, bound: Bound, report: Say) -> Mapping[str, Any]:
    """Return the story as it is now."""
    with contextlib.closing(Worker()) as worker:
        return snapshot(bound, root, worker, report)


def _is_the_same(before: Side, after: Mapping[str, Any]) -> bool:
    """Tell whether a file of numbers can be of this story: it has one of them at least, where both have any."""
    if before.snapshot.keys() != {"numbers"}:
        return True
    old, new = ({item["id"] for item in one.get("numbers", ())} for one in (before.snapshot, after))
    return bool(old & new) or not (old and new)


def _tell(found: Difference, options: argparse.Namespace, root: Path, say: Say) -> None:
    if options.html and options.dry_run:
        say(f"{options.html}: to be written")
    elif options.html:
        rewrite({str(Path(options.html).resolve()): as_html(found).encode()}, root, "diff", new=True)
    if options.markdown:
        say(as_markdown(found))
    else:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        say("\n".join(as_lines(found, width) if width else as_lines(found)))
