"""Holding a story's texts to its tables, before anything is drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from press import content, data
from press.binding import Facts, check_code, hold, judge
from press.content import strings_in_code
from press.errors import Problems
from press.guard import begin_build
from press.pages import proofread
from press.story import Bound, Story, notes


def bind(root: Path, report: Callable[[str], None], load: Callable[[], Story]) -> Bound:
    """Read content/ and data/ below ``root`` and hold each text to the tables; what is false is in the problems.

    ``load`` imports the story. Raises ``BuildError`` with all that is wrong in files that must be right before.
    """
    begin_build()
    problems = Problems()
    story = problems.collect(load)
    tables = problems.collect(data.load, root / "data", root)
    texts = problems.collect(content.load, root / "content", root)
    said = problems.collect(notes, story, tables, root) if story and tables else None
    if story is None or tables is None or texts is None:
        if texts is not None:
            problems.collect(proofread, texts)
        problems.stop()
    for note in said or ():
        report(note)
    facts = Facts(root, tables, story.facts, story.bound)
    judge(texts.own.lexicon, facts, problems)
    ledgers = hold([(language, language.texts) for language in texts.languages], facts, problems)
    check_code(strings_in_code(root), texts.languages[0].lexicon, problems)
    return Bound(story, texts, facts, ledgers, problems)
