"""The rows of a table that the texts of a new story speak of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from press.starter.guess import Guess
from press.starter.times import MOSTLY

Row = Mapping[str, Any]  # numbers are decimal ones, None where none is known
SOME = 2  # things, of which nobody counts some


class ChangeOfThing(NamedTuple):
    """A thing at an earlier time, and at the newest; by how much it rose."""

    then: Row
    now: Row
    rise: Decimal


class LeadingRows(NamedTuple):
    """Rows that texts speak of.

    ``order``: those of the newest time of which most things have a figure, the largest
    first, without totals; of several things one varies. ``unknown``: the things that
    have none then, whatever time is chosen, so that nothing is ranked. ``series``: all
    of the first of them, in time. ``earlier`` is the same time a year before, else the
    time before; ``moves``: how each thing went from then, the largest rise first.
    ``wholes``: what they come to in all, by times; ``total`` is the name of such a row
    of the table.
    """

    order: Sequence[Row]
    unknown: Sequence[str]
    series: Sequence[Row]
    earlier: str
    moves: Sequence[ChangeOfThing]
    wholes: Mapping[str, Row]
    total: str

    @property
    def charts(self) -> list[str]:
        """The charts that have something to show."""
        shown = {"things": self.order, "times": self.series}
        return [name for name, rows in shown.items() if len(rows) > 1]

    @property
    def number_of_risen(self) -> int:
        """How many of all things rose, 0 where there are few or some are not known."""
        if len(self.moves) == len(self.order) > SOME and not self.unknown:
            return sum(move.rise > 0 for move in self.moves)
        return 0

    def list_numbers_to_tell_apart(self, column: str) -> list[Decimal]:
        """Return the numbers of a column that stand near each other in texts."""
        ends = [*self.moves[:1], *self.moves[-1:]]
        rows = [*self.order[:2], self.order[-1], self.series[0], self.series[-1]]
        rows += [row for then, now, _ in ends for row in (then, now)]
        return [row[column] for row in rows if row[column] is not None]


def choose_leading_rows(found: Guess) -> LeadingRows:
    """Return the rows that texts speak of."""
    time = found.time.name
    main = found.numbers[0].name
    names = [thing.name for thing in found.things]
    rows = _list_rows(found)
    thing = [*names, time][0]
    parts = [row for row in rows if row[thing] not in found.totals]
    known = [row for row in parts if row[main] is not None]
    gaps = [row for row in parts if row[main] is None]
    totals = [
        row for row in rows if row[thing] in found.totals and row[main] is not None
    ]
    times_with_gaps = {row[time] for row in gaps}
    newest, earlier = _choose_newest_and_earlier_time(
        [row[time] for row in known], times_with_gaps
    )
    order = sorted(_select(known, {time: newest}), key=itemgetter(main), reverse=True)
    first = {name: order[0][name] for name in names}
    others = {name: first[name] for name in names[1:]}
    order = _select(order, others)
    then = _select(known, {time: earlier, **others})
    series = sorted(_select(known, first), key=itemgetter(time))
    moves = list[ChangeOfThing]()
    if earlier != newest and names:
        moves = _list_changes_largest_rise_first(then, order, thing, main)
    wholes = {}
    total = ""
    if totals:
        total = max(totals, key=itemgetter(main))[thing]
        wholes = {row[time]: row for row in _select(totals, {thing: total})}
    elif not names or len(order) == len({row[thing] for row in known}):
        for at, each in ((earlier, then), (newest, order)):
            if len(each) == len(order):
                wholes[at] = {main: sum(row[main] for row in each)}
    if not found.numbers[0].is_additive or len(names) > 1:
        wholes = {}
    unknown = [row[thing] for row in _select(gaps, {time: newest, **others})]
    return LeadingRows(order, unknown, series, earlier, moves, wholes, total)


class _Times(NamedTuple):
    """The newest time of which most things have a figure, and an earlier one."""

    newest: str
    earlier: str


def _choose_newest_and_earlier_time(
    times: Sequence[str], times_with_gaps: Collection[str]
) -> _Times:
    """Return the newest time that has most rows of any, one without gaps before others,
    and with it the same time of the year before, else the time before; the same twice
    where there is none.
    """
    counts = Counter(times)
    least = MOSTLY * max(counts.values())
    full = sorted(time for time, count in counts.items() if count >= least)
    whole = [time for time in full if time not in times_with_gaps]
    newest = (whole or full)[-1]
    year_before = f"{int(newest[:4]) - 1:04}{newest[4:]}"
    earlier = (
        year_before
        if year_before in full
        else max([time for time in full if time < newest], default=newest)
    )
    return _Times(newest, earlier)


def _list_rows(found: Guess) -> list[Row]:
    """Return the rows of a table."""
    rows = list[Row]()
    for cells in found.cells.to_dict("records"):
        row: dict[Any, Any] = dict(cells)
        for number in found.numbers:
            row[number.name] = Decimal(row[number.name]) if row[number.name] else None
        rows.append(row)
    return rows


def _select(rows: Sequence[Row], values: Row) -> list[Row]:
    """Return the rows that have some values."""
    return [row for row in rows if values.items() <= row.items()]


def _list_changes_largest_rise_first(
    then: Sequence[Row], now: Sequence[Row], name: str, main: str
) -> list[ChangeOfThing]:
    """Return how far the number of each thing that has both moved, the largest rise
    first.
    """
    before = {row[name]: row for row in then}
    pairs = [(before[row[name]], row) for row in now if row[name] in before]
    moves = [ChangeOfThing(old, new, new[main] - old[main]) for old, new in pairs]
    return sorted(moves, key=attrgetter("rise"), reverse=True)
