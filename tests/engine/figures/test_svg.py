"""Making the SVG that Vega draws fit to stand inside a page."""

import json
import re
import xml.etree.ElementTree as ET
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from press.figures.svg import (
    add_plain_colours,
    clean_svg,
    read_svg_size,
    replace_all_colour_variables,
)

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" version="1.1" class="marks" width="100"'
    ' height="50.4">{}</svg>'
)
HIDDEN = '<svg aria-hidden="true" focusable="false" width="100" height="50.4">{}</svg>'
RED, THICK, INK = 'stroke="red"', 'stroke="red" stroke-width="2"', 'fill="ink"'


# What Vega draws, and what is left of it.
SLIM = {
    "labels of Vega, which name only the first point": (
        (
            '<g role="graphics-symbol" aria-label="x: 1"><path'
            f' aria-roledescription="line mark" d="M1,1" {RED}/></g>'
        ),
        f'<path {RED} d="M1 1"/>',
    ),
    "dashes without gaps": (
        f'<path d="M1 1 2 2" {RED} stroke-dasharray="1,0"/>',
        f'<path d="M1 1 2 2" {RED}/>',
    ),
    "the font of pages, full opacity": (
        '<text font-family="Arial" fill-opacity="1">1</text>',
        "<text>1</text>",
    ),
    "frames that show nothing": (
        f'<path {RED} d="" display="none"/><path class="background" d="M0,0h5"/>',
        "",
    ),
    "marks that nobody sees": (
        f'<g class="from-2"><path {INK} d="M1,1" opacity="0"/></g><text>a</text>',
        "<text>a</text>",
    ),
    "groups without anything in them": (
        '<g><g class="a"></g></g><g/><text>a</text>',
        "<text>a</text>",
    ),
    "a path": (
        (
            '<path d="M0.04,0L0.08,0L0.12,0L0.16,5H9V9l1,1Z"'
            f' transform="translate(1,0)" {INK} stroke-width="2"/>'
        ),
        f'<path {INK} d="M1 0H1.1H1.1L1.2 5H10V9L11 10L1 0Z" stroke-width="2"/>',
    ),
    "an outline of a map": (
        f'<g class="mark-shape"><path d="M0.6,0.4L10.2,-4.4" {RED}/></g>',
        f'<g class="mark-shape" {RED}><path d="M1 0 10 -4"/></g>',
    ),
    "a line": (
        f'<line transform="translate(5,6.54)" x2="0.12" y2="-4" {RED}/>',
        f'<path {RED} d="M5 6.5 5.1 2.5"/>',
    ),
    "a text that is turned": (
        '<text transform="translate(1.26,7) rotate(12.345) translate(0,3)">a</text>',
        '<text transform="translate(1.3,7) rotate(12.345) translate(0,3)">a</text>',
    ),
    "a dot": (
        (
            f'<path {INK} transform="translate(9,8.04)"'
            ' d="M2.51,0A2.51,2.51,0,1,1,-2.51,0A2.51,2.51,0,1,1,2.51,0"/>'
        ),
        f'<circle {INK} cx="9" cy="8" r="2.51"/>',
    ),
    "lines that are alike": (
        (
            f'<path d="M1,1L2,2" {THICK}/><path d="M3,3L3,4" {THICK}/><path'
            f' d="M3,3L3,5" {RED}/>'
        ),
        f'<path {THICK} d="M1 1 2 2M3 3V4"/><path {RED} d="M3 3V5"/>',
    ),
    "lines that shine through where they cross": (
        (
            f'<path d="M1,1L2,2" {RED} opacity=".5"/><path d="M2,1L1,2" {RED}'
            ' opacity=".5"/>'
        ),
        (
            f'<path d="M1 1 2 2" {RED} opacity=".5"/><path d="M2 1 1 2" {RED}'
            ' opacity=".5"/>'
        ),
    ),
    "what most have in common, but for sizes": (
        (
            f'<g><text {INK} font-size="9px">a</text><text {INK}>b</text><text'
            ' fill="red">c</text></g>'
        ),
        (
            f'<g {INK}><text font-size="9px">a</text><text>b</text><text'
            ' fill="red">c</text></g>'
        ),
    ),
    "what a group does to the whole of it": (
        '<g opacity=".5"><text opacity=".5">a</text><text opacity=".5">b</text></g>',
        '<g opacity=".5"><text opacity=".5">a</text><text opacity=".5">b</text></g>',
    ),
}


