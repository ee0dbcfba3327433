"""Whether the two customs services agree.

By how many percent China counts more than Russia, either way and in all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms import (
    Axes,
    Chart,
    choose_ticks_within,
    choose_years,
    describe_marks,
    draw_texts,
    draw_zero_line,
    extend_scale,
    finish_chart,
    get_colour_variable,
    list_tip_texts,
    make_axis_of_amounts,
    make_axis_of_years,
    make_cell,
    make_cell_of_upper_end,
    make_tip_template,
)
from press.ground.grid import Cell, Column, Grid
from press.quantity import rows_behind
from story import measures, reports
from story.charts.war import war

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.quantity import Quantity

FIRST = 2014
LEFT_OUT = (2016, 2017)  # Russia's figures of these years cannot be compared
# Putin stated a total of this year that trade was over: the gap is no larger
AT_MOST = (2022,)
FLOWS = ("export", "import", "total")
STROKE = 0.22  # of a year, half the length of a stroke
# years to the right of the newest, for what is told of a bound
ROOM = {"wide": 0.8, "narrow": 1.6}
# pixels of the drawing; of its height, those of the axis and above
HEIGHT, AXIS = 400, 40


def two_customs(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """By how many percent China counts more than Russia, of either direction and of
    both; the table has both counts.
    """
    years_of_trade = [
        year
        for year in measures.total.series(data)
        if year >= FIRST and year not in LEFT_OUT
    ]
    found = {
        (year, flow): reports.compute_gap_of_reports(data, year, flow)
        for year in years_of_trade
        for flow in FLOWS
    }
    gaps = {key: gap for key, gap in found.items() if gap}
    known = sorted({year for year, _ in gaps})
    table = _table(data, known, gaps, words, language)
    rows = []
    for (year, flow), gap in gaps.items():
        told = _in_whole_percents(gap, language) + words["unit"]
        told = words["at_most"].fill(gap=told.lstrip("+")) if year in AT_MOST else told
        rows.append(
            (
                year,
                flow,
                float(gap.value),
                told,
                *list_tip_texts(table, [known.index(year)], f"gap_{flow}_percent"),
            )
        )
    frame = pd.DataFrame(rows, columns=["year", "flow", "value", "text", "point"])
    return Plot(
        lambda size: _pairs(frame, words, language, size),
        table,
        rows_behind(gaps.values()),
    )


def _table(
    data: Data,
    known: Sequence[int],
    gaps: Mapping[tuple[int, str], Quantity],
    words: Words,
    language: ChartLanguage,
) -> Grid:
    """Return the gaps of each year, and what both countries report where
    there is one.
    """
    columns = [
        Column(f"gap_{flow}_percent", words[f"table_{flow}"], words["unit"])
        for flow in FLOWS
    ]
    columns += [
        Column(
            f"{flow}_{country}_usd_billion",
            words[f"table_{flow}_{country}"],
            words["unit_money"],
        )
        for flow in FLOWS
        for country in ("china", "russia")
    ]
    columns.append(
        Column(
            "gap_total_upper_end_percent", words["table_gap_upper_end"], words["unit"]
        )
    )
    columns.append(
        Column(
            "total_russia_upper_end_usd_billion",
            words["table_upper_end"],
            words["unit_money"],
        )
    )
    rows = []
    for year in known:
        own = [gaps.get((year, flow)) for flow in FLOWS]
        reported = [
            report.figure(data, year, flow) if gap else None
            for flow, gap in zip(FLOWS, own, strict=True)
            for report in (measures.total, reports.reported_by_russia)
        ]
        both = gaps.get((year, "total")), reports.reported_by_russia.figure(data, year)
        told = [make_cell(item, language, 1) for item in (*own, *reported)]
        rows.append(
            [
                Cell(f"{year}", year),
                *told,
                *(make_cell_of_upper_end(item, language, 1) for item in both),
            ]
        )
    return Grid(
        [Column("year", words["table_year"]), *columns],
        rows,
        "rows",
        make_tip_template(words),
    )


def _in_whole_percents(gap: Quantity, language: ChartLanguage) -> str:
    """Write a gap without decimals, with its sign, both ends of it where
    they differ.
    """
    low, high = (language.number(abs(end), 0) for end in gap.low_and_high)
    return f"{'−' if gap.value < 0 else '+'}{low if low == high else f'{low}–{high}'}"


def _pairs(
    frame: pd.DataFrame, words: Words, language: ChartLanguage, size: Size
) -> Chart:
    """Draw a dot a year for each direction, joined, and a stroke for both together;
    name each where there is room.
    """
    wide, last = size.name == "wide", int(frame["year"].max())
    low, high = frame["value"].min(), frame["value"].max()
    x = make_axis_of_years(
        FIRST - 0.6,
        last + ROOM[size.name],
        choose_years(FIRST, last, 12 if wide else 5),
    )
    foot, top = extend_scale(low, high, HEIGHT - AXIS, 54, 58)
    ticks = choose_ticks_within(low, high)
    axes = Axes(
        x,
        make_axis_of_amounts(
            ticks, language, foot=foot, top=top, unit=words["unit"], signed=True
        ),
    )
    told = (
        frame
        if wide
        else frame.assign(text=frame["text"].str.replace(r"[+%]", "", regex=True))
    )
    flows = dict(tuple(told.groupby("flow")))
    joined = flows["export"].merge(
        flows["import"][["year", "value"]], on="year", suffixes=("", "_import")
    )
    total = flows["total"].assign(end=flows["total"]["year"] + STROKE)
    stroke = alt.Chart(total.assign(year=total["year"] - STROKE)).mark_rule(
        color=get_colour_variable("ink"), size=4
    )
    layers = [
        *war(words, axes, high * 1.27),
        draw_zero_line(axes),
        alt.Chart(joined)
        .mark_rule(color=get_colour_variable("context"), size=2)
        .encode(*axes, alt.Y2("value_import")),
        stroke.encode(*axes, alt.X2("end"), describe_marks()),
    ]
    newest = joined["year"].max()
    for flow, dy in (("import", -13), ("export", 14)):
        hero = flows[flow]["year"] == newest
        dots = alt.Chart(flows[flow]).mark_circle(
            color=get_colour_variable(flow), size=90, opacity=1
        )
        layers.append(dots.encode(*axes, describe_marks()))
        layers.append(draw_texts(flows[flow][~hero], *axes, "muted", dy=dy))
        layers.append(draw_texts(flows[flow][hero], *axes, flow, dy=dy, style="label"))
        # clear of the thin line on its right
        name = flows[flow][hero].assign(text=words[flow])
        layers.append(
            draw_texts(name, *axes, flow, align="right", dx=9, dy=3 * dy, style="label")
        )
    if wide:
        middle = total[total["year"] == newest].assign(text=words["both"])
        layers.append(draw_texts(middle, *axes, "ink", align="right", dx=-17))
    alone = total[total["year"] > newest]
    bound = alone["year"].isin(AT_MOST)
    layers.append(draw_texts(alone[~bound], *axes, "ink", dy=-12, style="label"))
    # it begins where its stroke does, clear of the thin line
    beside = alone[bound].assign(year=alone["year"] - STROKE)
    layers.append(
        draw_texts(beside, *axes, "ink", align="left", dx=2, dy=13, style="label")
    )
    layers.append(
        draw_texts(alone.tail(1).assign(text=words["both"]), *axes, "ink", dy=13)
    )
    without = pd.DataFrame(
        {
            "year": [sum(LEFT_OUT) / len(LEFT_OUT)],
            "value": [0],
            "text": [words["left_out"]],
        }
    )
    layers.append(draw_texts(without, *axes, "muted", dy=-11))
    return finish_chart(layers, size, HEIGHT)
