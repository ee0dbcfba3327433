"""Which subject a sentence names: the words beside a figure must name its own."""

from __future__ import annotations

import pytest

from press.binding.subjects import subject_fault
from press.ground.errors import Fault, Mend
from tests.engine.sentences import cases, fault_of, found_in


@pytest.mark.parametrize(("sentence", "found"), cases("binding/subjects.txt"))
def test_another_subject_beside_a_figure_is_found(sentence, found):
    """A figure beside words for another subject is a problem, told at these words."""
    assert found_in(sentence) == [("subject", words) for words in found]


def test_the_message_names_the_subject_of_the_figure():
    """A journalist reads which words are wrong, and words that are right."""
    value = "Borsian exports were [$111.0 billion](fact:export/2023)."

    assert fault_of(value, subject_fault, "export") == Fault(
        0,
        15,
        '"$111.0 billion" belongs to "Ardense exports", but the nearest words are "Borsian exports"',
        'link the fact for "Borsian exports"',
        mends=(Mend(0, 15, "Ardense exports", '"Ardense exports"'),),
    )


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("", [("subject", "Exports")]),
        ("Prices", [("subject", "Exports")]),
        ("What Arden sells", []),
        ("What Borsia sells", [("subject", "Exports")]),
        ("Trade of Arden and Borsia", []),
    ],
)
def test_a_bare_word_needs_a_country(title, found):
    """Bare "exports" are those of the country in the sentence, else in the title; without one they are nobody's."""
    assert found_in("Exports were [$111.0 billion](fact:export/2023).", title) == found


def test_the_message_says_that_a_country_is_missing():
    """Bare "exports" where no country is named ask for one."""
    fault = fault_of("Exports were [$111.0 billion](fact:export/2023).", subject_fault, "export")

    assert fault.message == '"Exports" does not say whose: neither the sentence nor the title does'
    assert fault.hint == "name whose they are"


@pytest.mark.parametrize("subject", ["", "oil"])
def test_a_figure_of_no_subject_is_beside_any(subject):
    """A price has no subject that words could contradict."""
    assert fault_of("Borsian exports cost [$50](fact:price/2023).", subject_fault, subject) is None
