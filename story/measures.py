"""The figures of this story: what its tables hold by time and flow, product or chapter,
and its own arithmetic on them.

Facts and charts both start here, so that they cannot disagree. Every figure is a
``Quantity``. Trade is in billions of US dollars, as Chinese customs first published it:
exports f.o.b., imports c.i.f., flows seen from China.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from press.facts import (
    Panel,
    Thing,
    added,
    growth,
    month,
    restore_spaces,
    rise,
    share,
    year,
)
from press.ground.period import Period
from press.quantity import (
    PLUS,
    Quantity,
    quantity_from_cell,
    quantity_ranging_between,
    rows_behind,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from press.data import Data, Row

TARGET_FOR_2024 = "200bn-by-2024"
BILLION = Decimal("0.001")
ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
GOODS = {
    "crude_oil": "crude oil",
    "coal": "coal",
    "lng": "liquefied gas",
    "oil_products": "oil products",
    "four_fuels": "fuels",
}
FOUR_FUELS = (*GOODS,)[:4]
CONTRACT_FOR_GAS = ("gazprom-cnpc-2014", 3)  # a statement and which of its figures
MONTHS = 12
# the same flow, seen from Russia
OPPOSITE = {"export": "import", "import": "export", "total": "total"}
RUSSIA = "Russia"
# A mean of all months is known to its last digit. A month that is missing from it would
# have to lie six points from
# the others to move it by half a point.
CPI_WIDTH, CPI_WIDTH_OF_PART = Decimal("0.001"), Decimal(1)
# of millions: "around 220 billion" says too little to be compared
ROUNDED_TO_TENS = Decimal(10000)
PER_TONNE = "USD per tonne"
USD = ("value_usd_million", "precision_usd_million", "USD billion")
GROWTH = ("growth_percent", "growth_precision_points")
_Time = TypeVar("_Time", int, str)  # a year, a month


# --- What figures are of
# --------------------------------------------------------------------------------------


def _of_supplier(_data: Data, supplier: str) -> Mapping[str, str]:
    """What others sell to China is no flow of this story."""
    return {
        "supplier": restore_spaces(supplier),
        "subject": "import" if supplier == RUSSIA else "",
    }


def _of_chapters(data: Data, numbers: str) -> Mapping[str, str]:
    """Return the names of some chapters, as the table has them."""
    names = {
        str(row["chapter"]): str(row["chapter_name"])
        for row in data["hs_chapters"].rows
    }
    return {
        "goods": PLUS.join(
            dict.fromkeys(names[number] for number in numbers.split("+"))
        )
    }


def _of_others(_data: Data, product: str) -> Mapping[str, str]:
    """Return the names of the fuels that are left without one."""
    return {
        "goods": PLUS.join(GOODS[other] for other in FOUR_FUELS if other != product)
    }


FLOWS = ("total", "export", "import")
flows = Thing("flow", FLOWS, "total", says="subject")
directions = Thing("flow", FLOWS[1:], says="subject")
world_flows = replace(
    flows, says=lambda _, flow: {"subject": "of-china" if flow == "total" else ""}
)
flows_of_russia = replace(
    flows, says=lambda _, flow: {"subject": "of-russia" if flow == "total" else flow}
)
gap_flows = replace(flows, says=lambda _data, _flow: {"subject": "chinese-figure"})
shared_flows = replace(
    flows, says=lambda _, flow: {"subject": "of-china" if flow == "total" else flow}
)
products = Thing(
    "product", FOUR_FUELS, says=lambda _, product: {"goods": GOODS[product]}
)
suppliers = Thing("supplier", (RUSSIA, "Saudi-Arabia"), RUSSIA, says=_of_supplier)
chapter_numbers = Thing("numbers", of="chapter", summed=True, says=_of_chapters)
grades = Thing("grade", ("Brent", "Urals"), "Brent")
countries = Thing("country", ("China", "Russia"), says="owner")
other_fuel = Thing("product", FOUR_FUELS, says=_of_others)
OF_FUELS: dict[str, Any] = {
    "subject": "import",
    "goods": GOODS["four_fuels"],
    "supplier": RUSSIA,
}
OF_CRUDE: dict[str, Any] = {"goods": GOODS["crude_oil"], "supplier": RUSSIA}
OF_PRICES: dict[str, Any] = {
    "kind": "change",
    "signed": True,
    "measure": "price",
    **OF_CRUDE,
}


# --- What the tables hold
# --------------------------------------------------------------------------------------

_to_month = Panel("trade_to_month", month(running=True), flows)
_in_yuan = Panel("trade_to_month_yuan", month(running=True), flows)
_chapters = Panel("hs_chapters", year, directions, chapter_numbers)
_crude_suppliers = Panel("crude_suppliers", year)

_annual = Panel("trade_annual", year, flows)
_printed_totals = _to_month.value(*USD)
total = _annual.value(*USD).with_running_total(_printed_totals)
published_growth = _to_month.growth(*GROWTH, measure="value")
growth_in_yuan = _in_yuan.growth(*GROWTH, currency="yuan", measure="value")
trade_in_yuan = _in_yuan.value(
    "value_cny_billion", "precision_cny_billion", currency="yuan"
)
trade_in_yuan = replace(trade_in_yuan, find_printed_change=growth_in_yuan.find_figure)
chapters = _chapters.value(*USD)
count_of_chapters = _chapters.things_of(chapter_numbers)
_energy = Panel("energy_values", year, products, suppliers)
energy = _energy.value(*USD)
tonnes = Panel("energy_volumes", year, products, suppliers).value(
    "volume_million_tonnes", "precision_million_tonnes"
)
share_of_crude = _crude_suppliers.value("share_percent", "precision_points", **OF_CRUDE)
rank_of_crude = _crude_suppliers.value("rank_of_russia", kind="rank", **OF_CRUDE)
pipeline_gas = Panel("pipeline_gas", year).value(
    "volume_bcm", "precision_bcm", subject="import", goods="gas by pipeline"
)
_oil = Panel("oil_prices", month, grades)
oil_price = _oil.value("price_usd_per_barrel", "precision_usd_per_barrel", **OF_CRUDE)
_world = Panel("china_world_trade", year, world_flows).value(*USD)
world_trade_to_month = Panel(
    "china_world_to_month", month(running=True), world_flows
).value(*USD)
world_exports_to_month = world_trade_to_month.at(flow="export")
world_imports_to_month = world_trade_to_month.at(flow="import")
_world_of_russia = Panel("russia_trade", year, flows, Thing("basis")).value(*USD)


def trade_to(data: Data, last: str, place: Mapping[str, str]) -> Quantity | None:
    """Return trade from January to a month; to a December, the year's."""
    if last.endswith("-12"):
        return total.find_figure(data, int(last[:4]), place)
    return _printed_totals.find_figure(data, last, place)


