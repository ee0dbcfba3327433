"""How high a frame on another site must be, so that a chart fits it at any width from
280 pixels on.

The sizes are those of ``.embed`` in theme/static/site.css, in pixels; a plot takes what
height is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from press.figures import DrawingAtSize, poster

NARROWEST = 280  # the least width of a frame
WIDE_FROM = 640  # from this width on the wide drawing is shown
SIDES = 6  # beside the texts
ENDS = 8  # above and below them
PLOT_GAP = 8  # above and below the plot
ROUNDED_TO = 10
FRAME_TITLE = poster.TextStyle(18, 23, 0, "ink", bold=True)  # set in the narrower serif
FRAME_SUBTITLE = poster.TextStyle(14, 19, 0, "muted")
FRAME_FOOT = poster.TextStyle(12, 18, 0, "muted")


def measure_frame_height(
    drawings: Sequence[DrawingAtSize], title: str, subtitle: str, foot: str
) -> int:
    """Return the height of a frame in pixels: enough for its narrowest width, and for
    the narrowest wide drawing.
    """
    *_, wide, narrow = drawings
    texts = ((title, FRAME_TITLE), (subtitle, FRAME_SUBTITLE), (foot, FRAME_FOOT))
    return max(
        (
            _measure_height_at_width(NARROWEST, narrow, texts),
            _measure_height_at_width(WIDE_FROM, wide, texts),
        )
    )


def _measure_height_at_width(
    width: int, drawing: DrawingAtSize, texts: Sequence[tuple[str, poster.TextStyle]]
) -> int:
    """Return the height at one width."""
    room = width - 2 * SIDES
    blocks = [poster.wrap_text_block(text, room, kind) for text, kind in texts]
    plot = drawing.height * room / drawing.width
    whole = 2 * (ENDS + PLOT_GAP) + poster.sum_heights(blocks) + plot
    return ROUNDED_TO * ceil(whole / ROUNDED_TO)
