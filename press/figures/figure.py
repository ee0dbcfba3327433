"""A chart drawn, without its words; and as the cache stores it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from press.figures.points import Points
from press.grid import Cell, Column, Grid, Tip


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
    steps: tuple[tuple[Drawing, ...], ...]  # the drawings of each state before the whole
    spec: str  # of the first drawing: Vega-Lite
    points: Points
    table: Grid
    tables: tuple[str, ...]
    source_ids: tuple[str, ...]
    keys: tuple[str, ...]  # of its drawings in the cache


def stored(figure: Figure) -> dict[str, Any]:
    """Return a figure for the cache: JSON knows no decimals, which go as lists of one text."""
    value: dict[str, Any] = json.loads(json.dumps(asdict(figure), default=lambda number: [str(number)]))
    return value


def figure_of(value: dict[str, Any]) -> Figure:
    """Return a figure as the cache stored it."""
    drawings, *steps = (tuple(Drawing(**item) for item in each) for each in (value["drawings"], *value["steps"]))
    tips, boxes, band = value["points"]
    whole = {size: tuple(tuple(box) if box else None for box in each) for size, each in boxes.items()}
    shown = Points(tuple(Tip(*tip) for tip in tips), whole, band)
    names = (tuple(value[key]) for key in ("tables", "source_ids", "keys"))
    return Figure(value["name"], drawings, tuple(steps), value["spec"], shown, _grid(value["table"]), *names)


def _grid(value: dict[str, Any]) -> Grid:
    rows = tuple(
        tuple(Cell(text, Decimal(item[0]) if isinstance(item, list) else item) for text, item in row)
        for row in value["rows"]
    )
    return Grid(tuple(Column(*column) for column in value["columns"]), rows, value["series"], Tip(*value["tip"]))
