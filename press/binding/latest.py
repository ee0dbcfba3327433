"""``latest`` in a target: it stands for the newest year, quarter, month or day for
which there is a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from press.data import Table
from press.ground.period import MONTHS, QUARTER, Day, Month, Period, Quarter

LATEST = "latest"
WORD = re.compile(rf"(?<=[/.]){LATEST}(?=[/.]|$)")  # as a target has it
# In months, of the times that arguments of a type can be; a day is none.
LENGTHS: dict[object, int] = {int: MONTHS, Quarter: QUARTER, Month: 1, Day: 0}


def times(tables: Iterable[Table], length: int) -> Iterator[str]:
    """Yield the times from the newest in some tables to the oldest, those without a
    row, too; but days with one.
    """
    known = frozenset[Period]().union(*(table.periods for table in tables))
    if not length:
        yield from sorted((str(period) for period in known if period.day), reverse=True)
    elif known:
        first, last = (
            min(period.first for period in known),
            max(period.last for period in known),
        )
        yield from (
            str(Period.of(month, length)) for month in range(last, first - 1, -length)
        )
