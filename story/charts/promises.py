"""Promises and outturns: each goal for a year's trade as a bar from its deadline to the
year that came to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from press.figures import Plot
from press.forms import ChartData, FiguresOfKind
from press.quantity import quantity_ranging_between
from story import measures
from story.charts.promises_drawing import SINCE, PromisesDrawing
from story.goals import list_promises

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content import ChartLanguage, Words
    from press.data import Data
    from story.goals import Promise


def promises_and_outturns(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Yearly totals since 1996, and each goal that trade came to, from its deadline to
    the first year that did.
    """
    promises = [goal for goal in list_promises(data) if goal.deadline and goal.reached]
    due = {
        goal.deadline: quantity_ranging_between(goal.low, goal.high)
        for goal in promises
    }
    totals = measures.total.series(data)
    kinds = {
        "total": FiguresOfKind(totals, "total_usd_billion", "context"),
        "goal": FiguresOfKind(due, "goal_due_usd_billion", most=0),
    }
    figures = ChartData.from_kinds(kinds, words, language)
    trade = figures.frames["total"]
    drawing = PromisesDrawing(
        trade[trade["year"] >= SINCE],
        _describe_goals(figures.frames["goal"], promises, words),
        words,
        language,
    )
    return figures.make_plot(drawing.draw_at_size, "full")


def _describe_goals(
    due: pd.DataFrame, promises: list[Promise], words: Words
) -> pd.DataFrame:
    """Add to goals, each at its deadline, the year that reached it, both lines of its
    name, and whether that stands on the left.

    Names stand on the right, below the line of trade. But of two goals of one sum the
    second begins where the first ends: the first has its name on the left.
    """
    reached = pd.Series([promise.reached for promise in promises])
    names = due.assign(
        reached=reached,
        late=[words[_name_delay(promise)] for promise in promises],
        left=due["low"].duplicated(keep="last"),
    )
    names["text"] = [
        words["goal"].fill(amount=amount, year=year)
        for year, amount in zip(due["at"], _write_ranges(due), strict=True)
    ]
    return names


def _name_delay(promise: Promise) -> str:
    """Return the key of the words that say how late or early a goal was reached."""
    return f"late_{promise.name.replace('-', '_')}"


def _write_ranges(due: pd.DataFrame) -> Iterator[str]:
    """Yield each goal's amount, or both ends of it."""
    for low, high in zip(due["low"], due["high"], strict=True):
        ends = dict.fromkeys((f"{low:.0f}", f"{high:.0f}"))
        yield "–".join(ends)
