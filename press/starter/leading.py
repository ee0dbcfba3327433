"""The rows of a table that the texts of a new story speak of."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from press.starter.guess import Guess
from press.starter.times import MOSTLY

Row = Mapping[Hashable, str]


class LeadingRows(NamedTuple):
    """Rows that texts speak of.

    ``order``: those of the newest time of which most things have a figure, the largest
    first, without totals; of several things one varies. ``series``: all of the first of
    them; ``best``: the largest of these.
    """

    order: Sequence[Row]
    series: Sequence[Row]
    best: Row


def choose_leading_rows(found: Guess) -> LeadingRows:
    """Return the rows that texts speak of."""
    time = found.time.name
    main = found.numbers[0].name
    names = [thing.name for thing in found.things]
    known = found.cells[found.cells[main] != ""]
    if names:
        known = known[~known[names[0]].isin(found.totals)]
    counts = known[time].value_counts()
    full = counts[counts >= MOSTLY * counts.max()]
    newest = known[known[time] == full.index.max()]
    order = _sort_by_number(newest, main)
    first = order.iloc[0]
    order = _select_like(order, first, names[1:])
    series = _select_like(known, first, names).sort_values(time)
    best = _sort_by_number(series, main).iloc[0]
    return LeadingRows(
        order.to_dict("records"), series.to_dict("records"), best.to_dict()
    )


def _select_like(
    rows: pd.DataFrame, row: pd.Series[str], names: Sequence[str]
) -> pd.DataFrame:
    """Return the rows that have the same in some columns as a row."""
    columns = [*names]
    return rows[(rows[columns] == row[columns]).all(axis=1)]


def _sort_by_number(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return rows with the largest number of a column first."""
    return rows.sort_values(column, key=pd.to_numeric, ascending=False)
