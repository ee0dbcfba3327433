"""What authors may cite: ``[$218.2 billion](fact:total_to_month/2023-11)`` asks ``total_to_month`` for November 2023.

A fact computes nothing: ``story.measures`` does. It says what a figure is of: its kind, its period and its flow, which
is seen from China. ``None`` means that no citable page has the figure. The arguments are converted by their types, so
these must be real objects: this file does without ``from __future__ import annotations``. Where a fact has several
times, the first is the one along which its series goes.
"""

from collections.abc import Iterable
from typing import Any, Literal

from press.data import Data
from press.ground.period import Month, Period
from press.quantity import PLUS, Quantity, UnknownNameError
from story import measures
from story.measures import Promise

Flow = Literal["total", "export", "import"]
Direction = Literal["export", "import"]
Product = Literal["crude_oil", "coal", "lng", "oil_products"]
Supplier = Literal["Russia", "Saudi-Arabia"]

_GOODS = {
    "crude_oil": "crude oil", "coal": "coal", "lng": "liquefied gas", "oil_products": "oil products",
    "four_fuels": "fuels",
}  # fmt: skip
_STATED = {"crude": "crude oil", "cars": "vehicles and parts"}  # by a word of the statement's id
Fuels = Literal["crude_oil", "coal", "lng", "oil_products", "four_fuels"]

__all__ = [
    "change",
    "change_of_chapters",
    "chapters",
    "chapters_in_trade",
    "china_share_of_russia",
    "constant",
    "count_of_chapters",
    "count_of_goals",
    "count_of_running_totals",
    "deadline",
    "delay",
    "delays",
    "energy",
    "energy_growth",
    "forecast_growth",
    "four_fuels",
    "gap_between_customs",
    "growth_in_yuan",
    "growth_of_chapters",
    "growth_to_month",
    "index_of_price",
    "index_of_tonnes",
    "last_month",
    "month_reached",
    "multiple_of_chapters",
    "newest_page",
    "oil_price",
    "other_fuels",
    "partner_rank",
    "pipeline_gas",
    "price_against_saudi",
    "price_growth",
    "price_growth_since",
    "price_per_tonne",
    "published_growth",
    "rank_of_crude",
    "reported_by_russia",
    "russia_share_of_china",
    "russia_share_of_china_to_month",
    "settlement_share",
    "share_of_change",
    "share_of_change_to_month",
    "share_of_crude",
    "share_of_four_fuels",
    "share_of_fuels_in_change",
    "share_of_imports",
    "stated_growth",
    "stated_price",
    "stated_share_of_change",
    "surplus",
    "target",
    "tonnes",
    "tonnes_growth",
    "tonnes_growth_since",
    "total",
    "total_in_dollars_of",
    "total_to_month",
    "trade_in_yuan",
    "twelve_months_to",
    "world_trade_to_month",
    "year_in_yuan",
]


# --- Trade ------------------------------------------------------------------------------------------------------------


def total(data: Data, year: int, flow: Flow = "total") -> Quantity | None:
    """Trade in a calendar year."""
    item, before = measures.total(data, year, flow), measures.total(data, year - 1, flow)
    return _level(item, before, "money", period=_year(year), subject=flow)


def total_to_month(data: Data, month: Month, flow: Flow = "total") -> Quantity | None:
    """Trade from January to the end of a month."""
    item = measures.trade_to(data, month, flow)
    since = measures.rise_on_year_before(data, month, flow) or measures.printed_growth(data, month, flow)
    return _said(item, "money", period=Period.to_month(month), subject=flow, change=since)


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
    return _level(item, before, "money", period=Period(last - measures.MONTHS + 1, last), subject="total")


def change(data: Data, earlier: int, later: int, flow: Flow = "total") -> Quantity | None:
    """By how many dollars a year's trade differs from an earlier year's."""
    pair = _both(measures.total(data, year, flow) for year in (earlier, later))
    return _said(pair and measures.rise(*pair), "money", signed=True, subject=flow, **_between(earlier, later))


