"""The timeline, drawn: a lane for each kind of event, a mark for each event, its shape as exact as its date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.grid import Cell, Column, Grid
from story.charts.look import cleared, description, finished, point, text, tip
from story.theme import colour

if TYPE_CHECKING:
    from collections.abc import Mapping

    from press.content import ChartLanguage, Words
    from press.data import Data, Row
    from story.charts.look import Chart, Mark

KNOWN = {"year": 4, "month": 7, "day": 10}  # how many characters of a date are known
DAYS, MONTHS = 365.25, 12
ROW, GAP = 11, 7  # pixels from mark to mark in a lane, and from lane to lane
NAMES, ABOVE = 80, 17  # pixels that the names of lanes take beside them in the wide drawing, above them in the narrow
SIDES, BELOW = 6, 36  # pixels beside the lanes, and for the years below them


class _Room(NamedTuple):
    """How the lanes lie in a drawing: their first and last year, pixels a year, pixels beside and above for names."""

    first: float
    last: float
    per_year: float
    beside: float
    above: float

    @classmethod
    def of(cls, rows: list[Row], size: Size) -> _Room:
        """Return the room that a size has for the events from the first to the last."""
        years = [int(str(row["date"])[:4]) for row in rows]
        beside, above = (NAMES, 0) if size.name == "wide" else (SIDES, ABOVE)
        first, last = min(years), max(years) + 1
        return cls(first, last, (size.width - beside - SIDES) / (last - first), beside, above)

    @property
    def start(self) -> float:
        """The year, or part of one, at which the names of lanes begin."""
        return self.first - self.beside / self.per_year


def timeline(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Every event of the timeline, by kind and by date."""
    table = data["events"]
    rows = sorted(table.rows, key=lambda row: (str(row["date"]), str(row["id"])))
    lanes = [str(name) for name in table.description.fields["category"].constraints["enum"]]
    names = ("date", "category", "event")
    cells = [_cells(row, words, language) for row in rows]
    grid = Grid([Column(name, words[f"table_{name}"]) for name in names], cells, tip=tip(words))
    told = dict(zip(rows, point(grid, range(len(rows)), "event"), strict=True))
    return Plot(lambda size: _lanes(told, lanes, words, size), grid, frozenset(rows))


def _cells(row: Row, words: Words, language: ChartLanguage) -> list[Cell]:
    """Return an event's date, kind and heading for the table."""
    date_known, kind, event = _known(row), str(row["category"]), language.headings["events"].get(str(row["id"]), "")
    return [Cell(language.date(date_known), date_known), Cell(str(words[kind]), kind), Cell(event, event)]


def _known(row: Row) -> str:
    """Return as much of an event's date as is known: ``2023-12-07``, ``2022-01``, ``1999``."""
    return str(row["date"])[: KNOWN[str(row["date_precision"])]]


def _lanes(told: Mapping[Row, str], lanes: list[str], words: Words, size: Size) -> Chart:
    """Draw the events, each with what is told of it."""
    room, bottom = _Room.of(list(told), size), 0.0
    marks, names, lines = list[pd.DataFrame](), list[float](), list[float]()
    for lane in lanes:
        placed = _placed({row: text for row, text in told.items() if row["category"] == lane}, room)
        lines.append(bottom + room.above + ROW / 2)
        names.append(bottom + room.above / 2 if room.above else lines[-1])
        marks.append(placed.assign(y=placed["row"] * ROW + lines[-1]))
        bottom += room.above + ROW * len(set(placed["row"])) + GAP
    x, y = _x(room), alt.Y("y:Q", scale=alt.Scale(domain=[bottom, 0], nice=False), axis=None)
    titles = pd.DataFrame({"y": names, "year": room.start, "text": [words[lane] for lane in lanes]})
    bands = pd.DataFrame({"y": lines, "low": lines}) - [room.above + ROW / 2, ROW / 2]
    rules = alt.Chart(pd.DataFrame({"y": lines, "year": room.first, "end": room.last})).mark_rule(color=colour("rule"))
    clear = [cleared(bands, y)] if room.above else []
    layers = [*clear, rules.encode(x, y, alt.X2("end")), *_marks(pd.concat(marks), x, y)]
    return finished(alt.layer(*layers, text(titles, x, y, "ink", align="left")), size, round(bottom) + BELOW)


def _x(room: _Room) -> alt.X:
    ticks = [year for year in range(int(room.first), int(room.last)) if year % 5 == 0]
    axis = alt.Axis(values=ticks, format="d", title=None, labelFlush=False)
    return alt.X("year:Q", scale=alt.Scale(domain=[room.start, room.last], nice=False), axis=axis)


def _placed(told: Mapping[Row, str], room: _Room) -> pd.DataFrame:
    """Return the events of a lane with their places in time, and a row each in which they touch no other."""
    ends, places = list[float](), list[tuple[float, float, str, int, str]]()
    for row, text_of_it in told.items():
        start, end = _span(row)
        left, right = start * room.per_year - ROW / 2, end * room.per_year + ROW / 2
        free = next((number for number, taken in enumerate(ends) if taken <= left), len(ends))
        ends[free : free + 1] = [right]
        places.append((start, end, str(row["date_precision"]), free, text_of_it))
    return pd.DataFrame(places, columns=["year", "end", "precision", "row", "point"])


def _span(row: Row) -> tuple[float, float]:
    """Return from when to when an event's mark lies, in years: a point, or the whole year if no more is known."""
    day = date.fromisoformat(str(row["date"]))
    if row["date_precision"] == "year":
        return day.year, day.year + 1
    if row["date_precision"] == "month":
        at = day.year + (day.month - 0.5) / MONTHS
    else:
        at = day.year + day.timetuple().tm_yday / DAYS
    return at, at


def _marks(events: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Draw a day as a filled dot, a month as an open one, a year as a bar as long as it was."""
    dot: Mark = {"opacity": 1, "filled": True, "stroke": colour("accent"), "strokeWidth": 1.5, "size": 44}
    year, month, day = (alt.Chart(events[events["precision"] == known]) for known in KNOWN)
    return [
        year.mark_rule(color=colour("accent"), size=4).encode(x, y, alt.X2("end"), description()),
        month.mark_point(fill=colour("paper"), **dot).encode(x, y, description()),
        day.mark_point(fill=colour("accent"), **dot).encode(x, y, description()),
    ]
