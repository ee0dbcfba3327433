"""Do the two customs services agree? By how much China's figure is above or below Russia's, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.ground.grid import Column, Grid
from press.quantity import decimals, rows_of
from story import measures
from story.charts.look import (
    Panel,
    cell_of_ends,
    description,
    finished,
    key,
    panelled,
    point,
    signed,
    some_years,
    text,
    ticks_within,
    tip,
    upper_end,
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
FLOWS = {"export": "export", "import": "import", "total": "accent"}
STEPS, APART = (5, 10, 20, 50, 100), 20  # percent between lines of the grid, which are so many pixels apart or more
# In pixels: all panels; the room of a heading; that of an amount above or below a dot; that between two panels.
PANELS, HEADING, AMOUNT, BETWEEN = 430, 24, 20, 10
ASIDE = 0.15  # years


def two_customs(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """The gap between what China and what Russia reports, in percent of Russia's figure, by direction and together."""
    years_of_trade = [year for year in measures.total.series(data) if year >= FIRST and year not in LEFT_OUT]
    found = {(year, flow): measures.gap_of_reports(data, year, flow) for year in years_of_trade for flow in FLOWS}
    gaps = {key: gap for key, gap in found.items() if gap}
    known = sorted({year for year, _ in gaps})
    table = _table(data, known, gaps, words, language)
    frame = pd.DataFrame(
        [(*key, *map(float, (gap.value, gap.least, gap.most))) for key, gap in gaps.items()],
        columns=["year", "flow", "value", "low", "high"],
    )
    frame["derived"] = [_derived(data, *key) for key in gaps]
    frame["stated"] = ~frame["year"].isin({year for year, flow in gaps if flow != "total"})
    frame["text"] = [
        _in_whole_percents(gap, language) if stated else signed(float(gap.value), language, decimals(gap, 1))
        for gap, stated in zip(gaps.values(), frame["stated"], strict=True)
    ]
    frame["short"] = [  # a narrow drawing has room for whole percents; less than one is no percent
        frame["text"][row] if abs(gap.value) < 1 else _in_whole_percents(gap, language)
        for row, gap in enumerate(gaps.values())
    ]
    frame["point"] = point(table, map(known.index, frame["year"]), [f"gap_{flow}_percent" for flow in frame["flow"]])
    rounded = {year: measures.gap_of_reports(data, year, "total", rounded=True) for year in known}
    ends = {year: item.ends for year, item in rounded.items() if item}
    wider = pd.DataFrame(
        [(year, *map(float, pair)) for year, pair in ends.items() if pair != gaps[year, "total"].ends],
        columns=["year", "low", "high"],
    )
    used = [*gaps.values(), *filter(None, rounded.values())]
    return Plot(lambda size: _gaps(frame, wider, words, language, size), table, rows_of(used))


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


def _derived(data: Data, year: int, flow: str) -> bool:
    """Say whether China's figure was derived; that Russia's total is the sum of its flows makes no difference."""
    item = measures.total.figure(data, year, flow)
    return item is not None and any(row.derived for row in item.rows)


def _in_whole_percents(gap: Quantity, language: ChartLanguage) -> str:
    """Write a gap without decimals, with its sign, both ends of it where they differ."""
    low, high = (language.number(abs(end), 0) for end in gap.ends)
    return f"{'−' if gap.value < 0 else '+'}{low if low == high else f'{low}–{high}'}"


class _Axes(NamedTuple):
    """The axes at one size, the panel of each flow, and how far aside, in years, amounts stand that would touch."""

    x: alt.X
    y: alt.Y
    panels: dict[str, Panel]
    aside: float


def _axes(frame: pd.DataFrame, words: Words, language: ChartLanguage, size: Size) -> _Axes:
    """Lay the panels below each other, all on one scale: each as high as its own gaps and their amounts need."""
    lows, highs = frame.groupby("flow")["low"].min().clip(upper=0), frame.groupby("flow")["told_at"].max().clip(lower=0)
    below = {flow: AMOUNT if lows[flow] < 0 else 0 for flow in FLOWS}
    fixed = len(FLOWS) * (HEADING + AMOUNT + BETWEEN) - BETWEEN + sum(below.values())
    unit = (PANELS - fixed) / sum(float(highs[flow] - lows[flow]) for flow in FLOWS)
    step = next((step for step in STEPS if step * unit >= APART), STEPS[-1])
    top, panels, ticks = 0.0, dict[str, Panel](), dict[float, str]()
    for flow in FLOWS:
        low, high = float(lows[flow]), float(highs[flow])
        panel = Panel(round(top + HEADING + AMOUNT + high * unit), unit)
        panels[flow] = panel
        ticks |= {panel.at(tick): signed(tick, language) + words["unit"] for tick in ticks_within(low, high, step=step)}
        top = panel.at(low) + below[flow] + BETWEEN
    first, last = int(frame["year"].min()), int(frame["year"].max())
    shown, aside = (12, 0) if size.name == "wide" else (4, ASIDE)
    x = years(first - 0.5, last + 0.6, some_years(first, last, shown))
    return _Axes(x, panelled("place", PANELS, ticks), panels, aside)


