"""Comparisons right beside a figure: those that no link proves are problems, whatever text they stand in."""

from __future__ import annotations

import pytest

from press.binding.beside import is_beside
from press.binding.unbound import scanner
from press.reading.sentence import sentences
from tests.engine.sentences import shown, text
from tests.engine.wording import ENGLISH

CASES = [
    ("Trade peaked at [$5 billion](fact:a).", ["peaked"]),
    ("Trade hit a low of [$5 billion](fact:a).", ["a low"]),
    ("Trade stagnated at [$5 billion](fact:a).", ["stagnated"]),
    ("It was as much as [$5 billion](fact:a) in a bad month.", ["as much as"]),
    ("Trade was [$5 billion](fact:a), most of it coal.", ["most"]),
    ("Trade was [$5 billion](fact:a), the lowest in years.", ["lowest"]),
    ("Trade was [$5 billion](fact:a), by far the highest.", ["highest"]),
    ("Trade was [$5 billion](fact:a), down on 2022.", ["down on"]),
    ("It was a mere [$5 billion](fact:a).", ["mere"]),
    ("Growth slowed to [5%](fact:a).", []),
    ("When trade passed [$5 billion](fact:a), prices fell.", []),
    ("It was [5%](fact:a), below the line.", []),
    ("It was [5%](fact:a). Most of it was oil.", []),
    ("It was [5%](fact:a), and nobody knows the highest.", []),
    ("The highest of them, as he [said](said:b), was it.", []),
]


@pytest.mark.parametrize(("sentence", "found"), CASES)
def test_a_comparison_beside_a_figure_is_a_problem(sentence, found):
    """What leads to a figure, or is said of it behind a comma, says more than its link proves."""
    words = text(sentence)
    compared = scanner(ENGLISH).comparisons(words, tuple(sentences(words, ENGLISH)))

    assert [shown(words, fault) for fault in compared if is_beside(words, fault, ENGLISH)] == found
