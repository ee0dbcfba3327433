"""Prints of one figure: how exactly each is known, and which of two is the first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from press.data import Description, Field, Table
from press.ground.period import MONTHS, QUARTER, Period

RELEASE = 60  # days in which a body and those who quote it print the same release
HALF = Decimal("0.5")


class Print(NamedTuple):
    """A figure as one page prints it: the value, the width of the interval in which the
    true one lies.

    One that was ``worked_out`` may lie anywhere in its interval; a printed one was
    rounded, or cut off.
    """

    value: Decimal
    width: Decimal = Decimal(0)
    worked_out: bool = False

    def agrees(self, other: Print) -> bool:
        """Tell whether both may be prints of one figure, of which the coarser was
        rounded, or cut off.
        """
        fine, coarse = sorted((self, other), key=lambda each: each.width)
        if self.worked_out or other.worked_out:
            return abs(fine.value - coarse.value) <= HALF * (fine.width + coarse.width)
        if fine.width == coarse.width:
            return fine.value == coarse.value
        low = coarse.value - HALF * coarse.width
        high = coarse.value + coarse.width
        if coarse.value < 0:  # cut off towards zero
            low = coarse.value - coarse.width
            high = coarse.value + HALF * coarse.width
        return low - HALF * fine.width <= fine.value <= high + HALF * fine.width


def prints_of(cells: Mapping[str, str], table: Description) -> dict[str, Print]:
    """Return what the cells of a row print, by column; its status is that of the first
    figure.
    """
    found = dict[str, Print]()
    is_derived = cells.get("status") == "derived"
    for column, width in table.figures.items():
        rounded = table.fields[column].rounded
        if cells.get(column):
            known = rounded or Decimal(cells.get(width) or 0)
            found[column] = Print(
                Decimal(cells[column]), known, is_derived or rounded is not None
            )
        is_derived = False
    return found


class Standing(NamedTuple):
    """A page: its rank among sources, 0 for the body that made the figure, and when it
    was published.
    """

    rank: int
    published: str

    def is_first(self, other: Standing) -> bool:
        """Tell whether this page's print is the first one beside another's: it is
        older, or of the body itself.

        What a body prints within the same release outranks those who quote it, who may
        have had it a few days before.
        """
        own = _day(self.published)
        others = _day(other.published)
        if own is None or others is None:
            return False
        return self.is_older(other) or (
            self.rank == 0 < other.rank and (own - others).days <= RELEASE
        )

    def is_older(self, other: Standing) -> bool:
        """Tell whether this page was published before another; of a month and a day in
        it neither is the older.
        """
        known = min(len(self.published), len(other.published))
        is_known = (
            _day(self.published) is not None and _day(other.published) is not None
        )
        return is_known and self.published[:known] < other.published[:known]


def standing(source: Mapping[str, str], sources: Table) -> Standing:
    """Return what a row of the table of sources says of its page; ranks are in the
    order of the description's list.
    """
    field = sources.description.fields.get("strength")
    ranks = [str(item) for item in field.constraints.get("enum", ())] if field else []
    strength = source.get("strength", "")
    return Standing(
        ranks.index(strength) if strength in ranks else len(ranks),
        source.get("published", ""),
    )


def _day(published: str) -> date | None:
    """Return the first day of a day, month or year; of what is undated nothing."""
    try:
        return date.fromisoformat(f"{published}-01-01"[:10])
    except ValueError:
        return None


def leaps(one: tuple[Decimal, str], other: tuple[Decimal, str], about: Field) -> bool:
    """Tell whether two values of a column, each with its time, lie further apart than
    its jump, once for each step.

    A step is a year between the same months, else a quarter between two of them, else a
    month.
    """
    (value, time), (near, before), jump = one, other, about.jump
    apart = (
        0
        if time == before
        else abs(Period.parse(time[:7]).first - Period.parse(before[:7]).first)
    )
    steps = max(
        apart // (QUARTER if "Q" in time else 1) if apart % MONTHS else apart // MONTHS,
        1,
    )
    low, high = sorted(map(abs, (value, near)))
    if jump is None:
        return False
    if about.in_points or min(value, near) <= 0:
        return abs(value - near) > jump * steps * (1 if about.in_points else high)
    return high > low * (1 + jump) ** steps
