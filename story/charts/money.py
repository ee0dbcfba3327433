"""In what money? What officials said and what the Bank of Russia counts, listed on one scale, a row for each time."""

from __future__ import annotations

import re
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.ground.grid import Cell, Column, Grid
from press.quantity import cell_of, decimals
from story import measures
from story.charts.labels import written
from story.charts.look import description, down, finished, named, point, tip
from story.theme import colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from press.content import ChartLanguage, Words
    from press.data import Data, Row
    from press.quantity import Quantity
    from story.charts.look import Chart

BOTH, YUAN = "rouble_and_yuan_in_bilateral_settlement", "yuan_in_bilateral_settlement"
EXPORTS, IMPORTS = "yuan_in_russian_exports", "yuan_in_russian_imports"
INKS = {BOTH: "accent", YUAN: "muted", EXPORTS: "muted", IMPORTS: "ink"}  # of each measure
WORLD = (EXPORTS, IMPORTS)  # the same institution gives these two
FROM, INVADED = "2020", "2022-02-24"  # of years before that one statement is known
TICKS = (0, 50, 100)  # percent
ROW = {"wide": 20, "narrow": 17}  # pixels from row to row
# Pixels from the left to who speaks, where that stands apart, and to where the scale begins; from its end to the right.
WHO, ZERO, END = 96, {"wide": 262, "narrow": 140}, 18
NEAR, LETTER = 9, 7  # pixels from a dot to its words, and of a letter of them
HIGH = 50  # percent: of a higher share the words stand on the left of the dot
NO_OFFICIALS = frozenset({"bne IntelliNews"})
YEAR_MONTHS = (1, 12)


class _Said(NamedTuple):
    """A statement: its measure, when and by whom, its figure, as said; its first and last day; what is told of it."""

    measure: str
    when: str
    date: str  # the same in short
    who: str
    share: Quantity
    said: str
    first: str
    last: str
    told: str = ""


