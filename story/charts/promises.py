"""Promises and outturns: each goal for a year's trade as a line to its deadline, above what trade came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.ground.grid import Cell, Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.labels import BOLD, Box, Label, Plane, Spot, around, beside, placed, written
from story.charts.look import (
    WAR,
    Axes,
    amounts,
    cell,
    description,
    finished,
    key,
    point,
    series,
    ticks_within,
    tip,
    war,
    with_room,
    year_cell,
    years,
)
from story.theme import colour

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.quantity import Quantity
    from story.charts.look import Chart, Mark
    from story.measures import Promise

FROM = 1995.5  # the year in which the drawing begins
TOTAL, GOAL = "total_usd_billion", "goal_due_usd_billion"
LIFT = 6  # dollars, in billions, that goals of one amount are drawn apart
HEIGHT = 430
WAR_FROM = 125  # billions of dollars from which the thin line goes up where names stand below
STEP = 6  # pixels by which a name is moved along its line until it has room


def promises_and_outturns(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Yearly totals since 1996, and each goal from the day it was named to its deadline, then to its outturn."""
    totals, promises = measures.total.series(data), measures.promises(data)
    used = [*totals.values(), *(promise.low for promise in promises)]
    found, table = _goals(promises, language), _table(totals, promises, words, language)
    goals = pd.DataFrame(found)
    outturn = series(totals, point=point(table, (year - min(totals) for year in totals), TOTAL))
    due = goals["deadline"].dropna()
    goals.loc[due.index, "point"] = point(table, (int(year) - min(totals) for year in due), GOAL)
    return Plot(lambda size: _chart(outturn, goals, _Named(found, words, language), size), table, rows_of(used))


class _Goal(NamedTuple):
    """A goal as it is drawn: its amount or both ends, the years of its line and of its outturn, its amount in words."""

    name: str
    value: float
    high: float
    said: float
    deadline: int | None
    reached: int | None
    amount: str

    @property
    def late(self) -> str:
        """The key of the words that say how late or early trade came to it."""
        return f"late_{self.name.replace('-', '_')}"


def _goals(promises: list[Promise], language: ChartLanguage) -> list[_Goal]:
    """Return the goals; those of one amount lie a little apart."""
    goals = []
    for item in promises:
        low, high = (language.number(end.value) for end in (item.low, item.high))
        amount = low if low == high else f"{low}–{high}"
        said = item.said_on.year + (item.said_on.month - 1) / 12
        equals = [
            other.name for other in promises if (other.low.value, other.high.value) == (item.low.value, item.high.value)
        ]
        lift = ((len(equals) - 1) / 2 - equals.index(item.name)) * LIFT
        ends = float(item.low.value) + lift, float(item.high.value) + lift
        goals.append(_Goal(item.name, *ends, said, item.deadline, item.reached, amount))
    return goals


class _Named(NamedTuple):
    """The goals with the words that name them."""

    goals: list[_Goal]
    words: Words
    language: ChartLanguage


def _chart(totals: pd.DataFrame, goals: pd.DataFrame, told: _Named, size: Size) -> Chart:
    wide = size.name == "wide"
    last = int(max(totals["year"].max(), goals["deadline"].max(), goals["said"].max()))
    top = max(totals["value"].max(), goals["high"].max())
    _, room = with_room(0, top, HEIGHT - 40, 0, size.text * (1 if wide else 2) + 12)
    x = years(FROM, last + 0.5, [year for year in range(2000, last + 1) if year % (5 if wide else 10) == 0])
    since = war(
        told.words,
        Axes(x, amounts(ticks_within(0, top), told.language, top=room)),
        room * 0.97,
        (0 if wide else WAR_FROM, room),
    )
    y = amounts(ticks_within(0, top), told.language, top=room)
    plane = Plane.of(size, HEIGHT, (FROM, last + 0.5), (0, room), told.language.number(top))
    names = placed(_names(told, plane, size), _taken(totals, told.goals, plane), plane, size)
    late = [str(told.words[goal.late]) for goal in told.goals if goal.late in [*told.words]]
    names.loc[names["text"].isin(late), ["ink", "style"]] = ["accent", "label"]
    layers = [*since, *_goal_lines(goals, x, y), *_outturn(totals, x, y), *written(names, x, y, ("year", "value"))]
    return finished([*layers, *key({"open": told.words["derived"]}, size)], size, HEIGHT)


