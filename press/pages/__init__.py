"""Pages: everything becomes files of the site.

Takes content, facts, figures and ledgers, and the templates. Gives the site as a value, file by file with what each was
made from, and what is wrong on it; nothing is written.
"""

from press.pages.checks import check
from press.pages.edition import Sources
from press.pages.file import File, Site
from press.pages.receipts import of_fact
from press.pages.site import proofread, render

__all__ = [
    "File",
    "Site",
    "Sources",
    "check",
    "of_fact",
    "proofread",
    "render",
]
