"""Drawing: a chart function becomes a ``Figure``, its SVGs in two widths, its points,
its table and its credits.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import Any

from press.content import ChartLanguage, ChartText, Content
from press.data import Data
from press.drawing import DrawingError
from press.figures import points, svg
from press.figures.figure import Drawing, Figure
from press.figures.plot import WIDTHS, ChartFunction, Plot, Size, check_plot
from press.figures.pool import DrawingPool
from press.figures.rules import is_valid, violations
from press.figures.store import DrawingStore
from press.ground.cache import CHARTS, Identity
from press.ground.errors import (
    BuildError,
    Problem,
    Problems,
    quote_words,
    suggest_similar,
)
from press.ground.grid import Tip
from press.ground.guard import (
    Place,
    blame_innermost_line,
    find_function_line,
    guard_story_code,
)
from press.ground.imports import StoryCode
from press.ground.steps import Step, discard_line

ANYWHERE = ("story/charts", 1)
CACHE = Path(".cache", "figures")
# waits for the drawings of a chart; raises BuildError where one cannot be drawn
Wait = Callable[[], Figure]


class Studio:
    """Draws figures.

    Each is specified by its code, in a process once for the same code, words and
    tables.

    What draws a specification, or a picture, is asked only for those that the ``store``
    does not have.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - all that drawing depends on
        self,
        root: Path,
        content: Content,
        data: Data,
        charts: Callable[[], Mapping[str, ChartFunction]],
        code: StoryCode | None,
        pool: DrawingPool,
        report: Callable[[str], None] = discard_line,
        *,
        draws_pictures: bool = False,
    ) -> None:
        """Prepare to draw; ``charts`` imports the chart functions, whose files ``code``
        has fingerprints of.

        ``report`` is told of what is drawn. Pictures are begun when their bytes are
        asked for, or at once if it
        ``draws_pictures``.
        """
        self._root = root
        self._content = content
        self._data = data
        self._charts = charts
        self._code = code
        self._pool = pool
        self._report = report
        self._draws_pictures = draws_pictures
        self._numbers = count(1)  # of the pictures that are drawn
        self.store = DrawingStore(root / CACHE)

    def begin(self) -> Iterator[Figure]:
        """Specify all charts, and begin to draw them.

        Return what waits for the drawings and yields the figures, and then raises
        ``BuildError`` with all problems.
        """
        problems = Problems()
        begun = list[Wait | None]()
        functions = self._functions()
        charts = self._content.charts
        for name in sorted(functions.keys() - charts.keys()):
            path = f"content/{self._content.language.code}/charts/{name}.md"
            problems.add(
                path,
                1,
                f"found no words for the chart {name}, expected its title, subtitle,"
                " alt and summary",
            )
        for number, text in enumerate(charts.values(), 1):
            step = Step(f"drawing {number}/{len(charts)}: {text.name}")
            begun.append(problems.collect(self._begin, functions, text, step))

        def finish() -> Iterator[Figure]:
            yield from filter(None, (problems.collect(wait) for wait in begun if wait))
            problems.stop_if_any()

        return finish()

    def figure(self, name: str) -> Figure:
        """Return the figure of the chart ``name``.

        Raises ``BuildError``; ``KeyError`` for a chart without words.
        """
        return self._begin(
            self._functions(), self._content.charts[name], Step(f"drawing {name}")
        )()

    def picture(self, drawn: str, scale: float, path: str) -> Callable[[], bytes]:
        """Return what gives a PNG of an SVG, ``scale`` pixels for each of its own.

        It raises ``BuildError`` at the file ``path`` where the picture cannot be drawn.
        """
        key = self.store.key_of(drawn, str(scale))
        self.store.keep(key)
        begin = partial(self._begin_picture, key, drawn, scale, path)
        return begin() if self._draws_pictures else lambda: begin()()  # noqa: PLW0108 - it begins when it is called

    def _begin_picture(
        self, key: str, drawn: str, scale: float, path: str
    ) -> Callable[[], bytes]:
        if kept := self.store.get(key):
            return lambda: kept
        self._report(Step(f"drawing picture {next(self._numbers)}: {Path(path).stem}"))
        wait = self._pool.begin_png(drawn, scale)

        def finish() -> bytes:
            try:
                picture = wait()
            except DrawingError as error:
                raise BuildError.at(
                    path, 1, f"its picture cannot be drawn: {error}"
                ) from None
            self.store.put(key, picture)
            return picture

        return finish

    def _functions(self) -> Mapping[str, ChartFunction]:
        with guard_story_code(self._root, "the module of charts", ANYWHERE):
            return self._charts()

    def _begin(
        self, functions: Mapping[str, ChartFunction], text: ChartText, step: Step
    ) -> Wait:
        """Specify a chart and begin to draw it; return what waits for that.

        Raises ``BuildError``.
        """
        if text.name not in functions:
            message = (
                f"found words for the chart {quote_words(text.name)}, expected a"
                " function of"
                " that name in story/charts"
            )
            raise BuildError.at(
                text.path, 1, message, suggest_similar(text.name, functions)
            )
        chart = self._specify(functions[text.name], text)
        keys = {size: self.store.key_of(spec) for size, spec in chart.specs.items()}
        for key in keys.values():
            self.store.keep(key)
        if known := CHARTS.find(chart):
            return lambda: known
        stored = {size: self.store.get(key) for size, key in keys.items()}
        if None in stored.values():
            self._report(step)
        drawings = {
            size: body.decode if body else self._begin_drawing(chart, size, keys[size])
            for size, body in stored.items()
        }

        def wait() -> Figure:
            drawn = {size: finish() for size, finish in drawings.items()}
            return CHARTS.get(chart, lambda _: chart.figure(drawn))

        return wait

    def _specify(self, function: ChartFunction, text: ChartText) -> _Chart:
        """Return the specification of a chart, from before where all that it is made of
        is what it was.
        """
        place = find_function_line(function, self._root, ANYWHERE)
        headings = self._content.headings
        told = tuple(
            (table, *sorted(own.items())) for table, own in sorted(headings.items())
        )
        language = ChartLanguage(self._content.language.code, headings)
        code = self._code.fingerprint_chart(place[0]) if self._code else function
        key = (text.name, Identity(text), code, told, language.code)
        chart: _Chart = CHARTS.get(
            key,
            lambda data: _specify(data, function, text, language, self._root),
            self._data,
        )
        return chart

    def _begin_drawing(self, chart: _Chart, size: Size, key: str) -> Callable[[], str]:
        """Begin to draw a specification; return what waits for its SVG,
        and stores it.
        """
        wait = self._pool.begin_svg(chart.specs[size])

        def finish() -> str:
            try:
                drawn = wait()
            except DrawingError as error:
                message = f"the chart {chart.name} cannot be drawn: {error}"
                raise BuildError.at(*chart.place, message) from None
            self.store.put(key, drawn.encode())
            return drawn

        return finish


