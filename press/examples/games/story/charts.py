"""The chart of the story."""

from press.forms import ChartData, FiguresOfKind, draw_lines
from story.facts import gold_so_far

__all__ = ["so_far"]
INKS = {
    "Soviet-Union": "ink",
    "Norway": "accent",
    "United-States": "muted",
    "East-Germany": "muted",
}


def so_far(data, words, language):
    """Draw the gold medals that each of four teams had won by the end of each Games."""
    kinds = {
        team: FiguresOfKind(
            gold_so_far.series(data, team),
            f"gold_{team.lower().replace('-', '_')}",
            ink,
        )
        for team, ink in INKS.items()
    }
    return draw_lines(ChartData.from_kinds(kinds, words, language))