def _change_to_month(
    data: Data, last: str, place: Mapping[str, str]
) -> Quantity | None:
    return _rise_to_month.figure(
        data, last, place["flow"]
    ) or published_growth.find_figure(data, last, place)


# --- What follows from them
# --------------------------------------------------------------------------------------

total_to_month = replace(
    _printed_totals, find_figure=trade_to, find_printed_change=_change_to_month
)
_rise_to_month = total_to_month.change("before")
change = total.change()
growth_to_month = total_to_month.growth("before", measure="value", print="computed")
change_of_chapters = chapters.change()
multiple_of_chapters = chapters.multiple()
chapters_in_trade = chapters.share(total)

_fuels, _tonnes = energy.at(supplier=RUSSIA), tonnes.at(supplier=RUSSIA)
price_per_tonne = energy.per(tonnes, PER_TONNE, subject="")
_prices = price_per_tonne.at(supplier=RUSSIA)
four_fuels = _fuels.total(products, goods=GOODS["four_fuels"])
_imports = total.at(flow="import")
energy_growth = _fuels.growth("before", measure="value")
pipeline_gas_growth = pipeline_gas.growth("before", measure="weight")
tonnes_growth, price_growth = (
    _tonnes.growth("before", measure="weight"),
    _prices.growth("before", measure="price"),
)
tonnes_growth_since = _tonnes.growth("base", measure="weight")
price_growth_since = _prices.growth("base", measure="price")
index_of_tonnes, index_of_price = (
    _tonnes.index(measure="weight"),
    _prices.index(measure="price"),
)

