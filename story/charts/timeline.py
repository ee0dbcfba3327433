"""The timeline: the table of all events, and those that are drawn beside the trade of
each year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from press.figures import Plot
from press.forms import (
    format_label,
    list_tip_texts,
    locate_time_on_year_axis,
    make_frame,
    make_tip_template,
)
from press.ground.grid import Cell, Column, Grid
from press.quantity import rows_behind
from story import goals, measures
from story.charts.timeline_drawing import TimelineDrawing

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data, Row

KNOWN = {"year": 4, "month": 7, "day": 10}  # how many characters of a date are known
# The events that are drawn. Their days are known, and lie so far apart that each has a
# line of its own. All stand in the table.
NAMED = (
    "loans-for-oil-2009",
    "goals-for-2015-and-2020-set-2011",
    "rosneft-cnpc-oil-2013",
    "crimea-sanctions-2014",
    "goal-for-2024-planned-2018",
    "power-of-siberia-opens-2019",
    "invasion-of-ukraine-2022",
    "oil-embargo-and-price-cap-2022",
    "past-200-billion-2023",
    "rosneft-lukoil-sanctions-2025",
)
PAGE = "timeline.md"  # with an entry for each event
SINCE = 2008  # a year: before it only one event in ten of the table
GOAL = "200bn-by-2024"


def timeline(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Trade by year, and beside it the events that everything here refers to; the table
    has every event.
    """
    rows = sorted(data["events"].rows, key=_get_day_and_name)
    grid = _tabulate_events(rows, words, language)
    points = list_tip_texts(grid, range(len(rows)), "event")
    totals = measures.total.series(data)
    drawn = {year: item for year, item in totals.items() if year >= SINCE}
    labels = [format_label(item, language) for item in drawn.values()]
    goal = goals.get_promise(data, GOAL).low
    drawing = TimelineDrawing(
        make_frame(drawn, text=labels),
        _locate_events(rows, points, words),
        int(goal.value),
        words,
    )
    return Plot(
        drawing.draw_at_size, grid, rows_behind([*drawn.values(), goal]) | {*rows}
    )


def _get_day_and_name(row: Row) -> tuple[str, str]:
    return str(row["date"]), str(row["id"])


def _tabulate_events(rows: list[Row], words: Words, language: ChartLanguage) -> Grid:
    """Return every event with its date, its kind and its heading, which leads to its
    entry.
    """
    names = ("date", "category", "event")
    columns = [Column(name, words[f"table_{name}"]) for name in names]
    cells = [_write_cells(row, words, language) for row in rows]
    return Grid(columns, cells, tip=make_tip_template(words), labels=len(columns))


def _write_cells(row: Row, words: Words, language: ChartLanguage) -> list[Cell]:
    length = KNOWN[str(row["date_precision"])]
    known = str(row["date"])[:length]
    kind = str(row["category"])
    event = language.headings_by_table_and_row["events"].get(str(row["id"]), "")
    return [
        Cell(language.date(known), known),
        Cell(str(words[kind]), kind),
        Cell(event, event, f"{PAGE}#{row['id']}"),
    ]


def _locate_events(rows: list[Row], points: list[str], words: Words) -> pd.DataFrame:
    """Return the events that are drawn: where each lies in time, its name, its kind."""
    frame = pd.DataFrame(
        {
            "id": [str(row["id"]) for row in rows],
            "date": [str(row["date"]) for row in rows],
            "kind": [str(row["category"]) for row in rows],
            "point": points,
        }
    )
    drawn = frame[frame["id"].isin(NAMED)]
    places = drawn["date"].map(locate_time_on_year_axis)
    names = [words[_name_key(event)] for event in drawn["id"]]
    return drawn.assign(year=places, text=names)


def _name_key(event: str) -> str:
    """Return the key of the words that name an event: its id without the year."""
    name, _, _ = event.rpartition("-")
    return name.replace("-", "_")
