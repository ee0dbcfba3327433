"""Facts of the honey: years, the months since January, and how far these go."""

from decimal import Decimal

from press.data import Data
from press.facts import Mark, Panel, month, year
from press.ground.period import Period
from press.quantity import Quantity

honey_to_month = Panel("honey_to_month", month(running=True)).value("honey_t", "precision_t")
honey = Panel("honey", year).value("honey_t", "precision_t").with_running_total(honey_to_month)
honey_growth = honey_to_month.growth("before")
plenty = Mark(1600, "tonnes")
price_growth = Panel("prices", year).value("index").growth("before")
december = Panel("honey", year).own(lambda data, year, _: honey_to_month.figure(data, f"{year}-12"))
twelve_months = Panel("honey_to_month", month(months=12)).own(lambda data, month, _: honey_to_month.figure(data, month))

__all__ = ["last_month"]


def last_month(data: Data) -> Quantity:
    """The last month with a total."""
    row = max(data["honey_to_month"].rows, key=lambda row: str(row["month"]))
    period = Period.parse(str(row["month"]))
    figure = Quantity(Decimal(period.last), Decimal(0), "", frozenset([row]))
    return figure.with_meaning("month", period=period)
