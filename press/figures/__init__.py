"""Figures: chart functions become drawings.

Takes the story's chart functions, the tables, the words of charts. Gives each chart as a ``Figure``: SVG in two widths,
its points, its table, its credits; from the cache where nothing that goes into it has changed (``key``).

* ``plot``: what a chart function returns; ``rules``: what a chart may not do; ``points``: whether marks say what the
  table says; ``series``: which series a table holds; ``describe``: its alternative text, drafted.
* ``studio``: draws, or takes from the ``cache``; ``key``: which code and tables a figure rests on; ``worker``: the
  process that draws; ``svg``, ``figure``: what is drawn; ``slim``, ``path``: an SVG in fewer bytes.
* ``poster``: pictures to take along; ``card``: those to share, with ``marks``; ``font``: how wide their letters are.
"""

from press.figures import card, poster, svg
from press.figures.describe import draft
from press.figures.figure import Drawing, Figure
from press.figures.key import Code
from press.figures.outline import outline
from press.figures.plot import ChartFunction, Plot, Size
from press.figures.rules import marks
from press.figures.series import DATE, dates, series_in
from press.figures.studio import Studio
from press.figures.worker import Pair, Worker

__all__ = [
    "DATE",
    "ChartFunction",
    "Code",
    "Drawing",
    "Figure",
    "Pair",
    "Plot",
    "Size",
    "Studio",
    "Worker",
    "card",
    "dates",
    "draft",
    "marks",
    "outline",
    "poster",
    "series_in",
    "svg",
]
