"""In what money the two countries pay each other: what officials said, one statement
below the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms import (
    Axes,
    LayeredChart,
    MarkProperties,
    describe_marks,
    draw_marks,
    draw_texts,
    extend_scale_by_pixels,
    finish_chart,
    format_label_expression,
    list_tip_texts,
    make_hidden_axis,
    measure_widest_text,
)
from press.quantity import rows_behind
from story.charts.payments import COLUMN, make_table, read_statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content import ChartLanguage, Words
    from press.data import Data

WAR = "2022-02-24"
LEVELS = (0, 50, 100)  # percent
HALF = 55  # percent: above it a share is told on the left of its dot
# in pixels
ROW = 27
HEAD = 34  # of the drawing, for the names of shares and around all
LOW = 5  # from the line of the war to the foot of its row
SIDE = 8  # between a dot and its share
EDGE = 14  # on the right of the highest share
BETWEEN = 10  # between names and the scale


def in_what_money(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Draw the share of roubles and yuan in settlements that each statement names, the
    earliest on top.
    """
    told = read_statements(data, words, language)
    found = sorted(told, key=lambda each: each.end)
    table = make_table(found, words)
    frame = pd.DataFrame(found)
    frame["value"] = frame["share"].map(lambda share: float(share.value))
    frame["point"] = list_tip_texts(table, range(len(found)), COLUMN)
    # a row is left free for the war
    is_after_war = frame["end"] > WAR
    rows = frame.index + is_after_war + 0.5
    frame["row"] = rows * ROW
    marks = frame.drop(columns=["share"])
    marks["label"] = frame["who"] + " " + frame["when"]
    height = (len(found) + 1) * ROW
    war = [*is_after_war].count(False) * ROW

    def draw_at_size(size: Size) -> LayeredChart:
        left = measure_widest_text(marks["label"], size.text) + BETWEEN
        ends = extend_scale_by_pixels(0, 100, size.width, left, EDGE)
        x = _make_axis_of_shares(ends, words)
        axes = Axes(x, make_hidden_axis(alt.Y, "row", height, 0))
        layers = [*_draw_war(war, words, axes), *_draw_statements(marks, axes)]
        return finish_chart(layers, size, height + HEAD, axes)

    return Plot(draw_at_size, table, rows_behind(each.share for each in found))


def _make_axis_of_shares(ends: tuple[float, float], words: Words) -> alt.X:
    """Return an axis of percent from end to end, with its names above."""
    names = {level: words["percent"].fill(value=level) for level in LEVELS}
    expression = format_label_expression(names)
    axis = alt.Axis(values=LEVELS, labelExpr=expression, orient="top", title=None)
    scale = alt.Scale(domain=[*ends], nice=False)
    return alt.X("value:Q", scale=scale, axis=axis)


def _draw_war(top: float, words: Words, axes: Axes) -> Iterator[alt.Chart]:
    """Yield a line across where Russia invaded Ukraine, in a row of its own, and its
    words on it.
    """
    line = pd.DataFrame({"row": [top + ROW - LOW], "text": [words["war"]]})
    yield draw_marks("rule", line, axes.y, ink="context")
    named = (alt.XValue(0), axes.y, alt.Text("text:N"))
    yield draw_marks("text", line, *named, ink="muted", align="left", dy=-10)


def _draw_statements(frame: pd.DataFrame, axes: Axes) -> Iterator[alt.Chart]:
    """Yield who made each statement and the time that it is about, on the left, its
    dot, and its share on the side that has room.
    """
    named = (alt.XValue(0), axes.y, alt.Text("label:N"))
    yield draw_marks("text", frame, *named, ink="ink", align="left")
    dots = (*axes, describe_marks())
    yield draw_marks("circle", frame, *dots, ink="accent", size=130, opacity=1)
    shares = frame.assign(text=frame["said"])
    is_high = shares["value"] > HALF
    right: MarkProperties = {"align": "left", "dx": SIDE}
    yield draw_texts(shares[~is_high], *axes, "accent", **right)
    left: MarkProperties = {"align": "right", "dx": -SIDE}
    yield draw_texts(shares[is_high], *axes, "accent", **left)
