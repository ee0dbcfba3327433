"""Whether the goal came early or late.

The same trade by several rulers, on its way to the line: each ruler is a kind of
layers.
"""

from __future__ import annotations

from functools import partial
from math import ceil
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
    describe_marks,
    draw_line,
    draw_texts,
    draw_year_ends,
    finish_chart,
    get_colour_variable,
    make_axis_of_amounts,
    make_axis_of_years,
    make_frame,
    name_layers_by_kind,
)
from press.quantity import rows_behind
from story import conversions, goals, measures

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data

FIRST = 2019
STEP = 50  # between two ticks of the scale
ROOM = 25  # above the last tick, for the names of the deadlines
BASES = {2020: 2011, 2024: 2018}  # when the goal for a year was named
RATE_OF = 2023  # the year at whose rate a goal is set in yuan
COLUMNS = {
    "calendar_dollars": "total_usd_billion",
    "calendar_yuan": "total_cny_billion",
}
COLUMNS |= {
    f"calendar_constant_{due}": f"total_usd_{base}_billion"
    for due, base in BASES.items()
}
DASHES = {
    "calendar_dollars": [1, 0],
    "rolling_dollars": [1, 0],
    "calendar_yuan": [2, 3],
}
END = 0.5  # of a year, from its middle


def ruler(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Trade of calendar years and of twelve months in dollars, of years in yuan and in
    dollars of one year.
    """
    figures = {
        "calendar_dollars": measures.total.series(data),
        "calendar_yuan": measures.year_in_yuan.series(data),
    }
    figures |= {
        f"calendar_constant_{due}": conversions.convert_totals_to_dollars_of(data, base)
        for due, base in BASES.items()
    }
    kinds = {
        kind: FiguresOfKind(items, COLUMNS[kind], "accent", 1)
        for kind, items in figures.items()
    }
    shown = ChartData.from_kinds(kinds, words, language, since=FIRST)
    rolling = {
        month: item
        for month, item in measures.twelve_months_to.series(data).items()
        if month >= str(FIRST)
    }
    goal = goals.get_promise(data, goals.TARGET_FOR_2024).low
    frame = shown.combine_frames()
    frame["year"] += END
    dollars, yuan = (
        frame["kind"] == f"calendar_{money}" for money in ("dollars", "yuan")
    )
    # on the scale of dollars, set against the same line
    if in_yuan := conversions.convert_dollars_to_yuan(data, RATE_OF, goal):
        frame.loc[yuan, "value"] *= float(goal.value) / float(in_yuan.value)
    months = make_frame(rolling, kind="rolling_dollars").merge(
        frame.loc[dollars, ["year", "point"]], "left"
    )
    dues = pd.DataFrame(
        {"year": [due + END for due in BASES], "value": float(goal.value)}
    )
    dues["kind"], dues["text"] = (
        [f"due_{due}" for due in BASES],
        [words[f"due_{due}"] for due in BASES],
    )
    used = shown.rows | rows_behind([goal, *rolling.values()])
    every = pd.concat([frame, months])
    return Plot(
        lambda size: _paths(every, dues, words, language, size), shown.table, used
    )


def _paths(
    frame: pd.DataFrame,
    dues: pd.DataFrame,
    words: Words,
    language: ChartLanguage,
    size: Size,
) -> Chart:
    """Draw each ruler's way to the line, a ring where it first came to it, and when the
    goals were due.
    """
    wide, last = size.name == "wide", ceil(frame["year"].max() - END)
    x = make_axis_of_years(
        FIRST - END, last + END, range(FIRST, last + 1, 1 if wide else 2)
    )
    goal = float(dues["value"].iloc[0])
    last_tick = STEP * ceil(max(frame["value"].max(), goal) / STEP)
    top = last_tick + ROOM
    ticks = range(0, last_tick + 1, STEP)
    axes = Axes(x, make_axis_of_amounts(ticks, language, top=top))
    line = dues.head(1).assign(year=FIRST - END, text=words["target"])
    layers = [
        draw_year_ends(FIRST, last, x),
        alt.Chart(line).mark_rule(color=get_colour_variable("ink")).encode(axes.y),
        draw_texts(line, *axes, "ink", align="left", dx=4, dy=10),
        *name_layers_by_kind(
            line.assign(kind="calendar_yuan", text=words["target_yuan"]),
            lambda own: [draw_texts(own, *axes, "accent", align="left", dx=4, dy=27)],
        ),
        *name_layers_by_kind(dues, partial(_due, axes=axes, top=top)),
        *name_layers_by_kind(
            _spans(frame, dues, goal, words),
            partial(_span, axes=axes, size=size, top=top),
        ),
        *name_layers_by_kind(
            frame,
            partial(_way, axes=axes, goal=goal),
            lambda own: _name(_came(own, goal), words, axes, size),
        ),
    ]
    return finish_chart(layers, size, 400 if wide else 300)


def _due(own: pd.DataFrame, axes: Axes, top: float) -> list[alt.Chart]:
    """Draw a thin line at a deadline, with its name at the top."""
    rule = (
        alt.Chart(own.assign(top=top))
        .mark_rule(color=get_colour_variable("muted"))
        .encode(*axes, alt.Y2("top"))
    )
    return [
        rule,
        draw_texts(own.assign(value=top), *axes, "muted", align="left", dx=5, dy=6),
    ]


def _span(own: pd.DataFrame, axes: Axes, size: Size, top: float) -> list[alt.Chart]:
    """Draw the stretch between a deadline and when a ruler came to the line, hollow
    where that was before; and say it.

    The words stand beside it, or beside its deadline in a narrow drawing, which has no
    room. They are seen where one ruler and one deadline are chosen (static/story.css),
    else words would lie on each other.
    """
    early = bool((own["to"] < own["year"]).all())
    looks = ((own, "ink", 6), (own[own["to"] < own["year"]], "paper", 3))
    bars = [
        alt.Chart(each)
        .mark_rule(color=get_colour_variable(ink), size=width)
        .encode(*axes, alt.X2("to"))
        for each, ink, width in looks
    ]
    mark: MarkProperties = {
        "align": "right" if early else "left",
        "dx": -5 if early else 5,
        "fillOpacity": 0,
    }
    if size.name == "wide":
        return [*bars, draw_texts(own, *axes, "ink", dy=-14 if early else 14, **mark)]
    mark |= {} if early else {"dx": 63}  # after the name of the deadline
    return [*bars, draw_texts(own.assign(value=top), *axes, "ink", dy=6, **mark)]


def _way(own: pd.DataFrame, axes: Axes, goal: float) -> list[alt.Chart]:
    """Draw a ruler's line, dots on what the table has of it, and a ring where it first
    came to the line.
    """
    kind = own["kind"].iloc[0]
    ink = "accent" if kind in DASHES else "muted"
    width = 3 if kind.startswith("calendar") and ink == "accent" else 1.8
    mark: MarkProperties = {"color": get_colour_variable(ink), "opacity": 1}
    dots = alt.Chart(own[own["point"].notna()]).mark_point(filled=True, size=36, **mark)
    ring = alt.Chart(own[own["value"] >= goal].head(1)).mark_point(
        strokeWidth=2, size=190, **mark
    )
    way = draw_line(
        own,
        axes,
        ink,
        0,
        size=width,
        strokeCap="round",
        strokeDash=DASHES.get(kind, [6, 4]),
    )
    return [*way, dots.encode(*axes, describe_marks()), ring.encode(*axes)]


def _name(came: pd.DataFrame, words: Words, axes: Axes, size: Size) -> list[alt.Chart]:
    """Name a ruler where it came to the line, or was highest."""
    kind, wide = came["kind"].iloc[0], size.name == "wide"
    if kind not in DASHES:  # in a narrow drawing there is no room beside it
        return [
            draw_texts(
                came.assign(text=words[kind]).head(int(wide)),
                *axes,
                "ink",
                align="left",
                dx=2,
                dy=14,
            )
        ]
    # below what is told of dollars
    dx, dy = (-40 if wide else -24, 9) if kind == "calendar_yuan" else (-10, -9)
    beside: MarkProperties = {"align": "right", "dx": dx, "dy": dy, "style": "label"}
    return [
        draw_texts(
            came.assign(text=words[f"{size.name}_{kind}"]), *axes, "accent", **beside
        )
    ]


def _came(own: pd.DataFrame, goal: float) -> pd.DataFrame:
    """Return where a ruler first came to the line, or else its highest point."""
    reached = own[own["value"] >= goal]
    return reached.head(1) if len(reached) else own.nlargest(1, "value")


def _spans(
    frame: pd.DataFrame, dues: pd.DataFrame, goal: float, words: Words
) -> pd.DataFrame:
    """Return for each ruler that came to the line, and each deadline, the stretch on it
    between the two, and words.
    """
    first = frame[frame["value"] >= goal].groupby("kind")["year"].first()
    spans = dues.merge(pd.DataFrame({"by": first.index, "to": first.array}), "cross")
    spans["text"] = [
        words[f"{by.partition('_')[0]}_{due}"] if by in DASHES else ""
        for by, due in zip(spans["by"], spans["kind"], strict=True)
    ]
    return spans.assign(kind=spans["by"] + spans["kind"].str.removeprefix("due"))
