"""Promises and outturns, drawn: the line of trade, and on it each goal as a bar with
its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Size
from press.forms import (
    Axes,
    LayeredChart,
    MarkProperties,
    choose_ticks_within,
    describe_marks,
    draw_legend,
    draw_line,
    draw_marks,
    draw_texts,
    extend_scale_by_pixels,
    finish_chart,
    make_axis_of_amounts,
    make_axis_of_years,
    measure_widest_text,
)
from story.charts.headline import ROOM, draw_headline
from story.charts.promises_rows import draw_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content import ChartLanguage, Words

SINCE = 1999  # the year before the first deadline
# in pixels
HEIGHT = 510
AXES = 40  # what axes take of the width, and of the height
ABOVE = 24  # free above the highest total
LETTERS = 32  # of how late or early a goal was reached, where there is room
BAR = 12  # the thickness of a bar
INSIDE = 7  # of what is hollow in a bar that was early
TICK = 26  # the height of the tick at a deadline
BESIDE = 10  # from a bar to its name
LINE = 9  # from the middle of a name to the room of large letters


class PromisesDrawing(NamedTuple):
    """Yearly totals and goals, and with what they are told."""

    trade: pd.DataFrame
    goals: pd.DataFrame
    words: Words
    language: ChartLanguage

    def draw_at_size(self, size: Size) -> LayeredChart:
        """Return the chart of a size; a narrow one has a row for each goal."""
        trade = self.trade.assign(text=self.words["trade"])
        if size.name == "narrow":
            return draw_rows(self.goals, trade, self.words["derived"], size)
        axes = self._make_axes(size)
        end = trade.tail(1)
        layers = [
            *draw_line(self.trade, axes, "context", 20, size=2),
            *_draw_bars(self.goals, axes),
            *_draw_names(self.goals, axes, size),
            draw_texts(end, *axes, "muted", align="left", dx=BESIDE, style="label"),
            *draw_legend({"open": self.words["derived"]}, size),
        ]
        return finish_chart(layers, size, HEIGHT, axes)

    def _make_axes(self, size: Size) -> Axes:
        """Return the axes, with room around the line."""
        last = int(self.trade["year"].max())
        high = self.trade["value"].max()
        after_last = measure_widest_text(self.goals["late"], _choose_letters(size))
        room = after_last + BESIDE
        _, right = extend_scale_by_pixels(SINCE, last, size.width - AXES, 0, room)
        below = _choose_letters(size) + LINE  # what is told of the first goal
        foot, top = extend_scale_by_pixels(0, high, HEIGHT - AXES, below, ABOVE)
        named = range(SINCE + 1, last + 1, 5)
        ticks = choose_ticks_within(0, high)
        return Axes(
            make_axis_of_years(SINCE, right, named),
            make_axis_of_amounts(ticks, self.language, foot=foot, top=top, grid=False),
        )


def _draw_bars(goals: pd.DataFrame, axes: Axes) -> Iterator[alt.Chart]:
    """Yield a bar from each deadline to the year that came to the goal, hollow where
    that was before; a tick at the deadline, and a range upright.
    """
    early = goals[goals["reached"] < goals["year"]]
    ranges = goals[goals["high"] > goals["low"]]
    reached = alt.X2("reached")
    low = goals.assign(value=goals["low"])
    yield draw_marks("rule", low, *axes, reached, ink="accent", size=BAR)
    yield draw_marks("rule", early, *axes, reached, ink="paper", size=INSIDE)
    span = ranges.assign(value=ranges["low"])
    yield draw_marks("rule", span, *axes, alt.Y2("high"), ink="ink", size=3)
    tick: MarkProperties = {
        "orient": "vertical",
        "thickness": 3,
        "size": TICK,
        "opacity": 1,
    }
    yield draw_marks("tick", low, *axes, describe_marks(), ink="ink", **tick)


def _draw_names(goals: pd.DataFrame, axes: Axes, size: Size) -> Iterator[alt.Chart]:
    """Yield the name of each goal, and below it how late or early it was reached."""
    end = goals[["year", "reached"]].max(axis="columns")
    right = goals.assign(year=end, value=goals["low"])
    left = goals.assign(value=goals["low"])
    placed = (
        (right[~goals["left"]], "left", BESIDE),
        (left[goals["left"]], "right", -BESIDE),
    )
    letters = _choose_letters(size)
    below = BAR + LINE + letters * ROOM / 2
    for own, align, across in placed:
        beside: MarkProperties = {"align": align, "dx": across}
        yield draw_texts(own, *axes, "ink", dy=BAR, **beside)
        delay = own.assign(text=own["late"])
        yield draw_headline(delay, axes, "accent", letters, dy=below, **beside)


def _choose_letters(size: Size) -> int:
    """Return how large it is told how late or early a goal was reached, in pixels."""
    return LETTERS if size.full else size.large
