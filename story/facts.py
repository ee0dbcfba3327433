"""What authors may cite: ``[$218.2 billion](fact:total_to_month/2023-11)`` asks
``total_to_month`` for November 2023.

Figures that tables hold, and what follows from them, are declared in ``measures`` and
the modules beside it; those of statements stand in ``statements``. This file says what
its own figures are of: their kind, period and flow, which is seen from China. ``None``
means that no citable page has the figure. Arguments are converted by their types. Where
a fact has several times, the first is the one along which its series goes.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Literal

from press.data import Data, Row
from press.facts import growth, rise
from press.facts import year as years
from press.ground.period import Month, Period
from press.quantity import Quantity, quantity_ranging_between
from story import conversions, fuels, measures, reports, statements
from story.goals import (
    Promise,
    compute_delay,
    compute_rolling_delay,
    find_month_reaching,
    get_promise,
)

Flow = Literal["total", "export", "import"]
# modules whose public measures are facts as well: the engine finds them by their import
MODULES_WITH_FACTS = (fuels, measures, reports, statements)

__all__ = [
    "count_of_running_totals",
    "deadline",
    "delay",
    "delays",
    "gap_to_record",
    "growth_after",
    "last_month",
    "month_reached",
    "rolling_delay",
    "settlement_share",
    "target",
    "total_in_dollars_of",
]


# --- Trade
# --------------------------------------------------------------------------------------


def last_month(data: Data) -> Quantity | None:
    """The last month to which the table has a total from January."""
    totals = measures.list_totals_to_month(data)
    last = max(totals)
    return _make_month(Period.parse(last), totals[last].rows, role="last month")


def growth_after(
    data: Data, earlier: Month, until: Month, flow: Flow = "total"
) -> Quantity | None:
    """Trade in the months after one month and until another of its year, compared with
    the same months of the year before.

    Those follow from the growth that customs printed for both running totals.
    """
    if earlier[:4] != until[:4] or earlier >= until:
        return None
    now = _find_rise_between(data, earlier, until, flow, measures.total_to_month.figure)
    before = _find_rise_between(
        data, earlier, until, flow, measures.find_total_a_year_before
    )
    if before is None or now is None:
        return None
    first = Period.parse(earlier).shift_by_own_lengths().first
    period = Period(first, Period.parse(until).last)
    return growth(before, now).with_meaning(
        "change",
        signed=True,
        subject=flow,
        period=period,
        related=frozenset([period.shift_months(-measures.MONTHS)]),
    )


def gap_to_record(data: Data, month: Month) -> Quantity | None:
    """Trade in the twelve months to the month, compared with the highest calendar year
    that had ended before.
    """
    rolling = measures.twelve_months_to.figure(data, month)
    ended = {
        year: total
        for year, total in measures.total.series(data).items()
        if year < int(month[:4])
    }
    if rolling is None or not ended:
        return None
    record = max(ended, key=lambda year: ended[year].value)
    last = Period.parse(month).last
    return growth(ended[record], rolling).with_meaning(
        "change",
        signed=True,
        subject="total",
        period=Period(last - measures.MONTHS + 1, last),
        related=frozenset([years.get_period_of_figure(record)]),
    )


def total_in_dollars_of(
    data: Data, year: int, dollars: int, flow: Flow = "total"
) -> Quantity | None:
    """Trade in the year times the consumer prices of the United States in the other
    year over those in it.

    It is what a dollar buys there, not a price of traded goods.
    """
    item = conversions.convert_total_to_dollars_of(data, year, dollars, flow)
    if item is None:
        return None
    before = conversions.convert_total_to_dollars_of(data, year - 1, dollars, flow)
    return item.with_meaning(
        "money",
        subject=flow,
        prices="of another year" if year != dollars else "",
        change=rise(before, item) if before else None,
        **years.get_period_and_related(year, dollars),
    )


# --- Goals
# --------------------------------------------------------------------------------------


def target(data: Data, goal: str) -> Quantity | None:
    """As named by those who set it; a range has two ends."""
    promise = get_promise(data, goal)
    amount = quantity_ranging_between(promise.low, promise.high)
    return amount.with_meaning("constant", role="goal")


def deadline(data: Data, goal: str) -> Quantity | None:
    """As named with the goal."""
    promise = get_promise(data, goal)
    if promise.deadline is None:
        return None
    due = Quantity(Decimal(promise.deadline), measures.ZERO, "", promise.low.rows)
    about = _get_period_of_promise(promise, promise.deadline)
    return due.with_meaning("year", role="deadline", **about)


def delay(data: Data, goal: str) -> Quantity | None:
    """The first calendar year whose trade came to the goal, minus the year by which it
    was due.
    """
    promise = get_promise(data, goal)
    item = compute_delay(data, [promise])
    about = _get_period_of_promise(promise, promise.reached)
    return item and item.with_meaning("span", signed=True, **about)


def delays(data: Data, goals: str) -> Quantity | None:
    """The years by which the goals were due taken from those in which trade came to
    them; shortest and longest.
    """
    promises = [get_promise(data, goal) for goal in goals.split("+")]
    item = compute_delay(data, promises)
    related = frozenset[Period]()
    for promise in promises:
        related |= _list_years_of_promise(promise)
    return item and item.with_meaning("span", signed=True, related=related)


def rolling_delay(data: Data, goal: str) -> Quantity | None:
    """The months from the end of the year by which the goal was due to the month whose
    twelve months came to it first.

    Those of the month before are known to have been below it.
    """
    promise = get_promise(data, goal)
    item = compute_rolling_delay(data, promise)
    about = _get_period_of_promise(promise, promise.reached)
    return item and item.with_meaning("span", signed=True, **about)


def month_reached(data: Data, goal: str) -> Quantity | None:
    """The first total from January to a month that is at least the goal, where that to
    the month before is below it.
    """
    amount = get_promise(data, goal).low
    found = find_month_reaching(data, amount)
    if found is None:
        return None
    month = Period(int(found.value), int(found.value))
    return _make_month(month, found.rows)


def count_of_running_totals(
    data: Data, pages: Literal["all", "single"] = "all"
) -> Quantity | None:
    """Counted: the rows of the table of trade from January to each month, all or those
    with a single source.
    """
    rows = data["trade_to_month"].rows
    if pages == "single":
        rows = tuple(row for row in rows if len(row.source_ids) == 1)
    return _count(rows).with_meaning("count")


# --- How it is paid
# --------------------------------------------------------------------------------------


def settlement_share(data: Data, month: Month, measure: str) -> Quantity | None:
    """As stated, without a hedge, for a time that begins with the month, by the speaker
    whom the row names.
    """
    known = {str(row["measure"]) for row in data["currency_shares"].rows}
    measures.check_name_is_known(measure, known)
    found = [
        stated
        for stated in statements.list_settlement_shares(data, measure)
        if str(stated.row["period_start"])[:7] == month
    ]
    # two may differ; "more than" is for words of a statement
    if len(found) != 1 or found[0].row["qualifier"] != "none":
        return None
    stated = found[0]
    currency = measure.partition("_in_")[0].replace("_", " ")
    last = str(stated.row["period_end"])[:7]
    return stated.share.with_meaning(
        "share",
        period=Period.between(month, last),
        currency=currency.replace("us dollar", "US dollar"),
    )


# --- Set by us, and what bounds a year without a figure
# --------------------------------------------------------------------------------------


def bound(data: Data, name: str, *arguments: str) -> Quantity | None:
    """Return between which ends a figure lies that no table has; claims use it, no text
    can cite it.
    """
    if name != "total" or not arguments or not arguments[0].isdecimal():
        return None
    year = int(arguments[0])
    flow = arguments[1] if len(arguments) > 1 else "total"
    row = data["bounds"].by_key.get(("trade_annual", year, flow))
    if row is None or row["upper_usd_million"] is None:
        return None
    low = measures.ZERO
    if row["lower_usd_million"] is not None:
        low = row.number("lower_usd_million")
    high = row.number("upper_usd_million")
    # as wide as the ends are apart
    middle = Quantity((low + high) / 2, high - low, "USD million", frozenset([row]))
    item = measures.convert_millions_to_billions(middle)
    period = years.get_period_of_figure(year)
    return item.with_meaning("money", period=period, subject=flow)


# --- What all of them share
# --------------------------------------------------------------------------------------


def _find_rise_between(
    data: Data,
    earlier: str,
    until: str,
    flow: str,
    find_total: Callable[[Data, str, str], Quantity | None],
) -> Quantity | None:
    """Return by how much a total since January rises from one month to another."""
    first = find_total(data, earlier, flow)
    last = find_total(data, until, flow)
    return rise(first, last) if first and last else None


def _make_month(month: Period, rows: frozenset[Row], role: str = "") -> Quantity:
    """Return a month as a figure: it is counted, and stands beside its year."""
    item = Quantity(Decimal(month.first), measures.ZERO, "", rows)
    year = years.get_period_of_figure(month.year)
    return item.with_meaning(
        "month", period=month, related=frozenset([year]), role=role
    )


def _count(rows: Iterable[Row]) -> Quantity:
    """Return how many rows there are."""
    found = frozenset(rows)
    return Quantity(Decimal(len(found)), measures.ZERO, "", found)


def _list_years_of_promise(promise: Promise) -> frozenset[Period]:
    """Return the year by which a goal was due and that in which trade came to it, as
    far as there are any.
    """
    years_named = filter(None, (promise.deadline, promise.reached))
    return frozenset(map(years.get_period_of_figure, years_named))


def _get_period_of_promise(promise: Promise, year: int | None) -> dict[str, Any]:
    """Return the period of what is said of a goal: a year, beside its deadline, when
    trade came to it and when it was named; nothing for no year.
    """
    if year is None:
        return {}
    period = years.get_period_of_figure(year)
    said_on = promise.said_on
    named = {
        years.get_period_of_figure(said_on.year),
        Period.parse(f"{said_on.year}-{said_on.month:02d}"),
    }
    related = _list_years_of_promise(promise) | named
    return {"period": period, "related": related - {period}}
