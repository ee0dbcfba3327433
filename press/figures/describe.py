"""Drafts of a chart's alternative text and summary, in English, from its table; figures as the table writes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from press.figures.series import Contents, Point, Series, dates, is_date, series_in, shown
from press.grid import Grid

SERIES, TURNS, PLACES, TALLIES = 4, 4, 3, 10  # how many of each are named; of more, the number is told
RIPPLES = 10  # a move of less than one part in so many of a series' range is none
# What a mark makes of a chart, in this order.
KINDS = {"geoshape": "Map", "bar": "Bar chart", "area": "Area chart", "line": "Line chart"}
PAIR = 2  # points that make one move, which cannot turn
value_of = attrgetter("value")


class Turn(NamedTuple):
    """A point at which a series turns, and whether it goes up from there."""

    point: Point
    up: bool


def draft(grid: Grid, marks: Iterable[str]) -> list[str]:
    """Return drafts of the alternative text and the summary, a line each; ``marks`` are kinds (``bar``)."""
    contents, drawn = series_in(grid), set(marks)
    kind = next((name for mark, name in KINDS.items() if mark in drawn), "Chart")
    if not contents.series:
        return [f"alt:     {kind} of {_entries(grid)}.", f"summary: {_sentences(_tallies(grid))}"]
    if kind == "Chart" and contents.in_time and len(contents.places) == PAIR:
        kind = "Slope chart"
    return [f"alt:     {_alt(contents, kind)}", f"summary: {_sentences(_summaries(contents))}"]


def turns(points: Sequence[Point]) -> list[Turn]:
    """Return the turning points of a series.

    A turning point is a highest or lowest point from which the series, before it goes past it, moves the other way by
    at least a tenth of its whole range (its highest less its lowest figure), having come to it by at least as much.
    Directions alternate; of equal figures the first counts; gaps are passed over. A flat series has none.
    """
    values = [point.value for point in points]
    span = max(values, default=0) - min(values, default=0)
    if not span:
        return []
    found, up, down = list[Turn](), False, False
    peak = trough = points[0]
    for point in points[1:]:
        peak, trough = max(peak, point, key=value_of), min(trough, point, key=value_of)
        if not down and span <= RIPPLES * (peak.value - point.value):
            found += [Turn(peak, up=False)] if up else []
            up, down, trough = False, True, point
        elif not up and span <= RIPPLES * (point.value - trough.value):
            found += [Turn(trough, up=True)] if down else []
            up, down, peak = True, False, point
    return found


def change(before: Point, after: Point) -> str:
    """Write how much a figure changed, with the decimals of the figure that has fewer."""
    moved, places = after.value - before.value, min(_places(before), _places(after))
    amount = f"{abs(moved):.{places}f}"
    if not moved:
        return "unchanged"
    if not amount.strip("0."):
        return "about unchanged"
    return f"{'up' if moved > 0 else 'down'} {amount}"


def _places(point: Point) -> int:
    """Return how many decimals the text of a figure has: the fewest that give its digits, whatever separates them."""
    own = max(0, -int(point.value.as_tuple().exponent))
    digits = re.sub(r"\D", "", point.text)
    return next((n for n in range(own) if re.sub(r"\D", "", f"{point.value:.{n}f}") == digits), own)


def _alt(contents: Contents, kind: str) -> str:
    """Say what a chart shows, where its series begin and end, and how high and how low they come."""
    units = {item.unit for item in contents.series}
    unit = units.pop() if len(units) == 1 else ""
    span = f", {contents.places[0]} to {contents.places[-1]}" if contents.in_time and len(contents.places) > 1 else ""
    whole = f"{kind} of {_count(len(contents.series), 'series', 'series')}{span}{_bracket(unit)}."
    chosen = _chosen(contents.series)
    parts = [_told(item, in_time=contents.in_time, unit="" if unit else item.unit) for item in chosen]
    return f"{whole} {'; '.join([*parts, *_rest(contents.series, chosen)])}."


def _chosen(series: Sequence[Series]) -> list[Series]:
    """Return the series to name, in the table's order: those that come highest; the first ones where units differ."""
    numbers = list(range(len(series)))
    if len({item.unit for item in series}) == 1:
        numbers.sort(key=lambda number: max(map(value_of, series[number].points)), reverse=True)
    return [series[number] for number in sorted(numbers[:SERIES])]


