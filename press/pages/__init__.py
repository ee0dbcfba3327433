"""Pages: everything becomes files of the site.

Takes content, facts, figures, the ledger and the templates. Gives the site as a value,
file by file with what each was made from, and what is wrong on it; nothing is written.

What it is made of, and where it goes:

* ``inputs``: all that is read; ``dates``: what pages say of time.
* ``addresses``: where pages, charts, files and editions lie, and how they link.
* ``rendition``: both, with the templates and the receipts: the site as it is made.

How texts become HTML:

* ``texts``: a text on a page; ``markdown``: Markdown; ``source``: what must not stand
  in it; ``rendered_words``: what the checker has not read of it.
* ``links``: how bindings are shown; ``anchors``: what a page calls them.
* ``sections``: parts of pages, and rows that they tell of.

What templates make of it:

* ``context``: every name that templates are told, with what it is; ``page_context``,
  ``chart_context``: how it comes about.
* ``templates``: fills them; ``template_source``: what each needs; ``assets``: static
  files.

What the site consists of:

* ``site``: the whole; ``page``: a page of the story.
* ``charts``: pages, frames and files of charts; ``pictures``: what can be downloaded
  and shared; ``cards``: what the latter show; ``frame``: how high a frame is.
* ``receipts``: what a number rests on; ``amounts``: how it is written; ``uses``: where
  it stands; ``history``: what has become of it; ``numbers``: *All the numbers*;
  ``numbers_json``: the same for programs.
* ``search``: what a reader may search for; ``feed``: changes as Atom; ``cite``:
  citations; ``jsonld``: what search engines are told, ``json_text`` how.
* ``editions``: versions of the story that stay; ``single_file``: one in a single file.
* ``downloads``: the tables as CSV with a data package, robots.txt, the sitemap.
* ``checks``: links, anchors, pictures and styles of the finished site, held to what is
  ``allowed``; ``page_reader``, ``style_reader`` and ``picture_reader`` parse them as
  browsers do; ``file``: a file and where it comes from.
"""

from press.pages.amounts import format_value_range_or_date
from press.pages.checks import check_finished_site
from press.pages.downloads import SITEMAP
from press.pages.file import File, FilesByAddress
from press.pages.inputs import EditionName, SiteInputs
from press.pages.numbers_json import NUMBERS_VERSION
from press.pages.receipts import make_receipt_of_fact
from press.pages.site import check_markdown, render_site
