"""Price or volume: how many tonnes of Russian crude China bought, and what a tonne cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.grid import Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import (
    amounts,
    cell,
    description,
    finished,
    point,
    series,
    some_years,
    text,
    ticks_over,
    tip,
    year_cell,
    years,
)
from story.theme import colour

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from story.charts.look import Chart

BASE = 2015
INDICES = {"tonnes": "tonnes_index_2015", "price": "price_index_2015"}
COLUMNS = ("year", "million_tonnes", "value_usd_billion", "usd_per_tonne", *INDICES.values())
STYLES = {"tonnes": ("import", [1, 0]), "price": ("ink", [7, 3])}


def price_or_volume(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Tonnes of Russian crude and dollars a tonne, each as an index."""
    prices = measures.price_per_tonne(data, "crude_oil")
    tonnes = {year: item for year, item in measures.tonnes(data, "crude_oil").items() if year in prices}
    values = {year: item for year, item in measures.energy(data, "crude_oil").items() if year in prices}
    indices = {"tonnes": measures.indexed(tonnes, BASE), "price": measures.indexed(prices, BASE)}
    last = {key: language.number(items[max(items)].value) for key, items in indices.items()}
    measured = ((tonnes, 1), (values, 1), (prices, 0), *((index, 0) for index in indices.values()))
    rows = [
        [year_cell(year), *(cell(items[year], language, places) for items, places in measured)]
        for year in sorted(prices)
    ]
    units = dict.fromkeys(INDICES.values(), words["unit"])
    columns = [Column(name, words[f"table_{name}"], units.get(name, "")) for name in COLUMNS]
    table = Grid(columns, rows, tip=tip(words))
    frame = pd.concat(
        series(
            items,
            name=words[key].fill(value=last[key]),
            key=key,
            point=point(table, range(len(items)), INDICES[key]),
        )
        for key, items in indices.items()
    )
    used = rows_of(item for index in indices.values() for item in index.values())
    return Plot(lambda size: _indices(frame, language, size), table, used)


def _indices(frame: pd.DataFrame, language: ChartLanguage, size: Size) -> Chart:
    wide = size.name == "wide"
    last = int(frame["year"].max())
    x = years(BASE - 0.1, last, some_years(BASE, last, 14 if wide else 4))
    y = amounts(ticks_over(0, frame["value"].max()), language)
    layers: list[alt.Chart] = [alt.Chart(pd.DataFrame({"value": [100]})).mark_rule(color=colour("muted")).encode(y)]
    for key, (ink, dash) in STYLES.items():
        own = frame[frame["key"] == key]
        end = own.loc[own["year"] == own["year"].max()].assign(text=own["name"])
        layers += [
            alt.Chart(own).mark_line(color=colour(ink), size=3, strokeDash=dash).encode(x, y),
            alt.Chart(own).mark_circle(color=colour(ink), opacity=1, size=34).encode(x, y, description()),
            text(end, x, y, ink, align="left", dx=9, fontWeight="bold"),
        ]
    return finished(alt.layer(*layers), size, 400)
