"""Changes, drawn: a thick line for each, all from one dot, with the change in large
letters at its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Size
from press.forms import (
    Axes,
    LayeredChart,
    MarkProperties,
    choose_ticks_within,
    describe_marks,
    draw_marks,
    draw_texts,
    draw_zero_line,
    extend_scale_by_pixels,
    finish_chart,
    make_axis_of_amounts,
    make_hidden_axis,
    measure_widest_label,
    measure_widest_text,
)
from story.charts.headline import ROOM, draw_headline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content import ChartLanguage, Words

TICK = 50  # percent, from a tick to the next
LETTERS = {"wide": 45, "narrow": 32}  # of the changes, in pixels
HEIGHT = {"wide": 530, "narrow": 460}
# pixels
AXIS = 40  # of the height
SCALE = 44  # of the width, for the labels of the axis
SIDE = 16  # between a dot and what is written beside it
LEFT = 46  # of the first dot, for its year
THICK = 10
DOT = 260  # an area
LINE = 9  # from the room that letters take to the middle of a name
BEGIN = 14  # from the first dot to its year, leftwards and up


def draw_changes(
    ends: pd.DataFrame, words: Words, language: ChartLanguage, size: Size
) -> LayeredChart:
    """Draw a line for each row, with room on the right for what is told of it.

    ``ends`` has the fields of ``make_frame``, ``ink``, and the texts ``text``, ``name``
    and ``amounts``.
    """
    letters = LETTERS[size.name]
    room = letters * ROOM / 2 + 2 * LINE
    height = HEIGHT[size.name]
    low, high = ends["value"].min(), ends["value"].max()
    scale = extend_scale_by_pixels(low, high, height - AXIS, room, room)
    foot, top = scale
    ticks = choose_ticks_within(low, high, step=TICK)
    y = make_axis_of_amounts(
        ticks, language, foot=foot, top=top, unit="%", signed=True, grid=False
    )
    lines = [*ends["name"], *ends["amounts"]]
    widest = max(
        measure_widest_label(lines, size), measure_widest_text(ends["text"], letters)
    )
    across = extend_scale_by_pixels(0, 1, size.width - SCALE, LEFT, widest + 2 * SIDE)
    axes = Axes(make_hidden_axis(alt.X, "order", *across), y)
    layers = [draw_zero_line(axes)]
    for ink, own in ends.groupby("ink", sort=False):
        layers += _draw_lines(own, axes, f"{ink}")
        layers += _draw_labels(own, axes, f"{ink}", letters)
    layers += _draw_beginning(words, axes)
    return finish_chart(layers, size, height, axes)


def _draw_lines(own: pd.DataFrame, axes: Axes, ink: str) -> Iterator[alt.Chart]:
    """Yield a line to each change, from none the year before, and its dot."""
    begin = own.assign(order=0, value=0)
    both = pd.concat([begin, own])
    joined = (*axes, alt.Detail("at:N"))
    yield draw_marks("line", both, *joined, ink=ink, size=THICK, strokeCap="round")
    described = (*axes, describe_marks())
    yield draw_marks("circle", own, *described, ink=ink, size=DOT, opacity=1)


def _draw_labels(
    own: pd.DataFrame, axes: Axes, ink: str, letters: int
) -> Iterator[alt.Chart]:
    """Yield each change in large letters, the name of the goods above it, and what they
    came to below.
    """
    beside: MarkProperties = {"align": "left", "dx": SIDE}
    yield draw_headline(own, axes, ink, letters, **beside)
    far = letters * ROOM / 2 + LINE
    named = own.assign(text=own["name"])
    yield draw_texts(named, *axes, ink, dy=-far, style="label", **beside)
    told = own.assign(text=own["amounts"])
    yield draw_texts(told, *axes, "muted", dy=far, **beside)


def _draw_beginning(words: Words, axes: Axes) -> Iterator[alt.Chart]:
    """Yield the dot from which all lines come, and what it stands for."""
    begin = pd.DataFrame({"order": [0], "value": [0], "text": [words["begin"]]})
    yield draw_marks("circle", begin, *axes, ink="ink", size=DOT, opacity=1)
    left: MarkProperties = {"align": "right", "dx": -BEGIN, "dy": -BEGIN}
    yield draw_texts(begin, *axes, "ink", style="label", **left)
