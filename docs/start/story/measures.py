"""What is computed: no other file does arithmetic on the subject."""

from decimal import Decimal

from press.data import Data
from press.quantity import Quantity, quantity


def totals(data: Data) -> dict[int, Quantity]:
    """Return trade by year, in billions of dollars."""
    return {
        int(row.number("year")): quantity(row, "value_usd_million", "precision_usd_million").scaled(
            Decimal("0.001"), "USD billion"
        )
        for row in data["totals"].rows
    }
