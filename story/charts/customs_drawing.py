"""Gaps between two counts, drawn: a dot for each direction of a year, joined, and a
stroke for both together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.forms import (
    Axes,
    LayeredChart,
    MarkProperties,
    choose_years,
    describe_marks,
    draw_marks,
    draw_texts,
    draw_zero_line,
    extend_scale_by_pixels,
    finish_chart,
    make_axis_of_years,
)
from story.charts.war import war

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from press.figures import Size
    from press.forms import ChartData

SINCE = 2014
# Putin stated a total of this year that trade was over: the gap is no larger
AT_MOST = 2022
STROKE = 0.22  # of a year, half the length of a stroke
BESIDE = 0.6  # of a year, free before the first year
ROOM = {"wide": 0.8, "narrow": 1.6}  # of a year, free after the last, for its words
MOST_YEARS = {"wide": 12, "narrow": 5}  # that are named
# in pixels
HEIGHT = 400
AXIS = 40  # of the height, for the years and above
ABOVE = 54  # free above the highest dot, for the name of a direction
BELOW = 58  # free below the lowest, for the words of the war
ASIDE = 18  # from the line after the years left out to the name of a direction
NEAR = 14  # from a dot or a stroke to its words
DOT: MarkProperties = {"size": 90, "opacity": 1}
# a label begins where its stroke does, clear of the thin line on its left
BESIDE_STROKE: MarkProperties = {"align": "left", "dx": 2}


def draw_gaps(figures: ChartData, left_out: Sequence[int], size: Size) -> LayeredChart:
    """Draw the gaps of each year, and words where years are left out."""
    words = figures.words
    every = figures.combine_drawn_frames()
    last = int(every["year"].max())
    named = choose_years(SINCE, last, MOST_YEARS[size.name])
    low, high = every["value"].min(), every["value"].max()
    foot, top = extend_scale_by_pixels(low, high, HEIGHT - AXIS, BELOW, ABOVE)
    axes = Axes(
        make_axis_of_years(SINCE - BESIDE, last + ROOM[size.name], named),
        figures.make_amount_axis(low, high, (foot, top)),
    )
    layers = [
        *war(words, axes, foot + (low - foot) / 4),
        draw_zero_line(axes),
        *_draw_directions(figures, axes),
        *_draw_totals(figures, axes),
        *_draw_words_between(figures, left_out, axes),
    ]
    return finish_chart(layers, size, HEIGHT)


def _draw_directions(figures: ChartData, axes: Axes) -> Iterator[alt.Chart]:
    """Draw both directions of a year, joined, with their percents outside."""
    sold = figures.frames["export"]
    bought = figures.frames["import"]
    joined = sold.merge(bought[["at", "value"]], on="at", suffixes=("", "_bought"))
    ends = (*axes, alt.Y2("value_bought"))
    yield draw_marks("rule", joined, *ends, ink="context", size=2)
    for flow, frame, down in (("export", sold, NEAR), ("import", bought, -NEAR)):
        yield draw_marks("circle", frame, *axes, describe_marks(), ink=flow, **DOT)
        percents = [each.strip("+%") for each in _write_percents(frame, figures)]
        told = frame.assign(text=percents)
        yield draw_texts(told, *axes, "muted", dy=down)


def _draw_words_between(
    figures: ChartData, left_out: Sequence[int], axes: Axes
) -> Iterator[alt.Chart]:
    """Say where years are left out, and name the directions: one above the line before
    them, the other beside the line after.
    """
    high = figures.frames["import"]["value"].max()
    low = figures.frames["export"]["value"].min()
    words = figures.words
    before = min(left_out) - 1
    after = max(left_out) + 1
    middle = (before + after) / 2
    texts = pd.DataFrame(
        {
            "year": [middle, before, after],
            "value": [0, high * 1.2, low * 1.15],
            "text": [words["left_out"], words["import"], words["export"]],
        }
    )
    bold: MarkProperties = {"style": "label"}
    yield draw_texts(texts[:1], *axes, "muted", dy=-NEAR)
    yield draw_texts(texts[1:2], *axes, "import", align="left", **bold)
    yield draw_texts(texts[2:], *axes, "export", align="right", dx=-ASIDE, **bold)


def _draw_totals(figures: ChartData, axes: Axes) -> Iterator[alt.Chart]:
    """Draw a stroke for both directions, and tell it where it stands alone."""
    total = figures.frames["total"]
    year = total["year"]
    strokes = total.assign(year=year - STROKE, end=year + STROKE)
    channels = (*axes, alt.X2("end"), describe_marks())
    yield draw_marks("rule", strokes, *channels, ink="ink", size=4)
    strokes["text"] = _write_percents(total, figures)
    is_alone = ~total["at"].isin(figures.frames["export"]["at"])
    is_bound = strokes["at"] == AT_MOST
    above = strokes[is_alone & ~is_bound]
    below = strokes[is_alone & is_bound]
    name = above.tail(1).assign(text=figures.words["total"])
    for told, down in ((above, -NEAR), (below, NEAR), (name, -2 * NEAR - 2)):
        yield draw_texts(told, *axes, "ink", dy=down, style="label", **BESIDE_STROKE)


def _write_percents(frame: pd.DataFrame, figures: ChartData) -> list[str]:
    """Write gaps in whole percents with their sign, both ends where they differ."""
    told = list[str]()
    for year, *ends in zip(frame["at"], frame["low"], frame["high"], strict=True):
        written = [figures.language.number(abs(end), 0) for end in ends]
        percents = "–".join(dict.fromkeys(written)) + figures.words["unit_total"]
        if year == AT_MOST:
            told.append(figures.words["at_most"].fill(gap=percents))
        else:
            told.append(("−" if ends[0] < 0 else "+") + percents)
    return told
