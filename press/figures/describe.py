"""Drafts of a chart's alternative text and summary, in English, from its table; figures
as the table writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from press.figures.series import Point, Series, series_in, value_of
from press.ground.grid import Grid

SERIES, PLACES = 4, 3  # how many of each are named; of more, the number is told
# What a mark makes of a chart, in this order.
KINDS = {
    "geoshape": "Map",
    "bar": "Bar chart",
    "area": "Area chart",
    "line": "Line chart",
}
PAIR = 2  # points of which the ends are the extremes


def draft(grid: Grid, marks: Iterable[str]) -> list[str]:
    """Return drafts of the alternative text and the summary, a line each; ``marks`` are
    kinds (``bar``).
    """
    contents = series_in(grid)
    drawn = set(marks)
    kind = next((name for mark, name in KINDS.items() if mark in drawn), "Chart")
    if not contents.series:
        return [
            f"alt:     {kind} of {len(grid.rows)} rows.",
            "summary: The table holds no figures.",
        ]
    units = {item.unit for item in contents.series}
    unit = units.pop() if len(units) == 1 else ""
    places = contents.places if contents.in_time else []
    span = f", {places[0]} to {places[-1]}" if len(places) > 1 else ""
    named = contents.series[:SERIES]
    more = len(contents.series) - SERIES
    rest = [f"and {more} more series"] if more > 0 else []
    told = [
        _told(item, in_time=contents.in_time, unit="" if unit else item.unit)
        for item in named
    ]
    moves = [_movement(item) if contents.in_time else _ranking(item) for item in named]
    return [
        (
            f"alt:     {kind} of {len(contents.series)} series{span}{_bracket(unit)}."
            f" {'; '.join([*told, *rest])}."
        ),
        f"summary: {'. '.join([*moves, *map(str.capitalize, rest)])}.",
    ]


def _told(series: Series, *, in_time: bool, unit: str) -> str:
    """Tell of a series how it runs, its highest and lowest figures if they are not its
    ends, and where it has none.
    """
    points = series.points
    if len(points) == 1:
        parts = [f"{_at(points, in_time=in_time)}, its only figure"]
    elif len({point.value for point in points}) == 1:
        parts = [f"{points[0].text} throughout"]
    else:
        ends = (
            [
                (
                    f"from {_at(points[:1], in_time=True)} to"
                    f" {_at(points[-1:], in_time=True)}"
                )
            ]
            if in_time
            else []
        )
        parts = [
            *ends,
            *(
                _extremes(series, in_time=in_time)
                if len(points) > PAIR or not in_time
                else []
            ),
        ]
    gaps = [f"no figure for {_listed(series.gaps)}"] if series.gaps else []
    return ", ".join([f"{series.name}{_bracket(unit)}: {parts[0]}", *parts[1:], *gaps])


def _extremes(series: Series, *, in_time: bool) -> list[str]:
    """Tell the highest and the lowest figure of a series, each with every place at
    which it stands.
    """
    ends = {
        name: end(map(value_of, series.points))
        for name, end in (("highest", max), ("lowest", min))
    }
    found = {
        name: [point for point in series.points if point.value == value]
        for name, value in ends.items()
    }
    return [f"{name} {_at(points, in_time=in_time)}" for name, points in found.items()]


def _at(points: Sequence[Point], *, in_time: bool) -> str:
    """Write a figure that stands at some places: ``5.2 in 2015 and 2018``,
    ``5.2 (Coal)``.
    """
    places = _listed([point.place for point in points])
    return (
        f"{points[0].text} in {places}" if in_time else f"{points[0].text} ({places})"
    )


def _ranking(series: Series) -> str:
    """Tell the largest figures of a series of things."""
    largest = sorted(series.points, key=value_of, reverse=True)
    return (
        f"{series.name}:"
        f" {_listed([f'{point.place} {point.text}' for point in largest])}"
    )


def _movement(series: Series) -> str:
    """Tell the last figures of a series."""
    last = [f"{point.text} in {point.place}" for point in series.points[-PAIR:]]
    return f"{series.name}: {', then '.join(last)}"


def _listed(parts: Sequence[str]) -> str:
    """Write a list of a few parts; of more, how many more there are."""
    named = list(parts[:PLACES])
    more = len(parts) - PLACES
    named += [f"{more} more"] if more > 0 else []
    return " and ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))


def _bracket(unit: str) -> str:
    return f" ({unit})" if unit else ""
