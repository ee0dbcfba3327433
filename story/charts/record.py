"""Is it a record once prices are counted? Trade in the dollars of each year, and in those of one year."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from story import measures
from story.charts.look import (
    Axes,
    Kinds,
    amounts,
    description,
    dotted,
    finished,
    key,
    some_years,
    text,
    ticks_within,
    with_room,
    years,
)
from story.theme import colour

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from story.charts.look import Chart, Mark

FIRST, BASE = 2013, 2023
COLUMNS = {"current": "total_usd_billion", "constant": "total_usd_2023_billion"}
STYLES = {"constant": ("muted", [6, 4]), "current": ("accent", [1, 0])}
STEP = 50  # billions of dollars between lines of the grid
NAMED = {"wide": 2, "narrow": 5}  # years above which the name of the upper line stands, at its left end
AXIS = 35  # pixels of the drawing's height that those of the axis and above take
# Of the inset: how much of the years it takes; where it begins and ends, of the height; what is free beside and, in
# pixels, below and above what is drawn in it.
ACROSS, UP, BESIDE, ROOM = 0.6, (0.6, 0.99), (0.7, 1.25), (42, 26)


class _Inset(NamedTuple):
    """A part of a drawing, enlarged in another: its ends there, and the years and amounts that these stand for."""

    left: float
    right: float
    low: float
    high: float
    first: float
    last: float
    least: float
    most: float

    def of(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return rows at their places in the inset."""
        across = (frame["year"] - self.first) / (self.last - self.first)
        up = (frame["value"] - self.least) / (self.most - self.least)
        left, low = self.left, self.low
        return frame.assign(year=left + across * (self.right - left), value=low + up * (self.high - low))


def record_in_dollars_of_2023(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Yearly totals in current dollars and in dollars of 2023, by consumer prices of the United States."""
    kinds = {"current": measures.total.series(data), "constant": measures.totals_in_dollars_of(data, BASE)}
    found = Kinds(FIRST, COLUMNS, 1).shown(kinds, words, language)
    frames = found.frames
    frames["constant"]["derived"] |= ~frames["constant"]["year"].isin(measures.years_of_whole_prices(data))
    return Plot(lambda size: _lines(frames, words, language, size), found.table, found.rows)


def _lines(frames: dict[str, pd.DataFrame], words: Words, language: ChartLanguage, size: Size) -> Chart:
    """Draw both measures on one scale; they meet in the year whose dollars the second one counts in."""
    wide = size.name == "wide"
    drawn = pd.concat(frames.values())
    last, height = int(drawn["year"].max()), 420 if wide else 400
    top = float(drawn["value"].max()) + STEP / 3
    x = years(FIRST - 0.3, last + 0.5, some_years(FIRST, last, 14 if wide else 7))
    axes = Axes(x, amounts(ticks_within(0, top, step=STEP), language, top=top))
    layers = [layer.encode(description()) for layer in dotted(frames, STYLES, axes)]
    layers += [*_names(frames, words, size, axes), *key({"open": words["derived"]}, size)]
    return finished([*layers, *_enlarged(frames, top, height - AXIS, axes)], size, height)


def _names(frames: dict[str, pd.DataFrame], words: Words, size: Size, axes: Axes) -> list[alt.Chart]:
    """Name both lines: the one above its left end, the other below its lowest point."""
    current, constant = frames["current"], frames["constant"]
    early = constant[constant["year"] < FIRST + NAMED[size.name]]
    upper = early.head(1).assign(value=early["value"].max(), text=words["constant"])
    lower = current[current["year"] < BASE].nsmallest(1, "value").assign(text=words["current"])
    style: Mark = {"align": "left", "style": "label"}
    return [text(upper, *axes, "muted", dx=-4, dy=-16, **style), text(lower, *axes, "accent", dx=4, dy=18, **style)]


def _enlarged(frames: dict[str, pd.DataFrame], top: float, height: int, axes: Axes) -> list[alt.Chart]:
    """Draw the years since the one in which both lines meet once more, in the corner that the early years leave free.

    There the record, the same year on the other line, the last year and the one in which both are one are told.
    """
    recent = {kind: frame[frame["year"] >= BASE] for kind, frame in frames.items()}
    values, last = pd.concat(recent.values())["value"], int(recent["current"]["year"].max())
    left, right, low, high = FIRST, FIRST + ACROSS * (last - FIRST), UP[0] * top, UP[1] * top
    ends = with_room(values.min(), values.max(), round((UP[1] - UP[0]) * height), *ROOM)
    inset = _Inset(left, right, low, high, BASE - BESIDE[0], last + BESIDE[1], *ends)
    corner = pd.DataFrame([(left, right, low, high)], columns=["year", "to", "value", "up"])
    part = corner.assign(year=BASE - 0.4, to=last + 0.4, value=values.min() - 6, up=values.max() + 6)
    joint = corner.assign(year=corner["to"], to=part["year"], value=values.max())
    frame: Mark = {"stroke": colour("context"), "strokeWidth": 1}
    placed = {kind: inset.of(own.assign(told=own["year"])) for kind, own in recent.items()}
    feet = placed["current"].assign(value=low, text=placed["current"]["told"].astype(str))
    return [
        alt.Chart(corner).mark_rect(fill=colour("paper"), **frame).encode(*axes, alt.X2("to"), alt.Y2("up")),
        alt.Chart(part).mark_rect(fill=None, **frame).encode(*axes, alt.X2("to"), alt.Y2("up")),
        alt.Chart(joint).mark_rule(color=colour("context")).encode(*axes, alt.X2("to")),
        *dotted(placed, STYLES, axes),
        text(feet, *axes, "muted", dy=-10),
        *(text(own, *axes, ink, **mark) for own, ink, mark in _amounts(placed)),
    ]


def _amounts(placed: dict[str, pd.DataFrame]) -> list[tuple[pd.DataFrame, str, Mark]]:
    """Return the points whose amounts are told in the inset, with the colour of each and where it stands."""
    current, constant = placed["current"], placed["constant"]
    record = current.nlargest(1, "value")["told"].item()
    ends = {kind: frame[~frame["told"].isin([BASE, record])].tail(1) for kind, frame in placed.items()}
    lower: Mark = {"align": "right", "dx": 4, "dy": 16, "style": "label"}
    beside: Mark = {"align": "left", "dx": 9}
    return [
        (current[current["told"].isin({BASE} - {record})], "ink", {"align": "right", "dx": 10, "dy": -13}),
        (current[current["told"] == record], "accent", {"dy": -15, "style": "key"}),
        (constant[constant["told"].isin({record} - {BASE})], "muted", lower),
        (ends["current"], "accent", beside),
        (ends["constant"], "muted", beside),
    ]
