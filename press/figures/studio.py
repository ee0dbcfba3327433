"""Drawing: a chart function becomes a ``DrawnChart``, its SVGs in two widths, its
points, its table and its credits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import count
from pathlib import Path

from press.content import ChartLanguage, ChartText, Content
from press.data import Data
from press.drawing import DrawingError
from press.figures.figure import DrawnChart
from press.figures.plot import ChartFunction, Size
from press.figures.pool import DrawingPool, Drawn
from press.figures.specify import ANYWHERE, SpecifiedChart, specify_chart
from press.figures.store import DrawingStore
from press.ground.cache import CHARTS, Identity
from press.ground.colour import PALETTE, Palette
from press.ground.errors import (
    BuildError,
    Problems,
    quote_words,
    suggest_similar_or_all,
)
from press.ground.guard import PathAndLine, find_function_line, guard_story_code
from press.ground.imports import CodeFingerprints
from press.ground.steps import Step, discard_line

CACHE = Path(".cache", "figures")
# waits for the drawings of a chart; raises BuildError where one cannot be drawn
WaitForChart = Callable[[], DrawnChart]
ChartFunctions = Mapping[str, ChartFunction]


@dataclass(frozen=True, eq=False)
class Studio:
    """Draws figures.

    Each is specified by its code, in a process once for the same code, words and
    tables. What draws a specification, or a picture, is asked only for those that the
    ``store`` does not have.

    ``import_charts`` gives the chart functions, whose files ``code`` has fingerprints
    of; ``report`` is told of what is drawn. Pictures are begun when their bytes are
    asked for, or at once if it ``draws_pictures``.
    """

    root: Path
    content: Content
    data: Data
    import_charts: Callable[[], ChartFunctions]
    code: CodeFingerprints | None
    pool: DrawingPool
    report: Callable[[str], None] = discard_line
    draws_pictures: bool = field(default=False, kw_only=True)
    palette: Palette = field(default_factory=PALETTE.copy, kw_only=True)
    picture_numbers: Iterator[int] = field(
        default_factory=partial(count, 1), init=False
    )

    @cached_property
    def store(self) -> DrawingStore:
        """The drawings on disk."""
        return DrawingStore(self.root / CACHE)

    def begin_all_then_yield_charts(self) -> Iterator[DrawnChart]:
        """Specify all charts, and begin to draw them.

        Return what waits for the drawings and yields the figures, and then raises
        ``BuildError`` with all problems.
        """
        problems = Problems()
        functions = self._import_functions()
        charts = self.content.charts
        for name in sorted(functions.keys() - charts.keys()):
            problems.add(
                f"content/{self.content.language.code}/charts/{name}.md",
                1,
                f"found no words for the chart {name}, expected its title, subtitle,"
                " alt and summary",
            )
        begun = list[WaitForChart | None]()
        for number, text in enumerate(charts.values(), 1):
            step = Step(f"drawing {number}/{len(charts)}: {text.name}")
            begun.append(
                problems.collect(self._find_or_begin_chart, functions, text, step)
            )

        def wait_for_figures() -> Iterator[DrawnChart]:
            for wait in filter(None, begun):
                figure = problems.collect(wait)
                if figure:
                    yield figure
            problems.stop_if_any()

        return wait_for_figures()

    def draw_chart(self, chart_name: str) -> DrawnChart:
        """Return the figure of the chart ``chart_name``.

        Raises ``BuildError``; ``KeyError`` for a chart without words.
        """
        step = Step(f"drawing {chart_name}")
        text = self.content.charts[chart_name]
        return self._find_or_begin_chart(self._import_functions(), text, step)()

    def prepare_png(
        self, svg: str, scale: float, path_to_blame: str
    ) -> Callable[[], bytes]:
        """Return what gives a PNG of an SVG, ``scale`` pixels for each of its own.

        It raises ``BuildError`` at the file ``path_to_blame`` where the picture cannot
        be drawn.
        """
        self.store.mark_as_used(self.store.make_key(svg, str(scale)))
        begin = partial(self._find_or_begin_png, svg, scale, path_to_blame)
        return begin() if self.draws_pictures else lambda: begin()()  # noqa: PLW0108 - it begins when it is called

    def _find_or_begin_png(
        self, svg: str, scale: float, path_to_blame: str
    ) -> Callable[[], bytes]:
        key = self.store.make_key(svg, str(scale))
        kept = self.store.read_drawing_if_intact(key)
        if kept:
            return lambda: kept
        number = next(self.picture_numbers)
        self.report(Step(f"drawing picture {number}: {Path(path_to_blame).stem}"))
        wait = self.pool.begin_png(svg, scale)
        return partial(
            self._wait_and_store, wait, key, (path_to_blame, 1), "its picture"
        )

    def _wait_and_store(
        self,
        wait: Callable[[], Drawn],
        key: str,
        place_to_blame: PathAndLine,
        name_in_messages: str,
    ) -> Drawn:
        """Wait for a drawing, store it and return it.

        Raises ``BuildError`` at a place where it cannot be drawn.
        """
        try:
            drawn = wait()
        except DrawingError as error:
            raise BuildError.at(
                *place_to_blame, f"{name_in_messages} cannot be drawn: {error}"
            ) from None
        self.store.try_to_store_drawing(key, drawn)
        return drawn

    def _import_functions(self) -> ChartFunctions:
        with guard_story_code(self.root, "the module of charts", ANYWHERE):
            return self.import_charts()

    def _find_or_begin_chart(
        self, functions: ChartFunctions, text: ChartText, progress: Step
    ) -> WaitForChart:
        """Specify a chart and begin to draw it; return what waits for that.

        Raises ``BuildError``.
        """
        if text.name not in functions:
            what = (
                f"found words for the chart {quote_words(text.name)}, expected a"
                " function of"
                " that name in story/charts"
            )
            raise BuildError.at(
                text.path, 1, what, suggest_similar_or_all(text.name, functions)
            )
        chart = self._specify_chart_cached(functions[text.name], text)
        keys = {size: self.store.make_key(spec) for size, spec in chart.specs.items()}
        for stored_key in keys.values():
            self.store.mark_as_used(stored_key)
        key = (chart, *self.palette.items())
        known: DrawnChart | None = CHARTS.find(key)
        if known:
            return lambda: known
        stored = {
            size: self.store.read_drawing_if_intact(key) for size, key in keys.items()
        }
        if None in stored.values():
            self.report(progress)
        waits = dict[Size, Callable[[], str]]()
        for size, body in stored.items():
            waits[size] = (
                body.decode
                if body
                else self._begin_unstored_svg(chart, size, keys[size])
            )

        def wait_for_figure() -> DrawnChart:
            drawn = {size: wait() for size, wait in waits.items()}
            figure: DrawnChart = CHARTS.get(
                key, lambda _: chart.make_drawn_chart(drawn, self.palette)
            )
            return figure

        return wait_for_figure

    def _specify_chart_cached(
        self, function: ChartFunction, text: ChartText
    ) -> SpecifiedChart:
        """Return the specification of a chart, from before where all that it is made of
        is what it was.
        """
        path, _ = find_function_line(function, self.root, ANYWHERE)
        headings = self.content.headings_by_table_and_row
        told = tuple(
            (table, *sorted(headings[table].items())) for table in sorted(headings)
        )
        language = ChartLanguage(self.content.language.code, headings)
        code = (
            self.code.fingerprint_chart_and_shared_code(path) if self.code else function
        )
        key = (text.name, Identity(text), code, told, language.code)
        chart: SpecifiedChart = CHARTS.get(
            key,
            lambda data: specify_chart(data, function, text, language, self.root),
            self.data,
        )
        return chart

    def _begin_unstored_svg(
        self, chart: SpecifiedChart, size: Size, key: str
    ) -> Callable[[], str]:
        """Begin to draw a specification; return what waits for its SVG, and stores
        it.
        """
        wait = self.pool.begin_svg(chart.specs[size])
        what = f"the chart {chart.name}"
        return partial(self._wait_and_store, wait, key, chart.place, what)
