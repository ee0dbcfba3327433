"""Reading the tables of a folder, and holding them to their descriptions and to each
other.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from press.data.schema import (
    COUNTED,
    Description,
    Field,
    ForeignKey,
    Value,
    parse_description,
)
from press.data.tables import Data, Row, Table, later
from press.ground.cache import FILES
from press.ground.errors import MANY, BuildError, Problem, Problems, quoted, similar
from press.ground.files import read, shown

NAME = re.compile(r"[a-z][a-z0-9_]*")
# times: a slip of a thousand is at least so far from one of two neighbours that grow
SLIP = 30
SHOWN = 6  # times in a message
# of a table, and so many cells and columns: what a build types in some seconds
MOST_ROWS = 200_000
MOST_CELLS = 2_000_000
MOST_COLUMNS = 1_000
# values that no other table has: of more, each is told without one that looks like it
HINTED = 100
LONGEST_LINE = 1_000_000  # characters
SUMMARIZE = (
    "work out a smaller table first: A large table, in press/docs/new-figures.md"
)
# the commonest slip of magnitude: thousands for units, millions for billions
THOUSAND = 1000


def load(folder: Path, root: Path) -> Data:
    """Return every table of ``folder``, checked.

    Raises ``BuildError`` with all problems, paths below ``root``.
    """
    problems = Problems()
    tables = dict[str, Table]()
    names = {
        path.stem
        for path in folder.glob("*")
        if path.suffix in {".csv", ".toml"} and not path.stem.startswith(".")
    }
    for name in sorted(names):
        path = folder / f"{name}.csv"
        if not NAME.fullmatch(name):
            message = (
                f"found the table name {quoted(name)}, expected small letters, digits"
                " and _"
            )
            problems.add(shown(path, root), 1, message)
        if table := _read_table(path, root, problems):
            tables[name] = table
    problems.collect(_check_together, tables, frozenset(names))
    problems.stop_if_any()
    if not tables:
        message = "found no tables, expected NAME.csv with NAME.toml"
        raise BuildError([Problem(shown(folder, root), 1, message)])
    return Data(tables, shown(folder, root))


def _read_table(path: Path, root: Path, problems: Problems) -> Table | None:
    """Return the table in a CSV file and its description; add what is wrong with
    either, and return ``None``.
    """
    toml_path = path.with_suffix(".toml")
    texts = {
        "toml": problems.collect(read, toml_path, root),
        "csv": problems.collect(read, path, root),
    }

    def parse(inputs: Mapping[str, str | None]) -> Table | None:
        return _parse(
            inputs["toml"], inputs["csv"], shown(toml_path, root), shown(path, root)
        )

    return problems.collect(FILES.get, (_parse, root, path), parse, texts)


def with_texts(data: Data, texts: Mapping[str, str]) -> Data:
    """Return the tables as they would be with other texts of CSV, by name.

    Raises ``BuildError`` as loading does.
    """
    problems = Problems()
    tables = dict(data)
    for name, text in texts.items():
        table = data[name]
        rows = problems.collect(parse_rows, text, table.path, table.description)
        tables[name] = Table(table.description, table.path, rows or (), text)
    problems.stop_if_any()
    _check_together(tables, frozenset(tables))
    return Data(tables, Path(next(iter(tables.values())).path).parent.as_posix())


def _check_together(tables: dict[str, Table], names: frozenset[str]) -> None:
    """Hold tables to each other, and each to what its description says of it whole.

    Raises ``BuildError``.
    """
    problems = Problems()
    for table in tables.values():
        _check_foreign_keys(table, tables, names, problems)
        _check_anchors(table, problems)
        _check_magnitude(table, problems)
        _check_times(table, problems)
    problems.stop_if_any()


def _parse(
    toml: str | None, text: str | None, toml_path: str, path: str
) -> Table | None:
    """Return the table with this description and these rows, ``None`` where a file
    could not be read.
    """
    description = None if toml is None else parse_description(toml, toml_path)
    if toml is None or text is None or description is None:
        return None
    return Table(description, path, parse_rows(text, path, description), text)


def parse_rows(text: str, name: str, description: Description) -> tuple[Row, ...]:
    """Return the typed rows in the text of a CSV file.

    Raises ``BuildError`` with every cell that is wrong.
    """
    _check_lines(text, name)
    _check_size(text, name, description)
    problems = Problems()
    records = _records(text, name)
    line, header = next(records, (1, []))
    if not header:
        message = "found an empty file, expected a header and rows"
        raise BuildError([Problem(name, line, message)])
    _check_header(header, line, name, description, problems)
    problems.stop_if_any()
    rows = list[Row]()
    spoilt = set[tuple[int, str]]()
    for line, cells in problems.through(records):
        if len(problems) >= MANY:
            message = (
                f"found {MANY:,} problems above, expected none: nothing was looked at"
                " from here on"
            )
            problems.add(name, line, message)
            break
        if len(cells) == len(header):
            rows.append(_parse_row(cells, name, line, description, problems, spoilt))
        else:
            expected = f"{len(header)} ({', '.join(header)})"
            problems.add(name, line, f"found {len(cells)} cells, expected {expected}")
    if not (rows or problems or description.may_be_empty):
        problems.add(name, 1, "found a header and no rows, expected at least one row")
    _check_keys(rows, spoilt, description, problems)
    problems.stop_if_any()
    return tuple(rows)


def _check_lines(text: str, name: str) -> None:
    """Refuse a line so long that its cells would fill the memory.

    Raises ``BuildError``.
    """
    start = 0
    while len(text) - start > LONGEST_LINE:
        end = text.rfind("\n", start, start + LONGEST_LINE + 1)
        if end < 0:
            line = text.count("\n", 0, start) + 1
            message = f"found a line of more than {LONGEST_LINE:,} characters"
            raise BuildError([Problem(name, line, message)])
        start = end + 1


def _check_size(text: str, name: str, description: Description) -> None:
    """Refuse a table that takes a build too long, before any row is typed.

    Raises ``BuildError``.
    """
    columns = len(description.fields)
    rows = text.count("\n")  # at least as many as there are
    if rows > MOST_ROWS or rows * columns > MOST_CELLS:
        rows = _count_rows(text, name)
    cells = rows * columns
    if rows > MOST_ROWS:
        message = f"found {rows:,} rows, expected at most {MOST_ROWS:,}"
    elif cells > MOST_CELLS:
        message = f"found {cells:,} cells, expected at most {MOST_CELLS:,}"
    else:
        return
    raise BuildError([Problem(name, 1, message, SUMMARIZE)])


def _count_rows(text: str, name: str) -> int:
    """Return how many rows stand below the header.

    Raises ``BuildError`` for broken CSV.
    """
    if '"' in text:  # a quoted cell may have several lines
        return sum(1 for _ in _records(text, name)) - 1
    return text.count("\n") - text.endswith("\n")


def _parse_row(  # noqa: PLR0913, PLR0917 - all that a row is made of
    cells: list[str],
    name: str,
    line: int,
    description: Description,
    problems: Problems,
    spoilt: set[tuple[int, str]],
) -> Row:
    """Return the typed row of a line of the file ``name``, without values in cells that
    are wrong.

    Adds these to the ``problems``, and where they stand, line and column, to
    ``spoilt``.
    """
    values = dict[str, Value].fromkeys(description.fields)
    for field, cell in zip(description.fields.values(), cells, strict=True):
        try:
            values[field.name] = field.parse(cell)
        except ValueError as error:
            hint = f"its column is described in {description.path}:{field.line}"
            problems.add(name, line, f"{field.name}: {error}", hint)
            spoilt.add((line, field.name))
    return Row(description, name, line, MappingProxyType(values))


def _records(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each record begins, and its cells.

    Raises ``BuildError`` for what is no record.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                message = (
                    f"found {len(cells):,} cells in a row, expected at most"
                    f" {MOST_COLUMNS:,}"
                )
                raise BuildError([Problem(name, line, message)])
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        line = max(reader.line_num, 1)
        hint = "a quotation mark inside a quoted cell is written twice"
        problem = Problem(name, line, f"found broken CSV: {error}", hint)
        raise BuildError([problem]) from None


def _check_header(
    header: list[str],
    line: int,
    name: str,
    description: Description,
    problems: Problems,
) -> None:
    """Note a header with other separators than commas; else columns that are missing,
    unknown, there twice, or in another order.
    """
    for separator, word in (("\t", "tabs"), (";", "semicolons")):
        if len(header) == 1 and separator in header[0]:
            message = f"found {word} between the cells, expected commas"
            problems.add(name, line, message, "save the file as CSV with commas")
            return
    known = description.fields
    for column in known:
        if column not in header:
            message = f"the column {quoted(column)} is missing"
            problems.add(name, line, message, similar(column, header))
    for column in header:
        if column not in known:
            hint = similar(column, known) or f"describe it in {description.path}"
            problems.add(name, line, f"found the unknown column {quoted(column)}", hint)
        elif header.count(column) > 1:
            message = (
                f"found the column {quoted(column)} {header.count(column)} times,"
                " expected it once"
            )
            problems.add(name, line, message)
    if not problems and header != list(known):
        expected = ", ".join(known)
        message = f"found the columns in another order, expected {expected}"
        problems.add(name, line, message)


def _check_keys(
    rows: list[Row],
    spoilt: set[tuple[int, str]],
    description: Description,
    problems: Problems,
) -> None:
    """Note each empty cell of the primary key, and each row with the key or the unique
    value of an earlier one.
    """
    key = description.primary_key
    for row in rows:
        for column in key:
            if row[column] is None and (row.line, column) not in spoilt:
                named = _name_row(row, key)
                message = f"the cell of the key column {column} is empty"
                if named:
                    message += f" ({named})"
                problems.add(row.path, row.line, message)
    _check_unique(rows, key, problems)
    for field in description.fields.values():
        if field.constraints.get("unique"):
            _check_unique(rows, (field.name,), problems)


def _check_unique(
    rows: list[Row], columns: tuple[str, ...], problems: Problems
) -> None:
    """Note each row with the values of an earlier one in all of some columns, unless
    one of them is empty.
    """
    first_lines: dict[tuple[Value, ...], int] = {}
    for row in rows:
        key = tuple(row[column] for column in columns)
        first = first_lines.setdefault(key, row.line)
        if first != row.line and None not in key:
            message = f"line {first} has {_name_row(row, columns)} already"
            problems.add(row.path, row.line, message)


def _name_row(row: Row, columns: tuple[str, ...]) -> str:
    """Name a row by what it has in some columns: ``year 2023, flow total``."""
    return ", ".join(
        f"{column} {row[column]}" for column in columns if row[column] is not None
    )


def _check_foreign_keys(
    table: Table,
    tables: Mapping[str, Table],
    names: AbstractSet[str],
    problems: Problems,
) -> None:
    """Note each foreign key that names no table or column, and each value that is not
    where its key says it is.

    ``names`` are those of all tables, also of broken ones, which are told themselves.
    """
    path = table.description.path
    for key in table.description.foreign_keys:
        target = tables.get(key.table)
        if target is not None:
            _check_references(table, key, target, problems)
        elif key.table not in names:
            folder = Path(table.path).parent.as_posix()
            message = (
                f"a foreign key names the table {quoted(key.table)}, which {folder}/"
                " does not have"
            )
            problems.add(path, key.line, message, similar(key.table, names))


def _check_references(
    table: Table, key: ForeignKey, target: Table, problems: Problems
) -> None:
    """Note a foreign key whose column its table lacks, and each value that is not in
    that column.
    """
    columns = target.description.fields
    if key.column not in columns:
        message = (
            f"a foreign key names the column {quoted(key.column)}, which {target.path}"
            " does not have"
        )
        hint = similar(key.column, columns)
        problems.add(table.description.path, key.line, message, hint)
        return
    known = {str(row[key.column]) for row in target.rows}
    for row in table.rows:
        value = row[key.field]
        for item in value if isinstance(value, tuple) else (value,):
            if item is not None and str(item) not in known:
                message = (
                    f"{key.field}: {quoted(str(item))} is not in the column"
                    f" {key.column} of {target.path}"
                )
                hint = similar(str(item), known) if len(problems) < HINTED else ""
                problems.add(row.path, row.line, message, hint)


def _check_anchors(table: Table, problems: Problems) -> None:
    """Note each anchor that fits no row or several, and each figure that does not agree
    with its anchor.
    """
    for anchor in table.description.anchors:
        found = list(table.rows)
        for column, cell in anchor.row.items():
            found = [row for row in found if str(row[column]) == cell]
        where = ", ".join(anchor.row.values())
        if len(found) != 1:
            message = f"the anchor {where} fits {len(found)} rows, expected one row"
            problems.add(table.description.path, anchor.line, message)
            continue
        value = found[0].number(anchor.column)
        if abs(value - anchor.value) > anchor.tolerance:
            message = (
                f"{anchor.column}: found {value}, expected {anchor.value} ±"
                f" {anchor.tolerance} for {where}"
            )
            hint = f"the publisher printed {anchor.printed}"
            problems.add(table.path, found[0].line, message, hint)


def _check_magnitude(table: Table, problems: Problems) -> None:
    """Note each range so wide that a column a thousand times too large or small would
    pass.

    Where a column has no maximum, since its values grow, each value is held to the one
    before it in time.
    """
    for field in table.description.fields.values():
        if field.type not in COUNTED:
            continue
        values = [
            row.number(field.name) for row in table.rows if row[field.name] is not None
        ]
        low = field.bound("minimum")
        high = field.bound("maximum")
        if _is_range_too_wide(field, values):
            limits = f"{low} to {'any' if high is None else high}"
            message = (
                f"the range of {field.name} ({limits}) is too wide: values off by a"
                " factor of 1,000 would pass"
            )
            hint = (
                f"narrow minimum and maximum: the values go from {min(values)} to"
                f" {max(values)}"
            )
            problems.add(table.description.path, field.line, message, hint)
        elif high is None:
            _check_slips(table, field, problems)


def _is_range_too_wide(field: Field, values: Sequence[Decimal]) -> bool:
    """Tell whether a column's values would be in its range if all were a thousand times
    as large or small.
    """
    sizes = [abs(value) for value in values if value]
    if not sizes:
        return False
    low = Decimal(str(field.bound("minimum")))
    high = field.bound("maximum")
    if high is not None and max(sizes) * THOUSAND <= Decimal(str(high)):
        return True
    return low > 0 and min(sizes) >= low * THOUSAND


def _check_slips(table: Table, field: Field, problems: Problems) -> None:
    """Note each value so far from the one before it in time that it may be a slip of a
    thousand.
    """
    for row, before in pairs(table, field.name):
        if _may_be_slip(row.number(field.name), before.number(field.name), field):
            message = (
                f"{field.name}: found {row[field.name]} after {before[field.name]} in"
                f" line {before.line}, expected no such leap: a slip of 1,000?"
            )
            hint = "if both are right, this column needs no jump but a maximum"
            problems.add(row.path, row.line, message, hint)


def _may_be_slip(value: Decimal, earlier: Decimal, field: Field) -> bool:
    """Tell whether a value lies so far from an earlier one of its column: by its
    points, or by their ratio.
    """
    if field.in_points:
        return abs(value - earlier) > SLIP * (field.jump or 0)
    smaller, larger = sorted([abs(value), abs(earlier)])
    return smaller > 0 and larger > SLIP * smaller


def _check_times(table: Table, problems: Problems) -> None:
    """Note at which times a table of every fourth year, or the like, lacks rows, and
    has some where it should not.
    """
    for field in table.description.fields.values():
        if isinstance(field.every, int):
            _check_times_in_column(table, field, field.every, problems)


def _check_times_in_column(
    table: Table, field: Field, every: int, problems: Problems
) -> None:
    """Note each time in a column that is not so many steps after the one before, and
    those that are lacking between the first and the last.
    """
    path = table.description.path
    rows = {
        str(row[field.name]): row
        for row in reversed(table.rows)
        if row[field.name] is not None
    }
    if not rows:
        return
    last = max(rows)
    times = [min(rows)]
    while times[-1] < last:
        times.append(later(times[-1], every))
    rule = f"every = {every}, from {times[0]} to {last}"
    expected = [time for time in times if time not in field.without]
    for time in sorted({*rows}.difference(expected)):
        message = f"{field.name}: found {time}, which is not {rule}"
        hint = f"its column is described in {path}:{field.line}"
        problems.add(table.path, rows[time].line, message, hint)
    lacking = [time for time in expected if time < last and time not in rows]
    if lacking:
        told = ", ".join(lacking[:SHOWN])
        if len(lacking) > SHOWN:
            told += ", …"
        message = (
            f"{table.path} has no rows of the {field.name} {told}, expected some:"
            f" {rule}"
        )
        hint = "times that never were stand in without"
        problems.add(path, field.line, message, hint)


def pairs(table: Table, column: str) -> Iterator[tuple[Row, Row]]:
    """Yield each row with a value in a column, and the row before it in time with the
    same other keys and a value; none of a table whose key has no time.

    Where the column is running that is the row of the same month of an earlier year.
    """
    times = table.description.times
    if not times:
        return
    is_running = table.description.fields[column].running
    others = [name for name in table.description.primary_key if name not in times]
    last_rows = dict[tuple[Value, ...], Row]()

    def time_of(row: Row) -> list[str]:
        return [str(row[name]) for name in reversed(times)]

    for row in sorted(table.rows, key=time_of):
        if row[column] is None:
            continue
        series = tuple(row[name] for name in others)
        if is_running:
            series += (str(row[times[-1]])[4:],)
        if series in last_rows:
            yield row, last_rows[series]
        last_rows[series] = row
