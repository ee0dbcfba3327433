"""Adapters: how the documents of publishers are found and read.

Bytes in, rows out; the engine fetches and merges.
"""

from story.sources.comtrade import COMTRADE
from story.sources.customs import CUSTOMS
from story.sources.fred import FRED

ADAPTERS = (CUSTOMS, FRED, COMTRADE)
