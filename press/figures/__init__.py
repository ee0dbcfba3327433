"""Figures: chart functions become drawings.

Takes the story's chart functions, the tables, the words of charts. Gives each chart as a ``Figure``: SVG in two widths,
its points, its table, its credits; from the cache where nothing that goes into it has changed (``key``).
"""

from press.figures import font, poster, svg
from press.figures.describe import draft
from press.figures.figure import Drawing, Figure
from press.figures.key import Code
from press.figures.plot import ChartFunction, Plot, Size
from press.figures.rules import marks
from press.figures.series import DATE, dates, read
from press.figures.studio import Studio
from press.figures.worker import Worker

__all__ = [
    "DATE",
    "ChartFunction",
    "Code",
    "Drawing",
    "Figure",
    "Plot",
    "Size",
    "Studio",
    "Worker",
    "dates",
    "draft",
    "font",
    "marks",
    "poster",
    "read",
    "svg",
]
