"""The chart of the story."""

from press.forms import ChartData, FiguresOfKind, draw_lines
from story.facts import finishers

__all__ = ["races"]


def races(data, words, language):
    """Draw the finishers of each race."""
    return draw_lines(
        ChartData.from_kinds(
            {"finishers": FiguresOfKind(finishers.series(data), "finishers", "accent")},
            words,
            language,
            "day",
        )
    )
