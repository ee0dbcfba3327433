"""Drafts of a chart's alternative text and summary, in English, from its table; figures
as the table writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from press.figures.series import Contents, Point, Series, find_series, get_value
from press.ground.grid import Grid

# how many of each are named; of more, the number is told
SERIES = 4
PLACES = 3
# What a mark makes of a chart, in this order.
NAMES_BY_MARK = {
    "geoshape": "Map",
    "bar": "Bar chart",
    "area": "Area chart",
    "line": "Line chart",
}
PAIR = 2  # points of which the ends are the extremes


def draft_descriptions(grid: Grid, marks: Iterable[str]) -> list[str]:
    """Return drafts of the alternative text and the summary, a line each; ``marks`` are
    kinds (``bar``).
    """
    contents = find_series(grid)
    kind = _name_chart({*marks})
    if contents.series:
        return [_draft_alt(kind, contents), _draft_summary(contents)]
    return [
        f"alt:     {kind} of {len(grid.rows)} rows.",
        "summary: The table holds no figures.",
    ]


def _name_chart(marks: set[str]) -> str:
    for mark, name in NAMES_BY_MARK.items():
        if mark in marks:
            return name
    return "Chart"


def _draft_alt(kind: str, contents: Contents) -> str:
    units = {item.unit for item in contents.series}
    unit = units.pop() if len(units) == 1 else ""
    told = list[str]()
    for item in contents.series[:SERIES]:
        name = f"{item.name}{_write_in_brackets('' if unit else item.unit)}"
        told.append(f"{name}: {', '.join(_tell_course(item, contents))}")
    what = f"{kind} of {len(contents.series)} series{_tell_span(contents)}"
    parts = "; ".join([*told, *_tell_rest(contents)])
    return f"alt:     {what}{_write_in_brackets(unit)}. {parts}."


def _draft_summary(contents: Contents) -> str:
    tell = _tell_last if contents.in_time else _rank_points
    moves = map(tell, contents.series[:SERIES])
    rest = map(str.capitalize, _tell_rest(contents))
    return f"summary: {'. '.join([*moves, *rest])}."


def _tell_rest(contents: Contents) -> Iterator[str]:
    """Yield how many series are not named, if there are any."""
    more = len(contents.series) - SERIES
    if more > 0:
        yield f"and {more} more series"


def _tell_span(contents: Contents) -> str:
    places = contents.places
    if not contents.in_time or len(places) == 1:
        return ""
    return f", {places[0]} to {places[-1]}"


def _tell_course(series: Series, contents: Contents) -> Iterator[str]:
    """Tell of a series how it runs, its highest and lowest figures if they are not its
    ends, and where it has none.
    """
    points = series.points
    first = points[0]
    in_time = contents.in_time
    if len(points) == 1:
        yield f"{_tell_figure(points, in_time=in_time)}, its only figure"
    elif all(point.value == first.value for point in points):
        yield f"{first.text} throughout"
    else:
        if in_time:
            last = points[-1]
            yield f"from {first.text} in {first.place} to {last.text} in {last.place}"
        if len(points) > PAIR or not in_time:
            for name, find in (("highest", max), ("lowest", min)):
                value = find(map(get_value, points))
                found = [point for point in points if point.value == value]
                yield f"{name} {_tell_figure(found, in_time=in_time)}"
    if series.gaps:
        yield f"no figure for {_list_parts(series.gaps)}"


def _tell_figure(points: Sequence[Point], *, in_time: bool) -> str:
    """Write a figure that stands at some places: ``5.2 in 2015 and 2018``,
    ``5.2 (Coal)``.
    """
    places = _list_parts([point.place for point in points])
    text = points[0].text
    return f"{text} in {places}" if in_time else f"{text} ({places})"


def _rank_points(series: Series) -> str:
    """Tell the largest figures of a series of things."""
    largest = sorted(series.points, key=get_value, reverse=True)
    told = [f"{point.place} {point.text}" for point in largest]
    return f"{series.name}: {_list_parts(told)}"


def _tell_last(series: Series) -> str:
    """Tell the last figures of a series."""
    last = [f"{point.text} in {point.place}" for point in series.points[-PAIR:]]
    return f"{series.name}: {', then '.join(last)}"


def _list_parts(parts: Sequence[str]) -> str:
    """Write a list of a few parts; of more, how many more there are."""
    named = [*parts[:PLACES]]
    more = len(parts) - PLACES
    if more > 0:
        named.append(f"{more} more")
    *before, last = named
    if not before:
        return last
    return f"{', '.join(before)} and {last}"


def _write_in_brackets(unit: str) -> str:
    return f" ({unit})" if unit else ""
