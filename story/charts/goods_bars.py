"""A bar of what was added to all exports, with what was added of some goods in it."""

from __future__ import annotations

from collections.abc import Iterator
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
from story.charts.headline import ROOM, draw_headline

if TYPE_CHECKING:
    from press.figures import Size

# pixels
BAR = 64
LETTERS = {"wide": 45, "narrow": 32}  # of what was added
BRACKET = 6  # from a bar to the line above it
INSET = 14  # of that line, on the left: an amount may end there
NAME = 20  # from the end of a bar up to a text
LINE = 22  # from a line of text to the next
LETTER = 8  # from the room that letters take to the middle of a name


def draw_whole(
    whole: pd.DataFrame, parts: pd.DataFrame, axes: Axes, size: Size
) -> Iterator[alt.Chart]:
    """Yield the bar of all exports; above its right end what else there is in it, and
    above all, on the left, its name.

    ``whole`` has one row, with the fields of ``make_frame`` and the texts ``name`` and
    ``rest``. That lies below a line, on the right of the ``parts``, whose values lie
    end to end.
    """
    yield _draw_bar(whole.assign(foot=0), axes, "context")
    up = BAR / 2 + NAME
    right: MarkProperties = {"align": "right"}
    *_, begin = accumulate(parts["value"])
    rest = whole.assign(text=whole["rest"], foot=begin)
    bracket: MarkProperties = {"yOffset": -BAR / 2 - BRACKET, "size": 2}
    bracket["x2Offset"] = INSET
    yield draw_marks("rule", rest, *axes, alt.X2("foot"), ink="muted", **bracket)
    yield draw_texts(rest, *axes, "muted", dy=-up, **right)
    over = BAR / 2 + LETTERS[size.name] * ROOM + LETTER + LINE
    named = whole.assign(value=0, text=whole["name"])
    yield draw_texts(named, *axes, "ink", align="left", style="label", dy=-over)


def draw_parts(parts: pd.DataFrame, axes: Axes, size: Size) -> Iterator[alt.Chart]:
    """Yield bars of some goods, end to end in that of the whole, and above each its
    name and what was added.

    ``parts`` has the fields of ``make_frame`` and the text ``name``.
    """
    ends = [*accumulate(parts["value"])]
    placed = parts.assign(value=ends, foot=ends - parts["value"])
    yield _draw_bar(placed, axes, "export", describe_marks())
    begin = placed.assign(value=placed["foot"])
    letters = LETTERS[size.name]
    left: MarkProperties = {"align": "left"}
    amount = BAR / 2 + letters * ROOM / 2
    yield draw_headline(begin, axes, "export", letters, dy=-amount, **left)
    name = amount + letters * ROOM / 2 + LETTER
    named = begin.assign(text=begin["name"])
    yield draw_texts(named, *axes, "export", style="label", dy=-name, **left)


def _draw_bar(
    bars: pd.DataFrame, axes: Axes, ink: str, *channels: alt.SchemaBase
) -> alt.Chart:
    """Draw bars, each from its ``foot`` to its value."""
    style: MarkProperties = {"orient": "horizontal", "size": BAR, "strokeWidth": 2}
    style["stroke"] = get_colour_variable("paper")
    return draw_marks("bar", bars, *axes, alt.X2("foot"), *channels, ink=ink, **style)
