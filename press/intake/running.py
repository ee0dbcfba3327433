"""Running totals: what each month adds, by the totals beside it and by what its page
prints of the month alone.

A page of another month, place or unit than it says prints a total that does not go on
from the one before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from press.data import Row, Table
from press.intake.prints import is_jump

YEAR = len("2024-")
MONTH = len("2024-03")
# Months lie further apart than years: what they add is held to two jumps of a year.
MONTHS_APART = 2


class RunningTotal(NamedTuple):
    """A total from January to a month; ``width`` is that of the interval in which the
    true one lies.
    """

    month: int
    value: Decimal
    width: Decimal


def yield_doubts_about_running_totals(
    row: Row, table: Table, column: str, added: Decimal | None
) -> Iterator[str]:
    """Yield why the total of a row may not be right: it does not go on from those
    before it in its year, or is not gone on from by those after it.

    ``added`` is what its page prints of the last month alone, if it does.
    """
    if len(row.time) != MONTH:
        return
    own = _read_total(row, column)
    totals = _find_totals_of_year(row, table, column)
    new_months = {own.month}
    if added is not None:
        before = own._replace(month=own.month - 1, value=own.value - added)
        if before.month not in totals:
            new_months.add(before.month)
        known = totals.setdefault(before.month, before)
        if abs(known.value - before.value) > known.width + 2 * own.width:
            yield (
                f"{own.value} of {row.time} less {added} of the month alone is"
                f" {before.value}, but the total to the month before is {known.value}"
            )
    field = row.table.fields[column]
    ordered = sorted(total for total in totals.values() if total.month)
    for first, second in pairwise(ordered):
        each = (second.value - first.value) / (second.month - first.month)
        usual = first.value / first.month
        is_new = not new_months.isdisjoint({first.month, second.month})
        if is_new and (each <= 0 or is_jump(each, usual, MONTHS_APART, field)):
            yield (
                f"{each:.1f} a month is added from {first.value} to {second.value} of"
                f" {row.time[:YEAR]}{second.month:02d}, far from {usual:.1f} a month"
                " before"
            )


def _find_totals_of_year(
    row: Row, table: Table, column: str
) -> dict[int, RunningTotal]:
    """Return the totals of a row's series in its year, by month; that of the months
    before January is nothing.
    """
    names = set(row.table.primary_key).difference(row.table.time_keys[-1:])
    nothing = RunningTotal(0, Decimal(0), Decimal(0))
    totals = {nothing.month: nothing}
    for other in table.rows:
        is_of_series = all(row[name] == other[name] for name in names)
        is_of_year = row.time[:YEAR] == other.time[:YEAR]
        if is_of_series and is_of_year and other[column] is not None:
            total = _read_total(other, column)
            totals[total.month] = total
    return totals


def _read_total(row: Row, column: str) -> RunningTotal:
    """Return the total of a row."""
    width = row.table.precision_column_by_figure_column[column]
    known = row.number(width) if width else Decimal(0)
    return RunningTotal(int(row.time[YEAR:]), row.number(column), known)
