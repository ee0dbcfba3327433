"""In what money? What officials say, a dot for each statement; no lines join them: speakers count differently."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.ground.grid import Cell, Column, Grid
from press.quantity import cell_of, decimals
from story import measures
from story.charts.labels import LEADING, Box, Label, Plane, Spot, around, beside, level, placed, written
from story.charts.look import Axes, description, finished, named, point, text, tip, war
from story.theme import colour

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data, Row
    from press.quantity import Quantity
    from story.charts.look import Chart, Mark

BOTH, YUAN = "rouble_and_yuan_in_bilateral_settlement", "yuan_in_bilateral_settlement"
EXPORTS, IMPORTS = "yuan_in_russian_exports", "yuan_in_russian_imports"
MEASURES = (BOTH, YUAN, EXPORTS, IMPORTS)
WORLD = (EXPORTS, IMPORTS)  # the same institution gives these two
SHAPES = {IMPORTS: "diamond"}  # all others are circles
OPEN = (YUAN,)  # their dots are open
INKS = {EXPORTS: "muted", IMPORTS: "ink"}  # of all others it is the accent
AREAS = {"wide": 55, "narrow": 40}
FROM = 2020  # of earlier years one statement is known
TICKS, TOP = (0, 25, 50, 75, 100), 122  # percent; with room for a heading above
HEIGHTS = {"wide": 380, "narrow": 540}  # of two panels beside each other, or below
INVADED = 2022.15  # 24 February 2022
DAYS = 365.25
# The beginnings of what the statements of officials are about that are named: where there is room, one from before the
# war, and of late two that differ.
TITLED = {
    "full": ("2021-01", "2024-10", "2024-12"),
    "wide": ("2022-04", "2024-10", "2024-12"),
    "narrow": ("2022-04", "2023-12"),
}
NO_OFFICIALS = frozenset({"bne IntelliNews"})
YEAR_MONTHS = (1, 12)


class _Said(NamedTuple):
    """A statement: its measure, when and by whom, its figure, as it was said; its first month; its years."""

    measure: str
    when: str
    who: str
    share: Quantity
    said: str
    period: str
    first: float
    last: float

    @property
    def middle(self) -> float:
        """When it is drawn, in years."""
        return (self.first + self.last) / 2


def in_what_money(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Shares of currencies in settlements as stated, by the time that they are about."""
    found = [
        _Said(
            measure,
            _when(row, words, language),
            _who(row, words),
            share,
            _said(row, share, words, language),
            str(row["period_start"])[:7],
            _year(row["period_start"]),
            _year(row["period_end"]),
        )
        for measure in MEASURES
        for row, share in measures.settlements(data, measure)
        if row["said_by"] not in NO_OFFICIALS
    ]
    table = _table(found, words)
    numbers = _numbers(found)
    frame = pd.DataFrame(
        {
            "measure": [item.measure for item in found],
            "year": [item.middle for item in found],
            "first": [item.first for item in found],
            "last": [item.last for item in found],
            "value": [float(item.share.value) for item in found],
        }
    )
    frame["point"] = point(table, numbers, [f"{measure}_percent" for measure in frame["measure"]])
    rows = frozenset(row for item in found for row in item.share.rows)
    shown = [item for item in found if item.first >= FROM]
    drawn = frame[frame["first"] >= FROM]
    return Plot(lambda size: _drawn(drawn, shown, words, language, size), table, rows, "full")


def _keys(found: list[_Said]) -> list[tuple[str, str, str]]:
    """Return a key for each statement: those on the yuan in all exports and all imports of one time share theirs."""
    return [("world" if item.measure in WORLD else item.measure, item.when, item.who) for item in found]


def _numbers(found: list[_Said]) -> list[int]:
    """Return the row of the table in which each statement stands."""
    keys = _keys(found)
    rows = list(dict.fromkeys(keys))
    return [rows.index(key) for key in keys]


def _table(found: list[_Said], words: Words) -> Grid:
    """Return a table with a row for each key of statements and a column for each measure."""
    keys = _keys(found)
    cells = {
        (*key, item.measure): cell_of(item.share, item.share.value, item.said, round(item.share.value, 1))
        for key, item in zip(keys, found, strict=True)
    }
    columns = [Column(f"{measure}_percent", words[f"table_{measure}"], words["unit"]) for measure in MEASURES]
    rows = []
    for key in dict.fromkeys(keys):
        _, when, who = key
        head = words["statement"].fill(when=when, who=who)
        rows.append([Cell(head, head), *(cells.get((*key, measure), Cell("", None)) for measure in MEASURES)])
    return Grid([Column("when_and_by_whom", words["table_statement"]), *columns], rows, "rows", tip(words))


def _year(day: object) -> float:
    """Return a day as a year and a part of it."""
    known = date.fromisoformat(str(day))
    return known.year + known.timetuple().tm_yday / DAYS


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


class _Panels(NamedTuple):
    """Two panels on one plane: by how many years, and percent, that of either kind of statement is moved there."""

    last: int
    across: int
    up: int
    axes: Axes
    plane: Plane

    def moved(self, measure: str) -> tuple[int, int]:
        """Return the shift of the panel of a measure: the bank's stands on the right, or below."""
        return (self.across, 0) if measure in WORLD else (0, self.up)

    def at(self, item: _Said, year: float) -> tuple[float, float]:
        """Return where a statement stands at a time, in pixels."""
        across, up = self.moved(item.measure)
        return self.plane.at(year + across, float(item.share.value) + up)


