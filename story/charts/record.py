"""Is it a record once prices are counted? Trade in the dollars of each year, and in those of one year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.grid import Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import (
    amounts,
    cell,
    description,
    finished,
    key,
    point,
    series,
    some_years,
    text,
    ticks_within,
    tip,
    year_cell,
    years,
)
from story.theme import colour

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from story.charts.look import Chart, Mark

FIRST, BASE = 2013, 2023
COLUMNS = {"current": "total_usd_billion", "constant": "total_usd_2023_billion"}
STYLES = {"current": ("accent", [1, 0]), "constant": ("muted", [6, 4])}
STEP = 50  # billions of dollars between lines of the grid
LEADER = 28  # billions of dollars: how far below its point an amount stands where lines leave no room beside it
NAMED = {"wide": 2, "narrow": 5}  # years above which the name of the upper line stands, at its left end


def record_in_dollars_of_2023(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Yearly totals in current dollars and in dollars of 2023, by consumer prices of the United States."""
    totals = {"current": measures.totals(data), "constant": measures.totals_in_dollars_of(data, BASE)}
    kinds = {kind: {year: item for year, item in items.items() if year >= FIRST} for kind, items in totals.items()}
    known = sorted(kinds["current"])
    rows = [[year_cell(year), *(cell(items.get(year), language, 1) for items in kinds.values())] for year in known]
    columns = [Column(column, words[f"table_{kind}"], words["unit"]) for kind, column in COLUMNS.items()]
    table = Grid([Column("year", words["table_year"]), *columns], rows, tip=tip(words))
    frames = {
        kind: series(
            items,
            point=point(table, map(known.index, items), COLUMNS[kind]),
            text=[language.number(item.value, 1) for item in items.values()],
        )
        for kind, items in kinds.items()
    }
    frames["constant"]["derived"] |= ~frames["constant"]["year"].isin(measures.years_of_whole_prices(data))
    used = rows_of(item for items in kinds.values() for item in items.values())
    return Plot(lambda size: _lines(frames, words, language, size), table, used)


def _lines(frames: dict[str, pd.DataFrame], words: Words, language: ChartLanguage, size: Size) -> Chart:
    """Draw both measures on one scale; they meet in the year whose dollars the second one counts in."""
    wide = size.name == "wide"
    drawn = pd.concat(frames.values())
    last = int(drawn["year"].max())
    x = years(FIRST - 0.3, last + 0.5, some_years(FIRST, last, 14 if wide else 7))
    top = float(drawn["value"].max()) + STEP / 3
    y = amounts(ticks_within(0, top, step=STEP), language, top=top)
    layers: list[alt.Chart] = []
    for kind, (ink, dash) in reversed(STYLES.items()):
        own = frames[kind]
        layers.append(alt.Chart(own).mark_line(color=colour(ink), size=3, strokeDash=dash).encode(x, y))
        dot: Mark = {"opacity": 1, "filled": True, "stroke": colour(ink), "strokeWidth": 1.6, "size": 44}
        for derived, fill in ((False, ink), (True, "paper")):
            dots = alt.Chart(own[own["derived"] == derived]).mark_point(fill=colour(fill), **dot)
            layers.append(dots.encode(x, y, description()))
    layers += key({"open": words["derived"]}, size)
    return finished([*layers, *_told(frames, words, size, x, y)], size, 420 if wide else 400)


def _told(frames: dict[str, pd.DataFrame], words: Words, size: Size, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Name both lines; tell the record, the same year on the other line, and the year in which both are one."""
    current, constant = frames["current"], frames["constant"]
    record = int(current.nlargest(1, "value")["year"].item())
    wide, bold = size.name == "wide", {"style": "label"}
    beside = constant[(constant["year"] == record) & (record != BASE)]
    leader = beside.assign(value=beside["value"] - LEADER)
    early = constant[constant["year"] < FIRST + NAMED[size.name]]
    low = current[current["year"] < BASE].nsmallest(1, "value")
    told: list[tuple[pd.DataFrame, str, dict[str, Any]]] = [
        (current[current["year"] == record], "accent", {"align": "left", "dx": -5, "dy": -14, **bold}),
        (beside if wide else leader, "muted", {"align": "right", "dx": 2, "dy": 15} if wide else {"dy": 8}),
        (current[(current["year"] == BASE) & (record != BASE)], "ink", {"align": "right", "dx": -8, "dy": -3}),
        (
            early.head(1).assign(value=early["value"].max(), text=words["constant"]),
            "muted",
            {"align": "left", "dx": -4, "dy": -16, **bold},
        ),
        (low.assign(text=words["current"]), "accent", {"align": "left", "dx": 4, "dy": 18, **bold}),
    ]
    texts = [text(own, x, y, ink, **mark) for own, ink, mark in told]
    if wide:
        return texts
    stroke = alt.Chart(beside.assign(value=beside["value"] - LEADER / 4, low=leader["value"]))
    return [stroke.mark_rule(color=colour("muted")).encode(x, y, alt.Y2("low")), *texts]
