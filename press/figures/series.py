"""Reading the table of a chart: which way its time runs, and the series of numbers in
it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple, TypeGuard

from press.ground.grid import Cell, Column, Grid, Value, format_for_machines

get_value = attrgetter("value")
# "2023", "2024-Q3", "2023-11", "2023-11-07"
TIME = re.compile(r"[12]\d{3}(-Q[1-4]|-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
# what the name of a column of times ends in
UNITS_OF_TIME = {"year", "quarter", "month", "week", "day", "date"}


class Point(NamedTuple):
    """A figure and its place in a series: the place and the figure as readers see them,
    and the value.
    """

    place: str
    text: str
    value: Decimal


class Series(NamedTuple):
    """A row or a column of numbers: its known points, and the places at which nothing
    is known.
    """

    name: str
    unit: str
    points: Sequence[Point]
    gaps: Sequence[str]


class SeriesOfTable(NamedTuple):
    """What a table holds: the places of its series, whether they follow each other in
    time, and the series.
    """

    places: Sequence[str]
    in_time: bool
    series: Sequence[Series]


def read_series_of_table(grid: Grid) -> SeriesOfTable:
    """Return the series of numbers that a table holds: those of its columns, or of its
    rows, as ``grid.series`` says.

    Series of columns run in time where the rows are times; series of rows where there
    are columns that dates head, and then along these only. A column or a row without a
    number is no series.
    """
    if grid.series == "columns":
        heads = [row[0] for row in grid.rows]
        places = [*map(get_text, heads)]
        in_time = _names_time(grid.columns[0]) or all(map(is_time_cell, heads))
        return SeriesOfTable(
            places, in_time, tuple(_yield_series_of_columns(grid, places))
        )
    after_first = range(1, len(grid.columns))
    dated = [at for at in after_first if TIME.fullmatch(grid.columns[at].head)]
    across = dated or after_first
    places = [grid.columns[at].head for at in across]
    return SeriesOfTable(
        places, bool(dated), tuple(_yield_series_of_rows(grid, across, places))
    )


def is_time_cell(cell: Cell) -> bool:
    """Tell whether a cell's value is a year, a quarter, a month or a day."""
    return bool(TIME.fullmatch(format_for_machines(cell.value)))


def get_text(cell: Cell) -> str:
    """Return a cell's text without the spaces that set it under others."""
    return cell.text.strip()


def list_dating_cells_earliest_first(grid: Grid) -> list[Cell]:
    """Return the cells that date a table, earliest first.

    They are those of its first column of dates that heads the rows or is named for a
    unit of time; where there is none, the heads of columns that are dates.
    """
    return sorted(
        _list_dating_cells_unsorted(grid),
        key=lambda cell: format_for_machines(cell.value),
    )


def _list_dating_cells_unsorted(grid: Grid) -> list[Cell]:
    for number in range(len(grid.columns)):
        if _does_column_date_rows(grid, number):
            return _find_known(grid, number)
    heads = [Cell(column.head, column.head) for column in grid.columns]
    return [*filter(is_time_cell, heads)]


def _does_column_date_rows(grid: Grid, column_number: int) -> bool:
    """Tell whether a column dates the rows."""
    cells = _find_known(grid, column_number)
    if not cells or not all(map(is_time_cell, cells)):
        return False
    return column_number == 0 or _names_time(grid.columns[column_number])


def _find_known(grid: Grid, number: int) -> list[Cell]:
    cells = [row[number] for row in grid.rows]
    return [cell for cell in cells if cell.value is not None]


def _names_time(column: Column) -> bool:
    return column.name.rpartition("_")[2] in UNITS_OF_TIME


def _yield_series_of_columns(grid: Grid, places: Sequence[str]) -> Iterator[Series]:
    """Yield each column of numbers but the first, which heads the rows, and those that
    date them.
    """
    for number, column in enumerate(grid.columns):
        if number and not _does_column_date_rows(grid, number):
            cells = [row[number] for row in grid.rows]
            yield from _yield_series_if_any_number(
                column.head, column.unit, places, cells
            )


def _yield_series_of_rows(
    grid: Grid, column_numbers: Sequence[int], places: Sequence[str]
) -> Iterator[Series]:
    """Yield each row of numbers along some columns, in the unit of the first of
    them.
    """
    unit = grid.columns[column_numbers[0]].unit if column_numbers else ""
    for row in grid.rows:
        cells = [row[number] for number in column_numbers]
        yield from _yield_series_if_any_number(get_text(row[0]), unit, places, cells)


def _yield_series_if_any_number(
    name: str, unit: str, places: Sequence[str], cells: Sequence[Cell]
) -> Iterator[Series]:
    """Yield the series of some cells, if there is a number among them.

    Words are neither a point nor a gap.
    """
    points = list[Point]()
    gaps = list[str]()
    for place, cell in zip(places, cells, strict=True):
        if _is_number(cell.value):
            points.append(Point(place, get_text(cell), Decimal(cell.value)))
        elif cell.value is None:
            gaps.append(place)
    if points:
        yield Series(name, unit, points, gaps)


def _is_number(value: Value) -> TypeGuard[int | Decimal]:
    if isinstance(value, Decimal):
        return value.is_finite()
    return isinstance(value, int)
