"""The timeline, drawn: events with their names below the line of trade, each at its date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.ground.grid import Cell, Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import description, finished, label_expression, of_kinds, point, text, ticks_within, tip
from story.theme import colour

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data, Row
    from story.charts.look import Chart, Mark

KNOWN = {"year": 4, "month": 7, "day": 10}  # how many characters of a date are known
# The events that are drawn, at most eight: more names find no room. Their days are known. All stand in the table.
NAMED = (
    "loans-for-oil-2009",
    "goals-for-2015-and-2020-set-2011",
    "crimea-sanctions-2014",
    "power-of-siberia-opens-2019",
    "invasion-of-ukraine-2022",
    "oil-embargo-and-price-cap-2022",
    "past-200-billion-2023",
    "rosneft-lukoil-sanctions-2025",
)
DAYS = 365.25
PAGE = "timeline.md"  # with an entry for each event
NAMED_AT = (1997, 40)  # a year and an amount, above the line of trade, which was low then: its name begins there
ABOVE, ROW, BELOW, AXIS = 210, 21, 12, 40  # pixels down: trade, the name of an event, beneath all names, the axis


def timeline(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Trade by year, and below it the events that everything here refers to; the table has every event."""
    rows = sorted(data["events"].rows, key=lambda row: (str(row["date"]), str(row["id"])))
    names = ("date", "category", "event")
    cells = [_cells(row, words, language) for row in rows]
    grid = Grid([Column(name, words[f"table_{name}"]) for name in names], cells, tip=tip(words))
    told = point(grid, range(len(rows)), "event")
    drawn = [number for number, row in enumerate(rows) if row["id"] in NAMED]
    events = pd.DataFrame(
        {
            "year": [_when(rows[number]) for number in drawn],
            "text": [_name(rows[number], words) for number in drawn],
            "point": [told[number] for number in drawn],
            "kind": [rows[number]["category"] for number in drawn],
        }
    )
    totals = measures.total.series(data)
    trade = pd.DataFrame({"year": list(totals), "value": [float(item.value) for item in totals.values()]})
    trade["year"] += 0.5  # a year's trade stands in its middle
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
    """Draw trade as a line, and down from zero a stair of names: each ends at the line that goes up to its date."""
    wide = size.name == "wide"
    first, last = int(trade["year"].min()), int(max(trade["year"].max(), events["year"].max())) + 1
    high = trade["value"].max()
    pixel = high / (ABOVE - 14)
    steps = [-(number + 1) * ROW * pixel for number in range(len(events))]
    low = steps[-1] - BELOW * pixel
    ticks = ticks_within(0, high, 6)
    named = f"{label_expression(ticks, language)} || ''"
    axis = alt.Axis(values=ticks, labelExpr=named, title=None)
    y = alt.Y("value:Q", scale=alt.Scale(domain=[low, high + 14 * pixel], nice=False), axis=axis)
    years = [year for year in range(first, last + 1) if year % (5 if wide else 10) == 0]
    x_axis = alt.Axis(values=years, format="d", title=None, grid=False, labelFlush=False, offset=0)
    x = alt.X("year:Q", scale=alt.Scale(domain=[first, last], nice=False), axis=x_axis)
    stairs = events.assign(value=steps, high=high)
    zero = pd.DataFrame({"value": [0]})
    dots: Mark = {"opacity": 1, "color": colour("ink"), "size": 50 if wide else 24}
    trade_name = pd.DataFrame({"year": [NAMED_AT[0]], "value": [NAMED_AT[1]], "text": [words["trade_name"]]})
    of_events = of_kinds(
        stairs,
        lambda own: alt.Chart(own).mark_rule(color=colour("context"), size=1).encode(x, y, alt.Y2("high")),
        lambda own: alt.Chart(own.assign(value=0)).mark_circle(**dots).encode(x, y, description()),
        lambda own: text(own, x, y, "ink", align="right", dx=-5),
    )
    under = len(of_events) // 3  # their lines stand behind that of trade
    layers = [
        *of_events[:under],
        alt.Chart(zero).mark_rule(color=colour("muted")).encode(y),
        alt.Chart(trade).mark_line(color=colour("accent"), size=2.5).encode(x, y),
        *of_events[under:],
        text(trade_name, x, y, "accent", align="left", style="label"),
    ]
    height = ABOVE + ROW * len(events) + BELOW + AXIS
    return finished(layers, size, height)
