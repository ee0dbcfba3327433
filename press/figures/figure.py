"""A chart drawn, without its words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from press.data import Row
from press.figures.plot import WIDTHS
from press.figures.points import Points
from press.figures.svg import sturdy
from press.ground.grid import Grid


@dataclass(frozen=True)
class Drawing:
    """One SVG for a page; ``size`` is the name of a ``Size``, width and height are in
    pixels.
    """

    size: str
    svg: str
    width: int
    height: int

    @cached_property
    def sturdy(self) -> str:
        """The SVG as it stands in a page, which may have lost its styles."""
        return sturdy(self.svg)


@dataclass(frozen=True, eq=False)
class Figure:
    """A chart without its words: the drawings, its own table, and the rows of the
    tables that it rests on.
    """

    name: str
    spec: str  # of the first drawing: Vega-Lite
    drawings: tuple[Drawing, ...]
    points: Points
    rows: tuple[Row, ...]
    table: Grid

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables in which its rows stand."""
        return tuple(dict.fromkeys(Path(row.path).stem for row in self.rows))

    @cached_property
    def source_ids(self) -> tuple[str, ...]:
        """The ids of the pages that its rows cite."""
        return tuple(
            dict.fromkeys(source for row in self.rows for source in row.source_ids)
        )

    @property
    def width(self) -> str:
        """How wide it stands in a page, one of ``WIDTHS``: its drawings say it."""
        widest = max(drawing.width for drawing in self.drawings)
        return next(
            name
            for name, sizes in WIDTHS.items()
            if widest <= max(size.width for size in sizes)
        )

    @property
    def shown(self) -> Grid:
        """The table without what the drawing does not show."""
        return self.table.drop_unshown_numbers(self.points.tips)
