"""The stages of a build, which ``build.py`` puts in order: read, draw, hold, render.

Each takes the order and what the stages before gave; what is wrong with the story is collected until the last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from press.binding import FactCode, Facts, check_letters, check_plain, judge
from press.binding import hold as hold_texts
from press.content import Content, strings_in_code, with_years
from press.content import load as read_texts
from press.data import Data
from press.data import load as read_tables
from press.desk.order import Order, StoryOf, imported
from press.desk.read import reviewed, said_of
from press.figures import Figure, Studio, Worker
from press.ground.aside import aside
from press.ground.errors import Problems
from press.ground.files import unfinished
from press.ground.guard import NOTING
from press.ground.memo import MEMO
from press.ground.steps import nobody
from press.pages import File, Inputs, Site, check, proofread, shows
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


class Figures(Mapping[str, Figure]):
    """The charts by name, as they come: who asks for one that has not come waits for it. What is wrong is noted."""

    def __init__(self, coming: Iterator[Figure], problems: Problems) -> None:
        """Take each from ``coming``; ``problems`` take what is wrong with any."""
        self._coming, self._come = problems.through(coming), dict[str, Figure]()

    def __getitem__(self, name: str) -> Figure:
        """Return a chart; wait for it."""
        while name not in self._come and self._wait():
            pass
        return self._come[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names; wait for all charts."""
        while self._wait():
            pass
        return iter(self._come)

    def __len__(self) -> int:
        """Count the charts; wait for all."""
        return sum(1 for _ in self)

    def _wait(self) -> bool:
        """Wait for the next chart; tell whether there was one: again, where what made them has begun anew."""
        figure = next(self._coming, None)
        if figure:
            self._come[figure.name] = figure
        return figure is not None


class Drawing(NamedTuple):
    """The charts that are being drawn."""

    studio: Studio
    figures: Mapping[str, Figure]


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


def draw(order: Order, loaded: Loaded) -> Drawing:
    """Begin to specify and draw the charts; pictures are drawn when their bytes are asked for."""
    made = partial(Studio, order.root, loaded.texts, loaded.tables, loaded.story.charts)
    studio = made(order.worker, order.report)
    if order.aside and loaded.texts.charts:
        coming: Iterator[Figure] = map(studio.taken, aside(made(order.aside).handed, order.report, order.aside.rest))
    else:
        coming = studio.begin()
    return Drawing(studio, Figures(coming, loaded.problems))


def hold(loaded: Loaded) -> Bound:
    """Hold each text to the tables; what is false is in the problems."""
    root, story, tables, texts, problems = loaded
    facts = Facts(tables, MEMO.of(FactCode, root, story.facts, story.bound))
    language = texts.language
    judge(language.lexicon, facts, problems)
    ledger = hold_texts(language, texts.shown, facts, problems)
    code = problems.collect(strings_in_code, root) or ()
    check_plain((*texts.changes.texts, *code), language.lexicon, problems)
    check_letters(_sources(texts, tables), problems)
    return Bound(story, texts, facts, ledger, problems)


def _sources(texts: Content, tables: Data) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of files that readers see, but no one holds to the tables."""
    yield texts.settings.toml.path, texts.settings.toml.text
    for table in tables.values():
        yield table.path, table.text
        yield table.description.toml.path, table.description.toml.text


def bind(root: Path, story: StoryOf = imported) -> Bound:
    """Read a story, and hold its texts to its tables, without drawing anything. Raises ``BuildError`` as ``load``."""
    return hold(load(Order(root, None, nobody, Worker(), story)))


def render(order: Order, bound: Bound, drawn: Drawing) -> Iterator[tuple[str, File]]:
    """Yield the site by address and file; nothing is written but the cache of drawings.

    What nobody has read beside its present data is shown to the order. Yields what can be made, even where something is
    wrong, and then raises ``BuildError`` with all of it.
    """
    (story, texts, facts, ledger, problems), (studio, figures) = bound, drawn
    base = order.base or texts.settings.base
    inputs = Inputs(order.root, texts, facts, studio, figures, ledger, story.palette, story.theme, base, order.edition)
    site, before = Site(), len(problems)
    problems.collect(story.colours)
    if order.aside and texts.charts:  # they are drawn meanwhile: what is found of other texts is remembered
        problems.collect(lambda: [*said_of(reviewed(bound, {}, order.root), strict=False)])
    for address, file in problems.through(render_pages(inputs, problems)):
        site[address] = file
        shows(address, file, base)  # as above
        yield address, file
    if figures.keys() >= texts.charts.keys():
        if len(problems) == before:  # every page could be made, those of charts too
            problems.collect(check, site, base, order.root)
        problems.extend(problems.collect(lambda: [*order.look(reviewed(bound, figures, order.root))]) or ())
    problems.stop_if_any()
    studio.cache.forget_unused()
    MEMO.forget_unused()
    order.report(ledger.coverage())
