"""The files of approvals: a line a passage, found by content, so that order and doubles
mean nothing and git merges.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from press.approvals.passages import Passage
from press.ground.errors import MANY, Problem, Problems
from press.ground.files import parse_file, shown
from press.ground.invisible import HINT, find_invisible

FOLDER = "read"  # below that of the texts
SAYS = 40  # characters of a passage, for people who look at a file


class Approval(NamedTuple):
    """What says that a person has read a passage, known by its two hashes, and
    ``beside`` what.

    ``says`` is how it begins.
    """

    own: str
    around: str
    says: str = ""
    beside: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What the passage is known by."""
        return self.own, self.around

    def __str__(self) -> str:
        """Write the line: JSON without what is empty."""
        given = {name: item for name, item in self._asdict().items() if item}
        return json.dumps(given, ensure_ascii=False, separators=(",", ":"))


def read_approvals(folder: Path, root: Path) -> dict[str, tuple[Approval, ...]]:
    """Return the approvals of the texts in ``folder``, by the file that holds them.

    Raises ``BuildError``.
    """
    problems, found = Problems(), dict[str, tuple[Approval, ...]]()
    for path in sorted((folder / FOLDER).rglob("*.jsonl")):
        name = shown(path, root)
        found[name] = problems.collect(parse_file, path, root, _parsed) or ()
    problems.stop_if_any()
    return found


def file_of(passage: Passage, folder: str) -> str:
    """Return the file for the approval of a passage of the texts in ``folder``: one for
    each page and chart.
    """
    page = passage.path.removeprefix(f"{folder}/").rpartition(".")[0]
    return f"{folder}/{FOLDER}/{page}.jsonl"


def written(approvals: Iterable[Approval]) -> bytes:
    """Return the bytes of a file: a line for each approval, each once, in one order."""
    return "".join(f"{line}\n" for line in sorted({*map(str, approvals)})).encode()


def _parsed(text: str, name: str) -> tuple[Approval, ...]:
    problems, found = Problems(), list[Approval]()
    lines = (
        (number, line)
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    )
    for number, line in lines:
        if len(problems) >= MANY:
            break
        try:
            given = json.loads(line)
            found.append(
                Approval(**{**given, "beside": tuple(given.get("beside", ()))})
            )
            hidden = find_invisible("".join(chain(*found[-1]))) if "\\" in line else ()
            problems += (Problem(name, number, each.message, HINT) for each in hidden)
        except (ValueError, TypeError, RecursionError):
            # what no line of ours says approves nothing
            message = (
                f"found no approval, expected JSON with {', '.join(Approval._fields)}"
            )
            problems.add(
                name, number, message, "delete it: what it approved will be unread"
            )
    problems.stop_if_any()
    return tuple(found)
