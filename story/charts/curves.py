"""A way over a curve of equal bills: the weights of crude oil across, its prices
upwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.forms import Axes, MarkProperties, describe_marks, draw_marks, draw_texts
from story.charts.headline import draw_headline

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.figures import Size

ACROSS = (70, 119)  # the ends of both axes
UP = (270, 750)
BILL = 60  # billions of dollars: a curve of all weights and prices that give it
LEFT = -36  # pixels, above the labels of the axis
LETTERS = {"wide": 32, "narrow": 28}  # of the larger change, in pixels
BELOW = 30  # pixels from the middle of these to that of the line below
LINE = 17  # pixels from a line of text to the next


class _Place(NamedTuple):
    """Where a text stands: how it is aligned to a point, and its pixels to the right
    of it and down.
    """

    align: str
    right: int
    down: int


# what changed on the way to a year, from the middle of that way
WAYS = {
    2021: _Place("left", 34, -6),
    2022: _Place("left", 10, 22),
    2023: _Place("left", 6, -76),
}
# the names of years, from their dots
NAMES = {
    2020: _Place("left", 11, 4),
    2021: _Place("right", -11, 16),
    2022: _Place("right", -10, -10),
    2023: _Place("right", -6, 16),
}
NAMED = _Place("left", 10, -6)  # that of any later year


def draw_curve(
    words: Words, language: ChartLanguage, axes: Axes
) -> Iterator[alt.Chart]:
    """Yield the curve along which the bill stays the same, named below its end."""
    first, last = ACROSS
    weights = range(first, last + 1)
    low, high = UP
    prices = [1000 * BILL / weight for weight in weights]
    every = pd.DataFrame({"tonnes": weights, "price": prices})
    curve = every[every["price"].between(low, high)]
    yield draw_marks("line", curve, *axes, ink="context", size=1)
    name = words["bill"].fill(value=language.number(BILL))
    end = curve.tail(1).assign(text=name)
    yield draw_texts(end, *axes, "muted", align="right", dy=14)


def draw_ends(words: Words, axes: Axes) -> Iterator[alt.Chart]:
    """Yield what lies upwards and to the right, at the ends of the axes."""
    first, last = ACROSS
    low, high = UP
    texts = [words["dearer"], words["more"]]
    places = {"tonnes": [first, last], "price": [high, low], "text": texts}
    ends = pd.DataFrame(places)
    up: MarkProperties = {"align": "left", "dx": LEFT, "style": "label"}
    yield draw_texts(ends.head(1), *axes, "ink", **up)
    right: MarkProperties = {"align": "right", "dy": -10, "style": "label"}
    yield draw_texts(ends.tail(1), *axes, "ink", **right)


def draw_way(dots: pd.DataFrame, axes: Axes) -> Iterator[alt.Chart]:
    """Yield the way from year to year, its dots, and their names."""
    order = alt.Order("year:Q")
    yield draw_marks("line", dots, *axes, order, ink="import", size=7)
    described = (*axes, describe_marks())
    yield draw_marks("circle", dots, *described, ink="import", size=190, opacity=1)
    for year in dots["at"]:
        align, right, down = NAMES.get(year, NAMED)
        style: MarkProperties = {"align": align, "dx": right, "dy": down}
        named = dots[dots["at"] == year].assign(text=f"{year}")
        yield draw_texts(named, *axes, "import", style="label", **style)


def draw_changes(changes: pd.DataFrame, axes: Axes, size: Size) -> Iterator[alt.Chart]:
    """Yield what changed on the way to the years that the title is about: the larger
    change in large letters, what it is below, and then the smaller.

    ``changes`` has the fields ``at``, ``line``, 0 for the larger of a year's two and 1
    for the smaller, and the texts ``name``, ``text``, ``point``.
    """
    letters = LETTERS[size.name]
    for year, (align, right, down) in WAYS.items():
        own = changes[changes["at"] == year]
        larger = own[own["line"] == 0]
        smaller = own[own["line"] == 1]
        beside: MarkProperties = {"align": align, "dx": right}
        amount = draw_headline(larger, axes, "import", letters, dy=down, **beside)
        yield amount.encode(describe_marks())
        below = down + BELOW
        named = larger.assign(text=larger["name"])
        yield draw_texts(named, *axes, "import", dy=below, style="label", **beside)
        told = smaller.assign(text=smaller["name"] + " " + smaller["text"])
        small = draw_texts(told, *axes, "muted", dy=below + LINE, **beside)
        yield small.encode(describe_marks())
