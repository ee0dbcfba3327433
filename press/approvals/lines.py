"""The files of approvals: a line a passage, found by content, so that order and doubles mean nothing and git merges."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from press.approvals.passages import Passage
from press.errors import BuildError, Problem, Problems, quoted
from press.files import read, shown
from press.memo import remembered

FOLDER = "read"  # below that of a language
FORM = 2  # of the files
HEAD = json.dumps({"form": FORM})
SAYS = 40  # characters of a passage, for people who look at a file
HASHED = re.compile("[0-9a-f]{12}")


class Approval(NamedTuple):
    """What says that a person has read a passage, and beside what.

    ``values`` are those of its links as told, ``edge`` the numbers of those that rested on a newest row; ``in_bulk``
    says that nobody read it: it was accepted with others.
    """

    own: str
    around: str
    says: str = ""
    values: tuple[str, ...] = ()
    edge: tuple[int, ...] = ()
    times: tuple[str, ...] = ()
    outline: tuple[str, ...] = ()
    in_bulk: bool = False

    @classmethod
    def of(cls, passage: Passage, *, in_bulk: bool = False) -> Approval:
        """Return the approval of a passage as it is now."""
        values = tuple(basis.told for basis in passage.bases)
        edge = tuple(number for number, basis in enumerate(passage.bases) if basis.at_edge)
        own, around = passage.own_hash, passage.around_hash
        return cls(own, around, passage.words[:SAYS], values, edge, passage.times, passage.outline, in_bulk)

    def __str__(self) -> str:
        """Write the line: JSON without what is empty."""
        given = {name: item for name, item in self._asdict().items() if item}
        return json.dumps(given, ensure_ascii=False, separators=(",", ":"))


def read_approvals(folder: Path, root: Path) -> dict[str, tuple[Approval, ...]]:
    """Return the approvals of the language in ``folder``, by the file that holds them. Raises ``BuildError``."""
    problems, found = Problems(), dict[str, tuple[Approval, ...]]()
    for path in sorted((folder / FOLDER).rglob("*.jsonl")):
        name = shown(path, root)
        found[name] = problems.collect(_parsed, read(path, root), name) or ()
    problems.stop_if_any()
    return found


def file_of(passage: Passage, folder: str) -> str:
    """Return the file for the approval of a passage of the language in ``folder``: one for each page and chart."""
    page = passage.path.removeprefix(f"{folder}/").rpartition(".")[0]
    return f"{folder}/{FOLDER}/{page}.jsonl"


def written(approvals: Iterable[Approval]) -> bytes:
    """Return the bytes of a file: its form, and a line for each approval, each once."""
    return "".join(f"{line}\n" for line in (HEAD, *dict.fromkeys(map(str, approvals)))).encode()


@remembered
def _parsed(text: str, name: str) -> tuple[Approval, ...]:
    problems = Problems()
    lines = ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())
    found = [problems.collect(_approval, line, name, number) for number, line in lines]
    problems.stop_if_any()
    return tuple(filter(None, found))


def _approval(line: str, name: str, number: int) -> Approval | None:
    """Return what a line approves, nothing for the one that says the form. Raises ``BuildError``."""
    hint = "delete it: what it approved will be unread"
    try:
        given = json.loads(line)
    except ValueError:
        raise BuildError([Problem(name, number, "found no line of JSON, expected an approval", hint)]) from None
    if isinstance(given, dict) and given.keys() == {"form"}:
        if given["form"] == FORM:
            return None
        message = f"found the form {given['form']} of approvals, expected {FORM}"
        raise BuildError([Problem(name, number, message, "build with the version of the engine that wrote it")])
    if mistake := _mistake(given):
        raise BuildError([Problem(name, number, mistake, hint)])
    values: dict[str, Any] = {key: tuple(item) if isinstance(item, list) else item for key, item in given.items()}
    return Approval(**values)


def _mistake(given: Any) -> str:  # noqa: ANN401 - JSON
    """Return what is wrong with the JSON of a line, nothing if it is an approval."""
    if not isinstance(given, dict):
        return "found JSON that is no object, expected an approval"
    if unknown := sorted(given.keys() - SHAPE.keys()):
        return f"found the key {quoted(unknown[0])}, expected {', '.join(SHAPE)}"
    for key, fits in SHAPE.items():
        if not fits(given.get(key, Approval._field_defaults.get(key))):
            return f"found another {key} than an approval has"
    return ""


def _are(kind: type, item: Any) -> bool:  # noqa: ANN401 - JSON
    return isinstance(item, list | tuple) and all(type(each) is kind for each in item)


SHAPE: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("own", "around"), lambda item: isinstance(item, str) and bool(HASHED.fullmatch(item))),
    "says": lambda item: isinstance(item, str),
    "values": partial(_are, str),
    "edge": partial(_are, int),
    "times": partial(_are, str),
    "outline": partial(_are, str),
    "in_bulk": lambda item: isinstance(item, bool),
}
