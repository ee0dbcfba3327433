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
    cell,
    description,
    finished,
    named,
    point,
    signed_cell,
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

SINCE = 2020  # from this year on the way is in colour and told
COLUMNS = ("million_tonnes", "value_usd_billion", "usd_per_tonne")
CHANGES = {"tonnes": "tonnes_change_percent", "price": "price_change_percent"}
_Step = tuple[float, str, str]  # a change on the year before: how much, as the drawing tells it, as the table does
BILLS = {"wide": (20, 40, 60), "narrow": (20, 60)}  # billions of dollars: a curve of all weights and prices of each
ACROSS, UP = (34, 131), (100, 740)  # million tonnes, dollars a tonne
# Where a year is named, and where it is told what changed on the way to it: in a wide drawing and in a narrow one, how
# it is aligned and how many pixels it lies across and down from its dot.
NAMES = {
    2015: (("right", -8, -4), ("right", 2, -12)),
    2020: (("left", 11, 6), ("left", 9, 5)),
    2021: (("left", 12, -17), ("left", 9, -3)),
    2022: (("right", -11, 0), ("left", 12, -22)),
    2023: (("right", 14, 37), ("right", 2, 17)),
}
WAYS = {
    2021: (("left", 28, 76), ("left", 13, 72)),
    2022: (("left", -10, 48), ("right", -14, 41)),
    2023: (("left", -62, -60), ("left", -17, -66)),
}
NAMED = (("left", 11, 0), ("left", 9, 0))  # of any other year

HEIGHT, AXIS, LINE = 360, 40, 16  # pixels of the drawing; of its height, those of the axis and above; of a line of text
DELIVERED = "delivered_billion_cubic_metres"


