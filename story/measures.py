"""The only place with arithmetic on trade. Facts and charts both start here, so that they cannot disagree.

Every figure is a ``Quantity``. Trade is in billions of US dollars, as Chinese customs first published it: exports
f.o.b., imports c.i.f., flows seen from China.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import cos, radians
from typing import TYPE_CHECKING, NamedTuple

from press.ground.period import Period
from press.quantity import Quantity, quantity, rows_of, spread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from press.data import Data, Row, Table

TARGET_FOR_2024 = "200bn-by-2024"
BILLION = Decimal("0.001")
ZERO, ONE, HUNDRED, THOUSAND = Decimal(0), Decimal(1), Decimal(100), Decimal(1000)
FOUR_FUELS = ("crude_oil", "coal", "lng", "oil_products")
CONTRACT_FOR_GAS = ("gazprom-cnpc-2014", 3)  # a statement and which of its figures
MONTHS = 12
OPPOSITE = {"export": "import", "import": "export", "total": "total"}  # the same flow, seen from Russia
RUSSIA = "Russia"
NEITHER = frozenset({"Hong Kong", "Taiwan"})  # economies that customs lists apart and many rankings leave out
# A mean of all months is known to its last digit. A month that is missing from it would have to lie six points from
# the others to move it by half a point.
CPI_WIDTH, CPI_WIDTH_OF_PART = Decimal("0.001"), Decimal(1)
DEGREE = 111.2  # kilometres of one of latitude
ROUNDED_TO_TENS = Decimal(10000)  # of millions: "around 220 billion" says too little to be compared


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


def rolling_years(data: Data) -> dict[str, Quantity]:
    """Return the trade of any twelve months by the last of them, where all parts are known, in order of time."""
    found = {month: twelve_months_to(data, month) for month in totals_to_month(data)}
    return {month: item for month, item in found.items() if item}


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
    return dict(_totals(data["trade_annual"], flow))


def _totals(table: Table, flow: str) -> tuple[tuple[int, Quantity], ...]:
    rows = [row for row in table.rows if row["flow"] == flow]
    return tuple((_year(row), _billions(row)) for row in sorted(rows, key=_year))


def reached(data: Data, amount: Quantity) -> int | None:
    """Return the first calendar year whose trade came to an amount, rounding counted; ``None`` if none did."""
    return next((year for year, item in totals(data).items() if item.least >= amount.value), None)


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
        year: per_tonne(values[year].scaled(THOUSAND, "USD million"), weights[year])
        for year in values.keys() & weights.keys()
    }


def price_against_saudi(data: Data, year: int) -> Quantity | None:
    """Return by how many percent a tonne of Russian crude cost China more than a tonne of Saudi crude."""
    theirs, ours = (price_per_tonne(data, "crude_oil", supplier).get(year) for supplier in ("Saudi Arabia", RUSSIA))
    return change(theirs, ours) if theirs and ours else None


def indexed(items: dict[int, Quantity], base: int) -> dict[int, Quantity]:
    """Return figures as an index, the year ``base`` being 100."""
    return {year: (item / items[base]).scaled(HUNDRED, "index") for year, item in sorted(items.items())}


def changes_since(items: dict[int, Quantity], base: int) -> dict[int, Quantity]:
    """Return by how many percent figures differ from that of the year ``base``."""
    return {year: change(items[base], item) for year, item in sorted(items.items())}


def change(earlier: Quantity, later: Quantity) -> Quantity:
    """Return the change from one figure to another in percent of the first."""
    return (later / earlier - _exactly(ONE, "")).scaled(HUNDRED, "percent")


def rise(earlier: Quantity, later: Quantity) -> Quantity:
    """Return by how much a figure rose to another; a fall is negative."""
    return later - earlier


def share(part: Quantity, whole: Quantity) -> Quantity:
    """Return a part in percent of its whole."""
    return (part / whole).scaled(HUNDRED, "percent")


def multiple(earlier: Quantity, later: Quantity) -> Quantity:
    """Return how many times as large a figure has become."""
    return (later / earlier).scaled(ONE, "times")


def added(items: Iterable[Quantity | None]) -> Quantity | None:
    """Return the sum of figures, ``None`` where one of them is missing."""
    result = None
    for item in items:
        if item is None:
            return None
        result = item if result is None else result + item
    return result


def trade_to(data: Data, month: str, flow: str) -> Quantity | None:
    """Return trade from January to a month; to a December, the year's."""
    if month.endswith("-12"):
        return total(data, int(month[:4]), flow)
    row = data["trade_to_month"].by_key.get((month, flow))
    return _billions(row) if row else None


