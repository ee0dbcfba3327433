"""Comparisons beside the figures that they compare, and figures told in the order of their times."""

from __future__ import annotations

import pytest

from tests.engine.bindings import bound_of, read, story_at


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Return a function that returns what is wrong with a text of the small story."""
    bound = bound_of(story_at(tmp_path_factory.mktemp("compared") / "story"))
    return lambda value: [problem.message for problem in read(bound, value).problems]


@pytest.mark.parametrize(("year", "wrong"), [("2022", False), ("2021", True)])
def test_a_threshold_beside_a_comparison_is_its_own(told, year, wrong):
    """The sum that trade passed is the one that it is compared with."""
    value = f"Trade [passed](claim:crossed/total.2023/total.2022) [$5](fact:total/{year})."

    assert any(
        f'is fact:total/{year}, but "passed" beside it is a comparison with' in item for item in told(value)
    ) == (wrong)


@pytest.mark.parametrize(
    ("value", "faults"),
    [
        ("Trade went from [$190.3 billion](fact:total/2022) to [$240.1 billion](fact:total/2023).", 0),
        ("Trade went from [$240.1 billion](fact:total/2023) to [$190.3 billion](fact:total/2022).", 1),
        ("From 2022 to 2023 it went from [$240.1 billion](fact:total/2023) to [$190.3 billion](fact:total/2022).", 1),
        ("From [$240.1 billion](fact:total/2023) in 2023 go back to [$190.3 billion](fact:total/2022) in 2022.", 0),
        ("It was between [$240.1 billion](fact:total/2023) and [$111 billion](fact:flow/export/2023).", 0),
    ],
)
def test_a_sentence_goes_from_the_earlier_figure_to_the_later(told, value, faults):
    """Two figures of one fact stand in the order of their times, unless the sentence dates each."""
    assert sum("goes from a later time to an earlier one" in message for message in told(value)) == faults


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("for the second time", "second time"),
        ("for the tenth year in a row", "tenth year in a row"),
        ("in the second half", ""),
        ("in the third consecutive year", "third consecutive year"),
        ("month after month", "month after month"),
        ("for the only time", "only time"),
    ],
)
def test_a_comparison_proves_no_count(told, words, found):
    """How often it was so is no part of what a comparison proves."""
    messages = told(f"In 2023 trade was [higher](claim:more/total.2023/total.2022) {words} than in 2022.")

    assert [message.partition('"')[2].partition('"')[0] for message in messages if "says more than" in message] == (
        [found] if found else []
    )
