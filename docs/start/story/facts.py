"""What authors may cite: ``[$240.1 billion](fact:total/2023)`` asks ``total`` for 2023."""

from press.data import Data
from press.ground.period import Period
from press.quantity import Quantity
from story import measures

__all__ = ["total"]


def total(data: Data, year: int) -> Quantity | None:
    """Trade in a calendar year."""
    item = measures.totals(data).get(year)
    return item and item.said("money", period=Period.parse(f"{year:04d}"), subject="total")


def bound(_data: Data, _name: str, *_arguments: str) -> Quantity | None:
    """Return between which ends a figure lies that no table has: no source says."""
    return None
