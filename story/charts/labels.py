"""Labels that find their places: each at the first of its own where it covers nothing,
as figures come and go.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.forms import draw_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from press.figures import Size

WIDTH, BOLD = 0.53, 0.57  # of a character on average, of the size of a text
LEADING = 3  # pixels between lines
CLEAR = 2  # pixels around a label that stay free
DIGIT = 0.556  # of a digit
AXIS = 6  # pixels between an axis and its labels
# pixels that ``finish_chart`` leaves beside a drawing, and above and below it
PADDING = 6, 14


class Box(NamedTuple):
    """A rectangle that is taken, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def covered(self, boxes: Iterable[Box]) -> float:
        """Return how much of its area some boxes take, of which nearly all lie
        elsewhere.
        """
        left, top, right, bottom = self
        return sum(
            (min(right, its_right) - max(left, its_left))
            * (min(bottom, its_bottom) - max(top, its_top))
            for its_left, its_top, its_right, its_bottom in boxes
            if its_left < right
            and its_right > left
            and its_top < bottom
            and its_bottom > top
        )


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

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return the place of two values, in pixels from the left and from the top."""
        (left, right), (low, high) = self.across, self.up
        return (x - left) / (right - left) * self.width, (high - y) / (
            high - low
        ) * self.height

    def values(self, across: float, down: float) -> tuple[float, float]:
        """Return the values at a place."""
        (left, right), (low, high) = self.across, self.up
        return left + across / self.width * (
            right - left
        ), high - down / self.height * (high - low)

    def line(
        self, points: Sequence[tuple[float, float]], width: float = 4
    ) -> Iterator[Box]:
        """Yield boxes along a line through values."""
        places = [self.at(*each) for each in points]
        for (x, y), (to_x, to_y) in pairwise(places):
            steps = max(1, round(max(abs(to_x - x), abs(to_y - y)) / width))
            for step in range(steps + 1):
                yield around(
                    x + (to_x - x) * step / steps,
                    y + (to_y - y) * step / steps,
                    width / 2,
                )


def around(x: float, y: float, radius: float) -> Box:
    """Return the box of a dot."""
    return Box(x - radius, y - radius, x + radius, y + radius)


class Spot(NamedTuple):
    """Where a label may stand: an end of it, or its middle, and the middle of its
    height, in pixels.
    """

    x: float
    y: float
    align: str = "left"


class Label(NamedTuple):
    """Lines of text with a colour and the spots that they may have, the best first; one
    that must stand, or may.
    """

    lines: Sequence[str]
    ink: str
    spots: Sequence[Spot]
    bold: bool = False
    must: bool = True


def beside(x: float, y: float, radius: float, height: float = 14) -> list[Spot]:
    """Return the spots around a dot: left and right, above and below, and these again
    somewhat further off.
    """
    up, side = radius + height / 2 + 3, radius + 5
    near = [
        Spot(x - side, y, "right"),
        Spot(x + side, y, "left"),
        Spot(x, y - up, "center"),
        Spot(x, y + up, "center"),
    ]
    corners = [
        Spot(x + across, y + down, align)
        for down in (-height * 0.6, height * 0.6, -height, height)
        for across, align in ((-side, "right"), (side, "left"))
    ]
    return near + corners


def placed(
    labels: Iterable[Label], taken: Iterable[Box], plane: Plane, size: Size
) -> pd.DataFrame:
    """Return a row for each line of the labels that have a place: x, y, align, text,
    ink, style.
    """
    boxes, rows = list(taken), []
    for label in labels:
        best: tuple[float, Spot, Box] | None = None
        for spot in label.spots:
            inside, box = _box(label, spot, plane, size)
            covered = box.covered(boxes)
            if best is None or covered < best[0]:
                best = covered, inside, box
            if not covered:
                break
        if best is None or (best[0] and not label.must):
            continue
        _, spot, box = best
        boxes.append(box)
        step = size.text + LEADING
        for number, line in enumerate(label.lines):
            x, y = plane.values(
                spot.x, spot.y + (number - (len(label.lines) - 1) / 2) * step
            )
            rows.append(
                (x, y, spot.align, line, label.ink, "label" if label.bold else "text")
            )
    return pd.DataFrame(rows, columns=["x", "y", "align", "text", "ink", "style"])


def _box(label: Label, spot: Spot, plane: Plane, size: Size) -> tuple[Spot, Box]:
    """Return a spot, moved aside if the label would leave the drawing there, and the
    box that the label takes.
    """
    width = max(map(len, label.lines)) * (
        size.label * BOLD if label.bold else size.text * WIDTH
    )
    height = len(label.lines) * (size.text + LEADING) - LEADING
    left = spot.x - {"left": 0.0, "center": width / 2, "right": width}[spot.align]
    moved = min(max(left, 0), plane.width - width) - left
    y = min(max(spot.y, height / 2), plane.height - height / 2)
    box = Box(
        left + moved - CLEAR,
        y - height / 2 - CLEAR,
        left + moved + width + CLEAR,
        y + height / 2 + CLEAR,
    )
    return Spot(spot.x + moved, y, spot.align), box


def written(
    labels: pd.DataFrame, x: alt.X, y: alt.Y, fields: tuple[str, str]
) -> list[alt.Chart]:
    """Write labels that have their places, on axes whose fields are named."""
    frame = labels.rename(columns={"x": fields[0], "y": fields[1]})
    return [
        draw_texts(own, x, y, str(ink), align=str(align), style=str(style))
        for (ink, align, style), own in frame.groupby(
            ["ink", "align", "style"], sort=False
        )
    ]
