"""What a chart's words were read beside: the newest period, the size and the extremes
of its table, as told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.figures.series import (
    Point,
    Series,
    get_text,
    get_value,
    list_dating_cells_earliest_first,
    read_series_of_table,
)
from press.ground.grid import Grid

# Zeros behind the last digit: a finer print of the same figure is no other figure.
ZEROS = re.compile(r"\.0+(?!\d)|(?<=\.)(\d*[1-9])0+(?!\d)")


def describe_newest_size_and_extremes(grid: Grid) -> Iterator[str]:
    """Yield what would make a chart's title or alternative text stale if it changed,
    each in words for an editor.

    The newest date of its table, the numbers of its rows and series, and of each series
    the lowest and highest figure as readers see them.
    """
    if grid.rows:
        for newest in list_dating_cells_earliest_first(grid)[-1:]:
            yield f"newest {get_text(newest)}"
    series = read_series_of_table(grid).series
    yield f"{len(grid.rows)} rows"
    yield f"{len(series)} series"
    yield from map(_format_name_and_range, series)


def _format_name_and_range(series: Series) -> str:
    lowest = _format_without_trailing_zeros(min(series.points, key=get_value))
    highest = _format_without_trailing_zeros(max(series.points, key=get_value))
    if lowest == highest:
        return f"{series.name} {lowest}"
    return f"{series.name} {lowest} to {highest}"


def _format_without_trailing_zeros(point: Point) -> str:
    return ZEROS.sub(lambda zeros: zeros[1] or "", point.text)
