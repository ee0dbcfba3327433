"""Crude oil: how much China bought from Russia, and what a tonne cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms import (
    Axes,
    ChartData,
    FiguresOfKind,
    LayeredChart,
    finish_chart,
    format_label_expression,
)
from story import fuels
from story.charts.curves import (
    ACROSS,
    UP,
    draw_changes,
    draw_curve,
    draw_ends,
    draw_way,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from press.content import ChartLanguage, Words
    from press.data import Data

SINCE = 2020  # the way that is drawn begins with this year
LEVELS = {
    "million_tonnes": fuels.tonnes,
    "value_usd_billion": fuels.energy,
    "usd_per_tonne": fuels.price_per_tonne,
}
CHANGES = {
    "tonnes_change_percent": fuels.tonnes_growth,
    "price_change_percent": fuels.price_growth,
}
DECIMALS = {"million_tonnes": 1, "value_usd_billion": 1}  # at most; of all others none
WEIGHTS = {80: "80", 90: "90", 100: "100", 110: "110"}  # million tonnes
PRICES = {300: "$300", 400: "$400", 500: "$500", 600: "$600", 700: "$700"}  # a tonne
HEIGHT = 440


def price_or_volume(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Draw a dot for each year of Russian crude that China bought, by tonnes across and
    dollars a tonne upwards, and tell what changed on the way to each.
    """
    kinds = dict[str, FiguresOfKind]()
    for column, level in LEVELS.items():
        items = level.series(data, "crude_oil")
        kinds[column] = FiguresOfKind(items, column, most=DECIMALS.get(column, 0))
    for column, rate in CHANGES.items():
        items = rate.series(data, None, "crude_oil")
        kinds[column] = FiguresOfKind(items, column, most=0, signed=True)
    figures = ChartData.from_kinds(kinds, words, language)
    prices = figures.frames["usd_per_tonne"].rename(columns={"value": "price"})
    weights = figures.frames["million_tonnes"].rename(columns={"value": "tonnes"})
    every = prices.merge(weights[["at", "tonnes"]], on="at")
    dots = every[every["at"] >= SINCE]
    changes = _place_changes(figures, dots)
    x = alt.X("tonnes:Q", scale=_make_scale(ACROSS), axis=_make_axis(WEIGHTS))
    y = alt.Y("price:Q", scale=_make_scale(UP), axis=_make_axis(PRICES))
    axes = Axes(x, y)

    def draw_at_size(size: Size) -> LayeredChart:
        layers = [*draw_curve(words, language, axes), *draw_ends(words, axes)]
        layers += [*draw_way(dots, axes), *draw_changes(changes, axes, size)]
        return finish_chart(layers, size, HEIGHT, axes)

    return figures.make_plot(draw_at_size)


def _make_scale(ends: Sequence[float]) -> alt.Scale:
    return alt.Scale(domain=[*ends], nice=False)


def _make_axis(names: Mapping[int, str]) -> alt.Axis:
    expression = format_label_expression(names)
    return alt.Axis(values=[*names], labelExpr=expression, title=None, grid=False)


def _place_changes(figures: ChartData, dots: pd.DataFrame) -> pd.DataFrame:
    """Return the changes of weight and of price, each with its ``name``, in the middle
    of the way to each year, the larger one in its line 0.
    """
    before = dots.shift()
    middles = dots[["at"]].copy()
    for axis in ("tonnes", "price"):
        middles[axis] = (dots[axis] + before[axis]) / 2
    told = list[pd.DataFrame]()
    for column in CHANGES:
        frame = figures.frames[column]
        text = frame["text"] + "%"
        size = frame["value"].abs()
        told.append(frame.assign(text=text, name=figures.words[column], size=size))
    largest_first = pd.concat(told).sort_values("size", ascending=False)
    line = largest_first.groupby("at").cumcount()
    return middles.merge(largest_first.assign(line=line), on="at")
