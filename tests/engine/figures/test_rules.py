"""What a chart may not do, read off its specification."""

import pytest

from press.figures.rules import yield_violations_besides_schema

Y = {"field": "value", "type": "quantitative"}
BEGIN = "begin the scale at zero: readers compare the length of each bar"
ZERO = "has the mark bar on a scale that does not begin at zero"


def bar(**scale):
    return {"mark": "bar", "encoding": {"y": {**Y, "scale": scale}}}


def told(spec):
    return [message for message, _ in yield_violations_besides_schema(spec)]


ROWS = [{"year": 2005 + number, "value": number} for number in range(15)]
X = {"field": "year", "type": "quantitative"}
ONE_OF = "one of them in all layers"
MISSING = 'has no "{}" in any row of its data, by which it encodes the {} of a {}'


def draw(mark, rows, **encoding):
    return {"mark": mark, "data": {"values": rows}, "encoding": encoding}


def between(low, high):
    return {**X, "scale": {"domain": [low, high]}}


ADDRESS = "has the address {}, but a drawing loads nothing and links to nothing"
MANY = [{"a": number, "b": number % 1000} for number in range(1001)]
LINKS = {"href": {"value": "https://example.org"}, "url": {"field": "a"}}
# What charts do, and what is told of it.
CHARTS = {
    "a field of its data": (draw("point", ROWS, x=X, y=Y), []),
    "a gap in a line": (draw("line", [*ROWS, {"year": 2005}], x=X, y=Y), []),
    "a layer without rows": (draw("text", [], x={"field": "from"}), []),
    "a field inside another": (
        draw("point", [{"a": {"b": 0}}], y={"field": "a.b"}),
        [],
    ),
    "a field with a dot": (draw("point", [{"a.b": 0}], y={"field": r"a\.b"}), []),
    "a field that is not there": (
        draw("point", ROWS, x={"field": "time", "type": "temporal"}, y=Y),
        [MISSING.format("time", "x", "point")],
    ),
    "a field that layers inherit": (
        {
            "data": {"values": ROWS},
            "encoding": {"y": {"field": "amount", "type": "quantitative"}},
            "layer": [{"mark": "point"}],
        },
        [MISSING.format("amount", "y", "point")],
    ),
    "a field of small multiples": (
        {
            "data": {"values": ROWS},
            "facet": {"field": "value"},
            "spec": {"mark": "line", "encoding": {"x": {"field": "time"}, "y": Y}},
        },
        [MISSING.format("time", "x", "line")],
    ),
    "one of several details": (
        draw("line", ROWS, x=X, y=Y, detail=[{"field": "year"}, {"field": "run"}]),
        [MISSING.format("run", "detail", "line")],
    ),
    "layers that say the same ends": (
        {"layer": [draw("point", ROWS, x=between(0, 20))] * 2},
        [],
    ),
    "layers that say other ends": (
        {"layer": [draw("point", ROWS, x=between(end, 2020)) for end in (0, 2000)]},
        [f"has the ends [0, 2020] and [2000, 2020] on its x axis, expected {ONE_OF}"],
    ),
    "panels of their own ends": (
        {"hconcat": [draw("point", ROWS, x=between(end, 2020)) for end in (0, 2000)]},
        [],
    ),
    "an address in a data set": (
        {"mark": "text", "datasets": {"a": [{"url": "x", "href": "y"}]}},
        [],
    ),
    "a filter": ({"mark": {"type": "line"}, "transform": [{"filter": "datum.a"}]}, []),
    "layers": ({"layer": [{"mark": "rule"}, {"mark": {"type": "circle"}}]}, []),
    "two scales of colours": (
        {"mark": "line", "resolve": {"scale": {"color": "independent"}}},
        [],
    ),
    "a map": (
        {
            "mark": "geoshape",
            "projection": {"type": "mercator"},
            "data": {"values": []},
        },
        [],
    ),
    "bars on a scale of its own accord": ({"mark": "bar", "encoding": {"x": Y}}, []),
    "bars from zero": (bar(domain=[0, 9]), []),
    "bars across zero": (bar(domain=[-5, 9]), []),
    "bars from a lower end of zero": (bar(domainMin=0), []),
    "dots need no zero": (
        {"mark": "point", "encoding": {"y": {**Y, "scale": {"domain": [5, 9]}}}},
        [],
    ),
    "bars from fifty": (bar(domain=[50, 100]), [ZERO]),
    "bars from a lower end of fifty": (bar(domainMin=50), [ZERO]),
    "bars without a zero": (bar(zero=False), [ZERO]),
    "an area without a zero": (
        {**bar(zero=False), "mark": "area"},
        [ZERO.replace("bar", "area")],
    ),
    "bars on a logarithmic scale": (bar(type="log"), [ZERO]),
    "bars on a scale that nobody can tell": (bar(domain="unaggregated"), [ZERO]),
    "bars without a length": (
        {"mark": "bar", "encoding": {"x": {"type": "ordinal"}}},
        [ZERO],
    ),
    "bars without channels": ({"mark": "bar", "encoding": "x"}, [ZERO]),
    "a mark that was not tried": (
        {"mark": {"type": "arc"}},
        [
            (
                "has the mark arc, expected one of area, bar, circle, geoshape, line,"
                " point, rect, rule, text, tick"
            )
        ],
    ),
    "many points": (
        {
            "mark": "point",
            "data": {"values": MANY},
            "encoding": {"x": {**Y, "field": "a"}},
        },
        [],
    ),
    "many names": (
        {
            "mark": "point",
            "data": {"values": MANY},
            "encoding": {"x": {"field": "b", "type": "nominal"}},
        },
        [],
    ),
    "very many names": (
        {
            "mark": "point",
            "data": {"values": MANY},
            "encoding": {"x": {"field": "a", "type": "ordinal"}},
        },
        ["tells 1,001 things apart by x, expected at most 1,000"],
    ),
    "very many texts": (
        {
            "data": {"name": "many"},
            "datasets": {"many": MANY},
            "layer": [{"mark": "text", "encoding": {"text": {**Y, "field": "a"}}}],
        },
        ["tells 1,001 things apart by text, expected at most 1,000"],
    ),
    "computing": (
        {"mark": "line", "transform": [{"calculate": "1", "as": "a"}, {"window": []}]},
        [
            f"computes with the transform {name}"
            for name in ("as", "calculate", "window")
        ],
    ),
    "two scales": (
        {"layer": [], "resolve": {"scale": {"y": "independent"}}},
        ["has two scales on one axis, expected one"],
    ),
    "data": ({"mark": "line", "data": {"url": "x.json"}}, [ADDRESS.format("x.json")]),
    "links": (
        {"mark": "line", "encoding": LINKS},
        [ADDRESS.format("a"), ADDRESS.format("https://example.org")],
    ),
    "a link of all marks": (
        {"mark": {"type": "line", "href": "https://example.org"}},
        [ADDRESS.format("https://example.org")],
    ),
}