def price_or_volume(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """A dot for each year of Russian crude that China bought: by tonnes across, by dollars a tonne upwards."""
    tonnes, bills, prices = (
        of.series(data, "crude_oil") for of in (measures.tonnes, measures.energy, measures.price_per_tonne)
    )
    growth = (measures.tonnes_growth, measures.price_growth)
    changes = dict(zip(CHANGES, (of.series(data, None, "crude_oil") for of in growth), strict=True))
    known = sorted(tonnes)
    rows = [
        [
            year_cell(year),
            *(cell(items.get(year), language, places) for items, places in ((tonnes, 1), (bills, 1), (prices, 0))),
            *(signed_cell(items.get(year), language, 0) for items in changes.values()),
        ]
        for year in known
    ]
    heads = [*COLUMNS, *CHANGES.values()]
    columns = [Column(name, words[f"table_{name}"], words[f"unit_{name}"]) for name in heads]
    table = Grid([Column("year", words["table_year"]), *columns], rows, tip=tip(words))
    frame = pd.DataFrame(
        {
            "year": [*prices],
            "tonnes": [float(tonnes[year].value) for year in prices],
            "price": [float(item.value) for item in prices.values()],
            "bill": [language.number(bills[year].value, 1) for year in prices],
            **{name: point(table, map(known.index, prices), name) for name in COLUMNS},
        }
    )
    used = rows_of(item for items in (tonnes, bills, prices) for item in items.values())
    return Plot(lambda size: _way(frame, _steps(table, words), words, language, size), table, used)


def _steps(table: Grid, words: Words) -> dict[int, list[_Step]]:
    """Return by year how weight and price changed, the more first."""
    steps = dict[int, list[_Step]]()
    for row, cells in enumerate(table.rows):
        changes = zip(CHANGES.items(), cells[-len(CHANGES) :], strict=True)
        found = [
            (abs(float(cell.value)), words[kind].fill(value=cell.text.strip()), table.told(row, name).text)
            for (kind, name), cell in changes
            if cell.value is not None
        ]
        steps[int(cells[0].text)] = sorted(found, reverse=True)
    return steps


def _way(
    frame: pd.DataFrame, steps: dict[int, list[_Step]], words: Words, language: ChartLanguage, size: Size
) -> Chart:
    """Draw the way from year to year over curves of equal bills, the last years in colour and told."""
    heights = {tick: f"${language.number(tick)}" for tick in ticks_within(*UP, step=100)}
    weights = {tick: language.number(tick) for tick in ticks_within(*ACROSS, step=20)}
    axes = Axes(alt.X("tonnes:Q", **_scaled(ACROSS, weights)), alt.Y("price:Q", **_scaled(UP, heights)))
    layers = _curves(words, language, axes, size)
    before, since = frame[frame["year"] <= SINCE], frame[frame["year"] >= SINCE]
    for own, ink, thick, area in ((before, "context", 1.5, 30), (since, "import", 3, 80)):
        layers.append(alt.Chart(own).mark_line(color=colour(ink), size=thick).encode(*axes, alt.Order("year:Q")))
        dots = alt.Chart(own.assign(point=own["value_usd_billion"]))
        layers.append(dots.mark_circle(color=colour(ink), size=area, opacity=1).encode(*axes, description()))
    stroke: Mark = {"color": colour("import"), "thickness": 2, "size": 9, "opacity": 1}
    edges = ((axes.x, alt.YValue("height"), "million_tonnes"), (axes.y, alt.XValue(0), "usd_per_tonne"))
    for axis, edge, name in edges:
        layers.append(alt.Chart(since.assign(point=since[name])).mark_tick(**stroke).encode(axis, edge, description()))
    return finished([*layers, *_told(frame, steps, words, axes, size)], size, 460)


def _scaled(ends: tuple[int, int], names: dict[int, str]) -> Mark:
    """Return the properties of a channel that goes from end to end and names some of its values."""
    axis = alt.Axis(values=[*names], labelExpr=named(names), title=None, grid=False)
    return {"scale": alt.Scale(domain=[*ends], nice=False), "axis": axis}


def _curves(words: Words, language: ChartLanguage, axes: Axes, size: Size) -> list[alt.Chart]:
    """Draw a curve for each bill, named below its end, and say at the edges what the axes are of."""
    layers, weights = list[alt.Chart](), range(ACROSS[0], ACROSS[1] + 1)
    for bill in BILLS[size.name]:
        curve = pd.DataFrame({"tonnes": weights, "price": [1000 * bill / weight for weight in weights]})
        curve = curve[curve["price"].between(*UP)]
        end = curve.tail(1).assign(text=words["bill"].fill(value=language.number(bill)))
        layers.append(alt.Chart(curve).mark_line(color=colour("context"), size=1).encode(*axes))
        layers.append(text(end, *axes, "muted", align="right", dy=14))
    edges = pd.DataFrame({"tonnes": ACROSS[0], "price": UP, "text": [words["weights"], words["prices"]]})
    return [*layers, text(edges, *axes, "muted", align="left", dx=8, dy=-10)]


def _told(frame: pd.DataFrame, steps: dict[int, list[_Step]], words: Words, axes: Axes, size: Size) -> list[alt.Chart]:
    """Name years, in colour with their bills, and say of the ways to them what changed."""
    layers, wide = list[alt.Chart](), size.name == "wide"
    for key, own in frame.groupby("year"):
        year = int(str(key))
        late = year >= SINCE
        if late or year in NAMES:
            name = words["year"].fill(year=year, value=own["bill"].item()) if wide and late else str(year)
            align, dx, dy = NAMES.get(year, NAMED)[not wide]
            style: Mark = {"align": align, "dx": dx, "dy": dy, "style": "label" if late else "text"}
            layers.append(text(own.assign(text=name), *axes, "import" if late else "muted", **style))
        align, dx, dy = WAYS.get(year, NAMED)[not wide]
        for line, (_, said, told) in enumerate(steps[year] if year in WAYS else []):
            style = {"align": align, "dx": dx, "dy": dy + LINE * line, "style": "text" if line else "label"}
            change = text(own.assign(text=said, point=told), *axes, "muted" if line else "ink", **style)
            layers.append(change.encode(description()))
    return layers


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
