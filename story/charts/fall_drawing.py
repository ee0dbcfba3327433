"""Changes, drawn: a bar for each, as wide as what changed, as high as its change."""

from __future__ import annotations

from itertools import accumulate
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
    get_colour_variable,
    make_axis_of_amounts,
    make_hidden_axis,
)
from story.charts.headline import ROOM, draw_headline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content import ChartLanguage, Words

TICK = 20  # percent, from a tick to the next
LETTERS = {"wide": 45, "narrow": 32}  # of the changes, in pixels
HEIGHT = {"wide": 500, "narrow": 440}
REST = 0.45  # of the colour of all else, how much fills its bar
BETWEEN = 14  # billions of dollars, before what each country sold
# pixels
TOP = 56  # for the names of both countries, above the highest change
FOOT = 10
NAME = 11  # from the line of no change to the middle of a name


def draw_changes(
    bars: pd.DataFrame, words: Words, language: ChartLanguage, size: Size
) -> LayeredChart:
    """Draw the bars side by side, those of each country together below its name.

    ``bars`` has the fields of ``make_frame``, ``size`` in billions of dollars,
    ``flow``, and the texts ``text`` and ``name``; all else follows the goods that it is
    without.
    """
    placed = _place_bars(bars)
    letters = LETTERS[size.name]
    room = letters * ROOM
    low, high = placed["value"].min(), placed["value"].max()
    height = HEIGHT[size.name]
    foot, top = extend_scale_by_pixels(low, high, height, room + FOOT, room + TOP)
    ticks = choose_ticks_within(low, high, step=TICK)
    y = make_axis_of_amounts(ticks, language, foot=foot, top=top, unit="%", signed=True)
    last = placed["right"].max()
    axes = Axes(make_hidden_axis(alt.X, "left", -BETWEEN, last), y)
    layers = [*_draw_bars(placed, axes), draw_zero_line(axes)]
    for flow, own in placed.groupby("flow", sort=False):
        layers += _draw_labels(own, axes, f"{flow}", letters)
        named = own.head(1).assign(value=top, text=words[f"sold_{flow}"])
        left: MarkProperties = {"align": "left", "style": "label", "dy": NAME}
        layers.append(draw_texts(named, *axes, f"{flow}", **left))
    return finish_chart(layers, size, height, axes)


def _place_bars(bars: pd.DataFrame) -> pd.DataFrame:
    """Return the bars with their edges ``left`` and ``right``, and their ``middle``, in
    billions of dollars.
    """
    is_other_country = bars["flow"] != bars["flow"].iloc[0]
    ends = pd.Series([*accumulate(bars["size"])], index=bars.index)
    right = ends + BETWEEN * is_other_country
    left = right - bars["size"]
    return bars.assign(right=right, left=left, middle=(left + right) / 2)


def _draw_bars(placed: pd.DataFrame, axes: Axes) -> Iterator[alt.Chart]:
    """Yield the bars: first goods in their full colour, all else paler."""
    corners = (*axes, alt.X2("right"), alt.Y2("zero"), describe_marks())
    is_rest = placed["flow"].duplicated()
    for rest, fill in ((False, 1), (True, REST)):
        for flow, own in placed[is_rest == rest].groupby("flow", sort=False):
            edge: MarkProperties = {"stroke": get_colour_variable(f"{flow}")}
            edge["fillOpacity"] = fill
            yield draw_marks(
                "rect", own.assign(zero=0), *corners, ink=f"{flow}", **edge
            )


def _draw_labels(
    own: pd.DataFrame, axes: Axes, ink: str, letters: int
) -> Iterator[alt.Chart]:
    """Yield each change in large letters beyond the end of its bar, and its name on the
    other side of the line of no change.
    """
    rises = own["value"] > 0
    middle: MarkProperties = {"align": "center"}
    for bars, up in ((own[rises], -1), (own[~rises], 1)):
        at = bars.assign(left=bars["middle"])
        far = letters * ROOM / 2
        yield draw_headline(at, axes, ink, letters, dy=up * far, **middle)
        named = at.assign(value=0, text=bars["name"])
        yield draw_texts(named, *axes, "ink", dy=-up * NAME, **middle)
