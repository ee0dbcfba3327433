"""Figures: chart functions become drawings.

Takes the story's chart functions, the tables, the words of charts. Gives each chart as
a ``DrawnChart``: SVG in two widths, its points, its table, its credits; drawn by the
cache where it has the drawing of the same specification.

* ``plot``: what a chart function returns; ``specify``: how it is called and written
  down; ``rules``: what a chart may not do; ``seen``: whether readers see the drawing;
  ``points``: whether marks say what the table says; ``series``: which series a table
  holds; ``describe``: its alternative text, drafted; ``outline``: what its words were
  read beside.
* ``studio``: draws, or takes from the ``store`` on disk; ``pool``: the processes that
  draw; ``svg``, ``figure``: what is drawn; ``slim``: an SVG in fewer bytes.
* ``poster``: pictures to take along; ``card``: those to share; ``font``: how wide their
  letters are.
"""

from press.figures import card, font, poster, svg
from press.figures.describe import draft_alt_and_summary
from press.figures.figure import DrawingAtSize, DrawnChart
from press.figures.outline import describe_newest_size_and_extremes
from press.figures.plot import ChartFunction, Plot, Size
from press.figures.pool import DrawingPool
from press.figures.rules import list_mark_kinds
from press.figures.series import (
    TIME,
    list_dating_cells_earliest_first,
    read_series_of_table,
)
from press.figures.studio import Studio
