"""Drawing: a chart function becomes a ``Figure``, its SVGs in two widths, its table and its credits."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from press import svg
from press.blame import blaming
from press.cache import Cache, hash_of, hash_of_files, versions
from press.data import Row
from press.errors import BuildError, Problem, Problems, nearest
from press.spec import faults
from press.text import shown
from press.worker import Worker, WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import CodeType

    from press.blame import Place
    from press.content import ChartText, Language, Words
    from press.data import Data


class Size(NamedTuple):
    """The room of one drawing, in pixels; the style sheet shows the one that fits the screen."""

    name: str
    width: int
    text: int  # the size of the smallest text: never under 12 px as displayed, see templates/static/site.css


SIZES = (Size("wide", 672, 14), Size("narrow", 288, 13))


@dataclass(frozen=True)
class Grid:
    """The plotted data as a table for readers: a head, and rows whose first cell heads the row."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


class Plot(NamedTuple):
    """What a chart function returns: how to draw it at a size, its data as a table, and the rows that it used."""

    draw: Callable[[Size], Drawable]
    table: Grid
    rows: frozenset[Row]


class Drawable(Protocol):
    """An Altair chart, or whatever else turns into a Vega-Lite specification and validates it."""

    def to_dict(self) -> dict[str, Any]:
        """Return the specification."""


class ChartFunction(Protocol):
    """A function of the story: from the tables, the chart's words and the language to a plot."""

    __code__: CodeType  # where it is written, for messages

    def __call__(self, data: Data, words: Words, language: Language, /) -> Plot:
        """Return the plot."""


@dataclass(frozen=True)
class Drawing:
    """One SVG, ready for the page."""

    size: str
    svg: str
    width: int
    height: int


@dataclass(frozen=True)
class Figure:
    """A chart without its words: the drawings, the table, the tables and pages that it rests on."""

    name: str
    drawings: tuple[Drawing, ...]
    table: Grid
    tables: tuple[str, ...]
    source_ids: tuple[str, ...]
    keys: tuple[str, ...]  # of its drawings in the cache


def hash_of_code(root: Path) -> str:
    """Return a hash of the code that draws: the engine's and the story's."""
    engine, story = Path(__file__).parent.glob("*.py"), (root / "story").rglob("*.py")
    return hash_of(hash_of_files(engine, Path(__file__).parent), hash_of_files(story, root))


