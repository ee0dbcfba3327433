"""Was it cheap? What a tonne of Russian and of Saudi crude cost China, two bars for a year in which both are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.ground.grid import Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import (
    Axes,
    amounts,
    cell,
    description,
    finished,
    named,
    point,
    text,
    ticks_within,
    tip,
    with_room,
    year_cell,
    zero,
)
from story.theme import colour

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.quantity import Quantity
    from story.charts.look import Chart

RUSSIA, SAUDI = "Russia", "Saudi-Arabia"
SUPPLIERS = {SAUDI: "saudi", RUSSIA: "russian"}
INKS = {"russian": ("import", -0.19), "saudi": ("muted", 0.19)}  # colours, and where bars stand beside their year
EXACT = 0.2  # percent: a difference that is less exactly known is told as a range
SAME = 0.2  # percent: a smaller difference is told as none
HEIGHT, AXIS = 380, 40  # pixels of the drawing; of its height, those of the axis and above


class _Pair(NamedTuple):
    """The prices of a year by supplier, what the table tells of them, and by how much Russian crude cost more."""

    year: int
    prices: dict[str, float]
    points: dict[str, str]
    gap: Quantity

    @property
    def same(self) -> bool:
        """Whether both cost as much."""
        return self.gap.least <= 0 <= self.gap.most or abs(self.gap.value) < SAME


def against_saudi_crude(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Dollars a tonne of Russian and of Saudi crude; of the latter only the years whose weight is citable."""
    prices = {supplier: measures.price_per_tonne.series(data, "crude_oil", supplier) for supplier in SUPPLIERS}
    shown = range(min(prices[SAUDI]), max(prices[RUSSIA]) + 1)
    gaps = {year: measures.price_against_saudi.figure(data, year) for year in shown}
    rows = [
        [
            year_cell(year),
            *(cell(prices[supplier].get(year), language, 0) for supplier in (RUSSIA, SAUDI)),
            cell(gaps[year], language),
        ]
        for year in shown
    ]
    names = [SUPPLIERS[supplier] for supplier in (RUSSIA, SAUDI)]
    heads = [Column(f"{key}_usd_per_tonne", words[f"table_{key}"], words["unit"]) for key in names]
    heads.append(Column("difference_percent", words["table_difference"], words["unit_difference"]))
    table = Grid([Column("year", words["table_year"]), *heads], rows, tip=tip(words))
    pairs = [
        _Pair(
            year,
            {key: float(prices[supplier][year].value) for supplier, key in SUPPLIERS.items()},
            {key: point(table, [year - min(shown)], f"{key}_usd_per_tonne")[0] for key in names},
            gap,
        )
        for year, gap in gaps.items()
        if gap
    ]
    used = rows_of([*(items[year] for items in prices.values() for year in shown if year in items)])
    return Plot(lambda size: _bars(pairs, words, language, size), table, used)


def _bars(pairs: list[_Pair], words: Words, language: ChartLanguage, size: Size) -> Chart:
    """Draw two bars for each year with both prices, from zero, and say above them by how much they differ."""
    frame = pd.DataFrame(
        [
            (row, key, price, words["tick"].fill(amount=language.number(round(price))), pair.points[key])
            for row, pair in enumerate(pairs)
            for key, price in pair.prices.items()
        ],
        columns=["row", "key", "value", "text", "point"],
    )
    high = float(frame["value"].max())
    names = {row: str(pair.year) for row, pair in enumerate(pairs)}
    axis = alt.Axis(values=[*names], labelExpr=named(names), title=None, grid=False)
    x = alt.X("row:Q", scale=alt.Scale(domain=[-0.5, len(pairs) - 0.5], nice=False), axis=axis)
    axes = Axes(x, amounts(ticks_within(0, high), language, top=with_room(0, high, HEIGHT - AXIS, 0, 74)[1]))
    layers = [zero(axes)]
    for row, (key, (ink, side)) in enumerate(INKS.items()):
        own = frame[frame["key"] == key]
        beside, name = own.assign(row=own["row"] + side), own.head(1).assign(row=-0.45, value=high, text=words[key])
        width = 0.36 * (size.width - 40) / len(pairs)
        layers += [
            alt.Chart(beside).mark_bar(color=colour(ink), size=width).encode(*axes, description()),
            text(beside, *axes, ink, dy=-10, style="label" if size.name == "wide" else "text"),
            text(name, *axes, ink, align="left", dy=18 * row - 66, style="label"),
        ]
    told = [(row, max(pair.prices.values()), _heading(pair, words, language)) for row, pair in enumerate(pairs)]
    differences = pd.DataFrame(told, columns=["row", "value", "text"])
    return finished([*layers, text(differences, *axes, "ink", dy=-29)], size, HEIGHT)


def _heading(pair: _Pair, words: Words, language: ChartLanguage) -> str:
    """Say by how much a tonne of Russian crude cost less, or more; as a range where that is not exactly known."""
    if pair.same:
        return str(words["same"])
    low, high = sorted(abs(float(end)) for end in (pair.gap.least, pair.gap.most))
    value = language.number(abs(pair.gap.value), 1)
    if pair.gap.precision > EXACT:
        value = f"{language.number(int(low))}–{language.number(-int(-high // 1))}"
    return str(words["less" if pair.gap.value < 0 else "more"].fill(value=value))
