"""What was added to China's exports to Russia: all of it, and by goods."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

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
    draw_marks,
    draw_texts,
    finish_chart,
    get_colour_variable,
    make_hidden_axis,
    write_label,
)
from press.ground.grid import Cell
from story import measures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.quantity import Quantity

KNOWN = (2018, 2021, 2023, 2024)  # the years of which goods are known
BEFORE = 2021
AFTER = 2023
LEVELS = KNOWN[:3]  # of vehicles, told beside their bar
ALL = "all"
OTHERS = "others"
VEHICLES = "87"
GROWN = (VEHICLES, "84")  # and machinery: what the title is about
DRAWN = (ALL, *GROWN, OTHERS)  # from the top down
INKS = {
    ALL: "context",
    OTHERS: "context",
}  # the chapters that grew have that of exports
# in pixels
ROWS = {ALL: 36, VEHICLES: 122, "84": 184, OTHERS: 246}  # middles of bars, from the top
HEIGHT = 264
BAR = 26
NAME = -23  # from the middle of a bar to its name, and to what stands below it
BELOW = 24
LINE = 17  # from a line of levels to the next


def what_china_sells(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Draw by how much vehicles, machinery and all other large chapters rose, below
    the rise of all exports, in which the first two are marked.
    """
    by_year = {year: _find_levels(data, year) for year in KNOWN}
    numbers = [*measures.sort_chapters_by_size(data, AFTER, "export")]
    others = sorted({*numbers} - {*GROWN})
    names = {key: str(words[f"chapter_{key}"]) for key in (ALL, *numbers)}
    names[OTHERS] = words[f"chapter_{OTHERS}"].fill(count=len(others))
    asked = {OTHERS: "+".join(others), **{number: number for number in numbers}}
    changes: dict[Any, Quantity | None] = dict.fromkeys(DRAWN)
    changes[ALL] = measures.change.figure(data, BEFORE, AFTER, "export")
    for key, joined in asked.items():
        change = measures.change_of_chapters.figure(
            data, BEFORE, AFTER, "export", joined
        )
        changes[key] = change
    column = f"change_{BEFORE}_to_{AFTER}_usd_billion"
    kinds = {"change": FiguresOfKind(changes, column, "export", signed=True)}
    for year, items in by_year.items():
        kinds[f"{year}"] = FiguresOfKind(items, f"exports_{year}_usd_billion")

    def make_head(key: str) -> Cell:
        return Cell(names[key], key)

    figures = ChartData.from_kinds(kinds, words, language, "hs_chapter", make_head)
    bars = figures.frames["change"].set_index("at").loc[[*DRAWN]].reset_index()
    bars["text"] = bars["at"].map(names) + "  " + bars["text"]
    bars["row"] = bars["at"].map(ROWS)
    bars["ink"] = bars["at"].map(INKS).fillna("export")
    levels = list[str]()
    for year in LEVELS:
        value = write_label(by_year[year][VEHICLES], language)
        levels.append(words["level"].fill(value=value, year=year))

    def draw_at_size(size: Size) -> Chart:
        x = make_hidden_axis(alt.X, "value", 0, bars["value"].max())
        axes = Axes(x, make_hidden_axis(alt.Y, "row", HEIGHT, 0))
        layers = [*_draw_bars(bars, axes), *_draw_parts(bars, words, axes)]
        layers += _draw_levels(bars, levels, axes)
        return finish_chart(layers, size, HEIGHT, axes)

    return figures.make_plot(draw_at_size)


def _find_levels(data: Data, year: int) -> dict[Any, Quantity]:
    """Return the exports of a year by chapter, and all of them."""
    total = measures.total.figure(data, year, "export")
    levels: dict[Any, Quantity] = measures.sort_chapters_by_size(data, year, "export")
    return levels | ({ALL: total} if total else {})


def _draw_bars(bars: pd.DataFrame, axes: Axes) -> Iterator[alt.Chart]:
    """Yield a bar for each row, and above it its name and amount."""
    left = (alt.XValue(0), axes.y, alt.Text("text:N"))
    style: MarkProperties = {"align": "left", "dy": NAME, "style": "label"}
    for ink, own in bars.groupby("ink", sort=False):
        yield _draw_bar(own.assign(foot=0), axes, f"{ink}")
        tone = "ink" if ink == "context" else f"{ink}"
        yield draw_marks("text", own, *left, ink=tone, **style)


def _draw_bar(bars: pd.DataFrame, axes: Axes, ink: str) -> alt.Chart:
    style: MarkProperties = {"orient": "horizontal", "size": BAR}
    style["stroke"] = get_colour_variable("paper")
    channels = (*axes, alt.X2("foot"), describe_marks())
    return draw_marks("bar", bars, *channels, ink=ink, **style)


def _draw_parts(bars: pd.DataFrame, words: Words, axes: Axes) -> Iterator[alt.Chart]:
    """Yield the bars of what the title is about once more, end to end in that of all
    exports, and what they are there.
    """
    grown = bars[bars["at"].isin(GROWN)]
    ends = [*accumulate(grown["value"])]
    parts = grown.assign(row=ROWS[ALL], value=ends, foot=ends - grown["value"])
    yield _draw_bar(parts, axes, "export")
    style: MarkProperties = {"align": "right", "dy": BELOW}
    told = parts.tail(1).assign(text=words["both"])
    yield draw_texts(told, *axes, "export", **style)
    rest = bars[bars["at"] == ALL].assign(text=words["rest"])
    yield draw_texts(rest, *axes, "muted", **style)


def _draw_levels(
    bars: pd.DataFrame, levels: list[str], axes: Axes
) -> Iterator[alt.Chart]:
    """Yield the lines that tell the exports of vehicles of some years, beside their
    bar.
    """
    vehicles = bars[bars["at"] == VEHICLES]
    for line, level in enumerate(levels):
        style: MarkProperties = {"align": "left", "dx": 10, "dy": (line - 1) * LINE}
        if line == len(levels) - 1:
            style["style"] = "label"
        yield draw_texts(vehicles.assign(text=level), *axes, "export", **style)
