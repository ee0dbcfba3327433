"""Promises and outturns: each goal for a year's trade as a bar from its deadline to the
year that came to it.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms import (
    Axes,
    Chart,
    MarkProperties,
    choose_ticks,
    describe_marks,
    draw_key,
    draw_line,
    extend_scale,
    finish_chart,
    get_colour_variable,
    make_axis_of_amounts,
    make_axis_of_years,
    make_cell,
    make_frame,
    make_tip,
    tell_points,
)
from press.ground.grid import Cell, Column, Grid
from press.quantity import rows_behind
from story import measures
from story.charts.labels import (
    LEADING,
    Box,
    Label,
    Plane,
    Spot,
    around,
    beside,
    placed,
    written,
)
from story.charts.war import WAR, war
from story.goals import list_promises

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.quantity import Quantity
    from story.goals import Promise

FROM = 1995.5  # the year in which the drawing begins
TOTAL, GOAL = "total_usd_billion", "goal_due_usd_billion"
HEIGHTS = {"wide": 470, "narrow": 480}
# billions of dollars from which the thin line goes up where names stand below
WAR_FROM = 125
STEP = 6  # pixels by which a name is moved up until it has room
# where a name stands beside a mark: pixels between them, and its nearer end
SIDES = (9, "left"), (-9, "right")
NARROW = 8  # letters in a line of a name beside a bar in a narrow drawing
# pixels: the thickness of a bar, the height of the tick at its deadline
BAR, TICK = 9, 18


def promises_and_outturns(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Yearly totals since 1996, and each goal from its deadline to the first year that
    came to it.
    """
    totals, promises = measures.total.series(data), list_promises(data)
    used = [*totals.values(), *(promise.low for promise in promises)]
    found, table = _goals(promises, language), _table(totals, promises, words, language)
    goals = pd.DataFrame(found)
    outturn = make_frame(
        totals, point=tell_points(table, (year - min(totals) for year in totals), TOTAL)
    )
    due = goals["deadline"].dropna()
    goals.loc[due.index, "point"] = tell_points(
        table, (int(year) - min(totals) for year in due), GOAL
    )
    return Plot(
        lambda size: _chart(outturn, goals, _Named(found, words, language), size),
        table,
        rows_behind(used),
        "full",
    )


class _Goal(NamedTuple):
    """A goal as it is drawn: its amount or both ends, when it was named, due and
    reached, its amount in words.
    """

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
    """Return the goals as they are drawn."""
    goals = []
    for item in promises:
        low, high = (language.number(end.value) for end in (item.low, item.high))
        amount = low if low == high else f"{low}–{high}"
        # a year's own place is its middle, as for WAR
        said = item.said_on.year + (item.said_on.month - 1) / 12 - 0.5
        ends = float(item.low.value), float(item.high.value)
        goals.append(_Goal(item.name, *ends, said, item.deadline, item.reached, amount))
    return goals


class _Named(NamedTuple):
    """The goals with the words that name them."""

    goals: list[_Goal]
    words: Words
    language: ChartLanguage


def _chart(
    totals: pd.DataFrame, goals: pd.DataFrame, told: _Named, size: Size
) -> Chart:
    wide, height = size.name == "wide", HEIGHTS[size.name]
    last = int(max(totals["year"].max(), goals["deadline"].max(), goals["said"].max()))
    top = max(totals["value"].max(), goals["high"].max())
    _, room = extend_scale(0, top, height - 40, 0, size.text * (1 if wide else 2) + 16)
    x = make_axis_of_years(
        FROM,
        last + 0.5,
        [year for year in range(2000, last + 1) if year % (5 if wide else 10) == 0],
    )
    axes = Axes(
        x,
        make_axis_of_amounts(choose_ticks(0, top), told.language, top=room, grid=False),
    )
    plane = Plane.of(
        size, height, (FROM, last + 0.5), (0, room), told.language.number(top)
    )
    names = placed(
        _names(told, totals, plane, size),
        _taken(totals, told.goals, plane),
        plane,
        size,
    )
    whole = [
        str(told.words[goal.late]) for goal in told.goals if goal.late in [*told.words]
    ]
    late = {part for text in whole for part in (text, *wrap(text, NARROW))}
    names.loc[names["text"].isin(late), ["ink", "style"]] = ["accent", "label"]
    layers = [
        *war(told.words, axes, room * 0.98, (0 if wide else WAR_FROM, room)),
        *draw_line(totals, axes, "context", 20, size=2),
        *_bars(goals, axes),
        *written(names, *axes, ("year", "value")),
        *draw_key({"open": told.words["derived"]}, size),
    ]
    return finish_chart(layers, size, height)


def _taken(totals: pd.DataFrame, goals: list[_Goal], plane: Plane) -> list[Box]:
    """Return what names of goals must not cover: the line of trade, the thin line, bars
    and the marks at their ends.
    """
    boxes = list(plane.line(list(zip(totals["year"], totals["value"], strict=True)), 6))
    boxes += plane.line([(WAR, WAR_FROM), (WAR, plane.up[1])], 2)
    for goal in goals:
        due = goal.deadline or goal.said
        boxes += plane.line([(due, goal.value), (goal.reached or due, goal.value)], BAR)
        boxes += plane.line([(due, goal.value), (due, goal.high)], 3)
        boxes.append(around(*plane.at(due, goal.value), TICK / 2))
    return boxes


