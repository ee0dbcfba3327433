"""Promises and outturns on a narrow page: a row for each goal, with a bar from its
deadline to the year that came to it.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.forms import (
    Axes,
    LayeredChart,
    MarkProperties,
    describe_marks,
    draw_legend,
    draw_line,
    draw_marks,
    draw_texts,
    extend_scale_by_pixels,
    finish_chart,
    make_axis_of_years,
    make_hidden_axis,
)
from story.charts.headline import draw_headline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.figures import Size

# in pixels
ROW = 98  # the height of a row
AXIS = 40  # what axes take of the height
SIDE = 14  # before the first year and after the last
BAR = 18  # the thickness of a bar
INSIDE = 12  # of what is hollow in a bar that was early
TICK = 30  # the height of the tick at a deadline
LETTERS = 32  # of how late or early a goal was reached
DELAY = 34  # from the middle of a bar up to that
NAME = 60  # and up to the name of its goal
LINE = 10  # from the top to the middle of the first name
TRADE = 110  # the height of the line of trade
ABOVE = 40  # free above it
DOT = 14  # an area
BETWEEN = 5  # years, from a named one to the next


def draw_rows(
    goals: pd.DataFrame, trade: pd.DataFrame, derived: str, size: Size
) -> LayeredChart:
    """Return the chart of goals, the first due on top, with the line of trade below
    them. A goal of the same sum as the one before has its bar in the same row, and its
    words below.

    Both have the fields of ``make_frame``; ``goals`` also the year ``reached``, and the
    texts ``text``, the name of a goal, and ``late``; trade has its name as ``text``.
    ``derived`` says what its open dots are.
    """
    years = trade["year"]
    first = int(years.min())
    last = int(years.max())
    ends = extend_scale_by_pixels(first, last, size.width, SIDE, SIDE)
    named = range(first + 1, last + 1, BETWEEN)
    is_again = goals["low"] == goals["low"].shift()
    row = pd.Series([*accumulate(~is_again)], index=goals.index) - 1
    height = len(goals) * ROW + TRADE + AXIS
    foot = height - AXIS
    axes = Axes(
        make_axis_of_years(*ends, named), make_hidden_axis(alt.Y, "row", foot, 0)
    )
    rows = goals.assign(
        row=NAME + LINE + row * ROW, side=is_again.map({True: 1, False: -1})
    )
    _, top = extend_scale_by_pixels(0, trade["value"].max(), TRADE, 0, ABOVE)
    line = trade.assign(row=foot - trade["value"] * TRADE / top)
    layers = [*draw_line(line, axes, "context", DOT, size=2)]
    name = line.tail(1)
    layers.append(draw_texts(name, *axes, "muted", align="right", dx=6, dy=-ABOVE / 2))
    layers += draw_legend({"open": derived}, size)
    layers += [*_draw_bars(rows, axes), *_draw_names(rows, axes)]
    return finish_chart(layers, size, height)


def _draw_bars(rows: pd.DataFrame, axes: Axes) -> Iterator[alt.Chart]:
    """Yield a bar from each deadline to the year that came to the goal, hollow where
    that was before, and a tick at the deadline.
    """
    reached = alt.X2("reached")
    early = rows[rows["reached"] < rows["year"]]
    yield draw_marks("rule", rows, *axes, reached, ink="accent", size=BAR)
    yield draw_marks("rule", early, *axes, reached, ink="paper", size=INSIDE)
    tick: MarkProperties = {"thickness": 4, "size": TICK, "opacity": 1}
    upright = (*axes, describe_marks())
    yield draw_marks("tick", rows, *upright, ink="ink", orient="vertical", **tick)


def _draw_names(rows: pd.DataFrame, axes: Axes) -> Iterator[alt.Chart]:
    """Yield the name of each goal and how late or early it was reached, above its bar,
    or below it where its ``side`` is 1: from its left end on, or up to its right one
    where it lies in the right half.
    """
    left = rows[["year", "reached"]].min(axis="columns")
    right = rows[["year", "reached"]].max(axis="columns")
    first, last = axes.x["scale"]["domain"]
    is_early = left < (first + last) / 2
    placed = (
        (rows.assign(year=left)[is_early], "left", -2),
        (rows.assign(year=right)[~is_early], "right", 2),
    )
    for half, align, across in placed:
        beside: MarkProperties = {"align": align, "dx": across}
        for side, own in half.groupby("side"):
            yield draw_texts(own, *axes, "ink", dy=side * NAME, **beside)
            delay = own.assign(text=own["late"])
            down = side * DELAY
            yield draw_headline(delay, axes, "accent", LETTERS, dy=down, **beside)
