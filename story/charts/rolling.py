"""Both flows of any twelve months: China's exports to Russia and its imports from it,
by the last of the months.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms import (
    Axes,
    ChartData,
    FiguresOfKind,
    MarkProperties,
    add_layers,
    draw_lines,
    draw_texts,
    get_colour_variable,
)
from story import measures
from story.charts.war import WAR, war

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data

# the years from which on months are drawn, and stand in the table
FIRST, IN_TABLE = "2021", "2018"
COLUMNS = {
    "total": "trade_usd_billion",
    "export": "exports_usd_billion",
    "import": "imports_usd_billion",
}
FLOWS = ("export", "import")  # that are drawn
HEIGHTS = {"wide": 400, "narrow": 440}
STEP = 50  # dollars, in billions, between ticks


def rolling_flows(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """What each direction came to in the twelve months to each month; the table has all
    trade, too.
    """
    found = {flow: measures.twelve_months_to.series(data, flow) for flow in COLUMNS}
    kinds = {
        flow: FiguresOfKind(found[flow], column, flow * (flow in FLOWS), 1)
        for flow, column in COLUMNS.items()
    }
    shown = ChartData.from_kinds(kinds, words, language, "last_month", since=IN_TABLE)
    for flow, frame in shown.drawn_frames.items():
        own = frame[frame["at"] >= FIRST]
        dates = [language.date(month, short=True) for month in own["at"]]
        shown.frames[flow] = own.assign(
            text=[words["amount"].fill(amount=told) for told in own["text"]], date=dates
        )
    low = shown.combine_frames()["value"].min() // STEP * STEP
    foot = pd.DataFrame(
        {"year": [WAR], "value": [low], "text": [words["foot"].fill(amount=int(low))]}
    )

    def behind(axes: Axes, _: Size) -> list[alt.Chart]:
        top = axes.y["scale"]["domain"][1] - 2
        return [
            *war(words, axes, top),
            draw_texts(foot, *axes, "muted", align="left", dx=5, dy=-19),
        ]

    over = partial(_turn, shown.frames["export"])
    forms = {
        name: add_layers(
            draw_lines(shown, foot=low, step=STEP, height=high), behind, over
        )
        for name, high in HEIGHTS.items()
    }
    return forms["wide"]._replace(draw=lambda size: forms[size.name].draw(size))


def _turn(frame: pd.DataFrame, axes: Axes, size: Size) -> list[alt.Chart]:
    """Ring the highest of the exports, told above, and the lowest after it, below."""
    highest = frame.nlargest(1, "value")
    lowest = frame[frame["year"] > highest["year"].item()].nsmallest(1, "value")
    # In a narrow drawing there is little room above: between the ring and the line of
    # the imports.
    left, near, far = (6, 19, 35) if size.name == "wide" else (10, 17, 31)
    layers = list[alt.Chart]()
    for own, down, beside in (
        (highest, -1, MarkProperties(align="right", dx=left)),
        (lowest, 1, MarkProperties()),
    ):
        ring: MarkProperties = {
            "stroke": get_colour_variable("export"),
            "strokeWidth": 1.6,
            "size": 190,
            "opacity": 1,
        }
        layers.append(alt.Chart(own).mark_point(**ring).encode(*axes))
        layers.append(
            draw_texts(own, *axes, "export", dy=down * near, style="label", **beside)
        )
        layers.append(
            draw_texts(
                own.assign(text=own["date"]), *axes, "export", dy=down * far, **beside
            )
        )
    return layers
