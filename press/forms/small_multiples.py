"""Small multiples: a small drawing for each kind over time, all on the same scale."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms.axes import Axes, make_hidden_axis
from press.forms.chart_data import ChartData
from press.forms.layers import LayeredChart, finish_chart
from press.forms.marks import (
    MarkProperties,
    draw_legend,
    draw_line,
    draw_marks,
    draw_texts,
    measure_widest_label,
)

COLUMNS = {"wide": 3, "narrow": 2}  # of panels, at most
DOT = 14  # the area of a dot, in pixels
# in pixels
HEIGHT = 120  # of a line, from the lowest amount of all kinds to the highest
ABOVE = 34  # for the name of a kind, above the highest amount
BELOW = 36  # for the first time and the last, below the lowest
BETWEEN = 24  # from a panel to the next
SIDE = 8  # from the end of a line to its newest amount
LEGEND = 24  # a line of it
NAME = 12  # from the top of a panel to the middle of its name
TIME = 14  # from the foot of a line down to the middle of a time


class _Panel(NamedTuple):
    """Where a panel lies: its left edge and the place of the amount 0, in pixels from
    the left edge and from the foot of the whole; how many pixels a year has, and an
    amount of 1; the first time, as on an axis of years.
    """

    left: float
    zero: float
    pixels_per_year: float
    pixels_per_amount: float
    first: float

    def place_frame(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a frame with ``year`` and ``value`` in pixels."""
        across = self.left + (frame["year"] - self.first) * self.pixels_per_year
        up = self.zero + frame["value"] * self.pixels_per_amount
        return frame.assign(year=across, value=up)


def draw_small_multiples(figures: ChartData) -> Plot:
    """Draw a small line for each kind beside and below each other, all on one scale
    that has 0, each with its name above and its newest amount at its end.

    Open dots are derived figures: the words ``derived`` say so, and ``gap`` what dotted
    lines are. Raises ``ToldError`` for things where times are expected.
    """
    every = figures.combine_drawn_frames()
    kinds = [*figures.frames_of_drawn_kinds]
    signs = figures.find_legend_words_by_sign()

    def draw_at_size(size: Size) -> LayeredChart:
        columns = min(COLUMNS[size.name], len(kinds))
        rows = ceil(len(kinds) / columns)
        height = rows * (ABOVE + HEIGHT + BELOW) + LEGEND * len(signs)
        axes = Axes(
            make_hidden_axis(alt.X, "year", 0, size.width),
            make_hidden_axis(alt.Y, "value", 0, height),
        )
        layers = [*draw_legend(signs, size)]
        for kind, panel in zip(
            kinds, _lay_out_panels(every, columns, height, size), strict=True
        ):
            layers += _draw_panel(figures, kind, every, panel, axes)
        return finish_chart(layers, size, height)

    return figures.make_plot(draw_at_size)


def _lay_out_panels(
    every: pd.DataFrame, columns: int, height: float, size: Size
) -> Iterator[_Panel]:
    """Yield the panel of each kind, from left to right and from top to bottom."""
    low = min(0, every["low"].min())
    high = every["high"].max()
    per_amount = HEIGHT / (high - low or 1)
    first = every["year"].min()
    years = every["year"].max() - first
    width = (size.width + BETWEEN) / columns
    room = measure_widest_label(every["text"], size) + SIDE + BETWEEN
    per_year = (width - room) / (years or 1)
    for number in range(every["kind"].nunique()):
        row, column = divmod(number, columns)
        top = height - row * (ABOVE + HEIGHT + BELOW)
        foot = top - ABOVE - HEIGHT
        yield _Panel(
            column * width, foot - low * per_amount, per_year, per_amount, first
        )


def _draw_panel(
    figures: ChartData, kind: str, every: pd.DataFrame, panel: _Panel, axes: Axes
) -> Iterator[alt.Chart]:
    """Yield the line of a kind on its line of zero, its name, its newest amount, and
    the first time and the last of ``every`` figure.
    """
    ink = figures.kinds[kind].ink
    frame = figures.frames[kind]
    placed = panel.place_frame(frame)
    ends = every.sort_values("year").iloc[[0, -1]]
    feet = panel.place_frame(ends.assign(value=0))
    begin = feet.head(1).assign(end=feet["year"].iloc[-1])
    yield draw_marks("rule", begin, *axes, alt.X2("end"), ink="context")
    yield from draw_line(placed, axes, ink, DOT)
    newest = placed.tail(1)
    left: MarkProperties = {"align": "left"}
    yield draw_texts(newest, *axes, ink, style="label", dx=SIDE, **left)
    above = panel.zero + every["high"].max() * panel.pixels_per_amount + ABOVE
    name = begin.assign(value=above, text=figures.words[kind])
    yield draw_texts(name, *axes, ink, style="label", dy=NAME, **left)
    low = panel.place_frame(ends.assign(value=min(0, every["low"].min())))
    dates = [figures.language.date(f"{at}", short=True) for at in ends["at"]]
    told = low.assign(text=dates)
    yield draw_texts(told.head(1), *axes, "muted", dy=TIME, **left)
    yield draw_texts(told.tail(1), *axes, "muted", dy=TIME, align="right")
