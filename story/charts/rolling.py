"""Both flows of any twelve months: China's exports to Russia and its imports from it, by the last of the months."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.ground.grid import Cell, Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import (
    MONTHS,
    Axes,
    Mark,
    amounts,
    cell,
    description,
    finished,
    gaps,
    invaded,
    key,
    month_place,
    month_ticks,
    months,
    neighbours,
    plain_label,
    point,
    text,
    ticks_within,
    tip,
    war,
)
from story.theme import colour

if TYPE_CHECKING:
    from collections.abc import Mapping

    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.quantity import Quantity
    from story.charts.look import Chart

FIRST, IN_TABLE = 2021, 2018  # the years from which on months are drawn, and stand in the table
COLUMNS = {"total": "trade_usd_billion", "export": "exports_usd_billion", "import": "imports_usd_billion"}
FLOWS = ("export", "import")
INVADED = invaded(FIRST)
ROOM = {"wide": 12, "narrow": 27}  # months to the right of the newest, for the names of the lines
AREAS = {"wide": 28, "narrow": 14}  # of dots
HEIGHTS = {"wide": 400, "narrow": 440}
STEP, ABOVE = 50, 8  # dollars, in billions: between ticks, and free above the highest amount


def rolling_flows(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """What each direction came to in the twelve months to each month; the table has all trade, too."""
    found = {flow: _from(IN_TABLE, measures.twelve_months_to.series(data, flow)) for flow in COLUMNS}
    known = sorted({month for items in found.values() for month in items})
    rows = [
        [Cell(language.date(month), month), *(cell(items.get(month), language, 1) for items in found.values())]
        for month in known
    ]
    columns = [Column(column, words[f"table_{flow}"], words["unit"]) for flow, column in COLUMNS.items()]
    table = Grid([Column("last_month", words["table_corner"]), *columns], rows, tip=tip(words))
    frames, names = dict[str, pd.DataFrame](), language.months()
    for flow in FLOWS:
        items = _from(FIRST, found[flow])
        frames[flow] = pd.DataFrame(
            {
                "month": [month_place(month, FIRST) for month in items],
                "date": [words["date"].fill(month=names[int(month[5:]) - 1], year=month[:4]) for month in items],
                "value": [float(item.value) for item in items.values()],
                "derived": [any(row.derived for row in item.rows) for item in items.values()],
                "text": [words["amount"].fill(amount=plain_label(item, language)) for item in items.values()],
                "point": point(table, map(known.index, items), COLUMNS[flow]),
            }
        )
    used = rows_of(item for items in found.values() for item in items.values())
    return Plot(lambda size: _lines(frames, words, language, size), table, used)


def _from(year: int, items: Mapping[str, Quantity]) -> dict[str, Quantity]:
    return {month: item for month, item in items.items() if month >= str(year)}


def _lines(frames: dict[str, pd.DataFrame], words: Words, language: ChartLanguage, size: Size) -> Chart:
    both = pd.concat(frames.values())
    newest = int(both["month"].max())
    low, top = both["value"].min() // STEP * STEP, both["value"].max() + ABOVE
    x = months(FIRST, FIRST + (newest - 1) // MONTHS, newest + ROOM[size.name])
    axes = Axes(x, amounts(ticks_within(low, top, step=STEP), language, top=top))
    layers = war(words, axes, top - 2, day=INVADED)
    foot = pd.DataFrame({"month": [INVADED], "value": [low], "text": [words["foot"].fill(amount=int(low))]})
    layers.append(text(foot, *axes, "muted", align="left", dx=5, dy=-19))
    layers += key({"open": words["derived"], "dotted": words["gap"]}, size)
    layers += month_ticks(-(-newest // MONTHS) * MONTHS, x, MONTHS)
    thin: Mark = {"size": 1.5, "strokeDash": [1, 4]}
    for flow, frame in frames.items():
        for joined, mark in ((gaps(frame), thin), (neighbours(frame), Mark(size=2.5))):
            way = alt.Chart(joined).mark_rule(color=colour(flow), strokeCap="round", **mark)
            layers.append(way.encode(*axes, alt.X2("from_month"), alt.Y2("from_value")))
        dot: Mark = {"stroke": colour(flow), "strokeWidth": 1.3, "size": AREAS[size.name], "opacity": 1}
        for derived, fill in ((False, flow), (True, "paper")):
            own = alt.Chart(frame[frame["derived"] == derived])
            layers.append(own.mark_point(fill=colour(fill), **dot).encode(*axes, description()))
        end: Mark = {"align": "left", "dx": 10, "style": "label"}
        layers += [
            text(frame.tail(1).assign(text=words[flow]), *axes, flow, dy=-8, **end),
            text(frame.tail(1), *axes, flow, dy=8, **end),
            text(frame.tail(1).assign(text=frame["date"]), *axes, flow, dy=24, align="left", dx=10),
        ]
    return finished([*layers, *_turn(frames["export"], axes, size)], size, HEIGHTS[size.name])


def _turn(frame: pd.DataFrame, axes: Axes, size: Size) -> list[alt.Chart]:
    """Ring the highest of the exports, told above, and the lowest after it, below."""
    highest = frame.nlargest(1, "value")
    lowest = frame[frame["month"] > highest["month"].item()].nsmallest(1, "value")
    # In a narrow drawing there is little room above: between the ring and the line of the imports.
    left, near, far = (6, 19, 35) if size.name == "wide" else (10, 17, 31)
    layers = list[alt.Chart]()
    for own, down, beside in ((highest, -1, Mark(align="right", dx=left)), (lowest, 1, Mark())):
        ring: Mark = {"stroke": colour("export"), "strokeWidth": 1.6, "size": 190, "opacity": 1}
        layers.append(alt.Chart(own).mark_point(**ring).encode(*axes))
        layers.append(text(own, *axes, "export", dy=down * near, style="label", **beside))
        layers.append(text(own.assign(text=own["date"]), *axes, "export", dy=down * far, **beside))
    return layers
