"""Thick lines from a year to another, told at both ends.

All take a frame of ends, with the fields of ``make_frame`` and others: ``order``, 0 or
1; ``ink``; ``is_calculated``; and, of the second year, ``name`` and ``change``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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

# pixels
SIDE = 14  # between a dot and its text
THICK = 9
DOT = 200  # an area
HEAD = 8  # from the top to the names of the years
# of text beside a dot of the second year: the fields of lines, and pixels down to each
LINES = {"name": -17, "text": 0, "change": 17}


def draw_years(names: Iterable[int], axes: Axes) -> Iterator[alt.Chart]:
    """Yield an upright line for each of two years, and its name at the top."""
    texts = [f"{name}" for name in names]
    years = pd.DataFrame({"order": [0, 1], "text": texts})
    foot = years.assign(value=0)
    yield draw_marks("rule", foot, *axes, alt.Y2Value(2 * HEAD), ink="context")
    named = (axes.x, alt.YValue(HEAD), alt.Text("text:N"))
    yield draw_marks("text", years, *named, ink="muted", style="label")


def draw_ways(ends: pd.DataFrame, axes: Axes) -> Iterator[alt.Chart]:
    """Yield a thick line for each of the goods, and its dots, open if calculated."""
    described = (*axes, describe_marks())
    for ink, own in ends.groupby("ink", sort=False):
        joined = (*axes, alt.Detail("at:N"))
        yield draw_marks("line", own, *joined, ink=f"{ink}", size=THICK)
        for is_open, dots in own.groupby("is_calculated"):
            inside = "paper" if is_open else f"{ink}"
            style: MarkProperties = {"size": DOT, "opacity": 1, "strokeWidth": 3}
            style["fill"] = get_colour_variable(inside)
            style["stroke"] = get_colour_variable(f"{ink}")
            yield draw_marks("circle", dots, *described, **style)


def draw_labels(ends: pd.DataFrame, axes: Axes) -> Iterator[alt.Chart]:
    """Yield the texts of both years, beside their dots."""
    for ink, own in ends.groupby("ink", sort=False):
        is_after = own["order"] == 1
        left: MarkProperties = {"align": "right", "dx": -SIDE, "style": "label"}
        yield draw_texts(own[~is_after], *axes, f"{ink}", **left)
        after = own[is_after]
        for field, down in LINES.items():
            told = after.assign(text=after[field])
            right: MarkProperties = {"align": "left", "dx": SIDE, "dy": down}
            yield draw_texts(told, *axes, f"{ink}", style="label", **right)
