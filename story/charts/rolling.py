"""Any twelve months: what trade came to in the year that ends with each month."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.ground.grid import Cell, Column, Grid
from press.ground.period import Period
from press.quantity import rows_of
from story import measures
from story.charts.look import (
    MONTHS,
    Axes,
    amounts,
    cell,
    description,
    finished,
    gaps,
    key,
    month_place,
    month_ticks,
    months,
    neighbours,
    point,
    text,
    ticks_within,
    tip,
    war,
)
from story.theme import colour

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from story.charts.look import Chart, Mark

FIRST = 2018
ROOM = 12  # dollars, in billions, above the highest dot
INVADED = 2022.15  # 24 February 2022, in years
COLUMN = "twelve_months_usd_billion"


def rolling_year(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Trade of twelve months, by the last of them: a dot where all its parts are citable."""
    items = {month: item for month, item in measures.twelve_months_to.series(data).items() if month >= str(FIRST)}
    rows = [[Cell(language.date(month), month), cell(item, language)] for month, item in items.items()]
    columns = [Column("last_month", words["table_corner"]), Column(COLUMN, words["table_trade"], words["unit"])]
    table = Grid(columns, rows, tip=tip(words))
    frame = pd.DataFrame(
        {
            "month": [month_place(month, FIRST) for month in items],
            "value": [float(item.value) for item in items.values()],
            "derived": [any(row.derived for row in item.rows) for item in items.values()],
            "text": [language.number(item.value, 1) for item in items.values()],
            "point": point(table, range(len(items)), COLUMN),
        }
    )
    goal = measures.target(data, measures.TARGET_FOR_2024)
    year = measures.month_reached(data, goal)
    passed = {
        "rolling": next((month for month, item in items.items() if item.least >= goal.value), None),
        "calendar": str(Period(int(year.value), int(year.value))) if year else None,
    }
    used = rows_of([*items.values(), goal, *([year] if year else [])])
    return Plot(lambda size: _dots(frame, _Line(float(goal.value), passed, words, language), size), table, used)


class _Line(NamedTuple):
    """The line to which trade came: its amount, and the month in which a rolling and a calendar year came to it."""

    amount: float
    passed: dict[str, str | None]
    words: Words
    language: ChartLanguage

    def at(self, month: int, text: str) -> pd.DataFrame:
        """Return a place on the line with its text."""
        return pd.DataFrame({"month": [month], "value": [self.amount], "text": [text]})


def _dots(frame: pd.DataFrame, line: _Line, size: Size) -> Chart:
    wide = size.name == "wide"
    last = FIRST + (int(frame["month"].max()) - 1) // MONTHS
    end = (last + 1 - FIRST) * MONTHS
    x = months(FIRST, last, end, 1 if wide else 2)
    high = max(frame["value"].max(), line.amount)
    y = amounts(ticks_within(0, high + ROOM), line.language, top=high + ROOM)
    target = line.at(0, line.words["target"])
    stretch = alt.Chart(neighbours(frame)).mark_rule(color=colour("accent"), size=2, strokeCap="round")
    faint: Mark = {"color": colour("context"), "size": 1.5, "strokeDash": [1, 4], "strokeCap": "round"}
    layers = [
        *month_ticks(end, x, 1 if wide else 3),
        alt.Chart(gaps(frame)).mark_rule(**faint).encode(x, y, alt.X2("from_month"), alt.Y2("from_value")),
        alt.Chart(target).mark_rule(color=colour("ink")).encode(y),
        text(target, x, y, "ink", align="left", dx=4, dy=10),
        stretch.encode(x, y, alt.X2("from_month"), alt.Y2("from_value")),
    ]
    for derived, fill in ((False, "accent"), (True, "paper")):
        own = frame[frame["derived"] == derived]
        dot: Mark = {"opacity": 1, "filled": True, "stroke": colour("accent"), "strokeWidth": 1.2}
        dots = alt.Chart(own).mark_point(fill=colour(fill), size=26 if wide else 14, **dot)
        layers.append(dots.encode(x, y, description()))
    layers += war(line.words, Axes(x, y), ROOM, (0, line.amount - 2 * ROOM), (INVADED - FIRST) * MONTHS)
    layers += key({"open": line.words["derived"], "dotted": line.words["gap"]}, size)
    return finished([*layers, *_passings(frame, line, size, Axes(x, y))], size, 420 if wide else 400)


def _passings(frame: pd.DataFrame, line: _Line, size: Size, axes: Axes) -> list[alt.Chart]:
    """Tell when a rolling year came to the line, and when a calendar year did."""
    x, y = axes
    words, short = line.words, "" if size.name == "wide" else "short_"
    layers: list[alt.Chart] = []
    if month := line.passed["rolling"]:
        own = frame[frame["month"] == month_place(month, FIRST)]
        name = words[f"{short}rolling"].fill(month=line.language.date(month), value=own["text"].item())
        layers.append(
            text(own.assign(text=name), x, y, "accent", align="right", dx=-9, dy=-7, style="label" if short else "key")
        )
    if month := line.passed["calendar"]:
        place = line.at(month_place(month, FIRST), words["calendar"])
        under: Mark = {"align": "left", "dx": -16 if short else 3}
        tick: Mark = {"orient": "vertical", "color": colour("ink"), "thickness": 2, "size": 16, "opacity": 1}
        layers += [
            alt.Chart(place).mark_tick(**tick).encode(x, y),
            text(place, x, y, "ink", dy=18, **under),
            text(place.assign(text=line.language.date(month)), x, y, "ink", dy=21 + size.text, **under),
        ]
    return layers
