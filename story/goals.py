"""The goals for a year's trade, and how early or late trade came to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from press.ground.period import Period
from press.quantity import Quantity, quantity_ranging_between, rows_behind
from story import measures

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from press.data import Data, Row

TARGET_FOR_2024 = "200bn-by-2024"
_Time = TypeVar("_Time", int, str)  # a year, a month


class Promise(NamedTuple):
    """A goal for a year's trade: its amount (a range has two ends), when it was named
    and for which year, and the first year that came to its lower end.
    """

    name: str
    low: Quantity
    high: Quantity
    said_on: date
    deadline: int | None
    reached: int | None


def list_promises(data: Data) -> list[Promise]:
    """Return every goal in the order in which they were named, with the first year that
    came to its lower end.
    """
    totals = measures.total.series(data)
    rows = sorted(data["targets"].rows, key=_get_day_and_name)
    return [_read_promise(row, totals) for row in rows]


def get_promise(data: Data, name: str) -> Promise:
    """Return the goal of a name. Raises ``UnknownNameError`` where there is none."""
    promises = {promise.name: promise for promise in list_promises(data)}
    return promises[measures.check_name_is_known(name, promises)]


def _get_day_and_name(row: Row) -> tuple[str, str]:
    return str(row["said_on"]), str(row["id"])


def _read_promise(row: Row, totals: Mapping[int, Quantity]) -> Promise:
    """Return the goal of a row; ``totals`` are those of years, in their order."""
    low = _read_amount(row, "low")
    return Promise(
        name=str(row["id"]),
        low=low,
        high=_read_amount(row, "high"),
        said_on=date.fromisoformat(str(row["said_on"])),
        deadline=int(row.number("deadline")) if row["deadline"] else None,
        reached=_find_first_time_at(totals, low),
    )


def _read_amount(row: Row, end: str) -> Quantity:
    """Return the ``low`` or the ``high`` end of a goal, which is exact."""
    value = row.number(f"amount_{end}_usd_million") * measures.BILLION
    return Quantity(value, measures.ZERO, measures.USD_BILLION, frozenset([row]))


def _find_first_time_at(
    totals: Mapping[_Time, Quantity], amount: Quantity
) -> _Time | None:
    """Return the first time whose trade came to an amount, rounding counted; ``None``
    if none did.
    """
    for time, item in totals.items():
        if item.least >= amount.value:
            return time
    return None


def compute_delay(data: Data, promises: Iterable[Promise]) -> Quantity | None:
    """Return by how many years trade came to some goals after their deadlines; early is
    negative.

    Of several, the shortest and the longest are its ends; ``None`` if one is open.
    """
    delays: list[Quantity] = []
    for promise in promises:
        if promise.reached is None or promise.deadline is None:
            return None
        years = Decimal(promise.reached - promise.deadline)
        trade = measures.total.figure(data, promise.reached)
        rows = rows_behind(filter(None, (promise.low, trade)))
        delays.append(Quantity(years, measures.ZERO, "years", rows))
    delays.sort(key=lambda item: item.value)
    if len(delays) == 1:
        return delays[0]
    span = quantity_ranging_between(delays[0], delays[-1])
    return replace(span, rows=rows_behind(delays))


def compute_rolling_delay(data: Data, promise: Promise) -> Quantity | None:
    """Return by how many months twelve months came to a goal after the end of its
    deadline; early is negative.

    ``None`` where those to the month before are not known to have been below it.
    """
    totals = measures.twelve_months_to.series(data)
    last = _find_first_time_at(totals, promise.low)
    if last is None or promise.deadline is None:
        return None
    before = totals.get(str(Period.parse(last).shift_by_own_lengths(-1)))
    if before is None or before.most >= promise.low.value:
        return None
    due = Period.parse(f"{promise.deadline}-{measures.MONTHS}")
    months = Decimal(Period.parse(last).first - due.first)
    rows = promise.low.rows | before.rows | totals[last].rows
    return Quantity(months, measures.ZERO, "months", rows)


def find_month_reaching(data: Data, amount: Quantity) -> Quantity | None:
    """Return the month in which a calendar year's running total first came to an
    amount, as a month counted.

    ``None`` where the total to the month before is not known to have been below it.
    """
    year = _find_first_time_at(measures.total.series(data), amount)
    running = {
        last: item
        for last, item in measures.list_totals_to_month(data).items()
        if last[:4] == str(year)
    }
    last = _find_first_time_at(running, amount)
    if last is None:
        return None
    month = Period.parse(last)
    before = running.get(str(month.shift_by_own_lengths(-1)))
    if before is None or before.most >= amount.value:
        return None
    rows = amount.rows | before.rows | running[last].rows
    return Quantity(Decimal(month.first), measures.ZERO, "", rows)