def in_what_money(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Shares of currencies in settlements as stated, listed by the end of the time that they are about."""
    found = [
        _Said(
            measure,
            _when(row, words, language.months()),
            _when(row, words, words["months_short"].split()),
            _who(row, words),
            share,
            _said(row, share, words, language),
            str(row["period_start"]),
            str(row["period_end"]),
        )
        for measure in INKS
        for row, share in measures.settlements(data, measure)
        if row["said_by"] not in NO_OFFICIALS
    ]
    found.sort(key=lambda item: (item.last, item.first))
    heads = [Column("when_by_whom_of_what", words["table_statement"]), Column("share_percent", words["table_share"])]
    table = Grid(heads, [_cells(item, words) for item in found], tip=tip(words))
    told = point(table, range(len(found)), "share_percent")
    listed = [item._replace(told=each) for item, each in zip(found, told, strict=True) if item.first >= FROM]
    rows = frozenset(row for item in found for row in item.share.rows)
    return Plot(lambda size: _drawn(listed, words, language, size), table, rows)


def _cells(item: _Said, words: Words) -> list[Cell]:
    """Return what the table says of a statement."""
    head = words["statement"].fill(when=item.when, who=item.who, what=words[f"table_{item.measure}"])
    return [Cell(head, head), cell_of(item.share, item.share.value, item.said, round(item.share.value, 1))]


def _when(row: Row, words: Words, names: Sequence[str]) -> str:
    """Write the period of a statement: a year, a month, or some months of a year."""
    first, last = (date.fromisoformat(str(row[f"period_{end}"])) for end in ("start", "end"))
    if (first.month, last.month) == YEAR_MONTHS:
        return str(first.year)
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


class _Sheet(NamedTuple):
    """What is laid out row by row, in percent across and in pixels down: texts, dots and what they tell, lines."""

    size: Size
    texts: list[tuple[float, float, str, str, str, str]]
    dots: list[tuple[float, float, str, str]]
    lines: list[tuple[float, float, float, float, str]]

    @property
    def pixel(self) -> float:
        """How many percent wide a pixel is."""
        return TICKS[-1] / (self.size.width - ZERO[self.size.name] - END)

    def across(self, pixels: float) -> float:
        """Return the percent at a place so many pixels from the left."""
        return (pixels - ZERO[self.size.name]) * self.pixel


def _drawn(listed: list[_Said], words: Words, language: ChartLanguage, size: Size) -> Chart:
    """List what officials said, a row each; below, what the bank counts, a row for each month."""
    sheet, step = _Sheet(size, [], [], []), ROW[size.name]
    officials = [[item] for item in listed if item.measure not in WORLD]
    months = groupby((item for item in listed if item.measure in WORLD), key=lambda item: item.last)
    end = _block(sheet, step / 2, "officials", officials, words)
    height = round(_block(sheet, end + step / 2, "bank", [[*month] for _, month in months], words))
    shares = {tick: f"{language.number(tick)}{words['unit']}" for tick in TICKS}
    axis = alt.Axis(values=[*shares], labelExpr=named(shares), title=None, grid=False, orient="top", labelFlush=False)
    ends = [sheet.across(0), sheet.across(size.width)]
    x, y = alt.X("share:Q", scale=alt.Scale(domain=ends, nice=False), axis=axis), down("row", height)
    lines = pd.DataFrame(sheet.lines, columns=["share", "row", "to", "end", "ink"])
    dots = pd.DataFrame(sheet.dots, columns=["share", "row", "point", "ink"])
    layers = [
        alt.Chart(own).mark_rule(color=colour(str(ink))).encode(x, y, alt.X2("to"), alt.Y2("end"))
        for ink, own in lines.groupby("ink", sort=False)
    ]
    for ink, own in dots.groupby("ink", sort=False):
        dot = alt.Chart(own).mark_circle(color=colour(str(ink)), size=60, opacity=1)
        layers.append(dot.encode(x, y, description()))
    texts = pd.DataFrame(sheet.texts, columns=["x", "y", "text", "ink", "style", "align"])
    layers += written(texts, x, y, ("share", "row"))
    return finished(layers, size, height + 30)


def _block(sheet: _Sheet, at: float, name: str, rows: list[list[_Said]], words: Words) -> float:
    """Lay out a heading, and rows below it with a line where the war began; return where they end."""
    step, left = ROW[sheet.size.name], sheet.across(0)
    sheet.texts.append((left, at, words[name], "ink", "label", "left"))
    sheet.texts.append((left, at + step, words[f"{name}_of"], "muted", "text", "left"))
    top, at, before = at + 1.6 * step, at + 2.2 * step, True
    for row in rows:
        if before and row[0].last > INVADED:
            sheet.texts.append((left, at, words["war"], "muted", "text", "left"))
            sheet.lines.append((sheet.across(WHO), at, sheet.across(sheet.size.width), at, "context"))
            at, before = at + step, False
        _row(sheet, at, row, words)
        at += step
    sheet.lines.extend((tick, top, tick, at - step / 2, "rule") for tick in TICKS)
    return at


def _row(sheet: _Sheet, at: float, row: list[_Said], words: Words) -> None:
    """Lay out when, who and how much; of two shares the lower is told on the left, the other on the right."""
    wide, items = sheet.size.name == "wide", sorted(row, key=lambda item: item.share.value)
    when, who = items[0].date, "" if items[0].measure in WORLD else items[0].who
    if who and wide:
        sheet.texts.append((sheet.across(WHO), at, who, "ink", "text", "left"))
    elif who:
        when = f"{when} {who.split()[-1]}"  # of an office the last word alone
    sheet.texts.append((sheet.across(0), at, when, "muted" if wide else "ink", "text", "left"))
    shares = [float(item.share.value) for item in items]
    if len(items) > 1:
        sheet.lines.append((shares[0], at, shares[-1], at, "context"))
    for item, share in zip(items, shares, strict=True):
        said, ink, near = item.said, INKS[item.measure], NEAR * sheet.pixel
        left = share < shares[-1] or (len(items) == 1 and share > HIGH)
        if item.measure != BOTH:
            said = words[item.measure].fill(share=item.said)
            if left and share - near - len(said) * LETTER * sheet.pixel < sheet.across(len(when) * LETTER):
                said = words[f"{item.measure}_short"].fill(share=item.said)
        place, align = (share - near, "right") if left else (share + near, "left")
        sheet.texts.append((place, at, said, ink, "label" if wide and item.measure == BOTH else "text", align))
        sheet.dots.append((share, at, item.told, ink))
