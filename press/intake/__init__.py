"""Intake: new figures come in.

Takes documents of publishers, which it fetches or an editor has saved, and the story's adapters that read them. Gives
the tables with what is new, or the questions that a person has to answer first; nothing is lost and nothing is guessed.

* ``release``: what comes in; ``sheets``: documents as tables of text; ``fetch``: documents over HTTP.
"""

from press.intake.release import Adapter, Cell, Document, Release, UnreadableError, Wanted
from press.intake.sheets import Sheet, decoded, sheets

__all__ = [
    "Adapter",
    "Cell",
    "Document",
    "Release",
    "Sheet",
    "UnreadableError",
    "Wanted",
    "decoded",
    "sheets",
]
