"""Forms over time: a bar for each time, lines with dots."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain
from math import ceil
from typing import NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms import look
from press.forms.look import Axes, Chart, Mark, colour, text
from press.forms.shown import Shown

# pixels of a drawing; of its height, those of the axis and above
HEIGHT, AXIS = 400, 40
# pixels: of the labels of amounts; between two labels; from a line of text to the next
SCALE, NEAR, LINE = 50, 8, 16
ABOVE = 24  # pixels for what stands at the end of a bar, and for the names of kinds
YEARS = 2  # from so many years on only years are named
# of a key, and the words that say what each means
SIGNS = (("open", "derived"), ("dotted", "gap"))
MOST = 0.4  # of the width: names that are wider are cut
BAR, WIDEST = 0.64, 90  # of a step: the bars of a time; pixels of one
# areas of dots that are at least so many pixels from one to the next
DOTS = {12: 44, 6: 28, 0: 14}


class _Span(NamedTuple):
    """The times of a drawing: the least distance between two, in years and in pixels;
    the axis and its foot.

    As many times are named as find room, the last among them; of more than two years
    with months or days the years.
    """

    step: float
    pixels: float
    x: alt.X
    feet: Sequence[alt.Chart] = ()

    @classmethod
    def of(cls, shown: Shown, size: Size, edge: float, right: float = 0) -> _Span:
        """Return that of all figures, with ``newest`` steps free on both sides, and on
        the right some pixels.
        """
        known = shown.every().drop_duplicates("year").sort_values("year")
        first = known["year"].min()
        last = known["year"].max()
        step = known["year"].diff().min() if len(known) > 1 else 1
        pixels = (size.width - SCALE - right) / ((last - first) / step + 2 * edge)
        names = {
            at: shown.language.date(f"{time}", short=True)
            for at, time in zip(known["year"], known["at"], strict=True)
        }
        own = last - first < YEARS or step >= 1
        apart = pixels
        if not own:
            names = {
                year: f"{year}" for year in range(ceil(first), ceil(last - 0.5) + 1)
            }
            apart = pixels / step
        wide = look.widest(names.values(), size.text)
        begin = first - edge * step
        some = [*names.items()][:: -ceil((wide + NEAR) / apart)]
        # right of the scale
        told = {
            at: name
            for at, name in some
            if (at - begin) * pixels / step > wide / 2 - NEAR
        }
        x = look.times(begin, last + (edge + right / pixels) * step, told)
        return cls(
            step, pixels, x, () if own else [look.year_ends(min(names), max(names), x)]
        )


def columns(
    shown: Shown,
    *,
    grid: bool = False,
    hollow: Collection[object] = (),
    reach: tuple[float, int] = (0, 0),
    height: int = HEIGHT,
) -> Plot:
    """Draw a bar for each time, those of several kinds side by side, with amounts at
    their ends.

    Where there is no room for all amounts the newest is told, the largest, and so on,
    and there is an axis, as with a
    ``grid``. The bars of ``hollow`` times are open. The scale goes at least to the
    amount of ``reach``, and so many pixels further.
    """
    drawn = shown.drawn
    bar = BAR / shown.every()["kind"].nunique()
    moved = {name: number - (len(drawn) - 1) / 2 for number, name in enumerate(drawn)}

    def draw(size: Size) -> Chart:
        span = _Span.of(shown, size, 0.6)
        every = shown.every()
        every["year"] += every["kind"].map(moved) * bar * span.step
        told = _told(every, span, size, len(drawn) > 1 and bar * span.pixels)
        low = min(0, every["value"].min())
        high = max(0, every["value"].max())
        rooms = ((high, ABOVE * (1 + (len(drawn) > 1))), reach)
        ends = [
            look.with_room(low, top, height - AXIS, ABOVE * (low < 0), above)
            for top, above in rooms
        ]
        scale = min(ends)[0], max(end for _, end in ends)
        axes = Axes(
            span.x,
            shown.amounts(low, high, scale, shown=grid or len(told) < len(every)),
        )
        layers = [look.zero(axes), *shown.heads(size)]
        for name in drawn:
            own = every[every["kind"] == name]
            ink = shown.kinds[name].ink
            outline: Mark = {
                "fill": colour("paper"),
                "stroke": colour(ink),
                "strokeDash": [4, 3],
            }
            for frame, style in (
                (own[~own["at"].isin(hollow)], {}),
                (own[own["at"].isin(hollow)], outline),
            ):
                bars = alt.Chart(frame).mark_bar(
                    size=min(max(bar * span.pixels - 1, 1), WIDEST),
                    color=colour(ink),
                    **style,
                )
                layers.append(bars.encode(*axes, look.description()))
            labels = told[told["kind"] == name]
            for frame, dy in (
                (labels[labels["value"] >= 0], -10),
                (labels[labels["value"] < 0], 12),
            ):
                layers.append(text(frame, *axes, ink, dy=dy, style="label"))
        return look.finished(layers, size, height, axes)

    return shown.plot(draw)


def _told(every: pd.DataFrame, span: _Span, size: Size, bar: float) -> pd.DataFrame:
    """Return the amounts that are told: all, if need be without plus signs; else as
    many as do not touch.

    Of several bars beside each other, which are so wide, it is all or none.
    """
    own = every
    if look.widest(own["text"], size.label, bold=True) > (bar or span.pixels):
        own = every.assign(text=every["text"].str.lstrip("+"))
    wide = look.widest(own["text"], size.label, bold=True)
    if bar:
        return own if wide <= bar else own.head(0)
    at = dict(zip(own.index, own["year"] / span.step * span.pixels, strict=True))
    kept = list[object]()
    for each in (
        own["year"].idxmax(),
        *own["value"].abs().sort_values(ascending=False).index,
    ):
        if all(abs(at[each] - at[other]) > wide for other in kept):
            kept.append(each)
    return own.loc[kept]


def lines(
    shown: Shown, *, foot: float = 0, step: int = 0, height: int = HEIGHT
) -> Plot:
    """Draw a line for each kind, with its name and newest amount at its end, dotted
    where times are missing.

    Open dots are derived figures: the words ``derived`` say so, and ``gap`` what dotted
    lines are. The scale begins at the ``foot``, or lower, with a line every ``step``.
    """
    every = shown.every()
    words = shown.words
    ends = every.groupby("kind", sort=False).tail(1)
    names = [
        [
            words[kind],
            told,
            *([] if isinstance(at, int) else [shown.language.date(at, short=True)]),
        ]
        for kind, told, at in zip(ends["kind"], ends["text"], ends["at"], strict=True)
    ]
    gaps = any(look.lone(frame).any() for frame in shown.drawn.values())
    seen = zip(SIGNS, (every["derived"].any(), gaps), strict=True)
    signs = {sign: words[word] for (sign, word), is_seen in seen if is_seen}

    def draw(size: Size) -> Chart:
        right = min(
            look.widest(chain(*names), size.label, bold=True), MOST * size.width
        )
        span = _Span.of(shown, size, 0.4, right + 2 * NEAR)
        low = min(foot, every["low"].min())
        high = every["high"].max()
        axes = Axes(
            span.x,
            shown.amounts(
                low, high, look.with_room(low, high, height - AXIS, 0, ABOVE), step
            ),
        )
        layers = [*span.feet, *look.key(signs, size)]
        for kind, frame in shown.drawn.items():
            ink = shown.kinds[kind].ink
            area = next(area for far, area in DOTS.items() if span.pixels >= far)
            layers += look.line(frame, axes, ink, area)
        block = (
            max(map(len, names)) * LINE * (high - low or 1) / (height - AXIS - ABOVE)
        )
        # above the axis
        middles = ends.assign(
            value=look.apart([*ends["value"].clip(lower=low + block / 2)], block)
        )
        for number, told in enumerate(names):
            end = middles.iloc[[number]]
            for row, line in enumerate(told):
                mark: Mark = {
                    "align": "left",
                    "dx": 10,
                    "dy": (row - len(told) / 2 + 0.5) * LINE,
                    "limit": right + 1,
                }
                ink = shown.kinds[end["kind"].item()].ink
                style = "text" if row > 1 else "label"
                layers.append(
                    text(end.assign(text=line), *axes, ink, style=style, **mark)
                )
        return look.finished(layers, size, height, axes)

    return shown.plot(draw)
