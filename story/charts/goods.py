"""Who sells what: China's goods as lines through the years that are known, Russia's fuels on each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.ground.grid import Cell, Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import (
    Axes,
    amounts,
    cell,
    description,
    finished,
    point,
    series,
    some_years,
    text,
    ticks_within,
    tip,
    war,
    with_room,
    year_cell,
    years,
)
from story.theme import colour

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from story.charts.look import Chart, Mark

KNOWN = (2018, 2021, 2023, 2024)  # the years of which goods are known
BEFORE, AFTER = 2021, 2023  # the years that the title compares, and the goods by which the drawing does
GROWN = ("84", "87")  # the chapters that the story is about: machinery, vehicles
NAMED = (*GROWN, "85")  # large enough to be told apart in the drawing
LEADS = "87"  # how many times its value came to is told
# The years whose amounts are told beside a line, and where: above what climbs on the left, below it on the right.
SPOTS: dict[str, dict[int, tuple[str, int, int]]] = {
    "84": {2018: ("center", 0, 15), 2021: ("left", 2, 15), 2023: ("right", 2, -14)},
    "85": {2018: ("center", 0, -13), 2021: ("right", 8, -13), 2023: ("center", 0, -13)},
    "87": {2021: ("right", 4, -14), 2023: ("left", 9, 9)},
}
SPOTS_NARROW: dict[str, dict[int, tuple[str, int, int]]] = {
    "84": {2021: ("right", 1, -13)},
    "85": {},
    "87": {2021: ("right", -3, -13)},
}
FUELS = ("crude_oil", "oil_products", "coal", "lng")  # from zero up
# The colour of each, and how much of it fills an outline.
FILLS = {"crude_oil": ("import", 1.0), "oil_products": ("muted", 0.1), "coal": ("muted", 0.6), "lng": ("muted", 0.25)}
SIDE = 0.18  # of a year, how far the middles of its two bars lie from its own
GAP = 2021.5  # between the bars of 2021 and of 2022
HEIGHT, AXIS = 420, 35  # pixels of a drawing; of its height, those of the axis and above


def what_china_sells(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """China's larger exports to Russia by HS chapter, in the years that are known of the chapters of 2023."""
    found = {year: measures.chapters_by_size(data, year, "export") for year in KNOWN}
    chapters = [*found[AFTER]]
    rows = [
        [Cell(name, name), Cell(key, key), *(cell(found[year].get(key), language) for year in KNOWN)]
        for key in chapters
        for name in [str(words[f"chapter_{key}"])]
    ]
    heads = [Column("goods", words["table_goods"]), Column("hs_chapter", words["table_chapter"])]
    values = [Column(f"exports_{year}_usd_billion", str(year), words["unit"]) for year in KNOWN]
    table = Grid([*heads, *values], rows, "rows", tip(words))
    lines = {
        key: series(
            {year: found[year][key] for year in KNOWN if key in found[year]},
            text=[language.number(found[year][key].value, 1) for year in KNOWN if key in found[year]],
            point=[
                point(table, [row], column.name)[0]
                for year, column in zip(KNOWN, values, strict=True)
                if key in found[year]
            ],
        )
        for row, key in enumerate(chapters)
    }
    used = rows_of(items[key] for items in found.values() for key in chapters if key in items)
    return Plot(lambda size: _goods(lines, words, language, size), table, used)


def _goods(lines: dict[str, pd.DataFrame], words: Words, language: ChartLanguage, size: Size) -> Chart:
    """Draw a line for each chapter; name the large ones at their ends, with their values of each year told."""
    wide = size.name == "wide"
    high = max(float(frame["value"].max()) for frame in lines.values())
    top = with_room(0, high, HEIGHT - AXIS, 0, 30)[1]
    x = years(KNOWN[0] - 0.2, KNOWN[-1] + (1.9 if wide else 4.1), KNOWN if wide else (*KNOWN[:2], KNOWN[-1]))
    axes = Axes(x, amounts(ticks_within(0, top), language, top=top))
    layers = war(words, axes, top * 0.98)
    for key, frame in sorted(lines.items(), key=lambda item: item[0] in NAMED):
        ink = "export" if key in GROWN else "context"
        style: Mark = {"color": colour(ink), "size": 3 if key in GROWN else 1.5}
        layers.append(alt.Chart(frame).mark_line(**style).encode(*axes))
        layers.append(alt.Chart(frame).mark_circle(opacity=1, color=colour(ink), size=34).encode(*axes, description()))
    for key in NAMED:
        layers += _told(lines[key], key, words, axes, wide=wide)
    layers.append(_times(lines[LEADS], words, language, axes))
    others = pd.concat(frame.tail(1) for key, frame in lines.items() if key not in NAMED)
    rest = words["others"].fill(count=language.number(len(others)))
    together = pd.DataFrame({"year": [KNOWN[-1]], "value": [others["value"].mean()], "text": [rest]})
    return finished([*layers, text(together, *axes, "muted", align="left", dx=9)], size, HEIGHT)


