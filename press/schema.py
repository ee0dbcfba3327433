"""A table's description: Frictionless Table Schema in TOML, beside the table that it describes.

Vocabulary: https://specs.frictionlessdata.io/table-schema/ (and the type ``list`` of its version 2). Ours is the
``unit`` of a number, and the ``anchors``: totals as a publisher printed them, which the table must agree with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from press.errors import Problems, nearest
from press.text import line_of, parse_toml, read, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

Value = str | int | bool | Decimal | date | tuple[str, ...] | None

NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
TYPES = ("string", "integer", "number", "boolean", "date", "year", "yearmonth", "list")
CONSTRAINTS = ("required", "unique", "minimum", "maximum", "enum", "pattern", "minLength", "maxLength")
TABLE_KEYS = {"title", "description", "licenses", "sources", "notes", "schema", "anchors"}
FIELD_KEYS = {"name", "type", "title", "description", "unit", "delimiter", "constraints"}
COUNTED = {"integer", "number"}
SHAPES = (
    "a foreign key has fields and reference = { resource, fields }; "
    "an anchor has row = { column = value }, column, value, tolerance, printed"
)


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
            raise ValueError(f"found {text}, expected at least {low}{self._in_unit()}")
        if high is not None and value > high:  # type: ignore[operator]  # both of this column's type
            raise ValueError(f"found {text}, expected at most {high}{self._in_unit()}")
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


def read_description(path: Path, root: Path) -> Description:
    """Return the description in a TOML file; all that is wrong with it as one ``BuildError``."""
    text, name = read(path, root), shown(path, root)
    raw = parse_toml(text, name)
    problems = Problems()
    _check_table(raw, text, name, problems)
    problems.stop_if_any()
    schema = raw["schema"]
    for number, item in enumerate(schema["fields"]):
        _check_field(item, number, text, name, problems)
    problems.stop_if_any()
    fields = {item["name"]: _field(item, _line_of_field(text, item["name"])) for item in schema["fields"]}
    keys = tuple(schema["primaryKey"])
    try:
        foreign = tuple(map(_foreign_key, schema.get("foreignKeys", [])))
        anchors = tuple(_anchors(raw, text))
    except (KeyError, TypeError, AttributeError, InvalidOperation) as error:
        line = line_of(text, r"^\[\[(schema\.foreignKeys|anchors)\]\]")
        problems.add(name, line, f"found a foreign key or an anchor that lacks something ({error!r})", SHAPES)
        problems.stop_if_any()
    table = Description(path.stem, name, raw, raw["title"], raw["description"], fields, keys, foreign, anchors)
    _check_names(table, text, problems)
    problems.stop_if_any()
    return table


def _check_table(raw: dict[str, Any], text: str, name: str, problems: Problems) -> None:
    for key in raw.keys() - TABLE_KEYS:
        problems.add(
            name,
            line_of(text, rf"^\s*\[*{key}\b"),
            f"found the unknown key {key!r}",
            nearest(key, TABLE_KEYS),
        )
    for key, kind in (
        ("title", str),
        ("description", str),
        ("licenses", list),
        ("sources", list),
        ("schema", dict),
    ):
        if not isinstance(raw.get(key), kind) or not raw[key]:
            problems.add(name, line_of(text, rf"^{key}\b"), f"found no {key}, expected one (a {kind.__name__})")
    schema = raw.get("schema")
    if isinstance(schema, dict):
        for key in ("fields", "primaryKey"):
            if not isinstance(schema.get(key), list) or not schema[key]:
                problems.add(name, line_of(text, r"^\[schema"), f"found no {key} in [schema], expected a list")


def _check_field(item: object, number: int, text: str, name: str, problems: Problems) -> None:
    if not isinstance(item, dict) or not isinstance(item.get("constraints", {}), dict):
        problems.add(name, line_of(text, r"^\[schema"), f"found {item!r} as field {number + 1}, expected a table")
        return
    label = str(item.get("name", f"field {number + 1}"))
    line = _line_of_field(text, label)
    for key in ("name", "type", "title", "description"):
        if not item.get(key):
            problems.add(name, line, f"found no {key} for the column {label}, expected one")
    for key in item.keys() - FIELD_KEYS:
        problems.add(name, line, f"found the unknown key {key!r} in the column {label}", nearest(key, FIELD_KEYS))
    _check_constraints(item, label, line, name, problems)


def _check_constraints(item: dict[str, Any], label: str, line: int, name: str, problems: Problems) -> None:
    constraints, kind = item.get("constraints", {}), item.get("type")
    for key in constraints.keys() - set(CONSTRAINTS):
        problems.add(name, line, f"found the unknown constraint {key!r} of {label}", nearest(key, CONSTRAINTS))
    if kind not in TYPES:
        problems.add(name, line, f"found the type {kind!r} of {label}, expected one of {', '.join(TYPES)}")
        return
    if kind in COUNTED and not item.get("unit"):
        problems.add(name, line, f"found no unit for the {kind} {label}, expected one")
    if kind in COUNTED and not {"minimum", "maximum"} <= constraints.keys():
        problems.add(name, line, f"found no range for the {kind} {label}, expected minimum and maximum")
    for limit in {"minimum", "maximum"} & constraints.keys():
        try:
            _field(item, line).bound(limit)
        except ValueError as error:
            problems.add(name, line, f"{limit} of {label}: {error}")


def _line_of_field(text: str, name: str) -> int:
    return line_of(text, rf"^\s*name\s*=\s*[\"']{re.escape(name)}[\"']")


def _field(item: dict[str, Any], line: int) -> Field:
    words = (item["name"], item["type"], item.get("title", ""), item.get("description", ""))
    return Field(*words, item.get("unit", ""), item.get("delimiter", ","), item.get("constraints", {}), line)


def _foreign_key(item: dict[str, Any]) -> ForeignKey:
    reference = item["reference"]
    return ForeignKey(tuple(item["fields"]), reference.get("resource", ""), tuple(reference["fields"]))


def _anchors(raw: dict[str, Any], text: str) -> list[Anchor]:
    places = [text.count("\n", 0, found.start()) + 1 for found in re.finditer(r"^\[\[anchors\]\]", text, re.MULTILINE)]
    anchors = []
    for number, item in enumerate(raw.get("anchors", [])):
        row = {key: str(value) for key, value in item["row"].items()}
        amounts = Decimal(str(item["value"])), Decimal(str(item["tolerance"]))
        line = places[number] if number < len(places) else 1
        anchors.append(Anchor(row, item["column"], *amounts, item["printed"], line))
    return anchors


def _check_names(table: Description, text: str, problems: Problems) -> None:
    """Keys and anchors name columns of the table."""
    named = [(key, line_of(text, r"^primaryKey")) for key in table.primary_key]
    foreign = line_of(text, r"^\[\[schema\.foreignKeys")
    named += [(column, foreign) for key in table.foreign_keys for column in key.fields]
    named += [(column, anchor.line) for anchor in table.anchors for column in (*anchor.row, anchor.column)]
    for column, line in named:
        if column not in table.fields:
            problems.add(table.path, line, f"found no column {column!r}", nearest(column, table.fields))
