"""Forms by thing: a bar or some dots for each, one below the other; slopes from one
kind of figures to another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms.axes import Axes, extend_scale, make_hidden_axis
from press.forms.chart_data import ChartData
from press.forms.layers import Chart, finish_chart
from press.forms.marks import (
    MarkProperties,
    describe_marks,
    draw_marks,
    draw_texts,
    measure_widest_text,
    move_apart,
)
from press.ground.errors import ToldError, quoted, similar

# pixels: of a row, of a name above one, of the names of kinds
ROW, NAME, HEAD = 26, 18, 24
# pixels between a mark and its text; of the width: where names are wider they stand
# above
SIDE, MOST = 8, 0.4
BAR, AREA = 14, 80  # pixels of a bar; the area of a dot
ROOM, FOOT = 30, 14  # pixels above and below slopes; of a drawing around its rows
LEADING = 4  # pixels from a line of text to the next
EDGES = 6  # pixels beside all that is drawn
# the alignment of texts on each side of a mark, and their pixels from it
SIDES = (("left", SIDE), ("right", -SIDE))
DrawMarks = Callable[[pd.DataFrame, Axes, str], alt.Chart]
Ends = tuple[float, float]


def draw_bars(shown: ChartData, *, marked: Collection[str] = ()) -> Plot:
    """Draw a bar for each thing, the largest on top, with its name and its amount.

    Things that are ``marked`` have the colour of their kind, the others none; where
    none is marked, all have it. Raises ``ToldError`` for more than one kind with a
    colour.
    """
    every = _combine_frames_with_inks(shown, marked, 1)
    # of the text that touches the mark
    every["side"] = (every["value"] < 0).map({True: "right", False: "left"})
    low = min(0, every["value"].min())
    high = max(0, every["value"].max())
    return _draw_rows(shown, every, (low, high), _draw_bars_of_ink)


def _draw_bars_of_ink(own: pd.DataFrame, axes: Axes, ink: str) -> alt.Chart:
    style: MarkProperties = {"orient": "horizontal", "size": BAR}
    channels = (*axes, alt.X2("foot"), describe_marks())
    return draw_marks("bar", own.assign(foot=0), *channels, ink=ink, **style)


def draw_dots(shown: ChartData, *, marked: Collection[str] = ()) -> Plot:
    """Draw a dot for each figure of a thing, joined by a line, with its name, its
    lowest amount and its highest.
    """
    every = _combine_frames_with_inks(shown, marked).assign(side="")
    values = every["value"].groupby(every["at"])
    every.loc[values.idxmin(), "side"] = "right"
    every.loc[values.idxmax(), "side"] = "left"
    ends = (every["low"].min(), every["high"].max())
    return _draw_rows(shown, every, ends, _draw_dots_of_ink)


def _draw_dots_of_ink(own: pd.DataFrame, axes: Axes, ink: str) -> alt.Chart:
    channels = (*axes, describe_marks())
    return draw_marks("circle", own, *channels, ink=ink, size=AREA, opacity=1)


class _Rows(NamedTuple):
    """How things lie below each other: what they need in all, how high each is; pixels
    on the left of the scale, for names that stand ``beside`` their marks or above them.
    """

    height: int
    pitch: int
    left: float
    beside: bool


def _draw_rows(
    shown: ChartData, every: pd.DataFrame, ends: Ends, draw: DrawMarks
) -> Plot:
    """Draw things below each other, the largest of the first kind on top.

    An amount is told on the other side of what stands in ``side``.
    """
    largest_first = every.sort_values(
        ["order", "value"], ascending=[True, False], kind="stable"
    )
    things = [*dict.fromkeys(largest_first["at"])]

    def draw_size(size: Size) -> Chart:
        rows = _lay_out_rows(shown, things, size)
        x = _make_axis_beside_names(every, ends, rows, size)
        axes = Axes(x, make_hidden_axis(alt.Y, "row", rows.height, 0))
        above = rows.height - len(things) * rows.pitch + rows.pitch - ROW / 2
        at = every["at"].map(things.index) * rows.pitch
        placed = every.assign(row=above + at)
        layers = [
            *_draw_names_and_lines(placed, axes, rows, size),
            *_draw_things(placed, axes, draw),
            *shown.draw_names_of_kinds(size),
        ]
        return finish_chart(layers, size, rows.height + FOOT, axes)

    return shown.make_plot(draw_size)


def _lay_out_rows(shown: ChartData, things: Collection[str], size: Size) -> _Rows:
    """Return how things lie: with names beside their marks unless these are too wide,
    and room for the names of several kinds.
    """
    head = HEAD * (len(shown.drawn_frames) > 1)
    names = measure_widest_text(things, size.text) + SIDE
    if names < MOST * size.width:
        return _Rows(head + len(things) * ROW, ROW, names, beside=True)
    pitch = ROW + NAME
    return _Rows(head + len(things) * pitch, pitch, 0, beside=False)


def _make_axis_beside_names(
    every: pd.DataFrame, ends: Ends, rows: _Rows, size: Size
) -> alt.X:
    """Return an axis with room for names on the left, and for amounts on both sides."""
    told = measure_widest_text(every["text"], size.label, bold=True) + 2 * SIDE
    is_told_left = any(every["side"] == "right")
    left = rows.left + (told if is_told_left else SIDE)
    scale = extend_scale(*ends, size.width - EDGES, left, told)
    return make_hidden_axis(alt.X, "value", *scale)


def _draw_names_and_lines(
    placed: pd.DataFrame, axes: Axes, rows: _Rows, size: Size
) -> Iterator[alt.Chart]:
    """Yield a line from the lowest figure of a thing to its highest, and its name."""
    by_thing = placed.groupby("row", as_index=False)
    things = by_thing.agg({"at": "first", "low": "min", "high": "max"})
    ends = things.assign(value=things["low"])
    yield draw_marks("rule", ends, *axes, alt.X2("high"), ink="context", size=2)
    style: MarkProperties = {"align": "left", "dy": -NAME - 4}
    if rows.beside:
        style = {"align": "right", "dx": rows.left - SIDE}
    at = (alt.XValue(0), axes.y, alt.Text("at:N"))
    yield draw_marks("text", things, *at, ink="ink", limit=size.width - SIDE, **style)


def _draw_things(
    placed: pd.DataFrame, axes: Axes, draw: DrawMarks
) -> Iterator[alt.Chart]:
    """Yield the marks of each colour, and their amounts on both sides."""
    for (ink, tone), own in placed.groupby(["ink", "tone"], sort=False):
        yield draw(own, axes, f"{ink}")
        for align, dx in SIDES:
            told = own[own["side"] == align]
            style: MarkProperties = {"align": align, "dx": dx, "style": "label"}
            yield draw_texts(told, *axes, f"{tone}", **style)


def draw_slopes(
    shown: ChartData, *, marked: Collection[str] = (), height: int = 400
) -> Plot:
    """Draw a line for each thing from its figure of one kind to that of another, with
    its name and both amounts.

    A thing without one of both stands in the table alone. Raises ``ToldError`` unless
    two kinds have a colour.
    """
    every = _combine_frames_with_inks(shown, marked, 2)
    joined = every[every["at"].duplicated(keep=False)]
    every = joined.sort_values(["order", "at"], kind="stable")
    named = every["text"] + "  " + every["at"]
    every["told"] = every["text"].where(every["order"] == 0, named)
    low = every["value"].min()
    high = every["value"].max()

    def draw(size: Size) -> Chart:
        scale = extend_scale(low, high, height - FOOT, ROOM, ROOM)
        x = _make_axis_between_texts(every, size)
        axes = Axes(x, make_hidden_axis(alt.Y, "value", *scale))
        foot, top = scale
        line = (size.label + LEADING) * (top - foot) / (height - FOOT)
        layers = [*_draw_lines_of_things(every, axes)]
        sides = zip(shown.drawn_frames, reversed(SIDES), strict=True)
        for kind, (align, dx) in sides:
            own = every[every["kind"] == kind]
            placed = own.assign(
                value=move_apart([*own["value"]], line), text=own["told"]
            )
            head = own.head(1).assign(value=top, text=shown.words[kind])
            style: MarkProperties = {"align": align, "dx": dx, "style": "label"}
            layers.append(draw_texts(head, *axes, "ink", dy=SIDE, **style))
            style["limit"] = MOST * size.width
            for tone, named in placed.groupby("tone", sort=False):
                layers.append(draw_texts(named, *axes, f"{tone}", **style))
        return finish_chart(layers, size, height, axes)

    return shown.make_plot(draw)


def _make_axis_between_texts(every: pd.DataFrame, size: Size) -> alt.X:
    """Return an axis from one kind, at 0, to another, at 1, with room for their texts
    on both sides.
    """
    rooms = list[float]()
    for _, own in every.groupby("order"):
        widest = measure_widest_text(own["told"], size.label, bold=True)
        rooms.append(min(widest, MOST * size.width) + 2 * SIDE)
    scale = extend_scale(0, 1, size.width - EDGES, *rooms)
    return make_hidden_axis(alt.X, "order", *scale)


def _draw_lines_of_things(every: pd.DataFrame, axes: Axes) -> Iterator[alt.Chart]:
    """Yield the lines of each colour, and the dots at their ends."""
    for ink, own in every.groupby("ink", sort=False):
        style: MarkProperties = {"ink": f"{ink}", "opacity": 1}
        yield draw_marks("line", own, *axes, alt.Detail("at:N"), size=2, **style)
        yield draw_marks("circle", own, *axes, describe_marks(), size=AREA, **style)


def _combine_frames_with_inks(
    shown: ChartData, marked: Collection[str], kinds: int = 0
) -> pd.DataFrame:
    """Return all that is drawn, with the ``order`` of its kind, its colour ``ink``, and
    ``tone``, that of its texts.

    Raises ``ToldError`` for times, another number of kinds, or something marked that is
    not there.
    """
    every = shown.combine_frames(kinds, times=False)
    things = [*every["at"]]
    for thing in marked:
        if thing not in things:
            raise ToldError(
                f"found {quoted(thing)} marked, expected a thing of the chart",
                similar(thing, things),
            )
    own = every["at"].isin(marked or things)
    inks = every["kind"].map({name: kind.ink for name, kind in shown.kinds.items()})
    order = every["kind"].map([*shown.drawn_frames].index)
    ink = inks.where(own, "context")
    tone = inks.where(own, "muted")
    return every.assign(order=order, ink=ink, tone=tone)
