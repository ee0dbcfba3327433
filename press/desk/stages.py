"""The stages of a build, which ``build.py`` puts in order: read, draw, hold, look for what is unread, render.

Each takes the order and what the stages before gave; what is wrong with the story is collected until the last.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from press.binding import FactCode, Facts, check_plain, judge
from press.binding import hold as hold_texts
from press.content import Content, strings_in_code, with_years
from press.content import load as read_texts
from press.data import Data
from press.data import load as read_tables
from press.desk.order import Order, StoryOf, imported
from press.desk.read import unread
from press.figures import Figure, Studio, Worker
from press.ground.errors import Problems
from press.ground.files import unfinished
from press.ground.guard import NOTING
from press.ground.memo import MEMO
from press.ground.steps import nobody
from press.pages import File, Inputs, Site, check, proofread
from press.pages import render as render_pages
from press.story import Bound, Story, notes

OLD = 1900  # years that only words or tables tell from amounts are before it


class Loaded(NamedTuple):
    """A story's files as read, before its texts are held; ``problems`` are all that was found up to here."""

    root: Path
    story: Story
    tables: Data
    texts: Content
    problems: Problems


class Drawing(NamedTuple):
    """The charts that are being drawn; ``finish`` waits for them."""

    studio: Studio
    finish: Callable[[], Mapping[str, Figure]]

    def figures(self, problems: Problems) -> Mapping[str, Figure] | None:
        """Return the charts by name; what is wrong with any is added to the problems, and then there are none."""
        return problems.collect(self.finish)


def load(order: Order) -> Loaded:
    """Read content/ and data/, import story/, check the tables, and report what the check says.

    Raises ``BuildError`` with all that is wrong in files that must be right before anything else.
    """
    root = order.root
    NOTING.stop_if_given()
    problems = Problems(unfinished(root))
    imported = problems.collect(order.story, root)
    tables = problems.collect(read_tables, root / "data", root)
    texts = problems.collect(read_texts, root / "content", root)
    said = problems.collect(notes, imported, tables, root) if imported and tables else None
    if imported is None or tables is None or texts is None:
        if texts is not None:
            problems.collect(proofread, texts)
        problems.stop()
    for note in said or ():
        order.report(note)
    known = (period.year for table in tables.values() for period in table.periods)
    old = frozenset(year for year in known if year < OLD)
    texts = replace(texts, language=with_years(texts.language, old))
    return Loaded(root, imported, tables, texts, problems)


@contextlib.contextmanager
def drawing(order: Order, loaded: Loaded) -> Iterator[Drawing]:
    """Specify and draw the charts beside what is done inside; pictures are drawn when their bytes are asked for."""
    studio = Studio(order.root, loaded.texts, loaded.tables, loaded.story.charts, order.worker)
    with ThreadPoolExecutor(order.worker.processes) as drawer:
        yield Drawing(studio, studio.begin(order.report, drawer))


def hold(loaded: Loaded) -> Bound:
    """Hold each text to the tables; what is false is in the problems."""
    root, story, tables, texts, problems = loaded
    facts = Facts(tables, MEMO.of(FactCode, root, story.facts, story.bound))
    language = texts.language
    judge(language.lexicon, facts, problems)
    ledger = hold_texts(language, texts.shown, facts, problems)
    check_plain((*texts.changes.texts, *strings_in_code(root)), language.lexicon, problems)
    return Bound(story, texts, facts, ledger, problems)


def bind(root: Path, story: StoryOf = imported) -> Bound:
    """Read a story, and hold its texts to its tables, without drawing anything. Raises ``BuildError`` as ``load``."""
    return hold(load(Order(root, None, nobody, Worker(), story)))


def read(order: Order, bound: Bound, figures: Mapping[str, Figure] | None) -> None:
    """Let the order look at what nobody has read beside its present data; what it gives is added to the problems."""
    bound.problems.extend(bound.problems.collect(unread, bound, figures, order.root, order.look) or ())


def render(
    order: Order, bound: Bound, studio: Studio, figures: Mapping[str, Figure] | None
) -> Iterator[tuple[str, File]]:
    """Yield the site by address and file; nothing is written but the cache of drawings.

    Yields what can be made, even where something is wrong, and then raises ``BuildError`` with all of it.
    """
    story, texts, facts, ledger, problems = bound
    base = order.base or texts.settings.base
    inputs = Inputs(
        order.root, texts, facts, studio, figures or {}, ledger, story.palette, story.theme, base, order.edition
    )
    site, found = Site(), len(problems)
    for address, file in problems.through(render_pages(inputs, problems)):
        site[address] = file
        yield address, file
    if figures is not None and len(problems) == found:  # every page could be made, those of charts too
        problems.collect(check, site, base, order.root)
    problems.stop_if_any()
    studio.cache.forget_unused()
    MEMO.forget_unused()
    order.report(ledger.coverage())
