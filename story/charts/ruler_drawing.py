"""Rulers for the same trade, drawn: each is a kind of layers that a state shows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.forms import (
    Axes,
    LayeredChart,
    MarkProperties,
    choose_ticks_within,
    draw_legend,
    draw_line,
    draw_marks,
    draw_texts,
    draw_ticks_between_years,
    finish_chart,
    make_axis_of_amounts,
    make_axis_of_years,
    name_layers_by_kind,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content import ChartLanguage, Words
    from press.figures import Size

FIRST = 2019
STEP = 50  # billions of dollars between two ticks
INKS = {2018: "muted", 2019: "accent"}  # by the year of the dollars
DUE = (2020, 2024)
END = 0.5  # of a year, from its middle
HEIGHTS = {"wide": 400, "narrow": 420}
RING = 190  # the area of the ring where a line first comes to the goal
ASIDE = 40  # pixels from the highest dot to the end of its amount
NEAR = 18  # pixels from a line of text to the next, or to a mark


class Rulers(NamedTuple):
    """What is drawn: calendar years, any twelve months, years in dollars of one year by
    that year; the goal in billions of dollars.
    """

    years: pd.DataFrame
    months: pd.DataFrame
    constant: dict[int, pd.DataFrame]
    goal: float

    @property
    def first_year_at_goal(self) -> pd.DataFrame:
        """The first calendar year that came to the goal, at its place on the goal."""
        reached = self.years[self.years["value"] >= self.goal]
        return reached.head(1).assign(value=self.goal)


def draw_rulers(
    rulers: Rulers, words: Words, language: ChartLanguage, size: Size
) -> LayeredChart:
    """Draw the line of the goal, and all that a state may show on it."""
    every = pd.concat([rulers.years, rulers.months, *rulers.constant.values()])
    values = every["value"]
    low = values.min() // STEP * STEP
    high = -(-max(values.max(), rulers.goal) // STEP) * STEP
    last = int(rulers.years["year"].max())
    step = 1 if size.name == "wide" else 2
    end = max(last + 2 * END, rulers.months["year"].max())  # of the newest month, too
    x = make_axis_of_years(FIRST - END, end, range(FIRST, last + 1, step))
    ticks = choose_ticks_within(low, high, step=STEP)
    axes = Axes(x, make_axis_of_amounts(ticks, language))
    goal = pd.DataFrame({"year": [FIRST - END], "value": [rulers.goal]})
    goal["text"] = words["target"]
    kinds = ["calendar", "rolling", "constant", *map(str, DUE)]
    layers = [
        draw_ticks_between_years(FIRST, last, x),
        draw_marks("rule", goal, axes.y, ink="ink"),
        draw_texts(goal, *axes, "ink", align="left", dx=4, dy=-10),
    ]
    draw = partial(_draw_kind, rulers=rulers, words=words, axes=axes, size=size)
    layers += name_layers_by_kind(pd.DataFrame({"kind": kinds}), draw)
    return finish_chart(layers, size, HEIGHTS[size.name])


def _draw_kind(
    own: pd.DataFrame, rulers: Rulers, words: Words, axes: Axes, size: Size
) -> Iterator[alt.Chart]:
    """Yield the layers of a kind, which a state shows if its name has that word."""
    kind = own["kind"].item()
    if kind == "calendar":
        yield from draw_line(rulers.years, axes, "accent")
        yield _draw_ring(rulers.years, rulers.goal, axes)
    elif kind == "rolling":
        yield from draw_line(rulers.months, axes, "accent", 0, size=2)
        yield _draw_ring(rulers.months, rulers.goal, axes)
        reached = rulers.months[rulers.months["value"] >= rulers.goal].head(1)
        named = reached.assign(text=words["rolling"])
        style: MarkProperties = {"align": "right", "dx": -14, "dy": -12}
        yield draw_texts(named, *axes, "accent", style="label", **style)
        yield from draw_legend({"dotted": words["gap"]}, size)
    elif kind == "constant":
        yield from _draw_dollars_of_one_year(rulers, words, axes)
        yield from draw_legend({"open": words["derived"]}, size)
    else:
        yield from _draw_delay(int(kind), rulers, words, axes)


def _draw_ring(frame: pd.DataFrame, goal: float, axes: Axes) -> alt.Chart:
    """Draw a ring where a line first comes to the goal."""
    reached = frame[frame["value"] >= goal].head(1)
    return draw_marks(
        "point", reached, *axes, ink="accent", size=RING, strokeWidth=2, opacity=1
    )


def _draw_dollars_of_one_year(
    rulers: Rulers, words: Words, axes: Axes
) -> Iterator[alt.Chart]:
    """Draw a line for the dollars of each year; tell the highest amounts above it."""
    top = pd.concat(rulers.constant.values()).nlargest(1, "value")
    for row, (base, frame) in enumerate(rulers.constant.items(), 1):
        yield from draw_line(frame, axes, INKS[base], size=2.5)
        named = top.assign(text=words[f"highest_of_{base}"])
        above: MarkProperties = {"align": "right", "dx": ASIDE, "dy": -row * NEAR}
        yield draw_texts(named, *axes, INKS[base], style="label", **above)


def _draw_delay(
    due: int, rulers: Rulers, words: Words, axes: Axes
) -> Iterator[alt.Chart]:
    """Draw the stretch of the goal between a deadline and the year that came to it,
    hollow where that was before; and say both.
    """
    stretch = rulers.first_year_at_goal.assign(due=due + END)
    first, last = sorted([stretch["year"].item(), due + END])
    is_early = last == due + END
    channels = (*axes, alt.X2("due"))
    yield draw_marks("rule", stretch, *channels, ink="ink", size=8)
    if is_early:
        yield draw_marks("rule", stretch, *channels, ink="paper", size=4)
    side = 1 if is_early else -1
    told = stretch.assign(year=first, text=words[f"delay_{due}"])
    label: MarkProperties = {"align": "left", "dy": side * NEAR, "style": "label"}
    yield draw_texts(told, *axes, "ink", **label)
    named = stretch.assign(year=due + END, text=words[f"due_{due}"])
    yield draw_texts(named, *axes, "muted", dy=-side * NEAR)