russia_share_of_china = replace(total, things=(shared_flows,)).share(
    _world, whole="China"
)
russia_share_of_china_to_month = replace(total_to_month, things=(shared_flows,)).share(
    world_trade_to_month, whole="China"
)


def fuel(data: Data, time: int, place: Mapping[str, str]) -> Quantity | None:
    """Return what China paid Russia for a fuel in a year, or for the four."""
    return (four_fuels if place["product"] == "four_fuels" else _fuels).find_figure(
        data, time, place
    )


_each_or_all = replace(
    _fuels, things=(replace(products, values=(*GOODS,)), suppliers), find_figure=fuel
)
share_of_imports = _each_or_all.share(_imports)


def chapters_by_size(data: Data, time: int, flow: str) -> dict[str, Quantity]:
    """Return the HS chapters of a year that the table has for a flow, the largest
    first.
    """
    names = chapters.choices(data, "numbers", {"year": time})
    found = {
        name: item
        for name in names
        if (item := chapters.figure(data, time, flow, name))
    }
    return dict(sorted(found.items(), key=lambda pair: -pair[1].value))


# --- Trade
# --------------------------------------------------------------------------------------


def totals_to_month(data: Data) -> dict[str, Quantity]:
    """Return every published January-to-month total by its last month, in order of
    time.
    """
    return _printed_totals.series(data)


def _twelve_months_to(
    data: Data, last: str, place: Mapping[str, str]
) -> Quantity | None:
    """The year before, less its months up to this one, plus this year's: first prints
    throughout.
    """
    flow = place["flow"]
    if last.endswith("-12"):
        return total.figure(data, int(last[:4]), flow)
    before = month.year_or_day_before(last)
    whole = total.figure(data, int(before[:4]), flow)
    gone, come = (_printed_totals.figure(data, each, flow) for each in (before, last))
    return whole - gone + come if whole and gone and come else None


twelve_months_to = Panel("trade_to_month", month(months=MONTHS)).own(
    _twelve_months_to, flows
)


def _rise_as_printed(data: Data, last: str, flow: str = "total") -> Quantity | None:
    """Return by how much trade from January to a month rose on the year before, as the
    printed growth implies.
    """
    later, printed = (
        item.figure(data, last, flow) for item in (total_to_month, published_growth)
    )
    if later is None or printed is None:
        return None
    factor = Quantity(
        ONE, ZERO, "", frozenset()
    ) + printed.convert_unit_dropping_meaning(ONE / HUNDRED, "")
    return rise((later / factor).convert_unit_dropping_meaning(ONE, later.unit), later)


def _share_of_change(
    data: Data, last: str, place: Mapping[str, str]
) -> Quantity | None:
    """The change of the direction divided by that of all trade: by first prints and by
    the printed growth.
    """
    counts = (_rise_to_month.figure, _rise_as_printed)
    pairs = ((count(data, last, place["flow"]), count(data, last)) for count in counts)
    shares = (part_of_change(part, whole) for part, whole in pairs if part and whole)
    return widest([item for item in shares if item])


def widest(found: list[Quantity]) -> Quantity | None:
    """Return two measurements as one with two ends, one as it is."""
    return (
        quantity_ranging_between(*found)
        if len(found) > 1
        else found[0]
        if found
        else None
    )


def part_of_change(part: Quantity, whole: Quantity) -> Quantity | None:
    """Return a share of a change, ``None`` where it is none: below 0, above 100
    percent, or of next to nothing.
    """
    if whole.least <= 0 <= whole.most:
        return None
    item = share(part, whole)
    return item if 0 <= item.value <= HUNDRED else None


def in_dollars_of(
    data: Data, time: int, dollars: int, flow: str = "total"
) -> Quantity | None:
    """Return a year's trade in dollars of another year, by the consumer prices of the
    United States.
    """
    item, then = total.figure(data, time, flow), _consumer_prices(data, time)
    base = _consumer_prices(data, dollars)
    if item is None or then is None or base is None:
        return None
    return (item / (then / base)).convert_unit_dropping_meaning(ONE, item.unit)


