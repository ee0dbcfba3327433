"""Reading what people wrote: text files in UTF-8, TOML, front matter."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from press.errors import BuildError, Problem

if TYPE_CHECKING:
    from pathlib import Path

FENCE = "+++"
# A header of TOML; a name with dots of its own stands in quotes: ["index.md"].
HEADER = re.compile(r"^[ \t]*\[\[?([\"']?)((?<=[\"'])[^\"'\n]+|[\w.-]+)\1\]", re.MULTILINE)


class Toml(NamedTuple):
    """A TOML text, the file it is from, and the line of that file on which it begins."""

    text: str
    path: str
    first_line: int = 1

    def line(self, *keys: str | int) -> int:
        """Return the file's line on which the value with these keys stands, or the nearest that can be told."""
        return self.first_line + line_of_keys(self.text, keys) - 1


class FrontMatter(NamedTuple):
    """A Markdown file taken apart: its TOML head, its body, the line on which the body begins; and the whole text."""

    values: dict[str, Any]
    head: Toml
    body: str
    body_line: int
    source: str


def shown(path: Path, root: Path) -> str:
    """Return ``path`` as people see it: relative to the project, with forward slashes."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def read(path: Path, root: Path) -> str:
    """Return the text of a UTF-8 file, a byte-order mark dropped and line ends made LF.

    Raises ``BuildError`` for a missing file, another encoding or a NUL byte.
    """
    name = shown(path, root)
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise BuildError([Problem(name, 1, "found no such file, expected one")]) from None
    except OSError as error:
        raise BuildError([Problem(name, 1, f"found a file that cannot be read: {error.strerror}")]) from None
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise BuildError([Problem(name, 1, "found UTF-16, expected UTF-8", "save the file as UTF-8")])
    if b"\0" in raw:
        line = raw.count(b"\n", 0, raw.index(b"\0")) + 1
        raise BuildError([Problem(name, line, "found a NUL byte, expected text in UTF-8")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"found byte 0x{raw[error.start]:02x}, expected UTF-8"
        raise BuildError([Problem(name, line, found, "save the file as UTF-8")]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse_toml(text: str, name: str, first_line: int = 1) -> dict[str, Any]:
    """Return the values of a TOML text that begins on ``first_line`` of the file ``name``."""
    try:
        return tomllib.loads(text)
    except ValueError as error:  # TOMLDecodeError, or a number with thousands of digits
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        what = re.sub(r" \(at .*\)$", "", str(error))
        raise BuildError([Problem(name, first_line + line - 1, f"found broken TOML: {what}")]) from None


def read_toml(path: Path, root: Path) -> dict[str, Any]:
    """Return the values of a TOML file."""
    return parse_toml(read(path, root), shown(path, root))


def read_front_matter(path: Path, root: Path) -> FrontMatter:
    """Take a Markdown file with a TOML head between two lines of ``+++`` apart."""
    name, source = shown(path, root), read(path, root)
    lines = source.split("\n")
    hint = f'begin the file with a line {FENCE}, then title = "…" and so on, then a line {FENCE}'
    if lines[0].strip() != FENCE:
        raise BuildError([Problem(name, 1, f"found no front matter, expected {FENCE}", hint)])
    try:
        end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == FENCE)
    except StopIteration:
        raise BuildError([Problem(name, 1, f"found front matter without an end, expected {FENCE}", hint)]) from None
    head = "\n".join(lines[1:end])
    toml = Toml(head, name, 2)
    return FrontMatter(parse_toml(*toml), toml, "\n".join(lines[end + 1 :]), end + 2, source)


def line_of(text: str, pattern: str, default: int = 1) -> int:
    """Return the line on which ``pattern`` (a regular expression, ``^`` at each line) first matches."""
    match = re.search(pattern, text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else default


def line_of_keys(text: str, keys: tuple[str | int, ...]) -> int:
    """Return the line of a TOML text on which the value with these keys stands, or the nearest that can be told."""
    start, end, dotted, rest, inside = 0, len(text), "", list(keys), False
    headers = _headers(text)
    while rest:
        key = rest.pop(0)
        if isinstance(key, int):  # an item of a list that is written in one piece: its key is the nearest
            continue
        dotted = f"{dotted}.{key}" if dotted else key
        number = rest[0] if rest and isinstance(rest[0], int) else 0
        own = [place for place, name in headers if name == dotted and start <= place < end]
        if len(own) > number:
            start, inside = own[number], True
            parts = f"{dotted}."
            end = next((place for place, name in headers if place > start and not name.startswith(parts)), len(text))
        else:
            first = headers[0][0] if headers and not inside and start == 0 else end
            found = re.compile(rf"(?:^|[{{,])[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=", re.MULTILINE)
            if match := found.search(text, start, first):
                start = match.end()
    return text.count("\n", 0, start) + 1


@lru_cache(maxsize=64)
def _headers(text: str) -> list[tuple[int, str]]:
    """Return where each header of a TOML text begins, and its dotted name."""
    return [(found.start(), found[2]) for found in HEADER.finditer(text)]
