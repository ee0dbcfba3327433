"""Whether the goal came early or late: the same trade by several rulers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from press.forms import ChartData, FiguresOfKind, make_frame
from press.quantity import rows_behind
from story import conversions, goals, measures
from story.charts.ruler_drawing import END, FIRST, INKS, Rulers, draw_rulers

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.figures import Plot


def ruler(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Trade of calendar years, of any twelve months, and of years in dollars of one
    year, beside the goal.
    """
    totals = measures.total.series(data)
    kinds = {"calendar": FiguresOfKind(totals, "total_usd_billion", "accent", 1)}
    for base, ink in INKS.items():
        items = conversions.convert_totals_to_dollars_of(data, base)
        column = f"total_usd_{base}_billion"
        kinds[f"dollars_of_{base}"] = FiguresOfKind(items, column, ink, 1)
    figures = ChartData.from_kinds(kinds, words, language, since=FIRST)
    at_ends = {
        kind: frame.assign(year=frame["year"] + END)
        for kind, frame in figures.frames.items()
    }
    rolling = measures.twelve_months_to.series(data)
    months = {month: rolling[month] for month in rolling if month >= f"{FIRST}-12"}
    goal = goals.get_promise(data, goals.TARGET_FOR_2024).low
    drawn = Rulers(
        at_ends["calendar"],
        make_frame(months),
        {base: at_ends[f"dollars_of_{base}"].assign(derived=True) for base in INKS},
        float(goal.value),
    )
    rows = figures.rows | rows_behind([goal, *months.values()])
    plot = figures.make_plot(partial(draw_rulers, drawn, words, language))
    return plot._replace(rows=rows)
