"""Bars of what was added: of all exports, with parts of it, and of goods.

All take a frame of bars, with the fields of ``make_frame`` and two others: ``row``, the
pixels from the top to the middle of a bar, and ``ink``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.forms import (
    Axes,
    MarkProperties,
    describe_marks,
    draw_marks,
    draw_texts,
    get_colour_variable,
)

if TYPE_CHECKING:
    from press.content import Words

# pixels
BAR = 26
NAME = -23  # from the middle of a bar to its name, and to what stands below it
BELOW = 24
LINE = 17  # from a line of levels to the next


def draw_bars(bars: pd.DataFrame, axes: Axes) -> Iterator[alt.Chart]:
    """Yield a bar for each row, and above it its name and amount."""
    left = (alt.XValue(0), axes.y, alt.Text("text:N"))
    style: MarkProperties = {"align": "left", "dy": NAME, "style": "label"}
    for ink, own in bars.groupby("ink", sort=False):
        yield _draw_bar(own.assign(foot=0), axes, f"{ink}")
        tone = "ink" if ink == "context" else f"{ink}"
        yield draw_marks("text", own, *left, ink=tone, **style)


def _draw_bar(bars: pd.DataFrame, axes: Axes, ink: str) -> alt.Chart:
    style: MarkProperties = {"orient": "horizontal", "size": BAR}
    style["stroke"] = get_colour_variable("paper")
    channels = (*axes, alt.X2("foot"), describe_marks())
    return draw_marks("bar", bars, *channels, ink=ink, **style)


def draw_parts(
    whole: pd.DataFrame, grown: pd.DataFrame, words: Words, axes: Axes
) -> Iterator[alt.Chart]:
    """Yield bars that have grown once more, end to end in the bar of the whole, and
    what they and the rest are there.
    """
    ends = [*accumulate(grown["value"])]
    parts = grown.assign(
        row=whole["row"].item(), value=ends, foot=ends - grown["value"]
    )
    yield _draw_bar(parts, axes, "export")
    style: MarkProperties = {"align": "right", "dy": BELOW}
    told = parts.tail(1).assign(text=words["both"])
    yield draw_texts(told, *axes, "export", **style)
    rest = whole.assign(text=words["rest"])
    yield draw_texts(rest, *axes, "muted", **style)


def draw_levels(
    bar: pd.DataFrame, levels: Sequence[str], axes: Axes
) -> Iterator[alt.Chart]:
    """Yield lines of text beside a bar, the last in bold."""
    for line, level in enumerate(levels):
        style: MarkProperties = {"align": "left", "dx": 10, "dy": (line - 1) * LINE}
        if line == len(levels) - 1:
            style["style"] = "label"
        yield draw_texts(bar.assign(text=level), *axes, "export", **style)
