"""Cards, the pictures of pages where these are shared: a headline, one number, one mark; read where they are small.

A feed shows a card half as wide, a list of links a quarter: nothing on it is thin, and lettering is large or can be
spared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from press.figures.marks import Box, Line, Mark, Point, draw
from press.figures.poster import Block, Heading, Palette, Type, block, height_of, light, picture, stack, whole
from press.figures.svg import sturdy

__all__ = ["Line", "Mark", "Point", "Shown", "bare", "card"]

WIDTH, HEIGHT = 1200, 630  # as large as Open Graph wants it
EDGE, GAP = 56, 36
ROOM = WIDTH - 2 * EDGE
TITLES = tuple(Type(size, round(size * 1.12), 0, "ink", serif=True) for size in (84, 76, 68, 62, 56, 50, 44, 40))
NUMBERS = tuple(Type(size, round(size * 0.94), 6, "mark", serif=True) for size in range(144, 63, -8))
# How large number and title and how high the mark shall be at least, the best first.
LEAST = (104, 50, 240), (104, 50, 190), (104, 40, 190), (80, 40, 190), (64, 40, 150)
OF_DRAWING = (104, 50, 270), (80, 44, 250), *LEAST
LEFT, RIGHT = 560, 480  # the room of the number, and that of the mark
ALONE = 340  # the height of a mark that is no part of a card
COUNTED = re.compile(r".*\d\S*")  # the words of a number up to its last digits: of "5 to 6% higher" the first three
TEXT = Type(36, 44, 0, "ink")
SUBTITLE = Type(36, 46, 0, "muted")
SOURCE = Type(24, 30, 0, "muted")
NAME = Type(26, 30, 0, "accent", bold=True)


class Shown(NamedTuple):
    """What a card shows below its title: a number, the words after it, the name of a colour, a mark."""

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
    ends = foot.draw(EDGE, end, colours), name.draw(WIDTH - EDGE - name.width, HEIGHT - EDGE - name.height, colours)
    for title, body in _plans(heading, shown, end - GAP):
        box = _below(title, end - GAP)  # at whose foot words and mark stand; without a mark the words follow the title
        words = stack(body, EDGE, box.bottom - height_of(body) if shown else box.top, colours)
        mark = draw(shown.mark, box._replace(left=WIDTH - EDGE - RIGHT, width=RIGHT), colours) if shown else ""
        return picture(WIDTH, HEIGHT, [title.draw(EDGE, EDGE, colours), words, mark, *ends], heading, colours)
    lengths = f"the title ({len(heading.title)} characters) and the source ({len(heading.source)})"
    raise ValueError(f"what is said does not fit on the card with {lengths}: shorten them")


def bare(shown: Shown, palette: Palette) -> str:
    """Return the mark of a card alone, as SVG for a page whose style sheet has the colours.

    Raises ``ValueError`` where its words do not fit.
    """
    colours = {name: f"var(--{name})" for name in palette}
    colours["mark"] = colours[shown.colour]
    drawn = draw(shown.mark, Box(0, 0, RIGHT, ALONE), colours)
    return sturdy(f'<svg aria-hidden="true" focusable="false" viewBox="0 0 {RIGHT} {ALONE}">{drawn}</svg>')


def _below(title: Block, end: float) -> Box:
    top = EDGE + title.height + GAP
    return Box(EDGE, top, ROOM, end - top)


def _plans(heading: Heading, shown: Shown | None, end: float) -> Iterator[tuple[Block, Sequence[Block]]]:
    """Yield titles that fit, the largest first, each with the largest words below it."""
    titles = [title for kind in TITLES if (title := block(heading.title, ROOM, kind)).width <= ROOM]
    if not shown:
        subtitle = [block(heading.subtitle, ROOM, SUBTITLE)]
        yield from ((title, subtitle) for title in titles if _fitting([subtitle], _below(title, end)))
        return
    for least, lettering, lowest in OF_DRAWING if isinstance(shown.mark, str) else LEAST:
        for title in titles:
            box = _below(title, end)
            if title.type.size >= lettering and box.height >= lowest and (body := _words(shown, box, least)):
                yield title, body


def _words(shown: Shown, box: Box, least: int) -> Sequence[Block]:
    """Return a number as large as there is room, and its text, which may begin with the number's last words."""
    digits = COUNTED.match(shown.number)
    cuts = [(shown.number, shown.text)]
    if digits:
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
    fit = (plan for plan in plans if height_of(plan) <= box.height and all(item.width <= box.width for item in plan))
    return next(fit, ())