@pytest.mark.parametrize("what", SLIM)
def test_a_drawing_says_nothing_twice_and_nothing_that_the_page_says_better(what):
    """Places are in tenths of a pixel, marks say themselves where they are, groups what
    all in them have in common.
    """
    drawn, expected = SLIM[what]

    assert told(clean_svg(SVG.format(drawn), "bars-wide")) == told(
        HIDDEN.format(expected)
    )


def told(svg: str) -> list[tuple[str, dict[str, str], str | None]]:
    """Return the elements of an SVG in whatever order their attributes are."""
    return [
        (element.tag, element.attrib, element.text)
        for element in ET.fromstring(svg).iter()  # noqa: S314 - ours
    ]


def test_ids_carry_the_name_of_their_chart():
    """Ids are numbered anew under the chart's name, with every reference to them: old
    ones may look like new ones.
    """
    drawn = (
        f'<rect id="a-2"/><rect id="g1" x="1"/><g clip-path="url(#a-2)"><rect {RED}'
        ' fill="url(#g1)"/></g>'
    )
    expected = (
        f'<rect id="a-1"/><rect id="a-2" x="1"/><g clip-path="url(#a-1)" {RED}'
        ' fill="url(#a-2)"><rect/></g>'
    )

    assert told(clean_svg(SVG.format(drawn), "a")) == told(HIDDEN.format(expected))


def test_a_shape_that_cuts_many_marks_is_there_once():
    """Vega writes one for each layer."""
    shapes = "".join(
        f'<clipPath id="c{each}"><rect width="{width}"/></clipPath>'
        for each, width in enumerate((9, 9, 8))
    )
    groups = "".join(
        f'<g clip-path="url(#c{each})"><text>{each}</text></g>' for each in range(3)
    )
    expected = (
        '<g clip-path="url(#a-1)"><text>0</text></g><g'
        ' clip-path="url(#a-1)"><text>1</text></g><g'
        ' clip-path="url(#a-2)"><text>2</text></g><defs><clipPath id="a-1"><rect'
        ' width="9"/></clipPath><clipPath id="a-2"><rect width="8"/></clipPath></defs>'
    )

    assert clean_svg(
        SVG.format(f"{groups}<defs>{shapes}</defs>"), "a"
    ) == HIDDEN.format(expected)


def test_what_comes_with_a_step_says_so():
    """Of a drawing in steps a page can show all again by its id, and hide what a later
    step brings.
    """
    names = ("layer_0", "from_b_1", "from_c_22")
    layers = "".join(
        f'<g class="mark-rule role-mark {name}_marks"><text>a</text></g>'
        for name in names
    )
    expected = (
        '<g id="bars-wide" fill="none"><text>a</text>'
        '<g class="from-1"><text>a</text></g><g class="from-2"><text>a</text></g></g>'
    )

    drawn = clean_svg(
        SVG.format(f'<g fill="none">{layers}</g>'), "bars-wide", ("b", "c")
    )

    assert told(drawn) == told(HIDDEN.format(expected))


def test_what_is_of_a_kind_says_so():
    """A layer whose name says of what kind its marks are has a class of it, so that a
    page can hide the others.
    """
    layers = "".join(
        f'<g class="mark-text kind_{kind}_{number}_marks"><text>a</text></g>'
        for number, kind in enumerate("ab")
    )

    drawn = clean_svg(SVG.format(f'<g fill="none">{layers}</g>'), "bars")

    assert re.findall(r'class="([^"]*)"', drawn) == ["kind-a", "kind-b"]


