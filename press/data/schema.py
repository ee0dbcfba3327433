"""A table's description: Frictionless Table Schema in TOML, beside the table that it describes.

Vocabulary: https://specs.frictionlessdata.io/table-schema/ (and the type ``list`` of its version 2). Ours is the
``unit`` of a number, and the ``anchors``: totals as a publisher printed them, which the table must agree with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from press.errors import BuildError, Problem, Problems, nearest
from press.toml import Keys, Toml, check_shape, line_of_keys, parse_toml

Value = str | int | bool | Decimal | date | tuple[str, ...] | None

NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
TYPES = ("string", "integer", "number", "boolean", "date", "year", "yearmonth", "list")
COUNTED = {"integer", "number"}
ORDERED = COUNTED | {"date", "year", "yearmonth"}
LIMITS = ("minimum", "maximum")
LICENCE = {"name?": str, "title": str, "path?": str}
CONSTRAINTS = {"required?": bool, "unique?": bool, "pattern?": str, "minLength?": int, "maxLength?": int}
FIELD = {
    "name": str,
    "type": str,
    "title": str,
    "description": str,
    "unit?": str,
    "delimiter?": str,
    "constraints?": {**CONSTRAINTS, "*": object},
}
DESCRIPTION = {
    "title": str,
    "description": str,
    "licenses": [LICENCE],
    "sources": [{"title": str, "path?": str}],
    "notes?": [str],
    "schema": {
        "fields": [FIELD],
        "primaryKey": [str],
        "foreignKeys?": [{"fields": [str], "reference": {"resource?": str, "fields": [str]}}],
        "missingValues?": [object],
    },
    "anchors?": [{"row": {"*": object}, "column": str, "value": object, "tolerance": object, "printed": str}],
}


class RangeError(ValueError):
    """A value below the minimum or above the maximum of its column."""


@dataclass(frozen=True)
class Field:
    """A column: its type, its words and what its cells must keep to."""

    name: str
    type: str
    title: str
    description: str
    unit: str
    delimiter: str
    constraints: Mapping[str, Any]
    line: int
    constraints_line: int = 1

    @property
    def required(self) -> bool:
        """Tell whether an empty cell is a mistake."""
        return bool(self.constraints.get("required", False))

    def parse(self, text: str) -> Value:
        """Return the value of a cell's text; ``None`` for an empty one. Raises ``ValueError`` (found, expected)."""
        if not text:
            if self.required:
                raise ValueError("found an empty cell, expected a value")
            return None
        if text != text.strip():
            raise ValueError(f"found {text!r}, expected no white space around the value")
        value: Value = PARSERS[self.type](text, self)
        self._check(text, value)
        return value

    def _check(self, text: str, value: Value) -> None:
        low, high = self.bound("minimum"), self.bound("maximum")
        if low is not None and value < low:  # type: ignore[operator]  # both of this column's type
            raise RangeError(f"found {text}, expected at least {low}{self._in_unit()}")
        if high is not None and value > high:  # type: ignore[operator]  # both of this column's type
            raise RangeError(f"found {text}, expected at most {high}{self._in_unit()}")
        allowed = self.constraints.get("enum")
        if allowed and text not in map(str, allowed):
            raise ValueError(f"found {text!r}, expected one of {', '.join(map(str, allowed))}")
        pattern = self.constraints.get("pattern")
        if pattern and not re.fullmatch(pattern, text):
            raise ValueError(f"found {text!r}, expected the pattern {pattern}")
        if len(text) < self.constraints.get("minLength", 0):
            raise ValueError(f"found {text!r}, expected at least {self.constraints['minLength']} characters")
        if len(text) > self.constraints.get("maxLength", len(text)):
            raise ValueError(f"found {len(text)} characters, expected at most {self.constraints['maxLength']}")

    def bound(self, name: str) -> Value:
        """Return the ``minimum`` or ``maximum`` in this column's own type, or ``None``."""
        limit = self.constraints.get(name)
        return None if limit is None else PARSERS[self.type](str(limit), self)

    def _in_unit(self) -> str:
        return f" {self.unit}" if self.unit else ""


