"""Approvals: which passages a person has read beside the data that they rest on.

Takes the texts of a story, their ledger and the outlines of its charts, and the files
of approvals. Gives what is unread and why, and the files as they are once it has been
read. No rule sees a verb, a negation or a role: a person does, once, and again when the
words, the figures or the newest rows have changed.

* ``passages``: what is read at once; ``evidence``: what it is read beside; ``newest``:
  the newest rows of the tables, and what a chart or a table holds.
* ``approval_files``: a line an approval; ``review``: which passages are read, and why
  others are not.
"""

from press.approvals.approval_files import read_approval_files
from press.approvals.newest import DescribedChartOrTable
from press.approvals.passages import Passage, list_all_passages
from press.approvals.review import Review, UnreadPassage
