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
    draw_marks,
    draw_texts,
    locate_time,
)
from story import measures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content import ChartLanguage, Words
    from press.data import Data

# the months from which on sums are drawn, and stand in the table
DRAWN_SINCE = "2023-12"
TABLE_SINCE = "2018"
COLUMNS = {
    "total": "trade_usd_billion",
    "export": "exports_usd_billion",
    "import": "imports_usd_billion",
}
DRAWN = ("export", "import")
HEIGHT = 420
STEP = 10  # dollars, in billions, between ticks
STRIKES = "2026-02-28"  # on Iran, after which oil grew dear
# pixels from a lowest sum down to its amount and to its date
AMOUNT = 19
DATE = 35
ASIDE = 10  # and to the right: a thin line stands there


def rolling_flows(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """What each direction came to in the twelve months to each month, with the lowest
    sum of each; the table has all trade, too.
    """
    kinds = dict[str, FiguresOfKind]()
    for flow, column in COLUMNS.items():
        sums = measures.twelve_months_to.series(data, flow)
        ink = flow if flow in DRAWN else ""
        kinds[flow] = FiguresOfKind(sums, column, ink, 1)
    figures = ChartData.from_kinds(
        kinds, words, language, "last_month", since=TABLE_SINCE
    )
    for flow, frame in figures.frames_of_drawn_kinds.items():
        own = frame[frame["at"] >= DRAWN_SINCE]
        amounts = [words["amount"].fill(amount=told) for told in own["text"]]
        figures.frames[flow] = own.assign(text=amounts)
    lowest = figures.combine_drawn_frames()["value"].min()
    foot = (lowest // STEP - 1) * STEP  # a step lower, where its amount has room
    form = draw_lines(figures, foot=foot, step=STEP, height=HEIGHT)
    return add_layers(
        form, partial(_draw_strikes, words, foot), partial(_draw_turns, figures)
    )


def _draw_strikes(
    words: Words, foot: float, axes: Axes, _: Size
) -> Iterator[alt.Chart]:
    """Yield a thin line at the day after which oil grew dear, with its words on the
    left, and where the scale begins.
    """
    _, top = axes.y["scale"]["domain"]
    first, _ = axes.x["scale"]["domain"]
    day = pd.DataFrame({"year": [locate_time(STRIKES)], "value": [top]})
    yield draw_marks("rule", day, axes.x, ink="context")
    named = day.assign(text=words["oil"])
    yield draw_texts(named, *axes, "ink", align="right", dx=-5, dy=8)
    begin = pd.DataFrame({"year": [first], "value": [foot]})
    told = begin.assign(text=words["foot"].fill(amount=int(foot)))
    yield draw_texts(told, *axes, "muted", align="left", dx=8, dy=-20)


def _draw_turns(figures: ChartData, axes: Axes, _: Size) -> Iterator[alt.Chart]:
    """Yield the amount and the date of each direction's lowest sum since its highest,
    below its dot.
    """
    for flow, frame in figures.frames_of_drawn_kinds.items():
        highest = frame["value"].idxmax()
        lowest = frame.loc[highest:].nsmallest(1, "value")
        date = figures.language.date(lowest["at"].item(), short=True)
        beside: MarkProperties = {"align": "right", "dx": ASIDE}
        yield draw_texts(lowest, *axes, flow, dy=AMOUNT, style="label", **beside)
        dated = lowest.assign(text=date)
        yield draw_texts(dated, *axes, flow, dy=DATE, **beside)
