"""In what money? What officials say, a row for each statement; no lines, because they measure different things."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.grid import Cell, Column, Grid
from press.quantity import decimals
from story import measures
from story.charts.look import cleared, description, down, finished, label_expression, point, text, tip
from story.theme import colour

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content import ChartLanguage, Words
    from press.data import Data, Row
    from press.quantity import Quantity
    from story.charts.look import Chart, Mark

PANELS = {
    "both": ("rouble_and_yuan_in_bilateral_settlement",),
    "yuan": ("yuan_in_bilateral_settlement",),
    "world": ("yuan_in_russian_exports", "yuan_in_russian_imports"),
}
EXPORTS, IMPORTS = PANELS["world"]
SHAPES = {IMPORTS: "diamond"}  # all others are circles
TOUCHING = 9  # pixels from the middle of a dot to that of one that it touches
ASIDE = {EXPORTS: -3, IMPORTS: 3}  # pixels that dots which would touch lie above and below the middle of their row
TICKS, HALF = (0, 50, 100), 50
NO_OFFICIALS = frozenset({"bne IntelliNews"})
YEAR_MONTHS = (1, 12)


class _Told(NamedTuple):
    """A statement: its panel and measure, when and by whom, its figure, as it was said."""

    panel: str
    measure: str
    when: str
    who: str
    share: Quantity
    said: str

    @property
    def row(self) -> tuple[str, str, str]:
        """The row that it stands in, with another of the same panel, time and speaker."""
        return self.panel, self.when, self.who


def in_what_money(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Shares of currencies in settlements as stated, in three panels of rows."""
    found = [
        _Told(panel, measure, _when(row, words, language), _who(row, words), share, _said(row, share, words, language))
        for panel, group in PANELS.items()
        for measure in group
        for row, share in measures.settlements(data, measure)
        if row["said_by"] not in NO_OFFICIALS
    ]
    keys = list(dict.fromkeys(item.row for item in found))
    table = _table(found, keys, words)
    frame = pd.DataFrame(
        [(item.panel, item.measure, float(item.share.value)) for item in found], columns=["panel", "measure", "share"]
    )
    frame["row"] = [keys.index(item.row) for item in found]
    frame["point"] = point(table, frame["row"], [f"{measure}_percent" for measure in frame["measure"]])
    frame["name"] = [
        item.when if item.panel == "world" else words["row"].fill(when=item.when, who=item.who) for item in found
    ]
    rows = frozenset(row for item in found for row in item.share.rows)
    return Plot(lambda size: _panels(frame, found, words, language, size), table, rows)


def _table(found: list[_Told], keys: list[tuple[str, str, str]], words: Words) -> Grid:
    """Return a table with a row for each key, which is a panel, a time and a speaker, and a column for each measure."""
    measured = [measure for group in PANELS.values() for measure in group]
    cells = {(*item.row, item.measure): Cell(item.said, round(item.share.value, 1)) for item in found}
    columns = [Column(f"{measure}_percent", words[f"table_{measure}"], words["unit"]) for measure in measured]
    rows = []
    for key in keys:
        _, when, who = key
        head = words["statement"].fill(when=when, who=who)
        rows.append([Cell(head, head), *(cells.get((*key, measure), Cell("", None)) for measure in measured)])
    return Grid([Column("when_and_by_whom", words["table_statement"]), *columns], rows, "rows", tip(words))


def _when(row: Row, words: Words, language: ChartLanguage) -> str:
    """Write the period of a statement: a year, a month, or some months of a year."""
    first, last = (date.fromisoformat(str(row[f"period_{end}"])) for end in ("start", "end"))
    if (first.month, last.month) == YEAR_MONTHS:
        return str(first.year)
    names = language.months()
    if first.month == last.month:
        return words["month"].fill(month=names[first.month - 1], year=first.year)
    return words["months"].fill(first=names[first.month - 1], last=names[last.month - 1], year=first.year)


def _who(row: Row, words: Words) -> str:
    """Name in short who gave a figure."""
    return str(words[re.sub(r"[^a-z0-9]+", "_", str(row["said_by"]).lower())])


def _said(row: Row, share: Quantity, words: Words, language: ChartLanguage) -> str:
    """Write a share with the word that its speaker put before it; said as a fraction, as the fraction."""
    number, how = language.number(share.value, decimals(share, 1)), str(row["qualifier"])
    if share.precision > 1:
        return str(words[f"{how}_{str(share.value).replace('.', '_')}"])
    return words[how].fill(value=number)


class _Room(NamedTuple):
    """How rows lie in a drawing, in pixels: a row, a heading, the space between panels; what names take beside them.

    From a share of ``told`` percent on there is room for a text between zero and a dot, from ``named`` on for the name
    of its measure, too. The narrow drawing is no higher than a card can show legibly.
    """

    row: int
    heading: int
    between: int
    names: int
    below: int
    told: int
    named: int

    @classmethod
    def of(cls, size: Size) -> _Room:
        """Return that of a size."""
        return cls(20, 28, 14, 190, 40, 10, 25) if size.name == "wide" else cls(16, 21, 4, 134, 31, 20, 60)


