"""What a chart may not do, read off its specification."""

from __future__ import annotations

import pytest

from press.figures.rules import violations

Y = {"field": "value", "type": "quantitative"}
ZERO = "has the mark bar on a scale that does not begin at zero"


def bar(**scale):
    return {"mark": "bar", "encoding": {"y": {**Y, "scale": scale}}}


def told(spec):
    return [message for message, _ in violations(spec)]


@pytest.mark.parametrize(
    "spec",
    [
        pytest.param({"mark": "text", "datasets": {"a": [{"url": "x", "href": "y"}]}}, id="an address in a data set"),
        pytest.param({"mark": {"type": "line"}, "transform": [{"filter": "datum.a"}]}, id="a filter"),
        pytest.param({"layer": [{"mark": "rule"}, {"mark": {"type": "circle"}}]}, id="layers"),
        pytest.param({"mark": "line", "resolve": {"scale": {"color": "independent"}}}, id="two scales of colours"),
        pytest.param({"mark": "geoshape", "projection": {"type": "mercator"}, "data": {"values": []}}, id="a map"),
        pytest.param({"mark": "bar", "encoding": {"x": Y}}, id="bars on a scale of its own accord"),
        pytest.param(bar(domain=[0, 9]), id="bars from zero"),
        pytest.param(bar(domain=[-5, 9]), id="bars across zero"),
        pytest.param(bar(domainMin=0), id="bars from a lower end of zero"),
        pytest.param({"mark": "point", "encoding": {"y": {**Y, "scale": {"domain": [5, 9]}}}}, id="dots need no zero"),
    ],
)
def test_what_a_chart_may_do_passes(spec):
    """Marks that were tried, filters, layers and lengths from zero are no faults."""
    assert told(spec) == []


@pytest.mark.parametrize(
    ("spec", "messages"),
    [
        pytest.param(bar(domain=[50, 100]), [ZERO], id="bars from fifty"),
        pytest.param(bar(domainMin=50), [ZERO], id="bars from a lower end of fifty"),
        pytest.param(bar(zero=False), [ZERO], id="bars without a zero"),
        pytest.param(bar(type="log"), [ZERO], id="bars on a logarithmic scale"),
        pytest.param(bar(domain="unaggregated"), [ZERO], id="bars on a scale that nobody can tell"),
        pytest.param({"mark": "bar", "encoding": {"x": {"type": "ordinal"}}}, [ZERO], id="bars without a length"),
        pytest.param(
            {"mark": {"type": "arc"}},
            ["has the mark arc, expected one of bar, circle, geoshape, line, point, rect, rule, text, tick"],
            id="a mark that was not tried",
        ),
        pytest.param(
            {"mark": "line", "transform": [{"calculate": "1", "as": "a"}, {"window": []}]},
            [
                "computes with the transform as",
                "computes with the transform calculate",
                "computes with the transform window",
            ],
            id="computing",
        ),
        pytest.param(
            {"layer": [], "resolve": {"scale": {"y": "independent"}}},
            ["has two scales on one axis, expected one"],
            id="two scales",
        ),
        pytest.param(
            {"mark": "line", "data": {"url": "x.json"}},
            ["has the address x.json, but a drawing loads nothing and links to nothing"],
            id="data",
        ),
        pytest.param(
            {"mark": "line", "encoding": {"href": {"value": "https://example.org"}, "url": {"field": "a"}}},
            [
                "has the address a, but a drawing loads nothing and links to nothing",
                "has the address https://example.org, but a drawing loads nothing and links to nothing",
            ],
            id="links and pictures",
        ),
    ],
)
def test_what_a_chart_may_not_do_is_told(spec, messages):
    """Lengths that lie, arithmetic outside the measures, a second scale and anything loaded are faults."""
    assert sorted(told(spec)) == messages


@pytest.mark.parametrize(
    ("names", "messages"),
    [
        (["from_second_1", "from_second_2", "from_third_3", None], []),
        (["from_first_1", "from_second_2", "from_third_3"], []),
        (["from_second_1", "second_2"], ["draws nothing new in the step third"]),
        (["from_second_1", "from_third_2", "from_thirds_3"], ['has a layer for the unknown step "thirds"']),
    ],
)
def test_each_step_after_the_first_brings_a_layer(names, messages):
    """A layer that is named for a step is seen from it on; a step without one, and a name without a step, are told."""
    spec = {"layer": [{"mark": "rule", "name": name} for name in names]}

    assert [message for message, _ in violations(spec, ("first", "second", "third"))] == messages


@pytest.mark.parametrize("inside", ["layer", "concat", "hconcat", "vconcat"])
def test_the_parts_of_a_chart_are_held_to_the_same(inside):
    """A fault is found in any part, and in the parts of parts."""
    assert told({"spec": {inside: [{"mark": "line"}, {"layer": [bar(zero=False)]}]}}) == [ZERO]


@pytest.mark.parametrize(
    "spec",
    [
        None,
        [1],
        "x",
        {"mark": ["bar"], "layer": None},
        {"mark": {"type": ["bar"]}, "transform": None},
        {"mark": 5, "transform": ["x"], "resolve": None},
        {"mark": "line", "encoding": "x", "url": 5, "href": None},
        {"layer": "x", "spec": 5, "resolve": {"scale": 5}},
    ],
    ids=str,
)
def test_what_is_no_specification_is_left_to_the_renderer(spec):
    """The checks pass what they do not understand: the renderer says what is wrong with it."""
    assert told(spec) == []


@pytest.mark.parametrize("part", [None, "x", {"y": None}, {"y": []}, {"y": {**Y, "scale": {"domain": {"expr": "a"}}}}])
def test_bars_whose_scale_cannot_be_told_are_not_trusted(part):
    """Where nothing says that bars begin at zero, they are refused."""
    assert told({"mark": "bar", "encoding": part}) == [ZERO]
