"""Another number is written as the text wrote its own: in the same digits, marks, decimals or kind of words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from press.reading import parse, plural, rendered
from tests.engine.wording import ENGLISH, GERMAN

BILLION = 10**9


@pytest.mark.parametrize(
    ("text", "values", "kind", "expected"),
    [
        ("about $218.2 billion", ["240100000000"], "money", "about $240.1 billion"),
        ("$60–80 billion", [65 * BILLION, 90 * BILLION], "money", "$65–90 billion"),
        ("1,234", [98765], "count", "98,765"),
        ("1234", [98765], "count", "98765"),
        ("999", [98765], "count", "98,765"),
        ("2023", [12024], "year", "12024"),
        ("0.25%", ["0.375"], "share", "0.38%"),
        ("４．０％", ["5.25"], "share", "５．２％"),
        ("Twenty years", [30], "span", "Thirty years"),
        ("twenty percent", [30], "share", None),
        ("twenty years", [25], "span", None),
        ("3rd", [4], "rank", "4th"),
        ("second-largest", [4], "rank", "fourth-largest"),
        ("half", ["0.25"], "share", None),
    ],
)
def test_a_number_is_written_as_the_one_before(text, values, kind, expected):
    """Digits keep their marks and decimals, words their place among those of a number; else there is no such text."""
    assert rendered(text, parse(text, ENGLISH), [Fraction(value) for value in values], kind, ENGLISH) == expected


def test_marks_are_those_of_the_language():
    """Where a number had no mark between its groups, the longer one has that of its language."""
    text = "218,2 Mrd. Dollar"

    assert rendered(text, parse(text, GERMAN), [Fraction(1234 * BILLION)], "money", GERMAN) == "1.234,0 Mrd. Dollar"


@pytest.mark.parametrize(("text", "expected"), [("1 billion", "one"), ("2 billion", "other"), ("1.0%", "other")])
def test_the_grammatical_number_is_that_of_the_digits(text, expected):
    """The digits as written decide, not the scale behind them."""
    phrase = parse(text, ENGLISH)

    assert plural(phrase.numbers[0], phrase, ENGLISH) == expected
