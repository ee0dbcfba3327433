"""Reading the tables of a folder, and holding them to their descriptions and to each
other.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
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
from press.data.tables import Data, Row, Table, add_steps_to_time
from press.ground.cache import FILES
from press.ground.errors import MANY, BuildError, Problems, quote_words, suggest_similar
from press.ground.files import format_path, read_text

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


def load_tables(folder: Path, root: Path) -> Data:
    """Return every table of ``folder``, checked.

    Raises ``BuildError`` with all problems, paths below ``root``.
    """
    problems = Problems()
    tables = {}
    names = {
        path.stem
        for path in folder.glob("*")
        if path.suffix in {".csv", ".toml"} and path.stem[:1] != "."
    }
    for name in sorted(names):
        path = folder / f"{name}.csv"
        if not NAME.fullmatch(name):
            message = (
                f"found the table name {quote_words(name)}, expected small"
                " letters, digits"
                " and _"
            )
            problems.add(format_path(path, root), 1, message)
        if table := _read_table(path, root, problems):
            tables[name] = table
    problems.collect(_check_together, tables, frozenset(names))
    problems.stop_if_any()
    if not tables:
        raise BuildError.at(
            format_path(folder, root),
            1,
            "found no tables, expected NAME.csv with NAME.toml",
        )
    return Data(tables, format_path(folder, root))


def _read_table(path: Path, root: Path, problems: Problems) -> Table | None:
    """Return the table in a CSV file and its description; add what is wrong with
    either, and return ``None``.
    """
    toml_path = path.with_suffix(".toml")
    texts = {
        "toml": problems.collect(read_text, toml_path, root),
        "csv": problems.collect(read_text, path, root),
    }

    def parse(inputs: Mapping[str, str | None]) -> Table | None:
        return _parse(
            inputs["toml"],
            inputs["csv"],
            format_path(toml_path, root),
            format_path(path, root),
        )

    return problems.collect(FILES.get, (_parse, root, path), parse, texts)


def replace_table_texts(data: Data, texts: Mapping[str, str]) -> Data:
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
        raise BuildError.at(
            name, line, "found an empty file, expected a header and rows"
        )
    _check_header(header, line, name, description, problems)
    problems.stop_if_any()
    rows = list[Row]()
    spoilt = set[tuple[int, str]]()
    for line, cells in problems.yield_and_collect(records):
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
            problems.add(
                name,
                line,
                f"found {len(cells)} cells, expected {len(header)}"
                f" ({', '.join(header)})",
            )
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
            raise BuildError.at(name, line, message)
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
    raise BuildError.at(name, 1, message, SUMMARIZE)


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
                raise BuildError.at(name, line, message)
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        hint = "a quotation mark inside a quoted cell is written twice"
        raise BuildError.at(
            name, max(reader.line_num, 1), f"found broken CSV: {error}", hint
        ) from None


def _check_header(
    header: list[str],
    line: int,
    name: str,
    description: Description,
    problems: Problems,
) -> None:
    for separator, word in (("\t", "tabs"), (";", "semicolons")):
        if len(header) == 1 and separator in header[0]:
            hint = "save the file as CSV with commas"
            problems.add(
                name, line, f"found {word} between the cells, expected commas", hint
            )
            return
    for column in description.fields:
        if column not in header:
            problems.add(
                name,
                line,
                f"the column {quote_words(column)} is missing",
                suggest_similar(column, header),
            )
    for column in header:
        if column not in description.fields:
            hint = (
                suggest_similar(column, description.fields)
                or f"describe it in {description.path}"
            )
            problems.add(
                name, line, f"found the unknown column {quote_words(column)}", hint
            )
        elif header.count(column) > 1:
            message = (
                f"found the column {quote_words(column)} {header.count(column)} times,"
                " expected it once"
            )
            problems.add(name, line, message)
    if not problems and header != list(description.fields):
        problems.add(
            name,
            line,
            "found the columns in another order, expected"
            f" {', '.join(description.fields)}",
        )


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
                beside = _named(row, key)
                message = (
                    f"the cell of the key column {column} is"
                    f" empty{f' ({beside})' if beside else ''}"
                )
                problems.add(row.path, row.line, message)
    _check_unique(rows, key, problems)
    for field in description.fields.values():
        if field.constraints.get("unique"):
            _check_unique(rows, (field.name,), problems)


def _check_unique(
    rows: list[Row], columns: tuple[str, ...], problems: Problems
) -> None:
    seen: dict[tuple[Value, ...], int] = {}
    for row in rows:
        key = tuple(row[column] for column in columns)
        first = seen.setdefault(key, row.line)
        if first != row.line and None not in key:
            problems.add(
                row.path, row.line, f"line {first} has {_named(row, columns)} already"
            )


def _named(row: Row, columns: tuple[str, ...]) -> str:
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
    """
    path = table.description.path
    for key in table.description.foreign_keys:
        target = tables.get(key.table)
        if target is None:
            # one that is there, and broken, is reported by itself
            if key.table not in names:
                folder = Path(table.path).parent.as_posix()
                message = (
                    f"a foreign key names the table {quote_words(key.table)}, which"
                    f" {folder}/ does not have"
                )
                problems.add(path, key.line, message, suggest_similar(key.table, names))
        elif key.column not in target.description.fields:
            message = (
                f"a foreign key names the column {quote_words(key.column)}, which"
                f" {target.path} does not have"
            )
            problems.add(
                path,
                key.line,
                message,
                suggest_similar(key.column, target.description.fields),
            )
        else:
            _check_references(table, key, target, problems)


