"""The only place with arithmetic on trade. Facts and charts both start here, so that they cannot disagree.

Every figure is a ``Quantity`` in billions of US dollars, as Chinese customs first published it: exports f.o.b.,
imports c.i.f., flows seen from China.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from press.quantity import Quantity, quantity

if TYPE_CHECKING:
    from press.data import Data, Row

TARGET_FOR_2024 = "200bn-by-2024"
BILLION = Decimal("0.001")


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


def target(data: Data, name: str) -> Quantity:
    """Return the amount of a goal; of a range, its lower end."""
    row = data["targets"].by_key[(name,)]
    amount = row.number("amount_low_usd_million") * BILLION
    return Quantity(amount, Decimal(0), "USD billion", frozenset([row]))


def _billions(row: Row) -> Quantity:
    return quantity(row, "value_usd_million", "precision_usd_million").scaled(BILLION, "USD billion")
