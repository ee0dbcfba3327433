"""How high a frame on another site must be, so that a chart fits it at any width from
280 pixels on.

The sizes are those of ``.embed`` in theme/static/site.css, in pixels; a plot takes what
height is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from press.figures import ChartDrawing, poster

LEAST, BREAK = 280, 640  # the narrowest frame; from here on the wide drawing is shown
SIDES, ENDS, GAP = 6, 8, 8  # beside the texts, above and below them, around the plot
STEP = 10  # heights are rounded up to these
TITLE = poster.Lettering(
    18, 23, 0, "ink", bold=True
)  # set in the serif, which is narrower
SUBTITLE = poster.Lettering(14, 19, 0, "muted")
FOOT = poster.Lettering(12, 18, 0, "muted")


def height(
    drawings: Sequence[ChartDrawing], title: str, subtitle: str, foot: str
) -> int:
    """Return the height of a frame in pixels: enough for its narrowest width, and for
    the narrowest wide drawing.
    """
    *_, wide, narrow = drawings
    return max(
        _height(LEAST, narrow, title, subtitle, foot),
        _height(BREAK, wide, title, subtitle, foot),
    )


def _height(
    width: int, drawing: ChartDrawing, title: str, subtitle: str, foot: str
) -> int:
    room = width - 2 * SIDES
    kinds = ((title, TITLE), (subtitle, SUBTITLE), (foot, FOOT))
    texts = poster.sum_heights(
        [poster.wrap_block(text, room, kind) for text, kind in kinds]
    )
    return STEP * ceil(
        (2 * (ENDS + GAP) + texts + drawing.height * room / drawing.width) / STEP
    )
