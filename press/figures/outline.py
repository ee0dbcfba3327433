"""What a chart's words were read beside: the newest period, the size and the extremes
of its table, as told.
"""

from __future__ import annotations

import re

from press.figures.series import Series, dates, series_in, shown, value_of
from press.ground.grid import Grid

# Zeros behind the last digit: a finer print of the same figure is no other figure.
ZEROS = re.compile(r"\.0+(?!\d)|(?<=\.)(\d*[1-9])0+(?!\d)")


def outline(grid: Grid) -> tuple[str, ...]:
    """Return what would make a chart's title or alternative text stale if it changed,
    each in words for an editor.

    The newest date of its table, the numbers of its rows and series, and of each series
    the lowest and highest figure as readers see them.
    """
    series = series_in(grid).series
    newest = (
        [f"newest {shown(days[-1])}"] if grid.rows and (days := dates(grid)) else []
    )
    return (
        *newest,
        f"{len(grid.rows)} rows",
        f"{len(series)} series",
        *map(_extremes, series),
    )


def _extremes(series: Series) -> str:
    ends = (
        ZEROS.sub(lambda zeros: zeros[1] or "", end(series.points, key=value_of).text)
        for end in (min, max)
    )
    return f"{series.name} {' to '.join(dict.fromkeys(ends))}"
