"""A chart drawn, without its words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

from press.data import Row
from press.figures.plot import WIDTHS
from press.figures.points import ChartPoints
from press.figures.svg import add_plain_colours
from press.ground.grid import Grid


@dataclass(frozen=True)
class DrawingAtSize:
    """One SVG for a page; ``size`` is the name of a ``Size``, width and height are in
    pixels.
    """

    size: str
    svg: str
    width: int
    height: int

    @cached_property
    def page_svg(self) -> str:
        """The SVG as it stands in a page, which may have lost its styles."""
        return add_plain_colours(self.svg)


@dataclass(frozen=True, eq=False)
class DrawnChart:
    """A chart without its words: the drawings, its own table, and the rows of the
    tables that it rests on.
    """

    name: str
    spec: str  # of the first drawing: Vega-Lite
    drawings: tuple[DrawingAtSize, ...]
    points: ChartPoints
    rows: tuple[Row, ...]
    table: Grid

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables in which its rows stand."""
        return tuple(dict.fromkeys(Path(row.path).stem for row in self.rows))

    @cached_property
    def source_ids(self) -> tuple[str, ...]:
        """The ids of the pages that its rows cite."""
        cited = chain.from_iterable(row.source_ids for row in self.rows)
        return tuple(dict.fromkeys(cited))

    @property
    def width_name(self) -> str:
        """How wide it stands in a page, one of ``WIDTHS``: its drawings say it."""
        widest = max(drawing.width for drawing in self.drawings)
        for name, sizes in WIDTHS.items():
            if widest <= max(size.width for size in sizes):
                return name
        raise ValueError(f"found a drawing {widest} px wide, expected one of a width")

    @property
    def drawn_table(self) -> Grid:
        """The table without what the drawing does not show."""
        return self.table.drop_undrawn_number_columns(self.points.tips)
