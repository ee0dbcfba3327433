"""What many charts of this story show: the thin line of February 2022."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.forms import (
    MarkProperties,
    draw_texts,
    get_colour_variable,
    locate_time_on_year_axis,
)

if TYPE_CHECKING:
    from press.content import Words
    from press.forms import Axes

WAR = locate_time_on_year_axis("2022-02-24")


def war(
    words: Words,
    axes: Axes,
    at: float,
    ends: tuple[float, float] | None = None,
    day: float = WAR,
) -> list[alt.Chart]:
    """Draw a thin line where Russia invaded Ukraine, on an axis of time; its words
    stand at the height ``at``.

    It goes over the whole height, or between two ``ends``; ``day`` says where else it
    lies, such as between two bars. The words stand on its left; in the first fifth of a
    drawing, which has no room there, on its right.
    """
    first, last = axes.x["scale"]["domain"]
    beside: MarkProperties = (
        {"align": "right", "dx": -5}
        if day > first + (last - first) / 5
        else {"align": "left", "dx": 5}
    )
    low, high = ends or (None, None)
    named = pd.DataFrame({"year": [day], "value": [at], "text": [words["war"]]})
    rule = alt.Chart(named.assign(value=low, high=high)).mark_rule(
        color=get_colour_variable("context")
    )
    line = rule.encode(*axes, alt.Y2("high")) if ends else rule.encode(axes.x)
    return [line, draw_texts(named, *axes, "muted", **beside)]
