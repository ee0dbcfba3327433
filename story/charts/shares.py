"""How large each is for the other: one trade as shares of two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.ground.grid import Cell, Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import (
    cell_of_ends,
    description,
    down,
    finished,
    label_expression,
    point,
    text,
    tip,
    upper_end,
)
from story.theme import colour

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from story.charts.look import Chart, Mark

YEAR = 2023
FLOWS = {"total": "accent", "export": "export", "import": "import"}
COUNTRIES = ("china", "russia")
HEADING, NAME, BAR, BETWEEN = 24, 19, 22, 16  # pixels down that a heading, a name, a bar, a space between groups take


def how_big_for_each(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """The same goods as shares of what each country trades, by flow; where bases differ, from the one to the other."""
    found = {
        (flow, country): measured.figure(data, YEAR, flow)
        for flow in FLOWS
        for country, measured in zip(
            COUNTRIES, (measures.russia_share_of_china, measures.china_share_of_russia), strict=True
        )
    }
    shares = {key: item for key, item in found.items() if item}
    rows = [
        [
            Cell(words[f"table_{flow}"], words[f"table_{flow}"]),
            *(cell_of_ends(shares.get((flow, country)), language, 1) for country in COUNTRIES),
            upper_end(shares.get((flow, COUNTRIES[1])), language, 1),
        ]
        for flow in FLOWS
    ]
    columns = [Column(f"share_of_{country}_percent", words[f"table_{country}"], words["unit"]) for country in COUNTRIES]
    columns.append(Column("share_of_russia_upper_end_percent", words["table_upper_end"], words["unit"]))
    table = Grid([Column("flow", words["table_flow"]), *columns], rows, "rows", tip(words))
    frame = pd.DataFrame(
        [(*key, *map(float, item.ends)) for key, item in shares.items()], columns=["flow", "country", "low", "high"]
    )
    frame["row"] = [list(FLOWS).index(flow) for flow in frame["flow"]]
    frame["point"] = point(table, frame["row"], [f"share_of_{country}_percent" for country in frame["country"]])
    ends = [cell_of_ends(item, language, 1).text.strip() for item in shares.values()]
    frame["text"] = [
        words[f"{country}_{flow}"].fill(value=share) for (flow, country), share in zip(shares, ends, strict=True)
    ]
    return Plot(lambda size: _shares(frame, words, language, size), table, rows_of(shares.values()), "inset")


def _shares(frame: pd.DataFrame, words: Words, language: ChartLanguage, size: Size) -> Chart:
    ticks = (0, 10, 20, 30, 40)
    group = HEADING + len(COUNTRIES) * (NAME + BAR) + BETWEEN
    places = frame["row"] * group + HEADING + (frame["country"] == COUNTRIES[1]) * (NAME + BAR)
    labels = f"{label_expression(ticks, language)} + '{words['unit']}'"
    height = len(FLOWS) * group - BETWEEN
    x, y = _along("low", ticks, labels), down("place", height)
    headings = pd.DataFrame(
        {
            "flow": list(FLOWS),
            "low": 0,
            "place": [row * group + HEADING / 2 - 2 for row in range(len(FLOWS))],
            "text": [words[f"heading_{flow}"] for flow in FLOWS],
        }
    )
    layers = list[alt.Chart]()
    for flow, ink in FLOWS.items():
        own = frame[frame["flow"] == flow].assign(place=places)
        bars = own.assign(place=own["place"] + NAME + BAR / 2 - 3)
        wide: Mark = {"orient": "horizontal", "size": BAR - 8}
        layers += [
            alt.Chart(bars).mark_bar(color=colour(ink), **wide).encode(x, y, description()),
            _ranges(bars[bars["high"] > bars["low"]], ink, wide).encode(x, y, alt.X2("high")),
            text(headings[headings["flow"] == flow], x, y, ink, align="left", style="label"),
            text(own.assign(place=own["place"] + NAME / 2, low=0), x, y, "ink", align="left"),
        ]
    return finished(layers, size, height + 40)


def _ranges(frame: pd.DataFrame, ink: str, wide: Mark) -> alt.Chart:
    return alt.Chart(frame).mark_bar(fill=colour("paper"), stroke=colour(ink), strokeWidth=1.5, **wide)


def _along(field: str, ticks: tuple[int, ...], labels: str) -> alt.X:
    """Return an axis of amounts from left to right."""
    axis = alt.Axis(
        values=list(ticks),
        labelExpr=labels,
        title=None,
        grid=False,
        domain=True,
        domainColor=colour("context"),
        ticks=True,
        tickColor=colour("context"),
    )
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, ticks[-1]], nice=False), axis=axis, stack=None)
