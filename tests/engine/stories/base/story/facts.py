"""The one fact of the small story."""

from press.data import Data
from press.ground.period import Period
from press.quantity import Quantity, quantity_from_cell

__all__ = ["total"]


def total(data: Data, year: int) -> Quantity | None:
    """Trade in a calendar year."""
    row = data["trade"].by_key.get((year, "total"))
    if row is None:
        return None
    figure = quantity_from_cell(row, "value_usd_million", "precision_usd_million")
    return figure.with_meaning("money", period=Period.parse(str(year)), subject="total")


def bound(_data: Data, _name: str, *_arguments: str) -> Quantity | None:
    """No source says anything of years without a figure."""
    return None
