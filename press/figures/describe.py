"""Drafts of a chart's alternative text and summary, in English, from its table; figures
as the table writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from press.figures.series import (
    Point,
    Series,
    SeriesOfTable,
    get_value,
    read_series_of_table,
)
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


def draft_alt_and_summary(grid: Grid, mark_kinds: Iterable[str]) -> list[str]:
    """Return drafts of the alternative text and the summary, a line each;
    ``mark_kinds`` are kinds (``bar``).
    """
    contents = read_series_of_table(grid)
    kind = _name_chart({*mark_kinds})
    if contents.series:
        return [
            _draft_alt_line_by_series(kind, contents),
            _draft_summary_line(contents),
        ]
    return [
        f"alt:     {kind} of {len(grid.rows)} rows.",
        "summary: The table holds no figures.",
    ]


def _name_chart(marks: set[str]) -> str:
    for mark, name in NAMES_BY_MARK.items():
        if mark in marks:
            return name
    return "Chart"


def _draft_alt_line_by_series(chart_kind: str, contents: SeriesOfTable) -> str:
    units = {item.unit for item in contents.series}
    unit = units.pop() if len(units) == 1 else ""
    told = list[str]()
    for item in contents.series[:SERIES]:
        name = f"{item.name}{_format_in_brackets('' if unit else item.unit)}"
        told.append(f"{name}: {', '.join(_describe_course_and_gaps(item, contents))}")
    what = f"{chart_kind} of {len(contents.series)} series{_format_time_span(contents)}"
    parts = "; ".join([*told, *_describe_unnamed_series(contents)])
    return f"alt:     {what}{_format_in_brackets(unit)}. {parts}."


def _draft_summary_line(contents: SeriesOfTable) -> str:
    tell = _describe_last_points if contents.in_time else _describe_points_by_rank
    moves = map(tell, contents.series[:SERIES])
    rest = map(str.capitalize, _describe_unnamed_series(contents))
    return f"summary: {'. '.join([*moves, *rest])}."


def _describe_unnamed_series(contents: SeriesOfTable) -> Iterator[str]:
    """Yield how many series are not named, if there are any."""
    more = len(contents.series) - SERIES
    if more > 0:
        yield f"and {more} more series"


def _format_time_span(contents: SeriesOfTable) -> str:
    places = contents.places
    if not contents.in_time or len(places) == 1:
        return ""
    return f", {places[0]} to {places[-1]}"


def _describe_course_and_gaps(series: Series, contents: SeriesOfTable) -> Iterator[str]:
    """Tell of a series how it runs, its highest and lowest figures if they are not its
    ends, and where it has none.
    """
    points = series.points
    first = points[0]
    in_time = contents.in_time
    if len(points) == 1:
        yield f"{_format_figure_and_places(points, in_time=in_time)}, its only figure"
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
                yield f"{name} {_format_figure_and_places(found, in_time=in_time)}"
    if series.gaps:
        yield f"no figure for {_format_shortened_list(series.gaps)}"


def _format_figure_and_places(points: Sequence[Point], *, in_time: bool) -> str:
    """Write a figure that stands at some places: ``5.2 in 2015 and 2018``,
    ``5.2 (Coal)``.
    """
    places = _format_shortened_list([point.place for point in points])
    text = points[0].text
    return f"{text} in {places}" if in_time else f"{text} ({places})"


def _describe_points_by_rank(series: Series) -> str:
    """Tell the largest figures of a series of things."""
    largest = sorted(series.points, key=get_value, reverse=True)
    told = [f"{point.place} {point.text}" for point in largest]
    return f"{series.name}: {_format_shortened_list(told)}"


def _describe_last_points(series: Series) -> str:
    """Tell the last figures of a series."""
    last = [f"{point.text} in {point.place}" for point in series.points[-PAIR:]]
    return f"{series.name}: {', then '.join(last)}"


def _format_shortened_list(parts: Sequence[str]) -> str:
    """Write a list of a few parts; of more, how many more there are."""
    named = [*parts[:PLACES]]
    more = len(parts) - PLACES
    if more > 0:
        named.append(f"{more} more")
    *before, last = named
    if not before:
        return last
    return f"{', '.join(before)} and {last}"


def _format_in_brackets(unit: str) -> str:
    return f" ({unit})" if unit else ""
