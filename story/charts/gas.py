"""Gas by pipeline: the one volume of Russia's sales that has a figure every year and no price in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.grid import Column, Grid
from press.quantity import decimals, rows_of
from story import measures
from story.charts.look import (
    amounts,
    cell,
    description,
    finished,
    point,
    series,
    text,
    tip,
    year_cell,
    years,
)
from story.theme import colour

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from story.charts.look import Chart

DELIVERED = "delivered_billion_cubic_metres"


def pipeline_gas(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Gas through Power of Siberia by year, below the amount a year that its contract was said to be for."""
    delivered, contract = measures.pipeline_gas(data), measures.contract_for_gas(data)
    rows = [[year_cell(year), cell(item, language)] for year, item in delivered.items()]
    columns = [Column("year", words["table_year"]), Column(DELIVERED, words["table_delivered"], words["unit"])]
    table = Grid(columns, rows, tip=tip(words))
    told = [language.number(item.value, decimals(item, 1)) for item in delivered.values()]
    frame = series(delivered, text=told, point=point(table, range(len(rows)), DELIVERED))
    line = pd.DataFrame({"year": [min(delivered) - 0.6], "value": [float(contract.value)], "text": [words["contract"]]})
    used = rows_of([*delivered.values(), contract])
    credited = frozenset(row for row in used if row.source_ids)  # a figure of a statement has its sources there
    return Plot(lambda size: _bars(frame, line, language, size), table, credited)


def _bars(frame: pd.DataFrame, line: pd.DataFrame, language: ChartLanguage, size: Size) -> Chart:
    first, last = frame["year"].min(), frame["year"].max()
    x = years(first - 0.6, last + 0.6, range(first, last + 1))
    y = amounts((0, 10, 20, 30, 40), language)
    width = 62 if size.name == "wide" else 28
    bars = alt.Chart(frame).mark_bar(color=colour("import"), orient="vertical", size=width)
    return finished(
        alt.layer(
            bars.encode(x, y, description()),
            alt.Chart(line).mark_rule(color=colour("ink"), size=1.5).encode(y),
            text(line, x, y, "ink", align="left", dy=12, dx=2),
            text(frame, x, y, "import", dy=-13, fontWeight="bold"),
        ),
        size,
        360,
    )