def test_a_state_displays_the_kinds_that_its_name_has():
    """Of a chart with states the first is seen, with or without scripts."""
    layers = "".join(
        f'<g class="mark-text kind_{kind}_{number}_marks"><text>a</text></g>'
        for number, kind in enumerate("abc")
    )

    drawn = clean_svg(SVG.format(f'<g fill="none">{layers}</g>'), "bars", state="a_c")

    assert re.findall(r'<g (?:display="(none)" )?class="kind-(\w)"', drawn) == [
        ("", "a"),
        ("none", "b"),
        ("", "c"),
    ]


def test_a_drawing_in_fewer_bytes_looks_the_same(pool):
    """Of lines, dots, squares, bars, areas and texts no pixel is another, but for what
    a twentieth of one does.
    """
    rows = [
        {"x": each, "y": each * each % 7, "k": "ab"[each % 2]} for each in range(12)
    ]
    marks = [
        {"type": "area", "opacity": 0.3},
        {"type": "line", "strokeDash": [4, 2]},
        {"type": "line", "interpolate": "monotone", "stroke": "#a00"},
        {"type": "point", "filled": True},
        {"type": "square", "size": 90, "stroke": "#080", "opacity": 0.6},
        {"type": "rule", "stroke": "#00a"},
        {"type": "bar", "width": 3},
        {"type": "text", "text": "word", "angle": 30, "fontWeight": "bold"},
    ]
    spec = {
        "data": {"values": rows},
        "width": 300,
        "layer": [{"mark": {**mark, "clip": True}} for mark in marks],
        "encoding": {
            "x": {"field": "x", "type": "quantitative"},
            "y": {"field": "y", "type": "quantitative"},
            "color": {"field": "k", "type": "nominal"},
        },
    }
    drawn = pool.begin_svg(json.dumps(spec))()
    fewer = clean_svg(drawn, "x").replace(
        "<svg", '<svg xmlns="http://www.w3.org/2000/svg" font-family="sans-serif"', 1
    )
    before, after = (
        Image.open(BytesIO(pool.begin_png(each, 2)())).convert("RGB")
        for each in (drawn, fewer)
    )
    changed = ImageChops.difference(before, after).convert("L").histogram()

    assert len(fewer) < len(drawn) / 2
    assert sum(changed[128:]) == 0
    assert sum(changed[64:]) < sum(changed) / 2000


def test_the_size_is_that_of_the_drawing():
    """In whole pixels; an SVG that states none cannot be placed."""
    assert read_svg_size(SVG.format("")) == (100, 50)
    with pytest.raises(ValueError, match="found an SVG without width and height"):
        read_svg_size("<svg></svg>")


def test_colours_named_for_a_page_become_literal():
    """What is no variable is left as it is; a name without a colour is told, and not
    drawn in black.
    """
    drawn = (
        '<path fill="var(--ink)" stroke="var(--paper-2)"/><path'
        ' fill="#00f"/><text>x=var(--ink)" y</text>'
    )
    expected = (
        '<path fill="#111111" stroke="#ffffff"/><path fill="#00f"/><text>x=var(--ink)"'
        " y</text>"
    )

    assert (
        replace_all_colour_variables(drawn, {"ink": "#111111", "paper-2": "#ffffff"})
        == expected
    )
    with pytest.raises(
        ValueError, match=r'^found the colour "ink", expected one of paper$'
    ):
        replace_all_colour_variables(drawn, {"paper": "#ffffff"})


def test_a_drawing_is_seen_without_styles():
    """Each variable has a colour to fall back on, and texts do not run into each other
    where nothing is drawn.
    """
    drawn = (
        '<path fill="var(--export)"'
        ' stroke="var(--paper)"/><text>Jan</text><text>Feb</text>'
    )
    expected = (
        '<path fill="var(--export,currentColor)"'
        ' stroke="var(--paper,Canvas)"/><text>Jan</text> <text>Feb</text> '
    )

    assert add_plain_colours(drawn) == expected
