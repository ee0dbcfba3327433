"""What was added to China's exports to Russia: all of it, and by goods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from press.figures import Plot, Size
from press.forms import (
    Axes,
    ChartData,
    FiguresOfKind,
    LayeredChart,
    finish_chart,
    format_label_expression,
    make_hidden_axis,
)
from press.ground.grid import Cell
from story import measures
from story.charts.goods_bars import draw_parts, draw_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.quantity import Quantity

KNOWN = (2018, 2021, 2023, 2024)  # the years of which goods are known
BEFORE = 2021
AFTER = 2023
ALL = "all"
VEHICLES = "87"
GROWN = (VEHICLES, "84")  # and machinery: what the title is about
# in pixels
MIDDLE = 140  # of the bar, from the top
HEIGHT = 178
FOOT = 34  # for the axis
TICKS = (0, 20, 40)


def what_china_sells(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Draw by how much vehicles and machinery rose, in a bar of the rise of all
    exports.
    """
    by_year = {year: _find_levels(data, year) for year in KNOWN}
    numbers = [number for number in by_year[AFTER] if number != ALL]
    column = f"change_{BEFORE}_to_{AFTER}_usd_billion"
    changes = _find_changes(data, numbers)
    kinds = {"change": FiguresOfKind(changes, column, "export", signed=True)}
    for year, items in by_year.items():
        kinds[f"{year}"] = FiguresOfKind(items, f"exports_{year}_usd_billion")
    names = {key: str(words[f"chapter_{key}"]) for key in (ALL, *numbers)}

    def make_head(key: str) -> Cell:
        return Cell(names[key], key)

    figures = ChartData.from_kinds(kinds, words, language, "hs_chapter", make_head)
    bars = figures.frames["change"].set_index("at").assign(middle=MIDDLE)
    bars["name"] = [names[key] for key in bars.index]
    bars["rest"] = words["rest"]
    whole = bars.loc[[ALL]]
    parts = bars.loc[[*GROWN]]
    name = words["whole"].fill(name=names[ALL], amount=whole["text"].item())
    whole["name"] = f"{name}"
    names_of_ticks = {tick: f"{tick}" for tick in TICKS}
    expression = format_label_expression(names_of_ticks)
    axis = alt.Axis(values=TICKS, labelExpr=expression, title=None, grid=False)
    scale = alt.Scale(domain=[0, bars["value"].max()], nice=False)

    def draw_at_size(size: Size) -> LayeredChart:
        x = alt.X("value:Q", scale=scale, axis=axis)
        axes = Axes(x, make_hidden_axis(alt.Y, "middle", HEIGHT, 0))
        layers = [*draw_whole(whole, parts, axes, size)]
        layers += draw_parts(parts, axes, size)
        return finish_chart(layers, size, HEIGHT + FOOT, axes)

    return figures.make_plot(draw_at_size)


def _find_levels(data: Data, year: int) -> dict[Any, Quantity]:
    """Return the exports of a year by chapter, and all of them."""
    total = measures.total.figure(data, year, "export")
    levels: dict[Any, Quantity] = measures.sort_chapters_by_size(data, year, "export")
    return levels | ({ALL: total} if total else {})


def _find_changes(data: Data, numbers: Sequence[str]) -> dict[Any, Quantity | None]:
    """Return by how much exports rose: all of them, the chapters that grew, and each
    other.
    """
    changes: dict[Any, Quantity | None] = dict.fromkeys((ALL, *GROWN))
    changes[ALL] = measures.change.figure(data, BEFORE, AFTER, "export")
    for number in numbers:
        between = (BEFORE, AFTER, "export", number)
        changes[number] = measures.change_of_chapters.figure(data, *between)
    return changes
