"""What a chart shows: figures of some kinds by time or by thing, as a table for readers
and files, and as frames.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import repeat
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from press.content import ChartLanguage, Words
from press.data import Row
from press.figures import Plot, Size
from press.forms.look import Chart, amounts, colour, number, place, ticks_within, widest
from press.ground.errors import ToldError, format_count
from press.ground.grid import Cell, Column, Grid, Tip
from press.ground.period import Period
from press.quantity import (
    Quantity,
    count_decimals_to_show,
    make_cell_of_end,
    rows_behind,
)

FIGURE_SPACE, POINT_SPACE = "\u2007", "\u2008"
MOST_DECIMALS = 6  # of values that are offered to programs: quotients have no end
# pixels from the name of a kind to the next; beside a drawing, for the labels of an
# axis
BETWEEN, AXIS = 18, 60
At = Any  # a time or a thing, as ``Measure.series`` has them
Head = Callable[[At], Cell]


class Kind(NamedTuple):
    """Figures of a kind, by time or by thing: the name of their column in files, which
    ends in its unit; their colour.

    A kind without a colour stands in the table alone, with at most so many decimals;
    changes and balances are
    ``signed``.
    """

    items: Mapping[At, Quantity | None]
    column: str
    ink: str = ""
    most: int = 2
    signed: bool = False


class Shown(NamedTuple):
    """Figures as they are shown: their table, the frame of each kind, all their rows;
    and what they are told with.

    A frame is what ``series`` gives, with ``text``, a label as fine as its cell, and
    ``point``, what the table tells.
    """

    table: Grid
    frames: dict[str, pd.DataFrame]
    rows: frozenset[Row]
    kinds: Mapping[str, Kind]
    words: Words
    language: ChartLanguage

    @classmethod
    def of(  # noqa: PLR0913, PLR0917 - what a table is made of
        cls,
        kinds: Mapping[str, Kind],
        words: Words,
        language: ChartLanguage,
        corner: str = "year",
        head: Head | None = None,
        since: At = None,
    ) -> Shown:
        """Return figures by time or thing, as its ``corner`` names the first column and
        ``head`` writes its cells.

        Those of times before ``since`` are left out. The words head the columns:
        ``table_year`` or whatever the corner is, ``table_KIND`` or just ``KIND``, with
        ``unit_KIND`` or ``unit``; ``table_upper_end`` a second column of a kind with
        ranges. Raises ``ToldError`` where there is no figure.
        """
        found = {
            name: {at: item for at, item in kind.items.items() if item}
            for name, kind in kinds.items()
        }
        if since is not None:
            found = {
                name: {at: items[at] for at in items if at >= since}
                for name, items in found.items()
            }
        known = list(dict.fromkeys(at for items in found.values() for at in items))
        if not known:
            raise ToldError(
                f"found no figure of {', '.join(kinds) or 'any kind'}, expected some by"
                " time or by thing"
            )
        known = sorted(known) if all(map(_is_time, known)) else known
        ranges = [
            name
            for name, items in found.items()
            if any(item.high for item in items.values())
        ]
        rows = [
            [
                (
                    head(at)
                    if head
                    else Cell(language.date(f"{at}") if _is_time(at) else f"{at}", at)
                ),
                *(
                    cell(kind.items.get(at), language, kind.most, signed=kind.signed)
                    for kind in kinds.values()
                ),
                *(
                    upper_end(found[name].get(at), language, kinds[name].most)
                    for name in ranges
                ),
            ]
            for at in known
        ]
        columns = [
            Column(corner, words[f"table_{corner}"]),
            *_columns(kinds, ranges, words),
        ]
        table = Grid(columns, rows, tip=tip(words))
        frames = {
            name: series(
                items,
                point=point(table, map(known.index, items), kinds[name].column),
                text=_told(items, kinds[name], language),
            )
            for name, items in found.items()
        }
        used = rows_behind(item for items in found.values() for item in items.values())
        return cls(table, frames, used, kinds, words, language)

    @property
    def drawn(self) -> dict[str, pd.DataFrame]:
        """The frames of kinds that have a colour, and figures."""
        return {
            name: frame
            for name, frame in self.frames.items()
            if self.kinds[name].ink and len(frame)
        }

    def every(self, kinds: int = 0, *, times: bool = True) -> pd.DataFrame:
        """Return all that is drawn, with its ``kind``.

        Raises ``ToldError`` for another number of kinds, for none, for things where
        times are expected, or times.
        """
        drawn = self.drawn
        if len(drawn) != (kinds or len(drawn) or 1):
            expected = f"a colour and figures, expected {kinds or 'some'}"
            raise ToldError(f"found {format_count(len(drawn), 'kind')} with {expected}")
        every = pd.concat(
            (frame.assign(kind=name) for name, frame in drawn.items()),
            ignore_index=True,
        )
        if ("year" in every) != times:
            hint = "bars, dots and slopes are by thing, columns and lines over time"
            raise ToldError(
                (
                    "found things, expected times"
                    if times
                    else "found times, expected things"
                ),
                hint,
            )
        return every

    def heads(self, size: Size) -> list[alt.Chart]:
        """Name several kinds above all else, beside each other, each in its colour."""
        layers = list[alt.Chart]()
        left = 0.0
        most = (size.width - AXIS) / len(self.drawn) - BETWEEN
        for name in self.drawn if len(self.drawn) > 1 else ():
            told = self.words[name]
            ink = colour(self.kinds[name].ink)
            word = alt.Chart(pd.DataFrame({"text": [told]})).mark_text(
                color=ink, align="left", limit=most, style="label"
            )
            layers.append(
                word.encode(alt.XValue(left), alt.YValue(4), alt.Text("text:N"))
            )
            left += min(widest([told], size.label, bold=True), most) + BETWEEN
        return layers

    def amounts(
        self,
        low: float,
        high: float,
        ends: tuple[float, float],
        step: int = 0,
        *,
        shown: bool = True,
    ) -> alt.Y:
        """Return the axis of amounts between two ends, percent with their sign; it is
        not seen unless ``shown``.

        It has a line every ``step`` from ``low`` to ``high``, or as many as are easily
        read.
        """
        unit = (
            "%"
            if {_first(self.words, f"unit_{name}", "unit") for name in self.drawn}
            == {"%"}
            else ""
        )
        signed = any(self.kinds[name].signed for name in self.drawn)
        ticks = ticks_within(low, high, step=step)
        y = amounts(
            ticks, self.language, foot=ends[0], top=ends[1], unit=unit, signed=signed
        )
        return y if shown else alt.Y("value:Q", scale=y["scale"], axis=None)

    def plot(self, draw: Callable[[Size], Chart], width: str = "column") -> Plot:
        """Return what draws it, with its table and rows."""
        return Plot(draw, self.table, self.rows, width)


def _is_time(at: At) -> bool:
    return isinstance(at, int) or Period.parse_or_none(at) is not None


def _columns(
    kinds: Mapping[str, Kind], ranges: Iterable[str], words: Words
) -> Iterator[Column]:
    """Yield the columns of kinds, and last those of upper ends, of kinds that have
    ``ranges``.
    """
    heads = {name: _first(words, f"table_{name}", name) for name in kinds}
    units = {name: _first(words, f"unit_{name}", "unit") for name in kinds}
    for name, kind in kinds.items():
        yield Column(kind.column, heads[name], units[name])
    for name in ranges:
        head = words["table_upper_end"].fill(name=heads[name])
        yield Column(f"upper_end_of_{kinds[name].column}", head, units[name])


def _told(
    items: Mapping[At, Quantity], kind: Kind, language: ChartLanguage
) -> list[str]:
    """Write the figures of a kind beside their marks: with at most one decimal, unless
    all are below one.
    """
    most = (
        min(kind.most, 1)
        if any(abs(item.value) >= 1 for item in items.values())
        else kind.most
    )
    return [label(item, language, most, signed=kind.signed) for item in items.values()]


def _first(words: Words, *keys: str) -> str:
    """Return the words of the first of some keys that is there."""
    return words[next((key for key in keys if key in [*words]), keys[-1])]


def series(items: Mapping[At, Quantity], **columns: Any) -> pd.DataFrame:  # noqa: ANN401 - whatever pandas takes
    """Return figures as a frame: time or thing, ``at``; value, its ends ``low`` and
    ``high``, whether it is derived.

    Times have their place as ``year``. Further columns hold one value, or one each.
    """
    frame = pd.DataFrame(
        {"at": list(items), "value": [float(item.value) for item in items.values()]}
    )
    if all(map(_is_time, items)):
        frame["year"] = [place(at) for at in items]
    for end, number_of in (("low", 0), ("high", 1)):
        frame[end] = [float(item.low_and_high[number_of]) for item in items.values()]
    frame["derived"] = [
        any(row.is_derived for row in item.rows) for item in items.values()
    ]
    return frame.assign(**columns)


def point(table: Grid, rows: Iterable[int], column: str | Iterable[str]) -> list[str]:
    """Return what the table tells of its values in ``rows``, counted from 0, of one
    column or of one each.
    """
    columns = repeat(column) if isinstance(column, str) else column
    return [
        table.told(row, name).text for row, name in zip(rows, columns, strict=False)
    ]


def tip(words: Words) -> Tip:
    """Return how a value is told by itself: the chart's words say it."""
    for key in ("point", "value"):  # a slip in them is told here, with its line
        words[key].fill(row="", column="", value="", unit="")
    return Tip(words["point"], words["value"])


