"""Drawing: a chart function becomes a ``Figure``, its SVGs in two widths, its table and its credits."""

from __future__ import annotations

import json
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from press import svg
from press.cache import Cache, hash_of, hash_of_files, versions
from press.errors import BuildError, Problem, Problems, nearest
from press.text import shown
from press.worker import Worker, WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import CodeType

    from press.content import ChartText, Language, Words
    from press.data import Data, Row


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


class Studio:
    """Draws figures: from the cache where nothing that goes into one has changed, else through the worker."""

    def __init__(self, root: Path, data: Data, charts: Callable[[], Mapping[str, ChartFunction]]) -> None:
        """Prepare to draw. ``charts`` imports the chart functions, and is called only if something must be drawn."""
        self._root, self._data, self._load = root, data, charts
        self._cache = Cache(root / ".cache" / "figures")
        engine, story = Path(__file__).parent.glob("*.py"), (root / "story").rglob("*.py")
        tables = [root / path for table in data.values() for path in (table.path, table.description.path)]
        self._inputs = hash_of(
            versions(),
            hash_of_files(engine, Path(__file__).parent),
            hash_of_files(story, root),
            hash_of_files(tables, root),
        )
        self._worker: Worker | None = None

    def figures(self, language: Language, report: Callable[[str], None]) -> dict[str, Figure]:
        """Return every figure of a language by name. Raises ``BuildError`` with what is wrong in any of them."""
        keys = {name: self._key(text, language) for name, text in language.charts.items()}
        found = {name: self._cache.get(key) for name, key in keys.items()}
        missing = [name for name, value in found.items() if value is None]
        figures = {name: _figure(value) for name, value in found.items() if value is not None}
        if missing:
            figures |= self._draw_all(missing, language, report)
            for name in missing:
                self._cache.put(keys[name], asdict(figures[name]))
        return {name: figures[name] for name in sorted(figures)}

    def close(self) -> None:
        """End the worker, if one was needed, and forget drawings that no figure uses."""
        self._cache.forget_unused()
        if self._worker:
            self._worker.close()

    def _key(self, text: ChartText, language: Language) -> str:
        return hash_of(self._inputs, language.code, text.name, json.dumps(dict(text.words), sort_keys=True))

    def _draw_all(self, names: list[str], language: Language, report: Callable[[str], None]) -> dict[str, Figure]:
        self._worker = self._worker or Worker()
        functions, problems, figures = self._load(), Problems(), {}
        for name in functions.keys() - language.charts.keys():
            path = f"content/{language.code}/charts/{name}.md"
            problems.add(path, 1, f"found no words for the chart {name}, expected its title, subtitle, alt and summary")
        for number, name in enumerate(names, 1):
            report(f"drawing {number}/{len(names)}: {name}")
            text = language.charts[name]
            if name not in functions:
                message = f"found words for the chart {name!r}, expected a function of that name in story/charts"
                problems.add(text.path, 1, message, nearest(name, functions))
            elif figure := problems.collect(self._draw, name, functions[name], text, language):
                figures[name] = figure
        problems.stop_if_any()
        return figures

    def _draw(self, name: str, function: ChartFunction, text: ChartText, language: Language) -> Figure:
        with _blaming(self._root, name, function):
            plot = function(self._data, text.words, language)
            specs = {size: plot.draw(size).to_dict() for size in SIZES}
        place = _place_of(self._root, function)
        drawings = tuple(self._drawing(name, size, spec, place) for size, spec in specs.items())
        rows = sorted(plot.rows, key=lambda row: (row.path, row.line))
        tables = tuple(dict.fromkeys(Path(row.path).stem for row in rows))
        sources = tuple(dict.fromkeys(item for row in rows for item in row.source_ids))
        return Figure(name, drawings, plot.table, tables, sources)

    def _drawing(self, name: str, size: Size, spec: dict[str, Any], place: tuple[str, int]) -> Drawing:
        if any(_urls(spec)):
            message = f"found a chart {name} that loads its data from {next(_urls(spec))}, expected data in the chart"
            raise BuildError([Problem(*place, message, "give the chart a frame: nothing is fetched while drawing")])
        key = hash_of(versions(), json.dumps(spec, sort_keys=True))
        drawn = self._cache.get(key)
        if drawn is None:
            if self._worker is None:  # pragma: no cover - started by _draw_all
                raise AssertionError
            try:
                drawn = self._worker.svg(spec)
            except WorkerError as error:
                raise BuildError([Problem(*place, f"the chart {name} cannot be drawn: {error}")]) from None
            self._cache.put(key, drawn)
        width, height = svg.size(drawn)
        if width > size.width:
            message = f"found a chart {name} {width} px wide, expected {size.width} (the {size.name} size)"
            raise BuildError([Problem(*place, message, "set width to size.width with autosize fit")])
        return Drawing(size.name, svg.clean(drawn, f"{name}-{size.name}"), width, height)


class _blaming:  # noqa: N801 - reads as a verb at its only use
    """Turn what a chart function raises into a problem at the author's line; a ``BuildError`` passes."""

    def __init__(self, root: Path, name: str, function: ChartFunction) -> None:
        self._root, self._name, self._function = root, name, function

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, Exception) or isinstance(error, BuildError):
            return
        path, line = _place_of(self._root, self._function, error)
        what = str(error).strip().splitlines() or [""]
        message = f"the chart {self._name} raises {type(error).__name__}: {what[0]}"
        raise BuildError([Problem(path, line, message, " ".join(what[1:3]).strip())]) from error


def _place_of(root: Path, function: ChartFunction, error: Exception | None = None) -> tuple[str, int]:
    """Return path and line: of the last step of a traceback inside story/, else of the chart function."""
    story = root / "story"
    for frame in reversed(traceback.extract_tb(error.__traceback__) if error else []):
        if Path(frame.filename).is_relative_to(story):
            return shown(Path(frame.filename), root), frame.lineno or 1
    code = function.__code__
    return shown(Path(code.co_filename), root), code.co_firstlineno


def _urls(spec: object) -> Any:  # noqa: ANN401 - a generator of whatever stands there
    """Yield every data.url in a specification."""
    if isinstance(spec, dict):
        data = spec.get("data")
        if isinstance(data, dict) and "url" in data:
            yield data["url"]
        for value in spec.values():
            yield from _urls(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from _urls(value)


def _figure(value: dict[str, Any]) -> Figure:
    """Return a figure as the cache stored it."""
    drawings = tuple(Drawing(**item) for item in value["drawings"])
    return Figure(value["name"], drawings, Grid(**value["table"]), tuple(value["tables"]), tuple(value["source_ids"]))
