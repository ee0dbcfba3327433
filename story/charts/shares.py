"""How large each is for the other: one trade as a part of two countries' trade."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from press.forms import ChartData, FiguresOfKind
from press.ground.grid import Cell
from story import measures, reports
from story.charts.shares_drawing import draw_squares

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.figures import Plot

YEAR = 2023
FLOWS = ("total", "export", "import")
MEASURES = {
    "china": measures.russia_share_of_china,
    "russia": reports.china_share_of_russia,
}


def how_big_for_each(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """The same goods as shares of what each country trades, by flow; where bases
    differ, drawn at their middle.
    """
    kinds = {}
    for country, measure in MEASURES.items():
        shares = {flow: measure.figure(data, YEAR, flow) for flow in FLOWS}
        column = f"share_of_{country}_percent"
        kinds[country] = FiguresOfKind(shares, column, "accent", 1)
    figures = ChartData.from_kinds(
        kinds, words, language, "flow", lambda flow: Cell(words[f"table_{flow}"], flow)
    )
    amount = measures.total.series(data)[YEAR]
    draw = partial(draw_squares, figures, float(amount.value))
    return figures.make_plot(draw, "full")
