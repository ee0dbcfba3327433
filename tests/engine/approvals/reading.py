"""What tests of approvals share: a small story, what is unread in it, and somebody who reads all of it."""

from __future__ import annotations

import build
from press.approvals import Chart, passages, read_approvals, review
from press.ground.files import rewrite
from tests.engine.project import story_in

FOLDER = "content/en"
OUTLINE = ("newest 2023", "3 rows")


def reviewed(project, outline=OUTLINE):
    """Return the review of a story whose chart has an outline; nothing is drawn."""
    bound = build.bind(project.root, lambda _line: None, story_in(project.root))
    (language,) = bound.texts.languages
    charts = {text.path: Chart(name, outline) for name, text in language.charts.items()}
    found = passages(language.texts, bound.ledgers["en"], bound.facts.data, charts)
    return review(found, read_approvals(project.root / FOLDER, project.root), FOLDER)


def unread(project, outline=OUTLINE):
    """Return the words that nobody has read, in order."""
    return [item.passage.words for item in reviewed(project, outline).unread]


def why(project, outline=OUTLINE):
    """Return why words are unread, by the words."""
    return {item.passage.words: "; ".join(item.why) for item in reviewed(project, outline).unread}


def read_all(project, outline=OUTLINE):
    """Approve all that is unread."""
    found = reviewed(project, outline)
    rewrite(found.accepting([item.passage for item in found.unread]), project.root, "read", new=True)
    assert unread(project, outline) == []
