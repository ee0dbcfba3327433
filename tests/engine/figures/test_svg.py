"""Making the SVG that Vega draws fit to stand inside a page."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from press.figures.svg import clean, literal, size, sturdy

SVG = '<svg xmlns="http://www.w3.org/2000/svg" version="1.1" class="marks" width="100" height="50.4">{}</svg>'
HIDDEN = '<svg aria-hidden="true" focusable="false" width="100" height="50.4">{}</svg>'
EMPTY = '<svg aria-hidden="true" focusable="false" width="100" height="50.4"/>'
RED, THICK, INK = 'stroke="red"', 'stroke="red" stroke-width="2"', 'fill="ink"'


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        pytest.param(
            f'<g role="graphics-symbol" aria-label="x: 1"><path aria-roledescription="line mark" d="M1,1" {RED}/></g>',
            f'<path {RED} d="M1 1"/>',
            id="labels of Vega, which name only the first point",
        ),
        pytest.param('<text font-family="Liberation Sans">1</text>', "<text>1</text>", id="the font of pages"),
        pytest.param(
            f'<rect opacity="1" fill-opacity="1" stroke-opacity="1" {RED}/><rect opacity="0.5" {RED}/>',
            f'<rect {RED}/><rect {RED} opacity="0.5"/>',
            id="full opacity",
        ),
        pytest.param(
            f'<path class="foreground" {RED} d="" display="none"/><path class="background" d="M0,0h5"/>',
            "",
            id="frames that show nothing",
        ),
        pytest.param(
            f'<path class="background" d="M0,0h5v5h-5Z" {INK}/>',
            f'<path {INK} class="background" d="M0 0h5v5h-5Z"/>',
            id="a frame that is seen",
        ),
        pytest.param(
            '<g transform="translate(0,0)"><g class="mark-text x" transform="translate(1,2)"><text>a</text></g></g>',
            '<g transform="translate(1,2)"><text>a</text></g>',
            id="moves to where a mark is",
        ),
        pytest.param(
            '<g transform="translate(1,2)"><g transform="translate(-3,0.25)"><text>a</text></g></g>',
            '<g transform="translate(-2,2.2)"><text>a</text></g>',
            id="a move in a move",
        ),
        pytest.param(
            '<g transform="translate(1,2)"><g clip-path="url(#x)"><g transform="translate(1,0)"><rect/></g></g></g>',
            '<g clip-path="url(#x)" transform="translate(1,2)"><g transform="translate(1,0)"><rect/></g></g>',
            id="a cut between two moves",
        ),
        pytest.param(
            f'<path d="M1,1L2,2" {INK} stroke-width="2" stroke-dasharray="1"/>',
            f'<path {INK} d="M1 1l1 1"/>',
            id="the width of no line",
        ),
        pytest.param(
            "<text>role=&quot;x&quot; &lt;1</text>", "<text>role=&quot;x&quot; &lt;1</text>", id="text as it is"
        ),
    ],
)
def test_a_drawing_says_nothing_that_the_page_says_better(drawn, expected):
    """What assistive technology, fonts and marks that are not seen would add is dropped; marks and texts stay."""
    assert told(clean(SVG.format(drawn), "bars-wide")) == told(HIDDEN.format(expected) if expected else EMPTY)


@pytest.mark.parametrize("empty", ["", "<g/>", '<g class="x"/>', "<g></g>", "<g><g/></g>", '<g><g class="a"></g></g>'])
def test_a_group_without_anything_in_it_is_left_out(empty):
    """However it is closed: a layer without a mark leaves no half of a group behind."""
    assert clean(SVG.format(f"{empty}<text>a</text>"), "a") == HIDDEN.format("<text>a</text>")


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        pytest.param("M1.23456,0.5L-2.999,1e-7h3", "M1.2 .5l-4.2-.5h3", id="a path"),
        pytest.param("M0.04,0L0.08,0L0.12,0L0.16,5", "M0 0h.1 0l.1 5", id="places that are rounded and not steps"),
        pytest.param("M1,1L1,5L9,5L9,1Z", "M1 1v4h8v-4Z", id="ways along the edges"),
        pytest.param("M1,1h4v-4h-4Z", "M1 1h4v-4h-4Z", id="a bar"),
        pytest.param("M1,1L2,3L3,2L5,5", "M1 1l1 2 1-1 2 3", id="commands that go on"),
        pytest.param("M1,1H3V3l1,1", "M1 1h2v2l1 1", id="ways to a place"),
        pytest.param("M0,0C1,1,2,2,3,3C4,4,5,5,6,6", "M0 0c1 1 2 2 3 3 1 1 2 2 3 3", id="curves"),
        pytest.param("M2,0A2.125,2.125,0,1,1,-2,0Z", "M2 0a2.12 2.12 0 1 1-4 0Z", id="an arc"),
        pytest.param("M1,1L2,2Z M5,5L6,6Z", "M1 1l1 1ZM5 5l1 1Z", id="two parts"),
        pytest.param("M1,1L2,2Zl1,0", "M1 1l1 1Zh1", id="a step from where a part is closed"),
        pytest.param("M1.234,1T2,2", "M1.234,1T2,2", id="a command that no mark has"),
        pytest.param("M1.234,1,2,2", "M1.234,1,2,2", id="a command that is not named again"),
    ],
)
def test_paths_go_in_tenths_of_a_pixel_from_place_to_place(drawn, expected):
    """Each place is rounded, and not each step: the end of a long way is where it was."""
    assert f' d="{expected}"' in clean(SVG.format(f'<path d="{drawn}" {RED}/>'), "bars-wide")


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        pytest.param(
            f'<path {INK} transform="translate(-0.01,86.79052)" d="M1,0L2,2"/>',
            f'<path {INK} d="M1 86.8l1 2"/>',
            id="a path",
        ),
        pytest.param(
            f'<line transform="translate(5,6.54)" x2="0.12" y2="-4" {RED}/>',
            f'<path {RED} d="M5 6.5l.1-4"/>',
            id="a line",
        ),
        pytest.param(f'<line x1="1" y1="-6.5e-15" x2="3" {RED}/>', f'<path {RED} d="M1 0h2"/>', id="one with a start"),
        pytest.param('<text transform="translate(1,0)">3.14159</text>', '<text x="1">3.14159</text>', id="a text"),
        pytest.param('<text x="1.005" y="2">a</text>', '<text x="1" y="2">a</text>', id="a text with places"),
        pytest.param(
            '<text transform="translate(1.26,7) rotate(12.345) translate(0,3)">a</text>',
            '<text transform="translate(1.3,7) rotate(12.345) translate(0,3)">a</text>',
            id="a text that is turned",
        ),
        pytest.param(
            f'<path {INK} transform="translate(9,8.04)" d="M2.51,0A2.51,2.51,0,1,1,-2.51,0A2.51,2.51,0,1,1,2.51,0"/>',
            f'<circle {INK} cx="9" cy="8" r="2.51"/>',
            id="a dot",
        ),
        pytest.param('<text opacity="0.12345">a</text>', '<text opacity="0.12345">a</text>', id="what is no place"),
    ],
)
def test_a_mark_says_itself_where_it_is(drawn, expected):
    """Marks need no move, and dots no path."""
    assert told(clean(SVG.format(drawn), "bars-wide")) == told(HIDDEN.format(expected))


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        pytest.param(
            f'<path d="M1,1L2,2" {THICK}/><path d="M3,3L3,4" {THICK}/>',
            f'<path {THICK} d="M1 1l1 1M3 3v1"/>',
            id="alike",
        ),
        pytest.param(
            f'<path d="M1,1L2,2" {RED}/><path d="M3,3L3,4" {THICK}/>',
            f'<path d="M1 1l1 1" {RED}/><path d="M3 3v1" {THICK}/>',
            id="of another width",
        ),
        pytest.param(
            f'<path d="M1,1L2,2" {RED} opacity=".5"/><path d="M2,1L1,2" {RED} opacity=".5"/>',
            f'<path d="M1 1l1 1" {RED} opacity=".5"/><path d="M2 1l-1 1" {RED} opacity=".5"/>',
            id="that shine through where they cross",
        ),
        pytest.param(
            f'<path d="M1,1L2,2" {RED} {INK}/><path d="M3,3L3,4" {RED} {INK}/>',
            f'<path d="M1 1l1 1" {RED} {INK}/><path d="M3 3v1" {RED} {INK}/>',
            id="that are filled",
        ),
    ],
)
def test_lines_that_are_alike_are_one_path(drawn, expected):
    """Only where nothing else is seen then: none that are filled, or lie over each other."""
    assert told(clean(SVG.format(drawn), "x")) == told(HIDDEN.format(expected))


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        pytest.param(
            f'<g class="role-axis-label z"><text {INK} font-size="9px">a</text><text {INK} font-size="9px"/></g>',
            f'<g class="role-axis-label" {INK} font-size="9px"><text>a</text><text/></g>',
            id="all alike",
        ),
        pytest.param(
            f"<g><text {INK}>a</text><text {INK}>b</text><text {RED}>c</text></g>",
            f"<g><text {INK}>a</text><text {INK}>b</text><text {RED}>c</text></g>",
            id="one that says nothing",
        ),
        pytest.param(
            f'<g><text {INK}>a</text><text {INK}>b</text><text fill="red">c</text></g>',
            f'<g {INK}><text>a</text><text>b</text><text fill="red">c</text></g>',
            id="most alike",
        ),
        pytest.param(
            '<g><text font-size="9px">a</text><text font-size="9px">b</text><text font-size="15px">c</text></g>',
            '<g><text font-size="9px">a</text><text font-size="9px">b</text><text font-size="15px">c</text></g>',
            id="sizes, which style sheets have a face for",
        ),
        pytest.param(
            '<text text-anchor="start" font-weight="normal">a</text>',
            "<text>a</text>",
            id="what holds without being said",
        ),
        pytest.param(
            '<g><text text-anchor="end">a</text><text text-anchor="end">b</text><text text-anchor="start">c</text></g>',
            '<g text-anchor="end"><text>a</text><text>b</text><text text-anchor="start">c</text></g>',
            id="what would not hold without",
        ),
        pytest.param(
            '<g opacity=".5"><text opacity=".5">a</text><text opacity=".5">b</text></g>',
            '<g opacity=".5"><text opacity=".5">a</text><text opacity=".5">b</text></g>',
            id="what a group does to the whole of it",
        ),
    ],
)
def test_what_all_have_in_common_is_said_once(drawn, expected):
    """A group says it, and what is different in it says so."""
    assert told(clean(SVG.format(drawn), "x")) == told(HIDDEN.format(expected))


def told(svg: str) -> list[tuple[str, dict[str, str], str | None]]:
    """Return the elements of an SVG in whatever order their attributes are."""
    return [(element.tag, element.attrib, element.text) for element in ET.fromstring(svg).iter()]  # noqa: S314 - ours


def test_ids_carry_the_name_of_their_chart():
    """Ids are numbered anew under the chart's name, with every reference to them, so that two charts never clash."""
    drawn = f'<rect id="clip12"/><rect id="g1" x="1"/><g clip-path="url(#clip12)"><rect {RED} fill="url(#g1)"/></g>'
    expected = (
        '<rect id="bars-wide-1"/><rect id="bars-wide-2" x="1"/>'
        f'<g clip-path="url(#bars-wide-1)" {RED} fill="url(#bars-wide-2)"><rect/></g>'
    )

    assert told(clean(SVG.format(drawn), "bars-wide")) == told(HIDDEN.format(expected))


