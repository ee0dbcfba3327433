"""Is it a record once prices are counted? Trade in the dollars of each year, and in those of one year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from press.figures import Plot, Size
from press.grid import Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import SIGN, Axes, amounts, bars, cell, finished, named, point, series, text, tip, year_cell

if TYPE_CHECKING:
    import pandas as pd

    from press.content import ChartLanguage, Words
    from press.data import Data
    from story.charts.look import Chart

FIRST, BASE, RECORD = 2013, 2023, 2024
COLUMNS = {"current": "total_usd_billion", "constant": "total_usd_2023_billion"}
STARTS = {"current": 0, "constant": 17}  # where the bars of a panel begin, in bars
ENDS, TOP = {"wide": 31.2, "narrow": 33.2}, 280  # of the axes: beside and above the bars is room for labels


def record_in_dollars_of_2023(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Yearly totals in current dollars and in dollars of 2023, by consumer prices of the United States."""
    totals = {"current": measures.totals(data), "constant": measures.totals_in_dollars_of(data, BASE)}
    kinds = {kind: {year: item for year, item in items.items() if year >= FIRST} for kind, items in totals.items()}
    known = sorted(kinds["current"])
    rows = [[year_cell(year), *(cell(items.get(year), language, 1) for items in kinds.values())] for year in known]
    columns = [Column(column, words[f"table_{kind}"], words["unit"]) for kind, column in COLUMNS.items()]
    table = Grid([Column("year", words["table_year"]), *columns], rows, tip=tip(words))
    frames = {
        kind: series(
            items,
            point=point(table, map(known.index, items), COLUMNS[kind]),
            text=[language.number(item.value, 1) for item in items.values()],
        )
        for kind, items in kinds.items()
    }
    frames["constant"]["derived"] |= ~frames["constant"]["year"].isin(measures.years_of_whole_prices(data))
    used = rows_of(item for items in kinds.values() for item in items.values())
    return Plot(lambda size: _panels(frames, words, language, size), table, used)


def _panels(frames: dict[str, pd.DataFrame], words: Words, language: ChartLanguage, size: Size) -> Chart:
    """Draw the two measures side by side on one scale, the highest bar of each coloured."""
    wide = size.name == "wide"
    ticks = (2014, 2017, 2020, 2023) if wide else (2014, 2023)
    names = {start + year - FIRST: str(year) for start in STARTS.values() for year in ticks}
    axis = alt.Axis(values=list(names), labelExpr=named(names), title=None, grid=False, labelPadding=2 * SIGN)
    x = alt.X("year:Q", scale=alt.Scale(domain=[-0.8, ENDS[size.name]], nice=False), axis=axis)
    axes = Axes(x, amounts((0, 100, 200), language, top=TOP))
    layers: list[alt.Chart] = []
    for kind, start in STARTS.items():
        frame = frames[kind].assign(year=frames[kind]["year"] - FIRST + start, place=frames[kind]["year"])
        highest = frame["value"] == frame["value"].max()
        for ink, own in (("context", frame[~highest]), ("accent", frame[highest])):
            layers += bars(own, axes, ink, 15 if wide else 5.5)
        layers += _told(frame.assign(highest=highest), words[kind], size, axes)
    return finished(alt.layer(*layers), size, 420 if wide else 400)


def _told(frame: pd.DataFrame, name: str, size: Size, axes: Axes) -> list[alt.Chart]:
    """Name a panel; tell its amounts of the two years that the words are about, on either side of their bars."""
    edge = 9 if size.name == "wide" else 5
    title = frame.head(1).assign(value=TOP, text=name)
    layers = [text(title, axes.x, axes.y, "ink", align="left", baseline="top", dx=-edge, fontWeight="bold")]
    for year, side in ((BASE, {"align": "right", "dx": -edge}), (RECORD, {"align": "left", "dx": edge})):
        for ink, own in (("accent", frame["highest"]), ("muted", ~frame["highest"])):
            told = frame[own & (frame["place"] == year)]
            weight = "bold" if ink == "accent" else "normal"
            layers.append(text(told, axes.x, axes.y, ink, fontWeight=weight, **side))
    return layers