def _specify(
    data: Data,
    function: ChartFunction,
    text: ChartText,
    language: ChartLanguage,
    root: Path,
) -> _Chart:
    """Call a chart function and specify each of its drawings.

    Raises ``BuildError`` for what a chart may not do.

    Altair would look at each part when it is made, which takes longer than making it:
    it is asked only to tell what is wrong with a chart that is not valid.
    """
    with suppress(BuildError), _altair_validates_nothing():
        chart = _write(data, function, text, language, root, validate=False)
        if all(map(is_valid, chart.specs.values())):
            return chart
    chart = _write(data, function, text, language, root, validate=True)
    if not all(map(is_valid, chart.specs.values())):  # it was not made with Altair
        message = f"the chart {text.name} is no valid Vega-Lite"
        raise BuildError.at(*chart.place, message, "Altair says what is wrong")
    return chart


def _altair_validates_nothing() -> AbstractContextManager[Any]:
    """Have Altair look at nothing that is made meanwhile, if the story
    has imported it.
    """
    altair = sys.modules.get("altair")
    return altair.utils.schemapi.debug_mode(False) if altair else nullcontext()  # noqa: FBT003 - its only way


def _write(  # noqa: PLR0913 - all that a specification depends on
    data: Data,
    function: ChartFunction,
    text: ChartText,
    language: ChartLanguage,
    root: Path,
    *,
    validate: bool,
) -> _Chart:
    """Call a chart function and write its specifications down.

    Raises ``BuildError``.
    """
    name = text.name
    place = find_function_line(function, root, ANYWHERE)
    steps = tuple(step.name for step in text.steps)
    with guard_story_code(root, f"the chart {name}", place):
        plot = function(data, text.words, language)
        check_plot(plot, name, place)
        drawables = {size: plot.draw(size) for size in WIDTHS[plot.width]}
        tips = plot.table.list_tips()
        # Where a part of the chart is wrong, what writes all charts down is not to
        # blame.
        with blame_innermost_line([root / place[0]], root, f"the chart {name}", place):
            written = {
                size: each.to_dict(validate=validate)
                for size, each in drawables.items()
            }
            specs = {
                size: json.dumps(spec, sort_keys=True) for size, spec in written.items()
            }
    loaded = [(json.loads(spec), spec) for spec in specs.values()]
    found = (
        (*violations(spec, steps), *_untold(spec, written, tips))
        for spec, written in loaded
    )
    wrong = set(chain.from_iterable(found))
    if wrong:
        raise BuildError(
            Problem(*place, f"the chart {name} {what}", hint)
            for what, hint in sorted(wrong)
        )
    return _Chart(name, place, plot, specs, steps)