def test_a_shape_that_cuts_many_marks_is_there_once():
    """Vega writes one for each layer."""
    shapes = "".join(
        f'<clipPath id="c{each}"><rect width="{width}"/></clipPath>' for each, width in enumerate((9, 9, 8))
    )
    groups = "".join(f'<g clip-path="url(#c{each})"><text>{each}</text></g>' for each in range(3))
    expected = (
        '<g clip-path="url(#a-1)"><text>0</text></g><g clip-path="url(#a-1)"><text>1</text></g>'
        '<g clip-path="url(#a-2)"><text>2</text></g><defs><clipPath id="a-1"><rect width="9"/></clipPath>'
        '<clipPath id="a-2"><rect width="8"/></clipPath></defs>'
    )

    assert clean(SVG.format(f"{groups}<defs>{shapes}</defs>"), "a") == HIDDEN.format(expected)


def test_what_comes_with_a_step_says_so():
    """Of a drawing in steps a page can show all again by its id, and hide what a later step brings."""
    names = ("layer_0", "from_b_1", "from_c_22")
    layers = "".join(f'<g class="mark-rule role-mark {name}_marks"><text>a</text></g>' for name in names)
    expected = (
        '<g id="bars-wide" fill="none"><text>a</text>'
        '<g class="from-1"><text>a</text></g><g class="from-2"><text>a</text></g></g>'
    )

    drawn = clean(SVG.format(f'<g fill="none">{layers}</g>'), "bars-wide", ("b", "c"))

    assert told(drawn) == told(HIDDEN.format(expected))


