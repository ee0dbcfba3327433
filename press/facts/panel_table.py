"""The table of a panel: its rows by time and things, where figures are looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from press.data import Data, Field, Row, Table, Value
from press.facts.arithmetic import ZERO
from press.facts.axes import Thing, Time, TimeValue, to_argument
from press.ground.errors import ToldError, quoted, similar
from press.ground.period import Day, Month, Quarter
from press.quantity import Quantity, scale_of_unit, unit_without_scale

# by the type of their column
TIME_TYPES = {"year": int, "quarter": Quarter, "yearmonth": Month, "date": Day}


class PanelTable:
    """A table with a figure for each time and each of some things; ``where`` are values
    of its other key columns.
    """

    def __init__(
        self, table: str, time: Time, *things: Thing | str, **where: Value
    ) -> None:
        """Name the table and its axes, which with ``where`` are its primary key; a
        thing that is its column by name.

        Raises ``ToldError`` for other axes.
        """
        axes = [Thing(item) if isinstance(item, str) else item for item in things]
        if type(time) is not Time or any(type(axis) is not Thing for axis in axes):
            found = ", ".join(map(repr, (time, *things)))
            raise ToldError(
                f"found {found} as the axes of {table}, expected year, quarter, month"
                " or day, and names of things"
            )
        self.table = table
        self.time = time
        self.things = tuple(axes)
        self.where = where

    def table_index(self, data: Data) -> TableIndex:
        """Return its table by time and things; it is indexed once.

        Raises ``ToldError`` for one that is of another shape.
        """
        return data[self.table].derive(self._index_table)

    def _index_table(self, table: Table) -> TableIndex:
        return index_table(table, self.time, self.things, self.where)

    def rows_by_time(self, data: Data) -> Mapping[TimeValue, tuple[Row, ...]]:
        """Return the rows of the table by their times, in order, whatever other columns
        have.
        """
        return self.table_index(data).rows_by_time

    def find_rows(
        self, data: Data, arguments: Mapping[str, TimeValue], every: Thing
    ) -> list[Row]:
        """Return the rows of the time and things that ``arguments`` name, with every
        value of one thing.
        """
        index = self.table_index(data)
        wanted = {
            thing.column: index.find_cells(thing, arguments[thing.name])
            for thing in self.things
            if thing is not every and thing.name in arguments
        }
        wanted |= {column: [value] for column, value in self.where.items()}
        rows = index.rows_by_time.get(arguments[self.time.name], ())
        return [
            row
            for row in rows
            if all(row[column] in cells for column, cells in wanted.items())
        ]

    def time_field(self, data: Data) -> Field:
        """Return the description of the column of times."""
        return find_field(self.table_index(data).table, self.time.column)


@dataclass(frozen=True, eq=False)
class TableIndex:
    """A table with its rows by time, and by time and things.

    ``row_by_key`` has ``None`` for a row that the panel does not take. ``values`` are
    those of each column of things, by the arguments that mean them.
    """

    table: Table
    rows_by_time: Mapping[TimeValue, tuple[Row, ...]]
    # on all rows of a time rests whatever is absent then
    row_set_by_time: Mapping[TimeValue, frozenset[Row]]
    row_by_key: Mapping[tuple[TimeValue, ...], Row | None]
    values: Mapping[str, Mapping[str, Value]]
    # columns of the key that the panel does not name: several rows are at one place
    unnamed_key_columns: str

    def find_column(self, name: str, unit: str) -> tuple[Field, Decimal]:
        """Return a column, and the factor from its unit to ``unit``, if one is named.

        Raises ``ToldError``.
        """
        column = find_field(self.table, name)
        if self.unnamed_key_columns:
            raise ToldError(
                f"the key of {self.table.path} has {self.unnamed_key_columns}, too",
                "name it in Panel, as a thing or =value",
            )
        if unit and unit_without_scale(unit) != unit_without_scale(column.unit):
            raise ToldError(
                f"found {quoted(unit)} for {name} of {self.table.path}, which is in"
                f" {quoted(column.unit)}"
            )
        return column, scale_of_unit(column.unit.split()) / scale_of_unit(unit.split())

    def find_cells(self, thing: Thing, argument: str) -> list[Value]:
        """Return the values of a thing's column that an argument means.

        Raises ``UnknownNameError``.
        """
        return thing.find_cells(argument, self.values[thing.column])

    def find_figure(
        self, key: tuple[TimeValue, ...], column: Field, precision: str
    ) -> Quantity | None:
        """Return the figure of a row; of one that is absent what the description
        says.
        """
        row = self.row_by_key.get(key)
        if row and row[column.name] is not None:
            value = row.number(column.name)
            width = row.number(precision) if precision else ZERO
            return Quantity(value, width, column.unit, frozenset([row]))
        if key in self.row_by_key or column.absent is None:
            return None
        rows = self.row_set_by_time.get(key[0])
        if not rows:
            return None
        return Quantity(column.absent, ZERO, column.unit, rows)


def index_table(
    table: Table, time: Time, things: Sequence[Thing], where: Mapping[str, Value]
) -> TableIndex:
    """Return the rows of a table by time and things; those that have other values than
    ``where`` are left out.

    Raises ``ToldError`` for a table of another shape.
    """
    columns = [thing.column for thing in things]
    _check_columns(table, time, [*columns, *where])
    _check_where(table, where)
    key_columns = table.description.primary_key
    rows_by_time: dict[TimeValue, list[Row]] = {}
    row_by_key: dict[tuple[TimeValue, ...], Row | None] = {}
    for row in table.rows:
        moment = time.read_cell(row[time.column])
        rows_by_time.setdefault(moment, []).append(row)
        differing = [name for name, value in where.items() if row[name] != value]
        if not set(differing).intersection(key_columns):
            key = (moment, *(row[name] for name in columns))
            row_by_key[key] = None if differing else row
    times = sorted(rows_by_time)
    named = {time.column, *columns, *where}
    unnamed = [name for name in key_columns if name not in named]
    values = {name: _values_by_argument(table, name) for name in columns}
    return TableIndex(
        table,
        {moment: tuple(rows_by_time[moment]) for moment in times},
        {moment: frozenset(rows_by_time[moment]) for moment in times},
        row_by_key,
        values,
        ", ".join(unnamed),
    )


def _check_columns(table: Table, time: Time, columns: Sequence[str]) -> None:
    """Raise ``ToldError`` for a column that a table lacks, or one of other times."""
    column_type = find_field(table, time.column).type
    for name in columns:
        find_field(table, name)
    if TIME_TYPES.get(column_type, time.type) is not time.type:
        raise ToldError(
            f"found another time for the column {time.column} of {table.path}, which is"
            f" a {column_type}"
        )


def _check_where(table: Table, where: Mapping[str, Value]) -> None:
    """Raise ``ToldError`` for a value that no row of a table has in its column."""
    for name, value in where.items():
        known = list(dict.fromkeys(row[name] for row in table.rows))
        if value not in known:
            raise ToldError(
                f"no row of {table.path} has {value!r} as its {name}",
                f"there are: {', '.join(map(str, known))}",
            )


def _values_by_argument(table: Table, column: str) -> dict[str, Value]:
    """Return the values of a column by the arguments that mean them."""
    return {to_argument(row[column]): row[column] for row in table.rows}


def find_field(table: Table, name: str) -> Field:
    """Return the description of a column.

    Raises ``ToldError`` for one that is not there.
    """
    fields = table.description.fields
    if name in fields:
        return fields[name]
    raise ToldError(f"{table.path} has no column {quoted(name)}", similar(name, fields))
