"""``latest`` in a target: it stands for the newest year, quarter, month or day for
which there is a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from press.data import Table
from press.ground.period import MONTHS, QUARTER, Day, Month, Period, Quarter

LATEST = "latest"
LATEST_IN_TARGET = re.compile(rf"(?<=[/.]){LATEST}(?=[/.]|$)")
# In months, of the times that arguments of a type can be; a day is none.
LENGTHS: dict[object, int] = {int: MONTHS, Quarter: QUARTER, Month: 1, Day: 0}


def list_times_to_try_newest_first(
    tables: Iterable[Table], time_type: object
) -> Iterator[str]:
    """Yield the times that an argument of a type can be, from the newest to the oldest:
    all between the first and the last of some tables, those without a row, too; of days
    only those with a row.
    """
    periods = {period for table in tables for period in table.periods}
    if time_type is Day:
        yield from sorted((str(item) for item in periods if item.day), reverse=True)
    elif periods:
        length = LENGTHS[time_type]
        first = min(period.first for period in periods)
        last = max(period.last for period in periods)
        for month in range(last, first - 1, -length):
            yield str(Period.from_contained_month_and_length(month, length))
