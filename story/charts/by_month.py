"""The slump and the turn: growth of either direction from January to each month, as customs printed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.ground.grid import Cell, Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import (
    MONTHS,
    Panel,
    description,
    finished,
    label,
    month_place,
    months,
    neighbours,
    panelled,
    point,
    signed,
    signed_cell,
    text,
    ticks_within,
    tip,
)
from story.theme import colour

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from story.charts.look import Chart, Mark

FIRST = 2022
FLOWS = {"export": "exports_growth_percent", "import": "imports_growth_percent"}
STEP = 20  # percent between lines of the grid
# In pixels: both panels; the room of a heading; that of an amount above the highest or below the lowest point; half
# the height of the stroke at the end of a year.
PANELS, HEADING, AMOUNT, TICK = 385, 26, 18, 4
# The months that the words are about, and how each is told beside its point; others are the ends of a series.
TOLD: dict[str, dict[str, Mark]] = {
    "export": {
        "2022-02": {"align": "left", "dx": -4, "dy": -12},
        "2022-06": {"dy": 16},
        "2022-12": {"align": "right", "dx": 0, "dy": -13},
    },
    "import": {},
}


def growth_by_month(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Growth of exports and of imports from January to a month on the year before; months without a print are gaps."""
    found = {
        flow: {
            month: item for month, item in measures.published_growth.series(data, flow).items() if month >= str(FIRST)
        }
        for flow in FLOWS
    }
    known = sorted({month for items in found.values() for month in items})
    rows = [
        [Cell(language.date(month), month), *(signed_cell(items.get(month), language, 1) for items in found.values())]
        for month in known
    ]
    columns = [Column(column, words[f"table_{flow}"], words["unit"]) for flow, column in FLOWS.items()]
    table = Grid([Column("to_month", words["table_corner"]), *columns], rows, tip=tip(words))
    frames = {
        flow: pd.DataFrame(
            {
                "key": list(items),
                "month": [month_place(month, FIRST) for month in items],
                "value": [float(item.value) for item in items.values()],
                "text": [label(item, language) for item in items.values()],
                "point": point(table, map(known.index, items), FLOWS[flow]),
            }
        )
        for flow, items in found.items()
    }
    used = rows_of(item for items in found.values() for item in items.values())
    return Plot(lambda size: _panels(frames, words, language, size), table, used)


def _panels(frames: dict[str, pd.DataFrame], words: Words, language: ChartLanguage, size: Size) -> Chart:
    """Draw a panel for each direction, one scale for both."""
    wide = size.name == "wide"
    ends = {flow: (min(frame["value"].min(), 0), max(frame["value"].max(), 0)) for flow, frame in frames.items()}
    unit = (PANELS - len(FLOWS) * (HEADING + 2 * AMOUNT)) / sum(high - low for low, high in ends.values())
    top, panels, ticks = 0.0, dict[str, Panel](), dict[float, str]()
    for flow, (low, high) in ends.items():
        panels[flow] = panel = Panel(round(top + HEADING + AMOUNT + high * unit), unit)
        ticks |= {panel.at(tick): signed(tick, language) + words["unit"] for tick in ticks_within(low, high, step=STEP)}
        top = panel.at(low) + AMOUNT
    last = FIRST + (max(int(frame["month"].max()) for frame in frames.values()) - 1) // MONTHS
    x = months(FIRST, last, (last - FIRST + 1) * MONTHS)
    borders = [(year - FIRST) * MONTHS for year in range(FIRST + 1, last + 1)]
    y = panelled("place", PANELS, ticks)
    layers: list[alt.Chart] = []
    for flow, frame in frames.items():
        panel = panels[flow]
        placed = frame.assign(place=panel.at(frame["value"]))
        joined = neighbours(placed)
        joined = joined[joined["from_month"] % MONTHS != 0]  # a count begins anew in January
        joined = joined.assign(place=panel.at(joined["value"]), from_place=panel.at(joined["from_value"]))
        lines = alt.Chart(joined).mark_rule(color=colour(flow), size=2.5 if wide else 2, strokeCap="round")
        dots = alt.Chart(placed).mark_circle(color=colour(flow), opacity=1, size=34 if wide else 18)
        heading = pd.DataFrame({"month": [0], "place": [panel.at(ends[flow][1]) - AMOUNT - HEADING / 2]})
        ends_of_years = pd.DataFrame({"month": borders, "place": panel.zero - TICK, "to": panel.zero + TICK})
        layers += [
            alt.Chart(pd.DataFrame({"place": [panel.zero]})).mark_rule(color=colour("ink")).encode(y),
            alt.Chart(ends_of_years).mark_rule(color=colour("ink")).encode(x, y, alt.Y2("to")),
            lines.encode(x, y, alt.X2("from_month"), alt.Y2("from_place")),
            dots.encode(x, y, description()),
            text(heading.assign(text=words[flow]), x, y, flow, align="left", style="label"),
            *(text(own, x, y, flow, **mark) for own, mark in _amounts(placed, flow)),
        ]
    return finished(layers, size, PANELS + 35)


def _amounts(placed: pd.DataFrame, flow: str) -> list[tuple[pd.DataFrame, Mark]]:
    """Return the points whose amounts are told: those of the words, the highest, the lowest and the last."""
    highest, lowest, last = placed.nlargest(1, "value"), placed.nsmallest(1, "value"), placed.tail(1)
    late = (last["month"].item() - 1) % MONTHS >= MONTHS / 2  # near the edge
    marks: dict[str, Mark] = {
        **TOLD[flow],
        highest["key"].item(): {"dy": -12},
        lowest["key"].item(): {"dy": 14},
        last["key"].item(): {"align": "right" if late else "center", "dy": -12},
    }
    return [(placed[placed["key"] == month], mark) for month, mark in marks.items()]
