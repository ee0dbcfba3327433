"""The timeline, drawn: years from top to bottom with a bar for each year's trade, and
events beside them, each at its date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms import (
    Axes,
    Chart,
    MarkProperties,
    describe_marks,
    draw_marks,
    draw_texts,
    extend_scale,
    finish_chart,
    get_colour_variable,
    locate_time,
    make_frame,
    make_tip,
    measure_widest_text,
    name_layers_by_kind,
    tell_points,
    write_label,
    write_label_expression,
)
from press.ground.grid import Cell, Column, Grid
from press.quantity import rows_behind
from story import goals, measures

if TYPE_CHECKING:
    from collections.abc import Iterator

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
MIDDLE = 0.5  # of a year, from its middle to its ends
BAR = 0.41  # of a year: half a bar
# in pixels
YEAR = 28  # from one year to the next
FOOT = 44  # of the height, for the scale of amounts and around it
SIDE = 48  # of the width, for the names of years and around them
PIN = 9  # from the longest bar to the names of events
DOT = 60  # the area of a dot


def timeline(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Trade by year, and beside it the events that everything here refers to; the table
    has every event.
    """
    rows = sorted(data["events"].rows, key=_get_day_and_name)
    grid = _tabulate_events(rows, words, language)
    points = tell_points(grid, range(len(rows)), "event")
    totals = measures.total.series(data)
    drawn = {year: item for year, item in totals.items() if year >= SINCE}
    labels = [write_label(item, language) for item in drawn.values()]
    goal = goals.get_promise(data, GOAL).low
    drawing = _Drawing(
        make_frame(drawn, text=labels),
        _locate_events(rows, points, words),
        int(goal.value),
        words,
    )
    return Plot(drawing.draw, grid, rows_behind([*drawn.values(), goal]) | {*rows})


def _get_day_and_name(row: Row) -> tuple[str, str]:
    return str(row["date"]), str(row["id"])


def _tabulate_events(rows: list[Row], words: Words, language: ChartLanguage) -> Grid:
    """Return every event with its date, its kind and its heading, which leads to its
    entry.
    """
    names = ("date", "category", "event")
    columns = [Column(name, words[f"table_{name}"]) for name in names]
    cells = [_write_cells(row, words, language) for row in rows]
    return Grid(columns, cells, tip=make_tip(words), labels=len(columns))


def _write_cells(row: Row, words: Words, language: ChartLanguage) -> list[Cell]:
    length = KNOWN[str(row["date_precision"])]
    known = str(row["date"])[:length]
    kind = str(row["category"])
    event = language.headings["events"].get(str(row["id"]), "")
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
    places = drawn["date"].map(locate_time)
    names = [words[_name_key(event)] for event in drawn["id"]]
    return drawn.assign(year=places, text=names)


def _name_key(event: str) -> str:
    """Return the key of the words that name an event: its id without the year."""
    name, _, _ = event.rpartition("-")
    return name.replace("-", "_")


class _Drawing(NamedTuple):
    """Trade by year, events, the goal that is a line, and the words."""

    trade: pd.DataFrame
    events: pd.DataFrame
    goal: int
    words: Words

    def draw(self, size: Size) -> Chart:
        """Return the chart of a size: bars as long as the names leave room for."""
        record = self._find_record()
        names = [*self.events["text"], *record["text"]]
        widest = measure_widest_text(names, size.label)
        high = record["value"].item()
        _, right = extend_scale(0, high, size.width - SIDE, 0, widest + PIN)
        axes = Axes(self._make_axis_of_amounts(right), self._make_axis_of_years())
        beside: MarkProperties = {"align": "left", "dx": PIN, "style": "label"}
        layers = [
            self._draw_goal(axes),
            *self._draw_bars(axes),
            *_draw_events(self._pin_events(high), axes),
            draw_texts(record, *axes, "accent", **beside),
        ]
        return finish_chart(layers, size, YEAR * len(self.trade) + FOOT)

    def _find_record(self) -> pd.DataFrame:
        """Return the highest year, with the words that say so."""
        best = self.trade.nlargest(1, "value")
        told = self.words["record"].fill(value=best["text"].item())
        return best.assign(text=told)

    def _make_axis_of_amounts(self, right: float) -> alt.X:
        """Return an axis that names its zero and the goal, above."""
        names = {0: "0", self.goal: self.words["goal"]}
        axis = alt.Axis(
            values=[*names],
            labelExpr=write_label_expression(names),
            orient="top",
            title=None,
            grid=False,
        )
        scale = alt.Scale(domain=[0, right], nice=False)
        return alt.X("value:Q", scale=scale, axis=axis)

    def _make_axis_of_years(self) -> alt.Y:
        """Return an axis that names each year, the first on top."""
        names = {year: f"{year}" for year in self.trade["at"]}
        expression = write_label_expression(names)
        axis = alt.Axis(values=[*names], labelExpr=expression, title=None, grid=False)
        ends = [max(names) + MIDDLE, min(names) - MIDDLE]
        return alt.Y("year:Q", scale=alt.Scale(domain=ends, nice=False), axis=axis)

    def _draw_goal(self, axes: Axes) -> alt.Chart:
        """Draw the goal as a line down, behind the bars."""
        line = pd.DataFrame({"value": [self.goal]})
        return draw_marks("rule", line, axes.x, ink="ink")

    def _draw_bars(self, axes: Axes) -> Iterator[alt.Chart]:
        """Yield a bar for each year, then those that come to the goal."""
        years = self.trade["year"]
        bars = self.trade.assign(year=years - BAR, end=years + BAR, foot=0)
        ends = (*axes, alt.X2("foot"), alt.Y2("end"))
        reaches = bars["value"] >= self.goal
        yield draw_marks("bar", bars[~reaches], *ends, ink="context")
        yield draw_marks("bar", bars[reaches], *ends, ink="accent")

    def _pin_events(self, high: float) -> pd.DataFrame:
        """Return the events, each at the end of its year's bar; ``high`` is where names
        begin.
        """
        tops = self.trade.set_index("year")["value"]
        years = self.events["year"].round()
        return self.events.assign(value=years.map(tops), high=high)


def _draw_events(events: pd.DataFrame, axes: Axes) -> Iterator[alt.Chart]:
    """Yield each event as a dot, with a thin line to its name."""

    def draw_kind(own: pd.DataFrame) -> Iterator[alt.Chart]:
        yield draw_marks("rule", own, *axes, alt.X2("high"), ink="context")
        dots: MarkProperties = {"size": DOT, "opacity": 1, "strokeWidth": 1}
        dots["fill"] = get_colour_variable("ink")
        dots["stroke"] = get_colour_variable("paper")
        yield draw_marks("circle", own, *axes, describe_marks(), **dots)
        named = own.assign(value=own["high"])
        yield draw_texts(named, *axes, "ink", align="left", dx=PIN)

    yield from name_layers_by_kind(events, draw_kind)
