"""The timeline, drawn: years from top to bottom, a bar for the trade of each, and
events beside them.
"""

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
    draw_marks,
    draw_texts,
    extend_scale_by_pixels,
    finish_chart,
    format_label_expression,
    get_colour_variable,
    measure_widest_text,
    name_layers_by_kind,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content import Words

MIDDLE = 0.5  # of a year, from its middle to its ends
BAR = 0.41  # of a year: half a bar
# in pixels
YEAR = 28  # from one year to the next
FOOT = 44  # of the height, for the scale of amounts and around it
SIDE = 48  # of the width, for the names of years and around them
PIN = 9  # from the longest bar to the names of events
DOT = 60  # the area of a dot


class TimelineDrawing(NamedTuple):
    """Trade by year, events, the goal that is a line, and the words."""

    trade: pd.DataFrame
    events: pd.DataFrame
    goal: int
    words: Words

    def draw_at_size(self, size: Size) -> LayeredChart:
        """Return the chart of a size: bars as long as the names leave room for."""
        record = self._find_record()
        names = [*self.events["text"], *record["text"]]
        widest = measure_widest_text(names, size.label)
        high = record["value"].item()
        _, right = extend_scale_by_pixels(0, high, size.width - SIDE, 0, widest + PIN)
        axes = Axes(self._make_axis_of_amounts(right), self._make_axis_of_years())
        beside: MarkProperties = {"align": "left", "dx": PIN, "style": "label"}
        layers = [
            self._draw_goal(axes),
            *self._draw_bars(axes),
            *_draw_events(self._pin_events(high), axes),
            draw_texts(record, *axes, "accent", **beside),
        ]
        return finish_chart(layers, size, YEAR * len(self.trade) + FOOT)

    def _find_record(self) -> pd.DataFrame:
        """Return the highest year, with the words that say so."""
        best = self.trade.nlargest(1, "value")
        told = self.words["record"].fill(value=best["text"].item())
        return best.assign(text=told)

    def _make_axis_of_amounts(self, right: float) -> alt.X:
        """Return an axis that names its zero and the goal, above."""
        names = {0: "0", self.goal: self.words["goal"]}
        axis = alt.Axis(
            values=[*names],
            labelExpr=format_label_expression(names),
            orient="top",
            title=None,
            grid=False,
        )
        scale = alt.Scale(domain=[0, right], nice=False)
        return alt.X("value:Q", scale=scale, axis=axis)

    def _make_axis_of_years(self) -> alt.Y:
        """Return an axis that names each year, the first on top."""
        names = {year: f"{year}" for year in self.trade["at"]}
        expression = format_label_expression(names)
        axis = alt.Axis(values=[*names], labelExpr=expression, title=None, grid=False)
        ends = [max(names) + MIDDLE, min(names) - MIDDLE]
        return alt.Y("year:Q", scale=alt.Scale(domain=ends, nice=False), axis=axis)

    def _draw_goal(self, axes: Axes) -> alt.Chart:
        """Draw the goal as a line down, behind the bars."""
        line = pd.DataFrame({"value": [self.goal]})
        return draw_marks("rule", line, axes.x, ink="ink")

    def _draw_bars(self, axes: Axes) -> Iterator[alt.Chart]:
        """Yield a bar for each year, then those that come to the goal."""
        years = self.trade["year"]
        bars = self.trade.assign(year=years - BAR, end=years + BAR, foot=0)
        ends = (*axes, alt.X2("foot"), alt.Y2("end"))
        reaches = bars["value"] >= self.goal
        yield draw_marks("bar", bars[~reaches], *ends, ink="context")
        yield draw_marks("bar", bars[reaches], *ends, ink="accent")

    def _pin_events(self, high: float) -> pd.DataFrame:
        """Return the events, each at the end of its year's bar; ``high`` is where names
        begin.
        """
        tops = self.trade.set_index("year")["value"]
        years = self.events["year"].round()
        return self.events.assign(value=years.map(tops), high=high)


def _draw_events(events: pd.DataFrame, axes: Axes) -> Iterator[alt.Chart]:
    """Yield each event as a dot, with a thin line to its name."""

    def draw_kind(own: pd.DataFrame) -> Iterator[alt.Chart]:
        yield draw_marks("rule", own, *axes, alt.X2("high"), ink="context")
        dots: MarkProperties = {"size": DOT, "opacity": 1, "strokeWidth": 1}
        dots["fill"] = get_colour_variable("ink")
        dots["stroke"] = get_colour_variable("paper")
        yield draw_marks("circle", own, *axes, describe_marks(), **dots)
        named = own.assign(value=own["high"])
        yield draw_texts(named, *axes, "ink", align="left", dx=PIN)

    yield from name_layers_by_kind(events, draw_kind)
