"""Drawing: a chart function becomes a ``Figure``, its SVGs in two widths, its points, its table and its credits."""

from __future__ import annotations

import base64
import contextlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple, cast

from press.content import ChartLanguage, ChartText, Language
from press.data import Data
from press.errors import BuildError, Problem, Problems, quoted, similar
from press.figures import points, svg
from press.figures.cache import Cache, renderer
from press.figures.figure import Drawing, Figure, figure_of, stored
from press.figures.key import Code
from press.figures.plot import WIDTHS, ChartFunction, Plot, Size, check_plot
from press.figures.rules import violations
from press.figures.worker import Worker, WorkerError
from press.files import hash_of
from press.grid import Tip
from press.guard import Place, begin_of, blaming, guarded
from press.memo import MEMO, Noted, state
from press.steps import Step, nobody

ANYWHERE = ("story/charts", 1)


class Studio:
    """Draws figures; takes those from the cache whose inputs have not changed."""

    def __init__(
        self, root: Path, data: Data, charts: Callable[[], Mapping[str, ChartFunction]], worker: Worker, code: Code
    ) -> None:
        """Prepare to draw. ``charts`` imports the chart functions when one is drawn; ``code`` was read before that."""
        self._root, self._data, self._load, self._worker, self._code = root, data, charts, worker, code
        self._cache = Cache(root / ".cache" / "figures")
        self._functions: Mapping[str, ChartFunction] | None = None
        self._hashes: dict[str, str] | None = None
        self.at_work = False  # whether anything is drawn
        self._report: Callable[[str], None] = nobody
        self._pictures, self._made = 0, count(1)  # how many were asked for; the numbers of those that are drawn

    def begin(
        self, language: Language, report: Callable[[str], None], drawer: ThreadPoolExecutor
    ) -> Callable[[], dict[str, Figure]]:
        """Specify the charts of a language, which the ``drawer`` draws meanwhile; report each.

        Return what waits for the drawings and gives the figures by name, or raises ``BuildError`` with all problems.
        """
        problems, begun, self._report = Problems(), dict[str, _Begun | None](), report
        kept = {name: self._kept(text, language) for name, text in language.charts.items()}
        missing = [name for name, figure in kept.items() if figure is None]
        self.at_work = self.at_work or bool(missing)
        self._check_names(language, problems)
        for number, name in enumerate(missing, 1):
            report(Step(f"drawing {number}/{len(missing)}: {name}"))
            begun[name] = problems.collect(self._begin, language.charts[name], language, drawer)

        def finish() -> dict[str, Figure]:
            drawn = {name: problems.collect(one.figure) for name, one in begun.items() if one}
            figures = {name: figure for name, figure in sorted({**kept, **drawn}.items()) if figure}
            for figure in figures.values():
                self._cache.keep(figure.keys)
            self._remember({key: value for one in begun.values() if one for key, value in one.entries.items()})
            problems.stop_if_any()
            return figures

        return finish

    def figure(self, name: str, language: Language) -> Figure:
        """Return the figure of the chart ``name``. Raises ``BuildError``; ``KeyError`` for a chart without words."""
        text = language.charts[name]
        if kept := self._kept(text, language):
            return kept
        with ThreadPoolExecutor(1) as drawer:
            begun = self._begin(text, language, drawer)
            figure = begun.figure()
        self._remember(begun.entries)
        return figure

    def _kept(self, text: ChartText, language: Language) -> Figure | None:
        """Return a figure from the cache, if there is one of this code and these words that asked for what is there."""
        key = self._key(text, language)
        asked = self._cache.get(key)
        if asked is None:
            return None
        whole = self._whole_key(key, asked, language)
        self._cache.keep([whole])
        with contextlib.suppress(KeyError):
            return MEMO.of(_cached, self._cache.folder, whole)
        return None

    def picture(self, drawn: str, scale: float, path: str) -> Callable[[], bytes]:
        """Return what gives a PNG of an SVG, ``scale`` pixels for each of its own. It raises ``BuildError``.

        Each picture that is drawn is reported where the drawings were.
        """
        key = hash_of(renderer(), drawn, str(scale))
        self._cache.keep([key])
        self._pictures += 1

        def make() -> bytes:
            kept = self._cache.get(key)
            if isinstance(kept, str):
                return base64.b64decode(kept)
            self._report(Step(f"drawing picture {next(self._made)}/{self._pictures}: {Path(path).stem}"))
            try:
                picture = self._worker.png(drawn, scale)
            except WorkerError as error:
                raise BuildError([Problem(path, 1, f"its picture cannot be drawn: {error}")]) from None
            self._cache.put(key, base64.b64encode(picture).decode())
            return picture

        return self._worker.soon(make)

    def tidy(self) -> None:
        """Delete cached drawings that no figure used since the start."""
        self._cache.forget_unused()

    def _remember(self, entries: Mapping[str, object]) -> None:
        """Store what the code made, unless a file of the code was saved meanwhile."""
        if entries and self._code.hash == Code(self._root).hash:
            for key, value in entries.items():
                self._cache.put(key, value)

    def _key(self, text: ChartText, language: Language) -> str:
        """Return the key of what a chart function asks for: its code, its words and the language."""
        words = json.dumps([dict(text.words), [step.name for step in text.steps]], sort_keys=True)
        return hash_of(renderer(), self._codes().get(text.name, self._code.hash), language.code, text.name, words)

    def _whole_key(self, key: str, asked: Mapping[str, Sequence[str]], language: Language) -> str:
        """Return the key of a figure: that of what its function asks for, and the whole of each thing asked for."""
        tables = {name: table.digest for name, table in self._data.items()}
        states = [(name, state(tables, name)) for name in asked["tables"]]
        states += [(name, state(language.headings, name)) for name in asked["headings"]]
        return hash_of(key, json.dumps(states, sort_keys=True, default=dict))  # of mappings that are read-only

    def _check_names(self, language: Language, problems: Problems) -> None:
        """Note each chart function that has no words."""
        for name in sorted(self._codes().keys() - language.charts.keys()):
            path = f"content/{language.code}/charts/{name}.md"
            problems.add(path, 1, f"found no words for the chart {name}, expected its title, subtitle, alt and summary")

    def _codes(self) -> dict[str, str]:
        """Return a hash of each chart's code by its name; it is cached, so that an unchanged build imports nothing."""
        if self._hashes is None:
            key = hash_of("codes", self._code.hash)
            self._hashes = self._cache.get(key)
            if self._hashes is None:
                self._hashes = {name: self._code.of(name) for name in self._charts()}
                self._remember({key: self._hashes})
        return self._hashes

    def _charts(self) -> Mapping[str, ChartFunction]:
        """Import the chart functions once."""
        if self._functions is None:
            self._worker.start()  # it warms up meanwhile
            with guarded(self._root, "the module of charts", ANYWHERE):
                self._functions = self._load()
        return self._functions

    def _begin(self, text: ChartText, language: Language, drawer: ThreadPoolExecutor) -> _Begun:
        """Specify a chart and have it drawn. Raises ``BuildError``."""
        planned = self._planned(text, language)
        keys = {size: hash_of(renderer(), spec) for size, spec in planned.specs.items()}
        drawing = [drawer.submit(self._drawn, planned, size, key) for size, key in keys.items()]
        entries = dict[str, object]()

        def figure() -> Figure:
            drawn = dict(zip(keys, (future.result() for future in drawing), strict=True))
            figure = planned.figure(drawn, tuple(keys.values()))
            key = self._key(text, language)
            entries.update({key: planned.asked, self._whole_key(key, planned.asked, language): stored(figure)})
            return figure

        return _Begun(figure, entries)

    def _planned(self, text: ChartText, language: Language) -> _Planned:
        """Call a chart function and specify each of its drawings. Raises ``BuildError`` for what a chart may not do."""
        functions, name = self._charts(), text.name
        if name not in functions:
            message = f"found words for the chart {quoted(name)}, expected a function of that name in story/charts"
            raise BuildError([Problem(text.path, 1, message, similar(name, functions))])
        place = begin_of(functions[name], self._root, ANYWHERE)
        with guarded(self._root, f"the chart {name}", place):
            data, headings = Noted(self._data), Noted(language.headings)
            plot = functions[name](cast("Data", data), text.words, ChartLanguage(language.code, headings))
            check_plot(plot, name, place)
            drawables = {size: plot.draw(size) for size in WIDTHS[plot.width]}
            tips = plot.table.tips()
            # Where a part of the chart is wrong, what writes all charts down is not to blame.
            with blaming(self._root / place[0], self._root, f"the chart {name}", place):
                first = next(iter(drawables))
                written = {size: each.to_dict(validate=size is first) for size, each in drawables.items()}
                specs = {size: json.dumps(spec, sort_keys=True) for size, spec in written.items()}
        steps = tuple(step.name for step in text.steps)
        found = ((*violations(json.loads(spec), steps), *_untold(spec, tips)) for spec in specs.values())
        wrong = set(chain.from_iterable(found))
        if wrong:
            raise BuildError(Problem(*place, f"the chart {name} {what}", hint) for what, hint in sorted(wrong))
        asked = {"tables": sorted(data.asked), "headings": sorted(headings.asked)}
        return _Planned(name, place, plot, specs, steps, asked)

    def _drawn(self, planned: _Planned, size: Size, key: str) -> str:
        """Draw a specification, or take its drawing from the cache."""
        drawn = self._cache.get(key)
        if drawn is None:
            try:
                drawn = self._worker.svg(json.loads(planned.specs[size]))
            except WorkerError as error:
                message = f"the chart {planned.name} cannot be drawn: {error}"
                raise BuildError([Problem(*planned.place, message)]) from None
            self._cache.put(key, drawn)
        return str(drawn)