def last_month(data: Data) -> Quantity:
    """Return the last month to which there is a total, as a month counted."""
    month, item = list(totals_to_month(data).items())[-1]
    return Quantity(Decimal(Period.parse(month).first), ZERO, "", item.rows)


def newest_page(data: Data) -> Quantity | None:
    """Return the month in which the newest page among the sources was published, as a month counted.

    Pages of which the year alone is known, or nothing, do not count: they may be older.
    """
    dated = [row for row in data["sources"].rows if str(row["published"])[:7].count("-")]
    if not dated:
        return None
    page = max(dated, key=lambda row: str(row["published"]))
    citing = [row for table in data.values() for row in table.rows if page["id"] in row.source_ids]
    return Quantity(Decimal(Period.parse(str(page["published"])[:7]).first), ZERO, "", frozenset([page, *citing[-1:]]))


def year_before(month: str) -> str:
    """Return the same month a year earlier."""
    return f"{int(month[:4]) - 1}{month[4:]}"


def printed_growth(data: Data, month: str, flow: str = "total") -> Quantity | None:
    """Return the growth from January to a month on the year before, as customs printed it."""
    row = data["trade_to_month"].by_key.get((month, flow))
    if row is None or row["growth_percent"] is None:
        return None
    return quantity(row, "growth_percent", "growth_precision_points")


def trade_in_yuan(data: Data, month: str, flow: str = "total") -> Quantity | None:
    """Return trade from January to a month in yuan, ``None`` where no page prints it."""
    row = data["trade_to_month_yuan"].by_key.get((month, flow))
    if row is None or row["value_cny_billion"] is None:
        return None
    return quantity(row, "value_cny_billion", "precision_cny_billion")


def growth_in_yuan(data: Data, month: str, flow: str = "total") -> Quantity | None:
    """Return the growth from January to a month on the year before in yuan, as customs printed it."""
    row = data["trade_to_month_yuan"].by_key.get((month, flow))
    if row is None or row["growth_percent"] is None:
        return None
    return quantity(row, "growth_percent", "growth_precision_points")


def rise_on_year_before(data: Data, month: str, flow: str = "total") -> Quantity | None:
    """Return by how much trade from January to a month rose on the year before, first print on first print."""
    earlier, later = trade_to(data, year_before(month), flow), trade_to(data, month, flow)
    return rise(earlier, later) if earlier and later else None


def rise_as_printed(data: Data, month: str, flow: str = "total") -> Quantity | None:
    """Return by how much trade from January to a month rose on the year before, as the printed growth implies."""
    later, growth = trade_to(data, month, flow), printed_growth(data, month, flow)
    if later is None or growth is None:
        return None
    factor = _exactly(ONE, "") + growth.scaled(ONE / HUNDRED, "")
    return rise((later / factor).scaled(ONE, later.unit), later)


def yearly_rises(data: Data, flow: str = "total") -> dict[int, Quantity]:
    """Return by how much each year's trade rose on the year before, where both are known; a fall is negative."""
    items = totals(data, flow)
    return {year: rise(items[year - 1], item) for year, item in items.items() if year - 1 in items}


def printed_growths(data: Data, flow: str = "total") -> dict[str, Quantity]:
    """Return every growth from January to a month that customs printed, by month, in order of time."""
    found = {month: printed_growth(data, month, flow) for month in totals_to_month(data, flow)}
    return {month: item for month, item in found.items() if item}


def printed_growths_of_years(data: Data) -> dict[str, Quantity]:
    """Return the growth of each year that customs printed, by its December, and that to the last month of all."""
    found = printed_growths(data)
    return {month: item for month, item in found.items() if month.endswith("-12") or month == max(found)}


