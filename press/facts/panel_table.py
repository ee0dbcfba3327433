"""The table of a panel: its rows by time and things, where figures are looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from press.data import Data, Field, Row, Table, Value
from press.facts.axes import Thing, ThingArguments, Time, TimeValue, to_argument
from press.ground.errors import ToldError, quote_words, suggest_similar_or_all
from press.ground.period import Day, Month, Quarter
from press.quantity import (
    ZERO,
    Quantity,
    quantity_from_cell,
    scale_factor_of_unit,
    unit_without_scale,
)

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
        """Return its table by time and things, which is indexed once; rows that have
        other values than ``where`` in columns of the key are left out.

        Raises ``ToldError`` for one that is of another shape.
        """
        return data[self.table].get_memoized(self._check_and_index_rows)

    def _check_and_index_rows(self, table: Table) -> TableIndex:
        """Return the rows of a table by time and things.

        Raises ``ToldError`` for a table that lacks a column, or is of other times.
        """
        columns = [thing.column for thing in self.things]
        _check_columns_and_time_type(table, self.time, [*columns, *self.where])
        _check_where_values_occur(table, self.where)
        key_columns = table.description.primary_key
        rows_by_time: dict[TimeValue, list[Row]] = {}
        row_by_key: dict[tuple[TimeValue, ...], Row | None] = {}
        for row in table.rows:
            moment = row[self.time.column]
            if self.time.type is not int:
                moment = str(moment)
            rows_by_time.setdefault(moment, []).append(row)
            differing = {name for name in self.where if row[name] != self.where[name]}
            if differing.isdisjoint(key_columns):
                key = (moment, *(row[name] for name in columns))
                row_by_key[key] = None if differing else row
        rows = {moment: tuple(found) for moment, found in sorted(rows_by_time.items())}
        row_sets = {moment: frozenset(found) for moment, found in rows.items()}
        values = {name: _values_by_argument(table, name) for name in columns}
        named = {self.time.column, *columns, *self.where}
        unnamed = ", ".join(name for name in key_columns if name not in named)
        return TableIndex(table, rows, row_sets, row_by_key, values, unnamed)

    def list_rows(
        self, data: Data, time: TimeValue, arguments: ThingArguments, *, any_of: Thing
    ) -> Sequence[Row]:
        """Return the rows of a time and the things that ``arguments`` name, with any
        value of one thing, whether that is named or not.

        Raises ``UnknownNameError`` for an argument that a thing lacks.
        """
        index = self.table_index(data)
        rows: Sequence[Row] = index.rows_by_time.get(time, ())
        for thing in self.things:
            if thing is not any_of and thing.name in arguments:
                known = index.values[thing.column]
                cells = thing.parse_joined_values(arguments[thing.name], known)
                rows = [row for row in rows if row[thing.column] in cells]
        for column, cell in self.where.items():
            rows = [row for row in rows if row[column] == cell]
        return rows

    def get_step_of_rows(self, data: Data) -> int | str | None:
        """Return which times the table has, as its description says (``every``)."""
        return get_field(self.table_index(data).table, self.time.column).every


@dataclass(frozen=True, eq=False)
class TableIndex:
    """A table with its rows by time, in order and whatever other columns have, and by
    time and things.

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

    def check_all_key_columns_named(self) -> None:
        """Raise ``ToldError`` where the panel does not name a column of the key: a
        figure would have several rows.
        """
        if self.unnamed_key_columns:
            raise ToldError(
                f"the key of {self.table.path} has {self.unnamed_key_columns}, too",
                "name it in Panel, as a thing or =value",
            )

    def get_factor_to_scale_of_unit(self, column: Field, unit: str) -> Decimal:
        """Return the factor from the unit of a column to another, such as millions.

        Raises ``ToldError`` for one that differs from it in more than its scale.
        """
        if unit_without_scale(unit) != unit_without_scale(column.unit):
            raise ToldError(
                f"found {quote_words(unit)} for {column.name} of"
                f" {self.table.path}, which is"
                f" in {quote_words(column.unit)}"
            )
        return scale_factor_of_unit(column.unit.split()) / scale_factor_of_unit(
            unit.split()
        )

    def find_figure_or_absent_row_value(
        self, key: tuple[TimeValue, ...], column: Field, precision_column: str
    ) -> Quantity | None:
        """Return the figure in the row of a time and things; where there is no such row
        what the description says of that.

        ``None`` where the cell is empty, the panel does not take the row, the
        description says nothing, or the table has no row of the time.
        ``precision_column`` has the width of the interval, which is exact where that is
        "".
        """
        row = self.row_by_key.get(key)
        if row and row[column.name] is not None:
            return quantity_from_cell(row, column.name, precision_column)
        if key in self.row_by_key or column.absent is None:
            return None
        rows = self.row_set_by_time.get(key[0])
        if not rows:
            return None
        return Quantity(column.absent, ZERO, column.unit, rows)


def _check_columns_and_time_type(
    table: Table, time: Time, columns: Sequence[str]
) -> None:
    """Raise ``ToldError`` for a column that a table lacks, or one whose times are of
    another type.
    """
    column_type = get_field(table, time.column).type
    for name in columns:
        get_field(table, name)
    if TIME_TYPES.get(column_type, time.type) is not time.type:
        raise ToldError(
            f"found another time for the column {time.column} of {table.path}, which is"
            f" a {column_type}"
        )


def _check_where_values_occur(table: Table, where: Mapping[str, Value]) -> None:
    """Raise ``ToldError`` for a value that no row of a table has in its column."""
    for name, value in where.items():
        known = dict.fromkeys(row[name] for row in table.rows)
        if value not in known:
            raise ToldError(
                f"no row of {table.path} has {value!r} as its {name}",
                f"there are: {', '.join(map(str, known))}",
            )


def _values_by_argument(table: Table, column: str) -> dict[str, Value]:
    """Return the values of a column by the arguments that mean them."""
    return {to_argument(row[column]): row[column] for row in table.rows}


def get_field(table: Table, name: str) -> Field:
    """Return the description of a column.

    Raises ``ToldError`` for one that is not there.
    """
    fields = table.description.fields
    if name in fields:
        return fields[name]
    raise ToldError(
        f"{table.path} has no column {quote_words(name)}",
        suggest_similar_or_all(name, fields),
    )
