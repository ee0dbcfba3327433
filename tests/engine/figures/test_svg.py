"""Making the SVG that Vega draws fit to stand inside a page."""

from __future__ import annotations

import json

import pytest

from press.figures.svg import clean, literal, size, sturdy

SVG = '<svg xmlns="http://www.w3.org/2000/svg" version="1.1" class="marks" width="100" height="50.4">{}</svg>'
HIDDEN = '<svg aria-hidden="true" focusable="false" width="100" height="50.4">{}</svg>'


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param(
            '<g role="graphics-symbol" aria-label="x: 1" aria-roledescription="line mark"><path d="M1,1"/></g>',
            '<g><path d="M1,1"/></g>',
            id="labels of Vega, which name only the first point",
        ),
        pytest.param(
            '<text font-family="Liberation Sans">1</text>', "<text>1</text>", id="the font, which pages choose"
        ),
        pytest.param(
            '<path opacity="1" fill-opacity="1" stroke-opacity="1"/><path opacity="0.5"/>',
            '<path/><path opacity="0.5"/>',
            id="full opacity",
        ),
        pytest.param(
            '<path transform="translate(0,0)"/><path transform="translate(0,0.001)"/>',
            "<path/><path/>",
            id="moves to where a mark is",
        ),
        pytest.param('<g><g class="a"></g><g><g></g></g></g><path/>', "<path/>", id="empty groups, in one another"),
        pytest.param(
            '<path class="foreground" d="" display="none"/><path class="background" d="M0,0h5"/>',
            '<path class="background" d="M0,0h5"/>',
            id="frames that show nothing",
        ),
        pytest.param("<text>role=&quot;x&quot; 1</text>", "<text>role=&quot;x&quot; 1</text>", id="text as it is"),
    ],
)
def test_a_drawing_says_nothing_that_the_page_says_better(drawn, expected):
    """What assistive technology, fonts and empty marks would add is dropped; marks and texts stay."""
    assert clean(SVG.format(drawn), "bars-wide") == HIDDEN.format(expected)


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        pytest.param('<path d="M1.23456,0.5L-2.999,1e-7h3"/>', '<path d="M1.23,0.5L-3,0h3"/>', id="a path"),
        pytest.param(
            '<path transform="translate(-0.0001,86.79052190906191)"/>',
            '<path transform="translate(0,86.79)"/>',
            id="a move",
        ),
        pytest.param('<line x2="0.12345" y1="-6.5e-15"/>', '<line x2="0.12" y1="0"/>', id="a line"),
        pytest.param('<text x="1.005">3.14159</text>', '<text x="1">3.14159</text>', id="no text"),
        pytest.param('<path opacity="0.12345"/>', '<path opacity="0.12345"/>', id="what is no place"),
    ],
)
def test_places_are_rounded_to_what_can_be_seen(drawn, expected):
    """Places have two decimals at most: a page full of drawings would be a seventh longer with Vega's."""
    assert clean(SVG.format(drawn), "bars-wide") == HIDDEN.format(expected)


def test_ids_carry_the_name_of_their_chart():
    """Ids are numbered anew under the chart's name, with every reference to them, so that two charts never clash."""
    drawn = '<path id="clip12"/><path id="g1"/><g clip-path="url(#clip12)"><path fill="url(#g1)"/></g>'
    expected = (
        '<path id="bars-wide-1"/><path id="bars-wide-2"/>'
        '<g clip-path="url(#bars-wide-1)"><path fill="url(#bars-wide-2)"/></g>'
    )

    assert clean(SVG.format(drawn), "bars-wide") == HIDDEN.format(expected)


def test_what_comes_with_a_step_says_so():
    """Of a drawing in steps a page can show all again by its id, and hide what a later step brings."""
    names = ("layer_0", "from_b_1", "from_c_22")
    layers = "".join(f'<g class="mark-rule role-mark {name}_marks"><path/></g>' for name in names)
    expected = (
        '<g id="bars-wide" fill="none"><g class="mark-rule role-mark layer_0_marks"><path/></g>'
        '<g class="from-1"><path/></g><g class="from-2"><path/></g></g>'
    )

    drawn = clean(SVG.format(f'<g fill="none">{layers}</g>'), "bars-wide", ("b", "c"))

    assert drawn == HIDDEN.format(expected)


def test_renaming_does_not_take_a_new_id_for_an_old_one():
    """An old id that looks like a new one does not end up twice."""
    drawn = '<path id="a-2"/><path id="x"/><path id="a-1"/>'

    cleaned = clean(SVG.format(drawn), "a")

    assert sorted(part.split('"')[0] for part in cleaned.split(' id="')[1:]) == ["a-1", "a-2", "a-3"]


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


@pytest.mark.parametrize("empty", ["<g/>", '<g class="x"/>', "<g></g>", '<g class="x"></g>', "<g><g/></g>"])
def test_a_group_without_anything_in_it_is_left_out(empty):
    """However it is closed: a layer without a mark leaves no half of a group behind."""
    assert clean(f'<svg width="1" height="1"><g class="y">{empty}<path d="M0"/></g></svg>', "a").endswith(
        '><g class="y"><path d="M0"/></g></svg>'
    )
