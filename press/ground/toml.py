"""TOML: its values, the line of each, and whether they have the shape
that is expected.
"""

from __future__ import annotations

import json
import re
import tomllib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from itertools import zip_longest
from types import MappingProxyType
from typing import Any, NamedTuple

from press.ground.errors import (
    BuildError,
    Problem,
    Problems,
    invisible_problems,
    quoted,
    similar,
)
from press.ground.invisible import Found, find_invisible, invisible_in

FENCE = "+++"
# An escape in a string, with an even number of backslashes before it: the number of a
# character, or a letter.
ESCAPE = re.compile(
    r"(?<!\\)(?:\\\\)*(?P<escape>\\(?:u(?P<code>[0-9A-Fa-f]{4})|U(?P<long>[0-9A-Fa-f]{8})|(?P<letter>[bfr])))"
)
LETTERS = {"b": "\b", "f": "\f", "r": "\r"}
LONGEST = 250_000  # characters of a text or of settings: a thick book has as many
BITS = 64  # of a whole number, as TOML has them
DEEPEST = 100  # tables and lists in each other
# More names with points between them than tables may stand in each other: a parser
# takes very long over such a key.
DOTTED = re.compile(
    rf"""(?<![\w.-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
    rf"""[ \t]*+\.[ \t]*+){{{DEEPEST}}}"""
)
# A header of TOML; a name with dots of its own stands in quotes: ["index.md"].
HEADER = re.compile(
    r"^[ \t]*\[\[?([\"']?)((?<=[\"'])[^\"'\n]+|[\w.-]+)\1\]", re.MULTILINE
)
# The key of a value, or of one inside a table on one line.
KEY = re.compile(
    r"(?:^|[{,])[ \t]*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([\w.-]+))[ \t]*=", re.MULTILINE
)
ROOT = "\n"  # the name of what is outside of tables, which no table has
Keys = tuple[str | int, ...]
# str for words, TEXT for words that may be empty, int, bool, date for a day, object for
# anything; [shape] for a list of it, which has something in it unless it is one of
# TEXT;
# {"key": shape, "key?": shape, "*": shape} for a table.
Shape = Any
TEXT = "text"
Mismatch = tuple[Keys, str, str]  # where, what is wrong, hint
NAMES = {
    str: "text in quotes",
    bool: "true or false",
    int: "a whole number",
    date: "a day without quotes: 2026-11-26",
}


class _Places(NamedTuple):
    """Where tables of a text begin and end, by dotted name; where keys end, by name;
    and where lines end.
    """

    tables: dict[str, list[tuple[int, int]]]
    keys: dict[str, list[int]]
    line_ends: list[int]


@dataclass(frozen=True)
class Toml:
    """A TOML text, the file it is from, and the line of that file on
    which it begins.
    """

    text: str
    path: str
    first_line: int = 1

    def line(self, *keys: str | int) -> int:
        """Return the file's line on which the value with these keys stands, or the
        closest that can be told.
        """
        # how far a key may stand: outside of tables, to the first of them
        start, room = self._places.tables[ROOT][0]
        end = len(self.text)
        dotted = ""
        for key, number in _names_with_numbers(keys):
            dotted = f"{dotted}.{key}" if dotted else key
            tables = self._places.tables.get(dotted, [])
            key_ends = self._places.keys.get(key, [])
            table = bisect_left(tables, (start,)) + number
            first = bisect_right(key_ends, start)
            if table < len(tables) and tables[table][0] < end:
                start, room = tables[table]
                end = room
            elif first < len(key_ends) and key_ends[first] <= room:
                start = key_ends[first]
                room = end
        return self.first_line + bisect_left(self._places.line_ends, start)

    @cached_property
    def _places(self) -> _Places:
        return _find_places(self.text)

    def parse(self) -> dict[str, Any]:
        """Return the values.

        Raises ``BuildError``, also for escapes that stand for invisible characters:
        those that are written as they are have been refused when the file was read.
        """
        check_length(self.text, self.path)
        if dotted := DOTTED.search(self.text):
            line = self.first_line + self.text.count("\n", 0, dotted.start())
            raise _too_deep(self.path, line)
        try:
            values = tomllib.loads(self.text)
        except RecursionError:
            raise _too_deep(self.path, self.first_line) from None
        except ValueError as error:
            # TOMLDecodeError, or a number with thousands of digits
            place = re.search(r"at line (\d+)", str(error))
            line = int(place[1]) if place else self.text.count("\n") + 1
            what = re.sub(r" \(at .*\)$", "", str(error))
            message = f"found broken TOML: {what}"
            problem = Problem(self.path, self.first_line + line - 1, message)
            raise BuildError([problem]) from None
        self._check_escapes(values)
        _check_values(values, self)
        return values

    def _check_escapes(self, values: dict[str, Any]) -> None:
        """Raise ``BuildError`` for escapes that stand for invisible characters."""
        if "\\" not in self.text:
            return
        hidden = invisible_in("".join(_list_strings(values)))
        if hidden:
            found = [*_find_escapes(self.text, hidden), *find_invisible(self.text)]
            raise BuildError(
                invisible_problems(self.text, self.path, found, self.first_line)
            )


class FrontMatter(NamedTuple):
    """A Markdown file taken apart: its TOML head, its body, the line on which the body
    begins; and the whole text.
    """

    values: dict[str, Any]
    head: Toml
    body: str
    body_line: int
    source: str


def frozen(value: Any) -> Any:  # noqa: ANN401 - TOML
    """Return a value of TOML that cannot be changed: each table a read-only mapping,
    each list a tuple.
    """
    if isinstance(value, dict):
        return MappingProxyType({key: frozen(item) for key, item in value.items()})
    if isinstance(value, list):
        return tuple(map(frozen, value))
    return value


def _list_strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - TOML
    """Yield the strings of a value, and the keys of its tables."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for item in value.values():
            yield from _list_strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _list_strings(item)