def _panels(frame: pd.DataFrame, found: list[_Told], words: Words, language: ChartLanguage, size: Size) -> Chart:
    """Draw the rows of each panel below its heading, the panels below each other."""
    room, wide = _Room.of(size), size.name == "wide"
    above = frame["panel"].map({panel: number for number, panel in enumerate(PANELS)}) * (room.heading + room.between)
    frame = frame.assign(place=above + room.heading + (frame["row"] + 0.5) * room.row)
    frame["text"], frame["side"] = zip(*_labels(found, words, room), strict=True)
    height = frame["place"].max() + room.row / 2
    per_point = (size.width - room.names - 14) / TICKS[-1]
    start = -room.names / per_point
    x = _shares(start, per_point, f"{label_expression(TICKS, language)} + '{words['unit']}'", grid=not wide)
    y = down("place", height)
    places = frame.groupby("panel")["place"]
    ends = pd.DataFrame({"place": places.min() - room.row / 2, "low": places.max() + room.row / 2})
    headings = pd.DataFrame(
        {
            "place": [float(ends["place"][panel]) - room.heading / 2 for panel in PANELS],
            "share": start,
            "text": [words[f"{'' if wide else 'short_'}heading_{panel}"] for panel in PANELS],
        }
    )
    names = frame.drop_duplicates("row").assign(share=start, text=lambda rows: rows["name"])
    layers = [
        _paper(ends, x, y) if wide else cleared(ends.assign(place=ends["place"] - room.heading, low=ends["place"]), y),
        text(headings, x, y, "ink", align="left", fontWeight="bold"),
        text(names, x, y, "muted", align="left"),
        *_dots(frame, x, down("at", height), per_point),
    ]
    for side, dx in (("left", 8), ("right", -8)):
        layers.append(text(frame[(frame["side"] == side) & (frame["text"] != "")], x, y, "ink", align=side, dx=dx))
    return finished(alt.layer(*layers), size, round(height) + room.below)


def _shares(start: float, per_point: float, labels: str, *, grid: bool) -> alt.X:
    """Return the axis of percents, which begins where the names of rows do."""
    within = {"condition": {"test": f"datum.value == {TICKS[-1]}", "value": "right"}, "value": "center"}
    style: Mark = {"title": None, "labelAlign": within, "labelFlush": False, "grid": grid}
    axis = alt.Axis(values=list(TICKS), labelExpr=labels, **style)
    return alt.X("share:Q", scale=alt.Scale(domain=[start, TICKS[-1] + 8 / per_point], nice=False), axis=axis)


def _paper(ends: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    """Lay a pale panel behind rows: on the narrow drawing a text would touch its edge, and the grid takes its place."""
    panels = alt.Chart(ends.assign(share=0, end=TICKS[-1])).mark_rect(color=colour("raised"))
    return panels.encode(x, y, alt.X2("end"), alt.Y2("low"))


def _dots(frame: pd.DataFrame, x: alt.X, y: alt.Y, per_point: float) -> Iterator[alt.Chart]:
    """Draw the shares, each measure with its mark; two of a row that would touch lie aside of its middle."""
    shares = frame.groupby("row")["share"]
    gap = (shares.transform("max") - shares.transform("min")) * per_point
    frame = frame.assign(at=frame["place"] + frame["measure"].map(ASIDE).where(gap.between(0, TOUCHING, "neither"), 0))
    for measure in (measure for group in PANELS.values() for measure in group):
        ink = colour("ink" if measure in PANELS["world"] else "accent")
        dot: Mark = {"shape": SHAPES.get(measure, "circle"), "filled": True, "color": ink, "opacity": 1, "size": 60}
        yield alt.Chart(frame[frame["measure"] == measure]).mark_point(**dot).encode(x, y, description())


def _labels(found: list[_Told], words: Words, room: _Room) -> list[tuple[str, str]]:
    """Return what is written beside each dot, and to which of its sides the text is set."""
    groups = {key: [item for item in found if item.row == key] for key in dict.fromkeys(item.row for item in found)}
    pairs = [key for key, group in groups.items() if len(group) > 1]
    named = {*pairs[3:4], *pairs[-1:]}  # beside the first pairs there is no room for the names of their measures
    return [_beside(groups[item.row], item, words, room, named=item.row in named) for item in found]


def _beside(group: list[_Told], item: _Told, words: Words, room: _Room, *, named: bool) -> tuple[str, str]:
    """Return the text of one dot and its side.

    Of two dots in a row each has its text on its outer side, with the name of its measure where rows are ``named``;
    both stand after the higher where there is no room before the lower.
    """
    low, high = min(group, key=_share), max(group, key=_share)
    if low is high:
        return item.said, "left" if item.share.value <= HALF else "right"
    side = "left" if item is high else "right"
    if low.share.value < room.told:
        return f"{low.said} · {high.said}" if item is high else "", side
    if not named or (item is low and low.share.value < room.named):
        return item.said, side
    return words[f"{'after' if item is high else 'before'}_{item.measure}"].fill(share=item.said), side


def _share(item: _Told) -> float:
    return float(item.share.value)
