"""Was it cheap? What a tonne of Russian and of Saudi crude cost China, a row for each year in which both are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.ground.grid import Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import (
    cell,
    description,
    down,
    finished,
    named,
    point,
    text,
    ticks_within,
    tip,
    with_room,
    year_cell,
)
from story.theme import colour

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.quantity import Quantity
    from story.charts.look import Chart, Mark

RUSSIA, SAUDI = "Russia", "Saudi-Arabia"
SUPPLIERS = {SAUDI: "saudi", RUSSIA: "russian"}  # in the order in which dots are drawn: of equal ones both show
INKS = {"saudi": ("muted", 230), "russian": ("import", 90)}  # colours and areas of dots
EXACT = 0.2  # percent: a difference that is less exactly known is told as a range
SAME = 0.2  # percent: a smaller difference is told as none
HEADING, BAR, BETWEEN, NOTE = 24, 26, 18, 38  # pixels down: words of a year, its dots, below them; years without dots
BESIDE = {"wide": (110, 110), "narrow": (98, 90)}  # pixels on either side of the dots, for what is told of them


class _Pair(NamedTuple):
    """The prices of a year by supplier, what the table tells of them, and by how much Russian crude cost more."""

    year: int
    prices: dict[str, float]
    points: dict[str, str]
    gap: Quantity

    @property
    def same(self) -> bool:
        """Whether both cost as much."""
        return self.gap.least <= 0 <= self.gap.most or abs(self.gap.value) < SAME


def against_saudi_crude(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Dollars a tonne of Russian and of Saudi crude; of the latter only the years whose weight is citable."""
    prices = {supplier: measures.price_per_tonne.series(data, "crude_oil", supplier) for supplier in SUPPLIERS}
    shown = range(min(prices[SAUDI]), max(prices[RUSSIA]) + 1)
    gaps = {year: measures.price_against_saudi.figure(data, year) for year in shown}
    rows = [
        [
            year_cell(year),
            *(cell(prices[supplier].get(year), language, 0) for supplier in (RUSSIA, SAUDI)),
            cell(gaps[year], language),
        ]
        for year in shown
    ]
    names = [SUPPLIERS[supplier] for supplier in (RUSSIA, SAUDI)]
    heads = [Column(f"{key}_usd_per_tonne", words[f"table_{key}"], words["unit"]) for key in names]
    heads.append(Column("difference_percent", words["table_difference"], words["unit_difference"]))
    table = Grid([Column("year", words["table_year"]), *heads], rows, tip=tip(words))
    pairs = [
        _Pair(
            year,
            {key: float(prices[supplier][year].value) for supplier, key in SUPPLIERS.items()},
            {key: point(table, [year - min(shown)], f"{key}_usd_per_tonne")[0] for key in names},
            gap,
        )
        for year, gap in gaps.items()
        if gap
    ]
    alone = [year for year, gap in gaps.items() if not gap]
    used = rows_of([*(items[year] for items in prices.values() for year in shown if year in items)])
    return Plot(lambda size: _rows(pairs, alone, words, language, size), table, used)


def _rows(pairs: list[_Pair], alone: list[int], words: Words, language: ChartLanguage, size: Size) -> Chart:
    """Draw a row for each year with both prices, and say where years without one are left out."""
    low, high = (end(price for pair in pairs for price in pair.prices.values()) for end in (min, max))
    ends = with_room(low, high, size.width - 6, *BESIDE[size.name])
    heads, dots, top = list[tuple[int, str, str]](), list[pd.DataFrame](), 0
    for year in sorted([*(pair.year for pair in pairs), *(year for year in alone if year - 1 not in alone)]):
        pair = next((pair for pair in pairs if pair.year == year), None)
        if pair:
            dots.append(_dots(pair, words, language).assign(place=top + HEADING + BAR / 2))
            heads.append((top + HEADING // 2, _heading(pair, words, language), "ink"))
        else:
            last = next(later for later in range(year, max(alone) + 1) if later + 1 not in alone)
            gone = words["missing" if last > year else "missing_year"].fill(first=year, last=last)
            heads.append((top + HEADING // 2, str(gone), "muted"))
        top += HEADING + BAR + BETWEEN if pair else NOTE
    x, y = _dollars(ends, ticks_within(low, high, 8 if size.name == "wide" else 4), words, language), down("place", top)
    frame = pd.concat(dots)
    layers = [alt.Chart(frame).mark_rule(color=colour("context"), size=3).encode(x, y, alt.X2("other"))]
    for key, (ink, area) in INKS.items():
        own = frame[frame["key"] == key]
        dot: Mark = {"shape": "circle", "fill": colour(ink), "stroke": colour("paper"), "opacity": 1, "size": area}
        layers.append(alt.Chart(own).mark_point(strokeWidth=1.5, **dot).encode(x, y, description()))
        for side, dx in (("right", -13), ("left", 13)):
            layers.append(text(own[own["side"] == side], x, y, ink, align=side, dx=dx, style="label"))
    for ink, style in (("ink", "label"), ("muted", "text")):
        told = pd.DataFrame([head for head in heads if head[2] == ink], columns=["place", "text", "ink"])
        layers.append(text(told.assign(value=ends[0]), x, y, ink, align="left", style=style))
    return finished(layers, size, top + 34)


def _dollars(ends: tuple[float, float], ticks: list[int], words: Words, language: ChartLanguage) -> alt.X:
    """Return the axis of dollars a tonne, which begins where texts do."""
    labels = {tick: str(words["tick"].fill(amount=language.number(tick))) for tick in ticks}
    axis = alt.Axis(
        values=ticks, labelExpr=named(labels), title=None, grid=False, ticks=True, tickColor=colour("context")
    )
    return alt.X("value:Q", scale=alt.Scale(domain=list(ends), nice=False), axis=axis)


def _dots(pair: _Pair, words: Words, language: ChartLanguage) -> pd.DataFrame:
    """Return a row for each dot of a year, with its text and the side on which the text ends at it; of equals one."""
    rows = []
    for key, price in pair.prices.items():
        other = next(value for name, value in pair.prices.items() if name != key)
        side = "right" if price < other else "left"
        told = words[key].fill(price=language.number(round(price)))
        if pair.same:
            side, told = (
                ("left", words["both"].fill(price=language.number(round(price)))) if key == "saudi" else ("", "")
            )
        rows.append((key, price, other, side, str(told), pair.points[key]))
    return pd.DataFrame(rows, columns=["key", "value", "other", "side", "text", "point"])


def _heading(pair: _Pair, words: Words, language: ChartLanguage) -> str:
    """Say by how much a tonne of Russian crude cost less, or more; as a range where that is not exactly known."""
    if pair.same:
        return str(words["same"].fill(year=pair.year))
    low, high = sorted(abs(float(end)) for end in (pair.gap.least, pair.gap.most))
    value = language.number(abs(pair.gap.value), 1)
    if pair.gap.precision > EXACT:
        value = f"{language.number(int(low))}–{language.number(-int(-high // 1))}"
    return str(words["less" if pair.gap.value < 0 else "more"].fill(year=pair.year, value=value))
