"""Intake: new figures come in.

Takes documents of publishers, which it fetches or an editor has saved, and the story's adapters that read them. Gives
the tables with what is new, or the questions that a person has to answer first; nothing is lost and nothing is guessed.

* ``release``: what comes in; ``fetch``: documents over HTTP;
* ``sheets``: documents as tables of text, made by the process ``reader``;
* ``gather``: what adapters find, and what stands in files; ``merge``: releases into tables, with ``prints``, what makes
  two of them one figure, and ``texts``, the tables' files.
"""

from press.intake.gather import Failure, Inquiry, gathered, understood
from press.intake.merge import TAKEN, Change, Plan, merge, texts_of
from press.intake.release import LARGEST, Adapter, Cell, Document, Line, Release, UnreadableError, Wanted
from press.intake.sheets import Listed, Sheet, listed, sheets

__all__ = [
    "LARGEST",
    "TAKEN",
    "Adapter",
    "Cell",
    "Change",
    "Document",
    "Failure",
    "Inquiry",
    "Line",
    "Listed",
    "Plan",
    "Release",
    "Sheet",
    "UnreadableError",
    "Wanted",
    "gathered",
    "listed",
    "merge",
    "sheets",
    "texts_of",
    "understood",
]
