"""Build the story: the stages in order. ``python build.py`` writes ``site/``; ``python build.py check`` only looks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from press import check, commands, content, data
from press.errors import Problems
from press.figures import Studio
from press.render import Renderer, Sources
from story import checks, theme

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


def charts() -> Mapping[str, ChartFunction]:
    """Import the chart functions: Altair and pandas take half a second, which an unchanged build need not spend."""
    from story import charts as package  # noqa: PLC0415 - see above

    return {name: getattr(package, name) for name in package.__all__}


THIS_STORY = Story(checks.check, charts, theme.PALETTE)


def build(root: Path, base: Base | None, report: Callable[[str], None], story: Story = THIS_STORY) -> Site:
    """Return the whole site as a value; nothing is written but the cache of drawings.

    ``root`` holds content/, data/ and templates/; ``base`` says where the site will be served (else site.toml does);
    ``report`` is told what takes long and what was left out. Raises ``BuildError`` with every problem that was found.
    """
    problems = Problems()
    tables = problems.collect(data.load, root / "data", root)
    texts = problems.collect(content.load, root / "content", root)
    notes = problems.collect(story.check, tables) if tables else None
    if tables is None or texts is None or problems:
        problems.stop()
    for note in notes or ():
        report(note)
    studio = Studio(root, tables, story.charts)
    try:
        figures = {language.code: studio.figures(language, report) for language in texts.languages}
    finally:
        studio.close()
    base = base or texts.settings.base
    site = Renderer(Sources(root, texts, tables, figures, story.palette, base)).site()
    check.check(site, base)
    return site


if __name__ == "__main__":
    sys.exit(commands.run(sys.argv[1:], ROOT, build))
