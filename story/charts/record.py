"""Whether it is a record once prices are counted.

Trade in the dollars of each year, and in those of one year.
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
    draw_line,
    draw_texts,
    finish_chart,
    get_colour_variable,
    make_axis_of_amounts,
    make_axis_of_years,
    write_label,
)
from story import conversions, measures
from story.charts.war import war

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data

FIRST, BASE, RECORD = 2022, 2023, 2024
COLUMNS = {"current": "total_usd_billion", "constant": "total_usd_2023_billion"}
STYLES = {"constant": ("muted", [6, 4]), "current": ("accent", [1, 0])}
# billions of dollars between lines of the grid; the scale begins at one of them
STEP = 20
HEIGHTS = {"wide": 440, "narrow": 420}
# What is free beside the first year and the last, in years, and above the highest
# amount, in billions of dollars.
BEFORE, AFTER, ABOVE = {"wide": 0.75, "narrow": 0.5}, {"wide": 1, "narrow": 1.25}, 15
# Where a growth stands at its dot, and its amount, in pixels; below, it ends before the
# line that falls on the right.
OUTSIDE: dict[str, tuple[int, int, MarkProperties]] = {
    "current": (-37, -17, {}),
    "constant": (39, 19, {"align": "right"}),
}


def record_in_dollars_of_2023(
    data: Data, words: Words, language: ChartLanguage
) -> Plot:
    """Yearly totals in current dollars and in dollars of 2023, by consumer prices of
    the United States.
    """
    found = {
        "current": measures.total.series(data),
        "constant": conversions.convert_totals_to_dollars_of(data, BASE),
    }
    kinds = {
        kind: FiguresOfKind(items, COLUMNS[kind], STYLES[kind][0], 1)
        for kind, items in found.items()
    }
    shown = ChartData.from_kinds(kinds, words, language, since=FIRST)
    frames = shown.frames
    frames["constant"]["derived"] |= ~frames["constant"]["year"].isin(
        conversions.find_years_with_whole_prices(data)
    )
    grown = {
        "current": measures.published_growth.figure(data, f"{RECORD}-12"),
        "constant": conversions.compute_growth_in_dollars_of(data, RECORD, BASE),
    }
    rates = {
        kind: write_label(item, language, signed=True)
        for kind, item in grown.items()
        if item
    }
    return shown.make_plot(lambda size: _lines(frames, rates, words, language, size))


def _lines(
    frames: dict[str, pd.DataFrame],
    rates: dict[str, str],
    words: Words,
    language: ChartLanguage,
    size: Size,
) -> Chart:
    """Draw both measures from the year before they meet: what lies above the level of
    that year is a record, or not.
    """
    drawn = pd.concat(frames.values())
    last, low, high = (
        int(drawn["year"].max()),
        float(drawn["value"].min()),
        float(drawn["value"].max()),
    )
    ticks = choose_ticks(low // STEP * STEP, high, step=STEP)
    end = last + AFTER[size.name]
    x = make_axis_of_years(FIRST - BEFORE[size.name], end, range(FIRST, last + 1))
    axes = Axes(x, make_axis_of_amounts(ticks, language, top=high + ABOVE))
    level = frames["current"][frames["current"]["year"] == BASE].assign(end=end)
    told = level.assign(
        text=words["level" if size.name == "wide" else "value"].fill(
            year=BASE, value=level["text"].item()
        )
    )
    foot = pd.DataFrame(
        {
            "year": [end],
            "value": ticks[:1],
            "text": [words["foot"].fill(amount=ticks[0])],
        }
    )
    return finish_chart(
        [
            *war(words, axes, high + ABOVE - 3),
            alt.Chart(level)
            .mark_rule(color=get_colour_variable("context"))
            .encode(*axes, alt.X2("end")),
            *(
                layer
                for kind, (ink, dash) in STYLES.items()
                for layer in draw_line(frames[kind], axes, ink, strokeDash=dash)
            ),
            draw_texts(told, *axes, "ink", align="right", dx=8, dy=-16, style="label"),
            *_growths(frames, rates, words, size, axes),
            *_names(frames, words, size, axes),
            draw_texts(foot, *axes, "muted", align="right", dy=-10),
        ],
        size,
        HEIGHTS[size.name],
    )


def _growths(
    frames: dict[str, pd.DataFrame],
    rates: dict[str, str],
    words: Words,
    size: Size,
    axes: Axes,
) -> list[alt.Chart]:
    """Tell, above the record and below the same year in the other dollars, what each
    came to and how it grew.
    """
    layers = list[alt.Chart]()
    for kind, rate in rates.items():
        own, (ink, _) = frames[kind][frames[kind]["year"] == RECORD], STYLES[kind]
        far, near, mark = OUTSIDE[kind]
        growth, money = (
            words["growth"].fill(rate=rate),
            words["value"].fill(value=own["text"].item()),
        )
        if size.name == "wide":
            growth = words[f"growth_{kind}"].fill(rate=rate)
        if size.name == "wide" or near < 0:  # a narrow drawing has no room for it below
            layers.append(
                draw_texts(
                    own.assign(text=money), *axes, ink, dy=near, style="label", **mark
                )
            )
        else:
            far = near
        layers.append(
            draw_texts(own.assign(text=growth), *axes, ink, dy=far, style="key", **mark)
        )
    return layers


def _names(
    frames: dict[str, pd.DataFrame], words: Words, size: Size, axes: Axes
) -> list[alt.Chart]:
    """Name both lines at their last amounts, on as many lines of text as
    there is room.
    """
    layers = list[alt.Chart]()
    for kind, (ink, _) in STYLES.items():
        end = frames[kind].tail(1)
        beside: MarkProperties = {"align": "left", "dx": 10}
        lines = [words[kind]] if size.name == "wide" else str(words[kind]).split(" ", 1)
        lines += [words["derived"]] * int(end["derived"].item())
        layers.append(
            draw_texts(
                end.assign(text=words["value"].fill(value=end["text"].item())),
                *axes,
                ink,
                style="label",
                **beside,
            )
        )
        for row, line in enumerate(lines, 1):
            layers.append(
                draw_texts(end.assign(text=line), *axes, ink, dy=17 * row, **beside)
            )
    return layers
