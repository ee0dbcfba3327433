"""How large each is for the other: shares of one trade in two, and China's largest partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.grid import Cell, Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import (
    cell,
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
    from press.content import Language, Words
    from press.data import Data
    from story.charts.look import Chart, Mark

YEAR = 2023
FLOWS = {"total": "accent", "export": "export", "import": "import"}
COUNTRIES = ("china", "russia")
PARTNERS = 10  # of the table's economies: below these it is not complete
HEADING, NAME, BAR, BETWEEN = 24, 19, 22, 16  # pixels down that a heading, a name, a bar, a space between groups take


def how_big_for_each(data: Data, words: Words, language: Language) -> Plot:
    """The same goods as shares of what each country trades, by flow; where bases differ, from the one to the other."""
    found = {
        (flow, country): measured(data, YEAR, flow)
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
    return Plot(lambda size: _shares(frame, words, language, size), table, rows_of(shares.values()))


def _shares(frame: pd.DataFrame, words: Words, language: Language, size: Size) -> Chart:
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
            text(headings[headings["flow"] == flow], x, y, ink, align="left", fontWeight="bold"),
            text(own.assign(place=own["place"] + NAME / 2, low=0), x, y, "ink", align="left"),
        ]
    return finished(alt.layer(*layers), size, height + 40)


def _ranges(frame: pd.DataFrame, ink: str, wide: Mark) -> alt.Chart:
    return alt.Chart(frame).mark_bar(fill=colour("paper"), stroke=colour(ink), strokeWidth=1.5, **wide)


def _along(field: str, ticks: tuple[int, ...], labels: str, last: int | None = None) -> alt.X:
    """Return an axis of amounts from left to right, to the last tick or a little beyond it."""
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
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, last or ticks[-1]], nice=False), axis=axis, stack=None)


def largest_partners(data: Data, words: Words, language: Language) -> Plot:
    """China's largest partners of a year among single economies, in order."""
    partners = measures.partners(data, YEAR)[:PARTNERS]
    rows = [[Cell(name, name), cell(item, language, 1)] for name, item in partners]
    value = Column("trade_usd_billion", words["table_trade"], words["unit"])
    table = Grid([Column("partner", words["table_partner"]), value], rows, "rows", tip(words))
    frame = pd.DataFrame({"name": [name for name, _ in partners], "low": [float(item.value) for _, item in partners]})
    frame["own"] = frame["name"] == measures.RUSSIA
    frame["text"] = [words["bar"].fill(name=row[0].text, value=row[1].text) for row in rows]
    frame["point"] = point(table, range(len(rows)), "trade_usd_billion")
    return Plot(lambda size: _partners(frame, words, language, size), table, rows_of(item for _, item in partners))


def _partners(frame: pd.DataFrame, words: Words, language: Language, size: Size) -> Chart:
    ticks = (0, 200, 400, 600, 700)
    each = NAME + BAR
    height = each * len(frame)
    x, y = _along("low", ticks[:-1], label_expression(ticks, language), ticks[-1]), down("place", height)
    layers = list[alt.Chart]()
    for own, ink, weight in ((False, "context", "normal"), (True, "accent", "bold")):
        rows = frame[frame["own"] == own].assign(place=lambda items: items.index * each)
        bars = rows.assign(place=rows["place"] + NAME + BAR / 2 - 3)
        names = rows.assign(place=rows["place"] + NAME / 2, low=0)
        layers += [
            alt.Chart(bars).mark_bar(color=colour(ink), orient="horizontal", size=BAR - 8).encode(x, y, description()),
            text(names, x, y, "accent" if own else "ink", align="left", fontWeight=weight),
        ]
        if own:
            note = bars.assign(text=words["rank" if size.name == "wide" else "short_rank"])
            layers.append(text(note, x, y, ink, align="left", dx=8))
    return finished(alt.layer(*layers), size, height + 40)
