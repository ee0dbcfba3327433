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
    Chart,
    MarkProperties,
    describe_marks,
    draw_marks,
    draw_texts,
    extend_scale,
    finish_chart,
    make_hidden_axis,
    measure_widest_text,
    tell_points,
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
HEAD = 30  # of the drawing, for the names of levels
LOW = 5  # from the line of the war to the foot of its row
SIDE = 11  # between a dot and its share
EDGE = 22  # on the right of the highest share
BETWEEN = 12  # between columns, and between the last and the scale


def in_what_money(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Draw the share of roubles and yuan in settlements that each statement names, the
    earliest on top.
    """
    told = read_statements(data, words, language)
    found = sorted(told, key=lambda each: each.end)
    table = make_table(found, words)
    frame = pd.DataFrame(found)
    frame["value"] = frame["share"].map(lambda share: float(share.value))
    frame["point"] = tell_points(table, range(len(found)), COLUMN)
    # a row is left free for the war
    is_after_war = frame["end"] > WAR
    rows = frame.index + is_after_war + 0.5
    frame["row"] = HEAD + rows * ROW
    marks = frame.drop(columns=["share"])
    height = HEAD + (len(found) + 1) * ROW
    war = HEAD + [*is_after_war].count(False) * ROW

    def draw_at_size(size: Size) -> Chart:
        column = measure_widest_text(frame["who"], size.text) + BETWEEN
        left = column + measure_widest_text(frame["when"], size.text) + BETWEEN
        scale = extend_scale(0, 100, size.width, left, EDGE)
        x = make_hidden_axis(alt.X, "value", *scale)
        axes = Axes(x, make_hidden_axis(alt.Y, "row", height, 0))
        layers = [*_draw_levels(words, axes), *_draw_war(war, words, axes)]
        layers += _draw_statements(marks, axes, column)
        return finish_chart(layers, size, height, axes)

    return Plot(draw_at_size, table, rows_behind(each.share for each in found))


def _draw_levels(words: Words, axes: Axes) -> Iterator[alt.Chart]:
    """Yield upright lines at some shares, named above."""
    names = [words["percent"].fill(value=level) for level in LEVELS]
    levels = pd.DataFrame({"value": LEVELS, "row": HEAD / 2, "text": names})
    feet = levels.assign(row=HEAD)
    yield draw_marks("rule", feet, *axes, alt.Y2Value("height"), ink="rule")
    yield draw_texts(levels, *axes, "muted")


def _draw_war(top: float, words: Words, axes: Axes) -> Iterator[alt.Chart]:
    """Yield a line across where Russia invaded Ukraine, in a row of its own, and its
    words on it.
    """
    line = pd.DataFrame({"row": [top + ROW - LOW], "text": [words["war"]]})
    yield draw_marks("rule", line, axes.y, ink="context")
    named = (alt.XValue(0), axes.y, alt.Text("text:N"))
    yield draw_marks("text", line, *named, ink="muted", align="left", dy=-10)


def _draw_statements(
    frame: pd.DataFrame, axes: Axes, column: float
) -> Iterator[alt.Chart]:
    """Yield who made each statement and the time that it is about, on the left, its
    dot, and its share on the side that has room.
    """
    who = (alt.XValue(0), axes.y, alt.Text("who:N"))
    yield draw_marks("text", frame, *who, ink="ink", align="left")
    when = (alt.XValue(column), axes.y, alt.Text("when:N"))
    yield draw_marks("text", frame, *when, ink="muted", align="left")
    dots = (*axes, describe_marks())
    yield draw_marks("circle", frame, *dots, ink="accent", size=130, opacity=1)
    shares = frame.assign(text=frame["said"])
    is_high = shares["value"] > HALF
    right: MarkProperties = {"align": "left", "dx": SIDE, "style": "label"}
    yield draw_texts(shares[~is_high], *axes, "accent", **right)
    left: MarkProperties = {"align": "right", "dx": -SIDE, "style": "label"}
    yield draw_texts(shares[is_high], *axes, "accent", **left)
