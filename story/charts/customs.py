"""Whether the two customs services agree: by how many percent China counts more than
Russia, either way and in all.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from press.forms import ChartData, FiguresOfKind
from press.quantity import Quantity
from story import measures, reports
from story.charts.customs_drawing import SINCE, draw_gaps

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.figures import Plot

LEFT_OUT = (2016, 2017)  # Russia's figures of these years cannot be compared
INKS = {"export": "export", "import": "import", "total": "ink"}
REPORTS = {"china": measures.total, "russia": reports.reported_by_russia}


def two_customs(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """By how many percent China counts more than Russia, of either direction and of
    both; the table has both counts.
    """
    kinds = dict[str, FiguresOfKind]()
    counts = dict[str, FiguresOfKind]()
    for flow, ink in INKS.items():
        gaps = _find_gaps(data, flow)
        column = f"gap_{flow}_percent"
        kinds[flow] = FiguresOfKind(gaps, column, ink, most=1, signed=True)
        for country, report in REPORTS.items():
            name = f"{flow}_{country}"
            counted = {year: report.figure(data, year, flow) for year in gaps}
            counts[name] = FiguresOfKind(counted, f"{name}_usd_billion", most=1)
    figures = ChartData.from_kinds(kinds | counts, words, language)
    return figures.make_plot(partial(draw_gaps, figures, LEFT_OUT))


def _find_gaps(data: Data, flow: str) -> dict[int, Quantity]:
    """Return the gap of each year of which both count the flow."""
    gaps = dict[int, Quantity]()
    for year in measures.total.series(data):
        gap = reports.compute_gap_of_reports(data, year, flow)
        if gap and year >= SINCE and year not in LEFT_OUT:
            gaps[year] = gap
    return gaps
