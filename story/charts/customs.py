"""Do the two customs services agree? All trade as China and as Russia counts it, and what lies between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.ground.grid import Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import (
    WAR,
    Axes,
    amounts,
    cell_of_ends,
    description,
    finished,
    key,
    neighbours,
    point,
    some_years,
    text,
    ticks_within,
    tip,
    upper_end,
    war,
    with_room,
    year_cell,
    years,
)
from story.theme import colour

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.quantity import Quantity
    from story.charts.look import Chart, Mark

FIRST = 2014
LEFT_OUT = (2016, 2017)  # Russia's figures of these years cannot be compared
AT_MOST = (2022,)  # Putin stated a total of this year that trade was over: the gap is no larger
FLOWS = ("export", "import", "total")
INKS = {"china": "accent", "russia": "muted"}
HEIGHT, AXIS = 400, 40  # pixels of the drawing; of its height, those of the axis and above
TOLD = (FIRST, 2019)  # the years whose gaps a narrow drawing tells beside the last


def two_customs(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """All trade as both count it; the table has both directions, and by how many percent China counts more."""
    years_of_trade = [year for year in measures.total.series(data) if year >= FIRST and year not in LEFT_OUT]
    found = {(year, flow): measures.gap_of_reports(data, year, flow) for year in years_of_trade for flow in FLOWS}
    gaps = {key: gap for key, gap in found.items() if gap}
    known = sorted({year for year, _ in gaps})
    table = _table(data, known, gaps, words, language)
    rows = []
    for year in known:
        china, russia = measures.total.figure(data, year), measures.reported_by_russia.figure(data, year)
        gap = gaps.get((year, "total"))
        if china and russia and gap:
            told, low, high = _in_whole_percents(gap, language) + words["unit"], *map(float, russia.ends)
            told = words["at_most"].fill(gap=told) if year in AT_MOST else told
            derived = any(row.derived for row in china.rows)
            rows.append((year, float(china.value), low, high, derived, (year, "export") not in gaps, told))
    frame = pd.DataFrame(rows, columns=["year", "china", "low", "high", "derived", "stated", "text"])
    at = [known.index(year) for year in frame["year"]]
    for country in INKS:
        frame[f"{country}_point"] = point(table, at, f"total_{country}_usd_billion")
    return Plot(lambda size: _lines(frame, words, language, size), table, rows_of(gaps.values()))


def _table(
    data: Data, known: Sequence[int], gaps: Mapping[tuple[int, str], Quantity], words: Words, language: ChartLanguage
) -> Grid:
    """Return the gaps of each year, and what both countries report where there is one."""
    columns = [Column(f"gap_{flow}_percent", words[f"table_{flow}"], words["unit"]) for flow in FLOWS]
    columns += [
        Column(f"{flow}_{country}_usd_billion", words[f"table_{flow}_{country}"], words["unit_money"])
        for flow in FLOWS
        for country in ("china", "russia")
    ]
    columns.append(Column("gap_total_upper_end_percent", words["table_gap_upper_end"], words["unit"]))
    columns.append(Column("total_russia_upper_end_usd_billion", words["table_upper_end"], words["unit_money"]))
    rows = []
    for year in known:
        own = [gaps.get((year, flow)) for flow in FLOWS]
        reported = [
            report.figure(data, year, flow) if gap else None
            for flow, gap in zip(FLOWS, own, strict=True)
            for report in (measures.total, measures.reported_by_russia)
        ]
        both = gaps.get((year, "total")), measures.reported_by_russia.figure(data, year)
        told = [cell_of_ends(item, language, 1) for item in (*own, *reported)]
        rows.append([year_cell(year), *told, *(upper_end(item, language, 1) for item in both)])
    return Grid([Column("year", words["table_year"]), *columns], rows, "rows", tip(words))


def _in_whole_percents(gap: Quantity, language: ChartLanguage) -> str:
    """Write a gap without decimals, with its sign, both ends of it where they differ."""
    low, high = (language.number(abs(end), 0) for end in gap.ends)
    return f"{'−' if gap.value < 0 else '+'}{low if low == high else f'{low}–{high}'}"


def _lines(frame: pd.DataFrame, words: Words, language: ChartLanguage, size: Size) -> Chart:
    """Draw both counts, with what lies between shaded; a stated one as a bar from its lower end to its upper one."""
    wide, last = size.name == "wide", int(frame["year"].max())
    frame = frame.assign(russia=(frame["low"] + frame["high"]) / 2)
    high = float(frame["china"].max())
    x = years(FIRST - 0.5, last + (1.5 if wide else 2.8), some_years(FIRST, last, 12 if wide else 4))
    top = with_room(0, high, HEIGHT - AXIS, 0, 34)[1]
    axes = Axes(x, amounts(ticks_within(0, top), language, top=top))
    before = frame.loc[frame["year"] < WAR, "china"].max()
    layers = war(words, axes, top * 0.05, (0, before))
    early = frame["year"] < LEFT_OUT[0]
    for run in (frame[early], frame[~early]):  # what lies between is not known without both
        around = pd.concat([run.assign(value=run["china"]), run[::-1].assign(value=run["russia"])])
        around = around[["year", "value"]].assign(order=range(len(around)))
        band = alt.Chart(around).mark_line(
            fill=colour("rule"), stroke=colour("rule"), strokeWidth=0, interpolate="linear-closed"
        )
        layers.append(band.encode(*axes, alt.Order("order:Q")))
    for country, ink in INKS.items():
        own = frame.assign(value=frame[country], point=frame[f"{country}_point"])
        line = alt.Chart(neighbours(own, "year")).mark_rule(color=colour(ink), size=2.5, strokeCap="round")
        layers.append(line.encode(*axes, alt.X2("from_year"), alt.Y2("from_value")))
        layers += _dots(own, country, ink, axes)
        end, lower = own.tail(1).assign(text=words[country]), 0 if country == "china" else 6
        layers.append(text(end, *axes, ink, align="left", dx=10, dy=lower, style="label"))
    told = frame.assign(value=frame[["china", "high"]].max(axis=1))
    told = told if wide else told[told["year"].isin([*TOLD, last])]
    style, first, level = "label" if wide else "text", told["year"] < LEFT_OUT[0], told["year"] == TOLD[-1]
    layers.append(text(told[first], *axes, "ink", align="left", dx=-6, dy=-14, style=style))
    layers.append(text(told[level], *axes, "ink", dy=-14, style=style))
    rest = told[~first & ~level]  # clear of what climbs after, and falls before
    layers.append(text(rest, *axes, "ink", align="right", dx=3, dy=-14, style=style))
    return finished([*layers, *key({"open": words["derived"]}, size)], size, HEIGHT)


def _dots(own: pd.DataFrame, country: str, ink: str, axes: Axes) -> list[alt.Chart]:
    """Draw a dot a year, open where China's figure is derived; where Russia's was stated, a bar over both its ends."""
    stated = own["stated"] if country == "russia" else own["stated"] & False
    derived = own["derived"] if country == "china" else own["derived"] & False
    dot: Mark = {"opacity": 1, "filled": True, "stroke": colour(ink), "strokeWidth": 1.6, "size": 44}
    bars = own.assign(value=own["low"] - 1, high=own["high"] + 1)[stated]  # of an end that is one, too
    layers = [alt.Chart(bars).mark_rule(color=colour(ink), size=9).encode(*axes, alt.Y2("high"), description())]
    for kind, fill in ((False, ink), (True, "paper")):
        some = alt.Chart(own[~stated & (derived == kind)]).mark_point(fill=colour(fill), **dot)
        layers.append(some.encode(*axes, description()))
    return layers
