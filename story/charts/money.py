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
from story.charts.labels import LEADING, WIDTH, Box, Label, Plane, Spot, around, beside, level, placed, written
from story.charts.look import Axes, description, finished, named, point, some_years, text, tip, years
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
HEIGHTS = {"wide": 400, "narrow": 376}  # in the narrow drawing the key stands above a hundred percent
TICKS = (0, 25, 50, 75, 100)  # percent
ABOVE = {"wide": 106, "narrow": 134}  # percent: room for half a dot, and in a narrow drawing for the key
DAYS = 365.25
# The beginnings of what the statements are about that stand out: in a wide drawing two that differ.
TITLED = {"wide": ("2021-01", "2024-10", "2024-12"), "narrow": ("2021-01", "2023-12")}
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
            "share": [float(item.share.value) for item in found],
        }
    )
    frame["point"] = point(table, numbers, [f"{measure}_percent" for measure in frame["measure"]])
    rows = frozenset(row for item in found for row in item.share.rows)
    return Plot(lambda size: _drawn(frame, found, words, language, size), table, rows, "full")


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


def _drawn(frame: pd.DataFrame, found: list[_Said], words: Words, language: ChartLanguage, size: Size) -> Chart:
    """Draw each statement as a dot at the middle of its time, with a line as long as that time; name four."""
    first, last = int(frame["first"].min()), int(frame["last"].max() + 0.4) + 1
    x = years(first, last, some_years(first + 1, last - 1, 12 if size.name == "wide" else 4))
    names = {tick: f"{language.number(tick)}{words['unit']}" for tick in TICKS}
    axis = alt.Axis(values=list(TICKS), labelExpr=named(names), title=None)
    height, top = HEIGHTS[size.name], ABOVE[size.name]
    y = alt.Y("share:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=axis)
    plane = Plane.of(size, height, (first, last), (0, top), "100%%")  # a percent sign is as wide as two digits
    layers = []
    for measure in MEASURES:
        own, ink = frame[frame["measure"] == measure], colour(_ink(measure))
        layers += [
            alt.Chart(own.assign(year=own["first"])).mark_rule(color=ink, size=1).encode(x, y, alt.X2("last")),
            alt.Chart(own).mark_point(**_dot(measure), opacity=1, size=AREAS[size.name]).encode(x, y, description()),
        ]
    key, room = _key(words, plane, size, Axes(x, y))
    labels = placed(_labels(found, words, plane, size), [room, *_taken(found, plane)], plane, size)
    return finished([*layers, *key, *written(labels, x, y, ("year", "share"))], size, height)


def _ink(measure: str) -> str:
    return INKS.get(measure, "accent")


def _taken(found: list[_Said], plane: Plane) -> list[Box]:
    """Return what labels must not cover: dots, and the lines through them."""
    boxes = list[Box]()
    for item in found:
        share = float(item.share.value)
        boxes.append(around(*plane.at(item.middle, share), 5))
        boxes += plane.line([(item.first, share), (item.last, share)], 4)
    return boxes


def _labels(found: list[_Said], words: Words, plane: Plane, size: Size) -> list[Label]:
    """Tell speaker and share of the statements that stand out, and of the newest that officials and the bank made."""
    titled = [item for item in found if item.measure == BOTH and item.period in TITLED[size.name]]
    newest = [[item for item in found if item.measure == measure][-1] for measure in (BOTH, EXPORTS)]
    return [_label(item, words, plane, size, titled=item in titled) for item in dict.fromkeys((*newest, *titled))]


def _label(item: _Said, words: Words, plane: Plane, size: Size, *, titled: bool) -> Label:
    """Tell of one statement who made it, and the share; what stands out, below or above its dot."""
    x, y = plane.at(item.middle, float(item.share.value))
    split = titled and size.name == "narrow"
    said = (item.who, item.said) if split else (words["label"].fill(who=item.who, share=item.said),)
    half = (item.last - item.first) / 2 * plane.width / (plane.across[1] - plane.across[0])
    below = 7 + (size.label + LEADING) * len(said) / 2
    spots = [*level(x, y, max(4, half), 3), *beside(x, y, 4, size.text * len(said)), *level(x, y, 4, 18)]
    own = [Spot(x - 4, y + below), Spot(x + 4, y - below, "right")] if titled else []
    return Label(said, _ink(item.measure), [*own, *spots], titled)


def _key(words: Words, plane: Plane, size: Size, axes: Axes) -> tuple[list[alt.Chart], Box]:
    """Name each series beside its sign at the top on the left, where no statement is; return the room it takes."""
    layers, longest = list[alt.Chart](), 0
    top = 8 if size.name == "narrow" else plane.at(0, TICKS[-1])[1] + 16  # no line of the grid runs through a name
    for row, measure in enumerate(MEASURES):
        name = " ".join(str(words[f"{measure}_{part}"]) for part in ("name", "scope"))
        longest = max(longest, len(name))
        sign, line = (plane.values(left, top + row * (size.text + 5)) for left in (10, 20))
        at, told = (pd.DataFrame({"year": [x], "share": [y], "text": [name]}) for x, y in (sign, line))
        layers.append(alt.Chart(at).mark_point(**_dot(measure), opacity=1, size=AREAS[size.name]).encode(*axes))
        layers.append(text(told, axes.x, axes.y, _ink(measure), align="left"))
    return layers, Box(0, 0, 24 + longest * size.text * WIDTH, top + len(MEASURES) * (size.text + 5))


def _dot(measure: str) -> Mark:
    """Return the sign of a series."""
    ink = colour(_ink(measure))
    fill = colour("paper") if measure in OPEN else ink
    return {"shape": SHAPES.get(measure, "circle"), "fill": fill, "stroke": ink, "strokeWidth": 1.5}