def _told(frame: pd.DataFrame, key: str, words: Words, axes: Axes, *, wide: bool) -> list[alt.Chart]:
    """Tell the name of a chapter at its end, and amounts beside its line."""
    ink, style = ("export", "label") if key in GROWN else ("muted", "text")
    end, name = frame.tail(1), str(words[f"chapter_{key}"])
    lines = [f"{name} {end['text'].item()}"] if wide or key in GROWN else [name, end["text"].item()]
    layers = [
        text(end.assign(text=line), *axes, ink, align="left", dx=9, dy=16 * row, style=style)
        for row, line in enumerate(lines)
    ]
    for year, (align, dx, dy) in (SPOTS if wide else SPOTS_NARROW)[key].items():
        told = frame[frame["year"] == year]
        layers.append(text(told, *axes, ink, align=align, dx=dx, dy=dy, style=style))
    return layers


def _times(frame: pd.DataFrame, words: Words, language: ChartLanguage, axes: Axes) -> alt.Chart:
    """Tell how many times its value a chapter came to, beside the middle of that stretch of its line."""
    before, after = (float(frame.loc[frame["year"] == year, "value"].item()) for year in (BEFORE, AFTER))
    times = words["times"].fill(times=language.number(round(after / before)))
    middle = pd.DataFrame({"year": [(BEFORE + AFTER) / 2], "value": [(before + after) / 2], "text": [times]})
    return text(middle, *axes, "export", align="left", dx=10, dy=10, style="key")


def what_russia_sells(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """China's imports of four fuels from Russia by year, and those of three together beside crude oil."""
    fuels = {product: measures.energy.series(data, product) for product in FUELS}
    fuels["others"] = measures.other_fuels.series(data, "crude_oil")  # of years that have all three
    years_known = sorted({year for items in fuels.values() for year in items})
    rows = [[year_cell(year), *(cell(items.get(year), language) for items in fuels.values())] for year in years_known]
    columns = [Column(f"{product}_usd_billion", words[product], words["unit"]) for product in fuels]
    table = Grid([Column("year", words["table_year"]), *columns], rows, tip=tip(words))
    frame = pd.concat(
        series(
            items,
            fuel=product,
            point=point(table, map(years_known.index, items), column.name),
            text=[words[f"{product}_value"].fill(value=language.number(item.value, 1)) for item in items.values()],
        )
        for column, (product, items) in zip(columns, fuels.items(), strict=True)
    )
    used = rows_of(item for items in fuels.values() for item in items.values())
    whole = frame[frame["year"] <= max(fuels["others"])]
    return Plot(lambda size: _fuels(whole, words, language, size), table, used)


def _fuels(frame: pd.DataFrame, words: Words, language: ChartLanguage, size: Size) -> Chart:
    """Draw two bars a year: crude oil, and the three others on each other; those of the last year are named."""
    wide, first, last = size.name == "wide", int(frame["year"].min()), int(frame["year"].max())
    room = 2.8 if wide else 5.8  # years on the right, for names
    pitch = (size.width - 30) / (last - first + 0.6 + room)
    top = with_room(0, frame["value"].max(), HEIGHT - AXIS, 0, 30)[1]
    x = years(first - 0.6, last + room, some_years(first, last, 12 if wide else 4))
    axes = Axes(x, amounts(ticks_within(0, top), language, top=top))
    layers = war(words, axes, top * 0.98, day=GAP)
    frame = frame.assign(crude=frame["fuel"] == "crude_oil")
    frame["high"] = frame.groupby(["crude", "year"])["value"].cumsum()
    frame["low"] = frame["high"] - frame["value"]
    for fuel, (ink, fill) in FILLS.items():
        own = frame[frame["fuel"] == fuel]
        side = -SIDE if fuel == "crude_oil" else SIDE
        style: Mark = {"orient": "vertical", "size": 2 * SIDE * pitch - 2, "fill": colour(ink), "stroke": colour(ink)}
        bars = alt.Chart(own.assign(year=own["year"] + side, value=own["low"])).mark_bar(
            fillOpacity=fill, strokeWidth=1, **style
        )
        layers.append(bars.encode(*axes, alt.Y2("high"), description()))
        end = own.tail(1).assign(value=lambda each: (each["low"] + each["high"]) / 2)
        if fuel != "crude_oil":
            layers.append(text(end, *axes, ink, align="left", dx=(SIDE * 2) * pitch + 5))
    ends = frame[frame["year"] == last]
    crude, others = ends[ends["fuel"] == "crude_oil"], ends[ends["fuel"] == "others"]
    layers += [
        text(crude, *axes, "import", align="left", dx=5, dy=15, style="key"),
        text(others, *axes, "ink", align="left", dx=3, dy=-13, style="key").encode(description()),
    ]
    return finished(layers, size, HEIGHT)
