"""Axes: where times and amounts lie in a drawing, and which of them are named."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any, NamedTuple, TypeVar

import altair as alt

from press.content import ChartLanguage
from press.ground.period import MONTHS, Period

MINUS = "\u2212"
ROUND = (1, 2, 5)  # of these, times a power of ten, are the steps between amounts
FINEST = -9  # the least power of ten
DIGITS = 9  # decimals of an amount on an axis, beyond which a computer errs
Channel = TypeVar("Channel", alt.X, alt.Y)
Names = Mapping[Any, str]  # by time or amount
FractionalYear = float  # the middle of 2023 is 2023.0, its end 2023.5


class Axes(NamedTuple):
    """The axes of a drawing: time across, amounts up and down."""

    x: alt.X
    y: alt.Y


def locate_time_on_year_axis(time: int | str) -> FractionalYear:
    """Return where a time lies on an axis of years: a year at its number, its end half
    a year on; a month, a quarter or a day at its end.

    Raises ``ValueError`` for what is no time.
    """
    if isinstance(time, int):
        return time
    period = Period.parse(time)
    if period.is_year:
        return period.year
    if not period.day:
        return (period.last + 1) / MONTHS - 0.5
    day = date.fromisoformat(time)
    number = day.timetuple().tm_yday
    last = date(period.year, 12, 31).timetuple().tm_yday
    return period.year + number / last - 0.5


def make_axis_of_years(first: float, last: float, named: Iterable[int]) -> alt.X:
    """Return an axis of time from end to end, on which some years are named."""
    names = {year: str(year) for year in named}
    return make_axis_of_times(first, last, names)


def make_axis_of_times(first: float, last: float, names: Names) -> alt.X:
    """Return an axis of time with names at some places; the field is ``year``."""
    axis = alt.Axis(
        values=[*names],
        labelExpr=format_label_expression(names),
        title=None,
        grid=False,
        labelFlush=False,
    )
    scale = _make_scale(first, last)
    return alt.X("year:Q", scale=scale, axis=axis)


def make_axis_of_amounts(  # noqa: PLR0913 - of an axis
    ticks: Sequence[float],
    language: ChartLanguage,
    field: str = "value",
    *,
    foot: float | None = None,
    top: float | None = None,
    unit: str = "",
    signed: bool = False,
    grid: bool = True,
) -> alt.Y:
    """Return an axis of amounts from the first tick to the last, or ``foot`` to
    ``top``, as the language writes them.

    All but zero have the unit; changes and balances are ``signed``.
    """
    decimals = max(map(_count_decimals, ticks))
    names = dict[float, str]()
    for tick in ticks:
        names[tick] = format_number(tick, language, decimals, signed=signed)
        if tick:
            names[tick] += unit
    expression = format_label_expression(names)
    axis = alt.Axis(values=[*ticks], labelExpr=expression, title=None, grid=grid)
    if foot is None:
        foot = ticks[0]
    if top is None:
        top = ticks[-1]
    return alt.Y(f"{field}:Q", scale=_make_scale(foot, top), axis=axis)


def make_hidden_axis(
    channel: type[Channel], field: str, first: float, last: float
) -> Channel:
    """Return an axis of a field, from end to end, of which nothing is seen; that of
    pixels from the top goes from the height to 0.
    """
    return channel(f"{field}:Q", scale=_make_scale(first, last), axis=None)


def _make_scale(first: float, last: float) -> alt.Scale:
    """Return a scale that ends exactly there."""
    return alt.Scale(domain=[first, last], nice=False)


def _count_decimals(tick: float) -> int:
    written = f"{tick:.{DIGITS}f}"
    _, _, decimals = written.partition(".")
    return len(decimals.rstrip("0"))


def choose_ticks_within(
    low: float, high: float, most_ticks: int = 7, step: float = 0
) -> list[float]:
    """Return the multiples of a step from ``low`` to ``high``; without one, of a round
    step with which few are needed.

    Of the latter at most ``most_ticks`` would reach from ``low`` or below to ``high``
    or above.
    """
    if not step:
        step = _choose_step(low, high, most_ticks)
    ticks = list[float]()
    first = -int(-low // step)
    last = int(high // step)
    for number in range(first, last + 1):
        tick = round(number * step, DIGITS)
        is_whole = tick == int(tick)
        ticks.append(int(tick) if is_whole else tick)
    return ticks


def _choose_step(low: float, high: float, most: int) -> float:
    """Return the least round step of which fewer than ``most`` are needed."""
    steps = _make_round_steps()
    return next(step for step in steps if -(-high // step) - low // step < most)


def _make_round_steps() -> Iterator[float]:
    """Yield round numbers without end, the least first."""
    for power in count(FINEST):
        for unit in ROUND:
            yield float(f"{unit}e{power}")


def extend_scale_by_pixels(
    low: float, high: float, height: float, below: float, above: float
) -> tuple[float, float]:
    """Return the ends of a scale of so many pixels on which some are free below
    ``low``, some above ``high``.
    """
    pixel = (high - low or 1) / (height - below - above)
    return low - below * pixel, high + above * pixel


def choose_years(first: int, last: int, most: int) -> list[int]:
    """Return years at even distances, at most so many; the last is one of them."""
    step = (first - last - 1) // most
    backwards = range(last, first - 1, step)
    return [*reversed(backwards)]


def format_label_expression(names: Names) -> str:
    """Return the expression of Vega that gives each value of an axis its name."""
    by_value = {f"{value}": name for value, name in names.items()}
    return f"({json.dumps(by_value, ensure_ascii=False)})[datum.value]"


def format_number(
    value: Decimal | float,
    language: ChartLanguage,
    decimals: int = 0,
    *,
    signed: bool = False,
) -> str:
    """Write a number with a true minus; a change or a balance, which is ``signed``,
    with its plus.
    """
    told = language.number(value, decimals).replace("-", MINUS)
    if signed and value > 0:
        return f"+{told}"
    return told
