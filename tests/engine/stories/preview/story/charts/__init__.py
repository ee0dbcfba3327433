"""The charts: one to change, and the one of the base story."""

from story.charts.tested import tested
from story.charts.totals import totals

__all__ = ["tested", "totals"]