def _number(text: str, _field: Field) -> Decimal:
    if NUMBER.fullmatch(text):
        return Decimal(text)
    raise ValueError(f"found {text!r}, expected a number like 1234.5 (point for decimals, no separators)")


def _integer(text: str, _field: Field) -> int:
    if re.fullmatch(r"-?(0|[1-9]\d*)", text):
        return int(text)
    raise ValueError(f"found {text!r}, expected a whole number like 1234")


def _boolean(text: str, _field: Field) -> bool:
    if text in {"true", "false"}:
        return text == "true"
    raise ValueError(f"found {text!r}, expected true or false")


def _date(text: str, _field: Field) -> date:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise ValueError(f"found {text!r}, expected a date like 2023-12-07")


def _year(text: str, _field: Field) -> int:
    if re.fullmatch(r"[12]\d{3}", text):
        return int(text)
    raise ValueError(f"found {text!r}, expected a year like 2023")


def _month(text: str, _field: Field) -> str:
    if re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", text):
        return text
    raise ValueError(f"found {text!r}, expected a month like 2023-11")


def _list(text: str, field: Field) -> tuple[str, ...]:
    items = tuple(text.split(field.delimiter))
    if all(items) and len(set(items)) == len(items) and not any(item != item.strip() for item in items):
        return items
    raise ValueError(f"found {text!r}, expected different values with {field.delimiter!r} between them, no spaces")


PARSERS: Mapping[str, Callable[[str, Field], Value]] = {
    "string": lambda text, _field: text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "year": _year,
    "yearmonth": _month,
    "list": _list,
}


@dataclass(frozen=True)
class ForeignKey:
    """Values of ``fields`` (each item of a list) must stand in ``columns`` of ``table``; "" is the table itself."""

    fields: tuple[str, ...]
    table: str
    columns: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Anchor:
    """A figure as its publisher printed it: the cell in ``column`` of the row that ``row`` names must agree."""

    row: Mapping[str, str]
    column: str
    value: Decimal
    tolerance: Decimal
    printed: str
    line: int


@dataclass(frozen=True)
class Description:
    """What a table is: words for people, types and rules for the build."""

    name: str
    path: str
    raw: Mapping[str, Any]
    title: str
    description: str
    fields: Mapping[str, Field]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    anchors: tuple[Anchor, ...]

    @property
    def notes(self) -> list[str]:
        """What a re-user must know, in sentences."""
        return list(self.raw.get("notes", []))

    @property
    def licenses(self) -> list[dict[str, str]]:
        """The table's licences, as in a data package."""
        return list(self.raw["licenses"])

    @property
    def sources(self) -> list[dict[str, str]]:
        """Who made the figures, as in a data package; the pages that were read are cited row by row."""
        return list(self.raw["sources"])


def parse_description(text: str, name: str) -> Description:
    """Return the description in the text of a file; all that is wrong with it as one ``BuildError``."""
    raw, problems = parse_toml(text, name), Problems()
    check_shape(raw, DESCRIPTION, Toml(text, name), problems)
    problems.stop_if_any()
    schema = raw["schema"]
    if schema.get("missingValues", [""]) != [""]:
        line = line_of_keys(text, ("schema", "missingValues"))
        problems.add(name, line, f'found missingValues {schema["missingValues"]!r}, expected [""]: an empty cell')
    for number, item in enumerate(schema["fields"]):
        _check_field(item, text, ("schema", "fields", number), name, problems)
    problems.stop_if_any()
    fields = [
        _field(item, *(line_of_keys(text, ("schema", "fields", n, key)) for key in ("name", "constraints")))
        for n, item in enumerate(schema["fields"])
    ]
    for twice in [field for n, field in enumerate(fields) if field.name in {other.name for other in fields[:n]}]:
        problems.add(name, twice.line, f"found the column {twice.name!r} again, expected it once")
    foreign = tuple(_foreign_key(item, text, n) for n, item in enumerate(schema.get("foreignKeys", [])))
    anchors = [problems.collect(_anchor, item, text, n, name) for n, item in enumerate(raw.get("anchors", []))]
    table = Description(
        PurePosixPath(name).stem,
        name,
        raw,
        raw["title"],
        raw["description"],
        {field.name: field for field in fields},
        tuple(schema["primaryKey"]),
        foreign,
        tuple(anchor for anchor in anchors if anchor),
    )
    _check_names(table, text, problems)
    problems.stop_if_any()
    return table


