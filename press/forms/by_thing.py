"""Forms by thing: a bar or some dots for each, one below the other; slopes from one
kind of figures to another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms.axes import Axes, extend_scale_by_pixels, make_hidden_axis
from press.forms.chart_data import ChartData
from press.forms.layers import LayeredChart, finish_chart
from press.forms.marks import (
    MarkProperties,
    describe_marks,
    draw_marks,
    draw_texts,
    measure_widest_label,
    measure_widest_text,
    move_values_apart,
)
from press.ground.errors import ToldError, quote_words, suggest_similar_or_all

# in pixels
ROW = 26
NAME = 18  # of a name above a mark
HEAD = 24  # of the names of kinds
SIDE = 8  # between a mark and its text
BAR = 14
ROOM = 30  # above slopes and below them
FOOT = 14  # of a drawing around its rows
MOST = 0.4  # of the width: where names are wider they stand above
AREA = 80  # of a dot
LEADING = 4  # pixels from a line of text to the next
EDGES = 6  # pixels beside all that is drawn
# the alignment of texts on each side of a mark, and their pixels from it
SIDES = (("left", SIDE), ("right", -SIDE))
DrawMarks = Callable[[pd.DataFrame, Axes, str], alt.Chart]
Ends = tuple[float, float]


def draw_bars(figures: ChartData, *, marked: Collection[str] = ()) -> Plot:
    """Draw a bar for each thing, the largest on top, with its name and its amount.

    Things that are ``marked`` have the colour of their kind, the others none; where
    none is marked, all have it. Raises ``ToldError`` for more than one kind with a
    colour.
    """
    every = _combine_frames_with_inks(figures, marked, 1)
    # of the text that touches the mark
    falls = every["value"] < 0
    every["side"] = falls.map({True: "right", False: "left"})
    low = min(0, every["value"].min())
    high = max(0, every["value"].max())
    return _draw_rows_largest_first(figures, every, (low, high), _draw_bars_of_ink)


def _draw_bars_of_ink(own: pd.DataFrame, axes: Axes, ink: str) -> alt.Chart:
    from_zero = own.assign(foot=0)
    style: MarkProperties = {"orient": "horizontal", "size": BAR}
    channels = (*axes, alt.X2("foot"), describe_marks())
    return draw_marks("bar", from_zero, *channels, ink=ink, **style)


def draw_joined_dots(figures: ChartData, *, marked: Collection[str] = ()) -> Plot:
    """Draw a dot for each figure of a thing, joined by a line, with its name, its
    lowest amount and its highest.
    """
    every = _combine_frames_with_inks(figures, marked).assign(side="")
    every.loc[every.groupby("at")["value"].idxmin(), "side"] = "right"
    # of two that are equal the last, so that both amounts are told
    every.loc[every[::-1].groupby("at")["value"].idxmax(), "side"] = "left"
    low = every["low"].min()
    high = every["high"].max()
    return _draw_rows_largest_first(figures, every, (low, high), _draw_dots_of_ink)


def _draw_dots_of_ink(own: pd.DataFrame, axes: Axes, ink: str) -> alt.Chart:
    channels = (*axes, describe_marks())
    return draw_marks("circle", own, *channels, ink=ink, size=AREA, opacity=1)


class _RowLayout(NamedTuple):
    """How things lie below each other: the height of all, and of each; the middle of
    the first mark; pixels for names beside their marks, none where they stand above.
    """

    height: int
    pitch: int
    first: float
    left: float


def _draw_rows_largest_first(
    figures: ChartData, drawn: pd.DataFrame, ends: Ends, draw: DrawMarks
) -> Plot:
    """Draw things below each other, the largest of the first kind on top.

    An amount is told on the other side of what stands in ``side``.
    """
    largest_first = drawn.sort_values(
        ["order", "value"], ascending=[True, False], kind="stable"
    )
    things = [*dict.fromkeys(largest_first["at"])]

    def draw_at_size(size: Size) -> LayeredChart:
        rows = _lay_out_rows(figures, things, size)
        x = _make_axis_with_room_for_names(drawn, ends, rows, size)
        y = make_hidden_axis(alt.Y, "row", rows.height, 0)
        axes = Axes(x, y)
        numbers = drawn["at"].map(things.index)
        middles = rows.first + numbers * rows.pitch
        placed = drawn.assign(row=middles)
        layers = [*_draw_names_and_joining_lines(placed, axes, rows, size)]
        layers += _draw_marks_and_amounts(placed, axes, draw)
        layers += figures.draw_names_of_several_kinds(size)
        return finish_chart(layers, size, rows.height + FOOT, axes)

    return figures.make_plot(draw_at_size)


def _lay_out_rows(
    figures: ChartData, things: Collection[str], size: Size
) -> _RowLayout:
    """Return how things lie: with names beside their marks unless these are too wide,
    and room for the names of several kinds.
    """
    head = HEAD * (len(figures.frames_of_drawn_kinds) > 1)
    pitch = ROW
    left = measure_widest_text(things, size.text) + SIDE
    if left >= MOST * size.width:
        pitch += NAME
        left = 0
    height = head + len(things) * pitch
    first = head + pitch - ROW / 2
    return _RowLayout(height, pitch, first, left)


def _make_axis_with_room_for_names(
    drawn: pd.DataFrame, ends: Ends, rows: _RowLayout, size: Size
) -> alt.X:
    """Return an axis with room for names on the left, and for amounts on both sides."""
    told = measure_widest_label(drawn["text"], size) + 2 * SIDE
    left = rows.left
    if any(drawn["side"] == "right"):
        left += told
    else:
        left += SIDE
    scale = extend_scale_by_pixels(*ends, size.width - EDGES, left, told)
    return make_hidden_axis(alt.X, "value", *scale)


def _draw_names_and_joining_lines(
    placed: pd.DataFrame, axes: Axes, rows: _RowLayout, size: Size
) -> Iterator[alt.Chart]:
    """Yield a line from the lowest figure of a thing to its highest, and its name."""
    by_thing = placed.groupby("row", as_index=False)
    things = by_thing.agg({"at": "first", "low": "min", "high": "max"})
    ends = things.assign(value=things["low"])
    joined = (*axes, alt.X2("high"))
    yield draw_marks("rule", ends, *joined, ink="context", size=2)
    style: MarkProperties = {"align": "left", "dy": -NAME - 4}
    if rows.left:
        style = {"align": "right", "dx": rows.left - SIDE}
    style["limit"] = size.width - SIDE
    named = (alt.XValue(0), axes.y, alt.Text("at:N"))
    yield draw_marks("text", things, *named, ink="ink", **style)


def _draw_marks_and_amounts(
    placed: pd.DataFrame, axes: Axes, draw: DrawMarks
) -> Iterator[alt.Chart]:
    """Yield the marks of each colour, and their amounts on both sides."""
    by_colours = placed.groupby(["ink", "tone"], sort=False)
    for (ink, tone), own in by_colours:
        yield draw(own, axes, f"{ink}")
        for align, dx in SIDES:
            told = own[own["side"] == align]
            style: MarkProperties = {"align": align, "dx": dx, "style": "label"}
            yield draw_texts(told, *axes, f"{tone}", **style)


def draw_slopes_between_kinds(
    figures: ChartData, *, marked: Collection[str] = (), height: int = 400
) -> Plot:
    """Draw a line for each thing from its figure of one kind to that of another, with
    its name and both amounts.

    A thing without one of both stands in the table alone. Raises ``ToldError`` unless
    two kinds have a colour, and some thing figures of both.
    """
    every = _combine_frames_with_inks(figures, marked, 2)
    joined = every[every["at"].duplicated(keep=False)]
    if joined.empty:
        raise ToldError("found no thing with figures of both kinds, expected some")
    every = joined.sort_values(["order", "at"], kind="stable")
    is_first = every["order"] == 0
    named = every["text"] + "  " + every["at"]
    every["told"] = every["text"].where(is_first, named)
    low = every["value"].min()
    high = every["value"].max()

    def draw_at_size(size: Size) -> LayeredChart:
        scale = extend_scale_by_pixels(low, high, height - FOOT, ROOM, ROOM)
        x = _make_axis_of_two_kinds(every, size)
        y = make_hidden_axis(alt.Y, "value", *scale)
        axes = Axes(x, y)
        layers = [*_draw_lines_and_end_dots(every, axes)]
        foot, top = scale
        line = (size.label + LEADING) * (top - foot) / (height - FOOT)
        sides = zip(figures.frames_of_drawn_kinds, reversed(SIDES), strict=True)
        for kind, (align, dx) in sides:
            own = every[every["kind"] == kind]
            values = move_values_apart([*own["value"]], line)
            placed = own.assign(value=values, text=own["told"])
            name = figures.words[kind]
            head = own.head(1).assign(value=top, text=name)
            style: MarkProperties = {"align": align, "dx": dx, "style": "label"}
            layers.append(draw_texts(head, *axes, "ink", dy=SIDE, **style))
            style["limit"] = MOST * size.width
            for tone, named in placed.groupby("tone", sort=False):
                layers.append(draw_texts(named, *axes, f"{tone}", **style))
        return finish_chart(layers, size, height, axes)

    return figures.make_plot(draw_at_size)


def _make_axis_of_two_kinds(drawn: pd.DataFrame, size: Size) -> alt.X:
    """Return an axis from one kind, at 0, to another, at 1, with room for their texts
    on both sides.
    """
    rooms = list[float]()
    for _, own in drawn.groupby("order"):
        widest = measure_widest_label(own["told"], size)
        told = min(widest, MOST * size.width)
        rooms.append(told + 2 * SIDE)
    scale = extend_scale_by_pixels(0, 1, size.width - EDGES, *rooms)
    return make_hidden_axis(alt.X, "order", *scale)


def _draw_lines_and_end_dots(drawn: pd.DataFrame, axes: Axes) -> Iterator[alt.Chart]:
    """Yield the lines of each colour, which is that of their ends on the right, and the
    dots at their ends, each of its own.
    """
    inks = drawn.groupby("at")["ink"].transform("last")
    joined = (*axes, alt.Detail("at:N"))
    described = (*axes, describe_marks())
    for ink, own in drawn.assign(ink=inks).groupby("ink", sort=False):
        yield draw_marks("line", own, *joined, ink=f"{ink}", size=2, opacity=1)
    for ink, own in drawn.groupby("ink", sort=False):
        yield draw_marks("circle", own, *described, ink=f"{ink}", size=AREA, opacity=1)


def _combine_frames_with_inks(
    figures: ChartData, marked: Collection[str], expected_kinds: int | None = None
) -> pd.DataFrame:
    """Return all that is drawn, with the ``order`` of its kind, its colour ``ink``, and
    ``tone``, that of its texts.

    Raises ``ToldError`` for times, another number of kinds, or something marked that is
    not there.
    """
    every = figures.combine_drawn_frames(expected_kinds, expects_times=False)
    things = [*every["at"]]
    for thing in marked:
        if thing not in things:
            what = f"found {quote_words(thing)} marked, expected a thing of the chart"
            raise ToldError(what, suggest_similar_or_all(thing, things))
    own = every["at"].isin(marked or things)
    ink_by_kind = dict[str, str]()
    for name, kind in figures.kinds.items():
        ink_by_kind[name] = kind.ink
    inks = every["kind"].map(ink_by_kind)
    order = every["kind"].map([*figures.frames_of_drawn_kinds].index)
    ink = inks.where(own, "context")
    tone = inks.where(own, "muted")
    return every.assign(order=order, ink=ink, tone=tone)
