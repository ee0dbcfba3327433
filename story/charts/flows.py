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
from story.charts.war import war

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data

FIRST = 2014  # flows of earlier years are known for some of them only
FLOWS = {"export": "exports_usd_billion", "import": "imports_usd_billion"}
TURN = 2017  # the last year before Russia sold more
SHADE = 0.18  # opacity of what lies between the lines
# the year of the widest gap, and where its label ends: left of the lines
WIDEST = 2022
ASIDE = 2021.3
LINE = 17  # pixels from a line of the label to the next


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
    lines = list[str]()
    lines.append(words["gap"])
    surplus = reports.surplus.figure(data, WIDEST, "Russia")
    if surplus:
        amount = format_label(surplus, language)
        lines.append(words["gap_amount"].fill(value=amount))

    def draw_behind(axes: Axes, _: Size) -> list[alt.Chart]:
        between = (*axes, alt.Y2("value_export"))
        shade = draw_marks("area", gap, *between, ink="import", opacity=SHADE)
        _, top = axes.y["scale"]["domain"]
        return [shade, *war(words, axes, top * 0.97)]

    def draw_over(axes: Axes, _: Size) -> list[alt.Chart]:
        return _draw_label_of_gap(widest, lines, axes)

    form = draw_lines(figures, step=50)
    return add_layers(form, draw_behind, draw_over)


def _draw_label_of_gap(
    widest: pd.DataFrame, lines: list[str], axes: Axes
) -> list[alt.Chart]:
    """Draw a stroke between the lines, in the year in which they are furthest apart,
    and another from its middle to what tells how far.
    """
    middle = (widest["value"] + widest["value_export"]) / 2
    label = widest.assign(value=middle, year=ASIDE, end=WIDEST)
    across = draw_marks("rule", widest, *axes, alt.Y2("value_export"), ink="import")
    aside = draw_marks("rule", label, *axes, alt.X2("end"), ink="import")
    layers = [across, aside]
    for line, text in enumerate(lines):
        down = (line - 0.5) * LINE
        told = label.assign(text=text)
        style: MarkProperties = {
            "align": "right",
            "dx": -5,
            "dy": down,
            "style": "label",
        }
        layers.append(draw_texts(told, *axes, "import", **style))
    return layers
