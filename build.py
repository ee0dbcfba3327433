"""Build the story: the stages in order. ``python build.py`` writes ``site/``; ``python build.py check`` only looks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from press.ground.record import begin

ROOT = Path(__file__).resolve().parent
RECORD = begin(ROOT, sys.argv[1:]) if __name__ == "__main__" else None  # before anything is imported that takes long

from concurrent.futures import ThreadPoolExecutor

from press import desk
from press.facts import citable
from press.ground import imports
from press.ground.guard import guarded, leave
from press.ground.memo import MEMO
from press.story import Story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from press.desk.read import Look
    from press.figures import ChartFunction, Worker
    from press.ground.address import Base
    from press.intake import Adapter
    from press.pages import File, Stays
    from press.story import Bound


def this_story() -> Story:
    """Import ``story/``. A mistake in its files is its author's, and reported with file and line."""
    imports.forget_changed(ROOT)
    with guarded(ROOT, "the story's code", ("story/__init__.py", 1)):
        from story import checks, facts, theme  # noqa: PLC0415 - so that a mistake there can be told

        bound = getattr(facts, "bound", None)
        return Story(checks.check, citable(facts), bound, charts, theme.PALETTE, adapters)


def charts() -> Mapping[str, ChartFunction]:
    """Import the chart functions: Altair and pandas take half a second, which other verbs need not spend."""
    from story import charts as package  # noqa: PLC0415 - see above
    from story import theme  # noqa: PLC0415 - see above

    theme.check_colours()
    return {name: getattr(package, name) for name in package.__all__}


def adapters() -> Sequence[Adapter]:
    """Import what reads publishers' documents, which no build needs."""
    from story import sources  # noqa: PLC0415 - see above

    return sources.ADAPTERS


def bind(root: Path, report: Callable[[str], None], story: Story | None = None) -> Bound:
    """Hold the texts below ``root`` to the tables. Raises ``BuildError`` for files that must be right before that."""
    from press.desk.bind import hold, load  # noqa: PLC0415 - takes long to import, and merging figures needs no texts

    return hold(load(root, report, lambda: story or this_story()))


def build(  # noqa: PLR0913, PLR0917 - as the command line has it
    root: Path,
    base: Base | None,
    report: Callable[[str], None],
    worker: Worker,
    story: Story | None = None,
    look: Look = lambda _review: (),
    edition: Stays | None = None,
) -> Iterator[tuple[str, File]]:
    """Yield the site by address and file; nothing is written but the cache of drawings.

    ``base`` says where the site will be served (else site.toml does); ``report`` is told what takes long and what is
    proved; the ``worker`` draws, pictures also later, when their bytes are asked for; ``look`` sees what is unread and
    gives what of it is a problem; an ``edition`` is to be made, too. Yields what can be made, early no more where
    something is wrong, and then raises ``BuildError`` with all of it.
    """
    from press.desk.bind import hold, load  # noqa: PLC0415 - see above
    from press.desk.read import unread  # noqa: PLC0415 - see above
    from press.figures import Studio  # noqa: PLC0415 - see above
    from press.pages import Inputs, Site, check, render  # noqa: PLC0415 - see above

    loaded = load(root, report, lambda: story or this_story())
    studio = Studio(root, loaded.texts, loaded.tables, loaded.story.charts, worker)
    with ThreadPoolExecutor(worker.processes) as drawer:  # which draws while Python specifies and holds
        finish = studio.begin(report, drawer)
        story, texts, facts, ledger, problems = bound = hold(loaded)
    figures, at = problems.collect(finish), base or texts.settings.base
    inputs = Inputs(root, texts, facts, studio, figures or {}, ledger, story.palette, at, edition)
    problems += problems.collect(unread, bound, figures, root, look) or ()
    site, found = Site(), len(problems)
    for address, file in problems.through(render(inputs, problems)):
        site[address] = file
        yield address, file
    if len(problems) == found:  # every page could be made
        problems.collect(check, site, inputs.base)
    problems.stop_if_any()
    studio.cache.forget_unused()
    MEMO.forget_unused()
    report(ledger.coverage())


if __name__ == "__main__":
    leave(desk.run(sys.argv[1:], ROOT, build, bind, this_story, RECORD))
