"""Price or volume: how many tonnes of Russian crude China bought, and what a tonne cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.ground.grid import Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import (
    cell,
    description,
    finished,
    named,
    point,
    series,
    signed,
    signed_cell,
    some_years,
    text,
    ticks_within,
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
CHANGES = {"tonnes": "tonnes_change_since_2015_percent", "price": "price_change_since_2015_percent"}
COLUMNS = ("year", "million_tonnes", "value_usd_billion", "usd_per_tonne", *INDICES.values(), *CHANGES.values())
STEP = 50  # percent between lines of the grid
STYLES: dict[str, tuple[str, list[int]]] = {"tonnes": ("import", [1, 0]), "price": ("ink", [7, 3])}


def price_or_volume(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Tonnes of Russian crude and dollars a tonne, each by how many percent it differs from its first year."""
    prices = measures.price_per_tonne.series(data, "crude_oil")
    tonnes, values = (measure.series(data, "crude_oil") for measure in (measures.tonnes, measures.energy))
    since = [
        {"tonnes": measures.index_of_tonnes, "price": measures.index_of_price},
        {"tonnes": measures.tonnes_growth_since, "price": measures.price_growth_since},
    ]
    found = [{name: of.series(data, BASE, "crude_oil") for name, of in kinds.items()} for kinds in since]
    indices, changes = ({name: {year: of[year] for year in prices} for name, of in kind.items()} for kind in found)
    measured = ((tonnes, 1), (values, 1), (prices, 0), *((index, 0) for index in indices.values()))
    rows = [
        [
            year_cell(year),
            *(cell(items[year], language, places) for items, places in measured),
            *(signed_cell(items[year], language, 0) for items in changes.values()),
        ]
        for year in sorted(prices)
    ]
    units = dict.fromkeys(INDICES.values(), words["unit_index"]) | dict.fromkeys(CHANGES.values(), words["unit"])
    columns = [Column(name, words[f"table_{name}"], units.get(name, "")) for name in COLUMNS]
    table = Grid(columns, rows, tip=tip(words))
    frame = pd.concat(
        series(
            items,
            key=key,
            text=[signed(float(item.value), language) for item in items.values()],
            point=point(table, range(len(items)), CHANGES[key]),
        )
        for key, items in changes.items()
    )
    used = rows_of(item for index in indices.values() for item in index.values())
    return Plot(lambda size: _changes(frame, words, language, size), table, used)


def _changes(frame: pd.DataFrame, words: Words, language: ChartLanguage, size: Size) -> Chart:
    wide, last = size.name == "wide", int(frame["year"].max())
    low, high = (float(end) for end in (frame["value"].min() - STEP / 4, frame["value"].max() + STEP / 4))
    ticks = ticks_within(low, high, step=STEP)
    names = {tick: signed(tick, language) + words["percent"] for tick in ticks}
    axis = alt.Axis(values=ticks, labelExpr=named(names), title=None)
    x = years(BASE - 0.1, last, some_years(BASE, last, 12 if wide else 4))
    y = alt.Y("value:Q", scale=alt.Scale(domain=[low, high], nice=False), axis=axis)
    layers: list[alt.Chart] = [alt.Chart(pd.DataFrame({"value": [0]})).mark_rule(color=colour("ink")).encode(y)]
    for key, (ink, dash) in STYLES.items():
        own = frame[frame["key"] == key]
        end = own[own["year"] == last]
        end = end.assign(text=words[key].fill(value=end["text"].item()))
        layers += [
            alt.Chart(own).mark_line(color=colour(ink), size=3, strokeDash=dash).encode(x, y),
            alt.Chart(own).mark_circle(color=colour(ink), opacity=1, size=34).encode(x, y, description()),
            text(end, x, y, ink, align="left", dx=9, style="label"),
        ]
    return finished([*layers, *_swings(frame, words, last, x, y)], size, 400)


def _swings(frame: pd.DataFrame, words: Words, last: int, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Tell how far the price rose and fell, where it did; its last year is told at the end of its line."""
    price = frame[frame["key"] == "price"]
    ends = ((price.nlargest(1, "value"), -13), (price.nsmallest(1, "value"), 15))
    told = [(end.assign(text=end["text"] + words["percent"]), dy) for end, dy in ends]
    return [text(end[end["year"] < last], x, y, STYLES["price"][0], dy=dy) for end, dy in told]
