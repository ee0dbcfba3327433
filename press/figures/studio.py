"""Drawing: a chart function becomes a ``Figure``, its SVGs in two widths, its points, its table and its credits."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from press.content import ChartLanguage, ChartText, Content, Words
from press.data import Data, Row
from press.figures import points, svg
from press.figures.cache import Cache, renderer
from press.figures.figure import Drawing, Figure
from press.figures.plot import WIDTHS, ChartFunction, Plot, Size, check_plot
from press.figures.rules import is_valid, violations
from press.figures.worker import Worker, WorkerError
from press.ground.errors import BuildError, Problem, Problems, quoted, similar
from press.ground.files import hash_of
from press.ground.grid import Tip
from press.ground.guard import Place, begin_of, blaming, guarded
from press.ground.memo import MEMO
from press.ground.steps import Step, nobody

ANYWHERE = ("story/charts", 1)
CACHE = Path(".cache", "figures")
Handed = tuple[Figure, list[Place], set[str]]  # a figure, the places of its rows, the keys in use


class Studio:
    """Draws figures. Each is specified by its code, in a process once for the same code, words and tables.

    What draws a specification, or a picture, is asked only for those that the ``cache`` does not have.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - all that drawing depends on
        self,
        root: Path,
        content: Content,
        data: Data,
        charts: Callable[[], Mapping[str, ChartFunction]],
        worker: Worker,
        report: Callable[[str], None] = nobody,
    ) -> None:
        """Prepare to draw; ``charts`` imports the chart functions. ``report`` is told of what is drawn."""
        self._root, self._content, self._data, self._charts, self._worker = root, content, data, charts, worker
        self._report = report
        self.cache = Cache(root / CACHE)
        self._told = set[str]()  # the steps that were reported
        self._pictures, self._made = 0, count(1)  # how many were asked for; the numbers of those that are drawn

    def begin(self) -> Iterator[Figure]:
        """Specify all charts, and begin to draw them.

        Return what waits for the drawings and yields the figures, and then raises ``BuildError`` with all problems.
        """
        drawer = ThreadPoolExecutor(self._worker.processes)
        problems, begun = Problems(), dict[str, Callable[[], Figure] | None]()
        functions, charts = self._functions(), self._content.charts
        for name in sorted(functions.keys() - charts.keys()):
            path = f"content/{self._content.language.code}/charts/{name}.md"
            problems.add(path, 1, f"found no words for the chart {name}, expected its title, subtitle, alt and summary")
        for number, (name, text) in enumerate(charts.items(), 1):
            step = Step(f"drawing {number}/{len(charts)}: {name}")
            begun[name] = problems.collect(self._begin, functions, text, drawer, step)
        drawer.shutdown(wait=False)  # what it has been given it still does

        def finish() -> Iterator[Figure]:
            yield from filter(None, (problems.collect(figure) for figure in begun.values() if figure))
            problems.stop_if_any()

        return finish()

    def handed(self, report: Callable[[str], None]) -> Iterator[Handed]:
        """Make all figures; yield of each what another process needs to have it, where the tables are the same."""
        self._report = report
        for each in self.begin():
            yield replace(each, rows=()), [(row.path, row.line) for row in each.rows], self.cache.used

    def taken(self, handed: Handed) -> Figure:
        """Return a figure that another process has made."""
        figure, places, used = handed
        self.cache.used |= used
        return replace(figure, rows=tuple(self._rows[place] for place in places))

    @cached_property
    def _rows(self) -> Mapping[Place, Row]:
        return {(row.path, row.line): row for table in self._data.values() for row in table.rows}

    def figure(self, name: str) -> Figure:
        """Return the figure of the chart ``name``. Raises ``BuildError``; ``KeyError`` for a chart without words."""
        drawer = ThreadPoolExecutor(1)
        return self._begin(self._functions(), self._content.charts[name], drawer, Step(f"drawing {name}"))()

    def picture(self, drawn: str, scale: float, path: str) -> Callable[[], bytes]:
        """Return what gives a PNG of an SVG, ``scale`` pixels for each of its own. It raises ``BuildError``."""
        key = hash_of(renderer(), drawn, str(scale))
        self.cache.keep(key)
        self._pictures += 1

        def make() -> bytes:
            if kept := self.cache.get(key):
                return kept
            self._report(Step(f"drawing picture {next(self._made)}/{self._pictures}: {Path(path).stem}"))
            try:
                picture = self._worker.png(drawn, scale)
            except WorkerError as error:
                raise BuildError([Problem(path, 1, f"its picture cannot be drawn: {error}")]) from None
            self.cache.put(key, picture)
            return picture

        return self._worker.soon(make)

    def _functions(self) -> Mapping[str, ChartFunction]:
        with guarded(self._root, "the module of charts", ANYWHERE):
            return self._charts()

    def _begin(
        self, functions: Mapping[str, ChartFunction], text: ChartText, drawer: ThreadPoolExecutor, step: Step
    ) -> Callable[[], Figure]:
        """Specify a chart and have it drawn; return what waits for that and gives its figure. Raises ``BuildError``."""
        if text.name not in functions:
            message = f"found words for the chart {quoted(text.name)}, expected a function of that name in story/charts"
            raise BuildError([Problem(text.path, 1, message, similar(text.name, functions))])
        code, steps = self._content.language.code, tuple(step.name for step in text.steps)
        asked = _Asked(functions[text.name], self._root, text.name, text.words, steps, code)
        chart = MEMO.on(_specified, (self._data, self._content.headings), asked)
        for key in chart.keys.values():
            self.cache.keep(key)
        if chart.made:
            return lambda: chart.made[0]
        drawing = {size: drawer.submit(self._drawn, chart, size, step) for size in chart.specs}
        return lambda: chart.figure({size: drawn.result() for size, drawn in drawing.items()})

    def _drawn(self, chart: _Specified, size: Size, step: Step) -> str:
        """Draw a specification, or take its drawing from the cache."""
        key = chart.keys[size]
        if kept := self.cache.get(key):
            return kept.decode()
        if step not in self._told:
            self._told.add(step)
            self._report(step)
        try:
            drawn = self._worker.svg(chart.specs[size])
        except WorkerError as error:
            message = f"the chart {chart.name} cannot be drawn: {error}"
            raise BuildError([Problem(*chart.place, message)]) from None
        self.cache.put(key, drawn.encode())
        return drawn


