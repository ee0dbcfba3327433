"""The fall of 2025: how what each country sold the other changed, the goods that fell
apart from all else.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from press.figures import Plot
from press.forms import ChartData, FiguresOfKind
from press.ground.grid import Cell
from press.quantity import Quantity
from story import fuels, measures, statements
from story.charts.fall_drawing import draw_changes

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data

YEAR = 2025
BEFORE = YEAR - 1


class StatedGoods(NamedTuple):
    """What somebody stated of goods: which of its figures are their values in the year
    before and in the year.
    """

    statement: str
    figures: str


CRUDE = StatedGoods("customs-crude-of-2025-2026", "6+5")
CARS = StatedGoods("customs-cars-of-2025-2026", "5+3")
# what is drawn from left to right, and which way it went
FLOWS = {
    "crude": "import",
    "other_imports": "import",
    "cars": "export",
    "other_exports": "export",
}


def fall_of_2025(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Draw a bar for crude oil and for all else that Russia sold, for cars and for all
    else that China sold: as wide as its sales of the year before, as high as it rose or
    fell since.
    """
    kinds = {
        "change": FiguresOfKind(
            _find_changes(data), "change_percent", "ink", 0, signed=True
        ),
        "before": FiguresOfKind(
            _find_sales_before(data), f"sales_{BEFORE}_usd_billion"
        ),
    }
    figures = ChartData.from_kinds(
        kinds, words, language, "goods", lambda goods: Cell(words[goods], goods)
    )
    bars = _make_bars(figures)
    plot = figures.make_plot(partial(draw_changes, bars, words, language))
    # a figure of a statement has its sources in the row of that
    return plot._replace(rows=frozenset(row for row in figures.rows if row.source_ids))


def _make_bars(figures: ChartData) -> pd.DataFrame:
    """Return a bar for each row of both kinds: its change, its size, its direction, and
    its name.
    """
    bars = figures.frames["change"]
    before = figures.frames["before"].set_index("at")["value"]
    return bars.assign(
        size=bars["at"].map(before),
        flow=bars["at"].map(FLOWS),
        name=[figures.words[f"short_{goods}"] for goods in bars["at"]],
        text=bars["text"] + "%",
    )


def _find_changes(data: Data) -> dict[str, Quantity | None]:
    """Return how sales changed, in percent."""
    return {
        "crude": statements.stated_growth(data, YEAR, *CRUDE),
        "other_imports": statements.growth_of_the_rest(data, YEAR, *CRUDE),
        "cars": statements.stated_growth(data, YEAR, *CARS),
        "other_exports": statements.growth_of_other_exports(data, YEAR, *CARS),
    }


def _find_sales_before(data: Data) -> dict[str, Quantity | None]:
    """Return the sales of the year before, in billions of dollars."""
    crude = fuels.energy.figure(data, BEFORE, "crude_oil")
    cars = None
    stated = statements.get_two_exact_figures(data, *CARS)
    if stated:
        cars = measures.convert_millions_to_billions(stated.before)
    imports = measures.total.figure(data, BEFORE, "import")
    exports = measures.total.figure(data, BEFORE, "export")
    return {
        "crude": crude,
        "other_imports": imports - crude if imports and crude else None,
        "cars": cars,
        "other_exports": exports - cars if exports and cars else None,
    }
