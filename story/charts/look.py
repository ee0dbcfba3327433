"""What all charts share: the look of the house, axes, labels that do not touch."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from press.grid import Cell, Tip
from press.quantity import decimals
from story.theme import FONT, colour

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from press.content import Language, Words
    from press.figures import Size
    from press.grid import Grid
    from press.quantity import Quantity

FIGURE_SPACE, POINT_SPACE = "\u2007", "\u2008"
MOST_DECIMALS = 6  # of values that are offered to programs: quotients have no end
Chart = alt.LayerChart | alt.FacetChart
Mark = dict[str, Any]  # properties of a mark, as Vega names them


def finished(chart: Chart, size: Size, height: int) -> Chart:
    """Give a chart its size and the look of the house."""
    axis = alt.AxisConfig(
        labelColor=colour("muted"),
        labelFontSize=size.text,
        labelPadding=6,
        gridColor=colour("rule"),
        domain=False,
        ticks=False,
    )
    return chart.properties(
        width=size.width,
        height=height,
        padding={"left": 2, "right": 4, "top": 10, "bottom": 4},
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
        background="transparent",
        config=alt.Config(
            font=FONT, axis=axis, view=alt.ViewConfig(stroke=None), text=alt.MarkConfig(fontSize=size.text)
        ),
    )


def years(first: float, last: float, ticks: Sequence[int], *, line: bool = False) -> alt.X:
    """Return an axis of years, with a ``line`` for bars to stand on if there are any; the field is ``year``."""
    ink = colour("context")
    axis = alt.Axis(
        values=list(ticks),
        format="d",
        title=None,
        grid=False,
        labelFlush=False,
        domain=line,
        domainColor=ink,
        ticks=line,
        tickColor=ink,
    )
    return alt.X("year:Q", scale=alt.Scale(domain=[first, last], nice=False), axis=axis)


def down(field: str, height: float) -> alt.Y:
    """Return an axis of pixels from the top, without labels: for rows that a chart lays out itself."""
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)


def description() -> alt.Description:
    """Return the channel that says which value of the chart's table a mark shows; the field is ``point``."""
    return alt.Description("point:N")


def amounts(ticks: Sequence[float], language: Language, field: str = "value", *, grid: bool = True) -> alt.Y:
    """Return an axis of amounts from the first tick to the last, labelled as the language writes numbers."""
    axis = alt.Axis(values=list(ticks), labelExpr=label_expression(ticks, language), title=None, grid=grid)
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[ticks[0], ticks[-1]]), axis=axis)


def label_expression(ticks: Iterable[float], language: Language) -> str:
    """Return a Vega expression that names each tick as the language writes it."""
    labels = ", ".join(f"'{tick}': '{language.number(tick)}'" for tick in ticks)
    return f"({{{labels}}})[datum.value]"


def series(items: Mapping[int, Quantity], **columns: str | list[str]) -> pd.DataFrame:
    """Return figures by year as a frame: year, value, whether derived; further columns hold one value, or one each."""
    frame = pd.DataFrame({"year": list(items), "value": [float(item.value) for item in items.values()]})
    frame["derived"] = [any(row.derived for row in item.rows) for item in items.values()]
    return frame.assign(**columns)


def point(table: Grid, rows: Iterable[int], column: str | Iterable[str]) -> list[str]:
    """Return what the table tells of its values in ``rows``, counted from 0, of one column or of one each."""
    columns = repeat(column) if isinstance(column, str) else column
    return [table.told(row, name).text for row, name in zip(rows, columns, strict=False)]


def tip(words: Words) -> Tip:
    """Return how a value is told by itself: the chart's words say it."""
    for key in ("point", "value"):  # a slip in them is told here, with its line
        words[key].fill(row="", column="", value="", unit="")
    return Tip(words["point"], words["value"])


def text(frame: pd.DataFrame, x: alt.X, y: alt.Y, ink: str, **mark: Any) -> alt.Chart:  # noqa: ANN401 - Vega's marks
    """Write the field ``text`` of each row at its place."""
    return alt.Chart(frame).mark_text(color=colour(ink), **mark).encode(x, y, alt.Text("text:N"))


def cell(item: Quantity | None, language: Language, most: int = 2) -> Cell:
    """Write a figure in a table, with at most so many decimals; a dash where there is none."""
    if item is None:
        return Cell("–", None)
    places = decimals(item, most)
    short = most - places  # figure spaces in place of the digits that are not known, so that points stand in a line
    spaces = FIGURE_SPACE * short + ("" if places else POINT_SPACE) if short else ""
    return Cell(language.number(item.value, places) + spaces, round(item.value, MOST_DECIMALS).normalize())


def cell_of_ends(item: Quantity | None, language: Language, most: int = 2) -> Cell:
    """Write a figure in a table; one that has two ends, because bases differ, as both, its value being the lower."""
    if item is None or item.low is None or item.high is None:
        return cell(item, language, most)
    places = decimals(item, most)
    low, high = (language.number(end, places) for end in item.ends)
    return Cell(low if low == high else f"{low}–{high}", round(item.low, places))


def upper_end(item: Quantity | None, language: Language, most: int = 2) -> Cell:
    """Write the upper end of a figure that has two; an empty cell if it has not, or none that is written otherwise."""
    if item is None or item.high is None or "–" not in cell_of_ends(item, language, most).text:
        return Cell("", None)
    places = decimals(item, most)
    return Cell(language.number(item.high, places), round(item.high, places))


def year_cell(year: int) -> Cell:
    """Write a year at the head of a row."""
    return Cell(str(year), year)


def apart(values: list[float], gap: float) -> list[float]:
    """Return ascending positions as near to the ascending values as a distance of ``gap`` lets them be."""
    groups: list[list[float]] = []
    for value in values:
        groups.append([value])
        while len(groups) > 1 and _top(groups[-2], gap) + gap > _bottom(groups[-1], gap):
            groups[-2:] = [groups[-2] + groups[-1]]
    return [_bottom(group, gap) + index * gap for group in groups for index in range(len(group))]


def _bottom(group: list[float], gap: float) -> float:
    return sum(group) / len(group) - (len(group) - 1) * gap / 2


def _top(group: list[float], gap: float) -> float:
    return _bottom(group, gap) + (len(group) - 1) * gap
