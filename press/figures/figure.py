"""A chart drawn, without its words; and as the cache stores it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, NamedTuple

from press.figures.plot import WIDTHS
from press.figures.points import Points
from press.grid import Cell, Column, Grid, Tip


class Drawing(NamedTuple):
    """One SVG for a page; ``size`` is the name of a ``Size``, width and height are in pixels."""

    size: str
    svg: str
    width: int
    height: int


@dataclass(frozen=True, eq=False)
class Figure:
    """A chart without its words: the drawings, the table, the tables and pages that it rests on."""

    name: str
    spec: str  # of the first drawing: Vega-Lite
    drawings: tuple[Drawing, ...]
    points: Points
    tables: tuple[str, ...]
    source_ids: tuple[str, ...]
    keys: tuple[str, ...]  # of its drawings in the cache
    table: Grid

    @property
    def width(self) -> str:
        """How wide it stands in a page, one of ``WIDTHS``: its drawings say it."""
        widest = max(drawing.width for drawing in self.drawings)
        return next(name for name, sizes in WIDTHS.items() if widest <= max(size.width for size in sizes))

    @property
    def shown(self) -> Grid:
        """The table without what the drawing does not show."""
        return self.table.showing(self.points.tips)


def stored(figure: Figure) -> list[Any]:
    """Return a figure for the cache, as JSON: JSON knows no decimals, which go as lists of one text."""
    *rest, grid = (getattr(figure, field.name) for field in fields(figure))
    cells = [
        [(text, [str(item)] if isinstance(item, Decimal) else item, leads) for text, item, leads in row]
        for row in grid.rows
    ]
    return [*rest, (grid.columns, cells, grid.series, grid.tip)]


def figure_of(value: list[Any]) -> Figure:
    """Return a figure as the cache stored it."""
    name, spec, drawings, (tips, boxes, band), *names, (columns, rows, series, tip) = value
    drawn = tuple(Drawing(*item) for item in drawings)
    places = {size: tuple(box and tuple(box) for box in each) for size, each in boxes.items()}
    points = Points(tuple(Tip(*item) for item in tips), places, band)
    cells = [
        [Cell(text, Decimal(*item) if isinstance(item, list) else item, leads) for text, item, leads in row]
        for row in rows
    ]
    grid = Grid([Column(*column) for column in columns], cells, series, Tip(*tip))
    tables, sources, keys = map(tuple, names)
    return Figure(name, spec, drawn, points, tables, sources, keys, grid)