def _gaps(frame: pd.DataFrame, wider: pd.DataFrame, words: Words, language: ChartLanguage, size: Size) -> Chart:
    """Draw a panel for each direction and one for both together, a mark a year."""
    frame = frame if size.name == "wide" else frame.assign(text=frame["short"])
    reach = wider.set_index("year")
    up = frame["value"] > 0
    frame["told_at"] = frame["high"].where(up, frame["low"])
    frame["beside"] = (frame["flow"] == "total") & frame["year"].isin(reach.index)
    frame.loc[frame["beside"], "told_at"] = frame.loc[frame["beside"], "year"].map(reach["high"])
    frame["reached_down"] = frame["year"].map(reach["low"])
    axes = _axes(frame, words, language, size)
    known, layers = sorted(set(frame["year"])), list[alt.Chart]()
    for flow, ink in FLOWS.items():
        panel = axes.panels[flow]
        at = {name: panel.at(frame[name]) for name in ("value", "low", "high", "told_at", "reached_down")}
        own = frame.assign(place=at["value"], from_=at["low"], to=at["high"], told=at["told_at"], zero=panel.zero)
        own = own.assign(under=at["reached_down"])
        own = own[own["flow"] == flow]
        layers += [
            alt.Chart(pd.DataFrame({"place": [panel.zero]})).mark_rule(color=colour("ink")).encode(axes.y),
            *_marks(own, ink, axes),
            *_words(own, flow, known, words, axes),
        ]
    panel = axes.panels["total"]
    thin = wider.assign(place=panel.at(wider["low"]), to=panel.at(wider["high"]))
    told = thin.assign(place=thin["to"], text=words["rounder"])
    layers += [
        alt.Chart(thin).mark_rule(color=colour("accent"), size=1.5).encode(axes.x, axes.y, alt.Y2("to")),
        text(told, axes.x, axes.y, "muted", align="right", dx=14, dy=-9),
        *key({"open": words["derived"]}, size, alt.YValue(HEADING / 2)),
    ]
    return finished(layers, size, PANELS + 35)


def _marks(own: pd.DataFrame, ink: str, axes: _Axes) -> list[alt.Chart]:
    """Draw the gaps of one panel: dots on stems, open ones where derived; bars from end to end where stated."""
    x, y = axes.x, axes.y
    dot: Mark = {"opacity": 1, "filled": True, "stroke": colour(ink), "strokeWidth": 1.8, "size": 60}
    filed, stated = own[~own["stated"]], own[own["stated"]]
    stem = alt.Chart(filed).mark_rule(color=colour(ink), size=1.5).encode(x, y, alt.Y2("zero"))
    dots = [
        alt.Chart(filed[filed["derived"] == derived]).mark_point(fill=colour(fill), **dot).encode(x, y, description())
        for derived, fill in ((False, ink), (True, "paper"))
    ]
    bars = alt.Chart(stated.assign(place=stated["from_"])).mark_rule(color=colour(ink), size=9)
    return [stem, *dots, bars.encode(x, y, alt.Y2("to"), description())]


def _words(own: pd.DataFrame, flow: str, known: Sequence[int], words: Words, axes: _Axes) -> list[alt.Chart]:
    """Write the heading of a panel, its amounts beside their dots, and why years have none.

    Amounts stand aside, where there is little room, at the ends of a row of years.
    """
    x, y, panels, aside = axes
    top = panels[flow].at(float(own["told_at"].max().clip(0))) - AMOUNT - HEADING / 2
    heading = pd.DataFrame({"year": [known[0] - 0.5], "place": [top], "text": [words[f"name_{flow}"]]})
    later = [year for year in known if year > own["year"].max()]
    stated = own.loc[own["stated"], "year"].tolist()
    gaps = ((LEFT_OUT, "left_out"), (later, "no_data"), (stated, "stated"))
    notes = pd.DataFrame(
        [(sum(gap) / len(gap), words[why], why) for gap, why in gaps if gap], columns=["year", "text", "why"]
    ).assign(place=panels[flow].zero)
    under = notes["why"] == "stated"
    told, beside = own[~own["beside"]].assign(place=own["told"]), own[own["beside"]].assign(place=own["under"])
    before, after = (own["year"].add(step).isin(own["year"]).astype(int) for step in (-1, 1))
    told = told.assign(year=told["year"] + aside * (before - after))
    up = told["value"] > 0
    return [
        text(heading, x, y, FLOWS[flow], align="left", style="label"),
        text(told[up], x, y, FLOWS[flow], dy=-13),
        text(told[~up], x, y, FLOWS[flow], dy=15),
        text(beside, x, y, FLOWS[flow], dy=11),
        text(notes[~under], x, y, "muted", dy=-9),
        text(notes[under], x, y, "muted", dy=11),
    ]