def _bars(goals: pd.DataFrame, axes: Axes) -> list[alt.Chart]:
    """Draw a bar from each deadline to the year that came to it, hollow where that was
    before; a range upright.
    """
    dated, undated = goals.dropna(subset=["deadline"]), goals[goals["deadline"].isna()]
    ranges = dated[dated["high"] > dated["value"]]
    late, early = (
        dated[sign * (dated["reached"] - dated["deadline"]) > 0] for sign in (1, -1)
    )
    tick: MarkProperties = {
        "color": get_colour_variable("ink"),
        "thickness": 3,
        "size": TICK,
        "opacity": 1,
    }
    diamond: MarkProperties = {
        "shape": "diamond",
        "stroke": get_colour_variable("ink"),
        "fill": get_colour_variable("paper"),
        "size": 90,
        "opacity": 1,
    }
    wait: MarkProperties = {"color": get_colour_variable("accent"), "size": BAR}
    return [
        _at("deadline", late).mark_rule(**wait).encode(*axes, alt.X2("reached")),
        _at("deadline", early).mark_rule(**wait).encode(*axes, alt.X2("reached")),
        _at("deadline", early)
        .mark_rule(color=get_colour_variable("paper"), size=BAR - 4)
        .encode(*axes, alt.X2("reached")),
        _at("deadline", ranges)
        .mark_rule(color=get_colour_variable("ink"), size=3)
        .encode(*axes, alt.Y2("high")),
        _at("deadline", dated)
        .mark_tick(orient="vertical", **tick)
        .encode(*axes, describe_marks()),
        _at("said", undated).mark_point(**diamond).encode(*axes),
    ]


def _at(column: str, goals: pd.DataFrame) -> alt.Chart:
    """Return a chart of goals, each at the year in a column."""
    return alt.Chart(goals.assign(year=goals[column]))


def _names(told: _Named, totals: pd.DataFrame, plane: Plane, size: Size) -> list[Label]:
    """Name each goal at its bar, with how late or early trade came to it where it did,
    and the line of trade.
    """
    words, labels, last = told.words, list[Label](), int(totals["year"].max())
    for goal in told.goals:
        amount = str(words["goal"].fill(amount=goal.amount))
        when = str(
            words["by"].fill(year=goal.deadline) if goal.deadline else words["no_date"]
        )
        late = [str(words[goal.late])] if goal.late in [*words] else []
        lines = (
            [amount, when]
            if size.name == "narrow" and not late
            else [f"{amount} {when}", *late]
        )
        if (
            size.name == "narrow"
            and late
            and (goal.reached or last) < (goal.deadline or 0)
        ):
            # on the right of its bar, where little room is
            lines = [amount, when, *wrap(late[0], NARROW)]
        labels.append(Label(lines, "ink", _spots(goal, len(lines), plane, size)))
    end = plane.at(float(totals["year"].iloc[-1]), float(totals["value"].iloc[-1]))
    return [*labels, Label([str(words["trade"])], "muted", beside(*end, 5), bold=True)]


def _spots(goal: _Goal, lines: int, plane: Plane, size: Size) -> list[Spot]:
    """Return where the name of a goal may stand: close above its bar, or beside it
    where that is full or was early.
    """
    half = lines * (size.text + LEADING) / 2 + TICK / 2
    due, top = plane.at(goal.deadline or goal.said, goal.high)
    end, foot = plane.at(goal.reached or goal.deadline or goal.said, goal.value)
    steps = range(0, 12 * STEP, STEP)
    if goal.deadline is None:
        return [
            Spot(due + side, top - up, align)
            for up in (16, 22, 4, 10)
            for side, align in SIDES
        ]
    if end < due and size.name == "narrow":
        return [Spot(due + 6, foot + down) for down in (half, half - 6, half + 6)]
    if end < due:
        under = [Spot(end - 9 - more, foot + half + more, "right") for more in steps]
        return [*(Spot(due + 9, foot + down) for down in (14, 20, 26)), *under]
    sides = [(due - 2, "left"), (end, "right"), (due + 2, "right")][
        0 if goal.reached else 2 :
    ]
    above = [
        Spot(side, top - half - lift, align) for lift in steps for side, align in sides
    ]
    behind = [Spot(end + 9, foot + down) for down in steps]
    return (
        [*above[:12], *behind, *above[12:]]
        if size.name == "wide"
        else [*behind, *above]
    )


def _table(
    totals: dict[int, Quantity],
    promises: list[Promise],
    words: Words,
    language: ChartLanguage,
) -> Grid:
    """Return years down: the total, and the goals that fell due."""
    due = {item.deadline: item for item in promises if item.deadline}
    rows = [
        [
            Cell(f"{year}", year),
            make_cell(totals.get(year), language),
            *_goal(due.get(year), language),
        ]
        for year in range(min(totals), max(*totals, *due) + 1)
    ]
    names = {
        TOTAL: "table_total",
        GOAL: "table_goal",
        "goal_due_upper_end_usd_billion": "table_upper_end",
    }
    columns = [Column(name, words[key], words["unit"]) for name, key in names.items()]
    return Grid(
        [Column("year", words["table_year"]), *columns], rows, tip=make_tip(words)
    )


def _goal(goal: Promise | None, language: ChartLanguage) -> tuple[Cell, Cell]:
    """Write a goal in a table: its amount, or from where to where it lies; and where it
    ends above that, the end.
    """
    if goal is None:
        return Cell("", None), Cell("", None)
    low, high = (make_cell(end, language, 0) for end in (goal.low, goal.high))
    return (
        (low, Cell("", None))
        if low == high
        else (low._replace(text=f"{low.text}–{high.text}"), high)
    )
