"""What somebody said: the figures of statements, and the facts that set them beside
trade.

A fact names a figure of a statement by its number in it (``2``), and two figures, that
of the year before first, as chapters are named (``1+2``).
"""

from dataclasses import replace
from decimal import Decimal
from typing import Literal, NamedTuple

from press.data import Data, Row
from press.facts import growth, rise, share
from press.facts import year as years
from press.ground.period import Month, Period
from press.quantity import Quantity, quantity_from_cell, quantity_ranging_between
from story import fuels, measures, reports

Direction = Literal["export", "import"]
# by a word of the statement's id
GOODS_BY_WORD = {"crude": "crude oil", "cars": "vehicles and parts"}

__all__ = [
    "forecast_growth",
    "gap_to_month",
    "growth_of_other_exports",
    "growth_of_the_rest",
    "stated_change",
    "stated_growth",
    "stated_price_growth",
    "stated_share_of_change",
    "stated_share_of_crude",
]


# --- What they say
# --------------------------------------------------------------------------------------


class Ends(NamedTuple):
    """The ends of a stated figure in its own unit: the same if it was no range."""

    low: Quantity
    high: Quantity


class Pair(NamedTuple):
    """Two figures of a statement, such as those of two years."""

    before: Quantity
    after: Quantity


class StatedShare(NamedTuple):
    """A share that somebody stated, and its row, which says of what and when."""

    row: Row
    share: Quantity


def get_stated_ends(data: Data, statement: str, number: int) -> Ends:
    """Return the ends of a figure that somebody named; ``number`` is its place in the
    statement.

    Raises ``KeyError`` where the tables have none.
    """
    row = data["statement_figures"].by_key[statement, number]
    rows = frozenset([row, data["statements"].by_key[statement,]])
    unit = str(row["unit"])
    low = Quantity(row.number("low"), measures.ZERO, unit, rows)
    high = Quantity(row.number("high"), measures.ZERO, unit, rows)
    return Ends(low, high)


def list_settlement_shares(data: Data, measure: str) -> list[StatedShare]:
    """Return the stated shares of a measure of settlements, in the order of the periods
    meant.
    """
    rows = [row for row in data["currency_shares"].rows if row["measure"] == measure]
    rows.sort(key=lambda row: (str(row["period_start"]), str(row["period_end"])))
    return [
        StatedShare(
            row, quantity_from_cell(row, "share_low_percent", "precision_points")
        )
        for row in rows
    ]


def list_partner_shares(data: Data, partner: str) -> list[StatedShare]:
    """Return the stated shares of China or the European Union in Russia's goods trade,
    by time.
    """
    rows = [
        row
        for row in data["russia_partner_shares"].rows
        if (row["partner"], row["flow"]) == (partner, "total")
    ]
    rows.sort(key=lambda row: str(row["period_end"]))
    return [
        StatedShare(
            row, quantity_from_cell(row, "share_percent", "share_precision_points")
        )
        for row in rows
    ]


# --- Facts
# --------------------------------------------------------------------------------------


def forecast_growth(
    data: Data,
    year: int,
    statement: str,
    figure: str,
    counted_by: Literal["China", "Russia"] = "China",
) -> Quantity | None:
    """The amount that somebody named for the year, compared with trade of the year
    before.
    """
    count = measures.total if counted_by == "China" else reports.reported_by_russia
    before = count.figure(data, year - 1)
    number = _check_figure_is_known(data, statement, figure)
    ends = get_stated_ends(data, statement, number)
    if before is None or ends.low.unit != "USD million":
        return None
    lowest = growth(before, measures.convert_millions_to_billions(ends.low))
    highest = growth(before, measures.convert_millions_to_billions(ends.high))
    item = quantity_ranging_between(lowest, highest)
    return item.with_meaning(
        "change",
        signed=True,
        subject="total",
        role="forecast",
        count=f"{counted_by}’s",
        **years.get_period_and_related(year, year - 1),
    )


def stated_share_of_change(
    data: Data, year: int, flow: Direction, statement: str, figures: str
) -> Quantity | None:
    """The share of goods in the change of a direction on the year before, their values
    stated for both years (``a+b``).

    The figures are named as chapters are: that of the year before first.
    """
    pair = get_two_exact_figures(data, statement, figures)
    whole = measures.change.figure(data, year - 1, year, flow)
    if pair is None or whole is None:
        return None
    part = measures.convert_millions_to_billions(rise(*pair))
    item = measures.compute_share_of_change(part, whole)
    return item and item.with_meaning(
        "share",
        subject=flow,
        goods=_find_goods(statement),
        **years.get_period_and_related(year, year - 1),
    )


def stated_change(
    data: Data, year: int, statement: str, figures: str
) -> Quantity | None:
    """By how much a stated amount rose from one figure of a statement, of the year
    before, to another of the year (``a+b``).
    """
    pair = get_two_exact_figures(data, statement, figures)
    if pair is None:
        return None
    change = rise(*pair)
    if pair.before.unit == "USD million":
        change = measures.convert_millions_to_billions(change)
    return change.with_meaning(
        "money",
        signed=True,
        goods=_find_goods(statement),
        currency="yuan" if pair.before.base_unit == "CNY" else "",
        **years.get_period_and_related(year, year - 1),
    )


def stated_growth(
    data: Data, year: int, statement: str, figures: str
) -> Quantity | None:
    """Growth from one figure of a statement, of the year before, to another of the year
    (``a+b``).
    """
    pair = get_two_exact_figures(data, statement, figures)
    if pair is None:
        return None
    return growth(*pair).with_meaning(
        "change",
        signed=True,
        goods=_find_goods(statement),
        currency="yuan" if pair.before.base_unit == "CNY" else "",
        **years.get_period_and_related(year, year - 1),
    )


