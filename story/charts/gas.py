"""Gas by pipeline: its volume, year by year; customs prints its value alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from story import measures
from story.charts.look import (
    Kinds,
    amounts,
    description,
    finished,
    some_years,
    text,
    ticks_within,
    with_room,
    years,
)
from story.theme import colour

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from story.charts.look import Chart

HEIGHT, AXIS, LINE = 360, 40, 16  # pixels of the drawing; of its height, those of the axis and above; of a line of text
DELIVERED = "delivered_billion_cubic_metres"


def pipeline_gas(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Gas through Power of Siberia by year, below the amount a year that its contract was said to be for."""
    delivered, contract = measures.pipeline_gas.series(data), measures.contract_for_gas(data)
    found = Kinds({"delivered": DELIVERED}).shown({"delivered": delivered}, words, language)
    frame = found.frames["delivered"]
    line = pd.DataFrame({"year": [min(delivered) - 0.6], "value": [float(contract.value)]})
    credited = frozenset(
        row for row in found.rows | contract.rows if row.source_ids
    )  # a figure of a statement has its sources there
    return Plot(lambda size: _bars(frame, line, words, language, size), found.table, credited)


def _bars(frame: pd.DataFrame, line: pd.DataFrame, words: Words, language: ChartLanguage, size: Size) -> Chart:
    wide = size.name == "wide"
    first, last = int(frame["year"].min()), int(frame["year"].max())
    x = years(first - 0.6, last + 0.6, some_years(first, last, 12 if wide else 7))
    named = [words["contract"]] if wide else [words["short_contract"], words["short_contract_volume"]]
    high, across = frame["value"].max(), line["value"].max()
    ends = (with_room(0, top, HEIGHT - AXIS, 0, room)[1] for top, room in ((high, 24), (across, 8 + LINE * len(named))))
    y = amounts(ticks_within(0, max(high, across)), language, top=max(ends))
    bars = alt.Chart(frame).mark_bar(
        color=colour("import"), orient="vertical", size=0.66 * (size.width - 40) / (last + 1.2 - first)
    )
    units = [f"{each} {words['unit']}" for each in frame["text"]]
    told = frame.assign(text=frame["text"].where(frame["year"] > first, units)) if wide else frame
    return finished(
        [
            bars.encode(x, y, description()),
            alt.Chart(line).mark_rule(color=colour("ink"), size=1.5).encode(y),
            *(
                text(line.assign(text=each), x, y, "ink", align="left", dy=-11 - LINE * (len(named) - 1 - row), dx=2)
                for row, each in enumerate(named)
            ),
            text(told[told["year"] < last], x, y, "import", dy=-11, style="label"),
            text(told[told["year"] == last], x, y, "import", dy=-12, style="key"),
        ],
        size,
        HEIGHT,
    )
