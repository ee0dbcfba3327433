"""Build the story: the stages in order. ``python build.py`` writes ``site/``; ``python build.py check`` only looks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from press import check, commands, content, data
from press.blame import blaming
from press.errors import Problems
from press.figures import Studio, hash_of_code
from press.render import Sources, proofread, render
from press.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from press.data import Data
    from press.figures import ChartFunction
    from press.render import Palette
    from press.site import Base, Site

ROOT = Path(__file__).resolve().parent


class Story(NamedTuple):
    """What is Python about the subject: checks of the tables, chart functions, colours."""

    check: Callable[[Data], list[str]]
    charts: Callable[[], Mapping[str, ChartFunction]]
    palette: Palette


def this_story() -> Story:
    """Import ``story/``. A mistake in its files is its author's, and reported with file and line."""
    with blaming(ROOT / "story", ROOT, "the story's code", ("story/__init__.py", 1)):
        from story import checks, theme  # noqa: PLC0415 - so that a mistake there can be told

        return Story(checks.check, charts, theme.PALETTE)


def charts() -> Mapping[str, ChartFunction]:
    """Import the chart functions: Altair and pandas take half a second, which an unchanged build need not spend."""
    from story import charts as package  # noqa: PLC0415 - see above
    from story import theme  # noqa: PLC0415 - see above

    theme.check_colours()
    return {name: getattr(package, name) for name in package.__all__}


def build(
    root: Path,
    base: Base | None,
    report: Callable[[str], None],
    story: Story | None = None,
    worker: Worker | None = None,
) -> Site:
    """Return the whole site as a value; nothing is written but the cache of drawings.

    ``root`` holds content/, data/ and templates/; ``base`` says where the site will be served (else site.toml does);
    ``report`` is told what takes long and what was left out; a ``worker`` that is given goes on after the build.
    Raises ``BuildError`` with every problem that was found.
    """
    problems, code = Problems(), hash_of_code(root)
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
    drawing = worker or Worker()
    studio = Studio(root, tables, story.charts, drawing, code)
    figures = {item.code: problems.collect(studio.figures, item, report) or {} for item in texts.languages}
    studio.tidy()
    if worker is None:
        drawing.close()
    base = base or texts.settings.base
    site = problems.collect(render, Sources(root, texts, tables, figures, story.palette, base))
    if site is not None:
        problems.collect(check.check, site, base)
    if site is None or problems:
        problems.stop()
    return site


if __name__ == "__main__":
    sys.exit(commands.run(sys.argv[1:], ROOT, build))