def _check_references(
    table: Table, key: ForeignKey, target: Table, problems: Problems
) -> None:
    known = {str(row[key.column]) for row in target.rows}
    for row in table.rows:
        value = row[key.field]
        for item in value if isinstance(value, tuple) else (value,):
            if item is not None and str(item) not in known:
                message = (
                    f"{key.field}: {quote_words(str(item))} is not in the column"
                    f" {key.column} of {target.path}"
                )
                hint = (
                    suggest_similar(str(item), known) if len(problems) < HINTED else ""
                )
                problems.add(row.path, row.line, message, hint)


def _check_anchors(table: Table, problems: Problems) -> None:
    for anchor in table.description.anchors:
        found = [
            row
            for row in table.rows
            if all(str(row[column]) == value for column, value in anchor.row.items())
        ]
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
            problems.add(
                table.path,
                found[0].line,
                message,
                f"the publisher printed {anchor.printed}",
            )


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
        sizes = [abs(value) for value in values if value]
        low = field.bound("minimum")
        high = field.bound("maximum")
        least = Decimal(str(low))
        most = Decimal("Infinity" if high is None else str(high))
        too_wide = high is not None and max(sizes, default=most) * THOUSAND <= most
        if sizes and (too_wide or (least > 0 and min(sizes) >= least * THOUSAND)):
            wide = (
                f"the range of {field.name} ({low} to"
                f" {'any' if high is None else high}) is too wide"
            )
            hint = (
                f"narrow minimum and maximum: the values go from {min(values)} to"
                f" {max(values)}"
            )
            message = f"{wide}: values off by a factor of 1,000 would pass"
            problems.add(table.description.path, field.line, message, hint)
        elif high is None:
            _check_slips(table, field, problems)


def _check_slips(table: Table, field: Field, problems: Problems) -> None:
    """Note each value so far from the one before it in time that it may be a slip of a
    thousand.
    """
    for row, before in pair_with_rows_before(table, field.name):
        value = row.number(field.name)
        earlier = before.number(field.name)
        sizes = sorted(map(abs, (value, earlier)))
        points = field.in_points and abs(value - earlier) > SLIP * (field.jump or 0)
        if points or (not field.in_points and sizes[0] and sizes[1] > SLIP * sizes[0]):
            found = (
                f"found {row[field.name]} after {before[field.name]} in line"
                f" {before.line}"
            )
            hint = "if both are right, this column needs no jump but a maximum"
            problems.add(
                row.path,
                row.line,
                f"{field.name}: {found}, expected no such leap: a slip of 1,000?",
                hint,
            )


def _check_times(table: Table, problems: Problems) -> None:
    """Note at which times a table of every fourth year, or the like, lacks rows, and
    has some where it should not.
    """
    for field in table.description.fields.values():
        rows = {
            str(row[field.name]): row
            for row in reversed(table.rows)
            if row[field.name] is not None
        }
        if not rows or not isinstance(field.every, int):
            continue
        grid = [min(rows)]
        last = max(rows)
        path = table.description.path
        while grid[-1] < last:
            grid.append(add_steps_to_time(grid[-1], field.every))
        expected = [time for time in grid if time not in field.without]
        every = f"every = {field.every}, from {grid[0]} to {last}"
        for time in sorted({*rows} - {*expected}):
            hint = f"its column is described in {path}:{field.line}"
            problems.add(
                table.path,
                rows[time].line,
                f"{field.name}: found {time}, which is not {every}",
                hint,
            )
        if lacking := [time for time in expected if time < last and time not in rows]:
            told = ", ".join(lacking[:SHOWN] + ["…"] * (len(lacking) > SHOWN))
            message = (
                f"{table.path} has no rows of the {field.name} {told}, expected some:"
                f" {every}"
            )
            problems.add(
                path, field.line, message, "times that never were stand in without"
            )


def pair_with_rows_before(table: Table, column: str) -> Iterator[tuple[Row, Row]]:
    """Yield each row with a value in a column, and the row before it in time with the
    same other keys and a value.

    Where the column is running that is the row of the same month of an earlier year.
    """
    times = table.description.times
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
            yield row, last[series]
        last[series] = row
