"""The race's crossing: a ring around the total that had passed the line, and its words,
which no later year's line may cross.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.forms import Axes, MarkProperties, draw_marks, draw_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    import altair as alt
    import pandas as pd

    from press.content import ChartLanguage, Words

STORY_YEAR = "2023"
CROSSING = f"{STORY_YEAR}-11"  # the month with which it had passed the line
BESIDE = range(7, 12)  # the months whose totals lie where its words would stand
RING = 420  # the area of the ring around the dot that has crossed
# pixels
ABOVE = 9  # from the ring up to its words
CLEAR = 28  # from the end of a line, with its year, up to the words that stand above


def draw_crossing(
    totals: pd.DataFrame,
    axes: Axes,
    words: Words,
    language: ChartLanguage,
    pixels_of_a_billion: float,
) -> Iterator[alt.Chart]:
    """Yield a ring around the total that has passed the line, and its amount."""
    dot = totals[totals["at"] == CROSSING]
    ring: MarkProperties = {"size": RING, "strokeWidth": 2.5, "opacity": 1}
    yield draw_marks("point", dot, *axes, ink="accent", **ring)
    month = language.months()[dot["year"].item() - 1]
    crossed = dot["value"].item()
    value = language.number(crossed, 1)
    told = dot.assign(text=words["crossing"].fill(month=month, value=value))
    up = ABOVE
    lead = _find_highest_beside(totals) - crossed
    if lead > 0:
        up = round(lead * pixels_of_a_billion) + CLEAR
    beside: MarkProperties = {"align": "right", "dx": -20, "dy": -up}
    yield draw_texts(told, *axes, "accent", style="label", **beside)


def _find_highest_beside(totals: pd.DataFrame) -> float:
    """Return the highest total of the newest year in the months beside the ring; 0
    where it has none there yet.
    """
    newest = totals.iloc[[-1]]["of"].item()
    own = totals[totals["of"] == newest]
    own = own[own["year"].isin(BESIDE)]
    return float(own["value"].max()) if len(own) else 0.0
