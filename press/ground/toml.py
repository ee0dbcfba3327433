"""TOML: its values, and the line of each."""

from __future__ import annotations

import json
import re
import tomllib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from itertools import zip_longest
from types import MappingProxyType
from typing import Any, NamedTuple

from press.ground.errors import BuildError, list_problems_of_invisible_characters
from press.ground.invisible import (
    InvisibleCharacter,
    collect_invisible,
    locate_invisible,
)

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


@dataclass(frozen=True)
class TomlText:
    """A TOML text, the file it is from, and the line of that file on
    which it begins.
    """

    text: str
    path: str
    first_line: int = 1

    def find_line_or_closest(self, *keys: str | int) -> int:
        """Return the file's line on which the value with these keys stands, or the
        closest that can be told.
        """
        offsets = self._offsets
        # how far a key may stand: outside of tables, to the first of them
        (start, room), *_ = offsets.tables[ROOT]
        end = len(self.text)
        dotted = ""
        for key, number in _pair_names_with_numbers(keys):
            dotted = f"{dotted}.{key}" if dotted else key
            own = offsets.tables.get(dotted, [])
            ends = offsets.key_ends.get(key, [])
            table = bisect_left(own, (start,)) + number
            first = bisect_right(ends, start)
            if table < len(own) and own[table][0] < end:
                start, room = own[table]
                end = room
            elif first < len(ends) and ends[first] <= room:
                start = ends[first]
                room = end
        return self.first_line + bisect_left(offsets.line_ends, start)

    @cached_property
    def _offsets(self) -> _Offsets:
        return _find_offsets(self.text)

    def parse(self) -> dict[str, Any]:
        """Return the values.

        Raises ``BuildError``, also for escapes that stand for invisible characters:
        those that are written as they are have been refused when the file was read.
        """
        check_text_length(self.text, self.path)
        if dotted := DOTTED.search(self.text):
            raise _make_depth_error(
                self.path, self.first_line + self.text.count("\n", 0, dotted.start())
            )
        try:
            values = tomllib.loads(self.text)
        except RecursionError:
            raise _make_depth_error(self.path, self.first_line) from None
        except ValueError as error:
            # TOMLDecodeError, or a number with thousands of digits
            place = re.search(r"at line (\d+)", str(error))
            line = int(place[1]) if place else self.text.count("\n") + 1
            what = re.sub(r" \(at .*\)$", "", str(error))
            raise BuildError.at(
                self.path, self.first_line + line - 1, f"found broken TOML: {what}"
            ) from None
        if "\\" in self.text and (
            hidden := collect_invisible("".join(_yield_strings_and_keys(values)))
        ):
            found = [
                *_list_escapes_of_characters(self.text, hidden),
                *locate_invisible(self.text),
            ]
            raise BuildError(
                list_problems_of_invisible_characters(
                    self.text, self.path, found, self.first_line
                )
            )
        _check_depth_and_number_size(values, self)
        return values


class _Offsets(NamedTuple):
    """Where a TOML text has what stands in it, counted in characters: where tables
    begin and end, by dotted name; where keys end, by name; and where lines end.
    """

    tables: Mapping[str, list[tuple[int, int]]]
    key_ends: Mapping[str, list[int]]
    line_ends: list[int]


class FrontMatter(NamedTuple):
    """A Markdown file taken apart: its TOML head, its body, the line on which the body
    begins; and the whole text.
    """

    values: dict[str, Any]
    head: TomlText
    body: str
    body_line: int
    source: str


def freeze_value(value: Any) -> Any:  # noqa: ANN401 - TOML
    """Return a value of TOML that cannot be changed: each table a read-only mapping,
    each list a tuple.
    """
    if isinstance(value, dict):
        return MappingProxyType(
            {key: freeze_value(item) for key, item in value.items()}
        )
    return tuple(map(freeze_value, value)) if isinstance(value, list) else value


