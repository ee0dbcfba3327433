"""Who sells what: China's goods by chapter as slopes, Russia's fuels as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.grid import Cell, Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import (
    amounts,
    apart,
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
    from story.charts.look import Chart, Mark

BEFORE, AFTER = 2021, 2023
GROWN = ("84", "87")  # the chapters that the story is about: machinery, vehicles
NAMED = (*GROWN, "85", "39")  # large enough to be told apart in the drawing
FUELS = ("crude_oil", "coal", "lng", "oil_products")


def what_china_sells(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """China's larger exports to Russia by HS chapter, 2021 and 2023."""
    before, after = (measures.chapters(data, year, "export") for year in (BEFORE, AFTER))
    frame = pd.DataFrame(
        [
            (chapter, words[f"chapter_{chapter}"], float(before[chapter].value), float(item.value), chapter in GROWN)
            for chapter, item in after.items()
        ],
        columns=["chapter", "name", "before", "after", "grown"],
    )
    rows = [
        [Cell(name, name), Cell(key, key), cell(before[key], language), cell(after[key], language)]
        for key in after
        for name in [str(words[f"chapter_{key}"])]
    ]
    heads = [Column("goods", words["table_goods"]), Column("hs_chapter", words["table_chapter"])]
    values = [Column(f"exports_{year}_usd_billion", str(year), words["unit"]) for year in (BEFORE, AFTER)]
    table = Grid([*heads, *values], rows, "rows", tip(words))
    frame["before_point"], frame["after_point"] = (point(table, range(len(rows)), column.name) for column in values)
    used = rows_of([*before.values(), *after.values()])
    return Plot(lambda size: _slopes(frame, words, language, size), table, used)


def _slopes(frame: pd.DataFrame, words: Words, language: ChartLanguage, size: Size) -> Chart:
    ticks = (0, 5, 10, 15, 20, 25)
    x = years(BEFORE - 0.06, AFTER + (0.75 if size.name == "wide" else 2.2), (BEFORE, AFTER))
    value, after = amounts(ticks, language, "before", grid=False), amounts(ticks, language, "after", grid=False)
    grid = pd.DataFrame({"before": ticks, "year": BEFORE, "last": AFTER})
    layers = [alt.Chart(grid).mark_rule(color=colour("rule")).encode(x, value, alt.X2("last"))]
    for grown, ink in ((False, "context"), (True, "export")):
        own = frame[frame["grown"] == grown].assign(year=BEFORE, last=AFTER)
        style: Mark = {"color": colour(ink), "size": 3 if grown else 1.5}
        layers += [
            alt.Chart(own).mark_rule(**style).encode(x, value, alt.X2("last"), alt.Y2("after")),
            _ends(own.assign(point=own["before_point"]), ink).encode(x, value, description()),
            _ends(own.assign(year=AFTER, point=own["after_point"]), ink).encode(x, after, description()),
        ]
    names = _names(frame, words, language)
    for grown, ink, weight in ((False, "muted", "normal"), (True, "export", "bold")):
        own = names[names["grown"] == grown]
        layers.append(text(own, x, after, ink, align="left", dx=9, fontWeight=weight))
    return finished(alt.layer(*layers), size, 420)


def _ends(frame: pd.DataFrame, ink: str) -> alt.Chart:
    return alt.Chart(frame).mark_circle(opacity=1, color=colour(ink), size=30)


def _names(frame: pd.DataFrame, words: Words, language: ChartLanguage) -> pd.DataFrame:
    """Name the large chapters at their ends, and all others together."""
    named, others = frame[frame["chapter"].isin(NAMED)], frame[~frame["chapter"].isin(NAMED)]
    texts = [f"{name} {language.number(value, 1)}" for name, value in zip(named["name"], named["after"], strict=True)]
    low, high = (language.number(value, 1) for value in (others["after"].min(), others["after"].max()))
    rest = words["others"].fill(count=len(others), low=low, high=high)
    together = pd.DataFrame({"after": [others["after"].mean()], "text": [rest], "grown": [False]})
    return pd.concat([named.assign(text=texts), together]).assign(year=AFTER)


def what_russia_sells(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """China's imports of four fuels from Russia by year."""
    fuels = {product: measures.energy(data, product) for product in FUELS}
    years_known = sorted({year for items in fuels.values() for year in items})
    rows = [[year_cell(year), *(cell(items.get(year), language) for items in fuels.values())] for year in years_known]
    columns = [Column(f"{product}_usd_billion", words[product], words["unit"]) for product in FUELS]
    table = Grid([Column("year", words["table_year"]), *columns], rows, tip=tip(words))
    frame = pd.concat(
        series(items, name=column.head, point=point(table, map(years_known.index, items), column.name))
        for column, items in zip(columns, fuels.values(), strict=True)
    )
    used = rows_of(item for items in fuels.values() for item in items.values())
    return Plot(lambda size: _fuels(frame, language, size), table, used)


def _fuels(frame: pd.DataFrame, language: ChartLanguage, size: Size) -> Chart:
    wide = size.name == "wide"
    ticks, height = ticks_over(0, frame["value"].max(), 8), 400
    first, newest = int(frame["year"].min()), int(frame["year"].max())
    x = years(first - 0.1, newest, some_years(first, newest, 14 if wide else 4))
    y = amounts(ticks, language)
    last = frame.loc[frame.groupby("name")["year"].transform("max") == frame["year"]].sort_values("value")
    last = last.assign(
        value=apart(last["value"].tolist(), (size.text + 6) * ticks[-1] / (height - 40)), text=last["name"]
    )
    most, layers = last["name"].iloc[-1], list[alt.Chart]()
    for leads, width, weight in ((False, 1.5, "normal"), (True, 3, "bold")):
        lines = alt.Chart(frame[(frame["name"] == most) == leads]).encode(x, y, alt.Detail("name:N"))
        layers += [
            lines.mark_line(color=colour("import"), size=width),
            lines.mark_circle(color=colour("import"), opacity=1, size=34).encode(description()),
            text(last[(last["name"] == most) == leads], x, y, "import", align="left", dx=9, fontWeight=weight),
        ]
    return finished(alt.layer(*layers), size, height)
