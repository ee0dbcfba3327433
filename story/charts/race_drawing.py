"""The race, drawn: a line for each year, and the goal across them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Size
from press.forms import (
    Axes,
    LayeredChart,
    MarkProperties,
    describe_marks,
    draw_legend,
    draw_line,
    draw_marks,
    draw_texts,
    finish_chart,
    get_colour_variable,
    make_axis_of_amounts,
    make_axis_of_times,
    move_values_apart,
    name_layers_by_step,
)
from story.charts.race_crossing import STORY_YEAR, draw_crossing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content import ChartLanguage, Words

STEP, TOP = 50, 250  # billions between ticks, and the last tick unless a total is above
DECEMBER = 12
EDGE = 0.8  # the axis begins before January's dots
NARROW_MONTHS = (1, 4, 7, 10, 12)  # that a narrow drawing has room to name
HEIGHTS = {"wide": 500, "narrow": 340}  # as tall as a window leaves room for
AXIS = 40  # pixels of the height
DOT = 40  # the area of a dot


class RaceDrawing(NamedTuple):
    """The totals, the goal, and with what they are told."""

    totals: pd.DataFrame
    goal: float
    words: Words
    language: ChartLanguage

    def draw_at_size(self, size: Size) -> LayeredChart:
        """Return the chart of a size."""
        axes = self._make_axes(size)
        goal = pd.DataFrame({"year": [EDGE], "value": [self.goal]})
        named = goal.assign(text=self.words["target"])
        layers = [
            draw_marks("rule", goal, axes.y, ink="muted"),
            draw_texts(named, *axes, "ink", align="left", dy=-9),
            *draw_legend(self._find_signs(), size),
        ]
        pixels = self._find_pixels_of_a_billion(size)
        crossing = draw_crossing(self.totals, axes, self.words, self.language, pixels)
        staged = [
            ("crossing", draw_marks("rule", goal, axes.y, ink="ink", size=2.5)),
            *self._draw_years(axes),
            *self._name_years(axes, size),
            *(("crossing", mark) for mark in crossing),
        ]
        layers += name_layers_by_step(staged)
        return finish_chart(layers, size, HEIGHTS[size.name])

    def _find_signs(self) -> dict[str, str]:
        """Return what the signs mean that are seen."""
        signs: dict[str, str] = {"dotted": self.words["gap"]}
        dots = self.totals[self.totals["dotted"]]
        if dots["derived"].any():
            signs["open"] = self.words["derived"]
        return signs

    def _make_axes(self, size: Size) -> Axes:
        """Return the axes: months across, totals up."""
        names = dict(enumerate(self.language.months(short=True), 1))
        if size.name == "narrow":
            names = {month: names[month] for month in NARROW_MONTHS}
        x = make_axis_of_times(EDGE, DECEMBER, names)
        return Axes(x, make_axis_of_amounts(self._list_ticks(), self.language))

    def _list_ticks(self) -> range:
        """Return the ticks up to above the highest total."""
        highest = max(TOP, *self.totals["value"])
        return range(0, int(-(-highest // STEP)) * STEP + 1, STEP)

    def _find_pixels_of_a_billion(self, size: Size) -> float:
        """Return how high a billion stands."""
        return (HEIGHTS[size.name] - AXIS) / self._list_ticks()[-1]

    def _draw_years(self, axes: Axes) -> Iterator[tuple[str, alt.Chart]]:
        """Yield each year's line, the part of each step by itself, which begins at the
        last total before.
        """
        for year, own in self.totals.groupby("of"):
            ink = _choose_ink(f"{year}")
            thick = 3 if year == STORY_YEAR else 1.6
            for step, part in own.groupby("step"):
                before = own[own["at"] < part["at"].min()].tail(1)
                stretch = pd.concat([before, part])
                for layer in draw_line(stretch, axes, ink, 0, size=thick):
                    yield f"{step}", layer
            for step, part in own[own["dotted"]].groupby("step"):
                for layer in _draw_dots(part, axes, ink):
                    yield f"{step}", layer

    def _name_years(self, axes: Axes, size: Size) -> Iterator[tuple[str, alt.Chart]]:
        """Yield the name of each line at its last total; names at the right edge are
        moved apart where they would touch.
        """
        ends = self.totals.groupby("of").tail(1)
        ends = ends.assign(text=ends["of"])
        is_whole = ends["year"] == DECEMBER
        line = (size.label + 2) / self._find_pixels_of_a_billion(size)
        values = [*ends.loc[is_whole, "value"]]
        ends.loc[is_whole, "value"] = move_values_apart(values, line)
        for year, end in ends.groupby("of"):
            beside: MarkProperties = {"align": "left", "dx": 9}
            if end["year"].item() < DECEMBER:
                beside = {"align": "right", "dx": -7, "dy": -8}
            if year == STORY_YEAR:
                beside["style"] = "label"
            ink = _choose_ink(f"{year}").replace("context", "muted")
            yield end["step"].item(), draw_texts(end, *axes, ink, **beside)


def _draw_dots(totals: pd.DataFrame, axes: Axes, ink: str) -> Iterator[alt.Chart]:
    """Yield dots, open ones where totals are derived."""
    dot: MarkProperties = {"size": DOT, "opacity": 1, "strokeWidth": 1.6}
    dot["stroke"] = get_colour_variable(ink)
    insides = totals["derived"].map({False: ink, True: "paper"})
    for inside, own in totals.groupby(insides):
        fill = get_colour_variable(f"{inside}")
        yield draw_marks("point", own, *axes, describe_marks(), fill=fill, **dot)


def _choose_ink(year: str) -> str:
    """Return the colour of a year's line: a grey for all but the story's."""
    if year == STORY_YEAR:
        return "accent"
    return "muted" if year > STORY_YEAR else "context"
