"""Shares of two countries' trade, drawn: the same square in the square of each, on one
scale.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.forms import (
    Axes,
    ChartData,
    LayeredChart,
    MarkProperties,
    describe_marks,
    draw_marks,
    draw_texts,
    finish_chart,
    get_colour_variable,
    make_hidden_axis,
)
from story.charts.headline import draw_headline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.figures import Size

DRAWN = "total"  # the flow that is drawn; the table has the others
HEADING = 26  # pixels above a square, for its name
BESIDE = 14  # pixels between a square and what is written beside it
LETTERS = {"full": 72, "wide": 56, "narrow": 45}  # of the shares, in pixels
OPEN_SQUARE: MarkProperties = {"fill": None, "stroke": get_colour_variable("context")}
FRAME = 6, 14  # pixels that ``finish_chart`` leaves beside a drawing, and above it


class _Layout(NamedTuple):
    """Where the squares stand, in pixels: the side of a square of a billion dollars,
    how far Russia's lies to the right, how far China's above the foot.
    """

    unit: float
    left: float
    above: float


LAYOUTS = {
    "full": _Layout(6.2, 620, 0),
    "wide": _Layout(4.2, 366, 0),
    "narrow": _Layout(3.6, 0, 140),
}


class _Part(NamedTuple):
    """The trade between the two in the trade of one: the sides of both squares and the
    place of their corner, in pixels; the row of the figure.
    """

    side: float
    whole: float
    left: float
    foot: float
    figure: pd.DataFrame

    def write_at(self, x: float, y: float, text: str) -> pd.DataFrame:
        """Return a text at a place, in pixels from the corner."""
        return pd.DataFrame({"x": [self.left + x], "y": [self.foot + y], "text": text})


def draw_squares(figures: ChartData, amount: float, size: Size) -> LayeredChart:
    """Draw the same square in that of all that each country trades, on one scale."""
    layout = LAYOUTS[size.page_name]
    china = _place_part(figures, "china", amount, layout)
    russia = _place_part(figures, "russia", amount, layout)
    height = china.foot + china.whole + HEADING
    beside, above = FRAME
    axes = Axes(
        make_hidden_axis(alt.X, "x", 0, size.width - beside),
        make_hidden_axis(alt.Y, "y", -1, height),
    )
    headings = [
        china.write_at(0, china.whole + HEADING / 2, figures.words["all_china"]),
        russia.write_at(0, russia.whole + HEADING / 2, figures.words["all_russia"]),
    ]
    same = china.write_at(6, china.side + HEADING / 2, figures.words["same"])
    share_of_china = china.write_at(
        china.side + BESIDE, china.side / 2, _write_share(china, figures)
    )
    # of Russia's trade: it has no room inside
    share_of_russia = russia.write_at(
        russia.whole + BESIDE, russia.side / 2, _write_share(russia, figures)
    )
    shares = pd.concat([share_of_china, share_of_russia])
    letters = LETTERS[size.page_name]
    bold: MarkProperties = {"align": "left", "style": "label"}
    layers = [
        *_draw_part(china, axes),
        *_draw_part(russia, axes),
        draw_texts(pd.concat(headings), *axes, "ink", **bold),
        draw_texts(same, *axes, "accent", **bold),
        draw_headline(shares, axes, "accent", letters, align="left"),
    ]
    return finish_chart(layers, size, round(height) + 1 + above)


def _place_part(
    figures: ChartData, country: str, amount: float, layout: _Layout
) -> _Part:
    """Return the squares of a country, for an amount in billions of dollars between the
    two.
    """
    frame = figures.frames[country]
    figure = frame[frame["at"] == DRAWN]
    middle = (figure["low"].item() + figure["high"].item()) / 2
    whole = amount * 100 / middle
    side = amount**0.5 * layout.unit
    whole_side = whole**0.5 * layout.unit
    if country == "china":
        return _Part(side, whole_side, 0, layout.above, figure)
    return _Part(side, whole_side, layout.left, 0, figure)


def _draw_part(part: _Part, axes: Axes) -> Iterator[alt.Chart]:
    """Draw the open square of a country's trade and the filled one in its corner."""
    corner = part.figure.assign(x=part.left, y=part.foot)
    channels = (*axes, alt.X2("x2"), alt.Y2("y2"))
    whole = corner.assign(x2=part.left + part.whole, y2=part.foot + part.whole)
    yield draw_marks("rect", whole, *channels, **OPEN_SQUARE)
    inside = corner.assign(x2=part.left + part.side, y2=part.foot + part.side)
    yield draw_marks("rect", inside, *channels, describe_marks(), ink="accent")


def _write_share(part: _Part, figures: ChartData) -> str:
    """Write a share in whole percent, both ends of it where they differ."""
    ends = [part.figure[end].item() for end in ("low", "high")]
    told = [figures.language.number(end, 0) for end in ends]
    return "–".join(dict.fromkeys(told)) + figures.words["unit"]
