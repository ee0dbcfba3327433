"""Do the two customs services agree? By how many percent China counts more than Russia, year by year."""

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
    balances,
    cell_of_ends,
    description,
    finished,
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
    zero,
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
GAP = "gap_total_percent"
HEIGHT, AXIS = 400, 40  # pixels of the drawing; of its height, those of the axis and above


def two_customs(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """All trade as both count it; the table has both directions, and by how many percent China counts more."""
    years_of_trade = [year for year in measures.total.series(data) if year >= FIRST and year not in LEFT_OUT]
    found = {(year, flow): measures.gap_of_reports(data, year, flow) for year in years_of_trade for flow in FLOWS}
    gaps = {key: gap for key, gap in found.items() if gap}
    known = sorted({year for year, _ in gaps})
    table = _table(data, known, gaps, words, language)
    rows = []
    for row, year in enumerate(known):
        if gap := gaps.get((year, "total")):
            told = "≤" * (year in AT_MOST) + _in_whole_percents(gap, language) + words["unit"]
            value = float(max(gap.ends, key=abs))
            rows.append((year, value, (year, "export") not in gaps, told, *point(table, [row], GAP)))
    frame = pd.DataFrame(rows, columns=["year", "value", "stated", "text", "point"])
    return Plot(lambda size: _bars(frame, words, language, size), table, rows_of(gaps.values()))


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


def _bars(frame: pd.DataFrame, words: Words, language: ChartLanguage, size: Size) -> Chart:
    """Draw a bar a year, up where China counts more; of a total that was stated, an open one to the gap's far end."""
    wide, last = size.name == "wide", int(frame["year"].max())
    low, high = min(frame["value"].min(), 0), frame["value"].max()
    x = years(FIRST - 0.6, last + 0.6, some_years(FIRST, last, 12 if wide else 5))
    axes = balances(x, ticks_within(low, high), with_room(low, high, HEIGHT - AXIS, 24, 24), language, words["unit"])
    width = (size.width - 60) / (last - FIRST + 1.2) * 0.6
    stated: Mark = {"fill": colour("paper"), "stroke": colour("accent"), "strokeDash": [4, 3]}
    beside = frame.loc[abs(frame["year"] - WAR) < 1, "value"].max()
    layers = [*war(words, axes, 0.97 * high, (beside + 1, high)), zero(axes)]
    for own, style in ((frame[~frame["stated"]], {"color": colour("accent")}), (frame[frame["stated"]], stated)):
        layers.append(alt.Chart(own).mark_bar(size=width, **style).encode(axes.x, axes.y, description()))
    told = frame if wide else frame.assign(text=frame["text"].str.replace(r"[+%]", "", regex=True))  # wider than a bar
    for own, dy in ((told[told["value"] >= 0], -11), (told[told["value"] < 0], 13)):
        layers.append(text(own, *axes, "accent", dy=dy, style="label"))
    without = pd.DataFrame({"year": [sum(LEFT_OUT) / len(LEFT_OUT)], "value": [0], "text": [words["left_out"]]})
    return finished([*layers, text(without, *axes, "muted", dy=-11)], size, HEIGHT)
