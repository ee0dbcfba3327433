"""Curves: this story grown in one direction, and whether the cost of one more grows with it.

All are cold checks of copies, in turn: no cache, every chart drawn, no pictures.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tools.bench import growth
from tools.bench.report import ms, table
from tools.bench.runs import CHECK, Taken, copied, interleaved, median, processors, progress, run

HEAD = ("", "ms", "CPU ms", "CPU ms for one more", "× the first")
COMPILE = (sys.executable, "-m", "compileall", "-q", ".")
NOISE = 0.04  # of what the smallest story takes: a smaller rise tells nothing
FASTER = 1.25  # times the cost of one more at first: what grows faster than its work
ROUNDS = 2


class Point(NamedTuple):
    """How many units a story has more than the smallest, and what its runs took."""

    units: int
    taken: Sequence[Taken]


class Step(NamedTuple):
    """What one more unit costs between two points in seconds, as a multiple of the first such cost if that is known."""

    one: float
    relative: float | None


def curves(folder: Path) -> None:
    """Grow the story in three directions, measure all of them in turn, and print each."""
    directions: dict[str, tuple[str, dict[int, Callable[[Path], int]]]] = {
        "rows of a table": ("row", {times: partial(growth.rows, times=times) for times in (10, 100)}),
        "pages of prose with 20 bindings": ("page", {count: partial(growth.prose, count=count) for count in (5, 50)}),
        "charts": ("chart", {count: partial(growth.charts, count=count) for count in (10, 100)}),
    }
    stories, units = {"this story": copied(folder / "story")}, dict[str, int]()
    for name, (_, sizes) in directions.items():
        for size, grow in sizes.items():
            label = f"{name}, {size}"
            progress(f"making {label}")
            stories[label] = copied(folder / f"story-{len(stories)}")
            units[label] = grow(stories[label])
    for story in stories.values():
        run(COMPILE, story)  # which Python does once; that is not what is measured
    taken = interleaved({label: partial(run, CHECK, story, ".cache") for label, story in stories.items()}, ROUNDS)
    for name, (unit, sizes) in directions.items():
        grown = [Point(units[label], taken[label]) for label in (f"{name}, {size}" for size in sizes)]
        curve(f"{name}, cold check", unit, [Point(0, taken["this story"]), *grown])


def steps(points: Sequence[Point]) -> list[Step]:
    """Return what one more costs between each two points, by the least of the processors' seconds of each."""
    work = [min(processors(point.taken)) for point in points]
    found: list[Step] = []
    for number in range(1, len(points)):
        rise = work[number] - work[number - 1]
        one = rise / (points[number].units - points[number - 1].units)
        first = found[0].one if found else one
        known = (work[1] - work[0]) > NOISE * work[0]
        found.append(Step(one, one / first if known else None))
    return found


def told(unit: str, found: Sequence[Step]) -> str:
    """Say in a sentence whether the cost of a unit grows with their number."""
    one, relative = found[-1]
    if relative is None:
        return f"The first rise is lost in noise; at the end one more {unit} costs {ms(one, 2)} ms."
    speed = "faster" if relative > FASTER else "no faster"
    return f"Grows {speed} than its work: at the end one more {unit} costs {relative:.2f} × what it did at first."


def curve(title: str, unit: str, points: Sequence[Point]) -> None:
    """Print what each point takes, what one more unit costs there, and whether that grows."""
    found = steps(points)
    rows = []
    for point, step in zip(points, [None, *found], strict=True):
        cost = (ms(step.one, 2), "" if step.relative is None else f"{step.relative:.2f}") if step else ("", "")
        name = f"{point.units:,} {unit}s" if points[0].units else f"{point.units:,} more {unit}s"
        clock = median(each.clock for each in point.taken)
        rows.append((name, ms(clock), ms(min(processors(point.taken))), *cost))
    table(f"Curve: {title}", HEAD, rows)
    print(told(unit, found), flush=True)
