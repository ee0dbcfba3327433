"""Price or volume: how many tonnes of Russian crude China bought, what a tonne cost, and what Saudi crude cost."""

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
RUSSIA, SAUDI = "Russia", "Saudi Arabia"
CLEAR = 9  # dollars a tonne from the middle of a pair: clear of the line of 600
MISSING_AT = 350  # dollars a tonne, where the drawing is empty
SUPPLIERS = {RUSSIA: "russian", SAUDI: "saudi"}


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


def against_saudi_crude(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Dollars a tonne of Russian and of Saudi crude; of the latter only the years whose weight is citable."""
    prices = {supplier: measures.price_per_tonne(data, "crude_oil", supplier) for supplier in SUPPLIERS}
    shown = range(min(prices[SAUDI]), max(prices[RUSSIA]) + 1)
    gaps = {year: measures.price_against_saudi(data, year) for year in shown}
    rows = [
        [
            year_cell(year),
            *(cell(prices[supplier].get(year), language, 0) for supplier in SUPPLIERS),
            cell(gaps[year], language),
        ]
        for year in shown
    ]
    heads = [Column(f"{key}_usd_per_tonne", words[f"table_{key}"], words["unit"]) for key in SUPPLIERS.values()]
    heads.append(Column("difference_percent", words["table_difference"], words["unit_difference"]))
    table = Grid([Column("year", words["table_year"]), *heads], rows, tip=tip(words))
    frames = []
    for supplier, key in SUPPLIERS.items():
        items = {year: prices[supplier][year] for year in shown if year in prices[supplier]}
        told = point(table, (year - min(shown) for year in items), f"{key}_usd_per_tonne")
        ends = pd.DataFrame({end: [float(getattr(item, end)) for item in items.values()] for end in ("least", "most")})
        frames.append(series(items, key=key, point=told).join(ends))
    frame = pd.concat(frames)
    pairs = pd.DataFrame(
        [
            (year, *sorted(float(prices[supplier][year].value) for supplier in SUPPLIERS), words[f"gap_{year}"])
            for year, gap in gaps.items()
            if gap
        ],
        columns=["year", "value", "high", "text"],
    )
    used = rows_of([*(items[year] for items in prices.values() for year in shown if year in items)])
    return Plot(lambda size: _prices(frame, pairs, words, language, size), table, used)


def _prices(frame: pd.DataFrame, pairs: pd.DataFrame, words: Words, language: ChartLanguage, size: Size) -> Chart:
    wide = size.name == "wide"
    first, last = frame["year"].min(), frame["year"].max()
    x = years(first - 0.7, last + (1.0 if wide else 2.1), range(first, last + 1) if wide else (2019, 2021, 2023))
    y = amounts((300, 400, 500, 600, 700), language)
    layers = [alt.Chart(pairs).mark_rule(color=colour("context"), size=1.5).encode(x, y, alt.Y2("high"))]
    for key, ink, area, dy in (("saudi", "muted", 190, -10), ("russian", "import", 80, 12)):  # of equal ones both show
        own = frame[frame["key"] == key]
        named = own[own["year"] == last].assign(text=words[f"name_{key}"])
        dots = alt.Chart(own).mark_circle(color=colour(ink), opacity=1, size=area)
        widths = alt.Chart(own.assign(value=own["least"])).mark_rule(color=colour(ink), size=3)
        layers += [
            widths.encode(x, y, alt.Y2("most")),
            dots.encode(x, y, description()),
            text(named, x, y, ink, align="left", dx=12, fontWeight="bold", dy=dy),
        ]
    middle = pairs.assign(value=(pairs["value"] + pairs["high"]) / 2 - CLEAR)
    for place, mark in (
        ("first", {"dy": 20}),
        ("last", {"align": "left", "dx": 12}),
        ("", {"align": "right", "dx": -9}),
    ):
        years_there = {"first": {first}, "last": {last}}.get(place, set(pairs["year"]) - {first, last})
        layers.append(text(middle[middle["year"].isin(years_there)], x, y, "ink", **mark))
    alone = sorted(set(frame["year"]) - set(pairs["year"]))
    missing = words["missing"].fill(first=alone[0], last=alone[-1])
    note = pd.DataFrame({"year": [alone[0] + 0.4], "value": [MISSING_AT], "text": [missing]})
    return finished(alt.layer(*layers, text(note, x, y, "muted", align="left")), size, 380)