def growth_to_month(data: Data, month: Month, flow: Flow = "total") -> Quantity | None:
    """Growth of trade from January to a month on the year before, computed from first prints."""
    pair = _both(measures.trade_to(data, item, flow) for item in (measures.year_before(month), month))
    about = {"subject": flow, "measure": "value", "print": "computed", **_on_year_before(month)}
    return _said(pair and measures.change(*pair), "change", signed=True, **about)


def published_growth(data: Data, month: Month, flow: Flow = "total") -> Quantity | None:
    """Growth of trade from January to a month on the year before, as customs printed it."""
    item = measures.printed_growth(data, month, flow)
    return _said(item, "change", signed=True, subject=flow, measure="value", **_on_year_before(month))


def trade_in_yuan(data: Data, month: Month, flow: Flow = "total") -> Quantity | None:
    """Trade from January to the end of a month, in yuan."""
    item, since = measures.trade_in_yuan(data, month, flow), measures.growth_in_yuan(data, month, flow)
    return _said(item, "money", period=Period.to_month(month), subject=flow, change=since, currency="yuan")


def year_in_yuan(data: Data, year: int) -> Quantity | None:
    """Trade in a calendar year, in yuan."""
    item = measures.trade_in_yuan(data, f"{year}-12")
    return _said(item, "money", period=_year(year), subject="total", currency="yuan")


def growth_in_yuan(data: Data, month: Month, flow: Flow = "total") -> Quantity | None:
    """Growth of trade from January to a month on the year before, in yuan, as customs printed it."""
    about = {"subject": flow, "currency": "yuan", "measure": "value", **_on_year_before(month)}
    return _said(measures.growth_in_yuan(data, month, flow), "change", signed=True, **about)


def forecast_growth(
    data: Data, year: int, statement: str, figure: str, counted_by: Literal["China", "Russia"] = "China"
) -> Quantity | None:
    """Growth of a year's trade on the year before if it came to an amount that somebody named for it."""
    item = measures.forecast_growth(data, year, statement, _figure(data, statement, figure), counted_by)
    about = {"subject": "total", "role": "forecast", "count": f"{counted_by}’s", **_against(year, year - 1)}
    return _said(item, "change", signed=True, **about)


def share_of_change(data: Data, year: int, flow: Direction) -> Quantity | None:
    """The share of a direction in the rise or fall of trade on the year before, by first prints and as printed."""
    item = measures.share_of_change(data, f"{year}-12", flow)
    return _said(item, "share", subject=flow, **_against(year, year - 1))


def share_of_change_to_month(data: Data, month: Month, flow: Direction) -> Quantity | None:
    """The share of a direction in the rise or fall of trade from January to a month, by first prints and as printed."""
    return _said(measures.share_of_change(data, month, flow), "share", subject=flow, **_on_year_before(month))


def stated_share_of_change(data: Data, year: int, flow: Direction, statement: str, figures: str) -> Quantity | None:
    """The share of goods in the change of a direction on the year before, their values stated for both years (``a+b``).

    The figures are named as chapters are: that of the year before first.
    """
    item = measures.stated_share_of_change(data, year, flow, _two_figures(data, statement, figures))
    goods = _stated_goods(statement)
    return _said(item, "share", subject=flow, goods=goods, **_against(year, year - 1))


def stated_growth(data: Data, year: int, statement: str, figures: str) -> Quantity | None:
    """Growth from one figure of a statement, of the year before, to another of the year (``a+b``)."""
    name, *ordinals = _two_figures(data, statement, figures)
    pair = _both(measures.stated_figure(data, name, ordinal) for ordinal in ordinals)
    currency = "yuan" if pair and pair[0].base == "CNY" else ""
    about = {"goods": _stated_goods(name), "currency": currency, **_against(year, year - 1)}
    return _said(pair and measures.change(*pair), "change", signed=True, **about)