def _find_escapes(text: str, characters: AbstractSet[str]) -> list[Found]:
    """Return where a TOML text has some characters by their escapes."""
    found = []
    for escape in ESCAPE.finditer(text):
        code = escape["code"] or escape["long"]
        character = chr(int(code, 16)) if code else LETTERS[escape["letter"]]
        if character in characters:
            found.append(Found(escape.start("escape"), escape["escape"], character))
    return found


def check_length(text: str, name: str) -> None:
    """Refuse a text of the file ``name`` that would take minutes to look through.

    Raises ``BuildError``.
    """
    if len(text) > LONGEST:
        message = f"found {len(text):,} characters, expected at most {LONGEST:,}"
        hint = "divide it among several files, or shorten it"
        raise BuildError([Problem(name, 1, message, hint)])


def _too_deep(name: str, line: int) -> BuildError:
    message = "lists or tables stand too deep in each other"
    return BuildError([Problem(name, line, message)])


def _check_values(values: dict[str, Any], toml: Toml) -> None:
    """Refuse values that no message could show: nested too deep, or numbers too large
    for TOML.
    """
    waiting: list[tuple[Any, Keys]] = [(values, ())]
    while waiting:
        value, keys = waiting.pop()
        if isinstance(value, dict):
            waiting += ((item, (*keys, key)) for key, item in value.items())
        elif isinstance(value, list):
            waiting += ((item, (*keys, number)) for number, item in enumerate(value))
        elif isinstance(value, int) and value.bit_length() > BITS:
            message = (
                f"{_name(keys)} is a number of {value.bit_length():,} bits, expected at"
                f" most {BITS}"
            )
            raise BuildError([Problem(toml.path, toml.line(*keys), message)])
        if len(keys) > DEEPEST:
            raise _too_deep(toml.path, toml.line(*keys))


def read_front_matter(source: str, name: str) -> FrontMatter:
    """Return the parts of a Markdown text with a TOML head between two lines of
    ``+++``, from the file ``name``.

    Raises ``BuildError``.
    """
    check_length(source, name)
    lines = source.split("\n")
    hint = (
        f'begin the file with a line {FENCE}, then title = "…" and so on, then a line'
        f" {FENCE}"
    )
    fences = (number for number, line in enumerate(lines) if line.strip() == FENCE)
    if next(fences, None) != 0:
        message = f"found no front matter, expected {FENCE}"
        raise BuildError([Problem(name, 1, message, hint)])
    end = next(fences, 0)
    if not end:
        message = f"the front matter has no second line {FENCE}"
        raise BuildError([Problem(name, 1, message, hint)])
    toml = Toml("\n".join(lines[1:end]), name, 2)
    body = "\n".join(lines[end + 1 :])
    return FrontMatter(toml.parse(), toml, body, end + 2, source)


