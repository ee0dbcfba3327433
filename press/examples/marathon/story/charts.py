"""The chart of the story."""

from press.forms import Kind, Shown, lines
from story.facts import finishers

__all__ = ["races"]


def races(data, words, language):
    """Draw the finishers of each race."""
    return lines(
        Shown.of(
            {"finishers": Kind(finishers.series(data), "finishers", "accent")},
            words,
            language,
            "day",
        )
    )
