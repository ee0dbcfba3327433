"""The data that a chart shows, as a table: for readers as they are written, for
machines as they are.

Readers see a table as wide as it is. Its CSV is long, a row for each figure, so that
its columns stay the same when the tables of a story gain years or things.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from typing import Literal, NamedTuple

from press.ground.errors import quote_words

NAME = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
Value = Decimal | int | str | None  # None: nothing is known, which is not zero


MEASURE = "measure"  # the column of a CSV that names what is measured
FIGURE = ("value", "precision", "calculated")  # those that tell the figure


class Column(NamedTuple):
    """A column: its name, which ends in its unit ("total_usd_billion"); its head and
    unit for readers.

    Where several columns hold one ``measure``, each ``at`` another year or thing, files
    name the measure: "total_usd_billion" at 2023, not "total_2023_usd_billion".
    """

    name: str
    head: str
    unit: str = ""
    measure: str = ""  # in files; the name, unless it is given
    at: Value = None

    @property
    def measure_at_year_or_thing(self) -> str:
        """What files call it: its measure, and what it is at, if anything."""
        measure = self.measure or self.name
        return (
            measure
            if self.at is None
            else f"{measure} at {format_for_machines(self.at)}"
        )

    @property
    def heading(self) -> str:
        """Head and unit, as they stand above the column; once, where they are one."""
        if self.unit in {"", self.head}:
            return self.head
        return f"{self.head}, {self.unit}"


class Cell(NamedTuple):
    """A cell: as readers see it, its value, and where in the site it leads, named as in
    texts: ``index.md#id``.

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

    So many ``labels`` begin a row; they say what it is of, and the columns after them
    hold figures. ``across`` names what differs from one of these to the next, where
    columns say ``at`` which they are: ``year``.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    series: Literal["columns", "rows"] = "columns"
    tip: Tip = PLAIN
    labels: int = 1
    across: str = ""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` where columns and rows make no table."""
        names = [column.name for column in self.columns]
        if wrong := next((name for name in names if not NAME.fullmatch(name)), ""):
            raise ValueError(
                f"found the column {quote_words(wrong)}, expected a name in small"
                " letters,"
                " digits and _"
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
        self._check_csv_names_unique()
        self._check_figures_not_words()

    def _check_csv_names_unique(self) -> None:
        """Raise ``ValueError`` where the CSV would not tell two columns apart."""
        if twice := _find_first_repeated(self.csv_header):
            raise ValueError(
                f"found two columns {quote_words(twice)} in the file of the table,"
                " expected"
                " labels of other names"
            )
        for column in self._figure_columns:
            if column.at is not None and not self.across:
                raise ValueError(
                    f"found the column {quote_words(column.name)} at {column.at},"
                    " expected"
                    " across to name what that is"
                )
        measures = [column.measure_at_year_or_thing for column in self._figure_columns]
        if twice := _find_first_repeated(measures):
            raise ValueError(
                f"found two columns of {twice}, expected one, or another at for each"
            )

    def _check_figures_not_words(self) -> None:
        """Raise ``ValueError`` for words among the figures."""
        for row in self.rows:
            figures = zip(self._figure_columns, row[self.labels :], strict=True)
            for column, cell in figures:
                if _is_word(cell):
                    raise ValueError(
                        f"found {quote_words(str(cell.value))} in the column"
                        f" {column.name},"
                        " expected a figure, or the column first, among the labels"
                    )

    def make_tip(self, row_number: int, column_name: str) -> Tip:
        """Return what is told of the value in a row, counted from 0.

        Raises ``ValueError`` for a column of no name.
        """
        names = [item.name for item in self.columns]
        if column_name not in names:
            raise ValueError(
                f"found the column {quote_words(column_name)}, expected one of"
                f" {', '.join(names)}"
            )
        cells = self.rows[row_number]
        place = names.index(column_name)
        head = self.columns[place]
        places = {
            "row": cells[0].text,
            "column": head.head,
            "value": cells[place].text.strip(),
            "unit": head.unit,
        }
        return Tip(self.tip.label.format(**places), self.tip.value.format(**places))

    def list_tips_of_known_values(self) -> list[Tip]:
        """Return what is told of each value that is known, series by series."""
        return [
            self.make_tip(row, self.columns[column].name)
            for row, column in self._yield_positions_by_series()
            if self.rows[row][column].value is not None
        ]

    def _yield_positions_by_series(self) -> Iterator[tuple[int, int]]:
        """Yield row and column of each value, one series after the other."""
        down = range(len(self.rows))
        across = range(1, len(self.columns))
        if self.series == "rows":
            yield from product(down, across)
            return
        for column, row in product(across, down):
            yield row, column

    def drop_undrawn_number_columns(self, drawn_tips: Collection[Tip]) -> Grid:
        """Return the table without the columns of numbers of which a drawing shows
        none; ``drawn_tips`` are those that it shows.

        The first column heads the rows, and stays.
        """
        kept = [
            place
            for place in range(len(self.columns))
            if not self._has_numbers(place) or self._is_shown(place, drawn_tips)
        ]
        rows = [_pick_cells(kept, row) for row in self.rows]
        columns = [self.columns[place] for place in kept]
        labels = sum(place < self.labels for place in kept)
        return replace(self, columns=columns, rows=rows, labels=labels)

    def _has_numbers(self, place: int) -> bool:
        """Tell whether a column that heads no rows has numbers."""
        if place == 0:
            return False
        return any(isinstance(row[place].value, int | Decimal) for row in self.rows)

    def _is_shown(self, place: int, tips: Collection[Tip]) -> bool:
        """Tell whether some of the tips are of values in a column."""
        name = self.columns[place].name
        return any(self.make_tip(row, name) in tips for row in range(len(self.rows)))

    @property
    def csv_header(self) -> tuple[str, ...]:
        """The names of the columns of the CSV: no row and no figure changes them."""
        labels = tuple(column.name for column in self.columns[: self.labels])
        if not self._figure_columns:
            return labels
        across = (self.across,) if self.across else ()
        return (MEASURE, *across, *labels, *FIGURE)

    def format_as_long_csv(self) -> str:
        """Return the values as CSV: the ``csv_header``, then a row for each figure that
        is known, column by column.

        It says what is measured, of what, the value, the width of the interval in which
        it lies, and whether no page prints it. A table without figures stays as it is.
        """
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(self.csv_header)
        writer.writerows(
            map(format_for_machines, record)
            for record in self._yield_records_per_figure()
        )
        return stream.getvalue()

    @property
    def _figure_columns(self) -> Sequence[Column]:
        return self.columns[self.labels :]

    def _yield_records_per_figure(self) -> Iterator[Sequence[Value]]:
        """Yield the rows of the CSV, each with a value for every name of the header."""
        labels = [_list_values(row[: self.labels]) for row in self.rows]
        if not self._figure_columns:
            yield from labels
        for place, column in enumerate(self._figure_columns, self.labels):
            across = [column.at] if self.across else []
            of_column = [column.measure or column.name, *across]
            for own, row in zip(labels, self.rows, strict=True):
                cell = row[place]
                if cell.value is not None:
                    calculated = str(cell.calculated).lower()
                    figure = [cell.value, cell.precision, calculated]
                    yield [*of_column, *own, *figure]


def format_for_machines(value: Value) -> str:
    """Write a value for machines: numbers with a point and no separators, nothing where
    nothing is known.
    """
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _pick_cells(places: Iterable[int], row: Sequence[Cell]) -> list[Cell]:
    """Return the cells of a row that stand at some places."""
    return [row[place] for place in places]


def _list_values(cells: Iterable[Cell]) -> list[Value]:
    return [cell.value for cell in cells]


def _is_word(cell: Cell) -> bool:
    return isinstance(cell.value, str)


def _find_first_repeated(names: Sequence[str]) -> str:
    """Return the first name that stands more than once, or nothing."""
    counts = Counter(names)
    return next((name for name in names if counts[name] > 1), "")
