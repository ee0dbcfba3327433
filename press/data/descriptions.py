"""Reading a table's description from its TOML file, or telling what is wrong there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from press.data.fields import COUNTED, LIMITS, NUMBER, TIMES, TYPES, Field
from press.data.schema import (
    EACH_ROW,
    DueRule,
    ForeignKey,
    PrintedAnchor,
    RefreshRules,
    TableDescription,
)
from press.ground.errors import (
    BuildError,
    Problems,
    quote_words,
    suggest_similar_or_all,
)
from press.ground.period import MONTHS
from press.ground.schemas import get_values_keeping_to_schema
from press.ground.toml import TomlText, format_toml_value, freeze_value

SHORTEST_MONTH = 28
MOST_MONTHS = 1200  # between a time and the release of its figures
LONGEST_STEP = 1_000  # years, months or days from one row of a table to the next
CONSTRAINTS = ("required", "unique", "pattern", "minLength", "maxLength", "enum")


def parse_description(text: str, file_name: str) -> TableDescription:
    """Return the description in the text of the file ``file_name``.

    Raises ``BuildError`` with all problems.
    """
    toml = TomlText(text, file_name)
    problems = Problems()
    raw = get_values_keeping_to_schema(toml.parse(), "table", toml)
    for number, item in enumerate(raw["schema"]["fields"]):
        _check_field_description(item, number, toml, problems)
    problems.stop_if_any()
    table = _make_description(freeze_value(raw), toml, problems)
    _check_named_columns_exist(table, problems)
    _check_anchored_columns_numeric(table, problems)
    problems.stop_if_any()
    _check_december_of_is_yearly(table, problems)
    _check_due_rule(table, problems)
    problems.stop_if_any()
    return table


def _make_description(
    raw: Mapping[str, Any], toml: TomlText, problems: Problems
) -> TableDescription:
    """Return a description whose columns have been checked; note columns and anchors
    that cannot be.
    """
    schema = raw["schema"]
    foreign_keys = [
        _make_single_column_foreign_key(item, number, toml)
        for number, item in enumerate(schema.get("foreignKeys", ()))
    ]
    anchors = [
        problems.collect(_make_anchor, item, number, toml)
        for number, item in enumerate(raw.get("anchors", ()))
    ]
    return TableDescription(
        toml=toml,
        raw=raw,
        fields=_make_fields_noting_repeats(schema["fields"], toml, problems),
        primary_key=tuple(schema["primaryKey"]),
        foreign_keys=tuple(foreign_keys),
        anchors=tuple(filter(None, anchors)),
        title=raw["title"],
        description=raw["description"],
        licenses=raw["licenses"],
        sources=raw["sources"],
        notes=raw.get("notes", ()),
        refresh=_make_refresh(raw.get("refresh", {})),
        may_be_empty=raw.get("may_be_empty", False),
    )


def _make_fields_noting_repeats(
    items: tuple[Mapping[str, Any], ...], toml: TomlText, problems: Problems
) -> Mapping[str, Field]:
    """Return the columns by their names, and note each name that is there twice."""
    fields = dict[str, Field]()
    for number, item in enumerate(items):
        field = _make_unchecked_field(item, number, toml)
        if field.name in fields:
            name = quote_words(field.name)
            message = f"found the column {name} again, expected it once"
            problems.add(toml.path, field.line, message)
        else:
            fields[field.name] = field
    return MappingProxyType(fields)


def _make_unchecked_field(
    item: Mapping[str, Any], field_number: int, toml: TomlText
) -> Field:
    """Return a column as its table of TOML tells of it."""
    return Field(
        name=item["name"],
        type=item["type"],
        title=item["title"],
        description=item["description"],
        unit=item.get("unit", ""),
        delimiter=item.get("delimiter", ","),
        constraints=item.get("constraints", {}),
        line=toml.find_line_or_closest("schema", "fields", field_number, "name"),
        jump=_parse_number(item.get("jump")),
        running=item.get("running", False),
        rounded=_parse_number(item.get("rounded")),
        absent=_parse_number(item.get("absent")),
        every=item.get("every"),
        without=tuple(map(str, item.get("without", ()))),
    )


def _parse_number(told: object) -> Decimal | None:
    """Return a number of TOML as it is written; ``None`` for what is none."""
    written = str(told)
    return Decimal(written) if NUMBER.fullmatch(written) else None


def _make_single_column_foreign_key(
    item: Mapping[str, Any], key_number: int, toml: TomlText
) -> ForeignKey:
    """Return a foreign key. Raises ``BuildError`` for one of several columns."""
    line = toml.find_line_or_closest("schema", "foreignKeys", key_number)
    reference = item["reference"]
    columns = item["fields"]
    targets = reference["fields"]
    if len(columns) > 1 or len(targets) > 1:
        message = "found a foreign key of several columns, expected one column"
        raise BuildError.at(toml.path, line, message)
    return ForeignKey(columns[0], reference["resource"], targets[0], line)


def _make_anchor(
    item: Mapping[str, Any], anchor_number: int, toml: TomlText
) -> PrintedAnchor:
    """Return an anchor. Raises ``BuildError`` where it has no number."""
    line = toml.find_line_or_closest("anchors", anchor_number)
    numbers = dict[str, Decimal]()
    for key in ("value", "tolerance"):
        parsed = _parse_number(item[key])
        if parsed is None:
            message = (
                f"found the {key} {format_toml_value(item[key])} of an anchor"
                ", expected a number"
            )
            raise BuildError.at(toml.path, line, message)
        numbers[key] = parsed
    row = {key: str(value) for key, value in item["row"].items()}
    return PrintedAnchor(
        row=MappingProxyType(row),
        column=item["column"],
        printed=item["printed"],
        line=line,
        **numbers,
    )


def _make_refresh(told: Mapping[str, Any]) -> RefreshRules:
    values = dict(told)
    if "due" in values:
        values["due"] = DueRule(**values["due"])
    return RefreshRules(**values)


def _check_field_description(
    item: dict[str, Any], field_number: int, toml: TomlText, problems: Problems
) -> None:
    """Note what is wrong with a column: its type, what a number lacks, what else is
    told of it.
    """
    label = item["name"]
    kind = item["type"]
    line = toml.find_line_or_closest("schema", "fields", field_number, "name")
    if kind not in TYPES:
        known = ", ".join(TYPES)
        message = (
            f"found the type {quote_words(kind)} of {label}, expected one of {known}"
        )
        problems.add(toml.path, line, message)
        return
    field = _make_unchecked_field(item, field_number, toml)
    if kind in COUNTED:
        _check_unit_and_range_given(item, field, toml.path, problems)
    _check_keys_beyond_table_schema(item, field_number, field, toml, problems)
    _check_constraints(field, field_number, toml, problems)


def _check_unit_and_range_given(
    item: Mapping[str, Any], field: Field, path: str, problems: Problems
) -> None:
    """Note what a column of numbers has to say of itself and does not."""
    what = f"{field.type} {field.name}"
    if "unit" not in item:
        message = f"found no unit for the {what}, expected one"
        problems.add(path, field.line, message)
    has_end = "maximum" in field.constraints or "jump" in item
    if "minimum" not in field.constraints or not has_end:
        expected = "expected a minimum, and a maximum or, where values grow, a jump"
        message = f"found no range for the {what}, {expected}"
        problems.add(path, field.line, message)


def _find_mistake_in_absent(told: object, _field: Field) -> str:
    return "expected a number" if _parse_number(told) is None else ""


def _find_mistake_in_size(told: object, _field: Field) -> str:
    size = _parse_number(told)
    is_above_zero = size is not None and size > 0
    return "" if is_above_zero else "expected a number above zero"


def _find_mistake_in_every(told: object, _field: Field) -> str:
    if told == EACH_ROW or _is_step(told):
        return ""
    return f'expected a whole number from 1 to {LONGEST_STEP:,}, or "{EACH_ROW}"'


def _find_mistake_in_without(told: object, field: Field) -> str:
    if not _is_step(field.every):
        return "expected it beside every = 1 or more"
    return _find_mistake_in_constraint("without", told, field)


def _is_step(every: object) -> bool:
    is_whole = isinstance(every, int) and not isinstance(every, bool)
    return is_whole and every in range(1, LONGEST_STEP + 1)


class _ExtraKey(NamedTuple):
    """What a description may say of columns of some types, beyond Table Schema: of
    which, what they are called, and what finds the mistake in what is said.
    """

    types: set[str]
    column: str
    find_mistake: Callable[[object, Field], str]


EXTRAS = {
    "absent": _ExtraKey(COUNTED, "a number", _find_mistake_in_absent),
    "every": _ExtraKey(TIMES, "a column of times", _find_mistake_in_every),
    "jump": _ExtraKey(COUNTED, "a number", _find_mistake_in_size),
    "rounded": _ExtraKey(COUNTED, "a number", _find_mistake_in_size),
    "running": _ExtraKey(COUNTED, "a number", lambda _told, _field: ""),
    "without": _ExtraKey(TIMES, "a column of times", _find_mistake_in_without),
}


def _check_keys_beyond_table_schema(
    item: dict[str, Any], number: int, field: Field, toml: TomlText, problems: Problems
) -> None:
    """Note what is said of numbers or of a series in a column of other things, and what
    is no number, step or time.
    """
    for key, extra in EXTRAS.items():
        if key not in item:
            continue
        told = item[key]
        if field.type in extra.types:
            mistake = extra.find_mistake(told, field)
        else:
            mistake = f"expected it of {extra.column}"
        if mistake:
            line = toml.find_line_or_closest("schema", "fields", number, key)
            message = (
                f"found {key} = {format_toml_value(told)} of {field.name}: {mistake}"
            )
            problems.add(toml.path, line, message)


def _check_constraints(
    field: Field, field_number: int, toml: TomlText, problems: Problems
) -> None:
    """Note constraints that are unknown or wrong, and limits that leave nothing."""
    known = list(CONSTRAINTS)
    if field.type in COUNTED | TIMES:
        known += LIMITS
    for key, value in field.constraints.items():
        place = toml.find_line_or_closest(
            "schema", "fields", field_number, "constraints", key
        )
        if key not in known:
            message = (
                f"found the unknown constraint {quote_words(key)}"
                f" of the {field.type} {field.name}"
            )
            problems.add(toml.path, place, message, suggest_similar_or_all(key, known))
        elif mistake := _find_mistake_in_constraint(key, value, field):
            problems.add(toml.path, place, f"{key} of {field.name}: {mistake}")
    if not problems and field.constraints.keys() >= LIMITS.keys():
        low, high = map(field.parse_limit, LIMITS)
        if low > high:  # type: ignore[operator]  # both of this column's type
            message = f"found a minimum above the maximum of {field.name}"
            problems.add(toml.path, field.line, message)


def _find_mistake_in_constraint(key: str, value: Any, field: Field) -> str:  # noqa: ANN401 - TOML
    """Return what is wrong with one constraint, or with what a series is without; or
    nothing.
    """
    if key == "enum" and (not isinstance(value, list) or not value):
        found = format_toml_value(value)
        return f"found {found}, expected a list with at least one item"
    try:
        if key in LIMITS:
            field.parse_limit(key)
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


def _check_named_columns_exist(table: TableDescription, problems: Problems) -> None:
    """Note keys and anchors that name no column of the table."""
    line = table.toml.find_line_or_closest("schema", "primaryKey")
    named = [("the primary key", column, line) for column in table.primary_key]
    named += [("a foreign key", key.field, key.line) for key in table.foreign_keys]
    for anchor in table.anchors:
        columns = (*anchor.row, anchor.column)
        named += [("an anchor", column, anchor.line) for column in columns]
    for what, column, line in named:
        if column not in table.fields:
            hint = suggest_similar_or_all(column, table.fields)
            message = (
                f"{what} names the column {quote_words(column)}"
                ", which this table does not have"
            )
            problems.add(table.path, line, message, hint)


def _check_anchored_columns_numeric(
    table: TableDescription, problems: Problems
) -> None:
    """Note anchors of columns that hold no numbers."""
    for anchor in table.anchors:
        field = table.fields.get(anchor.column)
        if field and field.type not in COUNTED:
            message = (
                f"found an anchor for the {field.type} {field.name}, expected a number"
            )
            problems.add(table.path, anchor.line, message)


def _check_december_of_is_yearly(table: TableDescription, problems: Problems) -> None:
    """Note a table without years that is said to have Decembers of another."""
    if table.refresh.december_of and table.type_of_times != "year":
        line = table.toml.find_line_or_closest("refresh", "december_of")
        message = (
            "found december_of, expected it of a table whose primary key holds a year"
        )
        problems.add(table.path, line, message)


def _check_due_rule(table: TableDescription, problems: Problems) -> None:
    """Note what no calendar of releases can hold."""
    due = table.refresh.due
    if due is None:
        return
    line = table.toml.find_line_or_closest("refresh", "due")
    kind = table.type_of_times
    if kind not in TIMES - {"date"}:
        message = (
            "found due, expected it of a table whose primary key holds a year, a"
            " quarter or a month"
        )
        problems.add(table.path, line, message)
    if not 1 <= due.months <= MOST_MONTHS or not 1 <= due.day <= SHORTEST_MONTH:
        message = (
            f"found months = {due.months}, day = {due.day}, expected 1 to"
            f" {MOST_MONTHS} months, and a day from 1 to 28"
        )
        problems.add(table.path, line, message)
    months = set(range(1, MONTHS + 1))
    if due.without and (kind != "yearmonth" or not months > set(due.without)):
        message = (
            f"found without = {format_toml_value(due.without)}, expected some months"
            " from 1 to 12, of a table of months"
        )
        problems.add(table.path, line, message)
