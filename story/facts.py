"""What authors may cite: ``[$218.2 billion](fact:total_to_month/2023-11)`` asks ``total_to_month`` for November 2023.

Figures that tables hold, and what follows from them, are declared in ``story.measures``; this file says what its own
figures are of: their kind, period and flow, which is seen from China. ``None`` means that no citable page has the
figure. The arguments are converted by their types, so these must be real objects: this file does without
``from __future__ import annotations``. Where a fact has several times, the first is the one along which its series goes.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Literal

from press.data import Data, Row
from press import facts as axes
from press.facts import added, growth, rise
from press.ground.period import Month, Period
from press.quantity import PLUS, Quantity, UnknownNameError, spread
from story import measures
from story.measures import FOUR_FUELS, GOODS, Promise

Flow = Literal["total", "export", "import"]
Direction = Literal["export", "import"]
Product = Literal["crude_oil", "coal", "lng", "oil_products"]
YEAR, MONTHS = axes.year, axes.month(running=True)
_STATED = {"crude": "crude oil", "cars": "vehicles and parts"}  # by a word of the statement's id

__all__ = [
    "constant",
    "count_of_goals",
    "count_of_running_totals",
    "deadline",
    "delay",
    "delays",
    "forecast_growth",
    "last_month",
    "month_reached",
    "newest_page",
    "other_fuels",
    "settlement_share",
    "share_of_change",
    "share_of_change_to_month",
    "share_of_fuels_in_change",
    "stated_growth",
    "stated_price",
    "stated_share_of_change",
    "target",
    "total_in_dollars_of",
    "twelve_months_to",
    "year_in_yuan",
]


# --- Trade ------------------------------------------------------------------------------------------------------------


def last_month(data: Data) -> Quantity | None:
    """The last month to which there is a total."""
    return _month(measures.last_month(data), role="last month")


def newest_page(data: Data) -> Quantity | None:
    """The month in which the newest of the pages behind the tables was published."""
    item = measures.newest_page(data)
    return item and _month(item, role="newest page")


def twelve_months_to(data: Data, month: Month) -> Quantity | None:
    """Trade in the twelve months that end with a month."""
    item, before = (measures.twelve_months_to(data, last) for last in (month, measures.year_before(month)))
    last = Period.parse(month).last
    since = rise(before, item) if item and before else None
    return _said(item, "money", period=Period(last - measures.MONTHS + 1, last), subject="total", change=since)


def year_in_yuan(data: Data, year: int) -> Quantity | None:
    """Trade in a calendar year, in yuan."""
    item = measures.trade_in_yuan.figure(data, f"{year}-12")
    return _said(item, "money", period=_year(year), subject="total", currency="yuan")


def forecast_growth(
    data: Data, year: int, statement: str, figure: str, counted_by: Literal["China", "Russia"] = "China"
) -> Quantity | None:
    """Growth of a year's trade on the year before if it came to an amount that somebody named for it."""
    count = measures.total if counted_by == "China" else measures.reported_by_russia
    before = count.figure(data, year - 1)
    ends = measures.stated(data, statement, _figure(data, statement, figure))
    item = spread(*(growth(before, end) for end in ends)) if before and ends else None
    about = {"subject": "total", "role": "forecast", "count": f"{counted_by}’s", **YEAR.against(year, year - 1)}
    return _said(item, "change", signed=True, **about)


def share_of_change(data: Data, year: int, flow: Direction) -> Quantity | None:
    """The share of a direction in the rise or fall of trade on the year before, by first prints and as printed."""
    item = measures.share_of_change(data, f"{year}-12", flow)
    return _said(item, "share", subject=flow, **YEAR.against(year, year - 1))


def share_of_change_to_month(data: Data, month: Month, flow: Direction) -> Quantity | None:
    """The share of a direction in the rise or fall of trade from January to a month, by first prints and as printed."""
    about = MONTHS.against(month, measures.year_before(month))
    return _said(measures.share_of_change(data, month, flow), "share", subject=flow, **about)


def stated_share_of_change(data: Data, year: int, flow: Direction, statement: str, figures: str) -> Quantity | None:
    """The share of goods in the change of a direction on the year before, their values stated for both years (``a+b``).

    The figures are named as chapters are: that of the year before first.
    """
    stated = _two_figures(data, statement, figures)
    whole = [measures.total.figure(data, other, flow) for other in (year - 1, year)]
    if stated is None or whole[0] is None or whole[1] is None:
        return None
    part = rise(*stated).scaled(measures.BILLION, measures.USD[2])
    item = measures.part_of_change(part, rise(whole[0], whole[1]))
    about = {"subject": flow, "goods": _stated_goods(statement), **YEAR.against(year, year - 1)}
    return _said(item, "share", **about)


