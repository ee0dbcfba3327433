"""The points of a drawing: found in the renderer's own SVG, told as the table tells them."""

from __future__ import annotations

import json
import math

import pytest

from press.figures.points import Points, located, unknown
from press.grid import Tip

ONE, TWO, THREE = Tip("2021", "10"), Tip("2022", "20"), Tip("2023", "30")
NAMES = "xmlns='http://www.w3.org/2000/svg'"
DOT = '<path aria-label="{}" aria-roledescription="circle" transform="translate({},{})" d="M1,0A1,1,0,1,1,-1,0"/>'
BAR = '<path aria-label="{}" aria-roledescription="bar" d="M{},{}h{}v{}h-{}Z"/>'


def drawing(*marks):
    """Return an SVG of marks inside two moved groups, as Vega nests them."""
    return (
        f'<svg {NAMES}><g transform="translate(30,10)"><g transform="translate(0.5,0.5)">{"".join(marks)}</g></g></svg>'
    )


def test_a_point_lies_where_all_its_groups_put_it():
    """Its place is that in the whole drawing, to a tenth of a pixel."""
    points = located([ONE], {"wide": drawing(DOT.format(ONE.text, 12.34567, 5))})

    assert points == Points((ONE,), {"wide": ((42.8, 15.5),)}, "")


def test_a_point_of_a_map_lies_where_the_projection_puts_it(worker):
    """A map is drawn from shapes in its own data, and a place on it by its degrees."""
    at = {name: {"field": name, "type": "quantitative"} for name in ("longitude", "latitude")}
    square = {"type": "Polygon", "coordinates": [[[-20, -20], [-20, 20], [20, 20], [20, -20], [-20, -20]]]}
    land = {"mark": "geoshape", "data": {"values": [{"type": "Feature", "geometry": square}]}}
    place = {
        "mark": "circle",
        "data": {"values": [{"longitude": 30, "latitude": 10, "told": ONE.text}]},
        "encoding": {**at, "description": {"field": "told"}},
    }
    projection = {"type": "equirectangular", "scale": 180 / math.pi, "translate": [100, 50]}
    size = {"width": 200, "height": 100, "padding": 0, "autosize": "none"}

    svg = worker.svg({**size, "projection": projection, "layer": [land, place]})

    assert located([ONE], {"wide": svg}).boxes["wide"] == ((130, 40),)
    assert 'd="M80,70' in svg


def test_points_stand_in_the_order_of_the_table():
    """Whatever was drawn first, the walk follows the table."""
    svg = drawing(*(DOT.format(tip.text, place, 0) for place, tip in enumerate((THREE, ONE, TWO))))

    points = located([ONE, TWO, THREE], {"wide": svg})

    assert points.tips == (ONE, TWO, THREE)
    assert [box[0] for box in points.boxes["wide"]] == [31.5, 32.5, 30.5]


def test_a_value_that_is_not_drawn_is_no_point():
    """A table may hold more than its chart shows."""
    points = located([ONE, TWO], {"wide": drawing(DOT.format(TWO.text, 0, 0))})

    assert points.tips == (TWO,)


def test_a_value_that_one_size_leaves_out_is_nowhere_there():
    """Both sizes count their points alike."""
    drawings = {
        "wide": drawing(DOT.format(ONE.text, 0, 0), DOT.format(TWO.text, 9, 0)),
        "narrow": drawing(DOT.format(TWO.text, 0, 0)),
    }

    points = located([ONE, TWO], drawings)

    assert points.boxes["narrow"] == (None, (30.5, 10.5))
    assert len(points.boxes["wide"]) == len(points.tips) == 2


def test_two_values_that_are_told_alike_have_a_place_each():
    """Two events of one day are two points."""
    svg = drawing(DOT.format(ONE.text, 0, 0), DOT.format(ONE.text, 7, 0))

    assert located([ONE, ONE], {"wide": svg}).boxes["wide"] == ((30.5, 10.5), (37.5, 10.5))


@pytest.mark.parametrize(
    ("bars", "band"),
    [
        ([(0, 40, 20, 60, 20), (30, 70, 20, 30, 20)], "x"),
        ([(0, 0, 90, 15, 90), (0, 20, 50, 15, 50)], "y"),
    ],
)
def test_bars_stand_side_by_side_along_the_axis_in_which_they_are_equally_thick(bars, band):
    """Upright bars have one width, lying ones one height."""
    marks = [BAR.format(tip.text, *bar) for tip, bar in zip((ONE, TWO), bars, strict=True)]

    points = located([ONE, TWO], {"wide": drawing(*marks)})

    assert points.band == band
    assert points.boxes["wide"][0] == (30.5 + bars[0][0], 10.5 + bars[0][1], *bars[0][2:4])


def test_a_tick_is_a_point_and_no_bar():
    """A short stroke is told at its middle."""
    tick = BAR.format(ONE.text, 10, 0, 2, 14, 2).replace('"bar"', '"tick"')

    assert located([ONE], {"wide": drawing(tick)}) == Points((ONE,), {"wide": ((41.5, 17.5),)}, "")


def test_a_line_is_told_at_its_middle():
    """A year known only as such is a stretch of time."""
    line = f'<line aria-label="{ONE.text}" transform="translate(10,5)" x2="20" y2="0"/>'

    assert located([ONE], {"wide": drawing(line)}).boxes["wide"] == ((50.5, 15.5),)


def test_a_description_that_the_table_does_not_know_is_named():
    """In layers, in named data sets and in data of their own; marks without one are left alone."""
    spec = {
        "datasets": {"d": [{"p": ONE.text}, {"p": "2021: 11"}]},
        "layer": [
            {"data": {"name": "d"}, "encoding": {"description": {"field": "p"}}},
            {"data": {"values": [{"p": "x"}]}, "encoding": {"description": {"field": "p"}}},
            {"data": {"values": [{"p": "y"}]}, "encoding": {}},
        ],
    }

    assert unknown(spec, [ONE]) == ["2021: 11", "x"]


def test_data_of_a_layered_chart_are_those_of_its_layers():
    """A layer without data of its own draws those of the chart around it."""
    spec = {"data": {"values": [{"p": "x"}]}, "layer": [{"encoding": {"description": {"field": "p"}}}]}

    assert unknown(spec, [ONE]) == ["x"]


def test_the_script_is_the_same_from_the_cache():
    """Sizes stand in one order, whatever order they were drawn in."""
    svg = drawing(DOT.format(ONE.text, 0, 0))

    scripts = {
        located([ONE], dict(order)).script("x")
        for order in ([("wide", svg), ("narrow", svg)], [("narrow", svg), ("wide", svg)])
    }

    assert len(scripts) == 1


def test_the_script_holds_texts_and_places():
    """It is one assignment, in JSON that scripts can read."""
    script = located([ONE], {"wide": drawing(DOT.format(ONE.text, 0, 0))}).script("x")

    name, _, value = script.removesuffix(";\n").partition("] = ")
    assert name == '(window.points ??= {})["x"'
    assert json.loads(value) == {"texts": [["2021", "10"]], "wide": [[30.5, 10.5]], "band": ""}
