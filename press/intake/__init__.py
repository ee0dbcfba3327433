"""Intake: new figures come in.

Takes documents of publishers, which it fetches or an editor has saved, and the story's
adapters that read them. Gives the tables with what is new, or the jumps that a person
has to look at first; nothing is lost and nothing is guessed.

* ``release``: what comes in; ``fetch``: documents over HTTP;
* ``sheets``: documents as tables of text, made by the process ``reader``, of ``cells``
  in a workbook or an ``html_page``;
* ``tables``: the ``numbers`` of a printed table, by its ``form`` and ``labels``: what
  words say;
* ``gather``: what adapters find, and what stands in files; ``merge``: releases into
  tables; ``prints``: what makes two of them one figure; ``running``: what a total adds
  to the one before it.
"""

from press.intake.form import TableForm, Unit
from press.intake.gather import (
    ImportContext,
    ManualFetchProblem,
    fetch_releases_of_adapter,
    read_release_from_file,
)
from press.intake.labels import parse_label
from press.intake.merge import merge_releases
from press.intake.numbers import STEP
from press.intake.release import (
    SOURCES,
    TAKEN,
    Adapter,
    Document,
    Release,
    ReleaseRow,
    UnreadableError,
)
from press.intake.rows import get_cells_by_key
from press.intake.sheets import parse_document, read_records
from press.intake.tables import PrintedTable, TableTitle, read_table
from press.intake.upsert import CITED