def stated_growth(data: Data, year: int, statement: str, figures: str) -> Quantity | None:
    """Growth from one figure of a statement, of the year before, to another of the year (``a+b``)."""
    pair = _two_figures(data, statement, figures)
    currency = "yuan" if pair and pair[0].base == "CNY" else ""
    about = {"goods": _stated_goods(statement), "currency": currency, **YEAR.against(year, year - 1)}
    return _said(pair and growth(*pair), "change", signed=True, **about)


def stated_price(data: Data, year: int, statement: str, figures: str) -> Quantity | None:
    """The price of a tonne: one figure of a statement, a value, over another, a weight (``a+b``)."""
    pair = _two_figures(data, statement, figures)
    item = pair and (pair[0] / pair[1]).scaled(measures.ONE, measures.PER_TONNE)
    return _said(item, "price", period=_year(year), goods=_stated_goods(statement))


def total_in_dollars_of(data: Data, year: int, dollars: int, flow: Flow = "total") -> Quantity | None:
    """Trade in a calendar year, in dollars of another year by consumer prices of the United States."""
    item, before = (measures.in_dollars_of(data, other, dollars, flow) for other in (year, year - 1))
    since = rise(before, item) if item and before else None
    prices = "of another year" if year != dollars else ""
    return _said(item, "money", subject=flow, prices=prices, change=since, **YEAR.against(year, dollars))


# --- Goals ------------------------------------------------------------------------------------------------------------


def target(data: Data, goal: str) -> Quantity | None:
    """The amount of a goal; of a range, both its ends."""
    item = _goal(data, goal)
    return _said(spread(item.low, item.high), "constant", role="goal")


def deadline(data: Data, goal: str) -> Quantity | None:
    """The year by which a goal was due."""
    item = _goal(data, goal)
    if item.deadline is None:
        return None
    due = Quantity(Decimal(item.deadline), measures.ZERO, "", item.low.rows)
    return due.said("year", role="deadline", **_of_goal(item, item.deadline))


def delay(data: Data, goal: str) -> Quantity | None:
    """How many years after its deadline trade came to a goal; early is less than nothing."""
    item = _goal(data, goal)
    return _said(measures.delay(data, [item]), "span", signed=True, **_of_goal(item, item.reached))


def delays(data: Data, goals: str) -> Quantity | None:
    """How many years after their deadlines trade came to several goals (``a+b``): the shortest and the longest."""
    items = [_goal(data, goal) for goal in goals.split("+")]
    years = (year for item in items for year in (item.deadline, item.reached) if year)
    return _said(measures.delay(data, items), "span", signed=True, related=frozenset(map(_year, years)))


def month_reached(data: Data, goal: str) -> Quantity | None:
    """The month in which a calendar year's running total came to a goal for the first time."""
    item = measures.month_reached(data, _goal(data, goal).low)
    return item and _month(item)


def count_of_goals(data: Data) -> Quantity | None:
    """How many goals for trade are known."""
    return _count(data["targets"].rows).said("count", role="goal")


def count_of_running_totals(data: Data, pages: Literal["all", "single"] = "all") -> Quantity | None:
    """How many figures of trade from January to a month the table has: all, or those that rest on a single page."""
    rows = data["trade_to_month"].rows
    return _count(row for row in rows if pages == "all" or len(row.source_ids) == 1).said("count")


# --- Fuels ------------------------------------------------------------------------------------------------------------


def other_fuels(data: Data, year: int, product: Product) -> Quantity | None:
    """What China paid Russia in a year for the other three of the four fuels together."""
    others = [other for other in FOUR_FUELS if other != product]
    item, before = (added(measures.energy.figure(data, time, other) for other in others) for time in (year, year - 1))
    since = rise(before, item) if item and before else None
    about = {"subject": "import", "goods": PLUS.join(GOODS[other] for other in others)}
    return _said(item, "money", period=_year(year), change=since, **about)


