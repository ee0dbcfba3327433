"""Growth: which way it came from, year by year, and what customs printed of it, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.grid import Cell, Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import (
    MONTHS,
    apart,
    balances,
    bars,
    cell,
    description,
    finished,
    label,
    month_place,
    months,
    neighbours,
    point,
    series,
    signed_cell,
    text,
    tip,
    year_cell,
    year_ends,
    years,
    zero,
)
from story.theme import colour

if TYPE_CHECKING:
    from press.content import Language, Words
    from press.data import Data
    from press.quantity import Quantity
    from story.charts.look import Axes, Chart, Mark

FLOWS = {"export": "exports_change_usd_billion", "import": "imports_change_usd_billion"}
SIDES = {"export": -0.2, "import": 0.2}  # of a year, in years: its two bars stand side by side
FIRST = 2015
MARKED = {"export": (2023, 2025), "import": (2022,)}  # the bars that the words are about

PRINTED = {
    "total": "total_growth_percent",
    "export": "exports_growth_percent",
    "import": "imports_growth_percent",
}
INKS = {"total": "accent", "export": "export", "import": "import"}
WEIGHTS = {"total": "bold", "export": "normal", "import": "normal"}
BEFORE = 36  # the month whose trade the title names first: the end of 2025
SINCE, LAST = 2023, 2026


def which_way(data: Data, words: Words, language: Language) -> Plot:
    """By how much China's exports and imports rose or fell on the year before, two bars a year."""
    rises = {
        flow: {year: item for year, item in measures.yearly_rises(data, flow).items() if year >= FIRST}
        for flow in FLOWS
    }
    known = sorted(rises["export"])
    rows = [[year_cell(year), *(signed_cell(rises[flow][year], language) for flow in FLOWS)] for year in known]
    columns = [Column(column, words[f"table_{flow}"], words["unit"]) for flow, column in FLOWS.items()]
    table = Grid([Column("year", words["table_year"]), *columns], rows, tip=tip(words))
    frames = {
        flow: series(
            items,
            point=point(table, range(len(items)), FLOWS[flow]),
            text=[label(item, language) for item in items.values()],
        )
        for flow, items in rises.items()
    }
    used = rows_of(item for items in rises.values() for item in items.values())
    return Plot(lambda size: _pairs(frames, words, language, size), table, used)


def _pairs(frames: dict[str, pd.DataFrame], words: Words, language: Language, size: Size) -> Chart:
    wide = size.name == "wide"
    x = years(FIRST - 0.5, 2025.5, range(FIRST, 2026) if wide else (2015, 2018, 2021, 2024))
    axes = balances(x, (-20, -10, 0, 10, 20, 30), (-20, 41), language)
    layers = [zero(axes)]
    for flow, frame in frames.items():
        beside = frame.assign(year=frame["year"] + SIDES[flow])
        layers += bars(beside, axes, flow, 21 if wide else 8)
        layers += _labels(beside, flow, words, size, axes)
    return finished(alt.layer(*layers), size, 400)


def _labels(frame: pd.DataFrame, flow: str, words: Words, size: Size, axes: Axes) -> list[alt.Chart]:
    """Tell the amounts of the bars that the words are about, and name the flow above the highest of them."""
    wide = size.name == "wide"
    marked = frame[frame["year"].round().isin(MARKED[flow])]
    edge = 10 if wide else 4  # pixels from the middle of a bar to its side
    side: Mark = {"align": "right", "dx": edge} if flow == "import" else {"align": "left", "dx": -edge}
    up, down = marked[marked["value"] > 0], marked[marked["value"] < 0]
    named = up.assign(text=words[flow if wide else f"short_{flow}"])
    return [
        text(up, axes.x, axes.y, flow, dy=-9, **side),
        text(down, axes.x, axes.y, flow, dy=11),
        text(named, axes.x, axes.y, flow, dy=-26, fontWeight="bold", **side),
    ]


