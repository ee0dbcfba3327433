"""The marks of cards: bold drawings without axes, of a few numbers, on which only what they stand for is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from press.figures import svg
from press.figures.poster import Colours, Type, whole

SAID = Type(28, 36, 4, "ink")  # beside what is drawn
NAME = Type(26, 34, 0, "muted")  # below some of the values
APART = 18  # pixels between two bars below each other
FAINT = ' fill-opacity=".36"'  # of what the marked thing stands among
LINE, DOT, RING, ACROSS = 14, 24, 8, 5  # the widths of a line, of a dot from its middle, of the paper around it, …
STROKE, LETTERING = re.compile(r'(stroke-(?:width|dasharray)=")([\d.,]+)'), re.compile("<text.*?</text>", re.DOTALL)
BODY, BOLDER = 0.78, 4  # how much of a drawing is shown without its lettering; how many times as wide are its lines


class Box(NamedTuple):
    """Where there is room for something, in pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height


class Told(NamedTuple):
    """A value and what is said of it."""

    value: Decimal
    text: str


class Series(NamedTuple):
    """Values along a line, or as bars: where each stands and which it is; ``at`` is the number of the one that counts.

    ``names`` has a name for each; at ``level`` lies a line across.
    """

    points: tuple[tuple[int, Decimal], ...]
    at: int
    names: tuple[str, ...]
    level: Told | None = None
    is_line: bool = True


Mark: TypeAlias = tuple[Told, ...] | Series | str  # bars below each other, values along a line, a drawing


def draw(mark: Mark, box: Box, colours: Colours) -> Iterator[str]:
    """Yield a mark as SVG, in the colour ``mark``. Raises ``ValueError`` for words that do not fit."""
    if isinstance(mark, Series):
        yield from (_line if mark.is_line else _bars)(_Scales.of(mark, box), colours)
    elif isinstance(mark, str):
        yield _drawing(mark, box, colours)
    else:
        yield from _pair(mark, box, colours)


def _drawing(drawing: str, box: Box, colours: Colours) -> str:
    """Return a drawing without lettering, and without its foot, where axes and scales are: as much as fills a box."""
    bare = STROKE.sub(_bolder, LETTERING.sub("", drawing))
    width, height = svg.size(drawing)
    inner = bare.partition(">")[2]
    place = f'x="{box.left:g}" y="{box.top:g}" width="{box.width:g}" height="{box.height:g}"'
    shown = f'viewBox="0 0 {width} {round(height * BODY)}" preserveAspectRatio="xMidYMin slice"'
    return svg.literal(f"<svg {place} {shown}>{inner}", colours)


def _bolder(found: re.Match[str]) -> str:
    return found[1] + ",".join(f"{float(length) * BOLDER:g}" for length in found[2].split(","))


def _pair(bars: Sequence[Told], box: Box, colours: Colours) -> Iterator[str]:
    """Yield bars from the left, the first of them in full colour, each below what is said of it."""
    unit = box.width / float(max(abs(bar.value) for bar in bars) or 1)
    row = (box.height + APART) / len(bars)
    for number, bar in enumerate(bars):
        words = whole(bar.text, box.width, SAID)
        top = box.top + number * row
        yield words.draw(box.left, top, colours)
        length, foot = unit * float(abs(bar.value)), top + row - APART
        below = top + words.height
        yield _bar(Box(box.left, below, length, foot - below), colours, faint=number > 0)