def stated_price(data: Data, year: int, statement: str, figures: str) -> Quantity | None:
    """The price of a tonne: one figure of a statement, a value, over another, a weight (``a+b``)."""
    name, *ordinals = _two_figures(data, statement, figures)
    pair = _both(measures.stated_figure(data, name, ordinal) for ordinal in ordinals)
    goods = _stated_goods(name)
    return _said(pair and measures.per_tonne(*pair), "price", period=_year(year), goods=goods)


def surplus(data: Data, year: int, country: Literal["China", "Russia"]) -> Quantity | None:
    """By how many dollars a country sold more to the other than it bought, as China reports both."""
    return _said(
        measures.surplus(data, year, country), "money", signed=True, period=_year(year), sense="balance", owner=country
    )


def total_in_dollars_of(data: Data, year: int, dollars: int, flow: Flow = "total") -> Quantity | None:
    """Trade in a calendar year, in dollars of another year by consumer prices of the United States."""
    now, before = (_in_dollars_of(data, item, dollars, flow) for item in (year, year - 1))
    prices = "of another year" if year != dollars else ""
    return _level(now, before, "money", subject=flow, prices=prices, **_against(year, dollars))


# --- Goals ------------------------------------------------------------------------------------------------------------


def target(data: Data, goal: str) -> Quantity | None:
    """The amount of a goal; of a range, both its ends."""
    return _said(measures.amount_of(_goal(data, goal)), "constant", role="goal")


def deadline(data: Data, goal: str) -> Quantity | None:
    """The year by which a goal was due."""
    item = _goal(data, goal)
    return _said(measures.due(item), "year", role="deadline", **_of_goal(item, item.deadline))


def delay(data: Data, goal: str) -> Quantity | None:
    """How many years after its deadline trade came to a goal; early is less than nothing."""
    item = _goal(data, goal)
    return _said(measures.delay(data, item), "span", signed=True, **_of_goal(item, item.reached))


def delays(data: Data, goals: str) -> Quantity | None:
    """How many years after their deadlines trade came to several goals (``a+b``): the shortest and the longest."""
    items = [_goal(data, goal) for goal in goals.split("+")]
    years = (year for item in items for year in (item.deadline, item.reached) if year)
    return _said(measures.delays(data, items), "span", signed=True, related=frozenset(map(_year, years)))


def month_reached(data: Data, goal: str) -> Quantity | None:
    """The month in which a calendar year's running total came to a goal for the first time."""
    item = measures.month_reached(data, _goal(data, goal).low)
    return item and _month(item)


def count_of_goals(data: Data) -> Quantity | None:
    """How many goals for trade are known."""
    return measures.count(data, "targets").said("count", role="goal")


def count_of_running_totals(data: Data, pages: Literal["all", "single"] = "all") -> Quantity | None:
    """How many figures of trade from January to a month the table has: all, or those that rest on a single page."""
    return measures.count_of_running_totals(data, pages).said("count")


# --- What is sold -----------------------------------------------------------------------------------------------------


def chapters(data: Data, year: int, flow: Direction, numbers: str) -> Quantity | None:
    """Trade in one or more chapters of the Harmonized System (``87``, ``84+87``) in a year."""
    item = _chapters(data, year, flow, numbers)
    before = next((_chapters(data, other, flow, numbers) for other in measures.chapter_years(data, before=year)), None)
    return _level(item, before, "money", period=_year(year), subject=flow, goods=_goods(data, numbers))


def change_of_chapters(data: Data, earlier: int, later: int, flow: Direction, numbers: str) -> Quantity | None:
    """By how many dollars trade in some chapters differs from an earlier year."""
    pair = _chapter_pair(data, earlier, later, flow, numbers)
    about = {"subject": flow, "goods": _goods(data, numbers), **_between(earlier, later)}
    return _said(pair and measures.rise(*pair), "money", signed=True, **about)


def growth_of_chapters(data: Data, earlier: int, later: int, flow: Direction, numbers: str) -> Quantity | None:
    """Growth of trade in some chapters since an earlier year."""
    pair = _chapter_pair(data, earlier, later, flow, numbers)
    about = {"subject": flow, "goods": _goods(data, numbers), **_between(earlier, later)}
    return _said(pair and measures.change(*pair), "change", signed=True, **about)


