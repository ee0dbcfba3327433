"""Intake: new figures come in.

Takes documents of publishers, which it fetches or an editor has saved, and the story's
adapters that read them. Gives the tables with what is new, or the jumps that a person
has to look at first; nothing is lost and nothing is guessed.

* ``release``: what comes in; ``fetch``: documents over HTTP;
* ``sheets``: documents as tables of text, made by the process ``reader``;
* ``gather``: what adapters find, and what stands in files; ``merge``: releases into
  tables; ``prints``: what makes two of them one figure.
"""

from press.intake.gather import Away, Inquiry, gathered, understood
from press.intake.merge import CITED, cells_of, merge
from press.intake.release import (
    SOURCES,
    TAKEN,
    Adapter,
    Document,
    Line,
    Release,
    UnreadableError,
    Wanted,
)
from press.intake.sheets import Listed, Sheet, listed, sheets
