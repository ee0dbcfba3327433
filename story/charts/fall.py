"""The fall of 2025: by how much some goods fell or rose that the two countries sold
each other.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from press.figures import Plot
from press.forms import ChartData, FiguresOfKind
from press.ground.grid import Cell
from press.quantity import Quantity
from story import statements
from story.charts.fall_drawing import draw_changes

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data

YEAR = 2025
KIND = "change"


class StatedGoods(NamedTuple):
    """What somebody stated of goods: which of its figures are their values in the year
    before and in the year, or their change in percent; and the colour of their line.
    """

    statement: str
    ink: str
    figures: str = ""
    change: str = ""


GOODS = {
    "aluminium": StatedGoods("customs-aluminium-of-2025-2026", "import", change="2"),
    "crude": StatedGoods("customs-crude-of-2025-2026", "import", figures="6+5"),
    "cars": StatedGoods("customs-cars-of-2025-2026", "export", figures="5+3"),
}


def fall_of_2025(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Draw a thick line for each of some goods, all from one dot, to its change on the
    year before.
    """
    changes = {goods: _find_change(data, stated) for goods, stated in GOODS.items()}
    kind = FiguresOfKind(changes, "change_percent", "ink", 0, signed=True)
    figures = ChartData.from_kinds(
        {KIND: kind}, words, language, "goods", lambda goods: Cell(words[goods], goods)
    )
    ends = _make_ends(figures)
    # a figure of a statement has its sources in the row of that
    cited = frozenset(row for row in figures.rows if row.source_ids)
    plot = figures.make_plot(partial(draw_changes, ends, words, language))
    return plot._replace(rows=cited)


def _make_ends(figures: ChartData) -> pd.DataFrame:
    """Return the end of each line, with its colour, its name, and what the goods came
    to in both years.
    """
    frame = figures.frames[KIND]
    words = figures.words
    return frame.assign(
        order=1,
        ink=[GOODS[goods].ink for goods in frame["at"]],
        name=[words[goods] for goods in frame["at"]],
        amounts=[words[f"{goods}_amounts"] for goods in frame["at"]],
        text=frame["text"] + "%",
    )


def _find_change(data: Data, stated: StatedGoods) -> Quantity | None:
    """Return the change of goods in percent, as it was stated or from two values."""
    if stated.figures:
        return statements.stated_growth(data, YEAR, stated.statement, stated.figures)
    return statements.get_stated_ends(data, stated.statement, int(stated.change)).low
