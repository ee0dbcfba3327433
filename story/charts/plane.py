"""What a drawing is drawn on, in pixels and in values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from press.figures import Size

DIGIT = 0.556  # the width of a digit, of the size of a text
AXIS = 6  # pixels between an axis and its labels
# pixels that ``finish_chart`` leaves beside a drawing, and above and below it
PADDING = 6, 14


class Plane(NamedTuple):
    """What is drawn on: its width and height in pixels, and the ends of both scales."""

    width: float
    height: float
    across: tuple[float, float]
    up: tuple[float, float]

    @classmethod
    def of(
        cls,
        size: Size,
        height: int,
        across: tuple[float, float],
        up: tuple[float, float],
        widest: str,
    ) -> Plane:
        """Return that of a drawing whose vertical axis has ``widest`` as its widest
        label.
        """
        beside, above = PADDING
        width = size.width - beside - AXIS - len(widest) * DIGIT * size.text
        return cls(width, height - above - AXIS - size.text, across, up)