def multiple_of_chapters(data: Data, earlier: int, later: int, flow: Direction, numbers: str) -> Quantity | None:
    """How many times as large trade in some chapters is as in an earlier year."""
    pair = _chapter_pair(data, earlier, later, flow, numbers)
    about = {"subject": flow, "goods": _goods(data, numbers), **_between(earlier, later)}
    return _said(pair and measures.multiple(*pair), "multiple", **about)


def chapters_in_trade(data: Data, year: int, flow: Direction, numbers: str) -> Quantity | None:
    """The share of some chapters in a direction of trade: f.o.b. values over what Chinese customs first published."""
    pair = _both((_chapters(data, year, flow, numbers), measures.total(data, year, flow)))
    goods = _goods(data, numbers)
    return _said(pair and measures.share(*pair), "share", period=_year(year), subject=flow, goods=goods)


def count_of_chapters(data: Data, year: int, flow: Direction) -> Quantity | None:
    """How many chapters the table has for a year and a direction."""
    item = measures.count(data, "hs_chapters", year=year, flow=flow)
    return item.said("count", period=_year(year), subject=flow) if item.value else None


# --- Fuels ------------------------------------------------------------------------------------------------------------


def energy(data: Data, year: int, product: Product, supplier: Supplier = "Russia") -> Quantity | None:
    """What China paid for a fuel in a year."""
    items = measures.energy(data, product, _name(supplier))
    return _in_series(items, year, "money", subject=_flow(supplier), **_of(product, supplier))


def energy_growth(data: Data, year: int, product: Product) -> Quantity | None:
    """By how many percent what China paid for a Russian fuel changed on the year before."""
    return _growth(measures.energy(data, product), year, subject="import", measure="value", **_of(product))


def four_fuels(data: Data, year: int) -> Quantity | None:
    """What China paid Russia for crude oil, coal, liquefied gas and oil products in a year."""
    item, before = (measures.four_fuels(data, other) for other in (year, year - 1))
    return _level(item, before, "money", period=_year(year), subject="import", **_of("four_fuels"))


def other_fuels(data: Data, year: int, product: Product) -> Quantity | None:
    """What China paid Russia in a year for the other three of the four fuels together."""
    item, before = (measures.four_fuels(data, other, product) for other in (year, year - 1))
    goods = PLUS.join(_GOODS[other] for other in measures.FOUR_FUELS if other != product)
    return _level(item, before, "money", period=_year(year), subject="import", goods=goods)


def share_of_four_fuels(data: Data, year: int, product: Product) -> Quantity | None:
    """The share of a fuel in what China paid for the four."""
    pair = _both((measures.energy(data, product).get(year), measures.four_fuels(data, year)))
    return _said(pair and measures.share(*pair), "share", period=_year(year), subject="import", **_of(product))


def share_of_imports(data: Data, year: int, product: Fuels) -> Quantity | None:
    """The share of a Russian fuel, or of the four, in China's imports from Russia."""
    item = measures.share_of_imports(data, year, product)
    return _said(item, "share", period=_year(year), subject="import", **_of(product))


def share_of_fuels_in_change(data: Data, year: int) -> Quantity | None:
    """The share of the four Russian fuels in the change of China's imports from Russia on the year before."""
    item = measures.share_of_fuels_in_change(data, year)
    return _said(item, "share", subject="import", **_of("four_fuels"), **_against(year, year - 1))


def share_of_crude(data: Data, year: int) -> Quantity | None:
    """Russia's share in what China paid for crude oil in a year."""
    return _said(measures.share_of_crude(data, year), "share", period=_year(year), **_of("crude_oil"))


def rank_of_crude(data: Data, year: int) -> Quantity | None:
    """The rank of Russia among those who sell China crude oil, by value."""
    return _said(measures.rank_of_crude(data, year), "rank", period=_year(year), **_of("crude_oil"))


