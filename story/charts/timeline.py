"""The timeline, drawn: a bar for each year's trade, and events with their names on
them, each at its date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms import (
    Axes,
    Chart,
    MarkProperties,
    choose_ticks_within,
    choose_years,
    describe_marks,
    draw_texts,
    extend_scale,
    finish_chart,
    format_label,
    get_colour_variable,
    list_tip_texts,
    locate_time,
    make_axis_of_amounts,
    make_axis_of_years,
    make_frame,
    make_tip_template,
    name_layers_by_kind,
)
from press.ground.grid import Cell, Column, Grid
from press.quantity import rows_behind
from story import goals, measures
from story.charts.plane import Plane

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data, Row

KNOWN = {"year": 4, "month": 7, "day": 10}  # how many characters of a date are known
# The events that are drawn, at most eight: more names find no room. Their days are
# known. All stand in the table.
# Of each, in a wide drawing and in a narrow one: whether its name begins or ends at a
# place, and where that is, in pixels across and down from the dot. The thin line to a
# name goes straight up, or aside where both are level.
NAMED: dict[str, dict[str, tuple[str, int, int]]] = {
    "loans-for-oil-2009": {"wide": ("left", -3, -44), "narrow": ("left", -8, -240)},
    "goals-for-2015-and-2020-set-2011": {
        "wide": ("left", -3, -44),
        "narrow": ("left", -3, -137),
    },
    "crimea-sanctions-2014": {"wide": ("left", -3, -44), "narrow": ("left", -13, -38)},
    "power-of-siberia-opens-2019": {
        "wide": ("right", 3, -44),
        "narrow": ("right", 3, -49),
    },
    "invasion-of-ukraine-2022": {
        "wide": ("right", -26, 8),
        "narrow": ("right", -22, 8),
    },
    "oil-embargo-and-price-cap-2022": {
        "wide": ("right", 0, -40),
        "narrow": ("right", -4, -40),
    },
    "past-200-billion-2023": {"wide": ("right", -2, -38), "narrow": ("right", -28, 8)},
    "rosneft-lukoil-sanctions-2025": {
        "wide": ("left", 17, 25),
        "narrow": ("right", 36, -82),
    },
}
PAGE = "timeline.md"  # with an entry for each event
SINCE = 2008  # a year: before it only one event in ten of the table
GOAL = "200bn-by-2024"
# years that are free behind the last, for its amount
AFTER = {"full": 2.5, "wide": 4.6, "narrow": 3.2}
# Pixels: of a drawing, above the highest amount, of the axis.
HEIGHTS, HEADS, FOOT = {"wide": 470, "narrow": 520}, {"wide": 54, "narrow": 72}, 44
MIDDLE = 0.5  # of a year, from where its number stands to its end
BAR = 0.41  # of a year: half a bar
SLIT = 1.3  # billions of dollars: half of the slit through which a line crosses bars
LINE = 17  # pixels between the two lines of a name
DOT = 5  # pixels from the middle of a dot to the line that leads to its name
MARKED = 2  # years at the end whose amounts are told


def timeline(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Trade by year, and on its bars the events that everything here refers to; the
    table has every event.
    """
    rows = sorted(
        data["events"].rows, key=lambda row: (str(row["date"]), str(row["id"]))
    )
    names = ("date", "category", "event")
    cells = [_cells(row, words, language) for row in rows]
    columns = [Column(name, words[f"table_{name}"]) for name in names]
    grid = Grid(columns, cells, tip=make_tip_template(words), labels=len(columns))
    told = list_tip_texts(grid, range(len(rows)), "event")
    drawn = [number for number, row in enumerate(rows) if row["id"] in NAMED]
    events = pd.DataFrame(
        {
            "id": [rows[number]["id"] for number in drawn],
            "year": [locate_time(str(rows[number]["date"])) for number in drawn],
            "text": [_name(rows[number], words) for number in drawn],
            "point": [told[number] for number in drawn],
            "kind": [rows[number]["category"] for number in drawn],
        }
    )
    totals = {
        year: item
        for year, item in measures.total.series(data).items()
        if year >= SINCE
    }
    trade = make_frame(
        totals, text=[format_label(item, language) for item in totals.values()]
    )
    goal = goals.get_promise(data, GOAL).low
    used = rows_behind([*totals.values(), goal]) | {*rows}
    told_by = _Told(words, language, float(goal.value))
    return Plot(lambda size: _drawn(trade, events, told_by, size), grid, used, "full")


