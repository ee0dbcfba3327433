"""Content: what editors write in ``content/``.

Takes the folder. Gives the site's settings, and words, pages, charts' words and
vocabulary, as texts that know where they are written; and the words that stand in the
code of charts.

* ``settings``: site.toml; ``words``: labels, words of facts, exceptions; ``pages``:
  pages and the words of charts.
* ``changes``: when the story was published and what has changed since; ``editions``:
  versions of it that stay.
* ``language``: the whole folder; ``code``: words in the code of charts.
"""

from press.content.changes import (
    CHANGE,
    CHANGES_PAGE,
    CORRECTION,
    PUBLISHED,
    Change,
    ChangedFigure,
    ChangeLog,
    parse_change_log,
)
from press.content.code import read_texts_in_chart_code
from press.content.editions import (
    BEGIN,
    RECORD,
    WHOLE,
    Edition,
    format_folder_address,
    read_editions,
)
from press.content.language import (
    ChartLanguage,
    Content,
    Language,
    load_content_in_one_language,
    replace_known_years,
)
from press.content.pages import STEP_ALT, VERDICT, CardText, ChartText, Page
from press.content.settings import read_settings
from press.content.words import LABELS, TextCollector, Words, WordsTemplate
