"""In what money the two countries pay each other.

What officials said, a dot for each statement; below, on the same years, what a bank
counted.
"""

from __future__ import annotations

import re
from datetime import date
from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms import (
    Axes,
    Chart,
    describe_marks,
    draw_texts,
    draw_year_ends,
    finish_chart,
    get_colour_variable,
    locate_time,
    make_axis_of_years,
    make_tip,
    tell_points,
    write_label_expression,
)
from press.ground.grid import Cell, Column, Grid
from press.quantity import count_decimals_to_show, make_cell_of_end
from story import statements
from story.charts.labels import (
    LEADING,
    Box,
    Label,
    Plane,
    Spot,
    around,
    beside,
    placed,
    written,
)
from story.charts.war import WAR, war

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data, Row
    from press.quantity import Quantity

BOTH = "rouble_and_yuan_in_bilateral_settlement"
EXPORTS, IMPORTS = "yuan_in_russian_exports", "yuan_in_russian_imports"
INKS = {BOTH: "accent", EXPORTS: "muted", IMPORTS: "ink"}  # of each measure
SHAPES = {IMPORTS: "square"}  # all others are circles
WORLD = (EXPORTS, IMPORTS)  # the same institution gives these two
FROM = 2020  # the years that are drawn begin with this one
MONTH = 1 / 12  # of a year
# Percent of one scale: the ticks of either panel, above which what officials said is
# moved up; the end of all.
UPPER, LOWER, UP, TOP = (0, 50, 100), (0, 50), 80, 205
HEIGHT, LINE = 540, 6.6  # pixels; percent from a line of a heading to the next
AREA = 40  # of each dot
# When that begins of which the statements are that are named, beside the newest; how
# many letters a line of names has.
NAMED = {
    "wide": ("2021-01", "2022-12", "2023-06", "2023-12", "2024-12"),
    "narrow": ("2021-01", "2022-12", "2024-12"),
}
LETTERS = {"wide": 40, "narrow": 11}
YEAR_MONTHS = (1, 12)
# percent: how far a stroke goes from the dot, to the side where the share is
BOUNDS = {"more_than": 5, "almost": -5}


class _Said(NamedTuple):
    """A statement: its measure, when and by whom, its figure, as said, its stroke;
    first month, and ends in months.
    """

    measure: str
    when: str
    who: str
    share: Quantity
    said: str
    bound: int
    period: str
    first: float
    last: float

    @property
    def place(self) -> tuple[float, float]:
        """Where it is drawn: in the middle of its time, in the panel of its measure."""
        return (self.first + self.last) / 2, float(self.share.value) + (
            0 if self.measure in WORLD else UP
        )


