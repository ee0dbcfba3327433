"""The map: what lies on which side of its one border, and how the lines under it are made."""

from __future__ import annotations

import tarfile
from itertools import pairwise

import pytest

from tools import outlines
from tools.outlines import Topology, lines_of, main, simplified, topology, written

STRAIGHT = [(0.0, 0.0), (0.5, 0.001), (1.0, 0.0)]
BENT = [(0.0, 0.0), (0.5, 0.5), (1.0, 0.0)]
SQUARE = [(100.0, 45.0), (100.0, 50.0), (110.0, 50.0), (110.0, 45.0), (100.0, 45.0)]
FAR = [(10.0, 45.0), (10.0, 50.0), (20.0, 50.0), (20.0, 45.0), (10.0, 45.0)]


def shape(*arcs, kind="Polygon", name=""):
    return {"type": kind, "id": name, "arcs": [list(arcs)] if kind == "Polygon" else list(arcs)}


def layers(**named):
    return {"land": [], "lakes": [], "rivers": [], "countries": [], **named}


@pytest.mark.parametrize(("line", "kept"), [(STRAIGHT, [(0.0, 0.0), (1.0, 0.0)]), (BENT, BENT), (BENT[:2], BENT[:2])])
def test_a_line_loses_the_points_that_it_passes_all_the_same(line, kept):
    """What lies within some kilometres of the coarser line goes; its ends stay."""
    assert simplified(line) == kept


def test_arcs_are_read_in_steps_from_a_corner():
    """TopoJSON counts each point from the one before it, in steps of a grid."""
    read = {"transform": {"scale": [0.5, 2], "translate": [10, 20]}, "arcs": [[[2, 1], [4, 3]]], "objects": {}}

    assert topology(read).arcs == [[(11.0, 22.0), (13.0, 28.0)]]


def test_of_borders_only_the_one_between_both_countries_is_taken():
    """A border with a third country, and a coast, are in no line."""
    arcs = [[(100.0, 50.0), (110.0, 50.0)], [(110.0, 50.0), (110.0, 40.0)], [(100.0, 50.0), (100.0, 60.0)]]
    countries = [shape(0, 1, name="CHN"), shape(~0, 2, name="RUS"), shape(~1, ~2, name="MNG")]

    assert list(lines_of(Topology(arcs, layers(countries=countries)))) == [("border", arcs[0])]


def test_areas_are_closed_and_lie_on_the_right():
    """Else a drawing would fill the rest of the globe."""
    for ring in (SQUARE, SQUARE[::-1]):
        ((kind, line),) = lines_of(Topology([ring], layers(land=[shape(0)])))

        assert kind == "land"
        assert line[0] == line[-1]
        assert sum(x * to_y - to_x * y for (x, y), (to_x, to_y) in pairwise(line)) < 0


def test_an_area_is_cut_at_the_window():
    """What lies outside is not in the table; the edge has points of its own, since it bends on the map."""
    west, south, _, north = outlines.WINDOW
    wide = [(west - 20, south - 20), (west - 20, north + 20), (110.0, north + 20), (110.0, south - 20)]

    ((_, line),) = lines_of(Topology([[*wide, wide[0]]], layers(land=[shape(0)])))

    assert {min(x for x, _ in line), max(x for x, _ in line)} == {west, 110.0}
    assert {min(y for _, y in line), max(y for _, y in line)} == {south, north}
    assert max(abs(x - to_x) + abs(y - to_y) for (x, y), (to_x, to_y) in pairwise(line)) < 2 * outlines.STEP
    assert not list(lines_of(Topology([FAR], layers(land=[shape(0)]))))


def test_short_rivers_are_left_out_and_long_ones_end_outside():
    """A river that leaves the window has one point outside it, so that the drawing goes to its edge."""
    west = outlines.WINDOW[0]
    long = [(west - 9, 50.0), (west - 5, 50.0), (west + 5, 50.0), (west + 9, 50.0)]
    rivers = [shape(0, kind="LineString"), shape(1, kind="LineString")]

    lines = list(lines_of(Topology([long, [(100.0, 50.0), (100.5, 50.0)]], layers(rivers=rivers))))

    assert lines == [("river", long[1:])]


def test_a_row_says_its_kind_and_number():
    """Points are in hundredths of a degree, which is less than a pixel."""
    rows = written([("land", SQUARE[:3]), ("land", SQUARE[1:3])]).splitlines()

    assert rows[1] == "land-1,land,100.00 45.00;100.00 50.00;110.00 50.00,natural_earth_4_1"
    assert rows[2].startswith("land-2,land,100.00 50.00;")


def test_another_archive_is_refused(tmp_path, capsys):
    """The table says of which release it is made."""
    with tarfile.open(tmp_path / "other.tgz", "w:gz"):
        pass

    assert main([str(tmp_path / "other.tgz")]) == 1
    assert "found another archive" in capsys.readouterr().err
    assert main([]) == 2


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
            near = min(outlines.distance(place, *step) for line in border for step in pairwise(line))
            assert near < 20, row["id"]