def share_of_change(data: Data, month: str, flow: str) -> Quantity | None:
    """Return the share of a flow in the change of trade from January to a month on the year before.

    Its ends are the shares by first prints and by the growth that customs printed on its revised figures. Where the
    two flows went opposite ways there is no share.
    """
    found = []
    for measured in (rise_on_year_before, rise_as_printed):
        part, whole = measured(data, month, flow), measured(data, month)
        if part and whole and (item := part_of_change(part, whole)):
            found.append(item)
    return spread(*found) if len(found) > 1 else found[0] if found else None


def part_of_change(part: Quantity, whole: Quantity) -> Quantity | None:
    """Return a share of a change, ``None`` where it is none: below 0, above 100 percent, or of next to nothing."""
    if whole.least <= 0 <= whole.most:
        return None
    item = share(part, whole)
    return item if 0 <= item.value <= HUNDRED else None


def surplus(data: Data, year: int, country: str) -> Quantity | None:
    """Return by how much a country sold more than it bought in a year; a deficit is negative."""
    sold, bought = total(data, year, "export"), total(data, year, "import")
    if sold is None or bought is None:
        return None
    return rise(bought, sold) if country == "China" else rise(sold, bought)


def surpluses(data: Data, country: str) -> dict[int, Quantity]:
    """Return by how much a country sold more than it bought, by year, where both flows are known."""
    found = {year: surplus(data, year, country) for year in totals(data)}
    return {year: item for year, item in found.items() if item}


def in_dollars_of(data: Data, item: Quantity, year: int, dollars: int) -> Quantity | None:
    """Return a year's amount in dollars of another year, by the consumer prices of the United States."""
    then, base = consumer_prices(data, year), consumer_prices(data, dollars)
    if then is None or base is None:
        return None
    return (item / (then / base)).scaled(ONE, item.unit)


def totals_in_dollars_of(data: Data, dollars: int) -> dict[int, Quantity]:
    """Return every year's trade in dollars of one year, where consumer prices of both are known."""
    found = {year: in_dollars_of(data, item, year, dollars) for year, item in totals(data).items()}
    return {year: item for year, item in found.items() if item}


def years_of_whole_prices(data: Data) -> set[int]:
    """Return the years of which the consumer prices of all twelve months are known."""
    return {_year(row) for row in data["us_cpi"].rows if row.number("months_averaged") == MONTHS}


def consumer_prices(data: Data, year: int) -> Quantity | None:
    """Return the yearly mean of the consumer price index of the United States."""
    row = data["us_cpi"].by_key.get((year,))
    if row is None:
        return None
    width = CPI_WIDTH if row.number("months_averaged") == MONTHS else CPI_WIDTH_OF_PART
    return Quantity(row.number("index_1982_84_100"), width, "index", frozenset([row]))


def amount_of(goal: Promise) -> Quantity:
    """Return the amount of a goal; of a range, both its ends."""
    return spread(goal.low, goal.high)


def stated(data: Data, statement: str, ordinal: int) -> tuple[Quantity, Quantity] | None:
    """Return the ends of an amount that somebody named, the same if it was no range; ``None`` if it is none."""
    row = data["statement_figures"].by_key.get((statement, ordinal))
    if row is None or row["unit"] != "USD million":
        return None
    rows = frozenset([row, data["statements"].by_key[(statement,)]])
    low, high = (Quantity(row.number(end) * BILLION, ZERO, "USD billion", rows) for end in ("low", "high"))
    return low, high


def stated_figure(data: Data, statement: str, ordinal: int) -> Quantity | None:
    """Return a figure that somebody named, in its own unit; a range has none.

    It is known to its last digit: zeros at the end of a whole number count as rounding.
    """
    row = data["statement_figures"].by_key.get((statement, ordinal))
    if row is None or row["low"] != row["high"]:
        return None
    value, rows = row.number("low"), frozenset([row, data["statements"].by_key[(statement,)]])
    width = ONE.scaleb(int(value.normalize().as_tuple().exponent))
    return Quantity(value, width, str(row["unit"]), rows)


def per_tonne(value: Quantity, weight: Quantity) -> Quantity:
    """Return dollars a tonne: millions of dollars over millions of tonnes."""
    return (value / weight).scaled(ONE, "USD per tonne")