class _Asked(NamedTuple):
    """All that the specifications of a chart depend on, beside the tables and headings that its function asks for."""

    function: ChartFunction
    root: Path
    name: str
    words: Words
    steps: Sequence[str]
    code: str


def _specified(data: Data, headings: Mapping[str, Mapping[str, str]], asked: _Asked) -> _Specified:
    """Call a chart function and specify each of its drawings. Raises ``BuildError`` for what a chart may not do.

    Altair would look at each part when it is made, which takes longer than making it: it is asked only to tell what is
    wrong with a chart that is not valid. What has been drawn was.
    """
    language, cache, altair = ChartLanguage(asked.code, headings), Cache(asked.root / CACHE), sys.modules.get("altair")
    with suppress(BuildError), altair.utils.schemapi.debug_mode(False) if altair else nullcontext():  # noqa: FBT003 - its only way
        chart = _written(data, language, asked, validate=False)
        if all(map(cache.get, chart.keys.values())) or all(map(is_valid, chart.specs.values())):
            return chart
    chart = _written(data, language, asked, validate=True)
    if not all(map(is_valid, chart.specs.values())):  # it was not made with Altair
        message = f"the chart {asked.name} is no valid Vega-Lite"
        raise BuildError([Problem(*chart.place, message, "Altair says what is wrong")])
    return chart


def _written(data: Data, language: ChartLanguage, asked: _Asked, *, validate: bool) -> _Specified:
    function, root, name, words, steps, _ = asked
    place = begin_of(function, root, ANYWHERE)
    with guarded(root, f"the chart {name}", place):
        plot = function(data, words, language)
        check_plot(plot, name, place)
        drawables = {size: plot.draw(size) for size in WIDTHS[plot.width]}
        tips = plot.table.tips()
        # Where a part of the chart is wrong, what writes all charts down is not to blame.
        with blaming([root / place[0]], root, f"the chart {name}", place):
            written = {size: each.to_dict(validate=validate) for size, each in drawables.items()}
            specs = {size: json.dumps(spec, sort_keys=True) for size, spec in written.items()}
    loaded = [(json.loads(text), text) for text in specs.values()]
    found = ((*violations(spec, steps), *_untold(spec, text, tips)) for spec, text in loaded)
    wrong = set(chain.from_iterable(found))
    if wrong:
        raise BuildError(Problem(*place, f"the chart {name} {what}", hint) for what, hint in sorted(wrong))
    keys = {size: hash_of(renderer(), spec) for size, spec in specs.items()}
    return _Specified(name, place, plot, specs, keys, steps)


@dataclass(frozen=True, eq=False)
class _Specified:
    """A chart that is specified: what its function returned, and the keys of its drawings; once drawn, its figure."""

    name: str
    place: Place
    plot: Plot
    specs: Mapping[Size, str]
    keys: Mapping[Size, str]
    steps: Sequence[str]
    made: list[Figure] = field(default_factory=list)

    def figure(self, drawn: Mapping[Size, str]) -> Figure:
        """Make the figure, from the renderer's SVG of each size. Raises ``BuildError``."""
        made = tuple(self._drawing(size, raw) for size, raw in drawn.items())
        shown = points.located(self.plot.table.tips(), {size.shown: each for size, each in drawn.items()})
        rows = tuple(sorted(self.plot.rows, key=lambda row: (row.path, row.line)))
        spec = next(iter(self.specs.values()))
        self.made[:] = [Figure(self.name, spec, made, shown, rows, self.plot.table)]
        return self.made[0]

    def _drawing(self, size: Size, drawn: str) -> Drawing:
        """Make a drawing fit for pages. Raises ``BuildError`` for one that is too wide."""
        width, height = svg.size(drawn)
        if width > size.width:
            message = f"found a chart {self.name} {width} px wide, expected {size.width} (the {size.shown} size)"
            raise BuildError([Problem(*self.place, message, "set width to size.width with autosize fit")])
        return Drawing(size.shown, svg.clean(drawn, f"{self.name}-{size.shown}", self.steps), width, height)


def _untold(spec: object, written: str, tips: Sequence[Tip]) -> Iterator[tuple[str, str]]:
    """Yield the descriptions of marks that a chart's table does not know, or that there is none at all."""
    hint = "describe marks with alt.Description and what Grid.told says of their values"
    for text in points.unknown(spec, tips):
        yield f"describes a mark as {quoted(text)}, which is not how Grid.told describes any value of its table", hint
    if '"description"' not in written:
        yield "describes none of its marks, expected those that show a value of its table", hint
