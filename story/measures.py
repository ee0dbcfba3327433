"""The only place with arithmetic on trade. Facts and charts both start here, so that they cannot disagree.

Every figure is a ``Quantity``. Trade is in billions of US dollars, as Chinese customs first published it: exports
f.o.b., imports c.i.f., flows seen from China.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from press.quantity import Quantity, quantity

if TYPE_CHECKING:
    from press.data import Data, Row

TARGET_FOR_2024 = "200bn-by-2024"
BILLION = Decimal("0.001")
ONE, HUNDRED, THOUSAND = Decimal(1), Decimal(100), Decimal(1000)


def total(data: Data, year: int, flow: str = "total") -> Quantity | None:
    """Return a calendar year's trade, or ``None`` where no figure is citable."""
    row = data["trade_annual"].by_key.get((year, flow))
    return _billions(row) if row else None


def totals_to_month(data: Data, flow: str = "total") -> dict[str, Quantity]:
    """Return every published January-to-month total by its last month (``2023-11``), in order of time."""
    rows = [row for row in data["trade_to_month"].rows if row["flow"] == flow]
    return {str(row["month"]): _billions(row) for row in sorted(rows, key=lambda row: str(row["month"]))}


def twelve_months_to(data: Data, month: str) -> Quantity | None:
    """Return the trade of the twelve months that end with ``month``; ``None`` where a part of them is not citable.

    The year before, less its months up to this one, plus this year's: first prints throughout.
    """
    totals = totals_to_month(data)
    if month.endswith("-12"):
        return totals.get(month)
    before = f"{int(month[:4]) - 1}{month[4:]}"
    year = total(data, int(before[:4]))
    if year is None or before not in totals or month not in totals:
        return None
    return year - totals[before] + totals[month]


class Promise(NamedTuple):
    """A goal for a year's trade: its amount (a range has two ends), when it was named and for which year."""

    name: str
    low: Quantity
    high: Quantity
    said_on: date
    deadline: int | None
    reached: int | None


def target(data: Data, name: str) -> Quantity:
    """Return the amount of a goal; of a range, its lower end."""
    return next(promise.low for promise in promises(data) if promise.name == name)


def promises(data: Data) -> list[Promise]:
    """Return every goal in the order in which they were named, with the first year that came to its lower end."""
    found = []
    for row in sorted(data["targets"].rows, key=lambda row: (str(row["said_on"]), str(row["id"]))):
        low, high = (
            Quantity(row.number(f"amount_{end}_usd_million") * BILLION, Decimal(0), "USD billion", frozenset([row]))
            for end in ("low", "high")
        )
        deadline = int(row.number("deadline")) if row["deadline"] else None
        said_on = date.fromisoformat(str(row["said_on"]))
        found.append(Promise(str(row["id"]), low, high, said_on, deadline, reached(data, low)))
    return found


def _billions(row: Row) -> Quantity:
    return quantity(row, "value_usd_million", "precision_usd_million").scaled(BILLION, "USD billion")


def totals(data: Data, flow: str = "total") -> dict[int, Quantity]:
    """Return every year's trade, by year."""
    rows = [row for row in data["trade_annual"].rows if row["flow"] == flow]
    return {_year(row): _billions(row) for row in sorted(rows, key=_year)}


def reached(data: Data, amount: Quantity) -> int | None:
    """Return the first calendar year whose trade came to an amount, rounding counted; ``None`` if none did."""
    return next((year for year, item in totals(data).items() if item.low >= amount.value), None)


def chapters(data: Data, year: int, flow: str) -> dict[str, Quantity]:
    """Return the larger HS chapters of a year in one direction, by chapter, largest first (CEPII BACI, f.o.b.)."""
    rows = [row for row in data["hs_chapters"].rows if (row["year"], row["flow"]) == (year, flow)]
    rows.sort(key=lambda row: -row.number("value_usd_million"))
    return {str(row["chapter"]): _billions(row) for row in rows}


def energy(data: Data, product: str, supplier: str = "Russia") -> dict[int, Quantity]:
    """Return China's imports of an energy product from a supplier by year, as UN Comtrade has them."""
    rows = [row for row in data["energy_values"].rows if (row["product"], row["supplier"]) == (product, supplier)]
    return {_year(row): _billions(row) for row in sorted(rows, key=_year)}


def tonnes(data: Data, product: str, supplier: str = "Russia") -> dict[int, Quantity]:
    """Return China's imports of an energy product from a supplier by year, in millions of tonnes."""
    rows = [row for row in data["energy_volumes"].rows if (row["product"], row["supplier"]) == (product, supplier)]
    columns = "volume_million_tonnes", "precision_million_tonnes"
    return {_year(row): quantity(row, *columns) for row in sorted(rows, key=_year)}


def price_per_tonne(data: Data, product: str, supplier: str = "Russia") -> dict[int, Quantity]:
    """Return dollars per tonne by year: the value of UN Comtrade over the weight, where both are known."""
    values, weights = energy(data, product, supplier), tonnes(data, product, supplier)
    return {
        year: (values[year].scaled(THOUSAND, "USD million") / weights[year]).scaled(ONE, "USD per tonne")
        for year in values.keys() & weights.keys()
    }


def indexed(items: dict[int, Quantity], base: int) -> dict[int, Quantity]:
    """Return figures as an index, the year ``base`` being 100."""
    return {year: (item / items[base]).scaled(HUNDRED, "index") for year, item in sorted(items.items())}


def change(earlier: Quantity, later: Quantity) -> Quantity:
    """Return the change from one figure to another in percent of the first."""
    return (later / earlier - Quantity(ONE, Decimal(0), "", frozenset())).scaled(HUNDRED, "percent")


def _year(row: Row) -> int:
    return int(row.number("year"))
