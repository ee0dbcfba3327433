"""The files of approvals: a line a passage, found by content, so that order and doubles
mean nothing and git merges.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from press.approvals.passages import Passage, PassageKey
from press.ground.errors import MANY, Problem, Problems
from press.ground.files import format_path, parse_file
from press.ground.invisible import HINT, locate_invisible

FOLDER = "read"  # below that of the texts
EXCERPT_LENGTH = 40  # characters of a passage, for people who look at a file


class Approval(NamedTuple):
    """A record that a person has read a passage; its fields are the keys of its line.

    ``own`` and ``around`` are hashes of the passage's words and context, ``says`` is
    how it begins, ``beside`` the evidence that it was read beside.
    ``without_figures`` is a hash of its words without the numbers that move on with the
    newest time, if there are any.
    """

    own: str
    around: str
    says: str = ""
    beside: tuple[str, ...] = ()
    without_figures: str = ""

    @property
    def key(self) -> PassageKey:
        """What the passage is known by."""
        return PassageKey(self.own, self.around)

    def __str__(self) -> str:
        """Write the line: JSON without what is empty."""
        given = {name: item for name, item in self._asdict().items() if item}
        return json.dumps(given, ensure_ascii=False, separators=(",", ":"))


def read_approval_files(
    texts_folder: Path, root: Path
) -> dict[str, tuple[Approval, ...]]:
    """Return the approvals of the texts in ``texts_folder``, by the file that holds
    them.

    Raises ``BuildError``.
    """
    problems = Problems()
    found = dict[str, tuple[Approval, ...]]()
    for path in sorted((texts_folder / FOLDER).rglob("*.jsonl")):
        approvals = problems.collect(parse_file, path, root, _parse_approval_json_lines)
        found[format_path(path, root)] = approvals or ()
    problems.stop_if_any()
    return found


def get_approvals_path(passage: Passage, texts_folder: str) -> str:
    """Return the path of the file for the approval of a passage: one for each page and
    chart, below the ``texts_folder``.
    """
    page = passage.path.removeprefix(f"{texts_folder}/").rpartition(".")[0]
    return f"{texts_folder}/{FOLDER}/{page}.jsonl"


def format_approvals(approvals: Iterable[Approval]) -> bytes:
    """Return the bytes of a file: a line for each approval, each once, sorted."""
    return "".join(f"{line}\n" for line in sorted({*map(str, approvals)})).encode()


def _parse_approval_json_lines(text: str, path: str) -> tuple[Approval, ...]:
    """Return the approvals in the text of a file. Raises ``BuildError``."""
    problems = Problems()
    found = list[Approval]()
    for number, line in enumerate(text.split("\n"), 1):
        if len(problems) >= MANY:
            break
        if not line.strip():
            continue
        try:
            approval = _parse_approval(line)
            has_escapes = "\\" in line  # of what nobody would see
            hidden = locate_invisible("".join(chain(*approval))) if has_escapes else []
        except (ValueError, TypeError, RecursionError):
            # a line that this module did not write approves nothing
            keys = ", ".join(Approval._fields)
            problems.add(
                path,
                number,
                f"found no approval, expected JSON with {keys}",
                "delete it: what it approved will be unread",
            )
            continue
        found.append(approval)
        problems += (Problem(path, number, each.message, HINT) for each in hidden)
    problems.stop_if_any()
    return tuple(found)


def _parse_approval(line: str) -> Approval:
    """Return the approval in a line of JSON. Raises ``ValueError``, ``TypeError``."""
    values = json.loads(line)
    return Approval(**{**values, "beside": tuple(values.get("beside", ()))})