def in_what_money(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Shares of currencies in settlements as stated, by the time that
    they are about.
    """
    found = [
        _Said(
            measure,
            _when(row, words, language),
            str(words[re.sub(r"[^a-z0-9]+", "_", str(row["said_by"]).lower())]),
            share,
            _said(row, share, words, language),
            BOUNDS.get(str(row["qualifier"]), 0),
            str(row["period_start"])[:7],
            locate_time(str(row["period_start"])[:7]) - MONTH,
            locate_time(str(row["period_end"])[:7]),
        )
        for measure in INKS
        for row, share in statements.list_settlement_shares(data, measure)
    ]
    found.sort(key=lambda item: (item.last, item.first))
    stated = [words["statement"].fill(when=item.when, who=item.who) for item in found]
    cells = {
        head: [Cell(head, head), *(Cell("", None) for _ in INKS)] for head in stated
    }
    for head, item in zip(stated, found, strict=True):
        value = item.share.value
        cells[head][1 + [*INKS].index(item.measure)] = make_cell_of_end(
            item.share, value, item.said, round(value, 1)
        )
    columns = [
        Column(f"{measure}_percent", words[f"table_{measure}"]) for measure in INKS
    ]
    table = Grid(
        [Column("when_and_by_whom", words["table_statement"]), *columns],
        [*cells.values()],
        tip=make_tip(words),
    )
    told = tell_points(
        table,
        map([*cells].index, stated),
        [f"{item.measure}_percent" for item in found],
    )
    shown = {
        item: tells
        for item, tells in zip(found, told, strict=True)
        if item.period >= str(FROM)
    }
    used = frozenset(row for item in found for row in item.share.rows)
    return Plot(lambda size: _drawn(shown, words, language, size), table, used)


def _when(row: Row, words: Words, language: ChartLanguage) -> str:
    """Write the period of a statement: a year, a month, or some months of a year."""
    first, last = (
        date.fromisoformat(str(row[f"period_{end}"])) for end in ("start", "end")
    )
    if (first.month, last.month) == YEAR_MONTHS:
        return str(first.year)
    names = language.months()
    if first.month == last.month:
        return words["month"].fill(month=names[first.month - 1], year=first.year)
    return words["months"].fill(
        first=names[first.month - 1], last=names[last.month - 1], year=first.year
    )


def _said(row: Row, share: Quantity, words: Words, language: ChartLanguage) -> str:
    """Write a share with the word that its speaker put before it; said as a fraction,
    as the fraction.
    """
    number, how = (
        language.number(share.value, count_decimals_to_show(share, 1)),
        str(row["qualifier"]),
    )
    if share.precision > 1:
        return str(words[f"{how}_{str(share.value).replace('.', '_')}"])
    return words[how].fill(value=number)


def _drawn(
    shown: dict[_Said, str], words: Words, language: ChartLanguage, size: Size
) -> Chart:
    """Draw each statement as a dot in the middle of its time, with a line as long as
    that time.
    """
    first, last = FROM - 0.5, ceil(max(item.last for item in shown) - 0.5)
    end = last + 0.5
    ticks = {tick: tick for tick in LOWER} | {tick + UP: tick for tick in UPPER}
    shares = {
        place: f"{language.number(tick)}{words['unit']}"
        for place, tick in ticks.items()
    }
    axis = alt.Axis(
        values=[*shares], labelExpr=write_label_expression(shares), title=None
    )
    y = alt.Y("value:Q", scale=alt.Scale(domain=[0, TOP], nice=False), axis=axis)
    axes = Axes(make_axis_of_years(first, end, range(FROM, last + 1)), y)
    # a percent sign is as wide as two digits
    plane = Plane.of(size, HEIGHT, (first, end), (0, TOP), "100%%")
    labels = _labels([*shown], words, plane, size)
    places = [
        (*item.place, item.bound, item.measure, item.first, item.last, told)
        for item, told in shown.items()
    ]
    frame = pd.DataFrame(
        places, columns=["year", "value", "bound", "measure", "first", "last", "point"]
    )
    below, _ = war(words, axes, 0, (0, LOWER[-1]))
    layers = [
        draw_year_ends(FROM, last, axes.x),
        below,
        *war(words, axes, UP + 92, (UP, UP + UPPER[-1])),
    ]
    for name, at in (("bank", LOWER[-1] + 4), ("officials", TOP - 2 * LINE)):
        for line, ink, style in (
            (f"{name}_of", "muted", "text"),
            (name, "ink", "label"),
        ):
            own = pd.DataFrame(
                {
                    "year": [first],
                    "value": [at + LINE * (line == name)],
                    "text": [words[line]],
                }
            )
            layers.append(
                draw_texts(
                    own, *axes, ink, align="left", baseline="bottom", style=style
                )
            )
    for row, line in enumerate(("stroke", "stroke_is", "bound")):
        own = pd.DataFrame(
            {"year": [end], "value": [UP + 21 - row * LINE], "text": [words[line]]}
        )
        layers.append(draw_texts(own, *axes, "muted", align="right"))
    for measure, own in frame.groupby("measure", sort=False):
        ink = get_colour_variable(INKS[str(measure)])
        if measure in WORLD:
            layers.append(alt.Chart(own).mark_line(color=ink, size=2).encode(*axes))
        else:
            longer = own[own["last"] - own["first"] > 1.5 * MONTH].assign(
                year=own["first"]
            )
            layers.append(
                alt.Chart(longer).mark_rule(color=ink).encode(*axes, alt.X2("last"))
            )
            bounds = alt.Chart(
                own[own["bound"] != 0].assign(end=own["value"] + own["bound"])
            )
            layers.append(
                bounds.mark_rule(color=ink, size=2).encode(*axes, alt.Y2("end"))
            )
        dot = alt.Chart(own).mark_point(
            shape=SHAPES.get(str(measure), "circle"), filled=True, size=AREA, color=ink
        )
        layers.append(dot.encode(*axes, alt.OpacityValue(1), describe_marks()))
    stand = placed(labels.values(), _taken([*shown], ticks, plane), plane, size)
    return finish_chart(
        [*layers, *written(stand, *axes, ("year", "value"))], size, HEIGHT
    )


def _labels(
    shown: list[_Said], words: Words, plane: Plane, size: Size
) -> dict[_Said, Label]:
    """Name some statements of officials and the newest, and the ends of the bank's
    lines: the higher above.
    """
    newest = {item.measure: item for item in shown}
    some = [
        item
        for item in shown
        if item.measure == BOTH and item.period in NAMED[size.name]
    ]
    high, labels = (
        max(newest[measure].place[1] for measure in WORLD),
        dict[_Said, Label](),
    )
    for item in dict.fromkeys((*newest.values(), *reversed(some))):
        who = item.who if item.measure == BOTH else str(words[item.measure])
        # Above the newest there is room for one line, and no room below it.
        letters = LETTERS["wide" if item == newest[BOTH] else size.name]
        lines = wrap(words["label"].fill(who=who, share=item.said), letters)
        x, y = plane.at(*item.place)
        height = len(lines) * (size.text + LEADING) - LEADING
        spots = beside(x, y, 4, height + 2 * (len(lines) - 1) * LEADING)
        if item in (newest[measure] for measure in WORLD):
            spots = [
                Spot(x + 9, y - 7 if item.place[1] == high else y + 6 + height / 2)
            ]
        labels[item] = Label(lines, INKS[item.measure], spots)
    return labels


def _taken(shown: list[_Said], ticks: dict[int, int], plane: Plane) -> list[Box]:
    """Return what names must not cover: dots, lines through them, those of the grid and
    of February 2022.
    """
    boxes = [around(*plane.at(*item.place), 5) for item in shown]
    for item in shown:
        (x, y), end = item.place, item.place[1] + item.bound
        boxes += [
            *plane.line([(item.first, y), (item.last, y)]),
            *plane.line([(x, y), (x, end)]),
        ]
    for place in ticks:
        boxes += plane.line([(plane.across[0], place), (plane.across[1], place)], 2)
    return [*boxes, *plane.line([(WAR, 0), (WAR, TOP)], 2)]
