"""Whether tables fit each other, and each what its description says of it whole:
foreign keys, anchors, ranges, magnitudes, and times.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from press.data.fields import COUNTED, Field, Value
from press.data.schema import ForeignKey, PrintedAnchor
from press.data.tables import Row, Table, add_steps_to_time
from press.ground.errors import Problems, quote_words, suggest_similar_or_all
from press.ground.period import Period

# times: a slip of a thousand is at least so far from one of two neighbours that grow
SLIP = 30
SHOWN = 6  # times in a message
# values that no other table has: of more, each is told without one that looks like it
HINTED = 100
# tables that say when each row was published: at a time, or "undated"
TABLES_OF_PRINTS = {"sources", "revisions"}
PUBLISHED = "published"
UNDATED = "undated"
# the columns of a table of figures that may be ranges: a single one stands in both
LOW = "low"
HIGH = "high"
# the commonest slip of magnitude: thousands for units, millions for billions
THOUSAND = 1000


def check_tables_against_each_other(
    tables: Mapping[str, Table], all_table_names: AbstractSet[str]
) -> None:
    """Hold tables to each other, and each to what its description says of it whole.

    ``all_table_names`` are those of all tables, also of those that cannot be read.
    Raises ``BuildError``.
    """
    problems = Problems()
    for name, table in tables.items():
        _check_foreign_keys(table, tables, all_table_names, problems)
        if name in TABLES_OF_PRINTS:
            _check_times_of_publication(table, problems)
        _check_ends_of_ranges(table, problems)
        for anchor in table.description.anchors:
            _check_anchor(anchor, table, problems)
        for field in table.description.fields.values():
            if field.type in COUNTED:
                _check_wide_range_and_slips(table, field, problems)
            if isinstance(field.every, int):
                _check_missing_and_unexpected_times(table, field, field.every, problems)
    problems.stop_if_any()


def _check_foreign_keys(
    table: Table,
    tables: Mapping[str, Table],
    all_table_names: AbstractSet[str],
    problems: Problems,
) -> None:
    """Note each foreign key that names no table or column, and each value that is not
    where its key says it is.
    """
    path = table.description.path
    for key in table.description.foreign_keys:
        target = tables.get(key.table)
        if target is None:
            # one that is there, and broken, is reported by itself
            if key.table not in all_table_names:
                folder = Path(table.path).parent.as_posix()
                found = f"a foreign key names the table {quote_words(key.table)}"
                hint = suggest_similar_or_all(key.table, all_table_names)
                message = f"{found}, which {folder}/ does not have"
                problems.add(path, key.line, message, hint)
        elif key.column not in target.description.fields:
            hint = suggest_similar_or_all(key.column, target.description.fields)
            message = (
                f"a foreign key names the column {quote_words(key.column)}"
                f", which {target.path} does not have"
            )
            problems.add(path, key.line, message, hint)
        else:
            _check_references(table, key, target, problems)


def _check_references(
    table: Table, key: ForeignKey, target: Table, problems: Problems
) -> None:
    """Note each value of a column, or item of its lists, that the target lacks."""
    known = {str(row[key.column]) for row in target.rows}
    for row in table.rows:
        for item in _list_items(row[key.field]):
            if item not in known:
                message = (
                    f"{key.field}: {quote_words(item)} is not"
                    f" in the column {key.column} of {target.path}"
                )
                hint = (
                    suggest_similar_or_all(item, known)
                    if len(problems) < HINTED
                    else ""
                )
                problems.add(row.path, row.line, message, hint)


def _list_items(value: Value) -> list[str]:
    """Return the items of a list, the one of a value, none of an empty cell."""
    if value is None:
        return []
    return list(value) if isinstance(value, tuple) else [str(value)]


def _check_times_of_publication(table: Table, problems: Problems) -> None:
    """Note each row that was published at no time of the calendar."""
    if PUBLISHED not in table.description.fields:
        return
    for row in table.rows:
        text = str(row[PUBLISHED] or UNDATED)
        if text != UNDATED and not Period.parse_or_none(text):
            message = (
                f"{PUBLISHED}: found {quote_words(text)}, expected a day, a month or a"
                f" year such as 2023-12-07, or {UNDATED}"
            )
            problems.add(row.path, row.line, message)


def _check_ends_of_ranges(table: Table, problems: Problems) -> None:
    """Note each row whose range is upside down."""
    if not {LOW, HIGH} <= table.description.fields.keys():
        return
    for row in table.rows:
        if None in (row[LOW], row[HIGH]):
            continue
        low = row.number(LOW)
        high = row.number(HIGH)
        if low > high:
            message = f"{LOW}: found {low}, expected at most {HIGH}, {high}"
            problems.add(row.path, row.line, message)


def _check_anchor(anchor: PrintedAnchor, table: Table, problems: Problems) -> None:
    """Note an anchor that fits no row, or several, or that its row contradicts."""
    where = ", ".join(anchor.row.values())
    found = [row for row in table.rows if _is_row_of_anchor(anchor, row)]
    if len(found) != 1:
        message = f"the anchor {where} fits {len(found)} rows, expected one row"
        problems.add(table.description.path, anchor.line, message)
        return
    (row,) = found
    value = row.number(anchor.column)
    if abs(value - anchor.value) > anchor.tolerance:
        message = (
            f"{anchor.column}: found {value}, expected {anchor.value} ±"
            f" {anchor.tolerance} for {where}"
        )
        hint = f"the publisher printed {anchor.printed}"
        problems.add(table.path, row.line, message, hint)


def _is_row_of_anchor(anchor: PrintedAnchor, row: Row) -> bool:
    """Tell whether a row is the one that an anchor names."""
    return all(str(row[column]) == value for column, value in anchor.row.items())


def _check_wide_range_and_slips(table: Table, field: Field, problems: Problems) -> None:
    """Note a range so wide that a column a thousand times too large or small would
    pass.

    Where the column has no maximum, since its values grow, each value is held to the
    one before it in time.
    """
    rows = (row for row in table.rows if row[field.name] is not None)
    values = [row.number(field.name) for row in rows]
    low = field.parse_limit("minimum")
    high = field.parse_limit("maximum")
    if _is_range_too_wide(values, low, high):
        most = "any" if high is None else high
        message = (
            f"the range of {field.name} ({low} to {most}) is too wide"
            ": values off by a factor of 1,000 would pass"
        )
        hint = (
            f"narrow minimum and maximum: the values go from {min(values)} to"
            f" {max(values)}"
        )
        problems.add(table.description.path, field.line, message, hint)
    elif high is None:
        _check_thousandfold_slips(table, field, problems)


def _is_range_too_wide(values: list[Decimal], low: Value, high: Value) -> bool:
    """Tell whether all values could be a thousand times as large, or a thousandth, and
    still keep to the limits of their column.
    """
    sizes = [abs(value) for value in values if value]
    if not sizes:
        return False
    least = Decimal(str(low))
    if least > 0 and min(sizes) >= least * THOUSAND:
        return True
    return high is not None and max(sizes) * THOUSAND <= Decimal(str(high))


def _check_thousandfold_slips(table: Table, field: Field, problems: Problems) -> None:
    """Note each value so far from the one before it in time that it may be a slip of a
    thousand.
    """
    name = field.name
    for row, before in yield_rows_with_predecessors(table, name):
        if _may_be_thousandfold_slip(row.number(name), before.number(name), field):
            message = (
                f"{name}: found {row[name]} after {before[name]} in line {before.line}"
                ", expected no such leap: a slip of 1,000?"
            )
            hint = "if both are right, this column needs no jump but a maximum"
            problems.add(row.path, row.line, message, hint)


def _may_be_thousandfold_slip(value: Decimal, before: Decimal, field: Field) -> bool:
    """Tell whether two neighbours are so far apart, by points or by their ratio."""
    if field.in_points:
        return abs(value - before) > SLIP * (field.jump or 0)
    small, large = sorted(map(abs, (value, before)))
    return small != 0 and large > SLIP * small


def _check_missing_and_unexpected_times(
    table: Table, field: Field, steps_between: int, problems: Problems
) -> None:
    """Note at which times a table of every fourth year, or the like, lacks rows, and
    has some where it should not; so many ``steps_between`` lie between its times.
    """
    rows = _find_first_rows_by_time(table, field)
    if not rows:
        return
    first = min(rows)
    last = max(rows)
    path = table.description.path
    times = [first]
    while times[-1] < last:
        times.append(add_steps_to_time(times[-1], steps_between))
    expected = [time for time in times if time not in field.without]
    every = f"every = {steps_between}, from {first} to {last}"
    for time in sorted(rows.keys() - {*expected}):
        message = f"{field.name}: found {time}, which is not {every}"
        hint = f"its column is described in {path}:{field.line}"
        problems.add(table.path, rows[time].line, message, hint)
    lacking = [time for time in expected if time < last and time not in rows]
    if lacking:
        listed = ", ".join(lacking[:SHOWN])
        if len(lacking) > SHOWN:
            listed += ", …"
        hint = "times that never were stand in without"
        message = (
            f"{table.path} has no rows of the {field.name} {listed}, expected some:"
            f" {every}"
        )
        problems.add(path, field.line, message, hint)


def _find_first_rows_by_time(table: Table, field: Field) -> dict[str, Row]:
    """Return the first row of each time that a column has."""
    rows = dict[str, Row]()
    for row in table.rows:
        if row[field.name] is not None:
            rows.setdefault(str(row[field.name]), row)
    return rows


class RowWithPredecessor(NamedTuple):
    """A row, and the one before it in time of the same series."""

    row: Row
    before: Row


def yield_rows_with_predecessors(
    table: Table, column: str
) -> Iterator[RowWithPredecessor]:
    """Yield each row with a value in a column, and the row before it in time with the
    same other keys and a value.

    Where the column is running that is the row of the same month of an earlier year.
    """
    times = table.description.time_keys
    last = dict[tuple[Value, ...], Row]()
    is_running = table.description.fields[column].running
    others = [name for name in table.description.primary_key if name not in times]
    for row in sorted(
        table.rows, key=lambda row: [str(row[name]) for name in reversed(times)]
    ):
        series = tuple(row[name] for name in others)
        if is_running and times:
            series += (str(row[times[-1]])[4:],)
        if row[column] is None:
            continue
        if times and series in last:
            yield RowWithPredecessor(row, last[series])
        last[series] = row
