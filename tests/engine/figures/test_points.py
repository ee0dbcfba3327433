"""The points of a drawing: found in the renderer's own SVG, told as the table tells
them.
"""

import json
import math

import pytest

from press.figures.points import (
    list_descriptions_without_tip,
    locate_points_of_drawn_tips,
)
from press.ground.grid import Tip

ONE, TWO = Tip("2021", "10"), Tip("2022", "20")
NAMES = "xmlns='http://www.w3.org/2000/svg'"
DOT = (
    '<path aria-label="{}" aria-roledescription="circle" transform="translate({},{})"'
    ' d="M1,0A1,1,0,1,1,-1,0"/>'
)
BAR = '<path aria-label="{}" aria-roledescription="bar" d="M{},{}h{}v{}h-{}Z"/>'


def drawing(*marks):
    """Return an SVG of marks inside two moved groups, as Vega nests them."""
    return (
        f'<svg {NAMES}><g transform="translate(30,10)"><g'
        f' transform="translate(0.5,0.5)">{"".join(marks)}</g></g></svg>'
    )


def test_a_point_of_a_map_lies_where_the_projection_puts_it(pool):
    """A map is drawn from shapes in its own data, and a place on it by its degrees."""
    at = {
        name: {"field": name, "type": "quantitative"}
        for name in ("longitude", "latitude")
    }
    square = {
        "type": "Polygon",
        "coordinates": [[[-20, -20], [-20, 20], [20, 20], [20, -20], [-20, -20]]],
    }
    land = {
        "mark": "geoshape",
        "data": {"values": [{"type": "Feature", "geometry": square}]},
    }
    place = {
        "mark": "circle",
        "data": {"values": [{"longitude": 30, "latitude": 10, "told": ONE.text}]},
        "encoding": {**at, "description": {"field": "told"}},
    }
    projection = {
        "type": "equirectangular",
        "scale": 180 / math.pi,
        "translate": [100, 50],
    }
    size = {"width": 200, "height": 100, "padding": 0, "autosize": "none"}

    svg = pool.begin_svg(
        json.dumps({**size, "projection": projection, "layer": [land, place]})
    )()

    assert locate_points_of_drawn_tips([ONE], {"wide": svg}).boxes["wide"] == (
        (130, 40),
    )
    assert 'd="M80,70' in svg


SIZES = {
    "upright": [(0, 40, 20, 60, 20), (30, 70, 20, 30, 20)],
    "lying": [(0, 0, 90, 15, 90), (0, 20, 50, 15, 50)],
}
UPRIGHT, LYING = (
    [BAR.format(ONE.text, *one), BAR.format(TWO.text, *two)]
    for one, two in SIZES.values()
)
LINE = f'<line aria-label="{ONE.text}" transform="translate(10,5)" x2="20" y2="0"/>'
TICK = BAR.format(ONE.text, 10, 0, 2, 14, 2).replace('"bar"', '"tick"')
# What the table tells, what is drawn wide and narrow, and what is found: points, their
# places, the axis of bars.
LOCATED = {
    "where all its groups put it": (
        [ONE],
        [DOT.format(ONE.text, 12.34567, 5)],
        None,
        [ONE],
        [(42.8, 15.5)],
        "",
    ),
    "a line at its middle": ([ONE], [LINE], None, [ONE], [(50.5, 15.5)], ""),
    "a tick, which is no bar": ([ONE], [TICK], None, [ONE], [(41.5, 17.5)], ""),
    "upright bars": (
        [ONE, TWO],
        UPRIGHT,
        None,
        [ONE, TWO],
        [(30.5, 50.5, 20, 60), (60.5, 80.5, 20, 30)],
        "x",
    ),
    "lying bars": (
        [ONE, TWO],
        LYING,
        None,
        [ONE, TWO],
        [(30.5, 10.5, 90, 15), (30.5, 30.5, 50, 15)],
        "y",
    ),
    "in the order of the table": (
        [ONE, TWO],
        [DOT.format(TWO.text, 0, 0), DOT.format(ONE.text, 1, 0)],
        None,
        [ONE, TWO],
        [(31.5, 10.5), (30.5, 10.5)],
        "",
    ),
    "two that are told alike": (
        [ONE, ONE],
        [DOT.format(ONE.text, 0, 0), DOT.format(ONE.text, 7, 0)],
        None,
        [ONE, ONE],
        [(30.5, 10.5), (37.5, 10.5)],
        "",
    ),
    "none that is not drawn": (
        [ONE, TWO],
        [DOT.format(TWO.text, 0, 0)],
        None,
        [TWO],
        [(30.5, 10.5)],
        "",
    ),
    "nowhere, in one size": (
        [ONE, TWO],
        [DOT.format(TWO.text, 0, 0)],
        [DOT.format(ONE.text, 0, 0)],
        [ONE, TWO],
        [None, (30.5, 10.5)],
        "",
    ),
}


@pytest.mark.parametrize("where", LOCATED)
def test_a_point_is_told_where_it_lies(where):
    """Of each value that some size shows its place in each, to a tenth of a pixel."""
    tips, wide, narrow, found, places, band = LOCATED[where]
    drawings = {"wide": drawing(*wide)} | (
        {"narrow": drawing(*narrow)} if narrow else {}
    )

    points = locate_points_of_drawn_tips(tips, drawings)

    assert (list(points.tips), list(points.boxes["wide"]), points.band) == (
        found,
        places,
        band,
    )


def test_a_point_has_the_kinds_of_all_marks_that_tell_it():
    """So that it is told as long as a reader sees one of them; where nothing can be
    hidden the script has none.
    """
    dot = DOT.format(ONE.text, 0, 0)
    kinds = "".join(
        f'<g class="mark-group kind_{kind}_{number}_marks">{dot}</g>'
        for number, kind in enumerate("ba")
    )

    assert locate_points_of_drawn_tips([ONE], {"wide": drawing(kinds)}).kinds == (
        ("a", "b"),
    )
    assert "kinds" not in locate_points_of_drawn_tips(
        [ONE], {"wide": drawing(dot)}
    ).format_as_javascript("x")


def test_a_description_that_the_table_does_not_know_is_named():
    """In layers, in named data sets, in data of their own and of all; marks without one
    are left alone.
    """
    spec = {
        "data": {"values": [{"p": "of all"}]},
        "datasets": {"d": [{"p": ONE.text}, {"p": "2021: 11"}]},
        "layer": [
            {"data": {"name": "d"}, "encoding": {"description": {"field": "p"}}},
            {
                "data": {"values": [{"p": "x"}]},
                "encoding": {"description": {"field": "p"}},
            },
            {"data": {"values": [{"p": "y"}]}, "encoding": {}},
            {"encoding": {"description": {"field": "p"}}},
        ],
    }

    assert list_descriptions_without_tip(spec, [ONE]) == ["2021: 11", "x", "of all"]


def test_the_script_holds_texts_and_places():
    """It is one assignment, in JSON that scripts can read; sizes stand in one order."""
    svg = drawing(DOT.format(ONE.text, 0, 0))
    script = locate_points_of_drawn_tips(
        [ONE], {"wide": svg, "narrow": svg}
    ).format_as_javascript("x")

    name, _, value = script.removesuffix(";\n").partition("] = ")
    assert name == '(window.points ??= {})["x"'
    assert list(json.loads(value).items()) == [
        ("texts", [["2021", "10"]]),
        ("narrow", [[30.5, 10.5]]),
        ("wide", [[30.5, 10.5]]),
        ("band", ""),
    ]
