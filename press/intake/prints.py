"""Prints of one figure: how exactly each is known, and which of two stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from typing import NamedTuple

from press.data import COUNTED, Description, Row, Table

RELEASE = 60  # days in which a body and those who quote it print the same release
HALF = Decimal("0.5")


class Print(NamedTuple):
    """A figure as one page prints it: the value, the width of the interval in which the true one lies."""

    value: Decimal
    width: Decimal = Decimal(0)

    def agrees(self, other: Print) -> bool:
        """Tell whether both may be prints of one figure, of which the coarser was rounded, or cut off."""
        fine, coarse = sorted((self, other), key=lambda each: each.width)
        low, high = coarse.value - HALF * coarse.width, coarse.value + coarse.width
        if coarse.value < 0:  # cut off towards zero
            low, high = coarse.value - coarse.width, coarse.value + HALF * coarse.width
        margin = HALF * fine.width if fine.width < coarse.width else Decimal(0)
        if fine.width == coarse.width:
            return fine.value == coarse.value
        return low - margin <= fine.value <= high + margin


class Outcome(Enum):
    """What a print is beside the one that a table has."""

    SAME = auto()  # the very same
    COARSER = auto()  # the same figure, less exactly: a copy
    FINER = auto()  # the same figure, more exactly, or printed where the table's was derived: it stands
    NEW = auto()  # the first one
    OTHER = auto()  # another figure


def outcome(old: Print | None, new: Print, *, derived: bool) -> Outcome:
    """Compare a print with the one that the table has, which may be ``derived`` from others."""
    if old is None:
        return Outcome.NEW
    if old.value == new.value and old.width == new.width:
        return Outcome.FINER if derived else Outcome.SAME
    if not old.agrees(new):
        return Outcome.OTHER
    return Outcome.FINER if new.width < old.width or (derived and new.width == old.width) else Outcome.COARSER


def figures(table: Description) -> dict[str, str]:
    """Return the columns of figures, each with the column of its width, or nothing: the next one that says precision.

    Columns of the key are no figures.
    """
    columns, found = list(table.fields.values()), dict[str, str]()
    widths = [field.name for field in columns if field.type in COUNTED and "precision" in field.name]
    for place, field in enumerate(columns):
        if field.type in COUNTED and field.name not in {*widths, *table.primary_key}:
            after = [other.name for other in columns[place + 1 :]]
            found[field.name] = next((name for name in after if name in widths), "")
    return found


class Standing(NamedTuple):
    """A page: its rank among sources, 0 for the body that made the figure, and when it was published."""

    rank: int
    published: str

    def is_first(self, other: Standing) -> bool:
        """Tell whether this page's print is the first one beside another's: it is older, or of the body itself.

        What a body prints within the same release outranks those who quote it, who may have had it a few days before.
        """
        own, others = _day(self.published), _day(other.published)
        if own is None or others is None:
            return False
        return self.is_older(other) or (self.rank == 0 < other.rank and (own - others).days <= RELEASE)

    def is_older(self, other: Standing) -> bool:
        """Tell whether this page was published before another; of a month and a day in it neither is the older."""
        known = min(len(self.published), len(other.published))
        is_known = _day(self.published) is not None and _day(other.published) is not None
        return is_known and self.published[:known] < other.published[:known]


def standing(source: Mapping[str, object], sources: Table) -> Standing:
    """Return what a row of the table of sources says of its page; ranks are in the order of the description's list."""
    field = sources.description.fields.get("strength")
    ranks = [str(item) for item in field.constraints.get("enum", ())] if field else []
    strength = str(source.get("strength", ""))
    return Standing(ranks.index(strength) if strength in ranks else len(ranks), str(source.get("published") or ""))


def _day(published: str) -> date | None:
    """Return the first day of a day, month or year; of what is undated nothing."""
    try:
        return date.fromisoformat(f"{published}-01-01"[:10])
    except ValueError:
        return None


def before(table: Table, row: Row, column: str) -> tuple[Row, int] | None:
    """Return the row that a value is held to, and how many steps lie between: the one before it in time.

    It has the same other keys. Of a running column it is the same month of an earlier year. Where there is none before,
    the next one after will do.
    """
    times, keys = table.description.times, table.description.primary_key
    if not times:
        return None
    others, last = [name for name in keys if name not in times], times[-1]
    same = [
        each
        for each in table.rows
        if each is not row
        and each[column] is not None
        and each[last] != row[last]
        and all(each[name] == row[name] for name in others)
        and (not table.description.fields[column].running or str(each[last])[4:] == str(row[last])[4:])
    ]
    earlier = [each for each in same if str(each[last]) < str(row[last])]
    nearest = max(earlier, key=lambda each: str(each[last])) if earlier else None
    nearest = nearest or min(same, key=lambda each: str(each[last]), default=None)
    return (nearest, _steps(str(nearest[last]), str(row[last]))) if nearest else None


def _steps(one: str, other: str) -> int:
    """Return how many years lie between two times of the same month, else how many months; at least one."""
    years = int(other[:4]) - int(one[:4])
    if one[4:] == other[4:]:
        return max(abs(years), 1)
    return max(abs(years * 12 + int(other[5:7]) - int(one[5:7])), 1)


def leaps(values: Sequence[Decimal], jump: Decimal, steps: int, *, in_points: bool) -> bool:
    """Tell whether two values lie further apart than some steps of the largest plausible jump."""
    low, high = sorted(map(abs, values))
    if in_points or min(values) <= 0:
        scale = Decimal(1) if in_points else high
        return abs(values[0] - values[1]) > jump * steps * scale
    return high > low * (1 + jump) ** steps
