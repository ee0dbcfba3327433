"""Facts of every kind that the small story binds."""

from decimal import Decimal
from typing import Literal

from press.data import Data
from press.ground.period import Month, Period
from press.quantity import Quantity, UnknownNameError, quantity_from_cell

__all__ = ["flow", "growth", "limit", "month_total", "partner", "passed", "share", "total"]
HUNDRED = Decimal(100)


def total(data: Data, year: int) -> Quantity | None:
    """Trade in a calendar year."""
    return _flow(data, "total", year)


def flow(data: Data, name: Literal["export", "import"], year: int) -> Quantity | None:
    """What went one way in a calendar year."""
    return _flow(data, name, year)


def share(data: Data, flow: Literal["export", "import"], year: int) -> Quantity | None:
    """Part of a flow in the trade of a year, in percent."""
    part, whole = _flow(data, flow, year), _flow(data, "total", year)
    if part is None or whole is None:
        return None
    return (part / whole).convert_unit_dropping_meaning(HUNDRED, "percent").with_meaning("share", period=part.period, subject=flow)


def growth(data: Data, year: int) -> Quantity | None:
    """Change of trade since the year before, in percent."""
    now, before = (_flow(data, "total", item) for item in (year, year - 1))
    if now is None or before is None:
        return None
    ratio = ((now - before) / before).convert_unit_dropping_meaning(HUNDRED, "percent")
    related = frozenset([before.period])
    return ratio.with_meaning("change", signed=True, period=now.period, related=related, subject="total")


def month_total(data: Data, month: Month) -> Quantity | None:
    """Trade in a month, of which the table has none; it stands for the whole year in December."""
    figure = _flow(data, "total", int(month[:4]))
    return figure.with_meaning("money", period=Period.parse(month)) if figure and month.endswith("-12") else None


def passed(data: Data) -> Quantity:
    """The year in which trade came to 200 billion dollars."""
    row = data["trade"].by_key[2023, "total"]
    return Quantity(Decimal(row["year"]), Decimal(0), "", frozenset([row]), "year", period=Period.parse("2023"))


def limit(data: Data) -> Quantity:
    """The 200 billion dollars that were set as a goal."""
    return quantity_from_cell(data["limits"].rows[0], "value_usd_million", "precision_usd_million").with_meaning("constant")


def partner(data: Data, name: str, year: int = 2023) -> Quantity | None:
    """Trade with a country, of which there is one."""
    if name != "borsia":
        raise UnknownNameError(name, ["borsia"])
    return _flow(data, "total", year)


def bound(_data: Data, _name: str, *_arguments: str) -> Quantity | None:
    """No source says anything of years without a figure."""
    return None


def _flow(data: Data, flow: str, year: int) -> Quantity | None:
    row = data["trade"].by_key.get((year, flow))
    if row is None:
        return None
    figure = quantity_from_cell(row, "value_usd_million", "precision_usd_million")
    return figure.with_meaning("money", period=Period.parse(str(year)), subject=flow)
