"""Forms: figures become a chart that labels itself, with its table, in about ten lines
of a story.

Takes figures by time or by thing, as facts have them, each kind with the name of its
column and a colour of the story; the words of the chart say the rest. Gives what a
chart function returns.

* ``shown``: the figures as a table and as frames; how a figure is written in a table
  and beside its mark.
* ``in_time``: ``columns`` and ``lines``, over time; ``by_thing``: ``bars``, ``dots``
  and ``slopes``.
* ``look``: what the forms are made of, for layers of a story's own, or for a whole
  chart of Altair: axes, marks and letterings of the house; ``layered`` puts layers
  behind a form and over it.
"""

from press.forms import look
from press.forms.by_thing import bars, dots, slopes
from press.forms.in_time import columns, lines
from press.forms.look import Axes, Chart, Mark, colour, text
from press.forms.shown import Kind, Shown, cell, label, point, series, tip, upper_end
