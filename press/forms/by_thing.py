"""Forms by thing: a bar or some dots for each, one below the other; slopes from one
kind of figures to another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms import look
from press.forms.look import Axes, Chart, Mark, colour, text
from press.forms.shown import Shown
from press.ground.errors import ToldError, quote_words, suggest_similar

# pixels: of a row, of a name above one, of the names of kinds
ROW, NAME, HEAD = 26, 18, 24
# pixels between a mark and its text; of the width: where names are wider they stand
# above
SIDE, MOST = 8, 0.4
BAR, AREA = 14, 80  # pixels of a bar; the area of a dot
ROOM, FOOT = 30, 14  # pixels above and below slopes; of a drawing around its rows
Layer = Callable[[pd.DataFrame, Axes, Mark], alt.Chart]


def bars(shown: Shown, *, marked: Collection[str] = ()) -> Plot:
    """Draw a bar for each thing, the largest on top, with its name and its amount.

    Things that are ``marked`` have the colour of their kind, the others none; where
    none is marked, all have it. Raises
    ``ToldError`` for more than one kind with a colour.
    """
    every = _inked(shown, marked, 1)
    # of the text that touches the mark
    every["side"] = (every["value"] < 0).map({True: "right", False: "left"})
    ends = min(0, every["value"].min()), max(0, every["value"].max())

    def bar(own: pd.DataFrame, axes: Axes, style: Mark) -> alt.Chart:
        drawn = alt.Chart(own.assign(foot=0)).mark_bar(
            orient="horizontal", size=BAR, **style
        )
        return drawn.encode(*axes, alt.X2("foot"))

    return _listed(shown, every, ends, bar)


def dots(shown: Shown, *, marked: Collection[str] = ()) -> Plot:
    """Draw a dot for each figure of a thing, joined by a line, with its name, its
    lowest amount and its highest.
    """
    every = _inked(shown, marked).assign(side="")
    values = every["value"].groupby(every["at"])
    every.loc[values.idxmin(), "side"] = "right"
    every.loc[values.idxmax(), "side"] = "left"

    def dot(own: pd.DataFrame, axes: Axes, style: Mark) -> alt.Chart:
        return alt.Chart(own).mark_circle(size=AREA, opacity=1, **style).encode(*axes)

    return _listed(shown, every, (every["low"].min(), every["high"].max()), dot)


def _listed(
    shown: Shown, every: pd.DataFrame, ends: tuple[float, float], draw: Layer
) -> Plot:
    """Draw things below each other, the largest of the first kind on top, their names
    beside their marks or above them.

    An amount is told on the other side of what stands in ``side``.
    """
    order = every.sort_values(
        ["order", "value"], ascending=[True, False], kind="stable"
    )
    things = {thing: number for number, thing in enumerate(dict.fromkeys(order["at"]))}

    def drawn(size: Size) -> Chart:
        names = look.widest(things, size.text) + SIDE
        beside = names < MOST * size.width
        pitch, left = (ROW, names) if beside else (ROW + NAME, 0)
        told = look.widest(every["text"], size.label, bold=True) + 2 * SIDE
        x_ends = look.with_room(
            *ends,
            size.width - 6,
            left + (told if any(every["side"] == "right") else SIDE),
            told,
        )
        height = HEAD * (len(shown.drawn) > 1) + len(things) * pitch
        x = alt.X("value:Q", scale=alt.Scale(domain=[*x_ends], nice=False), axis=None)
        axes = Axes(x, look.down("row", height))
        rows = every.assign(
            row=height
            - (len(things) - every["at"].map(things)) * pitch
            + pitch
            - ROW / 2
        )
        lines = rows.groupby("row", as_index=False).agg(
            {"at": "first", "low": "min", "high": "max"}
        )
        joined = alt.Chart(lines.assign(value=lines["low"])).mark_rule(
            color=colour("context"), size=2
        )
        style: Mark = (
            {"align": "right", "dx": left - SIDE}
            if beside
            else {"align": "left", "dy": -NAME - 4}
        )
        named = alt.Chart(lines).mark_text(
            color=colour("ink"), limit=size.width - SIDE, **style
        )
        layers = [
            joined.encode(*axes, alt.X2("high")),
            named.encode(alt.XValue(0), axes.y, alt.Text("at:N")),
        ]
        for (ink, tone), own in rows.groupby(["ink", "tone"], sort=False):
            layers.append(
                draw(own, axes, {"color": colour(f"{ink}")}).encode(look.description())
            )
            for align, dx in (("left", SIDE), ("right", -SIDE)):
                layers.append(
                    text(
                        own[own["side"] == align],
                        *axes,
                        f"{tone}",
                        align=align,
                        dx=dx,
                        style="label",
                    )
                )
        return look.finished([*layers, *shown.heads(size)], size, height + FOOT, axes)

    return shown.plot(drawn)


def slopes(shown: Shown, *, marked: Collection[str] = (), height: int = 400) -> Plot:
    """Draw a line for each thing from its figure of one kind to that of another, with
    its name and both amounts.

    A thing without one of both stands in the table alone. Raises ``ToldError`` unless
    two kinds have a colour.
    """
    every = _inked(shown, marked, 2)
    every = every[every["at"].duplicated(keep=False)].sort_values(
        ["order", "at"], kind="stable"
    )
    names = [shown.words[kind] for kind in shown.drawn]
    low = every["value"].min()
    high = every["value"].max()
    every["told"] = every["text"].where(
        every["order"] == 0, every["text"] + "  " + every["at"]
    )

    def draw(size: Size) -> Chart:
        scale = look.with_room(low, high, height - FOOT, ROOM, ROOM)
        line = (size.label + 4) * (scale[1] - scale[0]) / (height - FOOT)
        sides = (own["told"] for _, own in every.groupby("order"))
        rooms = (
            min(look.widest(told, size.label, bold=True), MOST * size.width) + 2 * SIDE
            for told in sides
        )
        ends = look.with_room(0, 1, size.width - 6, *rooms)
        x = alt.X("order:Q", scale=alt.Scale(domain=[*ends], nice=False), axis=None)
        axes = Axes(
            x, alt.Y("value:Q", scale=alt.Scale(domain=[*scale], nice=False), axis=None)
        )
        layers = list[alt.Chart]()
        for ink, own in every.groupby("ink", sort=False):
            style: Mark = {"color": colour(f"{ink}"), "opacity": 1}
            layers.append(
                alt.Chart(own)
                .mark_line(size=2, **style)
                .encode(*axes, alt.Detail("at:N"))
            )
            layers.append(
                alt.Chart(own)
                .mark_circle(size=AREA, **style)
                .encode(*axes, look.description())
            )
        for order, align, side in ((0, "right", -1), (1, "left", 1)):
            own = every[every["order"] == order]
            head = own.head(1).assign(value=scale[1], text=names[order])
            layers.append(
                text(
                    head,
                    *axes,
                    "ink",
                    align=align,
                    dx=side * SIDE,
                    dy=SIDE,
                    style="label",
                )
            )
            placed = own.assign(
                value=look.apart([*own["value"]], line), text=own["told"]
            )
            for tone, named in placed.groupby("tone", sort=False):
                style = {
                    "align": align,
                    "dx": side * SIDE,
                    "style": "label",
                    "limit": MOST * size.width,
                }
                layers.append(text(named, *axes, f"{tone}", **style))
        return look.finished(layers, size, height, axes)

    return shown.plot(draw)


def _inked(shown: Shown, marked: Collection[str], number: int = 0) -> pd.DataFrame:
    """Return all that is drawn, with the ``order`` of its kind, its colour ``ink``, and
    ``tone``, that of its texts.

    Raises ``ToldError`` for times, another number of kinds, or something marked that is
    not there.
    """
    every = shown.every(number, times=False)
    if unknown := next(
        (thing for thing in marked if thing not in {*every["at"]}), None
    ):
        raise ToldError(
            f"found {quote_words(unknown)} marked, expected a thing of the chart",
            suggest_similar(unknown, every["at"]),
        )
    own = every["at"].isin(marked or every["at"])
    inks = every["kind"].map({name: kind.ink for name, kind in shown.kinds.items()})
    order = every["kind"].map([*shown.drawn].index)
    return every.assign(
        order=order, ink=inks.where(own, "context"), tone=inks.where(own, "muted")
    )
