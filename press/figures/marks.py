"""The marks of cards: a bold line without axes, on which only what counts is written, or the chart's own drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from press.figures import svg
from press.figures.poster import Colours, Type, whole

SAID = Type(28, 36, 4, "ink")  # above what lies across
NAME = Type(26, 34, 0, "muted")  # below some of the values
APART = 18  # pixels between two names
LINE, DOT, RING, ACROSS = 14, 24, 8, 5  # the widths of a line, of a dot from its middle, of the paper around it, …
STROKE = re.compile(r'(stroke-(?:width|dasharray)=")([\d.,]+)')
LETTERING = re.compile(r'<text.*?</text>|<circle[^>]* r="[0-2](?:\.\d+)?"/>', re.DOTALL)  # and dots as small as that
BOLDER = 4  # how many times as wide are the lines of a drawing


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


class Point(NamedTuple):
    """A value along a line: how far along it lies, in steps, and what names it."""

    place: int
    value: Decimal
    name: str


class Line(NamedTuple):
    """Values along a line; ``at`` is the number of the one that counts.

    At ``level`` lies a line across, with what is ``said`` of it.
    """

    points: Sequence[Point]
    at: int
    level: Decimal | None = None
    said: str = ""


Mark: TypeAlias = Line | str  # a string is a drawing: SVG


def draw(mark: Mark, box: Box, colours: Colours) -> str:
    """Return a mark as SVG, a line in the colour ``mark``. Raises ``ValueError`` for words that do not fit."""
    return _drawing(mark, box, colours) if isinstance(mark, str) else "".join(_line(mark, box, colours))


def _drawing(drawing: str, box: Box, colours: Colours) -> str:
    """Return a drawing without lettering, as large as a box lets it be, in its lower right corner."""
    width, height = svg.size(drawing)
    inner = STROKE.sub(_bolder, LETTERING.sub("", drawing)).partition(">")[2]
    place = f'x="{box.left:g}" y="{box.top:g}" width="{box.width:g}" height="{box.height:g}"'
    return svg.literal(f'<svg {place} viewBox="0 0 {width} {height}" preserveAspectRatio="xMaxYMax">{inner}', colours)


def _bolder(found: re.Match[str]) -> str:
    return found[1] + ",".join(f"{float(length) * BOLDER:g}" for length in found[2].split(","))


def _line(line: Line, box: Box, colours: Colours) -> Iterator[str]:
    """Yield a line with a dot, broken where values are missing, and what lies across.

    The value that counts is named below it, the first and the last where there is room.
    """
    first, last = line.points[0].place, line.points[-1].place
    said = whole(line.said, box.width, SAID)
    foot = box.bottom - NAME.leading - DOT
    values = [0, line.level or 0, *(point.value for point in line.points)]
    low, high = float(min(values)), float(max(values))
    unit = (foot - box.top - SAID.leading * bool(line.said)) / (high - low or 1)
    step = (box.width - 2 * DOT) / (last - first or 1)
    xs = [box.left + DOT + step * (point.place - first) for point in line.points]
    ys = [foot - unit * (float(point.value) - low) for point in line.points]
    if line.level is not None:
        y = foot - unit * (float(line.level) - low)
        yield f'<path d="M{box.left:g},{y:g}h{box.width:g}" stroke="{colours["ink"]}" stroke-width="{ACROSS}"/>'
        yield said.draw(box.left, y - said.height, colours)
    taken = list[tuple[float, float]]()
    for at in (line.at, 0, -1):
        name = whole(line.points[at].name, box.width, NAME)
        half = name.width / 2
        x = min(max(box.left + half, xs[at]), box.left + box.width - half)
        if all(abs(x - other) > half + its + APART for other, its in taken):
            taken.append((x, half))
            yield f'<g text-anchor="middle">{name.draw(x, foot + 4 + DOT, colours)}</g>'
    ends = {point.place: f"{x:g},{y:g}" for point, x, y in zip(line.points, xs, ys, strict=True)}
    path = "".join(f"M{ends.get(place - 1, end)}L{end}" for place, end in ends.items())
    yield f'<path d="{path}" fill="none" stroke="{colours["mark"]}" stroke-width="{LINE}" stroke-linecap="round"/>'
    ring = f'stroke="{colours["paper"]}" stroke-width="{RING}"'
    yield f'<circle cx="{xs[line.at]:g}" cy="{ys[line.at]:g}" r="{DOT}" fill="{colours["mark"]}" {ring}/>'
