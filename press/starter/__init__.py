"""The starter: a whole small story, made of a table.

* ``guess``: what a table holds; ``new``: a story of it, made of ``files/`` and
  ``sentences/``.
* ``upgrading``: a newer engine for a story.
"""

from press.starter.new import new
from press.starter.upgrading import upgrade
