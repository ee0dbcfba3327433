"""How each country counts trade: balances, China's part in the trade of Russia, what
Russia reports, and how far the two are apart.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from press.facts import Panel, Thing, growth, rise, share, year
from press.quantity import Quantity, quantity_from_cell
from story import measures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from press.data import Data, Row

# the same flow, seen from Russia
OPPOSITE = {"export": "import", "import": "export", "total": "total"}
BASES = ("balance_of_payments", "customs")
# of millions: "around 220 billion" says too little to be compared
ROUNDED_TO_TENS = Decimal(10000)
PRECISION = "precision_usd_million"


def _name_total_of_russia(_data: Data, flow: str) -> Mapping[str, str]:
    """Return what a share in Russia's trade is of: of a direction the flow."""
    return {"subject": "of-russia" if flow == "total" else flow}


def _name_gap(_data: Data, _flow: str) -> Mapping[str, str]:
    """Return what a gap between two reports is of, whichever the flow."""
    return {"subject": "chinese-figure"}


countries = Thing("country", ("China", "Russia"), says="owner")
flows_of_russia = replace(measures.flows, says=_name_total_of_russia)
gap_flows = replace(measures.flows, says=_name_gap)
_world_of_russia = Panel("russia_trade", year, measures.flows, Thing("basis")).value(
    *measures.USD
)


def _find_surplus(data: Data, time: int, place: Mapping[str, str]) -> Quantity | None:
    """What the country sold minus what it bought, as first published by Chinese
    customs; a deficit if below zero.
    """
    sold_by_china = measures.total.figure(data, time, "export")
    bought_by_china = measures.total.figure(data, time, "import")
    if sold_by_china is None or bought_by_china is None:
        return None
    if place["country"] == "China":
        return rise(bought_by_china, sold_by_china)
    return rise(sold_by_china, bought_by_china)


def _find_share_of_china_in_russia(
    data: Data, time: int, place: Mapping[str, str]
) -> Quantity | None:
    """Trade with Russia as China reports it over Russia’s with the world: by balance of
    payments, by customs.
    """
    part = measures.total.find_figure(data, time, place)
    if part is None:
        return None
    flow = OPPOSITE[place["flow"]]
    wholes = [_world_of_russia.figure(data, time, flow, basis) for basis in BASES]
    return measures.merge_into_range([share(part, whole) for whole in wholes if whole])


def get_trade_reported_by_russia(
    data: Data, time: int, flow: str, *, rounded: bool = False
) -> Quantity | None:
    """Return China-Russia trade of a year as Russia reports it; of several statements,
    the lowest and the highest.

    A direction is seen from China here, too. Statements rounded to tens of billions are
    left out, unless ``rounded`` asks for them.
    """
    ends: list[Quantity] = []
    for row in _list_rows_reported_by_russia(data, time, flow):
        if rounded or row.number(PRECISION) < ROUNDED_TO_TENS:
            ends += _read_ends(row)
    if not ends:
        return None
    ends.sort(key=lambda item: item.value)
    lowest = ends[0]
    highest = ends[-1]
    is_one = lowest.value == highest.value
    return measures.merge_into_range([lowest] if is_one else [lowest, highest])


def _list_rows_reported_by_russia(data: Data, time: int, flow: str) -> list[Row]:
    """Return the rows of a year and flow that tell what Russia reports."""
    wanted = (time, flow, "Russia")
    return [
        row
        for row in data["mirror_statistics"].rows
        if (row["year"], row["flow"], row["reporter"]) == wanted
    ]


def _read_ends(row: Row) -> Iterator[Quantity]:
    """Yield the lower and the upper end of a reported value in billions."""
    for end in ("low", "high"):
        value = quantity_from_cell(row, f"value_{end}_usd_million", PRECISION)
        yield measures.convert_millions_to_billions(value)


def compute_gap_of_reports(
    data: Data, time: int, flow: str, *, rounded: bool = False
) -> Quantity | None:
    """Return by how many percent China reports more than Russia; its ends where
    Russia's own figures differ.
    """
    mine = measures.total.figure(data, time, flow)
    theirs = get_trade_reported_by_russia(data, time, flow, rounded=rounded)
    if mine is None or theirs is None:
        return None
    gaps: list[Quantity] = []
    for value in dict.fromkeys(theirs.low_and_high):
        end = Quantity(value, theirs.precision, theirs.unit, theirs.rows)
        gaps.append(growth(end, mine))
    return measures.merge_into_range(gaps)


def _find_report_of_russia(
    data: Data, time: int, place: Mapping[str, str]
) -> Quantity | None:
    return get_trade_reported_by_russia(data, time, place["flow"])


def _find_gap_of_reports(
    data: Data, time: int, place: Mapping[str, str]
) -> Quantity | None:
    return compute_gap_of_reports(data, time, place["flow"])


surplus = measures.annual_trade.own(
    _find_surplus, countries, kind="money", signed=True, sense="balance"
)
china_share_of_russia = measures.annual_trade.own(
    _find_share_of_china_in_russia, flows_of_russia, kind="share", whole="Russia"
)
reported_by_russia = measures.annual_trade.own(
    _find_report_of_russia, measures.flows, count="Russia’s"
)
gap_between_customs = measures.annual_trade.own(
    _find_gap_of_reports, gap_flows, kind="change", signed=True
)
