"""Who sells what: China's goods by what was added to each, Russia's fuels on each
other.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms import (
    Axes,
    Chart,
    ChartData,
    FiguresOfKind,
    MarkProperties,
    choose_ticks,
    choose_years,
    describe_marks,
    draw_texts,
    extend_scale,
    finish_chart,
    get_colour_variable,
    make_axis_of_amounts,
    make_axis_of_years,
    make_cell,
    make_hidden_axis,
    make_tip,
    tell_points,
    write_label,
    write_label_expression,
)
from press.ground.grid import Cell, Column, Grid
from press.quantity import rows_behind
from story import measures
from story.charts.war import war
from story.fuels import energy, other_fuels

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.quantity import Quantity

KNOWN = (2018, 2021, 2023, 2024)  # the years of which goods are known
# the years that the drawing compares, and one that it tells beside them
BEFORE, AFTER, SINCE = 2021, 2023, 2024
ALL = "all"  # the row of all exports, above the chapters
GROWN = ("87", "84")  # the chapters that the story is about: vehicles, machinery
LEADS = "87"  # how many times its value came to is told
# pixels left of zero and right of the longest bar
LEFT, RIGHT = {"wide": 158, "narrow": 10}, 46
# Pixels of the rows: of all exports, of the coloured chapters, of others; how far below
# its top the bar of each lies.
ROWS = {"wide": {"all": (66, 16), "grown": (48, 16), "other": (23, 11)}}
ROWS["narrow"] = {"all": (74, 28), "grown": (46, 28), "other": (23, 11)}
BAR = {"all": 20, "grown": 20, "other": 12}  # pixels
FOOT = 34  # pixels below the rows, for the axis
FUELS = ("crude_oil", "oil_products", "coal", "lng")  # from zero up
# The colour of each, and how much of it fills an outline.
FILLS = {
    "crude_oil": ("import", 1.0),
    "oil_products": ("muted", 0.1),
    "coal": ("muted", 0.6),
    "lng": ("muted", 0.25),
}
OTHERS = ("ink",)  # of the three together, of which an amount alone is told
SIDE = 0.18  # of a year, how far the middles of its two bars lie from its own
GAP = 2021.5  # between the bars of 2021 and of 2022
# pixels of a drawing; of its height, those of the axis and above
HEIGHT, AXIS = 420, 35


def what_china_sells(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """By how much China's larger exports to Russia changed by HS chapter, beside the
    change of all its exports.
    """
    found = {
        year: measures.sort_chapters_by_size(data, year, "export") for year in KNOWN
    }
    totals = {year: measures.total.figure(data, year, "export") for year in KNOWN}
    changes = {ALL: measures.change(data, BEFORE, AFTER, "export")}
    changes |= {
        key: measures.change_of_chapters(data, BEFORE, AFTER, "export", key)
        for key in found[AFTER]
    }
    items = {
        key: [
            found[year].get(key) if key in found[AFTER] else totals[year]
            for year in KNOWN
        ]
        for key in changes
    }
    names = {
        key: str(words[key if key == ALL else f"chapter_{key}"]) for key in changes
    }
    rows = [
        [
            Cell(name, name),
            Cell("", None) if key == ALL else Cell(key, key),
            *(make_cell(item, language) for item in items[key]),
            make_cell(changes[key], language, signed=True),
        ]
        for key, name in names.items()
    ]
    heads = [
        Column("goods", words["table_goods"]),
        Column("hs_chapter", words["table_chapter"]),
    ]
    values = [
        Column(
            f"exports_{year}_usd_billion",
            str(year),
            words["unit"],
            measure="exports_usd_billion",
            at=year,
        )
        for year in KNOWN
    ]
    added = Column(
        f"change_{BEFORE}_to_{AFTER}_usd_billion", words["table_change"], words["unit"]
    )
    table = Grid(
        [*heads, *values, added],
        rows,
        "rows",
        tip=make_tip(words),
        labels=len(heads),
        across="year",
    )
    used = rows_behind(
        item for each in (*items.values(), changes.values()) for item in each if item
    )
    known = {key: item for key, item in changes.items() if item}
    known = {
        key: known[key]
        for key in sorted(known, key=lambda key: (key != ALL, -known[key].value))
    }
    bars = pd.DataFrame(
        {
            "key": [*known],
            "name": [names[key] for key in known],
            "value": [float(item.value) for item in known.values()],
            "text": [
                write_label(item, language, signed=True) for item in known.values()
            ],
            "point": tell_points(
                table, [[*changes].index(key) for key in known], added.name
            ),
        }
    )
    told = _told(data, found, words, language)
    return Plot(lambda size: _goods(bars, told, size), table, used)


def _told(
    data: Data,
    found: dict[int, dict[str, Quantity]],
    words: Words,
    language: ChartLanguage,
) -> dict[str, tuple[str, str]]:
    """Return what is told of the coloured rows: of a chapter its levels, of all exports
    both chapters and the rest.
    """
    told = dict[str, tuple[str, str]]()
    for key in GROWN:
        before, after, since = (
            write_label(found[year][key], language) for year in (BEFORE, AFTER, SINCE)
        )
        levels = str(words["levels"].fill(before=before, after=after))
        multiple = measures.multiple_of_chapters(data, BEFORE, AFTER, "export", key)
        if multiple and key == LEADS:
            levels += str(words["times"].fill(times=language.number(multiple.value)))
        told[key] = levels, str(words["since"].fill(year=SINCE, value=since))
    both = measures.change_of_chapters(
        data, BEFORE, AFTER, "export", "+".join(sorted(GROWN))
    )
    if both:
        told[ALL] = (
            str(words["both"].fill(value=write_label(both, language, signed=True))),
            str(words["rest"]),
        )
    return told


def _goods(bars: pd.DataFrame, told: dict[str, tuple[str, str]], size: Size) -> Chart:
    """Draw a bar for each chapter, and in that of all exports those of the coloured
    ones end to end.
    """
    kinds = [
        "all" if key == ALL else "grown" if key in GROWN else "other"
        for key in bars["key"]
    ]
    pitches, offsets = zip(*(ROWS[size.name][kind] for kind in kinds), strict=True)
    tops = [sum(pitches[:number]) for number in range(len(pitches))]
    rows = bars.assign(
        kind=kinds,
        foot=0.0,
        row=[top + down for top, down in zip(tops, offsets, strict=True)],
    )
    most, height = float(rows["value"].max()), sum(pitches)
    pixel = most / (size.width - LEFT[size.name] - RIGHT)
    ends = [-LEFT[size.name] * pixel, most + RIGHT * pixel]
    ticks = choose_ticks(0, most, 5)
    axis = alt.Axis(
        values=ticks,
        labelExpr=write_label_expression({tick: str(tick) for tick in ticks}),
        title=None,
        grid=False,
    )
    x = alt.X("value:Q", scale=alt.Scale(domain=ends, nice=False), axis=axis)
    axes = Axes(x, make_hidden_axis(alt.Y, "row", height, 0))
    grown = rows[rows["kind"] == "grown"]
    feet = list(accumulate(grown["value"][:-1], initial=0.0))
    stacked = grown.assign(row=rows["row"].iloc[0], foot=feet, kind="all")
    parts = stacked.assign(value=stacked["foot"] + stacked["value"])
    whole = rows.head(1).assign(foot=parts["value"].max())
    rest: MarkProperties = {
        "color": get_colour_variable("context"),
        "fillOpacity": 0.35,
        "stroke": get_colour_variable("context"),
        "strokeWidth": 1,
    }
    apart: MarkProperties = {
        "color": get_colour_variable("export"),
        "stroke": get_colour_variable("paper"),
        "strokeWidth": 1,
    }
    marks = (
        (whole, rest),
        (parts, apart),
        (grown, {"color": get_colour_variable("export")}),
    )
    others = rows[rows["kind"] == "other"], {"color": get_colour_variable("context")}
    layers = [_bars(own, mark, axes) for own, mark in (*marks, others)]
    start = (
        alt.Chart(rows.head(1).assign(value=0.0))
        .mark_rule(color=get_colour_variable("muted"))
        .encode(x)
    )
    return finish_chart(
        [*layers, start, *_labels(rows, told, axes, size)], size, height + FOOT
    )


def _bars(rows: pd.DataFrame, mark: MarkProperties, axes: Axes) -> alt.Chart:
    bars = alt.Chart(rows).mark_bar(
        orient="horizontal", size=BAR[str(rows["kind"].iloc[0])], **mark
    )
    return bars.encode(*axes, alt.X2("foot"), describe_marks())


def _labels(
    rows: pd.DataFrame, told: dict[str, tuple[str, str]], axes: Axes, size: Size
) -> list[alt.Chart]:
    """Tell the change of each bar at its end, and its name: at the left, or where that
    has no room, above or behind.
    """
    wide, layers = size.name == "wide", list[alt.Chart]()
    beside: MarkProperties = (
        {"align": "right", "dx": -10} if wide else {"align": "left", "dx": 5, "dy": -19}
    )
    for kind, ink, style in (
        ("all", "ink", "label"),
        ("grown", "export", "label"),
        ("other", "muted", "text"),
    ):
        own = rows[rows["kind"] == kind]
        end = own.assign(value=own["value"].clip(lower=0))
        if wide or kind != "other":
            layers.append(
                draw_texts(
                    own.assign(value=0.0, text=own["name"]),
                    *axes,
                    ink,
                    style=style,
                    **beside,
                )
            )
        else:
            end["text"] += " " + own["name"]
        layers.append(draw_texts(end, *axes, ink, align="left", dx=6, style=style))
    rows = rows.assign(
        **{
            f"told_{part}": [told.get(key, ("", ""))[part] for key in rows["key"]]
            for part in (0, 1)
        }
    )
    whole, grown = rows[rows["kind"] == "all"], rows[rows["kind"] == "grown"]
    sum_of_both = whole.assign(value=0.0, text=whole["told_0"])
    layers.append(
        draw_texts(
            whole.assign(text=whole["told_1"]), *axes, "muted", align="right", dy=-19
        )
    )
    layers.append(
        draw_texts(
            sum_of_both, *axes, "export", align="left", dx=5, dy=22, style="label"
        )
    )
    levels, since = (grown.assign(text=grown[f"told_{part}"]) for part in (0, 1))
    if not wide:
        return [
            *layers,
            draw_texts(
                levels.assign(value=0.0), *axes, "export", align="left", dx=84, dy=-19
            ),
        ]
    layers.append(draw_texts(since, *axes, "muted", align="left", dx=52, dy=17))
    return [
        *layers,
        draw_texts(levels, *axes, "export", align="left", dx=52, style="label"),
    ]


def what_russia_sells(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """China's imports of four fuels from Russia by year, and those of three together
    beside crude oil.
    """
    fuels = {product: energy.series(data, product) for product in FUELS}
    # of years that have all three
    fuels["others"] = other_fuels.series(data, "crude_oil")
    kinds = {
        name: FiguresOfKind(items, f"{name}_usd_billion", FILLS.get(name, OTHERS)[0])
        for name, items in fuels.items()
    }
    shown = ChartData.from_kinds(kinds, words, language)
    frame = shown.combine_frames()
    values = zip(frame["kind"], frame["value"], strict=True)
    frame["text"] = [
        words[f"{fuel}_value"].fill(value=language.number(value, 1))
        for fuel, value in values
    ]
    whole = frame[frame["year"] <= max(fuels["others"])]
    return shown.make_plot(lambda size: _fuels(whole, words, language, size))


def _fuels(
    frame: pd.DataFrame, words: Words, language: ChartLanguage, size: Size
) -> Chart:
    """Draw two bars a year: crude oil, and the three others on each other; those of the
    last year are named.
    """
    wide, first, last = (
        size.name == "wide",
        int(frame["year"].min()),
        int(frame["year"].max()),
    )
    room = 2.8 if wide else 5.8  # years on the right, for names
    pitch = (size.width - 30) / (last - first + 0.6 + room)
    top = extend_scale(0, frame["value"].max(), HEIGHT - AXIS, 0, 30)[1]
    x = make_axis_of_years(
        first - 0.6, last + room, choose_years(first, last, 12 if wide else 4)
    )
    axes = Axes(x, make_axis_of_amounts(choose_ticks(0, top), language, top=top))
    layers = war(words, axes, top * 0.98, day=GAP)
    frame = frame.assign(crude=frame["kind"] == "crude_oil").reset_index(drop=True)
    for _, own in frame.groupby(["crude", "year"]):
        frame.loc[own.index, "high"] = list(accumulate(own["value"]))
    frame["low"] = frame["high"] - frame["value"]
    for fuel, (ink, fill) in FILLS.items():
        own = frame[frame["kind"] == fuel]
        side = -SIDE if fuel == "crude_oil" else SIDE
        style: MarkProperties = {
            "orient": "vertical",
            "size": 2 * SIDE * pitch - 2,
            "fill": get_colour_variable(ink),
            "stroke": get_colour_variable(ink),
        }
        bars = alt.Chart(
            own.assign(year=own["year"] + side, value=own["low"])
        ).mark_bar(fillOpacity=fill, strokeWidth=1, **style)
        layers.append(bars.encode(*axes, alt.Y2("high"), describe_marks()))
        end = own.tail(1).assign(value=lambda each: (each["low"] + each["high"]) / 2)
        if fuel != "crude_oil":
            layers.append(
                draw_texts(end, *axes, ink, align="left", dx=(SIDE * 2) * pitch + 5)
            )
    ends = frame[frame["year"] == last]
    crude, others = ends[ends["kind"] == "crude_oil"], ends[ends["kind"] == "others"]
    layers += [
        draw_texts(crude, *axes, "import", align="left", dx=5, dy=15, style="key"),
        draw_texts(
            others, *axes, "ink", align="left", dx=3, dy=-13, style="key"
        ).encode(describe_marks()),
    ]
    return finish_chart(layers, size, HEIGHT)
