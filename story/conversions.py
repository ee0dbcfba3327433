"""Trade in dollars of another year, by consumer prices of the United States."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from press.quantity import Quantity
from story import measures

if TYPE_CHECKING:
    from press.data import Data

# A mean of all months is known to its last digit. A month that is missing from it would
# have to lie six points from the others to move it by half a point.
PRECISION_OF_WHOLE_MEAN = Decimal("0.001")
PRECISION_OF_PARTIAL_MEAN = Decimal(1)


def convert_total_to_dollars_of(
    data: Data, time: int, dollars: int, flow: str = "total"
) -> Quantity | None:
    """Return a year's trade in dollars of another year, by the consumer prices of the
    United States.
    """
    item = measures.total.figure(data, time, flow)
    then = _get_consumer_prices(data, time)
    base = _get_consumer_prices(data, dollars)
    if item is None or then is None or base is None:
        return None
    converted = item / (then / base)
    return converted.convert_unit_dropping_meaning(measures.ONE, item.unit)


def convert_totals_to_dollars_of(data: Data, dollars: int) -> dict[int, Quantity]:
    """Return every year's trade in dollars of one year, where consumer prices of both
    are known.
    """
    found: dict[int, Quantity] = {}
    for time in measures.total.series(data):
        item = convert_total_to_dollars_of(data, time, dollars)
        if item:
            found[time] = item
    return found


def _get_consumer_prices(data: Data, time: int) -> Quantity | None:
    """Return the yearly mean of the consumer price index of the United States."""
    row = data["us_cpi"].by_key.get((time,))
    if row is None:
        return None
    is_whole = row.number("months_averaged") == measures.MONTHS
    precision = PRECISION_OF_WHOLE_MEAN if is_whole else PRECISION_OF_PARTIAL_MEAN
    value = row.number("index_1982_84_100")
    return Quantity(value, precision, "index", frozenset([row]))
