"""What a chart may not do, read off its specification."""

import pytest

from press.figures.rules import yield_violations_besides_schema
from tests.cases import load_cases

CHARTS = load_cases(__file__)  # what they do, and what is told of it

Y = {"field": "value", "type": "quantitative"}
BEGIN = "begin the scale at zero: readers compare the length of each bar"
ZERO = "has the mark bar on a scale that does not begin at zero"


def bar(**scale):
    return {"mark": "bar", "encoding": {"y": {**Y, "scale": scale}}}


def told(spec):
    return [message for message, _ in yield_violations_besides_schema(spec)]


MANY = [{"a": number, "b": number % 1000} for number in range(1001)]


@pytest.mark.parametrize("what", CHARTS)
def test_what_a_chart_may_not_do_is_told(what):
    """Lengths that lie, arithmetic outside the measures, a second scale and anything
    loaded are faults; no more is.
    """
    assert sorted(told(CHARTS[what]["spec"])) == CHARTS[what]["told"]


@pytest.mark.parametrize(
    ("field", "kind", "found"),
    [
        ("a", "quantitative", []),
        ("b", "nominal", []),
        ("a", "ordinal", ["tells 1,001 things apart by x, expected at most 1,000"]),
    ],
)
def test_very_many_names_are_told(field, kind, found):
    """As many points are fine, and so are points of fewer names."""
    x = {"field": field, "type": kind}
    spec = {"mark": "point", "data": {"values": MANY}, "encoding": {"x": x}}

    assert told(spec) == found


def test_very_many_texts_are_told():
    """Whatever they are of, and wherever their rows stand."""
    text = {"mark": "text", "encoding": {"text": {**Y, "field": "a"}}}
    spec = {"data": {"name": "many"}, "datasets": {"many": MANY}, "layer": [text]}

    assert told(spec) == ["tells 1,001 things apart by text, expected at most 1,000"]


def test_a_hint_says_how_to_mend_it():
    """Where the scale begins, where to compute."""
    hints = {
        hint
        for what in ("bars without a zero", "computing")
        for _, hint in yield_violations_besides_schema(CHARTS[what]["spec"])
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
