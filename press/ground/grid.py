"""The data that a chart shows, as a table: for readers as they are written, for
machines as they are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, NamedTuple

from press.ground.errors import quoted

NAME = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
Value = Decimal | int | str | None  # None: nothing is known, which is not zero


class Column(NamedTuple):
    """A column: its name in files, which ends in its unit (``total_usd_billion``); its
    head and unit for readers.
    """

    name: str
    head: str
    unit: str = ""

    @property
    def heading(self) -> str:
        """Head and unit, as they stand above the column."""
        return f"{self.head}, {self.unit}" if self.unit else self.head


class Cell(NamedTuple):
    """A cell: as readers see it, its value, and where in the site it leads, named as in
    texts: ``page.md#id``.

    On the pages that show the table, a mark that shows the cell leads there, too.
    ``precision`` is the width of the interval in which a figure lies, if that is known;
    one that no page prints is ``calculated``.
    """

    text: str
    value: Value
    leads: str = ""
    precision: Decimal | None = None
    calculated: bool = False


class Tip(NamedTuple):
    """What is told of one point of a drawing: which one it is, and its value."""

    label: str
    value: str

    @property
    def text(self) -> str:
        """Label and value in one line."""
        return f"{self.label}: {self.value}"


PLAIN = Tip("{column}, {row}", "{value}")


@dataclass(frozen=True)
class Grid:
    """A table of what is plotted: the first cell of a row heads it, the others hold a
    value each.

    ``series`` says which of them belong together, those of a column or those of a row.
    ``tip`` says how a value is told by itself, with the places {row}, {column}, {value}
    and {unit}.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    series: Literal["columns", "rows"] = "columns"
    tip: Tip = PLAIN

    def __post_init__(self) -> None:
        """Raise ``ValueError`` where columns and rows make no table."""
        names = [column.name for column in self.columns]
        wrong = [name for name in names if not NAME.fullmatch(name)]
        if wrong and wrong[0]:
            raise ValueError(
                f"found the column {quoted(wrong[0])}, expected a name in small"
                " letters, digits and _"
            )
        if len(set(names)) < len(names) or not names:
            raise ValueError(
                f"found the columns {', '.join(names) or 'none'}, expected some, each"
                " once"
            )
        for row in self.rows:
            if len(row) != len(names):
                raise ValueError(
                    f"found {len(row)} cells in a row, expected {len(names)}, as there"
                    " are columns"
                )

    def told(self, row: int, column: str) -> Tip:
        """Return what is told of the value in a row, counted from 0.

        Raises ``ValueError`` for a column of no name.
        """
        names = [item.name for item in self.columns]
        if column not in names:
            raise ValueError(
                f"found the column {quoted(column)}, expected one of {', '.join(names)}"
            )
        cells = self.rows[row]
        place = names.index(column)
        head = self.columns[place]
        places = {
            "row": cells[0].text,
            "column": head.head,
            "value": cells[place].text.strip(),
            "unit": head.unit,
        }
        return Tip(self.tip.label.format(**places), self.tip.value.format(**places))

    def tips(self) -> list[Tip]:
        """Return what is told of each value that is known, series by series."""
        down = range(len(self.rows))
        across = range(1, len(self.columns))
        if self.series == "columns":
            places = [(row, column) for column in across for row in down]
        else:
            places = [(row, column) for row in down for column in across]
        return [
            self.told(row, self.columns[column].name)
            for row, column in places
            if self.rows[row][column].value is not None
        ]

    def showing(self, tips: Collection[Tip]) -> Grid:
        """Return the table without the numbers of which a drawing shows none; ``tips``
        are those that it shows.
        """
        kept = [0]
        for place, column in enumerate(self.columns[1:], 1):
            values = [row[place].value for row in self.rows]
            has_numbers = any(isinstance(value, int | Decimal) for value in values)
            told = (self.told(row, column.name) for row in range(len(self.rows)))
            if not has_numbers or any(tip in tips for tip in told):
                kept.append(place)
        columns = [self.columns[place] for place in kept]
        rows = [[row[place] for place in kept] for row in self.rows]
        return replace(self, columns=columns, rows=rows)

    def csv(self) -> str:
        """Return the values as CSV: a head of names, then the rows; what is not known
        is empty.

        After the columns come those that say how exactly figures are known, and which
        of them no page prints.
        """
        columns: list[list[Value]] = []
        beside: list[list[Value]] = []
        for place, column in enumerate(self.columns):
            cells = [row[place] for row in self.rows]
            columns.append([column.name, *(cell.value for cell in cells)])
            if any(cell.precision is not None for cell in cells):
                widths = [cell.precision for cell in cells]
                beside.append([f"precision_{column.name}", *widths])
            if any(cell.calculated for cell in cells):
                marks = map(_mark_if_calculated, cells)
                beside.append([f"calculated_{column.name}", *marks])
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        for row in zip(*columns, *beside, strict=True):
            writer.writerow(map(written, row))
        return stream.getvalue()


def _mark_if_calculated(cell: Cell) -> str | None:
    """Return ``true`` or ``false``; nothing of a cell of which nothing is known."""
    if cell.value is None:
        return None
    return "true" if cell.calculated else "false"


def written(value: Value) -> str:
    """Write a value for machines: numbers with a point and no separators, nothing where
    nothing is known.
    """
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
