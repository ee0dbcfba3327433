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
    get_colour_variable,
    list_tip_texts,
    make_hidden_axis,
)
from press.quantity import rows_behind
from story.charts.payments import COLUMN, make_table, read_statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content import ChartLanguage, Words
    from press.data import Data

WAR = "2022-02-24"
LEVELS = (0, 50, 100)  # percent
# in pixels
ROW = 40
BAR = 18
HEAD = 34  # of the drawing, for the names of shares and around all
UP = 19  # from the middle of a bar to that of its words
LOW = 16  # from the line of the war to the foot of its row
EDGE = 14  # beside the bars, for the names of the first and the last level


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
        ends = extend_scale_by_pixels(0, LEVELS[-1], size.width, EDGE, EDGE)
        x = _make_axis_of_shares(ends, words)
        axes = Axes(x, make_hidden_axis(alt.Y, "row", height, 0))
        layers = [*_draw_war(war, words, axes), *_draw_statements(marks, axes)]
        return finish_chart(layers, size, height + HEAD, axes)

    return Plot(draw_at_size, table, rows_behind(each.share for each in found))


def _make_axis_of_shares(ends: tuple[float, float], words: Words) -> alt.X:
    """Return an axis of percent from end to end, with its names above."""
    names = {level: words["percent"].fill(value=level) for level in LEVELS}
    expression = format_label_expression(names)
    axis = alt.Axis(
        values=LEVELS, labelExpr=expression, orient="top", title=None, grid=False
    )
    scale = alt.Scale(domain=[*ends], nice=False)
    return alt.X("value:Q", scale=scale, axis=axis)


def _draw_war(top: float, words: Words, axes: Axes) -> Iterator[alt.Chart]:
    """Yield a line across where Russia invaded Ukraine, in a row of its own, and its
    words on it.
    """
    line = pd.DataFrame({"row": [top + ROW - LOW], "text": [words["war"]]})
    yield draw_marks("rule", line, axes.y, ink="context")
    begin = line.assign(value=0)
    yield draw_texts(begin, *axes, "muted", align="left", dy=-10)


def _draw_statements(frame: pd.DataFrame, axes: Axes) -> Iterator[alt.Chart]:
    """Yield a bar of all settlements for each statement, filled as far as its share;
    above it on the left who made it and the time that it is about, on the right the
    share.
    """
    begin = frame.assign(value=0, begin=0, text=frame["label"])
    end = frame.assign(value=LEVELS[-1], begin=0, text=frame["said"])
    ends = (*axes, alt.X2("begin"))
    bar: MarkProperties = {"orient": "horizontal", "size": BAR}
    open_bar: MarkProperties = {"fill": None, "stroke": get_colour_variable("context")}
    yield draw_marks("bar", end, *ends, **bar, **open_bar)
    shares = frame.assign(begin=0)
    yield draw_marks("bar", shares, *ends, describe_marks(), ink="accent", **bar)
    yield draw_texts(begin, *axes, "ink", align="left", dy=-UP)
    right: MarkProperties = {"align": "right", "style": "label", "dy": -UP}
    yield draw_texts(end, *axes, "accent", **right)
