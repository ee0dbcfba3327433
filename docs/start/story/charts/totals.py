"""Trade, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from press.figures import Plot, Size
from press.ground.grid import Column, Grid
from press.quantity import rows_of
from story import facts
from story.charts.look import amounts, cell, description, finished, point, series, tip, year_cell, years
from story.theme import colour

if TYPE_CHECKING:
    import pandas as pd

    from press.content import ChartLanguage, Words
    from press.data import Data
    from story.charts.look import Chart


def totals(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Trade by year, a bar each."""
    items = facts.total.series(data)
    columns = [
        Column("year", words["table_year"]),
        Column("total_usd_billion", words["table_total"], words["unit"]),
    ]
    table = Grid(columns, [[year_cell(year), cell(item, language)] for year, item in items.items()], tip=tip(words))
    frame = series(items, point=point(table, range(len(items)), "total_usd_billion"))
    return Plot(lambda size: _bars(frame, language, size), table, rows_of(items.values()))


def _bars(frame: pd.DataFrame, language: ChartLanguage, size: Size) -> Chart:
    x, y = years(2020.5, 2023.5, (2021, 2022, 2023)), amounts((0, 100, 200, 300), language)
    bars = alt.Chart(frame).mark_bar(color=colour("accent"), size=size.width / 8)
    return finished([bars.encode(x, y, description())], size, 320)
