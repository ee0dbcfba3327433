"""The map: what lies on which side of its one border."""

from __future__ import annotations

from itertools import pairwise
from math import cos, hypot, radians

import pytest

DEGREE = 111.2  # kilometres, of latitude


def distance(point, start, end):
    """Return how far a point lies from a stretch, in kilometres on a plane that is true at the point."""
    shrink = cos(radians(point[1]))
    (x, y), (to_x, to_y) = (((each[0] - point[0]) * shrink, each[1] - point[1]) for each in (start, end))
    along = -(x * (to_x - x) + y * (to_y - y)) / ((to_x - x) ** 2 + (to_y - y) ** 2)
    along = min(1.0, max(0.0, along))
    return DEGREE * hypot(x + along * (to_x - x), y + along * (to_y - y))


def side(one, other, point):
    return (other[0] - one[0]) * (point[1] - one[1]) - (other[1] - one[1]) * (point[0] - one[0])


def crossings(start, end, border):
    """Return how often a straight line goes over a border."""
    return sum(
        side(start, end, one) * side(start, end, other) < 0 and side(one, other, start) * side(one, other, end) < 0
        for line in border
        for one, other in pairwise(line)
    )


@pytest.fixture(scope="module")
def data(bound):
    """Return the story's tables."""
    return bound.facts.data


@pytest.fixture(scope="module")
def border(data):
    """Return the lines of the border."""
    lines = [str(row["points"]).split(";") for row in data["outlines"].rows if row["kind"] == "border"]
    return [[tuple(map(float, point.split())) for point in line] for line in lines]


def test_a_pipeline_goes_over_the_border_at_most_once(data, border):
    """Straight lines between towns are no course, but must not lead through the other country."""
    at = {row["id"]: (float(row["longitude"]), float(row["latitude"])) for row in data["places"].rows}
    ways = {}
    for row in sorted(data["pipelines"].rows, key=lambda row: row["number"]):
        ways.setdefault(row["pipeline"], []).append(at[row["place"]])
    over = {pipe: sum(crossings(*step, border) for step in pairwise(way)) for pipe, way in ways.items()}

    assert border
    assert all(len(way) > 1 for way in ways.values())
    assert set(over.values()) <= {0, 1}
    assert crossings(at["skovorodino"], at["kozmino"], border) > 1, "then this line could be drawn"


def test_a_crossing_lies_at_the_border(data, border):
    """As near as the coarser line and a town of some size allow."""
    for row in data["places"].rows:
        if row["kind"] == "crossing":
            place = float(row["longitude"]), float(row["latitude"])
            near = min(distance(place, *step) for line in border for step in pairwise(line))
            assert near < 20, row["id"]
