"""Facts: what authors may cite, declared from the shapes of a story's tables.

Takes tables of figures by time and thing, such as medals by Games and team. Gives
facts: callables that
``press.binding`` asks with the tables and the arguments of a link, and that charts ask
for whole series.

* ``axes``: the times and the things of which the figures of a table are.
* ``panels``: ``Panel``, a table; ``panel_table``: its rows by time and things.
* ``panel_fact``: the figures of a panel; ``measures``: what follows from them, such
  as totals, shares, ranks, sums; ``changes``: how they differ from one time to another.
* ``kinds``: what each kind of fact has, and how readers are told of a fact.
* ``declared``: ``Mark``, a number set by us; what a fact takes; which facts texts may
  cite.
* ``arithmetic``: two figures in, one out, with its precision and rows.

A story imports this face. A function that takes the tables and returns a ``Quantity``
is a fact as well: these kinds are shorthand.
"""

from press.facts.arithmetic import added, divide_as_index, growth, multiple, rise, share
from press.facts.axes import (
    Thing,
    day,
    month,
    quarter,
    restore_spaces,
    to_argument,
    year,
)
from press.facts.declared import LATER, Mark, list_facts_including_imported_siblings
from press.facts.kinds import FactDescriber, FactDescription
from press.facts.panels import Panel
