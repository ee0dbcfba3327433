"""Crude oil: how much China bought from Russia, and what a tonne cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms import (
    Axes,
    Chart,
    ChartData,
    FiguresOfKind,
    MarkProperties,
    describe_marks,
    draw_marks,
    draw_texts,
    finish_chart,
    write_label_expression,
)
from story import fuels

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
ACROSS = (70, 119)  # the ends of both axes
UP = (270, 750)
BILLS = (40, 60)  # billions of dollars: a curve of all weights and prices of each
LOOKS = (("ink", "label"), ("muted", "text"))  # of the larger change, the smaller
HEIGHT = 440
LINE = 17  # pixels from a line of text to the next


class _Place(NamedTuple):
    """Where a text stands: how it is aligned to a point, and its pixels to the right
    of it and down.
    """

    align: str
    right: int
    down: int


# what changed on the way to a year, from the middle of that way
WAYS = {
    2021: _Place("left", 14, 10),
    2022: _Place("left", 16, 2),
    2023: _Place("left", 6, -36),
}
# the names of years, from their dots
NAMES = {
    2020: _Place("left", 11, 4),
    2021: _Place("right", -12, 4),
    2022: _Place("right", -10, -10),
    2023: _Place("right", -6, 16),
}
NAMED = _Place("left", 10, -6)  # that of any later year


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

    def draw_at_size(size: Size) -> Chart:
        layers = [*_draw_curves(words, language, axes), *_draw_ends(words, axes)]
        layers += [*_draw_way(dots, axes), *_draw_changes(changes, axes)]
        return finish_chart(layers, size, HEIGHT, axes)

    return figures.make_plot(draw_at_size)


def _make_scale(ends: Sequence[float]) -> alt.Scale:
    return alt.Scale(domain=[*ends], nice=False)


def _make_axis(names: Mapping[int, str]) -> alt.Axis:
    expression = write_label_expression(names)
    return alt.Axis(values=[*names], labelExpr=expression, title=None, grid=False)


def _place_changes(figures: ChartData, dots: pd.DataFrame) -> pd.DataFrame:
    """Return the changes of weight and of price in words, in the middle of the way to
    each year, the larger one in its line 0.
    """
    before = dots.shift()
    tonnes = (dots["tonnes"] + before["tonnes"]) / 2
    middles = pd.DataFrame(
        {
            "at": dots["at"],
            "tonnes": tonnes,
            "price": (dots["price"] + before["price"]) / 2,
        }
    )
    told = list[pd.DataFrame]()
    for column in CHANGES:
        frame = figures.frames[column]
        say = figures.words[column]
        texts = [say.fill(value=text) for text in frame["text"]]
        told.append(frame.assign(text=texts, size=frame["value"].abs()))
    largest_first = pd.concat(told).sort_values("size", ascending=False)
    line = largest_first.groupby("at").cumcount()
    return middles.merge(largest_first.assign(line=line), on="at")


def _draw_curves(
    words: Words, language: ChartLanguage, axes: Axes
) -> Iterator[alt.Chart]:
    """Yield a curve for each bill, named below its end."""
    first, last = ACROSS
    weights = range(first, last + 1)
    low, high = UP
    for bill in BILLS:
        prices = [1000 * bill / weight for weight in weights]
        every = pd.DataFrame({"tonnes": weights, "price": prices})
        curve = every[every["price"].between(low, high)]
        yield draw_marks("line", curve, *axes, ink="context", size=1)
        name = words["bill"].fill(value=language.number(bill))
        end = curve.tail(1).assign(text=name)
        yield draw_texts(end, *axes, "muted", align="right", dy=14)


def _draw_ends(words: Words, axes: Axes) -> Iterator[alt.Chart]:
    """Yield what lies upwards and to the right, at the ends of the axes."""
    first, last = ACROSS
    low, high = UP
    up = pd.DataFrame({"tonnes": [first], "price": [high], "text": [words["dearer"]]})
    yield draw_texts(up, *axes, "ink", align="left", dx=6, style="label")
    right = pd.DataFrame({"tonnes": [last], "price": [low], "text": [words["more"]]})
    yield draw_texts(right, *axes, "ink", align="right", dy=-10, style="label")


def _draw_way(dots: pd.DataFrame, axes: Axes) -> Iterator[alt.Chart]:
    """Yield the way from year to year, its dots, and their names."""
    order = alt.Order("year:Q")
    yield draw_marks("line", dots, *axes, order, ink="import", size=4)
    described = (*axes, describe_marks())
    yield draw_marks("circle", dots, *described, ink="import", size=130, opacity=1)
    for year in dots["at"]:
        align, right, down = NAMES.get(year, NAMED)
        style: MarkProperties = {"align": align, "dx": right, "dy": down}
        named = dots[dots["at"] == year].assign(text=f"{year}")
        yield draw_texts(named, *axes, "import", style="label", **style)


def _draw_changes(changes: pd.DataFrame, axes: Axes) -> Iterator[alt.Chart]:
    """Yield what changed on the way to the years that the title is about."""
    for year, (align, right, down) in WAYS.items():
        own = changes[changes["at"] == year]
        for line, (ink, look) in enumerate(LOOKS):
            style: MarkProperties = {"align": align, "dx": right, "style": look}
            style["dy"] = down + LINE * line
            told = own[own["line"] == line]
            yield draw_texts(told, *axes, ink, **style).encode(describe_marks())
