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
    Axes,
    Kinds,
    balances,
    cell,
    description,
    finished,
    point,
    series,
    signed,
    signed_cell,
    some_years,
    text,
    ticks_within,
    tip,
    war,
    with_room,
    year_cell,
    years,
    zero,
)
from story.theme import colour

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.quantity import Quantity
    from story.charts.look import Chart

SINCE = 2021
CHANGES = {"tonnes": "tonnes_change_percent", "price": "price_change_percent"}
COLUMNS = ("year", "million_tonnes", "value_usd_billion", "usd_per_tonne", *CHANGES.values())
INKS = {"tonnes": ("import", -0.17), "price": ("muted", 0.17)}  # colours, and how far from its year a bar stands

HEIGHT, AXIS, LINE = 360, 40, 16  # pixels of the drawing; of its height, those of the axis and above; of a line of text
DELIVERED = "delivered_billion_cubic_metres"


def price_or_volume(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """By how many percent each year's tonnes of Russian crude, and dollars a tonne, differ from the year before."""
    measured: list[tuple[dict[int, Quantity], int]] = [
        (measures.tonnes.series(data, "crude_oil"), 1),
        (measures.energy.series(data, "crude_oil"), 1),
        (measures.price_per_tonne.series(data, "crude_oil"), 0),
    ]
    growth = (measures.tonnes_growth, measures.price_growth)
    changes = dict(zip(INKS, (of.series(data, None, "crude_oil") for of in growth), strict=True))
    rows = [
        [
            year_cell(year),
            *(cell(items.get(year), language, places) for items, places in measured),
            *(signed_cell(items.get(year), language, 0) for items in changes.values()),
        ]
        for year in sorted(measured[0][0])
    ]
    columns = [Column(name, words[f"table_{name}"], words["unit"] if "change" in name else "") for name in COLUMNS]
    table = Grid(columns, rows, tip=tip(words))
    known = sorted(measured[0][0])
    frame = pd.concat(
        series(
            items,
            key=kind,
            text=[signed(round(float(item.value)), language) for item in items.values()],
            point=point(table, map(known.index, items), CHANGES[kind]),
        )
        for kind, items in changes.items()
    )
    used = rows_of(item for items, _ in measured for item in items.values())
    shown = frame[frame["year"].between(SINCE, max(changes["price"]))]
    return Plot(lambda size: _changes(shown, words, language, size), table, used)


def _changes(frame: pd.DataFrame, words: Words, language: ChartLanguage, size: Size) -> Chart:
    """Draw two bars a year, that of weight on the left."""
    wide, last = size.name == "wide", int(frame["year"].max())
    low, high = float(frame["value"].min()), float(frame["value"].max())
    x = years(SINCE - 0.6, last + 0.6, range(SINCE, last + 1))
    axes = balances(x, ticks_within(low, high), with_room(low, high, HEIGHT - AXIS, 28, 28), language, words["percent"])
    pitch = (size.width - 56) / (last + 1.2 - SINCE)
    layers = [*war(words, axes, low), zero(axes)]
    for row, (kind, (ink, side)) in enumerate(INKS.items()):
        own = frame[frame["key"] == kind]
        own = own.assign(year=own["year"] + side)
        told = own.assign(text=own["text"] + (words["percent"] if wide else ""))
        up = told["value"] > 0
        name = pd.DataFrame({"year": [last + 0.6], "value": [high], "text": [words[kind]]})
        layers += [
            alt.Chart(own).mark_bar(color=colour(ink), size=0.3 * pitch).encode(*axes, description()),
            text(told[up], *axes, ink, dy=-10, style="label"),
            text(told[~up], *axes, ink, dy=12, style="label"),
            text(name, *axes, ink, align="right", dy=20 * row, style="label"),
        ]
    return finished(layers, size, HEIGHT)


def pipeline_gas(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Gas through Power of Siberia by year, below the amount a year that its contract was said to be for."""
    delivered, contract = measures.pipeline_gas.series(data), measures.contract_for_gas(data)
    found = Kinds(0, {"delivered": DELIVERED}).shown({"delivered": delivered}, words, language)
    frame = found.frames["delivered"]
    line = pd.DataFrame({"year": [min(delivered) - 0.6], "value": [float(contract.value)]})
    credited = frozenset(
        row for row in found.rows | contract.rows if row.source_ids
    )  # a figure of a statement has its sources there
    return Plot(lambda size: _bars(frame, line, words, size), found.table, credited)


def _bars(frame: pd.DataFrame, line: pd.DataFrame, words: Words, size: Size) -> Chart:
    wide = size.name == "wide"
    first, last = int(frame["year"].min()), int(frame["year"].max())
    x = years(first - 0.6, last + 0.6, some_years(first, last, 12 if wide else 7))
    named = [words["contract"]] if wide else [words["short_contract"], words["short_contract_volume"]]
    high, across = frame["value"].max(), line["value"].max()
    ends = (with_room(0, top, HEIGHT - AXIS, 0, room)[1] for top, room in ((high, 24), (across, 8 + LINE * len(named))))
    y = alt.Y("value:Q", scale=alt.Scale(domain=[0, max(ends)]), axis=None)
    bars = alt.Chart(frame).mark_bar(
        color=colour("import"), orient="vertical", size=0.66 * (size.width - 40) / (last + 1.2 - first)
    )
    units = [f"{each} {words['unit']}" for each in frame["text"]]
    told = frame.assign(text=frame["text"].where(frame["year"] > first, units)) if wide else frame
    return finished(
        [
            *war(words, Axes(x, y), high * 0.7, (0, across)),
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
