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
    some_years,
    text,
    ticks_within,
    war,
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
STEP = 100  # billions of dollars between lines of the grid
HEIGHTS = {"wide": 430, "narrow": 410}
FOOT = 0.26  # of the height, below which all years stand small
# Of the recent years, drawn large: between which parts of the height; what is free before and behind them, in years,
# and, in pixels, below and above what is drawn of them.
UP, BESIDE, ROOM = (0.36, 0.99), {"wide": (0.25, 0.75), "narrow": (0.35, 1.35)}, (66, 34)


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
    """Draw both measures on one scale, small, at the foot; above them the years since both are one, large."""
    wide, drawn = size.name == "wide", pd.concat(frames.values())
    last, height, high = int(drawn["year"].max()), HEIGHTS[size.name], float(drawn["value"].max())
    x = years(FIRST - 0.3, last + 0.5, some_years(FIRST, last, 14 if wide else 5))
    axes = Axes(x, amounts(ticks_within(0, high, step=STEP), language, top=high / FOOT))
    layers = [layer.encode(description()) for layer in dotted(frames, STYLES, axes)]
    start = max(frame["value"].iloc[0] for frame in frames.values())
    since = war(words, axes, max(start * 1.6, high * 0.85), (0, high))
    return finished([*since, *layers, *_enlarged(frames, high, words, size, axes)], size, height)


def _enlarged(frames: dict[str, pd.DataFrame], high: float, words: Words, size: Size, axes: Axes) -> list[alt.Chart]:
    """Draw the years since the one in which both lines meet once more, large, with all their amounts."""
    recent = {kind: frame[frame["year"] >= BASE] for kind, frame in frames.items()}
    values, last, top = pd.concat(recent.values())["value"], int(recent["current"]["year"].max()), high / FOOT
    low, up = (part * top for part in UP)
    before, after = BESIDE[size.name]
    ends = with_room(values.min(), values.max(), round((UP[1] - UP[0]) * HEIGHTS[size.name]), *ROOM)
    inset = _Inset(FIRST - 0.3, last + 0.5, low, up, BASE - before, last + after, *ends)
    placed = {kind: inset.of(own.assign(told=own["year"])) for kind, own in recent.items()}
    feet = placed["current"].assign(value=low, text=placed["current"]["told"].astype(str))
    # Between the two drawings a lens: what is marked small is what stands large.
    lens = pd.DataFrame(
        {
            "year": [BASE - 0.5, last + 0.45],
            "value": high * 1.06,
            "to": [FIRST - 0.3, last + 0.5],
            "up": low - high * 0.1,
        }
    )
    sides = alt.Chart(lens).mark_rule(color=colour("context"), strokeDash=[2, 3])
    tray = alt.Chart(lens.assign(value=high * 1.06, to=last + 0.45)[:1]).mark_rule(color=colour("context"))
    return [
        tray.encode(*axes, alt.X2("to")),
        sides.encode(*axes, alt.X2("to"), alt.Y2("up")),
        *dotted(placed, STYLES, axes),
        text(feet, *axes, "muted", dy=-4),
        *(text(own, *axes, ink, **mark) for own, ink, mark in _amounts(placed)),
        *_names(placed, words, axes),
    ]


def _names(placed: dict[str, pd.DataFrame], words: Words, axes: Axes) -> list[alt.Chart]:
    """Name both lines at their last amounts."""
    layers = list[alt.Chart]()
    for kind, (ink, _) in STYLES.items():
        end = placed[kind].tail(1)
        beside: Mark = {"align": "left", "dx": 10}
        layers.append(text(end, *axes, ink, style="label", **beside))
        layers.append(text(end.assign(text=words[kind]), *axes, ink, dy=17, **beside))
        layers.append(text(end[end["derived"]].assign(text=words["derived"]), *axes, "muted", dy=34, **beside))
    return layers


def _amounts(placed: dict[str, pd.DataFrame]) -> list[tuple[pd.DataFrame, str, Mark]]:
    """Return the points before the last whose amounts are told, with the colour of each and where it stands."""
    current, constant = placed["current"], placed["constant"]
    record, last = current.nlargest(1, "value")["told"].item(), current["told"].max()
    between = constant[~constant["told"].isin({BASE, last})]
    return [
        (current[current["told"].isin({BASE} - {record})], "ink", {"dy": -15, "style": "label"}),
        (current[current["told"] == record], "accent", {"dy": -17, "style": "key"}),
        (between, "muted", {"align": "right", "dx": 4, "dy": 17, "style": "label"}),
    ]