def test_what_is_of_a_kind_says_so():
    """A layer whose name says of what kind its marks are has a class of it, so that a page can hide the others."""
    layers = "".join(
        f'<g class="mark-text kind_{kind}_{number}_marks"><text>a</text></g>' for number, kind in enumerate("ab")
    )

    drawn = clean(SVG.format(f'<g fill="none">{layers}</g>'), "bars")

    assert re.findall(r'class="([^"]*)"', drawn) == ["kind-a", "kind-b"]


def test_renaming_does_not_take_a_new_id_for_an_old_one():
    """An old id that looks like a new one does not end up twice."""
    drawn = '<rect id="a-2"/><rect id="x" y="1"/><rect id="a-1" y="2"/>'

    cleaned = clean(SVG.format(drawn), "a")

    assert sorted(part.split('"')[0] for part in cleaned.split(' id="')[1:]) == ["a-1", "a-2", "a-3"]


def test_a_drawing_in_fewer_bytes_looks_the_same(worker):
    """Of lines, dots, squares, bars, areas and texts no pixel is another, but for what a twentieth of one does."""
    rows = [{"x": each, "y": each * each % 7, "k": "ab"[each % 2]} for each in range(12)]
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
    drawn = worker.svg(spec)
    fewer = clean(drawn, "x").replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg" font-family="sans-serif"', 1)
    before, after = (Image.open(BytesIO(worker.png(each, 2))).convert("RGB") for each in (drawn, fewer))
    changed = ImageChops.difference(before, after).convert("L").histogram()

    assert len(fewer) < len(drawn) / 2
    assert sum(changed[128:]) == 0
    assert sum(changed[64:]) < sum(changed) / 2000