def _names_with_numbers(keys: Keys) -> Iterator[tuple[str, int]]:
    """Yield each name with the number after it; of an item in a list written in one
    piece the name is the closest.
    """
    for key, after in zip_longest(keys, keys[1:]):
        if isinstance(key, str):
            yield key, after if isinstance(after, int) else 0


def _find_places(text: str) -> _Places:
    """Return where tables, keys and lines stand; a table ends with the last of those
    inside it.

    The text is gone through once, however many lines are asked for.
    """
    tables = defaultdict[str, list[tuple[int, int]]](list)
    keys = defaultdict[str, list[int]](list)
    for found in KEY.finditer(text):
        keys[found[found.lastindex or 0]].append(found.end())
    headers = [(found.start(), found[2]) for found in HEADER.finditer(text)]
    opened = [(0, ROOT)]
    for start, name in [*headers, (len(text), ROOT)]:
        while opened and not name.startswith(f"{opened[-1][1]}."):
            begin, own = opened.pop()
            tables[own].append((begin, start))
        opened.append((start, name))
    line_ends = [found.start() for found in re.finditer("\n", text)]
    return _Places(tables, keys, line_ends)


def checked(values: dict[str, Any], shape: Shape, toml: Toml) -> dict[str, Any]:
    """Return the values, if they have this shape.

    Raises ``BuildError`` with each that has not, at its line.
    """
    found = mismatches(values, shape, ())
    problems = Problems(
        Problem(toml.path, toml.line(*keys), message, hint)
        for keys, message, hint in found
    )
    problems.stop_if_any()
    return values


def mismatches(value: Any, shape: Shape, keys: Keys) -> Iterator[Mismatch]:  # noqa: ANN401 - TOML
    """Yield what is wrong with a value."""
    if isinstance(shape, dict):
        yield from _table_mismatches(value, shape, keys)
    elif isinstance(shape, list):
        yield from _list_mismatches(value, shape, keys)
    elif shape is not object:
        yield from _plain_mismatches(value, shape, keys)


def _plain_mismatches(value: Any, shape: Shape, keys: Keys) -> Iterator[Mismatch]:  # noqa: ANN401 - TOML
    kind = str if shape == TEXT else shape
    if type(value) is not kind:  # a truth is no number, a day with a time no day
        yield keys, f"{_name(keys)} is {as_toml(value)}, expected {NAMES[kind]}", ""
    elif shape is str and not value.strip():
        yield keys, f"{_name(keys)} is empty, expected text", ""


def _list_mismatches(value: Any, shape: list[Shape], keys: Keys) -> Iterator[Mismatch]:  # noqa: ANN401 - TOML
    if not isinstance(value, list) or not (value or shape == [TEXT]):
        found = f"{_name(keys)} is {as_toml(value)}"
        yield keys, f"{found}, expected a list with at least one item", ""
        return
    for number, item in enumerate(value):
        yield from mismatches(item, shape[0], (*keys, number))


def _table_mismatches(
    value: Any,  # noqa: ANN401 - TOML
    shape: dict[str, Shape],
    keys: Keys,
) -> Iterator[Mismatch]:
    if not isinstance(value, dict):
        yield keys, f"{_name(keys)} is {as_toml(value)}, expected a table", ""
        return
    known = {key.rstrip("?"): item for key, item in shape.items() if key != "*"}
    inside = f" in {_name(keys)}" if keys else ""
    for key, item in value.items():
        if key in known or "*" in shape:
            yield from mismatches(item, known.get(key, shape.get("*")), (*keys, key))
        else:
            message = f"found the unknown key {quoted(key)}{inside}"
            yield (*keys, key), message, similar(key, known)
    for key in shape:
        if not key.endswith("?") and key != "*" and key not in value:
            yield keys, f"{key} is missing{inside}", ""


def as_toml(value: Any) -> str:  # noqa: ANN401 - TOML
    """Write a value as its file may have it."""
    if isinstance(value, date | time):
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def _name(keys: Keys) -> str:
    """Name a place as people do: the last key, and which of several."""
    words = [str(key) if isinstance(key, str) else f"{key + 1}" for key in keys[-2:]]
    return " ".join(words) if isinstance(keys[-1], int) else words[-1]
