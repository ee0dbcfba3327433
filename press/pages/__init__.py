"""Pages: everything becomes files of the site.

Takes content, facts, figures, the ledger and the templates. Gives the site as a value,
file by file with what each was made from, and what is wrong on it; nothing is written.

* ``site``: the whole; ``rendition``: what lies where, and what templates are told;
  ``templates``.
* ``markdown``: a text as HTML; ``links``: its bindings; ``anchors``: what they are
  called on a page; ``sections``: parts of pages, and rows that they tell of.
* ``search``: what a reader may search for.
* ``receipts``: what a number rests on; ``numbers``: *All the numbers*, for readers and
  for programs.
* ``charts``: pages, frames and files of charts, CSV among them; ``frame``: how high a
  frame is; ``cite``: citations.
* ``editions``: versions of the story that stay.
* ``dates``: what pages say of time; ``jsonld``: what search engines are told.
* ``history``: what has become of numbers, and of pages; ``feed``: the same as Atom.
* ``downloads``: the tables as CSV with a data package, robots.txt, the sitemap.
* ``checks``: links, anchors, addresses and styles of the finished site; ``file``: a
  file and where it comes from.
"""

from press.pages.checks import check
from press.pages.downloads import SITEMAP
from press.pages.file import File, Site
from press.pages.numbers import VERSION as NUMBERS_VERSION
from press.pages.receipts import amount, of_fact
from press.pages.rendition import Inputs, Stays
from press.pages.site import proofread, render
