"""The charts: a function's name is what authors write, ``![](chart:totals)``."""

from story.charts.totals import totals

__all__ = ["totals"]
