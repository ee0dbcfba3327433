"""Crude oil and gas by pipeline: how much of each China bought, and what a tonne of crude cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.ground.grid import Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import (
    Kinds,
    amounts,
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
    with_room,
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

HEIGHT, AXIS, LINE = 360, 40, 16  # pixels of the drawing; of its height, those of the axis and above; of a line of text
DELIVERED = "delivered_billion_cubic_metres"


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


def pipeline_gas(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Gas through Power of Siberia by year, below the amount a year that its contract was said to be for."""
    delivered, contract = measures.pipeline_gas.series(data), measures.contract_for_gas(data)
    found = Kinds(0, {"delivered": DELIVERED}).shown({"delivered": delivered}, words, language)
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