class _Told(NamedTuple):
    """What a drawing is told with, and the goal that is a line in it."""

    words: Words
    language: ChartLanguage
    goal: float


def _cells(row: Row, words: Words, language: ChartLanguage) -> list[Cell]:
    """Return an event's date, kind and heading for the table; the heading leads to the
    event's entry.
    """
    known, kind = (
        str(row["date"])[: KNOWN[str(row["date_precision"])]],
        str(row["category"]),
    )
    event = language.headings_by_table_and_row["events"].get(str(row["id"]), "")
    return [
        Cell(language.date(known), known),
        Cell(str(words[kind]), kind),
        Cell(event, event, f"{PAGE}#{row['id']}"),
    ]


def _name(row: Row, words: Words) -> str:
    key = str(row["id"]).rpartition("-")[0].replace("-", "_")
    return str(words["name"].fill(year=str(row["date"])[:4], event=words[key]))


def _drawn(trade: pd.DataFrame, events: pd.DataFrame, told: _Told, size: Size) -> Chart:
    """Draw a bar for each year, and on the bars the days of events, each
    with its name.
    """
    last, high, height = (
        int(trade["year"].max()),
        float(trade["value"].max()),
        HEIGHTS[size.name],
    )
    ends = SINCE - MIDDLE, last + MIDDLE + AFTER[size.page_name]
    named = choose_years(
        SINCE, last, {"full": 18, "wide": 10, "narrow": 4}[size.page_name]
    )
    _, top = extend_scale(0, high, height - FOOT, 0, HEADS[size.name])
    axes = Axes(
        make_axis_of_years(*ends, named),
        make_axis_of_amounts(
            choose_ticks_within(0, high, 6), told.language, top=top, grid=False
        ),
    )
    plane = Plane.of(size, height, ends, (0, top), told.language.number(high))
    return finish_chart(
        [
            *_bars(trade, told.goal, axes),
            *_goal(told, last + MIDDLE, size, axes),
            *_amounts(trade, told.words, size, axes),
            *_pinned(events, trade, plane, size, axes),
        ],
        size,
        height,
    )


def _bars(trade: pd.DataFrame, goal: float, axes: Axes) -> list[alt.Chart]:
    """Draw a bar for each year; one that comes to the goal is coloured, and the goal's
    line goes through a slit.
    """
    bars = trade.assign(year=trade["year"] - BAR, end=trade["year"] + BAR, foot=0.0)
    over = bars[bars["value"] >= goal]
    parts = (
        (bars[bars["value"] < goal], "context"),
        (over.assign(value=goal - SLIT), "accent"),
        (over.assign(foot=goal + SLIT), "accent"),
    )
    return [
        alt.Chart(own)
        .mark_bar(color=get_colour_variable(ink))
        .encode(*axes, alt.X2("end"), alt.Y2("foot"))
        for own, ink in parts
    ]


def _goal(told: _Told, end: float, size: Size, axes: Axes) -> list[alt.Chart]:
    """Draw the goal as a thin line through all bars, with its name at the left."""
    name = told.words["goal" if size.name == "wide" else "goal_narrow"]
    line = pd.DataFrame(
        {"year": [SINCE - MIDDLE], "end": [end], "value": [told.goal], "text": [name]}
    )
    return [
        alt.Chart(line)
        .mark_rule(color=get_colour_variable("ink"))
        .encode(*axes, alt.X2("end")),
        draw_texts(line, *axes, "ink", align="left", dx=3, dy=-10, style="label"),
    ]