@dataclass(frozen=True, eq=False)
class _Chart:
    """A chart that is specified: what its function returned, and its specification in
    each size, as JSON.
    """

    name: str
    place: Place
    plot: Plot
    specs: Mapping[Size, str]
    steps: Sequence[str]

    def figure(self, drawn: Mapping[Size, str]) -> Figure:
        """Make the figure, from the renderer's SVG of each size.

        Raises ``BuildError``.
        """
        drawings = tuple(self._drawing(size, drawn[size]) for size in self.specs)
        located = points.located(
            self.plot.table.list_tips(),
            {size.shown: drawn[size] for size in self.specs},
        )
        rows = tuple(sorted(self.plot.rows, key=lambda row: (row.path, row.line)))
        spec = next(iter(self.specs.values()))
        return Figure(self.name, spec, drawings, located, rows, self.plot.table)

    def _drawing(self, size: Size, drawn: str) -> Drawing:
        """Make a drawing fit for pages.

        Raises ``BuildError`` for one that is too wide.
        """
        width, height = svg.size(drawn)
        if width > size.width:
            message = (
                f"found a chart {self.name} {width} px wide, expected {size.width} (the"
                f" {size.shown} size)"
            )
            raise BuildError.at(
                *self.place, message, "set width to size.width with autosize fit"
            )
        return Drawing(
            size.shown,
            svg.clean(drawn, f"{self.name}-{size.shown}", self.steps),
            width,
            height,
        )


def _untold(
    spec: object, written: str, tips: Sequence[Tip]
) -> Iterator[tuple[str, str]]:
    """Yield the descriptions of marks that a chart's table does not know, or that there
    is none at all.
    """
    hint = "describe marks with alt.Description and what Grid.told says of their values"
    for text in points.unknown(spec, tips):
        yield (
            (
                f"describes a mark as {quote_words(text)}, which is not how Grid.told"
                " describes any value of its table"
            ),
            hint,
        )
    if '"description"' not in written:
        yield (
            (
                "describes none of its marks, expected those that show a value of its"
                " table"
            ),
            hint,
        )
