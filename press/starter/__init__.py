"""The starter: a whole small story, made of a table.

* ``tables``: a file as heads and cells; ``heads``: which column is meant.
* ``figures``, ``times``: numbers, units and times as files have them.
* ``answers``: what an author says of a table, or is asked.
* ``moment``, ``keys``: the time of each row, and what else tells rows apart.
* ``guess``: what a table holds; ``leading``: the rows that texts speak of.
* ``new``: a story of it, made of ``files/`` and ``sentences/``.
"""

from press.starter.answers import Question, TableAnswers
from press.starter.new import write_new_story