def label(
    item: Quantity, language: ChartLanguage, most: int = 1, *, signed: bool = False
) -> str:
    """Write a figure beside its mark, as fine as it stands in the table."""
    return number(
        item.value, language, count_decimals_to_show(item, most), signed=signed
    )


def cell(
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
    places = count_decimals_to_show(item, most)
    low, high = (
        number(end, language, places, signed=signed) for end in item.low_and_high
    )
    if low != high:
        return make_cell_of_end(
            item,
            item.low_and_high[0],
            f"{low}–{high}",
            round(item.low_and_high[0], places),
        )
    # figure spaces in place of the digits that are not known, so that points stand in a
    # line
    short = most - places
    spaces = FIGURE_SPACE * short + ("" if places else POINT_SPACE) if short else ""
    finest = MOST_DECIMALS if item.low is None else places
    return make_cell_of_end(
        item,
        item.low_and_high[0],
        low + spaces,
        round(item.low_and_high[0], finest).normalize(),
    )


def upper_end(item: Quantity | None, language: ChartLanguage, most: int = 2) -> Cell:
    """Write the upper end of a figure that has two; an empty cell if it has not, or
    none that is written otherwise.
    """
    if item is None or "–" not in cell(item, language, most).text:
        return Cell("", None)
    end = item.low_and_high[1]
    places = count_decimals_to_show(item, most)
    return make_cell_of_end(
        item, end, number(end, language, places), round(end, places)
    )