def test_the_size_is_rounded_to_whole_pixels():
    """Width and height are read from the drawing itself."""
    assert size(SVG.format("")) == (100, 50)


def test_a_drawing_without_a_size_is_refused():
    """An SVG that states no size cannot be placed."""
    with pytest.raises(ValueError, match="found an SVG without width and height"):
        size("<svg></svg>")


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        pytest.param('<path fill="var(--ink)"/>', '<path fill="#111111"/>', id="a fill"),
        pytest.param('<path stroke="var(--paper-2)"/>', '<path stroke="#ffffff"/>', id="a stroke"),
        pytest.param('<path fill="none" stroke="#00f"/>', '<path fill="none" stroke="#00f"/>', id="other paint"),
        pytest.param('<text>x=var(--ink)" y</text>', '<text>x=var(--ink)" y</text>', id="text"),
    ],
)
def test_colours_named_for_a_page_become_literal(drawn, expected):
    """Each variable is replaced by its colour, and what is no variable is left as it is."""
    assert literal(drawn, {"ink": "#111111", "paper-2": "#ffffff"}) == expected


def test_a_colour_that_the_palette_lacks_is_told():
    """A name without a colour is not drawn in black, unseen."""
    with pytest.raises(ValueError, match=r'^found the colour "inc", expected one of ink, paper$'):
        literal('<path fill="var(--inc)"/>', {"ink": "#111111", "paper": "#ffffff"})


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        pytest.param('<path fill="var(--export)"/>', '<path fill="var(--export,currentColor)"/>', id="a mark"),
        pytest.param('<path fill="var(--paper)"/>', '<path fill="var(--paper,Canvas)"/>', id="an open mark"),
        pytest.param('<path fill="none"/>', '<path fill="none"/>', id="no paint"),
        pytest.param("<text>Jan</text><text>Feb</text>", "<text>Jan</text> <text>Feb</text> ", id="texts"),
    ],
)
def test_a_drawing_is_seen_without_styles(drawn, expected):
    """Each variable has a colour to fall back on, and texts do not run into each other where nothing is drawn."""
    assert sturdy(drawn) == expected


def test_a_specification_with_literal_colours_draws_the_literal_drawing(worker):
    """Replacing colours of marks, axes and paper before drawing or after comes to the same."""
    colours = {"paper": "#fffffe", "ink": "#111111", "accent": "#0b6e5f", "rule": "#dddddd"}
    spec = json.dumps(
        {
            "mark": {"type": "bar", "color": "var(--accent)", "stroke": "var(--ink)"},
            "data": {"values": [{"x": 1, "y": "a"}, {"x": 2, "y": "b"}]},
            "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "ordinal"}},
            "background": "var(--paper)",
            "config": {"axis": {"labelColor": "var(--ink)", "domainColor": "var(--rule)"}},
        }
    )
    before, after = (clean(worker.svg(json.loads(each)), "x") for each in (literal(spec, colours), spec))

    assert literal(after, colours) == before
    assert [name for name, colour in colours.items() if colour not in before] == []