def _panels(last: int, language: ChartLanguage, words: Words, size: Size) -> _Panels:
    wide, height = size.name == "wide", HEIGHTS[size.name]
    across, up = (last + 1 - FROM, 0) if wide else (0, TOP + 20)
    starts = sorted({0, across})
    names = {year + start: str(year) for start in starts for year in range(FROM, last + 1, 1 if wide else 2)}
    shares = {tick + start: f"{language.number(tick)}{words['unit']}" for start in sorted({0, up}) for tick in TICKS}
    x_axis = alt.Axis(values=[*names], labelExpr=named(names), title=None, grid=False, labelFlush=False)
    y_axis = alt.Axis(values=[*shares], labelExpr=named(shares), title=None, grid=False)
    ends, top = (FROM - 0.1, last + across + 0.1), TOP + up
    x = alt.X("year:Q", scale=alt.Scale(domain=[*ends], nice=False), axis=x_axis)
    y = alt.Y("value:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=y_axis)
    plane = Plane.of(size, height, ends, (0, top), "100%%")  # a percent sign is as wide as two digits
    return _Panels(last, across, up, Axes(x, y), plane)


def _drawn(frame: pd.DataFrame, found: list[_Said], words: Words, language: ChartLanguage, size: Size) -> Chart:
    """Draw each statement as a dot at the middle of its time, with a line as long as that time."""
    panels = _panels(int(frame["last"].max() + 0.4) + 1, language, words, size)
    axes, layers = panels.axes, list[alt.Chart]()
    for measure, name in ((BOTH, "officials"), (EXPORTS, "bank")):
        across, up = panels.moved(measure)
        rules = pd.DataFrame(
            {"value": [tick + up for tick in TICKS], "year": FROM + across, "last": panels.last + across}
        )
        layers.append(alt.Chart(rules).mark_rule(color=colour("rule")).encode(*axes, alt.X2("last")))
        layers += war(words, axes, up + 60, (up, up + TICKS[-1]), INVADED + across)
        heading = pd.DataFrame({"year": [FROM + across], "value": [up + TOP - 6], "text": [words[name]]})
        layers.append(text(heading, *axes, "ink", align="left", style="label"))
    for measure in MEASURES:
        own, ink = frame[frame["measure"] == measure], colour(_ink(measure))
        across, up = panels.moved(measure)
        own = own.assign(**{end: own[end] + across for end in ("year", "first", "last")}, value=own["value"] + up)
        layers += [
            alt.Chart(own.assign(year=own["first"])).mark_rule(color=ink, size=1).encode(*axes, alt.X2("last")),
            alt.Chart(own).mark_point(**_dot(measure), opacity=1, size=AREAS[size.name]).encode(*axes, description()),
        ]
    labels = placed(_labels(found, words, panels, size), _taken(found, panels), panels.plane, size)
    return finished([*layers, *written(labels, *axes, ("year", "value"))], size, HEIGHTS[size.name])


def _ink(measure: str) -> str:
    return INKS.get(measure, "accent")


def _taken(found: list[_Said], panels: _Panels) -> list[Box]:
    """Return what labels must not cover: dots, lines through them, thin lines, and where the other panel begins."""
    boxes = list[Box]()
    for item in found:
        boxes.append(around(*panels.at(item, item.middle), 5))
        (left, y), (right, _) = panels.at(item, item.first), panels.at(item, item.last)
        boxes.append(Box(left, y - 2, right, y + 2))
    for across, up in {panels.moved(measure) for measure in MEASURES}:
        boxes += panels.plane.line([(INVADED + across, up), (INVADED + across, up + TICKS[-1])], 2)
        boxes += panels.plane.line([(FROM + across, up), (FROM + across, up + TOP)]) if across else []
    return boxes


def _labels(found: list[_Said], words: Words, panels: _Panels, size: Size) -> list[Label]:
    """Tell speaker and share of the statements that stand out and of the newest, and what the others are, at one."""
    titled = [item for item in found if item.measure == BOTH and item.period in TITLED[size.shown]]
    newest = [[item for item in found if item.measure == measure][-1] for measure in (BOTH, *WORLD)]
    alone = [item for item in found if item.measure == YUAN]
    labels = list[Label]()
    for item in dict.fromkeys((*newest, *titled, *alone)):
        who = item.who if item.measure == BOTH else str(words[f"{item.measure}_name"])
        early = item.first < INVADED  # between the axis and the thin line there is room for lines that are short
        split = item in titled and (early or size.name == "narrow")
        said = (who, item.said) if split else (words["label"].fill(who=who, share=item.said),)
        (x, y), (right, _) = panels.at(item, item.middle), panels.at(item, item.last)
        half, lines = max(4, right - x), len(said)
        below = 7 + (size.label + LEADING) * lines / 2
        own = [Spot(x - 4, y + below), Spot(x + 4, y - below, "right")] if item in titled else []
        spots = [*own, *level(x, y, half, 3), *beside(x, y, 4, size.text * lines), *level(x, y, 4, 18)]
        named = item.measure != YUAN
        labels.append(Label(said, _ink(item.measure), spots, bold=named, must=named))
    return labels


def _dot(measure: str) -> Mark:
    """Return the sign of a series."""
    ink = colour(_ink(measure))
    fill = colour("paper") if measure in OPEN else ink
    return {"shape": SHAPES.get(measure, "circle"), "fill": fill, "stroke": ink, "strokeWidth": 1.5}
