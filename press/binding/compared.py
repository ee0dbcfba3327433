"""What a fact is compared with: its figures at other times, and those of other things.

A fact's times are those of its tables: years, quarters, months or days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from press.binding.facts import Fact, FactError, Facts
from press.binding.intervals import Interval, interval_of
from press.data import TIMES, Table, later
from press.ground.period import MONTHS, Period

DIGIT = re.compile(r"\d")
# What the times of a series are, by their format.
STEPS = {
    "0000": "years",
    "0000-Q0": "quarters",
    "0000-00": "months",
    "0000-00-00": "days",
}


def time_pattern(time: str) -> str:
    """Return how a time is written, zeros for its digits: ``0000-00`` for a month."""
    return DIGIT.sub("0", time)


def get_time(fact: Fact) -> str:
    """Return the time among a fact's arguments, such as its year or month.

    Raises ``FactError`` where it has none.
    """
    for argument in fact.arguments:
        if time_pattern(argument) in STEPS:
            return argument
    raise FactError(
        f"{fact.key} has no year or month, so it has no series to be compared in"
    )


def check_time(text: str, fact: Fact) -> None:
    """Raise ``FactError`` for what is no time as the fact has it."""
    own = get_time(fact)
    if not Period.read(text) or time_pattern(text) != time_pattern(own):
        raise FactError(f'found "{text}", expected a time such as {own}')


def move_fact(fact: Fact, time: str) -> Fact:
    """Return a fact with another time among its arguments; its figure stays the old."""
    place = fact.arguments.index(get_time(fact))
    before = fact.arguments[:place]
    after = fact.arguments[place + 1 :]
    return replace(fact, arguments=(*before, time, *after))


def find_event_periods(fact: Fact) -> tuple[Period, ...]:
    """Return the periods in which something happened that a fact tells.

    They are its time, the month and the year that it is in, and a year's months.
    """
    time = get_time(fact)
    times = [time, time[:7], time[:4]]
    if STEPS[time_pattern(time)] == "years":
        times += [f"{time}-{month:02d}" for month in range(1, MONTHS + 1)]
    return tuple(map(Period.parse, dict.fromkeys(times)))


class FactTimes(NamedTuple):
    """The times of a fact's tables, in order.

    They are ``complete`` if the tables say that there are no others between them.
    """

    fact: str
    known_times: Sequence[str]
    is_complete: bool

    @property
    def first_and_last(self) -> tuple[str, str]:
        """The first and the last. Raises ``FactError`` where there are none."""
        if not self.known_times:
            raise FactError(
                f"the tables of {self.fact} have no years or months, so it has no"
                " series to be compared in"
            )
        return self.known_times[0], self.known_times[-1]

    def list_between(self, start: str, end: str) -> list[str]:
        """Return the times from one to another: those known if these are complete, else
        every one. Raises ``FactError`` beyond the tables.
        """
        if not self.is_complete:
            times = [start]
            while times[-1] < end:
                times.append(later(times[-1], 1))
            return times
        first, last = self.first_and_last
        if start < first or end > last:
            raise FactError(
                f"{self.fact} is compared from {start} to {end}, but its tables go from"
                f" {first} to {last}"
            )
        return [time for time in self.known_times if start <= time <= end]

    def time_before(self, time: str) -> str:
        """Return the time before another: that of the tables, else the calendar's."""
        earlier = [
            known for known in self.known_times if self.is_complete and known < time
        ]
        return earlier[-1] if earlier else later(time, -1)


def find_fact_times(facts: Facts, fact: Fact) -> FactTimes:
    """Return the times of the tables that a fact rests on, written as in the fact."""
    time_format = time_pattern(get_time(fact))
    known = set[str]()
    is_complete = True
    for path in {row.path for row in fact.quantity.rows}:
        column = _time_column(facts.data[Path(path).stem], time_format)
        known |= column.times
        is_complete = is_complete and column.is_complete
    return FactTimes(fact.key, sorted(known), is_complete and bool(known))


class _TimeColumn(NamedTuple):
    """The times of a table's column, and whether the table says that these are all."""

    times: set[str]
    is_complete: bool


def _time_column(table: Table, time_format: str) -> _TimeColumn:
    """Return the first column of a table that has times of a format, none if no has."""
    fields = table.description.fields
    columns = [field for field in fields.values() if field.type in TIMES - {"date"}]
    columns += [fields[name] for name in table.description.times]
    for field in columns:
        written = {str(row[field.name])[: len(time_format)] for row in table.rows}
        times = {time for time in written if time_pattern(time) == time_format}
        if times:
            return _TimeColumn(times, is_complete=field.every is not None)
    return _TimeColumn(set(), is_complete=True)


def list_other_things(facts: Facts, fact: Fact, parameter: str) -> list[str]:
    """Return what else an argument of a fact may be, at any time of its tables.

    Raises ``FactError`` where there is nothing else.
    """
    moments = [fact]
    if any(map(Period.read, fact.arguments)):
        times = find_fact_times(facts, fact).known_times
        moments = [move_fact(fact, time) for time in times] or moments
    known = [
        thing
        for moment in moments
        for thing in facts.list_choices(fact.name, parameter, moment.arguments)
    ]
    own = facts.arguments_by_name(fact)[parameter]
    things = [thing for thing in dict.fromkeys(known) if thing != own]
    if not things:
        raise FactError(
            f"nothing is left to compare {fact.key} with: there is no other {parameter}"
        )
    return things


def find_intervals_at_times(
    facts: Facts, fact: Fact, times: Iterable[str]
) -> list[Interval]:
    """Return the figures that a fact has at some times, which name them.

    Raises ``FactError`` as ``figure_of`` does.
    """
    return [get_interval(facts, move_fact(fact, time), time) for time in times]


def find_intervals_of_things(
    facts: Facts, fact: Fact, parameter: str, things: Iterable[str], suffix: str = ""
) -> list[Interval]:
    """Return the figures that a fact has for some things, which are named by these and
    a ``suffix``. Raises ``FactError`` as ``figure_of`` does.
    """
    given = facts.arguments_by_name(fact)
    figures = []
    for thing in things:
        arguments = tuple({**given, parameter: thing}.values())
        own = replace(fact, arguments=facts.drop_defaults(fact.name, arguments))
        figures.append(get_interval(facts, own, f"{thing}{suffix}"))
    return figures


def get_interval(facts: Facts, fact: Fact, name: str) -> Interval:
    """Return the figure of a fact with its arguments, or its bounds; messages call it
    ``name``. Raises ``FactError`` where there is neither.
    """
    quantity = facts.find_figure(fact.name, *fact.arguments)
    quantity = quantity or facts.find_bounds(fact.name, *fact.arguments)
    if quantity is None:
        raise FactError(
            f"the tables have no figure for {fact.key}, so the comparison cannot be"
            " decided",
            "leave it out (claim:highest/FACT/FROM/UNTIL), add the ends between which"
            " it lies, with a source, to data/bounds.csv, or say in the description of"
            " its table which times there are (every), or what an absent row means"
            " (absent)",
        )
    return interval_of(quantity, name)