def _taken(totals: pd.DataFrame, goals: list[_Goal], plane: Plane) -> list[Box]:
    """Return what names of goals must not cover: the line of trade, the lines of goals and the marks at their ends."""
    boxes = list(plane.line(list(zip(totals["year"], totals["value"], strict=True)), 6))
    boxes += plane.line([(WAR, WAR_FROM), (WAR, plane.up[1])], 2)
    for goal in goals:
        end = goal.deadline or goal.said
        boxes += plane.line([(goal.said, goal.value), (max(end, goal.reached or end), goal.value)], 5)
        boxes += plane.line([(goal.said, goal.high), (end, goal.high)], 2)
        boxes.append(around(*plane.at(end, goal.value), 7))
    return boxes


def _goal_lines(goals: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    dated = goals.dropna(subset=["deadline"])
    late = dated[dated["reached"] > dated["deadline"]]
    ranges = dated[dated["high"] > dated["value"]]
    undated = goals[goals["deadline"].isna()]
    tick: Mark = {"color": colour("ink"), "thickness": 2, "size": 14, "opacity": 1}
    diamond: Mark = {"shape": "diamond", "stroke": colour("ink"), "fill": colour("paper"), "size": 90, "opacity": 1}
    wait: Mark = {"color": colour("accent"), "size": 5}
    band: Mark = {"fill": colour("rule"), "stroke": colour("context"), "strokeWidth": 1}
    return [
        _at("said", ranges).mark_rect(**band).encode(x, y, alt.X2("deadline"), alt.Y2("high")),
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


def _names(told: _Named, plane: Plane, size: Size) -> list[Label]:
    """Name each goal at its line, and how late or early trade came to it where it did."""
    wide, words, labels = size.name == "wide", told.words, list[Label]()
    for goal in told.goals:
        amount = str(words["goal"].fill(amount=goal.amount))
        when = str(words["by"].fill(year=goal.deadline) if goal.deadline else words["no_date"])
        lines = [f"{amount} {when}" if goal.deadline else f"{amount}, {when}"] if wide else [amount, when]
        if goal.reached and goal.late in [*words]:
            late = str(words[goal.late])
            across, down = plane.at(goal.reached, goal.value)
            if wide or across + len(late) * size.label * BOLD > plane.width:
                lines.append(late)
            else:
                right = [Spot(across + 9 + more, down + 12 + lower) for lower in (0, 8, 16) for more in (0, 8, 16)]
                labels.append(Label([late], "accent", right, bold=True))
        labels.append(Label(lines, "ink", _spots(goal, len(lines), plane, size)))
    return labels


def _spots(goal: _Goal, lines: int, plane: Plane, size: Size) -> list[Spot]:
    """Return where the name of a goal may stand: above its line or below, as far to the right as it can."""
    half = lines * (size.text + 2) / 2
    start, above = plane.at(goal.said, goal.high)
    _, below = plane.at(goal.said, goal.value)
    if goal.deadline is None:
        return [Spot(start - 11, above + lower, "right") for lower in (0, 8, 14, -8)] + beside(start, above, 7)
    end, _ = plane.at(goal.deadline, goal.high)
    rights = [end - 3 - STEP * step for step in range(int((end - start) / STEP) + 2)]
    return [
        Spot(right, height, "right")
        for height in (above - half - 5, below + half + 5, above - half - 14, below + half + 14)
        for right in rights
    ]


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
