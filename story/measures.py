"""The figures of this story: what its tables hold by time and flow or chapter, and what
follows from them.

Facts and charts both start here, so that they cannot disagree. Every figure is a
``Quantity``. Trade is in billions of US dollars, as Chinese customs first published it:
exports f.o.b., imports c.i.f., flows seen from China.

The modules beside this one compute from it: ``fuels`` what Russia sells, ``reports``
how each country counts trade, ``conversions`` other dollars and yuan, ``goals`` when
trade came to its goals, ``statements`` what somebody said.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from press.facts import Panel, Thing, month, rise, share, year
from press.quantity import PLUS, Quantity, UnknownNameError, quantity_ranging_between

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from press.data import Data

BILLION = Decimal("0.001")  # of millions
ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)
MONTHS = 12
USD_BILLION = "USD billion"
# the columns of a value and of its precision, and the unit in which it is told
USD = ("value_usd_million", "precision_usd_million", USD_BILLION)
GROWTH = ("growth_percent", "growth_precision_points")
FLOWS = ("total", "export", "import")


# --- What figures are of
# --------------------------------------------------------------------------------------


def _name_chapters(data: Data, numbers: str) -> Mapping[str, str]:
    """Return the names of some chapters, as the table has them."""
    names = {
        str(row["chapter"]): str(row["chapter_name"])
        for row in data["hs_chapters"].rows
    }
    goods = dict.fromkeys(names[number] for number in numbers.split("+"))
    return {"goods": PLUS.join(goods)}


def _name_total_of_china(_data: Data, flow: str) -> Mapping[str, str]:
    """Return what a share of a flow in China's own is of: of a direction the flow."""
    return {"subject": "of-china" if flow == "total" else flow}


def _name_only_total_of_china(_data: Data, flow: str) -> Mapping[str, str]:
    """Return whose trade with the world a figure is: of a direction nothing, since the
    flows of this story are those with Russia.
    """
    return {"subject": "of-china" if flow == "total" else ""}


flows = Thing("flow", FLOWS, "total", says="subject")
directions = Thing("flow", FLOWS[1:], says="subject")
world_flows = replace(flows, says=_name_only_total_of_china)
shared_flows = replace(flows, says=_name_total_of_china)
chapter_numbers = Thing("numbers", of="chapter", summed=True, says=_name_chapters)


# --- What the tables hold
# --------------------------------------------------------------------------------------

annual_trade = Panel("trade_annual", year, flows)
_to_month = Panel("trade_to_month", month(running=True), flows)
_in_yuan = Panel("trade_to_month_yuan", month(running=True), flows)
_chapters = Panel("hs_chapters", year, directions, chapter_numbers)
_world_to_month = Panel("china_world_to_month", month(running=True), world_flows)

_printed_totals = _to_month.value(*USD)
total = annual_trade.value(*USD).with_running_total(_printed_totals)
published_growth = _to_month.growth(*GROWTH, measure="value")
growth_in_yuan = _in_yuan.growth(*GROWTH, currency="yuan", measure="value")
trade_in_yuan = replace(
    _in_yuan.value("value_cny_billion", "precision_cny_billion", currency="yuan"),
    find_printed_change=growth_in_yuan.find_figure,
)
chapters = _chapters.value(*USD)
count_of_chapters = _chapters.things_of(chapter_numbers)
_world = Panel("china_world_trade", year, world_flows).value(*USD)
world_trade_to_month = _world_to_month.value(*USD)
world_exports_to_month = world_trade_to_month.at(flow="export")
world_imports_to_month = world_trade_to_month.at(flow="import")


def _find_total_to_month(
    data: Data, last: str, place: Mapping[str, str]
) -> Quantity | None:
    """Return trade from January to a month; to a December, the year's."""
    if last.endswith("-12"):
        return total.find_figure(data, int(last[:4]), place)
    return _printed_totals.find_figure(data, last, place)


def _find_change_to_month(
    data: Data, last: str, place: Mapping[str, str]
) -> Quantity | None:
    """Return by how much trade from January to a month rose, in dollars where the
    tables have both years, else as growth that customs printed.
    """
    risen = _rise_to_month.figure(data, last, place["flow"])
    return risen or published_growth.find_figure(data, last, place)


# --- What follows from them
# --------------------------------------------------------------------------------------

total_to_month = replace(
    _printed_totals,
    find_figure=_find_total_to_month,
    find_printed_change=_find_change_to_month,
)
_rise_to_month = total_to_month.change("before")
change = total.change()
growth_to_month = total_to_month.growth("before", measure="value", print="computed")
change_of_chapters = chapters.change()
multiple_of_chapters = chapters.multiple()
chapters_in_trade = chapters.share(total)
_shared_total = replace(total, things=(shared_flows,))
_shared_total_to_month = replace(total_to_month, things=(shared_flows,))
russia_share_of_china = _shared_total.share(_world, whole="China")
russia_share_of_china_to_month = _shared_total_to_month.share(
    world_trade_to_month, whole="China"
)