class _Scales(NamedTuple):
    """A series in its room: how far along, and how high up, each of its values lies."""

    series: Series
    box: Box
    low: float
    unit: float

    @classmethod
    def of(cls, series: Series, box: Box) -> _Scales:
        level = [series.level] if series.level else []
        values = [0, *(float(value) for _, value in series.points), *(float(item.value) for item in level)]
        above, below = SAID.leading * len(level), NAME.leading + DOT * series.is_line
        inner = box._replace(top=box.top + above, height=box.height - above - below)
        low, high = min(values), max(values)
        return cls(series, inner, low, inner.height / (high - low or 1))

    def y(self, value: Decimal) -> float:
        return self.box.bottom - (float(value) - self.low) * self.unit

    @property
    def xs(self) -> list[float]:
        first, last = (self.series.points[number][0] for number in (0, -1))
        edge = DOT if self.series.is_line else self.box.width / (last - first + 1) / 2
        room = self.box.width - 2 * edge
        return [self.box.left + edge + room * (place - first) / (last - first or 1) for place, _ in self.series.points]

    def across(self, colours: Colours) -> Iterator[str]:
        """Yield the line of zero where values lie below it, what lies across, and names.

        That of the value that counts stands below it, those of the first and the last where there is room.
        """
        left, _, width, _ = self.box
        if self.low < 0:
            yield _rule(left, self.y(Decimal(0)), width, colours["muted"])
        if self.series.level:
            y = self.y(self.series.level.value)
            words = whole(self.series.level.text, width, SAID)
            yield _rule(left, y, width, colours["ink"]) + words.draw(left, y - words.height, colours)
        foot, taken = self.box.bottom + 4 + DOT * self.series.is_line, list[tuple[float, float]]()
        for at in (self.series.at, 0, -1):
            name = whole(self.series.names[at], width, NAME)
            half = name.width / 2
            x = min(max(left + half, self.xs[at]), left + width - half)
            if all(abs(x - other) > half + its + APART for other, its in taken):
                taken.append((x, half))
                yield f'<g text-anchor="middle">{name.draw(x, foot, colours)}</g>'


def _line(scales: _Scales, colours: Colours) -> Iterator[str]:
    """Yield a line with a dot; it is dotted where values are missing."""
    along = [place for place, _ in scales.series.points]
    places = [f"{x:g},{scales.y(value):g}" for x, (_, value) in zip(scales.xs, scales.series.points, strict=True)]
    step = min((later - earlier for earlier, later in pairwise(along)), default=1)
    lone = [later - earlier > step for earlier, later in pairwise(along)]
    style = f'fill="none" stroke="{colours["mark"]}" stroke-width="{LINE}" stroke-linecap="round"'
    yield from scales.across(colours)
    for missing, dashes in ((False, ""), (True, f' stroke-dasharray="0 {2 * LINE}"')):
        ends = (pair for pair, gap in zip(pairwise(places), lone, strict=True) if gap is missing)
        yield f'<path d="{"".join(f"M{start}L{end}" for start, end in ends)}" {style}{dashes}/>'
    x, y = places[scales.series.at].split(",")
    ring = f'stroke="{colours["paper"]}" stroke-width="{RING}"'
    yield f'<circle cx="{x}" cy="{y}" r="{DOT}" fill="{colours["mark"]}" {ring}/>'


def _bars(scales: _Scales, colours: Colours) -> Iterator[str]:
    """Yield bars up and down, one of them in full colour."""
    series, zero = scales.series, scales.y(Decimal(0))
    first, last = (series.points[number][0] for number in (0, -1))
    width = scales.box.width / (last - first + 1)
    for number, (place, value) in enumerate(series.points):
        left = scales.box.left + (place - first + 0.1) * width
        top, foot = sorted((zero, scales.y(value)))
        yield _bar(Box(left, top, 0.8 * width, foot - top), colours, faint=number != series.at)
    yield from scales.across(colours)


def _bar(box: Box, colours: Colours, *, faint: bool) -> str:
    shape = f'x="{box.left:g}" y="{box.top:g}" width="{box.width:g}" height="{box.height:g}"'
    return f'<rect {shape} fill="{colours["mark"]}"{FAINT if faint else ""}/>'


def _rule(left: float, y: float, width: float, colour: str) -> str:
    return f'<path d="M{left:g},{y:g}h{width:g}" stroke="{colour}" stroke-width="{ACROSS}"/>'
