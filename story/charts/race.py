"""The race to the line: how far each year's trade had come by the end of each month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from press.figures import Plot
from press.forms import list_tip_texts, make_cell, make_frame, make_tip_template
from press.ground.grid import Cell, Column, Grid
from press.quantity import rows_behind
from story import goals, measures
from story.charts.race_crossing import CROSSING, STORY_YEAR
from story.charts.race_drawing import RaceDrawing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.quantity import Quantity

SINCE = "2018"
# The last month that each step shows but the last, which shows all.
UNTIL = {"level": "2020-12", "steep": "2022-12", "below": f"{STORY_YEAR}-10"}
UNTIL["crossing"] = CROSSING
LATER = "later"


def race_to_200bn(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """January-to-month totals, a line per year, dotted across gaps; a dot for each of
    the story's year and where a year ends.
    """
    every = measures.list_totals_to_month(data)
    totals = {month: item for month, item in every.items() if month >= SINCE}
    table = _tabulate_by_month(totals, words, language)
    goal = goals.get_promise(data, goals.TARGET_FOR_2024).low
    drawing = RaceDrawing(
        _locate_totals(totals, table), float(goal.value), words, language
    )
    return Plot(drawing.draw_at_size, table, rows_behind([*totals.values(), goal]))


def _tabulate_by_month(
    totals: Mapping[str, Quantity], words: Words, language: ChartLanguage
) -> Grid:
    """Return the totals as a table: months down, years across, a dash where nothing is
    citable.
    """
    years = sorted({month[:4] for month in totals})
    rows = list[list[Cell]]()
    for number, name in enumerate(language.months(), 1):
        found = (totals.get(f"{year}-{number:02}") for year in years)
        cells = [make_cell(item, language) for item in found]
        rows.append([Cell(name, number), *cells])
    columns = [Column("to_month", words["table_corner"])]
    for year in years:
        column = Column(
            _identify_column(year), year, measure="total_usd_billion", at=int(year)
        )
        columns.append(column)
    return Grid(columns, rows, tip=make_tip_template(words), across="year")


def _identify_column(year: str) -> str:
    return f"total_{year}_usd_billion"


def _locate_totals(totals: Mapping[str, Quantity], table: Grid) -> pd.DataFrame:
    """Return a frame of the totals: ``year`` is where they lie, which is their month,
    ``of`` their year, ``step`` what shows them first, ``dotted`` whether as a dot.
    """
    frame = make_frame(totals)
    frame["of"] = frame["at"].str[:4]
    frame["year"] = frame["at"].str[5:].astype(int)
    columns = map(_identify_column, frame["of"])
    frame["point"] = list_tip_texts(table, frame["year"] - 1, columns)
    frame["step"] = [*map(_find_step, frame["at"])]
    is_last = ~frame["of"].duplicated(keep="last")
    frame["dotted"] = is_last | (frame["of"] == STORY_YEAR)
    return frame


def _find_step(month: str) -> str:
    """Return the first step that shows a month's total."""
    return next((step for step, last in UNTIL.items() if month <= last), LATER)
