"""The timeline, drawn: events with their names on the line of trade, each at its date."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.ground.grid import Cell, Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.labels import Plane
from story.charts.look import (
    Axes,
    amounts,
    description,
    finished,
    named,
    of_kinds,
    plain_label,
    point,
    series,
    some_years,
    text,
    ticks_within,
    tip,
    with_room,
)
from story.theme import colour

if TYPE_CHECKING:
    from collections.abc import Callable

    from press.content import ChartLanguage, Words
    from press.data import Data, Row
    from story.charts.look import Chart, Mark

KNOWN = {"year": 4, "month": 7, "day": 10}  # how many characters of a date are known
# The events that are drawn, at most eight: more names find no room. Their days are known. All stand in the table.
# Of each, in a wide drawing and in a narrow one: whether its name begins or ends at a place, and where that is, in
# pixels across and down from the dot.
NAMED: dict[str, dict[str, tuple[str, int, int]]] = {
    "loans-for-oil-2009": {"wide": ("left", 0, 36), "narrow": ("left", 0, 42)},
    "goals-for-2015-and-2020-set-2011": {"wide": ("left", 0, -44), "narrow": ("left", 0, -56)},
    "crimea-sanctions-2014": {"wide": ("left", 0, 84), "narrow": ("left", 0, 88)},
    "power-of-siberia-opens-2019": {"wide": ("right", 0, -46), "narrow": ("right", 0, -58)},
    "invasion-of-ukraine-2022": {"wide": ("right", -26, 0), "narrow": ("right", -18, 0)},
    "oil-embargo-and-price-cap-2022": {"wide": ("right", -26, 0), "narrow": ("right", -18, 0)},
    "past-200-billion-2023": {"wide": ("right", -26, -14), "narrow": ("right", -26, -6)},
    "rosneft-lukoil-sanctions-2025": {"wide": ("left", 0, 50), "narrow": ("right", 0, 372)},
}
DAYS = 365.25
PAGE = "timeline.md"  # with an entry for each event
SINCE = 2008  # a year: before it only one event in ten of the table
AFTER = {"full": 2.4, "wide": 3.9, "narrow": 3.6}  # years that are free behind the last, for its amount
HEIGHTS, HEAD, FOOT = (
    {"wide": 470, "narrow": 520},
    38,
    44,
)  # pixels: of a drawing, above the highest amount, of the axis
MIDDLE = 0.5  # of a year: there its trade stands, and its number
LINE = 17  # pixels between the two lines of a name
DOT = 5  # pixels from the middle of a dot to the line that leads to its name
MARKED = 2  # years at the end whose amounts are told


def timeline(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Trade by year, and on its line the events that everything here refers to; the table has every event."""
    rows = sorted(data["events"].rows, key=lambda row: (str(row["date"]), str(row["id"])))
    names = ("date", "category", "event")
    cells = [_cells(row, words, language) for row in rows]
    grid = Grid([Column(name, words[f"table_{name}"]) for name in names], cells, tip=tip(words))
    told = point(grid, range(len(rows)), "event")
    drawn = [number for number, row in enumerate(rows) if row["id"] in NAMED]
    events = pd.DataFrame(
        {
            "id": [rows[number]["id"] for number in drawn],
            "year": [_when(rows[number]) for number in drawn],
            "text": [_name(rows[number], words) for number in drawn],
            "point": [told[number] for number in drawn],
            "kind": [rows[number]["category"] for number in drawn],
        }
    )
    totals = {year: item for year, item in measures.total.series(data).items() if year >= SINCE}
    trade = series(totals, text=[plain_label(item, language) for item in totals.values()])
    return Plot(
        lambda size: _drawn(trade, events, words, language, size), grid, rows_of(totals.values()) | {*rows}, "full"
    )


def _cells(row: Row, words: Words, language: ChartLanguage) -> list[Cell]:
    """Return an event's date, kind and heading for the table; the heading leads to the event's entry."""
    known, kind = str(row["date"])[: KNOWN[str(row["date_precision"])]], str(row["category"])
    event = language.headings["events"].get(str(row["id"]), "")
    return [Cell(language.date(known), known), Cell(str(words[kind]), kind), Cell(event, event, f"{PAGE}#{row['id']}")]


def _when(row: Row) -> float:
    """Return when the day of an event was, in years."""
    day = date.fromisoformat(str(row["date"]))
    return day.year + day.timetuple().tm_yday / DAYS


def _name(row: Row, words: Words) -> str:
    key = str(row["id"]).rpartition("-")[0].replace("-", "_")
    return str(words["name"].fill(year=str(row["date"])[:4], event=words[key]))


