"""Who sold more: the balance of trade, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from press.figures import Plot, Size
from story import measures
from story.charts.look import (
    Kinds,
    balances,
    bars,
    finished,
    in_dollars,
    open_dot,
    some_years,
    text,
    ticks_within,
    with_room,
    years,
    zero,
)

if TYPE_CHECKING:
    import pandas as pd

    from press.content import ChartLanguage, Words
    from press.data import Data
    from story.charts.look import Axes, Chart

FIRST = 2014  # flows of earlier years are known for some of them only
TOLD = 2022  # it, all after it and the first are told their amounts: the others are short
HEIGHT, AXIS = 400, 40  # pixels of the drawing; of its height, those of the axis and above
COLUMN = "chinas_surplus_usd_billion"


def balance(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """China's exports to Russia less its imports from it, a bar a year: above zero China sold more, below it Russia."""
    items = {year: item for year, item in measures.surplus.series(data, "China").items() if year >= FIRST}
    found = Kinds({"surplus": COLUMN}, signs=True).shown({"surplus": items}, words, language)
    return Plot(lambda size: _bars(found.frames["surplus"], words, language, size), found.table, found.rows)


def _bars(frame: pd.DataFrame, words: Words, language: ChartLanguage, size: Size) -> Chart:
    wide = size.name == "wide"
    last = int(frame["year"].max())
    x = years(FIRST - 0.6, last + 0.6, some_years(FIRST, last, 14 if wide else 4))
    low, high = frame["value"].min(), frame["value"].max()
    ticks = ticks_within(low, high)
    axes = balances(x, ticks, with_room(low, high, HEIGHT - AXIS, 24, 24), language)
    pitch = (size.width - 44) / (last + 1.2 - FIRST)
    china, russia = frame[frame["value"] > 0], frame[frame["value"] <= 0]
    width = 0.6 * pitch
    layers = [*bars(china, axes, "export", width), *bars(russia, axes, "import", width), zero(axes)]
    units = frame.assign(text=[in_dollars(each, words) for each in frame["text"]])
    told = frame[frame["year"] > TOLD] if wide else frame[frame["year"].isin({TOLD + 1, last})]  # two find room there
    below, after = told[told["value"] <= 0], told["year"] == TOLD + 1  # which stands beside the longest bar
    layers += [
        text(units[units["year"] == FIRST], axes.x, axes.y, "export", align="left", dx=-width / 2, dy=-9),
        text(units[units["year"] == TOLD], axes.x, axes.y, "import", dy=11),
        text(told[told["value"] > 0], axes.x, axes.y, "export", dy=-9),
        text(below[~after], axes.x, axes.y, "import", dy=11),
        text(below[after], axes.x, axes.y, "import", align="left", dx=-width / 2, dy=11),
    ]
    return finished([*layers, *_names(china, russia, words, size, axes)], size, HEIGHT)


def _names(china: pd.DataFrame, russia: pd.DataFrame, words: Words, size: Size, axes: Axes) -> list[alt.Chart]:
    """Name the two sides, each beside its bars."""
    above = china[china["year"] == FIRST + 1].assign(value=7, text=words["china"])
    below = russia.head(1).assign(year=FIRST - 0.4, value=-17, text=words["russia"])
    sign = below.assign(value=-24, text=words["derived"])
    return [
        text(above, axes.x, axes.y, "export", align="left", dx=-12 if size.name == "wide" else -4, style="label"),
        text(below, axes.x, axes.y, "import", align="left", style="label"),
        text(sign, axes.x, axes.y, "muted", align="left", dx=10),
        open_dot(sign, "muted", xOffset=3).encode(axes.x, axes.y),
    ]
