"""Labels that find their places: none covers what is drawn or another, none leaves the drawing."""

from __future__ import annotations

from itertools import combinations

import pytest

from press.figures.plot import SIZES
from story.charts.labels import Box, Label, Plane, Spot, around, beside, placed

WIDE = SIZES[0]
PLANE = Plane(600, 300, (2000, 2030), (0, 100))


def label(text, *spots, **kind):
    return Label([text], "ink", [Spot(*spot) for spot in spots], **kind)


def spots(found):
    """Return where labels stand, in pixels."""
    return [tuple(round(place) for place in PLANE.at(row.x, row.y)) for row in found.itertuples()]


def test_a_place_is_where_its_values_are():
    """Pixels follow from values, and values from pixels."""
    assert PLANE.at(2015, 100) == (300, 0)
    assert PLANE.values(300, 0) == (2015, 100)


def test_a_label_takes_the_first_spot_that_is_free():
    """What is drawn keeps a label away, and so does another label."""
    taken = [Box(80, 0, 200, 300)]
    found = placed([label("one", (100, 50), (300, 50)), label("two", (300, 50), (300, 90))], taken, PLANE, WIDE)

    assert spots(found) == [(300, 50), (300, 90)]


def test_a_label_without_a_free_spot_is_left_out_unless_it_must_stand():
    """One that must stand takes the spot where it covers least."""
    taken = [Box(0, 0, 600, 200), Box(0, 200, 20, 300)]
    may, must = (label("one", (100, 50), (15, 250), must=must) for must in (False, True))

    assert placed([may], taken, PLANE, WIDE).empty
    assert spots(placed([must], taken, PLANE, WIDE)) == [(15, 250)]


def test_no_label_leaves_the_drawing():
    """A label too near to an edge moves inward."""
    (row,) = placed([label("a long name", (590, 299))], [], PLANE, WIDE).itertuples()
    across, down = PLANE.at(row.x, row.y)

    assert across + len("a long name") * 13 * 0.53 <= 600.5
    assert down <= 300 - 13 / 2


@pytest.mark.parametrize("count", [2, 5, 9])
def test_labels_around_neighbours_keep_apart(count):
    """However many dots lie in a line, those of their names that are written do not cover each other."""
    dots = [(100 + 12 * number, 150) for number in range(count)]
    labels = [Label([f"name {x}"], "ink", beside(x, y, 4), must=False) for x, y in dots]
    found = placed(labels, [around(x, y, 4) for x, y in dots], PLANE, WIDE)
    boxes = []
    for row in found.itertuples():
        x, y = PLANE.at(row.x, row.y)
        left = x - {"left": 0, "center": 22, "right": 44}[row.align]
        boxes.append(Box(left, y - 7, left + 44, y + 7))

    assert len(boxes) >= 2
    assert all(one.shared(other) == 0 for one, other in combinations(boxes, 2))
