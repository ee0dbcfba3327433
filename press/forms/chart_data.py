"""What a chart shows: figures of some kinds by time or by thing, as a table for readers
and files, and as frames.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

import altair as alt
import pandas as pd

from press.content import ChartLanguage, Words
from press.data import Row
from press.figures import Plot, Size
from press.forms.axes import choose_ticks_within, make_axis_of_amounts
from press.forms.cells import (
    TimeOrThing,
    format_label,
    is_time,
    list_tip_texts,
    make_cell,
    make_cell_of_upper_end,
    make_frame,
    make_tip_template,
)
from press.forms.layers import LayeredChart
from press.forms.marks import draw_marks, flag_times_after_gaps, measure_widest_label
from press.ground.errors import ToldError, format_count
from press.ground.grid import Cell, Column, Grid
from press.quantity import Quantity, rows_behind

# in pixels
BETWEEN = 18  # from the name of a kind to the next
AXIS = 60  # beside a drawing, for the labels of an axis
TOP = 4  # from the top to the names of kinds
# the words of a legend that say what each sign means
DERIVED = "derived"
MISSING = "gap"
MakeHead = Callable[[TimeOrThing], Cell]
BY_FORM = "bars, dots and slopes are by thing, columns and lines over time"


class FiguresOfKind(NamedTuple):
    """Figures of a kind, by time or by thing: the name of their column in files, which
    ends in its unit; their colour.

    A kind without a colour stands in the table alone, with at most so many decimals;
    changes and balances are ``signed``.
    """

    items: Mapping[TimeOrThing, Quantity | None]
    column: str
    ink: str = ""
    most: int = 2
    signed: bool = False

    def find_known_since(self, since: TimeOrThing) -> dict[TimeOrThing, Quantity]:
        """Return the figures that are known, without those of times before ``since``,
        if that is given.
        """
        known = {at: item for at, item in self.items.items() if item}
        if since is None:
            return known
        return {at: item for at, item in known.items() if at >= since}

    def format_labels(
        self, items: Collection[Quantity], language: ChartLanguage
    ) -> Iterator[str]:
        """Write figures beside their marks: with at most one decimal, unless all are
        below one.
        """
        most = self.most
        if any(abs(item.value) >= 1 for item in items):
            most = min(most, 1)
        for item in items:
            yield format_label(item, language, most, signed=self.signed)


class ChartData(NamedTuple):
    """The figures of a chart: their table, the frame of each kind, all their rows; and
    what they are told with.

    A frame is what ``make_frame`` gives, with ``text``, a label as fine as its cell,
    and ``point``, what the table tells.
    """

    table: Grid
    frames: dict[str, pd.DataFrame]
    rows: frozenset[Row]
    kinds: Mapping[str, FiguresOfKind]
    words: Words
    language: ChartLanguage

    @classmethod
    def from_kinds(  # noqa: PLR0913, PLR0917 - what a table is made of
        cls,
        kinds: Mapping[str, FiguresOfKind],
        words: Words,
        language: ChartLanguage,
        corner: str = "year",
        head: MakeHead | None = None,
        since: TimeOrThing = None,
    ) -> ChartData:
        """Return figures by time or thing, as its ``corner`` names the first column and
        ``head`` writes its cells.

        Those of times before ``since`` are left out. The words head the columns: that
        which begins with ``table_`` and ends in the corner or in the name of a kind, or
        is just that name; that of its unit, which begins with ``unit_``, or ``unit``;
        ``table_upper_end`` a second column of a kind with ranges. Raises ``ToldError``
        where there is no figure.
        """
        found = {name: kind.find_known_since(since) for name, kind in kinds.items()}
        places = _get_times_or_things(found)
        first = Column(corner, words[f"table_{corner}"])
        make_head = head or partial(_make_head_cell, language=language)
        columns = list[ColumnAndCells]()
        columns.append((first, [*map(make_head, places)]))
        columns += _make_columns(kinds, places, words, language)
        columns += _make_columns_of_upper_ends(kinds, found, places, words, language)
        heads, cells = zip(*columns, strict=True)
        rows = [*zip(*cells, strict=True)]
        table = Grid(heads, rows, tip=make_tip_template(words))
        frames = dict[str, pd.DataFrame]()
        used = list[Quantity]()
        for name, items in found.items():
            kind = kinds[name]
            point = list_tip_texts(table, map(places.index, items), kind.column)
            text = [*kind.format_labels(items.values(), language)]
            frames[name] = make_frame(items, point=point, text=text)
            used += items.values()
        return cls(table, frames, rows_behind(used), kinds, words, language)

    @property
    def frames_of_drawn_kinds(self) -> dict[str, pd.DataFrame]:
        """The frames of kinds that have a colour, and figures."""
        drawn = dict[str, pd.DataFrame]()
        for name, frame in self.frames.items():
            if self.kinds[name].ink and len(frame):
                drawn[name] = frame
        return drawn

    def combine_drawn_frames(
        self, expected_kinds: int | None = None, *, expects_times: bool = True
    ) -> pd.DataFrame:
        """Return all that is drawn in one frame, with its ``kind``.

        Raises ``ToldError`` for another number of kinds, where one is expected, for
        none, for things where times are expected, or times.
        """
        drawn = self.frames_of_drawn_kinds
        if len(drawn) != (expected_kinds or len(drawn) or 1):
            expected = f"a colour and figures, expected {expected_kinds or 'some'}"
            raise ToldError(f"found {format_count(len(drawn), 'kind')} with {expected}")
        named = [frame.assign(kind=name) for name, frame in drawn.items()]
        every = pd.concat(named, ignore_index=True)
        has_times = "year" in every
        if expects_times and not has_times:
            raise ToldError("found things, expected times", BY_FORM)
        if has_times and not expects_times:
            raise ToldError("found times, expected things", BY_FORM)
        return every

    def draw_names_of_several_kinds(self, size: Size) -> Iterator[alt.Chart]:
        """Name several kinds above all else, beside each other, each in its colour."""
        drawn = self.frames_of_drawn_kinds
        if len(drawn) == 1:
            return
        left = 0.0
        most = (size.width - AXIS) / len(drawn) - BETWEEN
        for name in drawn:
            told = [self.words[name]]
            at = (alt.XValue(left), alt.YValue(TOP), alt.Text("text:N"))
            style = {"align": "left", "limit": most, "style": "label"}
            frame = pd.DataFrame({"text": told})
            yield draw_marks("text", frame, *at, ink=self.kinds[name].ink, **style)
            wide = measure_widest_label(told, size)
            left += min(wide, most) + BETWEEN

    def find_legend_words_by_sign(self) -> dict[str, str]:
        """Return what the signs of lines mean, of those that are seen: an ``open`` dot
        and a ``dotted`` line.
        """
        drawn = self.frames_of_drawn_kinds.values()
        signs = dict[str, str]()
        if any(frame["derived"].any() for frame in drawn):
            signs["open"] = self.words[DERIVED]
        if any(flag_times_after_gaps(frame).any() for frame in drawn):
            signs["dotted"] = self.words[MISSING]
        return signs

    def make_amount_axis(
        self, low: float, high: float, scale_ends: tuple[float, float], step: int = 0
    ) -> alt.Y:
        """Return the axis of amounts between two ends, percent with their sign.

        It has a line every ``step`` from ``low`` to ``high``, or as many as are easily
        read.
        """
        foot, top = scale_ends
        drawn = self.frames_of_drawn_kinds
        units = {_find_unit(self.words, name) for name in drawn}
        unit = "%" if units == {"%"} else ""
        signed = any(self.kinds[name].signed for name in drawn)
        ticks = choose_ticks_within(low, high, step=step)
        return make_axis_of_amounts(
            ticks, self.language, foot=foot, top=top, unit=unit, signed=signed
        )

    def make_plot(
        self, draw: Callable[[Size], LayeredChart], width: str = "column"
    ) -> Plot:
        """Return what draws it, with its table and rows."""
        return Plot(draw, self.table, self.rows, width)


FiguresByKind = Mapping[str, Mapping[TimeOrThing, Quantity]]
ColumnAndCells = tuple[Column, Sequence[Cell]]


def _get_times_or_things(found: FiguresByKind) -> list[TimeOrThing]:
    """Return the times of which there are figures, earliest first, or the things, in
    the order of the figures.
    """
    places = list(dict.fromkeys(chain.from_iterable(found.values())))
    if not places:
        kinds = ", ".join(found) or "any kind"
        raise ToldError(
            f"found no figure of {kinds}, expected some by time or by thing"
        )
    if all(map(is_time, places)):
        places.sort()
    return places


def _make_head_cell(at: TimeOrThing, language: ChartLanguage) -> Cell:
    """Return the first cell of a row: a date as the language writes it, or a name."""
    told = f"{at}"
    if is_time(at):
        told = language.date(told)
    return Cell(told, at)


def _make_columns(
    kinds: Mapping[str, FiguresOfKind],
    times_or_things: Sequence[TimeOrThing],
    words: Words,
    language: ChartLanguage,
) -> Iterator[ColumnAndCells]:
    """Yield the column of each kind."""
    for name, kind in kinds.items():
        column = Column(kind.column, _find_head(words, name), _find_unit(words, name))
        cells = list[Cell]()
        for item in map(kind.items.get, times_or_things):
            cell = make_cell(item, language, kind.most, signed=kind.signed)
            cells.append(cell)
        yield column, cells


def _make_columns_of_upper_ends(
    kinds: Mapping[str, FiguresOfKind],
    found: FiguresByKind,
    times_or_things: Sequence[TimeOrThing],
    words: Words,
    language: ChartLanguage,
) -> Iterator[ColumnAndCells]:
    """Yield a column for each kind of which a figure has two ends."""
    for name, items in found.items():
        if any(item.high for item in items.values()):
            kind = kinds[name]
            head = words["table_upper_end"].fill(name=_find_head(words, name))
            label = f"upper_end_of_{kind.column}"
            column = Column(label, head, _find_unit(words, name))
            make = partial(make_cell_of_upper_end, language=language, most=kind.most)
            yield column, [*map(make, map(items.get, times_or_things))]


def _find_head(words: Words, kind: str) -> str:
    return words[_find_first_key(words, f"table_{kind}", kind)]


def _find_unit(words: Words, kind: str) -> str:
    return words[_find_first_key(words, f"unit_{kind}", "unit")]


def _find_first_key(words: Words, key: str, other: str) -> str:
    return key if key in [*words] else other