def totals_in_dollars_of(data: Data, dollars: int) -> dict[int, Quantity]:
    """Return every year's trade in dollars of one year, where consumer prices of both
    are known.
    """
    found = {time: in_dollars_of(data, time, dollars) for time in total.series(data)}
    return {time: item for time, item in found.items() if item}


def growth_in_dollars_of(data: Data, time: int, dollars: int) -> Quantity | None:
    """Return by how much trade of a year changed on the year before, both in dollars of
    one year.
    """
    before, item = (in_dollars_of(data, each, dollars) for each in (time - 1, time))
    return growth(before, item) if before and item else None


def in_yuan(data: Data, time: int, amount: Quantity) -> Quantity | None:
    """Return an amount of dollars in yuan, at the rate that the two totals of a year
    imply, in dollars and in yuan.
    """
    dollars, yuan = total.figure(data, time), year_in_yuan.figure(data, time)
    if dollars is None or yuan is None:
        return None
    return (amount / (dollars / yuan)).convert_unit_dropping_meaning(ONE, yuan.unit)


def years_of_whole_prices(data: Data) -> set[int]:
    """Return the years of which the consumer prices of all twelve months are known."""
    return {
        int(row.number("year"))
        for row in data["us_cpi"].rows
        if row.number("months_averaged") == MONTHS
    }


def _consumer_prices(data: Data, time: int) -> Quantity | None:
    """Return the yearly mean of the consumer price index of the United States."""
    row = data["us_cpi"].by_key.get((time,))
    if row is None:
        return None
    width = CPI_WIDTH if row.number("months_averaged") == MONTHS else CPI_WIDTH_OF_PART
    return Quantity(row.number("index_1982_84_100"), width, "index", frozenset([row]))


# --- Goals
# --------------------------------------------------------------------------------------


class Promise(NamedTuple):
    """A goal for a year's trade: its amount (a range has two ends), when it was named
    and for which year.
    """

    name: str
    low: Quantity
    high: Quantity
    said_on: date
    deadline: int | None
    reached: int | None


def promises(data: Data) -> list[Promise]:
    """Return every goal in the order in which they were named, with the first year that
    came to its lower end.
    """
    found, totals = [], total.series(data)
    for row in sorted(
        data["targets"].rows, key=lambda row: (str(row["said_on"]), str(row["id"]))
    ):
        low, high = (
            Quantity(
                row.number(f"amount_{end}_usd_million") * BILLION,
                ZERO,
                "USD billion",
                frozenset([row]),
            )
            for end in ("low", "high")
        )
        deadline = int(row.number("deadline")) if row["deadline"] else None
        said_on = date.fromisoformat(str(row["said_on"]))
        found.append(
            Promise(str(row["id"]), low, high, said_on, deadline, _reached(totals, low))
        )
    return found


def target(data: Data, name: str) -> Quantity:
    """Return the amount of a goal; of a range, its lower end."""
    return next(promise.low for promise in promises(data) if promise.name == name)


def _reached(totals: Mapping[_Time, Quantity], amount: Quantity) -> _Time | None:
    """Return the first time whose trade came to an amount, rounding counted; ``None``
    if none did.
    """
    return next(
        (time for time, item in totals.items() if item.least >= amount.value), None
    )


def delay(data: Data, goals: Iterable[Promise]) -> Quantity | None:
    """Return by how many years trade came to some goals after their deadlines; early is
    negative.

    Of several, the shortest and the longest are its ends; ``None`` if one is open.
    """
    found = []
    for goal in goals:
        if goal.reached is None or goal.deadline is None:
            return None
        rows = rows_behind(filter(None, (goal.low, total.figure(data, goal.reached))))
        found.append(
            Quantity(Decimal(goal.reached - goal.deadline), ZERO, "years", rows)
        )
    found.sort(key=lambda item: item.value)
    return (
        replace(quantity_ranging_between(found[0], found[-1]), rows=rows_behind(found))
        if len(found) > 1
        else found[0]
    )