def _yield_strings_and_keys(value: Any) -> Iterator[str]:  # noqa: ANN401 - TOML
    """Yield the strings of a value, and the keys of its tables."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for item in value.values():
            yield from _yield_strings_and_keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from _yield_strings_and_keys(item)


def _list_escapes_of_characters(
    text: str, characters: AbstractSet[str]
) -> list[InvisibleCharacter]:
    """Return where a TOML text has some characters by their escapes."""
    found = []
    for escape in ESCAPE.finditer(text):
        code = escape["code"] or escape["long"]
        character = chr(int(code, 16)) if code else LETTERS[escape["letter"]]
        if character in characters:
            found.append(
                InvisibleCharacter(escape.start("escape"), escape["escape"], character)
            )
    return found


def check_text_length(text: str, file_name: str) -> None:
    """Refuse a text of the file ``file_name`` that would take minutes to look through.

    Raises ``BuildError``.
    """
    if len(text) > LONGEST:
        message = f"found {len(text):,} characters, expected at most {LONGEST:,}"
        raise BuildError.at(
            file_name, 1, message, "divide it among several files, or shorten it"
        )


def _make_depth_error(file_name: str, line: int) -> BuildError:
    return BuildError.at(
        file_name, line, "lists or tables stand too deep in each other"
    )


def _check_depth_and_number_size(values: dict[str, Any], toml: TomlText) -> None:
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
                f"{format_keys(keys)} is a number of {value.bit_length():,} bits,"
                f" expected at most {BITS}"
            )
            raise BuildError.at(toml.path, toml.find_line_or_closest(*keys), message)
        if len(keys) > DEEPEST:
            raise _make_depth_error(toml.path, toml.find_line_or_closest(*keys))


def parse_front_matter(source: str, file_name: str) -> FrontMatter:
    """Return the parts of a Markdown text with a TOML head between two lines of
    ``+++``, from the file ``file_name``.

    Raises ``BuildError``.
    """
    check_text_length(source, file_name)
    lines = source.split("\n")
    hint = (
        f'begin the file with a line {FENCE}, then title = "…" and so on, then a line'
        f" {FENCE}"
    )
    if lines[0].strip() != FENCE:
        raise BuildError.at(
            file_name, 1, f"found no front matter, expected {FENCE}", hint
        )
    end = next(
        (number for number, line in enumerate(lines[1:], 1) if line.strip() == FENCE), 0
    )
    if not end:
        raise BuildError.at(
            file_name, 1, f"the front matter has no second line {FENCE}", hint
        )
    toml = TomlText("\n".join(lines[1:end]), file_name, 2)
    return FrontMatter(toml.parse(), toml, "\n".join(lines[end + 1 :]), end + 2, source)


def _pair_names_with_numbers(keys: Keys) -> Iterator[tuple[str, int]]:
    """Yield each name with the number after it; of an item in a list written in one
    piece the name is the closest.
    """
    for key, after in zip_longest(keys, keys[1:]):
        if isinstance(key, str):
            yield key, after if isinstance(after, int) else 0


def _find_offsets(text: str) -> _Offsets:
    """Return where tables, keys and lines of a TOML text are.

    The text is gone through once, however many lines are asked for. A table ends with
    the last of those inside it.
    """
    tables = defaultdict[str, list[tuple[int, int]]](list)
    key_ends = defaultdict[str, list[int]](list)
    for found in KEY.finditer(text):
        key_ends[found[found.lastindex or 0]].append(found.end())
    headers = [(found.start(), found[2]) for found in HEADER.finditer(text)]
    opened = [(0, ROOT)]
    for start, name in (*headers, (len(text), ROOT)):
        while opened and not name.startswith(f"{opened[-1][1]}."):
            begin, own = opened.pop()
            tables[own].append((begin, start))
        parent = name.rpartition(".")[0]
        # one without a header of its own begins with the first table inside it
        if parent and (not opened or opened[-1][1] != parent):
            opened.append((start, parent))
        opened.append((start, name))
    line_ends = [found.start() for found in re.finditer("\n", text)]
    return _Offsets(tables, key_ends, line_ends)


def format_toml_value(value: Any) -> str:  # noqa: ANN401 - TOML
    """Write a value as its file may have it."""
    if isinstance(value, date | time):
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def format_keys(keys: Keys) -> str:
    """Name a place as people do: the last key, and which of several."""
    words = [f"{key + 1}" if isinstance(key, int) else key for key in keys[-2:]]
    return " ".join(words) if isinstance(keys[-1], int) else words[-1]
