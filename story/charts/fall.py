"""The fall of 2025: what goods sold between the two countries came to before and
after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms import (
    Axes,
    Chart,
    ChartData,
    FiguresOfKind,
    extend_scale,
    finish_chart,
    make_axis_of_amounts,
    make_hidden_axis,
    measure_widest_label,
)
from press.ground.grid import Cell
from press.quantity import Quantity
from story import statements
from story.charts.slopes import LINES, SIDE, draw_labels, draw_ways, draw_years

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data

YEAR = 2025
HEIGHT = 430
TICKS = (0, 5, 10)
# pixels above the highest figure and below zero, and beside all texts
ABOVE = 48
BELOW = 8
EDGE = 6


class _Stated(NamedTuple):
    """What somebody stated of goods: which of its figures are their value in the year,
    and that of the year before, or the change in percent; and the colour of their way.
    """

    statement: str
    ink: str
    value: str
    before: str = ""
    change: str = ""


GOODS = {
    "cars": _Stated("customs-cars-of-2025-2026", "export", "3", before="5"),
    "aluminium": _Stated("customs-aluminium-of-2025-2026", "import", "1", change="2"),
    "phones": _Stated("customs-phones-of-2025-2026", "export", "1", change="2"),
}


def fall_of_2025(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Draw a thick line for each of some goods from its value of the year before to
    that of the year, with its name and by how much it changed.
    """
    before = dict[Any, Quantity | None]()
    after = dict[Any, Quantity | None]()
    for goods, stated in GOODS.items():
        before[goods] = _find_value_before(data, stated)
        after[goods] = statements.get_stated_dollars(
            data, stated.statement, stated.value
        )
    kinds = {
        "before": FiguresOfKind(before, f"value_{YEAR - 1}_usd_billion"),
        "after": FiguresOfKind(after, f"value_{YEAR}_usd_billion"),
    }

    def make_head(goods: str) -> Cell:
        return Cell(words[goods], goods)

    figures = ChartData.from_kinds(kinds, words, language, "goods", make_head)
    ends = _make_ends(figures)
    high = ends["value"].max()
    scale = extend_scale(0, high, HEIGHT, BELOW, ABOVE)
    foot, top = scale
    y = make_axis_of_amounts(TICKS, language, foot=foot, top=top)

    def draw_at_size(size: Size) -> Chart:
        rooms = list[float]()
        for _, own in ends.groupby("order"):
            texts = own[[*LINES]].fillna("").to_numpy().flat
            rooms.append(measure_widest_label(texts, size) + SIDE + EDGE)
        across = extend_scale(0, 1, size.width, *rooms)
        axes = Axes(make_hidden_axis(alt.X, "order", *across), y)
        layers = [*draw_years((YEAR - 1, YEAR), axes), *draw_ways(ends, axes)]
        layers += draw_labels(ends, axes)
        return finish_chart(layers, size, HEIGHT, axes)

    # a figure of a statement has its sources in the row of that
    cited = frozenset(row for row in figures.rows if row.source_ids)
    return figures.make_plot(draw_at_size)._replace(rows=cited)


def _find_value_before(data: Data, stated: _Stated) -> Quantity | None:
    """Return the stated value of the year before, else that which its change leaves."""
    if stated.before:
        return statements.get_stated_dollars(data, stated.statement, stated.before)
    figures = f"{stated.value}+{stated.change}"
    return statements.stated_value_before(data, YEAR, stated.statement, figures)


def _make_ends(figures: ChartData) -> pd.DataFrame:
    """Return both ends of each line: whether it is calculated, its colour, and its
    amount; that of the year with name and change, too.
    """
    words = figures.words
    ends = list[pd.DataFrame]()
    for order, frame in enumerate(figures.frames.values()):
        cells = [row[order + 1] for row in figures.table.rows]
        is_calculated = [cell.calculated for cell in cells]
        inks = [GOODS[goods].ink for goods in frame["at"]]
        amounts = [words["amount"].fill(value=text) for text in frame["text"]]
        own = frame.assign(order=order, text=amounts, ink=inks)
        ends.append(own.assign(is_calculated=is_calculated))
    before, after = ends
    after["name"] = [words[goods] for goods in after["at"]]
    after["change"] = [words[f"{goods}_change"] for goods in after["at"]]
    return pd.concat([before, after], ignore_index=True)