def _check_field(item: dict[str, Any], text: str, keys: Keys, name: str, problems: Problems) -> None:
    label, kind, constraints = item["name"], item["type"], item.get("constraints", {})
    line = line_of_keys(text, (*keys, "name"))
    if kind not in TYPES:
        problems.add(name, line, f"found the type {kind!r} of {label}, expected one of {', '.join(TYPES)}")
        return
    if kind in COUNTED and "unit" not in item:
        problems.add(name, line, f"found no unit for the {kind} {label}, expected one")
    if kind in COUNTED and not constraints.keys() >= set(LIMITS):
        problems.add(name, line, f"found no range for the {kind} {label}, expected minimum and maximum")
    known = [key.rstrip("?") for key in CONSTRAINTS] + ["enum", *(LIMITS if kind in ORDERED else ())]
    for key, value in constraints.items():
        place = line_of_keys(text, (*keys, "constraints", key))
        if key not in known:
            problems.add(
                name, place, f"found the unknown constraint {key!r} of the {kind} {label}", nearest(key, known)
            )
        elif fault := _constraint_fault(key, value, item, line):
            problems.add(name, place, f"{key} of {label}: {fault}")
    if not problems and all(limit in constraints for limit in LIMITS):
        field = _field(item, line)
        if field.bound("minimum") > field.bound("maximum"):  # type: ignore[operator]  # both of this column's type
            problems.add(name, line, f"found a minimum above the maximum of {label}")


def _constraint_fault(key: str, value: Any, item: dict[str, Any], line: int) -> str:  # noqa: ANN401 - TOML
    """Return what is wrong with one constraint, or nothing."""
    if key == "enum" and (not isinstance(value, list) or not value):
        return f"found {value!r}, expected a list with something in it"
    try:
        if key in LIMITS:
            _field(item, line).bound(key)
        if key == "pattern":
            re.compile(value)
    except (ValueError, re.error) as error:
        return str(error)
    return ""


def _field(item: dict[str, Any], line: int, constraints_line: int = 1) -> Field:
    words = (item["name"], item["type"], item["title"], item["description"])
    constraints = item.get("constraints", {})
    return Field(*words, item.get("unit", ""), item.get("delimiter", ","), constraints, line, constraints_line)


def _foreign_key(item: dict[str, Any], text: str, number: int) -> ForeignKey:
    reference, line = item["reference"], line_of_keys(text, ("schema", "foreignKeys", number))
    return ForeignKey(tuple(item["fields"]), reference.get("resource", ""), tuple(reference["fields"]), line)


def _anchor(item: dict[str, Any], text: str, number: int, name: str) -> Anchor:
    line = line_of_keys(text, ("anchors", number))
    for key in ("value", "tolerance"):
        if not NUMBER.fullmatch(str(item[key])):
            raise BuildError([Problem(name, line, f"found the {key} {item[key]!r} of an anchor, expected a number")])
    value, tolerance = (Decimal(str(item[key])) for key in ("value", "tolerance"))
    row = {key: str(value) for key, value in item["row"].items()}
    return Anchor(row, item["column"], value, tolerance, item["printed"], line)


def _check_names(table: Description, text: str, problems: Problems) -> None:
    """Keys and anchors name columns of the table; an anchor names a column of numbers."""
    named = [(key, line_of_keys(text, ("schema", "primaryKey"))) for key in table.primary_key]
    named += [(column, key.line) for key in table.foreign_keys for column in key.fields]
    named += [(column, anchor.line) for anchor in table.anchors for column in (*anchor.row, anchor.column)]
    for column, line in named:
        if column not in table.fields:
            problems.add(table.path, line, f"found no column {column!r}", nearest(column, table.fields))
    for anchor in table.anchors:
        field = table.fields.get(anchor.column)
        if field and field.type not in COUNTED:
            problems.add(
                table.path, anchor.line, f"found an anchor for the {field.type} {field.name}, expected a number"
            )
