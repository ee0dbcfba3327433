"""How high a frame on another site is: high enough for its texts and its drawing, at
its narrowest.
"""

from math import ceil
from pathlib import Path

import pytest

from press.figures.figure import DrawingAtSize
from press.pages import frame

STYLE = (
    Path(__file__).parents[3] / "press" / "theme" / "static" / "embed.css"
).read_text("utf-8")
# ends and gaps; a title, a subtitle and a source of one line each
AROUND = 2 * 8 + 2 * 8 + 23 + 19 + 18
LONG = "word " * 30


def drawings(wide: int = 100, narrow: int = 288) -> tuple[DrawingAtSize, DrawingAtSize]:
    """Return two drawings of these heights."""
    return DrawingAtSize("wide", "", 672, wide), DrawingAtSize(
        "narrow", "", 288, narrow
    )


@pytest.mark.parametrize(
    ("narrow", "height"), [(288, AROUND + 268), (289, AROUND + 268 + 10)]
)
def test_a_frame_is_as_high_as_what_stands_in_it(narrow, height):
    """Texts of a line each, and a drawing at 280 pixels, less 6 at each side: in all
    rounded up to tens.
    """
    assert (
        frame.measure_frame_height(
            drawings(narrow=narrow), "Title", "Subtitle", "Source"
        )
        == height
    )


@pytest.mark.parametrize(
    ("place", "lines", "leading"),
    [(0, 6, 23), (1, 5, 19), (2, 4, 18)],
    ids=["title", "subtitle", "source"],
)
def test_each_line_of_a_text_makes_room_for_itself(place, lines, leading):
    """A text of more lines makes a frame higher by as many of its lines, whichever text
    it is.
    """
    texts = ["Word", "Word", "Word"]
    texts[place] = LONG
    height = frame.measure_frame_height(drawings(), *texts)

    assert height == 10 * ceil((AROUND + 268 + (lines - 1) * leading) / 10)


@pytest.mark.parametrize(
    ("wide", "narrow", "decides"),
    [(672, 288, 628), (336, 288, 314), (100, 288, 268), (100, 576, 536)],
    ids=["a wide one", "a wide one by a little", "a narrow one", "a tall narrow one"],
)
def test_the_drawing_that_needs_more_height_decides(wide, narrow, decides):
    """A frame has room for the narrow drawing at 280 pixels and for the wide one at
    640, whichever is higher.
    """
    height = frame.measure_frame_height(
        drawings(wide, narrow), "Title", "Subtitle", "Source"
    )

    assert 0 <= height - AROUND - decides < 10


def test_the_style_sheet_shows_the_wide_drawing_from_the_same_width_on():
    """What the height is reckoned with is what the style sheet says."""
    assert (
        STYLE.count(
            f"@media (min-width: {frame.WIDE_FROM}px) {{ .embed .plot.wide {{ display:"
            " block; }"
        )
        == 1
    )
