"""Who sells what: China's goods by chapter as slopes, Russia's fuels as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.ground.grid import Cell, Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import (
    Panel,
    amounts,
    apart,
    cell,
    description,
    finished,
    panelled,
    point,
    series,
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
    from story.charts.look import Chart, Mark

BEFORE, AFTER = 2021, 2023
GROWN = ("84", "87")  # the chapters that the story is about: machinery, vehicles
NAMED = (*GROWN, "85", "39")  # large enough to be told apart in the drawing
FUELS = ("crude_oil", "coal", "lng", "oil_products")
LEADS = "crude_oil"  # the fuel with a panel of its own
STYLES: dict[str, tuple[float, list[int]]] = {  # how thick a line is, and its dashes
    "crude_oil": (3, [1, 0]),
    "coal": (2, [1, 0]),
    "lng": (2, [7, 3]),
    "oil_products": (2, [2, 3]),
}
STEPS = (20, 5)  # billions of dollars between lines of the grid, in either panel
PANELS, HEADING, BETWEEN = 385, 38, 8  # pixels: both panels; the room of a heading, and that above the second one


def what_china_sells(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """China's larger exports to Russia by HS chapter, 2021 and 2023."""
    before, after = (measures.chapters_by_size(data, year, "export") for year in (BEFORE, AFTER))
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
    for grown, ink, kind in ((False, "muted", "text"), (True, "export", "label")):
        own = names[names["grown"] == grown]
        layers.append(text(own, x, after, ink, align="left", dx=9, style=kind))
    return finished(layers, size, 420)


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
    fuels = {product: measures.energy.series(data, product) for product in FUELS}
    years_known = sorted({year for items in fuels.values() for year in items})
    rows = [[year_cell(year), *(cell(items.get(year), language) for items in fuels.values())] for year in years_known]
    columns = [Column(f"{product}_usd_billion", words[product], words["unit"]) for product in FUELS]
    table = Grid([Column("year", words["table_year"]), *columns], rows, tip=tip(words))
    frame = pd.concat(
        series(
            items,
            fuel=product,
            point=point(table, map(years_known.index, items), column.name),
            text=[
                words["amount" if product == LEADS else "named"].fill(
                    name=column.head, value=language.number(item.value, 1)
                )
                for item in items.values()
            ],
        )
        for column, (product, items) in zip(columns, fuels.items(), strict=True)
    )
    used = rows_of(item for items in fuels.values() for item in items.values())
    return Plot(lambda size: _fuels(frame, words, language, size), table, used)


def _fuels(frame: pd.DataFrame, words: Words, language: ChartLanguage, size: Size) -> Chart:
    """Draw crude oil above, the others below it stretched so many times that both are about as high."""
    wide = size.name == "wide"
    leads = frame["fuel"] == LEADS
    first, last = int(frame["year"].min()), int(frame["year"].max())
    tops = float(frame.loc[leads, "value"].max()), float(frame.loc[~leads, "value"].max())
    times = max(round(tops[0] / tops[1]), 1)
    unit = (PANELS - 2 * HEADING - BETWEEN) / (tops[0] + times * tops[1])  # pixels to a billion dollars of crude oil
    above = Panel(HEADING + round(tops[0] * unit), unit)
    below = Panel(PANELS, unit * times)
    frame = frame.assign(place=above.at(frame["value"]).where(leads, below.at(frame["value"])))
    ticks = {
        panel.at(tick): language.number(tick)
        for panel, top, step in ((above, tops[0], STEPS[0]), (below, tops[1], STEPS[1]))
        for tick in ticks_within(0, top, step=step)
    }
    x = years(first - 0.1, last + (0.5 if wide else 3.6), some_years(first, last, 12 if wide else 4))
    y = panelled("place", PANELS, ticks)
    told = (words["crude_oil"], words["others" if wide else "short_others"].fill(times=language.number(times)))
    places = (HEADING / 2 - 4, above.zero + BETWEEN + HEADING / 2 - 4)
    headings = pd.DataFrame({"year": first - 0.1, "place": places, "text": told})
    layers: list[alt.Chart] = []
    for fuel, (width, dash) in STYLES.items():
        lines = alt.Chart(frame[frame["fuel"] == fuel])
        layers += [
            lines.mark_line(color=colour("import"), size=width, strokeDash=dash).encode(x, y),
            lines.mark_circle(color=colour("import"), opacity=1, size=34).encode(x, y, description()),
        ]
    layers += _amounts(frame, words, size, x, y)
    layers.append(text(headings, x, y, "ink", align="left", style="label"))
    return finished(layers, size, PANELS + 35)


def _amounts(frame: pd.DataFrame, words: Words, size: Size, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Tell the amounts of the newest year in which every fuel has one, each beside its dot, and which year that is."""
    known = frame.groupby("year")["fuel"].nunique()
    year = int(known[known == len(FUELS)].index.max())
    told = frame[frame["year"] == year].sort_values("place")
    leads, others = told[told["fuel"] == LEADS], told[told["fuel"] != LEADS]
    beside = others.assign(place=apart(others["place"].tolist(), size.text + 20))
    moved = beside["place"] != others["place"]
    return [
        text(leads, x, y, "import", dy=-13, style="key"),
        text(beside[~moved], x, y, "import", align="left", dx=9),
        text(beside[moved], x, y, "import", align="left", dx=3),
        text(
            pd.DataFrame(
                {"year": [frame["year"].max()], "place": [HEADING / 2 - 4], "text": words["told"].fill(year=year)}
            ),
            x,
            y,
            "muted",
            align="right",
        ),
    ]
