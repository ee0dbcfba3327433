"""What China pays Russia for four fuels, laid on each other."""

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
    MarkProperties,
    choose_ticks_within,
    choose_years,
    describe_marks,
    draw_marks,
    draw_texts,
    extend_scale_by_pixels,
    finish_chart,
    get_colour_variable,
    make_axis_of_amounts,
    make_axis_of_years,
    measure_widest_label,
)
from story.charts.headline import draw_headline
from story.charts.war import war
from story.fuels import energy, four_fuels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content import ChartLanguage, Words
    from press.data import Data

# the four on each other, from zero up: how much of their colour fills each
FILLS = {"crude_oil": 1.0, "coal": 0.65, "lng": 0.4, "oil_products": 0.2}
INK = "import"
FIRST = 2017
MOST_YEARS = {"wide": 9, "narrow": 3}  # that are named
TICK = 20  # billions of dollars, from a tick to the next
HEIGHT = 460
ROOM = 100  # pixels of the height for the axis and above
LETTERS = {"wide": 56, "narrow": 32}  # of the last sum, in pixels
SCALE = 30  # pixels of the width for the labels of amounts
BAR = 0.7  # of a year
BEFORE = 1  # years on the left, for the word of the war on a phone
SIDE = 6  # pixels from a bar to its name


def what_russia_sells(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Draw what China paid Russia for crude oil, coal, liquefied gas and oil products
    as bars on each other, of years that have all four.
    """
    kinds = dict[str, FiguresOfKind]()
    for fuel in FILLS:
        items = energy.series(data, fuel)
        kinds[fuel] = FiguresOfKind(items, f"{fuel}_usd_billion", INK)
    kinds["together"] = FiguresOfKind(four_fuels.series(data), "together_usd_billion")
    figures = ChartData.from_kinds(kinds, words, language, since=FIRST)
    parts = _stack_parts(figures)
    last = parts["year"].max()
    names = parts[parts["year"] == last]
    sums = figures.frames["together"]
    high = sums["value"].max()
    last_sum = sums.tail(1)
    amounts = [words["sum"].fill(value=text) for text in last_sum["text"]]
    last_sum = last_sum.assign(text=amounts)

    def draw_at_size(size: Size) -> LayeredChart:
        right = measure_widest_label(names["named"], size)
        axes = _make_axes(parts, right, language, size)
        first, end = axes.x["scale"]["domain"]
        bar = BAR * (size.width - SCALE) / (end - first)
        below = (0, high * 0.94)  # the line ends below the sum of the last bar
        layers = [*war(words, axes, high * 0.9, below), *_draw_bars(parts, axes, bar)]
        layers += _draw_names(names, axes, bar)
        letters = LETTERS[size.name]
        corner: MarkProperties = {"align": "right", "dx": bar / 2, "dy": -letters / 2}
        layers.append(draw_headline(last_sum, axes, INK, letters, **corner))
        return finish_chart(layers, size, HEIGHT, axes)

    return figures.make_plot(draw_at_size)


def _stack_parts(figures: ChartData) -> pd.DataFrame:
    """Return the four fuels of years that have all, each from ``foot`` to ``value``,
    and as they are ``named``.
    """
    years = figures.frames["together"]["year"]
    parts = list[pd.DataFrame]()
    feet = pd.Series(0.0, index=years)
    for fuel in FILLS:
        frame = figures.frames[fuel].set_index("year").loc[years]
        ends = feet + frame["value"]
        named = figures.words[fuel] + " " + frame["text"]
        part = frame.assign(kind=fuel, named=named, foot=feet, value=ends)
        parts.append(part.reset_index())
        feet = ends
    return pd.concat(parts)


def _make_axes(
    parts: pd.DataFrame, right: float, language: ChartLanguage, size: Size
) -> Axes:
    """Return axes with so many pixels on the right of the last year."""
    years = parts["at"]
    first = years.min()
    last = years.max()
    pitch = (size.width - SCALE - right) / (last - first + 1.5)
    end = last + 0.5 + right / pitch
    named = choose_years(first, last, MOST_YEARS[size.name])
    _, top = extend_scale_by_pixels(0, parts["value"].max(), HEIGHT, 0, ROOM)
    ticks = choose_ticks_within(0, top, step=TICK)
    y = make_axis_of_amounts(ticks, language, top=top)
    return Axes(make_axis_of_years(first - BEFORE, end, named), y)


def _draw_bars(parts: pd.DataFrame, axes: Axes, bar: float) -> Iterator[alt.Chart]:
    """Yield the bars of each fuel."""
    colour = get_colour_variable(INK)
    style: MarkProperties = {"orient": "vertical", "size": bar, "stroke": colour}
    channels = (*axes, alt.Y2("foot"), describe_marks())
    for fuel, fill in FILLS.items():
        own = parts[parts["kind"] == fuel]
        yield draw_marks("bar", own, *channels, ink=INK, fillOpacity=fill, **style)


def _draw_names(names: pd.DataFrame, axes: Axes, bar: float) -> Iterator[alt.Chart]:
    """Yield what the parts of the last bars are, beside their middles."""
    middles = names.assign(value=(names["value"] + names["foot"]) / 2)
    told = middles.assign(text=names["named"])
    yield draw_texts(told, *axes, INK, align="left", dx=bar / 2 + SIDE)
