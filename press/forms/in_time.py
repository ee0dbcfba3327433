"""Forms over time: a bar for each time, lines with dots."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from math import ceil
from typing import NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms.axes import (
    Axes,
    extend_scale_by_pixels,
    make_axis_of_times,
    make_hidden_axis,
)
from press.forms.chart_data import ChartData
from press.forms.layers import LayeredChart, finish_chart
from press.forms.marks import (
    MarkProperties,
    describe_marks,
    draw_legend,
    draw_line,
    draw_marks,
    draw_texts,
    draw_ticks_between_years,
    draw_zero_line,
    get_colour_variable,
    measure_widest_label,
    measure_widest_text,
    move_values_apart,
)

# in pixels
HEIGHT = 400
AXIS = 40  # of the height, for the axis and above
SCALE = 50  # of the width, for the labels of amounts
NEAR = 8  # between two labels
LINE = 16  # from a line of text to the next
ABOVE = 24  # for what stands at the end of a bar, and for the names of kinds
WIDEST = 90  # of a bar
# pixels down from the end of a bar to the middle of its amount: of one that rises, or
# falls
OVER = -10
UNDER = 12
YEARS = 2  # from so many years on only years are named
MOST = 0.4  # of the width: names that are wider are cut
BAR = 0.64  # of a step: the bars of a time
# steps free beside the first time and the last, of bars and of lines
BESIDE_BARS = 0.6
BESIDE_LINES = 0.4
# areas of dots that are at least so many pixels from one to the next
DOTS = {12: 44, 6: 28, 0: 14}
AmountAndPixelsAbove = tuple[float, int]  # an amount, and pixels above it
ShareOfStep = float


class _TimeAxis(NamedTuple):
    """The times of a drawing: the least distance between two, in years and in pixels;
    the axis and its foot.
    """

    step: float
    pixels: float
    x: alt.X
    feet: Sequence[alt.Chart] = ()


def _make_time_axis(
    figures: ChartData, size: Size, beside_steps: float, right_pixels: float = 0
) -> _TimeAxis:
    """Return the axis of all times, with some steps free on both sides, and on the
    right some pixels.

    As many times are named as find room, the last among them; of more than two years
    with months or days the years.
    """
    known = figures.combine_drawn_frames().drop_duplicates("year").sort_values("year")
    times = known["year"]
    first = times.min()
    last = times.max()
    step = 1
    if len(times) > 1:
        step = times.diff().min()
    steps = (last - first) / step + 2 * beside_steps
    pixels = (size.width - SCALE - right_pixels) / steps
    names_years = last - first >= YEARS and step < 1
    names = _format_short_dates_by_year_position(figures, known)
    apart = pixels
    years = range(ceil(first), ceil(last - 0.5) + 1)
    if names_years:
        names = {year: f"{year}" for year in years}
        apart = pixels / step
    wide = measure_widest_text(names.values(), size.text)
    begin = first - beside_steps * step
    every = ceil((wide + NEAR) / apart)
    told = dict[float, str]()
    for at, name in [*names.items()][::-every]:
        left = (at - begin) * pixels / step
        if left > wide / 2 - NEAR:  # right of the scale
            told[at] = name
    free = beside_steps + right_pixels / pixels
    x = make_axis_of_times(begin, last + free * step, told)
    feet = list[alt.Chart]()
    if names_years:
        ends = draw_ticks_between_years(years[0], years[-1], x)
        feet.append(ends)
    return _TimeAxis(step, pixels, x, feet)


def _format_short_dates_by_year_position(
    figures: ChartData, known: pd.DataFrame
) -> dict[float, str]:
    """Return the short dates of times by their places."""
    names = dict[float, str]()
    for place, at in zip(known["year"], known["at"], strict=True):
        names[place] = figures.language.date(f"{at}", short=True)
    return names


def draw_columns(
    figures: ChartData,
    *,
    grid: bool = False,
    hollow_times: Collection[object] = (),
    reach: AmountAndPixelsAbove = (0, 0),
    height: int = HEIGHT,
) -> Plot:
    """Draw a bar for each time, those of several kinds side by side, with amounts at
    their ends.

    Where there is no room for all amounts the newest is told, the largest, and so on,
    and there is an axis, as with a ``grid``. The bars of ``hollow_times`` are open.
    The scale goes at least to the amount of ``reach``, and so many pixels further.
    """
    figures.combine_drawn_frames()  # which says what is wrong with them

    def draw_at_size(size: Size) -> LayeredChart:
        times = _make_time_axis(figures, size, BESIDE_BARS)
        every, bar = _place_bars(figures, times.step)
        pixels = bar * times.pixels
        room = pixels if _has_several(figures) else None
        told = _choose_amounts_that_fit(every, times, size, room)
        low = min(0, every["value"].min())
        high = max(0, every["value"].max())
        scale = _compute_scale_ends_of_bars(figures, (low, high), reach, height - AXIS)
        y = make_hidden_axis(alt.Y, "value", *scale)
        if grid or len(told) < len(every):
            y = figures.make_amount_axis(low, high, scale)
        axes = Axes(times.x, y)
        layers = [draw_zero_line(axes), *figures.draw_names_of_several_kinds(size)]
        for name in figures.frames_of_drawn_kinds:
            own = every[every["kind"] == name]
            ink = figures.kinds[name].ink
            layers += _draw_bars(own, axes, ink, hollow_times, pixels)
            amounts = told[told["kind"] == name]
            layers += _draw_amounts(amounts, axes, ink)
        return finish_chart(layers, size, height, axes)

    return figures.make_plot(draw_at_size)


def _has_several(figures: ChartData) -> bool:
    return len(figures.frames_of_drawn_kinds) > 1


def _place_bars(figures: ChartData, step: float) -> tuple[pd.DataFrame, ShareOfStep]:
    """Return all figures with the places of their bars, those of a time side by side;
    and how much of a step a bar has.
    """
    every = figures.combine_drawn_frames()
    drawn = figures.frames_of_drawn_kinds
    bar = BAR / len(drawn)
    middle = (len(drawn) - 1) / 2
    moved = dict[str, float]()
    for number, name in enumerate(drawn):
        moved[name] = number - middle
    bars = every["kind"].map(moved)
    every["year"] += bars * bar * step
    return every, bar


def _compute_scale_ends_of_bars(
    figures: ChartData,
    ends: tuple[float, float],
    reach: AmountAndPixelsAbove,
    height: float,
) -> tuple[float, float]:
    """Return a scale with room for amounts at the ends of bars and for the names of
    kinds, and for what shall be reached.
    """
    low, high = ends
    below = ABOVE * (low < 0)
    above = ABOVE * (1 + _has_several(figures))
    amount, beyond = reach
    foot, top = extend_scale_by_pixels(low, high, height, below, above)
    lower, higher = extend_scale_by_pixels(low, amount, height, below, beyond)
    return min(foot, lower), max(top, higher)


def _draw_bars(
    own: pd.DataFrame,
    axes: Axes,
    ink: str,
    hollow_times: Collection[object],
    bar_pixels: float,
) -> Iterator[alt.Chart]:
    """Yield the bars of a kind, and then those that are open."""
    stroke = get_colour_variable(ink)
    outline: MarkProperties = {"stroke": stroke, "strokeDash": [4, 3]}
    outline["fill"] = get_colour_variable("paper")
    size = min(max(bar_pixels - 1, 1), WIDEST)
    style: MarkProperties = {"ink": ink, "size": size}
    channels = (*axes, describe_marks())
    is_open = own["at"].isin(hollow_times)
    yield draw_marks("bar", own[~is_open], *channels, **style)
    yield draw_marks("bar", own[is_open], *channels, **style, **outline)


def _draw_amounts(told: pd.DataFrame, axes: Axes, ink: str) -> Iterator[alt.Chart]:
    """Yield the amounts above bars, and those below."""
    falls = told["value"] < 0
    yield draw_texts(told[~falls], *axes, ink, dy=OVER, style="label")
    yield draw_texts(told[falls], *axes, ink, dy=UNDER, style="label")


def _choose_amounts_that_fit(
    drawn: pd.DataFrame, times: _TimeAxis, size: Size, side_by_side_pixels: float | None
) -> pd.DataFrame:
    """Return the amounts that are told: all, if need be without plus signs; else as
    many as do not touch.

    Of several bars side by side, each ``side_by_side_pixels`` wide, it is all or none;
    that is ``None`` where each time has one bar.
    """
    own = drawn
    wide = measure_widest_label(own["text"], size)
    if wide > (side_by_side_pixels or times.pixels):
        unsigned = drawn["text"].str.lstrip("+")
        own = drawn.assign(text=unsigned)
        wide = measure_widest_label(own["text"], size)
    if side_by_side_pixels:
        return own if wide <= side_by_side_pixels else own.head(0)
    places = own["year"] / times.step * times.pixels
    amounts = own["value"].abs()
    largest = amounts.sort_values(ascending=False).index
    kept = list[int]()
    for each in (places.idxmax(), *largest):
        apart = (abs(places[each] - places[other]) for other in kept)
        if all(pixels > wide for pixels in apart):
            kept.append(each)
    return own.loc[kept]


def draw_lines(
    figures: ChartData, *, foot: float = 0, step: int = 0, height: int = HEIGHT
) -> Plot:
    """Draw a line for each kind, with its name and newest amount at its end, dotted
    where times are missing.

    Open dots are derived figures: the words ``derived`` say so, and ``gap`` what dotted
    lines are. The scale begins at the ``foot``, or lower, with a line every ``step``.
    """
    every = figures.combine_drawn_frames()
    ends = every.groupby("kind", sort=False).tail(1)
    names = [*_format_names_and_amounts(figures, ends)]
    signs = figures.find_legend_words_by_sign()

    def draw_at_size(size: Size) -> LayeredChart:
        widest = measure_widest_label(chain(*names), size)
        right = min(widest, MOST * size.width)
        times = _make_time_axis(figures, size, BESIDE_LINES, right + 2 * NEAR)
        low = min(foot, every["low"].min())
        high = every["high"].max()
        scale = extend_scale_by_pixels(low, high, height - AXIS, 0, ABOVE)
        y = figures.make_amount_axis(low, high, scale, step)
        axes = Axes(times.x, y)
        layers = [*times.feet, *draw_legend(signs, size)]
        area = _choose_area(times.pixels)
        for kind, frame in figures.frames_of_drawn_kinds.items():
            ink = figures.kinds[kind].ink
            layers += draw_line(frame, axes, ink, area)
        amount = (high - low or 1) / (height - AXIS - ABOVE)  # of a pixel
        most = max(map(len, names))
        block = most * LINE * amount
        lowest = low + block / 2
        above = ends["value"].clip(lower=lowest)
        values = move_values_apart([*above], block)
        placed = ends.assign(value=values)
        layers += _draw_texts_at_line_ends(figures, placed, names, axes, right)
        return finish_chart(layers, size, height, axes)

    return figures.make_plot(draw_at_size)


def _choose_area(pixels: float) -> int:
    """Return the area of dots that are so many pixels from one to the next."""
    return next(area for far, area in DOTS.items() if pixels >= far)


def _format_names_and_amounts(
    figures: ChartData, ends: pd.DataFrame
) -> Iterator[list[str]]:
    """Yield what stands at the end of each line: the name of its kind, its newest
    amount, and the time of that if it is no year.
    """
    for end in ends.to_dict("records"):
        name = figures.words[end["kind"]]
        lines = [name, end["text"]]
        at = end["at"]
        if not isinstance(at, int):
            lines.append(figures.language.date(at, short=True))
        yield lines


def _draw_texts_at_line_ends(
    figures: ChartData,
    placed: pd.DataFrame,
    texts_by_end: Sequence[Sequence[str]],
    axes: Axes,
    room_pixels: float,
) -> Iterator[alt.Chart]:
    """Yield the lines of text at the end of each line, around its middle."""
    for number, told in enumerate(texts_by_end):
        end = placed.iloc[[number]]
        ink = figures.kinds[end["kind"].item()].ink
        middle = len(told) / 2 - 0.5
        for row, line in enumerate(told):
            style: MarkProperties = {
                "align": "left",
                "dx": 10,
                "limit": room_pixels + 1,
            }
            style["dy"] = (row - middle) * LINE
            style["style"] = "text" if row > 1 else "label"
            frame = end.assign(text=line)
            yield draw_texts(frame, *axes, ink, **style)
