"""Trade of any twelve months, by the last of them: how far it fell from its record, and
how near it is again, or above it.
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
    draw_marks,
    draw_texts,
)
from story import measures
from story.charts.headline import draw_headline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content import ChartLanguage, Words
    from press.data import Data

# the months from which on sums are drawn, and stand in the table
DRAWN_SINCE = "2022-12"
TABLE_SINCE = "2018"
COLUMNS = {
    "total": "trade_usd_billion",
    "export": "exports_usd_billion",
    "import": "imports_usd_billion",
}
DRAWN = "total"
HEIGHT = 430
STEP = 20  # dollars, in billions, between ticks
# pixels
LETTERS = 32  # of the newest sum
UP = 48  # from its dot up to its middle
ABOVE = 14  # from the higher end of a fall up to the middle of its amount
BELOW = 18  # from the lower end down to that of its own
RIGHT = 10  # from the higher end to the end of its words
SHORT = 5  # the width of the stroke from the newest sum to the record
DATE = 17  # from the middle of an amount to its date


def rolling_trade(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """What trade came to in the twelve months to each month, with the two ends of its
    deepest fall; the table has both directions, too.
    """
    kinds = dict[str, FiguresOfKind]()
    for flow, column in COLUMNS.items():
        sums = measures.twelve_months_to.series(data, flow)
        ink = "accent" if flow == DRAWN else ""
        kinds[flow] = FiguresOfKind(sums, column, ink, 1)
    figures = ChartData.from_kinds(
        kinds, words, language, "last_month", since=TABLE_SINCE
    )
    frame = figures.frames[DRAWN]
    drawn = frame[frame["at"] >= DRAWN_SINCE].copy()
    newest_text = drawn["text"].iloc[-1]
    drawn.loc[drawn.index[-1], "text"] = words["period"]
    figures.frames[DRAWN] = drawn
    foot = (drawn["value"].min() // STEP) * STEP
    form = draw_lines(figures, foot=foot, step=STEP, height=HEIGHT)
    return add_layers(
        form,
        partial(_draw_record, figures, foot),
        partial(_draw_turns, figures, newest_text),
    )


def _draw_record(
    figures: ChartData, foot: float, axes: Axes, _: Size
) -> Iterator[alt.Chart]:
    """Yield a line at the record, from its dot on, down to which the newest sum is
    short of it, if it is; and where the scale begins.
    """
    frame = figures.frames[DRAWN]
    first, _ = axes.x["scale"]["domain"]
    highest = frame.loc[[frame["value"].idxmax()]]
    newest = frame.tail(1)
    level = highest.assign(end=newest["year"].item())
    across = (*axes, alt.X2("end"))
    dashed: MarkProperties = {"strokeDash": [5, 4], "size": 1.5}
    yield draw_marks("rule", level, *across, ink="accent", **dashed)
    short = newest.assign(record=highest["value"].item())
    down = (*axes, alt.Y2("record"))
    yield draw_marks("rule", short, *down, ink="accent", size=SHORT)
    begin = pd.DataFrame({"year": [first], "value": [foot]})
    told = begin.assign(text=figures.words["foot"].fill(amount=int(foot)))
    yield draw_texts(told, *axes, "muted", align="left", dx=8, dy=-20)


def _draw_turns(
    figures: ChartData, newest_text: str, axes: Axes, _: Size
) -> Iterator[alt.Chart]:
    """Yield the newest sum in large letters, above its name; where the deepest fall
    began above its dot and where it ended below its own, each with its date.
    """
    frame = figures.frames[DRAWN]
    newest = frame.tail(1).assign(text=newest_text)
    above: MarkProperties = {"align": "left", "dx": 10, "dy": -UP}
    yield draw_headline(newest, axes, "accent", LETTERS, **above)
    # of a newest record, or a newest low, the large letters tell
    depths = frame["value"].cummax() - frame["value"]
    lowest = depths.idxmax()
    highest = frame.loc[:lowest, "value"].idxmax()
    for place, down in ((highest, -ABOVE), (lowest, BELOW)):
        if place == frame.index[-1]:
            continue
        turn = frame.loc[[place]]
        date = figures.language.date(turn["at"].item(), short=True)
        right = RIGHT if down < 0 else 0  # clear of the line of the day behind it
        beside: MarkProperties = {"align": "right", "dx": right}
        yield draw_texts(turn, *axes, "accent", dy=down, style="label", **beside)
        dated = turn.assign(text=date)
        further = down + DATE if down > 0 else down - DATE
        yield draw_texts(dated, *axes, "muted", dy=further, **beside)