def rolling_delay(data: Data, goal: Promise) -> Quantity | None:
    """Return by how many months twelve months came to a goal after the end of its
    deadline; early is negative.

    ``None`` where those to the month before are not known to have been below it.
    """
    found = twelve_months_to.series(data)
    last = _reached(found, goal.low)
    before = found.get(str(Period.parse(last).shift_steps(-1))) if last else None
    if (
        last is None
        or before is None
        or before.most >= goal.low.value
        or goal.deadline is None
    ):
        return None
    months = Decimal(
        Period.parse(last).first - Period.parse(f"{goal.deadline}-{MONTHS}").first
    )
    return Quantity(
        months, ZERO, "months", goal.low.rows | before.rows | found[last].rows
    )


def month_reached(data: Data, amount: Quantity) -> Quantity | None:
    """Return the month in which a calendar year's running total first came to an
    amount, as a month counted.

    ``None`` where the total to the month before is not known to have been below it.
    """
    first = _reached(total.series(data), amount)
    running = {
        last: item
        for last, item in totals_to_month(data).items()
        if last[:4] == str(first)
    }
    last = _reached(running, amount)
    if last is None:
        return None
    before = running.get(f"{last[:5]}{int(last[5:]) - 1:02d}")
    if before is None or before.most >= amount.value:
        return None
    rows = amount.rows | before.rows | running[last].rows
    return Quantity(Decimal(Period.parse(last).first), ZERO, "", rows)


# --- What somebody named
# --------------------------------------------------------------------------------------


def stated(data: Data, statement: str, ordinal: int) -> tuple[Quantity, Quantity]:
    """Return the ends of a figure that somebody named, in its own unit; the same if it
    was no range.
    """
    row = data["statement_figures"].by_key[statement, ordinal]
    rows = frozenset([row, data["statements"].by_key[statement,]])
    low, high = (
        Quantity(row.number(end), ZERO, str(row["unit"]), rows)
        for end in ("low", "high")
    )
    return low, high


def contract_for_gas(data: Data) -> Quantity:
    """Return the gas a year that the contract behind Power of Siberia is for, as the
    seller's head told it in 2014.
    """
    return stated(data, *CONTRACT_FOR_GAS)[0]


# --- How each counts it
# --------------------------------------------------------------------------------------


def _surplus(data: Data, time: int, place: Mapping[str, str]) -> Quantity | None:
    """What the country sold minus what it bought, as first published by Chinese
    customs; a deficit if below zero.
    """
    sold, bought = (total.figure(data, time, flow) for flow in ("export", "import"))
    if sold is None or bought is None:
        return None
    return rise(bought, sold) if place["country"] == "China" else rise(sold, bought)


def _share_of_russia(
    data: Data, time: int, place: Mapping[str, str]
) -> Quantity | None:
    """Trade with Russia as China reports it over Russia’s with the world: by balance of
    payments, by customs.
    """
    part, flow = total.find_figure(data, time, place), OPPOSITE[place["flow"]]
    bases = (
        _world_of_russia.figure(data, time, flow, basis)
        for basis in ("balance_of_payments", "customs")
    )
    return widest([share(part, whole) for whole in bases if part and whole])


def reports_of_russia(
    data: Data, time: int, flow: str, *, rounded: bool = False
) -> Quantity | None:
    """Return China-Russia trade of a year as Russia reports it; of several statements,
    the lowest and the highest.

    A direction is seen from China here, too. Statements rounded to tens of billions are
    left out, unless ``rounded`` asks for them.
    """
    width = "precision_usd_million"
    found = [
        quantity_from_cell(row, column, width).convert_unit_dropping_meaning(
            BILLION, USD[2]
        )
        for row in data["mirror_statistics"].rows
        if (row["year"], row["flow"], row["reporter"]) == (time, flow, RUSSIA)
        and (rounded or row.number(width) < ROUNDED_TO_TENS)
        for column in ("value_low_usd_million", "value_high_usd_million")
    ]
    found.sort(key=lambda item: item.value)
    return widest(
        found[:1] + [item for item in found[-1:] if item.value != found[0].value]
    )