def share_of_fuels_in_change(data: Data, year: int) -> Quantity | None:
    """The share of the four Russian fuels in the change of China's imports from Russia on the year before."""
    part, whole = measures.four_fuels.change("before"), measures.total.at(flow="import").change("before")
    pair = _both(item.figure(data, year) for item in (part, whole))
    about = {"subject": "import", "goods": GOODS["four_fuels"], "supplier": measures.RUSSIA}
    return _said(pair and measures.part_of_change(*pair), "share", **about, **YEAR.against(year, year - 1))


# --- How it is paid ---------------------------------------------------------------------------------------------------


def settlement_share(data: Data, month: Month, measure: str) -> Quantity | None:
    """The share of a currency in settlements, as stated without a hedge for a time that begins with a month."""
    name = _known(measure, {str(row["measure"]) for row in data["currency_shares"].rows})
    found = [item for item in measures.settlements(data, name) if str(item[0]["period_start"])[:7] == month]
    if len(found) != 1 or found[0][0]["qualifier"] != "none":  # two may differ; "more than" is for words of a statement
        return None
    row, share = found[0]
    first, last = (Period.parse(str(row[f"period_{end}"])[:7]) for end in ("start", "end"))
    currency = name.partition("_in_")[0].replace("_", " ").replace("us dollar", "US dollar")
    return share.said("share", period=Period(first.first, last.last), currency=currency)


# --- Set by us, and what bounds a year without a figure ---------------------------------------------------------------


def constant(data: Data, number: str) -> Quantity | None:
    """A number that we set, such as the base of an index."""
    rows = {str(row["id"]): row for row in data["constants"].rows}
    row = rows[_known(number, rows)]
    return Quantity(row.number("value"), measures.ZERO, str(row["unit"] or ""), frozenset([row]), "constant")


def bound(data: Data, name: str, *arguments: str) -> Quantity | None:
    """Return between which ends a figure lies that no table has; claims use it, no text can cite it."""
    if name != "total" or not arguments or not arguments[0].isdecimal():
        return None
    year, flow = int(arguments[0]), (*arguments[1:], "total")[0]
    return _said(measures.bound(data, year, flow), "money", period=_year(year), subject=flow)


# --- What all of them share -------------------------------------------------------------------------------------------


def _said(item: Quantity | None, kind: Any, **about: Any) -> Quantity | None:  # noqa: ANN401 - fields of a quantity
    return item and item.said(kind, **about)


def _both(items: Iterable[Quantity | None]) -> tuple[Quantity, Quantity] | None:
    first, second = items
    return (first, second) if first and second else None


def _year(year: int) -> Period:
    return YEAR.period(year)


def _month(item: Quantity, role: str = "") -> Quantity:
    month = Period(int(item.value), int(item.value))
    return item.said("month", period=month, related=frozenset([_year(month.year)]), role=role)


def _count(rows: Iterable[Row]) -> Quantity:
    found = frozenset(rows)
    return Quantity(Decimal(len(found)), measures.ZERO, "", found)


def _of_goal(goal: Promise, year: int | None) -> dict[str, Any]:
    """Return the period of what is said of a goal: a year, beside its deadline and when it was named."""
    if year is None:
        return {}
    named = {str(goal.said_on.year), f"{goal.said_on.year}-{goal.said_on.month:02d}"}
    years = {str(item) for item in (goal.deadline, goal.reached) if item}
    related = frozenset(Period.parse(item) for item in named | years)
    return {"period": _year(year), "related": related - {_year(year)}}


def _goal(data: Data, name: str) -> Promise:
    goals = {item.name: item for item in measures.promises(data)}
    return goals[_known(name, goals)]


def _stated_goods(statement: str) -> str:
    """Return what goods a statement is about, "" where it is about several or none."""
    return next((goods for word, goods in _STATED.items() if word in statement.split("-")), "")


def _figure(data: Data, statement: str, figure: str) -> int:
    """Return which figure of a statement is meant; the tables must hold both."""
    name = _known(statement, {str(row["id"]) for row in data["statements"].rows})
    known = {str(row["ordinal"]) for row in data["statement_figures"].rows if row["statement"] == name}
    return int(_known(figure, known))


def _two_figures(data: Data, statement: str, figures: str) -> tuple[Quantity, Quantity] | None:
    """Return two figures of a statement (``a+b``); ``None`` where one of them is a range."""
    ordinals = (_figure(data, statement, part) for part in figures.partition(PLUS.strip())[::2])
    return _both([measures.stated_figure(data, statement, ordinal) for ordinal in ordinals])


def _known(name: str, known: Iterable[str]) -> str:
    if name not in known:
        raise UnknownNameError(name, known)
    return name