def stated_share_of_change(data: Data, year: int, flow: str, figures: tuple[str, int, int]) -> Quantity | None:
    """Return the share of goods in the change of a flow on the year before.

    ``figures`` are a statement and which of its figures are the values of the year before and of the year.
    """
    statement, *ordinals = figures
    before, after = (stated_figure(data, statement, ordinal) for ordinal in ordinals)
    earlier, later = total(data, year - 1, flow), total(data, year, flow)
    if before is None or after is None or earlier is None or later is None:
        return None
    part = rise(before, after).scaled(BILLION, "USD billion")
    return part_of_change(part, rise(earlier, later))


def forecast_growth(data: Data, year: int, statement: str, ordinal: int, counted_by: str) -> Quantity | None:
    """Return the growth on the year before that an amount named for a year would mean; of a range, both its ends."""
    before = total(data, year - 1) if counted_by == "China" else reported_by_russia(data, year - 1, "total")
    ends = stated(data, statement, ordinal)
    return spread(*(change(before, end) for end in ends)) if before and ends else None


def due(goal: Promise) -> Quantity | None:
    """Return the year by which a goal was due."""
    return None if goal.deadline is None else Quantity(Decimal(goal.deadline), ZERO, "", goal.low.rows)


def reached_in(data: Data, goal: Promise) -> Quantity | None:
    """Return the year in which trade first came to a goal."""
    if goal.reached is None:
        return None
    return Quantity(Decimal(goal.reached), ZERO, "", goal.low.rows | totals(data)[goal.reached].rows)


def delay(data: Data, goal: Promise) -> Quantity | None:
    """Return by how many years trade came to a goal after its deadline; early is negative."""
    arrival = reached_in(data, goal)
    if arrival is None or goal.deadline is None:
        return None
    return Quantity(arrival.value - goal.deadline, ZERO, "years", arrival.rows)


def delays(data: Data, goals: Iterable[Promise]) -> Quantity | None:
    """Return the delays of some goals as one figure, its ends the shortest and the longest; ``None`` if one is open."""
    found = []
    for goal in goals:
        item = delay(data, goal)
        if item is None:
            return None
        found.append(item)
    found.sort(key=lambda item: item.value)
    return replace(spread(found[0], found[-1]), rows=rows_of(found))


def month_reached(data: Data, amount: Quantity) -> Quantity | None:
    """Return the month in which a calendar year's running total first came to an amount, as a month counted.

    ``None`` where the total to the month before is not known to have been below it.
    """
    year = reached(data, amount)
    running = {month: item for month, item in totals_to_month(data).items() if month[:4] == str(year)}
    month = next((month for month, item in running.items() if item.least >= amount.value), None)
    if month is None:
        return None
    before = running.get(f"{month[:5]}{int(month[5:]) - 1:02d}")
    if before is None or before.most >= amount.value:
        return None
    rows = amount.rows | before.rows | running[month].rows
    return Quantity(Decimal(Period.parse(month).first), ZERO, "", rows)


def count(data: Data, table: str, **where: object) -> Quantity:
    """Return how many rows of a table have these values."""
    rows = [row for row in data[table].rows if all(row[column] == value for column, value in where.items())]
    return Quantity(Decimal(len(rows)), ZERO, "", frozenset(rows))


def count_of_running_totals(data: Data, pages: str) -> Quantity:
    """Return how many rows tell trade from January to a month: those that rest on one page alone, or all."""
    rows = [row for row in data["trade_to_month"].rows if pages == "all" or len(row.source_ids) == 1]
    return Quantity(Decimal(len(rows)), ZERO, "", frozenset(rows))


def chapter_sum(data: Data, year: int, flow: str, names: Iterable[str]) -> Quantity | None:
    """Return the sum of some HS chapters of a year in one direction, ``None`` where one is missing."""
    found = chapters(data, year, flow)
    return added(found.get(name) for name in names)


def chapter_names(data: Data) -> dict[str, str]:
    """Return the name of each HS chapter that the table has."""
    return {str(row["chapter"]): str(row["chapter_name"]) for row in data["hs_chapters"].rows}


