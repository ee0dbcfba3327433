"""Names of things in texts."""

from dataclasses import replace

import pytest

from press.reading.lexicon import Dimension
from press.reading.named_values import DimensionValueFinder
from press.reading.text import fold_text
from tests.engine.wording import ENGLISH

COUNTIES = {"St. Clair": "clair", "St. Louis": "louis", "Madison (Ill.)": "madison"}


@pytest.fixture(scope="module")
def finder():
    """Return what finds counties whose names have more than letters."""
    phrases = {fold_text(name): frozenset([value]) for name, value in COUNTIES.items()}
    labels = {value: name for name, value in COUNTIES.items()}
    dimension = Dimension("county", phrases, labels)
    return DimensionValueFinder(replace(ENGLISH, dimensions=(dimension,)))


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("In 1993 St. Clair had 441.", ["clair"]),
        ("St. Louis’s 441, and those of Madison (Ill.), rose.", ["louis", "madison"]),
        ("(St. Clair: 12)", ["clair"]),
        ("East. Louis and Madison (Illinois) had none.", []),
    ],
)
def test_a_name_may_have_a_full_stop_or_a_bracket(finder, words, values):
    """It is found as it is written, and not as part of another."""
    found = finder.find_mentions_by_dimension(fold_text(words))["county"]

    assert [value for mention in found for value in mention.values] == values
