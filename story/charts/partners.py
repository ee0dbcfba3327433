"""Whom Russia trades with: two shares that cross, as its customs stated them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import altair as alt

from press.forms import (
    Axes,
    ChartData,
    FiguresOfKind,
    LayeredChart,
    MarkProperties,
    choose_years,
    describe_marks,
    draw_marks,
    draw_texts,
    extend_scale_by_pixels,
    finish_chart,
    make_axis_of_years,
    make_hidden_axis,
)
from story import statements
from story.charts.headline import CAPITALS, ROOM, draw_headline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.figures import Plot, Size
    from press.quantity import Quantity

PARTNERS = {"european_union": "European Union", "china": "China"}
INKS = {"european_union": "muted", "china": "accent"}
SINCE = 2014
BESIDE = 0.35  # of a year, free beside the first statement and the last
MOST_YEARS = {"wide": 12, "narrow": 6}  # that are named
# Between two statements no figure is known: what joins them is pale.
PALE = 0.66
# in pixels
LETTERS = {"full": 72, "wide": 56, "narrow": 32}  # of the first and the last share
DOTS = {"full": 300, "wide": 240, "narrow": 120}  # their areas
THICK = {"full": 18, "wide": 16, "narrow": 12}
HEIGHT = {"full": 560, "wide": 500, "narrow": 430}
AXIS = 40  # of the height, for the years and above
NEAR = 18  # from the middle of a dot to the share above or below it
LINE = 9  # from the room that letters take to the middle of a name


def partners_of_russia(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """The shares of China and the European Union in Russia's trade, as stated."""
    kinds = {}
    for kind, partner in PARTNERS.items():
        shares = find_last_share_of_each_year(data, partner)
        kinds[kind] = FiguresOfKind(shares, f"{kind}_percent", INKS[kind], 1)
    figures = ChartData.from_kinds(kinds, words, language, since=SINCE)
    return figures.make_plot(partial(_draw_shares, figures), "full")


def find_last_share_of_each_year(data: Data, partner: str) -> dict[int, Quantity]:
    """Return the stated shares of a partner by year; of several the one whose period
    ends last.
    """
    stated = statements.list_partner_shares(data, partner)
    return {int(str(row["period_end"])[:4]): share for row, share in stated}


def _draw_shares(figures: ChartData, size: Size) -> LayeredChart:
    """Draw both partners on one scale, with room for a share and a name above the lines
    and below.
    """
    every = figures.combine_drawn_frames()
    last = int(every["year"].max())
    named = choose_years(SINCE, last, MOST_YEARS[size.name])
    x = make_axis_of_years(SINCE - BESIDE, last + BESIDE, named)
    height = HEIGHT[size.page_name]
    room = NEAR + LETTERS[size.page_name] + 3 * LINE
    low, high = every["value"].min(), every["value"].max()
    foot, top = extend_scale_by_pixels(low, high, height - AXIS, room, room)
    axes = Axes(x, make_hidden_axis(alt.Y, "value", foot, top))
    dot: MarkProperties = {"size": DOTS[size.page_name], "opacity": 1}
    joined: MarkProperties = {"opacity": PALE, "size": THICK[size.page_name]}
    joined["strokeJoin"] = "round"
    layers = list[alt.Chart]()
    for kind, frame in figures.frames.items():
        ink = INKS[kind]
        layers.append(draw_marks("line", frame, *axes, ink=ink, **joined))
        channels = (*axes, describe_marks())
        layers.append(draw_marks("circle", frame, *channels, ink=ink, **dot))
        layers += _label_ends(figures, kind, axes, size)
    return finish_chart(layers, size, height)


def _label_ends(
    figures: ChartData, kind: str, axes: Axes, size: Size
) -> Iterator[alt.Chart]:
    """Tell the first share and the last, outside the two lines: above where the partner
    is ahead, below where it is not.
    """
    frame = figures.frames[kind]
    first = frame.head(1)
    last = frame.tail(1)
    down = 1 if first["value"].item() < last["value"].item() else -1
    ink = INKS[kind]
    letters = LETTERS[size.page_name]
    near = NEAR + letters * CAPITALS / 2
    far = near + letters * ROOM / 2 + LINE
    for end, align, side in ((first, "left", down), (last, "right", -down)):
        share = end.assign(text=end["text"] + figures.words["unit"])
        at: MarkProperties = {"align": align, "dy": side * near}
        yield draw_headline(share, axes, ink, letters, **at)
        name = end.assign(text=figures.words[kind])
        at["dy"] = side * far
        yield draw_texts(name, *axes, ink, style="label", **at)