# --- Trade
# --------------------------------------------------------------------------------------


def list_totals_to_month(data: Data) -> dict[str, Quantity]:
    """Return every published January-to-month total by its last month, in order of
    time.
    """
    return _printed_totals.series(data)


def sort_chapters_by_size(data: Data, time: int, flow: str) -> dict[str, Quantity]:
    """Return by number the HS chapters of a year that the table has for a flow, the
    largest first.
    """
    found: dict[str, Quantity] = {}
    for number in chapters.choices(data, "numbers", {"year": time}):
        item = chapters.figure(data, time, flow, number)
        if item:
            found[number] = item
    return dict(sorted(found.items(), key=lambda pair: -pair[1].value))


def _find_twelve_months(
    data: Data, last: str, place: Mapping[str, str]
) -> Quantity | None:
    """The year before, less its months up to this one, plus this year's: first prints
    throughout.
    """
    flow = place["flow"]
    if last.endswith("-12"):
        return total.figure(data, int(last[:4]), flow)
    before = month.get_day_or_year_before(last)
    whole = total.figure(data, int(before[:4]), flow)
    gone = _printed_totals.figure(data, before, flow)
    come = _printed_totals.figure(data, last, flow)
    if whole is None or gone is None or come is None:
        return None
    return whole - gone + come


_rolling = Panel("trade_to_month", month(months=MONTHS))
twelve_months_to = _rolling.own(_find_twelve_months, flows)


def find_total_a_year_before(
    data: Data, last: str, flow: str = "total"
) -> Quantity | None:
    """Return trade from January to the same month of the year before, as the growth
    implies that customs printed a year later.
    """
    later = total_to_month.figure(data, last, flow)
    printed = published_growth.figure(data, last, flow)
    if later is None or printed is None:
        return None
    once = Quantity(ONE, ZERO, "", frozenset())
    factor = once + printed.convert_unit_dropping_meaning(ONE / HUNDRED, "")
    return (later / factor).convert_unit_dropping_meaning(ONE, later.unit)


def _find_rise_implied_by_growth(
    data: Data, last: str, flow: str = "total"
) -> Quantity | None:
    """Return by how much trade from January to a month rose on the year before, as the
    printed growth implies.
    """
    later = total_to_month.figure(data, last, flow)
    earlier = find_total_a_year_before(data, last, flow)
    return rise(earlier, later) if earlier and later else None


def _find_share_of_change(
    data: Data, time: int, place: Mapping[str, str]
) -> Quantity | None:
    """The change of the direction divided by that of all trade: by first prints and by
    the printed growth.
    """
    last = f"{time}-{MONTHS}"
    shares: list[Quantity] = []
    for find_rise in (_rise_to_month.figure, _find_rise_implied_by_growth):
        part = find_rise(data, last, place["flow"])
        whole = find_rise(data, last)
        item = part and whole and compute_share_of_change(part, whole)
        if item:
            shares.append(item)
    return merge_into_range(shares)


share_of_change = annual_trade.own(
    _find_share_of_change, directions, kind="share", compared=True
)


def _find_year_in_yuan(
    data: Data, time: int, _place: Mapping[str, str]
) -> Quantity | None:
    """Return trade of a year in yuan: that from January to its December."""
    return trade_in_yuan.figure(data, f"{time}-{MONTHS}")


year_in_yuan = annual_trade.own(
    _find_year_in_yuan, subject="total", currency="yuan"
).with_running_total(trade_in_yuan.at(flow="total"))


# --- What all of them share
# --------------------------------------------------------------------------------------


def merge_into_range(figures: Sequence[Quantity]) -> Quantity | None:
    """Return two measurements as one with two ends, one as it is, ``None`` for none."""
    if len(figures) > 1:
        return quantity_ranging_between(*figures)
    return next(iter(figures), None)


def compute_share_of_change(part: Quantity, whole: Quantity) -> Quantity | None:
    """Return a share of a change, ``None`` where it is none: below 0, above 100
    percent, or of next to nothing.
    """
    if whole.least <= 0 <= whole.most:
        return None
    item = share(part, whole)
    return item if 0 <= item.value <= HUNDRED else None


def convert_millions_to_billions(dollars: Quantity) -> Quantity:
    """Return millions of dollars as billions, in which this story counts."""
    return dollars.convert_unit_dropping_meaning(BILLION, USD_BILLION)


def check_name_is_known(name: str, known: Collection[str]) -> str:
    """Return a name of an argument that is among the known ones; raise
    ``UnknownNameError`` for any other.
    """
    if name not in known:
        raise UnknownNameError(name, known)
    return name