def gap_of_reports(
    data: Data, time: int, flow: str, *, rounded: bool = False
) -> Quantity | None:
    """Return by how many percent China reports more than Russia; its ends where
    Russia's own figures differ.
    """
    mine, theirs = (
        total.figure(data, time, flow),
        reports_of_russia(data, time, flow, rounded=rounded),
    )
    if mine is None or theirs is None:
        return None
    ends = dict.fromkeys(theirs.low_and_high)
    return widest(
        [
            growth(Quantity(end, theirs.precision, theirs.unit, theirs.rows), mine)
            for end in ends
        ]
    )


def _share_of_fuels_in_change(
    data: Data, time: int, _place: Mapping[str, str]
) -> Quantity | None:
    """The change of crude oil, coal, liquefied gas and oil products, divided by that of
    all imports from Russia.
    """
    part, whole = (
        item.change("before").figure(data, time) for item in (four_fuels, _imports)
    )
    return part_of_change(part, whole) if part and whole else None


def _other_fuels(data: Data, time: int, place: Mapping[str, str]) -> Quantity | None:
    """Crude oil, coal, liquefied gas and oil products, added up without one, as China
    filed them with UN Comtrade.
    """
    return added(
        energy.figure(data, time, other)
        for other in FOUR_FUELS
        if other != place["product"]
    )


def _against_saudi(data: Data, time: int, _place: Mapping[str, str]) -> Quantity | None:
    """What China paid for a tonne of Russian crude, compared with a tonne of Saudi
    crude: dollars over tonnes.
    """
    theirs, ours = (
        price_per_tonne.figure(data, time, "crude_oil", supplier)
        for supplier in ("Saudi-Arabia", RUSSIA)
    )
    return growth(theirs, ours) if theirs and ours else None


def _against_brent(data: Data, time: str, _place: Mapping[str, str]) -> Quantity | None:
    """The monthly mean of Urals, Russia's main grade, compared with that of Brent."""
    brent, urals = (oil_price.figure(data, time, grade) for grade in grades.values)
    return growth(brent, urals) if brent and urals else None


share_of_change = _annual.own(
    lambda data, time, place: _share_of_change(data, f"{time}-12", place),
    directions,
    kind="share",
    compared=True,
)
share_of_fuels_in_change = _energy.own(
    _share_of_fuels_in_change, kind="share", compared=True, **OF_FUELS
)
other_fuels = _energy.own(_other_fuels, other_fuel, subject="import")
year_in_yuan = _annual.own(
    lambda data, time, _place: trade_in_yuan.figure(data, f"{time}-12"),
    subject="total",
    currency="yuan",
).with_running_total(trade_in_yuan.at(flow="total"))
surplus = _annual.own(_surplus, countries, kind="money", signed=True, sense="balance")
china_share_of_russia = _annual.own(
    _share_of_russia, flows_of_russia, kind="share", whole="Russia"
)
reported_by_russia = _annual.own(
    lambda data, time, place: reports_of_russia(data, time, place["flow"]),
    flows,
    count="Russia’s",
)
gap_between_customs = _annual.own(
    lambda data, time, place: gap_of_reports(data, time, place["flow"]),
    gap_flows,
    kind="change",
    signed=True,
)
urals_against_brent = _oil.own(_against_brent, base="Brent", **OF_PRICES)
price_against_saudi = _energy.own(_against_saudi, base="Saudi crude", **OF_PRICES)


def settlements(data: Data, measure: str) -> list[tuple[Row, Quantity]]:
    """Return the stated shares of a measure of settlements, each with its row, in the
    order of the periods meant.
    """
    rows = [row for row in data["currency_shares"].rows if row["measure"] == measure]
    rows.sort(key=lambda row: (str(row["period_start"]), str(row["period_end"])))
    return [
        (row, quantity_from_cell(row, "share_low_percent", "precision_points"))
        for row in rows
    ]


def partner_shares(data: Data, partner: str) -> list[tuple[Row, Quantity]]:
    """Return the stated shares of China or the European Union in Russia's goods trade,
    each with its row, by time.
    """
    rows = [
        row
        for row in data["russia_partner_shares"].rows
        if (row["partner"], row["flow"]) == (partner, "total")
    ]
    rows.sort(key=lambda row: str(row["period_end"]))
    return [
        (row, quantity_from_cell(row, "share_percent", "share_precision_points"))
        for row in rows
    ]
