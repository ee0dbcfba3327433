"""Changes: what differs between two sides, each a story at one time as a value of JSON; told in three ways.

Takes two sides: sentences with their states, what is false, claims, numbers, verdicts, charts, tables; a side may lack
any of these. Gives the difference, the signal first, and writes it for a terminal, as Markdown, as a page of HTML.

* ``difference``: the whole, in sections; ``words``, ``numbers``, ``charts``, ``tables``: what one section compares.
* ``telling``: lines for a terminal, and Markdown; ``page``: HTML without scripts (``page.html``).
"""

from press.changes.difference import Difference, compared
from press.changes.numbers import by_id
from press.changes.page import as_html
from press.changes.section import counted
from press.changes.telling import as_lines, as_markdown

__all__ = ["Difference", "as_html", "as_lines", "as_markdown", "by_id", "compared", "counted"]
