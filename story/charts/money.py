"""In what money the two countries pay each other: what officials said, one statement
below the other.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms import (
    Axes,
    Chart,
    MarkProperties,
    describe_marks,
    draw_marks,
    draw_texts,
    extend_scale,
    finish_chart,
    make_hidden_axis,
    make_tip,
    measure_widest_text,
    tell_points,
)
from press.ground.grid import Cell, Column, Grid
from press.quantity import count_decimals_to_show, make_cell_of_end, rows_behind
from story import statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content import ChartLanguage, Words
    from press.data import Data, Row
    from press.quantity import Quantity

MEASURE = "rouble_and_yuan_in_bilateral_settlement"
COLUMN = f"{MEASURE}_percent"
FIRST = "2021"  # before that no official named a share
WAR = "2022-02-24"
YEAR_MONTHS = (1, 12)
LEVELS = (0, 50, 100)  # percent
HALF = 55  # percent: above it a share is told on the left of its dot
# in pixels
ROW = 27
HEAD = 30  # of the drawing, for the names of levels
LOW = 5  # from the line of the war to the foot of its row
SIDE = 11  # between a dot and its share
EDGE = 22  # on the right of the highest share
BETWEEN = 12  # between columns, and between the last and the scale


class _Statement(NamedTuple):
    """What an official said: the day on which the time ends that it is about, that time
    and the official, as told, and the share, as said.
    """

    end: str
    when: str
    who: str
    share: Quantity
    said: str


def in_what_money(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Draw the share of roubles and yuan in settlements that each statement names, the
    earliest on top.
    """
    told = _read_statements(data, words, language)
    found = sorted(told, key=lambda each: each.end)
    rows = list[list[Cell]]()
    for each in found:
        head = words["statement"].fill(when=each.when, who=each.who)
        share = each.share
        cell = make_cell_of_end(share, share.value, each.said, round(share.value, 1))
        rows.append([Cell(head, head), cell])
    columns = (
        Column("when_and_by_whom", words["table_statement"]),
        Column(COLUMN, words["table_share"]),
    )
    table = Grid(columns, rows, tip=make_tip(words))
    frame = pd.DataFrame(found)
    frame["value"] = [float(each.share.value) for each in found]
    frame["point"] = tell_points(table, range(len(found)), COLUMN)
    # a row is left free for the war
    is_after_war = frame["end"] > WAR
    frame["row"] = HEAD + (frame.index + is_after_war + 0.5) * ROW
    marks = frame.drop(columns=["share"])
    height = HEAD + (len(found) + 1) * ROW
    war = HEAD + [*is_after_war].count(False) * ROW

    def draw_at_size(size: Size) -> Chart:
        column = measure_widest_text(frame["who"], size.text) + BETWEEN
        left = column + measure_widest_text(frame["when"], size.text) + BETWEEN
        scale = extend_scale(0, 100, size.width, left, EDGE)
        x = make_hidden_axis(alt.X, "value", *scale)
        axes = Axes(x, make_hidden_axis(alt.Y, "row", height, 0))
        layers = [*_draw_levels(words, axes), *_draw_war(war, words, axes)]
        layers += _draw_statements(marks, axes, column)
        return finish_chart(layers, size, height, axes)

    return Plot(draw_at_size, table, rows_behind(each.share for each in found))


def _read_statements(
    data: Data, words: Words, language: ChartLanguage
) -> Iterator[_Statement]:
    """Yield what officials said since the first of them did."""
    for row, share in statements.list_settlement_shares(data, MEASURE):
        if str(row["period_start"]) < FIRST:
            continue
        yield _Statement(
            str(row["period_end"]),
            _write_period(row, words, language),
            words[re.sub(r"[^a-z0-9]+", "_", str(row["said_by"]).lower())],
            share,
            _write_share(row, share, words, language),
        )


def _write_period(row: Row, words: Words, language: ChartLanguage) -> str:
    """Write the period of a statement: a year, a month, or some months of a year."""
    first = date.fromisoformat(str(row["period_start"]))
    last = date.fromisoformat(str(row["period_end"]))
    if (first.month, last.month) == YEAR_MONTHS:
        return f"{first.year}"
    end = language.date(f"{last:%Y-%m}", short=True)
    if first.month == last.month:
        return end
    begin = language.date(f"{first:%Y-%m}", short=True)
    return words["months"].fill(first=begin.split()[0], last=end)


def _write_share(
    row: Row, share: Quantity, words: Words, language: ChartLanguage
) -> str:
    """Write a share with the word that its speaker put before it; said as a fraction,
    as the fraction.
    """
    how = str(row["qualifier"])
    if share.precision > 1:
        return words[f"{how}_{str(share.value).replace('.', '_')}"]
    decimals = count_decimals_to_show(share, 1)
    return words[how].fill(value=language.number(share.value, decimals))


def _draw_levels(words: Words, axes: Axes) -> Iterator[alt.Chart]:
    """Yield upright lines at some shares, named above."""
    names = [words["percent"].fill(value=level) for level in LEVELS]
    levels = pd.DataFrame({"value": LEVELS, "row": HEAD / 2, "text": names})
    feet = levels.assign(row=HEAD)
    yield draw_marks("rule", feet, *axes, alt.Y2Value("height"), ink="rule")
    yield draw_texts(levels, *axes, "muted")


def _draw_war(top: float, words: Words, axes: Axes) -> Iterator[alt.Chart]:
    """Yield a line across where Russia invaded Ukraine, in a row of its own, and its
    words on it.
    """
    line = pd.DataFrame({"row": [top + ROW - LOW], "text": [words["war"]]})
    yield draw_marks("rule", line, axes.y, ink="context")
    named = (alt.XValue(0), axes.y, alt.Text("text:N"))
    yield draw_marks("text", line, *named, ink="muted", align="left", dy=-10)


def _draw_statements(
    frame: pd.DataFrame, axes: Axes, column: float
) -> Iterator[alt.Chart]:
    """Yield who made each statement and the time that it is about, on the left, its
    dot, and its share on the side that has room.
    """
    who = (alt.XValue(0), axes.y, alt.Text("who:N"))
    yield draw_marks("text", frame, *who, ink="ink", align="left")
    when = (alt.XValue(column), axes.y, alt.Text("when:N"))
    yield draw_marks("text", frame, *when, ink="muted", align="left")
    dots = (*axes, describe_marks())
    yield draw_marks("circle", frame, *dots, ink="accent", size=130, opacity=1)
    style: MarkProperties = {"style": "label"}
    frame = frame.assign(text=frame["said"])
    is_high = frame["value"] > HALF
    yield draw_texts(frame[~is_high], *axes, "accent", align="left", dx=SIDE, **style)
    yield draw_texts(frame[is_high], *axes, "accent", align="right", dx=-SIDE, **style)
