"""Reading the table of a chart: which way its time runs, and the series of numbers in
it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from press.ground.grid import Cell, Column, Grid, format_for_machines

value_of = attrgetter("value")
# "2023", "2024-Q3", "2023-11", "2023-11-07"
DATE = re.compile(r"[12]\d{3}(-Q[1-4]|-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
# what the name of a column of times ends in
TIMES = {"year", "quarter", "month", "week", "day", "date"}


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


class Contents(NamedTuple):
    """What a table holds: the places of its series, whether they follow each other in
    time, and the series.
    """

    places: Sequence[str]
    in_time: bool
    series: Sequence[Series]


def series_in(grid: Grid) -> Contents:
    """Return the series of numbers that a table holds: those of its columns, or of its
    rows, as ``grid.series`` says.

    Series of columns run in time where the rows are times; series of rows where there
    are columns that dates head, and then along these only. A column or a row without a
    number is no series.
    """
    if grid.series == "columns":
        places = [shown(row[0]) for row in grid.rows]
        in_time = _names_time(grid.columns[0]) or all(
            is_date(row[0]) for row in grid.rows
        )
        return Contents(places, in_time, tuple(_columns(grid, places)))
    dated = [
        number
        for number, column in enumerate(grid.columns)
        if number and DATE.fullmatch(column.head)
    ]
    across = dated or range(1, len(grid.columns))
    places = [grid.columns[number].head for number in across]
    return Contents(places, bool(dated), tuple(_rows(grid, across, places)))


def is_date(cell: Cell) -> bool:
    """Tell whether a cell's value is a year, a month or a day."""
    return bool(DATE.fullmatch(format_for_machines(cell.value)))


def shown(cell: Cell) -> str:
    """Return a cell's text without the spaces that set it under others."""
    return cell.text.strip()


def dates(grid: Grid) -> list[Cell]:
    """Return the cells that date a table, earliest first.

    They are those of its first column of dates that heads the rows or is named for a
    unit of time; where there is none, the heads of columns that are dates.
    """
    dated = (number for number in range(len(grid.columns)) if _is_dated(grid, number))
    if (number := next(dated, None)) is not None:
        cells = _known(grid, number)
    else:
        cells = [
            head
            for column in grid.columns
            if is_date(head := Cell(column.head, column.head))
        ]
    return sorted(cells, key=lambda cell: format_for_machines(cell.value))


def _is_dated(grid: Grid, number: int) -> bool:
    """Tell whether a column dates the rows."""
    cells = _known(grid, number)
    return (
        bool(cells)
        and all(map(is_date, cells))
        and (not number or _names_time(grid.columns[number]))
    )


def _known(grid: Grid, number: int) -> list[Cell]:
    return [row[number] for row in grid.rows if row[number].value is not None]


def _names_time(column: Column) -> bool:
    return column.name.rpartition("_")[2] in TIMES


def _columns(grid: Grid, places: Sequence[str]) -> Iterator[Series]:
    """Yield each column of numbers but the first, which heads the rows, and those that
    date them.
    """
    for number, column in enumerate(grid.columns):
        if number and not _is_dated(grid, number):
            yield from _series(
                column.head, column.unit, places, [row[number] for row in grid.rows]
            )


def _rows(grid: Grid, across: Sequence[int], places: Sequence[str]) -> Iterator[Series]:
    """Yield each row of numbers along some columns, in the unit of the
    first of them.
    """
    for row in grid.rows:
        unit = grid.columns[across[0]].unit if across else ""
        yield from _series(
            shown(row[0]), unit, places, [row[number] for number in across]
        )


def _series(
    name: str, unit: str, places: Sequence[str], cells: Sequence[Cell]
) -> Iterator[Series]:
    """Yield the series of some cells, if there is a number among them.

    Words are neither a point nor a gap.
    """
    pairs = list(zip(places, cells, strict=True))
    points = [
        Point(place, shown(cell), Decimal(value))
        for place, cell in pairs
        if isinstance(value := cell.value, int)
        or (isinstance(value, Decimal) and value.is_finite())
    ]
    if points:
        yield Series(
            name, unit, points, [place for place, cell in pairs if cell.value is None]
        )