def _told(series: Series, *, in_time: bool, unit: str) -> str:
    """Tell of a series how it runs, its highest and lowest figures if they are not its ends, and where it has none."""
    points = series.points
    if len(points) == 1:
        parts = [f"{_at(points, in_time=in_time)}, its only figure"]
    elif len({point.value for point in points}) == 1:
        parts = [f"{points[0].text} throughout"]
    else:
        ends = [f"from {_at(points[:1], in_time=True)} to {_at(points[-1:], in_time=True)}"] if in_time else []
        parts = [*ends, *(_extremes(series, in_time=in_time) if len(points) > PAIR or not in_time else [])]
    return ", ".join([f"{series.name}{_bracket(unit)}: {parts[0]}", *parts[1:], *_gaps(series)])


def _extremes(series: Series, *, in_time: bool) -> list[str]:
    """Tell the highest and the lowest figure of a series, each with every place at which it stands."""
    ends = {name: end(map(value_of, series.points)) for name, end in (("highest", max), ("lowest", min))}
    found = {name: [point for point in series.points if point.value == value] for name, value in ends.items()}
    return [f"{name} {_at(points, in_time=in_time)}" for name, points in found.items()]


def _at(points: Sequence[Point], *, in_time: bool) -> str:
    """Write a figure that stands at some places: ``5.2 in 2015 and 2018``, ``5.2 (Coal)``."""
    places = _listed([point.place for point in points])
    return f"{points[0].text} in {places}" if in_time else f"{points[0].text} ({places})"


def _gaps(series: Series) -> list[str]:
    """Say for which places there is no figure, or for how many."""
    if len(series.gaps) > PLACES:
        return [f"{len(series.gaps)} places without a figure"]
    return [f"no figure for {_listed(series.gaps)}"] if series.gaps else []


def _summaries(contents: Contents) -> Iterator[str]:
    """Yield where each series turns, and how it changed in the end; of things, the largest."""
    chosen = _chosen(contents.series)
    for item in chosen:
        largest = sorted(item.points, key=value_of, reverse=True)
        ranking = _listed([f"{point.place} {point.text}" for point in largest])
        yield _movement(item) if contents.in_time else f"{item.name}: {ranking}"
    yield from (part.capitalize() for part in _rest(contents.series, chosen))


def _movement(series: Series) -> str:
    """Tell where a series turns, and its last change."""
    if len(series.points) == 1:
        return f"{series.name} has one figure"
    before, after = series.points[-PAIR:]
    last = f"{before.place} to {after.place}: {change(before, after)}"
    if len(series.points) == PAIR:
        return f"{series.name}, {last}"
    found = [f"{'up' if up else 'down'} from {_at([point], in_time=True)}" for point, up in turns(series.points)]
    course = f"turned {_listed(found, TURNS)}" if found else "did not turn by a tenth of its range or more"
    return f"{series.name} {course}; last change, {last}"


def _entries(grid: Grid) -> str:
    """Say how many rows there are, and from when to when."""
    days = dates(grid) if grid.rows else []
    span = list(dict.fromkeys(shown(day) for day in (days[:1] + days[-1:])))
    return ", ".join([_count(len(grid.rows), "entry", "entries"), *([" to ".join(span)] if span else [])])


def _tallies(grid: Grid) -> Iterator[str]:
    """Yield for each column of words in which some stand again how often each stands there."""
    for number, column in enumerate(grid.columns):
        cells = [row[number] for row in grid.rows if row[number].value is not None]
        tally = Counter(map(shown, cells))
        if len(tally) < len(cells) and not any(map(is_date, cells)):
            yield f"{column.head}: {_listed([f'{words} {count}' for words, count in tally.most_common()], TALLIES)}"


def _listed(parts: Sequence[str], most: int = PLACES) -> str:
    """Write a list of at most so many parts; of more, how many more there are."""
    named, more = list(parts[:most]), len(parts) - most
    named += [f"{more} more"] if more > 0 else []
    return " and ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))


def _rest(series: Sequence[Series], named: Sequence[Series]) -> list[str]:
    return [f"and {len(series) - len(named)} more series"] if len(named) < len(series) else []


def _bracket(unit: str) -> str:
    return f" ({unit})" if unit else ""


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _sentences(parts: Iterable[str]) -> str:
    return " ".join(f"{part}." for part in parts) or "Nothing to count."
