"""Content: what editors write in ``content/``.

Takes the folder. Gives the site's settings, and for each language its words, pages, charts' words and vocabulary, as
texts that know where they are written; and the words that stand in the code of charts.

* ``settings``: site.toml; ``words``: labels, words of facts, exceptions; ``pages``: pages and the words of charts.
* ``changes``: when the story was published and what has changed since.
* ``language``: one language whole, and the folder; ``code``: words in the code of charts.
"""

from press.content.changes import CHANGE, CORRECTION, PUBLISHED, Change, Changed, Changes, changes_in
from press.content.code import strings_in_code
from press.content.language import ChartLanguage, Content, Language, load
from press.content.pages import ENTRY, STEP_ALT, ChartText, Page
from press.content.settings import read_settings
from press.content.words import Words

__all__ = [
    "CHANGE",
    "CORRECTION",
    "ENTRY",
    "PUBLISHED",
    "STEP_ALT",
    "Change",
    "Changed",
    "Changes",
    "ChartLanguage",
    "ChartText",
    "Content",
    "Language",
    "Page",
    "Words",
    "changes_in",
    "load",
    "read_settings",
    "strings_in_code",
]