class Studio:
    """Draws figures: from the cache where nothing that goes into one has changed, else through the worker."""

    def __init__(
        self,
        root: Path,
        data: Data,
        charts: Callable[[], Mapping[str, ChartFunction]],
        worker: Worker,
        code: str,
    ) -> None:
        """Prepare to draw. ``charts`` imports the chart functions, and is called only if something must be drawn.

        ``code`` is the hash of the code, taken before any of it was imported.
        """
        self._root, self._data, self._load, self._worker = root, data, charts, worker
        self._cache = Cache(root / ".cache" / "figures")
        tables = (part for name, table in data.items() for part in (name, table.digest))
        self._code = code
        self._inputs = hash_of(versions(), self._code, *tables)
        self._functions: Mapping[str, ChartFunction] | None = None

    def figures(self, language: Language, report: Callable[[str], None]) -> dict[str, Figure]:
        """Return every figure of a language by name. Raises ``BuildError`` with what is wrong in any of them."""
        problems = Problems()
        keys = {name: self._key(text, language) for name, text in language.charts.items()}
        found = {name: self._cache.get(key) for name, key in keys.items()}
        figures = {name: _figure(value) for name, value in found.items() if value is not None}
        missing = [name for name, value in found.items() if value is None]
        if missing:
            self._worker.start()  # it warms up while the chart functions are imported
        self._check_names(language, problems)
        for number, name in enumerate(missing, 1):
            report(f"drawing {number}/{len(missing)}: {name}")
            if figure := problems.collect(self._draw, name, language.charts[name], language):
                figures[name] = figure
                self._remember(keys[name], asdict(figure))
        for figure in figures.values():
            self._cache.keep(figure.keys)
        problems.stop_if_any()
        return {name: figures[name] for name in sorted(figures)}

    def tidy(self) -> None:
        """Forget drawings that no figure uses."""
        self._cache.forget_unused()

    def _remember(self, key: str, value: object) -> None:
        """Store what the code made, unless a file of it was saved meanwhile: then nobody knows which one it was."""
        if self._code == hash_of_code(self._root):
            self._cache.put(key, value)

    def _key(self, text: ChartText, language: Language) -> str:
        return hash_of(self._inputs, language.code, text.name, json.dumps(dict(text.words), sort_keys=True))

    def _check_names(self, language: Language, problems: Problems) -> None:
        """Chart functions have words. Their names are cached, so that this needs no import either."""
        key = hash_of(self._inputs, "names")
        names = self._cache.get(key)
        if names is None:
            names = sorted(self._charts())
            self._remember(key, names)
        for name in sorted(set(names) - language.charts.keys()):
            path = f"content/{language.code}/charts/{name}.md"
            problems.add(path, 1, f"found no words for the chart {name}, expected its title, subtitle, alt and summary")

    def _charts(self) -> Mapping[str, ChartFunction]:
        """Import the chart functions once."""
        if self._functions is None:
            with blaming(self._root / "story", self._root, "the module of charts", ("story/charts", 1)):
                self._functions = self._load()
        return self._functions

    def _draw(self, name: str, text: ChartText, language: Language) -> Figure:
        functions = self._charts()
        if name not in functions:
            message = f"found words for the chart {name!r}, expected a function of that name in story/charts"
            raise BuildError([Problem(text.path, 1, message, nearest(name, functions))])
        place = _place_of(functions[name], self._root)
        with blaming(self._root / "story", self._root, f"the chart {name}", place):
            plot = functions[name](self._data, text.words, language)
            _check_plot(plot, name, place)
            specs = {size: json.dumps(plot.draw(size).to_dict(), sort_keys=True) for size in SIZES}
        wrong = {fault for each in specs.values() for fault in faults(json.loads(each))}
        if wrong:
            raise BuildError(Problem(*place, f"the chart {name} {what}", hint) for what, hint in wrong)
        made = [self._drawing(name, size, spec, place) for size, spec in specs.items()]
        rows = sorted(plot.rows, key=lambda row: (row.path, row.line))
        tables = tuple(dict.fromkeys(Path(row.path).stem for row in rows))
        sources = tuple(dict.fromkeys(item for row in rows for item in row.source_ids))
        drawings, keys = zip(*made, strict=True)
        table = Grid(_plain(plot.table.head), tuple(map(_plain, plot.table.rows)))
        return Figure(name, drawings, table, tables, sources, keys)

    def _drawing(self, name: str, size: Size, spec: str, place: Place) -> tuple[Drawing, str]:
        """Draw one size, or take it from the cache; return it with its key there."""
        key = hash_of(versions(), spec)
        drawn = self._cache.get(key)
        if drawn is None:
            try:
                drawn = self._worker.svg(json.loads(spec))
            except WorkerError as error:
                raise BuildError([Problem(*place, f"the chart {name} cannot be drawn: {error}")]) from None
            self._cache.put(key, drawn)
        if "<image" in drawn:
            raise BuildError([Problem(*place, f"found a chart {name} that draws a picture, expected marks and text")])
        width, height = svg.size(drawn)
        if width > size.width:
            message = f"found a chart {name} {width} px wide, expected {size.width} (the {size.name} size)"
            raise BuildError([Problem(*place, message, "set width to size.width with autosize fit")])
        return Drawing(size.name, svg.clean(drawn, f"{name}-{size.name}"), width, height), key


def _plain(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(str, cells))


def _place_of(function: ChartFunction, root: Path) -> Place:
    code = function.__code__
    return shown(Path(code.co_filename), root), code.co_firstlineno


def _check_plot(plot: object, name: str, place: Place) -> None:
    """What a chart function returns is a plot, its table of equally long rows of words, its credits there."""
    problems = Problems()
    if not isinstance(plot, Plot):
        problems.add(*place, f"the chart {name} returns {type(plot).__name__}, expected a Plot")
        problems.stop()
    draw, table, rows = cast("tuple[object, object, Any]", plot)  # whatever the author has put there
    if not callable(draw):
        problems.add(*place, f"the chart {name} draws with {draw!r}, expected a function of the size")
    lines = [table.head, *table.rows] if isinstance(table, Grid) else []
    if not lines or any(
        len(line) != len(lines[0]) or not all(isinstance(cell, str) for cell in line) for line in lines
    ):
        message = f"the chart {name} has a table that is no Grid of texts, expected rows as long as its head"
        problems.add(*place, message, "language.number(value, decimals) writes a number")
    if not rows or not all(isinstance(row, Row) for row in rows):
        message = f"the chart {name} names no rows that it used, expected those of its figures"
        problems.add(*place, message, "rows_of(quantities) collects them: the credits follow from them")
    problems.stop_if_any()


def _figure(value: dict[str, Any]) -> Figure:
    """Return a figure as the cache stored it."""
    drawings = tuple(Drawing(**item) for item in value["drawings"])
    names = (tuple(value[key]) for key in ("tables", "source_ids", "keys"))
    return Figure(value["name"], drawings, Grid(**value["table"]), *names)