def _cached(folder: Path, key: str) -> Figure:
    """Return a figure from the cache. Raises ``KeyError`` where there is none."""
    value = Cache(folder).get(key)
    if value is None:
        raise KeyError(key)
    return figure_of(value)


class _Begun(NamedTuple):
    """A chart that is being drawn: what waits and makes its figure, and what the cache is to keep then."""

    figure: Callable[[], Figure]  # raises BuildError
    entries: Mapping[str, object]


class _Planned(NamedTuple):
    """A chart that is specified and not drawn yet: what its function returned, and the tables that it asked for."""

    name: str
    place: Place
    plot: Plot
    specs: dict[Size, str]
    steps: tuple[str, ...]
    asked: dict[str, list[str]]

    def figure(self, drawn: Mapping[Size, str], keys: tuple[str, ...]) -> Figure:
        """Return the figure, from the renderer's SVG of each size. Raises ``BuildError``."""
        made = tuple(self._drawing(size, raw) for size, raw in drawn.items())
        shown = points.located(self.plot.table.tips(), {size.shown: each for size, each in drawn.items()})
        rows = sorted(self.plot.rows, key=lambda row: (row.path, row.line))
        tables = tuple(dict.fromkeys(Path(row.path).stem for row in rows))
        sources = tuple(dict.fromkeys(source for row in rows for source in row.source_ids))
        spec = next(iter(self.specs.values()))
        return Figure(self.name, spec, made, shown, tables, sources, keys, self.plot.table)

    def _drawing(self, size: Size, drawn: str) -> Drawing:
        """Make a drawing fit for pages. Raises ``BuildError`` for one that is too wide, or holds a picture."""
        if "<image" in drawn:
            message = f"found a chart {self.name} that draws a picture, expected marks and text"
            raise BuildError([Problem(*self.place, message)])
        width, height = svg.size(drawn)
        if width > size.width:
            message = f"found a chart {self.name} {width} px wide, expected {size.width} (the {size.shown} size)"
            raise BuildError([Problem(*self.place, message, "set width to size.width with autosize fit")])
        return Drawing(size.shown, svg.clean(drawn, f"{self.name}-{size.shown}", self.steps), width, height)


def _untold(spec: str, tips: Sequence[Tip]) -> Iterator[tuple[str, str]]:
    """Yield the descriptions of marks that its table does not know, or that there is none at all."""
    hint = "describe marks with alt.Description and what Grid.told says of their values"
    for text in points.unknown(json.loads(spec), tips):
        yield f"describes a mark as {quoted(text)}, which is not how Grid.told describes any value of its table", hint
    if '"description"' not in spec:
        yield "describes none of its marks, expected those that show a value of its table", hint
