"""The one figure that a drawing is about, in letters like those of a headline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from press.forms import draw_texts

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

    from press.forms import Axes

# of the size of letters: the height of figures, and of a line of whatever font
CAPITALS = 0.7
ROOM = 1.35


def draw_headline(
    frame: pd.DataFrame,
    axes: Axes,
    ink: str,
    letters: int,
    **properties: Any,  # noqa: ANN401 - Vega's marks
) -> alt.Chart:
    """Write the field ``text`` of each row at its place, in letters of so many pixels.

    ``templates/static/story.css`` gives these sizes the face of the page's text.
    """
    style = {"fontSize": letters, "fontWeight": 600, **properties}
    return draw_texts(frame, *axes, ink, **style)
