"""How high a frame on another site must be, so that a chart fits it at any width from 280 pixels on.

The sizes are those of ``.embed`` in templates/static/site.css, in pixels; a plot takes what height is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from press.figures import Drawing, font

LEAST, BREAK = 280, 600  # the narrowest frame; from here on the wide drawing is shown, its text 12 px at least
SIDES, ENDS, GAP = 6, 8, 8  # beside the texts, above and below them, around the plot
STEP = 10  # heights are rounded up to these


class _Type(NamedTuple):
    """How a text is set: size and distance of its lines, and the widths of its characters."""

    size: int
    leading: int
    widths: dict[str, int]


TITLE = _Type(18, 23, font.BOLD)
SUBTITLE = _Type(14, 19, font.REGULAR)
FOOT = _Type(12, 18, font.REGULAR)


def height(drawings: Sequence[Drawing], title: str, subtitle: str, foot: str) -> int:
    """Return the height of a frame in pixels: enough for its narrowest width, and for the narrowest wide drawing."""
    wide, narrow = drawings
    return max(_height(LEAST, narrow, title, subtitle, foot), _height(BREAK, wide, title, subtitle, foot))


def _height(width: int, drawing: Drawing, title: str, subtitle: str, foot: str) -> int:
    room = width - 2 * SIDES
    texts = sum(_lines(text, room, kind) for text, kind in ((title, TITLE), (subtitle, SUBTITLE), (foot, FOOT)))
    return STEP * ceil((2 * (ENDS + GAP) + texts + drawing.height * room / drawing.width) / STEP)


def _lines(text: str, room: int, kind: _Type) -> int:
    return len(font.wrap(text, room, kind.size, kind.widths)) * kind.leading
