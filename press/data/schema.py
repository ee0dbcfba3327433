"""A table's description: Frictionless Table Schema in TOML, beside the table that it
describes.

Vocabulary: https://specs.frictionlessdata.io/table-schema/ (and the type ``list`` of
its version 2). Ours is the
type ``quarter``, the ``unit`` of a number, the ``anchors``: totals as a publisher
printed them, which the table must agree with; what a newer figure is held to: the
``jump`` of a column, whether it is ``running``, how the table is to
``refresh``; and what is complete: at ``every`` which time a table has rows, ``without``
which, and what stands for an
``absent`` row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from press.ground.errors import BuildError, Problems, quote_words, suggest_similar
from press.ground.period import MONTHS
from press.ground.schemas import check_schema
from press.ground.toml import Toml, format_toml_value, freeze_value

Value = str | int | bool | Decimal | date | tuple[str, ...] | None

SHORTEST_MONTH = 28
NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
COUNTED = {"integer", "number"}
TIMES = {"date", "year", "quarter", "yearmonth"}
ORDERED = COUNTED | TIMES
LONGEST_STEP = 1_000  # years, months or days from one row of a table to the next
EACH_ROW = "row"  # what ``every`` says where a table has whichever times there are
LIMITS = ("minimum", "maximum")
CONSTRAINTS = ("required", "unique", "pattern", "minLength", "maxLength", "enum")


@dataclass(frozen=True)
class Field:
    """A column: its type, its words and what its cells must keep to.

    ``jump`` is how far a value may plausibly lie from the one before it in time:
    relative to it (0.5: from two thirds of it to half as much again), or in points
    where the unit is of percent. A ``running`` column adds up from January of each
    year: its values are compared with those of the same month of another year. A column
    that we work out was
    ``rounded`` to a step: values that lie no further apart are one figure. Where a
    table has rows of a time, but none of some thing, the thing's figure is ``absent``.

    A column of times whose ``every`` is 4 has each fourth year, month or day from its
    first to its last, but for those that it is ``without``; where it is "row", the
    times that are there are all there are. ``None``: nobody says.
    """

    name: str
    type: str
    title: str
    description: str
    unit: str
    delimiter: str
    constraints: Mapping[str, Any]
    line: int
    jump: Decimal | None = None
    running: bool = False
    rounded: Decimal | None = None
    absent: Decimal | None = None
    every: int | str | None = None
    without: tuple[str, ...] = ()

    @property
    def in_points(self) -> bool:
        """Tell whether values are compared by their difference, not by their ratio."""
        return self.unit.startswith("percent")

    def parse(self, text: str) -> Value:
        """Return the value of a cell's text; ``None`` for an empty one.

        Raises ``ValueError`` (found, expected).
        """
        if not text:
            if self.constraints.get("required"):
                raise ValueError("found an empty cell, expected a value")
            return None
        if text != text.strip():
            raise ValueError(
                f"found {quote_words(text)}, expected no white space around the value"
            )
        value: Value = self._value(text)
        self._check(text, value)
        return value

    def _check(self, text: str, value: Value) -> None:
        low = self.bound("minimum")
        high = self.bound("maximum")
        if low is not None and value < low:  # type: ignore[operator]  # both of this column's type
            raise ValueError(
                f"found {text}, expected at least {low} {self.unit}".rstrip()
            )
        if high is not None and value > high:  # type: ignore[operator]  # both of this column's type
            raise ValueError(
                f"found {text}, expected at most {high} {self.unit}".rstrip()
            )
        allowed = self.constraints.get("enum")
        if allowed and text not in map(str, allowed):
            raise ValueError(
                f"found {quote_words(text)}, expected one of"
                f" {', '.join(map(str, allowed))}"
            )
        pattern = self.constraints.get("pattern")
        if pattern and not re.fullmatch(pattern, text):
            raise ValueError(
                f"found {quote_words(text)}, which does not match the pattern {pattern}"
            )
        least = self.constraints.get("minLength", 0)
        most = self.constraints.get("maxLength", len(text))
        if len(text) < least:
            raise ValueError(
                f"found {quote_words(text)}, expected at least {least} characters"
            )
        if len(text) > most:
            raise ValueError(f"found {len(text)} characters, expected at most {most}")

    def bound(self, name: str) -> Value:
        """Return the ``minimum`` or ``maximum`` in this column's own
        type, or ``None``.
        """
        limit = self.constraints.get(name)
        return None if limit is None else self._value(str(limit))

    def _value(self, text: str) -> Value:
        """Return the value of a text that is not empty, whatever its range.

        Raises ``ValueError`` (found, expected).
        """
        kind = TYPES[self.type]
        try:
            if kind.pattern.fullmatch(text):
                return kind.value(text, self.delimiter)
        except ValueError:  # a day that no calendar has
            pass
        raise ValueError(
            f"found {quote_words(text)}, expected"
            f" {kind.expected.format(self.delimiter)}"
        )


class ColumnType(NamedTuple):
    """A type of column: which texts it takes, how they are told to authors, and their
    value, given the delimiter.
    """

    pattern: re.Pattern[str]
    expected: str
    value: Callable[[str, str], Value]


def _items(text: str, delimiter: str) -> tuple[str, ...]:
    items = tuple(text.split(delimiter))
    if (
        not all(items)
        or len(set(items)) < len(items)
        or any(item != item.strip() for item in items)
    ):
        raise ValueError(text)
    return items


TYPES = {
    name: ColumnType(re.compile(pattern), expected, value)
    for name, pattern, expected, value in (
        ("string", "(?s:.*)", "", lambda text, _: text),
        (
            "integer",
            r"-?(0|[1-9]\d*)",
            "a whole number like 1234",
            lambda text, _: int(text),
        ),
        (
            "number",
            NUMBER,
            "a number like 1234.5 (point for decimals, no separators)",
            lambda text, _: Decimal(text),
        ),
        ("boolean", "true|false", "true or false", lambda text, _: text == "true"),
        (
            "date",
            r"\d{4}-\d\d-\d\d",
            "a date like 2023-12-07",
            lambda text, _: date.fromisoformat(text),
        ),
        ("year", r"[12]\d{3}", "a year like 2023", lambda text, _: int(text)),
        (
            "quarter",
            r"[12]\d{3}-Q[1-4]",
            "a quarter like 2024-Q3",
            lambda text, _: text,
        ),
        (
            "yearmonth",
            r"[12]\d{3}-(0[1-9]|1[0-2])",
            "a month like 2023-11",
            lambda text, _: text,
        ),
        (
            "list",
            "(?s:.*)",
            "a list such as a{}b (none twice, no spaces around)",
            _items,
        ),
    )
}


@dataclass(frozen=True)
class ForeignKey:
    """Values of ``field`` (each item of a list) must stand in ``column``
    of ``table``.
    """

    field: str
    table: str
    column: str
    line: int


@dataclass(frozen=True)
class Anchor:
    """A figure as its publisher printed it: the cell in ``column`` of the row that
    ``row`` names must agree.
    """

    row: Mapping[str, str]
    column: str
    value: Decimal
    tolerance: Decimal
    printed: str
    line: int


class Due(NamedTuple):
    """When the figures of a period are out: by a ``day`` of a month, so many ``months``
    after its last month.

    ``without`` are months of the year whose figures come only with those of the next.
    """

    months: int
    day: int
    without: tuple[int, ...] = ()


class Refresh(NamedTuple):
    """How a table's figures come and are refreshed, in a sentence; the command that
    does it.

    A table keeps the first print of a figure, unless it ``follows_revisions``. Where
    its rows are those that end with
    ``december_of`` another table, what comes in for such a December comes into both.
    """

    how: str = ""
    command: str = ""
    follows_revisions: bool = False
    due: Due | None = None
    december_of: str = ""


UNTOLD = Refresh()


@dataclass(frozen=True)
class Description:
    """What a table is: words for people, types and rules for the build.

    It cannot be changed.
    """

    toml: Toml
    raw: Mapping[str, Any]
    fields: Mapping[str, Field]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    anchors: tuple[Anchor, ...]
    title: str
    description: str
    licenses: Sequence[Mapping[str, str]] = ()  # as in a data package
    # who made the figures; the pages that were read are cited row by row
    sources: Sequence[Mapping[str, str]] = ()
    notes: Sequence[str] = ()  # what a re-user must know, in sentences
    refresh: Refresh = UNTOLD
    may_be_empty: bool = False  # a log, in which nothing need have happened

    @property
    def path(self) -> str:
        """The file that holds it."""
        return self.toml.path

    @property
    def times(self) -> tuple[str, ...]:
        """The columns of the primary key that hold times: a year, a month, a day, or
        both ends of a period.
        """
        return tuple(
            name for name in self.primary_key if self.fields[name].type in TIMES
        )

    @cached_property
    def dated(self) -> tuple[str, ...]:
        """The columns that say of which time a row is: those of the key, or the first
        of dates.
        """
        return (
            self.times
            or tuple(
                name for name, field in self.fields.items() if field.type == "date"
            )[:1]
        )

    @cached_property
    def figures(self) -> Mapping[str, str]:
        """The columns of figures, each with the column of its width, or nothing: the
        next one that says precision.

        Columns of the key are no figures.
        """
        counted = [name for name, field in self.fields.items() if field.type in COUNTED]
        found = dict[str, str]()
        width = ""
        for name in reversed(counted):
            if "precision" in name:
                width = name
            elif name not in self.primary_key:
                found[name] = width
        return MappingProxyType(dict(reversed(found.items())))

    def format_key_for_log(self, key: Iterable[object]) -> str:
        """Return a row's key as the log of revisions writes it:
        ``year=2023;flow=total``.
        """
        return ";".join(
            f"{name}={part}" for name, part in zip(self.primary_key, key, strict=True)
        )


def parse_description(text: str, name: str) -> Description:
    """Return the description in the text of the file ``name``.

    Raises ``BuildError`` with all problems.
    """
    toml = Toml(text, name)
    problems = Problems()
    raw = check_schema(toml.parse(), "table", toml)
    for number, item in enumerate(raw["schema"]["fields"]):
        _check_field(item, number, toml, problems)
    problems.stop_if_any()
    raw = freeze_value(raw)
    schema = raw["schema"]
    fields = dict[str, Field]()
    for number, item in enumerate(schema["fields"]):
        field = _field(item, number, toml)
        if fields.setdefault(field.name, field) is not field:
            problems.add(
                name,
                field.line,
                f"found the column {quote_words(field.name)} again, expected it once",
            )
    foreign = tuple(
        _foreign_key(item, number, toml)
        for number, item in enumerate(schema.get("foreignKeys", []))
    )
    anchors = [
        problems.collect(_anchor, item, number, toml)
        for number, item in enumerate(raw.get("anchors", []))
    ]
    refresh = dict(raw.get("refresh", {}))
    if "due" in refresh:
        refresh["due"] = Due(**refresh["due"])
    table = Description(
        toml=toml,
        raw=raw,
        fields=MappingProxyType(fields),
        primary_key=tuple(schema["primaryKey"]),
        foreign_keys=foreign,
        anchors=tuple(filter(None, anchors)),
        title=raw["title"],
        description=raw["description"],
        licenses=raw["licenses"],
        sources=raw["sources"],
        notes=raw.get("notes", ()),
        refresh=Refresh(**refresh),
        may_be_empty=raw.get("may_be_empty", False),
    )
    _check_names(table, toml, problems)
    problems.stop_if_any()
    _check_due(table, toml, problems)
    problems.stop_if_any()
    return table


def _check_field(
    item: dict[str, Any], number: int, toml: Toml, problems: Problems
) -> None:
    label = item["name"]
    kind = item["type"]
    constraints = item.get("constraints", {})
    name = toml.path
    line = toml.line("schema", "fields", number, "name")
    if kind not in TYPES:
        problems.add(
            name,
            line,
            f"found the type {quote_words(kind)} of {label}, expected one of"
            f" {', '.join(TYPES)}",
        )
        return
    if kind in COUNTED and "unit" not in item:
        problems.add(name, line, f"found no unit for the {kind} {label}, expected one")
    if kind in COUNTED and (
        "minimum" not in constraints or not {"maximum", "jump"} & {*constraints, *item}
    ):
        expected = "expected a minimum, and a maximum or, where values grow, a jump"
        problems.add(name, line, f"found no range for the {kind} {label}, {expected}")
    _check_more(item, number, toml, problems)
    _check_constraints(_field(item, number, toml), number, toml, problems)


def _check_more(
    item: dict[str, Any], number: int, toml: Toml, problems: Problems
) -> None:
    """Note what is said of numbers or of a series in a column of other things, and what
    is no number, step or time.
    """
    every = item.get("every")
    counted = type(every) is int and 0 < every <= LONGEST_STEP  # true is no number
    for key in sorted(
        {"absent", "every", "jump", "rounded", "running", "without"} & item.keys()
    ):
        kinds = COUNTED
        of = "a number"
        mistake = ""
        if key in {"every", "without"}:
            kinds = TIMES
            of = "a column of times"
        if item["type"] not in kinds:
            mistake = f"expected it of {of}"
        elif key == "without":
            known = _mistake_in(key, item[key], _field(item, number, toml))
            mistake = known if counted else "expected it beside every = 1 or more"
        elif key == "every" and not counted and every != EACH_ROW:
            mistake = (
                f'expected a whole number from 1 to {LONGEST_STEP:,}, or "{EACH_ROW}"'
            )
        elif key == "absent" and _number(item[key]) is None:
            mistake = "expected a number"
        elif key in {"jump", "rounded"} and not (_number(item[key]) or 0) > 0:
            mistake = "expected a number above zero"
        if mistake:
            found = f"found {key} = {format_toml_value(item[key])} of {item['name']}"
            problems.add(
                toml.path,
                toml.line("schema", "fields", number, key),
                f"{found}: {mistake}",
            )


def _check_constraints(
    field: Field, number: int, toml: Toml, problems: Problems
) -> None:
    known = CONSTRAINTS + (LIMITS if field.type in ORDERED else ())
    for key, value in field.constraints.items():
        place = toml.line("schema", "fields", number, "constraints", key)
        if key not in known:
            message = (
                f"found the unknown constraint {quote_words(key)} of the {field.type}"
                f" {field.name}"
            )
            problems.add(toml.path, place, message, suggest_similar(key, known))
        elif mistake := _mistake_in(key, value, field):
            problems.add(toml.path, place, f"{key} of {field.name}: {mistake}")
    if not problems and field.constraints.keys() >= set(LIMITS):
        low, high = map(field.bound, LIMITS)
        if low > high:  # type: ignore[operator]  # both of this column's type
            problems.add(
                toml.path,
                field.line,
                f"found a minimum above the maximum of {field.name}",
            )


def _mistake_in(key: str, value: Any, field: Field) -> str:  # noqa: ANN401 - TOML
    """Return what is wrong with one constraint, or with what a series is without; or
    nothing.
    """
    if key == "enum" and (not isinstance(value, list) or not value):
        return (
            f"found {format_toml_value(value)}, expected a list with at least one item"
        )
    try:
        if key in LIMITS:
            field.bound(key)
        if key == "pattern":
            re.compile(value)
        if key == "without":
            for time in value:
                field.parse(str(time))
    except (ValueError, OverflowError, re.error) as error:
        return str(error)
    except RecursionError:
        return "found groups too deep in each other"
    return ""


def _field(item: dict[str, Any], number: int, toml: Toml) -> Field:
    return Field(
        name=item["name"],
        type=item["type"],
        title=item["title"],
        description=item["description"],
        unit=item.get("unit", ""),
        delimiter=item.get("delimiter", ","),
        constraints=item.get("constraints", {}),
        line=toml.line("schema", "fields", number, "name"),
        jump=_number(item.get("jump")),
        running=item.get("running", False),
        rounded=_number(item.get("rounded")),
        absent=_number(item.get("absent")),
        every=item.get("every"),
        without=tuple(map(str, item.get("without", ()))),
    )


def _number(told: object) -> Decimal | None:
    return Decimal(str(told)) if NUMBER.fullmatch(str(told)) else None


def _foreign_key(item: dict[str, Any], number: int, toml: Toml) -> ForeignKey:
    reference = item["reference"]
    line = toml.line("schema", "foreignKeys", number)
    if len(item["fields"]) > 1 or len(reference["fields"]) > 1:
        raise BuildError.at(
            toml.path,
            line,
            "found a foreign key of several columns, expected one column",
        )
    return ForeignKey(
        item["fields"][0], reference["resource"], reference["fields"][0], line
    )


def _anchor(item: dict[str, Any], number: int, toml: Toml) -> Anchor:
    line = toml.line("anchors", number)
    for key in ("value", "tolerance"):
        if not NUMBER.fullmatch(str(item[key])):
            message = (
                f"found the {key} {format_toml_value(item[key])} of an anchor,"
                " expected a number"
            )
            raise BuildError.at(toml.path, line, message)
    value, tolerance = (Decimal(str(item[key])) for key in ("value", "tolerance"))
    row = MappingProxyType({key: str(value) for key, value in item["row"].items()})
    return Anchor(row, item["column"], value, tolerance, item["printed"], line)


def _check_due(table: Description, toml: Toml, problems: Problems) -> None:
    """Note what no calendar of releases can hold, and what is said of times in a table
    whose rows are of none.
    """
    due = table.refresh.due
    line = toml.line("refresh", "due")
    kind = table.fields[table.times[-1]].type if table.times else ""
    if table.refresh.december_of and kind != "year":
        message = (
            "found december_of, expected it of a table whose primary key holds a year"
        )
        problems.add(table.path, toml.line("refresh", "december_of"), message)
    if due is None:
        return
    if kind not in TIMES - {"date"}:
        message = (
            "found due, expected it of a table whose primary key holds a year, a"
            " quarter or a month"
        )
        problems.add(table.path, line, message)
    if due.months < 1 or not 1 <= due.day <= SHORTEST_MONTH:
        message = (
            f"found months = {due.months}, day = {due.day}, expected at least one"
            " month, and a day from 1 to 28"
        )
        problems.add(table.path, line, message)
    if due.without and (
        kind != "yearmonth" or not set(due.without) < set(range(1, MONTHS + 1))
    ):
        message = (
            f"found without = {format_toml_value(due.without)}, expected some"
            " months from 1 to"
            " 12, of a table of months"
        )
        problems.add(table.path, line, message)


def _check_names(table: Description, toml: Toml, problems: Problems) -> None:
    """Note keys and anchors that name no column of the table, and anchors of columns
    that hold no numbers.
    """
    line = toml.line("schema", "primaryKey")
    named = [("the primary key", column, line) for column in table.primary_key]
    named += [("a foreign key", key.field, key.line) for key in table.foreign_keys]
    named += [
        ("an anchor", column, anchor.line)
        for anchor in table.anchors
        for column in (*anchor.row, anchor.column)
    ]
    for what, column, line in named:
        if column not in table.fields:
            message = (
                f"{what} names the column {quote_words(column)}, which this table"
                " does not"
                " have"
            )
            problems.add(
                table.path, line, message, suggest_similar(column, table.fields)
            )
    for anchor in table.anchors:
        field = table.fields.get(anchor.column)
        if field and field.type not in COUNTED:
            message = (
                f"found an anchor for the {field.type} {field.name}, expected a number"
            )
            problems.add(table.path, anchor.line, message)
