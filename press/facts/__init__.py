"""Facts: what authors may cite, declared from the shapes of a story's tables.

Takes tables of figures by time and thing, such as medals by Games and team. Gives
facts: callables that
``press.binding`` asks with the tables and the arguments of a link, and that charts ask
for whole series.

* ``axes``: the times and the things of which the figures of a table are.
* ``measures``: ``Panel``, a table; ``Measure``, a figure for each time and thing, and
  what follows from it: totals, shares, ranks, sums; ``Since``, how it differs from that
  of another time; ``Mark``, a number set by us.
* ``arithmetic``: two figures in, one out, with its precision and rows; ``words``: how
  readers are told of a fact.

A story imports this face. A function that takes the tables and returns a ``Quantity``
is a fact as well: these kinds are shorthand.
"""

from press.facts.arithmetic import added, growth, index, multiple, rise, share
from press.facts.axes import Thing, as_argument, day, month, quarter, spoken, year
from press.facts.measures import Mark, Panel, citable
from press.facts.words import Teller, Told
