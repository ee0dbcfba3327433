"""Both directions of trade by year, and between them what one sold more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms import (
    Axes,
    ChartData,
    FiguresOfKind,
    MarkProperties,
    add_layers,
    draw_lines,
    draw_marks,
    draw_texts,
    format_label,
)
from story import measures, reports
from story.charts.headline import ROOM, draw_headline
from story.charts.war import war

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content import ChartLanguage, Words
    from press.data import Data

FIRST = 2014  # flows of earlier years are known for some of them only
FLOWS = {"export": "exports_usd_billion", "import": "imports_usd_billion"}
TURN = 2017  # the last year before Russia sold more
SHADE = 0.18  # opacity of what lies between the lines
# the year of the widest gap, and where its amount ends: left of the lines
WIDEST = 2022
ASIDE = 2021.1
# pixels
LETTERS = {"wide": 45, "narrow": 32}  # of that amount
STROKE = 6
LINE = 9  # from the room that letters take to the middle of a line of text


def both_flows(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Draw China's exports to Russia and its imports from it, a line each, shaded
    between them since Russia has sold more.
    """
    kinds = dict[str, FiguresOfKind]()
    for flow, column in FLOWS.items():
        kinds[flow] = FiguresOfKind(measures.total.series(data, flow), column, flow)
    figures = ChartData.from_kinds(kinds, words, language, since=FIRST)
    exports = figures.frames["export"][["year", "value"]]
    both = figures.frames["import"].merge(exports, on="year", suffixes=("", "_export"))
    gap = both[both["year"] >= TURN]
    widest = gap[gap["year"] == WIDEST]
    amount = ""
    surplus = reports.surplus.figure(data, WIDEST, "Russia")
    if surplus:
        amount = words["gap_amount"].fill(value=format_label(surplus, language))

    def draw_behind(axes: Axes, _: Size) -> list[alt.Chart]:
        between = (*axes, alt.Y2("value_export"))
        shade = draw_marks("area", gap, *between, ink="import", opacity=SHADE)
        _, top = axes.y["scale"]["domain"]
        return [shade, *war(words, axes, top * 0.97)]

    def draw_over(axes: Axes, size: Size) -> Iterator[alt.Chart]:
        return _draw_gap(widest, amount, words, axes, size)

    form = draw_lines(figures, step=50)
    return add_layers(form, draw_behind, draw_over)


def _draw_gap(
    widest: pd.DataFrame, amount: str, words: Words, axes: Axes, size: Size
) -> Iterator[alt.Chart]:
    """Yield a stroke between the lines, in the year in which they are furthest apart,
    and beside its middle the amount in large letters, below what it is.
    """
    middle = (widest["value"] + widest["value_export"]) / 2
    across = (*axes, alt.Y2("value_export"))
    yield draw_marks("rule", widest, *across, ink="import", size=STROKE)
    label = widest.assign(value=middle, year=ASIDE, text=amount)
    letters = LETTERS[size.name]
    right: MarkProperties = {"align": "right"}
    yield draw_headline(label, axes, "import", letters, **right)
    far = letters * ROOM / 2 + LINE
    told = label.assign(text=words["gap"])
    yield draw_texts(told, *axes, "import", style="label", dy=-far, **right)