def _drawn(trade: pd.DataFrame, events: pd.DataFrame, words: Words, language: ChartLanguage, size: Size) -> Chart:
    """Draw trade as a line, and on it the days of events, each with its name beside it."""
    last, high, height = int(trade["year"].max()), float(trade["value"].max()), HEIGHTS[size.name]
    ends = SINCE, last + 1 + AFTER[size.shown]
    told = some_years(SINCE, last, {"full": 18, "wide": 10, "narrow": 4}[size.shown])
    names = {year + MIDDLE: str(year) for year in told}
    axis = alt.Axis(values=[*names], labelExpr=named(names), title=None, grid=False, labelFlush=False)
    x = alt.X("year:Q", scale=alt.Scale(domain=[*ends], nice=False), axis=axis)
    _, top = with_room(0, high, height - FOOT, 0, HEAD)
    y = amounts(ticks_within(0, high, 6), language, top=top)
    line = trade.assign(year=trade["year"] + MIDDLE)
    corner = pd.DataFrame({"year": [SINCE], "value": [top], "text": [words["trade_name"]]})
    plane = Plane.of(size, height, ends, (0, top), language.number(high))
    end: Mark = {"color": colour("accent"), "opacity": 1, "size": 60}
    return finished(
        [
            alt.Chart(line).mark_line(color=colour("accent"), size=3).encode(x, y),
            alt.Chart(line.tail(MARKED)).mark_circle(**end).encode(x, y),
            text(corner, x, y, "accent", align="left", dx=6, dy=12, style="label"),
            *_amounts(trade, line, words, size, Axes(x, y)),
            *_pinned(events, line, plane, size, Axes(x, y)),
        ],
        size,
        height,
    )


def _amounts(trade: pd.DataFrame, line: pd.DataFrame, words: Words, size: Size, axes: Axes) -> list[alt.Chart]:
    """Tell the amounts of the last years: of the highest above it, of another on its right."""
    key = "amount" if size.name == "wide" else "amount_narrow"
    told = [words[key].fill(year=year, value=value) for year, value in zip(trade["year"], trade["text"], strict=True)]
    own = line.assign(text=told).tail(MARKED)
    high = own["value"] == line["value"].max()
    return [
        text(own[high], *axes, "accent", align="left", dx=-14, dy=-17, style="label"),
        text(own[~high], *axes, "accent", align="left", dx=8, dy=-13, style="label"),
    ]


def _pinned(events: pd.DataFrame, line: pd.DataFrame, plane: Plane, size: Size, axes: Axes) -> list[alt.Chart]:
    """Draw each event as a dot on the line of trade, with a thin line to its name, which has two lines of text."""
    across, up = (
        (ends[1] - ends[0]) / pixels for ends, pixels in ((plane.across, plane.width), (plane.up, plane.height))
    )
    rows = list[tuple[object, ...]]()
    for name, year, kind, told in zip(*(events[each] for each in ("id", "year", "kind", "text")), strict=True):
        align, dx, dy = NAMED[name][size.name]
        down = 1 if dy > 0 else -1
        start, end = ((0, down * DOT), (0, dy - down * LINE)) if not dx else ((-DOT, 0), (dx + DOT, dy))
        value = _height(line, year)
        ends = [(year + right * across, value - below * up) for right, below in (start, end, (dx, dy))]
        rows.append((kind, year, value, align, *ends[0], *ends[1], *ends[2], *_halves(told)))
    columns = ["kind", "day", "height", "align", "year", "value", "to", "high", "at", "middle", "upper", "lower"]
    frame = pd.DataFrame(rows, columns=columns).assign(point=events["point"])
    dots: Mark = {"opacity": 1, "color": colour("ink"), "size": 60 if size.name == "wide" else 40}

    def half(align: str, part: str, side: int) -> Callable[[pd.DataFrame], alt.Chart]:
        """Return what writes one half of the names that begin, or end, at their places."""

        def layer(own: pd.DataFrame) -> alt.Chart:
            own = own[own["align"] == align]
            placed = own.assign(year=own["at"], value=own["middle"], text=own[part])
            return text(placed, *axes, "ink", align=align, dy=side * LINE / 2)

        return layer

    return of_kinds(
        frame,
        lambda own: alt.Chart(own).mark_rule(color=colour("context")).encode(*axes, alt.X2("to"), alt.Y2("high")),
        lambda own: (
            alt.Chart(own.assign(year=own["day"], value=own["height"])).mark_circle(**dots).encode(*axes, description())
        ),
        *(half(align, *part) for align in ("left", "right") for part in (("upper", -1), ("lower", 1))),
    )


def _halves(name: str) -> tuple[str, str]:
    """Return a name in two lines, broken as near to its middle as a space is."""
    at = min((at for at, letter in enumerate(name) if letter == " "), key=lambda at: abs(at - len(name) / 2))
    return name[:at], name[at + 1 :]


def _height(line: pd.DataFrame, when: float) -> float:
    """Return how high a line stands at a time; behind its end, as high as there."""
    points = [*zip(line["year"], line["value"], strict=True)]
    for (year, value), (next_year, next_value) in pairwise(points):
        if when <= next_year:
            return value + (next_value - value) * (when - year) / (next_year - year)
    return points[-1][1]
