"""What a chart function returns, and for which sizes it is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from press.content import ChartLanguage, Words
from press.data import Data, Row
from press.ground.errors import BuildError, Problems
from press.ground.grid import Grid
from press.ground.guard import PathAndLine


class Size(NamedTuple):
    """The size of one drawing: its name (``wide``, ``narrow``), its width and its sizes
    of lettering, in pixels.

    Pages show it as it is drawn; a narrow one is stretched, its lettering is not
    (press/theme/static/site.css). A ``full`` one is wide, too: it takes the place of
    the other wide one where a window has room for it.
    """

    name: str
    width: int
    text: int  # of ticks and all that is not said here
    label: int  # of what is bold
    # of the one thing that the drawing is about, in the face of the page's text
    key: int
    large: int  # of what a drawing tells in large letters, in that face too
    full: bool = False

    @property
    def page_name(self) -> str:
        """What pages call a drawing of this size."""
        return "full" if self.full else self.name


SIZES = (Size("wide", 684, 13, 14, 16, 24), Size("narrow", 288, 13, 13, 15, 15))
# The widths that a chart may have: that of the text, a quiet one inside it, a moment
# that has the whole window.
WIDTHS = {
    "inset": (SIZES[0]._replace(width=504), SIZES[-1]),
    "column": SIZES,
    "full": (SIZES[0]._replace(width=1200, full=True), *SIZES),
}
ROWS = "rows_behind(quantities) collects them: the credits follow from them"


class Plot(NamedTuple):
    """What a chart function returns: how to draw it at a size, its data as a table, and
    the rows that it used.

    Of a chart that tells itself in steps, a layer that ``name_layers_by_step`` has
    named is seen from its step on, any other from the first.
    ``width`` is how wide it stands in a page, one of ``WIDTHS``.
    """

    draw: Callable[[Size], Drawable]
    table: Grid
    rows: frozenset[Row]
    width: str = "column"


class Drawable(Protocol):
    """An Altair chart, or whatever else turns into a Vega-Lite specification."""

    def to_dict(self, *, validate: bool) -> dict[str, Any]:
        """Return the specification.

        Raises if it is to be validated and is not valid: that takes long.
        """


class ChartFunction(Protocol):
    """A function of the story that makes a plot of the tables, in a chart's words and
    language.
    """

    def __call__(self, data: Data, words: Words, language: ChartLanguage, /) -> Plot:
        """Return the plot."""


def check_plot_rows_and_width(
    plot: object, chart_name: str, place: PathAndLine
) -> None:
    """Raise ``BuildError`` unless what a chart function returned is a ``Plot`` of a
    known width with rows.
    """
    if not isinstance(plot, Plot):
        raise BuildError.at(
            *place,
            f"the chart {chart_name} returns {type(plot).__name__}, expected a Plot",
        )
    chart = f"the chart {chart_name}"
    problems = Problems()
    if not plot.rows:
        what = f"{chart} names no rows that it used, expected those of its figures"
        problems.add(*place, what, ROWS)
    if plot.width not in WIDTHS:
        known = ", ".join(WIDTHS)
        what = f"{chart} has the width {plot.width!r}, expected one of {known}"
        problems.add(*place, what)
    problems.stop_if_any()