def growth_since(data: Data, words: Words, language: Language) -> Plot:
    """Growth from January to each month on the year before, as customs printed it, by flow."""
    growths = {
        flow: {month: item for month, item in measures.printed_growths(data, flow).items() if month >= str(SINCE)}
        for flow in PRINTED
    }
    known = sorted({month for items in growths.values() for month in items})
    rows = [
        [Cell(language.date(month), month), *(_printed(items.get(month), language) for items in growths.values())]
        for month in known
    ]
    columns = [Column(column, words[f"table_{flow}"], words["unit"]) for flow, column in PRINTED.items()]
    table = Grid([Column("to_month", words["table_corner"]), *columns], rows, tip=tip(words))
    frames = {
        flow: pd.DataFrame(
            {
                "month": [month_place(month, SINCE) for month in items],
                "value": [float(item.value) for item in items.values()],
                "text": [label(item, language) for item in items.values()],
                "point": point(table, map(known.index, items), PRINTED[flow]),
            }
        )
        for flow, items in growths.items()
    }
    used = rows_of(item for items in growths.values() for item in items.values())
    return Plot(lambda size: _growths(frames, words, language, size), table, used)


def _printed(item: Quantity | None, language: Language) -> Cell:
    return cell(None, language) if item is None else signed_cell(item, language, 1)


def _growths(frames: dict[str, pd.DataFrame], words: Words, language: Language, size: Size) -> Chart:
    wide = size.name == "wide"
    height, ends = 420 if wide else 400, (-16.0, 86.0)
    axes = balances(months(SINCE, LAST, 53 if wide else 63), (0, 30, 60), ends, language)
    layers = [year_ends(SINCE, LAST, axes.x), zero(axes)]
    for flow, frame in frames.items():
        layers += _stretches(frame, axes, flow, size)
    gap = (size.text + 3) * (ends[1] - ends[0]) / (height - 45)
    return finished(alt.layer(*layers, *_told(frames, words, gap, size, axes)), size, height)


def _told(frames: dict[str, pd.DataFrame], words: Words, gap: float, size: Size, axes: Axes) -> list[alt.Chart]:
    """Name each flow at its last dot, and tell the two figures that stand out before it."""
    short = "" if size.name == "wide" else "short_"
    last = pd.concat(frame.tail(1).assign(flow=flow) for flow, frame in frames.items()).sort_values("value")
    last["value"] = apart(last["value"].tolist(), gap)
    last["text"] = [f"{words[short + flow]} {amount}" for flow, amount in zip(last["flow"], last["text"], strict=True)]
    trade, sales = frames["total"], frames["export"]
    peak, before = sales[sales["value"] == sales["value"].max()], trade[trade["month"] == BEFORE]
    return [
        *(
            text(last[last["flow"] == flow], axes.x, axes.y, ink, align="left", dx=9, fontWeight=WEIGHTS[flow])
            for flow, ink in INKS.items()
        ),
        text(peak, axes.x, axes.y, "export", dy=-11),
        text(before, axes.x, axes.y, "accent", align="left", dx=8, dy=6, fontWeight="bold"),
    ]


def _stretches(frame: pd.DataFrame, axes: Axes, flow: str, size: Size) -> list[alt.Chart]:
    """Draw a dot for each figure, and a line between those of neighbouring months of one year."""
    ink, weight = colour(INKS[flow]), 3 if flow == "total" else 1.5
    near = neighbours(frame)
    near = near[near["from_month"] % MONTHS != 0]  # each year starts anew
    line = alt.Chart(near).mark_rule(color=ink, size=weight, strokeCap="round")
    dots = alt.Chart(frame).mark_circle(color=ink, opacity=1, size=(16 if size.name == "wide" else 10) * weight)
    return [
        line.encode(axes.x, axes.y, alt.X2("from_month"), alt.Y2("from_value")),
        dots.encode(axes.x, axes.y, description()),
    ]