def stated_price_growth(
    data: Data, year: int, statement: str, values: str, weights: str
) -> Quantity | None:
    """Growth of the price of a tonne in the year: two stated values over two stated
    weights (``a+b``), those of the year before first.
    """
    value = get_two_exact_figures(data, statement, values)
    weight = get_two_exact_figures(data, statement, weights)
    if value is None or weight is None:
        return None
    before = value.before / weight.before
    after = value.after / weight.after
    return growth(before, after).with_meaning(
        "change",
        signed=True,
        subject="import",
        goods=_find_goods(statement),
        currency="yuan",
        measure="price",
        **years.get_period_and_related(year, year - 1),
    )


def growth_of_other_exports(
    data: Data, year: int, statement: str, figures: str
) -> Quantity | None:
    """Growth of all exports but the stated goods (``a+b``: before, then in the year),
    which were stated in dollars.
    """
    pair = get_two_exact_figures(data, statement, figures)
    before = measures.total.figure(data, year - 1, "export")
    after = measures.total.figure(data, year, "export")
    if pair is None or before is None or after is None:
        return None
    others_before = before - measures.convert_millions_to_billions(pair.before)
    others_after = after - measures.convert_millions_to_billions(pair.after)
    return growth(others_before, others_after).with_meaning(
        "change",
        signed=True,
        subject="export",
        goods=f"goods other than {_find_goods(statement)}",
        **years.get_period_and_related(year, year - 1),
    )


def growth_of_the_rest(
    data: Data, year: int, statement: str, figures: str
) -> Quantity | None:
    """What growth in yuan the imports other than the stated goods must have had
    (``a+b``: before, then in the year).

    It follows from the printed growth of all imports, from the stated values and from
    the share that the goods had in imports the year before, in dollars.
    """
    goods = _find_goods(statement)
    product = goods.replace(" ", "_")
    pair = get_two_exact_figures(data, statement, figures)
    part = fuels.share_of_imports.figure(data, year - 1, product)
    more = measures.growth_in_yuan.figure(data, f"{year}-12", "import")
    if pair is None or part is None or more is None:
        return None
    whole = Quantity(measures.HUNDRED, measures.ZERO, "percent", frozenset())
    part_after = part / (pair.before / pair.after)
    left = (
        whole + more - part_after.convert_unit_dropping_meaning(measures.ONE, "percent")
    )
    return growth(whole - part, left).with_meaning(
        "change",
        signed=True,
        subject="import",
        goods=f"goods other than {goods}",
        currency="yuan",
        measure="value",
        **years.get_period_and_related(year, year - 1),
    )


def stated_share_of_crude(
    data: Data, year: int, statement: str, figure: str
) -> Quantity | None:
    """A stated weight, such as what came by pipeline, in percent of the crude oil that
    China bought from Russia.
    """
    part = _get_exact_figure(data, statement, figure)
    whole = fuels.tonnes.figure(data, year, "crude_oil")
    if part is None or whole is None:
        return None
    return share(part, whole).with_meaning(
        "share",
        subject="import",
        goods=fuels.GOODS["crude_oil"],
        measure="weight",
        period=years.get_period_of_figure(year),
    )


def gap_to_month(
    data: Data, month: Month, statement: str, figure: str
) -> Quantity | None:
    """How much more trade from January to the month China reports than somebody stated
    for the same months.
    """
    theirs = _get_exact_figure(data, statement, figure)
    mine = measures.total_to_month.figure(data, month)
    if theirs is None or mine is None:
        return None
    item = growth(measures.convert_millions_to_billions(theirs), mine)
    return item.with_meaning(
        "change",
        signed=True,
        subject="chinese-figure",
        period=Period.from_january_to_month(month),
    )


# --- What these share
# --------------------------------------------------------------------------------------


def _find_goods(statement: str) -> str:
    """Return what goods a statement is about, "" where it is about several or none."""
    words = statement.split("-")
    for word, goods in GOODS_BY_WORD.items():
        if word in words:
            return goods
    return ""


def _check_figure_is_known(data: Data, statement: str, figure: str) -> int:
    """Return the number of a figure of a statement.

    Raises ``UnknownNameError`` where the tables lack the statement, or it the figure.
    """
    statements = {str(row["id"]) for row in data["statements"].rows}
    measures.check_name_is_known(statement, statements)
    figures = {
        str(row["ordinal"])
        for row in data["statement_figures"].rows
        if row["statement"] == statement
    }
    return int(measures.check_name_is_known(figure, figures))


def _get_exact_figure(data: Data, statement: str, figure: str) -> Quantity | None:
    """Return a figure of a statement, known to its last digit; ``None`` for a range.

    Zeros at the end of a whole number count as rounding.
    """
    number = _check_figure_is_known(data, statement, figure)
    ends = get_stated_ends(data, statement, number)
    if ends.low.value != ends.high.value:
        return None
    digits = ends.low.value.normalize().as_tuple()
    return replace(ends.low, precision=Decimal(1).scaleb(int(digits.exponent)))


def get_two_exact_figures(data: Data, statement: str, figures: str) -> Pair | None:
    """Return two figures of a statement (``a+b``); ``None`` where one of them is a
    range.
    """
    first, _, second = figures.partition("+")
    before = _get_exact_figure(data, statement, first)
    after = _get_exact_figure(data, statement, second)
    return Pair(before, after) if before and after else None
