"""What a fact is compared with: its figures at other times, and those of other things.

A fact's times are those of its tables: years, quarters, months or days.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from press.binding.facts import Fact, FactError, Facts
from press.binding.intervals import Interval, make_interval_in_base_unit
from press.data import TIMES, Table, add_steps_to_time
from press.ground.period import MONTHS, Period

DIGIT = re.compile(r"\d")
# What the times of a series are, by their format.
STEPS = {
    "0000": "years",
    "0000-Q0": "quarters",
    "0000-00": "months",
    "0000-00-00": "days",
}


def get_time_format(time: str) -> str:
    """Return how a time is written, zeros for its digits: ``0000-00`` for a month."""
    return DIGIT.sub("0", time)


def get_required_time_argument(fact: Fact) -> str:
    """Return the first time among a fact's arguments, such as its year or month.

    Raises ``FactError`` where it has none.
    """
    for argument in fact.arguments:
        if get_time_format(argument) in STEPS:
            return argument
    raise FactError(
        f"{fact.key} has no year or month, so it has no series to be compared in"
    )


def check_time_format(time: str, fact: Fact) -> None:
    """Raise ``FactError`` for what is no time in the format of a fact's own."""
    own = get_required_time_argument(fact)
    if not Period.parse_or_none(time) or get_time_format(time) != get_time_format(own):
        raise FactError(f'found "{time}", expected a time such as {own}')


def replace_time_argument(fact: Fact, time: str) -> Fact:
    """Return a fact with another time as its argument; its figure stays the old one."""
    arguments = list(fact.arguments)
    arguments[arguments.index(get_required_time_argument(fact))] = time
    return replace(fact, arguments=tuple(arguments))


def list_periods_holding_or_within(time: str) -> tuple[Period, ...]:
    """Return a time as a period, the month and the year that hold it, and a year's
    months: what happened then may be said of each.
    """
    times = [time, time[:7], time[:4]]
    if STEPS[get_time_format(time)] == "years":
        times += [f"{time}-{month:02d}" for month in range(1, MONTHS + 1)]
    return tuple(map(Period.parse, dict.fromkeys(times)))


class FactTimes(NamedTuple):
    """The times of a fact's tables, in order.

    ``is_complete`` if the tables say that there are no others between them.
    """

    fact: str
    known_times: Sequence[str]
    is_complete: bool

    def get_first_and_last(self) -> tuple[str, str]:
        """Return the first and the last time. Raises ``FactError`` for none."""
        if not self.known_times:
            raise FactError(
                f"the tables of {self.fact} have no years or months, so it has no"
                " series to be compared in"
            )
        return self.known_times[0], self.known_times[-1]

    def list_known_or_calendar_times(self, start: str, end: str) -> list[str]:
        """Return the times from one to another: those known if these are complete, else
        all of the calendar.

        Raises ``FactError`` where the known times are complete and do not reach so far.
        """
        if not self.is_complete:
            times = [start]
            while times[-1] < end:
                times.append(add_steps_to_time(times[-1], 1))
            return times
        first, last = self.get_first_and_last()
        if start < first or end > last:
            raise FactError(
                f"{self.fact} is compared from {start} to {end}, but its tables go from"
                f" {first} to {last}"
            )
        return [time for time in self.known_times if start <= time <= end]

    def get_previous_known_or_calendar_time(self, time: str) -> str:
        """Return the time before another: the known one if these are complete and there
        is one, else that of the calendar.
        """
        earlier = [known for known in self.known_times if known < time]
        if self.is_complete and earlier:
            return earlier[-1]
        return add_steps_to_time(time, -1)


def list_table_times(facts: Facts, fact: Fact) -> FactTimes:
    """Return the times of the tables that a fact rests on, in the format of its own.

    Raises ``FactError`` where it has no time.
    """
    time_format = get_time_format(get_required_time_argument(fact))
    known = set[str]()
    is_complete = True
    for path in {row.path for row in fact.quantity.rows}:
        column = _find_first_time_column(facts.data[Path(path).stem], time_format)
        if column:
            known |= column.times
            is_complete = is_complete and column.is_complete
    return FactTimes(fact.key, sorted(known), is_complete and bool(known))


class _TimeColumn(NamedTuple):
    """The times of a table's column, and whether the table says that these are all."""

    times: set[str]
    is_complete: bool


def _find_first_time_column(table: Table, time_format: str) -> _TimeColumn | None:
    """Return the first column of a table that has times of a format; of a table of
    totals since January a year is there once its last month is.
    """
    fields = table.description.fields
    columns = [field for field in fields.values() if field.type in TIMES - {"date"}]
    columns += [fields[name] for name in table.description.time_keys]
    is_running = any(field.running for field in fields.values())
    for field in columns:
        written = {str(row[field.name]) for row in table.rows}
        if is_running and STEPS.get(time_format) == "years":
            written = {time for time in written if Period.parse(time).ends_with_year}
        cut = {time[: len(time_format)] for time in written}
        times = {time for time in cut if get_time_format(time) == time_format}
        if times:
            return _TimeColumn(times, is_complete=field.every is not None)
    return None


def get_other_choices_at_any_time(
    facts: Facts, fact: Fact, parameter: str
) -> list[str]:
    """Return what else an argument of a fact may be at any time of its tables, each
    once.

    Raises ``FactError`` where there is nothing else.
    """
    moments = [fact]
    if any(map(Period.parse_or_none, fact.arguments)):
        times = list_table_times(facts, fact).known_times
        moments = [replace_time_argument(fact, time) for time in times] or moments
    things = dict.fromkeys(
        thing
        for moment in moments
        for thing in facts.get_choices_of_parameter(
            fact.name, parameter, moment.arguments
        )
    )
    things.pop(facts.get_arguments_with_defaults(fact)[parameter], None)
    if not things:
        raise FactError(
            f"nothing is left to compare {fact.key} with: there is no other {parameter}"
        )
    return list(things)


def get_figure_or_bounds(facts: Facts, fact: Fact, name_in_messages: str) -> Interval:
    """Return the figure that the tables have for a fact's name and arguments, else the
    bounds of the missing one.

    Raises ``FactError`` where there is neither.
    """
    quantity = facts.find_figure(fact.name, *fact.arguments)
    quantity = quantity or facts.find_bounds_of_missing_figure(
        fact.name, *fact.arguments
    )
    if quantity is None:
        raise FactError(
            f"the tables have no figure for {fact.key}, so the comparison cannot be"
            " decided",
            "leave it out (claim:highest/FACT/FROM/UNTIL), add the ends between which"
            " it lies, with a source, to data/bounds.csv, or say in the description of"
            " its table which times there are (every), or what an absent row means"
            " (absent)",
        )
    return make_interval_in_base_unit(quantity, name_in_messages)