def chapter_years(data: Data, before: int) -> list[int]:
    """Return the years before another for which there are HS chapters, the last one first."""
    return sorted({_year(row) for row in data["hs_chapters"].rows if _year(row) < before}, reverse=True)


def four_fuels(data: Data, year: int, left_out: str = "") -> Quantity | None:
    """Return the sum of the four Russian fuels of a year, or of three, ``None`` where one is missing."""
    return added(energy(data, product).get(year) for product in FOUR_FUELS if product != left_out)


def share_of_imports(data: Data, year: int, product: str) -> Quantity | None:
    """Return what China paid for a Russian fuel, or for the four, in percent of all its imports from Russia."""
    part = four_fuels(data, year) if product == "four_fuels" else energy(data, product).get(year)
    whole = total(data, year, "import")
    return share(part, whole) if part and whole else None


def share_of_fuels_in_change(data: Data, year: int) -> Quantity | None:
    """Return the share of the four Russian fuels in the change of imports from Russia on the year before."""
    parts = [four_fuels(data, item) for item in (year - 1, year)]
    wholes = [total(data, item, "import") for item in (year - 1, year)]
    if not (parts[0] and parts[1] and wholes[0] and wholes[1]):
        return None
    return part_of_change(rise(parts[0], parts[1]), rise(wholes[0], wholes[1]))


def share_of_crude(data: Data, year: int) -> Quantity | None:
    """Return the share of Russia in what China paid for crude oil, as printed."""
    row = data["crude_suppliers"].by_key.get((year,))
    return quantity(row, "share_percent", "precision_points") if row else None


def rank_of_crude(data: Data, year: int) -> Quantity | None:
    """Return the rank of Russia among those who sell China crude oil, by value, as printed."""
    row = data["crude_suppliers"].by_key.get((year,))
    return Quantity(row.number("rank_of_russia"), ZERO, "", frozenset([row])) if row else None


def pipeline_gas(data: Data) -> dict[int, Quantity]:
    """Return the gas that Russia sent to China through Power of Siberia by year, as its seller reports it."""
    return {_year(row): quantity(row, "volume_bcm", "precision_bcm") for row in data["pipeline_gas"].rows}


def contract_for_gas(data: Data) -> Quantity:
    """Return the gas a year that the contract behind Power of Siberia is for, as the seller's head told it in 2014."""
    figure = data["statement_figures"].by_key[CONTRACT_FOR_GAS]
    rows = frozenset([figure, data["statements"].by_key[CONTRACT_FOR_GAS[:1]]])
    return Quantity(figure.number("low"), ZERO, str(figure["unit"]), rows)


def oil_price(data: Data, month: str, grade: str = "Brent") -> Quantity | None:
    """Return the mean price of a barrel of crude oil of a grade in a month."""
    row = data["oil_prices"].by_key.get((month, grade))
    return quantity(row, "price_usd_per_barrel", "precision_usd_per_barrel") if row else None


def china_share_of_russia(data: Data, year: int, flow: str) -> Quantity | None:
    """Return China's share of Russia's trade in one direction, seen from China.

    What China reports over what Russia reports; its ends are those of Russia's two bases, balance of payments and
    customs.
    """
    part, world = total(data, year, flow), data["russia_trade"].by_key
    bases = (world.get((year, OPPOSITE[flow], basis)) for basis in ("balance_of_payments", "customs"))
    found = [share(part, _billions(row)) for row in bases if part and row]
    return spread(*found) if len(found) > 1 else found[0] if found else None


def russia_share_of_china(data: Data, year: int, flow: str) -> Quantity | None:
    """Return Russia's share of China's trade in one direction, both as China reports them."""
    part, row = total(data, year, flow), data["china_world_trade"].by_key.get((year, flow))
    return share(part, _billions(row)) if part and row else None


def world_trade_to_month(data: Data, month: str, flow: str) -> Quantity | None:
    """Return China's trade with all partners from January to a month."""
    row = data["china_world_to_month"].by_key.get((month, flow))
    return _billions(row) if row else None


def russia_share_of_china_to_month(data: Data, month: str, flow: str) -> Quantity | None:
    """Return Russia's share of China's trade from January to a month, both as China reports them."""
    part, whole = trade_to(data, month, flow), world_trade_to_month(data, month, flow)
    return share(part, whole) if part and whole else None