@pytest.mark.parametrize("what", CHARTS)
def test_what_a_chart_may_not_do_is_told(what):
    """Lengths that lie, arithmetic outside the measures, a second scale and anything
    loaded are faults; no more is.
    """
    spec, messages = CHARTS[what]

    assert sorted(told(spec)) == messages


def test_a_hint_says_how_to_mend_it():
    """Where the scale begins, where to compute."""
    hints = {
        hint
        for what in ("bars without a zero", "computing")
        for _, hint in yield_violations_besides_schema(CHARTS[what][0])
    }

    assert hints == {BEGIN, "compute it in story/measures.py"}


@pytest.mark.parametrize(
    ("names", "messages"),
    [
        (["from_second_1", "from_second_2", "from_third_3", None], []),
        (["from_first_1", "from_second_2", "from_third_3"], []),
        (["from_second_1", "second_2"], ["draws nothing new in the step third"]),
        (
            ["from_second_1", "from_third_2", "from_thirds_3"],
            ['has a layer for the unknown step "thirds"'],
        ),
    ],
)
def test_each_step_after_the_first_brings_a_layer(names, messages):
    """A layer that is named for a step is seen from it on; a step without one, and a
    name without a step, are told.
    """
    spec = {"layer": [{"mark": "rule", "name": name} for name in names]}

    assert [
        message
        for message, _ in yield_violations_besides_schema(
            spec, ("first", "second", "third")
        )
    ] == messages


@pytest.mark.parametrize("inside", ["layer", "concat", "hconcat", "vconcat"])
def test_the_parts_of_a_chart_are_held_to_the_same(inside):
    """A fault is found in any part, and in the parts of parts."""
    assert told(
        {"spec": {inside: [{"mark": "line"}, {"layer": [bar(zero=False)]}]}}
    ) == [ZERO]


@pytest.mark.parametrize(
    "spec",
    [
        "x",
        {"mark": ["bar"], "layer": None},
        {"mark": {"type": ["bar"]}, "transform": None},
        {"mark": 5, "transform": ["x"], "resolve": None},
        {"mark": "line", "encoding": "x", "url": 5, "href": None},
        {"mark": "text", "encoding": {"text": {"field": "a"}}, "data": {"values": [5]}},
        {"mark": "point", "encoding": None, "data": {"values": 5}},
        {"layer": "x", "spec": 5, "resolve": {"scale": 5}},
    ],
    ids=str,
)
def test_what_is_no_specification_is_left_to_the_renderer(spec):
    """The checks pass what they do not understand: the renderer says what is wrong with
    it.
    """
    assert told(spec) == []
