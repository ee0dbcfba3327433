"""Both flows year by year: their levels, their balance, which of them grew, and how
much all trade did.
"""

from __future__ import annotations

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
    draw_key,
    draw_line,
    draw_texts,
    extend_scale,
    finish_chart,
    get_colour_variable,
    make_axis_of_amounts,
    make_axis_of_years,
)
from story import measures
from story.charts.war import war

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data

FIRST = 2014  # flows of earlier years are known for some of them only
# the year of the longest bar of before the fall: a thin line beside it ends below its
# top
LONGEST = 2022
FLOWS = {"export": "exports_usd_billion", "import": "imports_usd_billion"}
# the years of which both flows are told, beside the last
LEVELS = {"wide": (FIRST, 2022, 2023), "narrow": (2022,)}
# how the upper one is told, clear of the thin line
ABOVE = {"wide": ("left", -16, -20), "narrow": ("right", -10, -8)}
# The years at which the names of both lines stand, and how.
NAMES: dict[str, tuple[int, MarkProperties]] = {
    "import": (2019, {"align": "right", "dx": 18, "dy": -14}),
    "export": (2018, {"align": "left", "dx": -28, "dy": 31}),
}
CHANGES = {
    "export": "exports_change_usd_billion",
    "import": "imports_change_usd_billion",
}
# the table has the years from the one on, the drawing those from the other
CHANGES_FROM, DRAWN_FROM = 2015, 2021
# of a year, in years: its two bars stand side by side
SIDES = {"export": -0.17, "import": 0.17}
# widths in years: of a bar, of what lies before the first year and behind the last
BAR, MARGIN = 0.32, 0.7
# pixels from zero to the middle of the sign at the foot of a derived bar, in it
SIGN = 7
# the bars that the title is about: between them the flows change places
HEROES = {"import": 2022, "export": 2023}
# pixels of a drawing; of its height, those of the axis and above
HEIGHT, AXIS = 400, 40

SINCE = 2019  # for the year before no page prints a growth
END = "-12"  # a growth to December is that of a year


def both_flows(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """China's exports to Russia and its imports from it, a line each: what lies between
    the two is the balance.
    """
    kinds = {
        flow: FiguresOfKind(measures.total.series(data, flow), column, flow)
        for flow, column in FLOWS.items()
    }
    shown = ChartData.from_kinds(kinds, words, language, since=FIRST)
    return shown.make_plot(lambda size: _levels(shown.frames, words, language, size))


def _levels(
    frames: dict[str, pd.DataFrame], words: Words, language: ChartLanguage, size: Size
) -> Chart:
    """Draw both lines, and in each year a stroke from the lower dot to the higher, in
    the colour of that.
    """
    wide, both = size.name == "wide", pd.concat(frames.values())
    last, top = (
        int(both["year"].max()),
        extend_scale(0, both["value"].max(), HEIGHT - AXIS, 0, 30)[1],
    )
    x = make_axis_of_years(
        FIRST - 0.4,
        last + 0.6,
        choose_years(FIRST, last, 14) if wide else range(FIRST, last + 1, 2),
    )
    axes = Axes(x, make_axis_of_amounts(choose_ticks(0, top), language, top=top))
    strokes, labels = list[alt.Chart](), list[alt.Chart]()
    for flow, frame in frames.items():
        (other,) = (each for name, each in frames.items() if name != flow)
        own = frame.assign(other=frame["year"].map(other.set_index("year")["value"]))
        stroke = alt.Chart(own[own["value"] > own["other"]]).mark_rule(
            color=get_colour_variable(flow), size=1.5
        )
        strokes.append(stroke.encode(*axes, alt.Y2("other")))
        at, beside = NAMES[flow]
        gap = own.assign(gap=own["value"] - own["other"]).nlargest(1, "gap")
        # the larger flow since 2018: the title tells when it was so by most
        if wide and flow == "import":
            gap = gap.assign(
                value=gap["value"] - gap["gap"] / 4,
                text=language.number(gap["gap"].item(), 1),
            )
            labels.append(draw_texts(gap, *axes, flow, align="left", dx=5))
        labels.append(
            draw_texts(
                own[own["year"] == at].assign(text=words[flow]),
                *axes,
                flow,
                style="label",
                **beside,
            )
        )
        told = own["year"].isin([*LEVELS[size.name], last])
        under, end = own["value"] < own["other"], own["year"].isin({FIRST, last})
        # Beside a line that climbs and, at its ends, above what falls.
        for side, align, dx, dy, fall in (
            (~under, *ABOVE[size.name], -19),
            (under, "left", -3, 15, 15),
        ):
            labels.append(
                draw_texts(
                    own[told & side & ~end],
                    *axes,
                    flow,
                    align=align,
                    dx=dx,
                    dy=dy,
                    style="label",
                )
            )
            labels.append(
                draw_texts(own[told & side & end], *axes, flow, dy=fall, style="label")
            )
    lines = [
        layer
        for flow, frame in frames.items()
        for layer in draw_line(frame, axes, flow)
    ]
    around = [*war(words, axes, top - 4), *draw_key({"open": words["derived"]}, size)]
    return finish_chart([*around, *strokes, *lines, *labels], size, HEIGHT)
