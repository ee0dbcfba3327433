"""Reading a story's files, and holding its texts to its tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from press.binding import Facts, check_plain, judge
from press.binding import hold as hold_texts
from press.content import Content, strings_in_code, with_years
from press.content import load as read_texts
from press.data import Data
from press.data import load as read_tables
from press.ground.errors import Problems
from press.ground.files import unfinished
from press.ground.guard import NOTING
from press.pages import proofread
from press.story import Bound, Story, notes

OLD = 1900  # years that only words or tables tell from amounts are before it


class Loaded(NamedTuple):
    """A story's files as read, before its texts are held; ``problems`` are all that was found up to here."""

    root: Path
    story: Story
    tables: Data
    texts: Content
    problems: Problems


def load(root: Path, report: Callable[[str], None], story: Callable[[], Story]) -> Loaded:
    """Read content/ and data/ below ``root``, check the tables, and report what the check says.

    ``story`` imports the story. Raises ``BuildError`` with all that is wrong in files that must be right before.
    """
    NOTING.stop_if_given()
    problems = Problems(unfinished(root))
    imported = problems.collect(story)
    tables = problems.collect(read_tables, root / "data", root)
    texts = problems.collect(read_texts, root / "content", root)
    said = problems.collect(notes, imported, tables, root) if imported and tables else None
    if imported is None or tables is None or texts is None:
        if texts is not None:
            problems.collect(proofread, texts)
        problems.stop()
    for note in said or ():
        report(note)
    known = (period.year for table in tables.values() for period in table.periods)
    old = frozenset(year for year in known if year < OLD)
    texts = replace(texts, language=with_years(texts.language, old))
    return Loaded(root, imported, tables, texts, problems)


def hold(loaded: Loaded) -> Bound:
    """Hold each text to the tables; what is false is in the problems."""
    root, story, tables, texts, problems = loaded
    facts = Facts(root, tables, story.facts, story.bound)
    language = texts.language
    judge(language.lexicon, facts, problems)
    ledger = hold_texts(language, texts.shown, facts, problems)
    check_plain((*texts.changes.texts, *strings_in_code(root)), language.lexicon, problems)
    return Bound(story, texts, facts, ledger, problems)