def _amounts(
    trade: pd.DataFrame, words: Words, size: Size, axes: Axes
) -> list[alt.Chart]:
    """Tell the amounts of the last years: of the last on its right, of another above
    it.
    """
    wide = size.name == "wide"
    key = "amount" if wide else "amount_narrow"
    told = [
        words[key].fill(year=year, value=value)
        for year, value in zip(trade["year"], trade["text"], strict=True)
    ]
    own = trade.assign(text=told).tail(MARKED)
    above, beside = own.head(-1), own.tail(1)
    above = above.assign(year=above["year"] + (-BAR if wide else MIDDLE + BAR))
    return [
        draw_texts(
            above,
            *axes,
            "accent",
            align="left" if wide else "right",
            dx=4 if wide else 0,
            dy=-11,
            style="label",
        ),
        draw_texts(
            beside.assign(year=beside["year"] + MIDDLE),
            *axes,
            "accent",
            align="left",
            dx=8,
            dy=-2,
            style="label",
        ),
    ]


def _pinned(
    events: pd.DataFrame, trade: pd.DataFrame, plane: Plane, size: Size, axes: Axes
) -> list[alt.Chart]:
    """Draw each event as a dot at the top of its year's bar, with a thin line to its
    name, which has two lines.
    """
    across, up = (
        (ends[1] - ends[0]) / pixels
        for ends, pixels in ((plane.across, plane.width), (plane.up, plane.height))
    )
    tops = trade.set_index("year")["value"]
    rows = list[tuple[object, ...]]()
    for name, year, kind, told in zip(
        *(events[each] for each in ("id", "year", "kind", "text")), strict=True
    ):
        align, dx, dy = NAMED[name][size.name]
        side = 1 if dx > 0 else -1
        start, end = (
            ((0, -DOT), (0, dy + LINE))
            if dy < -LINE
            else ((side * DOT, 0), (dx - side * DOT, dy))
        )
        value = float(tops[round(year)])
        ends = [
            (year + right * across, value - below * up)
            for right, below in (start, end, (dx, dy))
        ]
        rows.append(
            (kind, year, value, align, *ends[0], *ends[1], *ends[2], *_halves(told))
        )
    columns = [
        "kind",
        "day",
        "height",
        "align",
        "year",
        "value",
        "to",
        "high",
        "at",
        "middle",
        "upper",
        "lower",
    ]
    frame = pd.DataFrame(rows, columns=columns).assign(point=events["point"])
    dots: MarkProperties = {
        "opacity": 1,
        "fill": get_colour_variable("ink"),
        "stroke": get_colour_variable("paper"),
        "strokeWidth": 1,
    }
    dots["size"] = 70 if size.name == "wide" else 40

    def layers(own: pd.DataFrame) -> list[alt.Chart]:
        day = own.assign(year=own["day"], value=own["height"])
        drawn = [
            alt.Chart(own)
            .mark_rule(color=get_colour_variable("ink"))
            .encode(*axes, alt.X2("to"), alt.Y2("high")),
            alt.Chart(day).mark_circle(**dots).encode(*axes, describe_marks()),
        ]
        for align, some in own.assign(year=own["at"], value=own["middle"]).groupby(
            "align"
        ):
            for part, side in (("upper", -1), ("lower", 1)):
                half = some.assign(text=some[part])
                drawn.append(
                    draw_texts(half, *axes, "ink", align=f"{align}", dy=side * LINE / 2)
                )
        return drawn

    return [*name_layers_by_kind(frame, layers)]


def _halves(name: str) -> tuple[str, str]:
    """Return a name in two lines, broken as near to its middle as a space is."""
    at = min(
        (at for at, letter in enumerate(name) if letter == " "),
        key=lambda at: abs(at - len(name) / 2),
    )
    return name[:at], name[at + 1 :]
