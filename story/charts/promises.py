"""Promises and outturns: each goal for a year's trade as a line to its deadline, above what trade came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.grid import Cell, Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import amounts, cell, description, finished, point, series, text, tip, year_cell, years
from story.theme import colour

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.quantity import Quantity
    from story.charts.look import Chart, Mark
    from story.measures import Promise

TICKS = (0, 50, 100, 150, 200, 250, 300)
FIRST, LAST = 1995.5, 2030.5
TOTAL, GOAL = "total_usd_billion", "goal_due_usd_billion"


class _Place(NamedTuple):
    """Where the name of a goal stands: at which year, and how it hangs there."""

    year: float
    mark: Mark


RIGHT = {"align": "right", "dx": -6, "dy": -10}
BELOW = {"align": "right", "dy": 14}
LIFT = {"200bn-by-2020": 3, "200bn-by-2024": -3}  # two goals of one amount are drawn a little apart
# Where a goal's name hangs: by default at the end of its line, above it; these have more room elsewhere.
PLACES: dict[str, _Place] = {
    "20bn-by-2000": _Place(1996, {"align": "left", "dy": -16}),
    "200bn-by-2024": _Place(2020.9, BELOW),
    "250bn": _Place(2021.6, BELOW),
}
NARROW = PLACES | {"20bn-by-2000": _Place(1995.6, {"align": "left", "dy": -30})}


def promises_and_outturns(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Yearly totals since 1996, and each goal from the day it was named to its deadline, then to its outturn."""
    totals, promises = measures.totals(data), measures.promises(data)
    used = [*totals.values(), *(promise.low for promise in promises)]
    goals, table = _goals(promises, language), _table(totals, promises, words, language)
    outturn = series(totals, point=point(table, (year - min(totals) for year in totals), TOTAL))
    due = goals["deadline"].dropna()
    goals.loc[due.index, "point"] = point(table, (int(year) - min(totals) for year in due), GOAL)
    return Plot(lambda size: _chart(outturn, goals, words, language, size), table, rows_of(used))


def _goals(promises: list[Promise], language: ChartLanguage) -> pd.DataFrame:
    """Return a frame with a row per goal: value, high, said, deadline, reached (years), amount in words."""
    rows = []
    for item in promises:
        low, high = (language.number(end.value) for end in (item.low, item.high))
        amount = low if low == high else f"{low}–{high}"
        said = item.said_on.year + (item.said_on.month - 1) / 12
        ends = (float(end.value) + LIFT.get(item.name, 0) for end in (item.low, item.high))
        rows.append((item.name, *ends, said, item.deadline, item.reached, amount))
    return pd.DataFrame(rows, columns=["name", "value", "high", "said", "deadline", "reached", "amount"])


def _chart(totals: pd.DataFrame, goals: pd.DataFrame, words: Words, language: ChartLanguage, size: Size) -> Chart:
    wide = size.name == "wide"
    x = years(FIRST, LAST, range(2000, 2031, 5 if wide else 10))
    return finished(
        alt.layer(
            *_goal_lines(goals, x, amounts(TICKS, language)),
            *_outturn(totals, x, amounts(TICKS, language)),
            *_names(goals, words, x, amounts(TICKS, language), size),
        ),
        size,
        height=430 if wide else 420,
    )


def _goal_lines(goals: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    dated = goals.dropna(subset=["deadline"])
    late = dated[dated["reached"] > dated["deadline"]]
    ranges = dated[dated["high"] > dated["value"]]
    undated = goals[goals["deadline"].isna()]
    tick: Mark = {"color": colour("ink"), "thickness": 2, "size": 14, "opacity": 1}
    diamond: Mark = {"shape": "diamond", "stroke": colour("ink"), "fill": colour("paper"), "size": 90, "opacity": 1}
    wait: Mark = {"color": colour("ink"), "size": 1.5, "strokeDash": [1, 4], "strokeCap": "round"}
    return [
        _at("said", ranges).mark_rect(color=colour("rule")).encode(x, y, alt.X2("deadline"), alt.Y2("high")),
        _at("said", dated).mark_rule(color=colour("ink"), size=2).encode(x, y, alt.X2("deadline")),
        _at("deadline", dated).mark_tick(orient="vertical", **tick).encode(x, y, description()),
        _at("said", undated).mark_point(**diamond).encode(x, y),
        _at("deadline", late).mark_rule(**wait).encode(x, y, alt.X2("reached")),
    ]


def _at(column: str, goals: pd.DataFrame) -> alt.Chart:
    """Return a chart of goals, each at the year in a column."""
    return alt.Chart(goals.assign(year=goals[column]))


def _outturn(totals: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    line = alt.Chart(totals).mark_line(color=colour("accent"), size=2.5).encode(x, y)
    dots: Mark = {"opacity": 1, "filled": True, "stroke": colour("accent"), "strokeWidth": 1.2, "size": 26}
    return [
        line,
        alt.Chart(totals[~totals["derived"]]).mark_point(fill=colour("accent"), **dots).encode(x, y, description()),
        alt.Chart(totals[totals["derived"]]).mark_point(fill=colour("paper"), **dots).encode(x, y, description()),
    ]


def _names(goals: pd.DataFrame, words: Words, x: alt.X, y: alt.Y, size: Size) -> list[alt.Chart]:
    """Name each goal, and the year in which trade came to it."""
    short = "" if size.name == "wide" else "short_"
    layers = []
    for index, goal in goals.iterrows():
        place = (PLACES if size.name == "wide" else NARROW).get(goal["name"], _Place(goal["deadline"], RIGHT))
        key = "open_goal" if pd.isna(goal["deadline"]) else "goal"
        name = words[short + key].fill(amount=goal["amount"], year=f"{goal['deadline']:.0f}")
        frame = goals.loc[[index]].assign(year=place.year, value=goal["high"], text=name)
        layers.append(text(frame, x, y, "ink", **place.mark))
    reached = goals.dropna(subset=["reached"]).drop_duplicates("amount")
    names = [words[short + "reached"].fill(year=f"{year:.0f}") for year in reached["reached"]]
    places = reached["reached"].where(reached["name"] != "200bn-by-2020", 2024)  # clear of the tick of 2024
    outturn = reached.assign(year=places, text=names)
    return [*layers, text(outturn, x, y, "accent", align="left", dx=8, dy=9)]


def _table(totals: dict[int, Quantity], promises: list[Promise], words: Words, language: ChartLanguage) -> Grid:
    """Return years down: the total, and the goals that fell due."""
    due = {item.deadline: item for item in promises if item.deadline}
    rows = [
        [year_cell(year), cell(totals.get(year), language), *_goal(due.get(year), language)]
        for year in range(min(totals), max(*totals, *due) + 1)
    ]
    names = {TOTAL: "table_total", GOAL: "table_goal", "goal_due_upper_end_usd_billion": "table_upper_end"}
    columns = [Column(name, words[key], words["unit"]) for name, key in names.items()]
    return Grid([Column("year", words["table_year"]), *columns], rows, tip=tip(words))


def _goal(goal: Promise | None, language: ChartLanguage) -> tuple[Cell, Cell]:
    """Write a goal in a table: its amount, or from where to where it lies; and where it ends above that, the end."""
    if goal is None:
        return Cell("", None), Cell("", None)
    low, high = (cell(end, language, 0) for end in (goal.low, goal.high))
    return (low, Cell("", None)) if low == high else (low._replace(text=f"{low.text}–{high.text}"), high)
