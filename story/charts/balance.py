"""Who sold more: the balance of trade, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from press.figures import Plot, Size
from press.grid import Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import (
    balances,
    bars,
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

if TYPE_CHECKING:
    import pandas as pd

    from press.content import ChartLanguage, Words
    from press.data import Data
    from story.charts.look import Axes, Chart

FIRST, LAST = 2014, 2025  # flows of earlier years are known for some of them only
TOLD = {"wide": (2014, 2022, 2024, 2025), "narrow": (2014, 2022, 2025)}  # the bars of 2023 and 2025 leave no room
COLUMN = "chinas_surplus_usd_billion"


def balance(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """China's exports to Russia less its imports from it, a bar a year: above zero China sold more, below it Russia."""
    items = {year: item for year, item in measures.surpluses(data, "China").items() if year >= FIRST}
    rows = [[year_cell(year), signed_cell(item, language)] for year, item in items.items()]
    columns = [Column("year", words["table_year"]), Column(COLUMN, words["table_surplus"], words["unit"])]
    table = Grid(columns, rows, tip=tip(words))
    frame = series(
        items,
        point=point(table, range(len(items)), COLUMN),
        text=[label(item, language).lstrip("+\u2212") for item in items.values()],
    )
    return Plot(lambda size: _bars(frame, words, language, size), table, rows_of(items.values()))


def _bars(frame: pd.DataFrame, words: Words, language: ChartLanguage, size: Size) -> Chart:
    wide = size.name == "wide"
    x = years(FIRST - 0.6, LAST + 0.6, range(FIRST, LAST + 1) if wide else (2014, 2018, 2022, 2025))
    axes = balances(x, (-30, -20, -10, 0, 10), (-42, 16), language)
    layers = [zero(axes)]
    china, russia = frame[frame["value"] > 0], frame[frame["value"] < 0]
    for own, ink, dy in ((china, "export", -9), (russia, "import", 11)):
        told = own[own["year"].isin(TOLD[size.name])]
        layers += [*bars(own, axes, ink, 34 if wide else 11), text(told, axes.x, axes.y, ink, dy=dy)]
    return finished(alt.layer(*layers, *_names(china, russia, words, size, axes)), size, 420 if wide else 400)


def _names(china: pd.DataFrame, russia: pd.DataFrame, words: Words, size: Size, axes: Axes) -> list[alt.Chart]:
    """Name the two sides, each beside its bars."""
    above = china[china["year"] == FIRST + 1].assign(value=7, text=words["china"])
    below = russia.head(1).assign(year=FIRST - 0.4, value=-17, text=words["russia"])
    return [
        text(above, axes.x, axes.y, "export", align="left", dx=-12 if size.name == "wide" else -4, fontWeight="bold"),
        text(below, axes.x, axes.y, "import", align="left", fontWeight="bold"),
    ]