def tonnes(data: Data, year: int, product: Product, supplier: Supplier = "Russia") -> Quantity | None:
    """How much of a fuel China bought in a year."""
    items = measures.tonnes(data, product, _name(supplier))
    return _in_series(items, year, "amount", subject=_flow(supplier), **_of(product, supplier))


def tonnes_growth(data: Data, year: int, product: Product) -> Quantity | None:
    """By how many percent the tonnes of a Russian fuel that China bought changed on the year before."""
    return _growth(measures.tonnes(data, product), year, subject="import", measure="weight", **_of(product))


def price_per_tonne(data: Data, year: int, product: Product, supplier: Supplier = "Russia") -> Quantity | None:
    """What China paid for a tonne of a fuel in a year, freight and insurance included."""
    items = measures.price_per_tonne(data, product, _name(supplier))
    return _in_series(items, year, "price", **_of(product, supplier))


def price_growth(data: Data, year: int, product: Product) -> Quantity | None:
    """By how many percent the price of a tonne of a Russian fuel changed on the year before."""
    return _growth(measures.price_per_tonne(data, product), year, measure="price", **_of(product))


def tonnes_growth_since(data: Data, year: int, base: int, product: Product) -> Quantity | None:
    """By how many percent the tonnes of a Russian fuel that China bought differ from those of an earlier year."""
    about = {"subject": "import", "measure": "weight", **_of(product)}
    return _growth_since(measures.tonnes(data, product), year, base, **about)


def price_growth_since(data: Data, year: int, base: int, product: Product) -> Quantity | None:
    """By how many percent the price of a tonne of a Russian fuel differs from that of an earlier year."""
    return _growth_since(measures.price_per_tonne(data, product), year, base, measure="price", **_of(product))


def index_of_tonnes(data: Data, year: int, base: int, product: Product) -> Quantity | None:
    """The tonnes of a Russian fuel in a year as an index, 100 in the base year."""
    return _index(measures.tonnes(data, product), year, base, subject="import", measure="weight", **_of(product))


def index_of_price(data: Data, year: int, base: int, product: Product) -> Quantity | None:
    """The price of a tonne of a Russian fuel in a year as an index, 100 in the base year."""
    return _index(measures.price_per_tonne(data, product), year, base, measure="price", **_of(product))


def price_against_saudi(data: Data, year: int) -> Quantity | None:
    """By how many percent a tonne of Russian crude cost China more than a tonne of Saudi crude."""
    item = measures.price_against_saudi(data, year)
    about = {"measure": "price", "base": "Saudi crude", **_of("crude_oil")}
    return _said(item, "change", signed=True, period=_year(year), **about)


def pipeline_gas(data: Data, year: int) -> Quantity | None:
    """Gas that Russia sent to China through Power of Siberia in a year, as its seller reports it."""
    return _in_series(measures.pipeline_gas(data), year, "amount", subject="import", goods="gas by pipeline")


def oil_price(data: Data, month: Month, grade: Literal["Brent", "Urals"] = "Brent") -> Quantity | None:
    """The mean price of a barrel of crude oil in a month."""
    item, before = (measures.oil_price(data, other, grade) for other in (month, measures.year_before(month)))
    return _level(item, before, "price", period=Period.parse(month), grade=grade, **_of("crude_oil"))


# --- How large it is for each, and how each counts it -----------------------------------------------------------------


def china_share_of_russia(data: Data, year: int, flow: Flow = "total") -> Quantity | None:
    """China's share of Russia's trade: what China reports over what Russia reports, on Russia's two bases."""
    subject = "of-russia" if flow == "total" else flow
    item = measures.china_share_of_russia(data, year, flow)
    return _said(item, "share", period=_year(year), subject=subject, whole="Russia")


def russia_share_of_china(data: Data, year: int, flow: Flow = "total") -> Quantity | None:
    """Russia's share of China's trade, both as China reports them."""
    subject = "of-china" if flow == "total" else flow
    item = measures.russia_share_of_china(data, year, flow)
    return _said(item, "share", period=_year(year), subject=subject, whole="China")