def partners(data: Data, year: int, left_out: frozenset[str] = frozenset()) -> list[tuple[str, Quantity]]:
    """Return the economies that China trades with and exports plus imports with each, the largest first."""
    rows = [
        row
        for row in data["china_partners"].rows
        if (row["year"], row["flow"], row["partner_type"]) == (year, "total", "economy")
    ]
    found = [(str(row["partner"]), _billions(row)) for row in rows if row["partner"] not in left_out]
    return sorted(found, key=lambda partner: -partner[1].value)


def rank(data: Data, year: int, left_out: frozenset[str] = frozenset()) -> Quantity | None:
    """Return the rank of Russia among the economies that China trades with, by exports plus imports."""
    found = partners(data, year, left_out)
    own = next((item for name, item in found if name == RUSSIA), None)
    if own is None:
        return None
    larger = sum(item.value > own.value for _, item in found)
    return Quantity(Decimal(larger + 1), ZERO, "", rows_of(item for _, item in found))


def reported_by_russia(data: Data, year: int, flow: str, *, rounded: bool = False) -> Quantity | None:
    """Return China-Russia trade of a year as Russia reports it; of several statements, the lowest and the highest.

    A direction is seen from China here, too. Statements rounded to tens of billions are left out, unless ``rounded``
    asks for them.
    """
    rows = [row for row in data["mirror_statistics"].rows if (row["year"], row["flow"]) == (year, flow)]
    low, high = "value_low_usd_million", "value_high_usd_million"
    width = "precision_usd_million"
    found = [
        quantity(row, column, width).scaled(BILLION, "USD billion")
        for row in rows
        if row["reporter"] == RUSSIA and (rounded or row.number(width) < ROUNDED_TO_TENS)
        for column in (low, high)
    ]
    found.sort(key=lambda item: item.value)
    if not found:
        return None
    return found[0] if found[0].value == found[-1].value else spread(found[0], found[-1])


def gap_between_customs(data: Data, year: int, flow: str, *, rounded: bool = False) -> Quantity | None:
    """Return by how many percent China reports more than Russia; its ends where Russia's own figures differ."""
    mine, theirs = total(data, year, flow), reported_by_russia(data, year, flow, rounded=rounded)
    if mine is None or theirs is None:
        return None
    ends = [
        change(Quantity(end, theirs.precision, theirs.unit, theirs.rows), mine) for end in dict.fromkeys(theirs.ends)
    ]
    return spread(*ends) if len(ends) > 1 else ends[0]


def settlements(data: Data, measure: str) -> list[tuple[Row, Quantity]]:
    """Return the stated shares of a measure of settlements, each with its row, in the order of the periods meant."""
    rows = [row for row in data["currency_shares"].rows if row["measure"] == measure]
    rows.sort(key=lambda row: (str(row["period_start"]), str(row["period_end"])))
    return [(row, quantity(row, "share_low_percent", "precision_points")) for row in rows]


def constant(data: Data, name: str) -> Quantity:
    """Return a number that we set, in its own unit."""
    row = data["constants"].by_key[name,]
    return Quantity(row.number("value"), ZERO, str(row["unit"] or ""), frozenset([row]))


def bound(data: Data, year: int, flow: str = "total") -> Quantity | None:
    """Return what is known of a year without a figure: the middle between its bounds, as wide as they are apart."""
    row = data["bounds"].by_key.get(("trade_annual", year, flow))
    if row is None or row["upper_usd_million"] is None:
        return None
    low = ZERO if row["lower_usd_million"] is None else row.number("lower_usd_million")
    high = row.number("upper_usd_million")
    return Quantity((low + high) / 2, high - low, "USD million", frozenset([row])).scaled(BILLION, "USD billion")


def _exactly(value: Decimal, unit: str) -> Quantity:
    return Quantity(value, ZERO, unit, frozenset())


def _year(row: Row) -> int:
    return int(row.number("year"))


def degrees_east(kilometres: float, latitude: float) -> float:
    """Return how many degrees of longitude a way along a parallel is."""
    return kilometres / (DEGREE * cos(radians(latitude)))
