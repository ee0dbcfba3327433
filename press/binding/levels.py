"""A level and the value before it: what a verb such as "slipped to" is held to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from press.binding.fact_series import (
    get_required_time_argument,
    list_table_times,
    replace_time_argument,
)
from press.binding.facts import Fact, FactError, Facts
from press.ground.errors import BuildError
from press.ground.period import MONTHS, Period
from press.quantity import Quantity


def find_changes_since_previous_or_year_ago(
    fact: Fact, facts: Facts
) -> Iterator[Quantity]:
    """Yield the changes of a level to its own time, from each time before that a
    sentence may mean; none where the tables have no figure of it.

    A rank that became lower went up.
    """
    if fact.quantity.change is not None:
        yield fact.quantity.change
    for level in find_previous_and_year_ago_levels(fact, facts):
        yield subtract_level(fact.quantity, level)


def find_previous_and_year_ago_levels(fact: Fact, facts: Facts) -> Iterator[Quantity]:
    """Yield the levels before that of a fact: at the time before in its table, and of a
    part of a year also that of the year before.
    """
    try:
        own = get_required_time_argument(fact)
        times = list_table_times(facts, fact)
    except FactError:
        return
    earlier = {times.get_previous_known_or_calendar_time(own)}
    period = Period.parse(own)
    if not period.is_year:
        earlier.add(str(period.shift_months(-MONTHS)))
    for time in sorted(earlier):
        before = replace_time_argument(fact, time)
        with suppress(FactError, BuildError):  # nobody has asked for this figure
            figure = facts.find_figure(before.name, *before.arguments)
            if figure and figure.unit == fact.quantity.unit:
                yield figure


def subtract_level(level: Quantity, base: Quantity) -> Quantity:
    """Return how far a level is above a base; a rank that is lower is above."""
    if level.kind_rules.is_rank:
        return base - level
    return level - base


def list_possible_directions(change: Quantity) -> Iterator[str]:
    """Yield the directions in which a change may have gone, as far as it is known."""
    if change.most > 0:
        yield "up"
    if change.least < 0:
        yield "down"
    if change.least <= 0 <= change.most:
        yield "flat"
