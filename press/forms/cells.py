"""How a figure is written: in a cell of a table, beside its mark, in what is told of
it; and figures as a frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import repeat
from typing import Any

import pandas as pd

from press.content import ChartLanguage, Words
from press.forms.axes import format_number, locate_time_on_year_axis
from press.ground.grid import Cell, Grid, Tip
from press.ground.period import Period
from press.quantity import Quantity, count_decimals_to_show, make_cell_of_interval_end

FIGURE_SPACE = "\u2007"
POINT_SPACE = "\u2008"
MOST_DECIMALS = 6  # of values that are offered to programs: quotients have no end
TimeOrThing = Any  # as ``Measure.series`` has times, and ``choices`` things


def is_time(at: TimeOrThing) -> bool:
    """Tell whether figures are of a time, not of a thing."""
    return isinstance(at, int) or Period.parse_or_none(at) is not None


def make_frame(
    items: Mapping[TimeOrThing, Quantity],
    **columns: Any,  # noqa: ANN401 - whatever pandas takes
) -> pd.DataFrame:
    """Return figures as a frame: time or thing, ``at``; value, its ends ``low`` and
    ``high``, whether it is derived.

    Times have their place as ``year``. Further columns hold one value, or one each.
    """
    quantities = items.values()
    values = [float(item.value) for item in quantities]
    frame = pd.DataFrame({"at": list(items), "value": values})
    if all(map(is_time, items)):
        frame["year"] = [locate_time_on_year_axis(at) for at in items]
    ends = [item.low_and_high for item in quantities]
    frame["low"] = [float(low) for low, _ in ends]
    frame["high"] = [float(high) for _, high in ends]
    frame["derived"] = [*map(_is_derived, quantities)]
    return frame.assign(**columns)


def _is_derived(item: Quantity) -> bool:
    """Tell whether a row that a figure rests on is derived."""
    return any(row.is_derived for row in item.rows)


def list_tip_texts(
    table: Grid, rows: Iterable[int], column_or_one_per_row: str | Iterable[str]
) -> list[str]:
    """Return what the table tells of its values in ``rows``, counted from 0, of one
    column or of one each: what the field ``point`` of a frame holds.
    """
    columns = column_or_one_per_row
    if isinstance(columns, str):
        columns = repeat(columns)
    pairs = zip(rows, columns, strict=False)
    return [table.make_tip(row, name).text for row, name in pairs]


def make_tip_template(words: Words) -> Tip:
    """Return how a value is told by itself: the chart's words say it."""
    tip = Tip(words["point"], words["value"])
    for key in ("point", "value"):  # a slip in them is told here, with its line
        words[key].fill(row="", column="", value="", unit="")
    return tip


def format_label(
    item: Quantity, language: ChartLanguage, most: int = 1, *, signed: bool = False
) -> str:
    """Write a figure beside its mark, as fine as it stands in the table."""
    decimals = count_decimals_to_show(item, most)
    return format_number(item.value, language, decimals, signed=signed)


def make_cell(
    item: Quantity | None,
    language: ChartLanguage,
    most: int = 2,
    *,
    signed: bool = False,
) -> Cell:
    """Write a figure in a table, with at most so many decimals; a dash where there is
    none.

    One that has two ends, because bases differ, is written as both; its value is the
    lower.
    """
    if item is None:
        return Cell("–", None)
    decimals = count_decimals_to_show(item, most)
    lower, upper = item.low_and_high
    low = format_number(lower, language, decimals, signed=signed)
    high = format_number(upper, language, decimals, signed=signed)
    if low != high:
        return make_cell_of_interval_end(
            item, lower, f"{low}–{high}", round(lower, decimals)
        )
    # in place of the digits that are not known, so that points stand in a line
    spaces = FIGURE_SPACE * (most - decimals)
    if spaces and not decimals:
        spaces += POINT_SPACE
    finest = MOST_DECIMALS if item.low is None else decimals
    value = round(lower, finest).normalize()
    return make_cell_of_interval_end(item, lower, low + spaces, value)


def make_cell_of_upper_end(
    item: Quantity | None, language: ChartLanguage, most: int = 2
) -> Cell:
    """Write the upper end of a figure that has two; an empty cell if it has not, or
    none that is written otherwise.
    """
    if item is None or "–" not in make_cell(item, language, most).text:
        return Cell("", None)
    _, end = item.low_and_high
    decimals = count_decimals_to_show(item, most)
    told = format_number(end, language, decimals)
    return make_cell_of_interval_end(item, end, told, round(end, decimals))
