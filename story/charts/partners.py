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
    measure_widest_text,
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
MOST_YEARS = {"wide": 12, "narrow": 6}  # that are named
PALE = 0.66  # opacity of what joins two statements: no figure is known between
# in pixels
LETTERS = {"full": 72, "wide": 56, "narrow": 32}  # of the first and the last share
DOTS = {"full": 300, "wide": 240, "narrow": 120}  # their areas
THICK = {"full": 18, "wide": 16, "narrow": 12}
HEIGHT = {"full": 560, "wide": 500, "narrow": 430}
LEFT = 20  # from the left edge to the first dot
AXIS = 40  # of the height, for the years and above
NEAR = 18  # from the middle of a dot to the share beside, above or below it
INNER = 12  # from a dot between the ends to its share, aside and up
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
    letters = LETTERS[size.page_name]
    lasts = every.groupby("kind")["text"].last() + figures.words["unit"]
    right = measure_widest_text(lasts, letters) + NEAR
    begin, end = extend_scale_by_pixels(SINCE, last, size.width, LEFT, right)
    x = make_axis_of_years(begin, end, named)
    height = HEIGHT[size.page_name]
    room = NEAR + letters + 3 * LINE
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
        layers += _label_first(figures, kind, axes, letters)
        layers += _label_last(figures, kind, axes, letters, right)
        layers.append(_label_inner(figures, kind, axes))
    return finish_chart(layers, size, height)


def _label_first(
    figures: ChartData, kind: str, axes: Axes, letters: int
) -> Iterator[alt.Chart]:
    """Tell the first share and its partner's name, outside the two lines: above where
    the partner is ahead, below where it is not.
    """
    first = figures.frames[kind].head(1)
    side = 1 if _is_rising(figures, kind) else -1
    near = NEAR + letters * CAPITALS / 2
    far = near + letters * ROOM / 2 + LINE
    share = first.assign(text=first["text"] + figures.words["unit"])
    left: MarkProperties = {"align": "left"}
    yield draw_headline(share, axes, INKS[kind], letters, dy=side * near, **left)
    name = first.assign(text=figures.words[kind])
    yield draw_texts(name, *axes, INKS[kind], style="label", dy=side * far, **left)


def _label_last(
    figures: ChartData, kind: str, axes: Axes, letters: int, room: float
) -> Iterator[alt.Chart]:
    """Tell the last share in the ``room`` beside its dot, in pixels, and above it the
    partner's name; below it where the share has fallen.
    """
    last = figures.frames[kind].tail(1)
    side = -1 if _is_rising(figures, kind) else 1
    right: MarkProperties = {"align": "right", "dx": room}
    share = last.assign(text=last["text"] + figures.words["unit"])
    yield draw_headline(share, axes, INKS[kind], letters, **right)
    far = letters * ROOM / 2 + LINE
    name = last.assign(text=figures.words[kind])
    yield draw_texts(name, *axes, INKS[kind], style="label", dy=side * far, **right)


def _label_inner(figures: ChartData, kind: str, axes: Axes) -> alt.Chart:
    """Tell the shares between the ends, above the line and clear of it."""
    inner = figures.frames[kind][1:-1]
    told = inner.assign(text=inner["text"] + figures.words["unit"])
    beside: MarkProperties = {"align": "left", "dx": INNER, "dy": -INNER}
    if _is_rising(figures, kind):
        beside |= {"align": "right", "dx": -INNER}
    return draw_texts(told, *axes, INKS[kind], **beside)


def _is_rising(figures: ChartData, kind: str) -> bool:
    """Tell whether the last share of a partner is larger than the first."""
    shares = figures.frames[kind]["value"]
    return bool(shares.iloc[0] < shares.iloc[-1])
