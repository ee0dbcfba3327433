"""Growth: which way it came from, and how much of it customs printed, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.grid import Cell, Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import (
    balances,
    bars,
    description,
    finished,
    label,
    point,
    series,
    signed_cell,
    text,
    tip,
    year_cell,
    years,
    zero,
)
from story.theme import colour

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from story.charts.look import Axes, Chart, Mark

FLOWS = {"export": "exports_change_usd_billion", "import": "imports_change_usd_billion"}
SIDES = {"export": -0.2, "import": 0.2}  # of a year, in years: its two bars stand side by side
FIRST = 2015
MARKED = {"export": (2023, 2025), "import": (2022,)}  # the bars that the words are about

GROWTH = "growth_percent"
SINCE = 2019  # for the year before no page prints a growth
END = "-12"  # a growth to December is that of a year


def which_way(data: Data, words: Words, language: ChartLanguage) -> Plot:
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


def _pairs(frames: dict[str, pd.DataFrame], words: Words, language: ChartLanguage, size: Size) -> Chart:
    wide = size.name == "wide"
    x = years(FIRST - 0.5, 2025.5, range(FIRST, 2026) if wide else (2015, 2018, 2021, 2024))
    axes = balances(x, (-20, -10, 0, 10, 20, 30), (-20, 41), language)
    layers, top = [zero(axes)], max(float(frame["value"].max()) for frame in frames.values())
    for flow, frame in frames.items():
        beside = frame.assign(year=frame["year"] + SIDES[flow], top=top)
        layers += bars(beside, axes, flow, 21 if wide else 8)
        layers += _labels(beside, flow, words, size, axes)
    return finished(alt.layer(*layers), size, 400)


def _labels(frame: pd.DataFrame, flow: str, words: Words, size: Size, axes: Axes) -> list[alt.Chart]:
    """Tell the amounts of the bars that the words are about and name the flow, both flows at their ``top``."""
    wide = size.name == "wide"
    marked = frame[frame["year"].round().isin(MARKED[flow])]
    edge = 10 if wide else 4  # pixels from the middle of a bar to its side
    side: Mark = {"align": "right", "dx": edge} if flow == "import" else {"align": "left", "dx": -edge}
    up, down = marked[marked["value"] > 0].assign(value=marked["top"]), marked[marked["value"] < 0]
    named = up.assign(text=words[flow if wide else f"short_{flow}"])
    return [
        text(up, axes.x, axes.y, flow, dy=-9, **side),
        text(down, axes.x, axes.y, flow, dy=11),
        text(named, axes.x, axes.y, flow, dy=-26, fontWeight="bold", **side),
    ]


def growth_since(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Growth of each year on the year before, as customs printed it; of an unfinished year, that of its months."""
    items = {month: item for month, item in measures.printed_growths_of_years(data).items() if month >= str(SINCE)}
    rows = [[_period(month, words, language), signed_cell(item, language, 1)] for month, item in items.items()]
    columns = [Column("to_month", words["table_corner"]), Column(GROWTH, words["table_growth"], words["unit"])]
    table = Grid(columns, rows, tip=tip(words))
    names = language.months("wide")
    frame = pd.DataFrame(
        {
            "year": [int(month[:4]) for month in items],
            "whole": [month.endswith(END) for month in items],
            "months": [words["months"].fill(last=names[int(month[5:]) - 1]) for month in items],
            "value": [float(item.value) for item in items.values()],
            "text": [label(item, language) for item in items.values()],
            "point": point(table, range(len(items)), GROWTH),
        }
    )
    return Plot(lambda size: _growths(frame, language, size), table, rows_of(items.values()))


def _period(month: str, words: Words, language: ChartLanguage) -> Cell:
    """Name what a growth is of: a year, or the months of one from January on."""
    return Cell(month[:4] if month.endswith(END) else words["part"].fill(month=language.date(month)), month)


def _growths(frame: pd.DataFrame, language: ChartLanguage, size: Size) -> Chart:
    wide = size.name == "wide"
    last = int(frame["year"].max())
    x = years(SINCE - 0.6, last + 0.6, range(SINCE, last + 1) if wide else range(last - 6, last + 1, 2))
    axes = balances(x, (-10, 0, 10, 20, 30, 40), (-14, 44), language)
    whole, part = frame[frame["whole"]], frame[~frame["whole"]]
    width = 50 if wide else 22
    told = frame if wide else frame.assign(text=frame["text"].str.lstrip("+"))  # wider than a bar, it meets the next
    layers = [zero(axes), _bars(whole, axes, width), _bars(part, axes, width / 3), *_amounts(told, axes)]
    beside: Mark = {} if wide else {"align": "right", "dx": 18}
    named = text(part.assign(text=part["months"]), axes.x, axes.y, "muted", dy=-28, **beside)
    return finished(alt.layer(*layers, named), size, 400 if wide else 380)


def _bars(frame: pd.DataFrame, axes: Axes, width: float) -> alt.Chart:
    return alt.Chart(frame).mark_bar(color=colour("accent"), size=width).encode(axes.x, axes.y, description())


def _amounts(frame: pd.DataFrame, axes: Axes) -> list[alt.Chart]:
    """Tell the growth of each bar at its end, above it or below."""
    up, down = frame[frame["value"] >= 0], frame[frame["value"] < 0]
    return [text(own, axes.x, axes.y, "accent", dy=dy, fontWeight="bold") for own, dy in ((up, -10), (down, 12))]
