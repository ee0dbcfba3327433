"""Prints of one figure: how exactly each is known, and which of two is the first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from press.data import Field, Table, TableDescription

RELEASE = 60  # days in which a body and those who quote it print the same release
HALF = Decimal("0.5")


class PrintedValue(NamedTuple):
    """A figure as one page prints it: the value, the width of the interval in which the
    true one lies.

    One that was ``worked_out`` may lie anywhere in its interval; a printed one was
    rounded, or cut off.
    """

    value: Decimal
    width: Decimal
    worked_out: bool

    def is_more_exact_than(self, other: PrintedValue) -> bool:
        """Tell whether this one is known more exactly, or as exactly, and printed where
        the other was worked out.
        """
        return (self.width, self.worked_out) < (other.width, other.worked_out)

    def agrees_with(self, other: PrintedValue) -> bool:
        """Tell whether both may be prints of one figure, of which the coarser was
        rounded, or cut off.
        """
        fine, coarse = sorted((self, other), key=lambda each: each.width)
        half = HALF * (fine.width + coarse.width)
        if self.worked_out or other.worked_out:
            return abs(fine.value - coarse.value) <= half
        if fine.width == coarse.width:
            return fine.value == coarse.value
        beyond = abs(fine.value) - abs(coarse.value)  # cut off towards zero
        most = coarse.width + HALF * fine.width
        return fine.value * coarse.value >= 0 and -half <= beyond <= most


def read_printed_values(
    cells: Mapping[str, str], description: TableDescription
) -> dict[str, PrintedValue]:
    """Return what the cells of a row print, by column; its status is that of the first
    figure.
    """
    found = dict[str, PrintedValue]()
    is_derived = cells.get("status") == "derived"
    for column, width in description.precision_column_by_figure_column.items():
        rounded = description.fields[column].rounded
        if cells.get(column):
            known = rounded or Decimal(cells.get(width) or 0)
            worked_out = is_derived or rounded is not None
            found[column] = PrintedValue(Decimal(cells[column]), known, worked_out)
        is_derived = False
    return found


class SourceStanding(NamedTuple):
    """A page: its rank among sources, 0 for the body that made the figure, and when it
    was published.
    """

    rank: int
    published: str

    def is_first_print_beside(self, other: SourceStanding) -> bool:
        """Tell whether this page's print is the first one beside another's: it is
        older, or of the body itself.

        What a body prints within the same release outranks those who quote it, who may
        have had it a few days before.
        """
        if self.is_older_than(other):
            return True
        if (
            self._first_possible_day is None
            or other._first_possible_day is None
            or not self.rank == 0 < other.rank
        ):
            return False
        return (self._first_possible_day - other._first_possible_day).days <= RELEASE

    def is_older_than(self, other: SourceStanding) -> bool:
        """Tell whether this page was published before another; of a month and a day in
        it neither is the older.
        """
        if self._first_possible_day is None or other._first_possible_day is None:
            return False
        known = min(len(self.published), len(other.published))
        return self.published[:known] < other.published[:known]

    @property
    def _first_possible_day(self) -> date | None:
        """The first day of a day, month or year; of what is undated nothing."""
        try:
            return date.fromisoformat(f"{self.published}-01-01"[:10])
        except ValueError:
            return None


def get_source_standing(source: Mapping[str, str], sources: Table) -> SourceStanding:
    """Return what a row of the table of sources says of its page; ranks are in the
    order of the description's list.
    """
    field = sources.description.fields.get("strength")
    ranks = list(map(str, field.constraints.get("enum", ()))) if field else []
    ranks.append(source.get("strength", ""))
    return SourceStanding(ranks.index(ranks[-1]), source.get("published", ""))


def is_jump(value: Decimal, other: Decimal, years: int, field: Field) -> bool:
    """Tell whether two values of a column lie further apart than its jump, once for
    each of the ``years`` between them, at least one.
    """
    if field.jump is None:
        return False
    low, high = sorted(map(abs, (value, other)))
    apart = abs(value - other)
    if field.in_points:
        return apart > field.jump * years
    if min(value, other) <= 0:
        return apart > field.jump * years * high
    return high > low * (1 + field.jump) ** years