def russia_share_of_china_to_month(data: Data, month: Month, flow: Flow = "total") -> Quantity | None:
    """Russia's share of China's trade from January to a month, both as China reports them."""
    subject = "of-china" if flow == "total" else flow
    item = measures.russia_share_of_china_to_month(data, month, flow)
    return _said(item, "share", period=Period.to_month(month), subject=subject, whole="China")


def world_trade_to_month(data: Data, month: Month, flow: Flow = "total") -> Quantity | None:
    """China's trade with all partners from January to a month."""
    subject = "of-china" if flow == "total" else ""
    return _said(
        measures.world_trade_to_month(data, month, flow), "money", period=Period.to_month(month), subject=subject
    )


def partner_rank(
    data: Data, year: int, leaving_out: Literal["none", "Hong-Kong-and-Taiwan"] = "none"
) -> Quantity | None:
    """The rank of Russia among the economies that China trades with."""
    left_out = measures.NEITHER if leaving_out != "none" else frozenset[str]()
    about = {"subject": "total", "whole": "China", "role": "rank", "left_out": leaving_out.replace("-", " ")}
    return _said(measures.rank(data, year, left_out), "rank", period=_year(year), **about)


def reported_by_russia(data: Data, year: int, flow: Flow = "total") -> Quantity | None:
    """China-Russia trade in a year as Russia reports it."""
    item = measures.reported_by_russia(data, year, flow)
    return _said(item, "money", period=_year(year), subject=flow, count="Russia’s")


def gap_between_customs(data: Data, year: int, flow: Flow = "total") -> Quantity | None:
    """By how many percent China reports more trade with Russia than Russia with China."""
    item = measures.gap_between_customs(data, year, flow)
    return _said(item, "change", signed=True, period=_year(year), subject="chinese-figure")


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


# --- Set by us --------------------------------------------------------------------------------------------------------


def constant(data: Data, number: str) -> Quantity | None:
    """A number that we set, such as the base of an index."""
    known = {str(row["id"]) for row in data["constants"].rows}
    return measures.constant(data, _known(number, known)).said("constant")


# --- No fact: what bounds a year without a figure ---------------------------------------------------------------------


def bound(data: Data, name: str, *arguments: str) -> Quantity | None:
    """Return between which ends a figure lies that no table has; claims use it, no text can cite it."""
    if name != "total" or not arguments or not arguments[0].isdecimal():
        return None
    year, flow = int(arguments[0]), (*arguments[1:], "total")[0]
    return _said(measures.bound(data, year, flow), "money", period=_year(year), subject=flow)


# --- What all of them share -------------------------------------------------------------------------------------------


def _said(item: Quantity | None, kind: Any, **about: Any) -> Quantity | None:  # noqa: ANN401 - fields of a quantity
    return item and item.said(kind, **about)


def _level(item: Quantity | None, before: Quantity | None, kind: Any, **about: Any) -> Quantity | None:  # noqa: ANN401
    """Say what a figure is, and by how much it differs from the one of the period before, if there is one."""
    since = measures.rise(before, item) if item and before else None
    return _said(item, kind, change=since, **about)


def _in_series(items: dict[int, Quantity], year: int, kind: Any, **about: Any) -> Quantity | None:  # noqa: ANN401
    return _level(items.get(year), items.get(year - 1), kind, period=_year(year), **about)


def _growth(items: dict[int, Quantity], year: int, **about: Any) -> Quantity | None:  # noqa: ANN401
    pair = _both(items.get(other) for other in (year - 1, year))
    return _said(pair and measures.change(*pair), "change", signed=True, **_against(year, year - 1), **about)


def _growth_since(items: dict[int, Quantity], year: int, base: int, **about: Any) -> Quantity | None:  # noqa: ANN401
    changes = measures.changes_since(items, base) if base in items else {}
    return _said(changes.get(year), "change", signed=True, **_against(year, base), **about)


