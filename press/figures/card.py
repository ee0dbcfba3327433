"""Cards, the pictures of pages where these are shared: a headline, one number, one
mark; read where they are small.

A feed shows a card half as wide, a list of links a quarter: nothing on it is thin, and
lettering is large or can be spared. The mark is a bold line without axes, on which only
what counts is written, or the chart's own drawing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from press.figures import poster, svg
from press.figures.poster import (
    Block,
    Colours,
    Heading,
    Palette,
    Type,
    block,
    height_of,
    light,
    picture,
    stack,
    whole,
)

WIDTH, HEIGHT = 1200, 630  # as large as Open Graph wants it
EDGE, GAP = 56, 36
ROOM = WIDTH - 2 * EDGE
TITLES = tuple(
    Type(size, round(size * 1.12), 0, "ink", serif=True)
    for size in (84, 76, 68, 62, 56, 50, 44, 40)
)
NUMBERS = tuple(
    Type(size, round(size * 0.94), 6, "mark", serif=True) for size in range(144, 63, -8)
)
# How large number and title and how high the mark shall be at least, the best first.
LEAST = (104, 50, 240), (104, 50, 190), (104, 40, 190), (80, 40, 190), (64, 40, 150)
OF_DRAWING = (104, 50, 270), (80, 44, 250), *LEAST
LEFT, RIGHT = 560, 480  # the room of the number, and that of the mark
ALONE = 340  # the height of a mark that is no part of a card
# the words of a number up to its last digits: of "5 to 6% higher" the first three
COUNTED = re.compile(r".*\d\S*")
TEXT = Type(36, 44, 0, "ink")
SUBTITLE = Type(36, 46, 0, "muted")
SOURCE = Type(24, 30, 0, "muted")
NAME = Type(26, 30, 0, "accent", bold=True)
# Of marks.
SAID = Type(28, 36, 4, "ink")  # above what lies across
NAMED = Type(26, 34, 0, "muted")  # below some of the values
APART = 18  # pixels between two names
# the widths of a line, of a dot from its middle, of the paper around it, …
LINE, DOT, RING, ACROSS = 14, 24, 8, 5
STROKE = re.compile(r'(stroke-(?:width|dasharray)=")([\d.,]+)')
# and dots as small as that
LETTERING = re.compile(r'<text.*?</text>|<circle[^>]* r="[0-2](?:\.\d+)?"/>', re.DOTALL)
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


class Shown(NamedTuple):
    """What a card shows below its title: a number, the words after it, the name of a
    colour, a mark.
    """

    number: str
    text: str
    colour: str
    mark: Mark


def card(heading: Heading, shown: Shown | None, palette: Palette) -> str:
    """Return a card as SVG: a title, and what is shown, or else the subtitle.

    Raises ``ValueError`` where they do not fit.
    """
    colours = light(palette)
    colours["mark"] = colours[shown.colour if shown else "accent"]
    name = whole(heading.name, ROOM, NAME)
    foot = block(heading.source, ROOM - GAP - name.width, SOURCE)
    end = HEIGHT - EDGE - max(foot.height, name.height)
    ends = (
        foot.draw(EDGE, end, colours),
        name.draw(WIDTH - EDGE - name.width, HEIGHT - EDGE - name.height, colours),
    )
    for title, body in _plans(heading, shown, end - GAP):
        # at whose foot words and mark stand; without a mark the words follow the title
        box = _below(title, end - GAP)
        words = stack(
            body, EDGE, box.bottom - height_of(body) if shown else box.top, colours
        )
        mark = (
            _mark(
                shown.mark,
                box._replace(left=WIDTH - EDGE - RIGHT, width=RIGHT),
                colours,
            )
            if shown
            else ""
        )
        return picture(
            WIDTH,
            HEIGHT,
            [title.draw(EDGE, EDGE, colours), words, mark, *ends],
            heading,
            colours,
        )
    lengths = (
        f"the title ({len(heading.title)} characters) and the source"
        f" ({len(heading.source)})"
    )
    raise ValueError(
        f"what is said does not fit on the card with {lengths}: shorten them"
    )


def bare(shown: Shown, palette: Palette) -> str:
    """Return the mark of a card alone, as SVG for a page whose style sheet has the
    colours.

    Raises ``ValueError`` where its words do not fit.
    """
    colours = {name: f"var(--{name})" for name in palette}
    colours["mark"] = colours[shown.colour]
    drawn = _mark(shown.mark, Box(0, 0, RIGHT, ALONE), colours)
    return svg.sturdy(
        f'<svg aria-hidden="true" focusable="false" viewBox="0 0 {RIGHT}'
        f' {ALONE}">{drawn}</svg>'
    )


def _below(title: Block, end: float) -> Box:
    top = EDGE + title.height + GAP
    return Box(EDGE, top, ROOM, end - top)


def _plans(
    heading: Heading, shown: Shown | None, end: float
) -> Iterator[tuple[Block, Sequence[Block]]]:
    """Yield titles that fit, the largest first, each with the largest
    words below it.
    """
    titles = [
        title
        for kind in TITLES
        if (title := block(heading.title, ROOM, kind)).width <= ROOM
    ]
    if not shown:
        subtitle = [block(heading.subtitle, ROOM, SUBTITLE)]
        yield from (
            (title, subtitle)
            for title in titles
            if _fitting([subtitle], _below(title, end))
        )
        return
    for least, lettering, lowest in (
        OF_DRAWING if isinstance(shown.mark, str) else LEAST
    ):
        for title in titles:
            box = _below(title, end)
            if (
                title.type.size >= lettering
                and box.height >= lowest
                and (body := _words(shown, box, least))
            ):
                yield title, body


def _words(shown: Shown, box: Box, least: int) -> Sequence[Block]:
    """Return a number as large as there is room, and its text, which may begin with the
    number's last words.
    """
    cuts = [(shown.number, shown.text)]
    if digits := COUNTED.match(shown.number):
        cuts.append((digits[0], f"{shown.number[digits.end() :]} {shown.text}".strip()))
    plans = (
        [block(number, 2 * ROOM, kind), block(text, LEFT, TEXT)]
        for number, text in cuts
        for kind in NUMBERS
        if kind.size >= least
    )
    return _fitting(plans, box._replace(width=LEFT))


def _fitting(plans: Iterable[list[Block]], box: Box) -> Sequence[Block]:
    """Return the first of some plans that fits a box."""
    fit = (
        plan
        for plan in plans
        if height_of(plan) <= box.height
        and all(item.width <= box.width for item in plan)
    )
    return next(fit, ())


def _mark(mark: Mark, box: Box, colours: Colours) -> str:
    """Return a mark as SVG, a line in the colour ``mark``.

    Raises ``ValueError`` for words that do not fit.
    """
    return (
        _drawing(mark, box, colours)
        if isinstance(mark, str)
        else "".join(_line(mark, box, colours))
    )


def _drawing(drawing: str, box: Box, colours: Colours) -> str:
    """Return a drawing without lettering, as large as a box lets it be, in its lower
    right corner.
    """
    width, height = svg.size(drawing)
    inner = STROKE.sub(_bolder, LETTERING.sub("", drawing)).partition(">")[2]
    place = (
        f'x="{box.left:g}" y="{box.top:g}" width="{box.width:g}"'
        f' height="{box.height:g}" {poster.UNCUT}'
    )
    return svg.literal(
        f'<svg {place} viewBox="0 0 {width} {height}"'
        f' preserveAspectRatio="xMaxYMax">{inner}',
        colours,
    )


def _bolder(found: re.Match[str]) -> str:
    return found[1] + ",".join(
        f"{float(length) * BOLDER:g}" for length in found[2].split(",")
    )


def _line(line: Line, box: Box, colours: Colours) -> Iterator[str]:
    """Yield a line with a dot, broken where values are missing, and what lies across.

    The value that counts is named below it, the first and the last where there is room.
    """
    first = line.points[0].place
    last = line.points[-1].place
    said = whole(line.said, box.width, SAID)
    foot = box.bottom - NAMED.leading - DOT
    values = [0, line.level or 0, *(point.value for point in line.points)]
    low = float(min(values))
    high = float(max(values))
    unit = (foot - box.top - SAID.leading * bool(line.said)) / (high - low or 1)
    step = (box.width - 2 * DOT) / (last - first or 1)
    xs = [box.left + DOT + step * (point.place - first) for point in line.points]
    ys = [foot - unit * (float(point.value) - low) for point in line.points]
    if line.level is not None:
        y = foot - unit * (float(line.level) - low)
        yield (
            f'<path d="M{box.left:g},{y:g}h{box.width:g}" stroke="{colours["ink"]}"'
            f' stroke-width="{ACROSS}"/>'
        )
        yield said.draw(box.left, y - said.height, colours)
    taken = list[tuple[float, float]]()
    for at in (line.at, 0, -1):
        name = whole(line.points[at].name, box.width, NAMED)
        half = name.width / 2
        x = min(max(box.left + half, xs[at]), box.left + box.width - half)
        if all(abs(x - other) > half + its + APART for other, its in taken):
            taken.append((x, half))
            yield f'<g text-anchor="middle">{name.draw(x, foot + 4 + DOT, colours)}</g>'
    ends = {
        point.place: f"{x:g},{y:g}"
        for point, x, y in zip(line.points, xs, ys, strict=True)
    }
    path = "".join(f"M{ends.get(place - 1, end)}L{end}" for place, end in ends.items())
    yield (
        f'<path d="{path}" fill="none" stroke="{colours["mark"]}" stroke-width="{LINE}"'
        ' stroke-linecap="round"/>'
    )
    ring = f'stroke="{colours["paper"]}" stroke-width="{RING}"'
    yield (
        f'<circle cx="{xs[line.at]:g}" cy="{ys[line.at]:g}" r="{DOT}"'
        f' fill="{colours["mark"]}" {ring}/>'
    )
