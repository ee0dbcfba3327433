"""What a chart's words were read beside: the newest period, the size and the extremes
of its table, as told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.figures.series import (
    Point,
    Series,
    find_cells_of_times,
    find_series,
    get_text,
    get_value,
)
from press.ground.grid import Grid

# Zeros behind the last digit: a finer print of the same figure is no other figure.
ZEROS = re.compile(r"\.0+(?!\d)|(?<=\.)(\d*[1-9])0+(?!\d)")


def outline_table(grid: Grid) -> Iterator[str]:
    """Yield what would make a chart's title or alternative text stale if it changed,
    each in words for an editor.

    The newest date of its table, the numbers of its rows and series, and of each series
    the lowest and highest figure as readers see them.
    """
    if grid.rows:
        for newest in find_cells_of_times(grid)[-1:]:
            yield f"newest {get_text(newest)}"
    series = find_series(grid).series
    yield f"{len(grid.rows)} rows"
    yield f"{len(series)} series"
    yield from map(_tell_extremes, series)


def _tell_extremes(series: Series) -> str:
    lowest = _tell_without_zeros(min(series.points, key=get_value))
    highest = _tell_without_zeros(max(series.points, key=get_value))
    if lowest == highest:
        return f"{series.name} {lowest}"
    return f"{series.name} {lowest} to {highest}"


def _tell_without_zeros(point: Point) -> str:
    return ZEROS.sub(lambda zeros: zeros[1] or "", point.text)