def _index(items: dict[int, Quantity], year: int, base: int, **about: Any) -> Quantity | None:  # noqa: ANN401
    indexes = measures.indexed(items, base) if base in items else {}
    before = indexes.get(year - 1)
    return _level(indexes.get(year), before, "index", **_against(year, base), **about)


def _both(items: Iterable[Quantity | None]) -> tuple[Quantity, Quantity] | None:
    first, second = items
    return (first, second) if first and second else None


def _year(year: int) -> Period:
    return Period.parse(f"{year:04d}")


def _month(item: Quantity, role: str = "") -> Quantity:
    month = Period(int(item.value), int(item.value))
    return item.said("month", period=month, related=frozenset([_year(month.year)]), role=role)


def _of(product: Fuels, supplier: Supplier = "Russia") -> dict[str, Any]:
    """Return the dimensions of what is paid or sent for a fuel."""
    return {"goods": _GOODS[product], "supplier": _name(supplier)}


def _stated_goods(statement: str) -> str:
    """Return what goods a statement is about, "" where it is about several or none."""
    return next((goods for word, goods in _STATED.items() if word in statement.split("-")), "")


def _goods(data: Data, numbers: str) -> str:
    """Return the names of some chapters, as the table has them."""
    return PLUS.join(dict.fromkeys(measures.chapter_names(data)[number] for number in numbers.split("+")))


def _against(year: int, other: int) -> dict[str, Any]:
    """Return the period of a year's figure that is measured against another year."""
    return {"period": _year(year), "related": frozenset([_year(other)]) - {_year(year)}}


def _between(earlier: int, later: int) -> dict[str, Any]:
    """Return the period of what happened between two years.

    The earlier year may stand alone beside it ("since 2021"); the later one only where it is the next: what took two
    years did not happen "in 2023".
    """
    first, last = _year(earlier), _year(later)
    related = {first, last} if later == earlier + 1 else {first}
    return {"period": Period(first.first, last.last), "related": frozenset(related)}


def _on_year_before(month: str) -> dict[str, Any]:
    """Return the period of what happened from January to a month, measured against the year before."""
    before = Period.to_month(measures.year_before(month))
    return {"period": Period.to_month(month), "related": frozenset([before])}


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


def _chapters(data: Data, year: int, flow: str, numbers: str) -> Quantity | None:
    known, chapters = measures.chapter_names(data), numbers.split("+")
    if len({*chapters}) < len(chapters):  # one that is named twice would be counted twice
        raise UnknownNameError(numbers, known)
    return measures.chapter_sum(data, year, flow, [_known(item, known) for item in chapters])


def _chapter_pair(data: Data, earlier: int, later: int, flow: str, numbers: str) -> tuple[Quantity, Quantity] | None:
    return _both(_chapters(data, year, flow, numbers) for year in (earlier, later))


def _figure(data: Data, statement: str, figure: str) -> int:
    """Return which figure of a statement is meant; the tables must hold both."""
    name = _known(statement, {str(row["id"]) for row in data["statements"].rows})
    known = {str(row["ordinal"]) for row in data["statement_figures"].rows if row["statement"] == name}
    return int(_known(figure, known))


def _two_figures(data: Data, statement: str, figures: str) -> tuple[str, int, int]:
    first, _, second = figures.partition("+")
    return statement, _figure(data, statement, first), _figure(data, statement, second)


def _flow(supplier: str) -> str:
    return "import" if supplier == "Russia" else ""  # what others sell to China is no flow of this story


def _name(argument: str) -> str:
    """Return a name that has spaces: an argument has hyphens instead."""
    return argument.replace("-", " ")


def _known(name: str, known: Iterable[str]) -> str:
    if name not in known:
        raise UnknownNameError(name, known)
    return name


def _in_dollars_of(data: Data, year: int, dollars: int, flow: str) -> Quantity | None:
    item = measures.total(data, year, flow)
    return measures.in_dollars_of(data, item, year, dollars) if item else None
