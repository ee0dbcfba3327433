"""Build the story: the stages in order. ``python build.py`` writes ``site/``; ``python build.py check`` only looks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from press import content, data
from press.binding import Facts, check_code, hold, judge
from press.blame import blaming
from press.content import strings_in_code
from press.desk import run
from press.errors import Problems
from press.figures import Code, Studio
from press.pages import Inputs, check, proofread, render
from press.story import Bound, Story

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from press.address import Base
    from press.figures import ChartFunction, Worker
    from press.pages import Site

ROOT = Path(__file__).resolve().parent


def this_story() -> Story:
    """Import ``story/``. A mistake in its files is its author's, and reported with file and line."""
    with blaming(ROOT / "story", ROOT, "the story's code", ("story/__init__.py", 1)):
        from story import checks, facts, theme  # noqa: PLC0415 - so that a mistake there can be told

        functions = {name: getattr(facts, name) for name in facts.__all__}
        return Story(checks.check, functions, facts.bound, charts, theme.PALETTE)


def charts() -> Mapping[str, ChartFunction]:
    """Import the chart functions: Altair and pandas take half a second, which an unchanged build need not spend."""
    from story import charts as package  # noqa: PLC0415 - see above
    from story import theme  # noqa: PLC0415 - see above

    theme.check_colours()
    return {name: getattr(package, name) for name in package.__all__}


def bind(root: Path, report: Callable[[str], None], story: Story | None = None) -> Bound:
    """Read content/ and data/ below ``root`` and hold each text to the tables; what is false is in the problems.

    Raises ``BuildError`` with all that is wrong in files that must be right before.
    """
    problems = Problems()
    story = story or problems.collect(this_story)
    tables = problems.collect(data.load, root / "data", root)
    texts = problems.collect(content.load, root / "content", root)
    notes = problems.collect(story.check, tables) if story and tables else None
    if story is None or tables is None or texts is None:
        if texts is not None:
            problems.collect(proofread, texts)
        problems.stop()
    for note in notes or ():
        report(note)
    facts = Facts(root, tables, story.facts, story.bound)
    judge(texts.own.lexicon, facts, problems)
    ledgers = hold([(language, language.texts) for language in texts.languages], facts, problems)
    check_code(strings_in_code(root), texts.languages[0].lexicon, problems)
    return Bound(story, texts, facts, ledgers, problems)


def build(
    root: Path, base: Base | None, report: Callable[[str], None], worker: Worker, story: Story | None = None
) -> Site:
    """Return the whole site as a value; nothing is written but the cache of drawings.

    ``base`` says where the site will be served (else site.toml does); ``report`` is told what takes long, what was
    left out and what is proved; the ``worker`` draws, pictures also later, when their bytes are asked for. Raises
    ``BuildError`` with all.
    """
    code = Code(root)
    story, texts, facts, ledgers, problems = bind(root, report, story)
    studio = Studio(root, facts.data, story.charts, worker, code)
    figures = {item.code: problems.collect(studio.figures, item, report) or {} for item in texts.languages}
    base = base or texts.settings.base
    site = problems.collect(render, Inputs(root, texts, facts, studio, figures, ledgers, story.palette, base, report))
    if site is not None:
        problems.collect(check, site, base)
    if site is None or problems:
        problems.stop()
    studio.tidy()
    for ledger in ledgers.values():
        report(ledger.coverage())
    return site


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], ROOT, build, bind))
